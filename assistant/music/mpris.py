"""Other programs' players on a free desktop: the Media Player Remote Interfacing Specification 2.2 (MPRIS)."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from assistant.bus import Bus, session_bus
from assistant.errors import BusError
from assistant.players import Command, Player, Playlist, Track
from assistant.services import CannotDo

PREFIX = "org.mpris.MediaPlayer2."
PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
LISTS = "org.mpris.MediaPlayer2.Playlists"

PROXY = "org.mpris.MediaPlayer2.playerctld"
"""Stands for another player that is told anyway."""

METHODS: Mapping[Command, str] = {"pause": "Pause", "resume": "Play", "next": "Next", "previous": "Previous"}
ABILITIES = {"pause": "CanPause", "resume": "CanPlay", "next": "CanGoNext", "previous": "CanGoPrevious"}
STATES: Mapping[str, Any] = {"Playing": "playing", "Paused": "paused"}

MOST_LISTS = 500
"""Playlists asked of a player."""


async def players(environment: Mapping[str, str], without: int = 0) -> list[Player]:
    """Return the players that are there, without that of a process; none where there is no session bus."""
    with contextlib.suppress(BusError):
        async with session_bus(environment) as bus:
            return [player for name in await names(bus) if (player := await player_of(bus, name, without))]
    return []


async def names(bus: Bus) -> list[str]:
    """Return the players' names on the bus. Raises BusError."""
    return sorted(name for name in await bus.names() if name.startswith(PREFIX) and name != PROXY)


async def player_of(bus: Bus, name: str, without: int) -> Player | None:
    """Return what a player does; None when it does not answer, or is of a process that is meant to be left out."""
    try:
        if without and await bus.process_of(name) == without:
            return None
        of_root, of_player = await bus.properties(name, PATH, ROOT), await bus.properties(name, PATH, PLAYER)
    except BusError:
        return None  # it is just ending, or hangs: either way nothing can be played with it
    able = {command for command, key in ABILITIES.items() if of_player.get("CanControl", True) and of_player.get(key, True)}
    opens = {"open"} if "file" in of_root.get("SupportedUriSchemes", ()) else set()
    state = STATES.get(of_player.get("PlaybackStatus", ""), "stopped")
    identity = of_root.get("Identity") or name.removeprefix(PREFIX).partition(".")[0]
    return Player(name, str(identity), state, track_of(of_player.get("Metadata", {})), frozenset(able | opens))


def track_of(said: Mapping[str, Any]) -> Track:
    """Return what is played, from MPRIS metadata; programs take its types lightly."""
    artists = said.get("xesam:artist") or said.get("xesam:albumArtist") or ()
    artist = artists if isinstance(artists, str) else ", ".join(str(each) for each in artists if each)
    return Track(str(said.get("xesam:title") or ""), artist, str(said.get("xesam:album") or ""))


async def command(environment: Mapping[str, str], player: str, what: Command) -> None:
    """Tell a player. Raises CannotDo when it does not listen."""
    await told(environment, player, PLAYER, METHODS[what])


async def open_file(environment: Mapping[str, str], player: str, path: str) -> None:
    """Have a player play a file. Raises CannotDo when it does not listen."""
    await told(environment, player, PLAYER, "OpenUri", "s", Path(path).as_uri())


async def playlists(environment: Mapping[str, str]) -> list[Playlist]:
    """Return the players' playlists."""
    found: list[Playlist] = []
    with contextlib.suppress(BusError):
        async with session_bus(environment) as bus:
            for name in await names(bus):
                with contextlib.suppress(BusError):  # most players have none
                    rows = await bus.call(name, PATH, LISTS, "GetPlaylists", "uusb", 0, MOST_LISTS, "Alphabetical", False)
                    found += [Playlist(row[0], row[1], name) for row in rows]
    return found


async def start(environment: Mapping[str, str], playlist: Playlist) -> None:
    """Play a playlist. Raises CannotDo when its player does not listen."""
    await told(environment, playlist.player, LISTS, "ActivatePlaylist", "o", playlist.id)


async def told(environment: Mapping[str, str], player: str, interface: str, member: str, signature: str = "", *body: Any) -> None:
    """Call a player. Raises CannotDo when it does not listen."""
    try:
        async with session_bus(environment) as bus:
            await bus.call(player, PATH, interface, member, signature, *body)
    except BusError as error:
        name = player.removeprefix(PREFIX).partition(".")[0]
        raise CannotDo(en=f"The player {name} doesn't listen to me.", zh=f"播放器 {name} 没有反应。") from error
