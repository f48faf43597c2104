"""The session bus, and what Hark asks there: players, the lock, pictures by the portal. The bus and who is on it are real."""

import os

import pytest
from dbus_fast import Message, Variant
from dbus_fast.service import ServiceInterface, method

from assistant.bus import session_bus
from assistant.desktops import screen
from assistant.errors import BusError
from assistant.music import mpris
from assistant.players import Playlist, Track
from assistant.services import CannotDo
from tests.session_bus import MPRIS, Lists, Locker, Playing, Root, bus_daemon, needs_dbus, on_bus

pytestmark = needs_dbus

SONGS = [("Blue Monday", "New Order"), ("Bizarre Love Triangle", "New Order")]


@pytest.fixture
def session(tmp_path):
    with bus_daemon(tmp_path) as environment:
        yield environment


async def test_who_is_there_and_what_is_missing_is_told(session):
    async with session_bus(session) as bus:
        assert "org.freedesktop.DBus" in await bus.names()
        with pytest.raises(BusError, match="nobody"):
            await bus.call("org.nobody", "/", "org.nobody", "Do")


@pytest.mark.parametrize("address", ["", "unix:path=/nowhere/bus", "tcp:host=example.org,port=1", "nonsense"])
async def test_without_a_session_bus_there_is_none(address):
    with pytest.raises(BusError, match="session bus"):
        async with session_bus({"DBUS_SESSION_BUS_ADDRESS": address}):
            pass
    assert await mpris.players({"DBUS_SESSION_BUS_ADDRESS": address}) == []


async def test_a_player_is_seen_paused_skipped_and_goes_on(session):
    player = Playing(SONGS)
    async with on_bus(session, f"{MPRIS}spotify", Root("Spotify", []), player):
        (found,) = await mpris.players(session)
        assert (found.name, found.state, found.track) == ("Spotify", "playing", Track("Blue Monday", "New Order", "Live"))
        assert found.can == {"pause", "resume", "next"}
        for command, state, at in (("pause", "Paused", 0), ("resume", "Playing", 0), ("next", "Playing", 1), ("previous", "Playing", 0)):
            await mpris.command(session, found.id, command)
            assert (player.state, player.at) == (state, at)
    assert await mpris.players(session) == []


async def test_a_player_that_is_gone_does_not_listen(session):
    with pytest.raises(CannotDo, match="spotify doesn't listen"):
        await mpris.command(session, f"{MPRIS}spotify", "pause")


async def test_a_player_without_metadata_and_one_that_answers_nothing_are_no_trouble(session):
    async with on_bus(session, f"{MPRIS}vlc", Root("", ["file"]), Playing([("", "")], "Stopped")):
        async with on_bus(session, f"{MPRIS}broken"), on_bus(session, f"{MPRIS}playerctld", Root("x", []), Playing(SONGS)):
            (found,) = await mpris.players(session)
    assert (found.name, found.state, found.track.title) == ("vlc", "stopped", "")
    assert "open" in found.can


async def test_harks_own_process_is_left_out(session):
    async with on_bus(session, f"{MPRIS}mpv", Root("mpv", []), Playing(SONGS)):
        assert await mpris.players(session, without=os.getpid()) == []
        assert len(await mpris.players(session, without=1)) == 1


async def test_a_players_playlists_are_told_and_played(session):
    player = Playing(SONGS)
    lists = Lists(player, {"/list/1": "Gym", "/list/2": "Party"})
    async with on_bus(session, f"{MPRIS}rhythmbox", Root("Rhythmbox", []), player, lists):
        async with on_bus(session, f"{MPRIS}firefox", Root("Firefox", []), Playing(SONGS)):
            found = await mpris.playlists(session)
            assert found == [Playlist("/list/1", "Gym", f"{MPRIS}rhythmbox"), Playlist("/list/2", "Party", f"{MPRIS}rhythmbox")]
            await mpris.start(session, found[1])
    assert player.songs == [("Party", "")]


async def test_a_player_is_given_a_file(session, tmp_path):
    player = Playing(SONGS)
    async with on_bus(session, f"{MPRIS}vlc", Root("VLC", ["file"]), player):
        await mpris.open_file(session, f"{MPRIS}vlc", str(tmp_path / "two words.mp3"))
    assert player.songs == [(f"file://{tmp_path}/two%20words.mp3", "")]


async def test_the_desktop_locks_its_own_screen(session):
    locker = Locker()
    async with on_bus(session, "org.gnome.ScreenSaver", locker, path="/org/gnome/ScreenSaver"):
        await screen.lock(session | {"DISPLAY": ":0"})
    assert locker.locked


class Portal(ServiceInterface):
    """Takes pictures, when it may."""

    def __init__(self, picture, code=0):
        super().__init__("org.freedesktop.portal.Screenshot")
        self.picture, self.code, self.bus = picture, code, None

    def note_asker(self, message):
        """Remember who asked: the answer goes to a path of theirs."""
        self.asker = (message.sender or "")[1:].replace(".", "_")

    @method()
    def Screenshot(self, parent: "s", options: "a{sv}") -> "o":  # noqa: F821, F722, N802 -- D-Bus's own
        handle = f"/org/freedesktop/portal/desktop/request/{self.asker}/{options['handle_token'].value}"
        body = [self.code, {"uri": Variant("s", self.picture.as_uri())}]
        self.bus.send(Message.new_signal(handle, "org.freedesktop.portal.Request", "Response", "ua{sv}", body))
        return handle


async def portal_picture(session, tmp_path, code):
    portal = Portal(tmp_path / "taken by the portal.png", code)
    portal.picture.write_bytes(b"picture")
    async with on_bus(session, screen.PORTAL, portal, path=screen.PORTAL_PATH) as portal.bus:
        portal.bus.add_message_handler(portal.note_asker)
        nothing_else = {"PATH": str(tmp_path), "WAYLAND_DISPLAY": "wayland-0"}
        await screen.photograph(tmp_path / "shot.png", session | nothing_else)


async def test_the_portal_takes_the_picture_where_no_tool_does(session, tmp_path):
    await portal_picture(session, tmp_path, 0)
    assert (tmp_path / "shot.png").read_bytes() == b"picture"


async def test_a_portal_that_may_not_says_so(session, tmp_path):
    with pytest.raises(CannotDo, match="did not allow"):
        await portal_picture(session, tmp_path, 1)
    assert not (tmp_path / "shot.png").exists()
