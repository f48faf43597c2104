"""Stretches of days as they are said: "this weekend", "next month", "december", "the next three days", 本周, 未来三天."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.slots.dates import MONTHS, Day, coming, day_number, exact, next_words
from assistant.slots.days import day_of_week, moved
from assistant.slots.numbers import find_number, said
from assistant.words import Word, is_chinese, split_words

STEPS = {"this": 0, "next": 1, "last": -1, "coming": 1, "previous": -1, "past": -1}
CHINESE_STEPS = {"这": 0, "本": 0, "今": 0, "下": 1, "明": 1, "上": -1, "去": -1}
UNITS = {"week": (7, 0), "month": (0, 1), "year": (0, 12)}
CHINESE_UNITS = {"周": "week", "星": "week", "礼": "week", "月": "month", "年": "year"}
CHINESE_SPAN = re.compile(r"(?:(这|本)个?|(下|上)(下|上)?个?)(周末|周|星期|礼拜|月)|(今|明|去)(年)|(周末)")
LAST_UNITS = {"week": "week", "month": "month", "year": "year", "day": "day", "周": "week", "星期": "week", "礼拜": "week"} | {
    "年": "year", "天": "day", "日": "day", "个月": "month", "下月": "month", "上月": "month", "本月": "month", "这月": "month",
}  # fmt: skip
"""Names of what a stretch is counted in; 十二月 and "december" have none of them."""

MOST_DAYS = 400
"""A greater number than that is none of days, weeks or months ahead."""

NEXT_DAYS = ("未来", "接下来", "往后", "今后", "最近")
MONTH_LEADS = frozenset({"in", "for", "of", "by", "until", "till", "during", "this", "next", "last", "since", "every"})
UNCERTAIN_MONTHS = frozenset({"may", "march", "mar"})
"""Names of months that are other words too; they are months behind one of the leads."""

WEEKDAY_ENDINGS = frozenset("一二三四五六日天末")
CALENDARS = frozenset({"日程", "日历"})
"""Words that begin with a weekday's last character: 下周日程 is next week's calendar."""


def find_span(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Return the first day of the longest stretch of days that begins at a word, with its end; None when none does."""
    readers = (chinese_span, chinese_next_days, chinese_month, end_of) if is_chinese(said(words, at) or "-") else ENGLISH
    found = [day for read in readers if (day := read(words, at, today))]
    return max(found, key=lambda day: day[1], default=None)


