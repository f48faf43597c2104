"""The recogniser as the conversation uses it: sound goes in as it comes, words come out when they are there."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.errors import WorkerError
from assistant.vocabulary import Transcript
from assistant.worker import Worker

FEED_S = 8.0
"""Deadline for decoding what was fed."""

FINISH_S = 12.0
"""Deadline for the final words."""

Kind = Literal["partial", "settled", "final", "failed", "rest"]


@dataclass(frozen=True, slots=True)
class Settled:
    """Words read to the pause that was asked about."""

    pause: int
    words: Transcript


class Ears:
    """One recogniser in its worker; frames that pile up while it decodes are handed over together."""

    def __init__(self, worker: Worker, tell: Callable[[Kind, Transcript | Settled | str], None]) -> None:
        """`tell` hears of partial, settled and final words, of failures, and when there is nothing left to do."""
        self.worker = worker
        self._tell = tell
        self._todo: deque[tuple[str, Any]] = deque()
        self._arrived = asyncio.Event()
        self._busy = False
        self._next: Worker | None = None
        self._names: Sequence[str] = ()
        self._told: tuple[object, ...] = ()
        """Which recogniser, as it was last started, was told which names."""
        self._failed = False
        """The utterance under way is lost; what still comes of it is dropped."""

    @property
    def idle(self) -> bool:
        """Whether everything that was fed has been worked on."""
        return not self._busy and not self._todo

    def inherit(self, worker: Worker) -> None:
        """Listen with another recogniser from the next utterance on; the one before ends then."""
        self._next = worker

    def expect(self, names: Sequence[str]) -> None:
        """Take names that may be said; the recogniser is told of them before the next utterance, and when it was started anew."""
        self._names = names

    async def close(self) -> None:
        """End the recogniser."""
        await asyncio.gather(*(worker.close() for worker in (self.worker, self._next) if worker))

    async def _renewed(self) -> None:
        if self._next:
            old, self.worker, self._next = self.worker, self._next, None
            await old.close()

    def begin(self, start_s: float, language: str = "") -> None:
        """Start an utterance, in a language if that is known beforehand; one under way is dropped."""
        self.abandon()
        self._add("start", (start_s, language) if language else (start_s,))

    def feed(self, samples: memoryview) -> None:
        """Hear more of it."""
        self._add("feed", samples)

    def settle(self, pause: int) -> None:
        """Ask for the words as if the utterance ended here; it may go on. They come with the number of the pause."""
        self._add("settle", pause)

    def finish(self) -> None:
        """Ask for its final words."""
        self._add("finish")

    def abandon(self) -> None:
        """Drop the utterance under way, and what of it is still waiting."""
        self._todo.clear()
        self._add("abandon")

    async def run(self) -> None:
        """Work, for ever; a recogniser that fails costs its utterance and is started again."""
        with contextlib.suppress(WorkerError):
            await self.worker.start()  # warm before the first words
        while True:
            while not self._todo:
                self._arrived.clear()
                await self._arrived.wait()
            self._busy = True
            what, value = self._todo.popleft()
            self._failed &= what != "start"
            try:
                if not self._failed:
                    await self._do(what, value)
            except WorkerError as error:
                self._failed = True
                self._tell("failed", str(error))
            finally:
                self._busy = False
            if not self._todo:
                self._tell("rest", "")

    async def _do(self, what: str, value: Any) -> None:
        match what:
            case "feed":
                words = await self.worker.call("feed", self._together(value), deadline_s=FEED_S)
                self._tell("partial", Transcript(**words))
            case "settle":
                words = await self.worker.call("speculate", deadline_s=FINISH_S)
                self._tell("settled", Settled(value, Transcript(**words)))
            case "finish":  # the recogniser keeps the sound: the speaker may go on all the same
                words = await self.worker.call("speculate", deadline_s=FINISH_S)
                self._tell("final", Transcript(**words))
            case "start":
                await self._renewed()
                await self._tell_names()
                await self.worker.call("start", *value, deadline_s=FEED_S)
            case "abandon":
                await self.worker.call("abandon", deadline_s=FEED_S)

    async def _tell_names(self) -> None:
        if not self._names and not self._told:
            return  # nor does every recogniser know what to do with names
        await self.worker.start()
        telling = (id(self.worker), self.worker.restarts, self._names)
        if telling != self._told:
            await self.worker.call("expect", list(self._names), deadline_s=FEED_S)
            self._told = telling if self._names else ()

    def _together(self, first: memoryview) -> memoryview:
        """Return this sound and all that follows it already."""
        pieces = [first]
        while self._todo and self._todo[0][0] == "feed":
            pieces.append(self._todo.popleft()[1])
        return first if len(pieces) == 1 else memoryview(b"".join(pieces))

    def _add(self, what: str, value: Any = None) -> None:
        self._todo.append((what, value))
        self._arrived.set()
