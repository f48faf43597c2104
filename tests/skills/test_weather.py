"""The weather: what is asked is what is told, for the place and the hours that were meant, and how far a forecast goes."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant import wire
from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import weather
from skills.weather.forecast import DAYS, FORECAST
from skills.weather.places import GEOCODING
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning
from tests.skills.web import WebContext, standing_in

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday."""

LEEDS = {
    "results": [
        {"id": 2644688, "name": "Leeds", "latitude": 53.79648, "longitude": -1.54785, "elevation": 47.0, "feature_code": "PPL",
         "country_code": "GB", "timezone": "Europe/London", "population": 455123, "country": "United Kingdom", "admin1": "England"}
    ],
    "generationtime_ms": 0.6,
}  # fmt: skip
PARIS = {
    "results": [
        {"name": "Paris", "latitude": 48.85, "longitude": 2.35, "country": "France", "admin1": "Île-de-France"},
        {"name": "Paris", "latitude": 33.66, "longitude": -95.55, "country": "United States", "admin1": "Texas"},
    ]
}


def forecast(**days):
    """Return an answer as Open-Meteo gives it: dry, 4 to 9 degrees and grey, but for what is said of a day by its number."""
    times = [datetime(2026, 11, 23) + timedelta(hours=hour) for hour in range(24 * DAYS)]  # noqa: DTZ001 -- Open-Meteo's are without a zone
    values = {"temperature_2m": 6.2, "precipitation_probability": 5, "precipitation": 0.0, "snowfall": 0.0, "weather_code": 3,
              "wind_speed_10m": 12.0, "wind_gusts_10m": 18.0, "sunshine_duration": 0.0}  # fmt: skip
    hourly = {name: [value] * len(times) for name, value in values.items()}
    hourly["temperature_2m"] = [9.4 if 11 <= at.hour < 17 else 4.1 for at in times]
    for number, changes in days.items():
        for name, value in changes.items():
            for hour in range(changes.get("first", 0), 24):
                if name != "first":
                    hourly[name][int(number[1:]) * 24 + hour] = value
    current = {"time": "2026-11-23T15:00", "interval": 900, "temperature_2m": 8.6, "apparent_temperature": 4.1, "weather_code": 3,
               "wind_speed_10m": 14.0}  # fmt: skip
    hourly["time"] = [at.isoformat(timespec="minutes") for at in times]
    return {"latitude": 53.8, "longitude": -1.55, "timezone": "Europe/London", "current": current, "hourly": hourly}


def context(language="en", heard="", place="Leeds", found=LEEDS, units="metric", **days):
    web = {GEOCODING: json.dumps(found), FORECAST: json.dumps(forecast(**days))}
    settings = {"units": units} | ({"place": place} if place else {})
    return FakeContext(language, now=NOW, heard=heard, web=web, settings=settings)


async def said(ctx, **slots):
    return (await weather.report(ctx, **slots)).text(ctx.language)


TOMORROW = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("what's the weather like", {}),
        ("what's the weather in Leeds tomorrow", {"place": "Leeds", "date": "2026-11-24"}),
        ("will it rain in Leeds tomorrow", {"place": "Leeds", "date": "2026-11-24", "aspect": "rain"}),
        ("will it rain tomorrow in new york", {"place": "new york", "date": "2026-11-24", "aspect": "rain"}),
        ("do I need an umbrella today", {"date": "2026-11-23", "aspect": "rain"}),
        ("how cold is it outside", {"aspect": "temperature"}),
        ("what's the temperature in Dubai", {"place": "Dubai", "aspect": "temperature"}),
        ("is it going to be windy this weekend", {"date": "2026-11-28", "aspect": "wind"}),
        ("will it snow on Friday", {"date": "2026-11-27", "aspect": "snow"}),
        ("is the sun out", {"aspect": "sun"}),
        ("will it be raining in Hamburg tomorrow at 8 am", {"place": "Hamburg", "moment": "2026-11-24T08:00", "aspect": "rain"}),
        ("明天北京会下雨吗", {"place": "北京", "date": "2026-11-24", "aspect": "rain"}),
        ("天气怎么样", {}),
        ("上海的天气", {"place": "上海"}),
        ("今天多少度", {"date": "2026-11-23", "aspect": "temperature"}),
        ("要带伞吗", {"aspect": "rain"}),
        ("周末风大吗", {"date": "2026-11-28", "aspect": "wind"}),
        ("呼和浩特下雪没", {"place": "呼和浩特", "aspect": "snow"}),
    ],
)
def test_what_people_say(text, slots):
    assert meaning(text) == ("weather.report", slots)


@pytest.mark.parametrize(
    "text", ["what's the temperature in the bedroom", "how cold is it in the garage", "空调太冷了", "客厅现在多少度", "太热了"]
)
def test_rooms_have_no_weather(text):
    assert meaning(text) is None or meaning(text)[0] != "weather.report"


