"""Answers of a Hark that does not ring: `hark ask`, and a pipe into `hark chat`."""

from datetime import datetime, timedelta

import pytest

from assistant.app import open_app
from assistant.cli.turns import run_turn
from assistant.clock import VirtualClock
from assistant.config import Config, Places
from assistant.store import Store

EVENING = datetime.fromisoformat("2026-11-23T20:00:00+00:00")
WARNING = "But no Hark is running to ring it. Start one with 'hark'."


@pytest.fixture
def clock():
    return VirtualClock(EVENING)


@pytest.fixture
def app(tmp_path, clock):
    opened = open_app(Places(str(tmp_path)), Config(), clock)
    yield opened
    opened.close()


@pytest.mark.parametrize("text", ["set a tea timer for ten minutes", "set an alarm for 7 am", "wake me up in ten minutes"])
async def test_that_nobody_will_ring_is_said(app, text):
    said = (await run_turn(app, text))["say"]
    assert said.endswith(WARNING)
    assert said != WARNING


async def test_it_is_said_in_chinese_too(app):
    assert (await run_turn(app, "倒计时十分钟"))["say"] == "计时10分钟，开始。不过现在没有运行着的 Hark，到时不会响。请运行 hark。"


@pytest.mark.parametrize(
    ("text", "said", "outcome"),
    [
        ("set a timer for", "For how long?", "asked"),
        ("timer for 1000000 hours", "A timer runs for a year at most.", "failed"),
        ("十分鐘倒計時", "计时10分钟，开始。", "done"),
        ("set timers for 5 and 10 minutes", "2 timers set, for 5 minutes and 10 minutes.", "done"),
    ],
)
async def test_odd_ways_to_ask_for_a_timer_are_answered(app, text, said, outcome):
    with app.watch.keep():
        record = await run_turn(app, text)
    assert (record["say"], record["outcome"]) == (said, outcome)


async def test_nothing_is_said_of_it_when_a_hark_is_there_to_ring(app):
    with app.watch.keep():
        assert (await run_turn(app, "set a tea timer for ten minutes"))["say"] == "Tea timer set for 10 minutes."


async def test_nothing_is_said_of_it_when_nothing_was_set(app):
    await run_turn(app, "set a tea timer for ten minutes")
    assert WARNING not in (await run_turn(app, "how long is left on the tea timer"))["say"]
    assert WARNING not in (await run_turn(app, "pause the tea timer"))["say"]
    assert WARNING in (await run_turn(app, "resume the tea timer"))["say"]
    assert WARNING not in (await run_turn(app, "cancel the tea timer"))["say"]


async def test_what_was_missed_is_told_first_and_once(app, clock):
    await app.timers.start(timedelta(minutes=3), "tea")
    await app.rings.add("reminder", EVENING + timedelta(minutes=4), "call mum")
    clock.advance(600)
    said = (await run_turn(app, "timers"))["say"]
    assert "While I was off, your tea timer ended at 8:03 pm." in said
    assert "While I was off, I missed a reminder at 8:04 pm: call mum." in said
    assert said.endswith("No timer is running.")
    assert (await run_turn(app, "timers"))["say"] == "No timer is running."


async def test_the_day_of_what_was_missed_is_told_unless_it_is_today(app, clock):
    await app.rings.add("alarm", EVENING + timedelta(hours=1), "")
    clock.advance(24 * 3600)
    said = (await run_turn(app, "timers"))["say"]
    assert said.startswith("I was off on Monday, November 23, at 9:00 pm, so your alarm did not ring. ")


async def test_what_cannot_be_kept_will_not_ring_either(tmp_path, clock, monkeypatch):
    monkeypatch.setattr("assistant.app.open_store", lambda path: Store(path, kept=False))
    app = open_app(Places(str(tmp_path)), Config(), clock)
    assert (await run_turn(app, "set a tea timer for ten minutes"))["say"].endswith("But it can't be kept, so nothing will ring.")
    app.close()


async def test_what_is_due_is_left_to_the_hark_that_rings(app, clock):
    await app.timers.start(timedelta(minutes=3), "tea")
    clock.advance(600)
    with app.watch.keep():
        assert (await run_turn(app, "timers"))["say"] == "No timer is running."
    [due] = app.timers.claim_due()
    assert due.what.label == "tea"
