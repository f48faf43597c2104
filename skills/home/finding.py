"""Which things of a house are meant by what somebody called them."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.skill import Thing
from skills.home.kinds import CONTROLS, SENSORS, TEMPERATURE, Kind
from skills.home.rooms import EVERYWHERE, FLOORS, HERE, SAME_ROOM

ALIKE = 0.8
"""How much a misheard name must be like the real one, as `difflib` counts."""

AROUND = re.compile(r"^((all|every|each|any|of|the|my|our|a|an|some|both|single|please|to|in|on|at|is|are)\s+)+", re.IGNORECASE)
AROUND_ZH = re.compile(
    r"^(所有的?|全部的?|全部|每个|每一?盏|一?[盏个台扇]|那[个盏台扇]?|这[个盏台扇]?|我的|把|将|的)+|(都|全|给|里面?|里的|上的?|的)+$"
)
MANY = re.compile(r"\b(all|every|each|both)\b|所有|全部|每[个盏]|都|全", re.IGNORECASE)
EVERYTHING = re.compile(r"everything|all of it|all of them|anything|所有东西|所有的东西|所有设备|全部设备|所有电器|全部", re.IGNORECASE)
SWITCHES = frozenset(["light", "switch", "fan", "media_player", "input_boolean", "humidifier"])
"""Domains of what "everything" means to who goes out or to bed: no doors, no heating."""

GLUE = re.compile(r"[\s的_-]+")


@dataclass(frozen=True, slots=True)
class Found:
    """Things that are meant."""

    things: tuple[Thing, ...]
    is_name: bool = False
    """True when one was called by its name, False when a kind of things was meant."""


def find(things: Sequence[Thing], target: str, area: str, *, asking: bool = False) -> Found:
    """Return the things that are called so in a room or on a floor; none when nothing fits.

    Args:
        things: Everything there is.
        target: What they are called: a name, a kind, or both; empty means everything of the room.
        area: The room or floor; empty means anywhere.
        asking: True for a question, in which "temperature" is a sensor and not a heating.
    """
    if EVERYTHING.fullmatch(target.strip()):
        here = within(things, "", bare(area))[0] if area else things
        return Found(tuple(thing for thing in here if thing.domain in SWITCHES))
    wanted = bare(target)
    named = by_name(things, wanted, bare(area))
    if named:
        return Found(tuple(named), is_name=True)
    here, rest = within(things, wanted, bare(area))
    if not rest:  # "open the garage": what has its name from the room
        return Found(tuple(here) if area else tuple(by_words(here, wanted)), is_name=not area)
    wanted = rest
    kind, rest = kind_in(wanted, asking=asking)
    if kind:
        chosen = [thing for thing in here if is_a(thing, kind) and (not rest or has_words(thing, rest))]
        if asking and kind is TEMPERATURE:  # a heating measures it, too
            chosen = chosen or [thing for thing in here if thing.attributes.get("current_temperature") is not None]
        if chosen:
            return Found(tuple(called_so(preferred(chosen, kind), wanted, target)))
    nowhere = [thing for thing in things if area and not thing.areas and any(inside(name, wanted) for name in thing.names)]
    return Found(tuple(by_words(here, wanted) or nowhere), is_name=True)


def bare(said: str) -> str:
    """Return a name as it is compared, without the words around it."""
    short = " ".join(said.casefold().replace("’", "'").split())
    while (trimmed := AROUND_ZH.sub("", AROUND.sub("", short)).strip()) != short and trimmed:
        short = trimmed
    return short


def is_many(target: str) -> bool:
    """Tell whether several things are asked for: "all the lights", 所有的灯."""
    return bool(MANY.search(target) or EVERYTHING.fullmatch(target.strip())) or (
        target.strip().endswith("s") and not target.strip().endswith("ss")
    )


def by_name(things: Sequence[Thing], wanted: str, area: str) -> list[Thing]:
    """Return the things whose name is exactly what was said, with or without the room."""
    ways = {key(wanted), key(f"{area} {wanted}"), key(f"{wanted} {area}")} - {""} if wanted else set()
    found = [thing for thing in things if any(key(name) in ways for name in thing.names)]
    inside = [thing for thing in found if area and is_in(thing, area)] or [thing for thing in found if area and not thing.areas]
    whole = [thing for thing in found if any(key(name) in ways - {key(wanted)} for name in thing.names)]
    if area and not inside and not whole:
        return []
    return whole or inside or found


def key(name: str) -> str:
    """Return a name as it is compared: small, in the singular, without spaces."""
    return GLUE.sub("", " ".join(singular(word) for word in name.casefold().split()))


def singular(word: str) -> str:
    """Return an English noun in the singular."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def within(things: Sequence[Thing], wanted: str, area: str) -> tuple[list[Thing], str]:
    """Return the things in a room or on a floor, and what they are called there: the room may be part of the name that was said."""
    if area in EVERYWHERE or area in HERE:
        area = ""
    if area:
        return [thing for thing in things if is_in(thing, area)], wanted
    rooms = sorted({name for thing in things for name in (*thing.areas, *thing.floors)}, key=len, reverse=True)
    for room in rooms:
        rest = without(wanted, room.casefold())
        if rest is not None:
            inside = [thing for thing in things if is_in(thing, room)]
            return inside, rest
    return list(things), wanted


