"""What plays on this machine: other programs' players, and Hark's own over the music folder."""

import asyncio
import hashlib
import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_music_dir

from assistant.music.mpv import Mpv
from assistant.players import OWN, Command, Player, Playlist, Queue, Tune
from assistant.services import CannotDo

LONGEST_SOCKET = 100
"""Bytes of a path that a socket can have; the system allows a few more."""

ORDER = {"playing": 0, "paused": 1, "stopped": 2}


class Music:
    """The players of this machine; a `Players`."""

    def __init__(self, data: Path, folder: str = "", environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> None:
        """Take Hark's folder and the music folder; empty means the user's own."""
        self.folder = str(Path(folder or user_music_dir()).expanduser())
        self.outlives = False
        """Whether what was started plays on when Hark ends: it does after a single turn."""
        self._data = data
        self._environment = environment
        self._is_free = platform not in {"darwin", "win32"}
        self._own = Mpv(socket_in(data), environment)

    async def all(self) -> list[Player]:
        """Return what plays or could go on."""
        own = await self._own.player()
        found = [own] if own else []
        if self._is_free:
            found += await others().players(self._environment, await self._own.number() if own else 0)
        return sorted(found, key=lambda player: (ORDER[player.state], not player.track.title))

    async def command(self, player: str, command: Command) -> None:
        """Tell a player."""
        if player == OWN:
            await self._own.command(command)
            return
        await others().command(self._environment, player, command)

    async def playlists(self) -> list[Playlist]:
        """Return the lists of the players that are there and of the music folder."""
        own: list[Playlist] = await asyncio.to_thread(in_folder(Path(self.folder), self._index).playlists)
        if not self._is_free:
            return own
        return [*own, *await others().playlists(self._environment)]

    async def start(self, playlist: Playlist) -> None:
        """Play a list."""
        if playlist.player == OWN:
            await self.play(Queue(playlist.paths))
            return
        await others().start(self._environment, playlist)

    async def tunes(self) -> list[Tune]:
        """Return what is in the music folder."""
        found: list[Tune] = await asyncio.to_thread(in_folder(Path(self.folder), self._index).tunes)
        return found

    async def queue(self) -> Queue | None:
        """Return what Hark's own player has before it."""
        return await self._own.queue()

    async def play(self, queue: Queue | None) -> None:
        """Have Hark's own player play this."""
        if sys.platform == "win32":
            raise CannotDo(en="I can't play music on Windows yet.", zh="Windows 上还不能放音乐。")
        await self._own.play(queue)

    async def open(self, player: str, path: str) -> None:
        """Have another program's player play a file."""
        await others().open_file(self._environment, player, path)

    def close(self) -> None:
        """End what was started, unless it is to outlive Hark."""
        if not self.outlives:
            self._own.close()

    @property
    def _index(self) -> Path:
        return self._data / "music.json"


def others() -> Any:
    """Return the module for other programs' players."""
    from assistant.music import mpris  # noqa: PLC0415 -- D-Bus takes 0.1 s, which few turns need

    return mpris


def in_folder(folder: Path, index: Path) -> Any:
    """Return the music folder."""
    from assistant.music.library import Library  # noqa: PLC0415 -- mutagen takes 0.05 s, which few turns need

    return Library(folder, index)


def socket_in(data: Path) -> Path:
    """Return where Hark's own player listens: in Hark's folder, or where that path is too long, in one of the user's own."""
    path = data.absolute() / "mpv.socket"
    if len(os.fsencode(path)) < LONGEST_SOCKET:
        return path
    name = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"hark-{name}.socket"
