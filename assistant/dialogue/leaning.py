"""Values that what was said before completes: "fifteen" minutes, "quarter past" the same hour, "an hour later", a time on the same day."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.slots import Env, SlotType, Span
from assistant.slots.chinese_times import chinese_part
from assistant.slots.durations import find_duration
from assistant.slots.moments import OpenMoment, said_days, usual
from assistant.slots.numbers import find_number
from assistant.slots.times import PARTS, find_times, said_times
from assistant.words import Word, split_words

SMALL = frozenset(
    [
        *("for", "to", "at", "on", "in", "by", "from", "of", "a", "an", "the", "is", "it", "that", "one", "with", "into", "about"),
        *("be", "called", "named", "please", "instead", "and", "then", "just", "only", "long"),
        *"在到是去用给的成为吧了个",
    ]
)
"""Words around a value that are no part of it."""

EARLIER = {
    "later": 1,
    "earlier": -1,
    "sooner": -1,
    "before": -1,
    "back": 1,
    "forward": -1,
    "up": -1,
    "晚": 1,
    "推迟": 1,
    "延后": 1,
    "往后": 1,
    "早": -1,
    "提前": -1,
    "往前": -1,
    "提早": -1,
}
"""Which way a duration moves what was said before."""

MOST_UNITS = 100_000
"""Of minutes or hours that a bare number may mean; more is no duration."""

MOST_SHIFTED = timedelta(days=3650)
"""How far something that was set may be moved."""

DAY_AFTER = re.compile(r"\b(?:the )?(?:day after|next day|following day|day before|previous day)\b(?! tomorrow| yesterday)")
DAY_AFTER_ZH = re.compile(r"第二天|后一天|再后一天|隔天|前一天")

HALF_A_DAY = 12

PART_HOURS = {"morning": time(9), "afternoon": time(15), "evening": time(18), "night": time(20)}
"""When something is that is moved to a part of its day."""

MINUTES = {
    ("quarter", "past"): 15,
    ("a", "quarter", "past"): 15,
    ("half", "past"): 30,
    ("ten", "past"): 10,
    ("twenty", "past"): 20,
    ("five", "past"): 5,
    ("一", "刻"): 15,
    ("半",): 30,
    ("三", "刻"): 45,
}
"""Minutes whose hour was said before."""


def typed(words: Sequence[Word], kind: SlotType, old: Any, env: Env) -> tuple[Any, int, int] | None:
    """Return the longest value of a kind with its place; a bare number counts where an old value gives the unit."""
    best: tuple[Span, int] | None = None
    for at in range(len(words)):
        for span in kind.find(words, at, env):
            if all(word.norm in SMALL for word in words[at : span.end]) and len(split_words(env.text)) > span.end - at:
                continue  # "in" is an inch only by itself
            if best is None or span.end - at > best[0].end - best[1]:
                best = span, at
    leaning = leaning_on(words, kind, old, env) if old is not None else None
    if best is None:
        return leaning
    if leaning and (leaning[2] - leaning[1], is_shift(words, kind, old)) > (best[0].end - best[1], False):
        return leaning  # "an hour later" is more than an hour, and not an hour from now
    value, start, end = best[0].value, best[1], best[0].end
    if old is not None and kind.name == "moment":
        value = merged(value, kind.from_json(old), words[start:end], env)
    if old is not None and kind.name == "time of day":
        value = nearest(value, kind.from_json(old), words)
    return value, start, end


def is_shift(words: Sequence[Word], kind: SlotType, old: Any) -> bool:
    """Tell whether words move what was said before."""
    return shifted(words, kind, old) is not None


def leaning_on(words: Sequence[Word], kind: SlotType, old: Any, env: Env) -> tuple[Any, int, int] | None:
    """Return a value that only the old one explains: a number of its unit, a time on its day."""
    if later := shifted(words, kind, old):
        return later
    for at in range(len(words)):
        number = find_number(words, at)
        if kind.name == "time of day" and (minute := past_the_hour(words, at)):
            was = kind.from_json(old)
            return was.replace(minute=minute[0]), at, minute[1]
        if kind.name == "time of day" and (half := other_half(words, at, kind.from_json(old))):
            return half, at, len(words)
        if kind.name == "duration" and number and number[0] < MOST_UNITS:
            return float(number[0]) * unit_of(kind.from_json(old)), at, number[1]
        if kind.name == "moment" and isinstance(kind.from_json(old), datetime) and (part := part_alone(words, at)):
            return datetime.combine(kind.from_json(old).date(), part[0]), at, part[1]
        if kind.name == "moment":
            for said, end in find_times(words, at):
                return merged(said, kind.from_json(old), words[at:end], env), at, end
    return None


def part_alone(words: Sequence[Word], at: int) -> tuple[time, int] | None:
    """Return the hour of "the afternoon", 下午 alone, and the word after it."""
    chinese, end = chinese_part(words, at)
    name = chinese or PARTS.get(words[at].norm, "")
    if name not in PART_HOURS or (end if chinese else at + 1) != len(words):
        return None
    return PART_HOURS[name], len(words)


def other_half(words: Sequence[Word], at: int, old: time) -> time | None:
    """Return the same hour in the part of the day that is said alone: "in the evening" after six."""
    found = part_alone(words, at)
    if found is None or not old.hour % HALF_A_DAY:
        return None
    return old.replace(hour=old.hour % HALF_A_DAY + HALF_A_DAY * (found[0].hour >= HALF_A_DAY))


def shifted(words: Sequence[Word], kind: SlotType, old: Any) -> tuple[Any, int, int] | None:
    """Return an old value moved by a duration or to the day after: "an hour later", 提前半小时, "the day after"."""
    if kind.name not in {"time of day", "moment", "date"}:
        return None
    norms = [word.norm for word in words]
    was = kind.from_json(old)
    if kind.name != "time of day" and (DAY_AFTER.search(" ".join(norms)) or DAY_AFTER_ZH.search("".join(norms))):
        back = any(norm in {"before", "previous", "前"} for norm in norms)
        return was + timedelta(days=-1 if back else 1), 0, len(words)
    for at in range(len(words)):
        found = find_duration(words, at)
        if found and found[0] < MOST_SHIFTED and (way := way_beside(norms, at, found[1])):
            return moved(was, way[0] * found[0]), way[1], way[2]
    return None


def way_beside(norms: Sequence[str], at: int, end: int) -> tuple[int, int, int] | None:
    """Return which way a duration moves what was said before, and where it begins and ends with the word that says so."""
    if end < len(norms) and norms[end] in EARLIER:
        return EARLIER[norms[end]], at, end + 1
    at -= at > 0 and norms[at - 1] == "by"
    for length in (2, 1):
        before = "".join(norms[at - length : at]) if at >= length else ""
        if before in EARLIER:
            return EARLIER[before], at - length, end
    return None


def moved(was: date | time, by: timedelta) -> date | time:
    """Return a day, a time of day or a moment moved by a duration."""
    if isinstance(was, datetime):
        return was + by
    if isinstance(was, time):
        return (datetime.combine(date(2000, 1, 2), was) + by).time()
    return was + by


def past_the_hour(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Return the minutes of "quarter past", "half past", 一刻, 半, whose hour was said before, and the word after them."""
    norms = [word.norm for word in words[at:]]
    for said, minute in MINUTES.items():
        if norms[: len(said)] == list(said) and len(norms) == len(said):
            return minute, at + len(said)
    return None


