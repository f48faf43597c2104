"""Kinds of words that a skill knows: units, currencies, sums. Their value is what was said.

    Colour = Annotated[str, one_of("colour", en=["red", "dark red"], zh=["红", "深红"])]

Annotated so, a parameter takes these words and no others, which lets a template end in it without swallowing what is not meant.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from assistant.slots.kinds import Env, SlotType, Span
from assistant.words import Word, split_words

SAMPLES = 2
"""Of the words, in generated sentences."""

Found = Iterable[tuple[int, int]]
"""Where phrases begin and end in a text, the likeliest first."""


def phrase(
    name: str,
    find: Callable[[str, int], Found],
    *,
    en: Sequence[str],
    zh: Sequence[str],
    is_sure: bool = True,
    value: Callable[[str], Any] = str,
) -> SlotType:
    """Return a kind of words that a function finds.

    Args:
        name: What they are, such as "sum".
        find: Given a text and the index of a word, where phrases of this kind that begin with the word begin and end; a bracket may
            come before it.
        en: Examples.
        zh: Examples.
        is_sure: False when the words could mean something else as well, as names of places can; dates and numbers among them then win.
        value: What the words stand for, as JSON.
    """

    def spans(words: Sequence[Word], at: int, env: Env) -> Iterator[Span]:
        for start, end in find(env.text, words[at].start):
            last = next((index for index in range(len(words) - 1, at - 1, -1) if words[index].start < end), at)
            yield Span(value(env.text[start:end]), last + 1)

    return SlotType(name, spans, {"en": tuple(en), "zh": tuple(zh)}, is_typed=is_sure)


def one_of(name: str, *, en: Iterable[str], zh: Iterable[str]) -> SlotType:
    """Return a kind of words that are listed; the first of each language are its examples. Both languages are found in either."""
    listed = tuple(en), tuple(zh)
    ways: dict[str, list[tuple[str, ...]]] = {}
    for said in {tuple(word.norm for word in split_words(text)) for texts in listed for text in texts} - {()}:
        ways.setdefault(said[0], []).append(said)
    for others in ways.values():
        others.sort(key=len, reverse=True)

    def spans(words: Sequence[Word], at: int, env: Env) -> Iterator[Span]:
        for said in ways.get(words[at].norm, ()):
            end = at + len(said)
            if tuple(word.norm for word in words[at:end]) == said:
                yield Span(env.text[words[at].start : words[end - 1].end], end)

    return SlotType(name, spans, {"en": listed[0][:SAMPLES], "zh": listed[1][:SAMPLES]})
