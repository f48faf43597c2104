"""The weather: now, at an hour, on a day or a weekend, here or elsewhere, from Open-Meteo (which asks for no account)."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from assistant.skill import CannotDo, Context, Moment, Question, Reply, action, inverse, phrase
from skills.weather.forecast import DAYS, Forecast, Span, fetch_forecast
from skills.weather.home import Home
from skills.weather.places import find_places, find_spot, is_here
from skills.weather.telling import Told, degrees, is_so, pointed, signed, sky
from skills.weather.wording import RULES, SENTENCES

Place = Annotated[str, phrase("place", find_places, en=["Leeds", "New York"], zh=["北京", "纽约"], is_sure=False)]
Aspect = Literal["rain", "temperature", "wind", "snow", "sun"]

WEEKEND = re.compile(r"week\s?end|周末|双休日", re.IGNORECASE)
WEEK = re.compile(
    r"\b(this|the|all|rest of the|seven day|7 day|ten day|10 day|coming|next)\s+week\b|next few days|coming days|"
    r"(seven|ten|five|7|10|5) day|"
    r"(这|本|一|下)(个)?(周|星期|礼拜)(?![一二三四五六日天末])|这几天|未来几天|接下来几天|[七5七10]天",
    re.IGNORECASE,
)
PARTS = (
    (re.compile(r"\bmorning\b|早上|早晨|上午|明早|今早|清晨", re.IGNORECASE), 6, 12, "morning", "上午"),
    (re.compile(r"\bafternoon\b|下午|午后", re.IGNORECASE), 12, 18, "afternoon", "下午"),
    (re.compile(r"\b(evening|tonight|night|overnight)\b|晚上|今晚|明晚|傍晚|夜里|夜间|半夜", re.IGNORECASE), 18, 30, "evening", "晚上"),
)
"""Parts of a day, with the hours they have; the night goes on until six."""

WEEK_TOLD = 5  # days; nobody remembers more


@action(
    en=SENTENCES["en"],
    zh=SENTENCES["zh"],
    rules=RULES,
    decides=True,
)
async def report(
    ctx: Context, place: Place = "", date: date | None = None, moment: Moment | None = None, aspect: Aspect | None = None
) -> Reply | Question:
    """Tell the weather forecast: all of it, or whether it rains or snows, how warm, windy or sunny it is.

    Args:
        place: A town or region; absent means where the user lives.
        date: The day; absent means now.
        moment: A day with a clock time.
        aspect: The one thing that was asked about.
    """
    home = Home(ctx)
    is_answer = await home.is_answer(place)
    if is_here(place):
        place = str(ctx.settings.get("place", "")).strip() or await home.name()
    if not place:
        await home.ask()
        return Question(
            en="For which place? I'll keep it for next time.",
            zh="哪里的天气？我会记住，下次就不问了。",
            slot="place",
        )
    asked = moment.date() if isinstance(moment, datetime) else moment or date
    check_range(ctx, asked)
    is_american = str(ctx.settings.get("units", "metric")).lower() in {"us", "imperial", "fahrenheit"}
    forecast = await fetch_forecast(ctx, await find_spot(ctx, place), is_american=is_american)
    told = answer(ctx, forecast, date, moment, aspect, is_american=is_american)
    return replace(told, undo=forget_home(home_id=await home.keep(place))) if is_answer else told


@inverse
async def forget_home(ctx: Context, home_id: int) -> None:
    """Take back where the user lives."""
    await ctx.records("weather.home").remove(home_id)


def answer(ctx: Context, forecast: Forecast, date: date | None, moment: Moment | None, aspect: str | None, *, is_american: bool) -> Reply:
    """Return what was asked of a forecast."""
    asked = moment.date() if isinstance(moment, datetime) else moment or date
    if isinstance(moment, datetime) and (hour := forecast.hour(moment)):
        span, at = Span([hour]), ctx.say(moment.time())
        day_en, day_zh = day_name(ctx, forecast, moment.date())
        return pointedly(ctx, (f"at {at} {day_en}", f"{day_zh}{at}"), forecast, aspect, span, is_american=is_american)
    if asked is None:
        return now(ctx, forecast, aspect, is_american=is_american)
    if WEEKEND.search(ctx.heard) or WEEK.search(ctx.heard):
        return several(ctx, forecast, asked, aspect, is_american=is_american)
    return one_day(ctx, forecast, asked, aspect, is_american=is_american)


def check_range(ctx: Context, asked: date | None) -> None:
    """Raise CannotDo for a day that no forecast has."""
    today = ctx.now.date()
    if asked is not None and asked < today:
        raise CannotDo(en="I only know the weather to come, not what it was.", zh="我只知道以后的天气，不知道过去的。")
    if asked is not None and asked >= today + timedelta(days=DAYS):
        raise out_of_range(ctx, today + timedelta(days=DAYS - 1))


def out_of_range(ctx: Context, last: date) -> CannotDo:
    """Return how far the forecast goes."""
    said = ctx.say(last)
    return CannotDo(en=f"That is too far ahead. The forecast goes up to {said}.", zh=f"太远了，预报只到{said}。")


def pointedly(ctx: Context, when: Told, forecast: Forecast, aspect: str | None, span: Span, *, is_american: bool) -> Reply:
    """Return a reply: when, where, and what."""
    told = pointed(ctx, aspect, span, is_american=is_american)
    en = f"{when[0]} in {forecast.spot.name}: {told[0][:1].lower() + told[0][1:]}."
    holds = is_so(aspect, span, is_american=is_american)
    return Reply(en=en[:1].upper() + en[1:], zh=f"{forecast.spot.name}{when[1]}：{told[1]}。", holds=holds)


def day_name(ctx: Context, forecast: Forecast, day: date) -> Told:
    """Return a day as it is called today, there."""
    apart = (day - forecast.now.date()).days
    if apart in {0, 1}:
        return ("today", "今天") if apart == 0 else ("tomorrow", "明天")
    return f"on {ctx.say(day)}", ctx.say(day)


def now(ctx: Context, forecast: Forecast, aspect: str | None, *, is_american: bool) -> Reply:
    """Tell how it is, and how the rest of the day will be."""
    span = forecast.day(forecast.now.date())
    if span is None:
        raise out_of_range(ctx, forecast.now.date())
    warm, felt = (round(value) for value in (forecast.current.temperature_2m, forecast.current.apparent_temperature))
    name, (sky_en, sky_zh) = forecast.spot.name, sky(forecast.current.weather_code)
    if aspect not in {None, "temperature"}:
        return pointedly(ctx, ("today", "今天"), forecast, aspect, span, is_american=is_american)
    (warm_en, warm_zh), (felt_en, felt_zh), (later_en, later_zh) = signed(warm), signed(felt), degrees(span)
    felt_en, felt_zh = (f", feels like {felt_en}", f"，体感{felt_zh}度") if abs(felt - warm) > 2 else ("", "")
    if aspect == "temperature":
        return Reply(
            en=f"It's {warm_en} degrees in {name}{felt_en}. Later today {later_en}.",
            zh=f"{name}现在{warm_zh}度{felt_zh}。今天接下来{later_zh}。",
        )
    all_en, all_zh = pointed(ctx, None, span, is_american=is_american)
    return Reply(
        en=f"In {name} it's {warm_en} degrees and {sky_en}{felt_en}. Later today: {all_en}.",
        zh=f"{name}现在{warm_zh}度，{sky_zh}{felt_zh}。今天接下来{all_zh}。",
    )


def one_day(ctx: Context, forecast: Forecast, asked: date, aspect: str | None, *, is_american: bool) -> Reply:
    """Tell how a day will be, or the part of it that was named."""
    asked = forecast.now.date() if asked == ctx.now.date() else asked
    name_en, name_zh = day_name(ctx, forecast, asked)
    for words, first, last, part_en, part_zh in PARTS:
        if words.search(ctx.heard) and (span := forecast.day(asked, first, last)):
            when = ("tonight" if part_en == "evening" else f"this {part_en}") if name_en == "today" else f"{name_en} {part_en}"
            return pointedly(ctx, (when, f"{name_zh}{part_zh}"), forecast, aspect, span, is_american=is_american)
    span = forecast.day(asked)
    if span is None:
        raise out_of_range(ctx, forecast.hours[-1].at.date())
    return pointedly(ctx, (name_en, name_zh), forecast, aspect, span, is_american=is_american)


def several(ctx: Context, forecast: Forecast, first: date, aspect: str | None, *, is_american: bool) -> Reply:
    """Tell how each day of a weekend or a week will be."""
    is_weekend = WEEKEND.search(ctx.heard) is not None
    first = max(first, forecast.now.date())
    count = max(1, 7 - first.weekday()) if is_weekend else WEEK_TOLD
    days = [first + timedelta(days=number) for number in range(min(count, 2) if is_weekend else count)]
    spans = {day: span for day in days if (span := forecast.day(day))}
    told = [(day, pointed(ctx, aspect, span, is_american=is_american)) for day, span in spans.items()]
    if not told:
        raise out_of_range(ctx, forecast.hours[-1].at.date())
    en = ". ".join(f"{day_name(ctx, forecast, day)[0].removeprefix('on ').split(',')[0].capitalize()}: {said[0]}" for day, said in told)
    zh = "。".join(f"{day_name(ctx, forecast, day)[1]}：{said[1]}" for day, said in told)
    so = [is_so(aspect, span, is_american=is_american) for span in spans.values()]
    holds = True if True in so else None if None in so else False
    return Reply(en=f"In {forecast.spot.name}. {en}.", zh=f"{forecast.spot.name}。{zh}。", holds=holds)
