"""Whatever is typed or misheard: a sensible sentence, nothing stored wrongly, nothing raised, nobody kept waiting."""

import random
import time
from datetime import datetime
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from assistant.bench import fuzz
from assistant.classifier import Lessons
from assistant.plugins import load_families
from assistant.slots import Env
from assistant.understanding import Understanding
from assistant.words import language_of, split_words
from tests.assistant.test_conversations import at_home

NOW = datetime.fromisoformat("2026-11-23T15:00:00+01:00")

SLOW_S = 0.1

PATIENT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def understanding():
    families = load_families()
    made = Understanding(families, Lessons(families))
    for text in ("set a timer", "定个计时器", "xylophone"):
        made.understand(text, None, NOW)
        made.could_go_on(text, language_of(text), NOW)
    return made


@PATIENT
@given(text=some.text(max_size=200))
def test_any_text_is_understood_or_left_alone(understanding, text):
    intent = understanding.understand(text, None, NOW)
    assert intent is None or intent.action in {*understanding.actions, "chat"}


@PATIENT
@given(seed=some.integers(0, 2**32))
def test_sentences_with_something_wrong_in_them_raise_nothing(understanding, seed):
    trial = fuzz.Trial(understanding, NOW)
    for number, text in enumerate(islice(fuzz.texts(understanding, seed), 4)):
        trial.run(text, number + seed % 4)


@PATIENT
@given(seed=some.integers(0, 2**32))
def test_every_value_found_is_kept_and_read_back_as_it_was(understanding, seed):
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    text = fuzz.odd(chance, ["at half past six tomorrow for 20 minutes", "明天下午三点半提醒我", "fifteen percent of 3.5 kilos"])
    env, words = Env(text, NOW, language_of(text)), split_words(text)
    kinds = {id(kind): kind for action in understanding.actions.values() for kind in action.slots.values()}
    for kind in kinds.values():
        for at in range(len(words)):
            for span in kind.find(words, at, env):
                assert at < span.end <= len(words)
                assert kind.from_json(kind.to_json(span.value)) == span.value


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "milk and " * 1_200,
        "牛奶、" * 3_000,
        "please " * 20 + "add thing and thing " * 300,
        "(" * 10_000,
        "9" * 10_000,
        "and " * 3_000,
        "{label} " * 999,
    ],
)
def test_ten_thousand_characters_take_no_time(understanding, text):
    began = time.process_time()
    understanding.understand(text, None, NOW)
    understanding.could_go_on(text, "en", NOW)
    assert time.process_time() - began < SLOW_S


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ""),
        ("😀🎉", "didn't understand"),
        ("\x00\x1b[31m\u202e", ""),
        ("set a timer for minus five minutes", ""),
        ("set a timer for a billion hours", ""),
        ("set an alarm for 25:70", ""),
        ("remind me on 31 February to call Ana", ""),
        ("what's five divided by zero", "zero"),
        ("二除以零等于多少", "零"),
        ("set a", "didn't understand"),
        ("привет как дела", "didn't understand"),
        ("定一个负五分钟的计时器", ""),
    ],
)
async def test_what_makes_no_sense_is_answered_sensibly_and_sets_nothing(text, words, tmp_path):
    talk = at_home(tmp_path)
    assert words in await talk.say(text)
    assert not talk.turn.said or talk.turn.said[-1] in ".?!。？！", "a whole sentence"
    assert await talk.app.timers.all() == []
    assert await talk.app.rings.all("alarm") == []
    talk.app.close()


async def test_a_number_without_end_is_no_duration(tmp_path):
    talk = at_home(tmp_path)
    await talk.say("set a timer for ten minutes")
    await talk.say("make it 99999999999999999999")
    assert [timer.duration.total_seconds() for timer in await talk.app.timers.all()] == [600]
    talk.app.close()


async def test_a_list_takes_five_hundred_things_one_by_one_and_names_like_commands(tmp_path):
    talk = at_home(tmp_path)
    await talk.say("add 'set a timer' to my shopping list")
    assert await talk.app.timers.all() == [], "the name of a thing is no command"
    await talk.say("add {label} [x|y] to my shopping list")
    reply = await talk.say("what's on my shopping list")
    assert "set a timer" in reply
    assert "label" in reply
    talk.app.close()
