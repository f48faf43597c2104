"""How loud the machine's sound output is, whatever system it runs."""

import importlib
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from audio.errors import NoMixer

TIMEOUT_S = 2.0
"""A sound system that takes longer than this does not answer."""


class Mixer(Protocol):
    """The loudness of the default sound output. Each call blocks for milliseconds, and raises NoMixer or DeviceWedged."""

    def volume(self) -> float:
        """Return the loudness in percent of what the system calls full."""

    def set_volume(self, percent: float) -> None:
        """Set the loudness, 0-100; channels keep their balance."""

    def muted(self) -> bool:
        """Tell whether it is muted."""

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute it."""


def find_mixer(platform: str = sys.platform) -> Mixer:
    """Return this machine's mixer. Raises NoMixer saying what is missing; whether it works shows when it is used."""
    if platform == "darwin":
        return MacMixer()
    if platform == "win32":
        raise NoMixer(
            "Hark cannot set the volume on Windows yet. Use the volume keys, or the speaker symbol beside the clock.",
            "Hark 在 Windows 上还不能调音量。请用音量键，或时钟旁边的喇叭图标。",
        )
    try:
        module = importlib.import_module("audio.pulse_mixer")
    except ImportError as error:
        raise NoMixer(
            "The Python package pulsectl is missing. Run: pip install pulsectl.", "缺少 pulsectl，请运行 pip install pulsectl。"
        ) from error
    except OSError as error:
        raise NoMixer(
            "The library libpulse is missing. Install it with your package manager; on Debian and Ubuntu: libpulse0.",
            "缺少 libpulse 库，请用系统的软件包管理器安装；Debian 和 Ubuntu 上是 libpulse0。",
        ) from error
    found: Mixer = module.PulseMixer()
    return found


class MacMixer:
    """The mixer of macOS, through the scripting every Mac has. Unproven: written without a Mac at hand."""

    def __init__(self, run: Callable[[Sequence[str]], str] | None = None) -> None:
        """Take what runs a command and returns what it prints; absent means this machine does."""
        self._run = run or output_of

    def volume(self) -> float:
        """Return percent."""
        said = self._script("output volume of (get volume settings)")
        if not said.isdecimal():
            raise NoMixer(
                "This sound output has no volume that can be set. Choose another under System Settings, Sound.",
                "这个声音输出不能调音量，请在系统设置的声音里换一个。",
            )
        return float(said)

    def set_volume(self, percent: float) -> None:
        """Set percent."""
        self._script(f"set volume output volume {round(percent)}")

    def muted(self) -> bool:
        """Tell whether it is muted."""
        return self._script("output muted of (get volume settings)") == "true"

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute it."""
        self._script(f"set volume output muted {str(muted).lower()}")

    def _script(self, line: str) -> str:
        return self._run(["osascript", "-e", line]).strip()


def output_of(command: Sequence[str]) -> str:
    """Run a command and return what it prints. Raises NoMixer."""
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=True).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise NoMixer(f"{command[0]} did not set the volume: {error}. Use the volume keys.", "请用音量键。") from error
