"""What a process and its children use, as Linux tells it under /proc."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.bench.errors import BenchError

PROC = Path("/proc")
HOST = "assistant.hosting"
"""The module by which workers are recognised; the argument after it is their engine."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process has used so far and holds now."""

    pid: int
    name: str
    """hark, or the engine of a worker."""
    cpu_s: float
    """Seconds of one core, in the kernel included."""
    rss_bytes: int
    """Memory it has, shared pages counted in full."""
    pss_bytes: int
    """The same, each shared page divided among those who share it; what a sum over processes is made of."""


def family(pid: int) -> list[Usage]:
    """Return the usage of a process and all its descendants. Raises BenchError where there is no /proc."""
    if not (PROC / "self" / "smaps_rollup").is_file():
        raise BenchError(
            "CPU and memory are read from /proc, which only Linux has. "
            "On macOS look at Activity Monitor, on Windows at the Task Manager, while `hark talk` waits."
        )
    parents = {process: parent for process, parent in every_process() if process != parent}
    members = [process for process in parents if pid in ancestors(process, parents)]
    return [usage for usage in map(usage_of, members) if usage]


def every_process() -> Iterator[tuple[int, int]]:
    """Yield the numbers of every process and its parent."""
    for entry in PROC.iterdir():
        stat = read(entry / "stat") if entry.name.isdecimal() else ""
        if stat:
            yield int(entry.name), int(fields(stat)[1])


def ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    """Yield a process, its parent, and so on."""
    while pid in parents:
        yield pid
        pid = parents[pid]


def usage_of(pid: int) -> Usage | None:
    """Return what a process uses; None when it has just ended."""
    stat, memory = read(PROC / str(pid) / "stat"), read(PROC / str(pid) / "smaps_rollup")
    if not stat or not memory:
        return None
    user, system = fields(stat)[11:13]
    cpu_s = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
    return Usage(pid, name_of(pid), cpu_s, kilobytes(memory, "Rss:") * 1024, kilobytes(memory, "Pss:") * 1024)


def name_of(pid: int) -> str:
    """Return a worker's engine, or hark."""
    words = read(PROC / str(pid) / "cmdline").split("\0")
    return words[words.index(HOST) + 1] if HOST in words[:-1] else "hark"


def fields(stat: str) -> list[str]:
    """Return what follows the process's name, which may itself have spaces: state, parent, ..."""
    return stat.rpartition(")")[2].split()


def kilobytes(memory: str, name: str) -> int:
    """Return one line of `smaps_rollup`."""
    return next((int(line.split()[1]) for line in memory.splitlines() if line.startswith(name)), 0)


def read(path: Path) -> str:
    """Return what a file of /proc says; nothing when its process has ended."""
    try:
        return path.read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return ""