def days_in(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day of the first stretch of days named in a text; None when none is."""
    words = split_words(text)
    found = ((at, span) for at in range(len(words)) if (span := find_span(words, at, today)))
    at, (first, end) = next(found, (0, (today, 0)))
    return (first, last_day(words[at:end], first)) if end else None


def last_day(words: Sequence[Word], first: date) -> date:
    """Return the last day of a stretch of days that begins on a day."""
    said_words = " ".join(word.norm.removesuffix("'s") for word in words)
    name = said_words if said_words.isascii() else said_words.replace(" ", "")
    if "weekend" in name or "周末" in name:
        return first + timedelta(days=1)
    unit = next((LAST_UNITS[key] for key in LAST_UNITS if key in name), None)
    if unit is None:
        return first if re.search("[底末]", name) else (moved(first.replace(day=1), 0, 1) or first) - timedelta(days=1)
    number = next((found[0] for at in range(len(words)) if (found := find_number(words, at))), None)
    many = "few" in name or "couple" in name or "days" in name or "几" in name
    count = int(number) if number is not None and 1 <= number <= MOST_DAYS else 3 if many else 1
    if unit != "day" and number is None and not many:
        start = first_day(first, unit, 0) or first
        days, months = UNITS[unit]
        return (moved(start, days, months) or first) - timedelta(days=1)
    days, months = (1, 0) if unit == "day" else UNITS[unit]
    return (moved(first, days * count, months * count) or first) - timedelta(days=1)


def first_day(today: date, unit: str, step: int) -> date | None:
    """Return the first day of a week, month or year so many on."""
    days, months = UNITS[unit]
    start = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1), "year": today.replace(month=1, day=1)}[unit]
    return moved(start, step * days, step * months)


def week_or_month(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "this week", "next month", "[over] the weekend", "the rest of the week"."""
    while said(words, at) in {"in", "over", "for", "during", "on", "at", "the", "rest", "of"}:
        at += 1
        if at < len(words) and words[at - 1].norm == "rest" and said(words, at) == "of":
            week = next_words(words, at + 1, 2)
            return (today, at + 3) if len(week) == 2 and week[0] in {"the", "this"} and week[1] in UNITS else None
    step = STEPS.get(said(words, at))
    unit = "".join(next_words(words, at + (step is not None), 1))
    if unit == "weekend" and (step is not None or (at and words[at - 1].norm == "the")):
        return day_of_week(today, 5, step if step in {1, -1} and said(words, at) != "coming" else 0), at + 1 + (step is not None)
    if step is None or unit not in UNITS:
        return None
    day = first_day(today, unit, step)
    return (day, at + 2) if day else None


def next_days(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "[over] the next three days", "the coming days", "the next few weeks"."""
    at += said(words, at) in {"in", "over", "for", "during"}
    at += said(words, at) == "the"
    if said(words, at) not in {"next", "coming", "following"}:
        return None
    found = find_number(words, at + 1)
    end = found[1] if found else at + 1 + (said(words, at + 1) == "few") + 2 * (next_words(words, at + 1, 2) == ["couple", "of"])
    return (today, end + 1) if said(words, end) in {"days", "weeks", "months"} else None


def month(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "[in] december", "next may"; not a month that is part of a date."""
    start = at
    while said(words, at) in MONTH_LEADS:
        at += 1
    name = "".join(next_words(words, at, 1))
    lead = words[at - 1].norm if at else ""
    if name not in MONTHS or (name in UNCERTAIN_MONTHS and lead not in MONTH_LEADS) or (name == "mar" and start == at):
        return None
    is_in_date = day_number(words, at + 1 + (said(words, at + 1) == "the")) or (at and day_number(words[:at], at - 1))
    if is_in_date or lead in {"st", "nd", "rd", "th"} or (lead == "of" and start < at):
        return None
    return month_of(today, MONTHS[name], at + 1)


def month_of(today: date, number: int, end: int) -> Day | None:
    """Return the first day of the present or coming month of a number."""
    found = today.replace(day=1) if number == today.month else coming(number, 1, today)
    return (found, end) if found else None


def chinese_span(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read 本周, 下个星期, 下下周, 这个月, 明年, 这周末."""
    match = CHINESE_SPAN.match("".join(next_words(words, at, 6)))
    if not match:
        return None
    step = CHINESE_STEPS[match[1] or match[2] or match[5] or "这"] * (1 + bool(match[3]))
    name = match[4] or match[6] or match[7]
    end = at + match.end()
    after = said(words, end)
    if name == "周末":
        return day_of_week(today, 5, step), end
    unit = CHINESE_UNITS[name[0]]
    is_weekday = after in WEEKDAY_ENDINGS and "".join(next_words(words, end, 2)) not in CALENDARS
    is_in_date = is_weekday if unit == "week" else bool(after) and find_number(words, end) is not None
    day = None if is_in_date or (unit == "month" and after in {"底", "末"}) else first_day(today, unit, step)
    return (day, end) if day else None


def chinese_next_days(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read 未来三天, 接下来一周, 这几天, 最近几天."""
    text = "".join(next_words(words, at, 3))
    lead = next((name for name in NEXT_DAYS if text.startswith(name)), "这" if text.startswith("这") else "")
    if not lead:
        return None
    end = at + len(lead) + (said(words, at + len(lead)) == "的")
    found = find_number(words, end)
    end = found[1] if found else end + (said(words, end) in {"几", "两"})
    end += said(words, end) == "个"
    for unit in ("星期", "礼拜", "天", "日", "周", "月"):
        if "".join(next_words(words, end, len(unit))) == unit and end > at + len(lead):
            return today, end + len(unit)
    return None


def chinese_month(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read 十二月, 12月份; not a month that is part of a date."""
    found = find_number(words, at)
    if not found or said(words, found[1]) != "月" or not 1 <= found[0] <= 12 or found[0] % 1:
        return None
    end = found[1] + 1 + (said(words, found[1] + 1) == "份")
    if day_number(words, end) or said(words, end) in {"底", "末", "后", "前"} or (at and words[at - 1].norm in {"年", "个"}):
        return None
    return month_of(today, int(found[0]), end)


def end_of(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read 月底, 这个月底, 下个月底, 年底: the last day."""
    text = "".join(next_words(words, at, 5))
    for name, months in (("下个月", 1), ("下月", 1), ("这个月", 0), ("本月", 0), ("月", 0)):
        if text.startswith((name + "底", name + "末")):
            day = moved(today.replace(day=1), 0, months + 1)
            return (day - timedelta(days=1), at + len(name) + 1) if day else None
    found = exact(today.year, 12, 31)
    return (found, at + 2) if found and text.startswith("年底") else None


ENGLISH = (week_or_month, next_days, month)
