"""Pronouns: "turn it off", "add eggs to it", "what time is it there", 那边天气怎么样, said with what they stand for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.dialogue.memory import Exchange
from assistant.vocabulary import Intent

THING = re.compile(
    r"\b(?:(?:that|this) one|it|that|this|(?:them|those|these|they)(?: all| both)?)\b"
    r"(?!\s+(?:is|was|time|my|the|a|an|i|we|you|he|she|it|they|there|notes?|lists?|files?|documents?|alarms?|timers?|reminders?|song)\b)",
    re.IGNORECASE,
)
"""No word before what it belongs to ("that note"), and none that begins what is told ("a note that the dog was fed")."""

THING_ZH = re.compile(r"它们|它|(?:[那这][个条]|[那这]些)(?!文件|笔记|备忘|清单|闹钟|计时|提醒|日程|文档)")
WEATHER_IT = re.compile(
    r"\bhow (?:warm|hot|cold|cool|chilly|humid|dark|bright|loud|light) is it\b"
    r"|\bis it (?:too |very |that )?(?:warm|hot|cold|cool|chilly|humid|dark|raining|snowing)\b",
    re.IGNORECASE,
)
"""An "it" that stands for nothing that was spoken of."""

PLACE = re.compile(r"\b(?:over )?there\b", re.IGNORECASE)
PLACE_ZH = re.compile(r"那儿|那里|那边|那头|当地")
OTHER = re.compile(r"\bthe other(?: one| timer| alarm| reminder| light| lamp)?\b", re.IGNORECASE)
OTHER_ZH = re.compile(r"另外?一?[个盏条](?:计时器|闹钟|提醒|灯)?|那个别的")
BESIDE = {"first": "second", "second": "first"}
UNITS, UNITS_ZH = {"H": "hour", "M": "minute", "S": "second"}, {"H": "小时", "M": "分钟", "S": "秒"}
PERSON = re.compile(r"\b(?:he|she|him|they)\b", re.IGNORECASE)
OWNER = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
PERSON_ZH = re.compile(r"他们|她们|他|她|它")


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its pronoun spelled out."""

    text: str
    name: str
    """What the pronoun stands for."""
    families: frozenset[str]
    """Families of actions for which it can."""


def points(text: str) -> bool:
    """Tell whether words have a pronoun for a thing: "unlock it"."""
    return bool(THING.search(text) or THING_ZH.search(text))


def is_pronoun(text: str) -> bool:
    """Tell whether a text is a pronoun and nothing else."""
    return bool(THING.fullmatch(text.strip()) or THING_ZH.fullmatch(text.strip()))


def takes_pronoun(intent: Intent) -> bool:
    """Tell whether a reading took a pronoun for a name, as "turn it off" does: then it does not stand by itself."""
    return any(isinstance(value, str) and is_pronoun(value) for value in intent.slots.values())


def spelled_out(text: str, exchanges: Sequence[Exchange], language: str) -> Iterator[Reading]:
    """Yield the sentence with each thing that its pronoun may stand for, what was spoken of last first."""
    if WEATHER_IT.search(text):
        return
    for exchange in exchanges:
        for name, families in things(exchange, language):
            pattern = THING_ZH if language == "zh" else THING
            yield from replaced(text, pattern, name, families)
        if place := exchange.intent.slots.get("place"):
            yield from replaced(text, PLACE, f"in {place}", frozenset({"clock", "weather"}))
            yield from replaced(text, PLACE_ZH, str(place), frozenset({"clock", "weather"}))
            yield from replaced(text, PLACE_ZH, f"{place}现在", frozenset({"clock"}))
        if topic := exchange.intent.slots.get("topic"):
            families = frozenset({"wiki", "chat", "news"})
            yield from replaced(text, OWNER, f"{topic}'s", families)
            yield from replaced(text, PERSON_ZH if language == "zh" else PERSON, str(topic), families)


