"""What an examination brings."""

from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How something is."""

    OK = "ok"
    NOTE = "note"
    """Worth knowing; nothing is missing."""
    WEAK = "weak"
    """Works, and could be better."""
    BROKEN = "broken"
    """Something needed does not work."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    """A word or two: microphone, recogniser, disk."""
    state: State
    told: str
    """What was found."""
    cure: str = ""
    """What to do about it; empty when there is nothing to do."""
    figures: dict[str, float] = field(default_factory=dict)
    """What was measured; the name of each carries its unit."""


def broken(about: str, message: str) -> Finding:
    """Return an error as a finding: its first sentence is what was found, the rest its cure."""
    told, stop, cure = message.partition(". ")
    return Finding(about, State.BROKEN, told + stop.strip(), cure)
