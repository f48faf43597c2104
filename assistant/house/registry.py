"""Names, rooms and floors: what Home Assistant's registries say, and the things of a house made from them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.things import Thing

COMMANDS: tuple[Mapping[str, Any], ...] = (
    {"type": "config/entity_registry/list"},
    {"type": "config/device_registry/list"},
    {"type": "config/area_registry/list"},
    {"type": "config/floor_registry/list"},
    {"type": "homeassistant/expose_entity/list"},
)
"""What is asked over the WebSocket, in the order in which `read` takes the answers."""

INNER = frozenset({"ai_task", "assist_satellite", "conversation", "event", "image", "stt", "tag", "tts", "update", "wake_word"})
"""Domains of Home Assistant's own workings, which nobody asks about by name."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room or a floor."""

    names: tuple[str, ...] = ()
    """Its name, then its aliases."""
    floor: str = ""
    """The id of a room's floor."""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """What is registered of an entity."""

    name: str = ""
    """As the user has renamed it; empty when they have not."""
    area: str = ""
    """The id of its room: its own, or else its device's."""
    hidden: bool = False
    """It is not meant to be spoken to: hidden, a setting of a device, or kept from voice assistants by the user."""


@dataclass(frozen=True, slots=True)
class Registry:
    """All that is registered, by id."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other names of entities."""
    areas: Mapping[str, Place] = field(default_factory=dict)
    floors: Mapping[str, Place] = field(default_factory=dict)

    def knows(self, states: Iterable[Mapping[str, Any]]) -> bool:
        """Tell whether it has seen all of these entities."""
        return all(one.get("entity_id") in self.aliases for one in states)


def read(answers: Sequence[Any], aliases: Mapping[str, tuple[str, ...]]) -> Registry:
    """Return the registry that the answers to COMMANDS are; what was not answered is empty."""
    entities, devices, areas, floors = (rows(answer) for answer in answers[:4])
    exposed = answers[4].get("exposed_entities", {}) if isinstance(answers[4], dict) else {}
    rooms = {one.get("id"): str(one.get("area_id") or "") for one in devices}
    entries = {
        str(one.get("entity_id")): Entry(
            str(one.get("name") or ""),
            str(one.get("area_id") or rooms.get(one.get("device_id")) or ""),
            bool(one.get("hidden_by") or one.get("disabled_by") or one.get("entity_category")),
        )
        for one in entities
    }
    for entity, to in exposed.items():
        if isinstance(to, dict) and to.get("conversation") is False:
            known = entries.get(entity, Entry())
            entries[entity] = Entry(known.name, known.area, hidden=True)
    return Registry(
        entries,
        aliases,
        {str(one.get("area_id")): Place(names_of(one), str(one.get("floor_id") or "")) for one in areas},
        {str(one.get("floor_id")): Place(names_of(one), level=level_of(one)) for one in floors},
    )


def rows(answer: Any) -> list[Mapping[str, Any]]:
    """Return the records of an answer."""
    return [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []


def names_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the name of a room or a floor, then its aliases."""
    return tuple(dict.fromkeys(filter(None, [str(record.get("name") or ""), *aliases_of(record)])))


def aliases_of(record: Any) -> tuple[str, ...]:
    """Return the aliases in a record; none for garbage."""
    found = record.get("aliases") if isinstance(record, dict) else None
    return tuple(sorted(alias for alias in found or () if isinstance(alias, str) and alias.strip()))


def level_of(record: Mapping[str, Any]) -> int | None:
    """Return which floor it is, counted from the ground."""
    level = record.get("level")
    return level if isinstance(level, int) else None


def things_of(states: Iterable[Mapping[str, Any]], registry: Registry) -> list[Thing]:
    """Return what of a house can be spoken to, each with its present state."""
    return [
        thing_of(state, registry)
        for state in states
        if (entity := str(state.get("entity_id") or ""))
        and entity.partition(".")[0] not in INNER
        and not registry.entries.get(entity, Entry()).hidden
    ]


def thing_of(state: Mapping[str, Any], registry: Registry) -> Thing:
    """Return one thing."""
    entity = str(state["entity_id"])
    entry = registry.entries.get(entity, Entry())
    told = state.get("attributes")
    attributes = told if isinstance(told, dict) else {}
    room = registry.areas.get(entry.area, Place())
    floor = registry.floors.get(room.floor, Place())
    called = [entry.name, str(attributes.get("friendly_name") or ""), *registry.aliases.get(entity, ())]
    return Thing(
        entity,
        tuple(dict.fromkeys(filter(None, called))),
        room.names,
        floor.names,
        floor.level,
        str(state.get("state") or ""),
        attributes,
    )
