"""The user's own skill files are taken up while Hark runs: changed, new and deleted ones, without touching anything else."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from assistant.brain import Brain
from assistant.classifier import Lessons
from assistant.executor import Executor
from assistant.needs import Filed
from assistant.plugins import Family, load_own
from assistant.renewal import Renewal, Tell, stamp
from assistant.understanding import LANGUAGES

log = logging.getLogger(__name__)

EVERY_S = 0.4
"""Between two looks at the folder. A file has to look the same twice, as editors write in pieces: so it is taken within a second."""

Stamps = dict[Path, tuple[int, int]]


class SkillFolder:
    """The folder of the user's own skills, and what has been loaded from it."""

    def __init__(
        self, folder: Path, families: list[Family], brain: Brain, executor: Executor, renewal: Renewal, filed: Filed, cache: Path
    ) -> None:
        """Take the folder, the loaded families (this list is kept up to date), who uses them, and where what is learnt is kept."""
        self._folder = folder
        self._families = families
        self._brain = brain
        self._executor = executor
        self._renewal = renewal
        self._filed = filed
        self._cache = cache
        self._disabled: Sequence[str] = renewal.config.skills.disabled
        self._loaded = self._stamps()
        self._lessons: Lessons | None = None

    async def run(self) -> None:
        """Look, for ever."""
        seen = self._loaded
        while True:
            await asyncio.sleep(EVERY_S)
            before, seen = seen, self._stamps()
            if seen == before and seen != self._loaded:
                await self._brain.idle.wait()  # a turn ends with the skills it began with
                await self.take(seen)

    async def take(self, now: Stamps) -> None:
        """Load what has changed, and tell of it in a line each; a file that cannot be loaded leaves the one before in use."""
        before, self._loaded = self._loaded, now
        names = {family.origin: at for at, family in enumerate(self._families)}
        gone = {str(path) for path in before.keys() - now.keys()}
        tellings = [told_gone(self._families[names[origin]]) for origin in sorted(gone & names.keys())]
        families = [family for family in self._families if family.origin not in gone]
        for path in sorted(path for path, mark in now.items() if before.get(path) != mark):
            others = [family for family in families if family.origin != str(path)]
            at = next((at for at, family in enumerate(families) if family.origin == str(path)), len(families))
            new = load_own(path, {family.name: family for family in others}, self._disabled, self._filed)
            old = families[at] if at < len(families) else None
            tellings.append(told(new, old))
            if new.status != "broken" or old is None or old.status == "broken":
                families[at : at + 1] = [new]
        self._families[:] = families
        self._brain.understanding.take(families, self._filed)
        self._executor.take(families)
        self._filed.keep()
        for tell in tellings:
            tell(self._renewal.tell)
        self._learn()
        await self._renewal.look()  # a recogniser that knows only the sentences of skills is given the new ones

    def _learn(self) -> None:
        """Have the classifier learn the skills beside the conversation, which goes on with what it knows until then.

        It takes seconds, for which nobody who leaves has to wait.
        """
        self._lessons = Lessons(list(self._families), self._cache)
        threading.Thread(target=self._taught, args=[self._lessons], name="learning", daemon=True).start()

    def _taught(self, lessons: Lessons) -> None:
        try:
            for language in LANGUAGES:
                lessons.learnt(language)
        except Exception:  # whatever other people's sentences bring about, what was learnt before still serves
            log.exception("the classifier could not learn the skills anew")
            return
        if self._lessons is lessons:
            self._brain.understanding.lessons = lessons

    def _stamps(self) -> Stamps:
        with suppress(OSError):
            return {path: stamp(path) for path in self._folder.glob("*.py")}
        return {}


def told_gone(family: Family) -> Callable[[Tell], None]:
    """Return what tells that a file is gone."""
    return lambda tell: tell(f"The skill {family.name} is gone: its file was deleted.", f"技能{family.name}没有了：文件已删除。")


def told(new: Family, old: Family | None) -> Callable[[Tell], None]:
    """Return what tells how a file that is new or has changed was taken."""
    if new.status == "broken":
        problem = " ".join(new.problem.split())
        stays = old is not None and old.status == "ready"
        en, zh = (" The one before stays in use.", "继续用原来的。") if stays else ("", "")
        return lambda tell: tell(f"The skill {new.name} cannot be used.{en} {problem}", f"技能{new.name}用不了。{zh}{problem}")
    if new.status == "disabled":
        return lambda tell: tell(f"The skill {new.name} is switched off.", f"技能{new.name}已停用。")
    return lambda tell: tell(f"The skill {new.name} is ready.", f"技能{new.name}准备好了。")
