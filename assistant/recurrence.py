"""On which days something repeated happens, and when on the clock on the wall, through changes of summer time too."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from assistant.slots.moments import OpenMoment, usual
from assistant.slots.spans import days_in

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

CHINESE_WORKDAY = "workday-cn"
"""Kept instead of "workday" for those who speak Chinese: without the holidays of mainland China, with its make-up workdays."""

HORIZON_DAYS = 400
"""How far ahead the next repetition is looked for; every kind of day comes sooner."""


def is_on(day: date, repeat: Sequence[str]) -> bool:
    """Tell whether something repeated happens on a day."""
    if "daily" in repeat or WEEKDAYS[day.weekday()] in repeat:
        return True
    if CHINESE_WORKDAY in repeat:
        return is_chinese_workday(day)
    return "workday" in repeat and is_working_week(day)


def is_working_week(day: date) -> bool:
    """Tell whether a day is none of the weekend."""
    return day.weekday() < len(WEEKDAYS) - 2


def is_chinese_workday(day: date) -> bool:
    """Tell whether people work on a day in mainland China; by the weekday alone in years whose holidays are not published."""
    import chinese_calendar  # noqa: PLC0415 -- a tenth of a second that only a workday in Chinese costs

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return is_working_week(day)


def wall(moment: datetime, now: datetime) -> datetime:
    """Return a time on the wall (naive) as a moment here; `now` tells which zone here is.

    One that the clock skips is as long after the change as it would have been: half past two is half past three, in both kinds of zone.
    """
    if not is_offset(now):
        return moment.replace(tzinfo=now.tzinfo)
    found = moment.astimezone()
    return found if found.replace(tzinfo=None) >= moment else moment.replace(fold=1).astimezone()


def local(timestamp: float, now: datetime) -> datetime:
    """Return the moment of a timestamp (s) here, as `wall` does."""
    moment = datetime.fromtimestamp(timestamp, now.tzinfo)
    return moment.astimezone() if is_offset(now) else moment


def is_offset(now: datetime) -> bool:
    """Tell whether a time is the machine's own, which only has today's offset of its zone."""
    return isinstance(now.tzinfo, timezone) and now.tzinfo is not UTC


def moment_at(clock: time, now: datetime, day: date | None = None, repeat: Sequence[str] = ()) -> datetime | None:
    """Return the first moment after now at a time on the wall.

    With `repeat` on one of its days, from `day` on; else on `day`, or on any when that is None. None when there is no such moment.
    """
    first = max(day, now.date()) if day and repeat else day or now.date()
    days = (first + timedelta(days=ahead) for ahead in range(1 if day and not repeat else HORIZON_DAYS))
    moments = (wall(datetime.combine(each, clock), now) for each in days if not repeat or is_on(each, repeat))
    return next((moment for moment in moments if moment > now), None)


def with_first_times(values: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return the values of slots with what follows from them.

    The moment of something that comes again is its first time: "every Thursday at seven". Several days in a row have a first one.
    """
    moment, repeat, span = values.get("moment"), values.get("repeat"), values.get("span")
    clock = usual(moment.time()) if isinstance(moment, OpenMoment) else moment.time() if isinstance(moment, datetime) else None
    if isinstance(moment, datetime) and clock and repeat and (first := moment_at(clock, now, None, repeat)):
        return values | {"moment": first.replace(tzinfo=moment.tzinfo)}
    if isinstance(span, str) and "date" not in values and (days := days_in(span, now.date())):
        return values | {"date": days[0]}
    return values
