"""Calendars on a server, over real connections: changed on either side, offline, in conflict, with servers that misbehave."""

import asyncio
import io

import pytest

from assistant import wire
from assistant.app import open_app
from assistant.caldav import connection
from assistant.cli import main
from assistant.config import load_config
from assistant.errors import HarkError, WebCut, WebError, WebSilent
from assistant.keychain import Keychain
from assistant.vocabulary import Saying, Transcript
from tests.caldav_server import PASSWORD, USER, serving


@pytest.fixture
def server():
    with serving() as server:
        yield server


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def connected(own, server, monkeypatch, capsys):
    """Connect the calendar Work."""
    assert connect(monkeypatch, server.url, "--calendar", "Work") == 0
    capsys.readouterr()
    app = open_app()
    yield app
    app.close()


def connect(monkeypatch, url, *more, password=PASSWORD):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{USER}\n{password}\n"))
    return main(["calendar", "connect", url, *more])


async def say(app, *texts):
    said = ""
    for text in texts:
        events = [event async for event in app.brain.respond(Transcript(text, "en"))]
        said = " ".join(event.text for event in events if isinstance(event, Saying))
    return said


PUT = "put dentist in my calendar tomorrow at 3 pm"
CANCEL = ("remove dentist from my calendar", "yes")


def test_connecting_lists_the_calendars_and_keeps_the_password_apart(own, server, monkeypatch, capsys):
    server.put("work", "a", "Standup")
    assert connect(monkeypatch, server.url) == 0
    told = capsys.readouterr().out
    assert "Connected: Work, Home & more. New entries go to Work." in told
    assert ("PROPFIND", "/.well-known/caldav") in server.asked
    everything = b"".join(path.read_bytes() for path in own.rglob("*") if path.is_file() and path.name != "keys.json")
    assert PASSWORD.encode() not in everything + told.encode()
    assert Keychain(own).get(connection.SECRET) == PASSWORD
    assert main(["calendar"]) == 0
    assert "Work: 1 entries" in capsys.readouterr().out
    assert main(["calendar", "forget"]) == 0
    assert not list(own.rglob("*.ics"))
    assert "calendar" not in load_config(own / "config.toml").skill
    assert Keychain(own).get(connection.SECRET) == ""


@pytest.mark.parametrize(
    ("behaves", "password", "said"),
    [
        ("", "wrong", "status 401"),
        ("404", PASSWORD, "status 404"),
        ("garbage", PASSWORD, "no calendar server's answer"),
        ("entities", PASSWORD, "no calendar server's answer"),
        ("cut", PASSWORD, "broke off"),
        ("away", PASSWORD, "The password was not sent there"),
    ],
)
def test_what_does_not_work_changes_nothing(own, server, monkeypatch, capsys, behaves, password, said):
    server.behaves = behaves
    assert connect(monkeypatch, server.url, password=password) == 1
    assert said in capsys.readouterr().err
    assert not (own / "config.toml").exists()
    assert Keychain(own).get(connection.SECRET) == ""
    app = open_app()
    assert not app.around.egress.is_allowed("calendar")
    app.close()


def test_a_calendar_that_is_not_there_and_an_address_that_is_none(own, server, monkeypatch, capsys):
    assert connect(monkeypatch, server.url, "--calendar", "Tasks") == 1
    assert "There are: Work, Home & more." in capsys.readouterr().err
    assert connect(monkeypatch, "http://8.8.8.8/") == 1
    assert "without encryption" in capsys.readouterr().err
    assert connect(monkeypatch, f"http://ana:{PASSWORD}@127.0.0.1/") != 0
    assert PASSWORD not in capsys.readouterr().err


async def test_an_entry_goes_to_the_server_and_undo_takes_it_back_there(connected, server):
    await say(connected, PUT)
    assert server.titles() == []  # nothing is sent while somebody waits for an answer
    assert (await connected.calendars.sync()).sent == 1
    assert server.titles() == ["dentist"]
    await say(connected, "undo")
    await connected.calendars.sync()
    assert server.titles() == []


