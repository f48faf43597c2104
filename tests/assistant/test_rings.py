"""Alarms that come again keep to the time on the wall that was meant, through both changes of the clock."""

import time as system
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.clock import VirtualClock
from assistant.rings import RingShelf
from assistant.store import Store

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    system.tzset()
    store = Store(tmp_path / "hark.db")
    yield store
    store.close()
    monkeypatch.undo()
    system.tzset()


def here(text, machine):
    """Return a moment in Berlin as a zone tells it, or as the machine does: with the offset of that day only."""
    moment = datetime.fromisoformat(text).replace(tzinfo=BERLIN)
    return moment.astimezone(UTC).astimezone() if machine else moment


@pytest.mark.parametrize("machine", [False, True])
@pytest.mark.parametrize(
    ("first", "repeat", "rings"),
    [
        ("2027-03-27T02:30", ["daily"], ["27T02:30+0100", "28T03:30+0200", "29T02:30+0200", "30T02:30+0200"]),
        ("2027-03-21T02:30", ["sun"], ["21T02:30+0100", "28T03:30+0200", "04T02:30+0200", "11T02:30+0200"]),
        ("2027-03-27T07:00", ["daily"], ["27T07:00+0100", "28T07:00+0200", "29T07:00+0200", "30T07:00+0200"]),
        ("2027-10-30T02:30", ["daily"], ["30T02:30+0200", "31T02:30+0200", "01T02:30+0100", "02T02:30+0100"]),
        ("2027-10-30T07:00", ["daily"], ["30T07:00+0200", "31T07:00+0100", "01T07:00+0100", "02T07:00+0100"]),
    ],
)
async def test_an_alarm_rings_once_a_night_and_keeps_its_time(store, first, repeat, rings, machine):
    start = here(first, machine)
    await RingShelf(store, VirtualClock(start - timedelta(hours=1))).add("alarm", start, repeat=repeat)
    found = []
    for _ in rings:
        at = RingShelf(store, VirtualClock(start)).next_at()
        now = datetime.fromtimestamp(at.timestamp(), UTC).astimezone(None if machine else BERLIN)
        shelf = RingShelf(store, VirtualClock(now))
        found.append(now.strftime("%dT%H:%M%z"))
        assert [each.repeat for each in shelf.claim_due()] == [tuple(repeat)]
        assert shelf.claim_due() == []
    assert found == rings
