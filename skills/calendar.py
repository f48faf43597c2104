"""The calendar: what takes place when, in iCalendar files that other programs read too."""

import asyncio
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from assistant.skill import CannotDo, Context, Days, Moment, Question, Repeat, Reply, action, days_in, inverse, moment_at, moment_in, wall
from skills.agenda import Entry, add, put, read, remove
from skills.diary import NOT_THERE, day_en, day_zh, listed_en, listed_zh, one_en, one_zh, told, unread
from skills.moving import moves, on_its_day
from skills.pointing import is_all, place_in
from skills.recollection import told_again
from skills.ringing import capital, repeat_en, repeat_zh
from skills.scheduling import (
    ALL,
    CHINESE_TEMPLATES,
    ENGLISH_TEMPLATES,
    FIRST,
    LAST,
    NEXT,
    RULES,
    SERIES,
    Title,
    matching,
    named,
    rule_of,
    spoken_of,
    telling,
)

USUAL = timedelta(hours=1)
"""How long something takes when nobody said; `length_minutes` in the settings of this family says otherwise."""

LONGEST = timedelta(days=60)
"""What is longer was misheard."""

AHEAD = timedelta(days=366)
"""How far ahead is looked when no day was said."""

CHOICES = 5
"""Entries named in a question."""

AGAIN = {
    ("weekly", 1): ("every week, from", "每周一次，从"),
    ("weekly", 2): ("every other week, from", "每两周一次，从"),
    ("monthly", 1): ("every month, from", "每月一次，从"),
    ("yearly", 1): ("every year, from", "每年一次，从"),
}
"""How something comes again, by how often and in how many of these."""

EVENING = re.compile(
    r"\b(?:dinner|supper|drinks|pub|concert|gig|theatre|theater|opera|cinema|movies?|film|date night|night out)\b", re.IGNORECASE
)
EVENING_HOURS = (5, 11)
"""What takes place in the evening, and between which hours it cannot in the morning."""

LATEST_SMALL = 6
"""An hour up to which the afternoon is meant."""

HALF_A_DAY = 12
"""Hours: "three o'clock" is in the morning or in the afternoon."""


