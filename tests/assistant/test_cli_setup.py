"""`hark setup` as it is used: what is measured stands in for this machine, the hub and the installer stand in for real ones."""

import builtins
from functools import partial

import pytest

from assistant.cli import main
from assistant.cli import setup as module
from assistant.config import load_config
from assistant.errors import WorkerDied
from models.catalogue import find
from models.fitting import Machine
from models.shelf import Shelf
from tests.assistant.test_cli_models import in_thread
from tests.models import hub as hubs
from tests.models.hub import Hub

MACHINE = Machine("a small machine", 2, 8000, 6000, ("AVX2",), gmul=20.0, gbps=9.0, read_weights=5e10, written_bytes=1e10)


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path / "home"))

    async def measured(errors):
        return MACHINE

    monkeypatch.setattr(module, "measured", measured)
    return tmp_path / "home"


@pytest.fixture
def llama(monkeypatch):
    """Say whether llama.cpp is there."""
    there = {"llama_cpp": True, "piper": False}
    monkeypatch.setattr(module, "has_module", lambda name: there[name])
    return there


@pytest.fixture
def hub():
    lite = [Hub(dict.fromkeys(find(name).files, name.encode() * 3000), find(name).repository) for name in ("qwen2.5-0.5b", "whisper-tiny")]
    with in_thread(partial(serving_all, lite), lite[0]):
        yield lite[0]


def serving_all(hubs_, _):
    return hubs.serving(*hubs_)


def asked(monkeypatch, *answers):
    given = list(answers)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(builtins, "input", lambda _: given.pop(0))


def test_the_machine_is_told_the_models_come_and_are_used(own, hub, llama, capsys):
    assert main(["setup", "--lite", "--yes", "--mirror", hub.url]) == 0
    told = capsys.readouterr().out
    assert "a small machine, 2 cores with AVX2, 6,000 of 8,000 MB of memory free." in told
    assert "Estimated from 20 billion multiplications" in told
    assert "Together 569 MB" in told
    assert "qwen2.5-0.5b answers from now on." in told
    config = load_config(own / "config.toml")
    assert (config.llm.model, config.asr.model, config.asr.engine) == ("qwen2.5-0.5b", "whisper-tiny", "whisper")
    assert set(Shelf(own / "models").kept()) == {"qwen2.5-0.5b", "whisper-tiny"}


def test_no_is_an_answer(own, hub, llama, capsys, monkeypatch):
    asked(monkeypatch, "n")
    assert main(["setup", "--lite", "--mirror", hub.url]) == 0
    assert "Nothing was fetched" in capsys.readouterr().out
    assert not hub.asked
    assert not (own / "config.toml").exists()


def test_nobody_there_to_say_yes_changes_nothing(own, hub, llama, capsys):
    assert main(["setup", "--lite", "--mirror", hub.url]) == 1
    assert "Add --yes" in capsys.readouterr().err
    assert not hub.asked


def put_uv(folder, monkeypatch, script):
    uv = folder / "uv"
    uv.write_text(f"#!/bin/sh\n{script}\n")
    uv.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_llama_cpp_is_installed_after_a_yes(own, hub, llama, capsys, monkeypatch, tmp_path):
    llama["llama_cpp"] = False
    put_uv(tmp_path, monkeypatch, f'echo "$@" > {tmp_path}/asked')
    finds = iter([False, True])
    monkeypatch.setattr(module, "has_module", lambda _: next(finds))
    asked(monkeypatch, "y", "yes")
    assert main(["setup", "--lite", "--mirror", hub.url]) == 0
    assert "llama-cpp-python==" in (tmp_path / "asked").read_text()
    assert load_config(own / "config.toml").llm.model == "qwen2.5-0.5b"


@pytest.mark.parametrize("answer", ["n", "y"])
def test_without_llama_cpp_the_recogniser_comes_all_the_same(own, hub, llama, capsys, monkeypatch, tmp_path, answer):
    llama["llama_cpp"] = False
    put_uv(tmp_path, monkeypatch, "echo 'error: it broke'; exit 1")
    asked(monkeypatch, "y", answer)
    assert main(["setup", "--lite", "--mirror", hub.url]) == 0
    told = capsys.readouterr()
    assert ("it broke" in told.err) == (answer == "y")
    config = load_config(own / "config.toml")
    assert (config.llm.model, config.asr.model) == ("", "whisper-tiny")


def test_a_hub_that_is_none_is_told_before_anything_is_measured(own, capsys):
    assert main(["setup", "--mirror", "somewhere"]) == 1
    assert "There is no hub 'somewhere'" in capsys.readouterr().err


def test_a_machine_that_cannot_be_measured_is_told(own, capsys, monkeypatch):
    async def died(errors):
        raise WorkerDied("The probe engine ended and is started again.")

    monkeypatch.setattr(module, "measured", died)
    assert main(["setup", "--yes"]) == 1
    assert "could not be measured" in capsys.readouterr().err
