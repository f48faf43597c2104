"""One question to an OpenAI-compatible provider, and its answer as it streams. Text only: no sound, nothing said before."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

from assistant.cloud.catalogue import Service
from assistant.cloud.proposals import Calls, described
from assistant.egress import Egress
from assistant.errors import WebError
from assistant.reasoning.events import Events, declined, declines
from assistant.reasoning.thoughts import Thoughts
from assistant.skill import Action

PURPOSE = "cloud"
"""As what the ledger and the budget know it."""

LONGEST_ANSWER = 800
"""Tokens; what is spoken is rather a tenth of that, but models that think first need more."""

INSTRUCTION = """You are asked by a voice assistant. Answer in the language of the question, in one to four short sentences
that sound natural when they are read aloud. Use no lists, no headings and no Markdown. If you do not know something, say so.
You can only talk: never say that you have done, set, sent or changed something."""
"""What every question is sent with, and the same for all."""

PROPOSING = """If the question also asks for something to be done that a function does, answer first and then call it, with values in
the words of the question or of your answer. Nothing is done before the user says yes."""
"""What is said of the functions, where any are told of."""


def body_of(service: Service, text: str, tools: Mapping[str, Action]) -> dict[str, Any]:
    """Return what is sent for a text: the instruction, the text as it was shown, and what may be proposed to be done."""
    said = f"{INSTRUCTION}\n{PROPOSING}" if tools else INSTRUCTION
    return {
        "model": service.model,
        "messages": [{"role": "system", "content": said.replace("\n", " ")}, {"role": "user", "content": text}],
        service.provider.limit: LONGEST_ANSWER,
        "stream": True,
        "stream_options": {"include_usage": True},
    } | ({"tools": described(tools)} if tools else {})


async def answer(
    egress: Egress, service: Service, text: str, key: str, *, consent: str, deadline_s: float, tools: Mapping[str, Action]
) -> AsyncGenerator[str | Calls]:
    """Yield the answer to a text, piece by piece, without what the model thinks aloud, and then the calls it proposes, if any.

    Raises Offline, OverBudget, StoreError or WebError.

    Args:
        egress: The broker.
        service: Whom to ask.
        text: What is sent, exactly.
        key: Proves who asks.
        consent: Who said yes, and how, for the ledger.
        deadline_s: For the whole answer.
        tools: What may be proposed to be done; its descriptions are sent along.
    """
    url = f"{service.region.url}/chat/completions"
    thoughts, calls = Thoughts(), Calls()
    try:
        async with egress.stream(
            PURPOSE, url, body_of(service, text, tools), hosts=(service.host,), consent=consent, token=key, deadline_s=deadline_s
        ) as lines:
            events = Events(service.host)
            async for line in lines:
                piece = events.feed(line)
                if events.ended:
                    break
                if piece and piece.cost:
                    lines.used(piece.cost["of"], piece.cost["wrote"])
                calls.feed(piece.calls if piece else [])
                for part in thoughts.feed(piece.text) if piece else ():
                    if not part.is_thought:
                        yield part.text
            events.end()
    except WebError as error:
        if error.status is not None and declines(error.body):
            raise declined(service.host) from error
        raise
    for part in thoughts.end():
        if not part.is_thought:
            yield part.text
    if calls:
        yield calls


async def whole(egress: Egress, service: Service, text: str, key: str, *, consent: str, deadline_s: float) -> str:
    """Return an answer when all of it is there. Raises as `answer` does."""
    async with aclosing(answer(egress, service, text, key, consent=consent, deadline_s=deadline_s, tools={})) as pieces:
        return "".join([piece async for piece in pieces if isinstance(piece, str)]).strip()
