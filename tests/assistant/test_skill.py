"""What a skill is written with, and what is told when it is written wrong."""

from datetime import timedelta

import pytest

from assistant.errors import SkillError
from assistant.skill import CannotDo, Question, Reply, action, duration_in, inverse

DONE = Reply(en="Done.", zh="好了。")


async def tea(ctx, duration: timedelta, label: str = "", strong: bool = False) -> Reply:
    """Make tea.

    Let it draw.

    Args:
        duration: How long it draws.
        label: What kind.
        strong: Whether it is strong.
    """
    return DONE


ASK = {"duration": Reply(en="How long?", zh="多久？")}


def test_an_action_is_what_its_function_says():
    made = action(en=["make [strong {strong=true}] [{label}] tea for {duration}"], zh=["泡{duration}[的]{label}茶"], ask=ASK)(tea)
    assert made.verb == "tea"
    assert made.summary == "Make tea."
    assert made.required == {"duration"}
    assert {name: kind.name for name, kind in made.slots.items()} == {"duration": "duration", "label": "text", "strong": "true or false"}
    assert made.described == {"duration": "How long it draws.", "label": "What kind.", "strong": "Whether it is strong."}
    assert made.sentences["zh"] == ("泡{duration}[的]{label}茶",)


async def test_an_action_is_called_like_its_function():
    made = action(en=["tea for {duration}"], zh=["茶{duration}"], ask=ASK)(tea)
    assert await made(None, duration=timedelta(minutes=3)) is DONE


def test_a_name_that_python_keeps_for_itself_takes_an_underscore():
    async def import_(ctx) -> Reply:
        """Import."""
        return DONE

    assert action(en=["import"], zh=["导入"])(import_).verb == "import"


async def undescribed(ctx, label: str = "") -> Reply:
    """Do."""
    return DONE


async def without_doc(ctx) -> Reply:
    return DONE


async def odd(ctx, what: complex = 0) -> Reply:
    """Do.

    Args:
        what: A number.
    """
    return DONE


def plain(ctx) -> Reply:
    """Do."""
    return DONE


@pytest.mark.parametrize(
    ("function", "options", "said"),
    [
        (tea, {"en": [], "ask": ASK}, r"no English sentence.*en=\[\.\.\.\]"),
        (tea, {"zh": [], "ask": ASK}, r"no Chinese sentence.*zh=\[\.\.\.\]"),
        (tea, {"en": "make tea", "ask": ASK}, r'not in a list. Write \["make tea"\]'),
        (tea, {}, r"slot 'duration' is required.*ask=\{'duration': Reply"),
        (tea, {"ask": ASK | {"milk": DONE}}, "ask= names 'milk'"),
        (tea, {"en": ["tea with {milk}"], "ask": ASK}, "names the slot 'milk'.*It has: duration, label, strong"),
        (tea, {"en": ["(tea"], "ask": ASK}, "found the end in the template"),
        (tea, {"en": ["<tea>"], "ask": ASK}, "No rule <tea>"),
        (undescribed, {}, "'label' is not described. Add it under 'Args:'"),
        (without_doc, {}, "no docstring"),
        (odd, {}, "No slot has the type complex"),
        (plain, {}, "async def"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_cure(function, options, said):
    with pytest.raises(SkillError, match=said) as caught:
        action(**({"en": ["tea"], "zh": ["茶"]} | options))(function).verify()
    line = function.__code__.co_firstlineno
    assert str(caught.value).startswith(f"{__file__}:{line}: action '{function.__name__}': ")


def test_a_reply_has_the_words_of_both_languages():
    for said in (DONE, Question(en="Done.", zh="好了。"), CannotDo(en="Done.", zh="好了。")):
        assert (said.text("en"), said.text("zh")) == ("Done.", "好了。")


async def put_back(ctx, name: str, rows: list) -> None:
    """Put back."""


def test_an_inverse_makes_a_record_of_plain_data():
    undo = inverse(put_back)(name="茶", rows=[{"left_s": 1.5, "label": None}])
    assert (undo.module, undo.name) == (__name__, "put_back")
    assert undo.args == {"name": "茶", "rows": [{"left_s": 1.5, "label": None}]}


def test_an_inverse_refuses_what_would_not_outlive_the_process():
    with pytest.raises(SkillError, match="undo 'put_back' can only remember"):
        inverse(put_back)(rows=[timedelta(1)])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("the ten minute one", 10), ("half an hour", 30), ("那个十分钟的", 10), ("the pasta one", None), ("", None)],
)
def test_a_duration_is_found_in_an_answer(text, minutes):
    assert duration_in(text) == (None if minutes is None else timedelta(minutes=minutes))
