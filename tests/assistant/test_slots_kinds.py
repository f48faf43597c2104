"""Which annotation means which kind of value, and the values of each kind."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

import pytest

from assistant.errors import SkillError
from assistant.skill import Level, Percent
from assistant.slots import Env, type_of
from assistant.slots.kinds import glue
from assistant.words import split_words

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


def values(annotation, text):
    """Return the values that begin with the first word, with how many words each leaves over."""
    words = split_words(text)
    return [(span.value, len(words) - span.end) for span in type_of(annotation).find(words, 0, Env(text, NOW, "en"))]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("thirty percent", 30),
        ("30 %", 30),
        ("30 per cent", 30),
        ("thirty", 30),
        ("half", 50),
        ("max", 100),
        ("minimum", 0),
        ("5", 5),
        ("12.5%", 12.5),
        ("百分之三十", 30),
        ("百分之五", 5),
        ("三成", 30),
        ("一半", 50),
        ("最大", 100),
        ("150 percent", 150),
    ],
)
def test_percentages(text, value):
    assert (value, 0) in values(Percent, text)


@pytest.mark.parametrize(
    ("text", "value"), [("seven", 70), ("七", 70), ("7 percent", 7), ("百分之七", 7), ("ten", 10), ("30", 30), ("zero", 0), ("1.5", 15)]
)
def test_a_bare_level_below_ten_is_of_ten(text, value):
    assert values(Level, text)[0] == (value, 0)


def test_half_an_hour_is_no_percentage():
    assert values(Percent, "half an hour") == []


def test_whole_numbers_are_whole():
    assert values(int, "two and a half") == [(2.5, 0), (2, 3)]
    assert isinstance(values(float, "two")[0][0], int)


def test_free_text_is_as_said_and_ever_longer():
    assert values(str, "Green Tea!") == [("Green", 1), ("Green Tea", 0)]
    assert values(str, "煮 面") == [("煮", 1), ("煮 面", 0)]


def test_one_of_some_words():
    way = Literal["up", "wide open", "红色", 2]
    assert values(way, "Wide Open now") == [("wide open", 1)]
    assert values(way, "红色的") == [("红色", 1)]
    assert values(way, "2") == [(2, 0)]
    assert values(way, "down") == []


def test_days_and_durations():
    assert values(date, "tomorrow") == [(date(2026, 11, 24), 0)]
    assert values(timedelta, "ten minutes") == [(timedelta(minutes=10), 0)]
    assert values(date, "ten") == []


@pytest.mark.parametrize(
    ("annotation", "value", "shown"),
    [
        (timedelta, timedelta(minutes=90), "PT1H30M"),
        (date, date(2026, 11, 24), "2026-11-24"),
        (int, 7, 7),
        (Percent, 30, 30),
        (str, "tea", "tea"),
        (bool, True, True),
        (Literal["up", "down"], "up", "up"),
    ],
)
def test_values_are_shown_as_plain_data_and_read_back(annotation, value, shown):
    kind = type_of(annotation)
    assert kind.to_json(value) == shown
    assert kind.from_json(shown) == value


@pytest.mark.parametrize("annotation", [int | None, Annotated[int, "how many"], Annotated[int | None, "how many"]])
def test_what_may_be_absent_or_is_explained_is_still_its_kind(annotation):
    assert type_of(annotation) is type_of(int)


@pytest.mark.parametrize("annotation", [dict, list[int], int | str, complex])
def test_an_annotation_that_is_no_kind_is_told_with_those_there_are(annotation):
    with pytest.raises(SkillError, match=r"There are: timedelta, int, float, Percent"):
        type_of(annotation)


@pytest.mark.parametrize("annotation", [timedelta, int, Percent, Level, date, str, Literal["up", "down"]])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_understands_its_own_samples(annotation, language):
    kind = type_of(annotation)
    assert kind.samples[language]
    for sample in kind.samples[language]:
        words = split_words(sample)
        assert any(span.end == len(words) for span in kind.find(words, 0, Env(sample, NOW, language)))


def test_words_are_joined_as_they_are_written():
    assert glue(["set", "a", "", "timer"]) == "set a timer"
    assert glue(["定", "10", "分钟", "timer", "now"]) == "定10分钟timer now"
    assert glue([]) == ""
