"""The first promise: out of the box, nothing leaves the machine. The whole process tree runs under a tracer that sees every socket."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.proof import NOT_PROMISED, SPOKEN, environment, hark
from assistant.tracing import CannotTrace, control, isolates, traced

CLIPS = Path(__file__).parent / "clips"

ISOLATED = isolates()

needs_tracer = pytest.mark.skipif(
    shutil.which("strace") is None and "CI" not in os.environ, reason="strace is not installed (Debian: strace)"
)
pytestmark = pytest.mark.timeout(300)


@needs_tracer
@pytest.mark.parametrize("isolated", [False, True] if ISOLATED else [False])
def test_the_tracer_would_see_one(tmp_path, isolated):
    assert control(environment(tmp_path), isolated=isolated)


@needs_tracer
def test_what_is_found_is_named(tmp_path):
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = traced([sys.executable, "-c", code], environment(tmp_path), isolated=False)
    assert len(done.sockets) == 1
    assert "127.0.0.1" in done.uses[0]
    assert done.status == 1


@needs_tracer
@pytest.mark.skipif(not ISOLATED, reason="no namespace can be made here")
def test_a_namespace_of_its_own_has_no_network(tmp_path):
    code = "import socket; print(socket.if_nameindex()); socket.create_connection(('192.0.2.1', 9), 5)"
    done = traced([sys.executable, "-c", code], environment(tmp_path), isolated=True)
    assert done.printed == "[(1, 'lo')]\n"
    assert "Network is unreachable" in done.trouble


@needs_tracer
def test_a_spoken_command_opens_no_internet_socket(tmp_path):
    done = hark(["listen", str(CLIPS / "wake/flip-a-coin-rms.flac"), "--fast"], tmp_path, isolated=ISOLATED)
    assert "fun.coin" in done.printed
    assert done.sockets == ()


@needs_tracer
def test_typed_commands_open_no_internet_socket(tmp_path):
    lines = "what time is it\n现在几点\nset a timer for ten minutes\nundo that\ntell me a joke\n"
    lines += "what time is it in Tokyo\nturn it up\nwho was Ada Lovelace\n"
    done = hark(["chat"], tmp_path, lines, isolated=ISOLATED)
    assert "10 minutes" in done.printed
    assert done.sockets == ()


@needs_tracer
def test_what_may_go_online_does_and_is_seen(tmp_path):
    (tmp_path / "config.toml").write_text('[privacy]\nonline_skills = ["currency"]\n')
    done = hark(["ask", "how many euros are ten dollars"], tmp_path, isolated=ISOLATED)
    assert done.sockets or done.uses
    offline = hark(["--offline", "ask", "how many euros are ten dollars"], tmp_path, isolated=ISOLATED)
    assert offline.sockets == ()


@needs_tracer
def test_a_cloud_that_is_set_up_is_not_even_looked_up_before_a_yes(tmp_path):
    """Nine questions and as many replies of which none is a yes; then one that is."""
    url = "https://llm.example.org/v1"
    (tmp_path / "config.toml").write_text(f'[cloud]\nprovider = "own"\nurl = "{url}"\nmodel = "m"\n')
    doubtful = ["no", "hm", "what?", "sure", "yes prime minister", "and the answer is yes", "嗯", "算了", "maybe later"]
    lines = "".join(f"ask the cloud why the sky is blue\n{reply}\n" for reply in doubtful)
    done = hark(["chat"], tmp_path, lines, isolated=ISOLATED)
    assert done.printed.count("Shall I send “why the sky is blue” to llm.example.org") == len(doubtful)
    assert done.sockets == ()
    done = hark(["chat"], tmp_path, "ask the cloud why the sky is blue\nyes\n", isolated=ISOLATED)
    assert "llm.example.org" in done.printed
    assert done.sockets or done.uses


@needs_tracer
def test_cancelling_echo_opens_no_internet_socket(tmp_path):
    code = (
        "import time, numpy as np; from audio.echo import EchoCanceller; from audio.vocabulary import FRAME\n"
        "echo, noise = EchoCanceller(), np.random.default_rng(0).normal(0, 3000, FRAME).astype(np.int16)\n"
        "for _ in range(100): echo.clean(noise, noise)\n"
        "time.sleep(0.5); print('worked', echo.at_work)"
    )
    done = traced([sys.executable, "-c", code], environment(tmp_path) | {"PYTHONPATH": os.pathsep.join(sys.path)}, isolated=ISOLATED)
    assert "worked True" in done.printed
    assert done.sockets == ()


@needs_tracer
def test_the_proof_that_anybody_can_run_counts_none_and_says_what_it_does_not_promise(capsys, monkeypatch):
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setattr("assistant.proof.SPOKEN", SPOKEN[:1])
    assert main(["privacy", "prove", "--turns", "12"]) == 0
    told = capsys.readouterr().out
    assert "typed: 12 turns, 0 internet sockets" in told
    assert "Internet sockets opened: 0" in told
    assert all(en in told for en, _ in NOT_PROMISED)


@needs_tracer
def test_a_hark_that_opens_a_socket_fails_the_proof_and_it_is_named(capsys, tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("import socket; socket.socket(socket.AF_INET6).close()\n")
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    monkeypatch.setattr("assistant.proof.SPOKEN", ())
    assert main(["privacy", "prove", "--turns", "1"]) == 1
    told = capsys.readouterr().out
    assert "Internet sockets opened: 0" not in told
    assert "AF_INET6" in told


def test_without_a_tracer_it_says_how_to_get_one(capsys, monkeypatch):
    monkeypatch.setattr("assistant.tracing.shutil.which", lambda name: None)
    assert main(["privacy", "prove"]) == CannotTrace.status
    assert "strace is not installed" in capsys.readouterr().err
