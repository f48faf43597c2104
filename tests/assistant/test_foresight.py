"""Words still being spoken are read by the language model, as far as they are stable; other words stop it."""

import asyncio
import importlib.util

import pytest

from assistant.errors import WorkerDied
from assistant.foresight import Foresight, shared
from assistant.reasoning.reasoner import Reasoner
from assistant.vocabulary import Finished, Heard, Transcript
from tests.assistant.test_reasoning import Script
from tests.assistant.test_thinking import talk
from tests.assistant.test_voice import FRAME_S, ScriptedEngine, room

__all__ = ["room", "talk"]

needs_llama = pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the extra llm is not installed")


def words(text):
    return Transcript(text, "en", is_final=False)


async def settled():
    """Let everything run that can."""
    for _ in range(20):
        await asyncio.sleep(0)


class Reading:
    """Reads when it is let."""

    def __init__(self):
        self.begun, self.done, self.stopped = [], [], []
        self.slow = asyncio.Event()
        self.slow.set()
        self.fails = None

    async def __call__(self, heard):
        self.begun.append(heard.text)
        if self.fails:
            raise self.fails
        try:
            await self.slow.wait()
        except asyncio.CancelledError:
            self.stopped.append(heard.text)
            raise
        self.done.append(heard.text)


@pytest.fixture
async def reading():
    return Reading()


@pytest.fixture
async def foresight(reading):
    made = Foresight(reading)
    yield made
    await made.close()


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("what is", "what is the", "what is"),
        ("what is the cat", "What is the capital", "What is the"),
        ("天空为什么", "天空为什么是", "天空为什么"),
        ("", "what", ""),
        ("what", "why", ""),
    ],
)
def test_words_that_two_texts_begin_with_are_stable(first, second, same):
    assert shared(first, second) == same


async def test_stable_words_are_read_as_they_come(foresight, reading):
    for text in ("what", "what is", "what is the", "what is the cat", "what is the capital of", "what is the capital of France"):
        foresight.hear(words(text))
        await settled()
    assert reading.done == ["what is the", "what is the capital of"]


async def test_what_goes_on_waits_and_only_the_newest_of_it_is_read(foresight, reading):
    reading.slow.clear()
    for text in ("what is the sky", "what is the sky and", "what is the sky and why", "what is the sky and why is it"):
        foresight.hear(words(text))
        await settled()
    reading.slow.set()
    await settled()
    assert reading.done == ["what is the sky", "what is the sky and why"]


async def test_other_words_stop_it(foresight, reading):
    reading.slow.clear()
    foresight.settle(words("what is the cattle"))
    await settled()
    foresight.hear(words("what is the capital of"))
    await settled()
    assert reading.stopped == []  # one text alone is not yet sure
    foresight.hear(words("what is the capital of France"))
    await settled()
    assert reading.stopped == ["what is the cattle"]
    assert reading.begun[-1] == "what is the capital of"


async def test_the_answer_does_not_wait_for_what_is_still_being_read(foresight, reading):
    reading.slow.clear()
    foresight.settle(words("what is the capital"))
    await settled()
    foresight.settle(words("what is the capital of France"))
    foresight.over()
    reading.slow.set()
    await settled()
    assert reading.stopped == ["what is the capital"]
    assert reading.done == []


async def test_another_utterance_begins_anew(foresight, reading):
    reading.slow.clear()
    foresight.settle(words("what is the capital"))
    await settled()
    foresight.begin()
    foresight.hear(words("what is the capital"))
    await settled()
    assert reading.stopped == ["what is the capital"]
    assert reading.begun == ["what is the capital"]


async def test_a_model_that_fails_costs_nothing(foresight, reading):
    reading.fails = WorkerDied("gone")
    foresight.settle(words("what is the capital"))
    await settled()
    reading.fails = None
    foresight.settle(words("what is the capital of France"))
    await settled()
    assert reading.done == ["what is the capital of France"]


class Growing(ScriptedEngine):
    """A recogniser that hears a word more with each feed."""

    fed = 0

    async def call(self, method, *args, deadline_s=0.0):
        if method == "start":
            self.fed = 0
        found = await super().call(method, *args, deadline_s=deadline_s)
        if method == "feed":
            self.fed += 1
            return {"text": " ".join(self.said.split()[: self.fed]), "language": "en", "is_final": False}
        return found


@pytest.mark.parametrize(
    ("said", "is_read"), [("what do you make of pandas that zonk", True), ("set a timer for ten minutes please now", False)]
)
async def test_in_a_conversation_a_question_is_read_while_it_is_spoken_and_a_command_is_not(room, said, is_read):
    r = room(said)
    r.voice.ears.worker = Growing([said])
    model = Script(answer=["They eat bamboo."])
    r.app.brain.thinker = Reasoner(model, r.app.understanding, r.app.journal)
    r.sound.hear(FRAME_S, wake=True)
    for _ in range(8):
        r.sound.hear(2 * FRAME_S, speech=0.9)
        await settled()
    before = list(model.told)
    r.sound.hear(0.9)
    await r.until(Heard)
    await r.until(Finished)
    assert any(messages[-1][1].endswith(said[:20]) or said[:20] in messages[-1][1] for _, messages in before) is is_read


@needs_llama
async def test_a_real_model_has_little_left_to_read_when_the_words_end(talk):
    question = "what is the capital of France"
    await talk(question)
    alone = talk.turn.marks
    talk.app.clock.advance(20 * 60)
    foresight = Foresight(talk.app.brain.expect)
    spoken = question.split()
    for count in range(1, len(spoken) + 1):
        foresight.hear(words(" ".join(spoken[:count])))
        while foresight.busy:
            await asyncio.sleep(0.01)
    foresight.over()
    assert await talk(question)
    ahead = talk.turn.marks
    assert ahead["tokens_of"] == alone["tokens_of"]
    assert ahead["tokens_read"] < alone["tokens_read"] / 2
    assert ahead["tokens_ahead"] > 0
    assert "tokens_ahead" not in alone


@needs_llama
async def test_a_real_model_is_right_after_it_was_led_astray(talk):
    foresight = Foresight(talk.app.brain.expect)
    foresight.settle(words("what is the cattle of grants and what else"))
    await asyncio.sleep(0)
    foresight.over()
    assert await talk("what is the capital of France")  # in which words differs between processors
    await foresight.close()
