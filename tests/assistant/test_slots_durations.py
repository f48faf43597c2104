"""Durations as they are said."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.durations import find_duration, find_durations, from_iso, to_iso
from assistant.words import split_words


def duration(text):
    words = split_words(text)
    found = find_duration(words, 0)
    return (to_iso(found[0]), len(words) - found[1]) if found else None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("ten minutes", "PT10M"),
        ("a minute", "PT1M"),
        ("ninety seconds", "PT1M30S"),
        ("half an hour", "PT30M"),
        ("half hour", "PT30M"),
        ("a half hour", "PT30M"),
        ("quarter of an hour", "PT15M"),
        ("three quarters of an hour", "PT45M"),
        ("an hour and a half", "PT1H30M"),
        ("one and a half hours", "PT1H30M"),
        ("two and a half minutes", "PT2M30S"),
        ("an hour and a quarter", "PT1H15M"),
        ("one hour and fifteen minutes", "PT1H15M"),
        ("one hour fifteen", "PT1H15M"),
        ("two minutes thirty", "PT2M30S"),
        ("1 hour 5 minutes 30 seconds", "PT1H5M30S"),
        ("5m30s", "PT5M30S"),
        ("1h30", "PT1H30M"),
        ("1:30:00", "PT1H30M"),
        ("5-minute", "PT5M"),
        ("about ten minutes", "PT10M"),
        ("ten minutes or so", "PT10M"),
        ("a couple of minutes", "PT2M"),
        ("five more minutes", "PT5M"),
        ("two whole hours", "PT2H"),
        ("1.5 hours", "PT1H30M"),
        ("a day", "P1D"),
        ("two weeks", "P14D"),
        ("a year", "P365D"),
        ("zero minutes", "PT0S"),
        ("minus five minutes", "-PT5M"),
        ("十分钟", "PT10M"),
        ("10分钟", "PT10M"),
        ("半小时", "PT30M"),
        ("半个小时", "PT30M"),
        ("一个半小时", "PT1H30M"),
        ("1个半小时", "PT1H30M"),
        ("两个钟头", "PT2H"),
        ("一刻钟", "PT15M"),
        ("三刻钟", "PT45M"),
        ("一分半", "PT1M30S"),
        ("一分半钟", "PT1M30S"),
        ("两分三十秒", "PT2M30S"),
        ("两分三十", "PT2M30S"),
        ("一个小时零五分", "PT1H5M"),
        ("一小时二十分钟", "PT1H20M"),
        ("大概十分钟", "PT10M"),
        ("十分钟左右", "PT10M"),
        ("十来分钟", "PT10M"),
        ("两三分钟", "PT3M"),
        ("九十秒", "PT1M30S"),
        ("一天半", "P1DT12H"),
        ("两年", "P730D"),
    ],
)
def test_a_duration_is_read_to_its_end(text, iso):
    assert duration(text) == (iso, 0)


@pytest.mark.parametrize(
    ("text", "iso", "rest"),
    [
        ("ten minutes for tea", "PT10M", 2),
        ("ten minutes and tell me a joke", "PT10M", 5),
        ("ten minutes ten hours", "PT10M", 2),
        ("十分钟的计时器", "PT10M", 4),
        ("a day and a cat", "P1D", 3),
        ("ten minute one", "PT10M", 1),
        ("十分钟一个", "PT10M", 2),
    ],
)
def test_a_duration_ends_where_another_thing_begins(text, iso, rest):
    assert duration(text) == (iso, rest)


@pytest.mark.parametrize("text", ["ten", "minutes", "a tea", "half", "十", "分钟", "an", "10:30", "about", "大概", "two thousand years"])
def test_what_is_no_duration(text):
    assert duration(text) is None


def test_a_number_after_an_hour_may_be_of_something_else():
    assert [end for _, end in find_durations(split_words("one hour two eggs"), 0)] == [3, 2]


@given(st.integers(-10_000_000, 10_000_000))
def test_a_duration_survives_being_written(seconds):
    assert from_iso(to_iso(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["10M", "", "P1X", "PT5", "PTM", "ten"])
def test_what_is_no_written_duration_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        from_iso(text)


@given(st.text(alphabet="十两半个小时分钟秒零又 1.5:andahalfhourminutestwo-左右", max_size=40), st.integers(0, 5))
def test_any_words_are_looked_at_without_a_fault(text, at):
    words = split_words(text)
    for _, end in find_durations(words, at):
        assert at < end <= len(words)
