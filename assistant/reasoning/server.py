"""A language model on an OpenAI-compatible server that the user runs: Ollama, llama-server, vLLM, LM Studio.

It is asked through the egress broker, and only while it is on this machine or in the private network. What such servers
have in common is little: streamed chat completions. Everything else is asked for, and done without where it is refused.
"""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from typing import Any, NamedTuple

from assistant.errors import ModelTrouble, WebError
from assistant.nearby import Resolve, Where, resolved, where
from assistant.reasoning.address import Address
from assistant.reasoning.events import Events, Piece
from assistant.reasoning.question import Cost
from assistant.reasoning.sheets import BadCall, filled, nothing, schema_of
from assistant.reasoning.thoughts import Thoughts

log = logging.getLogger(__name__)

DEADLINE_S = 60.0
"""Until a server says its first or next word: one that loads a model of 7B from a slow disk takes half of that."""

LONGEST_CALL = 1024
"""Tokens of a tool call; more than a call has, because some models cannot be kept from thinking first."""

FORMAT = """
Answer with one JSON object and nothing else: {"name": TOOL, "arguments": {SLOT: TEXT, ...}}"""

AGAIN = "That is no valid call: {problem}. Answer with one JSON object that is."

OPTIONAL = ("stream_options", "response_format", "chat_template_kwargs")
"""Of a request: what some servers refuse, and every one can do without."""

REFUSED = frozenset({400, 422, 501})
"""Statuses of a server that does not like something in a request."""


class Sent(NamedTuple):
    """What a connection is opened for."""

    url: str
    body: dict[str, Any]
    token: str


Post = Callable[[Sent], AbstractAsyncContextManager[AsyncIterable[bytes]]]
"""Sends a request and gives the answer, line by line as it comes; leaving closes the connection. Raises WebError or Offline."""


class ServerModel:
    """One model on one server. Whatever goes wrong is a ModelTrouble, in one sentence."""

    def __init__(
        self, post: Post, address: Address, name: str, key: Callable[[], str], temperature: float, resolve: Resolve = resolved
    ) -> None:
        """Take what sends, the server, the model's name there, what finds the key, and how much of answers is left to chance."""
        self.address = address
        self.name = name
        self._post = post
        self._key = key
        self._temperature = temperature
        self._resolve = resolve
        self._without: frozenset[str] = frozenset()
        """What this server has refused."""

    async def write(self, system: str, messages: list[list[str]], limit: int, cost: Cost) -> AsyncGenerator[str]:
        """Yield an answer piece by piece; closing the iterator closes the connection, which stops the model."""
        body = self._body(system, messages, limit, self._temperature)
        async with aclosing(self._asked(body, cost)) as pieces:
            async for piece in pieces:
                yield piece

    async def fill_in(self, system: str, messages: list[list[str]], form: dict[str, Any], begin: str, cost: Cost) -> str:  # noqa: ARG002 -- see below
        """Return a form filled in. A model that does it wrong is told what is wrong, once; then it counts as having called nothing.

        What the assistant's answer begins with is for models that go on from it, which a server gives no way to ask for.
        """
        schema = {"type": "json_schema", "json_schema": {"name": "call", "schema": schema_of(form), "strict": True}}
        extras = {"response_format": schema, "chat_template_kwargs": {"enable_thinking": False}}
        talk = list(messages)
        for _ in range(2):
            body = self._body(system + FORMAT, talk, LONGEST_CALL, 0.0) | extras
            async with aclosing(self._asked(body, cost)) as pieces:
                written = without_thoughts([piece async for piece in pieces])
            try:
                return filled(form, written)
            except BadCall as error:
                talk = [*messages, ["assistant", written], ["user", AGAIN.format(problem=error)]]
        log.warning("%s wrote no valid call, twice: it counts as none", self.name)
        return nothing(form)

    async def prefill(self, system: str, messages: list[list[str]]) -> Cost:  # noqa: ARG002 -- see below
        """Do nothing: words that are still being spoken may be taken back, and a server works for others too."""
        return Cost()

    async def start(self) -> None:
        """Have the server load the model, which some do only when it is asked something."""
        body = self._body("", [["user", "."]], 1, 0.0)
        async with aclosing(self._asked(body, Cost())) as pieces:
            async for _ in pieces:
                pass

    async def close(self) -> None:
        """End nothing: the server is the user's, and connections end with what they were opened for."""

    def _body(self, system: str, messages: list[list[str]], limit: int, temperature: float) -> dict[str, Any]:
        said = [{"role": role, "content": text} for role, text in ([["system", system]] if system else []) + messages]
        return {
            "model": self.name,
            "messages": said,
            "max_tokens": limit,
            "temperature": temperature,
            "stream": True,
            "stream_options": {"include_usage": True},
        }

    async def _asked(self, body: dict[str, Any], cost: Cost) -> AsyncGenerator[str]:
        """Yield an answer's text; when the server refuses the request, once more without what it can do without."""
        began, said = time.monotonic(), False
        plain = {name: value for name, value in body.items() if name not in self._without}
        try:
            async with aclosing(self._pieces(plain)) as pieces:
                async for piece in pieces:
                    said = True
                    if piece.text:
                        yield piece.text
                    cost.add(piece.cost)
        except WebError as error:
            left_out = frozenset(OPTIONAL) & plain.keys()
            if said or error.status not in REFUSED or not left_out:
                raise self._trouble(error) from error
            fewer = {name: value for name, value in plain.items() if name not in left_out}
            try:
                async with aclosing(self._pieces(fewer)) as pieces:
                    async for piece in pieces:
                        self._without |= left_out
                        if piece.text:
                            yield piece.text
                        cost.add(piece.cost)
            except WebError as again:
                raise self._trouble(again) from again
        cost.add({"ms": 1000 * (time.monotonic() - began)})

    async def _pieces(self, body: dict[str, Any]) -> AsyncGenerator[Piece]:
        """Yield what a server says. Raises WebError, or ModelTrouble when it says nothing for too long or is too far away."""
        if await where(self.address.host, self._resolve) is Where.FAR:
            raise ModelTrouble(self.address.too_far)
        events, key = Events(self.address.host), await asyncio.to_thread(self._key)  # a keyring may ask to be unlocked
        async with self._post(Sent(f"{self.address.url}/chat/completions", body, key)) as answer:
            lines = aiter(answer)
            while not events.ended:
                try:
                    async with asyncio.timeout(DEADLINE_S):
                        line = await anext(lines)
                except StopAsyncIteration:
                    break
                except TimeoutError as error:
                    raise ModelTrouble(f"{self.address.host} said nothing for {DEADLINE_S:g} seconds.") from error
                if piece := events.feed(line):
                    yield piece
        events.end()

    def _trouble(self, error: WebError) -> ModelTrouble:
        return ModelTrouble(self.address.told(error, self.name))


def without_thoughts(pieces: list[str]) -> str:
    """Return what a model wrote, without what it thought aloud."""
    thoughts = Thoughts()
    parts = [part for piece in pieces for part in thoughts.feed(piece)] + list(thoughts.end())
    return "".join(part.text for part in parts if not part.is_thought).strip()
