"""The broker: what is posted is byte for byte what the ledger has, is there before, goes nowhere else, and every fault has its name."""

import asyncio
import json
import sqlite3
import ssl
import subprocess
from datetime import UTC, datetime

import pytest

from assistant import wire
from assistant.clock import VirtualClock
from assistant.config import BudgetConfig, PrivacyConfig
from assistant.egress import Egress, shown
from assistant.errors import Offline, StoreError, WebCut, WebError, WebSilent
from assistant.store import Store, open_store
from tests.assistant.provider import events, providing

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
HERE = ("127.0.0.1",)


class World:
    def __init__(self, folder, **privacy):
        self.store = open_store(folder / "hark.db")
        self.egress = Egress(self.store, VirtualClock(NOW), PrivacyConfig(**privacy), BudgetConfig(requests_day=0))
        self.ledger = self.egress.ledger

    async def send(self, url, body=None, **more):
        more = {"hosts": HERE, "consent": "asked: yes", "token": "sk-secret-1", "deadline_s": 5.0} | more
        async with self.egress.stream("cloud", url, body or {"model": "m", "text": "你好"}, **more) as lines:
            return [line async for line in lines]


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.store.close()


async def test_an_answer_comes_line_by_line(world):
    async with providing(answer=events("你", "好")) as provider:
        lines = await world.send(provider.url)
    assert [json.loads(line[6:])["choices"][0]["delta"]["content"] for line in lines if b"{" in line] == ["你", "好"]
    assert lines[-2:] == [b"data: [DONE]", b""]


async def test_lines_are_whole_however_they_arrive(world):
    async with providing(answer=b"one\r\ntwo\n" + "三".encode()) as provider:
        assert await world.send(provider.url) == [b"one", b"two", "三".encode()]


async def test_three_hundred_sends_are_in_the_ledger_one_to_one_and_byte_by_byte(world):
    async with providing(answer=events("ok")) as provider:
        for number in range(300):
            await world.send(provider.url, {"model": "m", "messages": [{"role": "user", "content": f'第{number}个 "问题" \u2028 😀\n'}]})
    connections = world.ledger.connections()
    assert [each.body.encode() for each in connections] == provider.bodies
    assert len(provider.bodies) == 300
    assert all(each.sent_bytes == len(body) for each, body in zip(connections, provider.bodies, strict=True))
    assert {(each.purpose, each.host, each.consent, each.outcome, each.received_bytes) for each in connections} == {
        ("cloud", "127.0.0.1", "asked: yes", "ok", len(provider.answer))
    }
    assert world.ledger.breaks() == []


async def test_it_is_on_the_disk_before_it_leaves(world):
    seen = []

    def look(body):
        other = sqlite3.connect(world.store.path)
        seen.append(other.execute("SELECT body, outcome FROM egress").fetchall() == [(body.decode(), "")])
        other.close()

    async with providing(on_request=look) as provider:
        await world.send(provider.url)
    assert seen == [True]


async def test_what_cannot_be_written_down_is_not_sent(world, monkeypatch):
    async with providing() as provider:
        world.store.close()
        with pytest.raises(StoreError):
            await world.send(provider.url)
    assert provider.heads == []


async def test_without_a_disk_nothing_is_sent(tmp_path):
    store = Store(tmp_path / "hark.db", kept=False)
    egress = Egress(store, VirtualClock(NOW), PrivacyConfig(online_skills=("weather",)))
    async with providing() as provider:
        with pytest.raises(StoreError, match="cannot write down"):
            await egress.get("weather", provider.url)
    assert provider.heads == []
    store.close()