def in_the_evening(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with what takes place in the evening there: nobody has dinner at half past seven in the morning."""
    moment, title = slots.get("moment"), str(slots.get("title", ""))
    if isinstance(moment, datetime) and EVENING_HOURS[0] <= moment.hour <= EVENING_HOURS[1] and EVENING.search(title):
        return slots | {"moment": moment + timedelta(hours=HALF_A_DAY)}
    return slots


def in_the_afternoon(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with a small hour after noon, as most entries are: "cancel my four o'clock"."""
    clock = slots.get("time")
    if isinstance(clock, time) and 1 <= clock.hour <= LATEST_SMALL:
        return slots | {"time": clock.replace(hour=clock.hour + HALF_A_DAY)}
    return slots


@action(en=ENGLISH_TEMPLATES["create"], zh=CHINESE_TEMPLATES["create"], rules=RULES, implied=in_the_evening)
async def create(
    ctx: Context, title: str = "", moment: Moment | None = None, duration: timedelta | None = None, repeat: Repeat | None = None
) -> Reply | Question:
    """Put something into the calendar.

    Args:
        title: What takes place.
        moment: When, a day for the whole day or a day with a time; with repeat the first time.
        duration: How long it takes.
        repeat: The days on which it comes again: mon to sun, workday or daily.
    """
    name = named(title)
    if not name:
        return Question(en="What should I put in the calendar?", zh="要加什么日程？", slot="title", verbatim=True)
    if moment is None and not repeat:
        return Question(en=f"When is {name}?", zh=f"{name}是什么时候？", slot="moment")
    days = tuple(repeat or ())
    if moment is not None and not days and moves(ctx.heard) and (old := await the_one(ctx, name)):
        return await move(ctx, old, on_its_day(moment, ctx.heard, old.start))
    start = first_time(ctx, moment, days)
    length = checked(ctx, start, duration)
    begins, ends = span_of(ctx, start, length)
    agenda = await read(ctx, begins.date(), ends.date())
    rule = rule_of(days, ctx.heard)
    again_en, again_zh = again(days, rule)
    when_en, when_zh = f"{again_en} {day_en(ctx, start)}".strip(), f"{again_zh}{day_zh(ctx, start)}"
    if any(entry.title.casefold() == name.casefold() and entry.start == begins for entry in agenda.entries):
        return Reply(en=f"{capital(name)} is in your calendar already, {when_en}.", zh=f"日历里已经有{when_zh}的{name}了。")
    first = begins if isinstance(start, datetime) else start
    file, uid = await asyncio.to_thread(add, ctx.folder(), ctx.settings, name, first, length, rule)
    others = [entry for entry in agenda.entries if not entry.all_day and isinstance(start, datetime) and overlap(entry, begins, ends)]
    also_en = f" It overlaps with {listed_en(ctx, others, at_day=False)}." if others else ""
    also_zh = f"和{listed_zh(ctx, others, at_day=False)}时间冲突。" if others else ""
    return Reply(
        en=f"{capital(name)} is in your calendar, {when_en}.{also_en}",
        zh=f"{when_zh}{'开始' if again_zh else ''}的{name}加到日历了。{also_zh}",
        undo=put_back(entries=[{"file": str(file), "uid": uid, "was": []}]),
    )


async def the_one(ctx: Context, name: str) -> Entry | None:
    """Return the entry to come that is called so; None when there is none, or several, or it may not be changed, or comes again."""
    agenda = await read(ctx, ctx.now.date(), ctx.now.date() + AHEAD)
    found = [entry for entry in matching([entry for entry in agenda.entries if entry.start >= ctx.now], name) if entry.is_own]
    return found[0] if len(found) == 1 and not found[0].comes_again else None


async def move(ctx: Context, old: Entry, start: date) -> Reply:
    """Put an entry at another time; it takes as long as it did."""
    begins, _ = span_of(ctx, start, old.end - old.start)
    was = await asyncio.to_thread(remove, [old], series=False)
    first = begins if isinstance(start, datetime) and not old.all_day else begins.date()
    file, uid = await asyncio.to_thread(add, ctx.folder(), ctx.settings, old.title, first, old.end - old.start, {})
    return Reply(
        en=f"I moved {old.title} to {day_en(ctx, first).removeprefix('on ')}.",
        zh=f"{old.title}改到{day_zh(ctx, first)}了。",
        undo=put_back(entries=[{"file": str(file), "uid": uid, "was": []}, *was]),
    )


@action(en=ENGLISH_TEMPLATES["query"], zh=CHINESE_TEMPLATES["query"], rules=RULES, reads=True)
async def query(ctx: Context, date: date | None = None, span: Days | None = None) -> Reply:
    """Tell what is in the calendar: on a day, on several, or what comes next.

    Args:
        date: The day; with span the first of them.
        span: Several days in a row as they were said, such as "this weekend".
    """
    today = ctx.now.date()
    stretch = days_in(span, today) if span else None
    if stretch is None and date is not None:
        stretch = (date, date)
    first, last = stretch or (today, today + AHEAD)
    if first < today <= last:
        first = today
    agenda = await read(ctx, first, last)
    entries = agenda.entries if last < today else tuple(entry for entry in agenda.entries if entry.end > ctx.now or entry.start >= ctx.now)
    said = told(ctx, entries, stretch and (first, last), str(span or ""))
    if said == NOT_THERE and (known := await told_again(ctx, ctx.heard, sure=True)):
        return known  # "when is my anniversary"
    en, zh = unread(agenda)
    return Reply(en=said.en + en, zh=said.zh + zh)


@action(en=ENGLISH_TEMPLATES["cancel"], zh=CHINESE_TEMPLATES["cancel"], rules=RULES, implied=in_the_afternoon)
async def cancel(ctx: Context, title: Title = "", date: date | None = None, time: time | None = None) -> Reply | Question:
    """Delete something from the calendar; asks first. Of what comes again, one time.

    Args:
        title: What takes place.
        date: The day of it.
        time: When it begins.
    """
    entries = await coming(ctx, date)
    chosen = picked(ctx, at_time(entries, time), title, is_day=date is not None)
    if isinstance(chosen, Question):
        return chosen
    if foreign := next((entry for entry in chosen if not entry.is_own), None):
        raise CannotDo(
            en=f"{capital(foreign.title)} is in {foreign.file.name}, which I only read. Delete it in the program it comes from.",
            zh=f"{foreign.title}在{foreign.file.name}里，我只能读。请在原来的程序里删除。",
        )
    series = any(entry.comes_again for entry in chosen) and (date is None and SERIES.search(f"{ctx.heard} {title}".casefold()) is not None)
    if not ctx.confirmed:
        return ask(ctx, chosen, series=series)
    undo = put_back(entries=await asyncio.to_thread(remove, chosen, series=series))
    if len(chosen) > 1:
        return Reply(en=f"I deleted {len(chosen)} entries.", zh=f"{len(chosen)}个日程都删了。", undo=undo)
    return Reply(en=f"Deleted: {one_en(ctx, chosen[0])}.", zh=f"删了：{one_zh(ctx, chosen[0])}。", undo=undo)


@inverse
async def put_back(ctx: Context, entries: list[dict[str, Any]]) -> None:  # noqa: ARG001 -- the files are named in full
    """Write entries as they were; those that were none are removed."""
    for entry in entries:
        await asyncio.to_thread(put, Path(entry["file"]), entry["uid"], entry["was"])


def again(days: Sequence[str], rule: dict[str, Any]) -> tuple[str, str]:
    """Return how something comes again as it is told, empty when it does not."""
    if days:
        return f"{repeat_en(days)}, from", f"{repeat_zh(days)}，从"
    return AGAIN.get((rule.get("freq", ""), rule.get("interval", 1)), ("", ""))


def first_time(ctx: Context, moment: date | None, days: tuple[str, ...]) -> date:
    """Return when something takes place first: a day, or a day and a time on the wall."""
    if not days:
        return moment or ctx.now.date()
    clock = moment.time() if isinstance(moment, datetime) else time(23, 59)
    day = moment.date() if isinstance(moment, datetime) else moment
    first = moment_at(clock, ctx.now, day, days) or ctx.now
    return first.replace(tzinfo=None) if isinstance(moment, datetime) else first.date()


def checked(ctx: Context, start: date, duration: timedelta | None) -> timedelta:
    """Return how long something takes, whole days for what has no time. Raises CannotDo for no time at all, or an age."""
    if duration is not None and duration <= timedelta():
        raise CannotDo(en="That takes no time at all. Say, for example: for an hour.", zh="时长不对。可以说：一个小时。")
    if duration is not None and duration > LONGEST:
        raise CannotDo(en="That is too long for one entry.", zh="这个时间太长了。")
    if not isinstance(start, datetime):
        return timedelta(days=max(1, duration.days if duration else 1))
    return duration or timedelta(minutes=float(ctx.settings.get("length_minutes", USUAL / timedelta(minutes=1))))


def span_of(ctx: Context, start: date, length: timedelta) -> tuple[datetime, datetime]:
    """Return when something begins and ends, local time."""
    begins = start if isinstance(start, datetime) else datetime.combine(start, time())
    return wall(begins, ctx.now), wall(begins + length, ctx.now)


async def coming(ctx: Context, day: date | None) -> list[Entry]:
    """Return what could be cancelled: all of a day or of the days named, else what is still to come, each series once.

    Raises CannotDo when there is nothing.
    """
    today = ctx.now.date()
    stretch = days_in(ctx.heard, today)
    first, last = (day, stretch[1] if stretch and stretch[0] == day else day) if day else (today, today + AHEAD)
    agenda = await read(ctx, first, last)
    found = {(entry.uid, entry.original if day else ""): entry for entry in reversed(agenda.entries) if day or entry.end > ctx.now}
    if not found:
        en, zh = unread(agenda)
        when_en, when_zh = (day_en(ctx, day), day_zh(ctx, day)) if day else ("", "")
        raise CannotDo(en=f"There is nothing in your calendar {when_en}".strip() + f".{en}", zh=f"{when_zh}日历上没有安排。{zh}")
    return list(found.values())[::-1]


def at_time(entries: Sequence[Entry], clock: time | None) -> list[Entry]:
    """Return those that begin at a time, in the other half of the day if need be. Raises CannotDo when none does."""
    if clock is None:
        return list(entries)
    timed = [entry for entry in entries if not entry.all_day]
    exact = [entry for entry in timed if entry.start.time() == clock]
    minutes = clock.hour % HALF_A_DAY, clock.minute
    found = exact or [entry for entry in timed if (entry.start.hour % HALF_A_DAY, entry.start.minute) == minutes]
    if not found:
        said = clock.isoformat("minutes")
        raise CannotDo(en=f"Nothing in your calendar begins at {said}, so nothing was deleted.", zh=f"没有{said}开始的日程，什么也没删。")
    return found


def picked(ctx: Context, entries: list[Entry], title: str, *, is_day: bool) -> list[Entry] | Question:
    """Return what is meant, or the question which. Raises CannotDo when there is no such thing."""
    heard = ctx.heard.casefold()
    if is_all(title):
        return entries
    if (place := place_in(title)) is not None:
        named_before = spoken_of(entries, heard) or entries
        return named_before[place : place + 1 or None] or named_before[-1:]
    if telling(title):
        found = matching(entries, title) or at_moment(ctx, entries, title)
        if not found:
            there = listed_en(ctx, entries[:CHOICES]), listed_zh(ctx, entries[:CHOICES])
            name = named(title)
            raise CannotDo(
                en=f"I found no {name} in your calendar, so nothing was deleted. There is: {there[0]}.",
                zh=f"日历上没找到{name}，什么也没删。有：{there[1]}。",
            )
        return found[:1] if len({entry.title for entry in found}) == 1 else which(ctx, found)
    if len(entries) == 1 or (is_day and ALL.search(heard)) or "everything" in heard or "全部" in heard:
        return entries
    if NEXT.search(heard) or (is_day and FIRST.search(heard)):
        return entries[:1]
    if is_day and LAST.search(heard):
        return entries[-1:]
    return which(ctx, entries)


def at_moment(ctx: Context, entries: Sequence[Entry], text: str) -> list[Entry]:
    """Return those at the day or time that an answer names: "the one on Friday"."""
    moment = moment_in(re.sub(r"\b(the|that) one\b", "", text), ctx.now)  # "one on Friday" would be an hour
    if isinstance(moment, datetime):
        clock = moment.hour % HALF_A_DAY, moment.minute
        return [entry for entry in entries if (entry.start.hour % HALF_A_DAY, entry.start.minute) == clock]
    return [entry for entry in entries if entry.start.date() == moment]


def which(ctx: Context, entries: Sequence[Entry]) -> Question:
    """Return the question which one is meant."""
    some = entries[:CHOICES]
    en, zh = ", or ".join(one_en(ctx, each) for each in some), "，还是".join(one_zh(ctx, each) for each in some)
    return Question(en=f"Which one: {en}?", zh=f"哪一个：{zh}？", slot="title")


def ask(ctx: Context, entries: Sequence[Entry], *, series: bool) -> Question:
    """Return the question before entries are deleted."""
    if len(entries) > 1:
        en, zh = listed_en(ctx, entries[:CHOICES]), listed_zh(ctx, entries[:CHOICES])
        more = len(entries) - CHOICES
        return Question(
            en=f"Delete all {len(entries)} entries: {en}{f'; and {more} more' if more > 0 else ''}?",
            zh=f"{len(entries)}个日程都删除吗：{zh}{f'；还有{more}个' if more > 0 else ''}？",
        )
    entry = entries[0]
    if not entry.comes_again:
        return Question(en=f"Delete {one_en(ctx, entry)}?", zh=f"要删除{one_zh(ctx, entry)}吗？")
    if series:
        return Question(en=f"Delete {entry.title} for good, every time of it?", zh=f"{entry.title}每次都删除吗？")
    return Question(en=f"Delete {one_en(ctx, entry)}, only this time?", zh=f"要删除{one_zh(ctx, entry)}吗？只删这一次。")


def overlap(entry: Entry, begins: datetime, ends: datetime) -> bool:
    """Tell whether an entry takes place at the same time as something else."""
    return entry.start < ends and entry.end > begins
