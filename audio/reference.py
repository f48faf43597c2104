"""What the loudspeaker plays, in step with what the microphone hears: two devices with buffers of their own, side by side."""

from collections import deque

import numpy as np

from audio.resampler import Resampler
from audio.vocabulary import RATE, Samples

AHEAD_S = 0.04
"""Kept waiting, two blocks of the speaker: its callbacks come in bursts, and a gap in what is played would look like another sound."""

BEHIND_S = 0.25
"""More than this waits only when the microphone stood still; the oldest is dropped, and the canceller finds the delay anew."""


class Reference:
    """Filled by the speaker's callback, emptied by whoever reads the microphone."""

    def __init__(self, rate: int) -> None:
        """Take the rate of what is played, in Hz."""
        self._blocks: deque[Samples] = deque()
        self._resampler = Resampler(rate, RATE)
        self._waiting: Samples = np.zeros(0, np.int16)
        self._running = False

    def add(self, block: Samples) -> None:
        """Take what has just been handed to the device; called from its callback, so nothing else is done here."""
        self._blocks.append(block)

    def take(self, count: int) -> Samples:
        """Return what was played beside the next `count` samples that are heard, at `RATE`; silence when nothing was."""
        while self._blocks:
            self._waiting = np.concatenate([self._waiting, self._resampler.push(self._blocks.popleft())])
        ahead = round(AHEAD_S * RATE)
        if len(self._waiting) > round(BEHIND_S * RATE) + count:
            self._waiting = self._waiting[-ahead - count :]
        self._running = self._running or len(self._waiting) >= ahead + count
        if not self._running:
            return np.zeros(count, np.int16)
        taken, self._waiting = self._waiting[:count], self._waiting[count:]
        if len(taken) < count:
            self._running = False
            taken = np.concatenate([taken, np.zeros(count - len(taken), np.int16)])
        return taken
