"""All templates in one grammar."""

import time
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.generator import sentences, ways
from assistant.grammar import Grammar, rule_of
from assistant.slots import Env, type_of
from assistant.template import parse_template
from assistant.understanding import remembering
from assistant.words import MAX_WORDS, split_words

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TYPES = {"label": type_of(str), "duration": type_of(timedelta), "way": type_of(Literal["up", "down"]), "all": type_of(bool)}


def grammar(*templates):
    """Make a grammar in which each template is an action of its own: its text."""
    return Grammar([rule_of(text, parse_template(text), TYPES, order) for order, text in enumerate(templates)])


def read(of, text):
    words = split_words(text)
    return of.read(words, remembering(words, Env(text, NOW, "en")))


def goes_on(of, text):
    words = split_words(text)
    return of.can_go_on(words, remembering(words, Env(text, NOW, "en")))


def best(of, text):
    readings = read(of, text)
    return (readings[0].action, readings[0].slots) if readings else None


def test_the_whole_sentence_must_fit():
    of = grammar("stop [it] now")
    assert best(of, "Stop it now!")
    assert best(of, "stop now")
    assert best(of, "stop") is None
    assert best(of, "stop it now please") is None
    assert best(of, "") is None


def test_slots_are_values():
    of = grammar("set [a] [{label}] timer for {duration}")
    assert best(of, "set a Green Tea timer for ten minutes")[1] == {"label": "Green Tea", "duration": timedelta(minutes=10)}


def test_the_wording_can_give_a_value():
    of = grammar("turn it (up {way=up}|down {way=down})", "cancel all {all=true}")
    assert best(of, "turn it down")[1] == {"way": "down"}
    assert best(of, "cancel all")[1] == {"all": True}


def test_more_words_of_the_template_win():
    of = grammar("{label} timer", "pasta timer", "(a|{label}) timer")
    assert best(of, "pasta timer") == ("pasta timer", {})


def test_then_more_words_in_typed_slots_win():
    of = grammar("set {label}", "set {duration}")
    assert best(of, "set ten minutes")[0] == "set {duration}"


def test_then_the_first_given_wins():
    of = grammar("{label} on", "[the] {label} on")
    assert best(of, "lamp on")[0] == "{label} on"


def test_an_optional_word_is_no_part_of_free_text():
    of = grammar("cancel [the] {label} timer")
    assert best(of, "cancel the tea timer")[1] == {"label": "tea"}


def test_a_number_in_two_readings_takes_the_one_that_fits():
    of = Grammar([rule_of("between", parse_template("between {low} and {high}"), {"low": type_of(int), "high": type_of(int)}, 0)])
    assert best(of, "between one hundred and two hundred")[1] == {"low": 100, "high": 200}
    assert best(of, "between one and ten")[1] == {"low": 1, "high": 10}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("set a timer", True),
        ("set a timer for", True),
        ("set a", True),
        ("set a timer for ten minutes", False),
        ("turn it up", False),
        ("stop", True),
        ("stop it", False),
        ("sing", False),
        ("", False),
    ],
)
def test_whether_a_sentence_could_go_on(text, expected):
    of = grammar("set a timer [for {duration}]", "turn it up {way=up}", "stop [it]")
    assert goes_on(of, text) is expected


def test_the_same_sentence_always_means_the_same():
    texts = ["{label} a", "b {label}", "{label}"]
    assert {best(grammar(*texts), "b c a")[0] for _ in range(9)} == {"{label} a"}
    assert best(grammar(*reversed(texts)), "b c a")[0] == "b {label}"


def test_a_sentence_too_long_to_be_one_is_not_read():
    of = grammar("say {label}")
    assert best(of, "say " + "la " * (MAX_WORDS - 1)) is None  # free text ends sooner
    assert best(of, "la " * 10_000) is None
    assert goes_on(of, "la " * 10_000) is False


def test_nested_choices_stay_quick():
    of = grammar("[a|[a|[a|[a]]]] " * 12 + "{label} [b [c]] {duration} [{label}] end")
    began = time.perf_counter()
    best(of, "a " * 100)
    best(of, "a " * 100 + "ten minutes end")
    assert time.perf_counter() - began < 2


@given(st.text(alphabet="ab十分钟 15tenminus-and:.%", max_size=60))
def test_any_text_is_read_without_a_fault(text):
    of = grammar("[a] {duration} b", "{label} {duration}", "a {label} b", "{way}")
    for reading in read(of, text):
        assert reading.literals + reading.typed <= len(split_words(text))
    goes_on(of, text)


@pytest.mark.parametrize(
    "template",
    [
        "set [a|one] [{label}] timer[s] for {duration}",
        "turn it (up {way=up}|down {way=down}) [now|please]",
        "定[一个]{duration}的[{label}]计时器",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_template_generates_it_understands(template, language):
    of = grammar(template)
    made = list(sentences(parse_template(template), TYPES, language, 50))
    assert len(made) == len(set(made)) > 3
    assert all(best(of, text) for text in made)
    assert made == list(sentences(parse_template(template), TYPES, language, 50))


def test_no_more_sentences_are_made_than_asked_for_and_none_is_left_out():
    node = parse_template("(a|b) [c] (d|e|f)")
    assert ways(node, {}, "en") == 12
    assert len(list(sentences(node, {}, "en", 100))) == 12
    assert len(list(sentences(node, {}, "en", 5))) == 5


def test_few_sentences_of_many_still_say_every_word():
    node = parse_template("(a|b|c|d) (e|f|g|h) (i|j|k|l) (m|n|o|p) (q|r|s|t)")
    said = " ".join(sentences(node, {}, "en", 24)).split()
    assert set(said) == set("abcdefghijklmnopqrst")
