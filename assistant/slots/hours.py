"""What times of day are made of in either language: an hour, a minute and the part of the day they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from assistant.words import Word


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time of day as it was said."""

    hour: int
    """0-23."""
    minute: int
    part: str = ""
    """The part of the day it belongs to; empty when none was said."""
    is_open: bool = True
    """True when the hour may be of either half of the day."""
    days: int = 0
    """1 for the small hours, which belong to the evening before: twelve tonight is tomorrow's zero hours."""

    @property
    def time(self) -> time:
        """The time of day; an open hour as said."""
        return time(self.hour, self.minute)

    def within(self, part: str) -> "SaidTime":
        """Return it in a part of the day, when it has none yet."""
        if not part or not self.is_open:
            return self
        hour, days = placed(self.hour, part)
        return SaidTime(hour, self.minute, part, is_open=False, days=days)


Reading = tuple[SaidTime, int]
"""A time and the index after its last word."""


def placed(hour: int, part: str) -> tuple[int, int]:
    """Return an hour of 1 to 12 by the clock of 24 hours, and 1 when it falls on the day after."""
    early = hour % 12
    match part:
        case "am" | "morning":
            return early, 0
        case "forenoon":
            return hour, 0
        case "noon":
            return (hour if hour >= 10 else hour + 12), 0
        case "midnight":
            return early, 1
        case "night" if early < 5:
            return early, 1
    return (0, 1) if part in {"evening", "night"} and not early else (early + 12, 0)


def clock(hour: int, minute: int, *, is_exact: bool = False) -> SaidTime | None:
    """Return a time by its numbers; None when there is no such time."""
    if hour == 24 and not minute:
        return SaidTime(0, 0, is_open=False, days=1)
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    return SaidTime(hour, minute, is_open=1 <= hour <= 12 and not is_exact)


def next_norms(words: Sequence[Word], at: int, count: int) -> list[str]:
    """Return the next words as they are compared."""
    return [word.norm for word in words[at : at + count]]
