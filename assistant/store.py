"""The state that must not be lost, in one SQLite file of the user's data folder.

Every write is on the disk before it is answered (WAL, synchronous=FULL); several Harks may share the file.
"""

import contextlib
import errno
import json
import logging
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.chain import TABLE, adopt
from assistant.errors import StoreError

log = logging.getLogger(__name__)

VERSION = 4
"""Of the tables below; a file of a newer one is set aside, never guessed at."""

CHAINED = 4
"""Since this one the entries of what was sent are a chain."""

LEAST_BYTES = 128 * 1024
"""With less than this left no database can be begun: its journal and what it shares take as much."""

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
    """
CREATE TABLE wake (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, name TEXT NOT NULL, belief REAL, first REAL, second REAL, talk REAL, level REAL,
    accepted INTEGER NOT NULL, outcome TEXT, label TEXT, clip TEXT
);
CREATE TABLE listened (day TEXT PRIMARY KEY, seconds REAL NOT NULL);
""",
    "ALTER TABLE egress RENAME TO egress_unchained;" + TABLE,
)
"""What each version adds to the one before."""


class Store:
    """The open database."""

    def __init__(self, path: Path, *, kept: bool = True) -> None:
        """Open or make the database; one that is damaged or from a newer Hark is set aside and `notice` says so.

        Without `kept` everything is in memory, beginning with what can be read of the file, which stays as it is.
        Raises StoreError when the folder cannot be written.
        """
        self.path = path
        self.kept = kept
        self.notice = ""
        if not kept:
            self._db = in_memory(path)
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._open()
        except OSError as error:
            raise StoreError(
                f"Cannot write {path.parent}: {why(error, path)}. Free some space or make it writable, or set HARK_HOME to another folder."
            ) from error

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
        return StoreError(
            f"Cannot open {self.path}: {why(error, self.path)}. Free some space or make it writable, or set HARK_HOME to another folder."
        )

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

    @contextlib.contextmanager
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

    def bare_rows(self, query: str, *values: Any, errors: str = "surrogateescape") -> list[dict[str, Any]]:
        """Return the rows of a query with texts that need not be whole; what is no UTF-8 is kept as Python's `errors` says."""
        self._db.text_factory = lambda raw: raw.decode("utf-8", errors)
        try:
            return [dict(row) for row in self.rows(query, *values)]
        finally:
            self._db.text_factory = str

    def scrub(self) -> None:
        """Leave nothing deleted in the file, its free pages or its journal. Raises StoreError when another Hark holds it."""
        try:
            self._db.execute("VACUUM")
            busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.Error as error:
            raise StoreError(f"What was deleted may still be in {self.path}: {error}. End other Harks and delete again.") from error
        if busy:
            raise StoreError(f"What was deleted is still in the journal of {self.path}: another Hark reads it. End it and delete again.")

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


def open_store(path: Path) -> Store:
    """Return the store; one that keeps nothing, whose notice says so, when the file cannot be written."""
    try:
        return Store(path)
    except StoreError as error:
        store = Store(path, kept=False)
        store.notice = f"{error} Until then I remember nothing beyond this session: timers, notes and the like end with it."
        return store


def in_memory(path: Path) -> sqlite3.Connection:
    """Return a database in memory with what can be read of a file."""
    for options in ("mode=ro", "mode=ro&immutable=1"):  # the second where not even the journal beside it can be opened
        try:
            db = sqlite3.connect(":memory:", isolation_level=None)
            with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True)) as file:
                file.backup(db)
            if not prepare(db):
                return db
        except sqlite3.Error as error:
            log.info("nothing can be read of %s: %s", path, error)
        db.close()
    db = sqlite3.connect(":memory:", isolation_level=None)
    prepare(db)
    return db


def why(error: OSError | sqlite3.Error, path: Path) -> str:
    """Return why a file cannot be written, as the user would say it."""
    number = getattr(error, "errno", None)
    name = getattr(error, "sqlite_errorname", "")
    folder = next((each for each in path.parents if each.is_dir()), Path("/"))
    with contextlib.suppress(OSError):
        disk = shutil.disk_usage(folder)
        if number in {errno.ENOSPC, errno.EDQUOT} or name == "SQLITE_FULL" or (disk.total and disk.free < LEAST_BYTES):
            return "the disk is full"
    places = [place for place in (folder, path) if place.exists()]
    if number in {errno.EROFS, errno.EACCES, errno.EPERM} or "READONLY" in name or not all(os.access(place, os.W_OK) for place in places):
        return "it is read-only"
    return str(getattr(error, "strerror", None) or error)


def prepare(db: sqlite3.Connection) -> str:
    """Give a connection the durability every promise rests on, and its tables; return why it cannot be used, empty when it can."""
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA secure_delete=ON")  # what is deleted is overwritten
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
    if version < CHAINED:
        adopt(db)
    db.execute(f"PRAGMA user_version={VERSION}")
    db.execute("COMMIT")
