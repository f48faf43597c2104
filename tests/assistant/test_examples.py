"""Sentences to show people."""

import pytest

from assistant.clock import SystemClock
from assistant.dialogue.wording import request, shall_i
from assistant.examples import example, examples, plainest
from assistant.plugins import load_families
from assistant.slots.kinds import PERCENT, TEXT, SlotType
from assistant.template import parse_template
from assistant.understanding import Understanding
from assistant.vocabulary import Intent

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


@pytest.mark.parametrize(
    ("name", "slots", "en", "zh"),
    [
        ("timer.start", {"duration": "PT8M"}, "set a timer for 8 minutes", "定个8分钟计时器"),
        ("timer.start", {"duration": "PT8M", "label": "tea"}, "set a timer for 8 minutes for the tea", "定个8分钟tea计时器"),
        ("list.add", {"items": ["flour", "milk"], "list": "shopping"}, "add flour and milk to the shopping list", None),
        ("home.turn_on", {"target": "fan", "area": "attic"}, "turn on the attic fan", "打开attic fan"),
        ("volume.change", {"direction": "up"}, "turn it up", "音量调大"),
        ("timer.cancel", {"all": True}, "cancel the timers", None),
        ("note.delete", {"text": "boiler"}, "delete my note about the boiler", "删关于boiler的笔记"),
    ],
)
def test_an_act_is_said_with_its_own_values(name, slots, en, zh):
    actions = Understanding(load_families()).actions
    assert request(actions[name], slots, "en") == en
    assert zh is None or request(actions[name], slots, "zh") == zh


def test_values_no_sentence_has_together_are_told_after_what_the_act_is():
    actions = Understanding(load_families()).actions
    said = request(actions["timer.cancel"], {"all": True, "label": "tea", "duration": "PT1M"}, "en")
    assert said.startswith("cancel a timer, or all of them: ")
    assert "tea" in said
    assert "1 minute" in said


def test_several_acts_are_asked_about_in_one_question():
    actions = Understanding(load_families()).actions
    more = (Intent("volume.mute"), Intent("list.clear", {"list": "shopping"}))
    intent = Intent("timer.start", {"duration": "PT8M"}, then=more)
    assert shall_i(actions, intent, "en") == "Shall I do this: set a timer for 8 minutes, mute, and clear the shopping list?"
    assert shall_i(actions, intent, "zh") == "要我这样做吗：定个8分钟计时器；静音；清空shopping清单？"
