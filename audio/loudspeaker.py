"""A loudspeaker alone, for conversations that are typed: no microphone is opened, nothing is heard.

Lives in a worker process. One thread tends the device; calls from outside only queue.
"""

import os
import threading
from collections.abc import Callable
from typing import Any

from audio.chimes import RATE as CHIME_RATE
from audio.chimes import chime
from audio.errors import DeviceWedged
from audio.playback import Playback
from audio.portaudio import PortAudio
from audio.speaker import Speaker, preferred_rate
from audio.station import BEAT_S, WEDGED
from audio.vocabulary import Samples

TEND_S = 0.05
"""Between two looks at the device while something plays."""

Emit = Callable[[dict[str, Any]], None]


class Loudspeaker:
    """Plays what it is given, and tells what has been played to its end."""

    def __init__(self, emit: Emit, speaker: str = "") -> None:
        """Find the speaker; it opens when there is something to play. Raises NoPortAudio, NoDevice or another DeviceError."""
        system = PortAudio()
        self.playback = Playback(preferred_rate(system, speaker or None))
        self._speaker = Speaker(system, speaker or None, self.playback)
        self._emit = emit
        self._wanted = threading.Event()
        threading.Thread(target=self._work, name="loudspeaker", daemon=True).start()

    def device(self) -> str:
        """Return the name of the speaker while it is open."""
        return self._speaker.device.name if self._speaker.device else ""

    def say(self, utterance_id: str, samples: Samples, rate: int) -> None:
        """Queue a piece of speech."""
        self.playback.put(utterance_id, samples, rate)
        self._wanted.set()

    def end(self, utterance_id: str) -> None:
        """Say that a queued utterance has all its pieces."""
        self.playback.end(utterance_id)
        self._wanted.set()

    def chime(self, name: str, loop: bool = False) -> None:
        """Play a sound by its name; a loop until it is stopped by that name."""
        self.playback.put(name, chime(name), CHIME_RATE, loop=loop)
        if not loop:
            self.playback.end(name)
        self._wanted.set()

    def stop(self, utterance_id: str | None = None) -> list[str]:
        """Fade out and drop an utterance, or all; return the ids that will not be heard to their end."""
        return self.playback.stop(utterance_id)

    def duck(self, gain: float) -> None:
        """Turn what is played down, or up again with 1."""
        self.playback.duck(gain)

    def hold(self, on: bool) -> None:
        """Have what is played wait where it is, or go on."""
        self.playback.hold(on)

    def _work(self) -> None:
        """Tend, for ever; a sound system that does not answer ends the process, and its supervisor starts another."""
        try:
            while True:
                self._wanted.wait(TEND_S if self.playback.playing else BEAT_S)
                self._wanted.clear()
                self._tend()
        except DeviceWedged as error:
            self._tell(told=str(error), state="lost")
            os._exit(WEDGED)

    def _tend(self) -> None:
        before = self._speaker.fault
        self._speaker.tend()
        fault = self._speaker.fault
        told = ""
        if fault is not None and before is None:
            told = f"The speaker is gone: {fault}"
            self.playback.stop()
        self._tell(self.playback.finished(), told)

    def _tell(self, played: list[str] | None = None, told: str = "", state: str = "live") -> None:
        self._emit({"end_s": 0.0, "frames": [], "played": played or [], "level": 0.0, "state": state, "told": told})
