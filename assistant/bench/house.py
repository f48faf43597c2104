"""A house in memory: things whose state service calls change as Home Assistant's do. What the benchmark and the tests act on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from assistant.services import CannotDo
from assistant.things import Thing

START = {
    "light": "off",
    "switch": "off",
    "fan": "off",
    "lock": "locked",
    "cover": "closed",
    "valve": "closed",
    "climate": "heat",
    "media_player": "idle",
    "vacuum": "docked",
    "lawn_mower": "docked",
    "alarm_control_panel": "disarmed",
    "person": "home",
    "todo": "0",
}
"""The state of a thing nobody has said anything about, by domain; "unknown" for others."""

ONLY_WHILE_ON = {"light": ("brightness", "color_mode", "rgb_color", "color_temp_kelvin"), "media_player": ("volume_level", "media_track")}
"""What Home Assistant does not tell of a thing that is off."""


Setter = Callable[["House", str, dict[str, Any]], None]


class House:
    """Things and what becomes of them; a `Home`."""

    def __init__(self, things: Iterable[Thing]) -> None:
        """Take the things as they are in the beginning."""
        self._things: dict[str, Thing] = {}
        self._states: dict[str, str] = {}
        self._attributes: dict[str, dict[str, Any]] = {}
        self.calls: list[tuple[str, tuple[str, ...], dict[str, Any]]] = []
        """Every service call that was carried out."""
        for thing in things:
            self._things[thing.id] = thing
            self._states[thing.id] = thing.state or START.get(thing.domain, "unknown")
            self._attributes[thing.id] = deepcopy(dict(thing.attributes))

    async def things(self, *, anew: bool = False) -> list[Thing]:  # noqa: ARG002 -- a house in memory is always new
        """Return everything as it is now."""
        return [
            Thing(each.id, each.names, each.areas, each.floors, each.level, self._states[each.id], self.shown(each.id))
            for each in self._things.values()
        ]

    async def call(self, service: str, things: Sequence[str], **data: Any) -> None:
        """Carry out a service. Raises CannotDo for one that there is not."""
        self.carry_out(service, things, data)

    def carry_out(self, service: str, things: Sequence[str], data: Mapping[str, Any]) -> None:
        """Carry out a service. Raises CannotDo for one that there is not, or a thing that has no such service."""
        for one in things:
            domain = one.partition(".")[0]
            setter = SERVICES.get(service)
            if one not in self._things or setter is None or service.partition(".")[0] not in {domain, "homeassistant"}:
                raise CannotDo(en=f"The house has no {service} for {one}.", zh=f"家里的{one}没有{service}。")
            setter(self, one, dict(data))
        self.calls.append((service, tuple(things), dict(data)))

    def put(self, thing: str, state: str | None = None, **attributes: Any) -> None:
        """Give a thing a state and attributes; None leaves the state as it is."""
        if state is not None:
            self._states[thing] = state
        self._attributes[thing] |= attributes

    def state(self, thing: str) -> str:
        """Return the state of a thing."""
        return self._states[thing]

    def shown(self, thing: str) -> dict[str, Any]:
        """Return the attributes of a thing that it tells in its present state."""
        found = dict(self._attributes[thing])
        if self._states[thing] == "off":
            found |= {name: None for name in ONLY_WHILE_ON.get(thing.partition(".")[0], ()) if name in found}
        if found.get("is_volume_muted") and "volume_level" in found:
            found["volume_level"] = 0.0
        return found

    def snapshot(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """Return every state and the attributes that are told."""
        return {one: (self._states[one], deepcopy(self.shown(one))) for one in self._things}


def become(state: str, **attributes: Any) -> Setter:
    """Return a service that leads to a state."""
    return lambda house, one, _: house.put(one, state, **attributes)


def keep(**names: str) -> Setter:
    """Return a service whose data become attributes: `keep(temperature="temperature")`."""

    def setter(house: House, one: str, data: dict[str, Any]) -> None:
        house.put(one, None, **{names[name]: value for name, value in data.items() if name in names})

    return setter


def light_on(house: House, one: str, data: dict[str, Any]) -> None:
    """Switch a light on, with a brightness in percent, a colour or a warmth."""
    found = house.shown(one)
    modes = [str(mode) for mode in found.get("supported_color_modes") or ["brightness"]]
    mode = found.get("color_mode") or (modes[0] if modes else "onoff")
    house.put(one, "on", color_mode=mode[0] if isinstance(mode, list) else mode)
    if "brightness_pct" in data:
        house.put(one, "on", brightness=round(255 * data["brightness_pct"] / 100))
    if "brightness" in data:
        house.put(one, "on", brightness=data["brightness"])
    if "rgb_color" in data:
        house.put(one, "on", rgb_color=list(data["rgb_color"]), color_mode="rgb")
    if "color_temp_kelvin" in data:
        house.put(one, "on", color_temp_kelvin=data["color_temp_kelvin"], color_mode="color_temp")
    if "effect" in data:
        house.put(one, "on", effect=data["effect"])


def fan_on(house: House, one: str, data: dict[str, Any]) -> None:
    """Switch a fan on, at a speed in percent."""
    house.put(one, "on", percentage=data.get("percentage", 100))


def fan_speed(house: House, one: str, data: dict[str, Any]) -> None:
    """Set a fan's speed; none at all is off."""
    house.put(one, "on" if data["percentage"] else "off", percentage=data["percentage"])


