"""Days on which something comes again: "every weekday", "Mondays and Thursdays", "daily", 每周一三五, 工作日, 周末."""

from collections.abc import Sequence

from assistant.slots.chinese_times import chinese_part
from assistant.slots.days import CHINESE_WEEKDAYS, WEEKDAYS
from assistant.slots.hours import next_norms
from assistant.slots.numbers import said
from assistant.slots.times import PARTS, said_times
from assistant.words import Word, is_chinese

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEK = tuple(range(7))
WEEKEND = (5, 6)
DAILY = ["daily"]
WORKDAY = ["workday"]
EVERY = frozenset({"every", "each"})
NOT_EVERY = frozenset({"other", "second", "third", "two", "three", "few", "2", "3"})
WORKDAYS = tuple(tuple(name.split()) for name in ("weekday", "weekdays", "workday", "workdays", "working day", "working days", "work days"))
PLURAL_WEEKDAYS = {name + "s": day for name, day in WEEKDAYS.items() if name.endswith("day")}
DAILY_WORDS = (("daily",), ("everyday",), ("seven", "days", "a", "week"), ("7", "days", "a", "week"), ("day", "in", "day", "out"))
RANGES = frozenset({"to", "through", "thru", "until", "till"})
CHINESE_DAILY = ("每一天", "每天", "每日", "天天", "每晚", "每早", "日日")
CHINESE_WORKDAYS = ("每个工作日", "每逢工作日", "每工作日", "工作日", "上班日", "每个上班日")
CHINESE_WEEKENDS = ("每个周末", "每到周末", "每逢周末", "每周末", "周末", "双休日")
CHINESE_EVERY = ("每个", "每逢", "逢", "每到", "每")
CHINESE_WEEKS = ("星期", "礼拜", "周")
CHINESE_JOINTS = frozenset("和与跟及")
CHINESE_RANGES = frozenset("到至")
COUNTED = frozenset("点时十号月个分刻半")
"""What follows a Chinese number that is no weekday: 周一三点 is Monday at three."""


class Repeat(list[str]):
    """Days of the week ("mon".."sun"), or "workday", or "daily", as an annotation."""


Found = tuple[Repeat, int]
"""Days and the index after the last word."""


def find_repeat(words: Sequence[Word], at: int) -> Found | None:
    """Return the longest repeat that begins at a word, with its end; None when none does."""
    return next(iter(find_repeats(words, at)), None)


def find_repeats(words: Sequence[Word], at: int) -> list[Found]:
    """Return the repeats that begin at a word, the likeliest first: a part of the day behind it may be the time's."""
    if at >= len(words):
        return []
    found = chinese(words, at) if is_chinese(words[at].norm) else english(words, at)
    if not found:
        return []
    days, end = Repeat(found[0]), found[1]
    stop = end_of_part(words, end)
    if stop == end:
        return [(days, end)]
    ways = [(days, stop), (days, end)]
    return ways[::-1] if said_times(words, end) or said_times(words, stop) else ways


def end_of_part(words: Sequence[Word], at: int) -> int:
    """Return the index after a part of the day: "every monday morning", 每天晚上."""
    if said(words, at) in PARTS:
        return at + 1
    return chinese_part(words, at)[1]


def named(days: Sequence[int]) -> list[str]:
    """Return weekdays by their names, Monday first."""
    unique = sorted(set(days))
    return DAILY if len(unique) == len(WEEK) else [NAMES[day] for day in unique]


def english(words: Sequence[Word], at: int) -> tuple[list[str], int] | None:
    """Read a repeat in English."""
    start = at
    while said(words, at) in {"on", "at", "the", "from"} and at - start < 2:
        at += 1
    is_every = said(words, at) in EVERY
    at += is_every
    at += is_every and said(words, at) == "single"
    if is_every and said(words, at) in NOT_EVERY:
        return None
    if is_every and said(words, at) in {"day", *PARTS}:
        return excepting(words, at + (said(words, at) == "day"), DAILY, WEEK)
    for daily in DAILY_WORDS:
        if tuple(next_norms(words, at, len(daily))) == daily:
            return excepting(words, at + len(daily), DAILY, WEEK)
    for workdays in WORKDAYS:
        is_many = is_every or workdays[-1].endswith("s") or said(words, at + len(workdays)) in PARTS
        if is_many and tuple(next_norms(words, at, len(workdays))) == workdays:
            return excepting(words, at + len(workdays), WORKDAY, WEEK[:5])
    return weekdays(words, at, is_every=is_every)


