"""What actions are given: the services of this machine and of the conversation, as async calls over plain data."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from assistant.clipboard import copy, paste
from assistant.clock import Clock
from assistant.desktop import Desktop
from assistant.desktops import find_desktop
from assistant.egress import Egress
from assistant.errors import HarkError, NotAllowed, Offline, StoreError, WebError
from assistant.journal import Journal
from assistant.outfit import Outfit
from assistant.players import Players
from assistant.reasoning.question import Thinker
from assistant.records import RecordShelf
from assistant.recurrence import wall
from assistant.rings import RingShelf
from assistant.services import BetterModel, NoHouse, RecordView, RingView, Sent
from assistant.skill import CannotDo, Timer, TimerView
from assistant.spoken import spoken
from assistant.store import Store
from assistant.things import Home
from assistant.timers import TimerShelf
from assistant.wakes import label_wake, unlabel
from audio.errors import AudioError

T = TypeVar("T")

ANSWERS = "language"
"""Under this name the store keeps the language of replies."""


class Mixer(Protocol):
    """The loudness of the machine's sound output; each call is short but blocks."""

    def volume(self) -> float:
        """Return percent."""

    def set_volume(self, percent: float) -> None:
        """Set percent."""

    def muted(self) -> bool:
        """Tell whether it is muted."""

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""


class Face(Protocol):
    """Where replies come out, as far as actions need to know."""

    async def hush(self) -> bool:
        """Silence what rings or speaks; tell whether anything did."""


class SilentFace:
    """A face that makes no sound: one-shot turns and pipes."""

    async def hush(self) -> bool:
        """Return False: nothing rings here."""
        return False


class Undoer(Protocol):
    """Takes back the last change."""

    async def undo_last(self, context: "ActionContext") -> str | None:
        """Return the words that had asked for it; None when there is none."""


@dataclass(slots=True)
class Surroundings:
    """What outlives a turn and every action may use."""

    clock: Clock
    timers: TimerShelf
    rings: RingShelf
    store: Store
    journal: Journal
    mixer: Mixer
    egress: Egress
    settings: Mapping[str, Mapping[str, Any]]
    """By family."""
    examples: Callable[[], Mapping[str, Mapping[str, Sequence[str]]]]
    """Sentences by language and family."""
    players: Players
    house: Home = field(default_factory=NoHouse)
    desktop: Callable[[], Desktop] = find_desktop
    paste: Callable[[], str] = paste
    copy: Callable[[str], None] = copy
    """The clipboard."""
    face: Face = field(default_factory=SilentFace)
    undoer: Undoer | None = None
    thinker: Thinker | None = None
    """The language model; None when there is none."""
    outfit: Outfit | None = None
    """What fetches better models; None where there is none."""


