"""Acting before it is sure that it is wanted: only what reads, and only where nothing can change.

While somebody may still be speaking, the reply to what they have said so far is made ahead. An action that declares `reads` is run for
it, with a context in which every way to change something, to leave the machine or to speak is closed.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn

from assistant.context import ActionContext, Surroundings
from assistant.desktop import Desktop
from assistant.players import Players
from assistant.services import Record, RecordView, Ring, RingView, Timer, TimerView
from assistant.things import Home


class NotYet(Exception):
    """Raised by whatever a rehearsed action may not do; the act is then carried out when its time has come."""


def refused(*_: Any, **__: Any) -> NoReturn:
    """Raise NotYet."""
    raise NotYet


class OnlyTimers:
    """Countdowns that can be looked at."""

    def __init__(self, timers: TimerView) -> None:
        self.all = timers.all

    async def start(self, duration: timedelta, label: str = "") -> Timer:
        """Raise NotYet."""
        refused(duration, label)

    async def put(self, timer: Timer) -> None:
        """Raise NotYet."""
        refused(timer)

    async def remove(self, timer_id: int) -> None:
        """Raise NotYet."""
        refused(timer_id)


class OnlyRings:
    """Alarms and reminders that can be looked at."""

    def __init__(self, rings: RingView) -> None:
        self.all = rings.all
        self.last_rung = rings.last_rung

    async def add(self, kind: Any, at: Any, text: str = "", repeat: Sequence[str] = ()) -> Ring:
        """Raise NotYet."""
        refused(kind, at, text, repeat)

    async def put(self, ring: Ring) -> None:
        """Raise NotYet."""
        refused(ring)

    async def remove(self, ring_id: int) -> None:
        """Raise NotYet."""
        refused(ring_id)


class OnlyRecords:
    """Records that can be looked at."""

    def __init__(self, records: RecordView) -> None:
        self.all = records.all

    async def add(self, **data: Any) -> Record:
        """Raise NotYet."""
        refused(data)

    async def put(self, record: Record) -> None:
        """Raise NotYet."""
        refused(record)

    async def remove(self, record_id: int) -> None:
        """Raise NotYet."""
        refused(record_id)


class RehearsalContext(ActionContext):
    """A context in which nothing can be changed."""

    def __init__(self, around: Surroundings, family: str, language: str, confirmed: bool, heard: str) -> None:
        super().__init__(around, family, language, confirmed, heard)
        self.timers = OnlyTimers(self.timers)
        self.rings = OnlyRings(self.rings)

    def records(self, kind: str) -> RecordView:
        """Return what is kept of a kind, to look at."""
        return OnlyRecords(super().records(kind))

    def folder(self) -> Path:
        """Raise NotYet: files are written without asking anybody."""
        refused()

    @property
    def house(self) -> Home:
        """Raise NotYet."""
        refused()

    @property
    def desktop(self) -> Desktop:
        """Raise NotYet."""
        refused()

    @property
    def players(self) -> Players:
        """Raise NotYet."""
        refused()

    async def fetch(self, url: str, **params: str | float) -> str:
        """Raise NotYet."""
        refused(url, params)

    async def ask_model(self, instruction: str, text: str) -> str:
        """Raise NotYet."""
        refused(instruction, text)

    async def copy(self, text: str) -> None:
        """Raise NotYet."""
        refused(text)

    async def schedule(self, duration: timedelta, label: str = "") -> Timer:
        """Raise NotYet."""
        refused(duration, label)

    async def set_volume(self, percent: float) -> None:
        """Raise NotYet."""
        refused(percent)

    async def set_muted(self, muted: bool) -> None:
        """Raise NotYet."""
        refused(muted)

    async def stop(self) -> bool:
        """Raise NotYet."""
        refused()

    async def answer_in(self, language: str | None) -> str | None:
        """Raise NotYet."""
        refused(language)

    async def undo_last(self) -> str | None:
        """Raise NotYet."""
        refused()
