"""What a house is told to do, in the services of Home Assistant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.skill import Thing, numbers_in
from skills.home.values import AMOUNTS, COLORS, MODES, SPEEDS, WARMTHS

STEPS = {"brightness": 20, "volume": 10, "position": 20, "speed": 25, "temperature": 1}
"""By how much "a bit more" changes a property: percent, or degrees."""

DEGREES = re.compile(r"\s*(?:a )?(?:degrees?|°|度|格|档)", re.IGNORECASE)
MOST_DEGREES = 15
"""By which anybody changes a temperature at once."""

PLAIN_ON = {
    "lock": "lock.lock",
    "cover": "cover.open_cover",
    "valve": "valve.open_valve",
    "vacuum": "vacuum.start",
    "lawn_mower": "lawn_mower.start_mowing",
    "automation": "automation.turn_on",
    "button": "button.press",
    "input_button": "input_button.press",
    "alarm_control_panel": "alarm_control_panel.alarm_arm_away",
}
PLAIN_OFF = {
    "lock": "lock.unlock",
    "cover": "cover.close_cover",
    "valve": "valve.close_valve",
    "vacuum": "vacuum.return_to_base",
    "lawn_mower": "lawn_mower.dock",
    "alarm_control_panel": "alarm_control_panel.alarm_disarm",
}
SWITCHED = frozenset(
    [
        *("light", "switch", "fan", "input_boolean", "humidifier", "siren", "remote", "climate", "water_heater", "media_player"),
        *("script", "scene", "camera", "group"),
    ]
)
"""Domains with `turn_on`; all but a scene have `turn_off`."""

RUN = {"automation": "automation.trigger", **{domain: service for domain, service in PLAIN_ON.items() if domain != "automation"}}

MEDIA = {
    "pause": "media_player.media_pause",
    "resume": "media_player.media_play",
    "stop": "media_player.media_stop",
    "next": "media_player.media_next_track",
    "previous": "media_player.media_previous_track",
    "mute": "media_player.volume_mute",
    "unmute": "media_player.volume_mute",
}

KEEPERS = frozenset({"lock", "alarm_control_panel"})
"""Domains that keep the house closed; what opens it is asked about first."""

DOORS = frozenset({"door", "garage", "gate"})


@dataclass(frozen=True, slots=True)
class Call:
    """A service and what it is given."""

    service: str
    data: Mapping[str, Any] = field(default_factory=dict)


def on(thing: Thing) -> Call | None:
    """Return how a thing is switched on, opened, locked, started."""
    service = PLAIN_ON.get(thing.domain) or (f"{thing.domain}.turn_on" if thing.domain in SWITCHED else None)
    return Call(service) if service else None


def off(thing: Thing) -> Call | None:
    """Return how a thing is switched off, closed, unlocked, sent home."""
    is_switched = thing.domain in SWITCHED and thing.domain != "scene"
    service = PLAIN_OFF.get(thing.domain) or (f"{thing.domain}.turn_off" if is_switched else None)
    return Call(service) if service else None


def shut(thing: Thing) -> Call | None:
    """Return how a thing is closed: a lock is locked, anything else is what switching it off does."""
    return on(thing) if thing.domain in KEEPERS else off(thing)


def run(thing: Thing) -> Call | None:
    """Return how a scene, a script, a vacuum, a coffee machine is started."""
    service = RUN.get(thing.domain)
    return Call(service) if service else on(thing)


def media(thing: Thing, command: str) -> Call | None:
    """Return how a player is paused, resumed, muted."""
    if thing.domain != "media_player":
        return None
    return Call(MEDIA[command], {"is_volume_muted": command == "mute"} if "mute" in command else {})


def set_to(thing: Thing, prop: str, value: Any) -> Call | None:
    """Return how a property of a thing is given a value; None when it has no such property, or that is no value of it."""
    amount = number(value, prop)
    match thing.domain, prop:
        case "light", "brightness" if amount is not None:
            return Call("light.turn_on", {"brightness_pct": percent(amount)}) if amount > 0 else Call("light.turn_off")
        case "light", ("color" | "temperature") if amount is not None and amount >= 1000:
            return Call("light.turn_on", {"color_temp_kelvin": int(amount)})
        case "light", ("color" | "temperature") if amount is None:
            return colour(str(value))
        case "light", "mode":
            return off(thing) if mode_of(str(value)) == "off" else Call("light.turn_on", {"effect": str(value)})
        case (("cover" | "valve"), ("position" | "brightness")) if amount is not None:
            return moved(thing.domain, percent(amount))
        case (("climate" | "water_heater"), "temperature") if amount is not None:
            return Call(f"{thing.domain}.set_temperature", {"temperature": amount})
        case "climate", "mode":
            return climate_mode(thing, str(value))
        case "humidifier", "mode":
            return Call("humidifier.set_mode", {"mode": mode_of(str(value))})
        case "fan", "mode":
            return Call("fan.set_preset_mode", {"preset_mode": mode_of(str(value))})
        case "fan", ("speed" | "brightness" | "position") if amount is not None:
            return Call("fan.set_percentage", {"percentage": percent(amount)})
        case "media_player", ("volume" | "brightness") if amount is not None:
            return Call("media_player.volume_set", {"volume_level": percent(amount) / 100})
        case (("select" | "input_select"), _):
            return Call(f"{thing.domain}.select_option", {"option": str(value)})
    return None


def changed(thing: Thing, prop: str, direction: str, by: float | None = None) -> Call | None:
    """Return how a property of a thing is made a step more or less, or so many percent."""
    sign = 1 if direction == "up" else -1
    present = now(thing, prop)
    if present is None:
        return on(thing) if sign > 0 and prop == "brightness" and thing.domain == "light" else None
    step = STEPS.get(prop, 10) if by is None else by
    if prop == "temperature":
        return set_to(thing, prop, present + sign * step)
    least = 1 if prop == "brightness" and present > 1 else 0
    return set_to(thing, prop, min(100, max(least, present + sign * step)))


def degrees_in(heard: str) -> float | None:
    """Return by how many degrees words change something; None when they do not say, or say more than anybody means."""
    found = [float(value) for value, _, end in numbers_in(heard) if DEGREES.match(heard, end)]
    return found[0] if found and 0 < found[0] <= MOST_DEGREES else None


def now(thing: Thing, prop: str) -> float | None:
    """Return the present value of a property, in percent or degrees; None when the thing does not tell."""
    told = thing.attributes
    match thing.domain, prop:
        case "light", "brightness":
            return 0.0 if thing.state == "off" else scaled(told.get("brightness"), 100 / 255)
        case (("cover" | "valve"), "position"):
            return (
                scaled(told.get("current_position"), 1)
                if told.get("current_position") is not None
                else {"open": 100.0}.get(thing.state, 0.0)
            )
        case (("climate" | "water_heater"), "temperature"):
            return scaled(told.get("temperature"), 1) or scaled(told.get("current_temperature"), 1)
        case "fan", "speed":
            return scaled(told.get("percentage") or 0, 1)
        case "media_player", "volume":
            return scaled(told.get("volume_level"), 100)
    return None


def scaled(value: Any, by: float) -> float | None:
    """Return a number times a factor; None for what is no number."""
    return float(value) * by if isinstance(value, int | float) else None


def number(value: Any, prop: str) -> float | None:
    """Return a value as a number: percent, degrees; None for a word that means none."""
    if isinstance(value, int | float):
        return float(value)
    said = str(value).casefold().strip()
    if prop == "speed" and said in SPEEDS:
        return SPEEDS[said]
    if said in AMOUNTS:
        return AMOUNTS[said]
    try:
        return float(said.rstrip("%°"))
    except ValueError:
        return None


def percent(amount: float) -> int:
    """Return an amount within what there is."""
    return round(min(100.0, max(0.0, amount)))


def moved(domain: str, to: int) -> Call:
    """Return how a cover or a valve is moved; all the way has its own service, which every one understands."""
    if to in {0, 100}:
        return Call(f"{domain}.{'open' if to else 'close'}_{domain}")
    return Call(f"{domain}.set_{domain}_position", {"position": to})


def colour(said: str) -> Call | None:
    """Return how a light is coloured; None for what is no colour."""
    name = said.casefold().strip()
    ways = (name, name.removesuffix("的").removesuffix("光").removesuffix("色"), name.split()[-1] if name else "")
    if warmth := next((WARMTHS[known] for known in ways if known in WARMTHS), None):
        return Call("light.turn_on", {"color_temp_kelvin": warmth})
    plain = next((known for known in ways if known in COLORS), None)
    return Call("light.turn_on", {"rgb_color": list(COLORS[plain])}) if plain else None


def climate_mode(thing: Thing, said: str) -> Call:
    """Return how a heating or an air conditioner is told what to do: a mode of its own, or a preset."""
    mode = mode_of(said)
    if mode in (thing.attributes.get("preset_modes") or ()):
        return Call("climate.set_preset_mode", {"preset_mode": mode})
    return Call("climate.set_hvac_mode", {"hvac_mode": mode})


def mode_of(said: str) -> str:
    """Return what Home Assistant calls a mode."""
    name = said.casefold().strip().removesuffix("模式").removesuffix(" mode")
    return next((mode for mode, names in MODES.items() if name in names), name)


def opens_the_house(thing: Thing, call: Call) -> bool:
    """Tell whether a call unlocks, disarms, or opens a door that leads outside."""
    if thing.domain in KEEPERS:
        return call.service.endswith((".unlock", ".open", "_disarm"))
    is_door = str(thing.attributes.get("device_class") or "") in DOORS or any(
        word in " ".join(thing.names).casefold() for word in ("door", "gate", "garage", "门")
    )
    opens = call.service == "cover.open_cover" or (call.service == "cover.set_cover_position" and call.data["position"] > 0)
    return thing.domain == "cover" and is_door and opens


def back(thing: Thing) -> list[Call]:
    """Return how a thing is brought back to its present state."""
    state, told = thing.state, thing.attributes
    match thing.domain:
        case "light" if state == "on":
            data: dict[str, Any] = {name: told[name] for name in ("brightness", "rgb_color") if told.get(name) is not None}
            if told.get("color_mode") == "color_temp" and told.get("color_temp_kelvin"):
                data = {name: value for name, value in data.items() if name != "rgb_color"} | {
                    "color_temp_kelvin": told["color_temp_kelvin"]
                }
            return [Call("light.turn_on", data)]
        case "fan" if state == "on":
            return [Call("fan.set_percentage", {"percentage": told.get("percentage") or 100})]
        case "cover" | "valve":
            place = told.get("current_position")
            return [moved(thing.domain, round(place) if isinstance(place, int | float) else {"open": 100}.get(state, 0))]
        case "climate" | "water_heater":
            return [
                *([Call(f"{thing.domain}.set_temperature", {"temperature": told["temperature"]})] if told.get("temperature") else []),
                *([Call("climate.set_hvac_mode", {"hvac_mode": state})] if thing.domain == "climate" else []),
            ]
        case "media_player":
            again = {"playing": "media_player.media_play", "paused": "media_player.media_pause", "off": "media_player.turn_off"}.get(state)
            volume = told.get("volume_level")
            return [
                *([Call(again)] if again else []),
                *([Call("media_player.volume_set", {"volume_level": volume})] if volume is not None else []),
            ]
    is_on = state in {"on", "locked", "cleaning", "mowing"} or state.startswith("armed")
    call = on(thing) if is_on else off(thing)
    return [call] if call and thing.domain not in {"scene", "script", "button", "input_button"} else []
