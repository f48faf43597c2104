"""A question to the cloud by voice, through the whole loop: what is a yes, what is heard and seen as it leaves, and every fault."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from assistant.config import CloudConfig, Config
from assistant.vocabulary import Failed, Finished, Leaves, Outcome, Saying
from tests.assistant.test_voice import Room
from tests.cloud_provider import ASK, provider

OWN_S = 1.0
"""After Hark's voice, in which a yes is none."""


@asynccontextmanager
async def asking(home, *words, fault="", **cloud):
    """Give a room in which these words will be recognised, and its provider."""
    async with provider() as there:
        there.fault = fault
        config = Config(cloud=CloudConfig(provider="own", url=there.url, model="qwen-max", **({"deadline_s": 2.0} | cloud)))
        room = Room(home, words, config)
        try:
            yield room, there
        finally:
            await room.close()


async def answer(room, count, *, after_s):
    """Say something so long after Hark's voice, and wait until that turn is over."""
    room.sound.hear(after_s)
    room.sound.hear(0.6, speech=0.9)
    room.sound.hear(1.0)
    return (await room.until(Finished, count)).turn


def said(room):
    """Return everything that Hark said."""
    return " ".join(event.text for event in room.of(Saying))


async def test_shown_allowed_sounded_and_answered(tmp_path):
    async with asking(tmp_path, ASK, "yes") as (room, there):
        room.sound.command()
        await room.until(Finished)
        assert "Shall I send “why the sky is blue”" in said(room)
        assert there.connections == 0
        turn = await answer(room, 2, after_s=1.5)
        assert turn.outcome is Outcome.DONE
        assert "because of scattering" in said(room)
        assert [(event.purpose, event.host) for event in room.of(Leaves)] == [("cloud", "127.0.0.1")]
        assert room.sound.chimes.count("leaves") == 1
        kinds = [type(event) for event in room.events]
        first = kinds.index(Leaves)
        assert "scattering" in next(event.text for event in room.events[first:] if isinstance(event, Saying) and "scatter" in event.text)
        assert room.app.around.egress.leaving.hosts == ()
        assert room.app.around.egress.ledger.connections()[0].consent == "asked: yes"


async def test_a_yes_within_a_second_of_its_own_voice_sends_nothing_and_is_asked_for_once_more(tmp_path):
    async with asking(tmp_path, ASK, "yes", "yes", ASK, "yes", "yes") as (room, there):
        room.sound.command()
        await room.until(Finished)
        turn = await answer(room, 2, after_s=0.1)
        assert turn.outcome is Outcome.ASKED
        assert "came so close to my own voice" in said(room)
        assert there.connections == 0
        turn = await answer(room, 3, after_s=1.5)
        assert there.connections == 1
        room.sound.command()
        await room.until(Finished, 4)
        await answer(room, 5, after_s=0.1)
        turn = await answer(room, 6, after_s=0.1)
        assert turn.outcome is Outcome.CANCELLED
        assert there.connections == 1


@pytest.mark.parametrize("reply", ["hm", "what?", "and the answer is yes", "yes prime minister", "嗯", "sure"])
async def test_what_is_no_clear_yes_sends_nothing(tmp_path, reply):
    async with asking(tmp_path, ASK, reply, "yes") as (room, there):
        room.sound.command()
        await room.until(Finished)
        await answer(room, 2, after_s=1.5)
        room.sound.hear(1.5)
        room.sound.hear(0.6, speech=0.9)
        room.sound.hear(9.0)
        await asyncio.sleep(0)
        assert there.connections == 0
        assert not room.of(Leaves)


async def test_silence_sends_nothing(tmp_path):
    async with asking(tmp_path, ASK, "yes") as (room, there):
        room.sound.command()
        await room.until(Finished)
        room.sound.hear(90.0)
        assert (await room.until(Finished, 2)).turn is None  # it waited, and nobody spoke
        room.app.clock.advance(90)
        room.sound.command()
        turn = (await room.until(Finished, 3)).turn
        assert turn.outcome is Outcome.UNKNOWN
        assert there.connections == 0


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("401", "doesn't accept my key"),
        ("402", "out of money or quota"),
        ("429", "too many questions"),
        ("500", "trouble of its own"),
        ("garbage", "couldn't understand"),
        ("cut", "broke off"),
        ("slow", "took too long"),
        ("content", "doesn't want to answer"),
    ],
)
async def test_every_fault_is_spoken_within_the_deadline(tmp_path, fault, told):
    async with asking(tmp_path, ASK, "yes", fault=fault, deadline_s=0.5) as (room, there):
        room.sound.command()
        await room.until(Finished)
        async with asyncio.timeout(5):
            turn = await answer(room, 2, after_s=1.5)
        assert turn.outcome is Outcome.FAILED
        assert told in said(room)
        assert not room.of(Failed)  # the sentence says it all; no name of a class beside it
        assert room.tts.given["speak"]
        assert there.connections == 1
        assert room.app.around.egress.leaving.hosts == ()
