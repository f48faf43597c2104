"""The time and the date, here and elsewhere."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from assistant.skill import CannotDo
from assistant.testing import MORNING, FakeContext
from skills import clock
from tests.skills.understood import meaning

AFTERNOON = datetime(2026, 11, 24, 15, 42, tzinfo=ZoneInfo("Europe/London"))


def at(now, language="en"):
    return FakeContext(language, now)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("what time is it", {}),
        ("What's the time?", {}),
        ("hey jarvis, could you tell me what time it is please", {}),
        ("do you have the time", {}),
        ("time please", {}),
        ("what's the time in New York", {"place": "New York"}),
        ("what time is it in tokyo right now", {"place": "tokyo"}),
        ("tell me the current time in the UK", {"place": "UK"}),
        ("现在几点", {}),
        ("几点了？", {}),
        ("请问现在几点了", {}),
        ("现在是什么时间", {}),
        ("东京现在几点", {"place": "东京"}),
        ("现在纽约几点了", {"place": "纽约"}),
        ("北京时间", {"place": "北京"}),
    ],
)
def test_asking_the_time(text, slots):
    assert meaning(text) == ("clock.time", slots)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("what's the date", {}),
        ("what day is it", {}),
        ("what year is it", {}),
        ("what's today's date", {"day": "2026-11-23"}),
        ("what's the date next friday", {"day": "2026-12-04"}),
        ("what day of the week is march tenth", {"day": "2027-03-10"}),
        ("what day is christmas", {"day": "2026-12-25"}),
        ("what day will it be in three weeks", {"day": "2026-12-14"}),
        ("今天星期几", {"day": "2026-11-23"}),
        ("明天是几号", {"day": "2026-11-24"}),
        ("下周五几号", {"day": "2026-12-04"}),
        ("现在是几月几号", {}),
        ("东京今天几号", {"place": "东京", "day": "2026-11-23"}),
    ],
)
def test_asking_the_date(text, slots):
    assert meaning(text) == ("clock.date", slots)


@pytest.mark.parametrize("text", ["what time does the train leave", "明天几点下班", "what's up with the time machine"])
def test_other_questions_with_time_in_them_are_not_for_the_clock(text):
    assert meaning(text) is None or meaning(text)[0] not in {"clock.time", "clock.date"}


async def test_the_time_is_told_as_people_say_it():
    assert (await clock.time(at(AFTERNOON))).en == "It's 3:42 pm."
    assert (await clock.time(at(AFTERNOON, "zh"))).zh == "现在下午3点42分。"


async def test_the_time_elsewhere_names_the_day_when_it_is_another():
    assert (await clock.time(at(AFTERNOON), place="paris")).en == "It's 4:42 pm in Paris."
    assert (await clock.time(at(AFTERNOON), place="tokyo")).en == "It's Wednesday, November 25, 12:42 am in Tokyo."
    assert (await clock.time(at(AFTERNOON, "zh"), place="东京")).zh.startswith("东京现在是11月25日星期三")


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("New York", "America/New_York"),
        ("new york city", "America/New_York"),
        ("beijing", "Asia/Shanghai"),
        ("北京", "Asia/Shanghai"),
        ("旧金山", "America/Los_Angeles"),
        ("san francisco, california", "America/Los_Angeles"),
        ("paris france", "Europe/Paris"),
        ("Phoenix AZ", "America/Phoenix"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("the UK", "Europe/London"),
        ("England", "Europe/London"),
        ("英国", "Europe/London"),
        ("China", "Asia/Shanghai"),
        ("Spain", "Europe/Madrid"),
        ("New Zealand", "Pacific/Auckland"),
        ("Germany", "Europe/Berlin"),
        ("日本", "Asia/Tokyo"),
        ("Vietnam", "Asia/Ho_Chi_Minh"),
        ("UTC", "UTC"),
        ("Hawaii", "Pacific/Honolulu"),
        ("Mumbai", "Asia/Kolkata"),
        ("eastern time", "America/New_York"),
    ],
)
def test_a_place_is_found_by_its_name_in_either_language(name, zone):
    found = clock.find_place(name, MORNING)
    assert MORNING.astimezone(ZoneInfo(found.zone)).utcoffset() == MORNING.astimezone(ZoneInfo(zone)).utcoffset()
    assert found.en
    assert found.zh


@pytest.mark.parametrize("name", ["the United States", "usa", "Canada", "Australia", "巴西", "Russia", "印度尼西亚", "Greenland"])
def test_a_country_of_several_zones_asks_for_a_city_it_knows(name):
    with pytest.raises(CannotDo, match="several time zones") as caught:
        clock.find_place(name, MORNING)
    city = caught.value.en.rpartition("such as ")[2].rstrip(".").split(" or ")[0]
    assert clock.find_place(city, MORNING).zone


def test_every_place_has_a_zone_that_exists():
    for place in clock.cities().values():
        assert MORNING.astimezone(ZoneInfo(place.zone))


def test_an_unknown_place_is_told_with_one_that_sounds_like_it():
    with pytest.raises(CannotDo, match="Do you mean Seattle"):
        clock.find_place("seatle", MORNING)
    with pytest.raises(CannotDo, match="big city") as caught:
        clock.find_place("Gondor", MORNING)
    assert "大城市" in caught.value.zh


async def test_the_date_is_told_with_its_year():
    assert (await clock.date_(at(AFTERNOON))).en == "It's Tuesday, November 24, 2026."
    assert (await clock.date_(at(AFTERNOON, "zh"))).zh == "今天是2026年11月24日星期二。"


@pytest.mark.parametrize(
    ("day", "en"),
    [
        (date(2026, 11, 24), "It's Tuesday, November 24, 2026."),
        (date(2026, 11, 25), "Tomorrow is Wednesday, November 25."),
        (date(2026, 11, 23), "Yesterday was Monday, November 23."),
        (date(2026, 12, 4), "That's Friday, December 4, 10 days from now."),
        (date(2027, 3, 10), "That's Wednesday, March 10, 2027, 106 days from now."),
        (date(2026, 11, 20), "That was Friday, November 20, 4 days ago."),
    ],
)
async def test_another_day_is_told_as_seen_from_today(day, en):
    assert (await clock.date_(at(AFTERNOON), day=day)).en == en


async def test_the_date_elsewhere_is_that_of_its_own_clock():
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert (await clock.date_(at(late), place="Tokyo")).en == "It's Wednesday, November 25, 2026 in Tokyo."
    assert (await clock.date_(at(late), day=date(2026, 11, 24), place="Tokyo")).en == "It's Wednesday, November 25, 2026 in Tokyo."
