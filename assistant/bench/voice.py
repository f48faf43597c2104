"""`hark bench voice`: spoken clips through the very loop that `hark listen` runs, and what came of each."""

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from assistant.app import asr_engine, tape_engine, tts_engine, worker_errors
from assistant.bench.clips import Clip
from assistant.bench.errors import BenchError
from assistant.bench.sandbox import fresh_app
from assistant.config import Config
from assistant.errors import WorkerError
from assistant.ports import Beat, TapeSound
from assistant.session import loop_settings
from assistant.vocabulary import Event, Failed, Finished, Heard, Interrupted, Saying, SpeechEnded, Turn, Understood, Woke
from assistant.voice import Voice
from assistant.voice_loop import VoiceLoop
from assistant.worker import Worker

WITHOUT_WAKE = "command"
"""The kind of clips that are fed with no wake word needed."""

NOT_MEANT = frozenset({"non-wake", "noise"})
"""The kinds of clips that nothing may come of."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a sentence was taken for."""

    action: str | None
    slots: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stages:
    """How long each stage of one reply took, in milliseconds."""

    wait: float
    """From the last voiced sample to the decision that the utterance is over."""
    recognise: float
    """Until the final words are there."""
    act: float
    """To understand them and to carry them out."""
    speak: float
    """Until the reply's first sample is there."""

    @property
    def total(self) -> float:
        """From the last voiced sample to the reply's first sample."""
        return self.wait + self.recognise + self.act + self.speak


@dataclass(slots=True)
class Observation:
    """What came of one clip."""

    clip: Clip
    woken_s: list[float] = field(default_factory=list)
    """Stream times at which the wake word fired."""
    heard: list[str] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    cut_off: bool = False
    """The words were taken to be over while somebody still spoke."""
    stages: Stages | None = None
    """Of the reply to the last word; None when there was none."""
    seconds: float = 0.0
    """Of the clip."""

    @property
    def understood(self) -> bool:
        """Whether the first thing understood, and not taken back, is just what was said."""
        return bool(self.acts) and self.acts[0] == Act(self.clip.action, self.clip.slots)


@dataclass(slots=True)
class TimedTape(TapeSound):
    """A tape that knows when it began."""

    began: float = math.inf
    """The event loop's time at stream time 0; the least that any beat, none of which comes early, allows."""

    async def beats(self) -> AsyncIterator[Beat]:
        """Yield one beat per frame."""
        self.began = math.inf
        async for beat in TapeSound.beats(self):
            self.began = min(self.began, asyncio.get_running_loop().time() - beat.end_s)
            yield beat


class Watch:
    """Turns a conversation's events into an observation.

    Stages are told by the wall clock, so that what the conversation itself is late by counts too; only on a fast tape, where
    time stands still while it works, the wait is stream time.
    """

    def __init__(self, clip: Clip, sound: TimedTape, now: Callable[[], float]) -> None:
        """Take what is heard, through what, and the event loop's clock."""
        self.seen = Observation(clip)
        self.stream_now_s: Callable[[], float] = float
        """The conversation's stream time; set once there is one."""
        self._sound = sound
        self._now = now
        self._spoken_s = math.nan if clip.speech_end_s is None else clip.speech_end_s
        self._wait_s = math.nan
        self._turn = 0
        """How many acts there were before the turn under way."""
        self._ended_at = self._heard_at = self._said_at = math.nan

    def show(self, event: Event) -> None:
        """Take note of an event."""
        now = self._now()
        match event:
            case Woke():
                self.seen.woken_s.append(event.at_s)
            case SpeechEnded():
                self._ended_at = now
                self._wait_s = (self.stream_now_s() if self._sound.fast else now - self._sound.began) - self._spoken_s
            case Heard():
                self._heard_at, self._said_at, self._turn = now, math.nan, len(self.seen.acts)
                self.seen.heard.append(event.text)
                self.seen.cut_off |= self._wait_s < 0
            case Interrupted(_, "more"):
                del self.seen.acts[self._turn :]
            case Understood():
                self.seen.acts.append(Act(event.action, event.slots))
            case Saying() if event.first_audio_s is not None and math.isnan(self._said_at):
                self._said_at = now
            case Failed():
                self.seen.failures.append(f"{event.stage}: {event.error}")
            case Finished(_, Turn() as turn):
                self._finish(turn.marks)

    def _finish(self, marks: dict[str, float]) -> None:
        act = min(marks.get("understand", 0.0) + marks.get("act", 0.0), 1000 * (self._said_at - self._heard_at))
        ms = [1000 * s for s in (self._wait_s, self._heard_at - self._ended_at, self._said_at - self._heard_at)]
        if self.seen.stages is None and ms[0] >= 0 and not math.isnan(sum(ms)):
            self.seen.stages = Stages(ms[0], ms[1], act, ms[2] - act)


@dataclass(frozen=True, slots=True)
class Rig:
    """One set of workers for all clips."""

    config: Config
    sound: TimedTape
    asr: Worker
    tts: Worker

    async def observe(self, clip: Clip, *, fast: bool) -> Observation:
        """Converse with one clip; nothing of the clip before is remembered. Raises WorkerError."""
        config = self.config
        if clip.kind == WITHOUT_WAKE or (clip.action and not clip.wake):
            config = msgspec.structs.replace(config, wake=msgspec.structs.replace(config.wake, needed=False))
        self.sound.fast = fast
        await self.sound.worker.call("load", str(clip.path), *(clip.pause or ()))
        watch = Watch(clip, self.sound, asyncio.get_running_loop().time)
        with fresh_app(config) as app:
            voice = Voice(
                VoiceLoop(replace(loop_settings(config), talk_over=True)),
                self.sound,
                self.asr,
                self.tts,
                app.brain,
                watch.show,
                now=app.clock.now,
            )
            watch.stream_now_s = voice.stream_now_s
            app.around.face = voice
            await voice.run()
        watch.seen.seconds = float(await self.sound.worker.call("seconds"))
        return watch.seen


@contextlib.asynccontextmanager
async def rig(config: Config, first: Path) -> AsyncIterator[Rig]:
    """Give workers that are ready; they are gone when the block ends. Raises WorkerError."""
    with fresh_app(config) as app, contextlib.ExitStack() as stack:
        errors = worker_errors(app.places)
        if errors:
            stack.enter_context(errors)
        sound = TimedTape(Worker(tape_engine(app, first), errors=errors))
        made = Rig(config, sound, Worker(asr_engine(app), errors=errors), Worker(tts_engine(app), errors=errors))
        workers = (sound.worker, made.asr, made.tts)
        try:
            await asyncio.gather(*(worker.start() for worker in workers))
            yield made
        finally:
            await asyncio.gather(*(worker.close() for worker in workers))


async def observe_all(config: Config, clips: Sequence[Clip], *, fast: bool, tell: Callable[[Observation], None]) -> list[Observation]:
    """Converse with every clip in turn; those that nothing may come of always go fast, as there is no reply to wait for.

    Raises BenchError when a worker cannot be had or does not come back.
    """
    seen: list[Observation] = []
    try:
        async with rig(config, clips[0].path) as workers:
            for clip in clips:
                observation = await workers.observe(clip, fast=fast or clip.kind in NOT_MEANT)
                seen.append(observation)
                tell(observation)
    except* WorkerError as group:
        raise BenchError(f"The bench stopped after {len(seen)} clips: {first_of(group)}") from group
    return seen


def first_of(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """Return the first error that a group was made for."""
    error = group.exceptions[0]
    return first_of(error) if isinstance(error, BaseExceptionGroup) else error
