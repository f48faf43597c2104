"""What alarms and reminders have in common: when one rings, how that is said, and how one is kept to come back."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from assistant.skill import CHINESE_WORKDAY, WEEKDAYS, CannotDo, Context, Ring, moment_at

FURTHEST = timedelta(days=5 * 366)
"""How far ahead something may be set; a wrong year is likelier than a plan beyond it."""

FULL_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_NAMES = "一二三四五六日"
WORKWEEK = WEEKDAYS[:5]
WEEKEND = WEEKDAYS[5:]


def checked_repeat(ctx: Context, repeat: Sequence[str] | None) -> tuple[str, ...]:
    """Return the days as they are kept, Monday first. Raises CannotDo for one that is none.

    A workday of those who speak Chinese is China's; `workdays = "week"` or `"china"` in the family's settings says otherwise.
    """
    days = {day.strip().casefold() for day in repeat or ()}
    if unknown := days - {"daily", "workday", *WEEKDAYS}:
        raise CannotDo(
            en=f"I can repeat it every day, on workdays or on days of the week, but not on “{min(unknown)}”.",
            zh=f"我可以每天、工作日或者按星期几重复，但不懂“{min(unknown)}”。",
        )
    if "daily" in days or days >= set(WEEKDAYS):
        return ("daily",)
    kept = tuple(day for day in WEEKDAYS if day in days)
    if "workday" not in days:
        return kept
    is_chinese = ctx.settings.get("workdays", "china" if ctx.language == "zh" else "week") == "china"
    return (CHINESE_WORKDAY if is_chinese else "workday", *kept)


def check_day(ctx: Context, day: date) -> None:
    """Raise CannotDo for a day that is over, or too far away to be meant."""
    said = ctx.say(day)
    if day < ctx.now.date():
        raise CannotDo(en=f"{said} {day.year} is already over.", zh=f"{day.year}年{said}已经过去了。")
    if day - ctx.now.date() > FURTHEST:
        raise CannotDo(en=f"{said} {day.year} is too far away for me.", zh=f"{day.year}年{said}太远了。")


def when_en(ctx: Context, at: datetime) -> str:
    """Return a moment in English: "today at 5:00 pm", "on Tuesday, December 1 at 3:00 pm"."""
    clock = ctx.say(at.timetz())
    ahead = (at.date() - ctx.now.date()).days
    if ahead in {0, 1}:
        return f"{('today', 'tomorrow')[ahead]} at {clock}"
    year = f", {at.year}" if at.year != ctx.now.year else ""
    return f"on {ctx.say(at.date())}{year} at {clock}"


def when_zh(ctx: Context, at: datetime) -> str:
    """Return a moment in Chinese: 今天下午5点整, 12月1日星期二下午3点整."""
    ahead = (at.date() - ctx.now.date()).days
    year = f"{at.year}年" if at.year != ctx.now.year else ""
    day = ("今天", "明天")[ahead] if ahead in {0, 1} else f"{year}{ctx.say(at.date())}"
    return f"{day}{ctx.say(at.timetz())}"


def repeat_en(repeat: Sequence[str]) -> str:
    """Return the days of something repeated: "every day", "on weekdays", "every Monday and Friday"."""
    if "daily" in repeat:
        return "every day"
    days = tuple(day for day in repeat if day in WEEKDAYS)
    work = ["on workdays"] * (len(days) < len(repeat))
    if days in {WORKWEEK, WEEKEND}:
        return " and ".join([*work, "on weekdays" if days == WORKWEEK else "on weekends"])
    names = [FULL_NAMES[WEEKDAYS.index(day)] for day in days]
    listed = " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
    return " and ".join([*work, *([f"every {listed}"] if listed else [])])


def repeat_zh(repeat: Sequence[str]) -> str:
    """Return the days of something repeated in Chinese: 每天, 周一到周五, 每周一、周五."""
    if "daily" in repeat:
        return "每天"
    days = tuple(day for day in repeat if day in WEEKDAYS)
    work = ["每个工作日"] * (len(days) < len(repeat))
    if days in {WORKWEEK, WEEKEND}:
        return "和".join([*work, "周一到周五" if days == WORKWEEK else "每个周末"])
    listed = "、".join("周" + CHINESE_NAMES[WEEKDAYS.index(day)] for day in days)
    return "和".join([*work, *([f"每{listed}"] if listed else [])])


def told_en(ctx: Context, ring: Ring) -> str:
    """Return when something rings: "every day at 7:00 am", "tomorrow at 7:00 am"."""
    return f"{repeat_en(ring.repeat)} at {ctx.say(ring.at.timetz())}" if ring.repeat else when_en(ctx, ring.at)


def told_zh(ctx: Context, ring: Ring) -> str:
    """Return when something rings, in Chinese."""
    return f"{repeat_zh(ring.repeat)}{ctx.say(ring.at.timetz())}" if ring.repeat else when_zh(ctx, ring.at)


def to_record(ring: Ring) -> dict[str, Any]:
    """Return one as plain data."""
    return asdict(ring) | {"at": ring.at.isoformat(), "repeat": list(ring.repeat)}


def from_record(record: dict[str, Any]) -> Ring:
    """Return the one of its plain data."""
    return Ring(record["id"], record["kind"], datetime.fromisoformat(record["at"]), record["text"], tuple(record["repeat"]))


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


async def brought_back(ctx: Context, rings: Sequence[Ring]) -> None:
    """Set cancelled ones again. Raises CannotDo for those that would have rung."""
    late = [ring for ring in rings if not ring.repeat and ring.at <= ctx.now]
    for ring in rings:
        if ring not in late:
            comes_again = moment_at(ring.at.time(), ctx.now, repeat=ring.repeat) if ring.at <= ctx.now else None
            await ctx.rings.put(replace(ring, at=comes_again or ring.at))
    if late:
        names = ctx.say([ring.text or ctx.say(ring.at.timetz()) for ring in late])
        raise CannotDo(en=f"The time for {names} has passed, so I left it at that.", zh=f"{names}的时间已经过了，就不恢复了。")
