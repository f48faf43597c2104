"""Values as they are spoken: "10 minutes", "3:42 pm", 十分钟.

Written out here for the two languages: Babel has them too, but loading it takes longer than everything else the first reply needs.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))

CHINESE_UNITS = {"day": "天", "hour": "小时", "minute": "分钟", "second": "秒"}

CHINESE_PARTS = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
"""Parts of the day, each with the hour at which it ends."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CHINESE_WEEKDAYS = "一二三四五六日"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Not `strftime`'s, which speaks whatever language a library has set for the whole process."""


def spoken(value: timedelta | datetime | date | time | float | Sequence[str], language: str) -> str:
    """Return a value in the words of a language."""
    chinese = language == "zh"
    match value:
        case timedelta():
            return spoken_duration(value, chinese=chinese)
        case datetime():
            return f"{spoken(value.date(), language)}{'' if chinese else ', '}{spoken(value.timetz(), language)}"
        case date():
            return spoken_date(value, chinese=chinese)
        case time():
            return spoken_time(value, chinese=chinese)
        case int() | float():
            return f"{value:,.3f}".rstrip("0").rstrip(".")
    return spoken_list(value, chinese=chinese)


def spoken_duration(value: timedelta, *, chinese: bool) -> str:
    """Return a duration by its two largest units that count, rounded to the second."""
    seconds = round(abs(value.total_seconds()))
    parts: list[str] = []
    for unit, size in UNITS:
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(spoken_unit(count, unit, chinese=chinese))
    parts = parts[:2] or [spoken_unit(0, "second", chinese=chinese)]
    return ("" if chinese else " ").join(parts)


def spoken_unit(count: int, unit: str, *, chinese: bool) -> str:
    """Return so many of a unit."""
    if chinese:
        return f"{count}{CHINESE_UNITS[unit]}"
    return f"{count:,} {unit}{'' if count == 1 else 's'}"


def spoken_date(day: date, *, chinese: bool) -> str:
    """Return a day with its weekday, without the year."""
    if chinese:
        return f"{day.month}月{day.day}日星期{CHINESE_WEEKDAYS[day.weekday()]}"
    return f"{WEEKDAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}"


def spoken_time(moment: time, *, chinese: bool) -> str:
    """Return a time of day by the clock of twelve hours; Chinese tells the part of the day, and 凌晨0点 for midnight."""
    if not chinese:
        return f"{moment.hour % 12 or 12}:{moment.minute:02} {'am' if moment.hour < 12 else 'pm'}"
    minutes = f"{moment.minute:02}分" if moment.minute else "整"
    part = next(name for until, name in CHINESE_PARTS if moment.hour < until)
    return f"{part}{moment.hour if moment.hour <= 12 else moment.hour - 12}点{minutes}"


def spoken_list(items: Sequence[str], *, chinese: bool) -> str:
    """Return things one after the other."""
    *first, last = items or ("",)
    if not first:
        return last
    if chinese:
        return f"{'、'.join(first)}和{last}"
    return f"{', '.join(first)}{',' if len(first) > 1 else ''} and {last}"
