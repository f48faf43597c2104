"""What is put to a language model, and what thinks about it."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from assistant.executor import Result
from assistant.vocabulary import Intent

Run = Callable[[Intent, bool], Awaitable[Result]]
"""Carries out an intent; the flag has the user asked first."""


@dataclass(slots=True)
class Cost:
    """What a turn cost the model."""

    read: int = 0
    """Tokens that were read."""
    of: int = 0
    """Tokens its prompts had."""
    wrote: int = 0
    """Tokens it wrote."""
    ms: float = 0.0
    ahead: int = 0
    """Tokens that were read while the words were still being spoken, besides those above."""

    def add(self, other: dict[str, Any]) -> None:
        """Add what an engine tells."""
        self.read += int(other.get("read", 0))
        self.of += int(other.get("of", 0))
        self.wrote += int(other.get("wrote", 0))
        self.ms += float(other.get("ms", 0.0))

    def marks(self) -> dict[str, float]:
        """Return it as marks of a turn's trace."""
        counted: dict[str, float] = {"tokens_read": self.read, "tokens_of": self.of, "tokens_wrote": self.wrote}
        if self.ahead:
            counted["tokens_ahead"] = self.ahead
        return counted if self.of else {}


@dataclass(slots=True)
class Question:
    """Words the quick tiers did not understand, or understood as a question for a model."""

    text: str
    language: str
    """Of the words."""
    replies_in: str
    now: datetime
    is_chat: bool = False
    """True when it is certainly a question and no request."""
    goes_on: bool = False
    """True when the words only ask for more of the answer before."""
    cost: Cost = field(default_factory=Cost)


class Thinker(Protocol):
    """Thinks about a question."""

    def think(self, question: Question, run: Run) -> AsyncGenerator[Intent | Result]:
        """Yield what is understood and what came of it, or an answer sentence by sentence; never raises."""

    async def ask(self, instruction: str, text: str) -> str:
        """Return what the model makes of a text. Raises HarkError."""

    async def expect(self, text: str, language: str, now: datetime, *, is_chat: bool) -> None:
        """Read ahead words that are still being spoken."""

    async def start(self) -> None:
        """Load the model, so that the first question does not wait for it."""

    async def close(self) -> None:
        """End it."""
