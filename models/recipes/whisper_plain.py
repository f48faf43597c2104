"""faster-whisper as it comes: what Hark's own way of using it is compared with. Hosted in a worker by `hark bench asr --true-shape`."""

import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
from faster_whisper import WhisperModel


class PlainWhisper:
    """Transcribes whole recordings with the library's defaults: language detected, five beams, thirty seconds."""

    def __init__(self, model: str, threads: int = 0) -> None:
        """Load the CTranslate2 folder `model`."""
        self._model = WhisperModel(str(Path(model)), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True)

    def seconds(self, samples: npt.NDArray[np.int16], beam: int = 5, language: str | None = None) -> float:
        """Return how long a recording, (n,) int16 at 16 kHz, takes.

        Random weights are never sure, so what the library does to doubtful texts, decoding them up to five times more, is switched off.
        """
        began = time.perf_counter()
        segments, _ = self._model.transcribe(
            samples.astype(np.float32) / 32768, beam_size=beam, language=language, temperature=0.0, log_prob_threshold=None,
            no_speech_threshold=None, condition_on_previous_text=False, max_new_tokens=24,
        )  # fmt: skip
        for _ in segments:
            pass
        return time.perf_counter() - began
