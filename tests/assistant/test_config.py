"""The configuration and the file it is kept in."""

import stat
from pathlib import Path

import pytest

from assistant.config import Config, Places, config_from, documentation, keys, load_config
from assistant.errors import ConfigError
from assistant.settings import BadSetting, SettingsFile, known_key, value_from, value_of, written


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "deep" / "config.toml")


def test_without_a_file_everything_has_its_default(tmp_path):
    assert load_config(tmp_path / "none.toml") == Config()


def test_every_setting_says_what_it_means():
    assert [key for key in keys() if not documentation(key)] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[wakee]\nthreshold = 1", "there is no setting 'wakee'"),
        ("[wake]\ntreshold = 0.5", "Did you mean 'wake.threshold'?"),
        ("[wake]\nthreshold = 1.5", "'wake.threshold' must be a number of at most 1. Belief"),
        ("[wake]\nneeded = 'maybe'", "'wake.needed' must be true or false, not a text."),
        ("[asr]\nengine = 'hearsay'", "'asr.engine' cannot be 'hearsay'. sphinx (English"),
        ("wake = 3", "'wake'"),
        ("[wake", "is no TOML file"),
    ],
)
def test_a_wrong_file_is_refused_with_the_cure(tmp_path, text, told):
    path = tmp_path / "config.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_in_another_encoding_is_refused_in_words(tmp_path):
    path = tmp_path / "config.toml"
    path.write_bytes("[audio]\nmicrophone = 'Gerät'".encode("latin-1"))
    with pytest.raises(ConfigError, match="is no TOML file"):
        load_config(path)


def test_one_variable_moves_everything(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    places = Places()
    for path in (places.config_file, places.store_file, places.skills, places.log_file):
        assert path.is_relative_to(tmp_path)


def test_a_home_is_told_in_full_wherever_it_was_meant_from(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HARK_HOME", "here")
    assert Places().store_file == tmp_path / "here" / "hark.db"


def test_a_value_survives_writing_and_reading(file):
    for key, text in {
        "wake.threshold": "0.9",
        "wake.words": "hey_jarvis, alexa",
        "wake.needed": "off",
        "asr.engine": "whisper",
        "tts.words_per_minute": "190",
        "audio.microphone": "Blue “Yeti”",
        "skills.disabled": "",
    }.items():
        file.put(key, value_from(key, text))
    config = load_config(file.path)
    assert config.wake.threshold == 0.9
    assert config.wake.words == ("hey_jarvis", "alexa")
    assert config.wake.needed is False
    assert config.asr.engine == "whisper"
    assert config.tts.words_per_minute == 190
    assert config.audio.microphone == "Blue “Yeti”"
    assert config.skills.disabled == ()


def test_what_is_written_reads_back_the_same():
    for key in keys():
        value = value_of(Config(), key)
        assert value_from(key, written(value)) == value


def test_comments_stay(file):
    file.replace("# mine\n[wake]\n# not too keen\nthreshold = 0.9  # tried 0.8\n")
    file.put("wake.threshold", 0.95)
    file.put("tts.words_per_minute", 150)
    text = file.path.read_text()
    assert "# mine" in text
    assert "# not too keen\nthreshold = 0.95  # tried 0.8" in text
    assert load_config(file.path).tts.words_per_minute == 150


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("asr.engine", "hearsay", "It can be: sphinx, whisper."),
        ("wake.needed", "perhaps", "yes or no"),
        ("wake.threshold", "high", "a number, not 'high'"),
        ("wake.threshold", "nan", "not 'nan'"),
        ("tts.words_per_minute", "12.5", "a whole number"),
    ],
)
def test_a_wrong_value_is_refused_with_the_alternatives(key, text, told):
    with pytest.raises(BadSetting) as caught:
        value_from(key, text)
    assert told in str(caught.value)


def test_a_value_out_of_range_changes_nothing(file):
    file.replace("[wake]\nthreshold = 0.9\n")
    with pytest.raises(BadSetting, match=r"Nothing was changed: 'wake\.threshold' must be a number of at most 1. Belief"):
        file.put("wake.threshold", 7.0)
    assert file.path.read_text() == "[wake]\nthreshold = 0.9\n"


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(BadSetting, match=r"Did you mean 'wake\.threshold'"):
        known_key("wake.treshold")


def test_an_unknown_key_of_a_known_table_names_the_table_s_keys():
    with pytest.raises(BadSetting, match=r"There are: wake\.words, wake\.threshold, wake\.needed, wake\.keep_clips\."):
        known_key("wake.zzzzzzzzzz")


def test_dropping_a_setting_works_even_when_another_is_wrong(file):
    file.replace("[wake]\nthreshold = 9\nneeded = false\n[audio]\nmicrophone = 3\n")
    file.drop("wake.threshold")
    file.drop("audio.microphone")
    assert load_config(file.path).wake.needed is False
    assert not file.has("audio.microphone")


def test_a_link_stays_a_link_and_keeps_its_mode(tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text("")
    real.chmod(0o600)
    link = tmp_path / "config.toml"
    link.symlink_to(real)
    SettingsFile(link).put("wake.needed", value=False)
    assert link.is_symlink()
    assert not load_config(real).wake.needed
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_told_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        SettingsFile(tmp_path / "file" / "config.toml").replace("")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_writing_leaves_no_half_files_behind(file):
    file.put("wake.needed", value=False)
    assert [path.name for path in file.path.parent.iterdir()] == ["config.toml"]


def test_a_table_written_as_a_value_is_refused(file):
    file.replace("wake = 3\n")
    with pytest.raises(BadSetting, match="wake"):
        file.put("wake.needed", value=False)
    assert file.path.read_text() == "wake = 3\n"


def test_the_configuration_of_plain_data_says_where_it_came_from():
    with pytest.raises(ConfigError, match=r"^somewhere: "):
        config_from({"wake": {"words": "hey_jarvis"}}, "somewhere")
