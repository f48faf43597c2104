"""When a sentence wants something done, and the sentence without that: "turn off the lights in ten minutes", 每天晚上十点关灯."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from assistant.slots.english_times import AT
from assistant.slots.kinds import Env
from assistant.slots.moments import after_a_while, sentence_moment
from assistant.slots.numbers import said
from assistant.slots.repeats import find_repeats
from assistant.words import Word, is_chinese, split_words

GLUE = frozenset({"at", "around", "about", "by", "on", "在", "于", "的"})
"""Words before a time that go with it."""


class When(NamedTuple):
    """A time for something."""

    slots: dict[str, Any]
    """As a reminder has them: `moment`, and `repeat` where it comes again."""
    rest: str
    """The sentence without the words for it."""


def when_in(env: Env) -> When | None:
    """Return when a sentence wants something done; None when it names no time of day and no while from now."""
    words = split_words(env.text)
    for at in range(len(words)):
        for moment, end in after_a_while(words, at, env.now):
            return When({"moment": moment}, without(words, [(at, end)], env.text))
    repeats = [(at, *found) for at in range(len(words)) for found in find_repeats(words, at)]
    found = sentence_moment(words, env.now)
    if found is None or not isinstance(found[0], datetime) or any(is_amount(words, at, end) for at, end in found[1]):
        return None
    spans = list(found[1])
    if not repeats:
        return When({"moment": found[0]}, without(words, spans, env.text))
    at, repeat, end = max(repeats, key=lambda found: found[2] - found[0])
    return When({"moment": found[0], "repeat": repeat}, without(words, [*spans, (at, end)], env.text))


def is_amount(words: Sequence[Word], at: int, end: int) -> bool:
    """Tell whether what could be an hour is rather how much: "set the lamp to 20"."""
    before = said(words, at - 1) if at else ""
    if at and end == len(words) and [word.norm for word in words[at:end]] == ["一", "点"]:
        return True  # 亮一点 is no hour
    return end - at == 1 and not is_chinese(words[at].norm) and before in AT - GLUE and ":" not in words[at].norm


def without(words: Sequence[Word], spans: Sequence[tuple[int, int]], text: str) -> str:
    """Return a text without some of its words, and without what went with them."""
    gone = {number for at, end in spans for number in range(at, end)}
    gone |= {at - 1 for at, _ in spans if at and said(words, at - 1) in GLUE}
    return " ".join(pieces(words, gone, text)) if not is_chinese(text) else "".join(pieces(words, gone, text))


def pieces(words: Sequence[Word], gone: set[int], text: str) -> Iterator[str]:
    """Yield what stays of a text, stretch by stretch."""
    stays = [number for number in range(len(words)) if number not in gone]
    first = 0
    for index, number in enumerate(stays):
        if index + 1 == len(stays) or stays[index + 1] != number + 1:
            yield text[words[stays[first]].start : words[number].end].strip(" ,，")
            first = index + 1
