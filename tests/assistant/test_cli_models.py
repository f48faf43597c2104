"""`hark models` as it is used, with a server of the user's own and a stand-in for a hub."""

import asyncio
import io
import json
import threading
from contextlib import contextmanager

import pytest

from assistant.cli import main
from assistant.config import load_config
from tests.assistant import llm_server
from tests.assistant.llm_server import Server
from tests.models import hub as hubs
from tests.models.hub import Hub

VOICE = {
    "en/en_US/amy/medium/en_US-amy-medium.onnx": b"a voice" * 5000,
    "en/en_US/amy/medium/en_US-amy-medium.onnx.json": b'{"audio": {}}',
}


@contextmanager
def in_thread(serving, server):
    """Serve from a thread of its own, as commands have an event loop of theirs."""
    started, ended, loops = threading.Event(), asyncio.Event(), []

    async def serve():
        async with serving(server):
            loops.append(asyncio.get_running_loop())
            started.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    started.wait(10)
    try:
        yield server
    finally:
        loops[0].call_soon_threadsafe(ended.set)
        thread.join()


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    monkeypatch.delenv("HARK_LLM_KEY", raising=False)
    return tmp_path


def llm(own):
    return load_config(own / "config.toml").llm


def test_a_server_is_used_answers_and_is_let_go(own, capsys):
    with in_thread(llm_server.serving, Server("Because of the air.")) as server:
        assert main(["models", "use", server.url.removesuffix("/v1")]) == 0
        assert "qwen2.5:7b at 127.0.0.1 answers from now on" in capsys.readouterr().out
        assert (llm(own).url, llm(own).model) == (server.url, "qwen2.5:7b")
        assert main(["ask", "--json", "why is the sky blue over the sea"]) == 0
        assert json.loads(capsys.readouterr().out)["say"] == "Because of the air."
        assert main(["models", "use", "none"]) == 0
        assert (llm(own).url, llm(own).model) == ("", "")


def test_one_of_several_models_has_to_be_named(own, capsys):
    with in_thread(llm_server.serving, Server(models=("qwen3:8b", "llama3:8b"))) as server:
        assert main(["models", "use", server.url]) == 1
        assert "It has: qwen3:8b, llama3:8b. Choose one with --name" in capsys.readouterr().err
        assert main(["models", "use", server.url, "--name", "gpt"]) == 1
        assert "has no model 'gpt'" in capsys.readouterr().err
        assert not (own / "config.toml").exists()
        assert main(["models", "use", server.url, "--name", "llama3:8b"]) == 0
        assert llm(own).model == "llama3:8b"


def test_a_server_without_models_says_how_to_get_one(own, capsys):
    with in_thread(llm_server.serving, Server(models=())) as server:
        assert main(["models", "use", server.url]) == 1
        assert "ollama pull" in capsys.readouterr().err


def test_a_key_is_kept_out_of_the_settings(own, capsys, monkeypatch):
    with in_thread(llm_server.serving, Server(key="s3cret")) as server:
        assert main(["models", "use", server.url]) == 1
        assert "--key" in capsys.readouterr().err
        monkeypatch.setattr("sys.stdin", io.StringIO("s3cret\n"))
        assert main(["models", "use", server.url, "--key"]) == 0
        assert "s3cret" not in capsys.readouterr().out + (own / "config.toml").read_text()
        assert main(["ask", "why is the sky blue over the sea"]) == 0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["http://127.0.0.1:9/v1"], "cannot be reached"),
        (["https://93.184.216.34/v1"], "hark cloud"),
        (["ftp://localhost"], "no address of a server"),
        (["http://key@localhost/v1"], "--key instead"),
        (["qwen2.5-0.5b", "--name", "x"], "are for servers"),
    ],
)
def test_what_cannot_be_used_changes_nothing(own, capsys, given, words):
    assert main(["models", "use", *given]) == 1
    assert words in capsys.readouterr().err
    assert not (own / "config.toml").exists()


def test_a_voice_is_fetched_used_verified_and_not_deleted_while_in_use(own, capsys):
    with in_thread(hubs.serving, Hub(VOICE, "rhasspy/piper-voices")) as hub:
        assert main(["models", "pull", "piper-amy", "--use", "--mirror", hub.url]) == 0
    assert "piper-amy speaks from now on" in capsys.readouterr().out
    assert load_config(own / "config.toml").tts.engine == "piper"
    assert main(["models", "verify"]) == 0
    assert "every byte is right" in capsys.readouterr().out
    assert main(["models", "rm", "piper-amy"]) == 1
    assert "in use" in capsys.readouterr().err
    assert main(["models", "--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["id"] for each in listed if each["here"]] == ["piper-amy"]


def test_a_voice_whose_bytes_changed_is_told_and_mended(own, capsys):
    with in_thread(hubs.serving, Hub(VOICE, "rhasspy/piper-voices")) as hub:
        assert main(["models", "pull", "piper-amy", "--mirror", hub.url]) == 0
        next(own.rglob("*.onnx")).write_bytes(b"another")
        assert main(["models", "verify", "piper-amy"]) == 1
        assert "WRONG" in capsys.readouterr().out
        assert main(["models", "use", "piper-amy"]) == 1
        assert "not the file that was verified" in capsys.readouterr().err
        assert main(["models", "pull", "piper-amy", "--mirror", hub.url]) == 0
        assert main(["models", "use", "piper-amy"]) == 0
        assert main(["models", "rm", "whisper-tiny"]) == 0


@pytest.mark.parametrize("verb", ["pull", "rm", "verify", "use"])
def test_a_name_that_is_none_is_answered_with_the_nearest(own, capsys, verb):
    assert main(["models", verb, "qwen2.5-2b"]) == 1
    assert "Did you mean 'qwen2.5-" in capsys.readouterr().err


def test_a_hub_that_is_none_is_told(own, capsys):
    assert main(["models", "pull", "piper-amy", "--mirror", "somewhere"]) == 1
    assert "There is no hub 'somewhere'" in capsys.readouterr().err
