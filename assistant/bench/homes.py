"""Whether what is asked of a house is done with the right things and values: sentences with a home, an intent and its slots.

A row is one of Home Assistant's own test sentences: `text`, `lang`, `home`, `intent`, `slots`. It is said to the whole conversation with
that home connected, and what counts is what was done there: which services, on which things, with which values. A row whose home is empty
gets one with the things its slots speak of and others beside them, so that the wrong ones can be met. What a question is answered is not
compared, only what was asked about.
"""

import re
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.app import open_app
from assistant.bench.home import say, things_of
from assistant.bench.house import House
from assistant.bench.spread import Count
from assistant.bench.understand import judge, matches
from assistant.config import Config, Places
from assistant.things import Thing
from assistant.vocabulary import Turn

Slots = Mapping[str, Any]
Calls = Sequence[tuple[str, tuple[str, ...], dict[str, Any]]]

OF_DOMAIN = {
    "HassLightSet": ("light",),
    "HassFanSetSpeed": ("fan",),
    "HassSetPosition": ("cover", "valve"),
    "HassClimateSetTemperature": ("climate",),
    "HassClimateGetTemperature": ("climate",),
    **dict.fromkeys(("HassMediaNext", "HassMediaPrevious", "HassMediaPause", "HassMediaUnpause", "HassMediaPlayerMute"), ("media_player",)),
    **dict.fromkeys(("HassMediaPlayerUnmute", "HassSetVolume", "HassSetVolumeRelative", "HassMediaSearchAndPlay"), ("media_player",)),
    "HassVacuumStart": ("vacuum",),
    **dict.fromkeys(("HassLawnMowerDock", "HassLawnMowerStartMowing"), ("lawn_mower",)),
}
"""What an intent acts on that names no domain."""

SERVICE = {
    "HassMediaNext": "media_next_track",
    "HassMediaPrevious": "media_previous_track",
    "HassMediaPause": "media_pause",
    "HassMediaUnpause": "media_play",
    "HassMediaPlayerMute": "volume_mute",
    "HassMediaPlayerUnmute": "volume_mute",
    "HassSetVolumeRelative": "volume_set",
    "HassSetVolume": "volume_set",
    "HassLawnMowerDock": "dock",
    "HassVacuumStart": "start",
    "HassLawnMowerStartMowing": "start_mowing",
}
"""What is right when the house does it, whichever action told it to."""

ON_SERVICES = frozenset(["turn_on", "open_cover", "open_valve", "lock", "start", "trigger", "press", "start_mowing"])
OFF_SERVICES = frozenset(["turn_off", "close_cover", "close_valve", "unlock", "stop", "dock", "return_to_base"])

BESIDE = ("light", "fan", "switch", "climate", "media_player")
COVERS = ("curtain", "blind", "window", "garage")
NOUNS = {
    "en": dict(
        zip(
            (*BESIDE, *COVERS),
            ("light", "fan", "switch", "thermostat", "speaker", "curtain", "blind", "window", "garage door"),
            strict=True,
        )
    ),
    "zh": dict(zip((*BESIDE, *COVERS), ("灯", "风扇", "开关", "空调", "音箱", "窗帘", "百叶窗", "窗户", "车库门"), strict=True)),
}
"""What stands in a room that a row tells nothing of."""

ELSEWHERE = {"en": ("Attic", "Top Floor"), "zh": ("阁楼", "顶楼")}

ATTRIBUTES: dict[str, dict[str, Any]] = {
    "light": {"supported_color_modes": ["color_temp", "rgb"], "color_mode": "color_temp", "brightness": 110},
    "media_player": {"volume_level": 0.5},
    "climate": {"temperature": 20, "current_temperature": 21},
    "fan": {"percentage": 25},
}
STATES = {"light": "on", "media_player": "playing", "fan": "on", "lawn_mower": "mowing"}
"""How things are of which a row tells nothing."""

COLOURS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255)}
VOLUME = 50
"""Percent, before."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence after which something else was done."""

    text: str
    wanted: str
    got: str
    wrong: str
    """What differs: the intent, the things, or a slot."""


@dataclass(frozen=True, slots=True)
class HomesReport:
    """How the sentences of a file were carried out."""

    file: str
    right: Count
    """Intent, things and values."""
    intent_right: Count
    wrong: dict[str, int]
    """How often what differed."""
    misses: tuple[Miss, ...]


