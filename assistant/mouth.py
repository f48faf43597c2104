"""Speaking: text goes to the voice, its sound to the loudspeaker, piece by piece as it is made."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable, Mapping

from assistant.errors import WorkerError
from assistant.ports import Sound
from assistant.worker import Worker
from audio.sentences import Sentences

FIRST_S = 5.0
"""Deadline for each piece of speech."""

PAUSE_S = 0.2
"""Between two sentences; the voice itself leaves another 0.06."""


class Ready:
    """The speech of a first sentence, being made before it is sure that it will be said."""

    def __init__(self, sentence: tuple[str, ...], pieces: AsyncIterator[memoryview]) -> None:
        """Take the sentence with its language and its voice."""
        self.sentence = sentence
        self._made: asyncio.Queue[memoryview | Exception | None] = asyncio.Queue()
        self._work = asyncio.create_task(self._make(pieces), name="ready")

    async def _make(self, pieces: AsyncIterator[memoryview]) -> None:
        try:
            async for samples in pieces:
                self._made.put_nowait(samples)
        except WorkerError as error:
            self._made.put_nowait(error)
        self._made.put_nowait(None)

    async def pieces(self) -> AsyncIterator[memoryview]:
        """Yield the pieces, those that are still being made too. Raises WorkerError when the voice fails."""
        while (piece := await self._made.get()) is not None:
            if isinstance(piece, Exception):
                raise piece
            yield piece

    async def drop(self) -> None:
        """Stop making it: something else will be said."""
        self._work.cancel()
        await asyncio.gather(self._work, return_exceptions=True)


class Mouth:
    """One voice in its worker, speaking one text after another."""

    def __init__(self, worker: Worker, sound: Sound) -> None:
        self.worker = worker
        self._sound = sound
        self._rate_hz = 0
        self._numbers = itertools.count(1)
        self._unheard: set[str] = set()
        self._unsaid: dict[str, str] = {}
        """What was not heard to its end, by utterance, in order; also what is not made yet."""
        self._all_heard = asyncio.Event()
        self._all_heard.set()
        self._ready: Ready | None = None
        self._next: Worker | None = None
        self._kept: dict[tuple[int, tuple[str, ...]], list[memoryview]] = {}
        """Short texts made beforehand, by the voice that made them."""
        self.voices: Mapping[str, str] = {}
        """Who speaks now instead of the usual voice, by language; which wake word was said decides."""

    def inherit(self, worker: Worker) -> None:
        """Speak with another voice from the next text on; the one before ends then."""
        self._next = worker

    async def close(self) -> None:
        """End the voice."""
        await asyncio.gather(*(worker.close() for worker in (self.worker, self._next) if worker))

    async def _renewed(self) -> None:
        if self._next:
            await self.drop()
            old, self.worker, self._next, self._rate_hz = self.worker, self._next, None, 0
            await old.close()

    async def prepare(self, text: str, language: str) -> None:
        """Begin to make the speech of a text's first sentence, which `say` will then have at once; what was prepared before is dropped."""
        first = next(iter(sentences_of(text)), "")
        sentence = self._voiced(first, language)
        if self._ready and self._ready.sentence == sentence:
            return
        await self.drop()
        if first:
            self._ready = Ready(sentence, self._speech(sentence))

    async def keep(self, text: str, language: str) -> list[memoryview]:
        """Return a short text's speech; made once by each voice. Raises WorkerError when the voice fails."""
        spoken = self._voiced(text, language)
        key = id(self.worker), spoken
        if key not in self._kept:
            self._kept[key] = [bytes_of(samples) async for samples in self._speech(spoken)]
        return self._kept[key]

    async def say_kept(self, text: str, language: str) -> None:
        """Queue the speech of a short text; what is prepared for the reply stays. Raises WorkerError when the voice fails."""
        pieces, rate = await self.keep(text, language), await self._rate()
        utterance = f"say-{next(self._numbers)}"
        self._unheard.add(utterance)
        self._all_heard.clear()
        try:
            for samples in pieces:
                await self._sound.say(utterance, samples, rate)
        finally:
            await self._finish(utterance)

    async def drop(self) -> None:
        """Drop what was prepared."""
        ready, self._ready = self._ready, None
        if ready:
            await ready.drop()

    async def say(self, text: str, language: str, on_first_sound: Callable[[], None]) -> None:
        """Queue the speech of a text; `on_first_sound` is called when its first sample is ready.

        Returns when all of it is made, not when it is heard. Raises WorkerError when the voice fails; what was made is heard.
        """
        ready = on_first_sound
        await self._renewed()
        planned = {f"say-{next(self._numbers)}": sentence for sentence in sentences_of(text)}
        self._unsaid |= planned
        for number, (utterance, sentence) in enumerate(planned.items()):
            self._unheard.add(utterance)
            self._all_heard.clear()
            try:
                if number:
                    rate = await self._rate()
                    await self._sound.say(utterance, memoryview(bytes(2 * int(PAUSE_S * rate))), rate)
                async for samples in await self._pieces(sentence, language):
                    ready()
                    ready = nothing
                    await self._sound.say(utterance, samples, await self._rate())
            except WorkerError:
                self._unsaid.clear()  # it is shown, and no voice can go on with it
                raise
            finally:
                await self._finish(utterance)

    async def _pieces(self, sentence: str, language: str) -> AsyncIterator[memoryview]:
        """Return the speech of a sentence, the prepared one if it is that."""
        ready, self._ready = self._ready, None
        spoken = self._voiced(sentence, language)
        if ready and ready.sentence == spoken:
            return ready.pieces()
        if ready:
            await ready.drop()
        return self._speech(spoken)

    def _voiced(self, sentence: str, language: str) -> tuple[str, ...]:
        """Return what the voice is asked for."""
        voice = self.voices.get(language, "")
        return (sentence, language, voice) if voice else (sentence, language)

    def _speech(self, sentence: tuple[str, ...]) -> AsyncIterator[memoryview]:
        return self.worker.stream("speak", *sentence, deadline_s=FIRST_S)

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
        for utterance in utterances:
            self._unsaid.pop(utterance, None)
        if not self._unheard:
            self._all_heard.set()

    def forget(self) -> None:
        """Wait for nothing any more: what was queued has been stopped."""
        self.heard(tuple(self._unheard))
        self._unsaid.clear()

    def unsaid(self) -> str:
        """Return what was not heard to its end, from the beginning of the clause that is being spoken."""
        return " ".join(sentence.strip() for sentence in self._unsaid.values())

    async def all_heard(self) -> None:
        """Wait until everything queued has been played."""
        await self._all_heard.wait()


def sentences_of(text: str) -> list[str]:
    """Return a text in the pieces in which it is spoken."""
    sentences = Sentences()
    return [*sentences.feed(text), *sentences.flush()]


def bytes_of(samples: memoryview) -> memoryview:
    """Return samples that stay as they are."""
    return memoryview(bytes(samples))


def nothing() -> None:
    """Do nothing."""
