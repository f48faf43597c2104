"""Numbers as a Mandarin speaker reads them.

espeak-ng's own Mandarin rules read 10000 as "ten thousand" word for word, drop minus signs and degrees, and say percent in English.
"""

import re

from audio.scripts import NUMBER

_DIGITS = "零一二三四五六七八九"
_MOST_DIGITS = 10
"""A longer string of digits is a telephone or account number, read digit by digit."""
_UNITS = {
    "°C": "度",
    "℃": "度",
    "°": "度",
    "°F": "华氏度",
    "℉": "华氏度",
    "km": "公里",
    "kg": "公斤",
    "cm": "厘米",
    "mm": "毫米",
    "m": "米",
    "g": "克",
}
_CURRENCIES = {"$": "美元", "¥": "元", "￥": "元", "€": "欧元", "£": "英镑"}
_DEGREES = {"°C", "℃", "°", "°F", "℉"}
_SYMBOLS = {"+": "加", "=": "等于", "×": "乘以", "÷": "除以", "&": "和", "~": "到", "～": "到", "%": "百分号"}
_COUNTED = re.compile(r"\s*(个|位|只|条|张|件|本|杯|次|种|部|台|盏|首|集|天|周|年(?!级)|小时|分钟|秒|点|刻钟|倍|块|元|度|公里|公斤|米)")
"""What follows a two that is said 两."""

_PARTS = re.compile(r"([-−+]?)([$¥￥€£]?)([0-9][0-9.,:/-]*)\s?(\D*)")
_DATE = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})")
_TIME = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])(?::([0-5][0-9]))?")
_FRACTION = re.compile(r"([0-9]+)/([0-9]+)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


def spell(text: str) -> str:
    """Write every number and arithmetic sign of a Chinese text in characters."""
    spelled = re.sub(NUMBER, _read, text)
    return "".join(_SYMBOLS.get(character, character) for character in spelled)


def cardinal(number: int) -> str:
    """Name a natural number, as in 一万两千零五."""
    if number == 0:
        return _DIGITS[0]
    name = ""
    for unit, size in (("亿", 10**8), ("万", 10**4), ("", 1)):
        section, number = divmod(number, size)
        if section:
            gap = _DIGITS[0] if name and section < 1000 else ""
            name += gap + _section(section, unit) + unit
    return name.removeprefix("一") if name.startswith("一十") else name


def _section(number: int, unit: str) -> str:
    """Name what stands before 万 or 亿, or at the end."""
    if number >= 10_000:
        return cardinal(number)
    if number == 2 and unit:
        return "两"
    name, gap = "", ""
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit:
            name += gap + ("两" if digit == 2 and size == 1000 else _DIGITS[digit]) + place
            gap = ""
        elif name:
            gap = _DIGITS[0]
    return name


def _one_by_one(digits: str) -> str:
    return "".join(_DIGITS[int(digit)] for digit in digits)


def _plain(digits: str) -> str:
    """Read a string of digits, perhaps with decimal points, as an amount or one by one as its form suggests."""
    whole, *rest = digits.split(".")
    if len(rest) > 1:  # a version or an address
        return "点".join(_plain(part) for part in [whole, *rest])
    name = _one_by_one(whole) if len(whole) > _MOST_DIGITS or (whole.startswith("0") and len(whole) > 1) else cardinal(int(whole))
    return name + "".join("点" + _one_by_one(part) for part in rest)


def _figure(digits: str) -> str:
    """Read digits with whatever marks stand between them."""
    if date := _DATE.fullmatch(digits):
        return f"{_one_by_one(date[1])}年{cardinal(int(date[2]))}月{cardinal(int(date[3]))}日"
    if time := _TIME.fullmatch(digits):
        return _time(int(time[1]), time[2], time[3])
    if fraction := _FRACTION.fullmatch(digits):
        return f"{_plain(fraction[2])}分之{_plain(fraction[1])}"
    if _THOUSANDS.fullmatch(digits):
        return _plain(digits.replace(",", ""))
    marks = {"-": "到", ":": "比", "/": "、", ",": "，"}
    return "".join(marks.get(part) or _plain(part) for part in re.split(r"([-:/,])", digits))


def _time(hour: int, minute: str, second: str | None) -> str:
    name = ("两" if hour == 2 else cardinal(hour)) + "点"
    if minute != "00" or second:
        name += (_one_by_one(minute) if minute[0] == "0" and minute != "00" else cardinal(int(minute))) + "分"
    return name + (cardinal(int(second)) + "秒" if second else "")


def _read(match: re.Match[str]) -> str:
    """Read one number where it stands."""
    parts = _PARTS.fullmatch(match[0])
    if parts is None:  # NUMBER and _PARTS agree by construction
        return match[0]
    sign, currency, digits, unit = parts.groups()
    after, before = match.string[match.end() :], match.string[: match.start()]
    if after.startswith("年") and len(digits) == 4 and digits.isdecimal():
        figure = _one_by_one(digits)
    elif digits == "2" and not before.endswith("第") and (currency or unit in _UNITS or _COUNTED.match(after)):
        figure = "两"
    else:
        figure = _figure(digits)
    minus = "零下" if unit in _DEGREES else "负"
    fraction = {"%": "百分之", "‰": "千分之"}.get(unit, "")
    return ("" if not sign else "正" if sign == "+" else minus) + fraction + figure + _CURRENCIES.get(currency, "") + _UNITS.get(unit, "")