def position(house: House, one: str, data: dict[str, Any]) -> None:
    """Move a cover or a valve."""
    house.put(one, "open" if data["position"] else "closed", current_position=data["position"])


def move(state: str, to: int) -> Setter:
    """Return a service that moves a cover or a valve all the way."""
    return lambda house, one, _: house.put(one, state, current_position=to)


def track(step: int) -> Setter:
    """Return a service that goes so many tracks on."""
    return lambda house, one, _: house.put(one, "playing", media_track=house.shown(one).get("media_track", 1) + step)


def climate_mode(house: House, one: str, data: dict[str, Any]) -> None:
    """Set what a heating or an air conditioner does."""
    house.put(one, data["hvac_mode"])


def add_item(house: House, one: str, data: dict[str, Any]) -> None:
    """Write something on a list."""
    items = [*house.shown(one).get("todo_items", []), data["item"]]
    house.put(one, str(len(items)), todo_items=items)


def remove_item(house: House, one: str, data: dict[str, Any]) -> None:
    """Strike something off a list."""
    items = [item for item in house.shown(one).get("todo_items", []) if item != data["item"]]
    house.put(one, str(len(items)), todo_items=items)


def select(house: House, one: str, data: dict[str, Any]) -> None:
    """Choose an option."""
    house.put(one, data["option"])


ON_AND_OFF = ("switch", "input_boolean", "humidifier", "siren", "remote", "automation", "script", "group", "camera")

SERVICES: dict[str, Setter] = {
    **{f"{domain}.turn_on": become("on") for domain in ON_AND_OFF},
    **{f"{domain}.turn_off": become("off") for domain in ON_AND_OFF},
    "light.turn_on": light_on,
    "light.turn_off": become("off"),
    "fan.turn_on": fan_on,
    "fan.turn_off": become("off", percentage=0),
    "fan.set_percentage": fan_speed,
    "fan.set_preset_mode": keep(preset_mode="preset_mode"),
    "lock.lock": become("locked"),
    "lock.unlock": become("unlocked"),
    "lock.open": become("open"),
    "cover.open_cover": move("open", 100),
    "cover.close_cover": move("closed", 0),
    "cover.set_cover_position": position,
    "valve.open_valve": move("open", 100),
    "valve.close_valve": move("closed", 0),
    "valve.set_valve_position": position,
    "climate.set_temperature": keep(temperature="temperature"),
    "climate.set_hvac_mode": climate_mode,
    "climate.set_preset_mode": keep(preset_mode="preset_mode"),
    "climate.set_fan_mode": keep(fan_mode="fan_mode"),
    "climate.turn_on": become("heat"),
    "climate.turn_off": become("off"),
    "water_heater.set_temperature": keep(temperature="temperature"),
    "water_heater.set_operation_mode": keep(operation_mode="operation_mode"),
    "water_heater.turn_on": become("on"),
    "water_heater.turn_off": become("off"),
    "humidifier.set_mode": keep(mode="mode"),
    "media_player.turn_on": become("on"),
    "media_player.turn_off": become("off"),
    "media_player.media_play": become("playing"),
    "media_player.media_pause": become("paused"),
    "media_player.media_stop": become("idle"),
    "media_player.media_next_track": track(1),
    "media_player.media_previous_track": track(-1),
    "media_player.volume_set": keep(volume_level="volume_level"),
    "media_player.volume_mute": keep(is_volume_muted="is_volume_muted"),
    "media_player.select_source": keep(source="source"),
    "media_player.select_sound_mode": keep(sound_mode="sound_mode"),
    "vacuum.start": become("cleaning"),
    "vacuum.stop": become("idle"),
    "vacuum.pause": become("paused"),
    "vacuum.return_to_base": become("returning"),
    "vacuum.set_fan_speed": keep(fan_speed="fan_speed"),
    "lawn_mower.start_mowing": become("mowing"),
    "lawn_mower.pause": become("paused"),
    "lawn_mower.dock": become("docked"),
    "scene.turn_on": become("on"),
    "automation.trigger": become("on"),
    "button.press": become("pressed"),
    "input_button.press": become("pressed"),
    "alarm_control_panel.alarm_arm_away": become("armed_away"),
    "alarm_control_panel.alarm_arm_home": become("armed_home"),
    "alarm_control_panel.alarm_arm_night": become("armed_night"),
    "alarm_control_panel.alarm_disarm": become("disarmed"),
    "select.select_option": select,
    "input_select.select_option": select,
    "todo.add_item": add_item,
    "todo.remove_item": remove_item,
}
"""What the house can do."""
