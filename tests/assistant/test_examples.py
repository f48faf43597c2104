"""Sentences to show people."""

import pytest

from assistant.clock import SystemClock
from assistant.examples import example, examples, plainest
from assistant.plugins import load_families
from assistant.slots.kinds import PERCENT, TEXT, SlotType
from assistant.template import parse_template
from assistant.understanding import Understanding

ALARM = SlotType("alarm", lambda *_: iter(()), {"en": ("alarm",), "zh": ("闹钟",)})
SLOTS = {"level": PERCENT, "label": TEXT, "list": TEXT, "alarm": ALARM}


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("(what time|what hour) is it [here] [now]", "what time is it"),
        ("set [a|an] [new] timer", "set a timer"),
        ("volume to [the] {level}", "volume to thirty percent"),
        ("start [the] {label}", "start the tea"),
        ("[please]", ""),
        ("mute {level=0}", "mute"),
        ("(定|设)[一个]计时器", "定一个计时器"),
        ("set a {alarm}", "set an alarm"),
        ("what do i have [for] [today]", "what do i have"),
        ("[the] mute", "mute"),
        ("{level}[个]", "百分之三十"),
        ("add to the {list} list", "add to the shopping list"),
    ],
)
def test_a_template_is_said_plainly_but_whole(template, sentence):
    assert plainest(parse_template(template, {}), SLOTS, "zh" if {*"计个"} & {*template} else "en") == sentence


def test_every_action_has_an_example_in_both_languages_that_is_understood_as_it():
    families = load_families()
    understanding = Understanding(families)
    now = SystemClock().now()
    wrong = []
    for family in families:
        assert family.status == "ready", family.problem
        for name, action in family.actions.items():
            for language in ("en", "zh"):
                text = example(action, language)
                intent = understanding.understand(text, language, now)
                if intent is None or intent.action != name:
                    wrong.append((name, text, intent))
    assert not wrong


def test_no_example_comes_twice():
    for family in load_families():
        for action in family.actions.values():
            said = list(examples(action, "en"))
            assert len(said) == len(set(said))
