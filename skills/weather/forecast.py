"""A forecast: fetched from Open-Meteo, hour by hour, and the hours that were asked about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec

from assistant.skill import CannotDo, Context
from skills.weather.places import Spot, decoded

FORECAST = "https://api.open-meteo.com/v1/forecast"
DAYS = 16
"""Of a forecast, today included; Open-Meteo has no more."""

HOURLY = (
    "temperature_2m", "precipitation_probability", "precipitation", "snowfall", "weather_code", "wind_speed_10m", "wind_gusts_10m",
    "sunshine_duration",
)  # fmt: skip

WAKING = (7, 22)
"""Hours of a day whose sky people mean by the day's."""

RAIN_CODES = frozenset({51, 53, 55, 56, 57, 61, 63, 65, 66, 67, 80, 81, 82, 95, 96, 99})
SNOW_CODES = frozenset({71, 73, 75, 77, 85, 86})
LIKELY = 50  # percent


class Hourly(msgspec.Struct):
    """Values by hour; each list is as long as `time`."""

    time: list[str]
    """Local time there, "2026-11-23T15:00"."""
    temperature_2m: list[float | None]
    precipitation_probability: list[float | None]
    """Percent."""
    precipitation: list[float | None]
    snowfall: list[float | None]
    weather_code: list[int | None]
    """WMO 4677, as Open-Meteo documents it."""
    wind_speed_10m: list[float | None]
    wind_gusts_10m: list[float | None]
    sunshine_duration: list[float | None]
    """Seconds."""


class Current(msgspec.Struct):
    """How it is now."""

    time: str
    temperature_2m: float
    apparent_temperature: float
    weather_code: int
    wind_speed_10m: float


class Answer(msgspec.Struct):
    """What Open-Meteo answers."""

    current: Current
    hourly: Hourly


@dataclass(frozen=True, slots=True)
class Hour:
    """The weather of an hour."""

    at: datetime
    """Local time there, without a zone."""
    temperature: float
    chance: float
    """Of rain or snow, percent."""
    wet: float
    """Rain and snow melted, mm or inches."""
    snow: float
    """Centimetres or inches."""
    code: int
    wind: float
    gusts: float
    sun_s: float


@dataclass(frozen=True, slots=True)
class Span:
    """The weather of some hours."""

    hours: Sequence[Hour]

    @property
    def low(self) -> int:
        """The lowest temperature."""
        return round(min(hour.temperature for hour in self.hours))

    @property
    def high(self) -> int:
        """The highest temperature."""
        return round(max(hour.temperature for hour in self.hours))

    @property
    def chance(self) -> int:
        """The chance of rain or snow in percent."""
        return round(max(hour.chance for hour in self.hours))

    @property
    def snow(self) -> float:
        """How much snow falls."""
        return sum(hour.snow for hour in self.hours)

    @property
    def wind(self) -> int:
        """The strongest wind."""
        return round(max(hour.wind for hour in self.hours))

    @property
    def gusts(self) -> int:
        """The strongest gust."""
        return round(max(hour.gusts for hour in self.hours))

    @property
    def sun_hours(self) -> int:
        """Hours of sunshine."""
        return round(sum(hour.sun_s for hour in self.hours) / 3600)

    @property
    def code(self) -> int:
        """What the sky does: what falls if that takes two hours or more, or else what there is most of while people are up."""
        up = [hour for hour in self.hours if WAKING[0] <= hour.at.hour < WAKING[1]] or self.hours
        falling = [hour.code for hour in up if hour.code in RAIN_CODES | SNOW_CODES]
        if len(falling) >= min(2, len(up)):
            return max(falling)
        return Counter(hour.code for hour in up).most_common(1)[0][0]

    @property
    def rains_from(self) -> datetime | None:
        """When rain becomes likely; None when it does not, or is so from the first hour on."""
        first = next((hour.at for hour in self.hours if hour.chance >= LIKELY), None)
        return first if first and first != self.hours[0].at else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The weather of a place from its midnight on."""

    spot: Spot
    current: Current
    now: datetime
    """The local time there, without a zone."""
    hours: Sequence[Hour]

    def day(self, day: date, first: int = 0, last: int = 24) -> Span | None:
        """Return the hours of a day from one hour to another, of today those to come; None when it is not forecast."""
        begins, ends = datetime.combine(day, time(first)), datetime.combine(day, time()) + timedelta(hours=last)
        begins = max(begins, self.now.replace(minute=0)) if day == self.now.date() else begins
        chosen = [hour for hour in self.hours if begins <= hour.at < ends]
        return Span(chosen) if chosen else None

    def hour(self, at: datetime) -> Hour | None:
        """Return the hour of a moment there; None when it is not forecast."""
        return next((hour for hour in self.hours if hour.at <= at.replace(tzinfo=None) < hour.at + timedelta(hours=1)), None)


async def fetch_forecast(ctx: Context, spot: Spot, *, is_american: bool) -> Forecast:
    """Return the forecast of a place. Raises CannotDo when the service cannot be reached or answers nonsense."""
    units: dict[str, str | float] = (
        {"temperature_unit": "fahrenheit", "wind_speed_unit": "mph", "precipitation_unit": "inch"} if is_american else {}
    )
    text = await ctx.fetch(
        FORECAST,
        latitude=round(spot.latitude, 3),
        longitude=round(spot.longitude, 3),
        current="temperature_2m,apparent_temperature,weather_code,wind_speed_10m",
        hourly=",".join(HOURLY),
        timezone="auto",
        forecast_days=DAYS,
        **units,
    )
    answer = decoded(text, Answer, "The weather service")
    try:
        return Forecast(spot, answer.current, datetime.fromisoformat(answer.current.time).replace(tzinfo=None), read_hours(answer.hourly))
    except ValueError as error:
        raise CannotDo(
            en="The weather service sent an answer that I can't read. Try again later.", zh="天气服务的回答读不懂，请稍后再试。"
        ) from error


def read_hours(hourly: Hourly) -> list[Hour]:
    """Return the hours that have a temperature; the last days may end early. Raises ValueError for lists that do not fit."""
    columns = [hourly.time, *(getattr(hourly, name) for name in HOURLY)]
    rows = [row for row in zip(*columns, strict=True) if row[1] is not None]
    if not rows:
        raise ValueError("no hour has a temperature")
    hours = []
    for at, *values in rows:
        temperature, chance, wet, snow, code, wind, gusts, sun = (value or 0 for value in values)
        hours.append(Hour(datetime.fromisoformat(at).replace(tzinfo=None), temperature, chance, wet, snow, int(code), wind, gusts, sun))
    return hours
