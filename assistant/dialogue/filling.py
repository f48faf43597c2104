"""Which slots of an action some bare words fill: "fifteen", "the bedroom", "tomorrow in Leeds", 后天."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from assistant.dialogue.leaning import SMALL, typed
from assistant.slots import Env, SlotType
from assistant.slots.numbers import find_number
from assistant.words import Word, is_chinese, split_words

LONGEST = 8
"""Words of a free text that fills a slot; what is longer is a sentence of its own."""

MOST_WORDS = 3
MOST_CHARACTERS = 8
"""Of a free text for a slot of which nothing was said before; what is longer is about something else."""

SMALL_NUMBER = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
VALUE = rf"(?:\d+(?:[.,:]\d+)*|[零一二两三四五六七八九十百千万]+|\b(?:{SMALL_NUMBER}|(?:{TENS})(?:[ -](?:{SMALL_NUMBER}))?)\b)"
COUNTED = re.compile(rf"(?:([^\W\d]+?)\s*)?({VALUE})(?:\s*([^\W\d]+|%))?", re.IGNORECASE)
"""A number with the word before or after it."""

PREPOSITION = re.compile(r"(?:for|to|with|at|from|about|by|in|on) |给|跟|和|在|关于", re.IGNORECASE)
"""What begins a part of a text that is put right as a whole."""

NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")

WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:星期|周|礼拜)[一二三四五六日天]", re.IGNORECASE)

NOUNS = frozenset(["timer", "timers", "alarm", "alarms", "list", "reminder", "note", "playlist", "song"])
ONES = frozenset(["one", "ones"])
ONE_BEHIND = re.compile(r"(?<=\w) ones?$", re.IGNORECASE)
"""In place of what the last thing was called: "the kitchen one"."""

LIST = re.compile(r"\blist[.!?]*$|(?:清单|列表)[。！？]*$", re.IGNORECASE)
NOUNS_ZH = ("计时器", "定时器", "闹钟", "清单", "列表", "提醒", "笔记")
"""What things are called; a name said with it is the name alone."""

ROOM = re.compile(
    r"room|kitchen|hall|office|garage|garden|bath|loft|attic|stairs|study|lounge|nursery|basement|cellar|patio|balcony|porch|landing"
    r"|[厅室房厨卧院楼]|阳台|车库|走廊|玄关|卫生间"
)
"""What rooms are called, to tell them from what is in them."""


def filled(
    text: str, types: Mapping[str, SlotType], slots: Mapping[str, Any], env: Env, *, is_named: bool = False
) -> dict[str, Any] | None:
    """Return the values that bare words give to slots of an action, in JSON form; None when they do not fit it.

    Args:
        text: The words, nothing but values and small words.
        types: The slots of the action.
        slots: What they were last time; a bare "fifteen" takes the unit from there, a bare "four" the day.
        env: What else values depend on.
        is_named: A label may be among them though no noun says so: "another one for the pasta".
    """
    here = replace(env, text=text)
    words = list(split_words(text))
    counted = {words[at + 1].start for at in range(len(words) - 1) if words[at].norm in {"a", "an"}}
    counted |= {words[number[1]].start for at in range(len(words)) if (number := find_number(words, at)) and number[1] < len(words)}
    found: dict[str, Any] = {}
    for slot in sorted((slot for slot, kind in types.items() if kind.is_typed), key=lambda slot: (slot not in slots, slot == "from")):
        span = typed(words, types[slot], slots.get(slot), here)
        if span and slot == "to" and "from" in types and words[span[1]].start in counted:
            continue  # "three kilos" are what is converted
        if span and not any(other in found for other in rivals(slot)):
            value, start, end = span
            found[slot] = types[slot].to_json(ONE_BEHIND.sub("", value) if isinstance(value, str) else value)
            words[start:end] = []
    rest = bare(words)
    if not rest:
        return found or None
    own = text[rest[0].start : rest[-1].end]
    is_list = "list" in types and rest[-1].end < len(text) and LIST.search(text) is not None
    slot_of_rest = "list" if is_list else text_slot(own, types, slots)
    if slot_of_rest is None and not found:
        return rewritten(own, types, slots, here)
    if slot_of_rest is None or len(rest) > LONGEST or (not is_chinese(own[0]) and "," in own):
        return None
    if slot_of_rest not in slots and not is_name(slot_of_rest, rest, named=is_named or len(rest) < len(bare(words, with_noun=True))):
        return None
    before = slots.get(slot_of_rest)
    value = patched(before, text.strip(" ,.!?，。！？"), own) if isinstance(before, str) else None
    if is_number(rest) and value is None:
        value = with_number(own, before)
        return found | {slot_of_rest: value} if value else None
    if value is None and slot_of_rest == "text" and "moment" in types and isinstance(before, str):
        value = of_other(before, own)
    value = value or one_text(own, types[slot_of_rest], here)
    return found | {slot_of_rest: value} if value else None


def is_name(slot: str, words: Sequence[Word], *, named: bool) -> bool:
    """Tell whether words can be the value of a free-text slot of which nothing was said before.

    "Four minutes" is no name of a timer, and "keep the nails" none of a list; a label is said with its noun: "a pasta timer".
    """
    if find_number(words, 0) or len(words) > (MOST_CHARACTERS if is_chinese(words[0].norm) else MOST_WORDS):
        return False
    return named if slot == "label" else True


def rewritten(own: str, types: Mapping[str, SlotType], slots: Mapping[str, Any], env: Env) -> dict[str, Any] | None:
    """Return a typed text with the part changed that the words name again: "20 percent" after "15 percent of 240"."""
    for slot, kind in types.items():
        before = slots.get(slot)
        after = patched(before, own, own) if kind.is_typed and isinstance(before, str) else None
        words = split_words(after) if after else ()
        if after and any(span.end == len(words) for span in kind.find(words, 0, replace(env, text=after))):
            return {slot: after}
    return None


def of_other(old: str, own: str) -> str | None:
    """Return what one is to be reminded of with somebody, or something, else: "dad" makes "call dad" of "call mum"."""
    verb, _, rest = old.partition(" ")
    is_object = (
        bool(rest) and old.isascii() and len(own.split()) <= len(rest.split()) + 1 and not own.casefold().startswith(verb.casefold())
    )
    return f"{verb} {own}" if is_object and own.isascii() and len(own.split()) < len(old.split()) else None


def patched(old: str, said: str, own: str) -> str | None:
    """Return the old text with the part changed that the words name again: the number beside the same word, or all after "for".

    "Level 4" makes "I parked on level 4" of "I parked on level 3", "for Emma" "flowers for Emma" of "flowers for Anna".
    """
    number = COUNTED.fullmatch(own)
    if number and (number[1] or number[3]):
        edge = r"(?<!\w)" if own[0].isascii() else ""  # Chinese words have no edges
        before, after = (rf"{edge}{re.escape(number[1])}\s*", "") if number[1] else ("", rf"\s*{re.escape(number[3])}(?!\w)")
        changed, count = re.subn(before + VALUE + after, own, old, flags=re.IGNORECASE)
        if count == 1:
            return changed
    lead = PREPOSITION.match(said)
    at = old.casefold().rfind(lead[0].casefold()) if lead else -1
    is_word = at >= 0 and (at == 0 or old[at - 1] == " " or is_chinese(old[at]))
    return old[:at] + said if is_word else None


def rivals(slot: str) -> Sequence[str]:
    """Return the slots of which one alone is meant by the same words."""
    return {"moment": ("duration", "date", "time"), "duration": ("moment",), "date": ("moment",), "time": ("moment",)}.get(slot, ())


def bare(words: Sequence[Word], *, with_noun: bool = False) -> list[Word]:
    """Return the words without the small ones around them, and without what the thing is called: "pasta" of "a pasta timer"."""
    rest = list(words)
    while rest and rest[0].norm in SMALL:
        rest.pop(0)
    while rest and (
        rest[-1].norm in SMALL or (len(rest) > 1 and rest[-1].norm in ONES) or (len(rest) > 1 and rest[-1].norm in NOUNS and not with_noun)
    ):
        rest.pop()
    if with_noun:
        return rest
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


def exchanged(old: str, own: str) -> str | None:
    """Return a text with its only number, or its only weekday, exchanged for another; None when it has none or several."""
    if NUMBER.fullmatch(own):
        return with_number(own, old)
    day = WEEKDAY.fullmatch(own)
    changed, count = WEEKDAY.subn(own, old) if day else ("", 0)
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
    if own.casefold().startswith("not "):
        return None  # what is left out is no thing
    words = split_words(own)
    spans = list(kind.find(words, 0, replace(env, text=own)))
    return kind.to_json(max(spans, key=lambda span: span.end).value) if spans else None
