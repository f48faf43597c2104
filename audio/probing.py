"""Measuring how the room gives Hark's voice back: a short sound is played, and what of it is heard tells the delay and the loss."""

import numpy as np

from audio.chimes import RATE as CHIME_RATE
from audio.residue import Echo, measured
from audio.vocabulary import RATE, Samples

NAME = "probe"
"""Under this id the sound is played."""

LISTEN_S = 2.0
"""How long is listened for it, the silence after it included."""


def sound() -> Samples:
    """Return the probe at `CHIME_RATE`: a soft sweep of 0.6 s through the range of a voice, which sounds like a short rising whistle."""
    t = np.arange(round(0.6 * CHIME_RATE)) / CHIME_RATE
    sweep = np.sin(2 * np.pi * 250 * 0.6 / np.log(16) * (np.exp(t / 0.6 * np.log(16)) - 1))  # 250 Hz to 4 kHz (Farina, 2000)
    samples: Samples = (4000 * sweep * np.minimum(1.0, 20 * np.minimum(t, 0.6 - t))).astype(np.int16)
    return samples


class Probe:
    """Collects what is played and heard until there is enough to tell."""

    def __init__(self) -> None:
        self._frames: list[tuple[Samples, Samples, Samples]] = []

    def add(self, played: Samples, heard: Samples, cleaned: Samples) -> Echo | None:
        """Take one frame of each; return how the room answers once that is known."""
        if self._frames or played.any():
            self._frames.append((played, heard, cleaned))
        if sum(len(frame[0]) for frame in self._frames) < LISTEN_S * RATE:
            return None
        return measured(*(np.concatenate(each) for each in zip(*self._frames, strict=True)))
