"""Durations as they are said: "an hour and a half", "ninety seconds", "one hour fifteen", "一个半小时", "三刻钟"."""

import re
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from assistant.slots.numbers import find_number, said
from assistant.words import Word

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800, "month": 30 * 86_400, "year": 365 * 86_400}
"""A month and a year as a countdown has them: 30 and 365 days."""

SHORT = {"sec": 1, "secs": 1, "s": 1, "min": 60, "mins": 60, "m": 60, "hr": 3_600, "hrs": 3_600, "h": 3_600, "fortnight": 14 * 86_400}
ENGLISH = SECONDS | {name + "s": seconds for name, seconds in SECONDS.items()} | SHORT
CHINESE = {
    "秒钟": 1,
    "秒": 1,
    "分钟": 60,
    "分": 60,
    "刻钟": 900,
    "小时": 3_600,
    "钟头": 3_600,
    "钟": 3_600,
    "天": 86_400,
    "星期": 604_800,
    "礼拜": 604_800,
    "周": 604_800,
    "月": 30 * 86_400,
    "年": 365 * 86_400,
}
BELOW = {3_600: 60, 60: 1}
"""The unit that is left out after an hour or a minute: "one hour fifteen"."""

ABOUT = {"about", "around", "roughly", "approximately", "exactly", "nearly", "almost", "maybe", "like"}
ABOUT_CHINESE = ("大概", "大约", "差不多", "大致", "整整")
STRESS = {"more", "extra", "additional", "whole", "full", "solid", "来", "多"}
"""Words between a number and its unit that change nothing."""

HALF = Decimal("0.5")
QUARTER = Decimal("0.25")
OPENINGS: list[tuple[list[str], Decimal]] = [
    (["half", "an"], HALF),
    (["half", "a"], HALF),
    (["a", "half"], HALF),
    (["half"], HALF),
    (["a", "quarter", "of", "an"], QUARTER),
    (["quarter", "of", "an"], QUARTER),
    (["a", "quarter"], QUARTER),
    (["quarter"], QUARTER),
    (["three", "quarters", "of", "an"], 3 * QUARTER),
    (["a", "couple", "of"], Decimal(2)),
    (["another"], Decimal(1)),
    (["an", "extra"], Decimal(1)),
    (["an", "additional"], Decimal(1)),
    (["半", "个"], HALF),
    (["半"], HALF),
]
LONGEST_S = 1_000 * 366 * 86_400
"""What is longer is no duration anybody means; who asks for too much, a million hours, is told so by the skill."""

CLOCK = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")
"""Hours, minutes and seconds; without the seconds it would be a time of day."""

Amount = tuple[Decimal, int]
"""Seconds, or a multiple of a unit, and the index after its last word."""


def find_duration(words: Sequence[Word], at: int) -> tuple[timedelta, int] | None:
    """Return the longest duration that begins at a word, with its end; None when none does."""
    return next(iter(find_durations(words, at)), None)


def find_durations(words: Sequence[Word], at: int) -> list[tuple[timedelta, int]]:
    """Return the durations that begin at a word, the longest first: "one hour two" may be an hour, and two of something."""
    if clock := CLOCK.fullmatch(said(words, at)):
        hours, minutes, seconds = map(int, clock.groups())
        return [(timedelta(hours=hours, minutes=minutes, seconds=seconds), at + 1)]
    found = one_part(words, skip_about(words, at))
    if not found:
        return []
    total, end, unit = found
    while more := one_part(words, end + (said(words, end) in {"and", "零", "又"})):
        if abs(more[0]) >= abs(unit):
            break
        total, end, unit = total + more[0], more[1], more[2]
    amounts = [(total, skip_loosely(words, end))]
    if bare := bare_rest(words, end, unit):
        amounts.insert(0, (total + bare[0], skip_loosely(words, bare[1])))
    return [(timedelta(seconds=float(seconds)), stop) for seconds, stop in amounts if abs(seconds) <= LONGEST_S]


def one_part(words: Sequence[Word], at: int) -> tuple[Decimal, int, int] | None:
    """Read an amount and its unit; return its seconds, its end and the seconds of the unit."""
    found = amount(words, at)
    if not found:
        return None
    value, end = found
    named = unit_at(words, end)
    if not named:
        return None
    unit, end = named
    value *= unit
    tail = [word.norm for word in words[end : end + 3]]
    if tail[:1] == ["半"]:
        end += 1
        return value + unit * HALF, end + (said(words, end) == "钟"), unit
    if tail in (["and", "a", "half"], ["and", "a", "quarter"]):
        return value + unit * (HALF if tail[2] == "half" else QUARTER), end + 3, unit
    return value, end, unit


def bare_rest(words: Sequence[Word], at: int, unit: int) -> Amount | None:
    """Read the number after an hour or a minute whose own unit was left out."""
    at += said(words, at) in {"and", "零"}
    found = find_number(words, at) if unit in BELOW and said(words, at) != "one" else None  # "the ten minute one"
    if not found or said(words, found[1]) == "个" or not 0 < found[0] < 60 or found[0] % 1 or unit_at(words, found[1]):
        return None
    return found[0] * BELOW[unit], found[1]


def skip_about(words: Sequence[Word], at: int) -> int:
    """Return the index after "about"."""
    if said(words, at) in ABOUT:
        return at + 1
    text = "".join(word.norm for word in words[at : at + 3])
    return at + next((len(about) for about in ABOUT_CHINESE if text.startswith(about)), 0)


def skip_loosely(words: Sequence[Word], at: int) -> int:
    """Return the index after "or so", 左右."""
    return at + 2 if [word.norm for word in words[at : at + 2]] in (["or", "so"], ["左", "右"], ["上", "下"]) else at


def amount(words: Sequence[Word], at: int) -> Amount | None:
    """Read how many: a number, "a", "half a", "a quarter of an", 半, 一个半."""
    next_words = [word.norm for word in words[at : at + 5]]
    for opening, value in OPENINGS:
        if next_words[: len(opening)] == opening:
            return value, at + len(opening)
    found = find_number(words, at)
    if not found:
        return (Decimal(1), at + 1 + (said(words, at + 1) in STRESS)) if next_words[:1] in (["a"], ["an"]) else None
    value, end = found
    end += said(words, end) in STRESS
    if said(words, end) == "个":
        is_half = said(words, end + 1) == "半"
        return value + HALF * is_half, end + 1 + is_half
    return value, end


def unit_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the seconds in the unit named at a word, and the index after it."""
    if said(words, at) in ENGLISH:
        return ENGLISH[said(words, at)], at + 1
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
