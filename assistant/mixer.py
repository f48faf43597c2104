"""The machine's mixer, for actions."""

from typing import Any


class LazyMixer:
    """The machine's mixer, looked for when somebody first asks."""

    def __init__(self) -> None:
        self._found: Any = None

    def _mixer(self) -> Any:
        if self._found is None:
            from audio.mixer import find_mixer  # noqa: PLC0415 -- talks to the sound server, which few turns need

            self._found = find_mixer()
        return self._found

    def volume(self) -> float:
        """Return percent."""
        return float(self._mixer().volume())

    def set_volume(self, percent: float) -> None:
        """Set percent."""
        self._mixer().set_volume(percent)

    def muted(self) -> bool:
        """Tell whether it is muted."""
        return bool(self._mixer().muted())

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        self._mixer().set_muted(muted)
