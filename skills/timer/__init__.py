"""Countdown timers, as many at once as one likes; they survive a restart."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from assistant.skill import CannotDo, Context, Question, Reply, Timer, action, inverse
from skills.timer.choice import (
    Label,
    by_length,
    capital,
    check,
    from_record,
    left_en,
    left_zh,
    listed,
    name_en,
    name_zh,
    named,
    pick,
    to_record,
)
from skills.timer.several import Durations, several
from skills.timer.wording import (
    CANCEL_EN,
    CANCEL_RULES,
    CANCEL_ZH,
    EACH_EN,
    EACH_RULES,
    EACH_ZH,
    PAUSE_EN,
    PAUSE_ZH,
    REMAINING_EN,
    REMAINING_ZH,
    RULES,
    START_EN,
    START_RULES,
    START_ZH,
)


@action(
    en=START_EN,
    zh=START_ZH,
    ask={"duration": Reply(en="For how long?", zh="多长时间？")},
    rules=RULES | START_RULES,
)
async def start(ctx: Context, duration: timedelta, label: Label = "") -> Reply:
    """Start a countdown timer that rings when it is over.

    Args:
        duration: How long to wait before ringing.
        label: What the timer is for, such as "tea".
    """
    check(duration)
    return await set_one(ctx, duration, label)


async def set_one(ctx: Context, duration: timedelta, label: str = "") -> Reply:
    """Start a timer, and say so."""
    timer = await ctx.schedule(duration, label)
    said = ctx.say(duration)
    en = f"{capital(label)} timer" if label else "Timer"
    return Reply(en=f"{en} set for {said}.", zh=f"{label}计时{said}，开始。", undo=drop(timer_id=timer.id))


@action(
    en=EACH_EN,
    zh=EACH_ZH,
    ask={"durations": Reply(en="For how long each?", zh="各多长时间？")},
    rules=RULES | START_RULES | EACH_RULES,
)
async def start_each(ctx: Context, durations: Durations) -> Reply:
    """Start several countdown timers at once.

    Args:
        durations: How long to wait before each rings, such as "5 and 10 minutes".
    """
    each = several(durations)
    if not each:
        raise CannotDo(
            en=f"I don't know how long '{durations}' is. Say: 5 and 10 minutes.", zh=f"没听懂“{durations}”是多久，可以说：5分钟和10分钟。"
        )
    for duration in each:
        check(duration)
    if len(each) == 1:
        return await set_one(ctx, each[0])
    timers = [await ctx.schedule(duration) for duration in each]
    said = ctx.say([ctx.say(duration) for duration in each])
    undo = drop_each(timer_ids=[timer.id for timer in timers])
    return Reply(en=f"{len(each)} timers set, for {said}.", zh=f"{len(each)}个计时器开始了，{said}。", undo=undo)


@action(
    en=CANCEL_EN,
    zh=CANCEL_ZH,
    rules=RULES | CANCEL_RULES,
    implied=by_length,
)
async def cancel(
    ctx: Context,
    label: Label = "",
    duration: timedelta | None = None,
    all: bool = False,  # noqa: A002 -- the slot's name
) -> Reply | Question:
    """Cancel a timer, or all of them.

    Args:
        label: Which one, by its name.
        duration: Which one, by how long it was set for.
        all: True for every timer.
    """
    timers = await ctx.timers.all()
    if not timers and await ctx.stop():
        return Reply(en="Stopped.", zh="停了。")
    if all:
        chosen = named(ctx, timers, label)
    else:
        one = pick(ctx, timers, label, duration)
        if isinstance(one, Question):
            return one
        chosen = [one]
    if len(chosen) > 1 and not ctx.confirmed:
        return Question(en=f"Cancel all {len(chosen)} timers?", zh=f"{len(chosen)}个计时器全部取消吗？")
    for timer in chosen:
        await ctx.timers.remove(timer.id)
    undo = bring_back(timers=[to_record(timer) for timer in chosen])
    if len(chosen) > 1:
        return Reply(en=f"{len(chosen)} timers cancelled.", zh=f"{len(chosen)}个计时器都取消了。", undo=undo)
    return Reply(en=f"I cancelled {name_en(ctx, chosen[0], timers)}.", zh=f"{name_zh(ctx, chosen[0], timers)}取消了。", undo=undo)


@action(
    en=REMAINING_EN,
    zh=REMAINING_ZH,
    rules=RULES | {"left": "(is left|left|is there|is remaining|remaining|are left|are there|is still left|is on|remains)"},
)
async def remaining(ctx: Context, label: Label = "") -> Reply:
    """Tell how much time is left on a timer, or on each of them.

    Args:
        label: Which one, by its name; absent means all.
    """
    timers = await ctx.timers.all()
    if not timers:
        return Reply(en="No timer is running.", zh="没有正在运行的计时器。")
    chosen = named(ctx, timers, label)
    return Reply(en=" ".join(left_en(ctx, each, timers) for each in chosen), zh="".join(left_zh(ctx, each, timers) for each in chosen))


@action(
    en=[
        "(add|put) <more> {duration} [more] (to|on|onto) <which>",
        "(give|allow|grant) <which> <more> {duration} [more|extra|longer]",
        "(extend|increase|lengthen|prolong) <which> (by|for|with) <more> {duration}",
        "(give|add|allow) [me|it] <more> {duration} [more|extra] [(on|for|to) <which>]",
        "[i need] ({duration} (more|longer|extra)|(another|an extra|an additional) {duration}) [(on|for) <which>]",
        "(make|let) <which> [run] {duration} longer",
        "(extend|prolong) [it] by {duration}",
        "(add (time|more time) to|extend|prolong) <which>",
    ],
    zh=[
        "[给|把|让|将]<zh_which>[上]<zh_more>[个|了]{duration}",
        "{label}(再加|多加|再延长|延长){duration}",
        "(再加|再多加|延长|再延长|多加|加上|再来|再给我|加){duration}[的时间]",
        "[给|把|让|将]<zh_which>(延长|加时|加时间|加点时间|再加点时间)",
        "(延长|推迟)<zh_which>[{duration}]",
    ],
    ask={"duration": Reply(en="By how much?", zh="加多长时间？")},
    rules=RULES | {"more": "[another|an extra|an additional|extra]", "zh_more": "(加|再加|多加|延长|增加|加上|再延长|再来|再多加|推迟)"},
)
async def extend(ctx: Context, duration: timedelta, label: Label = "") -> Reply | Question:
    """Add time to a timer.

    Args:
        duration: How much longer it should run.
        label: Which one, by its name.
    """
    check(duration)
    timer = pick(ctx, await ctx.timers.all(), label)
    if isinstance(timer, Question):
        return timer
    check(timer.left(ctx.now) + duration)
    return await move(ctx, timer, duration, en="added to", zh="加了")


@action(
    en=[
        "(take|knock|cut|shave|subtract|remove) {duration} (off|from|off of) <which>",
        "(shorten|reduce|decrease|cut) <which> by {duration}",
        "(make|let) <which> [run] {duration} shorter",
        "(shorten|reduce|decrease) <which>",
    ],
    zh=[
        "[给|把|让|将]<zh_which>(减|减少|缩短|少|减去|减掉|扣掉|提前)[个|了]{duration}",
        "(缩短|减少)<zh_which>[{duration}]",
    ],
    ask={"duration": Reply(en="By how much?", zh="减多长时间？")},
    rules=RULES,
)
async def shorten(ctx: Context, duration: timedelta, label: Label = "") -> Reply | Question:
    """Take time off a timer.

    Args:
        duration: How much sooner it should ring.
        label: Which one, by its name.
    """
    check(duration)
    timer = pick(ctx, await ctx.timers.all(), label)
    if isinstance(timer, Question):
        return timer
    if timer.left(ctx.now) <= duration:
        raise CannotDo(
            en=f"{capital(name_en(ctx, timer))} has only {ctx.say(timer.left(ctx.now))} left. Cancel it instead?",
            zh=f"{name_zh(ctx, timer)}只剩{ctx.say(timer.left(ctx.now))}了，要不要取消？",
        )
    return await move(ctx, timer, -duration, en="taken off", zh="减了")


async def move(ctx: Context, timer: Timer, by: timedelta, en: str, zh: str) -> Reply:
    """Let a timer ring so much later, and say so."""
    left = timer.left(ctx.now) + by
    later = replace(timer, duration=timer.duration + by, ends_at=timer.ends_at + by)
    await ctx.timers.put(later if timer.paused_left is None else replace(later, paused_left=left))
    return Reply(
        en=f"{ctx.say(abs(by))} {en} {name_en(ctx, timer)}. {ctx.say(left)} left.",
        zh=f"{name_zh(ctx, timer)}{zh}{ctx.say(abs(by))}，还剩{ctx.say(left)}。",
        undo=put_back(timer=to_record(timer)),
    )


@action(
    en=PAUSE_EN,
    zh=PAUSE_ZH,
    rules=RULES,
)
async def pause(ctx: Context, label: Label = "") -> Reply | Question:
    """Pause a timer; it keeps what is left.

    Args:
        label: Which one, by its name.
    """
    timers = await ctx.timers.all()
    timer = pick(ctx, [timer for timer in timers if timer.paused_left is None] or timers, label)
    if isinstance(timer, Question):
        return timer
    if timer.paused_left is not None:
        return Reply(en=f"{capital(name_en(ctx, timer))} is paused already.", zh=f"{name_zh(ctx, timer)}已经暂停了。")
    left = timer.left(ctx.now)
    await ctx.timers.put(replace(timer, paused_left=left))
    return Reply(
        en=f"I paused {name_en(ctx, timer)} with {ctx.say(left)} left.",
        zh=f"{name_zh(ctx, timer)}暂停了，还剩{ctx.say(left)}。",
        undo=put_back(timer=to_record(timer)),
    )


@action(
    en=[
        "(resume|continue|unpause|go on with|carry on with|restart|proceed with) <which>",
        "(start|run|continue) <which> again",
        "(keep|get) <which> (going|running) [again]",
        "(let) <which> (go on|continue|run on|carry on|tick on|keep going|run again)",
    ],
    zh=[
        "(继续|恢复|接着|重新开始|重启|继续走)<zh_which>",
        "[把|将|让]<zh_which>(继续|恢复|接着走|继续走|继续计时)",
        "(取消|结束|解除)(暂停|<zh_which>的暂停)",
    ],
    rules=RULES,
)
async def resume(ctx: Context, label: Label = "") -> Reply | Question:
    """Let a paused timer run on.

    Args:
        label: Which one, by its name.
    """
    timers = await ctx.timers.all()
    timer = pick(ctx, [timer for timer in timers if timer.paused_left is not None] or timers, label)
    if isinstance(timer, Question):
        return timer
    left = timer.left(ctx.now)
    if timer.paused_left is None:
        return Reply(
            en=f"{capital(name_en(ctx, timer))} is running, with {ctx.say(left)} left.",
            zh=f"{name_zh(ctx, timer)}没有暂停，还剩{ctx.say(left)}。",
        )
    await ctx.timers.put(replace(timer, ends_at=ctx.now + left, paused_left=None))
    return Reply(
        en=f"{capital(name_en(ctx, timer))} runs on. {ctx.say(left)} left.",
        zh=f"{name_zh(ctx, timer)}继续，还剩{ctx.say(left)}。",
        undo=put_back(timer=to_record(timer)),
    )


@inverse
async def drop(ctx: Context, timer_id: int) -> None:
    """Take back that a timer was started."""
    await ctx.timers.remove(timer_id)


@inverse
async def drop_each(ctx: Context, timer_ids: list[int]) -> None:
    """Take back that several timers were started."""
    for timer_id in timer_ids:
        await ctx.timers.remove(timer_id)


@inverse
async def bring_back(ctx: Context, timers: list[dict[str, Any]]) -> None:
    """Start cancelled timers again where they would be now. Raises CannotDo for those that would have rung."""
    late = []
    for timer in map(from_record, timers):
        if timer.paused_left is None and timer.ends_at <= ctx.now:
            late.append(timer)
        else:
            await ctx.timers.put(timer)
    if late:
        raise CannotDo(
            en=f"{capital(listed([name_en(ctx, timer) for timer in late], ' and '))} would have rung by now, so I left it at that.",
            zh=f"{'、'.join(name_zh(ctx, timer) for timer in late)}的时间已经过了，就不恢复了。",
        )


@inverse
async def put_back(ctx: Context, timer: dict[str, Any]) -> None:
    """Give a timer back its earlier time; one that would have rung by now rings at once."""
    earlier = from_record(timer)
    await ctx.timers.put(replace(earlier, ends_at=max(earlier.ends_at, ctx.now)))
