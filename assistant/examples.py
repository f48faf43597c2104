"""Sentences to show people: each template at its plainest, without what may be left out."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from assistant.skill import Action
from assistant.slots import SlotType
from assistant.slots.kinds import glue
from assistant.template import EMPTY, Choice, Literal, Node, Sequence, Slot

SMOOTH = frozenset({"a", "an", "the", "my", "me", "for", "to", "on", *"一个现在什么"})
"""Words that a sentence may lack and still be understood, but that people say."""

DANGLING = frozenset({"a", "an", "the", "my", "for", "to", "on"})
"""Words that nobody ends a sentence with when what followed was left out."""

NAMED = {
    "list": ("shopping", "购物"),
    "fact": ("I parked on level three", "车停在三楼"),
    "word": ("serendipity", "踌躇"),
    "name": ("good morning", "早安"),
    "query": ("boiler", "锅炉"),
    "text": ("call mum", "给妈妈打电话"),
    "find.text": ("boiler", "锅炉"),
    "delete.text": ("boiler", "锅炉"),
    "text.text": ("thank you", "谢谢"),
}
"""What a free text stands for in an example, by the slot, or by the verb and the slot: English and Chinese."""

COUNTED = frozenset({"number", "percent"})
"""Slots before which nobody says an article."""


def plainest(node: Node, slots: Mapping[str, SlotType], language: str, verb: str = "") -> str:
    """Return the shortest way to say a template's first alternatives as people would."""
    return smoothed(words(node, slots, language, verb))


def smoothed(said: list[str]) -> str:
    """Return words as a sentence, without an end that leads nowhere and with the right articles."""
    while said and said[-1] in DANGLING:
        said.pop()
    said = said[said[:1] == ["the"] :]
    for at, (word, after) in enumerate(pairwise(said)):
        if word in {"a", "an"}:
            said[at] = "an" if after[:1] in "aeiou" else "a"
    return glue(said)


def words(node: Node, slots: Mapping[str, SlotType], language: str, verb: str) -> list[str]:
    """Return the words of a template: the first of its alternatives, and of what is optional the smooth words."""
    match node:
        case Literal(spelled):
            return list(spelled)
        case Slot(name, None):
            return [sample(name, slots[name], language, verb)]
        case Sequence(parts):
            said: list[str] = []
            for before, part in zip((None, *parts), parts, strict=False):
                if isinstance(part, Slot) and slots[part.name].name in COUNTED and said[-1:] == ["the"]:
                    said.pop()
                here = words(part, slots, language, verb)
                said += here if here != ["个"] or not isinstance(before, Slot) else []
            return said
        case Choice(options):
            first = words(options[0], slots, language, verb)
            return first if EMPTY not in options or SMOOTH.issuperset(first) else []
    return []


def sample(name: str, kind: SlotType, language: str, verb: str) -> str:
    """Return what to say for a slot; the second example where something is turned into something else."""
    named = NAMED.get(f"{verb}.{name}") or NAMED.get(name)
    if kind.name == "text" and named:
        return named[language == "zh"]
    known = kind.samples[language]
    return next(iter(known[1:] if name == "to" else known), "") or next(iter(known), "")


def examples(action: Action, language: str) -> Iterator[str]:
    """Yield different sentences that mean an action, one of each template, as long as there are any."""
    said: set[str] = set()
    for node in action.templates[language]:
        text = plainest(node, action.slots, language, action.verb)
        if text and text not in said:
            said.add(text)
            yield text


def example(action: Action, language: str) -> str:
    """Return one sentence that means an action; empty when no template can be said at all."""
    return next(examples(action, language), "")


Ways = dict[frozenset[str], list[str]]
"""The plainest words of a template by the slots that they have."""


def saying(action: Action, values: Mapping[str, Any], aloud: Mapping[str, str], language: str) -> str:
    """Return a sentence that asks for an action with just these values; empty when no template has just these.

    Args:
        action: What is asked for.
        values: In their JSON form.
        aloud: The same as they are spoken.
        language: en or zh.
    """
    ways = (filled(node, values, aloud).get(frozenset(values)) for node in action.templates[language])
    return next((smoothed(said) for said in ways if said), "")


def filled(node: Node, values: Mapping[str, Any], aloud: Mapping[str, str]) -> Ways:
    """Return the ways to say a template with values for some of its slots."""
    match node:
        case Literal(spelled):
            return {frozenset(): list(spelled)}
        case Slot(name, given):
            said = [aloud[name]] if given is None and name in aloud else []
            return {frozenset({name}): said} if said or (given is not None and values.get(name) == given) else {}
        case Sequence(parts):
            ways: Ways = {frozenset(): []}
            for part in parts:
                more = filled(part, values, aloud)
                ways = {a | b: [*said, *after] for a, said in ways.items() for b, after in more.items() if not a & b}
            return ways
        case Choice(options):
            ways = {}
            for option in options:
                for slots, said in filled(option, values, aloud).items():
                    is_bare = not slots and not SMOOTH.issuperset(said) and EMPTY in options
                    if not is_bare and (slots not in ways or ways[slots] == []):
                        ways[slots] = said
            return ways
    return {}
