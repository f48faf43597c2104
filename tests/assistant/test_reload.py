"""Skill files taken up while Hark runs: through the files, the running watch and whole turns."""

import asyncio
import sys
from datetime import datetime, timedelta

import pytest

from assistant import reload as module
from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, Places
from assistant.plugins import OWN_PREFIX
from assistant.vocabulary import Saying, Transcript

NOW = datetime.fromisoformat("2026-11-24T15:00:00+01:00")

SKILL = '''
from assistant.skill import Question, Reply, action, inverse

@action(en=["{words}"], zh=["喂鹦鹉"])
async def feed(ctx, grain: str = "") -> Reply | Question:
    """Feed the parrot.

    Args:
        grain: What it gets.
    """
    if {asks} and not grain:
        return Question(en="Which grain?", zh="哪种？", slot="grain", verbatim=True)
    return Reply(en="{said}", zh="喂了。", undo=hungry())

@inverse
async def hungry(ctx) -> None:
    """Take it back."""
'''


class World:
    def __init__(self, folder):
        self.folder = folder / "skills"
        self.folder.mkdir()
        self.file = self.folder / "parrot.py"
        self.told = []

    def open(self):
        self.app = open_app(Places(str(self.folder.parent)), Config(), VirtualClock(NOW))
        self.app.renewal.tell = lambda en, zh: self.told.append((en, zh))

    def write(self, said="Fed.", words="feed [the] parrot", asks=False, text=None):
        self.file.write_text(text or SKILL.format(said=said, words=words, asks=asks), "utf-8")

    async def news(self):
        """Return what is told next."""
        async with asyncio.timeout(20):
            while not self.told:
                await asyncio.sleep(0.01)
        return self.told.pop(0)

    async def say(self, text):
        events = [event async for event in self.app.brain.respond(Transcript(text, "en"))]
        return " ".join(event.text for event in events if isinstance(event, Saying))


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "EVERY_S", 0.02)
    monkeypatch.setattr(module.SkillFolder, "_learn", lambda self: None)  # seconds of work; it has its own test
    world = World(tmp_path)
    yield world
    world.app.close()
    sys.modules.pop(f"{OWN_PREFIX}parrot", None)


async def test_a_new_a_changed_and_a_deleted_file_are_taken(world):
    world.open()
    async with world.app.thinking():
        assert await world.say("feed the parrot") != "Fed."
        world.write()
        assert await world.news() == ("The skill parrot is ready.", "技能parrot准备好了。")
        assert await world.say("feed the parrot") == "Fed."
        world.write(said="Nut.")  # of the same length, within the same second
        await world.news()
        assert await world.say("feed the parrot") == "Nut."
        world.file.unlink()
        assert (await world.news())[0] == "The skill parrot is gone: its file was deleted."
        assert await world.say("feed the parrot") != "Nut."
        assert "can't undo" in await world.say("undo")


async def test_a_broken_file_leaves_the_one_before_and_names_the_line(world):
    world.write()
    world.open()
    async with world.app.thinking():
        module_before = sys.modules[f"{OWN_PREFIX}parrot"]
        for text, line in [("x = 1\nasync def feed(:\n", 2), ("x = 1\n\nx = nobody\n", 3)]:
            world.write(text=text)
            said = (await world.news())[0]
            assert said.startswith("The skill parrot cannot be used. The one before stays in use. ")
            assert f"parrot.py:{line}: " in said
            assert "\n" not in said
            assert await world.say("feed the parrot") == "Fed."
        assert sys.modules[f"{OWN_PREFIX}parrot"] is module_before
        world.write(said="Mended.")
        await world.news()
        assert await world.say("feed the parrot") == "Mended."


async def test_a_file_that_takes_a_name_of_another_skill_is_told_and_nothing_else_changes(world):
    world.open()
    world.file = world.folder / "timer.py"
    async with world.app.thinking():
        world.write()
        assert "The name 'timer' is taken by" in (await world.news())[0]
        assert "5" in await world.say("set a timer for 5 minutes")


async def test_timers_run_on_and_what_was_done_can_be_taken_back(world):
    world.write()
    world.open()
    async with world.app.thinking():
        await world.say("set a timer for 5 minutes")
        await world.say("feed the parrot")
        world.write(said="Nut.")
        await world.news()
        assert "can't" not in await world.say("undo")
        [timer] = await world.app.timers.all()
        assert timer.ends_at - NOW == timedelta(minutes=5)


async def test_a_question_that_the_new_file_does_not_ask_is_forgotten(world):
    world.write(asks=True)
    world.open()
    async with world.app.thinking():
        assert await world.say("feed the parrot") == "Which grain?"
        world.write(text=SKILL.format(said="Fed.", words="feed [the] parrot", asks=False).replace("grain", "seed"))
        await world.news()
        assert await world.say("feed the parrot") == "Fed."


async def test_a_turn_under_way_ends_with_the_skill_it_began_with(world):
    world.write()
    world.open()
    async with world.app.thinking():
        world.app.brain.idle.clear()
        world.write(said="Nut.")
        await asyncio.sleep(0.2)  # ten looks
        assert not world.told
        world.app.brain.idle.set()
        await world.news()
        assert await world.say("feed the parrot") == "Nut."


async def test_the_classifier_learns_beside_the_conversation(world, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(module, "EVERY_S", 0.02)
    asked = []
    monkeypatch.setattr(module.Lessons, "learnt", lambda self, language: asked.append(([f.name for f in self._families], language)))
    world.open()
    before = world.app.understanding.lessons
    async with world.app.thinking():
        world.write()
        await world.news()
        async with asyncio.timeout(10):
            while world.app.understanding.lessons is before:
                await asyncio.sleep(0.01)
    assert [language for _, language in asked] == ["en", "zh"]
    assert all("parrot" in names for names, _ in asked)
