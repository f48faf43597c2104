"""A house behind Home Assistant: over a real connection, to a stand-in that keeps real state."""

import asyncio
from datetime import UTC, datetime

import pytest

from assistant import wire
from assistant.bench.home import connected_app, say
from assistant.bench.house import House
from assistant.bench.house_server import serving
from assistant.clock import VirtualClock
from assistant.config import PrivacyConfig
from assistant.egress import Egress
from assistant.errors import ConfigError, NotAllowed
from assistant.house.api import Api
from assistant.house.connected import KEPT_S, ConnectedHouse
from assistant.house.connection import address, connected_house
from assistant.house.registry import Registry, read, things_of
from assistant.keychain import Keychain
from assistant.services import CannotDo, NoHouse
from assistant.store import open_store
from assistant.things import Thing

THINGS = (
    Thing(
        "light.kitchen", ("Kitchen Light", "厨房灯"), ("Kitchen", "厨房"), ("Ground Floor", "downstairs"), 0, attributes={"brightness": 10}
    ),
    Thing("light.bedroom", ("Bedroom Light",), ("Bedroom",), ("First Floor",), 1),
    Thing("lock.front", ("Front Door",)),
)


class World:
    """A store, a clock and a broker."""

    def __init__(self, folder, *, allowed=True, **privacy):
        self.store = open_store(folder / "hark.db")
        self.clock = VirtualClock(datetime(2026, 11, 24, 9, tzinfo=UTC))
        self.egress = Egress(self.store, self.clock, PrivacyConfig(online_skills=("home",) if allowed else (), **privacy))

    def house(self, server, token=None):
        return ConnectedHouse(Api(self.egress, server.url, lambda: server.token if token is None else token), self.clock)

    def sent(self):
        return [f"{each.request} {each.body}".strip() for each in self.egress.ledger.connections()]


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.store.close()


async def test_things_have_names_rooms_floors_and_their_state(world):
    async with serving(House(THINGS)) as server:
        light, bedroom, lock = await world.house(server).things()
    assert (light.id, light.names, light.areas) == ("light.kitchen", ("Kitchen Light", "厨房灯"), ("Kitchen", "厨房"))
    assert (light.floors, light.level, light.state) == (("Ground Floor", "downstairs"), 0, "off")
    assert (bedroom.areas, bedroom.floors, bedroom.level) == (("Bedroom",), ("First Floor",), 1)
    assert (lock.areas, lock.state) == ((), "locked")


async def test_a_service_changes_the_house_and_the_next_look_sees_it(world):
    async with serving(House(THINGS)) as server:
        house = world.house(server)
        await house.call("light.turn_on", ["light.kitchen"], brightness_pct=40)
        assert server.house.calls == [("light.turn_on", ("light.kitchen",), {"brightness_pct": 40})]
        light = (await house.things())[0]
    assert (light.state, light.attributes["brightness"]) == ("on", 102)


async def test_names_are_kept_for_a_while_and_states_are_not(world):
    async with serving(House(THINGS)) as server:
        house = world.house(server)
        for _ in range(3):
            await house.things()
        assert server.requests.count("/api/websocket") == 1
        await house.things(anew=True)
        assert server.requests.count("/api/websocket") == 2
        world.clock.advance(KEPT_S + 1)
        await house.things()
        assert server.requests.count("/api/websocket") == 3
        assert server.requests.count("/api/states") == 5


async def test_a_new_device_is_known_at_once(world):
    async with serving(House(THINGS[:1])) as server:
        house = world.house(server)
        assert len(await house.things()) == 1
        server.house = House(THINGS)
        server.things = list(THINGS)
        assert (await house.things())[1].areas == ("Bedroom",)


async def test_what_is_not_meant_to_be_spoken_to_is_left_out(world):
    things = (*THINGS, Thing("update.core", ("Core Update",)), Thing("switch.led", ("Status LED",)), Thing("switch.secret", ("Secret",)))
    async with serving(House(things)) as server:
        server.entries = {"switch.led": {"entity_category": "config"}}
        server.unexposed = {"switch.secret"}
        assert [thing.id for thing in await world.house(server).things()] == [thing.id for thing in THINGS]


async def test_a_renamed_thing_keeps_its_first_name_too(world):
    async with serving(House(THINGS[:1])) as server:
        server.entries = {"light.kitchen": {"name": "Cooking lamp"}}
        assert (await world.house(server).things())[0].names == ("Cooking lamp", "Kitchen Light", "厨房灯")


async def test_everything_is_recorded_and_the_token_never(world):
    async with serving(House(THINGS)) as server:
        house = world.house(server)
        await house.things()
        await house.call("light.turn_off", ["light.kitchen"])
    assert world.sent()[0] == f"GET {server.url}/api/states"
    assert world.sent()[-1] == f'POST {server.url}/api/services/light/turn_off {{"entity_id": ["light.kitchen"]}}'
    assert any("config/area_registry/list" in body for body in world.sent())
    assert not any(server.token in body for body in world.sent())


