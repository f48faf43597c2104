"""What the user's own things are called, for the recogniser to expect: lists, timers, routines, devices, rooms, what plugins know."""

import asyncio
import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from assistant.clock import Clock
from assistant.errors import HarkError
from assistant.journal import Journal
from assistant.plugins import Family, own
from assistant.services import CannotDo
from assistant.slots import SlotType
from assistant.store import Store
from assistant.things import Home

MOST = 300
"""Names that are handed on; the recogniser looks for all of them in what it hears."""

TURNS = 50
"""Last ones, whose names come first."""

HOUSE_S = 600.0
"""Between two times that the house is asked what it has."""

ASKED_S = 10.0
"""For which its answer is waited for."""

CALLED = ("name", "title", "label")
"""Fields of a record that name it."""


class Names:
    """The names, those used last before all others."""

    def __init__(self, store: Store, journal: Journal, families: Sequence[Family], house: Home, clock: Clock) -> None:
        self._store, self._journal, self._house, self._clock = store, journal, house, clock
        self._fixed = list(of_plugins(families))
        self._things: list[str] = []
        self._asked_at: float | None = None

    async def all(self) -> tuple[str, ...]:
        """Return the names as they are now."""
        await self._ask_house()
        known = dict.fromkeys(name for name in (*self._kept(), *self._things, *self._fixed) if name.strip())
        heard = [turn.heard.text.casefold() for _, turn in reversed(self._journal.turns(TURNS))]

        def turns_ago(name: str) -> int:
            return next((ago for ago, text in enumerate(heard) if name.casefold() in text), TURNS)

        return tuple(sorted(known, key=turns_ago)[:MOST])

    def _kept(self) -> Iterator[str]:
        """Yield what is named in the store, the newest first."""
        for row in self._store.rows("SELECT DISTINCT label FROM timer WHERE label != '' ORDER BY id DESC LIMIT 50"):
            yield row["label"]
        for row in self._store.rows("SELECT data FROM record ORDER BY id DESC LIMIT 500"):
            yield from named_in(json.loads(row["data"]))

    async def _ask_house(self) -> None:
        """Learn what things and rooms are called, now and then; a house that does not answer keeps its names."""
        now = self._clock.monotonic()
        if self._asked_at is not None and now - self._asked_at < HOUSE_S:
            return
        self._asked_at = now
        with contextlib.suppress(HarkError, CannotDo, TimeoutError):
            async with asyncio.timeout(ASKED_S):
                things = await self._house.things()
            self._things = [name for thing in things for name in (*thing.names, *thing.areas)]


def named_in(data: dict[str, Any]) -> Iterator[str]:
    """Yield the names in a record: its own, and those of the things on a list."""
    for field in CALLED:
        if isinstance(name := data.get(field), str):
            yield name
    items = data.get("items")
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, str))


def of_plugins(families: Iterable[Family]) -> Iterator[str]:
    """Yield the words that only other people's skills know: examples of their slots, which for listed words are the words."""
    built_in: list[SlotType] = []
    others: list[SlotType] = []
    for family in families:
        (built_in if own(family.module) else others).extend(slot for action in family.actions.values() for slot in action.slots.values())
    known = {id(slot) for slot in built_in} | {slot.name for slot in built_in}
    for slot in others:
        if id(slot) not in known and slot.name not in known:
            yield from (sample for samples in slot.samples.values() for sample in samples)
