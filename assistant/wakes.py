"""What was suspected to be the wake word, and what came of it: so that false wakes can be counted, told and mended."""

import logging
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from sqlite3 import Row
from typing import Any, Literal

from assistant.clock import Clock
from assistant.errors import StoreError
from assistant.store import Store
from assistant.vocabulary import Event, Finished, Outcome, Woke
from audio.vocabulary import RATE, WakeTry

log = logging.getLogger(__name__)

Label = Literal["wrong", "missed"]
"""What the user said of it: it was not for Hark; it was, and was missed."""

MOST_CLIPS = 100
"""Kept at once; older ones are deleted."""

KEPT = 2000
"""Suspicions remembered; older ones are dropped."""

NOTED_BEFORE = timedelta(seconds=5)
"""A suspicion is noted when it is over, the wake it led to before: by less than this, one way or the other."""

JUST_NOW = timedelta(minutes=3)
"""What "that wasn't for you" and "you missed me" can be about."""


@dataclass(frozen=True, slots=True)
class Wake:
    """One suspicion."""

    id: int
    at: datetime
    name: str
    belief: float | None
    """0..1 that it was said, when all was heard; None for a miss that nothing was noticed of."""
    first: float | None
    second: float | None
    accepted: bool
    outcome: str | None
    """Of an accepted one: "act", "nothing" (words that made no sense) or "silence"; None when it is not known."""
    label: str | None
    """See `Label`; None when the user said nothing of it."""
    clip: str | None
    """The file's name, where it was kept."""

    @property
    def is_wrong(self) -> bool:
        """Whether the user said that it was not for Hark, or nobody said anything after it."""
        return self.accepted and (self.label == "wrong" or (self.label is None and self.outcome == "silence"))

    @property
    def is_right(self) -> bool:
        """Whether it was meant: something was done after it, or it was missed."""
        return self.label == "missed" or (self.accepted and self.label is None and self.outcome == "act")


