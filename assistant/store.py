"""The state that must not be lost, in one SQLite file of the user's data folder.

Every write is on the disk before it is answered (WAL, synchronous=FULL); several Harks may share the file.
"""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.errors import StoreError

VERSION = 2
"""Of the tables below; a file of a newer one is set aside, never guessed at."""

BUSY_S = 5.0
"""How long a write waits for another Hark's."""

TABLES = (
    """
CREATE TABLE timer (
    id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, duration_s REAL NOT NULL, ends_at REAL NOT NULL,
    paused_left_s REAL, rung_at REAL
);
CREATE TABLE turn (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, action TEXT,
    slots TEXT NOT NULL, source TEXT, confidence REAL NOT NULL, said TEXT NOT NULL, outcome TEXT NOT NULL, marks TEXT NOT NULL
);
CREATE TABLE receipt (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, text TEXT NOT NULL, action TEXT NOT NULL, slots TEXT NOT NULL,
    undo TEXT, undone_at REAL
);
CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE egress (id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, purpose TEXT NOT NULL, host TEXT NOT NULL, body TEXT NOT NULL);
""",
    """
CREATE TABLE ring (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, at REAL, text TEXT NOT NULL, repeat TEXT NOT NULL, rung_at REAL
);
CREATE TABLE record (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX record_kind ON record (kind);
""",
)
"""What each version adds to the one before."""


class Store:
    """The open database."""

    def __init__(self, path: Path) -> None:
        """Open or make the database; one that is damaged or from a newer Hark is set aside and `notice` says so.

        Raises StoreError when the folder cannot be written.
        """
        self.path = path
        self.notice = ""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except OSError as error:
            raise StoreError(f"Cannot write {path.parent}: {error.strerror}. Set HARK_HOME to a folder that can be written.") from error

    def _open(self) -> sqlite3.Connection:
        try:
            db = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)
        except sqlite3.Error as error:
            raise self._cannot_open(error) from error
        try:
            unusable = prepare(db)
        except sqlite3.OperationalError as error:
            db.close()
            raise self._cannot_open(error) from error
        except sqlite3.DatabaseError:
            unusable = "is damaged"
        if not unusable:
            return db
        db.close()
        self._set_aside(unusable)
        return self._open()

    def _cannot_open(self, error: sqlite3.Error) -> StoreError:
        return StoreError(f"Cannot open {self.path}: {error}. Check the disk, or set HARK_HOME to another folder.")

    def _set_aside(self, why: str) -> None:
        """Rename the file, with its journal, so that a new one can begin."""
        aside = f"{self.path.name}.{time.strftime('%Y%m%d-%H%M%S')}"
        while self.path.with_name(aside).exists():
            aside += "x"
        for suffix in ("", "-wal", "-shm"):
            old = self.path.with_name(self.path.name + suffix)
            if old.exists():
                old.rename(self.path.with_name(aside + suffix))
        self.notice = f"The memory file {why}. It was set aside as {aside}, and a new one begun."

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give a transaction that is on the disk when the block ends. Raises StoreError when it cannot be."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise
        except sqlite3.Error as error:
            raise StoreError(
                f"Could not save to {self.path}: {error}. Free some disk space, or set HARK_HOME to another folder."
            ) from error

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        """Return the rows of a query. Raises StoreError."""
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise StoreError(f"Could not read {self.path}: {error}.") from error

    def remember(self, key: str, value: Any) -> None:
        """Keep a plain value of the session under a name; None forgets it."""
        with self.write() as db:
            if value is None:
                db.execute("DELETE FROM session WHERE key = ?", (key,))
            else:
                db.execute("INSERT OR REPLACE INTO session VALUES (?, ?)", (key, json.dumps(value, ensure_ascii=False)))

    def recall(self, key: str) -> Any:
        """Return what was kept under a name; None when nothing was."""
        found = self.rows("SELECT value FROM session WHERE key = ?", key)
        return json.loads(found[0]["value"]) if found else None

    def version(self) -> int:
        """Return a number that changes when another process has written."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Close the file; everything is already on the disk."""
        self._db.close()


def prepare(db: sqlite3.Connection) -> str:
    """Give a connection the durability every promise rests on, and its tables; return why it cannot be used, empty when it can."""
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > VERSION:
        return "is from a newer Hark"
    if version < VERSION:
        create(db)
    elif db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        return "is damaged"
    return ""


def create(db: sqlite3.Connection) -> None:
    """Add the tables that a file does not have yet, unless another Hark has just done so."""
    db.execute("BEGIN IMMEDIATE")
    version = db.execute("PRAGMA user_version").fetchone()[0]
    for tables in TABLES[version:]:
        for statement in filter(str.strip, tables.split(";")):
            db.execute(statement)
    db.execute(f"PRAGMA user_version={VERSION}")
    db.execute("COMMIT")