@pytest.mark.parametrize("row", held_out("weather"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_told(row):
    answer = await run(row, context(row["language"], heard=row["text"]))
    assert not isinstance(answer, CannotDo | Question)


async def test_now_is_told_with_the_rest_of_the_day():
    assert await said(context()) == ("In Leeds it's 9 degrees and overcast, feels like 4. Later today: overcast, 4 to 9 degrees, dry.")
    assert await said(context("zh")) == "Leeds现在9度，阴，体感4度。今天接下来阴，4到9度，不下雨。"


async def test_a_day_is_told_in_a_sentence():
    wet = {"weather_code": 63, "precipitation_probability": 80, "precipitation": 1.2}
    assert await said(context(d1=wet), date=TOMORROW) == "Tomorrow in Leeds: rain, 4 to 9 degrees, 80 percent chance of rain."
    assert await said(context("zh", d1=wet), date=TOMORROW) == "Leeds明天：中雨，4到9度，下雨的可能80%。"


@pytest.mark.parametrize(
    ("chance", "answer"),
    [
        (5, "Tomorrow in Leeds: no, it should stay dry: 5 percent chance of rain."),
        (35, "Tomorrow in Leeds: perhaps, the chance of rain is 35 percent."),
        (80, "Tomorrow in Leeds: yes, rain is likely: 80 percent, from about 2:00 pm."),
    ],
)
async def test_rain_is_answered_with_how_likely_and_from_when(chance, answer):
    assert await said(context(d1={"precipitation_probability": chance, "first": 14}), date=TOMORROW, aspect="rain") == answer


async def test_each_aspect_is_answered_by_itself():
    day = {"wind_speed_10m": 45.0, "wind_gusts_10m": 70.0, "snowfall": 0.25, "sunshine_duration": 3000.0, "temperature_2m": -3.2}
    ctx = context(d1=day)
    assert await said(ctx, date=TOMORROW, aspect="temperature") == "Tomorrow in Leeds: minus 3 degrees."
    assert await said(ctx, date=TOMORROW, aspect="wind") == "Tomorrow in Leeds: windy: up to 45 kilometres an hour, gusts of 70."
    assert await said(ctx, date=TOMORROW, aspect="snow") == "Tomorrow in Leeds: yes, about 6 centimetres of snow."
    assert await said(ctx, date=TOMORROW, aspect="sun") == "Tomorrow in Leeds: mostly sunny, about 20 hours of it."
    assert await said(context(), date=TOMORROW, aspect="snow") == "Tomorrow in Leeds: no snow."
    assert await said(context("zh", d1=day), date=TOMORROW, aspect="temperature") == "Leeds明天：零下3度。"
    assert await said(context("zh"), aspect="temperature") == "Leeds现在9度，体感4度。今天接下来4到9度。"


async def test_an_hour_is_told_by_itself():
    ctx = context(d1={"precipitation_probability": 90, "weather_code": 61, "first": 17})
    assert await said(ctx, moment=datetime(2026, 11, 24, 16, 30, tzinfo=UTC), aspect="rain") == (
        "At 4:30 pm tomorrow in Leeds: no, it should stay dry: 5 percent chance of rain."
    )
    assert (await said(ctx, moment=datetime(2026, 11, 24, 17, 0, tzinfo=UTC))).startswith("At 5:00 pm tomorrow in Leeds: light rain")


async def test_a_part_of_a_day_has_its_own_weather():
    evening = {"precipitation_probability": 90, "first": 18}
    assert (await said(context(heard="will it rain tonight", d0=evening), date=NOW.date(), aspect="rain")).startswith(
        "Tonight in Leeds: yes"
    )
    assert (await said(context(heard="rain tomorrow morning", d1=evening), date=TOMORROW, aspect="rain")).startswith(
        "Tomorrow morning in Leeds: no"
    )
    assert (await said(context("zh", heard="今晚会下雨吗", d0=evening), date=NOW.date(), aspect="rain")).startswith("Leeds今天晚上：会下雨")


async def test_a_weekend_is_two_days():
    ctx = context(heard="will it rain this weekend", d6={"precipitation_probability": 70})
    assert await said(ctx, date=date(2026, 11, 28), aspect="rain") == (
        "In Leeds. Saturday: No, it should stay dry: 5 percent chance of rain. Sunday: Yes, rain is likely: 70 percent."
    )
    assert (await said(context("zh", heard="周末天气"), date=date(2026, 11, 28))).count("星期") == 2


async def test_a_week_is_its_next_days():
    assert (await said(context(heard="what's the weather this week"), date=NOW.date())).count("degrees") == 5


@pytest.mark.parametrize(
    ("day", "words"), [(date(2026, 12, 25), "too far ahead"), (date(2030, 8, 1), "too far ahead"), (date(2026, 11, 22), "weather to come")]
)
async def test_a_day_that_no_forecast_has_is_said_so_without_asking_anybody(day, words):
    ctx = context()
    with pytest.raises(CannotDo, match=words):
        await weather.report(ctx, date=day)
    assert ctx.fetched == []


async def test_the_last_days_that_are_not_forecast_yet_are_out_of_range():
    empty = {"temperature_2m": None}
    with pytest.raises(CannotDo, match="up to Monday, December 7"):
        await weather.report(context(d15=empty), date=date(2026, 12, 8))


@pytest.mark.parametrize("place", ["", "here", "outside", "外面"])
async def test_where_the_user_lives_is_asked_for_until_it_is_set(place):
    question = await weather.report(context(place=None), place=place)
    assert question.slot == "place"
    assert question.zh


async def test_where_the_user_lives_is_kept_once_it_was_answered_and_can_be_taken_back():
    ctx = context(place=None, heard="will it rain")
    await weather.report(ctx)
    web, ctx.web = ctx.web, {}
    with pytest.raises(CannotDo):
        await weather.report(ctx, place="Leeds", aspect="rain")
    ctx.web = web
    reply = await weather.report(ctx, place="Leeds", aspect="rain")
    assert (await weather.report(ctx)).en.startswith("In Leeds")
    await take_back(ctx, reply.undo)
    assert isinstance(await weather.report(ctx), Question)


async def test_another_question_is_no_answer():
    ctx = context(place=None, heard="what's the weather")
    await weather.report(ctx)
    ctx.heard = "what's the weather in Paris"
    assert (await weather.report(ctx, place="Paris")).undo is None
    assert isinstance(await weather.report(ctx), Question)
    ctx.now += timedelta(minutes=5)
    ctx.heard = "Paris"
    assert (await weather.report(ctx, place="Paris")).undo is None


async def test_a_place_is_looked_up_once():
    ctx = context(place=None)
    await weather.report(ctx, place="leeds")
    await weather.report(ctx, place="Leeds", date=TOMORROW)
    assert [url for url, _ in ctx.fetched] == [GEOCODING, FORECAST, FORECAST]


@pytest.mark.parametrize(("place", "latitude"), [("Paris", 48.85), ("Paris, Texas", 33.66), ("paris france", 48.85)])
async def test_the_country_tells_places_of_one_name_apart(place, latitude):
    ctx = context(found=PARIS)
    await weather.report(ctx, place=place)
    assert ctx.fetched[-1][1]["latitude"] == latitude


async def test_a_place_that_nobody_knows_is_named():
    with pytest.raises(CannotDo, match="called Nowhereville") as caught:
        await weather.report(context(found={"generationtime_ms": 0.4}), place="Nowhereville")
    assert "Nowhereville" in caught.value.zh


async def test_american_units_are_asked_for():
    ctx = context(units="us")
    await weather.report(ctx, aspect="wind")
    assert ctx.fetched[-1][1]["temperature_unit"] == "fahrenheit"
    assert "miles an hour" in await said(ctx, date=TOMORROW, aspect="wind")


async def test_it_works_over_a_real_connection():
    with standing_in(**{"v1/search": LEEDS, "v1/forecast": forecast()}) as web:
        assert await said(WebContext(web, now=NOW), place="Leeds", date=TOMORROW) == "Tomorrow in Leeds: overcast, 4 to 9 degrees, dry."
    assert web.asked[0][1]["name"] == "Leeds"
    assert web.asked[1][1]["forecast_days"] == "16"


@pytest.mark.parametrize("answer", ["", "<html>", "[]", "{}", b"\xff\xfe\x00", {"hourly": {"time": []}}, 500, 302, 404])
async def test_what_is_no_forecast_is_said_so(answer):
    with standing_in(**{"v1/search": LEEDS, "v1/forecast": answer}) as web:
        with pytest.raises(CannotDo):
            await weather.report(WebContext(web, now=NOW), place="Leeds")


@pytest.mark.parametrize("break_it", [lambda all_: all_["hourly"]["time"].pop(), lambda all_: all_["current"].update(time="soon"),
                                      lambda all_: all_["hourly"].update(temperature_2m=[None] * 384)])  # fmt: skip
async def test_a_forecast_that_does_not_fit_together_is_said_so(break_it):
    answer = forecast()
    break_it(answer)
    with standing_in(**{"v1/search": LEEDS, "v1/forecast": answer}) as web:
        with pytest.raises(CannotDo, match="can't read"):
            await weather.report(WebContext(web, now=NOW), place="Leeds")


async def test_a_service_that_is_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.2)
    with standing_in(**{"v1/search": "silence"}) as web:
        with pytest.raises(CannotDo, match="did not answer"):
            await weather.report(WebContext(web, now=NOW), place="Leeds")
