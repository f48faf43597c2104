"""Sound brought from one rate to another, piece by piece."""

import numpy as np
import numpy.typing as npt
import soxr

from audio.vocabulary import Samples

FULL_SCALE = 32_768
"""int16 steps from silence to the loudest negative sample; the unit of float sound is this many."""


class Resampler:
    """Bring a stream of pieces to another rate; pieces come back when the filter has seen enough, up to 60 ms late.

    Works in float32 inside, because soxr adds dither to int16 and digital silence would no longer be zeros.
    """

    def __init__(self, source_rate: int, target_rate: int) -> None:
        """Take both rates in Hz; equal rates pass the samples through untouched."""
        self.source_rate = source_rate
        alike = source_rate == target_rate
        self._stream = None if alike else soxr.ResampleStream(source_rate, target_rate, 1, dtype="float32", quality="HQ")

    def push(self, samples: Samples, *, last: bool = False) -> Samples:
        """Return what is ready at the target rate; `last` hands out the rest, and nothing may follow it."""
        if self._stream is None:
            return samples
        return to_int16(self._stream.resample_chunk(samples.astype(np.float32), last=last))


def to_int16(scaled: npt.NDArray[np.floating]) -> Samples:
    """Round float samples that are scaled to int16, clipping what is beyond it."""
    rounded: Samples = np.clip(np.rint(scaled), -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
    return rounded
