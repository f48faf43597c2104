"""Hark's own player: an mpv without a window, told what to do over its socket.

https://mpv.io/manual/stable/#json-ipc. It reads no configuration, runs no scripts and opens no address: it is given files.
"""

import asyncio
import contextlib
import json
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

from assistant.players import OWN, Player, Queue, Track
from assistant.services import CannotDo

OPTIONS = (
    *("--no-config", "--no-video", "--no-terminal", "--audio-display=no", "--ytdl=no", "--load-scripts=no", "--idle=once"),
    *("--force-window=no", "--gapless-audio=weak", "--input-media-keys=no", "--title=Hark", "--volume=100"),
)

START_S = 3.0
"""Seconds until it listens, and until the first file plays."""

ANSWER_S = 2.0
"""Seconds; it answers within milliseconds unless it hangs."""

LOOK_S = 0.02
"""Seconds between two looks."""

LONGEST_LINE = 2**22
"""Bytes of one answer: a queue of some thousand paths."""


class NoAnswer(Exception):
    """Nobody listens at the socket, or what was asked for is not there."""


class Connection:
    """A conversation with one mpv."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the socket's two ends."""
        self._reader, self._writer = reader, writer
        self._last = 0

    async def do(self, *command: Any) -> Any:
        """Have a command carried out and return what it answers. Raises NoAnswer when it refuses or is gone."""
        self._last += 1
        number = self._last
        self._writer.write(json.dumps({"command": command, "request_id": number}).encode() + b"\n")
        try:
            async with asyncio.timeout(ANSWER_S):
                await self._writer.drain()
                while line := await self._reader.readline():
                    said = json.loads(line)
                    if said.get("request_id") == number and "error" in said:
                        if said["error"] != "success":
                            raise NoAnswer(said["error"])
                        return said.get("data")
        except (OSError, ValueError, TimeoutError) as error:
            raise NoAnswer(str(error)) from error
        raise NoAnswer("it ended")

    async def get(self, name: str, default: Any = None) -> Any:
        """Return a property; the default while it has none. Raises NoAnswer when mpv is gone."""
        try:
            return await self.do("get_property", name)
        except NoAnswer as error:
            if "property" in str(error):  # unavailable, or not known to this version
                return default
            raise