async def test_nothing_is_sent_before_the_user_allows_it(tmp_path):
    world = World(tmp_path, allowed=False)
    async with serving(House(THINGS)) as server:
        house = world.house(server)
        with pytest.raises(NotAllowed):
            await house.things()
        with pytest.raises(NotAllowed):
            await house.call("light.turn_on", ["light.kitchen"])
        assert server.requests == []
    assert world.sent() == []
    world.store.close()


async def test_offline_is_offline(tmp_path):
    world = World(tmp_path, offline=True)
    async with serving(House(THINGS)) as server:
        with pytest.raises(CannotDo, match="I'm offline"):
            await world.house(server).things()
        assert server.requests == []
    world.store.close()


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        ({"/api/states": 500}, "Home Assistant refused that: Something went wrong."),
        ({"/api/states": 403}, "refuses this machine"),
        ({"/api/states": "<html>a router</html>"}, "no JSON"),
        ({"/api/states": '{"not": "a list"}'}, "no Home Assistant"),
        ({"/api/websocket": 404}, "with status 404"),
        ({"/api/websocket": "plain text"}, "no Home Assistant"),
        ({"/api/states": 301}, "no Home Assistant"),
        ({"/api/states": "silence"}, "did not answer within"),
        ({"/api/websocket": "silence"}, "did not answer within"),
        ({"/api/services": 400}, ""),
    ],
)
async def test_each_fault_has_its_sentence_in_both_languages(world, monkeypatch, faults, said):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.2)
    async with serving(House(THINGS)) as server:
        server.faults = faults
        with pytest.raises(CannotDo) as caught:
            await (world.house(server).things() if said else world.house(server).call("light.turn_on", ["light.kitchen"]))
    assert said in caught.value.en
    assert caught.value.zh.isascii() is False


async def test_a_service_that_takes_too_long_is_not_called_done(world, monkeypatch):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.2)
    async with serving(House(THINGS)) as server:
        server.faults = {"/api/services": "silence"}
        with pytest.raises(CannotDo, match="has not said whether it was done"):
            await world.house(server).call("light.turn_on", ["light.kitchen"])


@pytest.mark.parametrize("token", ["wrong", ""])
async def test_a_token_that_is_wrong_or_gone_says_how_to_get_a_new_one(world, token):
    async with serving(House(THINGS)) as server:
        house = world.house(server, token)
        for request in (house.things(), house.call("light.turn_on", ["light.kitchen"]), house.api.registries([{"type": "x"}])):
            with pytest.raises(CannotDo, match="hark home connect"):
                await request


async def test_a_house_that_is_switched_off_cannot_be_reached(world):
    async with serving(House(THINGS)) as server:
        pass
    with pytest.raises(CannotDo, match="I can't reach Home Assistant"):
        await world.house(server).things()


def test_registries_that_are_garbage_leave_the_states_usable():
    registry = read([None, "x", [1], {"a": 1}, []], {})
    assert registry == Registry()
    assert [thing.name for thing in things_of([{"entity_id": "light.a", "state": "on"}, {"state": "?"}], registry)] == ["a"]


async def test_a_conversation_switches_real_lights_and_takes_it_back(tmp_path):
    async with serving(House(THINGS)) as server:
        app = connected_app(server, tmp_path)
        try:
            assert (await say(app, "turn on the kitchen light", "en")).said == "Turned on Kitchen Light."
            assert server.house.state("light.kitchen") == "on"
            assert (await say(app, "把厨房灯关掉", "zh")).said.startswith("关掉了")
            assert server.house.state("light.kitchen") == "off"
            await say(app, "undo", "en")
            assert server.house.state("light.kitchen") == "on"
            asked = await say(app, "unlock the front door", "en")
            assert (asked.asks, server.house.state("lock.front")) == ("yes", "locked")
            server.faults = {"/api/services": 500}
            failed = await say(app, "yes", "en")
            assert "refused" in failed.said
            assert failed.outcome == "failed"
        finally:
            app.close()


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("homeassistant.local", "http://homeassistant.local:8123"),
        (" 192.168.1.20 ", "http://192.168.1.20:8123"),
        ("192.168.1.20:80", "http://192.168.1.20:80"),
        ("https://home.example.org/lovelace/0", "https://home.example.org"),
        ("http://[fe80::1]:8123", "http://[fe80::1]:8123"),
    ],
)
def test_an_address_is_completed(given, meant):
    assert address(given) == meant


@pytest.mark.parametrize("given", ["", "ftp://house", "http://", "house:port", "my house"])
def test_what_is_no_address_is_told(given):
    with pytest.raises(ConfigError, match="is no web address"):
        address(given)


async def test_without_an_address_there_is_no_house(world, tmp_path):
    house = connected_house({}, Keychain(tmp_path), world.egress, world.clock)
    assert isinstance(house, NoHouse)
    with pytest.raises(CannotDo, match="hark home connect"):
        await house.things()


async def test_two_looks_at_once_are_fine(world):
    async with serving(House(THINGS)) as server:
        house = world.house(server)
        first, second = await asyncio.gather(house.things(), house.things())
    assert first == second
