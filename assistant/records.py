"""What skills keep, in the store: one table for all kinds, each record a piece of JSON."""

import json
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

from assistant.services import Record
from assistant.store import Store
from assistant.vocabulary import Intent
from assistant.words import split_words


@dataclass(frozen=True, slots=True)
class RecordShelf:
    """The records of one kind; what actions see as `ctx.records(kind)`."""

    store: Store
    kind: str

    async def add(self, **data: Any) -> Record:
        """Keep something new."""
        with self.store.write() as db:
            cursor = db.execute("INSERT INTO record (kind, data) VALUES (?, ?)", (self.kind, written(data)))
        return Record(int(cursor.lastrowid or 0), data)

    async def all(self) -> list[Record]:
        """Return everything, the oldest first."""
        return [read(row) for row in self.store.rows("SELECT * FROM record WHERE kind = ? ORDER BY id", self.kind)]

    async def put(self, record: Record) -> None:
        """Write one as given: a changed one, or one that was removed."""
        with self.store.write() as db:
            db.execute("INSERT OR REPLACE INTO record (id, kind, data) VALUES (?, ?, ?)", (record.id, self.kind, written(record.data)))

    async def remove(self, record_id: int) -> None:
        """Drop one; it need not be there."""
        with self.store.write() as db:
            db.execute("DELETE FROM record WHERE kind = ? AND id = ?", (self.kind, record_id))


TAUGHT = "phrase"
"""Kind of the records that say what a user's own words mean: `said`, `action` and `slots`."""


def taught(store: Store, text: str) -> Intent | None:
    """Return what the user has taught a sentence to mean."""
    words = [word.norm for word in split_words(text)]
    for row in store.rows("SELECT data FROM record WHERE kind = ? ORDER BY id DESC", TAUGHT):
        data = json.loads(row["data"])
        if [word.norm for word in split_words(data["said"])] == words:
            return Intent(data["action"], data["slots"], "grammar")
    return None


def written(data: dict[str, Any]) -> str:
    """Return data as text."""
    return json.dumps(data, ensure_ascii=False)


def read(row: Row) -> Record:
    """Return a record from its row."""
    return Record(row["id"], json.loads(row["data"]))
