"""New models taken while Hark runs."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

import pytest

from assistant import renewal as module
from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, Places
from assistant.ears import Ears
from assistant.errors import WorkerDied
from assistant.executor import Result
from assistant.mouth import Mouth
from assistant.renewal import WorkerPart
from assistant.settings import SettingsFile
from assistant.vocabulary import Outcome, Saying, Transcript
from assistant.worker import Engine, Worker

NOW = datetime.fromisoformat("2026-11-24T15:00:00+01:00")
ENGINES = Path(__file__).parent / "engines"


class Thinking:
    """A language model that says its name."""

    def __init__(self, name, fails=""):
        self.name = name
        self.fails = fails
        self.closed = False
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def think(self, question, run):
        yield Result(Outcome.DONE, f"{self.name} begins.")
        await self.go_on.wait()
        assert not self.closed
        yield Result(Outcome.DONE, f"{self.name} ends.")

    async def start(self):
        if self.fails:
            raise WorkerDied(self.fails)

    async def close(self):
        self.closed = True


class World:
    def __init__(self, folder):
        self.app = open_app(Places(str(folder)), Config(), VirtualClock(NOW))
        self.built = {}
        self.told = []
        part = self.app.renewal.parts[0]
        part._build = lambda config: self.built.get(config.llm.model)
        part._path = lambda config: None
        self.app.renewal.tell = lambda en, zh: self.told.append((en, zh))
        self.settings = SettingsFile(self.app.places.config_file)

    async def told_something(self):
        async with asyncio.timeout(10):
            while not self.told:
                await asyncio.sleep(0.01)
        return self.told.pop(0)

    async def say(self):
        events = [event async for event in self.app.brain.respond(Transcript("why is the sky so blue over the sea", "en"))]
        return " ".join(event.text for event in events if isinstance(event, Saying))


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "EVERY_S", 0.01)
    world = World(tmp_path)
    yield world
    world.app.close()


async def test_a_new_model_answers_once_it_is_loaded(world):
    world.built["a"] = Thinking("A")
    async with world.app.thinking():
        await asyncio.sleep(0)
        assert "begins" not in await world.say()
        world.settings.put("llm.model", "a")
        assert await world.told_something() == ("The new language model is ready: a.", "新的语言模型准备好了：a。")
        assert await world.say() == "A begins. A ends."
        assert world.app.around.thinker is world.app.brain.thinker
    assert world.built["a"].closed


async def test_a_turn_under_way_is_ended_by_the_model_it_began_with(world):
    world.built |= {"a": Thinking("A"), "b": Thinking("B")}
    world.app.brain.thinker = world.built["a"]
    world.built["a"].go_on.clear()
    async with world.app.thinking():
        await asyncio.sleep(0)
        turn = asyncio.create_task(world.say())
        await asyncio.sleep(0.05)
        world.settings.put("llm.model", "b")
        async with asyncio.timeout(10):
            while world.app.brain.thinker is not world.built["b"]:
                await asyncio.sleep(0.01)
        assert not world.built["a"].closed
        world.built["a"].go_on.set()
        assert await turn == "A begins. A ends."
        await world.told_something()
        assert world.built["a"].closed
        assert await world.say() == "B begins. B ends."


async def test_a_model_that_cannot_be_loaded_leaves_the_old_one_and_is_told_once(world):
    world.built |= {"a": Thinking("A"), "b": Thinking("B", fails="Not enough memory.")}
    world.app.brain.thinker = world.built["a"]
    async with world.app.thinking():
        await asyncio.sleep(0)
        world.settings.put("llm.model", "b")
        en, zh = await world.told_something()
        assert en == "The new language model cannot be used, the old one stays. Not enough memory."
        assert zh.startswith("新的语言模型用不了")
        assert world.built["b"].closed
        assert await world.say() == "A begins. A ends."
        world.settings.put("tts.words_per_minute", 180)
        await asyncio.sleep(0.1)
        assert not world.told


async def test_settings_that_cannot_be_read_are_told_and_change_nothing(world):
    async with world.app.thinking():
        await asyncio.sleep(0)
        world.app.places.config_file.write_text("llm = 3")
        assert "cannot be used" in (await world.told_something())[0]


async def test_no_model_is_a_change_too(world):
    world.built["a"] = old = Thinking("A")
    world.app.brain.thinker = old
    world.settings.put("llm.model", "a")
    world.app.renewal.config = Config()
    async with world.app.thinking():
        await asyncio.sleep(0)
        world.settings.put("llm.model", "a")
        await world.told_something()
        world.settings.put("llm.model", "none-of-them")
        async with asyncio.timeout(10):
            while world.app.brain.thinker is not None:
                await asyncio.sleep(0.01)
    assert old.closed


def engine(greeting):
    return Engine("odd", "odd_engine:Odd", {"greeting": greeting})


@pytest.fixture
def odd(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ENGINES))
    monkeypatch.setattr(sys, "path", [*sys.path, str(ENGINES)])


class Named:
    """A worker that keeps what it is asked."""

    def __init__(self, rate=16_000):
        self.rate = rate
        self.asked = []
        self.closed = False

    async def start(self):
        pass

    async def call(self, method, *args, deadline_s=0):
        assert not self.closed
        self.asked.append(method)
        return self.rate if method == "rate" else {"text": "", "language": "en"}

    async def stream(self, method, *args, deadline_s=0):
        assert not self.closed
        self.asked.append(method)
        yield memoryview(b"ab")

    async def close(self):
        self.closed = True


async def test_ears_listen_with_the_new_recogniser_from_the_next_utterance_on():
    told, old, new = asyncio.Queue(), Named(), Named()
    ears = Ears(old, lambda kind, _: told.put_nowait(kind))
    listening = asyncio.create_task(ears.run())

    async def rested():
        async with asyncio.timeout(10):
            while await told.get() != "rest":
                pass

    ears.begin(0.0)
    await rested()
    ears.inherit(new)
    ears.feed(memoryview(b"ab"))
    ears.finish()
    await rested()
    assert old.asked == ["abandon", "start", "feed", "speculate"]
    assert not new.asked
    ears._add("start", (1.0,))
    await rested()
    assert new.asked == ["start"]
    assert old.closed
    listening.cancel()
    await ears.close()
    assert new.closed


class Loudspeaker:
    def __init__(self):
        self.rates = []

    async def say(self, utterance, samples, rate):
        self.rates.append(rate)

    async def end(self, utterance):
        pass


async def test_a_mouth_speaks_with_the_new_voice_at_its_own_rate():
    sound, old, new = Loudspeaker(), Named(22_050), Named(16_000)
    mouth = Mouth(old, sound)
    await mouth.say("One.", "en", lambda: None)
    mouth.inherit(new)
    assert not old.closed
    await mouth.say("Two.", "en", lambda: None)
    assert sound.rates == [22_050, 16_000]
    assert old.closed
    assert new.asked == ["speak", "rate"]


async def test_what_replaces_a_worker_is_ready_before_it_does(odd):
    mouth = Mouth(Worker(engine("old")), None)
    part = WorkerPart("voice", "声音", lambda config: engine("new"), lambda: mouth)
    assert await part.replace(Config()) == "odd"
    assert mouth._next.pid is not None
    await mouth.close()
    assert mouth._next.pid is None


async def test_an_engine_that_cannot_be_built_leaves_what_serves(odd):
    mouth = Mouth(Worker(engine("old")), None)
    part = WorkerPart("voice", "声音", lambda config: Engine("odd", "odd_engine:Unbuildable"), lambda: mouth)
    with pytest.raises(module.HarkError):
        await part.replace(Config())
    assert mouth._next is None
    assert await mouth.worker.call("greet", "mouth") == "old mouth"
    await mouth.close()


async def test_a_file_that_was_exchanged_is_another_engine(tmp_path):
    file = tmp_path / "model.bin"
    file.write_bytes(b"one")
    part = WorkerPart("recogniser", "语音识别", lambda config: Engine("asr", "x:Y", {"model": str(file)}), lambda: None)
    before = part.wanted(Config())
    assert part.wanted(Config()) == before
    file.write_bytes(b"another")
    assert part.wanted(Config()) != before
