"""Alarms: what people say, when they ring, which one is meant, and that every change can be taken back."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from assistant.skill import CannotDo, Question, Ring
from assistant.testing import MORNING, FakeContext, take_back
from skills import alarm
from tests.skills.understood import meaning

EVENING = MORNING.replace(hour=22, minute=0)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ctx():
    return FakeContext(now=EVENING)


async def alarms(ctx):
    return await ctx.rings.all("alarm")


def rang(ctx, minutes_ago, text=""):
    ctx.rings.rung = Ring(77, "alarm", ctx.now - minutes_ago * MINUTE, text)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("set an alarm for seven", {"time": "07:00"}),
        ("Wake me up at 6:45, please.", {"time": "06:45"}),
        ("wake me at half six on weekdays", {"time": "06:30", "repeat": ["workday"]}),
        ("set an alarm for quarter to seven tomorrow", {"time": "06:45", "date": "2026-11-24"}),
        ("wake me up tomorrow at six forty", {"time": "06:40", "date": "2026-11-24"}),
        ("alarm at eight", {"time": "08:00"}),
        ("set an alarm for 7 tomorrow called gym", {"time": "07:00", "date": "2026-11-24", "label": "gym"}),
        ("wake me every monday at 7", {"time": "07:00", "repeat": ["mon"]}),
        ("don't let me sleep past nine", {"time": "09:00"}),
        ("set an alarm", {}),
        ("wake me up", {}),
        ("定个七点的闹钟", {"time": "07:00"}),
        ("明天早上七点叫我起床", {"time": "07:00", "date": "2026-11-24"}),
        ("每天六点半的闹钟", {"time": "06:30", "repeat": ["daily"]}),
        ("工作日六点四十叫我", {"time": "06:40", "repeat": ["workday"]}),
        ("把闹钟调到七点四十", {"time": "07:40"}),
        ("设个闹钟", {}),
    ],
)
def test_setting_one(text, slots):
    assert meaning(text) == ("alarm.set", slots)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cancel my alarm", ("alarm.cancel", {})),
        ("turn off my 7 am alarm", ("alarm.cancel", {"time": "07:00"})),
        ("turn the alarm off", ("alarm.cancel", {})),
        ("cancel all my alarms", ("alarm.cancel", {"all": True})),
        ("取消七点的闹钟", ("alarm.cancel", {"time": "07:00"})),
        ("闹钟全部取消", ("alarm.cancel", {"all": True})),
        ("我要把闹钟都删了", ("alarm.cancel", {"all": True})),
        ("明天不用叫我起床了", ("alarm.cancel", {})),
        ("what alarms do I have", ("alarm.list", {})),
        ("is my alarm set", ("alarm.list", {})),
        ("when is my next alarm", ("alarm.list", {})),
        ("我有哪些闹钟", ("alarm.list", {})),
        ("闹钟还有多久响", ("alarm.list", {})),
        ("snooze", ("alarm.snooze", {})),
        ("snooze for ten minutes", ("alarm.snooze", {"duration": "PT10M"})),
        ("let me sleep a bit longer", ("alarm.snooze", {})),
        ("再睡五分钟", ("alarm.snooze", {"duration": "PT5M"})),
        ("再睡一会儿", ("alarm.snooze", {})),
    ],
)
def test_changing_and_asking(text, meant):
    assert meaning(text) == meant


@pytest.mark.parametrize(
    ("slots", "at", "said"),
    [
        ({"time": time(7)}, "2026-11-24T07:00", "Alarm set for tomorrow at 7:00 am, in 9 hours."),
        ({"time": time(23, 30)}, "2026-11-23T23:30", "Alarm set for today at 11:30 pm, in 1 hour 30 minutes."),
        ({"time": time(7), "date": date(2026, 11, 28)}, "2026-11-28T07:00", "Alarm set for Saturday, November 28 at 7:00 am."),
        ({"time": time(7), "date": date(2027, 1, 2)}, "2027-01-02T07:00", "Alarm set for Saturday, January 2, 2027 at 7:00 am."),
        ({"time": time(6, 30), "repeat": ["workday"]}, "2026-11-24T06:30", "Alarm set for workdays at 6:30 am."),
        (
            {"time": time(9), "repeat": ["sun", "sat"]},
            "2026-11-28T09:00",
            "Alarm set for weekends at 9:00 am, first on Saturday, November 28.",
        ),
        (
            {"time": time(9), "repeat": ["daily"], "date": date(2026, 12, 1)},
            "2026-12-01T09:00",
            "Alarm set for every day at 9:00 am, first on Tuesday, December 1.",
        ),
        ({"time": time(7), "label": "gym"}, "2026-11-24T07:00", "Gym alarm set for tomorrow at 7:00 am, in 9 hours."),
    ],
)
async def test_it_rings_when_it_says_and_not_after_an_undo(ctx, slots, at, said):
    reply = await alarm.set_(ctx, **slots)
    assert [each.at for each in await alarms(ctx)] == [datetime.fromisoformat(at).replace(tzinfo=UTC)]
    assert reply.en == said
    await take_back(ctx, reply.undo)
    assert await alarms(ctx) == []


async def test_in_chinese_it_says_the_same():
    ctx = FakeContext("zh", now=EVENING)
    assert (await alarm.set_(ctx, time=time(7))).zh == "闹钟定好了，明天上午7点整，还有9小时。"
    assert (await alarm.set_(ctx, time=time(18, 30), repeat=["mon", "fri"])).zh.startswith("闹钟定好了，每周一、周五晚上6点30分")


@pytest.mark.parametrize(
    ("language", "settings", "days"),
    [
        ("en", {}, ("workday",)),
        ("zh", {}, ("workday-cn",)),
        ("en", {"workdays": "china"}, ("workday-cn",)),
        ("zh", {"workdays": "week"}, ("workday",)),
    ],
)
async def test_a_workday_is_that_of_who_speaks(language, settings, days):
    ctx = FakeContext(language, settings=settings)
    await alarm.set_(ctx, time=time(7), repeat=["workday"])
    assert (await alarms(ctx))[0].repeat == days


async def test_in_china_no_alarm_rings_on_a_holiday():
    ctx = FakeContext("zh", now=datetime(2025, 9, 30, 22, tzinfo=UTC))
    await alarm.set_(ctx, time=time(7), repeat=["workday"])
    assert (await alarms(ctx))[0].at.date() == date(2025, 10, 9)


@pytest.mark.parametrize(
    "slots",
    [
        {"time": time(7), "date": date(2026, 11, 23)},
        {"time": time(7), "date": date(2026, 11, 22)},
        {"time": time(7), "date": date(2999, 1, 1)},
        {"time": time(7), "date": date.max},
        {"time": time(7), "repeat": ["fortnight"]},
        {"time": time(7), "repeat": [""]},
    ],
)
async def test_what_cannot_ring_is_refused_and_nothing_kept(ctx, slots):
    with pytest.raises(CannotDo):
        await alarm.set_(ctx, **slots)
    assert await alarms(ctx) == []


async def test_the_same_alarm_is_set_only_once(ctx):
    await alarm.set_(ctx, time=time(7))
    reply = await alarm.set_(ctx, time=time(7))
    assert (reply.en, reply.undo) == ("That alarm is set already, tomorrow at 7:00 am.", None)
    assert len(await alarms(ctx)) == 1


async def test_another_alarm_close_by_is_mentioned(ctx):
    await alarm.set_(ctx, time=time(7))
    assert (await alarm.set_(ctx, time=time(8))).en.endswith("The one at 7:00 am is still set too.")
    assert "still" not in (await alarm.set_(ctx, time=time(18))).en


async def test_the_only_one_is_cancelled_and_comes_back(ctx):
    await alarm.set_(ctx, time=time(7), repeat=["workday"])
    before = await alarms(ctx)
    reply = await alarm.cancel(ctx)
    assert reply.en == "I cancelled the alarm on workdays at 7:00 am."
    assert await alarms(ctx) == []
    assert json.loads(json.dumps(reply.undo.args)) == reply.undo.args
    await take_back(ctx, reply.undo)
    assert await alarms(ctx) == before


@pytest.mark.parametrize("said", [time(7), time(19)])
async def test_a_time_names_one_in_either_half_of_the_day(ctx, said):
    await alarm.set_(ctx, time=time(7))
    await alarm.set_(ctx, time=time(8))
    await alarm.cancel(ctx, time=said)
    assert [each.at.hour for each in await alarms(ctx)] == [8]


async def test_of_several_it_asks_which(ctx):
    await alarm.set_(ctx, time=time(7))
    await alarm.set_(ctx, time=time(8), label="gym")
    question = await alarm.cancel(ctx)
    assert (question.en, question.slot) == ("Which one, the alarm tomorrow at 7:00 am or the gym alarm tomorrow at 8:00 am?", "time")
    assert len(await alarms(ctx)) == 2


async def test_cancelling_several_asks_first(ctx):
    for hour in (6, 7, 8):
        await alarm.set_(ctx, time=time(hour))
    question = await alarm.cancel(ctx, all=True)
    assert isinstance(question, Question)
    assert (question.en, question.slot, len(await alarms(ctx))) == ("Cancel all 3 alarms?", None, 3)
    ctx.confirmed = True
    reply = await alarm.cancel(ctx, all=True)
    assert await alarms(ctx) == []
    await take_back(ctx, reply.undo)
    assert len(await alarms(ctx)) == 3


async def test_what_is_not_there_is_told_with_what_is(ctx):
    for slots in ({}, {"time": time(7)}, {"all": True}):
        with pytest.raises(CannotDo, match="No alarm is set"):
            await alarm.cancel(ctx, **slots)
    await alarm.set_(ctx, time=time(7))
    with pytest.raises(CannotDo, match=r"no alarm at 9:00 am\. There is the alarm tomorrow at 7:00 am"):
        await alarm.cancel(ctx, time=time(9))


async def test_turning_off_the_one_that_rings_silences_it_and_keeps_the_others(ctx):
    await alarm.set_(ctx, time=time(7), repeat=["daily"])
    rang(ctx, 1)
    ctx.ringing = True
    assert (await alarm.cancel(ctx)).en == "Stopped."
    assert len(await alarms(ctx)) == 1


async def test_an_undo_comes_too_late_for_an_alarm_that_would_have_rung(ctx):
    await alarm.set_(ctx, time=time(7))
    undo = (await alarm.cancel(ctx)).undo
    ctx.now += timedelta(hours=10)
    with pytest.raises(CannotDo, match="has passed"):
        await take_back(ctx, undo)
    assert await alarms(ctx) == []


async def test_a_repeated_alarm_comes_back_for_its_next_day(ctx):
    await alarm.set_(ctx, time=time(7), repeat=["daily"])
    undo = (await alarm.cancel(ctx)).undo
    ctx.now += timedelta(hours=10)
    await take_back(ctx, undo)
    assert [each.at.date() for each in await alarms(ctx)] == [date(2026, 11, 25)]


async def test_all_are_told_in_the_order_they_ring(ctx):
    assert (await alarm.list_(ctx)).en == "You have no alarms set."
    await alarm.set_(ctx, time=time(8), label="gym")
    assert (await alarm.list_(ctx)).en == "There is one: the gym alarm tomorrow at 8:00 am."
    await alarm.set_(ctx, time=time(6, 30), repeat=["mon", "tue", "wed", "thu", "fri"])
    assert (await alarm.list_(ctx)).en == "You have 2 alarms: weekdays at 6:30 am; tomorrow at 8:00 am, gym."
    for minute in range(4):
        await alarm.set_(ctx, time=time(9, minute))
    assert (await alarm.list_(ctx)).en.endswith("; and 1 more.")


async def test_snoozing_rings_the_last_one_again(ctx):
    rang(ctx, 1, "gym")
    ctx.ringing = True
    reply = await alarm.snooze(ctx)
    [again] = await alarms(ctx)
    assert (again.at - ctx.now, again.text, again.repeat) == (9 * MINUTE, "gym", ())
    assert reply.en == "Snoozing for 9 minutes, until 10:09 pm."
    assert not ctx.ringing
    await take_back(ctx, reply.undo)
    assert await alarms(ctx) == []


async def test_snoozing_takes_the_time_that_is_said_or_set(ctx):
    rang(ctx, 1)
    await alarm.snooze(ctx, duration=5 * MINUTE)
    await alarm.snooze(replace_settings(ctx, snooze_minutes=7))
    assert [each.at - ctx.now for each in await alarms(ctx)] == [5 * MINUTE, 7 * MINUTE]


def replace_settings(ctx, **settings):
    return replace(ctx, settings=settings, rings=ctx.rings)


async def test_without_one_that_rang_there_is_nothing_to_snooze(ctx):
    with pytest.raises(CannotDo, match="none is set"):
        await alarm.snooze(ctx)
    await alarm.set_(ctx, time=time(7))
    rang(ctx, 120)
    with pytest.raises(CannotDo, match="next one rings tomorrow at 7:00 am"):
        await alarm.snooze(ctx)


@pytest.mark.parametrize("duration", [timedelta(), -MINUTE, timedelta(days=3)])
async def test_a_snooze_that_makes_no_sense_is_refused(ctx, duration):
    rang(ctx, 1)
    with pytest.raises(CannotDo):
        await alarm.snooze(ctx, duration=duration)