class WakeDiary:
    """Suspicions in the store, and how long was listened."""

    def __init__(self, store: Store, clock: Clock, clips: Path | None = None) -> None:
        """`clips` is the folder where sound is kept; None keeps none."""
        self._store = store
        self._clock = clock
        self._clips = clips
        self._since = clock.monotonic()
        self._woke_at: datetime | None = None

    def tried(self, each: WakeTry) -> None:
        """Take a suspicion that is over."""
        now = self._clock.now()
        clip = self._keep(each, now) if self._clips else None
        values = (now.timestamp(), each.name, each.belief, each.first, each.second, each.talk, each.level, each.accepted, clip)
        self._write(
            "INSERT INTO wake (at, name, belief, first, second, talk, level, accepted, clip) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", *values
        )
        self._write("DELETE FROM wake WHERE id <= (SELECT MAX(id) FROM wake) - ?", KEPT)

    def happened(self, event: Event) -> None:
        """Take what comes of a wake."""
        if isinstance(event, Woke):
            self._woke_at = self._clock.now()
        if not isinstance(event, Finished) or self._woke_at is None:
            return
        outcome = "silence" if event.turn is None else "nothing" if event.turn.outcome is Outcome.UNKNOWN else "act"
        since = (self._woke_at - NOTED_BEFORE).timestamp()
        self._woke_at = None
        self._write("UPDATE wake SET outcome = ? WHERE id = (SELECT MAX(id) FROM wake WHERE accepted) AND at >= ?", outcome, since)

    def listened(self) -> None:
        """Count the time since this was last called as listened."""
        now_s = self._clock.monotonic()
        passed_s, self._since = now_s - self._since, now_s
        self._write(
            "INSERT INTO listened VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET seconds = seconds + excluded.seconds",
            self._clock.now().date().isoformat(),
            passed_s,
        )

    def _write(self, statement: str, *values: Any) -> None:
        """Write to the store; what is kept here must not cost a turn when the disk is full."""
        try:
            with self._store.write() as db:
                db.execute(statement, values)
        except StoreError as error:
            log.warning("%s", error)

    def _keep(self, each: WakeTry, now: datetime) -> str | None:
        """Write the sound of a suspicion; the oldest make room. None when it cannot be written."""
        folder = self._clips or Path()
        name = f"{now:%Y%m%d-%H%M%S}-{each.name}-{100 * each.belief:.0f}.wav"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with wave.open(str(folder / name), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(bytes(each.sound))
            for old in sorted(folder.glob("*.wav"))[:-MOST_CLIPS]:
                old.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the sound of a wake word cannot be kept: %s", error.strerror)
            return None
        return name


def label_wake(store: Store, label: Label, now: datetime) -> int | None:
    """Label what the user speaks of, and return its number; None when nothing of the kind happened just now. Raises StoreError.

    A miss that nothing was noticed of is noted all the same: its number of misses counts.
    """
    recent = wakes_in(store, since=now - JUST_NOW)
    found = wrong_among(recent) if label == "wrong" else missed_among(recent)
    if found is None and label == "wrong":
        return None
    with store.write() as db:
        if found is None:
            cursor = db.execute("INSERT INTO wake (at, name, accepted, label) VALUES (?, '', 0, 'missed')", (now.timestamp(),))
            return int(cursor.lastrowid or 0)
        db.execute("UPDATE wake SET label = ? WHERE id = ?", (label, found.id))
    return found.id


def unlabel(store: Store, number: int) -> None:
    """Take a label back. Raises StoreError."""
    with store.write() as db:
        db.execute("DELETE FROM wake WHERE id = ? AND belief IS NULL", (number,))
        db.execute("UPDATE wake SET label = NULL WHERE id = ?", (number,))


def wrong_among(recent: Sequence[Wake]) -> Wake | None:
    """Return which of the latest wakes, newest first, "that wasn't for you" is about.

    One after which nobody said anything sensible; else the one before the wake that these very words came with.
    """
    accepted = [each for each in recent if each.accepted and each.label is None]
    idle = next((each for each in accepted if each.outcome in {"silence", "nothing"}), None)
    return idle or (accepted[1] if len(accepted) > 1 else accepted[0] if accepted else None)


def missed_among(recent: Sequence[Wake]) -> Wake | None:
    """Return which of the latest suspicions, newest first, was a wake word that did not count."""
    return next((each for each in recent if not each.accepted and each.label is None), None)


def wakes_in(store: Store, *, since: datetime | None = None, most: int = KEPT) -> list[Wake]:
    """Return suspicions, the newest first. Raises StoreError."""
    zone = since.tzinfo if since else None
    rows = store.rows("SELECT * FROM wake WHERE at >= ? ORDER BY id DESC LIMIT ?", since.timestamp() if since else 0.0, most)
    return [wake_of(row, datetime.fromtimestamp(row["at"], zone).astimezone(zone)) for row in rows]


def wake_of(row: Row, at: datetime) -> Wake:
    """Return a row of the store as a suspicion."""
    numbers = row["belief"], row["first"], row["second"]
    return Wake(row["id"], at, row["name"], *numbers, bool(row["accepted"]), row["outcome"], row["label"], row["clip"])


def hours_listened(store: Store) -> float:
    """Return how long was listened in all. Raises StoreError."""
    return float(store.rows("SELECT COALESCE(SUM(seconds), 0) AS total FROM listened")[0]["total"]) / 3600


def forget_wakes(store: Store, clips: Path) -> int:
    """Delete all of it, clips included, and return how many suspicions there were. Raises StoreError."""
    count = len(wakes_in(store))
    with store.write() as db:
        db.execute("DELETE FROM wake")
        db.execute("DELETE FROM listened")
    for clip in clips.glob("*.wav"):
        clip.unlink(missing_ok=True)
    return count
