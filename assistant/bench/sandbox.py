"""Hark with nothing of the user's within reach: an empty memory, and a desktop, players, loudness and clipboard of its own."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.app import App, open_app
from assistant.clock import Clock
from assistant.config import Config, Places, PrivacyConfig, SkillsConfig
from assistant.fake_desktop import FakeDesktop
from assistant.fake_players import FakePlayers
from assistant.plugins import entry_points, own


class OwnMixer:
    """A mixer that leaves the machine's volume alone."""

    def __init__(self) -> None:
        self._percent = 50.0
        self._muted = False

    def volume(self) -> float:
        """Return percent."""
        return self._percent

    def set_volume(self, percent: float) -> None:
        """Set percent."""
        self._percent = percent

    def muted(self) -> bool:
        """Tell whether it is muted."""
        return self._muted

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        self._muted = muted


class OwnClipboard:
    """A clipboard that leaves the desktop's alone."""

    def __init__(self) -> None:
        self.text = ""

    def paste(self) -> str:
        """Return the text that was copied last."""
        return self.text

    def copy(self, text: str) -> None:
        """Take a text."""
        self.text = text


@contextlib.contextmanager
def fresh_app(config: Config, clock: Clock | None = None) -> Iterator[App]:
    """Give the text side with an empty memory; nothing that is done in it reaches the user's things."""
    with TemporaryDirectory(prefix="hark-bench-") as home:
        app = open_app(Places(home), config, clock)
        furnish(app)
        try:
            yield app
        finally:
            app.close()


def furnish(app: App) -> None:
    """Give a Hark a desktop, players, loudness and a clipboard as they are at first, in place of the machine's."""
    clipboard, desktop = OwnClipboard(), FakeDesktop(pictures=app.places.data)
    app.around.mixer, app.around.desktop, app.around.players = OwnMixer(), lambda: desktop, FakePlayers()
    app.around.paste, app.around.copy = clipboard.paste, clipboard.copy


def alone(home: Path) -> Config:
    """Return settings with which only Hark's own skills are loaded, none goes online, and files are those in a folder."""
    others = tuple(each.name for each in entry_points(sys.path) if not own(each.module))
    return Config(
        skills=SkillsConfig(disabled=others),
        privacy=PrivacyConfig(offline=True),
        skill={"files": {"folders": [str(home)]}, "media": {"folder": str(home)}},
    )
