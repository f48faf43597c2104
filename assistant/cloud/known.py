"""What Hark knows to be private: names in the user's lists, facts and house, places and names in the settings."""

import asyncio
import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assistant.errors import HarkError, StoreError
from assistant.redaction.names import Known
from assistant.services import CannotDo
from assistant.store import Store
from assistant.things import Home

HOUSE_S = 2.0
"""For the house to tell what is in it; it is asked through the broker, as far as the user lets it be."""

HOUSE = "names-in-house"
"""Under this name the store keeps what the house had in it last."""

NAME_EN = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}")
NAME_ZH = re.compile(r"(?:名字是|名叫|叫做?|姓名是?)([一-龥·]{2,4}?)(?=[，。,.！!、的是在和]|$)")
LOWER_EN = re.compile(r"\b(?:name is|named|called|is called)\s+([a-z][\w’'-]+)", re.IGNORECASE)

BEGIN_WORDS = """
The A An My Our Your His Her Their Its I It This That We You He She They And But Or In On At For With To Of From
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October
November December English Chinese Please Remember When What Where Who How Why There Is Are Do Does Did Every Today Tomorrow
"""

BEGINS = frozenset(BEGIN_WORDS.split())
"""Words with a capital that name nobody."""

PLACE_KEYS = frozenset(["place", "places", "home", "city", "town", "location", "address", "work"])
PERSON_KEYS = frozenset(["name", "names", "contact", "contacts", "people", "family", "user"])


async def known_to(store: Store, house: Home, settings: Mapping[str, Mapping[str, Any]], private: Iterable[str]) -> Known:
    """Return all names that Hark knows to be the user's. A house that does not answer in time has those it had last."""
    devices, areas = await names_in_house(house, store)
    facts = [str(each.get("text", "")) for each in records(store, "fact")]
    return Known.of(
        person=[*(name for fact in facts for name in names_in_fact(fact)), *named(settings, PERSON_KEYS), *contacts(store)],
        place=[*named(settings, PLACE_KEYS), *areas],
        device=devices,
        list=[str(each.get("name", "")) for each in records(store, "list")],
        private=private,
    )


async def names_in_house(house: Home, store: Store) -> tuple[list[str], list[str]]:
    """Return the names of the devices and of the rooms and floors of a house, and keep them for when it does not answer."""
    try:
        async with asyncio.timeout(HOUSE_S):
            things = await house.things()
    except (CannotDo, HarkError, TimeoutError):
        kept = store.recall(HOUSE) or {}
        return kept.get("devices", []), kept.get("areas", [])
    devices = sorted({name for thing in things for name in thing.names})
    areas = sorted({name for thing in things for name in (*thing.areas, *thing.floors)})
    if things:
        with contextlib.suppress(StoreError):
            store.remember(HOUSE, {"devices": devices, "areas": areas})
    return devices, areas


def names_in_fact(fact: str) -> Iterator[str]:
    """Yield what may be names in something the user has had remembered; one too many costs a placeholder, one too few a name."""
    for found in NAME_EN.finditer(fact):
        words = [word.removesuffix("'s").removesuffix("’s") for word in found[0].split()]
        while words and words[0] in BEGINS:
            words = words[1:]
        if words:
            yield " ".join(words)
            yield from (word for word in words if len(words) > 1 and word not in BEGINS)
    yield from (found[1] for found in NAME_ZH.finditer(fact))
    yield from (found[1] for found in LOWER_EN.finditer(fact))


def contacts(store: Store) -> Iterator[str]:
    """Yield the names of people that skills keep."""
    for kind in ("contact", "person", "birthday"):
        yield from (str(each.get("name", "")) for each in records(store, kind))


def named(settings: Mapping[str, Mapping[str, Any]], names: frozenset[str]) -> Iterator[str]:
    """Yield the texts of settings that are called so."""
    for family in settings.values():
        for name, value in family.items():
            if name in names:
                yield from texts(value)


def texts(value: Any) -> Iterator[str]:
    """Yield the texts in a setting's value, and the parts of one with commas."""
    if isinstance(value, str):
        yield value
        yield from (part.strip() for part in value.split(",") if "," in value)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield str(key)
            yield from texts(each)


def records(store: Store, kind: str) -> list[dict[str, Any]]:
    """Return what a skill keeps, as data."""
    found = []
    for row in store.rows("SELECT data FROM record WHERE kind = ?", kind):
        with contextlib.suppress(ValueError):
            found.append(json.loads(row["data"]))
    return [each for each in found if isinstance(each, dict)]
