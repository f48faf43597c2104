"""Sentences to show people: each template at its plainest, without what may be left out."""

from collections.abc import Iterator, Mapping

from assistant.skill import Action
from assistant.slots import SlotType
from assistant.slots.kinds import glue
from assistant.template import EMPTY, Choice, Literal, Node, Sequence, Slot

SMOOTH = frozenset({"a", "an", "the", "my", "me", "for", "to", "on"})
"""Words that a sentence may lack and still be understood, but that people say; Chinese gets by without."""

COUNTED = frozenset({"number", "percent"})
"""Slots before which nobody says an article."""


def plainest(node: Node, slots: Mapping[str, SlotType], language: str) -> str:
    """Return the shortest way to say a template's first alternatives as people would."""
    return glue(words(node, slots, language))


def words(node: Node, slots: Mapping[str, SlotType], language: str) -> list[str]:
    """Return the words of a template: the first of its alternatives, and of what is optional the smooth words."""
    match node:
        case Literal(spelled):
            return list(spelled)
        case Slot(name, None):
            return list(slots[name].samples[language][:1])
        case Sequence(parts):
            said: list[str] = []
            for part in parts:
                if isinstance(part, Slot) and slots[part.name].name in COUNTED and said[-1:] == ["the"]:
                    said.pop()
                said += words(part, slots, language)
            return said
        case Choice(options):
            first = words(options[0], slots, language)
            return first if EMPTY not in options or SMOOTH.issuperset(first) else []
    return []


def examples(action: Action, language: str) -> Iterator[str]:
    """Yield different sentences that mean an action, one of each template, as long as there are any."""
    said: set[str] = set()
    for node in action.templates[language]:
        text = plainest(node, action.slots, language)
        if text and text not in said:
            said.add(text)
            yield text


def example(action: Action, language: str) -> str:
    """Return one sentence that means an action; empty when no template can be said at all."""
    return next(examples(action, language), "")
