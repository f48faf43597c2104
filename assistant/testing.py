"""What a skill's tests are written with: a context that needs no machine, and a way to carry out an undo."""

import importlib
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

from assistant.fake_desktop import FakeDesktop
from assistant.fake_players import FakePlayers
from assistant.services import BetterModel, NoHouse
from assistant.skill import CannotDo, Inverse, Record, Ring, Sent, Timer, Undo
from assistant.spoken import spoken
from assistant.things import Home

Kind = Literal["alarm", "reminder"]

MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""The Monday morning on which tests take place unless they say otherwise."""


class FakeTimers:
    """Countdowns that are kept in memory and never ring."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[int, Timer] = {}
        self._last = 0

    async def start(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown."""
        self._last += 1
        self._kept[self._last] = Timer(self._last, label, duration, self._now() + duration)
        return self._kept[self._last]

    async def all(self) -> list[Timer]:
        """Return the countdowns that still run, the next to ring first, paused ones last."""
        running = (timer for timer in self._kept.values() if timer.paused_left is not None or timer.ends_at > self._now())
        return sorted(running, key=lambda timer: (timer.paused_left is not None, timer.ends_at, timer.id))

    def due(self) -> list[Timer]:
        """Return the countdowns whose time has come."""
        return [timer for timer in self._kept.values() if timer.paused_left is None and timer.ends_at <= self._now()]

    async def put(self, timer: Timer) -> None:
        """Write a countdown as given."""
        self._kept[timer.id] = timer

    async def remove(self, timer_id: int) -> None:
        """Drop a countdown; it need not be there."""
        self._kept.pop(timer_id, None)


class FakeRings:
    """Alarms and reminders that are kept in memory and never ring."""

    def __init__(self) -> None:
        self._kept: dict[int, Ring] = {}
        self._last = 0
        self.rung: Ring | None = None
        """What rang last."""

    async def add(self, kind: Kind, at: datetime, text: str = "", repeat: Sequence[str] = ()) -> Ring:
        """Set one."""
        self._last += 1
        self._kept[self._last] = Ring(self._last, kind, at, text, tuple(repeat))
        return self._kept[self._last]

    async def all(self, kind: Kind) -> list[Ring]:
        """Return those of a kind, the next first."""
        return sorted((ring for ring in self._kept.values() if ring.kind == kind), key=lambda ring: (ring.at, ring.id))

    async def put(self, ring: Ring) -> None:
        """Write one as given."""
        self._kept[ring.id] = ring

    async def remove(self, ring_id: int) -> None:
        """Drop one; it need not be there."""
        self._kept.pop(ring_id, None)

    async def last_rung(self, kind: Kind) -> Ring | None:
        """Return `rung` if it is of this kind."""
        return self.rung if self.rung and self.rung.kind == kind else None


class FakeRecords:
    """Records that are kept in memory."""

    def __init__(self) -> None:
        self._kept: dict[int, Record] = {}
        self._last = 0

    async def add(self, **data: Any) -> Record:
        """Keep something new."""
        self._last += 1
        self._kept[self._last] = Record(self._last, data)
        return self._kept[self._last]

    async def all(self) -> list[Record]:
        """Return everything, the oldest first."""
        return [self._kept[number] for number in sorted(self._kept)]

    async def put(self, record: Record) -> None:
        """Write one as given."""
        self._kept[record.id] = record

    async def remove(self, record_id: int) -> None:
        """Drop one; it need not be there."""
        self._kept.pop(record_id, None)


@dataclass
class FakeContext:
    """A `Context` for tests; set what the action should find, and look at what it left."""

    language: str = "en"
    now: datetime = MORNING
    confirmed: bool = False
    heard: str = ""
    """The words that asked for it."""
    loudness: float | None = 50.0
    """Percent; None for a machine without sound output."""
    is_muted: bool = False
    ringing: bool = False
    """Whether something rings or speaks; stopping ends it."""
    said: str = ""
    """The last reply."""
    undoable: str | None = None
    """The words that had asked for the last change; undoing forgets them."""
    answers_in: str | None = None
    """The language of replies; None is the one that is spoken."""
    trace: Mapping[str, float] = field(default_factory=dict)
    """Milliseconds by stage of the last turn."""
    sentences: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Examples by family."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the user has set for the family."""
    web: Mapping[str, str] = field(default_factory=dict)
    """Answers by the beginning of an address; anything else cannot be reached."""
    fetched: list[tuple[str, dict[str, str | float]]] = field(default_factory=list)
    """Addresses asked for, with their parameters."""
    sent: list[Sent] = field(default_factory=list)
    """What left the machine."""
    deleted: tuple[int, datetime] | None = None
    """How many connections were deleted from the record of it, and when the last was made."""
    holds: bool = True
    """Whether the record of it does."""
    wake_labels: list[str] = field(default_factory=list)
    """What the user said of wakes."""
    better: list[BetterModel] = field(default_factory=list)
    """Models that would suit this machine."""
    coming: str = ""
    """How far they are on their way; empty when they are not."""
    model: Callable[[str, str], str] | None = None
    """The language model: instruction and text in, answer out; None where none is set up."""
    copied: str | None = ""
    """What is on the clipboard; None for a machine without one."""
    home: Path | None = None
    """Where the family keeps its files."""
    house: Home = field(default_factory=NoHouse)
    """The user's house; none is connected."""
    desktop: FakeDesktop = field(default_factory=FakeDesktop)
    """The battery, the screen and the programs."""
    players: FakePlayers = field(default_factory=FakePlayers)
    """What plays music."""
    rings: FakeRings = field(default_factory=FakeRings)
    timers: FakeTimers = field(init=False)

    def __post_init__(self) -> None:
        self.timers = FakeTimers(lambda: self.now)
        self._records: dict[str, FakeRecords] = {}

    def records(self, kind: str) -> FakeRecords:
        """Return what is kept of a kind."""
        return self._records.setdefault(kind, FakeRecords())

    def folder(self) -> Path:
        """Return `home`; a new folder when the test has given none."""
        self.home = self.home or Path(tempfile.mkdtemp(prefix="hark-test-"))
        return self.home

    async def fetch(self, url: str, **params: str | float) -> str:
        """Return what `web` has for an address. Raises CannotDo when it has nothing."""
        self.fetched.append((url, params))
        answer = next((text for start, text in self.web.items() if url.startswith(start)), None)
        if answer is None:
            raise CannotDo(en="I couldn't reach the internet.", zh="连不上网络。")
        return answer

    async def ask_model(self, instruction: str, text: str) -> str:
        """Return what `model` answers. Raises CannotDo when there is none."""
        if self.model is None:
            raise CannotDo(en="No language model is set up.", zh="还没有装语言模型。")
        return self.model(instruction, text)

    async def clipboard(self) -> str:
        """Return `copied`. Raises CannotDo when it is None."""
        if self.copied is None:
            raise CannotDo(en="I can't read the clipboard here.", zh="这里读不了剪贴板。")
        return self.copied

    async def copy(self, text: str) -> None:
        """Set `copied`. Raises CannotDo when it is None."""
        await self.clipboard()
        self.copied = text

    def say(self, value: timedelta | datetime | date | time | float | Sequence[str]) -> str:
        """Return a value as it is spoken in the language of this context."""
        return spoken(value, self.language)

    async def schedule(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown."""
        return await self.timers.start(duration, label)

    async def volume(self) -> float:
        """Return `loudness`. Raises CannotDo when there is none."""
        if self.loudness is None:
            raise CannotDo(en="I can't reach the sound output.", zh="调不了音量。")
        return self.loudness

    async def set_volume(self, percent: float) -> None:
        """Set `loudness`. Raises CannotDo when there is none."""
        await self.volume()
        self.loudness = percent

    async def muted(self) -> bool:
        """Return `is_muted`. Raises CannotDo when there is no sound output."""
        await self.volume()
        return self.is_muted

    async def set_muted(self, muted: bool) -> None:
        """Set `is_muted`. Raises CannotDo when there is no sound output."""
        await self.volume()
        self.is_muted = muted

    async def stop(self) -> bool:
        """End what rings; tell whether anything did."""
        rang, self.ringing = self.ringing, False
        return rang

    async def last_said(self) -> str:
        """Return `said`."""
        return self.said

    async def answer_in(self, language: str | None) -> str | None:
        """Set `answers_in` and return what it was."""
        before, self.answers_in = self.answers_in, language
        return before

    async def undo_last(self) -> str | None:
        """Return `undoable` and forget it."""
        words, self.undoable = self.undoable, None
        return words

    async def label_wake(self, label: Literal["wrong", "missed"]) -> int | None:
        """Add to `wake_labels`, which knows one wake."""
        self.wake_labels.append(label)
        return len(self.wake_labels)

    async def unlabel_wake(self, number: int) -> None:
        """Take a label out of `wake_labels`."""
        del self.wake_labels[number - 1]

    async def better_models(self) -> list[BetterModel]:
        """Return `better`."""
        return self.better

    async def fetch_models(self) -> None:
        """Say in `coming` that the first of `better` is on its way."""
        self.coming = f"{self.better[0].name} 0 %"

    async def stop_fetching(self) -> None:
        """Empty `coming`."""
        self.coming = ""

    async def fetching(self) -> str:
        """Return `coming`."""
        return self.coming

    async def last_trace(self) -> Mapping[str, float]:
        """Return `trace`."""
        return self.trace

    async def egress(self, day: date) -> list[Sent]:
        """Return what of `sent` left on a day."""
        return [sent for sent in self.sent if sent.at.date() == day]

    async def record_deleted(self) -> tuple[int, datetime] | None:
        """Return `deleted`."""
        return self.deleted

    async def record_holds(self, since: date) -> bool:  # noqa: ARG002 -- it holds or does not
        """Return `holds`."""
        return self.holds

    async def examples(self) -> Mapping[str, Sequence[str]]:
        """Return `sentences`."""
        return self.sentences


async def take_back(ctx: FakeContext, undo: Undo) -> None:
    """Carry out an undo, as saying "undo" does."""
    inverse: Inverse = getattr(importlib.import_module(undo.module), undo.name)
    await inverse.function(ctx, **undo.args)
