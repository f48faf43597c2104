"""The front of the pipeline: what is heard, frame by frame, with the wake word and the probability of speech; and what is played.

`FrontEnd` listens, `Sounding` plays. `Tape` joins them over a recording, `audio.station` over a microphone and a loudspeaker.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from audio.chimes import RATE as CHIME_RATE
from audio.chimes import chime
from audio.files import read_recording, write_recording
from audio.playback import Playback, Position
from audio.resampler import Resampler
from audio.vad import SpeechDetector
from audio.vocabulary import FRAME, RATE, AudioChunk, Samples, WakeDetection, WakeTry
from audio.wake import OwnVoice, WakeWord

BACKLOG_FRAMES = 40
"""Frames kept from before the wake word fires (1.28 s): the whole phrase, for a command said in the same breath."""

WARM_FRAMES = 8
"""The last frames of the backlog, which the speech detector hears to know what it is in the middle of; all would take 0.1 s."""

WAKE_THRESHOLD = 0.5
"""Belief. `hark bench wake` tells what it costs in misses and in false wakes."""


PAUSE_FADE = 80
"""Samples, 5 ms, over which speech fades into a pause that is put in."""


@dataclass(frozen=True, slots=True)
class Frame:
    """32 ms of what was heard."""

    samples: Samples
    """Shape (FRAME,), int16 at `RATE`."""
    start_s: float
    """Stream time of the first sample."""
    speech: float
    """Probability 0..1."""
    wake: WakeDetection | None = None
    """The wake word ended in this frame."""
    backlog: bool = False
    """From before the wake word fired."""


class FrontEnd:
    """Turns sound into frames. While nobody is attended to it only waits for the wake word, which costs next to nothing."""

    def __init__(self, wake_words: Sequence[str], threshold: float = WAKE_THRESHOLD) -> None:
        """Take built-in names or paths. Raises ModelMissing or EngineError."""
        self._words = [WakeWord(name, threshold) for name in wake_words]
        self.own_voice = OwnVoice([WakeWord(name, looks_again=False) for name in wake_words])
        self._speech = SpeechDetector()
        self._backlog: deque[tuple[Samples, float]] = deque(maxlen=BACKLOG_FRAMES)
        self._attending = False

    def attend(self, on: bool) -> None:
        """Hand on every frame from now on, or only what the wake word begins."""
        if on != self._attending:
            self._attending = on
            self._backlog.clear()
            self._speech.reset()

    def tries(self) -> list[WakeTry]:
        """Return, once, what was suspected to be a wake word."""
        found = [each for word in self._words for each in word.tries]
        for word in self._words:
            word.tries.clear()
        return found

    def process(self, samples: Samples, start_s: float, sounding: Position | None = None, *, mine: bool = False) -> list[Frame]:
        """Take one frame of sound and what the loudspeaker is playing; return the frames to hand on.

        `mine` says that what is heard is no more than what is left of Hark's own voice: nobody speaks.
        """
        wake = next(filter(None, [word.push(samples, start_s) for word in self._words]), None)
        if wake and sounding and self.own_voice.says(wake.name, sounding.utterance_id, sounding.seconds):
            wake = None
        if self._attending:
            speech = self._speech.push(samples)
            return [Frame(samples, start_s, 0.0 if mine and not wake else speech, wake)]
        if not wake:
            self._backlog.append((samples, start_s))
            return []
        warm = len(self._backlog) - WARM_FRAMES
        frames = [
            Frame(old, old_start_s, self._speech.push(old) if number >= warm else 0.0, backlog=True)
            for number, (old, old_start_s) in enumerate(self._backlog)
        ]
        self._backlog.clear()
        self._attending = True
        return [*frames, Frame(samples, start_s, self._speech.push(samples), wake)]


class Sounding:
    """What can be asked of the loudspeaker side."""

    def __init__(self, playback: Playback, front: FrontEnd) -> None:
        self.playback = playback
        self.front = front
        self._to_own_voice: dict[str, Resampler] = {}

    def attend(self, on: bool) -> None:
        """Hand on every frame from now on, or only what the wake word begins."""
        self.front.attend(on)

    def say(self, utterance_id: str, samples: Samples, rate: int) -> None:
        """Queue a piece of speech."""
        self.playback.put(utterance_id, samples, rate)
        resampler = self._to_own_voice.setdefault(utterance_id, Resampler(rate, RATE))
        self.front.own_voice.queue(utterance_id, resampler.push(samples))

    def end(self, utterance_id: str) -> None:
        """Say that a queued utterance has all its pieces."""
        self.playback.end(utterance_id)
        self._to_own_voice.pop(utterance_id, None)

    def chime(self, name: str, loop: bool = False) -> None:
        """Play a sound by its name; a loop until it is stopped by that name."""
        self.playback.put(name, chime(name), CHIME_RATE, loop=loop)
        if not loop:
            self.playback.end(name)

    def stop(self, utterance_id: str | None = None) -> list[str]:
        """Fade out and drop an utterance, or all; return the ids that will not be heard to their end."""
        return self.playback.stop(utterance_id)

    def duck(self, gain: float) -> None:
        """Turn what is played down, or up again with 1."""
        self.playback.duck(gain)

    def hold(self, on: bool) -> None:
        """Have what is played wait where it is, or go on."""
        self.playback.hold(on)

    def played(self) -> list[str]:
        """Return, once, the ids of what was played to its end."""
        ended = self.playback.finished()
        self.front.own_voice.forget(ended)
        return ended


class Tape(Sounding):
    """A recording in place of the microphone, and a recording of what would have come out of the loudspeaker."""

    def __init__(self, path: str, wake_words: Sequence[str], threshold: float = WAKE_THRESHOLD) -> None:
        """Read the recording. Raises FileError."""
        self._wake = (wake_words, threshold)
        self.load(path)

    def load(self, path: str, pause_at_s: float = 0.0, pause_s: float = 0.0) -> None:
        """Begin anew with another recording, with nothing left of the one before, and perhaps a pause put in. Raises FileError."""
        super().__init__(Playback(RATE), FrontEnd(*self._wake))
        self._sound = paused(read_recording(path).samples, pause_at_s, pause_s)
        self._at = 0
        self._out: list[Samples] = []

    def seconds(self) -> float:
        """Return how long the recording is."""
        return len(self._sound) / RATE

    def step(self, frames: int = 1) -> dict[str, Any]:
        """Let time pass, until there is something to hand on and for so many frames at the most.

        Return what was heard, what was played to its end, whether the tape is over, and what was suspected to be a wake word.
        """
        for _ in range(frames):
            over = self._at >= len(self._sound)
            heard, played = self._frame(), self.played()
            if heard or played or over:
                break
        return {"frames": heard, "played": played, "playing": self.playback.playing, "over": over,
                "end_s": self._at / RATE, "tries": self.front.tries()}  # fmt: skip

    def _frame(self) -> list[Frame]:
        """Play and hear one frame."""
        samples = self._sound[self._at : self._at + FRAME]
        samples = np.concatenate([samples, np.zeros(FRAME - len(samples), np.int16)])
        position = self.playback.position
        self._out.append(self.playback.pull(FRAME))
        frames = self.front.process(samples, self._at / RATE, position)
        self._at += FRAME
        return frames

    def save(self, path: str) -> None:
        """Write what was played, silences included, so that it lines up with the recording."""
        write_recording(path, AudioChunk(np.concatenate(self._out or [np.zeros(0, np.int16)]), RATE, 0.0))


def paused(sound: Samples, at_s: float, seconds: float) -> Samples:
    """Return a recording in which nothing but its room is heard for a while; the room is what its first half second sounds like."""
    if not seconds:
        return sound
    at, length, fade = round(at_s * RATE), round(seconds * RATE), np.linspace(1.0, 0.0, PAUSE_FADE)
    before, after = sound[:at].astype(np.float64), sound[at:].astype(np.float64)
    before[-PAUSE_FADE:] *= fade
    after[:PAUSE_FADE] *= fade[::-1]
    return np.concatenate([before, np.resize(sound[: RATE // 2], length), after]).astype(np.int16)