async def test_offline_refuses_everything(tmp_path):
    world = World(tmp_path, offline=True, online_skills=("weather",), online_voice=True)
    async with providing() as provider:
        with pytest.raises(Offline):
            await world.send(provider.url)
        with pytest.raises(Offline):
            await world.egress.get("weather", provider.url)
        with pytest.raises(Offline), world.egress.voice("speech.example", "Hello."):
            pytest.fail("spoken")
        with pytest.raises(Offline):
            async with world.egress.download(provider.url, 0, also=provider.url):
                pytest.fail("fetched")
    assert provider.heads == []
    assert world.ledger.export() == []
    world.store.close()


async def test_the_token_is_sent_and_never_kept(world, tmp_path):
    async with providing() as provider:
        await world.send(provider.url)
    assert "Authorization: Bearer sk-secret-1" in provider.heads[0]
    assert not any(b"sk-secret-1" in path.read_bytes() for path in tmp_path.iterdir())


async def test_a_body_with_the_token_in_it_is_refused(world):
    async with providing() as provider:
        with pytest.raises(Offline, match="access key"):
            await world.send(provider.url, {"text": "my key is sk-secret-1"})
    assert (provider.heads, world.ledger.export()) == ([], [])


@pytest.mark.parametrize(
    ("set_up", "error", "status", "outcome"),
    [
        ({"status": 401}, WebError, 401, "status 401"),
        ({"status": 402}, WebError, 402, "status 402"),
        ({"status": 429}, WebError, 429, "status 429"),
        ({"status": 500}, WebError, 500, "status 500"),
        ({"status": 303}, WebError, 303, "status 303"),
        ({"fault": "hang up"}, WebError, None, "unreachable"),
        ({"fault": "silence"}, WebSilent, None, "slow"),
        ({"fault": "stall"}, WebSilent, None, "slow"),
        ({"fault": "cut"}, WebCut, None, "cut"),
    ],
)
async def test_every_fault_has_its_error_and_its_outcome(world, set_up, error, status, outcome):
    async with providing(**set_up) as provider:
        with pytest.raises(WebError) as caught:
            await world.send(provider.url, deadline_s=0.3)
    assert (type(caught.value), caught.value.status) == (error, status)
    assert caught.value.chinese
    if status and status != 303:
        assert caught.value.body == provider.answer.decode()
    assert [each.outcome for each in world.ledger.connections()] == [outcome]


async def test_a_port_where_nobody_listens_is_unreachable(world):
    async with providing() as provider:
        pass
    with pytest.raises(WebError) as caught:
        await world.send(provider.url)
    assert caught.value.status is None
    assert world.ledger.connections()[0].outcome == "unreachable"


async def test_an_answer_without_end_is_given_up(world, monkeypatch):
    monkeypatch.setattr(wire, "LARGEST_BYTES", 1000)
    async with providing(answer=b"x" * 2000) as provider:
        with pytest.raises(WebError, match="too long"):
            await world.send(provider.url)
    assert world.ledger.connections()[0].outcome == "too long"


async def test_who_stops_listening_is_written_down_as_cancelled(world):
    async with providing(fault="stall") as provider:
        task = asyncio.create_task(world.send(provider.url))
        while not provider.heads:
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert world.ledger.connections()[0].outcome == "cancelled"


@pytest.mark.parametrize(
    ("url", "hosts"),
    [
        ("https://evil.example/v1", ("good.example",)),
        ("https://good.example.evil.example/v1", ("good.example",)),
        ("https://evilgood.example/v1", ("good.example",)),
        ("ftp://good.example/v1", ("good.example",)),
        ("file:///etc/passwd", ("",)),
    ],
)
async def test_it_goes_only_where_it_may(world, url, hosts):
    with pytest.raises(Offline, match="not where this may go"):
        await world.send(url, hosts=hosts)
    assert world.ledger.export() == []


async def test_without_encryption_it_stays_on_this_network(world):
    for url in ("http://192.0.2.7/v1", "http://[2001:4860::1]/v1"):
        with pytest.raises(WebError, match="not on this network"):
            await world.send(url, hosts=("192.0.2.7", "2001:4860::1"))
    assert wire.is_near("192.168.1.5")
    assert wire.is_near("::1")
    assert wire.is_near("fe80::1%eth0")
    assert not wire.is_near("8.8.8.8")
    assert not wire.is_near("0.0.0.0")  # noqa: S104 -- an address to refuse


