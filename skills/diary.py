"""How what is in a calendar is told."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from assistant.skill import Context, Reply, moment_in, wall
from skills.agenda import Agenda, Entry
from skills.ringing import capital, when_en, when_zh
from skills.scheduling import AFTER, ASKED_WHEN, BEFORE, FIRST, LAST, NEXT, ONE, PARTS, Asked, asked, names_something, spoken_of

TOLD = 6
"""Entries told one by one; the others are only counted."""

NEXT_TOLD = 3
"""Entries told when it was only asked what comes next."""

AN_HOUR = timedelta(hours=1)
DAY_HOURS = 24
PART_NAMES = {0: ("in the morning", "上午"), 12: ("in the afternoon", "下午"), 17: ("in the evening", "晚上")}
"""Parts of the day by the hour at which they begin."""

NOT_THERE = Reply(en="I found nothing of that name in your calendar.", zh="日历上没找到这个。")

Period = tuple[date, date]


def told(ctx: Context, entries: Sequence[Entry], days: Period | None, span: str) -> Reply:
    """Return what is told of the entries of some days, or of those that come when no days were said."""
    heard = ctx.heard.casefold()
    want = asked(heard)
    spoken = spoken_of(entries, heard)
    moment = moment_in(heard, ctx.now)
    if spoken and days is None:
        return told_named(ctx, spoken, want)
    if isinstance(moment, datetime) and (days is None or days == (moment.date(), moment.date())):
        return told_around(ctx, entries, wall(moment, ctx.now), want)
    if days is None:
        return told_next(ctx, entries, heard)
    when = period(ctx, days, span)
    if days[0] == days[1] and want.hours:
        entries = [entry for entry in entries if entry.all_day or in_hours(entry, days[0], want.hours)]
        when = part_of_day(when, days[0], ctx, want.hours)
    kept = list(spoken or entries)
    if not spoken and FIRST.search(heard):
        kept = kept[:1]
    elif not spoken and LAST.search(heard):
        kept = kept[-1:]
    return told_of(ctx, [*filter(entries.__contains__, kept)], when, want, at_day=days[0] != days[1])


def told_named(ctx: Context, entries: Sequence[Entry], want: Asked) -> Reply:
    """Return when the next of the entries takes place that were asked for by name."""
    names = dict.fromkeys(entry.title for entry in entries)
    firsts = [next(entry for entry in entries if entry.title == name) for name in names]
    return Reply(en=capital(listed_en(ctx, firsts[:TOLD], want)) + ".", zh=listed_zh(ctx, firsts[:TOLD], want) + "。")


def told_around(ctx: Context, entries: Sequence[Entry], moment: datetime, want: Asked) -> Reply:
    """Return what takes place at a moment, or before or after it on its day."""
    heard = ctx.heard.casefold()
    midnight = wall(datetime.combine(moment.date(), datetime.min.time()), ctx.now)
    first, last, lead = moment, moment + AN_HOUR, ("", "")
    if BEFORE.search(heard):
        first, last, lead = midnight, moment, (" before", "之前")
    elif AFTER.search(heard):
        first, last, lead = moment, midnight + timedelta(days=1), (" after", "之后")
    found = [entry for entry in entries if entry.start < last and entry.end > first and not entry.all_day]
    en = when_en(ctx, moment).replace(" at ", f"{lead[0]} ", 1) if lead[0] else when_en(ctx, moment)
    return told_of(ctx, found, (en, when_zh(ctx, moment) + lead[1]), want, at_day=False)


def told_next(ctx: Context, entries: Sequence[Entry], heard: str) -> Reply:
    """Return what comes next."""
    if names_something(heard) and ASKED_WHEN.search(heard) and not NEXT.search(heard):
        return NOT_THERE
    ahead = [entry for entry in entries if entry.start >= ctx.now] or list(entries)
    if not ahead:
        return Reply(en="There is nothing in your calendar for the coming year.", zh="接下来日历上没有安排。")
    some = ahead[: 1 if NEXT.search(heard) and ONE.search(heard) else NEXT_TOLD]
    return Reply(en=f"Next is {listed_en(ctx, some, asked(heard))}.", zh=f"接下来是{listed_zh(ctx, some, asked(heard))}。")


def told_of(ctx: Context, entries: Sequence[Entry], when: tuple[str, str], want: Asked, *, at_day: bool) -> Reply:
    """Return the entries of a time, given in English and Chinese."""
    if not entries and want.is_free:
        return Reply(en=f"You're free {when[0]}.", zh=f"{when[1]}有空，没有安排。")
    if not entries:
        return Reply(en=f"There is nothing in your calendar {when[0]}.", zh=f"{when[1]}没有安排。")
    more = len(entries) - TOLD
    en, zh = listed_en(ctx, entries[:TOLD], want, at_day=at_day), listed_zh(ctx, entries[:TOLD], want, at_day=at_day)
    many = "one thing" if len(entries) == 1 else f"{len(entries)} things"
    return Reply(
        en=f"You have {many} {when[0]}: {en}{f'; and {more} more' if more > 0 else ''}.",
        zh=f"{when[1]}有{len(entries)}个安排：{zh}{f'；还有{more}个' if more > 0 else ''}。",
    )


def in_hours(entry: Entry, day: date, hours: tuple[int, int]) -> bool:
    """Tell whether an entry takes place during some hours of a day."""
    first = 0 if entry.start.date() < day else entry.start.hour
    last = DAY_HOURS if entry.end.date() > day else entry.end.hour + entry.end.minute / 60
    return first < hours[1] and max(last, first + 0.01) > hours[0]


def period(ctx: Context, days: Period, span: str) -> tuple[str, str]:
    """Return some days as they are told in English and Chinese."""
    if days[0] == days[1]:
        return day_en(ctx, days[0]), day_zh(ctx, days[0])
    if span and (span.isascii() == (ctx.language == "en")):
        return span, span
    return f"from {ctx.say(days[0])} to {ctx.say(days[1])}", f"{ctx.say(days[0])}到{ctx.say(days[1])}"


def part_of_day(when: tuple[str, str], day: date, ctx: Context, hours: tuple[int, int]) -> tuple[str, str]:
    """Return a part of a day as it is told."""
    en, zh = PART_NAMES[hours[0]]
    if day == ctx.now.date():
        return "tonight" if hours[0] == PARTS[-1][1] else en.replace("in the", "this"), f"今天{zh}"
    return f"{when[0]} {en}", when[1] + zh


def day_en(ctx: Context, moment: date) -> str:
    """Return a day, with the time if it has one: "tomorrow", "on Friday, November 27 at 12:00 pm"."""
    if isinstance(moment, datetime):
        return when_en(ctx, wall(moment, ctx.now) if moment.tzinfo is None else moment)
    ahead = (moment - ctx.now.date()).days
    if ahead in {-1, 0, 1}:
        return ("today", "tomorrow", "yesterday")[ahead]
    return f"on {ctx.say(moment)}" + (f", {moment.year}" if moment.year != ctx.now.year else "")


def day_zh(ctx: Context, moment: date) -> str:
    """Return a day in Chinese, with the time if it has one."""
    if isinstance(moment, datetime):
        return when_zh(ctx, wall(moment, ctx.now) if moment.tzinfo is None else moment)
    ahead = (moment - ctx.now.date()).days
    if ahead in {-1, 0, 1}:
        return ("今天", "明天", "昨天")[ahead]
    return (f"{moment.year}年" if moment.year != ctx.now.year else "") + ctx.say(moment)


def one_en(ctx: Context, entry: Entry, want: Asked | None = None, *, at_day: bool = True) -> str:
    """Return an entry with its time: "dentist tomorrow at 3:00 pm"."""
    title = entry.title or "something without a name"
    if at_day:
        when = day_en(ctx, entry.start.date() if entry.all_day else entry.start)
    else:
        when = "all day" if entry.all_day else f"at {ctx.say(entry.start.timetz())}"
    length = f" for {ctx.say(entry.end - entry.start)}" if want and want.length and not entry.all_day and entry.end > entry.start else ""
    return f"{title} {when}{length}{f', {entry.place}' if want and want.place and entry.place else ''}"


def one_zh(ctx: Context, entry: Entry, want: Asked | None = None, *, at_day: bool = True) -> str:
    """Return an entry with its time in Chinese: 明天下午3点整看牙医."""
    title = entry.title or "没有标题的日程"
    if at_day:
        when = day_zh(ctx, entry.start.date() if entry.all_day else entry.start)
    else:
        when = "全天" if entry.all_day else ctx.say(entry.start.timetz())
    length = f"，{ctx.say(entry.end - entry.start)}" if want and want.length and not entry.all_day and entry.end > entry.start else ""
    return f"{when}{title}{length}{f'，在{entry.place}' if want and want.place and entry.place else ''}"


def listed_en(ctx: Context, entries: Sequence[Entry], want: Asked | None = None, *, at_day: bool = True) -> str:
    """Return entries one after the other."""
    return "; ".join(one_en(ctx, entry, want, at_day=at_day) for entry in entries)


def listed_zh(ctx: Context, entries: Sequence[Entry], want: Asked | None = None, *, at_day: bool = True) -> str:
    """Return entries one after the other, in Chinese."""
    return "；".join(one_zh(ctx, entry, want, at_day=at_day) for entry in entries)


def unread(agenda: Agenda) -> tuple[str, str]:
    """Return what is said of files that cannot be read, nothing when all can."""
    if not agenda.broken:
        return "", ""
    return f" I couldn't read {', '.join(agenda.broken)}.", f"{'、'.join(agenda.broken)}读不出来。"
