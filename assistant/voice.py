"""The conversation by voice: carries out what the voice loop decides, with real sound, a real recogniser and a real voice."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.brain import Brain
from assistant.callings import Calling
from assistant.commands import (
    AbandonWords,
    Attend,
    BeginWords,
    Chime,
    Command,
    DropReply,
    Duck,
    FeedWords,
    FinishWords,
    Hold,
    Hush,
    Judge,
    Prepare,
    SettleWords,
    Show,
    Think,
)
from assistant.completeness import completeness, meant_for_us, settled_completeness
from assistant.ears import Ears, Kind, Settled
from assistant.errors import WorkerError
from assistant.foresight import Foresight
from assistant.leaving import SPOKEN_FOR
from assistant.mouth import Mouth
from assistant.ports import Beat, Sound, TapeSound
from assistant.replies import Replies, Timing
from assistant.timers import Due
from assistant.vocabulary import Event, Failed, Finished, Heard, Leaves, SpeechEnded, State, Transcript, Turn, Woke
from assistant.voice_loop import VoiceLoop
from assistant.waiting import Waiting
from assistant.worker import Worker
from audio.endpoint import Completeness
from audio.vocabulary import WakeTry

log = logging.getLogger(__name__)

Message = tuple[str, Any]


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
        self.replies = Replies(brain, self.mouth, self._tell, self._show, self.stream_now_s)
        self._waiting = Waiting()
        self._foresight = Foresight(brain.expect)
        self._rings: list[Due] = []
        self._end_s = 0.0
        self._end_at = 0.0
        self._over = False
        self.level = 0.0
        self.microphone = "opening"
        self.on_notice: Callable[[str], None] = log.info
        """Hears what is good to know of the devices, such as which one is listened on."""
        self.probe: Callable[[], Awaitable[None]] | None = None
        """Measures the echo, once, when the devices are first at work; None when it is known or there is none."""
        self.on_mode: Callable[[str], None] = log.info
        """Hears how Hark can be interrupted here, once that was measured."""
        self.on_wake_try: Callable[[WakeTry], None] = lambda _: None
        """Hears what was suspected to be a wake word, once that is over."""
        self.names: Callable[[], Awaitable[Sequence[str]]] | None = None
        """Gives the names that the recogniser may expect; None when it can do nothing with them."""
        self.callings: Mapping[str, Calling] = {}
        """What wake words select, by their names."""
        self._called: Calling | None = None
        self._has_told = False
        """Whether it was sounded in this turn that something leaves."""
        self._turn_over = asyncio.Event()

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
            tasks += [group.create_task(self._learn_names(self.names))] if self.names else []
            await self._carry_out(self._loop.begin())
            while not self._finished():
                await self._handle(*await self._inbox.get())
                self._pace()
            await self.replies.close()
            await self._foresight.close()
            for task in tasks:
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

    def leaves(self, purpose: str, host: str) -> None:
        """Take that something leaves the machine: it is shown, and sounded once a turn."""
        self._tell("leaves", (purpose, host))

    def press_key(self) -> None:
        """Take the push-to-talk key."""
        self._inbox.put_nowait(("key", None))

    async def _warm_voice(self) -> None:
        with contextlib.suppress(WorkerError):
            await self.mouth.worker.start()

    async def _learn_names(self, names: Callable[[], Awaitable[Sequence[str]]]) -> None:
        """Tell the recogniser what things are called, at first and after each turn, which may have named something new."""
        while True:
            self.ears.expect(await names())
            self._turn_over.clear()
            await self._turn_over.wait()

    async def _listen(self) -> None:
        async for beat in self._sound.beats():
            self._inbox.put_nowait(("beat", beat))

    def _told_words(self, kind: Kind, words: Transcript | Settled | str) -> None:
        self._tell(kind, words)

    def _tell(self, kind: str, value: Any) -> None:
        self._inbox.put_nowait((kind, value))

    def _finished(self) -> bool:
        """Whether a recording is over and nothing is left to do."""
        return self._over and self._idle() and not self._loop.busy

    def _idle(self) -> bool:
        return self.ears.idle and self._inbox.empty() and self.replies.idle

    def _pace(self) -> None:
        """Let a fast tape run on only when all it said has been worked on; a reply being played needs the tape to move."""
        if isinstance(self._sound, TapeSound) and self._sound.fast:
            working = not (self.ears.idle and self._inbox.empty()) or self.replies.making or self.replies.preparing
            (self._sound.paused.clear if working else self._sound.paused.set)()

    async def _handle(self, kind: str, value: Any) -> None:
        match kind:
            case "beat":
                await self._on_beat(value)
            case "partial":
                await self._carry_out(self._loop.on_partial(value, completeness(self._brain.understanding, value, self._now())))
                self._look_ahead(value)
            case "settled":
                self._look_ahead(value.words, at_pause=True)
                await self._carry_out(self._loop.on_settled(value.words, self._settled(value.words), value.pause))
            case "final":
                await self._carry_out(self._loop.on_final(value))
            case "failed":
                self._show(Failed(self.stream_now_s(), "asr", value))
                await self._carry_out(self._loop.on_deaf())
                self.replies.start(self.replies.apologise())
            case "key":
                await self._carry_out(self._loop.on_key())
            case "say":
                await self._carry_out(self._loop.on_saying())
            case "done":
                await self._on_done(*value)
            case "leaves":
                await self._on_leaving(*value)
            case "again":
                await self._carry_out(self._loop.on_done(asks=True))
            case "ring" | "made" | "rest":
                pass  # something has become possible: see below, and `_pace`
        if self._rings and self._loop.free and self.replies.idle:
            await self._announce(self._rings.pop(0))

    def _look_ahead(self, words: Transcript, *, at_pause: bool = False) -> None:
        """Have the language model read what is said to Hark; talk in the room is none of its business."""
        if self._loop.addressed:
            (self._foresight.settle if at_pause else self._foresight.hear)(words)

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
        if beat.state == "live" and self.probe:
            probe, self.probe = self.probe, None
            await probe()
        if beat.mode:
            self._loop.hear_over(beat.mode != "wake")
            self.on_mode(beat.mode)
        if beat.played:
            self.mouth.heard(beat.played)
        if beat.end_s:
            self._end_s, self._end_at = beat.end_s, asyncio.get_running_loop().time()
        for frame in beat.frames:
            await self._carry_out(self._loop.on_frame(frame))
        if filler := self._waiting.follow(self._end_s, awaited=self.replies.awaited, spoken_to=self._loop.spoken_to):
            await self._carry_out(self._loop.on_saying())
            self.replies.fill(filler)
        for each in beat.tries:
            self.on_wake_try(each)
        self._over |= beat.over

    def _sound_failed(self, told: str) -> None:
        self._show(Failed(self.stream_now_s(), "sound", told))

    def _settled(self, words: Transcript) -> Completeness:
        """Return what the words up to a pause are worth; an answer to the open question needs nothing more."""
        now, found = self._now(), settled_completeness(self._brain.understanding, words, self._now())
        if found in {Completeness.UNKNOWN, Completeness.CUT} and self._brain.answers(words.text, words.language, now):
            return Completeness.GROWING
        return found

    async def _carry_out(self, commands: list[Command]) -> None:
        for command in commands:
            try:
                await self._do(command)
            except WorkerError as error:
                self._show(Failed(self.stream_now_s(), "sound", str(error)))

    async def _do(self, command: Command) -> None:
        """Carry out a command about sound or events; the others are about words and replies."""
        match command:
            case Attend(on):
                await self._sound.attend(on)
            case Chime(name, loop):
                await self._sound.chime(name, loop)
            case Hush(sound):
                await self._sound.stop(sound)
            case Duck(gain):
                await self._sound.duck(gain)
            case Hold(on):
                await self._sound.hold(on)
            case Show(event):
                self._show(event)
            case Think(heard, addressed):
                self._foresight.over()
                self.replies.start(self.replies.respond(heard, addressed=addressed))
            case Prepare(heard):
                await self.replies.prepare(heard)
            case DropReply(retract):
                await self.replies.drop(retract=retract)
            case Judge(heard):
                meant = meant_for_us(self._brain.preview(heard.text, heard.language))
                await self._carry_out(self._loop.on_judged(heard, meant=meant))
            case _:
                self._listen_on(command)

    def _listen_on(self, command: Command) -> None:
        """Carry out a command about the recogniser."""
        match command:
            case BeginWords(start_s):
                self._foresight.begin()
                self.ears.begin(start_s, self._called.language if self._called else "")
            case FeedWords(samples):
                self.ears.feed(samples)
            case SettleWords(pause):
                self.ears.settle(pause)
            case FinishWords():
                self.ears.finish()
            case AbandonWords():
                self._foresight.begin()
                self.ears.abandon()

    def _called_by(self, name: str) -> None:
        """Hear and answer as this wake word selects, until the next one; the key selects nothing."""
        self._called = self.callings.get(name)
        self.mouth.voices = {self._called.language: self._called.voice} if self._called and self._called.voice else {}

    def _show(self, event: Event) -> None:
        if isinstance(event, SpeechEnded):
            self.replies.timing = Timing(event.at_s, self.stream_now_s())
        elif isinstance(event, Heard):
            self.replies.timing.heard(self.stream_now_s())
        elif isinstance(event, Finished):
            self._turn_over.set()
            self._has_told = False
        elif isinstance(event, Woke):
            self._called_by(event.name)
        self._show_event(event)

    async def _on_leaving(self, purpose: str, host: str) -> None:
        self._show(Leaves(self.stream_now_s(), purpose, host))
        if purpose not in SPOKEN_FOR and not self._has_told:
            self._has_told = True
            await self._carry_out([Chime("leaves", loop=False)])

    async def _announce(self, due: Due) -> None:
        """Ring, and say what for; what was missed is only said."""
        if not due.missed:
            await self._carry_out(self._loop.on_ring())
        self.replies.start(self.replies.announce(due))

    async def _on_done(self, turn: Turn | None, announced: bool) -> None:
        if turn:
            marks = self.replies.timing.marks
            self.replies.language = turn.heard.language
            self._brain.add_marks(turn, marks)
            turn = replace(turn, marks=marks | turn.marks)
        await self._carry_out(self._loop.on_done(asks=bool(turn and turn.asks), silent=announced or turn is None))
        if not announced:
            self._show(Finished(self.stream_now_s(), turn))
