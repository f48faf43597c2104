"""Moments as they are said: a day, a time of day, or both, in either order: "tomorrow at five", "3 pm next Tuesday", 后天晚上八点.

A moment is local and without a zone: what the clock on the wall shows.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from assistant.slots.chinese_times import chinese_part
from assistant.slots.dates import calendar_day
from assistant.slots.days import CHINESE_WEEK, WEEKDAYS, chinese_weekday, find_day, weekday
from assistant.slots.durations import find_durations
from assistant.slots.english_times import AT
from assistant.slots.hours import SaidTime, next_norms
from assistant.slots.numbers import said
from assistant.slots.spans import find_span
from assistant.slots.times import PARTS, part_elsewhere, said_times
from assistant.words import Word, is_chinese

SMALL_HOURS_S = 4 * 3_600
"""An hour before seven in the morning is meant when it is at most this far off; else the one in the afternoon."""

FIRST_MORNING_HOUR = 7
"""The first hour that is of the morning when only the number was said."""

DAY_S = 86_400
GLUE = frozenset({"at", "around", "about", "by", "from", "on", "for", "的", "在", "于", "那"})
"""Words between a day and a time."""

LEADS = frozenset({"at", "on", "by", "around", "about", "在", "于"})
AFTER = (("from", "now"), ("later",), ("以", "后"), ("之", "后"), ("过", "后"), ("后",))
"""What makes a moment of a duration before it."""

BEFORE = (("in",), ("再", "过"), ("过",), ("等",))
"""What makes a moment of a duration behind it."""

CHINESE_DAY_PARTS = {"今晚": "night", "明晚": "night", "昨晚": "night", "今早": "morning", "明早": "morning"}


class Moment(date):
    """A day, or a day and a time as `datetime`, as an annotation."""


class OpenMoment(datetime):
    """A moment of which neither the day nor the half of the day was said: "at nine" is another one on another day."""


class SaidDay(NamedTuple):
    """A day as it was said."""

    day: date
    end: int
    """Index after its last word."""
    part: str
    """Part of the day it was said with; empty when none."""
    is_weekday: bool
    """True for a bare weekday, which is next week's when this week's has passed."""


Found = tuple[date, int]
"""A moment and the index after its last word."""


def find_moments(words: Sequence[Word], at: int, now: datetime) -> list[Found]:
    """Return the moments that begin at a word, the longest first."""
    if at >= len(words):
        return []
    start = at + (said(words, at) in LEADS and said(words, at + 1) != "the")
    found = {end: value for value, end in [*parts_alone(words, start, now), *times_alone(words, at, now)]}
    found |= {end: value for value, end in after_a_while(words, at, now)}
    days = said_days(words, at, now.date()) or said_days(words, start, now.date())
    found |= {day.end: day.day for day in days}
    found |= {end: value for value, end in day_then_time(words, days, now)}
    found |= {end: value for value, end in time_then_day(words, at, now)}
    return [(found[end], end) for end in sorted(found, reverse=True)]


def combine(day: date | None, clock: SaidTime | time | None, now: datetime, *, is_weekday: bool = False) -> date | None:
    """Return the moment of a day and a time that were said apart; either may be missing.

    A plain time is meant as it is, a `SaidTime` whose hour is open as people mean it; a bare weekday that has passed is next week's.
    """
    if clock is None:
        return day
    if isinstance(clock, time):
        clock = SaidTime(clock.hour, clock.minute, is_open=False)
    wall = now.replace(tzinfo=None)
    try:
        if day is None:
            return next_open(clock, wall) if clock.is_open else next_exact(clock, wall)
        if clock.is_open:
            moment = open_today(clock, wall) if day == wall.date() and not is_weekday else open_on(clock, day)
        else:
            moment = datetime.combine(day, clock.time) + timedelta(days=clock.days)
        return moment + timedelta(weeks=is_weekday and moment <= wall)
    except OverflowError:
        return None


def next_exact(clock: SaidTime, wall: datetime) -> datetime:
    """Return the next time a clock of 24 hours shows it."""
    moment = datetime.combine(wall.date(), clock.time)
    return moment if moment > wall else moment + timedelta(days=1)


def next_open(clock: SaidTime, wall: datetime) -> "OpenMoment":
    """Return the next sensible time a clock of 12 hours shows it."""
    halves = [datetime.combine(wall.date(), time(clock.hour % 12, clock.minute)) + timedelta(hours=12 * half) for half in range(5)]
    found = next(moment for moment in halves if is_sensible(moment, wall))
    return OpenMoment.combine(found.date(), found.time())


def is_sensible(moment: datetime, wall: datetime) -> bool:
    """Tell whether somebody could mean a moment by its hour alone."""
    ahead = (moment - wall).total_seconds()
    return ahead > 0 and (moment.hour >= FIRST_MORNING_HOUR or ahead <= SMALL_HOURS_S)


def open_today(clock: SaidTime, wall: datetime) -> datetime:
    """Return the next sensible time that is still today, else the one that was."""
    moment = next_open(clock, wall)
    return moment if moment.date() == wall.date() or moment.hour == 0 else open_on(clock, wall.date())


def open_on(clock: SaidTime, day: date) -> datetime:
    """Return an open hour on a day: 7 to 11 in the morning, 12 to 6 from noon on."""
    return datetime.combine(day, usual(time(clock.hour % 12, clock.minute)))


def usual(clock: time) -> time:
    """Return the half of the day that an hour is meant in on any day."""
    hour = clock.hour % 12
    return clock.replace(hour=hour if hour >= FIRST_MORNING_HOUR else hour + 12)


def said_days(words: Sequence[Word], at: int, today: date) -> list[SaidDay]:
    """Return the day that begins at a word with the part of the day behind it, and without."""
    found = find_day(words, at, today)
    span = find_span(words, at, today)
    if span and (not found or span[1] > found[1]):
        return [SaidDay(*span, part="", is_weekday=False)]
    if not found:
        return []
    day, end = with_weekday(words, at, found, today)
    last = words[end - 1].norm
    is_weekday = is_bare_weekday(words, at, end)
    part = PARTS.get(last, "") or CHINESE_DAY_PARTS.get("".join(next_norms(words, end - 2, 2)), "")
    plain = SaidDay(day, end, part, is_weekday)
    name, after = part_after(words, end)
    return [SaidDay(day, after, name, is_weekday), plain] if name and not part else [plain]


def with_weekday(words: Sequence[Word], at: int, found: Found, today: date) -> Found:
    """Return the date when a weekday goes with it: "friday 27 november", "friday the 27th", 十一月二十七号星期五."""
    day, end = found
    if weekday(words, at, today) or chinese_weekday(words, at, today):
        dated = calendar_day(words, end, today)
        return dated if dated and dated[0].weekday() == day.weekday() else found
    named = weekday(words, end, today) or chinese_weekday(words, end, today)
    return (day, named[1]) if named and named[0].weekday() == day.weekday() else found


def is_bare_weekday(words: Sequence[Word], at: int, end: int) -> bool:
    """Tell whether a day is a weekday without "this" or "next"."""
    said_words = [word.norm.removesuffix("'s") for word in words[at:end]]
    if said_words and said_words[0] in {"on", "the"}:
        said_words = said_words[1:]
    if not said_words or any(word[0].isdigit() for word in said_words[1:]):
        return False
    chinese_week = CHINESE_WEEK.fullmatch("".join(said_words))
    return (said_words[0] in WEEKDAYS and len(said_words) < 3) or (chinese_week is not None and not chinese_week[1])


def part_after(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Read the part of the day behind a day: "[in the] morning", "at night", 的晚上."""
    start = at + (said(words, at) == "的")
    part, end = chinese_part(words, start)
    if part:
        return ("", at) if part == "noon" else (part, end)
    for lead in (["in", "the"], ["at"], []):
        after = at + len(lead)
        if next_norms(words, at, len(lead)) == lead and said(words, after) in PARTS:
            return PARTS[words[after].norm], after + 1
    return "", at


