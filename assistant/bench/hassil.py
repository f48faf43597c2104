"""`hark bench hassil`: Hark's grammar beside Home Assistant's, hassil, on the same templates and sentences in one run.

hassil is no dependency: `uv pip install hassil` puts it beside Hark. It is given its best case: a slot of a type is a list of
the few values that the sentences have, so that it never has to read a duration or a date; a free text is a wildcard.
"""

import importlib
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.bench.errors import BenchError
from assistant.bench.sentences import Sentence, sentences
from assistant.bench.spread import Count, Spread, spread
from assistant.skill import Action
from assistant.slots import SlotType
from assistant.understanding import LANGUAGES, Understanding

SLOT = re.compile(r"\{\s*([a-z_][a-z0-9_]*)\s*(=[^{}]*)?\}")
RULE = re.compile(r"<([^<>]+)>")


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both grammars over the sentences of one language."""

    language: str
    sentences: int
    own_ms: Spread | None
    theirs_ms: Spread | None
    faster: float
    """How many times, by the sums."""
    own_right: Count
    """Understood as the action whose templates made it, or left alone where none did."""
    theirs_right: Count
    same: Count
    """The same decision, of those that hassil makes; other templates may mean the same words as well."""


def compare(understanding: Understanding, each: int, now: datetime) -> list[SideBySide]:
    """Read sentences of all templates with both. Raises BenchError without hassil."""
    try:
        hassil = importlib.import_module("hassil")
    except ModuleNotFoundError as error:
        raise BenchError("hassil is not installed. It is only for this comparison: uv pip install hassil") from error
    made = sentences(understanding.actions, each)
    return [side_by_side(hassil, understanding, language, [one for one in made if one.language == language], now) for language in LANGUAGES]


def side_by_side(hassil: Any, understanding: Understanding, language: str, said: Sequence[Sentence], now: datetime) -> SideBySide:
    """Read the sentences of one language with both."""
    intents = hassil.Intents.from_dict(as_hassil(understanding.actions, language))
    own: list[tuple[float, str | None]] = []
    theirs: list[tuple[float, str | None]] = []
    for one in said:  # either compiles what it has not used yet
        understanding.read(one.text, language, now)
        hassil.recognize_best(one.text, intents)
    for one in said:
        began = time.perf_counter()
        intent = understanding.read(one.text, language, now)
        own.append((1000 * (time.perf_counter() - began), intent.action if intent else None))
        began = time.perf_counter()
        found = hassil.recognize_best(one.text, intents)
        theirs.append((1000 * (time.perf_counter() - began), found.intent.name if found else None))
    decided = [(mine, other) for (_, mine), (_, other) in zip(own, theirs, strict=True) if other]
    return SideBySide(
        language,
        len(said),
        spread(ms for ms, _ in own),
        spread(ms for ms, _ in theirs),
        sum(ms for ms, _ in theirs) / sum(ms for ms, _ in own),
        own_right=Count(sum(action == one.action for (_, action), one in zip(own, said, strict=True)), len(said)),
        theirs_right=Count(sum(action == one.action for (_, action), one in zip(theirs, said, strict=True)), len(said)),
        same=Count(sum(mine == other for mine, other in decided), len(decided)),
    )


def as_hassil(actions: Mapping[str, Action], language: str) -> dict[str, Any]:
    """Return all templates of a language as hassil takes them."""
    intents: dict[str, Any] = {}
    rules: dict[str, str] = {}
    lists: dict[str, Any] = {}
    for name, action in actions.items():
        prefix = re.sub(r"\W", "_", name)
        for slot, kind in action.slots.items():
            lists[f"{prefix}_{slot}"] = values_of(kind, language)
        for rule, text in action.templates.rules.items():
            rules[f"{prefix}_{rule}"] = rewritten(text, prefix)
        intents[name] = {"data": [{"sentences": [rewritten(text, prefix) for text in action.sentences[language]]}]}
    return {
        "language": language,
        "settings": {"ignore_whitespace": language == "zh"},
        "intents": intents,
        "lists": lists,
        "expansion_rules": rules,
    }


def values_of(kind: SlotType, language: str) -> dict[str, Any]:
    """Return a slot's values for hassil: a wildcard for free text, else those that the sentences have."""
    samples = kind.samples.get(language, ())
    if not kind.is_typed or not samples:
        return {"wildcard": True}
    return {"values": [{"in": sample, "out": sample} for sample in samples]}


def rewritten(text: str, prefix: str) -> str:
    """Return a template in hassil's words: lists and rules named by action; values that the wording gives are left out."""
    plain = SLOT.sub(lambda slot: "" if slot[2] else f"{{{prefix}_{slot[1]}:{slot[1]}}}", text)
    return RULE.sub(lambda rule: f"<{prefix}_{rule[1]}>", plain)
