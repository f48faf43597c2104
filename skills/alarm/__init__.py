"""Alarms at a clock time: once, or on days that come again; they keep to the clock on the wall and survive a restart."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from assistant.skill import CannotDo, Context, Question, Repeat, Reply, Ring, action, inverse, moment_at
from skills.alarm.choice import (
    TOLD,
    at_place,
    at_time,
    first_or_ahead,
    name_en,
    name_zh,
    nearby,
    new_time,
    nothing_to_snooze,
    on_the_day,
    rings_now,
    to_move,
)
from skills.alarm.wording import RULES
from skills.ringing import brought_back, capital, check_day, checked_repeat, from_record, to_record, told_en, told_zh

SNOOZE_MINUTES = 9
"""As alarm clocks have had it since their gears; `snooze_minutes` in the settings of this family says otherwise."""

LONGEST_SNOOZE = timedelta(hours=12)

RANG_RECENTLY = timedelta(hours=1)
"""For so long after it rang an alarm can be snoozed."""

LONGEST_LABEL = 60
"""Characters."""


@action(
    en=[
        "<set> <a> <alarm> <at> {time} [<at> {date}]",
        "<set> <a> <alarm> <at> {date} <at> {time}",
        "<set> <a> <alarm> <at> {time} {repeat}",
        "<set> <a> <alarm> <at> {repeat} <at> {time}",
        "<set> <a> {repeat} <alarm> <at> {time}",
        "<set> <a> {time} <alarm> [<at> {date}]",
        "<set> <a> {time} <alarm> {repeat}",
        "<set> <a> <alarm> <at> {time} [<at> {date}] <named> {label}",
        "<set> <a> <alarm> <named> {label} <at> [{date}] <at> {time}",
        "set (a|an|the|my) {label} alarm (for|at) {time} [<at> {date}]",
        "[a|an|the] <alarm> <at> {time} [<at> {date}]",
        "[a|an|the] <alarm> <at> {date} <at> {time}",
        "<alarm> <at> {time} {repeat}",
        "<alarm> {repeat} <at> {time}",
        "{time} <alarm> [{date}]",
        "{date} {time} <alarm>",
        "{repeat} {time} <alarm>",
        "{repeat} <alarm> <at> {time}",
        "<wake> <at> {time} [<at> {date}]",
        "<wake> <at> {date} <at> {time}",
        "<wake> <at> {time} {repeat}",
        "<wake> {repeat} <at> {time}",
        "{repeat} [at] {time} <wake>",
        "{repeat} <wake> [at] {time}",
        "at {time} [{date}] <wake>",
        "[on] {date} at {time} <wake>",
        "{date} <wake> [at] {time}",
        "(do not|never) let me (sleep past|oversleep|sleep after) {time} [<at> {date}|{repeat}]",
        "(change|move|shift|push|reset|switch) <the> [{date}] [morning|evening] <alarm> (to|for|until) {time}",
        "(change|move|shift|push|reset|switch) <the> <alarm> (to|for|until) {time} [<at> {date}]",
        "(make sure|see that) i am (up|awake) (at|by) {time} [<at> {date}|{repeat}]",
        "<must> (be|get|wake) [up|awake|out of bed] [at|by|before|for] {time} [<at> {date}|{repeat}]",
        "<must> (be|get|wake) [up|awake|out of bed] <at> (<at> {date}|{repeat}) <at> {time}",
        "(set|set up|create|make|add|new|i need|i want) <a> <alarm> [<at> {date}]",
        "wake (me|us) [up] [<at> {date}]",
        "wake (me|us) [up] {repeat}",
    ],
    zh=[
        "<zh_set>[{date}][的]{time}[的]<zh_alarm>",
        "<zh_set>{repeat}[的]{time}[的]<zh_alarm>",
        "<zh_set>[{date}][的]<zh_alarm>[到|在|成|为]{time}",
        "(把|将)<zh_mine><zh_alarm>(调|定|设|改|设置|设定)(到|在|成|为){date}{time}",
        "(把|将)<zh_mine><zh_alarm>(调|定|设|改|挪|推迟|提前|设置|设定)(到|在|成|为){time}",
        "[把|将]{date}[的]<zh_alarm>(调|改|挪|推迟|提前|设)(到|在|成|为){time}",
        "<zh_alarm>(调|定|设|改)(到|在|成|为)[{date}]{time}",
        "<zh_alarm>[{date}]{time}",
        "<zh_alarm>{repeat}{time}",
        "{repeat}<zh_alarm>{time}",
        "[{date}][的]{time}[的]<zh_alarm>",
        "{repeat}[的]{time}[的]<zh_alarm>",
        "<zh_set>[{date}]{time}[的]{label}[的]<zh_alarm>",
        "<zh_set>[{date}]{time}[的]<zh_alarm>(名字|标签|备注)[是|叫|写]{label}",
        "[{date}][的]{time}[的时候|之前|以前|再|就|准时]<zh_call>",
        "{repeat}[的]{time}[的时候|之前|再|就|准时]<zh_call>",
        "<zh_call>{time}",
        "[{date}]{time}(响铃|响一下|响一次|响)",
        "{repeat}{time}(响铃|响一下|响一次|响)",
        "别让我睡过[头][{date}]{time}",
        "我[{date}](要|得|想|必须){time}[起|起床|起来]",
        "<zh_set>[{date}][的]<zh_alarm>",
        "{date}[早上](叫我起床|叫醒我|喊我起床|叫我起来)",
        "{repeat}(叫我起床|叫醒我|喊我起床|叫我起来)",
        "(叫我起床|叫醒我|喊我起床)",
    ],
    ask={"time": Reply(en="For what time?", zh="几点？")},
    rules=RULES,
)
async def set_(ctx: Context, time: time, date: date | None = None, repeat: Repeat | None = None, label: str = "") -> Reply:
    """Set an alarm for a clock time, once or on days that come again.

    Args:
        time: When it rings.
        date: The day, or the first one when it is repeated; absent means the next time the clock shows it.
        repeat: The days on which it rings again: mon to sun, workday or daily.
        label: What it is for, such as "gym".
    """
    days = checked_repeat(ctx, repeat)
    if date is not None:
        check_day(ctx, date)
    at = moment_at(time.replace(second=0, microsecond=0), ctx.now, date, days)
    if at is None:
        said = ctx.say(time)
        raise CannotDo(en=f"It is past {said} already. Which day do you mean?", zh=f"已经过了{said}了，你说的是哪一天？")
    label = " ".join(label.split())[:LONGEST_LABEL]
    alarms = await ctx.rings.all("alarm")
    clock = new_time(ctx, time)
    if not repeat and not label and (old := to_move(ctx, alarms, clock, date)):
        return await moved(ctx, old, clock)
    if any((other.at, other.repeat, other.text.casefold()) == (at, days, label.casefold()) for other in alarms):
        same = Ring(0, "alarm", at, label, days)
        return Reply(en=f"That alarm is set already, {told_en(ctx, same)}.", zh=f"这个闹钟已经设了，{told_zh(ctx, same)}。")
    ring = await ctx.rings.add("alarm", at, label, days)
    name = f"{label} alarm" if label else "alarm"
    near_en, near_zh = nearby(ctx, ring, alarms)
    ahead_en, ahead_zh = first_or_ahead(ctx, ring)
    return Reply(
        en=f"{capital(name)} set for {told_en(ctx, ring).removeprefix('on ')}{ahead_en}.{near_en}",
        zh=f"{label}闹钟定好了，{told_zh(ctx, ring)}{ahead_zh}。{near_zh}",
        undo=drop(ring_id=ring.id),
    )


@action(
    en=[
        "<cancel> <the> [{time}] <alarm>",
        "<cancel> <the> <alarm> (for|at|of) {time}",
        "(turn|switch) <the> [{time}] <alarm> off",
        "<cancel> <the> <nth> <alarm>",
        "(turn|switch) <the> <nth> <alarm> off",
        "<the> {time} <alarm> (off|is off|can go|has to go)",
        "(never mind|forget about|no need for) <the> [{time}] <alarm>",
        "(do not|you do not have to|you need not|no need to|never mind) (wake|waking) me [up] [at {time}] <anymore>",
        "(no alarm|i do not need (an|the) alarm) <anymore>",
        "<cancel> {all=true} <every> [the|my] [<alarm>|<alarms>]",
        "<cancel> {all=true} (my|the) <alarms>",
        "<cancel> {all=true} (every|each|any) [single] <alarm>",
        "(turn|switch) {all=true} [<every>] [the|my] <alarms> off",
        "no alarms {all=true} [at all] [any more|anymore]",
    ],
    zh=[
        "<zh_cancel><zh_mine>[{time}][的|那个]<zh_alarm>[了]",
        "(把|将)<zh_mine>[{time}][的|那个]<zh_alarm>[给]<zh_cancel>[了|掉|一下]",
        "<zh_cancel><zh_mine><zh_nth><zh_alarm>[了]",
        "(把|将)<zh_mine><zh_nth><zh_alarm>[给]<zh_cancel>[了|掉|一下]",
        "<zh_mine>{time}[的|那个]<zh_alarm>(<zh_cancel>|不要|不用响|用不着|不用|算)[了|掉]",
        "<zh_alarm>(取消|关了|关掉|不要了|算了|不用响了|不用了|删了|删掉)",
        "[{time}](不用|别|不要|不必)[再](叫我|喊我|闹我|叫醒我)[起床|起来]了",
        "{time}[就](不用|别|不要|不必)[再](叫我|喊我|闹我|叫醒我)[起床|起来]",
        "(明天|明早)(不用|别|不要)(叫我|喊我|闹我|叫醒我)[起床|起来][了]",
        "(不要|不用|不需要)[{time}][的]<zh_alarm>了",
        "<zh_cancel>{all=true}<zh_mine><zh_all>[的]<zh_alarm>",
        "(把|将)<zh_mine>(<zh_all>|全部)[的]<zh_alarm>[都|全|全部|通通|给]<zh_cancel>[了|掉]{all=true}",
        "(把|将)<zh_mine><zh_alarm>(都|全|全部|通通|全都)<zh_cancel>[了|掉]{all=true}",
        "<zh_mine>[<zh_all>][的]<zh_alarm>(都|全|全部|通通|全都)(<zh_cancel>|不要)[了|掉]{all=true}",
        "(清空|清除)<zh_mine>[<zh_all>]<zh_alarm>{all=true}",
    ],
    rules=RULES,
)
async def cancel(ctx: Context, time: time | None = None, which: str = "", all: bool = False) -> Reply | Question:  # noqa: A002 -- the slot's name
    """Cancel an alarm, or all of them.

    Args:
        time: Which one, by when it rings.
        which: Which one, as they are read out: "first", "last".
        all: True for every alarm.
    """
    alarms = await ctx.rings.all("alarm")
    if time is None and not all and await rings_now(ctx) and await ctx.stop():
        return Reply(en="Stopped.", zh="停了。")
    if not alarms:
        raise CannotDo(en="No alarm is set.", zh="没有设闹钟。")
    chosen = alarms if all else at_place(alarms, which) or at_time(ctx, on_the_day(ctx, alarms) if time is None else alarms, time)
    if not all and time is None and len({(ring.at.time(), ring.repeat, ring.text) for ring in chosen}) > 1:
        names = [name_en(ctx, ring) for ring in chosen[:TOLD]], [name_zh(ctx, ring) for ring in chosen[:TOLD]]
        return Question(en=f"Which one, {' or '.join(names[0])}?", zh=f"哪一个，{'还是'.join(names[1])}？", slot="time")
    if len(chosen) > 1 and not ctx.confirmed:
        return Question(en=f"Cancel all {len(chosen)} alarms?".replace("all 2", "both"), zh=f"{len(chosen)}个闹钟都取消吗？")
    for ring in chosen:
        await ctx.rings.remove(ring.id)
    undo = bring_back(rings=[to_record(ring) for ring in chosen])
    if len(chosen) > 1:
        return Reply(en=f"{len(chosen)} alarms cancelled.", zh=f"{len(chosen)}个闹钟都取消了。", undo=undo)
    return Reply(en=f"I cancelled {name_en(ctx, chosen[0])}.", zh=f"{name_zh(ctx, chosen[0])}取消了。", undo=undo)


@action(
    en=[
        "(what|which) <alarms> (do i have|have i [got]|are (set|on|there|active)|have i set) [set|on]",
        "[<look>] [all] [of] (my|the|all|all my|all the) <alarms>",
        "<look> <alarms>",
        "(alarms|alarm list|alarm status)",
        "(do i have|have i [got]|are there|is there) (any|an) (<alarm>|<alarms>) [set|on] [for (tomorrow|today|the morning)]",
        "(have i|did i|did you) set (an|my|the|any) (<alarm>|<alarms>)",
        "is (my|the|an) <alarm> (set|on|still on|active) [for (tomorrow|today|the morning)]",
        "(when|what time) (is|does|will) (my|the) [next] <alarm> [(set [for]|ring|go off|going off|going to go off|going to ring)]",
        "(when|what time) (are you waking|will you wake|do you wake) me [up] [tomorrow|in the morning]",
        "(when is|what is) my (next <alarm>|<alarm> set (for|to)|wake up time)",
        "how (long|much longer) (until|till|before) (my|the) [next] <alarm> [rings|goes off|goes]",
        "how many <alarms> (do i have|have i [got]|are there|are set) [set]",
    ],
    zh=[
        "[现在|明天|今天]我[都|设了|定了]有(哪些|什么|几个|多少|多少个)<zh_alarm>",
        "我[都](设|定)[了](哪些|什么|几个|多少个)<zh_alarm>",
        "[现在|明天|明早|今天|周末][我]有[没有]<zh_alarm>[吗|没|没有]",
        "[我]有没有(设|定|上)<zh_alarm>",
        "[我](定|设|上)[了]<zh_alarm>(了吗|吗|没|没有|了没)",
        "<zh_look><zh_mine>[所有|全部][的]<zh_alarm>",
        "(我的|所有|全部|所有的)<zh_alarm>",
        "<zh_look><zh_mine><zh_alarm>[的](时间|情况|设置)",
        "<zh_mine>[下一个]<zh_alarm>(还有|还要)(多久|多长时间|多少时间)[才]响",
        "(离|距|距离)<zh_alarm>[响]还有(多久|多长时间|多少时间)",
        "我[的|把]<zh_alarm>(设|定|调|上)(成|到|在|的)[了](几点|什么时候)[了]",
        "<zh_alarm>(列表|有哪些|都有哪些|情况)",
        "[我的|我明天的|明天的|下一个|最近的|最早的]<zh_alarm>[是|定的|设的|都](几点|什么时候|几点的|几点响|什么时候响)",
        "[你](明天|明早)[你](几点|什么时候)(叫我|叫我起床|叫醒我|喊我)",
        "(我的|明早的|明天的|我明天的)<zh_alarm>(定|设|开|上)(了吗|了没|好了吗|着吗)",
    ],
    rules=RULES,
    reads=True,
)
async def list_(ctx: Context) -> Reply:
    """Tell which alarms are set."""
    alarms = await ctx.rings.all("alarm")
    if not alarms:
        return Reply(en="You have no alarms set.", zh="没有设闹钟。")
    if len(alarms) == 1:
        return Reply(en=f"There is one: {name_en(ctx, alarms[0])}.", zh=f"有一个：{name_zh(ctx, alarms[0])}。")
    more = len(alarms) - TOLD
    en = "; ".join(f"{told_en(ctx, ring).removeprefix('on ')}{', ' * bool(ring.text)}{ring.text}" for ring in alarms[:TOLD])
    zh = "；".join(f"{told_zh(ctx, ring)}{ring.text}" for ring in alarms[:TOLD])
    return Reply(
        en=f"You have {len(alarms)} alarms: {en}{f'; and {more} more' if more > 0 else ''}.",
        zh=f"有{len(alarms)}个闹钟：{zh}{f'；还有{more}个' if more > 0 else ''}。",
    )


@action(
    en=[
        "[(hit|press|do)] [the] snooze [(the|my|that|this) (alarm|alarm clock)|it] [for] [another] [{duration}]",
        "snooze on",
        "let me (snooze|sleep|doze) [in] [(a (little|bit) [longer|more]|longer|more|on)]",
        "let me (snooze|sleep|doze|lie) [for] [another] {duration} [more|longer]",
        "[just|i need|i want] {duration} more (sleep|in bed)",
        "(give|let) me (sleep {duration} more|{duration} more (in bed|of sleep|sleep))",
        "i want to sleep [for] [another] {duration} [more|longer]",
        "(ring|wake me|go off|try) [me] [up] again (in|after) {duration}",
        "(delay|postpone|push back|put off) (the|my) alarm [(by|for)] [{duration}]",
        "(push|put) (the|my) alarm (back|off) [(by|for)] [{duration}]",
        "(a (little|bit) more|more) sleep",
        "sleep {duration} more",
        "i am (not (awake|getting up) yet|still sleepy)",
    ],
    zh=[
        "[别吵|先别响|让我|先别响让我|我想|别吵让我](再|多|再多)(睡|眯|躺|赖床)[个]{duration}",
        "[让我|我想]再(睡|眯|躺)[一]会[儿]",
        "再让我(睡|眯|躺)([一]会[儿]|{duration})",
        "[赖会儿床|还没睡醒|还不想起床|贪睡|贪睡模式|小睡|小睡一下|小睡一会儿]",
        "(贪睡|小睡){duration}",
        "(推迟|延后|延迟)<zh_alarm>[{duration}]",
        "[把]<zh_alarm>(推迟|延后|延迟|往后推|晚点再响|等会儿再响)[{duration}]",
        "{duration}[之|以]后再(响|闹|叫我|叫我起床|叫我一次|响一次)",
        "(过|等){duration}再(响|闹|叫我|叫我起床|叫我一次|响一次)",
        "(稍后|等会儿|过会儿|一会儿|待会|待会儿|晚点)再(响|闹|叫我|闹我)",
    ],
    rules=RULES,
)
async def snooze(ctx: Context, duration: timedelta | None = None) -> Reply:
    """Let the alarm that has just rung ring again a little later.

    Args:
        duration: How much later; absent means nine minutes.
    """
    last = await ctx.rings.last_rung("alarm")
    if last is None or ctx.now - last.at > RANG_RECENTLY:
        raise nothing_to_snooze(ctx, await ctx.rings.all("alarm"))
    later = timedelta(minutes=int(ctx.settings.get("snooze_minutes", SNOOZE_MINUTES))) if duration is None else duration
    if not timedelta() < later <= LONGEST_SNOOZE:
        raise CannotDo(en="I can snooze for up to twelve hours. Say: snooze for ten minutes.", zh="最多再睡十二小时。可以说：再睡十分钟。")
    await ctx.stop()
    ring = await ctx.rings.add("alarm", ctx.now + later, last.text)
    said = ctx.say(later)
    return Reply(
        en=f"Snoozing for {said}, until {ctx.say(ring.at.timetz())}.",
        zh=f"好，再睡{said}，{ctx.say(ring.at.timetz())}再叫你。",
        undo=drop(ring_id=ring.id),
    )


async def moved(ctx: Context, old: Ring, clock: time) -> Reply:
    """Let an alarm ring at another time, on the same days. Raises CannotDo when that has passed."""
    day = None if old.repeat or old.at.date() == ctx.now.date() else old.at.date()
    at = moment_at(clock.replace(second=0, microsecond=0), ctx.now, day, old.repeat)
    if at is None:
        raise CannotDo(en=f"It is past {ctx.say(clock)} already.", zh=f"已经过了{ctx.say(clock)}了。")
    ring = replace(old, at=at)
    await ctx.rings.put(ring)
    was_en, was_zh = name_en(ctx, old), name_zh(ctx, old)
    return Reply(
        en=f"I moved {was_en} to {told_en(ctx, ring).removeprefix('on ')}.",
        zh=f"{was_zh}改到{told_zh(ctx, ring)}了。",
        undo=bring_back(rings=[to_record(old)]),
    )


@inverse
async def drop(ctx: Context, ring_id: int) -> None:
    """Take back that an alarm was set."""
    await ctx.rings.remove(ring_id)


@inverse
async def bring_back(ctx: Context, rings: list[dict[str, Any]]) -> None:
    """Set cancelled alarms again. Raises CannotDo for those that would have rung."""
    await brought_back(ctx, [from_record(ring) for ring in rings])
