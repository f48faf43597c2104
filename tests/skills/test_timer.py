"""Countdown timers: what people say, which one they mean, and that every change can be taken back."""

import json
from datetime import timedelta

import pytest

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import timer
from skills.timer.several import several
from tests.skills.understood import meaning

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ctx():
    return FakeContext()


async def labels(ctx):
    return [each.label for each in await ctx.timers.all()]


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("set a timer for ten minutes", {"duration": "PT10M"}),
        ("Set a timer for 10 minutes, please.", {"duration": "PT10M"}),
        ("set a timer for twenty five seconds", {"duration": "PT25S"}),
        ("set a timer for an hour and a half", {"duration": "PT1H30M"}),
        ("set a pasta timer for twelve minutes", {"label": "pasta", "duration": "PT12M"}),
        ("start a five-minute timer", {"duration": "PT5M"}),
        ("forty five minute timer", {"duration": "PT45M"}),
        ("set a ten minute timer for the pasta", {"label": "pasta", "duration": "PT10M"}),
        ("set a timer called eggs for six minutes", {"label": "eggs", "duration": "PT6M"}),
        ("wake me in twenty minutes", {"duration": "PT20M"}),
        ("timer half an hour", {"duration": "PT30M"}),
        ("set a timer for one hour fifteen", {"duration": "PT1H15M"}),
        ("set a timer", {}),
        ("set a timer for the pasta", {"label": "pasta"}),
        ("倒计时十分钟", {"duration": "PT10M"}),
        ("帮我定一个十分钟的计时器", {"duration": "PT10M"}),
        ("十分钟后叫我", {"duration": "PT10M"}),
        ("定一个三分钟的泡茶计时器", {"label": "泡茶", "duration": "PT3M"}),
        ("给我定一个煮面的计时器十分钟", {"label": "煮面", "duration": "PT10M"}),
        ("设个一个半小时的定时", {"duration": "PT1H30M"}),
        ("开始计时", {}),
    ],
)
def test_starting_one(text, slots):
    assert meaning(text) == ("timer.start", slots)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cancel the timer", ("timer.cancel", {})),
        ("cancel the pasta timer", ("timer.cancel", {"label": "pasta"})),
        ("stop the ten minute timer", ("timer.cancel", {"duration": "PT10M"})),
        ("cancel all my timers", ("timer.cancel", {"all": True})),
        ("cancel both timers", ("timer.cancel", {"all": True})),
        ("取消计时器", ("timer.cancel", {})),
        ("取消所有计时器", ("timer.cancel", {"all": True})),
        ("把泡茶的计时器关掉", ("timer.cancel", {"label": "泡茶"})),
        ("取消十分钟的计时器", ("timer.cancel", {"duration": "PT10M"})),
        ("how long is left on the timer", ("timer.remaining", {})),
        ("how much time is left on the pasta timer", ("timer.remaining", {"label": "pasta"})),
        ("what timers do I have", ("timer.remaining", {})),
        ("when does my timer go off", ("timer.remaining", {})),
        ("计时器还剩多久", ("timer.remaining", {})),
        ("还剩多少时间", ("timer.remaining", {})),
        ("煮面计时器还有几分钟", ("timer.remaining", {"label": "煮面"})),
        ("add five minutes to my timer", ("timer.extend", {"duration": "PT5M"})),
        ("add thirty seconds to the pasta timer", ("timer.extend", {"duration": "PT30S", "label": "pasta"})),
        ("extend the tea timer by two minutes", ("timer.extend", {"duration": "PT2M", "label": "tea"})),
        ("another five minutes", ("timer.extend", {"duration": "PT5M"})),
        ("计时器再加五分钟", ("timer.extend", {"duration": "PT5M"})),
        ("给煮面计时器再加两分钟", ("timer.extend", {"duration": "PT2M", "label": "煮面"})),
        ("take two minutes off the tea timer", ("timer.shorten", {"duration": "PT2M", "label": "tea"})),
        ("计时器减少一分钟", ("timer.shorten", {"duration": "PT1M"})),
        ("pause the timer", ("timer.pause", {})),
        ("pause the tea timer", ("timer.pause", {"label": "tea"})),
        ("暂停计时器", ("timer.pause", {})),
        ("resume the timer", ("timer.resume", {})),
        ("keep the timer going", ("timer.resume", {})),
        ("继续计时", ("timer.resume", {})),
    ],
)
def test_changing_and_asking(text, meant):
    assert meaning(text) == meant