def without(wanted: str, room: str) -> str | None:
    """Return what is left of a name when it begins or ends with a room; None when it does not."""
    for start, end in ((f"{room} ", ""), (f"{room}的", ""), ("", f" in the {room}"), ("", f" in {room}"), ("", f" on the {room}")):
        if (start and wanted.startswith(start)) or (end and wanted.endswith(end)):
            return wanted.removeprefix(start) if start else wanted.removesuffix(end)
    if wanted == room:
        return ""
    chinese = "\u3400" <= room[:1] <= "\u9fff" and wanted.startswith(room)
    return wanted.removeprefix(room) if chinese else None


def is_in(thing: Thing, area: str) -> bool:
    """Tell whether a thing is in a room or on a floor, by any of its names, or one that means the same; or in a room of a floor."""
    floor = next((floor for floor in FLOORS if not floor.isascii() and area.startswith(floor) and area != floor), None)
    if floor:
        return (not thing.floors or is_in(thing, floor)) and is_in(thing, area.removeprefix(floor).removeprefix("的"))
    places = {place.casefold() for place in (*thing.areas, *thing.floors)}
    ways = {area.casefold(), *(word for group in SAME_ROOM if area in group for word in group)}
    keys = {key(place) for place in places}
    return any(way in places or key(way) in keys for way in ways) or (not places & ways and near(area, places))


def near(area: str, places: Iterable[str]) -> bool:
    """Tell whether a misheard room is one of these."""
    return bool(difflib.get_close_matches(area, list(places), n=1, cutoff=0.88))


def kind_in(wanted: str, *, asking: bool) -> tuple[Kind | None, str]:
    """Return the kind of thing that a name ends with, and the words before it."""
    best: tuple[int, Kind, str] | None = None
    for kind in (*SENSORS, *CONTROLS) if asking else (*CONTROLS, *SENSORS):
        for word in kind.words:
            rest = before(wanted, word)
            if rest is not None and (best is None or len(word) > best[0]):
                best = len(word), kind, rest
    return (best[1], best[2]) if best else (None, wanted)


def before(wanted: str, noun: str) -> str | None:
    """Return what comes before a noun at the end of a name; None when the name does not end with it."""
    name = " ".join([*wanted.split()[:-1], singular(wanted.rsplit(maxsplit=1)[-1])]) if wanted and wanted[-1].isascii() else wanted
    if noun in (name, wanted):
        return ""
    chinese = "\u3400" <= noun[0] <= "\u9fff"
    for said in (name, wanted):
        if said.endswith(noun if chinese else f" {noun}"):
            return said.removesuffix(noun).strip(" 的")
    return None


def is_a(thing: Thing, kind: Kind) -> bool:
    """Tell whether a thing is of a kind: by what it is, or by its name."""
    if thing.domain in kind.domains:
        own = str(thing.attributes.get("device_class") or "")
        if not kind.classes or own in kind.classes:
            return True
    names = " ".join(thing.names).casefold()
    return any(part in names for part in kind.named) and thing.domain not in {"sensor", "binary_sensor", "person", "zone", "sun"}


def preferred(chosen: Sequence[Thing], kind: Kind) -> list[Thing]:
    """Return those that are of a kind by what they are, if any are; else those by name."""
    proper = [thing for thing in chosen if thing.domain in kind.domains]
    first = next((domain for domain in kind.domains if any(thing.domain == domain for thing in proper)), None)
    return [thing for thing in proper if thing.domain == first] if proper else list(chosen)


def called_so(chosen: Sequence[Thing], wanted: str, target: str) -> list[Thing]:
    """Return the one thing that has the very word in its name, where one was asked for: of all lights the only lamp."""
    named = [thing for thing in chosen if any(wanted in name.casefold().split() for name in thing.names)]
    return named if len(named) == 1 and not is_many(target) else list(chosen)


def has_words(thing: Thing, words: str) -> bool:
    """Tell whether the names or the rooms of a thing have all of some words."""
    text = " ".join((*thing.names, *thing.areas, *thing.floors)).casefold()
    parts = [singular(word) for word in words.split()] if words.isascii() else [GLUE.sub("", words)]
    return all(part in text for part in parts)


def by_words(things: Sequence[Thing], wanted: str) -> list[Thing]:
    """Return the things that have all words of a name, else the one whose name is most like it, or sounds like it."""
    having = [thing for thing in things if has_words(thing, wanted) or any(inside(name, wanted) for name in thing.names)]
    if having:
        return having
    names = {key(name): thing for thing in things for name in thing.names}
    close = difflib.get_close_matches(key(wanted), list(names), n=1, cutoff=ALIKE)
    if close:
        return [names[close[0]]]
    if wanted.isascii():
        return []
    spoken = sound(wanted)
    return [thing for thing in things if any(sound(name) == spoken for name in thing.names)]


def inside(name: str, wanted: str) -> bool:
    """Tell whether a whole name is part of what was said: "the 石头扫地机 over there"."""
    short = key(name)
    return len(short) > 2 and short in key(wanted)


def sound(name: str) -> str:
    """Return how Chinese is said, without tones: what is misheard is mostly written with other characters."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- its dictionary takes 0.1 s to load, which a name that is found needs not

    return "".join(lazy_pinyin(GLUE.sub("", name)))