def unit_of(old: timedelta) -> timedelta:
    """Return the unit in which somebody gave a duration."""
    seconds = old.total_seconds()
    return next((unit for unit in (timedelta(hours=1), timedelta(minutes=1)) if seconds % unit.total_seconds() == 0), timedelta(seconds=1))


def merged(new: Any, old: date | datetime, words: Sequence[Word], env: Env) -> Any:
    """Return the moment that a new day or a new time makes of an old moment."""
    if isinstance(new, time):
        day = old.date() if isinstance(old, datetime) else old
        clock = nearest(new, old.time(), words) if isinstance(old, datetime) else new
        return datetime.combine(day, clock, tzinfo=old.tzinfo if isinstance(old, datetime) else None)
    if isinstance(new, datetime) or not isinstance(old, datetime):
        says_day = any(said_days(words, at, env.now.date()) for at in range(len(words)))
        if isinstance(new, datetime) and not says_day and not is_while(words):
            is_any_day = isinstance(new, OpenMoment) and not isinstance(old, datetime) and old != env.now.date()
            return merged(usual(new.time()) if is_any_day else new.time(), old, words, env)
        return new
    return datetime.combine(new, old.time(), tzinfo=old.tzinfo)


def is_while(words: Sequence[Word]) -> bool:
    """Tell whether a moment is counted from now: "in two hours", 半小时后."""
    return any(find_duration(words, at) for at in range(len(words)))


def nearest(new: time, old: time, words: Sequence[Word]) -> time:
    """Return a new time in the half of the day that is nearer to the old one, when its words leave that open."""
    if not any(clock.is_open for at in range(len(words)) for clock, _ in said_times(words, at)) or part_of_day(words):
        return new
    halves = [time(new.hour % 12, new.minute), time(new.hour % 12 + 12, new.minute)]
    return min(halves, key=lambda half: (abs(minutes_of(half) - minutes_of(old)), half))


def part_of_day(words: Sequence[Word]) -> bool:
    """Tell whether the part of the day is said, if not beside the hour."""
    return any(word.norm in PARTS or word.norm in {"am", "pm"} or chinese_part(words, at)[0] for at, word in enumerate(words))


def minutes_of(clock: time) -> int:
    """Return the minutes since midnight."""
    return 60 * clock.hour + clock.minute
