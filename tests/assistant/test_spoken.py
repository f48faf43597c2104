"""Values as they are spoken."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from assistant.spoken import spoken


@pytest.mark.parametrize(
    ("seconds", "en", "zh"),
    [
        (0, "0 seconds", "0秒"),
        (1, "1 second", "1秒"),
        (90, "1 minute 30 seconds", "1分钟30秒"),
        (600, "10 minutes", "10分钟"),
        (5400, "1 hour 30 minutes", "1小时30分钟"),
        (90_061, "1 day 1 hour", "1天1小时"),
    ],
)
def test_a_duration_is_said_by_its_two_largest_units(seconds, en, zh):
    assert spoken(timedelta(seconds=seconds), "en") == en
    assert spoken(timedelta(seconds=seconds), "zh") == zh


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        (time(0, 5), "12:05 am", "凌晨0点05分"),
        (time(12, 0), "12:00 pm", "中午12点整"),
        (time(20, 52, 31), "8:52 pm", "晚上8点52分"),
        (time(0, 15), "12:15 am", "凌晨0点15分"),
        (time(5, 59), "5:59 am", "凌晨5点59分"),
        (time(6, 0), "6:00 am", "上午6点整"),
        (time(12, 30), "12:30 pm", "中午12点30分"),
        (time(13, 0), "1:00 pm", "下午1点整"),
        (time(17, 59), "5:59 pm", "下午5点59分"),
        (time(18, 0), "6:00 pm", "晚上6点整"),
        (time(23, 59), "11:59 pm", "晚上11点59分"),
        (date(2026, 11, 24), "Tuesday, November 24", "11月24日星期二"),
        (datetime(2027, 1, 3, 7, 30, tzinfo=UTC), "Sunday, January 3, 7:30 am", "1月3日星期日上午7点30分"),
        (1_234_567, "1,234,567", "1,234,567"),
        (2.5, "2.5", "2.5"),
        (-100.0, "-100", "-100"),
        (1 / 3, "0.333", "0.333"),
        ([], "", ""),
        (["tea"], "tea", "tea"),
        (["tea", "rice"], "tea and rice", "tea和rice"),
        (["a", "b", "c"], "a, b, and c", "a、b和c"),
    ],
)
def test_a_value_is_said_as_people_say_it(value, en, zh):
    assert spoken(value, "en") == en
    assert spoken(value, "zh") == zh
