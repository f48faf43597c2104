"""What is said about the weather of some hours: the whole of it, or the one thing that was asked."""

from assistant.skill import Context
from skills.weather.forecast import LIKELY, RAIN_CODES, SNOW_CODES, Span

SKIES = {
    0: ("clear", "晴"), 1: ("mostly clear", "晴间少云"), 2: ("partly cloudy", "多云"), 3: ("overcast", "阴"), 45: ("foggy", "有雾"),
    48: ("freezing fog", "有冻雾"), 51: ("light drizzle", "小毛毛雨"), 53: ("drizzle", "毛毛雨"), 55: ("heavy drizzle", "密毛毛雨"),
    56: ("freezing drizzle", "冻毛毛雨"), 57: ("freezing drizzle", "冻毛毛雨"), 61: ("light rain", "小雨"), 63: ("rain", "中雨"),
    65: ("heavy rain", "大雨"), 66: ("freezing rain", "冻雨"), 67: ("heavy freezing rain", "大冻雨"), 71: ("light snow", "小雪"),
    73: ("snow", "中雪"), 75: ("heavy snow", "大雪"), 77: ("snow grains", "米雪"), 80: ("light showers", "小阵雨"), 81: ("showers", "阵雨"),
    82: ("heavy showers", "强阵雨"), 85: ("snow showers", "阵雪"), 86: ("heavy snow showers", "强阵雪"), 95: ("thunderstorms", "雷雨"),
    96: ("thunderstorms with hail", "雷雨夹冰雹"), 99: ("thunderstorms with heavy hail", "雷雨夹大冰雹"),
}  # fmt: skip
"""WMO weather codes, as Open-Meteo uses them."""

POSSIBLE = 20  # percent; below it, it stays dry
BREEZE, STRONG, STORM = 20, 40, 62
"""km/h: Beaufort 4, 6 and 8 begin about here."""

KMH_PER_MPH = 1.609
LEAST_SNOW = 0.1  # cm or inches
SUNNY, DULL = 0.5, 0.15
"""Shares of the hours of daylight; ten of them in a day."""

DAYLIGHT = (8, 18)
"""Hours that can have sun all year round, roughly."""

Told = tuple[str, str]
"""A sentence in English and Chinese, or a part of one."""


def sky(code: int) -> Told:
    """Return what a weather code means."""
    return SKIES.get(code, ("unsettled", "天气多变"))


def degrees(span: Span) -> Told:
    """Return the temperatures of some hours."""
    if span.low == span.high:
        return f"{signed(span.low)[0]} degree{'s' * (abs(span.low) != 1)}", f"{signed(span.low)[1]}度"
    low, high = signed(span.low), signed(span.high)
    return f"{low[0]} to {high[0]} degrees", f"{low[1]}到{high[1]}度"


def signed(value: int) -> Told:
    """Return a temperature without its unit."""
    return (f"minus {-value}", f"零下{-value}") if value < 0 else (str(value), str(value))


def whole(span: Span) -> Told:
    """Tell all that matters of some hours."""
    (sky_en, sky_zh), (degrees_en, degrees_zh) = sky(span.code), degrees(span)
    kind_en, kind_zh = falling(span)
    chance = span.chance >= POSSIBLE
    return (
        f"{sky_en}, {degrees_en}" + (f", {span.chance} percent chance of {kind_en}" if chance else ", dry"),
        f"{sky_zh}，{degrees_zh}" + (f"，{kind_zh}的可能{span.chance}%" if chance else "，不下雨"),
    )


def falling(span: Span) -> Told:
    """Return whether what may fall is snow or rain."""
    return ("snow", "下雪") if (span.snow >= LEAST_SNOW and span.high <= max(3, span.low)) or span.code in SNOW_CODES else ("rain", "下雨")


