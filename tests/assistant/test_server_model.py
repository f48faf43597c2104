"""A language model on a server of the user's own, over real sockets, and every way in which such a server fails."""

import asyncio
import json
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, LlmConfig, Places, PrivacyConfig
from assistant.egress import Egress
from assistant.errors import ConfigError, ModelTrouble, Offline
from assistant.keychain import Keychain
from assistant.reasoning import choice
from assistant.reasoning import server as module
from assistant.reasoning.address import address_of
from assistant.reasoning.calls import END, form
from assistant.reasoning.choice import on_server
from assistant.reasoning.question import Cost
from assistant.reasoning.reasoner import toolbox
from assistant.reasoning.served import found_at
from assistant.reasoning.server import ServerModel
from assistant.store import open_store
from tests.assistant.llm_server import Server, serving

CALL = '{"name": "timer.start", "arguments": {"duration": "ten minutes"}}'
ASKED = [["user", "ten minutes please"]]


class World:
    """The broker, and models asked through it."""

    def __init__(self, folder, **privacy):
        self.store = open_store(folder / "hark.db")
        self.egress = Egress(self.store, VirtualClock(datetime(2026, 11, 24, tzinfo=UTC)), PrivacyConfig(**privacy))
        self.keychain = Keychain(folder)

    def model(self, server, name="qwen2.5:7b"):
        return on_server(LlmConfig(url=server.url, model=name), self.egress, self.keychain)

    @property
    def recorded(self):
        return self.store.rows("SELECT host, body FROM egress")


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.delenv("HARK_LLM_KEY", raising=False)
    world = World(tmp_path)
    yield world
    world.store.close()


async def written(model, cost=None, limit=50):
    async with aclosing(model.write("Be kind.", [["user", "hello"]], limit, cost or Cost())) as pieces:
        return "".join([piece async for piece in pieces])


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    app = open_app(Places(str(tmp_path_factory.mktemp("home"))), Config())
    yield form(toolbox(app.understanding.actions, "timer.start"))
    app.close()


async def test_an_answer_comes_piece_by_piece_with_what_it_cost(world):
    async with serving(Server("It is a fine day, 真的很好。")) as server:
        cost = Cost()
        assert await written(world.model(server), cost) == "It is a fine day, 真的很好。"
    assert (cost.read, cost.of) == (20, 50)
    asked = server.bodies[0]
    assert asked["messages"] == [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "hello"}]
    assert asked["max_tokens"] == 50
    assert asked["stream"] is True


async def test_the_first_piece_is_there_before_the_last_is_written(world):
    async with serving(Server("one two three four five six")) as server:
        server.slow.clear()
        async with aclosing(world.model(server).write("", [["user", "count"]], 50, Cost())) as pieces:
            assert await anext(pieces) == "one two"
            server.slow.set()
            assert "".join([piece async for piece in pieces]) == " three four five six"


async def test_leaving_in_the_middle_closes_the_connection(world):
    async with serving(Server("one two three four five six")) as server:
        server.slow.clear()
        async with aclosing(world.model(server).write("", [["user", "count"]], 50, Cost())) as pieces:
            await anext(pieces)
        async with asyncio.timeout(10):
            await server.gone.wait()


async def test_a_server_that_says_nothing_for_too_long_is_given_up(world, monkeypatch):
    monkeypatch.setattr(module, "DEADLINE_S", 0.1)
    async with serving(Server("one two three four")) as server:
        server.slow.clear()
        with pytest.raises(ModelTrouble, match=r"said nothing for 0\.1 seconds"):
            await written(world.model(server))
        async with asyncio.timeout(10):
            await server.gone.wait()


@pytest.mark.parametrize("pieces", [0, 2])
async def test_an_answer_that_breaks_off_is_told(world, pieces):
    async with serving(Server("one two three four five six")) as server:
        server.cut_after = pieces
        with pytest.raises(ModelTrouble, match=r"127\.0\.0\.1"):
            await written(world.model(server))


