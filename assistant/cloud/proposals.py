"""What the cloud may propose to be done: the tools it is told of, and what its calls mean. Nothing here carries anything out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from assistant.conditions import cuts
from assistant.reasoning.calls import call_of, choices_of
from assistant.reasoning.reasoner import WORTH_A_PART, boxes_for
from assistant.redaction.pseudonyms import Replacements, restored
from assistant.skill import Action
from assistant.slots import Env
from assistant.understanding import Understanding
from assistant.vocabulary import Intent

MOST_TOOLS = 16
"""That are told of with one question; each costs about fifty tokens."""

MOST_CALLS = 5
MOST_CLAUSES = 8
"""Places of a sentence where a second request may begin, that are looked at."""

LONGEST_CALL = 2000
"""Letters of the values of a call."""

OURS = frozenset({"assistant", "models", "privacy", "wake"})
"""Families about Hark itself, which nobody else has a say in."""


def tools_for(understanding: Understanding, text: str, language: str) -> dict[str, Action]:
    """Return what a question may want done, by any of its clauses; nothing for most questions, as every tool costs."""
    clauses = [text]
    clauses += [half for halves in islice(understanding.halves(text), MOST_CLAUSES) for half in halves]
    clauses += [each for cut in islice(cuts(text), MOST_CLAUSES) for each in (cut.clause, cut.request)]
    tools: dict[str, Action] = {}
    for clause in dict.fromkeys(clauses):
        for box in boxes_for(understanding, clause, language, 1, WORTH_A_PART):
            tools |= {name: action for name, action in box.tools.items() if name.partition(".")[0] not in OURS}
    return dict(islice(tools.items(), MOST_TOOLS))


def described(tools: Mapping[str, Action]) -> list[dict[str, Any]]:
    """Return tools as an OpenAI-compatible interface is told of them: the words that ship with a skill, and nothing of the user's."""
    return [{"type": "function", "function": function(name, action)} for name, action in tools.items()]


def function(name: str, action: Action) -> dict[str, Any]:
    """Return one tool."""
    slots: dict[str, dict[str, Any]] = {}
    for slot, kind in action.slots.items():
        slots[slot] = {"type": "string", "description": action.described.get(slot, kind.name)}
        if choices := choices_of(kind):
            slots[slot]["enum"] = choices
    required = sorted(action.required)
    parameters = {"type": "object", "properties": slots, "required": required, "additionalProperties": False}
    return {"name": sent_name(name), "description": action.summary, "parameters": parameters}


def sent_name(name: str) -> str:
    """Return an action's name as these interfaces let functions be called: they know no dot."""
    return name.replace(".", "-")


class Calls:
    """The calls of an answer, put together from the parts in which they come."""

    def __init__(self) -> None:
        self._parts: dict[int, list[str]] = {}
        """By the number of the call: its name, and its values as JSON."""

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self._parts)

    def feed(self, parts: Sequence[Any]) -> None:
        """Take the next parts; what is none is passed over."""
        for at, part in enumerate(parts):
            called = part.get("function") if isinstance(part, dict) else None
            if not isinstance(called, dict):
                continue
            number = part.get("index")
            number = number if isinstance(number, int) else at
            if number not in self._parts and len(self._parts) == MOST_CALLS:
                continue
            call = self._parts.setdefault(number, ["", ""])
            for place, key in enumerate(("name", "arguments")):
                more = called.get(key)
                call[place] = (call[place] + (more if isinstance(more, str) else ""))[: LONGEST_CALL + 1]

    def intents(self, tools: Mapping[str, Action], replacements: Replacements, env: Env) -> list[Intent]:
        """Return what the calls mean, with names put back and values read as everybody's words are; a call that is none is left out."""
        by_name = {sent_name(name): name for name in tools}
        found = []
        for said, written in (self._parts[number] for number in sorted(self._parts)):
            values = values_in(written)
            if (name := by_name.get(said)) and values is not None:
                slots = {slot: restored(text, replacements) for slot, text in values.items() if may_be(tools[name], slot, text)}
                call = call_of(json.dumps({"name": name, "arguments": slots}), tools, env)
                found += [replace(call.intent, source="cloud")] if call.intent else []
        return found


def values_in(written: str) -> dict[str, str] | None:
    """Return the values of a call as words; None when it has none that can be read."""
    if len(written) > LONGEST_CALL:
        return None
    try:
        values = json.loads(written or "{}")
    except (ValueError, RecursionError):
        return None
    return {slot: words_of(value) for slot, value in values.items()} if isinstance(values, dict) else None


def words_of(value: Any) -> str:
    """Return a value as words: models write numbers, truths and lists, too."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Iterable) and not isinstance(value, str | Mapping):
        return ", ".join(map(words_of, value))
    return "" if value is None else str(value)


def may_be(action: Action, slot: str, text: str) -> bool:
    """Tell whether an action has such a slot, and it may be filled with such a text."""
    choices = choices_of(action.slots[slot]) if slot in action.slots else []
    return slot in action.slots and bool(text) and (not choices or text in choices)
