"""New models are taken while Hark runs.

When the settings or the models' folder change, what they name is built beside what serves, and takes its place once it is ready. What
cannot be built is told, and what served goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import msgspec

from assistant.brain import Brain
from assistant.config import Config, Places, load_config
from assistant.context import Surroundings
from assistant.errors import ConfigError, HarkError
from assistant.reasoning.question import Thinker
from assistant.worker import Engine, Worker
from models.shelf import LOCK

log = logging.getLogger(__name__)

EVERY_S = 1.0
"""Between two looks at the files' times."""

Tell = Callable[[str, str], None]
"""Hears in English and in Chinese what has changed, or could not."""


class Part(Protocol):
    """Something that serves, and is replaced when the settings name something else."""

    en: str
    """What it is called."""
    zh: str

    def wanted(self, config: Config) -> Any:
        """Return what the settings name: equal values are the same thing. Raises HarkError when there is none."""

    async def replace(self, config: Config) -> str:
        """Build it, put it in place, and return its name; empty for nothing to tell. Raises HarkError: then the old one serves."""


class Renewal:
    """Looks for changes and has the parts follow them."""

    def __init__(self, places: Places, config: Config) -> None:
        self.config = config
        """As far as models go, what is in force; everything else is as it was at the start."""
        self.parts: list[Part] = []
        self.tell: Tell = lambda en, _: log.info("%s", en)
        self._places = places
        self._served: dict[int, Any] = {}

    def say(self, en: str, zh: str) -> None:
        """Tell whoever listens by now."""
        self.tell(en, zh)

    async def run(self) -> None:
        """Look, for ever."""
        seen = self._times()
        for part in self.parts:
            self._served[id(part)] = wish_of(part, self.config)
        while True:
            await asyncio.sleep(EVERY_S)
            if (now := self._times()) != seen:
                seen = now
                await self.look()

    async def look(self) -> None:
        """Have every part follow the settings as they are now."""
        try:
            new = load_config(self._places.config_file)
        except ConfigError as error:
            self.tell(f"The settings have changed and cannot be used: {error}", f"设置有改动，但用不了：{error}")
            return
        self.config = msgspec.structs.replace(self.config, llm=new.llm, asr=new.asr, tts=new.tts)
        for part in self.parts:
            wish = wish_of(part, self.config)
            if self._served.get(id(part)) != wish:
                self._served[id(part)] = wish
                await self._renew(part)

    async def _renew(self, part: Part) -> None:
        try:
            name = await part.replace(self.config)
        except HarkError as error:
            log.warning("%s", error)
            self.tell(f"The new {part.en} cannot be used, the old one stays. {error}", f"新的{part.zh}用不了，继续用原来的。{error}")
            return
        if name:
            self.tell(f"The new {part.en} is ready: {name}.", f"新的{part.zh}准备好了：{name}。")

    def _times(self) -> tuple[Any, ...]:
        return stamp(self._places.config_file), stamp(self._places.models / LOCK)


def wish_of(part: Part, config: Config) -> Any:
    """Return what the settings name for a part, or what is wrong with that."""
    try:
        return part.wanted(config)
    except HarkError as error:
        return str(error)


def stamp(path: Path) -> tuple[int, int]:
    """Return what tells a file from what it was before: its time and size."""
    with suppress(OSError):
        now = path.stat()
        return now.st_mtime_ns, now.st_size
    return 0, 0


class ThinkerPart:
    """The language model."""

    en, zh = "language model", "语言模型"

    def __init__(
        self, brain: Brain, around: Surroundings, build: Callable[[Config], Thinker | None], path: Callable[[Config], Path | None]
    ) -> None:
        """Take who uses it, what builds the one the settings name (None for none), and its file if it has one. Both raise HarkError."""
        self._brain = brain
        self._around = around
        self._build = build
        self._path = path

    def wanted(self, config: Config) -> Any:
        """Return the settings and the file's time: another file of the same name is another model."""
        path = self._path(config)
        return config.llm, path, path and stamp(path)

    async def replace(self, config: Config) -> str:
        """Load the new one, then let it answer; the old one ends after the turn under way."""
        new = self._build(config)
        if new:
            await started(new.start, new.close)
        old = self._brain.thinker
        self._brain.thinker = self._around.thinker = new
        if old:
            try:
                await self._brain.idle.wait()
            finally:
                await old.close()
        return Path(config.llm.model).name if new else ""


class Heir(Protocol):
    """Uses a worker, and lets another take its place between two tasks."""

    worker: Worker

    def inherit(self, worker: Worker) -> None:
        """Take the next worker as soon as nothing is under way; the one before is closed then."""


class WorkerPart:
    """The recogniser or the voice."""

    def __init__(self, en: str, zh: str, build: Callable[[Config], Engine], user: Callable[[], Heir | None], errors: Any = None) -> None:
        """Take what it is called, what names its engine (raises HarkError), who uses it now, if anybody, and where its errors go."""
        self.en = en
        self.zh = zh
        self._build = build
        self._user = user
        self._errors = errors

    def wanted(self, config: Config) -> Any:
        """Return the engine and the time of the files it is given."""
        engine = self._build(config)
        files = [Path(value) for value in engine.options.values() if isinstance(value, str) and "/" in value and len(value) < 1000]
        return engine, [stamp(file) for file in files]

    async def replace(self, config: Config) -> str:
        """Get the new one ready, then hand it over."""
        user, engine = self._user(), self._build(config)
        if user is None:
            return ""
        new = Worker(engine, errors=self._errors)
        await started(new.start, new.close)
        user.inherit(new)
        return engine.target.partition(":")[2].lower()


async def started(start: Callable[[], Awaitable[None]], close: Callable[[], Awaitable[None]]) -> None:
    """Start something; what cannot be started, or is not wanted any more, is ended. Raises what starting raises."""
    try:
        await start()
    except BaseException:
        await close()
        raise
