"""Dates of the calendar as they are said: "December 25th", "the 3rd of May 2027", "Christmas", 十二月三号, 下个月三号."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.easter import easter

from assistant.slots.lunar import NEXT, THIS, is_lunar, lunar_feast
from assistant.slots.numbers import find_number, said
from assistant.words import Word

MONTHS = {
    name: month
    for month, full in enumerate(
        (
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        ),
        1,
    )
    for name in (full, full[:3])
} | {"sept": 9}  # fmt: skip
ORDINALS = {
    name: day
    for day, name in enumerate(
        (
            "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
            "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
        ),
        1,
    )
} | {"thirtieth": 30}  # fmt: skip
FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "xmas": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's": (1, 1),
    "new year's day": (1, 1),
    "new year": (1, 1),
    "new years": (1, 1),
    "valentine's day": (2, 14),
    "valentine's": (2, 14),
    "halloween": (10, 31),
    "圣诞节": (12, 25),
    "圣诞": (12, 25),
    "平安夜": (12, 24),
    "元旦": (1, 1),
    "国庆节": (10, 1),
    "国庆": (10, 1),
    "劳动节": (5, 1),
    "情人节": (2, 14),
    "儿童节": (6, 1),
    "妇女节": (3, 8),
    "教师节": (9, 10),
    "万圣节": (10, 31),
}
"""Feasts of the same day every year."""

EASTER = {"good friday": -2, "easter": 0, "easter sunday": 0, "easter monday": 1, "whit sunday": 49, "pentecost": 49, "复活节": 0}
"""Days from Easter Sunday."""

Day = tuple[date, int]
"""A day and the index after its last word."""


def calendar_day(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Return the longest date that begins at a word, with its end; None when none does or it does not exist."""
    found = [day for read in (month_first, day_first, day_alone, chinese_date, iso, feast) if (day := read(words, at, today))]
    return max(found, key=lambda day: day[1], default=None)


