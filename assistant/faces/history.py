"""What was typed before, one line each, in the user's data folder."""

import logging
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import History

log = logging.getLogger(__name__)

KEPT = 1000
"""Lines; the oldest go when a session begins."""


class LineHistory(History):
    """A file that only its owner can read. One that cannot be written costs the history of this session, nothing else."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def load_history_strings(self) -> Iterable[str]:
        """Return the lines, newest first, and let the file forget the oldest."""
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
            if len(lines) > KEPT:
                lines = lines[-KEPT:]
                new = self._path.with_name(f"{self._path.name}.new")
                new.touch(mode=0o600)
                new.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
                new.replace(self._path)
        except FileNotFoundError:
            return []
        except OSError as error:
            log.warning("the chat history cannot be read: %s", error)
            return []
        return reversed(lines)

    def store_string(self, string: str) -> None:
        """Add a line."""
        try:
            self._path.touch(mode=0o600)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(" ".join(string.splitlines()) + "\n")
        except OSError as error:
            log.warning("the chat history cannot be written: %s", error)