def excepting(words: Sequence[Word], end: int, days: list[str], numbers: Sequence[int]) -> tuple[list[str], int]:
    """Return the days without those after "except"."""
    for lead in (["except"], ["but"], ["apart", "from"], ["except", "for"], ["but", "not"]):
        after = end + len(lead)
        if next_norms(words, end, len(lead)) == lead and (left_out := weekday_list(words, after + (said(words, after) == "on"))):
            return named([number for number in numbers if number not in left_out[0]]), left_out[1]
    return days, end


def weekdays(words: Sequence[Word], at: int, *, is_every: bool) -> tuple[list[str], int] | None:
    """Read "mondays", "every monday and friday", "monday to friday"; one weekday alone is a date."""
    found = weekday_list(words, at)
    if not found:
        return None
    days, end = found
    is_plural = said(words, end) in {"mornings", "afternoons", "evenings", "nights"} or words[end - 1].norm.endswith("s")
    return (named(days), end) if is_every or is_plural or len(days) > 1 else None


def weekday_list(words: Sequence[Word], at: int) -> tuple[list[int], int] | None:
    """Read weekdays joined by "and" or commas, or "monday to friday", or "weekends"."""
    days: list[int] = []
    end = at
    while day := some_days(words, at):
        days, end = [*days, *day], at + 1
        if said(words, end) in RANGES and (last := some_days(words, end + 1)):
            days, end = [*days, *between(day[0], last[0])], end + 2
        at = end + (said(words, end) in {"and", "or", "&"})
        at += said(words, at) in {"on", "every", "each"}
    return (days, end) if days else None


def some_days(words: Sequence[Word], at: int) -> tuple[int, ...]:
    """Return the numbers of the days a word names; none when it names none."""
    name = said(words, at)
    if name in {"weekend", "weekends"}:
        is_many = name == "weekends" or (at > 0 and words[at - 1].norm in EVERY)
        return WEEKEND if is_many else ()
    day = WEEKDAYS.get(name, PLURAL_WEEKDAYS.get(name))
    return () if day is None else (day,)


def between(first: int, last: int) -> list[int]:
    """Return the days from one to another, around the week's end if need be."""
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def chinese(words: Sequence[Word], at: int) -> tuple[list[str], int] | None:
    """Read a repeat in Chinese."""
    text = "".join(word.norm for word in words[at : at + 6])
    for names, days in ((CHINESE_DAILY, DAILY), (CHINESE_WORKDAYS, WORKDAY), (CHINESE_WEEKENDS, named(WEEKEND))):
        name = next((name for name in names if text.startswith(name)), "")
        if name:
            return days, at + len(name) - (name in {"每晚", "每早"} and bool(said_times(words, at + 1)))
    every = next((lead for lead in CHINESE_EVERY if text.startswith(lead)), "")
    if at and words[at - 1].norm in {"下", "上", "这", "本", "个"} and not every:
        return None
    found = chinese_weekdays(words, at + len(every))
    if not found or not (every or len(found[0]) > 1):
        return None
    return named(found[0]), found[1]


def chinese_weekdays(words: Sequence[Word], at: int) -> tuple[list[int], int] | None:
    """Read 周一, 周一三五, 周一和周三, 星期一到星期五, 周六日."""
    days: list[int] = []
    end = at
    while True:
        week = next((name for name in CHINESE_WEEKS if "".join(next_norms(words, at, len(name))) == name), "")
        at += len(week)
        day = CHINESE_WEEKDAYS.get(said(words, at))
        if day is None or not (week or days) or said(words, at + 1) in COUNTED - {"十"} or is_ten(words, at):
            return (days, end) if days else None
        is_range = bool(days) and words[end].norm in CHINESE_RANGES
        days = [*days, *(between(days[-1], day) if is_range else [day])]
        end = at = at + 1
        at += said(words, at) in CHINESE_JOINTS | CHINESE_RANGES
        at += at > end and said(words, at) == "每"


def is_ten(words: Sequence[Word], at: int) -> bool:
    """Tell whether a digit counts tens: 周一二十点 is Monday at twenty hours, 周二十点 Tuesday at ten."""
    is_first = at and words[at - 1].norm in {"周", "期", "拜"}
    return said(words, at + 1) == "十" and not is_first
