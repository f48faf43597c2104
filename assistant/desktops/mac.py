"""The desktop of macOS, through the tools every Mac has. Unproven: written without a Mac at hand."""

import asyncio
import plistlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.desktop import Battery, Program
from assistant.desktops import processes
from assistant.desktops.commands import succeeds
from assistant.desktops.pictures import is_written, new_picture
from assistant.services import CannotDo

FOLDERS = ("/Applications", "/System/Applications", "/System/Applications/Utilities", "~/Applications")

LOCK = 'tell application "System Events" to keystroke "q" using {control down, command down}'


class MacDesktop:
    """A Mac; `folders` hold its applications."""

    def __init__(self, folders: Sequence[str] = FOLDERS, pictures: Path | None = None) -> None:
        """Take the folders."""
        self._folders = [Path(folder).expanduser() for folder in folders]
        self._pictures = pictures

    async def battery(self) -> Battery | None:
        """Return how much is left; None for a machine without one."""
        return await asyncio.to_thread(processes.battery)

    async def lock(self) -> None:
        """Lock the screen by its key combination."""
        if not await succeeds(["osascript", "-e", LOCK]):
            raise CannotDo(
                en="macOS does not let me press keys. Allow it in System Settings, Privacy, Accessibility.",
                zh="macOS 不允许我按键，请在“系统设置”的“隐私与安全性”里允许“辅助功能”。",
            )

    async def screenshot(self) -> Path:
        """Write a picture of the screen and return where."""
        path = new_picture(self._pictures)
        if not await succeeds(["screencapture", "-x", str(path)]) or not is_written(path):
            raise CannotDo(
                en="macOS does not let me see the screen. Allow it in System Settings, Privacy, Screen Recording.",
                zh="macOS 不允许我截屏，请在“系统设置”的“隐私与安全性”里允许“屏幕录制”。",
            )
        return path

    async def programs(self) -> list[Program]:
        """Return the applications."""
        return await asyncio.to_thread(lambda: list(self._bundles()))

    async def open(self, program: Program) -> None:
        """Start an application, or bring it to the front."""
        if not await succeeds(["open", "-a", program.id]):
            raise CannotDo(en=f"macOS couldn't open {program.names[0]}.", zh=f"打不开{program.name('zh')}。")

    async def open_path(self, path: Path) -> None:
        """Show a file or a folder in the program that is set for its kind."""
        if not await succeeds(["open", str(path)]):
            raise CannotDo(en=f"macOS has nothing that opens {path.name}.", zh=f"没有能打开{path.name}的程序。")

    async def running(self, program: Program) -> list[str]:
        """Return its processes: whatever lies in its bundle."""
        return await asyncio.to_thread(processes.counted, lambda path, _: path.startswith(f"{program.id}/"))

    async def close(self, processes_: Sequence[str], *, force: bool = False) -> list[str]:
        """End processes; never the one that Hark runs in."""
        if any(processes.holds_us(key) for key in processes_):
            raise CannotDo(en="I'm running inside that. Close it yourself, please.", zh="我就在里面运行，请自己关闭。")
        return await asyncio.to_thread(processes.end, processes_, force)

    def _bundles(self) -> Iterator[Program]:
        for folder in self._folders:
            for path in sorted(folder.glob("*.app")):
                chinese = chinese_name(path)
                yield Program(str(path), tuple(filter(None, (path.stem, chinese))), chinese)


def chinese_name(bundle: Path) -> str:
    """Return what an application is called in Chinese; empty when it does not tell."""
    names: Mapping[str, Any] = listed(bundle / "Contents/Resources/InfoPlist.loctable").get("zh_CN", {})
    names = names or listed(bundle / "Contents/Resources/zh-Hans.lproj/InfoPlist.strings")
    return str(names.get("CFBundleDisplayName") or names.get("CFBundleName") or "")


def listed(path: Path) -> Mapping[str, Any]:
    """Return what a property list holds; nothing when it cannot be read."""
    try:
        found: Mapping[str, Any] = plistlib.loads(path.read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return {}  # an application without names of its own, or with names in an older form
    return found


def desktop() -> MacDesktop:
    """Return this machine's."""
    return MacDesktop()
