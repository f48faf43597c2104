"""`hark bench startup`: whole processes, from the moment they are asked for."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from assistant.bench.errors import BenchError

YARDSTICK = "python -c pass"
"""What every start is compared with: the interpreter alone."""

RUNS = 10

LONGEST_S = 60.0
"""A start that takes longer has hung."""


@dataclass(frozen=True, slots=True)
class Start:
    """What is started, and how to tell that it is there."""

    name: str
    command: tuple[str, ...]
    ready_line: bool = False
    """It is there when it prints its first line; otherwise when it has ended."""


@dataclass(frozen=True, slots=True)
class StartTimes:
    """How long one start took."""

    best_s: float
    median_s: float
    cpu_s: float
    """Processor time, its workers' included, on average; less shaken than the others by what else the machine does."""
    times_python: float
    """The median, as a multiple of the interpreter's own."""


def hark(*arguments: str) -> tuple[str, ...]:
    """Return the command line of hark in this installation."""
    script = Path(sys.executable).with_name("hark.exe" if os.name == "nt" else "hark")
    return (str(script), *arguments) if script.is_file() else (sys.executable, "-m", "assistant", *arguments)


def starts() -> list[Start]:
    """Return what is measured."""
    return [
        Start(YARDSTICK, (sys.executable, "-c", "pass")),
        Start("hark --help", hark("--help")),
        Start('hark ask "what time is it"', hark("ask", "what time is it")),
        Start("ready to listen", (sys.executable, "-m", "assistant.bench.ready"), ready_line=True),
    ]


def measure(runs: int = RUNS, what: list[Start] | None = None, tell: Callable[[], None] = lambda: None) -> dict[str, StartTimes]:
    """Start each in turn, once to warm up and then `runs` times, with an empty memory. Raises BenchError.

    They take turns, so that whatever else the machine does meanwhile strikes all of them alike.
    """
    what = what or starts()
    taken: dict[str, list[float]] = {start.name: [] for start in what}
    used: dict[str, float] = dict.fromkeys(taken, 0.0)
    with TemporaryDirectory(prefix="hark-bench-") as home:
        for run in range(runs + 1):
            for start in what:
                before_s = children_cpu_s()
                seconds = one_start(start, home)
                tell()
                if run:
                    taken[start.name].append(seconds)
                    used[start.name] += children_cpu_s() - before_s
    yardstick = median(taken.get(YARDSTICK) or taken[what[0].name])
    return {name: StartTimes(min(times), median(times), used[name] / runs, median(times) / yardstick) for name, times in taken.items()}


def children_cpu_s() -> float:
    """Return the processor time of all children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def one_start(start: Start, home: str) -> float:
    """Return how many seconds a start took. Raises BenchError."""
    began = time.perf_counter()
    with subprocess.Popen(
        start.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | {"HARK_HOME": home}
    ) as process:
        try:
            if start.ready_line and process.stdout:
                process.stdout.readline()
                seconds = time.perf_counter() - began
            _, errors = process.communicate(timeout=LONGEST_S)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise BenchError(f"`{start.name}` did not start within {LONGEST_S:g} s.") from error
        if process.returncode:
            raise BenchError(f"`{start.name}` ended with status {process.returncode}: {errors.decode(errors='replace').strip()[-500:]}")
        return seconds if start.ready_line else time.perf_counter() - began
