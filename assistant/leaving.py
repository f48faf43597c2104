"""What leaves the machine right now, for a light that is on as long and a sound as it begins."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

SPOKEN_FOR = frozenset({"voice", "models"})
"""Purposes that make no sound: an online voice sends every sentence it speaks, and a download goes on beside the talk."""


class Leaving:
    """The connections that are open to the outside."""

    def __init__(self) -> None:
        self.on_start: Callable[[str, str], None] = nobody
        """Hears the purpose and the host as something begins to leave."""
        self._open: list[str] = []

    @property
    def hosts(self) -> tuple[str, ...]:
        """Whom something goes to at this moment, each once."""
        return tuple(dict.fromkeys(self._open))

    @contextmanager
    def going(self, purpose: str, host: str) -> Iterator[None]:
        """Be open within the block."""
        self._open.append(host)
        try:
            self.on_start(purpose, host)
            yield
        finally:
            self._open.remove(host)


def nobody(_: str, __: str) -> None:
    """Take no notice."""
