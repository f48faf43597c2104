"""What one or two words do to the thing of the house that was spoken of: "off", "up a bit", "to 22", 二十六度, 再低两度."""

import re
from collections.abc import Iterator

from assistant.dialogue.memory import Exchange
from assistant.dialogue.reference import Reading, things

OPENING = r"^(?:(?:and|then|now|ok(?:ay)?|please|just|actually|can you|could you|also)[\s,]+)*"
ENDING = r"(?:[\s,]+(?:too|as well|also|instead|again|please|now))*[\s.!?]*$"

SWITCH = re.compile(OPENING + r"(?:back )?(on|off)(?: again)?" + ENDING + r"|^(?:再|又)?(开|关)(?:了|掉|上|吧)*[。！!]*$", re.IGNORECASE)
"""What is done with a thing of the house by one word."""

SETTABLE = frozenset(["home.set", "home.change"])
A_BIT = re.compile(
    OPENING + r"(?:a (?:bit|little|touch|tad) |slightly )?(up|down|more|less|higher|lower)(?: a (?:bit|little|touch|tad))?" + ENDING,
    re.IGNORECASE,
)
A_BIT_ZH = re.compile(r"^(?:再|稍微|还要?)*(?:调)?([大小高低多少上下])(?:一?点儿?|一些)?(?:吧|了)?[。！!]*$")
"""Ways to change what was just set."""

SET_TO = re.compile(OPENING + r"(?:(?:up|down|back) )?(?:to|at) (\S+(?: ?(?:%|per ?cent|degrees?))?)" + ENDING, re.IGNORECASE)
SET_TO_ZH = re.compile(r"^(?:那就|就)?(?:调?到|成)(.{1,8}?)(?:吧)?[。！!]*$")

DEGREES = re.compile(OPENING + r"((?:\d+|[a-z]+(?:[ -][a-z]+)?) degrees?)" + ENDING, re.IGNORECASE)
DEGREES_ZH = re.compile(r"^(?:那就?|就|要)?([\d零一二两三四五六七八九十]+度)(?:吧|就行|就好|好了)*[。！!]*$")
"""How warm what was just switched on shall be."""

BY_DEGREES = re.compile(OPENING + r"(\w+ degrees?) (lower|cooler|colder|down|less|higher|warmer|hotter|up|more)" + ENDING, re.IGNORECASE)
BY_DEGREES_ZH = re.compile(r"^(?:再|还要?)?(?:调)?([低高降升])([\d一二两三四五六七八九十]+)度(?:吧)?[。！!]*$")
"""By how many degrees it shall be changed."""

WARMED = frozenset(["home.turn_on", "home.set", "home.change"])
LAMP = re.compile(r"light|lamp|bulb|blind|curtain|shutter|door|lock|[灯光帘门锁]", re.IGNORECASE)
"""What has no degrees."""


PAIR_ZH = re.compile(
    r"^(?P<lead>(?:请|帮我|麻烦)*(?:把|将)?)(?P<verb>打开|关掉|关上|关闭|开启|开一下|关一下|开|关)?(?P<one>[\u3400-\u9fff]{2,8}?)(?:和|跟|还有|、)"
    r"(?P<two>[\u3400-\u9fff]{2,8}?)(?P<end>(?:都|全|全都|也)?(?:打开|关掉|关上|关闭|开启|开|关)?(?:了|吧|一下|起来)*)[。！!]*$"
)
"""Two things of the house that one verb is for."""


def each_of_two(text: str) -> list[str]:
    """Return 打开客厅灯和厨房灯 as two requests; empty for words that are no such thing."""
    found = PAIR_ZH.match(text.strip())
    if not found or not (found["verb"] or found["end"]):
        return []
    end = found["end"].removeprefix("全").removeprefix("都")
    return [f"{found['lead']}{found['verb'] or ''}{found[name]}{end}" for name in ("one", "two")]


def of_the_house(text: str, last: Exchange, language: str) -> Iterator[Reading]:
    """Yield what one or two words do to the thing of the house that was spoken of: "off", "up a bit", "to 22"."""
    chinese = language == "zh"
    if match := SWITCH.match(text):
        on = next(filter(None, match.groups())).lower() in {"on", "开"}
        for name, families in things(last, language):
            yield Reading(f"{'打开' if on else '关掉'}{name}" if chinese else f"turn {name} {'on' if on else 'off'}", name, families)
    if last.intent.action in SETTABLE and (match := A_BIT_ZH.match(text) if chinese else A_BIT.match(text)):
        yield from a_bit(next(filter(None, match.groups())), last, language)
    if last.intent.action in SETTABLE and (match := SET_TO_ZH.match(text) if chinese else SET_TO.match(text)):
        yield from set_to(match[1], last, chinese=chinese)
    if last.intent.action in WARMED and not LAMP.search(str(last.intent.slots.get("target", ""))):
        yield from by_degrees(text, last, chinese=chinese)


def by_degrees(text: str, last: Exchange, *, chinese: bool) -> Iterator[Reading]:
    """Yield "26 degrees" after "turn on the heating" as what it is set to, and "two degrees lower" as a change of it."""
    if match := DEGREES_ZH.match(text) if chinese else DEGREES.match(text):
        yield from set_to(match[1], last, chinese=chinese)
    match = BY_DEGREES_ZH.match(text) if chinese else BY_DEGREES.match(text)
    name = next((name for name, _ in things(last, "zh" if chinese else "en")), "温度" if chinese else "the temperature")
    if match and chinese:
        yield Reading(f"{name}调{'低' if match[1] in '低降' else '高'}{match[2]}度", name, frozenset({"home"}))
    elif match:
        way = "down" if match[2].lower() in {"lower", "cooler", "colder", "down", "less"} else "up"
        yield Reading(f"turn {name} {way} by {match[1]}", name, frozenset({"home"}))


def a_bit(way: str, last: Exchange, language: str) -> Iterator[Reading]:
    """Yield "up a bit" after "set the lamp to 40" as a change of what was set."""
    more = way.lower() in {"up", "more", "higher", "大", "高", "多", "加", "上"}
    words = {"brightness": ("brighter", "dimmer", "亮一点", "暗一点"), "temperature": ("warmer", "cooler", "调高一点", "调低一点")}
    said = words.get(str(last.intent.slots.get("property", "")))
    if said is None:
        return
    for name, families in things(last, language):
        yield Reading(f"{name}{said[2 + (not more)]}" if language == "zh" else f"make {name} {said[not more]}", name, families)


def set_to(value: str, last: Exchange, *, chinese: bool) -> Iterator[Reading]:
    """Yield "to 22" after "turn the heating up" as the setting of what was changed."""
    slots = last.intent.slots
    name = next((name for name, _ in things(last, "zh" if chinese else "en")), "")
    if not name and slots.get("property") == "temperature":
        name = "温度" if chinese else "the temperature"
    if name:
        yield Reading(f"把{name}调到{value}" if chinese else f"set {name} to {value}", name, frozenset({"home"}))
