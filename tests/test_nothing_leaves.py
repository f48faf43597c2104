"""The first promise: out of the box, nothing leaves the machine. The whole process tree runs under a tracer that sees every socket."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLIPS = Path(__file__).parent / "clips"

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(shutil.which("strace") is None and "CI" not in os.environ, reason="strace is not installed (Debian: strace)"),
]


def inet_sockets(tmp_path, *command, stdin=""):
    """Run hark under the tracer; return the internet sockets that it or any process of its opened, and what it printed."""
    trace = tmp_path / "trace"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-e", "trace=socket,connect,sendto", "-o", str(trace), sys.executable, "-m", "assistant", *command],
        env=os.environ | {"HARK_HOME": str(tmp_path / "home")},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    return re.findall(r"AF_INET6?\b.*", trace.read_text()), done.stdout


def test_the_tracer_would_see_one(tmp_path):
    trace = tmp_path / "trace"
    code = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    subprocess.run(["strace", "-f", "-qq", "-e", "trace=socket", "-o", str(trace), sys.executable, "-c", code], check=True)
    assert "AF_INET" in trace.read_text()


def test_a_spoken_command_opens_no_internet_socket(tmp_path):
    found, printed = inet_sockets(tmp_path, "listen", str(CLIPS / "wake/flip-a-coin-rms.flac"), "--fast")
    assert "fun.coin" in printed
    assert found == []


def test_typed_commands_open_no_internet_socket(tmp_path):
    lines = "what time is it\n现在几点\nset a timer for ten minutes\nundo that\ntell me a joke\n"
    lines += "what time is it in Tokyo\nturn it up\nwho was Ada Lovelace\n"
    found, printed = inet_sockets(tmp_path, "chat", stdin=lines)
    assert "10 minutes" in printed
    assert found == []
