"""Values as they are spoken."""

from datetime import timedelta

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
