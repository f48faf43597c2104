"""`hark bench idle`: what it costs to wait for the wake word."""

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from assistant.bench.errors import BenchError
from assistant.bench.processes import Usage, family
from assistant.bench.room import write_room
from assistant.bench.startup import hark

SECONDS = 20.0

WORKERS = 3
"""Sound, recognition, voice."""

SETTLED = 0.3
"""Of a core, over one look: below this it has started and only waits."""

LOOK_S = 1.0
"""Between two looks while it starts."""

STARTING_S = 60.0
"""A start that takes longer has failed."""

ENDING_S = 5.0
"""To end by itself after SIGTERM; Hark promises 2."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one process costs while it waits."""

    name: str
    cpu_percent: float
    """Of one core."""
    rss_bytes: int
    pss_bytes: int


@dataclass(frozen=True, slots=True)
class IdleReport:
    """What all of them cost."""

    live: bool
    """With a microphone; otherwise a recording of a quiet room comes in at the pace of real time."""
    seconds: float
    processes: tuple[Waiting, ...]

    @property
    def total(self) -> Waiting:
        """The sum; of memory only the sum of PSS is what leaves when Hark ends."""
        cpu = sum(one.cpu_percent for one in self.processes)
        return Waiting("all", cpu, sum(one.rss_bytes for one in self.processes), sum(one.pss_bytes for one in self.processes))


def measure(seconds: float = SECONDS, *, live: bool = False, sleep: Callable[[float], None] = time.sleep) -> IdleReport:
    """Start Hark as a user does, let it wait, and read what that takes. Raises BenchError."""
    with waiting(seconds, live=live) as (process, log):
        settle(process, log, sleep)
        before, began = {one.pid: one for one in family(process.pid)}, time.monotonic()
        sleep(seconds)
        after, took_s = family(process.pid), time.monotonic() - began
        if process.poll() is not None:
            raise BenchError(f"hark ended while it was watched: {told(log)}")
    return IdleReport(live, round(took_s, 2), tuple(cost(before[one.pid], one, took_s) for one in after if one.pid in before))


def cost(before: Usage, after: Usage, took_s: float) -> Waiting:
    """Return what a process used between two looks, and what it holds."""
    return Waiting(after.name, 100 * (after.cpu_s - before.cpu_s) / took_s, after.rss_bytes, after.pss_bytes)


@contextlib.contextmanager
def waiting(seconds: float, *, live: bool) -> Iterator[tuple["subprocess.Popen[bytes]", IO[bytes]]]:
    """Give a running Hark with its own memory, and what it printed; it has ended when the block has."""
    with TemporaryDirectory(prefix="hark-bench-") as home, (Path(home) / "printed").open("w+b") as log:
        room = Path(home) / "room.wav"
        if not live:
            write_room(room, seconds + 2 * STARTING_S)
        command = hark("talk") if live else hark("listen", str(room))
        environment = os.environ | {"HARK_HOME": home}
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        try:
            yield process, log
        finally:
            process.terminate()
            try:
                process.wait(ENDING_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def settle(process: "subprocess.Popen[bytes]", log: IO[bytes], sleep: Callable[[float], None]) -> None:
    """Wait until all workers are there and it only waits. Raises BenchError when that does not happen."""
    used_s = 0.0
    for _ in range(round(STARTING_S / LOOK_S)):
        sleep(LOOK_S)
        if process.poll() is not None:
            raise BenchError(f"hark cannot wait for the wake word here: {told(log)}")
        members = family(process.pid)
        before_s, used_s = used_s, sum(one.cpu_s for one in members)
        if len(members) > WORKERS and used_s - before_s < SETTLED * LOOK_S:
            return
    raise BenchError(f"hark was not ready after {STARTING_S:g} s: {told(log)}")


def told(log: IO[bytes]) -> str:
    """Return the end of what was printed."""
    log.seek(0)
    return log.read().decode("utf-8", "replace").strip()[-500:] or "it printed nothing."
