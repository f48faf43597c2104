"""How long somebody spoke within an utterance, as a speech detector hears it."""

from bisect import bisect_left, bisect_right
from typing import Protocol

import numpy as np

from audio.vad import SpeechDetector
from audio.vocabulary import FRAME, RATE, Samples

SPEECH = 0.5
"""Probability from which a frame is speech; the same that opens an utterance."""


class SpokenTime(Protocol):
    """Follows the sound of one utterance."""

    def add(self, samples: Samples) -> None:
        """Take more sound."""

    def seconds(self, from_s: float = 0.0, to_s: float = np.inf) -> float:
        """Return how long somebody spoke between two times, in seconds of the utterance."""


class DetectedSpeech:
    """Asks Silero VAD, which tells fans, hum, knocks and most music from voices; loudness alone does not."""

    def __init__(self, detector: SpeechDetector) -> None:
        """Take a detector that nobody else uses meanwhile; what it heard before is forgotten."""
        detector.reset()
        self._detector = detector
        self._rest: Samples = np.zeros(0, np.int16)
        self._count = 0
        self._speech: list[int] = []
        """Numbers of the frames that are speech."""

    def add(self, samples: Samples) -> None:
        """Take more sound."""
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        for frame in sound[:whole].reshape(-1, FRAME):
            if self._detector.push(frame) >= SPEECH:
                self._speech.append(self._count)
            self._count += 1

    def seconds(self, from_s: float = 0.0, to_s: float = np.inf) -> float:
        """Return how long somebody spoke between two times, in seconds of the utterance."""
        first = bisect_right(self._speech, from_s * RATE / FRAME - 1)
        return (bisect_left(self._speech, to_s * RATE / FRAME) - first) * FRAME / RATE
