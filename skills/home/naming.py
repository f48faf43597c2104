"""How people name devices, rooms and values in a sentence: kinds of words for the templates of this family."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

from assistant.skill import numbers_in, phrase
from skills.home.kinds import CONTROLS, MORE_NOUNS, SENSORS
from skills.home.rooms import FLOORS, ROOMS
from skills.home.values import AMOUNTS, COLORS, MODES, SPEEDS, WARMTHS

PERSON = re.compile(r"(?i:[a-z]+(?= (?:at )?home\b))|[\u3400-\u9fff]{2,4}?(?=在家|在哪|在不在家|是不是在家|人呢|回家了[吗没]|回来了[吗没])")
"""Who may be asked about: whoever is said to be at home."""

VERBS = frozenset({"switch", "power", "mode", "charge", "heat", "fire", "iron", "bar", "air", "strip", "screen"})
"""Nouns that by themselves are more likely verbs, or say nothing."""

BEFORE_NOUN = 3
"""Words of a name before its noun: "the big reading lamp"."""

BEFORE_NOUN_ZH = 6
"""Characters of a Chinese name before its noun."""

SWITCHING = re.compile(
    r"\b(?:turn|switch|power)(?:ed|ing)?\b.*\b(?:on|off)\b|\b(?:lock|unlock)\b|\b(?:scene|script)\b|\b(?:return|dock|send)\b.*\b(?:base|dock|home)\b",
    re.IGNORECASE,
)
"""Sentences in which any words can be a device: nothing else is switched or locked."""

PERCENT_ZH = "百分之"

LONGEST_NUMBER = 40
"""Characters of a number in words."""

UNIT = re.compile(r"\s*(?:percent|per cent|%|degrees?|°c?|celsius|fahrenheit|kelvin|度|成|档)?", re.IGNORECASE)
"""What may follow the number of a value."""

DOOR = re.compile(r"\s*(?:doors?\b|门)", re.IGNORECASE)
"""What makes a device of a room: a garage door, 车库门."""

OTHERS = re.compile(r"\b(?:timers?|countdowns?|alarms?|reminders?|notifications?|music|songs?|sound|volume|radio|lists?)\b", re.IGNORECASE)
"""What is switched off and is no device."""

STOPS = re.compile(
    r"\b(?:on|off|to|in|at|of|and|is|are|please|up|down|open|closed|for|by|the|a|my|me|it|this|that|from|with|what|which"
    r"|played|listen|hear|song|rid|remind|add)\b",
    re.IGNORECASE,
)
PLAYING = re.compile(r"(?<!\bon )(?<!\boff )(?<!\bthe )(?<!activate )\bplay(?:ing)?\b", re.IGNORECASE)
"""A verb, where no name such as "play corner lights" is expected."""

SOUNDS = ("音乐", "声音", "音量")
"""What is no device in Chinese: it belongs to this machine, and names of programs end in it."""

ROOM_OF = (
    "(?:(?:爷爷|奶奶|姥姥|姥爷|外公|外婆|爸妈|爸爸|妈妈|孩子|儿子|女儿|闺女|宝宝|老人|客人|弟弟|妹妹|哥哥|姐姐|保姆|小孩)们?"
    "的?(?:房间|卧室|房|屋(?=里|的|子)))"
)
"""Rooms that are called by who lives in them."""

COLOUR_ZH = re.compile(r"色")
"""What makes a colour of its name: 暖黄色."""

STOPS_ZH = re.compile(r"[把将请帮给的了吗开关调到在有没是都还再和跟，。,？?]")


@cache
def nouns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds the noun of a device in English and in Chinese, the longest first."""
    words = sorted({word for kind in (*CONTROLS, *SENSORS) for word in kind.words} | set(MORE_NOUNS), key=len, reverse=True)
    english = "|".join(re.escape(word) for word in words if word.isascii())
    chinese = "|".join(re.escape(word) for word in words if not word.isascii() and word not in SOUNDS)
    return re.compile(rf"(?<![a-z0-9])(?:{english})(?:e?s)?(?![a-z0-9])", re.IGNORECASE), re.compile(chinese)


