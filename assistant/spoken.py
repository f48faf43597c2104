"""Values as they are spoken: "10 minutes", "3:42 pm", 十分钟."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

LOCALES = {"en": "en_US", "zh": "zh_CN"}

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))

CHINESE_UNITS = {"day": "天", "hour": "小时", "minute": "分钟", "second": "秒"}
"""Babel 2.18 has no long Chinese form of most units, and would say "10 duration-minute"."""

CLOCK = {"en": "h:mm a", "zh": "ah点mm分"}
"""Patterns of Unicode's date formats; the Chinese one is what a clock is read as."""


def spoken(value: timedelta | datetime | date | time | float | Sequence[str], language: str) -> str:
    """Return a value in the words of a language."""
    # Babel costs a tenth of a second to import, and most commands of a session never need it before the first reply.
    from babel.dates import format_date, format_time  # noqa: PLC0415 -- see above
    from babel.lists import format_list  # noqa: PLC0415 -- see above
    from babel.numbers import format_decimal  # noqa: PLC0415 -- see above

    locale = LOCALES[language]
    match value:
        case timedelta():
            return spoken_duration(value, language)
        case datetime():
            return f"{spoken(value.date(), language)}{'' if language == 'zh' else ', '}{spoken(value.timetz(), language)}"
        case date():
            return str(format_date(value, "EEEE, MMMM d" if language == "en" else "M月d日EEEE", locale=locale))
        case time():
            if language == "zh" and value.minute == 0:
                return str(format_time(value, "ah点整", locale=locale))
            return str(format_time(value, CLOCK[language], locale=locale)).replace("AM", "am").replace("PM", "pm")
        case int() | float():
            return str(format_decimal(value, locale=locale))
    return str(format_list(list(value), locale=locale))


def spoken_duration(value: timedelta, language: str) -> str:
    """Return a duration by its two largest units that count, rounded to the second."""
    seconds = round(abs(value.total_seconds()))
    parts: list[str] = []
    for unit, size in UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(spoken_unit(count, unit, language))
    parts = parts[:2] or [spoken_unit(0, "second", language)]
    return "".join(parts) if language == "zh" else " ".join(parts)


def spoken_unit(count: int, unit: str, language: str) -> str:
    """Return so many of a unit."""
    from babel.units import format_unit  # noqa: PLC0415 -- as above

    if language == "zh":
        return f"{count}{CHINESE_UNITS[unit]}"
    return str(format_unit(count, f"duration-{unit}", "long", locale=LOCALES[language]))
