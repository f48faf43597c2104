"""A conversation with a real, miniature language model in its worker."""

import asyncio
import importlib.util
import os
import signal
from datetime import datetime
from pathlib import Path

import pytest

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, LlmConfig, Places
from assistant.faces.waterfall import meaning
from assistant.vocabulary import Finished, Outcome, Saying, Transcript
from assistant.words import language_of

pytestmark = pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the extra llm is not installed")

MINI = Path(__file__).parents[1] / "data" / "qwen-mini" / "qwen-mini.gguf"


@pytest.fixture
async def talk(tmp_path):
    config = Config(llm=LlmConfig(model=str(MINI), temperature=0))
    app = open_app(Places(str(tmp_path)), config, VirtualClock(datetime.fromisoformat("2026-11-24T15:00:00+00:00")))

    async def say(text):
        events = [event async for event in app.brain.respond(Transcript(text, language_of(text)))]
        say.turn = next(event.turn for event in events if isinstance(event, Finished))
        return " ".join(event.text for event in events if isinstance(event, Saying))

    say.app = app
    async with app.thinking():
        yield say
    app.close()


async def test_commands_tools_answers_and_thoughts_in_one_conversation(talk):
    assert "10 minutes" in await talk("set a timer for ten minutes")
    assert talk.turn.intent.source == "grammar"
    assert await talk("what is the capital of France")  # in which words differs between processors: the model is tiny, and hesitates
    assert talk.turn.marks["tokens_of"] > 50
    assert await talk("天空为什么是蓝色的")
    talk.app.clock.advance(20 * 60)  # the tiny model has not learnt to think about a question that follows others
    thought_over = await talk("how many legs has a spider /think")
    assert thought_over
    assert "think>" not in thought_over


async def test_what_was_said_before_is_not_read_again(talk):
    await talk("what is the capital of France")
    first = talk.turn.marks
    assert await talk("tell me more")
    second = talk.turn.marks
    assert second["tokens_of"] > first["tokens_of"] + 30
    assert second["tokens_read"] <= second["tokens_of"] - first["tokens_of"]
    assert talk.turn.intent.source == "dialog"


async def test_a_tool_the_quick_tiers_missed_is_called_by_the_model(talk, monkeypatch):
    for name in ("understand", "read"):
        quick = getattr(talk.app.understanding, name)
        monkeypatch.setattr(
            talk.app.understanding, name, lambda text, *rest, quick=quick: None if "run out" in text else quick(text, *rest), raising=True
        )
    await talk("we have run out of olive oil")
    assert talk.turn.intent.action == "list.add"
    assert talk.turn.intent.source == "llm"
    assert "olive oil" in await talk("what is on my shopping list")


async def test_a_mixed_conversation_and_its_trace_say_who_did_what(talk, monkeypatch):
    for name in ("understand", "read"):
        quick = getattr(talk.app.understanding, name)
        monkeypatch.setattr(
            talk.app.understanding, name, lambda text, *rest, quick=quick: None if "run out" in text else quick(text, *rest)
        )
    sources = {
        "set a timer for ten minutes": "grammar",
        "kids have got thirty five minutes on the tablet starting now": "classifier",
        "we have run out of olive oil": "llm",
        "what is the capital of France": "classifier",
        "tell me more": "dialog",
    }
    for text, source in sources.items():
        assert await talk(text), text
        assert (talk.turn.intent.source, talk.turn.outcome) == (source, Outcome.DONE), text
    turns = [turn for _, turn in talk.app.journal.turns(len(sources))]
    assert [turn.intent.source for turn in turns] == list(sources.values())
    assert ["the model re-read" in meaning(turn) for turn in turns] == [False, False, True, True, True]
    assert [turn.intent.action for turn in turns] == ["timer.start", "timer.start", "list.add", "chat", "chat"]


async def test_a_claim_of_the_model_is_not_said(talk):
    talk.app.understanding.understand = lambda *_: None
    said = await talk("send a postcard to my aunt")
    assert "sent" not in said


async def test_killed_again_and_again_it_goes_on(talk):
    worker = talk.app.brain.thinker.model._worker
    for _ in range(3):
        assert await talk("what is the capital of France")
        assert talk.turn.outcome is Outcome.DONE
        os.kill(worker.pid, signal.SIGKILL)
        assert await talk("set a timer for ten minutes")
        assert await talk("what is the capital of France")
        assert talk.turn.outcome in {Outcome.DONE, Outcome.FAILED}


async def test_leaving_in_the_middle_frees_the_model(talk):
    turn = talk.app.brain.respond(Transcript("why is the sky blue", "en"))
    async for event in turn:
        if isinstance(event, Saying):
            break
    await turn.aclose()
    async with asyncio.timeout(30):  # a busy machine takes some seconds
        assert await talk("what is the capital of France")


async def test_a_model_file_that_is_gone_leaves_everything_else(tmp_path):
    config = Config(llm=LlmConfig(model="/nowhere/at.gguf"))
    app = open_app(Places(str(tmp_path)), config, VirtualClock(datetime.fromisoformat("2026-11-24T15:00:00+00:00")))
    assert app.brain.thinker is None
    app.close()
