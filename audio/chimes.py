"""The few sounds Hark makes that are not words."""

import numpy as np
import numpy.typing as npt

from audio.vocabulary import Samples

RATE = 24_000
"""Hz; twice the highest partial with room to spare."""

LOUDNESS = 0.25
"""Of full scale: about the level of speech."""

NOTES: dict[str, tuple[tuple[float, float, float], ...]] = {
    "listen": ((659.3, 0.00, 0.09), (987.8, 0.07, 0.14)),
    "quiet": ((987.8, 0.00, 0.09), (659.3, 0.07, 0.14)),
    "trouble": ((311.1, 0.00, 0.16), (233.1, 0.14, 0.26)),
    "leaves": ((1318.5, 0.00, 0.05), (1568.0, 0.05, 0.05), (2093.0, 0.10, 0.09)),
    "ring": (
        (880.0, 0.00, 0.18),
        (1108.7, 0.16, 0.18),
        (1318.5, 0.32, 0.34),
        (880.0, 0.90, 0.18),
        (1108.7, 1.06, 0.18),
        (1318.5, 1.22, 0.34),
    ),
}
"""Notes as (Hz, start s, length s): up opens the microphone, down closes it; quickly upwards, something leaves the machine."""

RING_ROUND_S = 2.6
"""Seconds of one round of ringing, the rest of it silence in which "stop" is heard."""


def chime(name: str) -> Samples:
    """Return a sound by its name as int16 at `RATE`."""
    notes = NOTES[name]
    seconds = RING_ROUND_S if name == "ring" else max(start + length for _, start, length in notes) + 0.02
    out: npt.NDArray[np.float64] = np.zeros(int(seconds * RATE))
    for hertz, start, length in notes:
        t = np.arange(int(length * RATE)) / RATE
        swell = np.minimum(1.0, t / 0.006) * np.exp(-5.0 * t / length) * np.minimum(1.0, (length - t) / 0.01)
        tone = np.sin(2 * np.pi * hertz * t) + 0.25 * np.sin(4 * np.pi * hertz * t)
        at = int(start * RATE)
        out[at : at + len(t)] += swell * tone
    scaled: Samples = (out / np.abs(out).max() * LOUDNESS * 32_767).astype(np.int16)
    return scaled
