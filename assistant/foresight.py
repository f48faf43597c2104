"""Words that are still being spoken, read ahead by the language model: when they end, little is left to read.

Words that two texts of the recogniser in a row begin with are taken to be stable. Only what goes on from what was read is read on;
when the words turn out to be others, the reading is stopped.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from assistant.errors import HarkError
from assistant.vocabulary import Transcript
from assistant.words import split_words

log = logging.getLogger(__name__)

LEAST_WORDS = 3
"""Words, or Chinese characters, that are worth a beginning: fewer say nothing yet of what the rest may be."""

Expect = Callable[[Transcript], Awaitable[None]]


class Foresight:
    """Follows one utterance after the other."""

    def __init__(self, expect: Expect) -> None:
        """`expect` has words read; being cancelled stops it."""
        self._expect = expect
        self._task: asyncio.Task[None] | None = None
        self._last = self._reading = ""
        self._next: Transcript | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being read."""
        return self._task is not None and not self._task.done()

    def begin(self) -> None:
        """Take that another utterance begins."""
        self._last = self._reading = ""
        self._stop()

    def hear(self, words: Transcript) -> None:
        """Take the words so far."""
        if words.text != self._last:
            same = shared(self._last, words.text)
            self._last = words.text
            self._read(Transcript(same, words.language, is_final=False))

    def settle(self, words: Transcript) -> None:
        """Take the words up to a pause, all of which are as stable as words get."""
        self._last = words.text
        self._read(words)

    def over(self) -> None:
        """Take that the words are all there: what has been read is kept, and the answer must not wait for the rest."""
        self._stop()

    async def close(self) -> None:
        """Stop reading."""
        task = self._task
        self._stop()
        if task:
            await asyncio.gather(task, return_exceptions=True)

    def _read(self, words: Transcript) -> None:
        if len(split_words(words.text)) < LEAST_WORDS or self._reading.startswith(words.text):
            return
        if not self.busy or not words.text.startswith(self._reading):
            self._stop()
            self._reading = words.text
            self._task = asyncio.create_task(self._read_on(words), name="foresight")
        else:
            self._next = words  # when what it goes on from has been read

    async def _read_on(self, words: Transcript) -> None:
        while True:
            try:
                await self._expect(words)
            except HarkError as error:
                log.warning("nothing was read ahead: %s", error)
                return
            if self._next is None:
                return
            words, self._next = self._next, None
            self._reading = words.text

    def _stop(self) -> None:
        self._next = None
        if self._task and not self._task.done():
            self._task.cancel()
        self._task = None


def shared(first: str, second: str) -> str:
    """Return the words with which two texts begin, as the second has them."""
    ours, theirs = split_words(first), split_words(second)
    same = 0
    while same < min(len(ours), len(theirs)) and ours[same].norm == theirs[same].norm:
        same += 1
    return second[: theirs[same - 1].end] if same else ""