async def test_a_name_that_leads_outside_is_not_connected_to_without_encryption(world, monkeypatch):
    async def outside(*_, **__):
        return [{"hostname": "here.example", "host": "8.8.8.8", "port": 80, "family": 2, "proto": 6, "flags": 0}]

    monkeypatch.setattr("aiohttp.ThreadedResolver.resolve", outside)
    with pytest.raises(WebError, match="not on this network"):
        await world.send("http://here.example/v1", hosts=("here.example",))


async def test_a_redirect_is_followed_inside_and_posts_the_same_body_again(world):
    async with providing() as end, providing(status=307) as start:
        start.headers["Location"] = end.url
        assert await world.send(start.url)
        assert end.bodies == start.bodies
    assert [each.outcome for each in world.ledger.connections()] == ["redirect", "ok"]
    assert world.ledger.connections()[1].request == f"POST {end.url}"


async def test_a_redirect_to_elsewhere_is_refused_and_no_name_is_looked_up(world, monkeypatch):
    monkeypatch.setattr("aiohttp.ThreadedResolver.resolve", lambda *_: pytest.fail("looked up"))
    async with providing(status=308, headers={"Location": "https://evil.example/"}) as provider:
        with pytest.raises(Offline, match=r"evil\.example"):
            await world.send(provider.url)
    assert len(world.ledger.connections()) == 1


async def test_the_token_goes_to_the_first_host_alone(world):
    async with providing() as end, providing(status=307) as start:
        start.headers["Location"] = end.url.replace("127.0.0.1", "localhost")
        await world.send(start.url, hosts=(*HERE, "localhost"))
    assert "Authorization" in start.heads[0]
    assert "Authorization" not in end.heads[0]


async def test_a_circle_ends(world):
    async with providing(status=307) as provider:
        provider.headers["Location"] = provider.url
        with pytest.raises(WebError, match="circle"):
            await world.send(provider.url)


async def test_a_websocket_does_not_follow_to_elsewhere(tmp_path):
    world = World(tmp_path, online_skills=("home",))
    async with providing(status=302, headers={"Location": "http://127.0.0.2:9/"}) as provider:
        with pytest.raises(Offline, match=r"127\.0\.0\.2"):
            async with world.egress.line("home", provider.url.replace("http", "ws", 1)):
                pytest.fail("connected")
    world.store.close()


async def test_no_proxy_of_the_environment_is_used(world, monkeypatch):
    async with providing() as provider, providing() as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.delenv("no_proxy", raising=False)
        await world.send(provider.url)
    assert (len(provider.heads), proxy.heads) == (1, [])


@pytest.fixture
def own_certificate(tmp_path):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
    subprocess.run([*made.split(), "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused(world, own_certificate):
    server = await asyncio.start_server(lambda reader, writer: writer.close(), "127.0.0.1", 0, ssl=own_certificate)
    async with server:
        with pytest.raises(WebError, match="certificate"):
            await world.send(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1")


@pytest.mark.parametrize(
    ("request_line", "kept"),
    [
        ("GET https://a.example/x?q=tea&api_key=abc&lang=en", "GET https://a.example/x?q=tea&api_key=...&lang=en"),
        ("GET https://a.example/x?access_token=a b c", "GET https://a.example/x?access_token=..."),
        ("GET https://me:pass@a.example/x", "GET https://...@a.example/x"),
        ("GET https://a.example/x?author=me&keyboard=us", "GET https://a.example/x?author=me&keyboard=us"),
    ],
)
def test_an_address_is_kept_without_what_opens_doors(request_line, kept):
    assert shown(request_line) == kept
