"""Countdowns that survive, and ring once."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from assistant.clock import VirtualClock
from assistant.rings import RingShelf
from assistant.skill import Timer
from assistant.store import Store
from assistant.timers import LOOK_S, MISSED_AFTER_S, TimerShelf, ring_when_due

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "hark.db"


@pytest.fixture
def store(path):
    opened = Store(path)
    yield opened
    opened.close()


@pytest.fixture
def clock():
    return VirtualClock(START)


@pytest.fixture
def shelf(store, clock):
    return TimerShelf(store, clock)


async def test_a_timer_is_there_after_a_restart(path, store, clock, shelf):
    started = await shelf.start(timedelta(minutes=12, seconds=0.5), "pasta")
    store.close()
    again = Store(path)
    assert await TimerShelf(again, clock).all() == [started]
    again.close()


async def test_the_next_to_ring_comes_first_and_paused_ones_last(clock, shelf):
    late = await shelf.start(9 * MINUTE, "late")
    soon = await shelf.start(3 * MINUTE, "soon")
    paused = await shelf.start(MINUTE, "paused")
    await shelf.put(Timer(paused.id, paused.label, paused.duration, paused.ends_at, MINUTE))
    assert [timer.label for timer in await shelf.all()] == ["soon", "late", "paused"]
    assert {late.id, soon.id, paused.id} == {1, 2, 3}


async def test_an_id_is_never_given_twice(shelf):
    first = await shelf.start(MINUTE)
    await shelf.remove(first.id)
    assert (await shelf.start(MINUTE)).id != first.id


async def test_removing_what_is_not_there_is_no_error(shelf):
    await shelf.remove(7)


async def test_what_is_put_back_is_as_it_was(shelf):
    timer = await shelf.start(3 * MINUTE, "茶")
    await shelf.remove(timer.id)
    await shelf.put(timer)
    assert await shelf.all() == [timer]


async def test_a_timer_is_due_once(clock, shelf):
    timer = await shelf.start(3 * MINUTE, "tea")
    assert shelf.claim_due() == []
    clock.advance(180)
    [due] = shelf.claim_due()
    assert (due.what, due.missed) == (timer, False)
    assert shelf.claim_due() == []
    assert await shelf.all() == []


async def test_of_two_harks_one_rings(path, clock, shelf):
    other_store = Store(path)
    other = TimerShelf(other_store, clock)
    await shelf.start(MINUTE)
    clock.advance(60)
    assert len(other.claim_due()) + len(shelf.claim_due()) == 1
    other_store.close()


async def test_what_ended_while_nobody_ran_was_missed(clock, shelf):
    await shelf.start(MINUTE, "tea")
    await shelf.start(2 * MINUTE, "rice")
    clock.advance(120 + MISSED_AFTER_S)
    tea, rice = shelf.claim_due()
    assert (tea.what.label, tea.missed) == ("tea", True)
    assert (rice.what.label, rice.missed) == ("rice", False)


async def test_what_is_over_is_no_timer_that_runs_even_before_it_was_rung(clock, shelf):
    await shelf.start(MINUTE, "tea")
    paused = await shelf.start(MINUTE, "rice")
    await shelf.put(Timer(paused.id, paused.label, paused.duration, paused.ends_at, MINUTE))
    clock.advance(60)
    assert [timer.label for timer in await shelf.all()] == ["rice"]
    assert [due.what.label for due in shelf.claim_due()] == ["tea"]


async def test_a_paused_timer_is_never_due(clock, shelf):
    timer = await shelf.start(MINUTE)
    await shelf.put(Timer(timer.id, timer.label, timer.duration, timer.ends_at, MINUTE))
    clock.advance(3_600)
    assert shelf.claim_due() == []
    assert shelf.next_end() is None


async def test_a_timer_put_back_after_it_rang_rings_again(clock, shelf):
    timer = await shelf.start(MINUTE)
    clock.advance(60)
    shelf.claim_due()
    await shelf.put(Timer(timer.id, timer.label, 2 * MINUTE, timer.ends_at + MINUTE))
    clock.advance(60)
    assert len(shelf.claim_due()) == 1


def test_what_is_left_is_never_below_zero():
    timer = Timer(1, "", MINUTE, START)
    assert timer.left(START + MINUTE) == timedelta()
    assert timer.left(START - MINUTE) == MINUTE
    assert Timer(1, "", MINUTE, START, 2 * MINUTE).left(START + 9 * MINUTE) == 2 * MINUTE


async def running(shelf, store, clock, rung):
    """Start the scheduler and let it come to its first wait."""

    async def ring(due):
        rung.append((due.what.label, clock.monotonic()))

    task = asyncio.create_task(ring_when_due(shelf, RingShelf(store, clock), clock, ring))
    await settled()
    return task


async def settled():
    for _ in range(20):
        await asyncio.sleep(0)


async def step(clock, seconds, by=0.25):
    for _ in range(round(seconds / by)):
        clock.advance(by)
        await settled()


async def test_each_rings_when_it_is_due(shelf, store, clock):
    rung = []
    await shelf.start(timedelta(seconds=3), "tea")
    await shelf.start(timedelta(seconds=5), "rice")
    task = await running(shelf, store, clock, rung)
    await step(clock, 6)
    task.cancel()
    assert rung == [("tea", 3.0), ("rice", 5.0)]


async def test_a_timer_of_another_hark_is_noticed_in_time(path, shelf, store, clock):
    rung = []
    task = await running(shelf, store, clock, rung)
    await step(clock, 0.5)
    other = Store(path)
    await TimerShelf(other, clock).start(timedelta(seconds=LOOK_S), "tea")
    await step(clock, 2)
    task.cancel()
    other.close()
    assert rung == [("tea", 1.5)]


async def test_what_was_missed_is_told_first(shelf, store, clock):
    rung = []
    await shelf.start(MINUTE, "missed")
    await shelf.start(timedelta(hours=1, seconds=1), "soon")
    clock.advance(3_600)
    task = await running(shelf, store, clock, rung)
    await step(clock, 2)
    task.cancel()
    assert [label for label, _ in rung] == ["missed", "soon"]


async def test_a_removed_timer_does_not_ring(shelf, store, clock):
    rung = []
    timer = await shelf.start(timedelta(seconds=2))
    task = await running(shelf, store, clock, rung)
    await step(clock, 1)
    await shelf.remove(timer.id)
    await step(clock, 3)
    task.cancel()
    assert rung == []
