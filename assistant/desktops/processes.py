"""The processes and the battery of this machine, whatever system it runs."""

import contextlib
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import psutil

from assistant.desktop import Battery

CLOSE_S = 3.0
"""Seconds that a program is given to end; one that asks what to do with unsaved work takes longer."""

LONGEST = timedelta(days=2)
"""Of a battery; what is more is a reading taken while it was not in use."""


def battery(read: Callable[[], Any] | None = None) -> Battery | None:
    """Return how much is left; None for a machine without a battery."""
    ask: Any = read or getattr(psutil, "sensors_battery", lambda: None)
    found = ask()
    if found is None:
        return None
    known = found.secsleft not in {psutil.POWER_TIME_UNKNOWN, psutil.POWER_TIME_UNLIMITED} and not found.power_plugged
    left = timedelta(seconds=max(0, found.secsleft)) if known else None
    return Battery(min(100.0, max(0.0, float(found.percent))), bool(found.power_plugged), left if left and left < LONGEST else None)


def key_of(process: psutil.Process) -> str:
    """Return what no later process is called, even where the number is given out again."""
    return f"{process.pid}:{process.create_time():.2f}"


def found_by(key: str) -> psutil.Process | None:
    """Return the process of a key; None when it has ended."""
    number = key.partition(":")[0]
    try:
        process = psutil.Process(int(number))
        return process if key_of(process) == key and process.status() != psutil.STATUS_ZOMBIE else None
    except (psutil.Error, ValueError):
        return None


def counted(is_meant: Callable[[str, Sequence[str]], bool]) -> list[str]:
    """Return the user's processes that are meant, without those that another one of them has started.

    Args:
        is_meant: Given the path of a process's program and its command line, tells whether it is.
    """
    me, meant = psutil.Process(), {}
    for process in psutil.process_iter():
        try:
            with process.oneshot():
                if process.username() == me.username() and process.status() != psutil.STATUS_ZOMBIE:
                    meant[process.pid] = (process, process.ppid(), is_meant(path_of(process), process.cmdline()))
        except psutil.Error:
            continue  # it has ended, or is not ours to look at
    chosen = {number for number, (_, _, is_one) in meant.items() if is_one}
    return [key_of(process) for process, parent, is_one in meant.values() if is_one and parent not in chosen]


def path_of(process: psutil.Process) -> str:
    """Return the file a process runs; empty where the system does not tell."""
    try:
        return str(process.exe())
    except psutil.AccessDenied:
        return ""


def holds_us(key: str) -> bool:
    """Tell whether a process is this one or has started it, as a terminal has."""
    own = psutil.Process()
    return key in {key_of(process) for process in (own, *own.parents())}


def end(keys: Sequence[str], force: bool = False) -> list[str]:
    """Ask processes to end, or end them by force with their children; return those that have not ended in time."""
    meant = [process for key in keys if (process := found_by(key))]
    if force:
        meant += [child for process in meant for child in process.children(recursive=True)]
    for process in meant:
        with contextlib.suppress(psutil.Error):  # it has ended, or is told among those that are left
            process.kill() if force else process.terminate()
    return left(keys)


def left(keys: Sequence[str]) -> list[str]:
    """Wait for processes to end and return those that have not."""
    psutil.wait_procs([process for key in keys if (process := found_by(key))], timeout=CLOSE_S)
    return [key for key in keys if found_by(key)]
