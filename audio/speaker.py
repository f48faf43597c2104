"""The speaker, open only while there is something to play."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from audio.devices import Device
from audio.errors import DeviceError
from audio.line import Health, Line
from audio.playback import Playback
from audio.portaudio import PortAudio, Wish

BLOCK_S = 0.020
"""Seconds per callback."""

LATENCY_S = 0.060
"""Seconds of buffer: three blocks survive a busy machine, and a stop is still heard within 0.1 s."""

IDLE_S = 5.0
"""Seconds of nothing to play before the device is let go: between two sentences it stays, overnight it costs nothing."""

PATIENCE_S = 10.0
"""Seconds for which a working microphone goes undisturbed by the search for a lost speaker."""

USUAL_RATE = 48_000
"""Hz; what sound cards and servers run at, so that nobody resamples twice."""


class Speaker:
    """Plays a Playback. Its methods belong to one thread; call `tend` often, it never blocks."""

    def __init__(self, system: PortAudio, name: str | None, playback: Playback) -> None:
        """Take the speaker's name, or None for the default; NoDevice if there is no such. Nothing is opened yet."""
        system.find(name, "output")
        self.latency_s = 0.0
        """Seconds from a pull to the sound, as the device tells; 0 until it has played."""
        self._playback = playback
        self._called_at = 0.0
        self._wanted_at = float("-inf")
        self._line = Line(system, Wish("output", name, (playback.rate,), BLOCK_S, LATENCY_S, self._player), PATIENCE_S)

    @property
    def state(self) -> Health:
        """How it was doing when it was last tended."""
        return self._line.state

    @property
    def fault(self) -> DeviceError | None:
        """Why it could not be opened, the last time."""
        return self._line.fault

    @property
    def device(self) -> Device | None:
        """What it plays to; None while it is closed."""
        return self._line.opened.device if self._line.opened else None

    def ensure_open(self) -> None:
        """Begin to open the device before there is something to play, and keep it for IDLE_S; does not wait for it."""
        self._wanted_at = time.monotonic()
        self.tend()

    def tend(self) -> None:
        """Open when there is something to play, close after IDLE_S of nothing, open again after a loss; DeviceWedged as for microphones."""
        now = time.monotonic()
        if self._playback.playing:
            self._wanted_at = now
        if now - self._wanted_at > IDLE_S:
            self._line.rest(now)
            return
        self._line.callback(self._called_at)
        self._line.tend(now)

    def close(self) -> None:
        """Let go of the device; what waits to be played stays."""
        self._line.rest(time.monotonic())

    def _player(self, _rate: int) -> Callable[..., None]:
        """Make the callback."""

        def play(block: Any, frames: int, moment: Any, _status: Any) -> None:
            block[:] = self._playback.pull(frames)[:, None]
            self._called_at = time.monotonic()
            self.latency_s = moment.outputBufferDacTime - moment.currentTime

        return play


def preferred_rate(system: PortAudio, name: str | None) -> int:
    """Return the rate in Hz to make the Playback with: 48 kHz where the speaker takes it, else its own."""
    return system.wait(system.submit(partial(system.rate_here, name, "output", USUAL_RATE)))
