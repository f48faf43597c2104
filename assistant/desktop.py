"""The desktop of this machine, as actions see it: its battery, its screen and its programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Battery:
    """How much is left."""

    percent: float
    plugged: bool
    """True on mains power."""
    left: timedelta | None = None
    """Until it is empty; None when that is not known, or while it is plugged in."""


@dataclass(frozen=True, slots=True)
class Program:
    """A program that is installed."""

    id: str
    """Such as "org.gnome.Calculator.desktop"."""
    names: tuple[str, ...]
    """What it is called, in all languages; the first is its name."""
    chinese: str = ""
    """What it is called in Chinese; empty when nobody has said."""
    kinds: tuple[str, ...] = ()
    """What sort of program it is, by the freedesktop categories: "WebBrowser", "Calculator"."""
    preferred: bool = False
    """True when the user has chosen it among those of its kind."""

    def name(self, language: str) -> str:
        """Return what it is called in a language."""
        return self.chinese if language == "zh" and self.chinese else self.names[0]


class Desktop(Protocol):
    """What a person sits at. Everything raises CannotDo with what is missing where this machine cannot do it."""

    async def battery(self) -> Battery | None:
        """Return how much is left; None for a machine without one."""

    async def lock(self) -> None:
        """Lock the screen."""

    async def screenshot(self) -> Path:
        """Write a picture of the screen into a new file among the user's pictures, and return which."""

    async def programs(self) -> list[Program]:
        """Return what is installed, those that a menu would show."""

    async def open(self, program: Program) -> None:
        """Start a program, or bring the one that runs to the front where it does that by itself."""

    async def open_path(self, path: Path) -> None:
        """Show a file or a folder in the program the desktop has for it."""

    async def running(self, program: Program) -> list[str]:
        """Return the processes of a program that a person would count, each by a key that no later process has."""

    async def close(self, processes: Sequence[str], *, force: bool = False) -> list[str]:
        """Ask processes to end, or end them by force; return those that have not ended within a few seconds."""
