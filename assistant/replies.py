"""What is said in a conversation by voice: replies, made ahead where that changes nothing; apologies and announcements."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.announcements import announcement
from assistant.brain import Brain
from assistant.completeness import meant_for_us
from assistant.dialogue.more import asks_for_more
from assistant.errors import StoreError, WorkerError
from assistant.executor import phrase
from assistant.mouth import Mouth
from assistant.plan import told_of
from assistant.skill import CannotDo
from assistant.timers import Due
from assistant.vocabulary import CHAT, Event, Failed, Finished, Intent, Outcome, Saying, Transcript, Turn
from assistant.waiting import Filler

log = logging.getLogger(__name__)

ECHO_S = 1.0
"""After Hark's own voice, in which a yes may be its echo, or is said too quickly to be an answer; it lets nothing leave the machine."""


@dataclass(slots=True)
class Timing:
    """How long the stages of one turn took, in stream time."""

    speech_end_s: float = 0.0
    decided_s: float = 0.0
    """When the utterance was taken to be over."""
    marks: dict[str, float] = field(default_factory=dict)
    """Milliseconds."""

    def heard(self, now_s: float) -> None:
        """Take that the final words are there."""
        self.marks |= {"endpoint": 1000 * (self.decided_s - self.speech_end_s), "recognise": 1000 * (now_s - self.decided_s)}

    def answered(self, now_s: float) -> None:
        """Take that the first sample of the reply is there."""
        self.marks.setdefault("to_first_audio", 1000 * (now_s - self.speech_end_s))