def rain(ctx: Context, span: Span) -> Told:
    """Tell whether it will rain, how likely and from when on."""
    start = span.rains_from
    from_en, from_zh = (f", from about {ctx.say(start.time())}", f"，大约{ctx.say(start.time())}开始") if start else ("", "")
    if span.chance >= LIKELY:
        if falling(span)[0] == "snow":
            return f"Snow rather than rain: {span.chance} percent{from_en}", f"更可能下雪，可能性{span.chance}%{from_zh}"
        return f"Yes, rain is likely: {span.chance} percent{from_en}", f"会下雨，可能性{span.chance}%{from_zh}"
    if span.chance >= POSSIBLE or span.code in RAIN_CODES:
        return f"Perhaps, the chance of rain is {span.chance} percent", f"可能会下雨，可能性{span.chance}%"
    return f"No, it should stay dry: {span.chance} percent chance of rain", f"应该不会下雨，可能性只有{span.chance}%"


def temperature(span: Span) -> Told:
    """Tell how warm it will be."""
    en, zh = degrees(span)
    return en, zh


def wind(span: Span, *, is_american: bool) -> Told:
    """Tell how the wind blows."""
    unit_en, unit_zh = ("miles an hour", "英里") if is_american else ("kilometres an hour", "公里")
    speed = span.wind * (KMH_PER_MPH if is_american else 1)
    names = [("Calm", "风很小"), ("A breeze", "有点风"), ("Windy", "风比较大"), ("Stormy", "有大风")]
    name_en, name_zh = names[(speed >= BREEZE) + (speed >= STRONG) + (speed >= STORM)]
    gusts = span.gusts >= span.wind + 10
    return (
        f"{name_en}: up to {span.wind} {unit_en}" + (f", gusts of {span.gusts}" if gusts else ""),
        f"{name_zh}，最大时速{span.wind}{unit_zh}" + (f"，阵风{span.gusts}" if gusts else ""),
    )


def snow(span: Span, *, is_american: bool) -> Told:
    """Tell whether it will snow and how much."""
    if span.snow < LEAST_SNOW:
        return "No snow", "不会下雪"
    amount = f"{span.snow:.1f}".removesuffix(".0")
    unit_en, unit_zh = ("inches", "英寸") if is_american else ("centimetres", "厘米")
    return f"Yes, about {amount} {unit_en} of snow", f"会下雪，大约{amount}{unit_zh}"


def sunshine(span: Span) -> float | None:
    """Return the share of the hours of daylight in which the sun shines; None at night."""
    light = [hour for hour in span.hours if DAYLIGHT[0] <= hour.at.hour < DAYLIGHT[1]]
    return sum(hour.sun_s for hour in light) / 3600 / len(light) if light else None


def sun(span: Span) -> Told:
    """Tell how much the sun shines."""
    share = sunshine(span)
    if share is None:
        en, zh = sky(span.code)
        return f"No sun at night: {en}", f"晚上没有太阳，{zh}"
    name_en, name_zh = ("Mostly sunny", "大部分时间有太阳") if share >= SUNNY else ("Some sun", "有时有太阳")
    if share < DULL:
        name_en, name_zh = "Hardly any sun", "几乎没有太阳"
    hours = span.sun_hours
    return f"{name_en}, about {hours} hour{'s' * (hours != 1)} of it", f"{name_zh}，大约{hours}小时"


def is_so(aspect: str | None, span: Span, *, is_american: bool) -> bool | None:
    """Tell whether it will be as was asked; None when no such thing was asked, or it is open."""
    speed = span.wind * (KMH_PER_MPH if is_american else 1)
    share = sunshine(span)
    match aspect:
        case "rain" if span.chance >= LIKELY:
            return falling(span)[0] == "rain"
        case "rain":
            return None if span.chance >= POSSIBLE or span.code in RAIN_CODES else False
        case "snow":
            return span.snow >= LEAST_SNOW
        case "wind":
            return True if speed >= STRONG else None if speed >= BREEZE else False
        case "sun" if share is not None:
            return True if share >= SUNNY else None if share >= DULL else False
    return None


def pointed(ctx: Context, aspect: str | None, span: Span, *, is_american: bool) -> Told:
    """Tell the one thing that was asked, or everything."""
    match aspect:
        case "rain":
            return rain(ctx, span)
        case "temperature":
            return temperature(span)
        case "wind":
            return wind(span, is_american=is_american)
        case "snow":
            return snow(span, is_american=is_american)
        case "sun":
            return sun(span)
    return whole(span)
