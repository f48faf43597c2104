"""Reminders: what people say, what is kept, what comes back, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import reminder
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday."""


@pytest.fixture
def ctx():
    return FakeContext(now=NOW)


async def texts(ctx):
    return [ring.text for ring in await ctx.rings.all("reminder")]


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("remind me to call mum at five", "set", {"text": "call mum", "moment": "2026-11-23T17:00"}),
        ("remind me in ten minutes to check the oven", "set", {"text": "check the oven", "duration": "PT10M"}),
        ("set a reminder for friday at 3 to pay rent", "set", {"text": "pay rent", "moment": "2026-11-27T15:00"}),
        ("remind me to buy milk", "set", {"text": "buy milk"}),
        (
            "every thursday at seven in the evening remind me to put the glass out",
            "set",
            {"text": "put the glass out", "moment": "2026-11-26T19:00", "repeat": ["thu"]},
        ),
        ("下午五点提醒我给妈妈打电话", "set", {"text": "给妈妈打电话", "moment": "2026-11-23T17:00"}),
        ("十分钟后提醒我关火", "set", {"text": "关火", "duration": "PT10M"}),
        ("每周六上午十点提醒我擦窗户", "set", {"text": "擦窗户", "moment": "2026-11-28T10:00", "repeat": ["sat"]}),
        ("what are my reminders today", "list", {"date": "2026-11-23"}),
        ("我今天有什么提醒", "list", {"date": "2026-11-23"}),
        ("cancel the reminder about rent", "cancel", {"text": "rent"}),
        ("取消给妈妈打电话的提醒", "cancel", {"text": "给妈妈打电话"}),
        ("don't remind me about the car tax", "cancel", {"text": "the car tax"}),
        ("cancel all my reminders", "cancel", {"text": "all"}),
    ],
)
def test_what_people_say(text, action, slots):
    assert meaning(text, now=NOW) == (f"reminder.{action}", slots)


async def test_a_reminder_is_kept_and_taken_back(ctx):
    reply = await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    assert reply.en == "I'll remind you today at 5:00 pm: call mum."
    assert await texts(ctx) == ["call mum"]
    await take_back(ctx, reply.undo)
    assert await texts(ctx) == []


async def test_after_a_while_is_said_as_such(ctx):
    reply = await reminder.set_(ctx, text="check the oven", duration=timedelta(minutes=10))
    assert reply.en == "I'll remind you in 10 minutes: check the oven."
    assert (await ctx.rings.all("reminder"))[0].at == NOW + timedelta(minutes=10)


async def test_a_day_without_a_time_is_its_morning(ctx):
    await reminder.set_(ctx, text="renew the passport", moment=date(2026, 12, 1))
    assert (await ctx.rings.all("reminder"))[0].at == datetime(2026, 12, 1, 9, tzinfo=UTC)


async def test_today_without_a_time_is_in_an_hour(ctx):
    await reminder.set_(ctx, text="water the plants", moment=NOW.date())
    assert (await ctx.rings.all("reminder"))[0].at == NOW + timedelta(hours=1)


async def test_a_workday_in_chinese_is_chinas(ctx):
    ctx.language = "zh"
    reply = await reminder.set_(ctx, text="打卡", moment=NOW.replace(hour=18), repeat=["workday"])
    assert (await ctx.rings.all("reminder"))[0].repeat == ("workday-cn",)
    assert "每个工作日" in reply.zh


async def test_what_and_when_are_asked_for(ctx):
    what = await reminder.set_(ctx)
    assert isinstance(what, Question)
    assert (what.slot, what.verbatim) == ("text", True)
    when = await reminder.set_(ctx, text="call mum")
    assert isinstance(when, Question)
    assert when.slot == "moment"


async def test_the_same_reminder_is_set_once(ctx):
    await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    assert "already" in (await reminder.set_(ctx, text="Call mum", moment=NOW.replace(hour=17))).en
    assert await texts(ctx) == ["call mum"]


@pytest.mark.parametrize(
    ("slots", "says"),
    [
        ({"moment": NOW.replace(hour=9)}, "over already"),
        ({"moment": date(2026, 11, 22)}, "already over"),
        ({"moment": date(2046, 11, 22)}, "too far"),
        ({"duration": timedelta(minutes=-5)}, "no time at all"),
        ({"duration": timedelta(days=4000)}, "too far"),
        ({"moment": NOW.replace(hour=18), "repeat": ["fortnightly"]}, "repeat"),
    ],
)
async def test_nonsense_is_refused_and_changes_nothing(ctx, slots, says):
    with pytest.raises(CannotDo, match=says):
        await reminder.set_(ctx, text="call mum", **slots)
    assert await texts(ctx) == []


async def test_reminders_are_told_in_order(ctx):
    assert (await reminder.list_(ctx)).en == "You have no reminders."
    await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    await reminder.set_(ctx, text="pay rent", moment=date(2026, 11, 24))
    assert (await reminder.list_(ctx)).en == ("You have 2 reminders: today at 5:00 pm, call mum; tomorrow at 9:00 am, pay rent.")
    assert "call mum" not in (await reminder.list_(ctx, date=date(2026, 11, 24))).en


async def test_one_is_cancelled_by_its_words_and_comes_back(ctx):
    await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    await reminder.set_(ctx, text="pay the rent", moment=date(2026, 11, 24))
    reply = await reminder.cancel(ctx, text="rent")
    assert await texts(ctx) == ["call mum"]
    await take_back(ctx, reply.undo)
    assert await texts(ctx) == ["call mum", "pay the rent"]


async def test_without_words_the_one_set_last_goes(ctx):
    await reminder.set_(ctx, text="pay the rent", moment=date(2026, 11, 24))
    await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    await reminder.cancel(ctx)
    assert await texts(ctx) == ["pay the rent"]


async def test_all_go_only_after_a_yes(ctx):
    await reminder.set_(ctx, text="pay the rent", moment=date(2026, 11, 24))
    await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    asked = await reminder.cancel(ctx, text="all")
    assert isinstance(asked, Question)
    assert asked.slot is None
    ctx.confirmed = True
    assert (await reminder.cancel(ctx, text="all")).en == "2 reminders cancelled."
    assert await texts(ctx) == []


async def test_one_that_is_not_there_is_told_with_what_is(ctx):
    await reminder.set_(ctx, text="call mum", moment=NOW.replace(hour=17))
    with pytest.raises(CannotDo, match="There is: call mum"):
        await reminder.cancel(ctx, text="the dentist")


@pytest.mark.parametrize("row", held_out("reminder"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    ctx = FakeContext(language=row["language"], now=NOW)
    await reminder.set_(ctx, text="擦窗户, the car tax", moment=date(2026, 11, 24))
    await run(row, ctx)
