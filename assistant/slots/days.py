"""Days as they are said: "tomorrow", "next Friday", "December 25th", 大后天, 下周二, 十二月三号."""

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.slots.numbers import find_number
from assistant.words import Word

RELATIVE = {
    "today": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "the day before yesterday": -2,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "大前天": -3,
}
WEEKDAYS = {
    name: day
    for day, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}
CHINESE_WEEKDAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}
CHINESE_WEEK = ("星期", "礼拜", "周")
MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
ORDINALS = {
    name: day
    for day, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
        "seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
} | {"thirtieth": 30}

Day = tuple[date, int]
"""A day and the index after its last word."""


def find_day(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Return the longest day that begins at a word, with its end; None when none does or it does not exist."""
    found = [day for read in (relative, weekday, month_first, day_first, chinese_date) if (day := read(words, at, today))]
    return max(found, key=lambda day: day[1], default=None)


def said(words: Sequence[Word], at: int, count: int) -> list[str]:
    """Return the next words as they are compared."""
    return [word.norm for word in words[at : at + count]]


def relative(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read a day counted from today."""
    for count in (4, 3, 2, 1):
        next_words = said(words, at, count)
        for glue in (" ", ""):
            if len(next_words) == count and (name := glue.join(next_words)) in RELATIVE:
                return today + timedelta(days=RELATIVE[name]), at + count
    return None


def weekday(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read a weekday: the coming one, or next week's after "next", "下"."""
    next_words = said(words, at, 6)
    skipped = 0
    weeks = None
    while skipped < len(next_words) and next_words[skipped] in {"this", "next", "on", "last", "coming", "这", "下", "上", "个"}:
        weeks = {"next": 1, "下": 1, "last": -1, "上": -1, "this": 0, "这": 0}.get(next_words[skipped], weeks)
        skipped += 1
    rest = next_words[skipped:]
    if rest and rest[0] in WEEKDAYS:
        day, end = WEEKDAYS[rest[0]], at + skipped + 1
    else:
        text = "".join(rest)
        name = next((name for name in CHINESE_WEEK if text.startswith(name)), None)
        if not name or text[len(name) : len(name) + 1] not in CHINESE_WEEKDAYS:
            return None
        day, end = CHINESE_WEEKDAYS[text[len(name)]], at + skipped + len(name) + 1
    if weeks is None:
        return today + timedelta(days=(day - today.weekday()) % 7), end
    return today + timedelta(days=day - today.weekday(), weeks=weeks), end


def day_number(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read the day of a month: "25th", "twenty fifth", "3"."""
    if at >= len(words):
        return None
    first = words[at].norm
    if first in ORDINALS:
        return ORDINALS[first], at + 1
    if first in {"twenty", "thirty"} and at + 1 < len(words) and words[at + 1].norm in ORDINALS:
        return {"twenty": 20, "thirty": 30}[first] + ORDINALS[words[at + 1].norm], at + 2
    found = find_number(words, at)
    if not found or not 1 <= found[0] <= 31 or found[0] % 1:
        return None
    day, end = int(found[0]), found[1]
    return day, end + (end < len(words) and words[end].norm in {"st", "nd", "rd", "th"})


def coming(month: int, day: int, today: date) -> date | None:
    """Return the next such day, today included; 29 February waits for its year."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def month_first(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "December [the] 25th"."""
    month = MONTHS.get(words[at].norm)
    found = day_number(words, at + 1 + (said(words, at + 1, 1) == ["the"])) if month else None
    day = coming(month, found[0], today) if month and found else None
    return (day, found[1]) if day and found else None


def day_first(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "[the] 25th [of] December"."""
    found = day_number(words, at + (words[at].norm == "the"))
    if not found:
        return None
    end = found[1] + (said(words, found[1], 1) == ["of"])
    month = MONTHS.get(words[end].norm) if end < len(words) else None
    day = coming(month, found[0], today) if month else None
    return (day, end + 1) if day else None


def chinese_date(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read 十二月三号."""
    month = find_number(words, at)
    if not month or said(words, month[1], 1) != ["月"] or not 1 <= month[0] <= 12:
        return None
    found = day_number(words, month[1] + 1)
    if not found:
        return None
    day = coming(int(month[0]), found[0], today)
    end = found[1] + (said(words, found[1], 1) in (["号"], ["日"]))
    return (day, end) if day else None
