"""`hark config` as it is used."""

import json
import os
from pathlib import Path

import pytest

from assistant.app import open_app, tts_engine
from assistant.cli import main
from assistant.config import Places, keys, load_config


@pytest.fixture
def path(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    return tmp_path / "config.toml"


def editor(monkeypatch, tmp_path: Path, text: str, status: int = 0) -> None:
    """Let the editor be a script that writes this text."""
    new = tmp_path / "new.toml"
    new.write_text(text)
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ncat "{new}" > "$1"\nexit {status}\n')
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))


def test_set_get_and_unset(path, capsys):
    assert main(["config", "set", "wake.threshold", "0.9"]) == 0
    assert main(["config", "get", "wake.threshold"]) == 0
    assert main(["config", "unset", "wake.threshold"]) == 0
    assert capsys.readouterr().out == "wake.threshold = 0.9\n0.9\nwake.threshold = 0.5 (default)\n"
    assert path.read_text().strip() == ""


def test_a_wrong_value_has_status_2_and_one_line(path, capsys):
    assert main(["config", "set", "asr.engine", "hearsay"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("hark: 'asr.engine' cannot be 'hearsay'. It can be: sphinx, whisper.")
    assert told.count("\n") == 1
    assert not path.exists()


@pytest.mark.parametrize("verb", [["get"], ["unset"]])
def test_an_unknown_key_has_status_2(path, capsys, verb):
    assert main(["config", *verb, "wake.treshold"]) == 2
    assert "Did you mean 'wake.threshold'?" in capsys.readouterr().err
    assert not path.exists()


def test_unset_rids_the_file_of_a_key_that_no_longer_exists(path, capsys):
    path.write_text("[wake]\nold = 1\nneeded = false\n")
    assert main(["config", "unset", "wake.old"]) == 0
    assert capsys.readouterr().out == "wake.old is gone.\n"
    assert not load_config(path).wake.needed


def test_show_tells_value_source_and_meaning_of_every_setting(path, capsys):
    path.write_text("[wake]\nneeded = false\n")
    assert main(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for key in keys():
        assert any(line.startswith(f"{key} ") for line in lines), key
    needed = next(line for line in lines if line.startswith("wake.needed"))
    assert needed.split()[1:3] == ["no", "file"]
    assert "no listens all the time, without a wake word." in needed
    assert str(path) in lines[-1]
    assert all(line == line.rstrip() for line in lines)


def test_show_json_has_one_object_per_setting(path, capsys):
    path.write_text("[wake]\nwords = ['alexa']\n")
    assert main(["config", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["key"] for record in records] == list(keys())
    assert {"key": "wake.words", "value": ["alexa"], "from": "file"}.items() <= records[2].items()


def test_path_prints_where_the_file_would_be(path, capsys):
    assert main(["config", "path"]) == 0
    assert capsys.readouterr().out.strip() == str(path)


def test_edit_takes_over_what_is_right(path, tmp_path, monkeypatch, capsys):
    editor(monkeypatch, tmp_path, "[wake]\nneeded = false # quiet room\n")
    assert main(["config", "edit"]) == 0
    assert "Saved" in capsys.readouterr().out
    assert path.read_text() == "[wake]\nneeded = false # quiet room\n"


@pytest.mark.parametrize("wrong", ["[wake]\nneeded = 7\n", "[wake\n"])
def test_edit_keeps_what_is_wrong_beside_the_file_and_goes_on_from_it(path, tmp_path, monkeypatch, capsys, wrong):
    path.write_text("[wake]\nneeded = false\n")
    editor(monkeypatch, tmp_path, wrong)
    assert main(["config", "edit"]) == 2
    assert "The settings are as they were" in capsys.readouterr().err
    assert path.read_text() == "[wake]\nneeded = false\n"
    rejected = tmp_path / "config.toml.rej"
    assert rejected.read_text() == wrong
    seen = tmp_path / "seen"
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ncp "$1" "{seen}"\necho "[wake]" > "$1"\n')
    assert main(["config", "edit"]) == 0
    assert seen.read_text() == wrong
    assert not rejected.exists()


def test_emptying_a_rejected_text_forgets_it(path, tmp_path, monkeypatch, capsys):
    path.write_text("[wake]\nneeded = false\n")
    (tmp_path / "config.toml.rej").write_text("[wake\n")
    editor(monkeypatch, tmp_path, "\n")
    assert main(["config", "edit"]) == 0
    assert "Nothing was changed." in capsys.readouterr().out
    assert path.read_text() == "[wake]\nneeded = false\n"
    assert not (tmp_path / "config.toml.rej").exists()


def test_a_first_edit_is_offered_every_setting_commented_out(path, tmp_path, monkeypatch):
    seen = tmp_path / "seen"
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ncp "$1" "{seen}"\n')
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))
    assert main(["config", "edit"]) == 0
    assert not path.exists()
    uncommented = "\n".join(line.removeprefix("# ") for line in seen.read_text().splitlines()[1:])
    whole = tmp_path / "whole.toml"
    whole.write_text(uncommented)
    load_config(whole)
    assert all(key.partition(".")[2] in uncommented for key in keys())


@pytest.mark.parametrize(("command", "told"), [("no-such-editor-here", "cannot be started"), ("false", "ended with status 1")])
def test_an_editor_that_fails_changes_nothing(path, monkeypatch, capsys, command, told):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    assert main(["config", "edit"]) == 1
    assert told in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.usefixtures("path")
def test_no_editor_at_all_is_told(monkeypatch, capsys):
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", os.devnull)
    assert main(["config", "edit"]) == 1
    assert "Set EDITOR" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("wake.words", "bogus", "No wake word 'bogus'. Built in:"),
        ("wake.words", "", "`hark config set wake.needed no`"),
        ("tts.engine", "edge", "`hark config set privacy.online_voice true`"),
        ("tts.engine", "piper", "Piper needs"),
        ("tts.voice_en", "no-such-voice", "Similar ones: "),
        ("tts.voice_zh", "/nowhere/voice.onnx", "There is no /nowhere/voice.onnx."),
        ("asr.engine", "whisper", "`hark config set asr.model PATH`"),
        ("asr.model", "/nowhere", "There is no /nowhere."),
        ("asr.device", "xpu", "It can be: auto, cpu, cuda."),
        ("asr.compute_type", "int9", "It can be: auto, int8,"),
        ("skills.disabled", "fun,tmer", "There is no skill 'tmer'. Did you mean 'timer'?"),
        ("privacy.online_skills", "xyzzy", "There are: alarm, "),
    ],
)
def test_what_would_stop_the_next_start_is_not_written(path, capsys, key, value, told):
    assert main(["config", "set", key, value]) == 2
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
    assert not path.exists()


