"""Countdowns that survive a restart, and the scheduler that rings them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from assistant.clock import Clock
from assistant.recurrence import local
from assistant.rings import RingShelf
from assistant.services import Ring, Timer
from assistant.store import Store

LOOK_S = 1.0
"""How often the scheduler looks for a timer that another Hark has set; also bounds the lateness after a suspended machine wakes."""

MISSED_AFTER_S = 10.0
"""A timer found this late was missed: nobody ran when it was due."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time has come; this Hark alone tells of it."""

    what: Timer | Ring
    late_s: float

    @property
    def missed(self) -> bool:
        """Tell whether it ended while no Hark was running."""
        return self.late_s > MISSED_AFTER_S


class TimerShelf:
    """The countdowns in the store; what actions see as `ctx.timers`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def start(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown."""
        ends_at = self._clock.now() + duration
        with self._store.write() as db:
            cursor = db.execute(
                "INSERT INTO timer (label, duration_s, ends_at) VALUES (?, ?, ?)", (label, duration.total_seconds(), ends_at.timestamp())
            )
        return Timer(int(cursor.lastrowid or 0), label, duration, ends_at)

    async def all(self) -> list[Timer]:
        """Return the countdowns that still run, the next to ring first, paused ones last."""
        rows = self._store.rows(
            "SELECT * FROM timer WHERE rung_at IS NULL AND (ends_at > ? OR paused_left_s IS NOT NULL) "
            "ORDER BY paused_left_s IS NOT NULL, ends_at, id",
            self._clock.now().timestamp(),
        )
        return [self._timer(row) for row in rows]

    async def put(self, timer: Timer) -> None:
        """Write a countdown as given: a changed one, or one that was removed."""
        left_s = timer.paused_left.total_seconds() if timer.paused_left is not None else None
        with self._store.write() as db:
            db.execute(
                "INSERT OR REPLACE INTO timer (id, label, duration_s, ends_at, paused_left_s) VALUES (?, ?, ?, ?, ?)",
                (timer.id, timer.label, timer.duration.total_seconds(), timer.ends_at.timestamp(), left_s),
            )

    async def remove(self, timer_id: int) -> None:
        """Drop a countdown; it need not be there."""
        with self._store.write() as db:
            db.execute("DELETE FROM timer WHERE id = ?", (timer_id,))

    def claim_due(self) -> list[Due]:
        """Take the countdowns that have ended, so that no other Hark rings them too."""
        now = self._clock.now()
        if not self._store.rows("SELECT 1 FROM timer WHERE rung_at IS NULL AND paused_left_s IS NULL AND ends_at <= ?", now.timestamp()):
            return []
        with self._store.write() as db:
            rows = db.execute(
                "UPDATE timer SET rung_at = ? WHERE rung_at IS NULL AND paused_left_s IS NULL AND ends_at <= ? RETURNING *",
                (now.timestamp(), now.timestamp()),
            ).fetchall()
        timers = sorted((self._timer(row) for row in rows), key=lambda timer: timer.ends_at)
        return [Due(timer, (now - timer.ends_at).total_seconds()) for timer in timers]

    def next_end(self) -> datetime | None:
        """Return when the next countdown ends."""
        rows = self._store.rows("SELECT min(ends_at) AS at FROM timer WHERE rung_at IS NULL AND paused_left_s IS NULL")
        return self._moment(rows[0]["at"]) if rows[0]["at"] is not None else None

    def _timer(self, row: Row) -> Timer:
        left = row["paused_left_s"]
        return Timer(
            row["id"],
            row["label"],
            timedelta(seconds=row["duration_s"]),
            self._moment(row["ends_at"]),
            None if left is None else timedelta(seconds=left),
        )

    def _moment(self, timestamp: float) -> datetime:
        return local(timestamp, self._clock.now())


def claim_due(timers: TimerShelf, rings: RingShelf, clock: Clock) -> list[Due]:
    """Take everything whose time has come, so that no other Hark tells of it too."""
    now = clock.now()
    return [*(Due(one, (now - one.at).total_seconds()) for one in rings.claim_due()), *timers.claim_due()]


async def ring_when_due(timers: TimerShelf, rings: RingShelf, clock: Clock, ring: Callable[[Due], Awaitable[None]]) -> None:
    """Call `ring` for every countdown, alarm and reminder when its time comes, for ever; those missed while nobody ran come first."""
    while True:
        for due in claim_due(timers, rings, clock):
            await ring(due)
        ends = [end for end in (timers.next_end(), rings.next_at()) if end]
        wait_s = min([LOOK_S, *(max(0.0, (end - clock.now()).total_seconds()) for end in ends)])
        await clock.sleep_until(clock.monotonic() + max(wait_s, 0.001))
        await asyncio.sleep(0)
