"""A typed conversation: turns, what rings, and what is said aloud. How it looks and how keys are read is its prompt's business."""

import asyncio
from collections.abc import Callable
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from assistant.announcements import announcement
from assistant.app import App
from assistant.cloud.outside import ASKS as CLOUD
from assistant.errors import StoreError
from assistant.faces.aloud import Aloud
from assistant.timers import Due, ring_when_due
from assistant.vocabulary import Failed, Finished, Saying, Transcript
from assistant.words import language_of

BELL_S = 2.6
"""Between two strokes of the terminal's bell; a round of the chime takes as long."""

RINGS_S = 300.0
"""Nobody who has not come by then is at the keyboard; what rang stays on the screen."""

AGAIN_S = 5.0
"""After which a memory file that could not be read or written is tried again."""


class Chat:
    """One person typing; the `Face` that actions see."""

    def __init__(self, app: App, show: Callable[[RenderableType], None], bell: Callable[[], None]) -> None:
        """`show` prints above what is being typed, `bell` sounds the terminal's."""
        self.app = app
        self.forced = ""
        """The language every sentence is in; empty finds out from each."""
        self.aloud: Aloud | None = None
        self.ringing = False
        self.draft = ""
        """What would be sent to the cloud, while the user changes it."""
        self._show = show
        self._bell = bell
        self._group: asyncio.TaskGroup | None = None
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        recent = app.journal.turns(1)
        self.language = recent[0][1].heard.language if recent else "en"
        """Of the last sentence; announcements are made in it."""
        app.around.face = self
        app.renewal.tell = self.note
        app.around.egress.leaving.on_start = self.leaves

    def begin(self, group: asyncio.TaskGroup) -> None:
        """Ring from now on, as tasks of this group; missed timers are told at once."""
        self._group = group
        self._start("rings", self._ring_when_due())

    async def end(self) -> None:
        """Ring and speak no more."""
        await self.use_voice(None)
        for task in self._tasks.values():
            task.cancel()

    @property
    def sounds(self) -> bool:
        """Whether something rings or is being said."""
        speech = self._tasks.get("speech")
        return self.ringing or (speech is not None and not speech.done())

    async def turn(self, text: str) -> None:
        """Answer one sentence; whatever rang or was being said gives way to it."""
        language = self.forced or language_of(text)
        said: list[Saying] = []
        async for event in self.app.brain.respond(Transcript(text, language)):
            match event:
                case Saying():
                    self._show(Text(event.text, "cyan"))
                    said.append(event)
                case Failed():
                    self.trouble(event.error)
                case Finished(_, turn):
                    self.language = language
                    if turn and turn.asks == CLOUD:
                        self._hint()
        await self.hush()
        if said:
            await self._speak(" ".join(saying.text for saying in said), language)

    def edit(self) -> bool:
        """Have the user change what waits to be sent; tell whether anything does."""
        cloud = self.app.brain.cloud
        self.draft = cloud.draft(self.app.clock.now()) if cloud else ""
        return bool(self.draft)

    def edited(self, text: str) -> None:
        """Take what is to be sent instead, which waits for a yes as the other did. Raises StoreError."""
        self.draft = ""
        if cloud := self.app.brain.cloud:
            self._show(Text(cloud.edit(text, self.app.clock.now(), self.forced or self.language), "cyan"))
            if text:
                self._hint()

    def _hint(self) -> None:
        """Tell what may be done with a text that waits to be sent."""
        self.note("yes sends it, /edit changes it first, anything else sends nothing", "说“可以”就发送，/edit 先修改，说别的就不发")

    async def hush(self) -> bool:
        """Silence what rings or speaks; tell whether anything did."""
        rang, self.ringing = self.ringing, False
        for name in ("bell", "speech"):
            if task := self._tasks.pop(name, None):
                task.cancel()
        spoke = await self.aloud.hush() if self.aloud else False
        return rang or spoke

    async def ring(self, due: Due) -> None:
        """Tell of a timer that has ended, and ring until somebody types or presses Ctrl-C; what was missed is only told."""
        text, language = announcement(due, self.forced or self.language)
        self._show(Text(f"⏰ {text}", "bold yellow"))
        if not due.missed:
            self.ringing = True
            self._start("bell", self._toll())
            if self.aloud:
                await self.aloud.ring()
        await self._speak(text, language)

    async def use_voice(self, aloud: Aloud | None) -> None:
        """Speak from now on, or no more."""
        if self.aloud:
            await self.hush()
            self._tasks.pop("loudspeaker").cancel()
            await self.aloud.close()
        self.aloud = aloud
        if aloud:
            self._start("loudspeaker", aloud.run())

    def note(self, en: str, zh: str) -> None:
        """Tell what is good to know, in the language of the last sentence."""
        self._show(Text(f"· {zh if self.language == 'zh' else en}", "dim"))

    def leaves(self, purpose: str, host: str) -> None:
        """Show that something leaves the machine; of a download its progress is shown."""
        if purpose != "models":
            self._show(Text(f"↗ {host}", "yellow"))

    def trouble(self, text: str) -> None:
        """Tell what went wrong."""
        self._show(Text(f"! {text}", "red"))

    async def _speak(self, text: str, language: str) -> None:
        if self.aloud:
            self._start("speech", self.aloud.say(text, language))

    def _start(self, name: str, work: Any) -> None:
        """Run something beside the typing, in place of what ran under that name."""
        if self._group is None:
            raise RuntimeError("nothing runs beside the typing before `run`")
        if task := self._tasks.get(name):
            task.cancel()
        self._tasks[name] = self._group.create_task(work, name=name)

    async def _toll(self) -> None:
        """Sound the terminal's bell until it is stopped, or nobody comes."""
        until_s = self.app.clock.monotonic() + RINGS_S
        while self.app.clock.monotonic() < until_s:
            self._bell()
            await self.app.clock.sleep_until(self.app.clock.monotonic() + BELL_S)
        self.ringing = False
        if self.aloud:
            await self.aloud.hush()

    async def _ring_when_due(self) -> None:
        """Ring for ever; a memory file that cannot be used for a while is told of once, and tried again."""
        told = ""
        with self.app.watch.keep():
            while True:
                try:
                    await ring_when_due(self.app.timers, self.app.rings, self.app.clock, self.ring)
                except StoreError as error:
                    if str(error) != told:
                        told = str(error)
                        self.trouble(told)
                await self.app.clock.sleep_until(self.app.clock.monotonic() + AGAIN_S)
