"""Sentence templates."""

import pytest

from assistant.errors import TemplateError
from assistant.template import EMPTY, Choice, Literal, Sequence, Slot, parse_template, slots_in


def literal(text):
    return Literal(tuple(text.split()))


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("stop", literal("stop")),
        ("What's up?", Sequence((literal("what is"), literal("up")))),
        ("(set|start) it", Sequence((Choice((literal("set"), literal("start"))), literal("it")))),
        ("[please] stop", Sequence((Choice((literal("please"), EMPTY)), literal("stop")))),
        ("{label} timer", Sequence((Slot("label"), literal("timer")))),
        ("up {direction=up}", Sequence((literal("up"), Slot("direction", "up")))),
        ("all {all=true}", Sequence((literal("all"), Slot("all", True)))),
        ("{level=100} max", Sequence((Slot("level", 100), literal("max")))),
        ("timer[s]", Choice((literal("timers"), literal("timer")))),
        ("(up|down)ward", Choice((literal("upward"), literal("downward")))),
        ("几点[了]", Sequence((Literal(("几", "点")), Choice((Literal(("了",)), EMPTY))))),
        ("a , b", Sequence((literal("a"), EMPTY, literal("b")))),
    ],
)
def test_a_template_is_a_tree(text, tree):
    assert parse_template(text) == tree


def test_a_rule_stands_for_its_text():
    assert parse_template("<please> stop", {"please": "[please]"}) == parse_template("[please] stop")
    assert parse_template("<a>", {"a": "<b> x", "b": "y|z"}) == parse_template("(y|z) x")


@pytest.mark.parametrize(
    ("text", "rules", "said"),
    [
        ("(set|start", {}, r"Expected '\)' but found the end"),
        ("set) it", {}, r"Expected the end but found '\)'"),
        ("[a (b] c)", {}, r"Expected '\)' but found '\]'"),
        ("{label", {}, "'{' is not closed"),
        ("label}", {}, "'}' is not closed"),
        ("{my label}", {}, "is no slot"),
        ("{Label}", {}, "is no slot"),
        ("", {}, "empty"),
        ("   ", {}, "empty"),
        ("()", {}, "empty"),
        ("<nice> stop", {"good": "x", "fine": "y"}, "No rule <nice>.*There are: good, fine"),
        ("<nice> stop", {}, "There are: none"),
        ("<a>", {"a": "x <b>", "b": "<a>"}, "names itself"),
        ("<a>", {"a": "(x"}, "found the end in the template '\\(x'"),
    ],
)
def test_what_is_wrong_with_a_template_is_told(text, rules, said):
    with pytest.raises(TemplateError, match=said):
        parse_template(text, rules)


def test_the_slots_of_a_template_are_those_of_all_its_parts():
    assert slots_in(parse_template("a [{b} (c|{d})] {e=1} <f>", {"f": "{g}"})) == {"b", "d", "e", "g"}
    assert slots_in(parse_template("a b")) == set()
