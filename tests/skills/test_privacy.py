"""What left the machine is told by whom, how often and when; and that nothing did, as plainly."""

from datetime import timedelta

import pytest

from assistant.skill import Sent
from assistant.testing import MORNING, FakeContext
from skills import privacy
from tests.skills.understood import meaning


def sent(hours_ago, host="api.open-meteo.com", purpose="skill:weather"):
    return Sent(MORNING - timedelta(hours=hours_ago), purpose, host, "GET https://api.open-meteo.com/?latitude=1")


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("what did you send today", {"date": "2026-11-23"}),
        ("What have you sent out?", {}),
        ("did you upload my voice", {}),
        ("what left this computer yesterday", {"date": "2026-11-22"}),
        ("which servers did you contact today", {"date": "2026-11-23"}),
        ("privacy report", {}),
        ("give me a privacy report for yesterday", {"date": "2026-11-22"}),
        ("今天你往外发了什么", {"date": "2026-11-23"}),
        ("你今天联网了吗", {"date": "2026-11-23"}),
        ("隐私报告", {}),
        ("我的数据发给谁了", {}),
    ],
)
def test_asking(text, slots):
    assert meaning(text) == ("privacy.report", slots)


async def test_nothing_left_in_a_week():
    reply = await privacy.report(FakeContext())
    assert reply.en == "Nothing has left this machine today, nor in the week before."


async def test_nothing_left_on_the_day_asked_about():
    ctx = FakeContext(sent=[sent(1)])
    yesterday = MORNING.date() - timedelta(days=1)
    assert (await privacy.report(ctx, date=yesterday)).en == "Nothing left this machine yesterday."
    assert (await privacy.report(FakeContext("zh"), date=MORNING.date())).zh == "今天没有任何数据离开这台机器。"


async def test_one_request_is_told_with_its_receiver_and_its_time():
    reply = await privacy.report(FakeContext(sent=[sent(1)]), date=MORNING.date())
    assert reply.en == "Today I asked api.open-meteo.com once about the weather, at 8:30 am. Nothing else."


async def test_many_are_counted_by_receiver_the_most_frequent_first():
    voices = [sent(hours, "speech.example", "voice") for hours in (4, 3, 2)]
    reply = await privacy.report(FakeContext(sent=[sent(5), *voices, sent(1)]))
    assert reply.en == (
        "Today I had 3 sentences spoken by the online voice at speech.example; asked api.open-meteo.com twice about the weather. "
        "The last time was at 8:30 am."
    )
    zh = (await privacy.report(FakeContext("zh", sent=[sent(5), *voices, sent(1)]))).zh
    assert "念了3句话" in zh
    assert "2次（查天气）" in zh


async def test_more_receivers_than_anybody_listens_to_are_counted_together():
    ctx = FakeContext(sent=[sent(1, f"{letter}.example") for letter in "abcdef"])
    assert "and twice others" not in (await privacy.report(ctx)).en
    assert "2 other requests" in (await privacy.report(ctx)).en


async def test_without_a_day_the_last_one_on_which_anything_left_is_told():
    reply = await privacy.report(FakeContext(sent=[sent(49), sent(48)]))
    assert reply.en.startswith("Nothing has left this machine today. On Saturday, November 21 I asked api.open-meteo.com twice")


async def test_a_day_to_come_has_nothing_yet():
    assert "still to come" in (await privacy.report(FakeContext(), date=MORNING.date() + timedelta(days=1))).en


async def test_what_was_said_is_not_read_out():
    ctx = FakeContext(sent=[Sent(MORNING, "voice", "speech.example", "Your test is positive.")])
    assert "positive" not in (await privacy.report(ctx)).en


async def test_a_record_that_was_changed_is_told_before_what_it_says():
    reply = await privacy.report(FakeContext(sent=[sent(1)], holds=False), date=MORNING.date())
    assert reply.en.startswith("Careful: somebody or something has changed the record")
    assert "api.open-meteo.com once" in reply.en
    assert (await privacy.report(FakeContext("zh", holds=False))).zh.startswith("注意：外发记录被改动过")


async def test_questions_to_the_cloud_are_told_as_that():
    reply = await privacy.report(FakeContext(sent=[sent(2, "cloud.example", "cloud"), sent(1, "cloud.example", "cloud")]))
    assert reply.en.startswith("Today I sent 2 questions to the cloud at cloud.example.")
    assert "向云端cloud.example发了2个问题" in reply.zh


async def test_what_was_deleted_is_not_said_never_to_have_left():
    gone = (3, MORNING - timedelta(hours=2))
    reply = await privacy.report(FakeContext(deleted=gone))
    assert reply.en.startswith("3 connections are no longer in my record, as it was deleted; the last was today at 7:30 am.")
    reply = await privacy.report(FakeContext("zh", deleted=(1, MORNING)))
    assert "有1次外发已经不在里面了" in reply.zh
    old = (3, MORNING - timedelta(days=20))
    assert (await privacy.report(FakeContext(deleted=old))).en == "Nothing has left this machine today, nor in the week before."
    assert (await privacy.report(FakeContext(deleted=gone), date=MORNING.date())).en.startswith("3 connections")