@cache
def rooms() -> re.Pattern[str]:
    """Return what finds a room or a floor."""
    words = sorted((*ROOMS, *FLOORS), key=len, reverse=True)
    english = "|".join(re.escape(word) for word in words if word.isascii())
    chinese = "|".join(re.escape(word) for word in words if not word.isascii()) + f"|{ROOM_OF}"
    floors = "|".join(word for word in FLOORS if not word.isascii())
    chinese = rf"(?:{floors})的?(?:{chinese})|{chinese}"
    return re.compile(rf"(?:{english})(?: (?:[1-9]|one|two|three|four)\b(?!\s*(?:percent|per|%|degree|°))|\b)|(?:{chinese})", re.IGNORECASE)


def areas_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the room that begins somewhere."""
    found = rooms().match(text, at)
    if found and not DOOR.match(text, found.end()):
        yield found.span()


def room_at_start(name: str) -> str:
    """Return the room that a device's name begins with; empty when it begins with none, or is nothing else."""
    end = next((end for _, end in areas_in(name, 0)), 0)
    rest = name[end:].strip(" 的里")
    return name[:end] if rest and (name[end : end + 1] in " 的里" or not rest.isascii()) else ""


def devices_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may be a device that begins somewhere: words that end in a noun for one, or any words where something is switched."""
    if person := PERSON.match(text, at):
        yield at, person.end()
    if "\u3400" <= text[at : at + 1] <= "\u9fff":
        yield from chinese_devices(text, at)
        return
    noun = None if PLAYING.match(text, at) else nouns()[0].search(text, at)
    while noun:
        between = text[at : noun.start()]
        if len(between.split()) > BEFORE_NOUN or STOPS.search(between) or re.search(r"[,.;!?]", between):
            break
        if between or noun[0].casefold() not in VERBS:
            yield at, noun.end()
        noun = nouns()[0].search(text, noun.end())
    if SWITCHING.search(text) and not OTHERS.search(text):
        for end in list(re.finditer(r"\S+", text[at:]))[:5]:
            if STOPS.fullmatch(end[0].strip(",.!?")) or end[0].casefold() in VERBS:
                break
            yield at, at + end.end()


def chinese_devices(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may be a device in Chinese."""
    noun = nouns()[1].search(text, at)
    while noun:
        between = text[at : noun.start()]
        if len(between) > BEFORE_NOUN_ZH or STOPS_ZH.search(between):
            break
        yield at, noun.end()
        noun = nouns()[1].search(text, noun.start() + 1)


def values_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may be the value of a property: a number with its unit, a colour, a mode, "half", 最亮."""
    first = at + len(PERCENT_ZH) if text.startswith(PERCENT_ZH, at) else at
    for _, start, end in numbers_in(text[first : first + LONGEST_NUMBER])[:1]:
        if not text[first : first + start].strip():
            unit = UNIT.match(text, first + end)
            yield at, unit.end() if unit else first + end
    said = text[at:].casefold()
    for word in named_values():
        if said.startswith(word) and not (said[len(word) : len(word) + 1].isalpha() and word.isascii()):
            yield at, at + len(word)
            if COLOUR_ZH.match(text, at + len(word)) and (word in COLORS or word in WARMTHS):
                yield at, at + len(word) + 1


@cache
def named_values() -> tuple[str, ...]:
    """Return the values that have names, the longest first."""
    modes = [name for names in MODES.values() for name in names]
    return tuple(sorted({*AMOUNTS, *COLORS, *WARMTHS, *SPEEDS, *modes}, key=len, reverse=True))


def value_of(said: str) -> Any:
    """Return a number for what is one, or an amount; else the words."""
    text = said.casefold().strip()
    if text in AMOUNTS:
        return AMOUNTS[text]
    numbers = numbers_in(text.removeprefix(PERCENT_ZH))
    if not numbers:
        return said.strip()
    number = float(numbers[0][0]) * (10 if text.endswith("成") else 1)
    return int(number) if number == int(number) else number


Device = Annotated[str, phrase("device", devices_in, en=["lamp", "ceiling light"], zh=["台灯", "吊灯"])]
Area = Annotated[str, phrase("room", areas_in, en=["kitchen", "bedroom"], zh=["厨房", "卧室"])]
Value = Annotated[Any, phrase("value", values_in, en=["50 percent", "20 degrees"], zh=["百分之五十", "二十度"], value=value_of)]