class Replies:
    """Says one thing at a time; what is under way gives way to the next."""

    def __init__(
        self, brain: Brain, mouth: Mouth, tell: Callable[[str, Any], None], show: Callable[[Event], None], stream_now_s: Callable[[], float]
    ) -> None:
        """`tell` puts a message into the conversation's queue; `show` hears events."""
        self.timing = Timing()
        self.language = "en"
        """Of the last turn."""
        self._making = False
        self._brain, self._mouth = brain, mouth
        self._tell, self._show, self._now_s = tell, show, stream_now_s
        self.awaited = False
        """Whether somebody waits for the first word of an answer."""
        self._filling: asyncio.Task[None] | None = None
        self._quiet_s = float("-inf")
        """Stream time since which Hark says nothing; infinite while it speaks."""
        self._task: asyncio.Task[None] | None = None
        self._ahead: asyncio.Task[None] | None = None
        self._ahead_of: Transcript | None = None
        """What the reply that is made ahead answers."""
        self._rest = ""
        """What an interruption kept from being said, for "go on"; until something else is answered."""
        self._answers: Transcript | None = None
        """What the reply under way answers."""

    @property
    def idle(self) -> bool:
        """Whether nothing is being said."""
        return self._task is None or self._task.done()

    @property
    def making(self) -> bool:
        """Whether something is still being thought or made, rather than only played."""
        return self._making and not self.idle

    @property
    def preparing(self) -> bool:
        """Whether a reply is being made ahead."""
        return self._ahead is not None and not self._ahead.done()

    def start(self, reply: Coroutine[Any, Any, None]) -> None:
        """Say something instead of what is being said."""
        if self._task and not self._task.done():
            self._task.cancel()
            self._fell_silent()
        if self._filling:
            self._filling.cancel()
        self._making, self.awaited = True, False
        self._task = asyncio.create_task(reply, name="reply")

    async def drop(self, *, retract: bool = False) -> None:
        """Stop saying it; with `retract`, what it did is taken back."""
        await cancelled(self._task)
        await cancelled(self._filling)
        self._fell_silent()
        self._making = self.awaited = False
        heard, self._answers = self._answers, None
        self._rest = self._mouth.unsaid() if heard and not retract else ""
        self._mouth.forget()
        if retract and heard:
            try:
                await self._brain.retract(heard)
            except (CannotDo, StoreError) as error:
                log.warning("The turn could not be taken back: %s", type(error).__name__)

    async def close(self) -> None:
        """Stop everything."""
        await cancelled(self._task)
        await cancelled(self._ahead)
        await cancelled(self._filling)
        await self._mouth.drop()

    async def prepare(self, heard: Transcript) -> None:
        """Make the reply to words that may be all, as far as nothing is changed by it; the last such reply is dropped."""
        await cancelled(self._ahead)
        self._ahead_of, self._ahead = heard, asyncio.create_task(self._prepare(heard), name="ahead")

    async def _prepare(self, heard: Transcript) -> None:
        said = await self._brain.rehearse(heard)
        if said:
            await self._mouth.prepare(said, self._brain.replies_in(heard.language))
        self._tell("made", None)

    async def respond(self, heard: Transcript, *, addressed: bool) -> None:
        """Let the brain answer and speak what it says; words not meant for Hark that make no sense are left alone."""
        self._answers = heard
        if self._ahead and self._ahead_of == heard:
            await asyncio.gather(self._ahead, return_exceptions=True)
        await cancelled(self._ahead)
        turn: Turn | None = None
        if not addressed and not meant_for_us(self._brain.preview(heard.text, heard.language)):
            self._tell("done", (None, False))
            return
        rest, self._rest = self._rest, ""
        if rest and asks_for_more(heard.text):
            await self._go_on(heard, rest)
            return
        self.awaited = True
        async for event in self._brain.respond(heard, own_voice=heard.start_s < self._quiet_s + ECHO_S):
            if isinstance(event, Saying):
                await self._answered()
                await self._speak(event)
            elif isinstance(event, Finished):
                turn = event.turn
            else:
                self._show(replace(event, at_s=self._now_s()))
        await self._answered()
        await self._played()
        self._tell("done", (turn, False))

    async def _go_on(self, heard: Transcript, rest: str) -> None:
        """Say what an interruption cut off; nothing is thought or done anew."""
        intent = Intent(CHAT, {}, "dialog")
        self._show(told_of(intent, self._now_s()))
        await self._speak(Saying(self._now_s(), rest, self._brain.replies_in(heard.language)))
        await self._played()
        self._tell("done", (Turn(0, heard, intent, rest, Outcome.DONE, {}), False))

    def fill(self, filler: Filler) -> None:
        """Say something short, because the answer is long in coming; it is no part of the reply."""
        language = self._brain.replies_in(self._answers.language if self._answers else self.language)
        self._quiet_s = float("inf")
        self._filling = asyncio.create_task(self._fill(filler.words(language), language), name="filler")

    async def _fill(self, text: str, language: str) -> None:
        try:
            await self._mouth.say_kept(text, language)
        except WorkerError as error:
            log.warning("%s", error)  # the reply itself will tell

    async def _answered(self) -> None:
        """Take that the answer is there: what fills the wait is said to its end, and nothing more of it begins."""
        self.awaited = False
        if self._filling:
            await asyncio.gather(self._filling, return_exceptions=True)
            self._filling = None

    async def apologise(self) -> None:
        """Say that the words were lost, and listen again."""
        text = phrase(self.language, "Sorry, I lost what you said. Please say it again.", "抱歉，刚才没听到，请再说一遍。")
        await self._speak(Saying(self._now_s(), text, self.language))
        await self._played()
        self._tell("again", None)

    async def announce(self, due: Due) -> None:
        """Say what a timer, an alarm or a reminder is for."""
        self._answers = None
        text, language = announcement(due, self.language)
        await self._speak(Saying(self._now_s(), text, language, announcement=True))
        await self._played()
        self._tell("done", (None, True))

    async def _played(self) -> None:
        """Wait until all that was made is heard; a fast tape goes on for it."""
        self._making = False
        self._tell("made", None)
        await self._mouth.all_heard()
        self._fell_silent()

    def _fell_silent(self) -> None:
        """Take that nothing is being said any more."""
        if self._quiet_s == float("inf"):
            self._quiet_s = self._now_s()

    async def _speak(self, saying: Saying) -> None:
        """Speak a text; it is shown when its first sample is ready, or at once when the voice fails."""
        self._tell("say", None)
        self._quiet_s = float("inf")
        shown = False

        def first_sound() -> None:
            nonlocal shown
            shown = True
            now_s = self._now_s()
            self.timing.answered(now_s)
            self._show(replace(saying, at_s=now_s, first_audio_s=now_s))

        try:
            await self._mouth.say(saying.text, saying.language, first_sound)
        except WorkerError as error:
            self._show(Failed(self._now_s(), "tts", str(error)))
        if not shown:
            self._show(replace(saying, at_s=self._now_s()))


async def cancelled(task: asyncio.Task[None] | None) -> None:
    """End a task, if there is one, and wait for that."""
    if task and not task.done():
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
