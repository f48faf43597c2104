"""Sentences made from templates: for tests, for the recogniser's grammar, for examples.

The ways to say a template are numbered, so that any of them can be made without making the others.
"""

from collections.abc import Iterator, Mapping
from math import gcd, prod

from assistant.slots import SlotType
from assistant.slots.kinds import glue
from assistant.template import Choice, Literal, Node, Sequence, Slot

GOLDEN = 0.618
"""Steps of this part of a circle never crowd: what is taken of many ways is spread over all of them."""


def sentences(node: Node, slots: Mapping[str, SlotType], language: str, limit: int) -> Iterator[str]:
    """Yield different sentences of a template, at most so many, always the same ones, spread over all its ways to be said."""
    total = ways(node, slots, language)
    step = max(1, int(total * GOLDEN))
    while gcd(step, total) != 1:
        step += 1
    made: set[str] = set()
    for number in range(min(total, 4 * limit)):
        text = glue(spell(node, slots, language, number * step % total))
        if text and text not in made:
            made.add(text)
            yield text
        if len(made) == limit:
            return


def ways(node: Node, slots: Mapping[str, SlotType], language: str) -> int:
    """Return in how many ways a template can be said."""
    match node:
        case Slot(name, None):
            return len(slots[name].samples[language])
        case Sequence(parts):
            return prod(ways(part, slots, language) for part in parts)
        case Choice(options):
            return sum(ways(option, slots, language) for option in options)
    return 1


def spell(node: Node, slots: Mapping[str, SlotType], language: str, number: int) -> list[str]:
    """Return the words of one of the ways."""
    match node:
        case Literal(words):
            return list(words)
        case Slot(name, None):
            return [slots[name].samples[language][number]]
        case Sequence(parts):
            spelled: list[str] = []
            for part in parts:
                number, here = divmod(number, ways(part, slots, language))
                spelled += spell(part, slots, language, here)
            return spelled
        case Choice(options):
            for option in options:
                count = ways(option, slots, language)
                if number < count:
                    return spell(option, slots, language, number)
                number -= count
    return []