async def test_what_is_changed_there_is_told_here_and_can_be_cancelled(connected, server):
    server.put("work", "a", "Dentist", start="20991124T140000Z")
    outcome = await connected.calendars.sync()
    assert (outcome.sent, outcome.received) == (0, 1)
    server.put("work", "a", "Dentist")  # moved into the past
    server.put("work", "b", "Choir")
    assert (await connected.calendars.sync()).received == 2
    del server.entries["/dav/cal/ana/work/b.ics"]
    assert (await connected.calendars.sync()).received == 1
    assert (await connected.calendars.sync()).received == 0
    await say(connected, PUT)
    await connected.calendars.sync()
    assert "eleted" in await say(connected, *CANCEL)
    await connected.calendars.sync()
    assert server.titles() == ["Dentist"]
    await say(connected, "undo")
    await connected.calendars.sync()
    assert sorted(server.titles()) == ["Dentist", "dentist"]


@pytest.mark.parametrize(("behaves", "error"), [("503", WebError), ("cut", WebCut), ("slow", WebSilent), ("garbage", WebError)])
async def test_what_cannot_be_sent_waits_and_is_sent_later(connected, server, monkeypatch, behaves, error):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.3)
    await say(connected, PUT)
    server.behaves = behaves
    with pytest.raises(error):
        await connected.calendars.sync()
    server.behaves = ""
    monkeypatch.setattr(wire, "DEADLINE_S", 10)
    await connected.calendars.sync()
    assert server.titles() == ["dentist"]
    assert (await connected.calendars.sync()).sent == 0


async def test_where_both_have_changed_the_server_wins_and_it_is_told(connected, server):
    server.put("work", "a", "Dentist", start="20991124T140000Z")
    await connected.calendars.sync()
    [file] = (connected.places.data / "calendar").glob("dav-*/*.ics")
    file.write_bytes(file.read_bytes().replace(b"Dentist", b"Barber"))
    server.put("work", "a", "Doctor", start="20991124T140000Z")
    outcome = await connected.calendars.sync()
    assert (outcome.sent, outcome.overruled) == (0, 1)
    assert connection.overruled(outcome)[0].startswith("The calendar server has a newer version or does not allow the change (Barber)")
    assert server.titles() == ["Doctor"]
    assert b"SUMMARY:Doctor" in file.read_bytes()
    file.unlink()
    server.put("work", "a", "Surgeon")
    assert (await connected.calendars.sync()).overruled == 1
    assert b"SUMMARY:Surgeon" in file.read_bytes()


async def test_garbage_is_no_empty_calendar(connected, server):
    server.put("work", "a", "Dentist")
    await connected.calendars.sync()
    server.behaves = "garbage"
    with pytest.raises(WebError):
        await connected.calendars.sync()
    assert len(list((connected.places.data / "calendar").glob("dav-*/*.ics"))) == 1


async def test_a_calendar_that_may_only_be_read_stays_as_it_is(connected, server):
    server.behaves = "refuses"
    await say(connected, PUT)
    assert (await connected.calendars.sync()).overruled == 1
    assert not list((connected.places.data / "calendar").glob("dav-*/*.ics"))
    assert (await connected.calendars.sync()).overruled == 0


async def test_it_is_synced_beside_the_conversation(connected, server, monkeypatch):
    monkeypatch.setattr(connection, "LOOK_S", 0.05)
    told = []
    connected.renewal.tell = lambda en, zh: told.append(en)
    async with connected.thinking():
        await say(connected, PUT)
        async with asyncio.timeout(20):
            while server.titles() != ["dentist"]:
                await asyncio.sleep(0.02)
        assert not told


async def test_a_refused_password_is_told_once(connected, server):
    server.behaves = "401"
    told = []
    for _ in range(2):
        assert await connected.calendars._round(lambda en, zh: told.append(en))
    assert len(told) == 1
    assert "hark calendar connect" in told[0]


async def test_nothing_is_sent_when_the_permission_is_gone_and_everything_sent_is_in_the_ledger(connected, server):
    await say(connected, PUT)
    await connected.calendars.sync()
    rows = [str(dict(row)) for row in connected.store.rows("SELECT * FROM egress")]
    assert any("dentist" in row and "PUT http" in row for row in rows)
    assert not any(PASSWORD in row for row in rows)
    connected.around.egress.forbid("calendar")
    before = len(server.asked)
    with pytest.raises(HarkError):
        await connected.calendars.sync()
    assert len(server.asked) == before
