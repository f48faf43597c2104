"""A desktop for the tests of skills: programs that run in memory, and a screen that is always there."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from assistant.desktop import Battery, Program
from assistant.services import CannotDo

PROGRAMS = (
    Program("firefox.desktop", ("Firefox", "Web Browser"), "火狐浏览器", ("Network", "WebBrowser"), preferred=True),
    Program("org.gnome.Calculator.desktop", ("Calculator", "计算器"), "计算器", ("Utility", "Calculator")),
)


@dataclass
class FakeDesktop:
    """A `Desktop`; set what it has, and look at what was done with it."""

    power: Battery | None = field(default_factory=lambda: Battery(82.0, plugged=False, left=timedelta(hours=3, minutes=10)))
    installed: Sequence[Program] = PROGRAMS
    processes: dict[str, list[str]] = field(default_factory=lambda: {"firefox.desktop": ["1:0.0"]})
    """Of the programs that run, by program."""
    stubborn: bool = False
    """Whether programs only end by force."""
    locked: bool = False
    """Whether the screen was locked."""
    pictures: Path | None = None
    """Where pictures of the screen are written."""
    has_screen: bool = True
    """Whether it is a graphical session."""
    shown: list[Path] = field(default_factory=list)
    """Files and folders that were opened."""
    last: int = 1
    """Number of the process or picture made last."""

    async def battery(self) -> Battery | None:
        """Return `power`."""
        return self.power

    async def lock(self) -> None:
        """Set `locked`."""
        self._look()
        self.locked = True

    async def screenshot(self) -> Path:
        """Write a file into `pictures`; into a new folder when the test has given none."""
        self._look()
        self.pictures = self.pictures or Path(tempfile.mkdtemp(prefix="hark-test-"))
        self.last += 1
        path = self.pictures / f"Screenshot {self.last}.png"
        path.write_bytes(b"picture")
        return path

    async def programs(self) -> list[Program]:
        """Return `installed`."""
        return list(self.installed)

    async def open(self, program: Program) -> None:
        """Add a process."""
        self._look()
        self.last += 1
        self.processes.setdefault(program.id, []).append(f"{self.last}:0.0")

    async def open_path(self, path: Path) -> None:
        """Add to `shown`."""
        self._look()
        self.shown.append(path)

    async def running(self, program: Program) -> list[str]:
        """Return the processes of a program."""
        return list(self.processes.get(program.id, ()))

    async def close(self, processes: Sequence[str], *, force: bool = False) -> list[str]:
        """Drop processes, those that are stubborn by force alone; return those that are left."""
        if self.stubborn and not force:
            return list(processes)
        self.processes = {name: kept for name, all_ in self.processes.items() if (kept := [key for key in all_ if key not in processes])}
        return []

    def state(self) -> tuple[object, ...]:
        """Return what actions may change: how many processes each program has, and the pictures."""
        pictures = sorted(self.pictures.iterdir()) if self.pictures else []
        return {name: len(keys) for name, keys in self.processes.items()}, pictures

    def _look(self) -> None:
        if not self.has_screen:
            raise CannotDo(en="There is no screen here.", zh="这里没有屏幕。")
