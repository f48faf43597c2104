"""Speaking: text goes to the voice, its sound to the loudspeaker, piece by piece as it is made."""

import asyncio
import itertools
from collections.abc import Callable

from assistant.errors import WorkerError
from assistant.ports import Sound
from assistant.worker import Worker
from audio.sentences import Sentences

FIRST_S = 5.0
"""Deadline for each piece of speech."""

PAUSE_S = 0.2
"""Between two sentences; the voice itself leaves another 0.06."""


class Mouth:
    """One voice in its worker, speaking one text after another."""

    def __init__(self, worker: Worker, sound: Sound) -> None:
        self.worker = worker
        self._sound = sound
        self._rate_hz = 0
        self._numbers = itertools.count(1)
        self._unheard: set[str] = set()
        self._all_heard = asyncio.Event()
        self._all_heard.set()

    async def say(self, text: str, language: str, on_first_sound: Callable[[], None]) -> None:
        """Queue the speech of a text; `on_first_sound` is called when its first sample is ready.

        Returns when all of it is made, not when it is heard. Raises WorkerError when the voice fails; what was made is heard.
        """
        sentences = Sentences()
        ready = on_first_sound
        for number, sentence in enumerate([*sentences.feed(text), *sentences.flush()]):
            utterance = f"say-{next(self._numbers)}"
            self._unheard.add(utterance)
            self._all_heard.clear()
            try:
                if number:
                    rate = await self._rate()
                    await self._sound.say(utterance, memoryview(bytes(2 * int(PAUSE_S * rate))), rate)
                async for samples in self.worker.stream("speak", sentence, language, deadline_s=FIRST_S):
                    ready()
                    ready = nothing
                    await self._sound.say(utterance, samples, await self._rate())
            finally:
                await self._finish(utterance)

    async def _rate(self) -> int:
        if not self._rate_hz:
            self._rate_hz = int(await self.worker.call("rate"))
        return self._rate_hz

    async def _finish(self, utterance: str) -> None:
        try:
            await self._sound.end(utterance)
        except WorkerError:
            self.heard((utterance,))  # the loudspeaker is gone, and its queue with it

    def heard(self, utterances: tuple[str, ...]) -> None:
        """Take note of what was played to its end, or will never be."""
        self._unheard.difference_update(utterances)
        if not self._unheard:
            self._all_heard.set()

    def forget(self) -> None:
        """Wait for nothing any more: what was queued has been stopped."""
        self.heard(tuple(self._unheard))

    async def all_heard(self) -> None:
        """Wait until everything queued has been played."""
        await self._all_heard.wait()


def nothing() -> None:
    """Do nothing."""
