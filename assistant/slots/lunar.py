"""Feasts of the Chinese moon and sun: 春节, 中秋, 清明, "Chinese New Year"."""

import importlib
from datetime import date, timedelta
from typing import Any

MOON = {
    **dict.fromkeys(("春节", "大年初一", "年初一", "农历新年", "过年", "chinese new year", "lunar new year", "spring festival"), (1, 1)),
    **dict.fromkeys(("元宵节", "元宵", "lantern festival"), (1, 15)),
    **dict.fromkeys(("端午节", "端午", "dragon boat festival"), (5, 5)),
    **dict.fromkeys(("七夕节", "七夕"), (7, 7)),
    **dict.fromkeys(("中元节", "鬼节"), (7, 15)),
    **dict.fromkeys(("中秋节", "中秋", "八月十五", "mid autumn festival", "moon festival"), (8, 15)),
    **dict.fromkeys(("重阳节", "重阳"), (9, 9)),
    **dict.fromkeys(("腊八节", "腊八"), (12, 8)),
}
"""Month and day of the lunar calendar."""

EVE = frozenset({"除夕", "大年三十", "年三十", "除夕夜"})
"""The day before the first of the year, whose number is not the same every year."""

TERMS = {"清明节": "清明", "清明": "清明", "冬至": "冬至", "夏至": "夏至", "立春": "立春", "立秋": "立秋"}
"""Of the 24 parts of the solar year."""

THIS, NEXT = "今年", "明年"
"""What names the year before a feast."""


def library() -> Any:
    """Return the library of the lunar calendar, loaded when a feast is first named: few sentences name one."""
    return importlib.import_module("borax.calendars.lunardate")


def is_lunar(name: str) -> bool:
    """Tell whether a name is that of one of these feasts."""
    return name in MOON or name in EVE or name in TERMS


def lunar_feast(name: str, today: date, year: str = "") -> date:
    """Return the day of a feast: in the year that is named, or else the next one. Raises KeyError for no such feast."""
    if year:
        return in_year(name, today.year + (year == NEXT))
    return next(day for ahead in range(3) if (day := in_year(name, today.year + ahead)) >= today)


def in_year(name: str, year: int) -> date:
    """Return the day of a feast in a year of our calendar; those at the end of the lunar year are in its January or February, too."""
    if name in TERMS:
        day: date = library().TermUtils.day_start_from_term(year, TERMS[name])
        return day
    if name in EVE:
        return in_year("春节", year) - timedelta(days=1)
    month, number = MOON[name]
    days: list[date] = [library().LunarDate(lunar, month, number).to_solar_date() for lunar in (year, year - 1)]
    return next(day for day in days if day.year == year)


def lunar_name(day: date) -> str:
    """Return a day by the lunar calendar: 十月廿三."""
    return str(library().LunarDate.from_solar_date(day.year, day.month, day.day).strftime("%M月%D"))
