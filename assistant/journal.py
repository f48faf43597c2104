"""What happened: turns with their traces, and receipts of what was done, so that it can be told and taken back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from assistant.clock import Clock
from assistant.skill import Undo
from assistant.store import Store
from assistant.vocabulary import Intent, Outcome, Transcript, Turn

KEPT_TURNS = 500
"""Turns remembered; older ones are dropped."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an action was carried out."""

    id: int
    text: str
    """The words that asked for it."""
    action: str
    undo: Undo | None


class Journal:
    """Turns and receipts in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def receive(self, text: str, intent: Intent, undo: Undo | None) -> Receipt:
        """Record that an action was carried out."""
        kept = json.dumps({"module": undo.module, "name": undo.name, "args": undo.args}, ensure_ascii=False) if undo else None
        with self._store.write() as db:
            cursor = db.execute(
                "INSERT INTO receipt (at, text, action, slots, undo) VALUES (?, ?, ?, ?, ?)",
                (self._clock.now().timestamp(), text, intent.action, json.dumps(intent.slots, ensure_ascii=False), kept),
            )
        return Receipt(int(cursor.lastrowid or 0), text, intent.action, undo)

    def last_change(self) -> Receipt | None:
        """Return the newest change that has not been taken back."""
        rows = self._store.rows("SELECT * FROM receipt WHERE undo IS NOT NULL AND undone_at IS NULL ORDER BY id DESC LIMIT 1")
        return receipt_of(rows[0]) if rows else None

    def change(self, receipt_id: int) -> Receipt | None:
        """Return a change that can still be taken back."""
        rows = self._store.rows("SELECT * FROM receipt WHERE id = ? AND undo IS NOT NULL AND undone_at IS NULL", receipt_id)
        return receipt_of(rows[0]) if rows else None

    def taken_back(self, receipt: Receipt) -> None:
        """Record that a change was taken back."""
        with self._store.write() as db:
            db.execute("UPDATE receipt SET undone_at = ? WHERE id = ?", (self._clock.now().timestamp(), receipt.id))

    def record(self, heard: Transcript, intent: Intent | None, said: str, outcome: Outcome, marks: Mapping[str, float]) -> int:
        """Keep a turn and return its number."""
        slots = json.dumps(intent.slots if intent else {}, ensure_ascii=False)
        with self._store.write() as db:
            cursor = db.execute(
                "INSERT INTO turn (at, text, language, action, slots, source, confidence, said, outcome, marks) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self._clock.now().timestamp(),
                    heard.text,
                    heard.language,
                    intent.action if intent else None,
                    slots,
                    intent.source if intent else None,
                    heard.confidence,
                    said,
                    str(outcome),
                    json.dumps({stage: round(ms, 3) for stage, ms in marks.items()}),
                ),
            )
            db.execute("DELETE FROM turn WHERE id <= ?", ((cursor.lastrowid or 0) - KEPT_TURNS,))
        return int(cursor.lastrowid or 0)

    def add_marks(self, turn_id: int, marks: Mapping[str, float]) -> None:
        """Add stages to a turn that became known after it was recorded, such as when its reply was first heard."""
        rows = self._store.rows("SELECT marks FROM turn WHERE id = ?", turn_id)
        if rows:
            merged = json.loads(rows[0]["marks"]) | {stage: round(ms, 3) for stage, ms in marks.items()}
            with self._store.write() as db:
                db.execute("UPDATE turn SET marks = ? WHERE id = ?", (json.dumps(merged), turn_id))

    def turns(self, count: int) -> list[tuple[datetime, Turn]]:
        """Return the last turns with their moments, oldest first."""
        rows = self._store.rows("SELECT * FROM turn ORDER BY id DESC LIMIT ?", count)
        return [(datetime.fromtimestamp(row["at"], self._clock.now().tzinfo), turn_of(row)) for row in reversed(rows)]


def receipt_of(row: Row) -> Receipt:
    """Return a receipt from its row."""
    return Receipt(row["id"], row["text"], row["action"], Undo(**json.loads(row["undo"])))


def turn_of(row: Row) -> Turn:
    """Return a turn from its row."""
    slots: dict[str, Any] = json.loads(row["slots"])
    intent = Intent(row["action"], slots, row["source"], row["confidence"]) if row["action"] else None
    heard = Transcript(row["text"], row["language"], confidence=row["confidence"])
    return Turn(row["id"], heard, intent, row["said"], Outcome(row["outcome"]), json.loads(row["marks"]))
