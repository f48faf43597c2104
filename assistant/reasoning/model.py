"""A language model as the conversation sees it, wherever it runs."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, Protocol

from assistant.reasoning.question import Cost
from assistant.worker import Worker

DEADLINE_S = 60.0
"""Until the first words: a model of 7B reads a long prompt for so long when it has never seen it."""


class Model(Protocol):
    """A language model. Everything raises WorkerError when it failed."""

    def write(self, system: str, messages: list[list[str]], limit: int, cost: Cost) -> AsyncGenerator[str]:
        """Yield an answer piece by piece."""

    async def fill_in(self, system: str, messages: list[list[str]], form: dict[str, Any], begin: str, cost: Cost) -> str:
        """Return a form filled in."""

    async def prefill(self, system: str, messages: list[list[str]]) -> Cost:
        """Read what is probably asked next; return what that cost."""

    async def start(self) -> None:
        """Load it, so that the first question does not wait for that."""

    async def close(self) -> None:
        """End it."""


class LocalModel:
    """A model in a worker on this machine."""

    def __init__(self, worker: Worker, temperature: float) -> None:
        """Take the worker that hosts a `models.llm.Llm`, and how much its answers are left to chance."""
        self._worker = worker
        self._temperature = temperature

    async def write(self, system: str, messages: list[list[str]], limit: int, cost: Cost) -> AsyncGenerator[str]:
        """Yield an answer piece by piece; closing the iterator stops the model."""
        async with aclosing(self._worker.stream("write", system, messages, limit, self._temperature, deadline_s=DEADLINE_S)) as items:
            wrote, before = 0, cost.wrote
            try:
                async for item in items:
                    if isinstance(item, dict):
                        cost.add(item)
                    else:
                        wrote += 1
                        yield item
            finally:
                if cost.wrote == before:  # it was stopped before it told
                    cost.wrote += wrote

    async def fill_in(self, system: str, messages: list[list[str]], form: dict[str, Any], begin: str, cost: Cost) -> str:
        """Return a form filled in."""
        text = ""
        async for item in self._worker.stream("fill_in", system, messages, form, begin, deadline_s=DEADLINE_S):
            if isinstance(item, dict):
                cost.add(item)
            else:
                text += item
        return text

    async def prefill(self, system: str, messages: list[list[str]]) -> Cost:
        """Read what is probably asked next; being cancelled stops it."""
        cost = Cost()
        async with aclosing(self._worker.stream("prefill", system, messages, deadline_s=DEADLINE_S)) as items:
            async for item in items:
                cost.add(item)
        return cost

    async def start(self) -> None:
        """Load it."""
        await self._worker.start()

    async def close(self) -> None:
        """End its process."""
        await self._worker.close()
