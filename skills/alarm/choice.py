"""Which alarm is meant, and how one is told."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from assistant.skill import CannotDo, Context, Ring, is_on, moment_in
from skills.moving import DAY, moved_from, moved_to, moves
from skills.pointing import place_in
from skills.ringing import told_en, told_zh

RINGS_STILL = timedelta(minutes=10)
"""For so long after it rang "turn off the alarm" means its sound."""

NEAR = timedelta(hours=3)
"""Another alarm so close to a new one is mentioned: it may have been meant to be moved."""

WEEKEND = re.compile(r"\bweekends?\b|周末|双休", re.IGNORECASE)
WORKDAYS = re.compile(r"\b(?:week|work) ?days?\b|工作日|上班", re.IGNORECASE)

HALF = re.compile(r"\b[ap]\.?m\b|morning|evening|afternoon|night|noon|[早晚]上|[上下中]午|凌晨|傍晚", re.IGNORECASE)
"""What tells which half of the day a time is in."""

TOLD = 5
"""Alarms told one by one."""


def first_or_ahead(ctx: Context, ring: Ring) -> tuple[str, str]:
    """Return how far ahead an alarm is; of a repeated one the first day, when that is not soon."""
    ahead = ring.at - ctx.now
    if not ring.repeat:
        said = ctx.say(timedelta(minutes=-(-ahead // timedelta(minutes=1))))
        return (f", in {said}", f"，还有{said}") if ahead < timedelta(days=1) else ("", "")
    if ahead < timedelta(days=2):
        return "", ""
    first = ctx.say(ring.at.date())
    return f", first on {first}", f"，从{first}开始"


def nearby(ctx: Context, ring: Ring, alarms: Sequence[Ring]) -> tuple[str, str]:
    """Return a mention of another alarm that rings shortly before or after a new one."""
    other = next((other for other in alarms if abs(other.at - ring.at) <= NEAR), None)
    if other is None:
        return "", ""
    said = ctx.say(other.at.timetz())
    return f" The one at {said} is still set too.", f"{said}的那个也还在。"


async def rings_now(ctx: Context) -> bool:
    """Tell whether an alarm may still be ringing."""
    last = await ctx.rings.last_rung("alarm")
    return last is not None and ctx.now - last.at <= RINGS_STILL


def to_move(ctx: Context, alarms: Sequence[Ring], clock: time, day: date | None) -> Ring | None:
    """Return the alarm that words move to a time; None when they set another one, or it is not plain which they mean."""
    if not moves(ctx.heard):
        return None
    said = moment_in(moved_from(ctx.heard), ctx.now)
    there = [ring for ring in alarms if ring.at.time() != clock]
    if isinstance(said, datetime):
        there = [ring for ring in there if (ring.at.hour % 12, ring.at.minute) == (said.hour % 12, said.minute)]
    if day is not None:
        there = [ring for ring in there if ring.at.date() == day and not ring.repeat]
    return there[0] if len(there) == 1 else None


def new_time(ctx: Context, clock: time) -> time:
    """Return the time an alarm is moved to: of "change the seven o'clock alarm to half six" the second."""
    words = moved_to(ctx.heard).strip()
    said = moment_in(f"at {words}", ctx.now) if moves(ctx.heard) else None
    if not isinstance(said, datetime) or (said.hour % 12, said.minute) == (clock.hour % 12, clock.minute):
        return clock
    if HALF.search(words):
        return said.time()
    halves = [said.time().replace(hour=said.hour % 12 + half) for half in (0, 12)]
    return min(halves, key=lambda each: abs(each.hour - clock.hour))


def on_the_day(ctx: Context, alarms: Sequence[Ring]) -> list[Ring]:
    """Return the alarms of the day that was named, all when none was. Raises CannotDo when there is none on it."""
    if WEEKEND.search(ctx.heard) and (weekend := [ring for ring in alarms if ring.repeat and set(ring.repeat) <= {"sat", "sun"}]):
        return weekend
    if WORKDAYS.search(ctx.heard) and (workdays := [ring for ring in alarms if set(ring.repeat) & {"workday", "workday-cn"}]):
        return workdays
    said = moment_in(ctx.heard, ctx.now)
    day = said.date() if isinstance(said, datetime) else said
    if day is None or not DAY.search(ctx.heard):
        return list(alarms)
    found = [ring for ring in alarms if ring.at.date() == day or (ring.repeat and is_on(day, ring.repeat))]
    if not found:
        there = alarms[:TOLD]
        raise CannotDo(
            en=f"There is no alarm on that day. There is {' and '.join(name_en(ctx, ring) for ring in there)}.",
            zh=f"那天没有闹钟，现在有{'、'.join(name_zh(ctx, ring) for ring in there)}。",
        )
    return found


def at_time(ctx: Context, alarms: Sequence[Ring], clock: time | None) -> list[Ring]:
    """Return the alarms at a time, in the other half of the day if none is in this. Raises CannotDo when there is none."""
    if clock is None:
        return list(alarms)
    ways = [clock, clock.replace(hour=(clock.hour + 12) % 24)]
    found = next(filter(None, ([ring for ring in alarms if (ring.at.hour, ring.at.minute) == (way.hour, way.minute)] for way in ways)), [])
    if not found:
        said, there = ctx.say(clock), alarms[:TOLD]
        raise CannotDo(
            en=f"There is no alarm at {said}. There is {' and '.join(name_en(ctx, ring) for ring in there)}.",
            zh=f"没有{said}的闹钟，现在有{'、'.join(name_zh(ctx, ring) for ring in there)}。",
        )
    return found


def at_place(alarms: Sequence[Ring], which: str) -> list[Ring]:
    """Return the alarm at a place, "first" or 最后, counted as they are read out; empty when none is meant.

    Raises CannotDo when there are not so many.
    """
    place = place_in(which) if which else None
    if place is None:
        return []
    if -len(alarms) <= place < len(alarms):
        return [alarms[place]]
    en, zh = ("is only one alarm", "只有一个闹钟") if len(alarms) == 1 else (f"are only {len(alarms)} alarms", f"只有{len(alarms)}个闹钟")
    raise CannotDo(en=f"There {en}, so nothing was cancelled.", zh=f"{zh}，什么也没取消。")


def name_en(ctx: Context, ring: Ring) -> str:
    """Return what an alarm is called in English: "the gym alarm tomorrow at 7:00 am"."""
    return f"the {ring.text} alarm {told_en(ctx, ring)}" if ring.text else f"the alarm {told_en(ctx, ring)}"


def name_zh(ctx: Context, ring: Ring) -> str:
    """Return what an alarm is called in Chinese: 明天上午7点整的健身闹钟."""
    return f"{told_zh(ctx, ring)}的{ring.text}闹钟"


def nothing_to_snooze(ctx: Context, alarms: Sequence[Ring]) -> CannotDo:
    """Return the error that no alarm has just rung, naming the next one."""
    if not alarms:
        return CannotDo(en="No alarm has rung just now, and none is set.", zh="刚才没有闹钟响过，也没有设闹钟。")
    return CannotDo(
        en=f"No alarm has rung just now. The next one rings {told_en(ctx, alarms[0])}.",
        zh=f"刚才没有闹钟响过。下一个是{told_zh(ctx, alarms[0])}。",
    )
