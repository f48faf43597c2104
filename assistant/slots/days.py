"""Days as they are said: "tomorrow", "next Friday", "in three days", 大后天, 下周二; dates of the calendar are in `dates`."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.slots.dates import Day, calendar_day, exact, next_words
from assistant.slots.numbers import find_number, said
from assistant.words import Word

RELATIVE = {
    "today": 0,
    "tonight": 0,
    "this morning": 0,
    "this afternoon": 0,
    "this evening": 0,
    "tomorrow": 1,
    "tomorrow morning": 1,
    "tomorrow afternoon": 1,
    "tomorrow evening": 1,
    "tomorrow night": 1,
    "yesterday": -1,
    "last night": -1,
    "the day after tomorrow": 2,
    "day after tomorrow": 2,
    "the day before yesterday": -2,
    "day before yesterday": -2,
    "今天": 0,
    "今日": 0,
    "今儿": 0,
    "今晚": 0,
    "今早": 0,
    "明天": 1,
    "明日": 1,
    "明儿": 1,
    "明早": 1,
    "明晚": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "前天": -2,
    "大前天": -3,
}
LONGEST_RELATIVE = 4
"""Words in the longest of these."""

WEEKDAYS = {
    name: day
    for day, full in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
    for name in (full, full[:3])
} | {"tues": 1, "thurs": 3, "thur": 3}
WEEKS_BEHIND = {"this week": 0, "next week": 1, "last week": -1}
"""What is said behind a weekday."""

CHINESE_WEEKDAYS = {char: day for day, char in enumerate("一二三四五六日")} | {"天": 6}
CHINESE_WEEK = re.compile(r"(这个?|本|下下个?|下个?|上个?)?(星期|礼拜|周)([一二三四五六日天末])(?!(?<=日)[程历])")
CHINESE_WEEKS = {"这": 0, "本": 0, "下": 1, "上": -1}
LENGTHS = {
    **dict.fromkeys(("day", "days", "天"), (1, 0)),
    **dict.fromkeys(("week", "weeks", "周", "星期", "礼拜"), (7, 0)),
    "fortnight": (14, 0),
    **dict.fromkeys(("month", "months", "月"), (0, 1)),
    **dict.fromkeys(("year", "years", "年"), (0, 12)),
}
"""Days and months in what people count days by."""

WEEKLONG = frozenset({"week", "weeks", "fortnight"})

ENDINGS = (
    (("from", "now"), 1),
    (("from", "today"), 1),
    (("ago",), -1),
    (("以", "后"), 1),
    (("之", "后"), 1),
    (("后",), 1),
    (("以", "前"), -1),
    (("之", "前"), -1),
    (("前",), -1),
)
"""What is said after a count of days, and which way it counts."""


def find_day(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Return the longest day that begins at a word, with its end; None when none does or it does not exist."""
    found = [day for read in (relative, weekday, chinese_weekday, from_now, calendar_day) if (day := read(words, at, today))]
    return max(found, key=lambda day: day[1], default=None)


def relative(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read a day counted from today."""
    for count in range(LONGEST_RELATIVE, 0, -1):
        spoken = next_words(words, at, count)
        for glue in (" ", ""):
            if len(spoken) == count and (name := glue.join(spoken)) in RELATIVE:
                return today + timedelta(days=RELATIVE[name]), at + count
    return None


def weekday(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read a weekday: the coming one, next week's after "next", last week's after "last"; "weekend" is its Saturday."""
    spoken = next_words(words, at, 4)
    skipped = 0
    weeks = None
    while skipped < len(spoken) and spoken[skipped] in {"this", "next", "on", "last", "coming", "the"}:
        weeks = {"next": 1, "last": -1, "this": 0}.get(spoken[skipped], weeks)
        skipped += 1
    name = spoken[skipped] if skipped < len(spoken) else ""
    if name == "weekend" and (skipped or weeks is not None):
        return day_of_week(today, 5, weeks), at + skipped + 1
    if name not in WEEKDAYS:
        return None
    end = at + skipped + 1
    tail = " ".join(next_words(words, end, 2))
    if weeks is None and tail in WEEKS_BEHIND:
        return day_of_week(today, WEEKDAYS[name], WEEKS_BEHIND[tail]), end + 2
    if tail == "after next" and said(words, at) == "the":
        return day_of_week(today, WEEKDAYS[name], None) + timedelta(weeks=1), end + 2
    if weeks is None and said(words, end) == "week":
        return day_of_week(today, WEEKDAYS[name], None) + timedelta(weeks=1), end + 1
    end += said(words, end) in {"morning", "afternoon", "evening", "night"}
    return day_of_week(today, WEEKDAYS[name], weeks), end


def day_of_week(today: date, day: int, weeks: int | None) -> date:
    """Return a weekday of the week so many weeks on; the coming one, today included, when none was said."""
    if weeks is None:
        return today + timedelta(days=(day - today.weekday()) % 7)
    return today + timedelta(days=day - today.weekday(), weeks=weeks)


def chinese_weekday(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read 周五, 下周二, 这个星期天, 周末."""
    match = CHINESE_WEEK.match("".join(next_words(words, at, 8)))
    if not match:
        return None
    weeks = CHINESE_WEEKS[match[1][0]] * (1 + match[1].startswith("下下")) if match[1] else None
    day = 5 if match[3] == "末" else CHINESE_WEEKDAYS[match[3]]
    return day_of_week(today, day, weeks), at + match.end()


def from_now(words: Sequence[Word], at: int, today: date) -> Day | None:
    """Read "in three days", "two weeks from now", "a week from Friday", "a month ago", 三天后, 两周前."""
    is_in = said(words, at) == "in"
    counted = count_of(words, at + is_in)
    if not counted:
        return None
    days, months, end = counted
    tail = next_words(words, end, 2)
    for ending, sign in ENDINGS:
        if tuple(tail[: len(ending)]) == ending:
            day = moved(today, sign * days, sign * months)
            return (day, end + len(ending)) if day else None
    is_often = at > 0 and said(words, at - 1) in {"once", "twice", "times", "day", "days"}
    is_beside = said(words, end - 1) in WEEKLONG and tail[:1] != ["from"] and not is_often  # "a week on Saturday", "a week tomorrow"
    base = find_day(words, end + 1 - (is_beside and tail[:1] != ["on"]), today) if tail[:1] == ["from"] or is_beside else None
    start, stop = base or (today, end)
    day = moved(start, days, months) if base or is_in else None
    return (day, stop) if day else None


def count_of(words: Sequence[Word], at: int) -> tuple[int, int, int] | None:
    """Read "three weeks": the days and months in it, and its end."""
    found = find_number(words, at)
    if found and found[0] == found[0].to_integral_value():
        count, end = int(found[0]), found[1]
    elif said(words, at) in {"a", "an"}:
        count, end = 1, at + 1
    else:
        return None
    end += said(words, end) == "个"
    for size in (2, 1):
        name = next_words(words, end, size)
        if len(name) == size and "".join(name) in LENGTHS:
            days, months = LENGTHS["".join(name)]
            return count * days, count * months, end + size
    return None


def moved(day: date, days: int, months: int) -> date | None:
    """Return a day so many days and months on, the last of a month that is shorter; None beyond the calendar."""
    years, month = divmod(day.month - 1 + months, 12)
    found = next((found for last in range(day.day, 27, -1) if (found := exact(day.year + years, month + 1, last))), None)
    try:
        return (found or date(day.year + years, month + 1, day.day)) + timedelta(days=days)
    except (OverflowError, ValueError):
        return None
