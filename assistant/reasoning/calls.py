"""Calls of tools: the form a model fills in, and what its answer means.

The form leaves a model no way to write anything but a call of a tool there is, with slots it has. What stands in a slot is read by
the same parsers as everybody's words.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.classifier.tier import value_of
from assistant.conditions import moved
from assistant.reasoning.prompts import DONE, NONE
from assistant.recurrence import with_first_times
from assistant.skill import Action
from assistant.slots import Env, SlotType
from assistant.vocabulary import Intent
from assistant.words import simplified, split_words

BEGIN, END = "<tool_call>\n", "\n</tool_call>"

LONGEST_VALUE = 40
"""Tokens in a slot."""

ONE_OF = "one of "
"""How a kind of value names its choices."""


@dataclass(frozen=True, slots=True)
class Call:
    """What a model wants done."""

    text: str
    """As it was written, for the next prompt."""
    intent: Intent | None
    """None when no tool fits, or all is done."""
    is_asked_for: bool = True
    """True when every value stands in the user's own words."""


def form(tools: Mapping[str, Action], *, ends_with: str = NONE) -> dict[str, Any]:
    """Return the form of a call of one of these tools, or of none (see `models.form`)."""
    states: dict[str, Any] = {"start": {"options": []}}
    for name, action in tools.items():
        slots = in_order(action)
        head = f'{{"name": "{name}", "arguments": {{'
        states["start"]["options"] += [[head + text, state] for text, state in openings(name, action, slots, 0, is_first=True)]
        for at, slot in enumerate(slots):
            kind = action.slots[slot]
            after = f"{name}/{at}/"
            choices = choices_of(kind)
            states[f"{name}/{at}"] = (
                {"options": [[choice, after] for choice in choices]} if choices else {"gap": LONGEST_VALUE, "next": after}
            )
            states[after] = {"options": [['"' + text, state] for text, state in openings(name, action, slots, at + 1, is_first=False)]}
    states["start"]["options"].append([f'{{"name": "{ends_with}", "arguments": {{}}}}{END}', "end"])
    return states


def in_order(action: Action) -> list[str]:
    """Return the slots of an action, those first that it cannot do without."""
    return sorted(action.slots, key=lambda slot: slot not in action.required)


def openings(name: str, action: Action, slots: Sequence[str], at: int, *, is_first: bool) -> list[tuple[str, str]]:
    """Return the ways to go on at a slot: with it, with one of those after it, or with the end; a required slot leaves no choice."""
    found = []
    for number in range(at, len(slots)):
        found.append((f'{"" if is_first else ", "}"{slots[number]}": "', f"{name}/{number}"))
        if slots[number] in action.required:
            return found
    return [*found, (f"}}}}{END}", "end")]


def choices_of(kind: SlotType) -> list[str]:
    """Return the only values a kind has; none where there are too many to say."""
    if kind.name == "true or false":
        return ["true", "false"]
    return kind.name.removeprefix(ONE_OF).split(", ") if kind.name.startswith(ONE_OF) else []


def call_of(written: str, tools: Mapping[str, Action], env: Env, day: date | None = None) -> Call:
    """Return what a filled form means, given the user's words, and the day that what they hang on is about."""
    data = json.loads(written.removesuffix(END))
    name, said = data["name"], {slot: str(value).strip() for slot, value in data["arguments"].items()}
    if name in {NONE, DONE}:
        return Call(BEGIN + written, None)
    action = tools[name]
    values = {
        slot: value for slot, text in said.items() if text and (value := read(text, action.slots[slot], moved(env, text, day))) is not None
    }
    values = action.implied(with_first_times(values, env.now))
    slots = {slot: action.slots[slot].to_json(value) for slot, value in values.items()}
    free = [text for slot, text in said.items() if not choices_of(action.slots[slot])]
    return Call(BEGIN + written, Intent(name, slots, "llm", 1.0), bool(free) and all(stands_in(text, env.text) for text in free))


def read(text: str, kind: SlotType, env: Env) -> Any:
    """Return the value that a text means for a kind; None when it means none."""
    if kind.name == "true or false":
        return text == "true"
    if kind.name == "list":
        return value_of(text, kind, env) or [text]
    if choices_of(kind) or not kind.is_typed:
        return text
    return value_of(text, kind, env)


def stands_in(text: str, words: str) -> bool:
    """Tell whether all words of a text are among the user's."""
    theirs = {word.norm for word in split_words(simplified(words))}
    return all(word.norm in theirs for word in split_words(simplified(text)))
