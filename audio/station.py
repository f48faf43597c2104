"""The sound side over real devices: hears through the microphone, plays through the speaker, and tells what it hears.

Lives in a worker process. One thread reads the microphone and tends both devices; calls from outside only queue and note.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from audio import probing
from audio.chimes import RATE as CHIME_RATE
from audio.errors import DeviceError, DeviceWedged, NoDevice
from audio.front import WAKE_THRESHOLD, Frame, FrontEnd, Sounding
from audio.line import Health
from audio.microphone import Microphone
from audio.playback import Playback
from audio.portaudio import PortAudio, hush_native_stderr
from audio.probing import Probe
from audio.reference import Reference
from audio.residue import UNHEARD_DB, Echo, Mode
from audio.speaker import Speaker, preferred_rate
from audio.vocabulary import AudioChunk

if TYPE_CHECKING:
    from audio.echo import EchoCanceller

log = logging.getLogger(__name__)

BEAT_S = 0.5
"""At least so often it says that it is alive, and how loud the room is."""

READ_S = 0.1
"""How long one look at the microphone waits."""

WEDGED = 75
"""Exit status (EX_TEMPFAIL) of a process whose sound system does not answer: only a new process helps."""

Emit = Callable[[dict[str, Any]], None]


class News:
    """What to tell of the microphone when its health changes.

    Some microphones deliver digital zeros whenever nobody speaks, so silence and its end are told once, and again after a loss.
    """

    def __init__(self) -> None:
        self._before = Health.OPENING
        self._silences = 0

    def of(self, health: Health, device: str, fault: str) -> str:
        """Return what to tell now; empty when there is nothing new."""
        before, self._before = self._before, health
        if health is before or health is Health.OPENING:
            return ""
        if health is Health.LOST:
            self._silences = 0
            return f"The microphone is gone. {fault} I listen again as soon as it is back.".replace("  ", " ")
        self._silences += health is Health.SILENT
        if Health.SILENT in {health, before} and self._silences > 1:
            return ""
        if health is Health.SILENT:
            return "The microphone delivers only digital silence. Is it muted? `hark doctor` measures it."
        return f"Listening {'on' if before is Health.OPENING else 'again, on'} {device or 'the microphone'}."


class Station(Sounding):
    """A microphone and a loudspeaker."""

    def __init__(
        self,
        emit: Emit,
        wake_words: Sequence[str],
        threshold: float = WAKE_THRESHOLD,
        microphone: str = "",
        speaker: str = "",
        *,
        cancels_echo: bool = True,
    ) -> None:
        """Open the microphone; the speaker opens when there is something to play, and a machine without one still listens.

        Raises NoPortAudio, NoDevice or another DeviceError, ModelMissing or EngineError.
        """
        hush_native_stderr()
        system = PortAudio()
        self._microphone = Microphone(system, microphone or None)
        self._told = ""
        try:
            rate = preferred_rate(system, speaker or None)
        except NoDevice as error:
            if speaker:
                raise
            rate, self._told = 48_000, f"{error} Replies are only shown."
        self._reference = Reference(rate)
        super().__init__(Playback(rate, self._reference.add), FrontEnd(wake_words, threshold))
        self._echo = echo_canceller() if cancels_echo and not self._told else None
        self._probe: Probe | None = None
        self._mode = ""
        self._speaker = None if self._told else Speaker(system, speaker or None, self.playback)
        self._emit = emit
        self._level = 0.0
        self._beat_at = 0.0
        self._heard_s = 0.0
        self._news = News()
        threading.Thread(target=self._work, name="station", daemon=True).start()

    def devices(self) -> dict[str, str]:
        """Return the names of the microphone and the speaker in use."""
        speaker = self._speaker.device.name if self._speaker and self._speaker.device else ""
        return {"microphone": self._microphone.device.name if self._microphone.device else "", "speaker": speaker}

    def probe(self) -> None:
        """Play a short sound and tell, in `mode`, how Hark can be interrupted with the echo that comes back."""
        if self._echo:
            self._probe = Probe()
            self.playback.put(probing.NAME, probing.sound(), CHIME_RATE)
            self.playback.end(probing.NAME)

    def chime(self, name: str, loop: bool = False) -> None:
        """Play a sound by its name; a loop until it is stopped by that name."""
        super().chime(name, loop)
        if self._speaker is None:
            self.playback.stop()

    def _work(self) -> None:
        """Hear and tend, for ever; a sound system that does not answer ends the process, and its supervisor starts another."""
        try:
            while True:
                self._turn(self._microphone.read(READ_S))
        except DeviceWedged as error:
            self._tell(told=str(error), state=Health.LOST)
            os._exit(WEDGED)

    def _turn(self, chunk: AudioChunk | None) -> None:
        """Take one frame, or that none came."""
        self._tend_speaker()
        frames = []
        if chunk is not None:
            self._heard_s = chunk.start_s + chunk.seconds
            self._level = max(0.7 * self._level, float(np.abs(chunk.samples).max()) / 32_768)
            frames = self._heard(chunk)
        health = self._microphone.state
        told = self._changed(health)
        played = self.played()
        if frames or played or told or time.monotonic() - self._beat_at >= BEAT_S:
            self._tell(frames, played, told, health)

    def _heard(self, chunk: AudioChunk) -> list[Frame]:
        """Return the frames to hand on of what was heard, without what was played."""
        played = self._reference.take(len(chunk.samples))
        if self._echo is None:
            return self.front.process(chunk.samples, chunk.start_s, self.playback.position)
        cleaned = self._echo.clean(chunk.samples, played)
        if self._probe:
            if echo := self._probe.add(played, chunk.samples, cleaned):
                self._probe, self._mode = None, str(echo.mode)
                self._told = told_of(echo)
            cleaned = chunk.samples  # what knows nothing of the room yet takes words for echo, and the whistle wakes nobody
        return self.front.process(cleaned, chunk.start_s, self.playback.position, mine=self._echo.residue.mine)

    def _changed(self, health: Health) -> str:
        """Return what to tell of the microphone, when its health has changed, and of the speaker."""
        device = self._microphone.device
        news = self._news.of(health, device.name if device else "", str(self._microphone.fault or ""))
        told, self._told = self._told, ""
        return f"{news} {told}".strip()

    def _tend_speaker(self) -> None:
        if self._speaker is None:
            return
        before = self._speaker.fault
        self._speaker.tend()
        fault: DeviceError | None = self._speaker.fault
        if fault is not None and before is None:
            self._told = f"The speaker is gone: {fault}"
            self.playback.stop()

    def _tell(self, frames: Sequence[Any] = (), played: Sequence[str] = (), told: str = "", state: Health = Health.LIVE) -> None:
        self._beat_at = time.monotonic()
        self._emit({
            "end_s": self._heard_s,
            "frames": list(frames),
            "played": list(played),
            "tries": self.front.tries(),
            "level": self._level,
            "state": str(state),
            "told": told,
            "mode": self._mode,
        })  # fmt: skip


def echo_canceller() -> "EchoCanceller | None":
    """Return an echo canceller; none where its library does not load, and Hark is then interrupted by the wake word."""
    try:
        from audio.echo import EchoCanceller  # noqa: PLC0415 -- half a second, and only a live microphone hears an echo
    except ImportError as error:
        log.warning("No echo canceller: %s", error)
        return None
    return EchoCanceller()


SAID = {
    Mode.FREE: "You can speak while I do.",
    Mode.LOUD: "Speak up to interrupt me: from here my own voice comes back loud.",
    Mode.WAKE: "To interrupt me, say the wake word: from here my own voice drowns yours. A headset, or less volume, helps.",
}


def told_of(echo: Echo) -> str:
    """Return what to tell of the echo that was measured."""
    if echo.loss_db >= UNHEARD_DB:
        return f"I do not hear my own voice. {SAID[Mode.FREE]}"
    return (
        f"My voice comes back after {1000 * echo.delay_s:.0f} ms, {echo.loss_db:.0f} dB fainter; {echo.left_db:.0f} dB once cancelled. "
        f"{SAID[echo.mode]}"
    )
