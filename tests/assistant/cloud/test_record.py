"""What the ledger says was sent is what came: three hundred turns against a provider that writes down every byte; and the budget's end."""

import asyncio
import random
import socket

import pytest

from assistant.app import open_app
from assistant.budget import Price
from assistant.config import BudgetConfig, CloudConfig, Config, Places
from tests.assistant.cloud.test_consent import replies
from tests.cloud_provider import ASK, Provider, Talk, provider, talking

QUESTIONS = [
    "ask the cloud why the sky is blue",
    "ask the cloud how long Anna's flight takes",
    "问云端天空为什么是蓝色的",
    "why do cats purr",
    "ask the cloud what 10.0.0.7 is for",
    "怎么做红烧肉，问云端",
]
ANSWERS = ["yes", "no", "yes", "hm", "好", "send it", "set a timer for a minute", "yes?", "never mind", "可以"]
FAULTS = ["", "", "", "500", "401", "429", "cut", "garbage", ""]


async def test_three_hundred_turns_are_in_the_record_byte_for_byte(tmp_path):
    chance = random.Random(5)  # noqa: S311 -- no secret
    async with talking(tmp_path, deadline_s=2.0) as talk:
        for turn in range(150):
            talk.there.fault = chance.choice(FAULTS)
            await talk.say(chance.choice(QUESTIONS))
            if turn % 5 == 0 and (cloud := talk.app.brain.cloud).draft(talk.clock.now()):
                cloud.edit(f"my own words, {turn}", talk.clock.now(), "en")
            await talk.say(chance.choice(ANSWERS))
            talk.clock.advance(chance.choice([30, 900, 1800]))
        ledger, sent = talk.app.around.egress.ledger, talk.sent
        assert len(talk.there.bodies) == talk.there.connections == len(sent) > 40
        assert [entry.body.encode() for entry in sorted(sent, key=lambda entry: entry.id)] == talk.there.bodies
        assert sum(b"my own words" in body for body in talk.there.bodies) > 5
        assert not ledger.breaks()
        with talk.app.store.write() as db:
            victim = sorted(sent, key=lambda entry: entry.id)[len(sent) // 2].id
            body = db.execute("SELECT body FROM egress WHERE id = ?", (victim,)).fetchone()[0]
            flipped = chr(ord(body[9]) ^ 1)
            db.execute("UPDATE egress SET body = ? WHERE id = ?", (body[:9] + flipped + body[10:], victim))
        assert ledger.breaks()


@pytest.fixture
def outward(monkeypatch):
    """Return what was looked up or connected to, by whatever part of the program; none of it is let through."""
    tried = []

    def look_up(host, *_, **__):
        tried.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "nobody of that name")

    def connect(_, address):
        tried.append(address)
        raise ConnectionRefusedError("nobody there")

    async def connect_soon(_, __, address):
        connect(None, address)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", connect_soon)
    return tried


async def test_nobody_is_looked_up_or_connected_to_before_a_yes(tmp_path, outward):
    """Five hundred replies, each to a question of its own, and a provider that has a name to be looked up."""
    talk = Talk(tmp_path, Provider())
    configure(talk, tmp_path, Config(cloud=CloudConfig(provider="own", url="https://cloud.example.org/v1", model="qwen-max")))
    for number, reply in enumerate(replies()):
        assert "cloud.example.org" in await talk.say(QUESTIONS[number % len(QUESTIONS)])
        await talk.say(reply)
    for number in range(100):
        await talk.say(QUESTIONS[number % len(QUESTIONS)])
        late = number % 2
        if late:
            talk.clock.advance(61)
        await talk.say(("yes", "好", "send it", "可以")[number % 4], own_voice=not late)
        await talk.say("never mind")
    assert number + 1 + len(replies()) == 500
    assert outward == []
    await talk.say(ASK)
    await talk.say("yes")
    assert outward  # an attempt is seen where there is one
    assert not talk.app.around.egress.ledger.breaks()
    assert len(talk.sent) == 1
    talk.app.close()


def configure(talk, home, config):
    """Open the conversation again with other settings."""
    talk.app.close()
    talk.app = open_app(Places(str(home)), config, talk.clock)


@pytest.mark.parametrize(
    ("limits", "calls"),
    [
        ({"requests_day": 5}, 5),
        ({"requests_month": 5, "requests_day": 0}, 5),
        ({"tokens_day": 400}, 6),
        ({"tokens_month": 400}, 6),
        ({"money_day": 0.5}, 6),
        ({"money_month": 0.5}, 6),
    ],
)
async def test_near_the_end_of_the_budget_it_is_said_once_and_at_the_end_nothing_is_sent(tmp_path, limits, calls):
    async with provider() as there:
        talk = Talk(tmp_path, there)
        cloud = CloudConfig(provider="own", url=there.url, model="qwen-max")
        configure(talk, tmp_path, Config(cloud=cloud, budget=BudgetConfig(**limits)))
        talk.app.around.egress.budget.prices = {"qwen-max": Price(1000.0, 2000.0, "USD", "2026-11-27")}
        said = []
        for _ in range(calls + 2):
            told = await talk.say(ASK)  # when nothing may be sent, that is said at once, and no yes is asked for
            said.append(await talk.say("yes") if talk.turn.asks else told)
        assert there.connections == calls
        assert sum("of the cloud's budget" in each for each in said) == 1
        assert all("used up" in each for each in said[calls:])
        talk.clock.advance(86_400 * (31 if any("month" in name and value for name, value in limits.items()) else 1))
        await talk.say(ASK)
        await talk.say("yes")
        assert there.connections == calls + 1
        talk.app.close()
