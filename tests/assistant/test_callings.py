"""Wake words of the user's own: how they stand in the settings, what they select, and how they are added."""

import shutil
from pathlib import Path

import pymicro_wakeword
import pytest

from assistant.app import open_app, spoken_wakes
from assistant.callings import Calling, calling, callings
from assistant.cli import main
from assistant.config import Config, Places, WakeConfig, load_config
from assistant.errors import ConfigError

MODELS = Path(pymicro_wakeword.__file__).parent / "models"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hey_jarvis", Calling("hey_jarvis")),
        ("~/words/ni_hao.tflite=zh", Calling("~/words/ni_hao.tflite", "zh")),
        ("okay_nabu=en:en-gb-scotland", Calling("okay_nabu", "en", "en-gb-scotland")),
        ("alexa=zh:/voices/a=b.onnx", None),
        ("C:\\words\\computer.json=en", Calling("C:\\words\\computer.json", "en")),
    ],
)
def test_a_word_stands_in_the_settings_with_what_it_selects(written, read):
    if read is None:
        with pytest.raises(ConfigError):
            calling(written)
        return
    assert calling(written) == read
    assert read.written == written


@pytest.mark.parametrize("wrong", ["alexa=", "alexa=fr", "alexa=zh:", "=zh", "alexa=:cmn"])
def test_what_selects_nothing_is_told(wrong):
    with pytest.raises(ConfigError, match="is no wake word"):
        calling(wrong)


def test_two_words_of_one_name_could_not_be_told_apart():
    with pytest.raises(ConfigError, match="Two wake words are called hey_jarvis"):
        callings(["hey_jarvis", "/mine/hey_jarvis.tflite=zh"])


@pytest.fixture
def own(tmp_path):
    """Give a microWakeWord of the user's own: the package's, under another name."""
    shutil.copy(MODELS / "okay_nabu.tflite", tmp_path / "okay_nabu.tflite")
    return Path(shutil.copy(MODELS / "okay_nabu.json", tmp_path / "my_word.json"))


def test_the_phrase_is_what_the_description_says_or_the_files_name(own, tmp_path):
    assert Calling(str(own)).phrase() == "okay nabu"
    assert Calling("hey_jarvis").phrase() == "hey jarvis"
    broken = tmp_path / "hey_you.json"
    for content in ("{", "[1]", '{"wake_word": 3}', "{}"):
        broken.write_text(content)
        assert Calling(str(broken)).phrase() == "hey you"
    config = Config(wake=WakeConfig(words=("hey_jarvis=en", str(own))))
    assert spoken_wakes(config) == ["hey jarvis", "okay nabu"]


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path / "home"))
    return Places().config_file


def test_a_word_is_added_by_its_path_from_anywhere_shown_and_removed(settings, own, monkeypatch, capsys):
    monkeypatch.chdir(own.parent)
    assert main(["wake", "add", own.name, "--language", "en", "--voice", "en-gb-scotland"]) == 0
    assert load_config(settings).wake.words == ("hey_jarvis", f"{own}=en:en-gb-scotland")
    assert main(["wake", "words"]) == 0
    told = capsys.readouterr().out
    assert '"okay nabu" is listened to from the next start.' in told
    assert "en-gb-scotland" in told
    assert main(["wake", "remove", "my_word"]) == 0
    assert load_config(settings).wake.words == ("hey_jarvis",)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["add", "nothing_there"], "No wake word 'nothing_there'. Built in:"),
        (["add", "alexa", "--language", "zh"], "asr.engine whisper"),
        (["add", "alexa", "--voice", "cmn"], "A voice speaks one language"),
        (["add", "alexa", "--language", "en", "--voice", "nobody"], "espeak-ng has no voice 'nobody'"),
        (["remove", "alexa"], "none of the wake words: hey_jarvis"),
        (["remove", "hey_jarvis"], "Without one nothing would wake Hark"),
    ],
)
def test_a_word_that_would_not_work_is_not_written(settings, capsys, command, told):
    assert main(["wake", *command]) == 2
    assert told in capsys.readouterr().err
    assert not settings.exists()


def test_a_hand_written_mistake_is_told_at_the_start(settings, tmp_path):
    app = open_app(Places(str(tmp_path / "home")), Config(wake=WakeConfig(words=("alexa=fr",))))
    with pytest.raises(ConfigError, match="alexa=fr"):
        spoken_wakes(app.config)
    app.close()
