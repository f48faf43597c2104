"""Which names a recogniser is told to expect, and when."""

import asyncio
from datetime import datetime, timedelta

import pytest

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Places, config_from
from assistant.ears import Ears
from assistant.names import HOUSE_S, Names, of_plugins
from assistant.plugins import load_families
from assistant.records import RecordShelf
from assistant.services import CannotDo
from assistant.session import expected_names
from assistant.things import Thing
from assistant.vocabulary import Transcript

NOW = datetime.fromisoformat("2026-11-27T09:00:00+01:00")

PLUGIN = '''"""Plants."""

from typing import Annotated

from assistant.skill import Context, Reply, action, one_of

Plant = Annotated[str, one_of("plant", en=["monstera", "calathea"], zh=["龟背竹", "竹芋"])]


@action(en=["water the {plant}"], zh=["给{plant}浇水"], ask={"plant": Reply(en="Which?", zh="哪种？")}, reads=True)
async def water(ctx: Context, plant: Plant) -> Reply:
    """Tell how to water a plant.

    Args:
        plant: Which.
    """
    return Reply(en="Slowly.", zh="慢慢浇。")
'''


@pytest.fixture
def app(tmp_path):
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "plants.py").write_text(PLUGIN)
    opened = open_app(Places(str(tmp_path)), config_from({"asr": {"engine": "whisper"}}, ""), VirtualClock(NOW))
    yield opened
    opened.close()


class House:
    """A house that counts how often it is asked."""

    def __init__(self, things=()):
        self.listed, self.asked = list(things), 0

    async def things(self, *, anew=False):
        self.asked += 1
        if not self.listed:
            raise CannotDo(en="No house.", zh="没有。")
        return self.listed


def names_of(app, house=None):
    return Names(app.store, app.journal, app.families, house or House(), app.clock)


async def test_lists_timers_devices_rooms_and_plugins_have_names(app):
    await app.timers.start(timedelta(minutes=9), "pasta")
    await RecordShelf(app.store, "list").add(name="行李", items=["雨伞"])
    house = House([Thing("light.fairy", ("fairy lights", "彩灯"), ("study",))])
    found = await names_of(app, house).all()
    assert {"pasta", "行李", "雨伞", "fairy lights", "彩灯", "study", "monstera", "龟背竹"} <= set(found)


def test_what_the_built_in_skills_know_is_no_name(app):
    assert set(of_plugins(app.families)) == {"monstera", "calathea", "龟背竹", "竹芋"}
    assert list(of_plugins(load_families())) == []


async def test_what_was_named_last_comes_first(app):
    for label in ("pasta", "rice", "bread"):
        await app.timers.start(timedelta(minutes=9), label)
    names = names_of(app)
    assert list((await names.all())[:3]) == ["bread", "rice", "pasta"]
    async for _ in app.brain.respond(Transcript("how long is left on the pasta timer", "en")):
        pass
    assert (await names.all())[0] == "pasta"


async def test_the_house_is_asked_now_and_then(app):
    house = House([Thing("light.a", ("lamp",))])
    names = names_of(app, house)
    await names.all()
    await names.all()
    assert house.asked == 1
    app.clock.advance(HOUSE_S + 1)
    house.listed = []  # it does not answer
    assert "lamp" in await names.all()
    assert house.asked == 2


async def test_only_whisper_is_told_and_only_when_it_may_be(app):
    await app.timers.start(timedelta(minutes=9), "pasta")
    names = names_of(app)
    assert "pasta" in await expected_names(app, names)
    for asr in ({"engine": "sphinx"}, {"engine": "whisper", "hotwords": False}):
        app.renewal.config = config_from({"asr": asr}, "")
        assert await expected_names(app, names) == ()


class Engine:
    """A recogniser's worker that notes what it is asked."""

    def __init__(self):
        self.calls, self.restarts = [], 0

    async def start(self):
        pass

    async def call(self, method, *args, deadline_s=0.0):
        self.calls.append((method, *args))


async def utterance(ears):
    ears.begin(0.0)
    async with asyncio.timeout(5):
        while not ears.idle:
            await asyncio.sleep(0)


async def test_the_recogniser_is_told_before_an_utterance_when_names_are_new_or_it_is():
    engine = Engine()
    ears = Ears(engine, lambda *_: None)
    working = asyncio.create_task(ears.run())

    def told():
        return [call[1] for call in engine.calls if call[0] == "expect"]

    await utterance(ears)
    assert told() == []
    ears.expect(("pasta",))
    await utterance(ears)
    await utterance(ears)
    assert told() == [["pasta"]]
    assert [call[0] for call in engine.calls[-2:]] == ["abandon", "start"]
    engine.restarts += 1
    await utterance(ears)
    ears.expect(())
    await utterance(ears)
    await utterance(ears)
    assert told() == [["pasta"], ["pasta"], []]
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