async def measure(
    file: str, rows: Sequence[Mapping[str, Any]], patterns: Mapping[str, Sequence[str]], tell: Callable[[], None] = lambda: None
) -> HomesReport:
    """Say every row whose intent has actions that are right for it, and compare."""
    misses: list[Miss] = []
    intents, said = 0, 0
    with tempfile.TemporaryDirectory(prefix="hark-bench-") as folder:
        for number, row in enumerate(rows):
            if row["intent"] in patterns:
                house = House(home_of(row))
                turn = await asked(row, house, Path(folder) / str(number))
                wrong = difference(row, turn, house.calls, await house.things(), patterns[row["intent"]])
                said += 1
                intents += wrong != "intent"
                if wrong:
                    got = f"{turn.intent.action} {dict(turn.intent.slots)}" if turn.intent else "-"
                    did = ", ".join(f"{service} {' '.join(things)}" for service, things, _ in house.calls)
                    misses.append(Miss(row["text"], f"{row['intent']} {row['slots']}", f"{got} {did or turn.said}", wrong))
            tell()
    counted = Counter(miss.wrong for miss in misses)
    return HomesReport(file, Count(said - len(misses), said), Count(intents, said), dict(counted.most_common()), tuple(misses))


async def asked(row: Mapping[str, Any], house: House, folder: Path) -> Turn:
    """Say a row in its house, and yes where that is asked; return the first turn."""
    app = open_app(Places(str(folder)), Config())
    app.around.house = house
    try:
        turn = await say(app, row["text"], row["lang"])
        if turn.asks == "yes":
            await say(app, "yes", "en")
    finally:
        app.close()
    return turn


def home_of(row: Mapping[str, Any]) -> list[Thing]:
    """Return the things of a row's home; where it has none, those its slots speak of and others beside them."""
    told = [
        Thing(
            one.id,
            one.names,
            one.areas or placed(row["slots"], "area"),
            one.floors or (() if one.areas else placed(row["slots"], "floor")),
            state=one.state or STATES.get(one.domain, ""),
            attributes={**ATTRIBUTES.get(one.domain, {}), **one.attributes},
        )
        for one in things_of(row["home"])
    ]
    return told or made_up(row["slots"], row["lang"][:2])


def placed(slots: Slots, place: str) -> tuple[str, ...]:
    """Return where a thing is that a row puts nowhere, while it speaks of a place: there, unless it is called by its name."""
    return (str(slots[place]),) if place in slots and "name" not in slots else ()


def made_up(slots: Slots, language: str) -> list[Thing]:
    """Return two rooms with things in them, the first the one that is spoken of; blinds and doors in both only if one is."""
    other, top = ELSEWHERE[language]
    room, floor = str(slots.get("area", "客厅" if language == "zh" else "Hall")), str(slots.get("floor", ""))
    found: list[Thing] = []
    for area, level in ((room, floor), (other, top)):
        for kind, noun in NOUNS[language].items():
            if kind in COVERS and area == other and not {"area", "floor"} & slots.keys():
                continue
            domain = kind if kind in BESIDE else "cover"
            shape = {} if domain == kind else {"device_class": kind}
            number = f"{domain}.{len(found)}"
            name = f"{area}{noun}" if language == "zh" else f"{area} {noun}"
            state, told = STATES.get(domain, ""), {**ATTRIBUTES.get(domain, {}), **shape}
            found.append(Thing(number, (name,), (area,), (level,) if level else (), state=state, attributes=told))
    return found


def difference(row: Mapping[str, Any], turn: Turn, calls: Calls, things: Sequence[Thing], patterns: Sequence[str]) -> str:
    """Return what is wrong with what was done: "intent", "things", a slot's name; empty for nothing."""
    intent, slots = row["intent"], row["slots"]
    action = turn.intent.action if turn.intent else None
    services = {service.partition(".")[2] for service, _, _ in calls}
    if judge(action, patterns) != "right" and SERVICE.get(intent) not in services:
        return "intent"
    if contrary(intent, calls):
        return "intent"
    got = dict(turn.intent.slots) if turn.intent else {}
    if wrong := wrong_things(intent, slots, action, got, calls, things):
        return wrong
    return next((name for name in slots if not agrees(name, slots, got, calls)), "")


def contrary(intent: str, calls: Calls) -> bool:
    """Tell whether something was switched off that was to be switched on, or the other way."""
    if intent not in {"HassTurnOn", "HassTurnOff"}:
        return False
    is_on = intent == "HassTurnOn"
    for service, _, data in calls:
        verb = service.partition(".")[2]
        if verb in (OFF_SERVICES if is_on else ON_SERVICES) or ("position" in data and bool(data["position"]) != is_on):
            return True
    return False