@pytest.mark.parametrize("garbage", [b"<html>hello</html>", b"data: {oops\n\n", b"data: [1]\n\n", b"\xff\xfe\x00", b"", b"data: {}\n\n"])
async def test_what_is_no_answer_is_told(world, garbage):
    async with serving(Server("x")) as server:
        server.garbage = garbage or b"\n"
        with pytest.raises(ModelTrouble, match="no OpenAI-compatible server"):
            await written(world.model(server))


async def test_a_fault_in_the_middle_of_the_stream_is_told_in_the_servers_words(world):
    async with serving(Server("x")) as server:
        server.garbage = b'data: {"error": {"message": "CUDA out of memory"}}\n\n'
        with pytest.raises(ModelTrouble, match="CUDA out of memory"):
            await written(world.model(server))


@pytest.mark.parametrize(
    ("status", "words"),
    [(500, "status 500: out of memory"), (401, "--key"), (404, "has no model 'qwen2.5:7b'"), (429, "busy"), (503, "busy"), (418, "418")],
)
async def test_each_refusal_is_one_sentence(world, status, words):
    async with serving(Server("x")) as server:
        server.status = status
        with pytest.raises(ModelTrouble, match=words):
            await written(world.model(server))


async def test_a_model_the_server_has_not_is_told(world):
    async with serving(Server("x")) as server:
        with pytest.raises(ModelTrouble, match="has no model 'llama'"):
            await written(world.model(server, "llama"))


async def test_a_server_that_is_not_there_is_told(world):
    async with serving(Server("x")) as server:
        gone = world.model(server)
    with pytest.raises(ModelTrouble, match="cannot be reached"):
        await written(gone)


async def test_the_key_is_sent_and_a_wrong_one_told(world, monkeypatch):
    async with serving(Server("Welcome.", key="abc")) as server:
        world.keychain.put("llm-server", "abc")
        assert await written(world.model(server)) == "Welcome."
        monkeypatch.setenv("HARK_LLM_KEY", "abd")
        with pytest.raises(ModelTrouble, match="another key"):
            await written(world.model(server))


async def test_what_stays_on_this_machine_is_not_recorded_and_works_offline(tmp_path):
    world = World(tmp_path, offline=True)
    async with serving(Server("Still here.")) as server:
        assert await written(world.model(server)) == "Still here."
        assert (await found_at(world.egress, server.url, ""))[1] == ["qwen2.5:7b"]
    assert not world.recorded
    world.store.close()


async def test_what_goes_to_another_machine_is_recorded_word_for_word_and_not_sent_offline(tmp_path, monkeypatch):
    monkeypatch.setattr(choice, "is_this_machine", lambda _: False)
    world = World(tmp_path)
    async with serving(Server("From next door.", key="s3cret-key")) as server:
        world.keychain.put("llm-server", "s3cret-key")
        assert await written(world.model(server)) == "From next door."
        sent = [row for row in world.recorded if row["body"]]
        assert json.loads(sent[0]["body"]) == server.bodies[0]
        assert not any("s3cret" in str(value) for row in world.recorded for value in dict(row).values())
        world.egress._privacy = PrivacyConfig(offline=True)
        with pytest.raises(Offline):
            await written(world.model(server))
    assert len(server.bodies) == 1
    world.store.close()


async def test_this_machine_is_nobody_elses_name(world):
    with pytest.raises(Offline, match="is not this machine"):
        async with world.egress.here("http://192.168.1.5/v1/chat/completions", {}, deadline_s=1):
            pass


async def test_a_server_that_cannot_stream_answers_all_the_same(world):
    async with serving(Server("All at once.")) as server:
        server.whole = True
        assert await written(world.model(server)) == "All at once."


async def test_what_a_server_does_not_know_is_left_out_from_then_on(world, sheet):
    async with serving(Server(CALL)) as server:
        server.refuses = {"stream_options", "response_format", "chat_template_kwargs"}
        model = world.model(server)
        assert await model.fill_in("Call a tool.", ASKED, sheet, "", Cost()) == CALL + END
        assert await model.fill_in("Call a tool.", ASKED, sheet, "", Cost()) == CALL + END
    assert len(server.bodies) == 3
    assert "response_format" in server.bodies[0]
    assert not server.refuses & (server.bodies[1].keys() | server.bodies[2].keys())


