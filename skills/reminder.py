"""Reminders: what to say at a moment, after a while, or on days that come again; they survive a restart."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.skill import CannotDo, Context, Moment, Question, Repeat, Reply, Ring, action, inverse, moment_at
from skills.pointing import is_all, place_in
from skills.reminding import CHINESE_TEMPLATES, ENGLISH_TEMPLATES, RULES, about, matching
from skills.ringing import FURTHEST, brought_back, capital, check_day, checked_repeat, from_record, to_record, told_en, told_zh

MORNING = time(9)
"""When a reminder for a day without a time is given; `morning` in the settings of this family says otherwise."""

LATER_PARTS = (
    (re.compile(r"\b(?:noon|lunch ?time|midday)\b|中午"), time(12)),
    (re.compile(r"\bafternoon\b|下午"), time(15)),
    (re.compile(r"\bevening\b|傍晚|黄昏"), time(18)),
    (re.compile(r"\b(?:night|tonight)\b|晚上|今晚|明晚|夜里"), time(20)),
)
"""The hour that is meant by a part of the day alone."""

TOLD = 6
"""Reminders told one by one."""


@action(
    en=ENGLISH_TEMPLATES["set"],
    zh=CHINESE_TEMPLATES["set"],
    rules=RULES,
)
async def set_(
    ctx: Context, text: str = "", moment: Moment | None = None, duration: timedelta | None = None, repeat: Repeat | None = None
) -> Reply | Question:
    """Remind of something at a moment, after a while, or again and again.

    Args:
        text: What to be reminded of.
        moment: When, a day or a day with a time; with repeat the first time.
        duration: After how long, instead of a moment.
        repeat: The days on which it comes again: mon to sun, workday or daily.
    """
    what = about(text)
    if not what:
        return Question(en="What should I remind you about?", zh="要提醒你什么？", slot="text", verbatim=True)
    days = checked_repeat(ctx, repeat)
    if moment is None and duration is None and not days:
        return Question(en=f"When should I remind you: {what}?", zh=f"什么时候提醒你{what}？", slot="moment")
    at = ctx.now + checked(duration) if duration is not None else first_time(ctx, moment, days)
    kept = await ctx.rings.all("reminder")
    if any((other.at, other.repeat, other.text.casefold()) == (at, days, what.casefold()) for other in kept):
        same = Ring(0, "reminder", at, what, days)
        return Reply(en=f"I will already remind you of that, {told_en(ctx, same)}.", zh=f"这个提醒已经设了，{told_zh(ctx, same)}。")
    ring = await ctx.rings.add("reminder", at, what, days)
    soon = f" in {ctx.say(duration)}" if duration is not None else f" {told_en(ctx, ring)}"
    soon_zh = f"{ctx.say(duration)}后" if duration is not None else told_zh(ctx, ring)
    return Reply(en=f"I'll remind you{soon}: {what}.", zh=f"好，{soon_zh}提醒你{what}。", undo=drop(ring_id=ring.id))


@action(en=ENGLISH_TEMPLATES["list"], zh=CHINESE_TEMPLATES["list"], rules=RULES, reads=True)
async def list_(ctx: Context, date: date | None = None) -> Reply:
    """Tell which reminders are still to come.

    Args:
        date: Only those of a day.
    """
    kept = [ring for ring in await ctx.rings.all("reminder") if date is None or ring.at.date() == date]
    day_en, day_zh = (f" for {ctx.say(date)}", ctx.say(date)) if date else ("", "")
    if not kept:
        return Reply(en=f"You have no reminders{day_en}.", zh=f"{day_zh}没有提醒。")
    more = len(kept) - TOLD
    en = "; ".join(f"{told_en(ctx, ring)}, {ring.text}" for ring in kept[:TOLD])
    zh = "；".join(f"{told_zh(ctx, ring)}，{ring.text}" for ring in kept[:TOLD])
    many = "one reminder" if len(kept) == 1 else f"{len(kept)} reminders"
    return Reply(
        en=f"You have {many}{day_en}: {en}{f'; and {more} more' if more > 0 else ''}.",
        zh=f"{day_zh}有{len(kept)}个提醒：{zh}{f'；还有{more}个' if more > 0 else ''}。",
    )


@action(en=ENGLISH_TEMPLATES["cancel"], zh=CHINESE_TEMPLATES["cancel"], rules=RULES)
async def cancel(ctx: Context, text: str = "", date: date | None = None) -> Reply | Question:
    """Cancel a reminder.

    Args:
        text: What it is about; absent means the one set last.
        date: The day it is for.
    """
    kept = [ring for ring in await ctx.rings.all("reminder") if date is None or ring.at.date() == date]
    if not kept:
        raise CannotDo(en="You have no reminders.", zh="没有提醒。")
    chosen = picked(kept, text)
    if not chosen:
        there = "; ".join(ring.text for ring in kept[:TOLD])
        raise CannotDo(en=f"There is no reminder about {text}. There is: {there}.", zh=f"没有关于{text}的提醒，现在有：{there}。")
    several = is_all(text) or (not text and date is not None)
    if len(chosen) > 1 and not several:
        names = [ring.text for ring in chosen[:TOLD]]
        return Question(en=f"Which one: {', or '.join(names)}?", zh=f"哪一个：{'，还是'.join(names)}？", slot="text")
    if len(chosen) > 1 and not ctx.confirmed:
        return Question(en=f"Cancel all {len(chosen)} reminders?", zh=f"{len(chosen)}个提醒都取消吗？")
    for ring in chosen:
        await ctx.rings.remove(ring.id)
    undo = bring_back(rings=[to_record(ring) for ring in chosen])
    if len(chosen) > 1:
        return Reply(en=f"{len(chosen)} reminders cancelled.", zh=f"{len(chosen)}个提醒都取消了。", undo=undo)
    ring = chosen[0]
    when = told_en(ctx, ring)
    return Reply(en=f"I won't remind you {when}: {ring.text}.", zh=f"{told_zh(ctx, ring)}的提醒取消了：{ring.text}。", undo=undo)


def picked(kept: list[Ring], text: str) -> list[Ring]:
    """Return the reminders that words mean; without words the one set last."""
    if is_all(text):
        return kept
    place = -1 if not text.strip() else place_in(text)
    if place is None:
        return matching(kept, text)
    ordered = sorted(kept, key=lambda ring: ring.id) if place == -1 else kept
    return ordered[place : place + 1 or None]


def checked(duration: timedelta) -> timedelta:
    """Return how long from now. Raises CannotDo for no time at all, or an age."""
    if duration <= timedelta():
        raise CannotDo(en="That is no time at all. Say: remind me in ten minutes.", zh="这个时间不对。可以说：十分钟后提醒我。")
    if duration > FURTHEST:
        raise CannotDo(en="That is too far away for me.", zh="这个时间太远了。")
    return duration


def first_time(ctx: Context, moment: date | None, days: tuple[str, ...]) -> datetime:
    """Return when a reminder is given first. Raises CannotDo for what is over, or too far away."""
    if not isinstance(moment, datetime):
        day = moment
        if day is not None:
            check_day(ctx, day)
        at = moment_at(hour_of_day(ctx), ctx.now, day, days)
        if at is None:  # "today", said after nine
            return ctx.now + timedelta(hours=1)
        return at
    check_day(ctx, moment.date())
    at = moment_at(moment.time().replace(second=0, microsecond=0), ctx.now, moment.date(), days)
    if at is None:
        said = ctx.say(moment.time())
        raise CannotDo(en=f"{capital(said)} is over already. When do you mean?", zh=f"{said}已经过了，你说的是什么时候？")
    return at


def hour_of_day(ctx: Context) -> time:
    """Return when a reminder is given for which no hour was said: "this evening" has one of its own."""
    heard = ctx.heard.casefold()
    later = next((hour for part, hour in LATER_PARTS if part.search(heard)), None)
    return later or time.fromisoformat(str(ctx.settings.get("morning", MORNING.isoformat())))


@inverse
async def drop(ctx: Context, ring_id: int) -> None:
    """Take back that a reminder was set."""
    await ctx.rings.remove(ring_id)


@inverse
async def bring_back(ctx: Context, rings: list[dict[str, Any]]) -> None:
    """Set cancelled reminders again. Raises CannotDo for those whose time has passed."""
    await brought_back(ctx, [from_record(ring) for ring in rings])
