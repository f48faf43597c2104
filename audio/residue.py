"""What is left of Hark's own voice in what it hears, and whether somebody else is to be heard above it: pure arithmetic on loudness."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from audio.vocabulary import FRAME, RATE, Samples

FRAME_S = FRAME / RATE

ECHO_S = 0.5
"""Seconds after a sound is played in which its echo may be heard: the device's buffers, the room."""

REMEMBERED_S = 4.0
"""Seconds of playing over which the residue is learnt."""

FIRST_LEAK = 0.1
"""Residue, of what is played, until it is known: before the canceller has learnt the room, only who speaks up is heard."""

USUALLY = 75
"""Percentile of the residue that counts as usual: the canceller leaves little between words, and somebody else speaks less than Hark."""

ABOVE = 2.5
"""Times the usual residue (8 dB) that somebody has to be louder."""

QUIET = 30.0
"""int16 RMS below which nothing is played that could be heard, and nobody speaks."""

USUAL = 3000.0
"""int16 RMS of Hark's voice as it is played."""

VOICE = 600.0
"""int16 RMS of somebody who speaks at arm's length or across a table: -35 dB of full scale."""

UNHEARD_DB = 60.0
"""Return loss at which there is no echo: a headset."""


class Mode(StrEnum):
    """How Hark can be interrupted here."""

    FREE = "free"
    """By anybody who speaks."""
    LOUD = "loud"
    """By who speaks up, over a threshold that follows the echo."""
    WAKE = "wake"
    """By the wake word only."""


@dataclass(frozen=True, slots=True)
class Echo:
    """How this room gives Hark's voice back."""

    delay_s: float
    """From playing to hearing."""
    loss_db: float
    """How much fainter it comes back; `UNHEARD_DB` when it does not."""
    left_db: float
    """How much fainter still than what is played is what the canceller leaves."""

    @property
    def mode(self) -> Mode:
        """How Hark can be interrupted with such an echo."""
        threshold = ABOVE * USUAL * 10 ** (-self.left_db / 20)
        if threshold <= VOICE / 2:
            return Mode.FREE
        return Mode.LOUD if threshold <= 3 * VOICE else Mode.WAKE


def rms(samples: Samples) -> float:
    """Return the loudness of sound, int16."""
    return float(np.sqrt(np.mean(samples.astype(np.float32) ** 2))) if len(samples) else 0.0


class Residue:
    """Follows how loud the echo is before and after cancelling, frame by frame."""

    def __init__(self) -> None:
        self._played: deque[float] = deque(maxlen=round(ECHO_S / FRAME_S))
        self._leaks: deque[float] = deque(maxlen=round(REMEMBERED_S / FRAME_S))
        self.leak = FIRST_LEAK
        """Of what is played, that is usually left."""
        self.mine = False
        """Whether what is left in the last frame may be no more than Hark's own voice."""

    def add(self, played: Samples, heard: Samples, cleaned: Samples) -> None:
        """Take one frame of each."""
        self._played.append(rms(played))
        loudest = max(self._played)
        if loudest < QUIET or not heard.any():
            self.mine = False
            return
        left = rms(cleaned)
        self.mine = left < max(QUIET, ABOVE * self.leak * loudest)
        self._leaks.append(left / loudest)
        if len(self._leaks) >= round(ECHO_S / FRAME_S):
            self.leak = float(np.percentile(self._leaks, USUALLY))


def measured(played: Samples, heard: Samples, cleaned: Samples) -> Echo:
    """Return how a known sound comes back, from what was played and heard at the same time.

    The delay is where the two agree best (cross-correlation with the phase alone: Knapp and Carter, 1976).
    """
    size = 1 << (len(played) + len(heard)).bit_length()
    cross = np.fft.rfft(heard.astype(np.float64), size) * np.conj(np.fft.rfft(played.astype(np.float64), size))
    agreement = np.fft.irfft(cross / np.maximum(np.abs(cross), 1e-9), size)[: round(ECHO_S * RATE)]
    at = int(np.argmax(np.abs(agreement)))
    if np.abs(agreement[at]) < 6 * np.std(agreement):
        return Echo(0.0, UNHEARD_DB, UNHEARD_DB)
    return Echo(at / RATE, fainter(played, heard), fainter(played, cleaned))


def fainter(played: Samples, heard: Samples) -> float:
    """Return by how many dB one sound is fainter than the other, 0 to `UNHEARD_DB`; the room's noise, known from the quiet end, apart."""
    room = rms(heard[-RATE // 4 :])
    back = max(rms(heard) ** 2 - room**2, 1.0) ** 0.5
    return float(np.clip(20 * np.log10(max(rms(played), 1.0) / back), 0.0, UNHEARD_DB))