class Mpv:
    """The player, whether it runs or not."""

    def __init__(self, socket: Path, environment: Mapping[str, str]) -> None:
        """Take where it listens."""
        self._socket = socket
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    async def player(self) -> Player | None:
        """Return what it plays; None when it plays nothing."""
        with contextlib.suppress(NoAnswer):
            async with self._connected() as mpv:
                count, at = await mpv.get("playlist-count", 0), await mpv.get("playlist-pos", -1)
                if at < 0:
                    return None
                said = {key.casefold(): str(value) for key, value in (await mpv.get("metadata", {})).items()}
                track = Track(said.get("title") or await mpv.get("media-title", ""), said.get("artist", ""), said.get("album", ""))
                able = {"pause", "resume", *(["next"] if at + 1 < count else []), *(["previous"] if at else [])}
                return Player(OWN, "Hark", "paused" if await mpv.get("pause") else "playing", track, frozenset(able))
        return None

    async def number(self) -> int:
        """Return its process; 0 when it does not run."""
        with contextlib.suppress(NoAnswer):
            async with self._connected() as mpv:
                return int(await mpv.get("pid", 0))
        return 0

    async def queue(self) -> Queue | None:
        """Return what it has before it; None when it plays nothing."""
        with contextlib.suppress(NoAnswer):
            async with self._connected() as mpv:
                at = await mpv.get("playlist-pos", -1)
                if at < 0:
                    return None
                paths = tuple(each["filename"] for each in await mpv.get("playlist", []))
                return Queue(paths, at, float(await mpv.get("time-pos", 0) or 0), bool(await mpv.get("pause")))
        return None

    async def command(self, command: str) -> None:
        """Pause, go on, or take the next or previous piece. Raises CannotDo when it cannot."""
        words = {"pause": ("set_property", "pause", True), "resume": ("set_property", "pause", False)}
        words |= {"next": ("playlist-next", "weak"), "previous": ("playlist-prev", "weak")}  # type: ignore[dict-item]  # -- of one length
        try:
            async with self._connected() as mpv:
                await mpv.do(*words[command])
        except NoAnswer as error:
            raise CannotDo(en="There is nothing more that way.", zh="没有了。") from error

    async def play(self, queue: Queue | None) -> None:
        """Play this instead of what it has; None ends it. Raises CannotDo when there is no mpv, or it plays nothing."""
        if queue is None or not queue.paths:
            await self._quit()
            return
        try:
            await self._run()
            async with self._connected() as mpv:
                await load(mpv, queue)
        except NoAnswer as error:
            raise CannotDo(
                en="mpv couldn't play that. Does the sound work? 'hark doctor' tells.",
                zh="mpv 放不出来。声音正常吗？运行 hark doctor 看看。",
            ) from error

    def close(self) -> None:
        """End the mpv that this object has started."""
        if self._process and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(ANSWER_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._process = None

    async def _quit(self) -> None:
        with contextlib.suppress(NoAnswer):
            async with self._connected() as mpv:
                await mpv.do("quit")
        await asyncio.to_thread(self.close)

    async def _run(self) -> None:
        """See that it runs and listens. Raises NoAnswer when it does not, CannotDo when it is not installed."""
        for look in range(round(START_S / LOOK_S)):
            with contextlib.suppress(NoAnswer):
                async with self._connected():
                    return
            if look == 0:
                self._start()
            await asyncio.sleep(LOOK_S)
        raise NoAnswer("it does not listen")

    def _start(self) -> None:
        """Start it, with nothing to play yet. Raises CannotDo when it is not installed."""
        path = shutil.which("mpv", path=self._environment.get("PATH"))
        if path is None:
            raise CannotDo(
                en="To play music I need mpv. Install the package mpv; on Debian and Ubuntu: sudo apt install mpv.",
                zh="放音乐需要 mpv，请安装软件包 mpv；Debian 和 Ubuntu 上运行 sudo apt install mpv。",
            )
        self.close()
        self._socket.parent.mkdir(parents=True, exist_ok=True)
        self._socket.unlink(missing_ok=True)
        quiet = subprocess.DEVNULL
        words = [path, *OPTIONS, f"--input-ipc-server={self._socket}"]
        self._process = subprocess.Popen(
            words, stdin=quiet, stdout=quiet, stderr=quiet, env=dict(self._environment), start_new_session=True
        )

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Connection]:
        """Give a connection to the mpv that runs. Raises NoAnswer when none does."""
        if not self._socket.exists():
            raise NoAnswer("there is none")
        try:
            reader, writer = await asyncio.open_unix_connection(str(self._socket), limit=LONGEST_LINE)
        except OSError as error:
            raise NoAnswer(str(error)) from error
        try:
            yield Connection(reader, writer)
        finally:
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()


async def load(mpv: Connection, queue: Queue) -> None:
    """Give it a queue and see that it plays. Raises NoAnswer when it does not."""
    await mpv.do("set_property", "pause", True)
    for place, path in enumerate(queue.paths):
        await mpv.do("loadfile", path, "append" if place else "replace")
    if queue.index:
        await mpv.do("set_property", "playlist-pos", queue.index)
    for _ in range(round(START_S / LOOK_S)):
        if await mpv.get("time-pos") is not None:
            break
        await asyncio.sleep(LOOK_S)
    else:
        raise NoAnswer("it plays nothing")
    if queue.at_s:
        await mpv.do("seek", queue.at_s, "absolute")
    await mpv.do("set_property", "pause", queue.paused)