async def test_a_call_is_asked_for_with_its_schema(world, sheet):
    async with serving(Server(f"<think>Ten minutes.</think>{CALL}")) as server:
        cost = Cost()
        assert await world.model(server).fill_in("Call a tool.", ASKED, sheet, "", cost) == CALL + END
    asked = server.bodies[0]
    names = [each["properties"]["name"]["const"] for each in asked["response_format"]["json_schema"]["schema"]["anyOf"]]
    assert {"timer.start", "none"} <= set(names)
    assert asked["temperature"] == 0
    assert cost.of == 50


async def test_a_call_that_is_none_is_asked_for_once_more_with_what_is_wrong(world, sheet):
    async with serving(Server('{"name": "timer.boil", "arguments": {}}', CALL)) as server:
        assert await world.model(server).fill_in("Call a tool.", ASKED, sheet, "", Cost()) == CALL + END
    again = server.bodies[1]["messages"]
    assert again[-2]["content"] == '{"name": "timer.boil", "arguments": {}}'
    assert "must be one of: timer" in again[-1]["content"]


async def test_a_model_that_cannot_be_kept_to_the_form_has_called_nothing(world, sheet):
    async with serving(Server("I'd rather talk.")) as server:
        said = await world.model(server).fill_in("Call a tool.", ASKED, sheet, "", Cost())
    assert json.loads(said.removesuffix(END)) == {"name": "none", "arguments": {}}
    assert len(server.bodies) == 2


async def test_words_still_being_spoken_are_not_sent(world):
    async with serving(Server("x")) as server:
        await world.model(server).prefill("", [["user", "my secret is"]])
        assert not server.bodies
        await world.model(server).start()
        assert server.bodies[0]["max_tokens"] == 1


def resolving(addresses):
    async def resolve(host):
        return list(addresses)

    return resolve


async def test_a_server_in_the_cloud_is_sent_nothing():
    def nobody(sent):
        raise AssertionError(sent.url)

    model = ServerModel(nobody, address_of("https://llm.example.org/v1"), "x", str, 0.7, resolving(["93.184.216.34"]))
    with pytest.raises(ModelTrouble, match="hark cloud"):
        await written(model)


async def test_a_name_that_moves_away_is_noticed_at_the_next_question(world):
    addresses = ["127.0.0.1"]

    async def resolve(host):
        return list(addresses)

    async with serving(Server("Here.")) as server:
        model = world.model(server)
        model._resolve = resolve
        assert await written(model) == "Here."
        addresses[0] = "93.184.216.34"
        with pytest.raises(ModelTrouble, match="it is the cloud"):
            await written(model)
    assert len(server.bodies) == 1


async def test_a_servers_models_are_found_with_and_without_the_end_of_its_address(world):
    async with serving(Server(models=("a", "b"))) as server:
        for given in (server.url, server.url.removesuffix("/v1"), f"{server.url}/chat/completions"):
            address, models = await found_at(world.egress, given, "")
            assert (address.url, models) == (server.url, ["a", "b"])
        server.status = 401
        with pytest.raises(ModelTrouble, match="another key"):
            await found_at(world.egress, server.url, "")
    with pytest.raises(ModelTrouble, match="cannot be reached"):
        await found_at(world.egress, server.url, "")
    with pytest.raises(ModelTrouble, match="hark cloud"):
        await found_at(world.egress, "https://llm.example.org", "", resolving(["93.184.216.34"]))


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("http://localhost:11434/v1/", "http://localhost:11434/v1"),
        ("http://192.168.1.5:8000/v1/chat/completions", "http://192.168.1.5:8000/v1"),
        ("https://gpu.local/v1/models", "https://gpu.local/v1"),
        ("http://[fd12::1]:8080", "http://[fd12::1]:8080"),
    ],
)
def test_addresses_are_taken_as_people_have_them(given, url):
    assert address_of(given).url == url


@pytest.mark.parametrize(
    "given", ["", "localhost", "ftp://localhost/v1", "http://", "http://a b/", "http://x:99999/", "http://x/?key=1", "http://me:secret@x/"]
)
def test_what_is_no_address_is_told(given):
    with pytest.raises(ConfigError):
        address_of(given)