def test_several_requests_are_kept_apart():
    assert meaning("set a timer for ten minutes and pause the tea timer")[1] == {"duration": "PT10M"}


async def test_starting_says_what_for_and_how_long(ctx):
    reply = await timer.start(ctx, duration=12 * MINUTE, label="pasta")
    assert reply.en == "Pasta timer set for 12 minutes."
    assert (await timer.start(FakeContext("zh"), duration=12 * MINUTE)).zh == "计时12分钟，开始。"
    assert [(each.label, each.ends_at - ctx.now) for each in await ctx.timers.all()] == [("pasta", 12 * MINUTE)]
    await take_back(ctx, reply.undo)
    assert await labels(ctx) == []


@pytest.mark.parametrize("duration", [timedelta(), -MINUTE, timedelta(days=367)])
async def test_a_time_that_cannot_be_counted_is_refused_and_nothing_kept(ctx, duration):
    with pytest.raises(CannotDo):
        await timer.start(ctx, duration=duration)
    assert await ctx.timers.all() == []


@pytest.mark.parametrize(
    "label",
    ["tea", "Tea", "green tea", "the tea", "te", "three minute", "the three minute one", "茶三分钟的", "the first one", "第一个"],
)
async def test_a_timer_is_found_by_anything_that_names_it(ctx, label):
    await ctx.schedule(3 * MINUTE, "tea")
    await ctx.schedule(8 * MINUTE, "pasta")
    reply = await timer.pause(ctx, label=label)
    assert "tea" in reply.en


async def test_a_name_that_fits_exactly_beats_one_that_holds_it(ctx):
    await ctx.schedule(3 * MINUTE, "green tea")
    await ctx.schedule(8 * MINUTE, "tea")
    await timer.cancel(ctx, label="tea")
    assert await labels(ctx) == ["green tea"]


async def test_a_misheard_name_is_understood(ctx):
    await ctx.schedule(3 * MINUTE, "pasta")
    await ctx.schedule(4 * MINUTE, "eggs")
    await timer.cancel(ctx, label="past a")
    assert await labels(ctx) == ["eggs"]


@pytest.mark.parametrize(
    ("act", "slots"), [(timer.cancel, {}), (timer.pause, {}), (timer.extend, {"duration": MINUTE}), (timer.shorten, {"duration": MINUTE})]
)
async def test_of_several_it_asks_which(ctx, act, slots):
    await ctx.schedule(3 * MINUTE, "tea")
    await ctx.schedule(8 * MINUTE)
    question = await act(ctx, **slots)
    assert isinstance(question, Question)
    assert question.slot == "label"
    assert question.en == "Which one, the tea timer or the timer for 8 minutes?"
    assert "还是" in question.zh
    assert not isinstance(await act(ctx, **slots, label="the eight minute one"), Question)


async def test_two_that_nobody_can_tell_apart_are_not_asked_about(ctx):
    await ctx.schedule(3 * MINUTE, "egg")
    ctx.now += MINUTE
    await ctx.schedule(3 * MINUTE, "egg")
    await timer.cancel(ctx)
    assert [each.ends_at - ctx.now for each in await ctx.timers.all()] == [3 * MINUTE]