def other_one(text: str, exchanges: Sequence[Exchange], language: str) -> Iterator[Reading]:
    """Yield the sentence with "the other one" as what was spoken of before the last thing of its family."""
    pattern = OTHER_ZH if language == "zh" else OTHER
    if not pattern.search(text):
        return
    last = exchanges[0]
    if last.intent.slots.get("label") in BESIDE:  # of two without names one was "the first"
        yield from replaced(text, pattern, f"the {BESIDE[last.intent.slots['label']]} timer", frozenset({"timer"}))
    family, names = last.intent.action.partition(".")[0], {name for name, _ in exactly(last, language)}
    for exchange in exchanges[1:]:
        if exchange.receipt is None or exchange.intent.action.partition(".")[0] != family:
            continue
        for name, families in exactly(exchange, language):
            if name not in names:
                yield from replaced(text, pattern, name, families)


def exactly(exchange: Exchange, language: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what was spoken of, a timer without a name by its length."""
    duration = exchange.intent.slots.get("duration")
    if exchange.intent.action == "timer.start" and duration and not exchange.intent.slots.get("label"):
        length = spoken_length(str(duration), language)
        yield (f"{length}的计时器" if language == "zh" else f"the {length} timer"), frozenset({"timer"})
        return
    yield from things(exchange, language)


def replaced(text: str, pattern: re.Pattern[str], name: str, families: frozenset[str]) -> Iterator[Reading]:
    """Yield the sentence with its last pronoun of a kind replaced, if it has one."""
    found = list(pattern.finditer(text))
    if found:
        last = found[-1]
        yield Reading(text[: last.start()] + name + text[last.end() :], name, families)


def things(exchange: Exchange, language: str) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what was spoken of in an exchange, as one would say it in a command, with the families it belongs to."""
    slots, family = exchange.intent.slots, exchange.intent.action.partition(".")[0]
    chinese = language == "zh"
    own = frozenset({family})
    match family:
        case "home" if slots.get("target"):
            area = f"{slots['area']}{'的' if chinese else ' '}" if slots.get("area") else ""
            yield (f"{area}{slots['target']}" if chinese else f"the {area}{slots['target']}"), own
        case "list":
            name = slots.get("list") or ("购物" if chinese else "shopping")
            yield (f"{name}清单" if chinese else f"the {name} list"), own
        case "timer":
            label = slots.get("label", "")
            yield (f"{label}计时器" if chinese else f"the {label} timer".replace("  ", " ")), own
        case "alarm":
            at = spoken_time(str(slots["time"])) if slots.get("time") else ""
            yield (f"{at}闹钟" if chinese else f"the {at} alarm".replace("  ", " ")), own
        case "calendar" if slots.get("title"):
            yield (f"{slots['title']}" if chinese else f"the {slots['title']}"), own
            yield (f"{slots['title']}的日程" if chinese else f"{slots['title']} from my calendar"), own
        case "reminder" if slots.get("text"):
            yield (f"{slots['text']}的提醒" if chinese else f"the reminder to {slots['text']}"), own
        case _:
            yield from others(family, slots, chinese=chinese)


def others(family: str, slots: Mapping[str, Any], *, chinese: bool) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what was spoken of that is nothing of the calendar's or the house's."""
    own = frozenset({family})
    match family:
        case "note" | "memory":
            about = slots.get("text") or slots.get("query") or slots.get("fact")
            if about:
                yield (f"关于{about}的笔记" if chinese else f"the note about {about}"), own
        case "media":
            yield ("音乐" if chinese else "the music"), frozenset({"media", "volume"})
        case "volume":
            yield ("音量" if chinese else "the volume"), own
        case "dictionary" if slots.get("word"):
            yield str(slots["word"]), frozenset({"dictionary", "translate"})
        case "translate" if slots.get("text"):
            yield str(slots["text"]), frozenset({"dictionary", "translate"})
        case "app" if slots.get("name"):
            yield str(slots["name"]), own
        case "files" if slots.get("query"):
            yield str(slots["query"]), own


def spoken_length(iso: str, language: str) -> str:
    """Return "1 hour 30 minute" of "PT1H30M": what a command would say."""
    names = UNITS_ZH if language == "zh" else UNITS
    found = re.findall(r"(\d+)([HMS])", iso)
    return "".join(f"{n}{names[unit]}" for n, unit in found) if language == "zh" else " ".join(f"{n} {names[unit]}" for n, unit in found)


def spoken_time(iso: str) -> str:
    """Return "7:30" of "07:30": what a command would say."""
    return iso.lstrip("0") if not iso.startswith("00") else iso
