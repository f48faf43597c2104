"""`hark home` as it is used."""

import asyncio
import io
import json
import threading

import pytest

from assistant.bench.house import House
from assistant.bench.house_server import TOKEN, serving
from assistant.cli import main
from assistant.config import load_config
from assistant.keychain import Keychain
from assistant.things import Thing

THINGS = (
    Thing("light.kitchen", ("Kitchen Light", "厨房灯"), ("Kitchen",), ("Ground Floor",), 0),
    Thing("cover.bedroom", ("Blind",), ("Bedroom",)),
)


@pytest.fixture
def server():
    """Serve a house from a thread of its own, as commands have an event loop of theirs."""
    started, ended, found = threading.Event(), asyncio.Event(), []

    async def serve():
        async with serving(House(THINGS)) as server:
            found.extend([server, asyncio.get_running_loop()])
            started.set()
            await ended.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    started.wait(10)
    yield found[0]
    found[1].call_soon_threadsafe(ended.set)
    thread.join()


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    monkeypatch.delenv("HASS_TOKEN", raising=False)
    return tmp_path


def connect(monkeypatch, url, token=TOKEN):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{token}\n"))
    return main(["home", "connect", url])


def test_connect_look_ask_and_forget(own, server, monkeypatch, capsys):
    assert connect(monkeypatch, server.url) == 0
    told = capsys.readouterr().out
    assert "Connected to Casa (Home Assistant 2026.11.2): 2 things in 2 rooms." in told
    assert 'hark ask "turn on Kitchen Light"' in told
    assert TOKEN not in told + (own / "config.toml").read_text()
    assert main(["home"]) == 0
    told = capsys.readouterr().out
    assert "Kitchen · Ground Floor" in told
    assert "厨房灯" in told
    assert main(["home", "--json"]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == ["light.kitchen", "cover.bedroom"]
    assert main(["ask", "turn on the kitchen light"]) == 0
    assert capsys.readouterr().out == "Turned on Kitchen Light.\n"
    assert server.house.state("light.kitchen") == "on"
    assert main(["home", "forget"]) == 0
    assert (load_config(own / "config.toml").skill, Keychain(own).get("home-assistant")) == ({}, "")
    capsys.readouterr()
    assert main(["ask", "turn off the kitchen light"]) == 1
    assert "hark home connect" in capsys.readouterr().out


def test_a_wrong_token_changes_nothing(own, server, monkeypatch, capsys):
    assert connect(monkeypatch, server.url, "wrong") == 1
    assert "doesn't accept the access token" in capsys.readouterr().err
    assert not (own / "config.toml").exists()
    assert not (own / "keys.json").exists()
    asked = len(server.requests)
    assert main(["home"]) == 1
    assert "No house is connected" in capsys.readouterr().err
    assert len(server.requests) == asked


def test_a_wrong_token_leaves_the_house_that_is_connected(own, server, monkeypatch, capsys):
    connect(monkeypatch, server.url)
    assert connect(monkeypatch, server.url, "wrong") == 1
    capsys.readouterr()
    assert main(["home"]) == 0


@pytest.mark.parametrize("token", ["", "two words", "令牌"])
def test_what_can_be_no_token_is_told_before_anything_is_sent(own, server, monkeypatch, capsys, token):
    assert connect(monkeypatch, server.url, token) == 1
    assert "That is no access token" in capsys.readouterr().err
    assert server.requests == []


def test_an_address_that_is_none(own, monkeypatch, capsys):
    assert connect(monkeypatch, "ftp://house") == 1
    assert "is no web address" in capsys.readouterr().err


def test_the_environment_has_the_token(own, server, monkeypatch, capsys):
    connect(monkeypatch, server.url)
    monkeypatch.setenv("HASS_TOKEN", "wrong")
    capsys.readouterr()
    assert main(["home"]) == 1
    assert "doesn't accept" in capsys.readouterr().err


def test_the_address_stands_beside_other_settings(own, server, monkeypatch):
    (own / "config.toml").write_text('# mine\n[skill.weather]\nplace = "Oslo"\n\n[wake]\nneeded = false\n')
    assert connect(monkeypatch, server.url) == 0
    config = load_config(own / "config.toml")
    assert (config.skill["home"]["url"], config.skill["weather"]["place"], config.wake.needed) == (server.url, "Oslo", False)
    assert (own / "config.toml").read_text().startswith("# mine\n")
    assert main(["home", "forget"]) == 0
    assert load_config(own / "config.toml").skill == {"weather": {"place": "Oslo"}}
