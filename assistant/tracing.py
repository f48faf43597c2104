"""Running a command under a tracer that sees every socket, in a network namespace of its own where the system lets us."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import HarkError

INET = re.compile(r"^(?P<pid>\d+)(?:<(?P<name>[^>]*)>)? +(?P<call>socket\(AF_INET6?,.*|(?:connect|sendto)\(.*AF_INET6?,.*)", re.MULTILINE)
"""A line of the trace in which an internet socket is made or used."""

HIDDEN = re.compile(r"^.*io_uring_setup\(.*$", re.MULTILINE)
"""A way past the tracer."""

CONTROL = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"

INSTALL = "Debian, Ubuntu: sudo apt install strace; Fedora: sudo dnf install strace; Arch: sudo pacman -S strace"

LONGEST_S = 3600.0
"""For one part of a self-test."""


class CannotTrace(HarkError):
    """There is no tracer, or it may not trace."""

    status = 3


@dataclass(frozen=True, slots=True)
class Traced:
    """What became of a command."""

    status: int
    printed: str
    """On standard output."""
    trouble: str
    """On standard error."""
    sockets: tuple[str, ...]
    """The internet sockets that it or any process of its made: who, and how."""
    uses: tuple[str, ...]
    """What was done with them: addresses connected and sent to."""
    hidden: int
    """Ways past the tracer that were opened."""


def isolates() -> bool:
    """Tell whether a network namespace of our own can be made, in which there is no network at all."""
    return (
        shutil.which("unshare") is not None and subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0
    )


def traced(command: Sequence[str], environment: Mapping[str, str], stdin: str = "", *, isolated: bool) -> Traced:
    """Run a command to its end and return what it opened. Raises CannotTrace."""
    if shutil.which("strace") is None:
        where = INSTALL if sys.platform == "linux" else "it runs on Linux only"
        raise CannotTrace(f"The tracer strace is not installed, so I cannot count sockets. {where}.")
    alone = ["unshare", "-rn"] if isolated else []
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        tracer = ["strace", "-f", "-qq", "-Y", "--seccomp-bpf", "-e", "trace=socket,connect,sendto,io_uring_setup", "-o", str(trace)]
        status, printed, trouble = ended([*alone, *tracer, *command], environment, stdin)
        if not trace.exists() or "ptrace" in trouble:
            raise CannotTrace(f"The tracer may not trace here: {trouble.strip()[:200]}")
        text = trace.read_text("utf-8", "replace")
    found = [(f"{line['name'] or 'process'} ({line['pid']}): {line['call']}", line["call"]) for line in INET.finditer(text)]
    sockets = tuple(who for who, call in found if call.startswith("socket"))
    uses = tuple(who for who, call in found if not call.startswith("socket"))
    return Traced(status, printed, trouble, sockets, uses, len(HIDDEN.findall(text)))


def ended(command: Sequence[str], environment: Mapping[str, str], stdin: str) -> tuple[int, str, str]:
    """Run a command to its end, or with all it started to ours, and return its status and what it printed."""
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            printed, trouble = process.communicate(stdin, LONGEST_S)
        except subprocess.TimeoutExpired:
            raise CannotTrace(f"The self-test did not end within {LONGEST_S / 60:.0f} minutes.") from None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    return process.returncode, printed, trouble


def control(environment: Mapping[str, str], *, isolated: bool) -> bool:
    """Tell whether the tracer sees an internet socket when there is one. Raises CannotTrace."""
    return len(traced([sys.executable, "-c", CONTROL], environment, isolated=isolated).sockets) == 1
