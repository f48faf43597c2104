"""Whether some Hark is there to ring, so that one that only answers a sentence can say when none is."""

import contextlib
import importlib
import logging
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

log = logging.getLogger(__name__)


class Watch:
    """A file on which every Hark that rings holds a shared lock; the system lets go of it when the process ends, however it does."""

    def __init__(self, path: Path) -> None:
        """Take the file; it need not be there."""
        self._path = path
        self._locks = locks()

    @contextlib.contextmanager
    def keep(self) -> Iterator[None]:
        """Count as one that rings while the block runs."""
        if self._locks is None:
            yield
            return
        try:
            file = self._path.open("ab")
        except OSError as error:
            log.warning("cannot tell other Harks that this one rings: %s", error)
            yield
            return
        with file:
            self._locks.flock(file, self._locks.LOCK_SH)  # waits only while somebody asks, which takes no time
            yield

    @property
    def kept(self) -> bool:
        """Whether some Hark rings what is due; also where that cannot be found out, as no one is to be alarmed for nothing."""
        if self._locks is None:
            return True
        try:
            with self._path.open("ab") as file:
                self._locks.flock(file, self._locks.LOCK_EX | self._locks.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False


def locks() -> ModuleType | None:
    """Return what locks files; None on Windows, which has no locks that are shared."""
    try:
        return importlib.import_module("fcntl")
    except ImportError:
        return None
