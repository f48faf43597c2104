"""A house that is connected: everything in it with its present state, and its services."""

from collections.abc import Sequence
from typing import Any

from assistant.clock import Clock
from assistant.house.api import Api
from assistant.house.registry import COMMANDS, Registry, aliases_of, read, things_of
from assistant.things import Thing

KEPT_S = 300.0
"""How long names and rooms are kept; a new entity has them asked for at once."""

ALIASES = "config/entity_registry/get_entries"
"""The list of all entities leaves the aliases out."""


class ConnectedHouse:
    """A house behind Home Assistant; a `Home`. Its methods raise NotAllowed besides CannotDo, for the user to be asked."""

    def __init__(self, api: Api, clock: Clock) -> None:
        self.api = api
        self._clock = clock
        self._registry = Registry()
        self._read_at: float | None = None

    async def things(self, *, anew: bool = False) -> list[Thing]:
        """Return everything that can be spoken to, with its present state."""
        states = await self.api.states()
        if anew or self._is_old() or not self._registry.knows(states):
            self._registry = await self._registered([str(one.get("entity_id")) for one in states])
            self._read_at = self._clock.monotonic()
        return things_of(states, self._registry)

    async def call(self, service: str, things: Sequence[str], **data: Any) -> None:
        """Tell things to do something."""
        await self.api.call(service, {"entity_id": list(things), **data})

    def _is_old(self) -> bool:
        return self._read_at is None or self._clock.monotonic() - self._read_at > KEPT_S

    async def _registered(self, entities: Sequence[str]) -> Registry:
        *answers, extended = await self.api.registries([*COMMANDS, {"type": ALIASES, "entity_ids": list(entities)}])
        found = extended if isinstance(extended, dict) else {}
        return read(answers, {entity: aliases_of(found.get(entity)) for entity in entities})