class ActionContext:
    """The `Context` of one call of an action."""

    def __init__(self, around: Surroundings, family: str, language: str, confirmed: bool, heard: str) -> None:
        self.family = family
        self.language = language
        self.confirmed = confirmed
        self.heard = heard
        self.now = around.clock.now()
        self.timers: TimerView = around.timers
        self.rings: RingView = around.rings
        self.settings: Mapping[str, Any] = around.settings.get(family, {})
        self._around = around

    def say(self, value: timedelta | datetime | date | time | float | Sequence[str]) -> str:
        """Return a value as it is spoken in the user's language."""
        return spoken(value, self.language)

    def records(self, kind: str) -> RecordView:
        """Return what is kept of a kind, such as "note"."""
        return RecordShelf(self._around.store, kind)

    def folder(self) -> Path:
        """Return this family's own folder among the user's data."""
        folder = self._around.store.path.parent / self.family
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"Cannot write {folder}: {error.strerror}. Set HARK_HOME to a folder that can be written.") from error
        return folder

    async def fetch(self, url: str, **params: str | float) -> str:
        """Return the text at a web address, through the egress broker."""
        try:
            return await self._around.egress.get(self.family, url, params)
        except NotAllowed:
            raise  # the executor asks the user
        except Offline as error:
            raise CannotDo(en="I'm offline, so I can't look that up.", zh="现在是离线模式，查不了。") from error
        except WebError as error:
            raise CannotDo(en=f"I couldn't get that. {error}", zh=f"没查到，{error.chinese}") from error

    @property
    def house(self) -> Home:
        """The user's house."""
        return self._around.house

    @property
    def desktop(self) -> Desktop:
        """The battery, the screen and the programs of this machine."""
        return self._around.desktop()

    @property
    def players(self) -> Players:
        """What plays music on this machine."""
        return self._around.players

    async def ask_model(self, instruction: str, text: str) -> str:
        """Return what the language model makes of a text. Raises CannotDo when none is set up, or it fails."""
        if self._around.thinker is None:
            raise CannotDo(
                en="That takes a language model, and none is set up. See: hark models.",
                zh="这需要语言模型，现在还没有装，请看 hark models。",
            )
        try:
            return await self._around.thinker.ask(instruction, text)
        except HarkError as error:
            raise CannotDo(en="My language model stopped working. Try again.", zh="语言模型出错了，请再试一次。") from error

    async def clipboard(self) -> str:
        """Return the text that was copied last, empty when there is none. Raises CannotDo where there is no clipboard."""
        return await asyncio.to_thread(self._around.paste)

    async def copy(self, text: str) -> None:
        """Put a text on the clipboard. Raises CannotDo where there is none."""
        await asyncio.to_thread(self._around.copy, text)

    async def schedule(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown that rings after this long."""
        return await self.timers.start(duration, label)

    async def volume(self) -> float:
        """Return the loudness of the machine's sound output in percent."""
        return await asyncio.to_thread(without_sound, self._around.mixer.volume)

    async def set_volume(self, percent: float) -> None:
        """Set the loudness; 0-100."""
        await asyncio.to_thread(without_sound, self._around.mixer.set_volume, percent)

    async def muted(self) -> bool:
        """Tell whether the sound output is muted."""
        return await asyncio.to_thread(without_sound, self._around.mixer.muted)

    async def set_muted(self, muted: bool) -> None:
        """Mute or unmute the sound output."""
        await asyncio.to_thread(without_sound, self._around.mixer.set_muted, muted)

    async def stop(self) -> bool:
        """Silence what rings or speaks; tell whether anything did."""
        return await self._around.face.hush()

    async def last_said(self) -> str:
        """Return the last reply, empty when there was none."""
        turns = self._around.journal.turns(1)
        return turns[0][1].said if turns else ""

    async def answer_in(self, language: str | None) -> str | None:
        """Answer in a language from now on, with None in the one that is spoken; return what it was before."""
        before: str | None = self._around.store.recall(ANSWERS)
        self._around.store.remember(ANSWERS, language)
        return before

    async def undo_last(self) -> str | None:
        """Take back the last change not yet taken back and return the words that had asked for it; None when there is none."""
        if self._around.undoer is None:
            raise HarkError("Nothing can be undone before the conversation has begun.")
        return await self._around.undoer.undo_last(self)

    async def label_wake(self, label: Literal["wrong", "missed"]) -> int | None:
        """Note that the last wake was not for Hark, or that one was missed; return its number, None when there was none just now."""
        return label_wake(self._around.store, label, self.now)

    async def unlabel_wake(self, number: int) -> None:
        """Take such a note back."""
        unlabel(self._around.store, number)

    def _outfit(self) -> Outfit:
        outfit = self._around.outfit
        if outfit is None or not outfit.stays:
            raise CannotDo(
                en="I won't be here long enough to fetch models. Run hark setup in a terminal.",
                zh="我马上就退出了，来不及下载模型。请在终端里运行 hark setup。",
            )
        return outfit

    async def better_models(self) -> list[BetterModel]:
        """Measure this machine and return what would suit it. Raises CannotDo where nothing can be fetched."""
        outfit = self._outfit()
        if not outfit.busy:
            try:
                await outfit.propose()
            except HarkError as error:
                raise CannotDo(en=f"I couldn't measure this machine. {error}", zh=f"没法测量这台机器。{error}") from error
        return [BetterModel(fit.entry.id, fit.entry.kind, fit.entry.megabytes) for fit in outfit.proposed]

    async def fetch_models(self) -> None:
        """Fetch what `better_models` returned, in the background, and have it used as it comes."""
        self._outfit().begin()

    async def stop_fetching(self) -> None:
        """Fetch no more models; what has come is kept."""
        if self._around.outfit:
            await self._around.outfit.stop()

    async def fetching(self) -> str:
        """Return how far that is; empty when nothing is being fetched."""
        outfit = self._around.outfit
        return outfit.status.removeprefix("⇣ ") if outfit and outfit.busy else ""

    async def last_trace(self) -> Mapping[str, float]:
        """Return the milliseconds each stage of the last turn took."""
        turns = self._around.journal.turns(1)
        return {name: ms for name, ms in turns[0][1].marks.items() if not name.startswith("tokens_")} if turns else {}

    async def egress(self, day: date) -> list[Sent]:
        """Return what left the machine on a day, the oldest first."""
        begins, ends = (wall(datetime.combine(each, time()), self.now).timestamp() for each in (day, day + timedelta(days=1)))
        sent = self._around.egress.ledger.connections(begins, ends)
        return [Sent(each.at, each.purpose, each.host, f"{each.request} {each.body}".strip()) for each in sent]

    async def record_deleted(self) -> tuple[int, datetime] | None:
        """Return how many connections were deleted from the record of what left, and when the last was made; None when none were."""
        return self._around.egress.ledger.deleted()

    async def record_holds(self, since: date) -> bool:
        """Tell whether nobody has changed what is recorded of what left the machine since a day."""
        try:
            return not self._around.egress.ledger.breaks(wall(datetime.combine(since, time()), self.now).timestamp())
        except StoreError:
            return False  # it cannot even be read

    async def examples(self) -> Mapping[str, Sequence[str]]:
        """Return a few sentences for each family, in the user's language."""
        return self._around.examples()[self.language]


def without_sound(call: Callable[..., T], *args: Any) -> T:
    """Call the mixer; that there is no sound output to set is the user's to hear."""
    try:
        return call(*args)
    except AudioError as error:
        raise CannotDo(
            en=f"I can't reach the sound output. {error}", zh=f"调不了音量。{error.chinese or '请运行 hark doctor 看看。'}"
        ) from error
