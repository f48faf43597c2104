"""The conversation by voice: carries out what the voice loop decides, with real sound, a real recogniser and a real voice."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from assistant.announcements import announcement
from assistant.brain import Brain
from assistant.commands import AbandonWords, Attend, BeginWords, Chime, Command, DropReply, Duck, FeedWords, FinishWords, Hush, Show, Think
from assistant.ears import Ears, Kind
from assistant.errors import WorkerError
from assistant.executor import phrase
from assistant.mouth import Mouth
from assistant.ports import Beat, Sound, TapeSound
from assistant.timers import Due
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Event, Failed, Finished, Intent, Saying, SpeechEnded, State, Transcript, Turn
from assistant.voice_loop import VoiceLoop
from assistant.worker import Worker
from audio.endpoint import Completeness

OVERHEARD = 0.8
"""How sure the classifier must be of words that follow a reply without the wake word."""

log = logging.getLogger(__name__)

Message = tuple[str, Any]


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


class Voice:
    """One conversation: everything that happens goes through one queue, in order, into the loop; its commands are carried out."""

    def __init__(
        self,
        loop: VoiceLoop,
        sound: Sound,
        asr: Worker,
        tts: Worker,
        brain: Brain,
        show: Callable[[Event], None],
        *,
        now: Callable[[], datetime],
    ) -> None:
        """Take the parts; `show` hears every event, `now` gives local time."""
        self._loop = loop
        self._sound = sound
        self._brain = brain
        self._show_event = show
        self._now = now
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self.ears = Ears(asr, self._told_words)
        self.mouth = Mouth(tts, sound)
        self._reply: asyncio.Task[None] | None = None
        self._rings: list[Due] = []
        self._end_s = 0.0
        self._end_at = 0.0
        self._over = False
        self._making_reply = False
        self._language = "en"
        self._timing = Timing()
        self.level = 0.0
        self.microphone = "opening"
        self.on_notice: Callable[[str], None] = log.info
        """Hears what is good to know of the devices, such as which one is listened on."""

    @property
    def state(self) -> State:
        """What the loop is doing."""
        return self._loop.state

    @property
    def ringing(self) -> bool:
        """Whether a timer or an alarm rings."""
        return self._loop.ringing

    def stream_now_s(self) -> float:
        """Return stream time: the last frame's end, and what has passed since, unless time stands still on a fast tape."""
        if isinstance(self._sound, TapeSound) and self._sound.fast:
            return self._end_s
        return self._end_s + min(1.0, asyncio.get_running_loop().time() - self._end_at) if self._end_at else self._end_s

    async def run(self) -> None:
        """Converse until the recording is over and everything is said; for ever with a microphone."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self.ears.run()), group.create_task(self._warm_voice()), group.create_task(self._listen())]
            await self._carry_out(self._loop.begin())
            while not self._finished():
                await self._handle(*await self._inbox.get())
                self._pace()
            for task in [*tasks, *filter(None, [self._reply])]:
                task.cancel()

    async def ring(self, due: Due) -> None:
        """Tell of a timer that has ended; waits its turn while somebody speaks."""
        self._rings.append(due)
        self._inbox.put_nowait(("ring", None))

    async def hush(self) -> bool:
        """Silence what rings; what actions call."""
        rang, commands = self._loop.hush()
        await self._carry_out(commands)
        return rang

    def press_key(self) -> None:
        """Take the push-to-talk key."""
        self._inbox.put_nowait(("key", None))

    async def _warm_voice(self) -> None:
        with contextlib.suppress(WorkerError):
            await self.mouth.worker.start()

    async def _listen(self) -> None:
        async for beat in self._sound.beats():
            self._inbox.put_nowait(("beat", beat))

    def _told_words(self, kind: Kind, words: Transcript | str) -> None:
        self._inbox.put_nowait((kind, words))

    def _finished(self) -> bool:
        """Whether a recording is over and nothing is left to do."""
        return self._over and self._idle() and not self._loop.busy

    def _idle(self) -> bool:
        return self.ears.idle and self._inbox.empty() and (self._reply is None or self._reply.done())

    def _pace(self) -> None:
        """Let a fast tape run on only when all it said has been worked on; a reply being played needs the tape to move."""
        if isinstance(self._sound, TapeSound) and self._sound.fast:
            working = not (self.ears.idle and self._inbox.empty()) or self._making_reply
            (self._sound.paused.clear if working else self._sound.paused.set)()

    async def _handle(self, kind: str, value: Any) -> None:
        match kind:
            case "beat":
                await self._on_beat(value)
            case "partial":
                await self._carry_out(self._loop.on_partial(value, self._completeness(value)))
            case "final":
                self._timing.heard(self.stream_now_s())
                await self._carry_out(self._loop.on_final(value))
            case "failed":
                self._show(Failed(self.stream_now_s(), "asr", value))
                await self._carry_out(self._loop.on_deaf())
                self._start_reply(self._apologise())
            case "key":
                await self._carry_out(self._loop.on_key())
            case "say":
                await self._carry_out(self._loop.on_saying())
            case "done":
                await self._on_done(*value)
            case "again":
                await self._carry_out(self._loop.on_done(asks=True))
            case "ring" | "made" | "rest":
                pass  # something has become possible: see below, and `_pace`
        if self._rings and self._loop.free:
            await self._announce(self._rings.pop(0))

    async def _on_beat(self, beat: Beat) -> None:
        self.level = beat.level
        if beat.told:
            (self.on_notice if beat.state == "live" else self._sound_failed)(beat.told)
        if beat.state != self.microphone:
            before, self.microphone = self.microphone, beat.state
            if beat.state == "lost":
                self.mouth.forget()
                await self._carry_out(self._loop.on_lost())
            elif before == "lost" and beat.state == "live":
                await self._carry_out(self._loop.on_restored())
        if beat.played:
            self.mouth.heard(beat.played)
        if beat.end_s:
            self._end_s, self._end_at = beat.end_s, asyncio.get_running_loop().time()
        for frame in beat.frames:
            await self._carry_out(self._loop.on_frame(frame))
        self._over |= beat.over

    def _sound_failed(self, told: str) -> None:
        self._show(Failed(self.stream_now_s(), "sound", told))

    def _completeness(self, words: Transcript) -> Completeness:
        return completeness(self._brain.understanding, words, self._now())

    async def _carry_out(self, commands: list[Command]) -> None:
        for command in commands:
            try:
                await self._do(command)
            except WorkerError as error:
                self._show(Failed(self.stream_now_s(), "sound", str(error)))

    async def _do(self, command: Command) -> None:
        match command:
            case Attend(on):
                await self._sound.attend(on)
            case Chime(name, loop):
                await self._sound.chime(name, loop)
            case Hush(sound):
                await self._sound.stop(sound)
            case Duck(gain):
                await self._sound.duck(gain)
            case BeginWords(start_s):
                self.ears.begin(start_s)
            case FeedWords(samples):
                self.ears.feed(samples)
            case FinishWords():
                self.ears.finish()
            case AbandonWords():
                self.ears.abandon()
            case Think(heard, addressed):
                self._start_reply(self._respond(heard, addressed=addressed))
            case DropReply():
                await self._drop_reply()
            case Show(event):
                self._show(event)

    def _show(self, event: Event) -> None:
        if isinstance(event, SpeechEnded):
            self._timing = Timing(event.at_s, self.stream_now_s())
        self._show_event(event)

    def _start_reply(self, reply: Any) -> None:
        if self._reply and not self._reply.done():
            self._reply.cancel()
        self._making_reply = True
        self._reply = asyncio.create_task(reply, name="reply")

    async def _drop_reply(self) -> None:
        if self._reply and not self._reply.done():
            self._reply.cancel()
            await asyncio.gather(self._reply, return_exceptions=True)
        self._making_reply = False
        self.mouth.forget()

    async def _respond(self, heard: Transcript, *, addressed: bool) -> None:
        """Let the brain answer and speak what it says; words not meant for Hark that make no sense are left alone."""
        turn: Turn | None = None
        if not addressed and not meant_for_us(self._brain.preview(heard.text, heard.language, self._now())):
            self._inbox.put_nowait(("done", (None, False)))
            return
        async for event in self._brain.respond(heard):
            if isinstance(event, Saying):
                await self._speak(event)
            elif isinstance(event, Finished):
                turn = event.turn
            else:
                self._show(replace(event, at_s=self.stream_now_s()))
        self._made()
        await self.mouth.all_heard()
        self._inbox.put_nowait(("done", (turn, False)))

    async def _apologise(self) -> None:
        """Say that the words were lost, and listen again."""
        text = phrase(self._language, "Sorry, I lost what you said. Please say it again.", "抱歉，刚才没听到，请再说一遍。")
        await self._speak(Saying(self.stream_now_s(), text, self._language))
        self._made()
        await self.mouth.all_heard()
        self._inbox.put_nowait(("again", None))

    def _made(self) -> None:
        """Take that all of a reply's speech is made: a fast tape may go on, so that it is heard."""
        self._making_reply = False
        self._inbox.put_nowait(("made", None))

    async def _announce(self, due: Due) -> None:
        """Ring, and say what for; what was missed is only said."""
        text, language = announcement(due, self._language)
        if not due.missed:
            await self._carry_out(self._loop.on_ring())
        self._start_reply(self._speak_announcement(Saying(self.stream_now_s(), text, language, announcement=True)))

    async def _speak_announcement(self, saying: Saying) -> None:
        await self._speak(saying)
        self._made()
        await self.mouth.all_heard()
        self._inbox.put_nowait(("done", (None, True)))

    async def _speak(self, saying: Saying) -> None:
        """Speak a text; it is shown when its first sample is ready, or at once when the voice fails."""
        self._inbox.put_nowait(("say", None))
        shown = False

        def first_sound() -> None:
            nonlocal shown
            shown = True
            now_s = self.stream_now_s()
            self._timing.answered(now_s)
            self._show(replace(saying, at_s=now_s, first_audio_s=now_s))

        try:
            await self.mouth.say(saying.text, saying.language, first_sound)
        except WorkerError as error:
            self._show(Failed(self.stream_now_s(), "tts", str(error)))
        if not shown:
            self._show(replace(saying, at_s=self.stream_now_s()))

    async def _on_done(self, turn: Turn | None, announced: bool) -> None:
        if turn:
            self._language = turn.heard.language
            self._brain.add_marks(turn, self._timing.marks)
            turn = replace(turn, marks=self._timing.marks | turn.marks)
        await self._carry_out(self._loop.on_done(asks=bool(turn and turn.asks), silent=announced or turn is None))
        if not announced:
            self._show(Finished(self.stream_now_s(), turn))


def completeness(understanding: Understanding, words: Transcript, now: datetime) -> Completeness:
    """Return what the words so far are worth to the endpointing."""
    if not words.text:
        return Completeness.UNKNOWN
    open_ended = understanding.could_go_on(words.text, words.language, now)
    if understanding.read(words.text, words.language, now):
        return Completeness.EXTENSIBLE if open_ended else Completeness.COMPLETE
    return Completeness.CUT if open_ended else Completeness.UNKNOWN


def meant_for_us(intent: Intent | None) -> bool:
    """Tell whether words that nobody addressed to Hark, after a reply, are still a request and not talk in the room."""
    return intent is not None and intent.action != CHAT and intent.confidence >= OVERHEARD
