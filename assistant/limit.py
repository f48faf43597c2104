"""A limit in time for code of others, which may sleep, spin, or wait for a network that never answers."""

import contextlib
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

AGAIN_S = 0.25
"""After which code that swallowed the interruption is interrupted again."""


class Stuck(BaseException):
    """Raised inside code that took too long; no `except Exception` of it gets in the way."""


@contextlib.contextmanager
def time_limit(limit_s: float, within: str = "") -> Iterator[None]:
    """Interrupt the block with Stuck when it takes longer; with `within`, only while code of that file is running.

    Works in the main thread of systems with signals; elsewhere there is no limit. An earlier timer of the process is kept.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(_: int, frame: FrameType | None) -> None:
        if not within or runs(within, frame):
            raise Stuck

    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, interrupt)
    left_s, every_s = signal.setitimer(signal.ITIMER_REAL, limit_s, AGAIN_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before or signal.SIG_DFL)
        if left_s:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, left_s - (time.monotonic() - began)), every_s)


def runs(file: str, frame: FrameType | None) -> bool:
    """Tell whether code of a file is among the calls under way."""
    while frame:
        if frame.f_code.co_filename == file:
            return True
        frame = frame.f_back
    return False
