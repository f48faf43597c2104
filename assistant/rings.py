"""Alarms and reminders that survive a restart and keep to the clock on the wall, through changes of summer time too."""

import json
from collections.abc import Sequence
from datetime import datetime, time
from sqlite3 import Row
from typing import Literal

from assistant.clock import Clock
from assistant.recurrence import local, moment_at
from assistant.services import Ring
from assistant.store import Store

Kind = Literal["alarm", "reminder"]


MEANT = "@"
"""Before the time on the wall that is meant, where it is not the one at which something rings: the clock skips it that night."""


def next_ring(ring: Ring, clock: time, now: datetime) -> datetime | None:
    """Return when something repeated rings next after now, at a time on the wall; None when it does not repeat."""
    return moment_at(clock, now, repeat=ring.repeat) if ring.repeat else None


def meant(repeat: str) -> time | None:
    """Return the time on the wall that is meant where it is another than that of the next ring."""
    return next((time.fromisoformat(each[len(MEANT) :]) for each in json.loads(repeat) if each.startswith(MEANT)), None)


class RingShelf:
    """The alarms and reminders in the store; what actions see as `ctx.rings`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def add(self, kind: Kind, at: datetime, text: str = "", repeat: Sequence[str] = ()) -> Ring:
        """Set one."""
        with self._store.write() as db:
            cursor = db.execute(
                "INSERT INTO ring (kind, at, text, repeat) VALUES (?, ?, ?, ?)", (kind, at.timestamp(), text, json.dumps(list(repeat)))
            )
        return Ring(int(cursor.lastrowid or 0), kind, at, text, tuple(repeat))

    async def all(self, kind: Kind) -> list[Ring]:
        """Return those still to ring, the next first."""
        rows = self._store.rows("SELECT * FROM ring WHERE kind = ? AND at IS NOT NULL ORDER BY at, id", kind)
        return [self._ring(row, row["at"]) for row in rows]

    async def put(self, ring: Ring) -> None:
        """Write one as given: a changed one, or one that was removed."""
        with self._store.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO ring (id, kind, at, text, repeat) VALUES (?, ?, ?, ?, ?)",
                (ring.id, ring.kind, ring.at.timestamp(), ring.text, json.dumps(list(ring.repeat))),
            )

    async def remove(self, ring_id: int) -> None:
        """Drop one; it need not be there."""
        with self._store.write() as db:
            db.execute("DELETE FROM ring WHERE id = ?", (ring_id,))

    async def last_rung(self, kind: Kind) -> Ring | None:
        """Return the one that rang last, with the time at which it did."""
        rows = self._store.rows("SELECT * FROM ring WHERE kind = ? AND rung_at IS NOT NULL ORDER BY rung_at DESC LIMIT 1", kind)
        return self._ring(rows[0], rows[0]["rung_at"]) if rows else None

    def claim_due(self) -> list[Ring]:
        """Take those whose time has come, so that no other Hark rings them too; repeated ones are set for their next time."""
        now = self._clock.now()
        if not self._store.rows("SELECT 1 FROM ring WHERE at <= ?", now.timestamp()):
            return []
        with self._store.write() as db:
            rows = db.execute("SELECT * FROM ring WHERE at <= ? ORDER BY at", (now.timestamp(),)).fetchall()
            due = [self._ring(row, row["at"]) for row in rows]
            for ring, row in zip(due, rows, strict=True):
                clock = meant(row["repeat"]) or ring.at.time()
                after = next_ring(ring, clock, now)
                skipped = after is not None and local(after.timestamp(), now).time() != clock
                repeat = [*ring.repeat, *([f"{MEANT}{clock.isoformat()}"] if skipped else [])]
                changed = (after.timestamp() if after else None, now.timestamp(), json.dumps(repeat), ring.id)
                db.execute("UPDATE ring SET at = ?, rung_at = ?, repeat = ? WHERE id = ?", changed)
        return due

    def next_at(self) -> datetime | None:
        """Return when the next one rings."""
        at = self._store.rows("SELECT min(at) AS at FROM ring")[0]["at"]
        return None if at is None else self._moment(at)

    def _ring(self, row: Row, at: float) -> Ring:
        return Ring(
            row["id"],
            row["kind"],
            self._moment(at),
            row["text"],
            tuple(each for each in json.loads(row["repeat"]) if not each.startswith(MEANT)),
        )

    def _moment(self, timestamp: float) -> datetime:
        return local(timestamp, self._clock.now())