def wrong_things(intent: str, slots: Slots, action: str | None, got: Slots, calls: Calls, things: Sequence[Thing]) -> str:
    """Return "things" where others were told to do it, or were asked about, than were meant."""
    of_house = intent in OF_DOMAIN or intent in {"HassTurnOn", "HassTurnOff", "HassGetState"}
    if not of_house or not {"name", "area", "floor", "domain", "device_class"} & slots.keys():
        return ""
    if intent in {"HassGetState", "HassClimateGetTemperature"}:
        if action is None or not matches(action, ("home.*",)):
            return "things"
        words = squeezed(" ".join(str(got.get(slot, "")) for slot in ("area", "target")))
        return "" if all(squeezed(str(slots[slot])) in words for slot in ("name", "area", "floor") if slot in slots) else "things"
    touched = {one for _, ids, _ in calls for one in ids}
    return "" if touched == {one.id for one in things if is_meant(one, intent, slots)} and touched else "things"


def is_meant(one: Thing, intent: str, slots: Slots) -> bool:
    """Tell whether slots speak of a thing."""
    domains = (slots["domain"],) if "domain" in slots else ("cover",) if "device_class" in slots else OF_DOMAIN.get(intent, ())
    fits = {
        "name": squeezed(str(slots.get("name", ""))) in map(squeezed, one.names),
        "area": not one.areas or squeezed(str(slots.get("area", ""))) in map(squeezed, one.areas),
        "floor": not one.floors or any(squeezed(str(slots.get("floor", ""))) in squeezed(floor) for floor in one.floors),
        "device_class": one.attributes.get("device_class", slots.get("device_class")) == slots.get("device_class"),
    }
    return (not domains or one.domain in domains) and all(right for slot, right in fits.items() if slot in slots)


def squeezed(words: str) -> str:
    """Return words as they are compared."""
    return re.sub(r"[\s的里]", "", words.casefold())


def agrees(name: str, slots: Slots, got: Slots, calls: Calls) -> bool:
    """Tell whether one slot has its value in what was understood or done."""
    wanted = slots[name]
    given = [value for _, _, data in calls for value in data.values()]
    match name:
        case "hours" | "minutes" | "seconds":
            return numbers(got.get("duration")) == [slots[unit] for unit in ("hours", "minutes", "seconds") if unit in slots]
        case "start_hours" | "start_minutes" | "start_seconds":
            return str(wanted) in re.findall(r"\d+", f"{got.get('label', '')} {got.get('duration', '') if 'minutes' not in slots else ''}")
        case "brightness" | "position" | "percentage" | "volume_level" | "temperature":
            share = [value for value in (wanted, wanted / 100) if name == "volume_level" or value == wanted]
            services = {service.partition(".")[2] for service, _, _ in calls}
            ends = {0: "close_", 100: "open_"}.get(wanted, "-")
            known = [*given, *(() if calls else got.values())]
            return any(value in known for value in share) or any(service.startswith(ends) for service in services)
        case "color":
            return list(COLOURS[wanted]) in [list(value) for value in given if isinstance(value, list | tuple)]
        case "volume_step":
            return stepped(wanted, got, calls)
        case "item":
            return [str(wanted).casefold()] == [str(item).casefold() for item in got.get("items") or ()]
        case "search_query":
            return str(wanted).casefold() == str(got.get("query", "")).casefold()
        case "conversation_command":
            return any(squeezed(str(wanted)) in squeezed(str(value)) for value in got.values())
        case "name" | "area" if "duration" in got or "label" in got or "list" in got or "place" in got:
            told = squeezed(" ".join(str(got.get(slot, "")) for slot in ("label", "list", "place")))
            return squeezed(str(wanted)).removesuffix("清单") in told
        case _:
            return True


def stepped(wanted: Any, got: Slots, calls: Calls) -> bool:
    """Tell whether the volume went up or down, and by so much where that was said."""
    levels = [100 * data["volume_level"] for _, _, data in calls if "volume_level" in data]
    change = round(levels[0] - VOLUME) if levels else (got.get("step") or 10) * (1 if got.get("direction") == "up" else -1)
    return change == wanted if isinstance(wanted, int) else (change > 0) == (wanted == "up")


def numbers(duration: Any) -> list[int]:
    """Return the numbers of a duration such as "PT1H5M"."""
    return [int(each) for each in re.findall(r"\d+", str(duration or ""))]
