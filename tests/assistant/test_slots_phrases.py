"""Words that a skill knows as kinds of slots."""

from datetime import UTC, datetime
from typing import Annotated

import pytest

from assistant.skill import one_of, phrase
from assistant.slots import Env, type_of
from assistant.words import split_words

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
COLOUR = one_of("colour", en=["red", "dark red", "blue/green"], zh=["红", "深红色"])


def found(kind, text, at=0):
    return [(span.value, span.end) for span in kind.find(split_words(text), at, Env(text, NOW, "en"))]


def test_an_annotation_names_the_words():
    assert type_of(Annotated[str, COLOUR]) is COLOUR
    assert type_of(Annotated[str, COLOUR] | None) is COLOUR


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Dark Red please", [("Dark Red", 2)]),
        ("red dark", [("red", 1)]),
        ("blue / green", [("blue / green", 3)]),
        ("深红色的", [("深红色", 3)]),
        ("reddish", []),
        ("dark", []),
    ],
)
def test_listed_words_are_found_as_said_in_either_language(text, values):
    assert found(COLOUR, text) == values


def test_the_longest_of_several_comes_first():
    kind = one_of("thing", en=["sea", "sea horse"], zh=["海"])
    assert found(kind, "sea horse") == [("sea horse", 2), ("sea", 1)]


def test_a_function_finds_where_phrases_end():
    kind = phrase("bracketed", lambda text, at: [(at - 1, text.index(")") + 1)] if text[at - 1 : at] == "(" else [], en=["(a)"], zh=["(a)"])
    assert found(kind, "say (so be it) now", 1) == [("(so be it)", 4)]
    assert found(kind, "say so) now") == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_words_are_the_samples(language):
    for sample in COLOUR.samples[language]:
        assert found(COLOUR, sample)[0][0] == sample