async def test_a_timer_that_is_not_there_is_told_with_those_that_are(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    with pytest.raises(CannotDo, match=r"no timer called rice\. There is the tea timer\."):
        await timer.cancel(ctx, label="rice")
    with pytest.raises(CannotDo, match="no timer for 5 minutes"):
        await timer.cancel(ctx, duration=5 * MINUTE)
    assert await labels(ctx) == ["tea"]


@pytest.mark.parametrize("act", [timer.cancel, timer.pause, timer.resume])
async def test_without_a_timer_it_says_so(ctx, act):
    with pytest.raises(CannotDo, match="No timer is running"):
        await act(ctx)
    with pytest.raises(CannotDo, match="No timer is running"):
        await act(ctx, label="tea")


async def test_cancelling_all_asks_first(ctx):
    for label in ("tea", "rice", "egg"):
        await ctx.schedule(3 * MINUTE, label)
    question = await timer.cancel(ctx, all=True)
    assert isinstance(question, Question)
    assert question.slot is None
    assert "3" in question.en
    assert len(await ctx.timers.all()) == 3
    ctx.confirmed = True
    reply = await timer.cancel(ctx, all=True)
    assert await ctx.timers.all() == []
    await take_back(ctx, reply.undo)
    assert sorted(await labels(ctx)) == ["egg", "rice", "tea"]


async def test_cancelling_all_of_one_asks_nothing(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    assert (await timer.cancel(ctx, all=True)).en == "I cancelled the tea timer."


async def test_cancelling_all_of_none_says_so(ctx):
    with pytest.raises(CannotDo, match="No timer is running"):
        await timer.cancel(ctx, all=True)


async def test_stopping_the_timer_that_rings_silences_it(ctx):
    ctx.ringing = True
    assert (await timer.cancel(ctx)).en == "Stopped."
    assert not ctx.ringing


async def test_a_cancelled_timer_comes_back_where_it_would_be_now(ctx):
    kept = await ctx.schedule(10 * MINUTE, "tea")
    reply = await timer.cancel(ctx)
    ctx.now += 4 * MINUTE
    await take_back(ctx, reply.undo)
    assert await ctx.timers.all() == [kept]


async def test_a_cancelled_timer_that_would_have_rung_stays_away_and_is_told(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    await ctx.schedule(30 * MINUTE, "roast")
    ctx.confirmed = True
    reply = await timer.cancel(ctx, all=True)
    ctx.now += 5 * MINUTE
    with pytest.raises(CannotDo, match="tea timer would have rung"):
        await take_back(ctx, reply.undo)
    assert await labels(ctx) == ["roast"]


async def test_an_undo_is_plain_data(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    undo = (await timer.pause(ctx)).undo
    assert json.loads(json.dumps(undo.args)) == undo.args


async def test_what_is_left_is_told_of_each(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    await ctx.schedule(timedelta(hours=2))
    await ctx.schedule(5 * MINUTE, "egg")
    await timer.pause(ctx, label="egg")
    ctx.now += MINUTE
    said = (await timer.remaining(ctx)).en
    assert said == (
        "The tea timer has 2 minutes left. The timer for 2 hours has 1 hour 59 minutes left, until 11:30 am. "
        "The egg timer is paused with 5 minutes left."
    )
    assert (await timer.remaining(ctx, label="egg")).en == "The egg timer is paused with 5 minutes left."


async def test_a_timer_that_ends_on_another_day_tells_the_day(ctx):
    await ctx.schedule(timedelta(days=10))
    ctx.now += MINUTE
    assert (await timer.remaining(ctx)).en == "The timer for 10 days has 9 days 23 hours left, until Thursday, December 3, 9:30 am."
    ctx.language = "zh"
    assert (await timer.remaining(ctx)).zh == "10天的计时器还剩9天23小时，12月3日星期四上午9点30分响。"


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("5 and 10 minutes", [5, 10]),
        ("1, 2, and 3 minutes", [1, 2, 3]),
        ("30 seconds and 5 minutes", [0.5, 5]),
        ("five minutes and an hour", [5, 60]),
        ("a minute, 3 minutes and half an hour", [1, 3, 30]),
        ("半个小时和五分钟", [30, 5]),
        ("one hour and ten minutes", [60, 10]),
        ("五分钟和十分钟", [5, 10]),
        ("3、5分钟", [3, 5]),
        ("5分钟和1小时", [5, 60]),
        ("nonsense", []),
    ],
)
def test_several_lengths_of_time_are_read(said, minutes):
    if minutes:
        assert several(said) == [MINUTE * each for each in minutes]
    else:
        assert len(several(said)) < 2


async def test_several_timers_are_set_and_undone_together(ctx):
    reply = await timer.start_each(ctx, durations="5 and 10 minutes")
    assert reply.en == "2 timers set, for 5 minutes and 10 minutes."
    assert [one.duration for one in await ctx.timers.all()] == [5 * MINUTE, 10 * MINUTE]
    await take_back(ctx, reply.undo)
    assert await ctx.timers.all() == []


@pytest.mark.parametrize("durations", ["nonsense", "5 and 999999 days"])
async def test_several_timers_are_set_or_none(ctx, durations):
    with pytest.raises(CannotDo):
        await timer.start_each(ctx, durations=durations)
    assert await ctx.timers.all() == []


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("set timers for 5 and 10 minutes", "start_each", {"durations": "5 and 10 minutes"}),
        ("set a timer for 5 and 10 minutes", "start_each", {"durations": "5 and 10 minutes"}),
        ("set a timer for 1 hour and 10 minutes", "start", {"duration": "PT1H10M"}),
        ("set a timer for 1 minute and 30 seconds", "start", {"duration": "PT1M30S"}),
        ("定五分钟和十分钟的计时器", "start_each", {"durations": "五分钟和十分钟"}),
        ("定一小时三十分钟的计时器", "start", {"duration": "PT1H30M"}),
        ("十分鐘倒計時", "start", {"duration": "PT10M"}),
        ("timer for 1000000 hours", "start", {"duration": "P41666DT16H"}),
    ],
)
def test_one_timer_or_several_are_told_apart(text, action, slots):
    assert meaning(text) == (f"timer.{action}", slots)


async def test_timers_that_are_alike_are_counted(ctx):
    await ctx.schedule(5 * MINUTE)
    ctx.now += MINUTE
    await ctx.schedule(5 * MINUTE)
    await ctx.schedule(3 * MINUTE, "tea")
    await ctx.schedule(3 * MINUTE, "tea")
    said = (await timer.remaining(ctx)).en
    assert "The first timer for 5 minutes has 4 minutes left. The second timer for 5 minutes has 5 minutes left." in said
    assert "The second tea timer has 3 minutes left." in said
    assert (await timer.cancel(ctx, label="second 5 minute")).en == "I cancelled the second timer for 5 minutes."
    assert (await timer.cancel(ctx, label="second tea")).en == "I cancelled the second tea timer."
    assert (await timer.remaining(ctx)).en == "The tea timer has 3 minutes left. The timer for 5 minutes has 4 minutes left."
    await ctx.schedule(3 * MINUTE, "tea")
    assert "第二个tea计时器还剩" in (await timer.remaining(ctx)).zh


async def test_nothing_left_to_tell_is_no_failure(ctx):
    assert (await timer.remaining(ctx)).en == "No timer is running."


async def test_more_time_is_added_and_taken_back(ctx):
    before = await ctx.schedule(3 * MINUTE, "tea")
    reply = await timer.extend(ctx, duration=5 * MINUTE)
    [after] = await ctx.timers.all()
    assert (after.left(ctx.now), after.duration) == (8 * MINUTE, 8 * MINUTE)
    assert reply.en == "5 minutes added to the tea timer. 8 minutes left."
    await take_back(ctx, reply.undo)
    assert await ctx.timers.all() == [before]


async def test_a_paused_timer_gets_more_time_too(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    await timer.pause(ctx)
    await timer.extend(ctx, duration=MINUTE)
    ctx.now += timedelta(hours=1)
    await timer.resume(ctx)
    [after] = await ctx.timers.all()
    assert after.left(ctx.now) == 4 * MINUTE


@pytest.mark.parametrize("duration", [timedelta(), -MINUTE, timedelta(days=366)])
async def test_time_that_cannot_be_added_changes_nothing(ctx, duration):
    before = await ctx.schedule(3 * MINUTE, "tea")
    with pytest.raises(CannotDo):
        await timer.extend(ctx, duration=duration)
    assert await ctx.timers.all() == [before]


async def test_time_is_taken_off_but_never_all_of_it(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    reply = await timer.shorten(ctx, duration=MINUTE)
    assert reply.en == "1 minute taken off the tea timer. 2 minutes left."
    with pytest.raises(CannotDo, match="only 2 minutes left"):
        await timer.shorten(ctx, duration=2 * MINUTE)


async def test_undoing_more_time_rings_at_once_when_it_is_past(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    undo = (await timer.extend(ctx, duration=5 * MINUTE)).undo
    ctx.now += 4 * MINUTE
    await take_back(ctx, undo)
    [after] = ctx.timers.due()
    assert after.ends_at == ctx.now


async def test_a_pause_keeps_what_is_left(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    ctx.now += MINUTE
    assert (await timer.pause(ctx)).en == "I paused the tea timer with 2 minutes left."
    ctx.now += timedelta(hours=1)
    assert (await timer.resume(ctx)).en == "The tea timer runs on. 2 minutes left."
    [after] = await ctx.timers.all()
    assert after.ends_at == ctx.now + 2 * MINUTE


async def test_pausing_means_one_that_runs_and_resuming_one_that_is_paused(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    await ctx.schedule(5 * MINUTE, "rice")
    await timer.pause(ctx, label="tea")
    assert "rice" in (await timer.pause(ctx)).en
    await timer.resume(ctx, label="rice")
    assert "tea" in (await timer.resume(ctx)).en


async def test_pausing_or_resuming_twice_changes_nothing(ctx):
    await ctx.schedule(3 * MINUTE, "tea")
    assert "is running" in (await timer.resume(ctx)).en
    await timer.pause(ctx)
    again = await timer.pause(ctx)
    assert "already" in again.en
    assert again.undo is None
