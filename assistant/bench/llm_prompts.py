"""What the language model is asked in `hark bench llm`: the same prompts for Hark's runtime and for llama-cpp-python as it comes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any

from assistant.reasoning.calls import BEGIN, END
from assistant.reasoning.prompts import ANSWERING, Message, acting, asked
from assistant.skill import Action
from models.chatml import prompt

TOOLS = 20
"""Schemas in the prompt of a tool call: about 1,500 tokens. Hark itself offers eight at most."""

VALUE = 4
"""Tokens of a slot's value, such as "twelve and a half minutes"; weights of chance would never end it."""

NOW = datetime(2026, 11, 27, 9, 30)  # noqa: DTZ001 -- only its words count

COMMANDS = (
    "the noodles go for four minutes, keep an eye on that",
    "shout when a quarter of an hour is over",
    "kids have thirty minutes on the tablet starting now",
    "wake me at half past six tomorrow",
    "let me know when the eggs have had nine minutes",
)
QUESTIONS = (
    "why is the sky blue in the day and red in the evening",
    "how do whales sleep without drowning in the sea",
    "what makes bread rise when it is in the oven",
    "who built the first bridge over the river Thames",
    "why do cats purr when somebody strokes them",
)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt, both as Hark takes it and as one text."""

    system: str
    messages: list[Message]
    begin: str = ""
    """What the assistant's answer begins with."""

    @property
    def text(self) -> str:
        """All of it in the words of ChatML."""
        pieces = prompt([["system", self.system], *self.messages])
        return "".join(piece.text for piece in pieces) + self.begin


def commands(tools: Mapping[str, Action]) -> Iterator[Prompt]:
    """Yield prompts for a tool call, for ever; they differ in the words only."""
    system = acting(tools)
    for words in cycle(COMMANDS):
        yield Prompt(system, [asked(words, NOW)], BEGIN)


def questions() -> Iterator[Prompt]:
    """Yield prompts for an answer, for ever."""
    for words in cycle(QUESTIONS):
        yield Prompt(ANSWERING, [asked(words, NOW)])


def sheet(names: Sequence[str]) -> dict[str, Any]:
    """Return the form of a call of one of these tools with one value (see `models.form`)."""
    heads = [[f'{{"name": "{name}", "arguments": {{"value": "', "value"] for name in names]
    return {"start": {"options": heads}, "value": {"gap": VALUE, "next": "end of it"}, "end of it": {"options": [[f'"}}}}{END}', "end"]]}}


def gbnf(names: Sequence[str]) -> str:
    """Return the same form as a grammar of llama.cpp; a value of so many letters has about as many tokens."""
    choices = " | ".join(f'"{name}"' for name in names)
    return "\n".join(
        [
            r'root ::= "{\"name\": \"" name "\", \"arguments\": {\"value\": \"" value "\"}}\n</tool_call>"',
            f"name ::= {choices}",
            f"value ::= [a-z ]{{{4 * VALUE}}}",
        ]
    )
