"""When something repeated comes again: on which days, and at the same time on the wall."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant.recurrence import CHINESE_WORKDAY, is_on, local, moment_at

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("clock", "day", "repeat", "expected"),
    [
        (time(10), None, (), "2026-11-23T10:00"),
        (time(9, 30), None, (), "2026-11-24T09:30"),
        (time(8), date(2026, 11, 25), (), "2026-11-25T08:00"),
        (time(8), None, ("mon",), "2026-11-30T08:00"),
        (time(10), None, ("mon",), "2026-11-23T10:00"),
        (time(8), date(2026, 11, 28), ("workday",), "2026-11-30T08:00"),
        (time(8), date(2026, 11, 1), ("daily",), "2026-11-24T08:00"),
        (time(8), None, ("sat", "sun"), "2026-11-28T08:00"),
    ],
)
def test_the_next_moment_at_a_time(clock, day, repeat, expected):
    assert moment_at(clock, MONDAY, day, repeat) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_a_time_that_has_passed_on_its_day_has_no_moment():
    assert moment_at(time(8), MONDAY, MONDAY.date()) is None


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 1), False),
        (date(2025, 9, 28), True),
        (date(2025, 10, 11), True),
        (date(2025, 10, 12), False),
        (date(2025, 10, 9), True),
    ],
)
def test_in_china_a_workday_keeps_to_the_holidays_and_the_days_worked_for_them(day, works):
    assert is_on(day, (CHINESE_WORKDAY,)) == works
    assert is_on(day, ("workday",)) == (day.weekday() < 5)


def test_a_year_whose_holidays_are_not_known_has_its_weekends():
    assert is_on(date(2055, 1, 1), (CHINESE_WORKDAY,)) == (date(2055, 1, 1).weekday() < 5)


def test_the_time_on_the_wall_stays_when_summer_time_begins():
    berlin = ZoneInfo("Europe/Berlin")
    saturday = datetime(2027, 3, 27, 7, 0, tzinfo=berlin)
    sunday = moment_at(time(7), saturday, repeat=("daily",))
    assert (sunday.hour, sunday.astimezone(UTC) - saturday.astimezone(UTC)) == (7, timedelta(hours=23))


def test_the_time_on_the_wall_stays_when_the_machine_tells_only_todays_offset(monkeypatch):
    import time as clock  # noqa: PLC0415 -- only this test sets the zone of the machine

    monkeypatch.setenv("TZ", "Europe/Berlin")
    clock.tzset()
    try:
        saturday = datetime(2027, 3, 27, 6, 0, tzinfo=UTC).astimezone()
        sunday = moment_at(time(7), saturday, repeat=("daily",))
        assert (sunday.hour, sunday - saturday) == (7, timedelta(hours=23))
        assert local(sunday.timestamp(), saturday).hour == 7
    finally:
        monkeypatch.undo()
        clock.tzset()
