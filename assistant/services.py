"""What an action is given: the services of this machine and of the conversation, as async calls over plain data.

Skills import these names from `assistant.skill`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol

from assistant.desktop import Desktop
from assistant.players import Players
from assistant.things import Home, Thing


class CannotDo(Exception):
    """Raised by an action that cannot do what was asked; both texts say why and what would help."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def text(self, language: str) -> str:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown."""

    id: int
    label: str
    duration: timedelta
    """As it was set, extensions included."""
    ends_at: datetime
    """When it rings; meaningless while paused."""
    paused_left: timedelta | None = None
    """What is left while it is paused; None when it runs."""

    def left(self, now: datetime) -> timedelta:
        """Return how long it still has to go, never below zero."""
        return max(timedelta(), self.ends_at - now if self.paused_left is None else self.paused_left)


class TimerView(Protocol):
    """The countdowns of this machine; they survive a restart."""

    async def start(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown."""

    async def all(self) -> list[Timer]:
        """Return the countdowns that have not rung, the next to ring first."""

    async def put(self, timer: Timer) -> None:
        """Write a countdown as given: a changed one, or one that was removed."""

    async def remove(self, timer_id: int) -> None:
        """Drop a countdown; it need not be there."""


@dataclass(frozen=True, slots=True)
class Ring:
    """An alarm or a reminder."""

    id: int
    kind: Literal["alarm", "reminder"]
    at: datetime
    """When it rings next, local time."""
    text: str = ""
    """What is said; empty for a plain alarm."""
    repeat: tuple[str, ...] = ()
    """mon..sun, "daily", "workday", or "workday-cn" with China's holidays and make-up workdays; empty rings once."""


class RingView(Protocol):
    """The alarms and reminders of this machine; they survive a restart."""

    async def add(self, kind: Literal["alarm", "reminder"], at: datetime, text: str = "", repeat: Sequence[str] = ()) -> Ring:
        """Set one."""

    async def all(self, kind: Literal["alarm", "reminder"]) -> list[Ring]:
        """Return those still to ring, the next first."""

    async def put(self, ring: Ring) -> None:
        """Write one as given: a changed one, or one that was removed."""

    async def remove(self, ring_id: int) -> None:
        """Drop one; it need not be there."""

    async def last_rung(self, kind: Literal["alarm", "reminder"]) -> Ring | None:
        """Return the one that rang last, with the time at which it did."""


@dataclass(frozen=True, slots=True)
class Record:
    """Something a skill keeps."""

    id: int
    data: dict[str, Any]
    """JSON values."""

    def having(self, **changes: Any) -> "Record":
        """Return it with some values changed."""
        return replace(self, data=self.data | changes)


class RecordView(Protocol):
    """What one kind of thing a skill keeps: notes, lists, facts. It survives a restart."""

    async def add(self, **data: Any) -> Record:
        """Keep something new."""

    async def all(self) -> list[Record]:
        """Return everything, the oldest first."""

    async def put(self, record: Record) -> None:
        """Write one as given: a changed one, or one that was removed."""

    async def remove(self, record_id: int) -> None:
        """Drop one; it need not be there."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that left the machine."""

    at: datetime
    purpose: str
    """"cloud", "voice", "models", or "skill:" and the family that asked."""
    host: str
    """Who got it."""
    text: str
    """What was sent, in full."""


@dataclass(frozen=True, slots=True)
class BetterModel:
    """A model that would suit this machine and is not in use yet."""

    name: str
    kind: Literal["llm", "asr", "tts"]
    """Answers, listens or speaks."""
    megabytes: int
    """To fetch."""


class NoHouse:
    """A house that nobody has connected; a `Home`."""

    async def things(self, *, anew: bool = False) -> list[Thing]:  # noqa: ARG002 -- there is nothing to ask again
        """Raise CannotDo."""
        raise CannotDo(
            en="No house is connected. To connect Home Assistant, run `hark home connect` in a terminal.",
            zh="还没有连接智能家居。请在终端里运行 hark home connect，连接 Home Assistant。",
        )

    async def call(self, service: str, things: Sequence[str], **data: Any) -> None:  # noqa: ARG002 -- as above
        """Raise CannotDo."""
        await self.things()


class Context(Protocol):
    """What an action is given; everything takes and returns plain data."""

    language: str
    """ "en" or "zh", as spoken."""
    now: datetime
    """Local time at which the words were spoken."""
    confirmed: bool
    """True when the user has just said yes to this action's question."""
    heard: str
    """The words that asked for this; for what no slot holds, such as the part of a day."""

    @property
    def house(self) -> Home:
        """The user's house."""

    @property
    def desktop(self) -> Desktop:
        """The battery, the screen and the programs of this machine."""

    @property
    def players(self) -> Players:
        """What plays music on this machine."""

    @property
    def timers(self) -> TimerView:
        """The countdowns of this machine."""

    @property
    def rings(self) -> RingView:
        """The alarms and reminders of this machine."""

    @property
    def settings(self) -> Mapping[str, Any]:
        """What the user has set for this family: the table `[skill.FAMILY]` of the configuration file."""

    def records(self, kind: str) -> RecordView:
        """Return what is kept of a kind, such as "note"."""

    def folder(self) -> Path:
        """Return this family's own folder among the user's data, for files that other programs read too; it is there."""

    async def ask_model(self, instruction: str, text: str) -> str:
        """Return what the language model makes of a text. Raises CannotDo when none is set up."""

    async def clipboard(self) -> str:
        """Return the text that was copied last, empty when there is none. Raises CannotDo where there is no clipboard."""

    async def copy(self, text: str) -> None:
        """Put a text on the clipboard. Raises CannotDo where there is none."""

    async def fetch(self, url: str, **params: str | float) -> str:
        """Return the text at a web address.

        Goes through the egress broker. Raises CannotDo with a sentence to say when the user has not allowed this family the network,
        when the other side does not answer in time, or answers with an error.
        """

    def say(self, value: timedelta | datetime | date | time | float | Sequence[str]) -> str:
        """Return a value as it is spoken in the user's language."""

    async def schedule(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown that rings after this long."""

    async def volume(self) -> float:
        """Return the loudness of the machine's sound output in percent."""

    async def set_volume(self, percent: float) -> None:
        """Set the loudness; 0-100. Raises CannotDo when there is no sound output to set."""

    async def muted(self) -> bool:
        """Tell whether the sound output is muted."""

    async def set_muted(self, muted: bool) -> None:
        """Mute or unmute the sound output."""

    async def stop(self) -> bool:
        """Silence what rings or speaks; tell whether anything did."""

    async def last_said(self) -> str:
        """Return the last reply, empty when there was none."""

    async def answer_in(self, language: str | None) -> str | None:
        """Answer in a language from now on, with None in the one that is spoken; return what it was before."""

    async def undo_last(self) -> str | None:
        """Take back the last change not yet taken back and return the words that had asked for it; None when there is none."""

    async def label_wake(self, label: Literal["wrong", "missed"]) -> int | None:
        """Note that the last wake was not for Hark, or that one was missed; return its number, None when there was none just now."""

    async def unlabel_wake(self, number: int) -> None:
        """Take such a note back."""

    async def better_models(self) -> list[BetterModel]:
        """Measure this machine, which takes seconds, and return what would suit it. Raises CannotDo where nothing can be fetched."""

    async def fetch_models(self) -> None:
        """Fetch what `better_models` returned, in the background, and have it used as it comes."""

    async def stop_fetching(self) -> None:
        """Fetch no more models; what has come is kept."""

    async def fetching(self) -> str:
        """Return how far that is, such as "whisper-base 40 %"; empty when nothing is being fetched."""

    async def last_trace(self) -> Mapping[str, float]:
        """Return the milliseconds each stage of the last turn took."""

    async def egress(self, day: date) -> list[Sent]:
        """Return what left the machine on a day, the oldest first."""

    async def record_deleted(self) -> tuple[int, datetime] | None:
        """Return how many connections were deleted from the record of what left, and when the last was made; None when none were."""

    async def record_holds(self, since: date) -> bool:
        """Tell whether nobody has changed what is recorded of what left the machine since a day."""

    async def examples(self) -> Mapping[str, Sequence[str]]:
        """Return a few sentences for each family, in the user's language."""
