"""The desktop of Windows. Unproven: written without a Windows machine at hand."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.desktop import Battery, Program
from assistant.desktops import processes
from assistant.desktops.commands import succeeds
from assistant.desktops.pictures import is_written, new_picture
from assistant.services import CannotDo

MENU = r"Microsoft\Windows\Start Menu\Programs"

CAMERA = (
    "Add-Type -AssemblyName System.Windows.Forms,System.Drawing; $s = [Windows.Forms.SystemInformation]::VirtualScreen; "
    "$b = New-Object Drawing.Bitmap $s.Width, $s.Height; "
    "[Drawing.Graphics]::FromImage($b).CopyFromScreen($s.Location, [Drawing.Point]::Empty, $s.Size); $b.Save($env:HARK_PICTURE)"
)
"""What PowerShell runs; where the picture goes is told in the environment, so no name can be read as a command."""


class WindowsDesktop:
    """A Windows machine; the start menu lists its programs."""

    def __init__(self, menus: Sequence[Path] | None = None, pictures: Path | None = None) -> None:
        """Take the folders of the start menu."""
        self._menus = [Path(os.environ.get(name, "")) / MENU for name in ("APPDATA", "PROGRAMDATA")] if menus is None else menus
        self._pictures = pictures

    async def battery(self) -> Battery | None:
        """Return how much is left; None for a machine without one."""
        return await asyncio.to_thread(processes.battery)

    async def lock(self) -> None:
        """Lock the screen."""
        if not await succeeds(["rundll32.exe", "user32.dll,LockWorkStation"]):
            raise CannotDo(en="Windows did not lock the screen.", zh="Windows 没有锁屏。")

    async def screenshot(self) -> Path:
        """Write a picture of the screen and return where."""
        path = new_picture(self._pictures)
        words = ["powershell.exe", "-NoProfile", "-NonInteractive", "-Command", CAMERA]
        if not await succeeds(words, os.environ | {"HARK_PICTURE": str(path)}) or not is_written(path):
            raise CannotDo(en="Windows gave me no picture of the screen.", zh="Windows 没能截屏。")
        return path

    async def programs(self) -> list[Program]:
        """Return what the start menu shows."""
        return await asyncio.to_thread(lambda: list(self._links()))

    async def open(self, program: Program) -> None:
        """Start a program as the start menu does."""
        await asyncio.to_thread(shell_open, program.id, program.names[0], program.name("zh"))

    async def open_path(self, path: Path) -> None:
        """Show a file or a folder in the program that is set for its kind."""
        await asyncio.to_thread(shell_open, str(path), path.name, path.name)

    async def running(self, program: Program) -> list[str]:
        """Return its processes, by its name: a link in the menu does not say what it starts."""
        name = "".join(program.names[0].casefold().split())

        def is_meant(path: str, _: Sequence[str]) -> bool:
            stem = path.replace("\\", "/").rpartition("/")[2].casefold().removesuffix(".exe")
            return bool(stem) and (stem == name or name.endswith(stem))

        return await asyncio.to_thread(processes.counted, is_meant)

    async def close(self, processes_: Sequence[str], *, force: bool = False) -> list[str]:
        """End processes; never the one that Hark runs in."""
        if any(processes.holds_us(key) for key in processes_):
            raise CannotDo(en="I'm running inside that. Close it yourself, please.", zh="我就在里面运行，请自己关闭。")
        if not force:
            for key in processes_:
                await succeeds(["taskkill.exe", "/PID", key.partition(":")[0]])  # asks its windows to close; terminating would not
        return await asyncio.to_thread(processes.end, processes_, True) if force else await asyncio.to_thread(processes.left, processes_)

    def _links(self) -> Iterator[Program]:
        for menu in self._menus:
            for path in sorted(menu.rglob("*.lnk")):
                yield Program(str(path), (path.stem,))


def desktop() -> WindowsDesktop:
    """Return this machine's."""
    return WindowsDesktop()


def shell_open(what: str, name: str, chinese: str) -> None:
    """Open something as a double click does. Raises CannotDo when Windows has nothing for it."""
    start: Callable[[str], None] | None = getattr(os, "startfile", None)
    try:
        if start is None:
            raise CannotDo(en="Windows alone can start that.", zh="只有 Windows 能启动它。")
        start(what)
    except OSError as error:
        raise CannotDo(en=f"Windows couldn't open {name}.", zh=f"打不开{chinese}。") from error
