"""A session bus of one's own, and a player on it that really has a state."""

import contextlib
import os
import shutil
import subprocess

import pytest
from dbus_fast import PropertyAccess, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface, dbus_property, method

MPRIS = "org.mpris.MediaPlayer2."
PATH = "/org/mpris/MediaPlayer2"

needs_dbus = pytest.mark.skipif(
    shutil.which("dbus-daemon") is None and "CI" not in os.environ, reason="dbus-daemon is not installed (Debian: dbus)"
)


@contextlib.contextmanager
def bus_daemon(folder):
    """Give the environment of a session whose bus ends with the block."""
    config = folder / "session.conf"
    config.write_text(
        "<busconfig><type>session</type>"
        f"<listen>unix:path={folder}/bus</listen>"
        '<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy></busconfig>'
    )
    command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        try:
            address = daemon.stdout.readline().strip()
            yield {"DBUS_SESSION_BUS_ADDRESS": address, "PATH": os.environ["PATH"], "HOME": str(folder)}
        finally:
            daemon.terminate()


class Root(ServiceInterface):
    """What any player tells about itself."""

    def __init__(self, identity, schemes):
        super().__init__("org.mpris.MediaPlayer2")
        self.identity, self.schemes = identity, schemes

    @dbus_property(access=PropertyAccess.READ)
    def Identity(self) -> "s":  # noqa: F821, N802 -- D-Bus's own
        return self.identity

    @dbus_property(access=PropertyAccess.READ)
    def SupportedUriSchemes(self) -> "as":  # noqa: F722, N802 -- D-Bus's own
        return self.schemes


class Playing(ServiceInterface):
    """The player itself: a few songs, one of which plays."""

    def __init__(self, songs, state="Playing"):
        super().__init__("org.mpris.MediaPlayer2.Player")
        self.songs, self.state, self.at = songs, state, 0

    @dbus_property(access=PropertyAccess.READ)
    def PlaybackStatus(self) -> "s":  # noqa: F821, N802 -- D-Bus's own
        return self.state

    @dbus_property(access=PropertyAccess.READ)
    def Metadata(self) -> "a{sv}":  # noqa: F722, N802 -- D-Bus's own
        title, artist = self.songs[self.at]
        return {"xesam:title": Variant("s", title), "xesam:artist": Variant("as", [artist]), "xesam:album": Variant("s", "Live")}

    @dbus_property(access=PropertyAccess.READ)
    def CanGoNext(self) -> "b":  # noqa: F821, N802 -- D-Bus's own
        return self.at + 1 < len(self.songs)

    @dbus_property(access=PropertyAccess.READ)
    def CanGoPrevious(self) -> "b":  # noqa: F821, N802 -- D-Bus's own
        return self.at > 0

    @method()
    def Play(self):  # noqa: N802 -- D-Bus's own
        self.state = "Playing"

    @method()
    def Pause(self):  # noqa: N802 -- D-Bus's own
        self.state = "Paused"

    @method()
    def Next(self):  # noqa: N802 -- D-Bus's own
        self.at += 1

    @method()
    def Previous(self):  # noqa: N802 -- D-Bus's own
        self.at -= 1

    @method()
    def OpenUri(self, uri: "s"):  # noqa: F821, N802 -- D-Bus's own
        self.songs, self.at, self.state = [(uri, "")], 0, "Playing"


class Lists(ServiceInterface):
    """The player's playlists."""

    def __init__(self, player, lists):
        super().__init__("org.mpris.MediaPlayer2.Playlists")
        self.player, self.lists = player, lists

    @method()
    def GetPlaylists(self, index: "u", most: "u", order: "s", reverse: "b") -> "a(oss)":  # noqa: F821, N802 -- D-Bus's own
        return [[path, name, ""] for path, name in self.lists.items()]

    @method()
    def ActivatePlaylist(self, path: "o"):  # noqa: F821, N802 -- D-Bus's own
        self.player.songs, self.player.at, self.player.state = [(self.lists[path], "")], 0, "Playing"


class Locker(ServiceInterface):
    """A screen saver."""

    def __init__(self):
        super().__init__("org.gnome.ScreenSaver")
        self.locked = False

    @method()
    def Lock(self):  # noqa: N802 -- D-Bus's own
        self.locked = True


@contextlib.asynccontextmanager
async def on_bus(environment, name, *interfaces, path=PATH):
    """Serve interfaces under a name."""
    bus = await MessageBus(bus_address=environment["DBUS_SESSION_BUS_ADDRESS"]).connect()
    try:
        for interface in interfaces:
            bus.export(path, interface)
        await bus.request_name(name)
        yield bus
    finally:
        bus.disconnect()
        await bus.wait_for_disconnect()
