"""Which slots of an action some bare words fill: "fifteen", "the bedroom", "tomorrow in Leeds", 后天."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.slots import Env, SlotType, Span
from assistant.slots.numbers import find_number
from assistant.slots.times import find_times
from assistant.words import Word, is_chinese, split_words

LONGEST = 8
"""Words of a free text that fills a slot; what is longer is a sentence of its own."""

SMALL = frozenset(
    [
        *("for", "to", "at", "on", "in", "by", "from", "of", "a", "an", "the", "is", "it", "that", "one", "with", "into", "about"),
        *("be", "called", "named", "please", "instead", "and", "then", "just"),
        *"在到是去用给的成为吧了个",
    ]
)
"""Words around a value that are no part of it."""

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")

NOUNS = frozenset(["timer", "timers", "alarm", "alarms", "list", "reminder", "note", "playlist", "song"])
NOUNS_ZH = ("计时器", "定时器", "闹钟", "清单", "列表", "提醒", "笔记")
"""What things are called; a name said with it is the name alone."""

ROOM = re.compile(
    r"room|kitchen|hall|office|garage|garden|bath|loft|attic|stairs|study|lounge|nursery|basement|cellar|patio|balcony|porch|landing"
    r"|[厅室房厨卧院楼]|阳台|车库|走廊|玄关|卫生间"
)
"""What rooms are called, to tell them from what is in them."""


def filled(text: str, types: Mapping[str, SlotType], slots: Mapping[str, Any], env: Env) -> dict[str, Any] | None:
    """Return the values that bare words give to slots of an action, in JSON form; None when they do not fit it.

    Args:
        text: The words, nothing but values and small words.
        types: The slots of the action.
        slots: What they were last time; a bare "fifteen" takes the unit from there, a bare "four" the day.
        env: What else values depend on.
    """
    here = replace(env, text=text)
    words = list(split_words(text))
    found: dict[str, Any] = {}
    for slot in sorted((slot for slot, kind in types.items() if kind.is_typed), key=lambda slot: slot not in slots):
        span = typed(words, types[slot], slots.get(slot), here)
        if span and not any(other in found for other in rivals(slot)):
            value, start, end = span
            found[slot] = types[slot].to_json(value)
            words[start:end] = []
    rest = bare(words)
    if not rest:
        return found or None
    own = text[rest[0].start : rest[-1].end]
    slot_of_rest = text_slot(own, types, slots)
    if slot_of_rest not in slots and find_number(rest, 0):
        return None  # "four minutes" is no name of a timer
    if slot_of_rest is None or len(rest) > LONGEST or (not is_chinese(own[0]) and "," in own):
        return None
    value = one_text(own, types[slot_of_rest], here)
    if is_number(rest):
        value = with_number(own, slots.get(slot_of_rest))
    return found | {slot_of_rest: value} if value else None


def rivals(slot: str) -> Sequence[str]:
    """Return the slots of which one alone is meant by the same words."""
    return {"moment": ("duration", "date", "time"), "duration": ("moment",), "date": ("moment",), "time": ("moment",)}.get(slot, ())


def typed(words: Sequence[Word], kind: SlotType, old: Any, env: Env) -> tuple[Any, int, int] | None:
    """Return the longest value of a kind with its place; a bare number counts where an old value gives the unit."""
    best: tuple[Span, int] | None = None
    for at in range(len(words)):
        for span in kind.find(words, at, env):
            if best is None or span.end - at > best[0].end - best[1]:
                best = span, at
    leaning = leaning_on(words, kind, old, env) if old is not None else None
    if best is None:
        return leaning
    value, start, end = best[0].value, best[1], best[0].end
    if old is not None and kind.name == "moment":
        value = merged(value, kind.from_json(old), words[start:end], env)
    return value, start, end


def leaning_on(words: Sequence[Word], kind: SlotType, old: Any, env: Env) -> tuple[Any, int, int] | None:
    """Return a value that only the old one explains: a number of its unit, a time on its day."""
    for at in range(len(words)):
        number = find_number(words, at)
        if kind.name == "duration" and number:
            return float(number[0]) * unit_of(kind.from_json(old)), at, number[1]
        if kind.name == "moment":
            for said, end in find_times(words, at):
                return merged(said, kind.from_json(old), words[at:end], env), at, end
    return None


def unit_of(old: timedelta) -> timedelta:
    """Return the unit in which somebody gave a duration."""
    seconds = old.total_seconds()
    return next((unit for unit in (timedelta(hours=1), timedelta(minutes=1)) if seconds % unit.total_seconds() == 0), timedelta(seconds=1))


def merged(new: Any, old: date | datetime, words: Sequence[Word], env: Env) -> Any:
    """Return the moment that a new day or a new time makes of an old moment."""
    if isinstance(new, time):
        day = old.date() if isinstance(old, datetime) else old
        at = datetime.combine(day, new, tzinfo=old.tzinfo if isinstance(old, datetime) else None)
        return at + timedelta(hours=12) if isinstance(old, datetime) and old.hour >= 12 > at.hour and bare_hour(words) else at
    if isinstance(new, datetime) or not isinstance(old, datetime):
        says_day = isinstance(new, datetime) and new.date() != env.now.date()
        if isinstance(new, datetime) and isinstance(old, datetime) and not says_day and not any(w.norm in {"today", "今"} for w in words):
            return merged(new.time(), old, words, env)
        return new
    return datetime.combine(new, old.time(), tzinfo=old.tzinfo)


def bare_hour(words: Sequence[Word]) -> bool:
    """Tell whether a time leaves open which half of the day it is in."""
    return not any(word.norm in {"am", "morning", "早", "上", "凌"} for word in words)


def bare(words: Sequence[Word]) -> list[Word]:
    """Return the words without the small ones around them."""
    rest = list(words)
    while rest and rest[0].norm in SMALL:
        rest.pop(0)
    while rest and (rest[-1].norm in SMALL or (len(rest) > 1 and rest[-1].norm in NOUNS)):
        rest.pop()
    said = "".join(word.norm for word in rest)
    noun = next((noun for noun in NOUNS_ZH if said.endswith(noun) and len(said) > len(noun)), "")
    return rest[: len(rest) - len(noun)]


def is_number(words: Sequence[Word]) -> bool:
    """Tell whether words are nothing but a number."""
    number = find_number(words, 0)
    return number is not None and number[1] == len(words)


def with_number(own: str, old: Any) -> str | None:
    """Return the old text with its only number changed; None when it has none or several, for then a number says nothing."""
    changed, count = NUMBER.subn(own, old) if isinstance(old, str) else ("", 0)
    return changed if count == 1 else None


def text_slot(own: str, types: Mapping[str, SlotType], slots: Mapping[str, Any]) -> str | None:
    """Return the free-text slot that words are most likely for; None when they could be for any."""
    texts = [slot for slot, kind in types.items() if not kind.is_typed]
    if "area" in texts and ROOM.search(own) and not own.endswith(("light", "lights", "lamp", "fan", "灯")):
        return "area"
    said = [slot for slot in texts if slot in slots and slot != "area"]
    if len(said) == 1:
        return said[0]
    return texts[0] if len(texts) == 1 else next(iter(said), None)


def one_text(own: str, kind: SlotType, env: Env) -> Any:
    """Return the words as the slot's value: a list of things, or the text."""
    if kind.name != "list":
        return own
    words = split_words(own)
    spans = list(kind.find(words, 0, replace(env, text=own)))
    return kind.to_json(max(spans, key=lambda span: span.end).value) if spans else None