def day_then_time(words: Sequence[Word], days: Sequence[SaidDay], now: datetime) -> Iterator[Found]:
    """Yield a day with the time behind it, the longest last."""
    for said_day in reversed(days):
        starts = {said_day.end + skipped for skipped in range(3) if all(word in GLUE for word in next_norms(words, said_day.end, skipped))}
        for start in sorted(starts):
            for clock, end in reversed(said_times(words, start)):
                moment = combine(said_day.day, clock.within(said_day.part), now, is_weekday=said_day.is_weekday)
                if moment:
                    yield moment, end


def time_then_day(words: Sequence[Word], at: int, now: datetime) -> Iterator[Found]:
    """Yield a time with the day behind it, the longest last."""
    for clock, end in reversed(said_times(words, at)):
        start = end + (said(words, end) in {"的", "for"})
        for said_day in reversed(said_days(words, start, now.date())):
            if is_counted(words, start):
                continue
            moment = combine(said_day.day, clock.within(said_day.part), now, is_weekday=said_day.is_weekday)
            if moment:
                yield moment, said_day.end


def is_counted(words: Sequence[Word], at: int) -> bool:
    """Tell whether a number begins here, which would rather go on the time than begin a date."""
    word = said(words, at)
    return word[:1].isdigit() and not is_chinese(word)


