"""Better models fetched while Hark is used, from a stand-in for a hub; what is measured stands in for this machine."""

import asyncio
from datetime import datetime

import pytest

from assistant import fitting, outfit
from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, LlmConfig, Places, load_config
from assistant.faces.chat import Chat
from assistant.faces.screen import screen
from assistant.faces.slash import carry_out
from assistant.vocabulary import Asked, Saying, Transcript
from models import download
from models.catalogue import find
from models.fitting import Machine
from models.shelf import Shelf
from tests.models.hub import Hub, serving

MACHINE = Machine("a small machine", 2, 8000, 6000, ("AVX2",), gmul=5.0, gbps=5.0, read_weights=1e10, written_bytes=5e9)
LITE = ("qwen2.5-0.5b", "whisper-tiny")


@pytest.fixture
def app(tmp_path, monkeypatch):
    async def measured(errors, limit_s):
        return MACHINE

    monkeypatch.setattr(fitting, "measured", measured)
    monkeypatch.setattr(fitting, "has_module", lambda name: name == "llama_cpp")
    monkeypatch.setattr(outfit, "has_llama", lambda: True)
    monkeypatch.setattr(download, "BACKOFF_S", (0.0,))
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(datetime.fromisoformat("2026-11-24T15:00:00+01:00")))
    app.renewal.parts.clear()
    yield app
    app.close()


def both():
    return [Hub(dict.fromkeys(find(name).files, name.encode() * 3000), find(name).repository) for name in LITE]


async def done(app):
    async with asyncio.timeout(20):
        while app.outfit.busy:
            await asyncio.sleep(0.01)


async def test_what_was_proposed_comes_and_is_used_the_smallest_first(app):
    first, second = both()
    async with serving(first, second), app.thinking():
        await app.outfit.propose()
        assert [fit.entry.id for fit in app.outfit.proposed] == list(LITE)
        app.outfit.begin([first.url])
        await done(app)
    config = load_config(app.places.config_file)
    assert (config.llm.model, config.asr.model) == LITE
    assert set(Shelf(app.places.models).kept()) == set(LITE)
    assert not app.outfit.status


async def test_what_is_in_use_is_not_proposed_again(app):
    first, second = both()
    async with serving(first, second), app.thinking():
        await app.outfit.propose()
        app.outfit.begin([first.url])
        await done(app)
        await app.outfit.propose()
        assert not app.outfit.proposed


async def test_a_hub_that_cannot_be_reached_is_followed_by_the_next(app):
    first, second = both()
    async with serving(first, second), app.thinking():
        await app.outfit.propose()
        app.outfit.begin(["http://127.0.0.1:9", first.url])
        await done(app)
    assert set(Shelf(app.places.models).kept()) == set(LITE)


async def test_what_cannot_be_fetched_is_told_and_the_rest_comes(app):
    told = []
    app.renewal.tell = lambda en, zh: told.append((en, zh))
    first, second = both()
    first.files.clear()
    async with serving(first, second), app.thinking():
        await app.outfit.propose()
        app.outfit.begin([first.url])
        await done(app)
    assert "qwen2.5-0.5b could not be set up" in told[0][0]
    assert "没装成" in told[0][1]
    assert load_config(app.places.config_file).asr.model == "whisper-tiny"


async def test_an_engine_that_cannot_be_installed_leaves_the_language_model_out(app, monkeypatch):
    async def install(package, tell):
        tell("Building wheel")
        assert app.outfit.status == "⇣ llama.cpp: Building wheel"
        raise outfit.HarkError("There is no C++ compiler.")

    told = []
    app.renewal.tell = lambda en, zh: told.append(en)
    monkeypatch.setattr(outfit, "has_llama", lambda: False)
    monkeypatch.setattr(outfit, "install", install)
    first, second = both()
    async with serving(first, second), app.thinking():
        await app.outfit.propose()
        assert app.outfit.installs == outfit.LLAMA
        app.outfit.begin([first.url])
        await done(app)
    assert told == ["qwen2.5-0.5b could not be set up. There is no C++ compiler."]
    assert set(Shelf(app.places.models).kept()) == {"whisper-tiny"}


async def test_stopping_keeps_what_has_come_and_leaving_stops(app):
    first, second = both()
    first.statuses = second.statuses = [503] * 3
    first.retry_after = second.retry_after = "30"
    async with serving(first, second), app.thinking():
        await app.outfit.propose()
        app.outfit.begin([first.url])
        await asyncio.sleep(0.2)
        assert app.outfit.busy
    assert not app.outfit.busy
    assert not load_config(app.places.config_file).asr.model


def drawn(picture):
    console = screen()
    with console.capture() as captured:
        console.print(picture)
    return captured.get()


async def nobody(chat, on):
    pass


async def test_a_typed_conversation_proposes_asks_and_fetches(app, monkeypatch):
    first, second = both()
    async with serving(first, second), app.thinking():
        monkeypatch.setattr("assistant.faces.slash.HUBS", {first.url: first.url})
        chat = Chat(app, print, print)
        shown = drawn(await carry_out(chat, "/setup yes", nobody))
        assert "qwen2.5-0.5b" in shown, "a yes to nothing proposes first"
        assert "569 MB" in shown
        assert not app.outfit.busy
        assert "I am fetching them" in drawn(await carry_out(chat, "/setup yes", nobody))
        await done(app)
        assert "in use already" in drawn(await carry_out(chat, "/setup", nobody))
        assert "Nothing is being fetched" in drawn(await carry_out(chat, "/setup stop", nobody))
    assert set(Shelf(app.places.models).kept()) == set(LITE)


async def say(app, text):
    events = [event async for event in app.brain.respond(Transcript(text, "zh" if "模" in text or text == "好" else "en"))]
    return " ".join(event.question if isinstance(event, Asked) else event.text for event in events if isinstance(event, Asked | Saying))


@pytest.mark.parametrize(
    ("wish", "yes", "asked", "begun"), [("set up better models", "yes", "569", "fetching"), ("安装更好的模型", "好", "569兆", "下载")]
)
async def test_said_aloud_it_asks_and_fetches(app, monkeypatch, wish, yes, asked, begun):
    begins = []
    monkeypatch.setattr(app.outfit, "begin", lambda *mirrors: begins.append(mirrors))
    async with app.thinking():
        assert asked in await say(app, wish)
        assert not begins
        assert begun in await say(app, yes)
    assert begins == [()]


def test_whoever_has_no_model_is_told_of_them_once(app):
    assert "set up better models" in outfit.offer(app.store, app.config)
    assert not outfit.offer(app.store, app.config)


def test_whoever_has_one_is_not_told(app):
    assert not outfit.offer(app.store, Config(llm=LlmConfig(model="qwen2.5-0.5b")))
    assert outfit.offer(app.store, app.config)


async def test_a_hark_that_ends_with_its_reply_fetches_nothing(app):
    async with app.thinking(ahead=False, stays=False):
        assert "hark setup" in await say(app, "set up better models")
