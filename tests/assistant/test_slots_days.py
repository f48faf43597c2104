"""Days as they are said; today is Monday, 23 November 2026."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.days import find_day
from assistant.words import split_words

TODAY = date(2026, 11, 23)


def day(text, today=TODAY):
    words = split_words(text)
    found = find_day(words, 0, today)
    return (found[0].isoformat(), len(words) - found[1]) if found else None


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("today", "2026-11-23"),
        ("today's", "2026-11-23"),
        ("tonight", "2026-11-23"),
        ("tomorrow", "2026-11-24"),
        ("tomorrow morning", "2026-11-24"),
        ("the day after tomorrow", "2026-11-25"),
        ("yesterday", "2026-11-22"),
        ("tuesday", "2026-11-24"),
        ("on Tuesday", "2026-11-24"),
        ("monday", "2026-11-23"),
        ("next Tuesday", "2026-12-01"),
        ("next monday", "2026-11-30"),
        ("this friday", "2026-11-27"),
        ("last friday", "2026-11-20"),
        ("friday evening", "2026-11-27"),
        ("this weekend", "2026-11-28"),
        ("next weekend", "2026-12-05"),
        ("December 25th", "2026-12-25"),
        ("December the 25th", "2026-12-25"),
        ("the 25th of December", "2026-12-25"),
        ("25 December 2027", "2027-12-25"),
        ("march tenth", "2027-03-10"),
        ("twenty third of may", "2027-05-23"),
        ("march 3rd twenty twenty eight", "2028-03-03"),
        ("november 23rd", "2026-11-23"),
        ("february 29th", "2028-02-29"),
        ("the 25th", "2026-11-25"),
        ("on the 3rd", "2026-12-03"),
        ("the thirty first", "2026-12-31"),
        ("in three days", "2026-11-26"),
        ("in a week", "2026-11-30"),
        ("two weeks from now", "2026-12-07"),
        ("three days from tomorrow", "2026-11-27"),
        ("a week from friday", "2026-12-04"),
        ("a month ago", "2026-10-23"),
        ("five years from now", "2031-11-23"),
        ("Christmas", "2026-12-25"),
        ("new year's eve", "2026-12-31"),
        ("halloween", "2027-10-31"),
        ("2026-12-24", "2026-12-24"),
        ("今天", "2026-11-23"),
        ("明天", "2026-11-24"),
        ("明晚", "2026-11-24"),
        ("大后天", "2026-11-26"),
        ("前天", "2026-11-21"),
        ("周二", "2026-11-24"),
        ("下周二", "2026-12-01"),
        ("下个星期五", "2026-12-04"),
        ("下下周五", "2026-12-11"),
        ("上周五", "2026-11-20"),
        ("这周五", "2026-11-27"),
        ("星期天", "2026-11-29"),
        ("礼拜三", "2026-11-25"),
        ("周末", "2026-11-28"),
        ("十二月三号", "2026-12-03"),
        ("12月25日", "2026-12-25"),
        ("三号", "2026-12-03"),
        ("二十五号", "2026-11-25"),
        ("下个月三号", "2026-12-03"),
        ("明年一月一号", "2027-01-01"),
        ("二零二七年五月一日", "2027-05-01"),
        ("国庆节", "2027-10-01"),
        ("三天后", "2026-11-26"),
        ("两周以后", "2026-12-07"),
        ("一个月后", "2026-12-23"),
        ("三天前", "2026-11-20"),
    ],
)
def test_a_day_is_read_to_its_end(text, iso):
    assert day(text) == (iso, 0)


@pytest.mark.parametrize(
    "text",
    ["february 30th", "the 32nd", "十三月三号", "in nine million days", "next", "the", "25", "三", "周", "in three", "may", "ten minutes"],
)
def test_what_is_no_day_or_does_not_exist(text):
    assert day(text) is None


def test_next_month_after_december_is_in_another_year():
    assert day("下个月三号", date(2026, 12, 10)) == ("2027-01-03", 0)


def test_a_month_on_from_its_last_day_is_the_last_of_a_shorter_one():
    assert day("in a month", date(2027, 1, 31)) == ("2027-02-28", 0)
    assert day("一个月后", date(2028, 1, 31)) == ("2028-02-29", 0)


@given(
    st.text(alphabet="下上这个周星期月号日年天后前一二三十 15inthenextdayofmaychristms'-", max_size=40),
    st.dates(date(1990, 1, 1), date(2100, 1, 1)),
)
def test_any_words_are_looked_at_without_a_fault(text, today):
    words = split_words(text)
    for at in range(len(words) + 1):
        found = find_day(words, at, today)
        assert found is None or at < found[1] <= len(words)


@given(st.dates(date(2026, 11, 23), date(2027, 11, 22)))
def test_any_date_said_in_full_is_that_date(wanted):
    assert day(f"{wanted.month}月{wanted.day}号") == (wanted.isoformat(), 0)
    assert day(wanted.isoformat()) == (wanted.isoformat(), 0)
    assert day(f"{wanted:%B} {wanted.day} {wanted.year}") == (wanted.isoformat(), 0)