def times_alone(words: Sequence[Word], at: int, now: datetime) -> Iterator[Found]:
    """Yield the next moment of a time without a day."""
    for clock, end in reversed(said_times(words, at)):
        moment = combine(None, clock.within(part_elsewhere(words, at, end)), now)
        if moment:
            yield moment, end


def parts_alone(words: Sequence[Word], at: int, now: datetime) -> Iterator[Found]:
    """Yield the day of a part of the day alone: "in the morning", 晚上; tomorrow's morning once it is past."""
    part, end = chinese_part(words, at)
    if not part and next_norms(words, at, 2) == ["in", "the"] and said(words, at + 2) in PARTS:
        part, end = PARTS[words[at + 2].norm], at + 3
    if part and part != "noon":
        is_over = now.hour >= {"morning": 11, "forenoon": 12, "am": 5, "afternoon": 18}.get(part, 24)
        yield now.date() + timedelta(days=is_over), end


def after_a_while(words: Sequence[Word], at: int, now: datetime) -> Iterator[Found]:
    """Yield "in two hours", "20 minutes from now", 半小时以后, 再过十分钟."""
    lead = next((lead for lead in BEFORE if tuple(next_norms(words, at, len(lead))) == lead), ())
    for duration, end in reversed(find_durations(words, at + len(lead))):
        tail = next((tail for tail in AFTER if tuple(next_norms(words, end, len(tail))) == tail), ())
        if not (lead or tail) or duration <= timedelta() or not is_of_hours(words, at, end):
            continue
        try:
            moment = (now.astimezone(UTC) + duration).astimezone(now.tzinfo) if now.tzinfo else now + duration
        except OverflowError:
            continue
        yield moment.replace(tzinfo=None, second=0, microsecond=0), end + len(tail)


def is_of_hours(words: Sequence[Word], at: int, end: int) -> bool:
    """Tell whether a duration is counted in hours or less; days lead to a date."""
    return any(word.norm[0] in "hms时钟分秒刻" and word.norm not in {"months", "month"} for word in words[at:end])


def sentence_moment(words: Sequence[Word], now: datetime) -> tuple[date, list[tuple[int, int]]] | None:
    """Return the moment a whole sentence names, and the words that name it: together, or the day here and the time there."""
    day: tuple[SaidDay, tuple[int, int]] | None = None
    clock: tuple[SaidTime, tuple[int, int]] | None = None
    at = 0
    while at < len(words):
        days = [] if day else said_days(words, at, now.date())
        times = [] if clock else marked_times(words, at)
        whole = next(iter(find_moments(words, at, now)), None)
        longest = max([said_day.end for said_day in days] + [end for _, end in times], default=at)
        is_bare = not times and whole is not None and any(end == whole[1] for _, end in said_times(words, at))
        if whole and isinstance(whole[0], datetime) and whole[1] > longest and not (day or clock or is_bare):
            return whole[0], [(at, whole[1])]
        if times and times[0][1] >= longest:
            clock = times[0][0], (at, times[0][1])
        elif days:
            day = days[0], (at, days[0].end)
        at = max(longest, at + 1)
    if not day and not clock:
        return None
    moment = combine(
        day[0].day if day else None,
        clock[0].within((day[0].part if day else "") or part_elsewhere(words, *clock[1])) if clock else None,
        now,
        is_weekday=bool(day and day[0].is_weekday),
    )
    return (moment, sorted(found[1] for found in (day, clock) if found)) if moment else None


def marked_times(words: Sequence[Word], at: int) -> list[tuple[SaidTime, int]]:
    """Return the times at a word that are more than a number: "two eggs" are no time in a whole sentence."""
    is_after = bool(at) and words[at - 1].norm in AT
    return [(clock, end) for clock, end in said_times(words, at) if is_after or end - at > 1 or not clock.is_open or ":" in words[at].norm]