def day_number(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read the day of a month: "25th", "twenty fifth", "3"."""
    first = said(words, at)
    if first in ORDINALS:
        return ORDINALS[first], at + 1
    if first in {"twenty", "thirty"} and said(words, at + 1) in ORDINALS:
        return {"twenty": 20, "thirty": 30}[first] + ORDINALS[said(words, at + 1)], at + 2
    found = find_number(words, at)
    if not found or not 1 <= found[0] <= 31 or found[0] % 1:
        return None
    day, end = int(found[0]), found[1]
    return day, end + (said(words, end) in {"st", "nd", "rd", "th"})


def year_at(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read a year: "2027", "twenty twenty seven"."""
    found = find_number(words, at)
    if found and 1900 <= found[0] <= 2200 and not found[0] % 1:
        return int(found[0]), found[1]
    if said(words, at) == "twenty" and (rest := find_number(words, at + 1)) and 10 <= rest[0] <= 99 and not rest[0] % 1:
        return 2000 + int(rest[0]), rest[1]
    return None


def coming(month: int, day: int, today: date) -> date | None:
    """Return the next such day, today included; 29 February waits for its year."""
    for year in range(today.year, today.year + 9):
        found = exact(year, month, day)
        if found and found >= today:
            return found
    return None


def exact(year: int, month: int, day: int) -> date | None:
    """Return a day; None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_year(words: Sequence[Word], end: int, month: int, day: int, today: date) -> Day | None:
    """Return a day of the year named next, or the coming one."""
    year = year_at(words, end)
    found = exact(year[0], month, day) if year else coming(month, day, today)
    return (found, year[1] if year else end) if found else None


def month_first(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "December [the] 25th [2027]"."""
    at += said(words, at) == "on"
    month = MONTHS.get(said(words, at))
    found = day_number(words, at + 1 + (said(words, at + 1) == "the")) if month else None
    return of_year(words, found[1], month, found[0], today) if month and found else None


def day_first(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "[the] 25th [of] December [2027]"."""
    at += said(words, at) == "on"
    found = day_number(words, at + (said(words, at) == "the"))
    if not found:
        return None
    end = found[1] + (said(words, found[1]) == "of")
    month = MONTHS.get(said(words, end))
    return of_year(words, end + 1, month, found[0], today) if month else None


def day_alone(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "[on] the 25th": of this month, or of the next that has it."""
    at += said(words, at) == "on"
    found = day_number(words, at + 1) if said(words, at) == "the" else None
    is_ordinal = found is not None and (words[found[1] - 1].norm in {"st", "nd", "rd", "th"} or words[found[1] - 1].norm in ORDINALS)
    return (next_numbered(found[0], today), found[1]) if found and is_ordinal else None


def next_numbered(day: int, today: date) -> date:
    """Return the next day of this number, today included."""
    found = today
    while found.day != day:
        found += timedelta(days=1)
    return found


def chinese_date(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read [二零二七年|今年|明年]十二月三号, 下个月三号, 三号."""
    year, at = chinese_year(words, at, today)
    month, end = chinese_month(words, at, today)
    found = day_number(words, end)
    if not found:
        return None
    is_named = said(words, found[1]) in {"号", "日"}
    stop = found[1] + is_named
    if month is None:
        return (next_numbered(found[0], today), stop) if is_named and year is None else None
    if month > 12:
        year, month = today.year + 1, 1
    day = exact(year, month, found[0]) if year else coming(month, found[0], today)
    return (day, stop) if day else None


def chinese_year(words: Sequence[Word], at: int, today: date) -> tuple[int | None, int]:
    """Read 今年, 明年, 二零二七年; None when no year begins here."""
    named = {"今年": 0, "明年": 1, "后年": 2, "去年": -1}.get("".join(next_words(words, at, 2)))
    if named is not None:
        return today.year + named, at + 2
    found = find_number(words, at)
    if found and said(words, found[1]) == "年" and 1900 <= found[0] <= 2200:
        return int(found[0]), found[1] + 1
    return None, at


def chinese_month(words: Sequence[Word], at: int, today: date) -> tuple[int | None, int]:
    """Read 十二月, 这个月, 下个月 (13 after December); None when no month begins here."""
    text = "".join(next_words(words, at, 3))
    for names, months in ((("这个月", "本月"), 0), (("下个月", "下月"), 1)):
        name = next((name for name in names if text.startswith(name)), None)
        if name:
            return today.month + months, at + len(name)
    found = find_number(words, at)
    if found and said(words, found[1]) == "月" and 1 <= found[0] <= 12 and not found[0] % 1:
        return int(found[0]), found[1] + 1
    return None, at


def next_words(words: Sequence[Word], at: int, count: int) -> list[str]:
    """Return the next words as they are compared, without a possessive: "today's"."""
    return [word.norm.removesuffix("'s") for word in words[at : at + count]]


def iso(words: Sequence[Word], at: int, _: date) -> Day | None:
    """Read 2026-11-24."""
    parts = next_words(words, at, 5)
    if len(parts) < 5 or parts[1] != "-" or parts[3] != "-" or not all(part.isdecimal() for part in parts[::2]):
        return None
    found = exact(int(parts[0]), int(parts[2]), int(parts[4]))
    return (found, at + 5) if found else None


def coming_easter(days: int, today: date) -> date:
    """Return the next feast so many days from Easter."""
    found: list[date] = [easter(year) + timedelta(days) for year in (today.year, today.year + 1)]
    return found[found[0] < today]


def feast(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read a feast by its name."""
    year = "".join(next_words(words, at, 2))
    year = year if year in {THIS, NEXT} else ""
    at += 2 if year else said(words, at) in {"this", "next", "on"}
    at += bool(year) and said(words, at) == "的"
    for count in (4, 3, 2, 1):
        named = [word.norm for word in words[at : at + count]]
        for name in (" ".join(named), "".join(named)):
            if len(named) == count and name in FEASTS:
                day = coming(*FEASTS[name], today)
                return (day, at + count) if day else None
            if len(named) == count and name in EASTER:
                return coming_easter(EASTER[name], today), at + count
            if len(named) == count and is_lunar(name):
                return lunar_feast(name, today, year), at + count
    return None
