"""The devices of a house, as actions see them: what there is, what it does now, and how it is told to do something else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from assistant.words import is_chinese


@dataclass(frozen=True, slots=True)
class Thing:
    """A device, a scene, a sensor, a person: an entity, as Home Assistant calls it."""

    id: str
    """Domain and name, such as "light.kitchen"."""
    names: tuple[str, ...]
    """What it is called; the first is its name, the others are aliases."""
    areas: tuple[str, ...] = ()
    """The room it is in: its name, then its aliases; none when it is in no room."""
    floors: tuple[str, ...] = ()
    """The floor of that room, in the same way."""
    level: int | None = None
    """Of the floor; the ground floor is 0. None when nobody has said."""
    state: str = ""
    """ "on", "open", "21.5", "unavailable"."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """JSON values: brightness, current_position, device_class."""

    @property
    def domain(self) -> str:
        """What sort of thing it is: "light", "cover"."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """What it is called first of all."""
        return self.names[0] if self.names else self.id.partition(".")[2].replace("_", " ")

    def called(self, language: str) -> str:
        """Return what it is called in a language: the first of its names in Chinese, or in none, where there is one."""
        return next((name for name in self.names if is_chinese(name) == (language == "zh")), self.name)

    @property
    def area(self) -> str:
        """The name of its room; empty when it is in none."""
        return self.areas[0] if self.areas else ""


class Home(Protocol):
    """The user's house."""

    async def things(self, *, anew: bool = False) -> list[Thing]:
        """Return everything in the house with its present state.

        `anew` also asks for names and rooms again, which are kept for a while otherwise. Raises CannotDo when no house is
        connected, with how to connect one, or when it does not answer.
        """

    async def call(self, service: str, things: Sequence[str], **data: Any) -> None:
        """Tell things to do something: `call("light.turn_on", ["light.kitchen"], brightness_pct=40)`. Raises CannotDo."""
