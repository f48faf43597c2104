"""What is left of the words for a device once verbs, rooms and properties that were taken for a part of it have been told apart."""

import re
from typing import Any

from skills.home.naming import room_at_start
from skills.home.rooms import FLOORS, HERE, ROOMS

HOW_MANY = re.compile(r"^(?:(?:all|every|each|both|any|single|of|the|my|our|an|a(?! c\b))\s+)+(?=\S)", re.IGNORECASE)
"""What is said before the name of a device and is no part of it."""

ON_FLOOR = re.compile(r"(\S.*?) (?:up |down )?(?:on the )?(upstairs|downstairs|(?:ground|first|second|third|top) floor)", re.IGNORECASE)
"""A device with the floor behind its name."""

VERB = re.compile(
    r"^(?:(?:turn|set|change|make|increase|decrease|raise|lower|adjust|reduce|get|put|bring)(?: (?:up|down))?(?: the| my)? "
    r"|设置|设定|调节|调整|让|叫|把|将|请)+(?=.)",
    re.IGNORECASE,
)
"""What a sentence begins with and no device does."""

WARMTH = re.compile(
    r"\s*\b(?:the )?colou?r temp(?:erature)?(?: (?:of|in|on|for))?(?: the| my)?\b\s*|的?(?:色温|颜色温度)的?", re.IGNORECASE
)
LAMP_WARMTH = re.compile(r"(?<=lamp|ight|bulb) temp(?:erature)?$|(?<=灯)的?温度$", re.IGNORECASE)
"""How warm a light shines; of anything else it is how warm it is there."""

LOUDNESS = re.compile(r"(?:^|\s+)(?:volume|sound)$|的?(?:音量|声音)$", re.IGNORECASE)
HERE_AT_START = re.compile(rf"^(?:{'|'.join(word for word in HERE if len(word) > 1 and not word.isascii())})[的里]?(?=.)")

PLACES = frozenset((*ROOMS, *FLOORS))


def with_area(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with the verb and the room split off the device: "nursery curtains" are the curtains of the nursery."""
    target = HERE_AT_START.sub("", VERB.sub("", HOW_MANY.sub("", str(slots.get("target", "")))))
    slots = slots | {"target": target} if target else slots
    room = "" if "area" in slots else room_at_start(target)
    if room:
        return slots | {"area": room, "target": target[len(room) :].strip(" 的里")}
    floor = None if "area" in slots else ON_FLOOR.fullmatch(target)
    return slots | {"target": floor[1], "area": floor[2]} if floor else slots


def with_aspect(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with the property split off as well: "bedroom lamp temperature" is how warm the bedroom's lamp shines."""
    name, found = HERE_AT_START.sub("", VERB.sub("", HOW_MANY.sub("", str(slots.get("target", ""))))), dict(slots)
    if shorter := WARMTH.search(name) or LAMP_WARMTH.search(name):
        name = f"{name[: shorter.start()]} {name[shorter.end() :]}".strip(" 的里")
        found["target"], found["property"] = as_room(name, found), "color"
    elif (loud := LOUDNESS.search(name)) and name[: loud.start()].strip(" 的里"):
        name = name[: loud.start()].strip(" 的里")
        found["target"], found["property"] = as_room(name, found), "volume"
    return with_area(found)


def as_room(name: str, slots: dict[str, Any]) -> str:
    """Return a device's name; where it is but a room, nothing, and the room goes among the slots: its lamps or players are meant."""
    if name.casefold() in PLACES and "area" not in slots:
        slots["area"] = name
        return ""
    return name
