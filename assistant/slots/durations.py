"""Durations as they are said: "an hour and a half", "ninety seconds", "half an hour", "一个半小时", "三刻钟"."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from assistant.slots.numbers import find_number
from assistant.words import Word

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
ENGLISH = {
    **{name: s for name, s in SECONDS.items()},
    **{name + "s": s for name, s in SECONDS.items()},
    **{"sec": 1, "secs": 1, "s": 1, "min": 60, "mins": 60, "m": 60, "hr": 3_600, "hrs": 3_600, "h": 3_600},
}
CHINESE = {
    "秒钟": 1,
    "秒": 1,
    "分钟": 60,
    "分": 60,
    "刻钟": 900,
    "小时": 3_600,
    "钟头": 3_600,
    "天": 86_400,
    "星期": 604_800,
    "周": 604_800,
}
HALF = Decimal("0.5")
QUARTER = Decimal("0.25")
LONGEST_S = 100 * 366 * 86_400
"""A century; what is longer is no duration anybody means."""

Amount = tuple[Decimal, int]
"""Seconds, or a multiple of a unit, and the index after its last word."""


def find_duration(words: Sequence[Word], at: int) -> tuple[timedelta, int] | None:
    """Return the longest duration that begins at a word, with its end; None when none does."""
    found = one_part(words, at)
    if not found:
        return None
    seconds, end = found
    while end < len(words):
        more = one_part(words, end + 1) if words[end].norm in {"and", "零", "又"} and end + 1 < len(words) else one_part(words, end)
        if not more or abs(more[0]) >= abs(seconds):
            break
        seconds, end = seconds + more[0], more[1]
    if abs(seconds) > LONGEST_S:
        return None
    return timedelta(seconds=float(seconds)), end


def one_part(words: Sequence[Word], at: int) -> Amount | None:
    """Read an amount and its unit."""
    found = amount(words, at)
    if not found:
        return None
    value, end = found
    unit = unit_at(words, end)
    if not unit:
        return None
    seconds, end = unit
    value *= seconds
    tail = [word.norm for word in words[end : end + 3]]
    if tail[:1] == ["半"] or tail == ["and", "a", "half"]:
        return value + seconds * HALF, end + (1 if tail[0] == "半" else 3)
    if tail == ["and", "a", "quarter"]:
        return value + seconds * QUARTER, end + 3
    return value, end


def amount(words: Sequence[Word], at: int) -> Amount | None:
    """Read how many: a number, "a", "half a", "a quarter of an", "one and a half", 半, 一个半, 几 counts for nothing."""
    said = [word.norm for word in words[at : at + 5]]
    if not said:
        return None
    for opening, value in OPENINGS:
        if said[: len(opening)] == opening:
            return value, at + len(opening)
    found = find_number(words, at)
    if not found:
        return (Decimal(1), at + 1) if said[0] in {"a", "an"} else None
    value, end = found
    tail = [word.norm for word in words[end : end + 3]]
    if tail == ["and", "a", "half"]:
        return value + HALF, end + 3
    if tail[:2] == ["个", "半"]:
        return value + HALF, end + 2
    if tail[:1] == ["个"]:
        return value, end + 1
    return value, end


OPENINGS: list[tuple[list[str], Decimal]] = [
    (["half", "an"], HALF),
    (["half", "a"], HALF),
    (["a", "half"], HALF),
    (["a", "quarter", "of", "an"], QUARTER),
    (["quarter", "of", "an"], QUARTER),
    (["three", "quarters", "of", "an"], 3 * QUARTER),
    (["a", "couple", "of"], Decimal(2)),
    (["半", "个"], HALF),
    (["半"], HALF),
]


def unit_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the seconds in the unit named at a word, and the index after it."""
    if at >= len(words):
        return None
    if words[at].norm in ENGLISH:
        return ENGLISH[words[at].norm], at + 1
    for length in (2, 1):
        name = "".join(word.norm for word in words[at : at + length])
        if name in CHINESE and len(words[at : at + length]) == length:
            return CHINESE[name], at + length
    return None


def to_iso(duration: timedelta) -> str:
    """Return a duration in ISO 8601, such as "PT1H30M"."""
    sign, seconds = ("-", -duration.total_seconds()) if duration < timedelta() else ("", duration.total_seconds())
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, seconds = divmod(rest, 60)
    time = "".join(f"{value:g}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if value)
    date = f"{days:g}D" if days else ""
    if not date and not time:
        return "PT0S"
    return f"{sign}P{date}{'T' + time if time else ''}"


def from_iso(text: str) -> timedelta:
    """Return the duration of an ISO 8601 text made by `to_iso`. Raises ValueError."""
    sign, body = (-1, text[1:]) if text.startswith("-") else (1, text)
    if not body.startswith("P"):
        raise ValueError(f"'{text}' is no ISO 8601 duration; write it like PT10M.")
    date, _, time = body[1:].partition("T")
    seconds = 0.0
    for part, units in ((date, {"D": 86_400, "W": 604_800}), (time, {"H": 3_600, "M": 60, "S": 1})):
        number = ""
        for char in part:
            if char in units:
                seconds += float(number) * units[char]
                number = ""
            else:
                number += char
        if number:
            raise ValueError(f"'{text}' is no ISO 8601 duration; write it like PT10M.")
    return sign * timedelta(seconds=seconds)