@pytest.mark.parametrize(("key", "value"), [("wake.words", "alexa,okay_nabu"), ("tts.voice_en", "en-us"), ("skills.disabled", "fun,mine")])
def test_what_works_is_written(path, key, value):
    (path.parent / "skills").mkdir()
    (path.parent / "skills" / "mine.py").touch()
    assert main(["config", "set", key, value]) == 0
    assert path.read_text()


def test_a_voice_for_piper_can_be_set_before_piper_is(path, tmp_path):
    (tmp_path / "amy.onnx").touch()
    assert main(["config", "set", "tts.voice_en", str(tmp_path / "amy.onnx")]) == 0
    app = open_app(Places(), load_config(path))
    assert "voice_en" not in tts_engine(app).options
    app.close()


def test_settings_that_hang_together_are_tried_together(path, capsys):
    assert main(["config", "set", "privacy.online_voice", "yes"]) == 0
    assert main(["config", "set", "tts.engine", "edge"]) == 0
    assert main(["config", "set", "privacy.online_voice", "no"]) == 2
    assert main(["config", "unset", "privacy.online_voice"]) == 0
    assert "the next start will not work like this" in capsys.readouterr().err


def test_edit_tries_what_was_changed(path, tmp_path, monkeypatch, capsys):
    editor(monkeypatch, tmp_path, '[wake]\nwords = ["bogus"]\n')
    assert main(["config", "edit"]) == 2
    assert "No wake word 'bogus'" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize(
    ("text", "value"),
    [("Oslo", "Oslo"), ("3", 3), ("true", True), ('["a", "b"]', ["a", "b"]), ("New York", "New York"), ('"3"', "3"), ("", "")],
)
def test_a_skill_has_settings_of_its_own(path, capsys, text, value):
    assert main(["config", "set", "skill.weather.place", text]) == 0
    assert load_config(path).skill == {"weather": {"place": value}}
    assert main(["config", "get", "skill.weather.place"]) == 0
    assert main(["config"]) == 0
    assert "skill.weather.place" in capsys.readouterr().out
    assert main(["config", "unset", "skill.weather.place"]) == 0
    assert path.read_text().strip() == ""


def test_a_skill_that_is_not_there_has_no_settings(path, capsys):
    assert main(["config", "set", "skill.wether.place", "Oslo"]) == 2
    assert "Did you mean 'weather'?" in capsys.readouterr().err
    assert not path.exists()


@pytest.mark.parametrize("key", ["skill.weather", "skill.weather.", "skill..place", "skill.a.b.c"])
def test_what_is_no_setting_of_a_skill(path, key):
    assert main(["config", "set", key, "x"]) == 2
    assert not path.exists()
