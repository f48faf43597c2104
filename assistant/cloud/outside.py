"""The cloud as the brain sees it: what follows from words about it. Light: nothing of redaction or sending is loaded for this."""

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from assistant.cloud.consent import for_cloud
from assistant.executor import Result, phrase
from assistant.reasoning.question import Question, Run
from assistant.vocabulary import Intent, Outcome, Turn
from assistant.words import language_of

ASKING = "cloud:asking"
"""Under this name the store keeps what waits for a yes."""

ASKS = "cloud"
"""What a result asks that shows what would be sent."""


@dataclass(slots=True)
class Outside:
    """What follows from words about the cloud: results, and a question for the local model where nothing came of them."""

    source: Callable[[Run], AsyncGenerator[Result | Intent]]
    """Yields them, given what carries out a proposal."""
    question: str = ""
    """What the local model may answer when the cloud does not."""
    _failed: bool = field(default=False, init=False)

    async def results(self, run: Run) -> AsyncGenerator[Result | Intent]:
        """Yield what comes; a failure after a part of an answer leaves nothing to the local model."""
        said = 0
        async for result in self.source(run):
            if isinstance(result, Result):
                self._failed = result.outcome is Outcome.FAILED and not said
                said += result.outcome is Outcome.DONE
            yield result

    def left(self, language: str, now: datetime) -> Question | None:
        """Return what is left for the local model."""
        if not self._failed or not self.question:
            return None
        return Question(self.question, language_of(self.question), language, now, is_chat=True)


class Cloud(Protocol):
    """Whom hard questions may be put to."""

    def is_meant(self, text: str) -> bool:
        """Tell whether words ask for the cloud, or decide something about it."""

    def take(
        self, text: str, language: str, now: datetime, *, own_voice: bool, lately: Sequence[Turn], preview: Callable[[], Intent | None]
    ) -> Outside | None:
        """Return what follows from words that ask for the cloud, or answer whether something may be sent; None for all others.

        Args:
            text: The user's words.
            language: Of the reply.
            now: Local time.
            own_voice: The words may be Hark's own, and are no consent.
            lately: The turns before, the last one first.
            preview: Tells what the words would mean if there were no cloud.
        """

    def instead(self, text: str, language: str, now: datetime) -> Outside | None:
        """Return the offer to send a question that nobody here can answer; None where it may not be offered."""

    def draft(self, now: datetime) -> str:
        """Return what waits for a yes to be sent; empty when nothing does."""

    def edit(self, text: str, now: datetime, language: str) -> str:
        """Have another text wait for a yes, as the user wrote it, and return the question for it; an empty one sends nothing."""

    def beside(
        self, question: Question, thoughts: AsyncGenerator[Intent | Result], now: datetime, run: Run
    ) -> AsyncGenerator[Intent | Result]:
        """Yield what the local model thinks, and then the offer to ask the cloud, where it was out of its depth or too slow."""


def unasked(text: str, language: str) -> str:
    """Return what is said to words that ask for the cloud when nobody is set up; empty for all other words."""
    if for_cloud(text) is None:
        return ""
    return phrase(
        language,
        "No cloud is set up, so nothing was sent; 'hark cloud use' sets one up.",
        "还没有设置云端，什么也没发；可以用 hark cloud use 设置。",
    )
