"""What skills print goes to standard error: standard output belongs to the replies, which programs read."""

import contextlib
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

PRINTS_ASIDE: ContextVar[bool] = ContextVar("prints_aside", default=False)
"""Whether the task, or the thread it has started, runs code of a skill."""


class Divided:
    """Standard output for everybody but skills."""

    def __init__(self, stream: Any) -> None:
        """Take what is standard output for the others."""
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        """Return what the stream in question has."""
        return getattr(sys.stderr if PRINTS_ASIDE.get() else self._stream, name)


@contextlib.contextmanager
def prints_aside() -> Iterator[None]:
    """Send what this task prints to standard error while the block runs; other tasks print as before."""
    before = sys.stdout
    divided: Any = before if isinstance(before, Divided) else Divided(before)
    token = PRINTS_ASIDE.set(True)
    sys.stdout = divided
    try:
        yield
    finally:
        PRINTS_ASIDE.reset(token)
        if sys.stdout is divided:
            sys.stdout = before
