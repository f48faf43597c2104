"""What the conversation needs of sound, and the two ways it is had: from devices, and from a recording.

Both live in a worker; what comes back is plain data. Samples are raw int16 that this side only carries.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assistant.commands import HeardFrame
from assistant.errors import WorkerError
from assistant.worker import Engine, Worker
from audio.vocabulary import FRAME, RATE, WakeDetection, WakeTry

FRAME_S = FRAME / RATE
SOUND_S = 2.0
"""Deadline for whatever is asked of the sound worker; its work is copying."""

STRIDE_FRAMES = 4
"""Of a recording in real time, while nobody is attended to: each look costs this process 1 ms, and comes 0.1 s late at the most."""

BEAT_S = 3.0
"""A sound worker that has said nothing for this long has hung: it tells how it is every half second."""


@dataclass(frozen=True, slots=True)
class Beat:
    """What the sound side has to tell, once per frame or at least every half second."""

    end_s: float
    """Stream time."""
    frames: tuple[HeardFrame, ...] = ()
    played: tuple[str, ...] = ()
    """What was played to its end."""
    level: float = 0.0
    """Loudness of what is heard, 0..1 of full scale."""
    over: bool = False
    """The recording has ended; silence follows."""
    state: str = "live"
    """Of the microphone: opening, live, silent, lost."""
    told: str = ""
    """What happened to a device, for the user."""
    mode: str = ""
    """How Hark can be interrupted with the echo that was measured: free, loud, wake; empty when it was not."""
    tries: tuple[WakeTry, ...] = ()
    """What was suspected to be a wake word, when it is over."""


class Sound(Protocol):
    """Hears and plays."""

    def beats(self) -> AsyncIterator[Beat]:
        """Yield what is heard, until there is no more."""

    async def attend(self, on: bool) -> None:
        """Hand on every frame, or only what the wake word begins."""

    async def say(self, utterance: str, samples: memoryview, rate: int) -> None:
        """Queue a piece of speech."""

    async def end(self, utterance: str) -> None:
        """Say that a queued utterance has all its pieces."""

    async def chime(self, name: str, loop: bool) -> None:
        """Play a sound by its name."""

    async def stop(self, utterance: str | None) -> None:
        """Fade out and drop an utterance, or all."""

    async def duck(self, gain: float) -> None:
        """Turn what is played down, or up again with 1."""

    async def hold(self, on: bool) -> None:
        """Have what is played wait where it is, or go on."""


def frame_from(data: dict[str, Any]) -> HeardFrame:
    """Return a frame from a worker's plain data."""
    wake = data["wake"] and WakeDetection(**data["wake"])
    return HeardFrame(data["samples"], data["start_s"], data["start_s"] + FRAME_S, data["speech"], wake, data["backlog"])


def tries_in(data: dict[str, Any]) -> tuple[WakeTry, ...]:
    """Return what was suspected to be a wake word, from a worker's plain data; a loudspeaker alone suspects nothing."""
    return tuple(WakeTry(**each) for each in data.get("tries", ()))


@dataclass(slots=True)
class SoundWorker:
    """The calls that devices and recordings share."""

    worker: Worker

    async def attend(self, on: bool) -> None:
        """Hand on every frame, or only what the wake word begins."""
        await self.worker.call("attend", on, deadline_s=SOUND_S)

    async def say(self, utterance: str, samples: memoryview, rate: int) -> None:
        """Queue a piece of speech."""
        await self.worker.call("say", utterance, samples, rate, deadline_s=SOUND_S)

    async def end(self, utterance: str) -> None:
        """Say that a queued utterance has all its pieces."""
        await self.worker.call("end", utterance, deadline_s=SOUND_S)

    async def chime(self, name: str, loop: bool) -> None:
        """Play a sound by its name."""
        await self.worker.call("chime", name, loop, deadline_s=SOUND_S)

    async def stop(self, utterance: str | None) -> None:
        """Fade out and drop an utterance, or all."""
        await self.worker.call("stop", utterance, deadline_s=SOUND_S)

    async def duck(self, gain: float) -> None:
        """Turn what is played down, or up again with 1."""
        await self.worker.call("duck", gain, deadline_s=SOUND_S)

    async def hold(self, on: bool) -> None:
        """Have what is played wait where it is, or go on."""
        await self.worker.call("hold", on, deadline_s=SOUND_S)


@dataclass(slots=True)
class TapeSound(SoundWorker):
    """A recording, at the pace of real time or as fast as the conversation can follow."""

    fast: bool = False
    paused: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared while the conversation still works on what it heard; only a fast tape waits for it."""

    async def beats(self) -> AsyncIterator[Beat]:
        """Yield one beat per frame, or a few while nothing happens; after the recording's end, silence for ever."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.paused.set()
        frames = 1
        while True:
            step = await self.worker.call("step", frames, deadline_s=SOUND_S)
            frames = 1 if self.fast or step["frames"] else STRIDE_FRAMES
            if self.fast:
                await self.paused.wait()
            else:
                await asyncio.sleep(max(0.0, began + step["end_s"] - loop.time()))
            yield Beat(
                step["end_s"],
                tuple(map(frame_from, step["frames"])),
                tuple(step["played"]),
                over=step["over"],
                tries=tries_in(step),
            )

    async def save(self, path: Path) -> None:
        """Write what was played."""
        await self.worker.call("save", str(path))


class LiveSound(SoundWorker):
    """A microphone and a loudspeaker; their worker is started again when it dies or falls silent."""

    __slots__ = ("_notices",)

    def __init__(self, engine: Engine, errors: Any = None) -> None:
        self._notices: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        SoundWorker.__init__(self, Worker(engine, self._notices.put_nowait, errors, self._died))

    async def probe(self) -> None:
        """Measure the echo; a beat tells the mode."""
        await self.worker.call("probe", deadline_s=SOUND_S)

    def _died(self, why: str) -> None:
        self._notices.put_nowait({"died": why})

    async def beats(self) -> AsyncIterator[Beat]:
        """Yield what the worker tells, for ever; a beat in state "lost" when it had to be started again."""
        while True:
            try:
                await self.worker.start()
                async with asyncio.timeout(BEAT_S):
                    notice = await self._notices.get()
            except TimeoutError:
                await self.worker.kill()
                yield Beat(0.0, state="lost", told="The sound system hangs. I am starting again.")
                continue
            except WorkerError as error:
                yield Beat(0.0, state="lost", told=str(error))
                continue
            if "died" in notice:
                yield Beat(0.0, state="lost", told=notice["died"])
                continue
            yield Beat(
                notice["end_s"],
                tuple(map(frame_from, notice["frames"])),
                tuple(notice["played"]),
                notice["level"],
                state=notice["state"],
                told=notice["told"],
                mode=notice.get("mode", ""),
                tries=tries_in(notice),
            )
