"""A free desktop: Linux with GNOME, KDE, Xfce, Sway or any other that keeps to freedesktop.org."""

import asyncio
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.desktop import Battery, Program
from assistant.desktops import processes, screen
from assistant.desktops.entries import Entry, entries
from assistant.desktops.pictures import new_picture
from assistant.services import CannotDo

STARTED_S = 0.5
"""Seconds after which a program that has not failed has started."""

SHARED_FOLDERS = {"/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/games", "/usr/local/games", "/snap/bin"}
"""Folders of many programs: two files in one of them are two programs."""

INTERPRETERS = re.compile(r"(?:python|perl|ruby|lua)[\d.]*|node|java|gjs|bash|dash|sh|env|flatpak|snap|wine|mono|dotnet")
"""Programs that run others: which one is told by their other words."""

TERMINALS = (("xdg-terminal-exec",), ("x-terminal-emulator", "-e"), ("gnome-terminal", "--"), ("konsole", "-e"), ("foot",), ("xterm", "-e"))
"""What a program without a window of its own is shown in."""

OPENERS = (("xdg-open",), ("gio", "open"), ("kde-open",))
"""What shows a file in the program that is set for its kind."""


class LinuxDesktop:
    """A desktop with its environment: this machine's, or a test's own."""

    def __init__(self, environment: Mapping[str, str] | None = None, pictures: Path | None = None) -> None:
        """Take the environment and the folder for pictures; absent means this process's and the user's own."""
        self._environment = os.environ if environment is None else environment
        self._pictures = pictures

    async def battery(self) -> Battery | None:
        """Return how much is left; None for a machine without one."""
        return await asyncio.to_thread(processes.battery)

    async def lock(self) -> None:
        """Lock the screen."""
        await screen.lock(self._environment)

    async def screenshot(self) -> Path:
        """Write a picture of the screen and return where."""
        screen.session_of(self._environment)
        path = new_picture(self._pictures)
        await screen.photograph(path, self._environment)
        return path

    async def programs(self) -> list[Program]:
        """Return what a menu would show."""
        return [entry.program for entry in await self._entries()]

    async def open(self, program: Program) -> None:
        """Start a program by the command of its entry. Raises CannotDo when that fails at once."""
        screen.session_of(self._environment)
        entry = await self._entry(program)
        words = self._in_terminal(entry.command) if entry.in_terminal else entry.command
        status = await asyncio.to_thread(started, words, self._environment, entry.folder)
        if status:
            raise CannotDo(
                en=f"{program.names[0]} ended at once, with status {status}.",
                zh=f"{program.name('zh')}一启动就退出了，状态码{status}。",
            )

    async def open_path(self, path: Path) -> None:
        """Show a file or a folder in the program that is set for its kind."""
        screen.session_of(self._environment)
        for words in OPENERS:
            if shutil.which(words[0], path=self._environment.get("PATH")):
                status = await asyncio.to_thread(started, [*words, str(path)], self._environment, "")
                if not status:
                    return
        raise CannotDo(
            en=f"Nothing here opens {path.name}. Install a program for it, and xdg-utils.",
            zh=f"这里没有能打开{path.name}的程序，请安装相应的程序和 xdg-utils。",
        )

    async def running(self, program: Program) -> list[str]:
        """Return its processes."""
        entry = await self._entry(program)
        return await asyncio.to_thread(processes.counted, meant_by(entry, self._environment))

    async def close(self, processes_: Sequence[str], *, force: bool = False) -> list[str]:
        """End processes; never the one that Hark runs in."""
        if any(processes.holds_us(key) for key in processes_):
            raise CannotDo(en="I'm running inside that. Close it yourself, please.", zh="我就在里面运行，请自己关闭。")
        return await asyncio.to_thread(processes.end, processes_, force)

    async def _entries(self) -> list[Entry]:
        return await asyncio.to_thread(entries, self._environment)

    async def _entry(self, program: Program) -> Entry:
        found = next((entry for entry in await self._entries() if entry.program.id == program.id), None)
        if found is None:
            raise CannotDo(en=f"{program.names[0]} is not installed any more.", zh=f"{program.name('zh')}已经不在了。")
        return found

    def _in_terminal(self, command: Sequence[str]) -> Sequence[str]:
        """Return the words that show a command in a terminal."""
        for words in TERMINALS:
            if shutil.which(words[0], path=self._environment.get("PATH")):
                return (*words, *command)
        raise CannotDo(
            en="That program needs a terminal, and I found none. Install one, such as xterm.",
            zh="这个程序要在终端里运行，但没找到终端，请安装一个，例如 xterm。",
        )


def started(words: Sequence[str], environment: Mapping[str, str], folder: str) -> int:
    """Start a program that outlives this one; return the status with which it has failed at once, 0 when it has not."""
    path = shutil.which(words[0], path=environment.get("PATH")) or words[0]
    where = folder if folder and Path(folder).is_dir() else environment.get("HOME")
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [path, *words[1:]], stdin=quiet, stdout=quiet, stderr=quiet, cwd=where, env=dict(environment), start_new_session=True
        )
    except OSError as error:
        raise CannotDo(en=f"I couldn't start it: {error.strerror}.", zh=f"启动不了：{error.strerror}。") from error
    try:
        return process.wait(STARTED_S)
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()  # so that it leaves no zombie when it is closed
        return 0


def meant_by(entry: Entry, environment: Mapping[str, str]) -> Callable[[str, Sequence[str]], bool]:
    """Return what tells whether a process is of a program.

    Its command often is a script that starts the real one: that lies in the folder the command really is in, or has its name.
    """
    command = entry.command[0]
    name = Path(command).name
    real = Path(shutil.which(command, path=environment.get("PATH")) or command).resolve()
    own_folder = "" if str(real.parent) in SHARED_FOLDERS or INTERPRETERS.fullmatch(name) else f"{real.parent}/"
    own_folder = f"/snap/{name}/" if real.name == "snap" else own_folder
    rest = [word for word in entry.command[1:] if not word.startswith("-") and ("/" in word or "." in word)]

    def is_meant(path: str, words: Sequence[str]) -> bool:
        if INTERPRETERS.fullmatch(name):
            return bool(rest) and any(word == rest[-1] or word.endswith(f"/{rest[-1]}") for word in words[1:])
        first = words[0].partition(" ")[0] if words else ""
        scripts = words[1:2] if words and INTERPRETERS.fullmatch(Path(words[0]).name) else ()
        of_name = any(Path(one).name in {name, f"{name}-bin"} for one in (path, first, *scripts) if one)
        return of_name or bool(own_folder and path.startswith(own_folder))

    return is_meant


def desktop() -> LinuxDesktop:
    """Return this machine's."""
    return LinuxDesktop()
