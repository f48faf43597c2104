"""What a model thinks aloud, told from what it says: `<think>` blocks, parsed as they stream."""

from collections.abc import Iterator
from typing import NamedTuple

OPEN, CLOSE = "<think>", "</think>"


class Part(NamedTuple):
    """A piece of what a model writes."""

    text: str
    is_thought: bool
    """True for what is shown at most, and never spoken."""


class Thoughts:
    """Splits a stream; a mark may be cut anywhere."""

    def __init__(self) -> None:
        self._inside = False
        self._held = ""

    def feed(self, text: str) -> Iterator[Part]:
        """Take the next piece and yield what is certain by now."""
        self._held += text
        while found := self._next_mark():
            before, _, self._held = self._held.partition(found)
            if before:
                yield Part(before, self._inside)
            self._inside = found == OPEN
        keep = max((size for mark in (OPEN, CLOSE) for size in range(1, len(mark)) if self._held.endswith(mark[:size])), default=0)
        ready, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        if ready:
            yield Part(ready, self._inside)

    def _next_mark(self) -> str:
        """Return the mark that comes first, empty for none; one that closes what was never opened is dropped like any other."""
        marks = [mark for mark in ((CLOSE,) if self._inside else (OPEN, CLOSE)) if mark in self._held]
        return min(marks, key=self._held.index, default="")

    def end(self) -> Iterator[Part]:
        """Yield what is left: the beginning of a mark that never came is text."""
        if self._held:
            yield Part(self._held, self._inside)
        self._held = ""
