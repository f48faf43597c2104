"""Hark's own voice taken out of what the microphone hears: WebRTC's echo canceller (AEC3), given the very samples that are played.

The canceller finds the echo's delay by itself, and follows it. What it leaves is judged by `audio.residue`. The library is made for
video calls and could connect to servers; here it is only ever asked to process sound, and `tests/test_nothing_leaves.py` watches.
"""

import numpy as np
from livekit.rtc.apm import AudioProcessingModule
from livekit.rtc.audio_frame import AudioFrame

from audio.errors import EngineError
from audio.residue import Residue
from audio.vocabulary import FRAME, RATE, Samples

BLOCK = RATE // 100
"""Samples: the 10 ms that the canceller takes at a time."""

LAG = BLOCK - FRAME % BLOCK
"""Samples by which the result is late, since a frame is no whole number of blocks: 8 ms."""

TAIL_S = 1.5
"""Seconds after the last sound that is played in which it may still echo; later, nothing is computed."""


class EchoCanceller:
    """Takes frames of what is heard and of what is played meanwhile; used from one thread."""

    def __init__(self) -> None:
        """Load the library. Raises EngineError."""
        try:
            self._apm = AudioProcessingModule(echo_cancellation=True)
        except (RuntimeError, ImportError, OSError) as error:
            raise EngineError(
                f"The echo canceller cannot be loaded: {error}. Reinstall it: pip install --force-reinstall livekit."
            ) from error
        self.residue = Residue()
        self._heard: Samples = np.zeros(0, np.int16)
        self._played: Samples = np.zeros(0, np.int16)
        self._clean: Samples = np.zeros(LAG, np.int16)
        self._quiet = round(TAIL_S * RATE)
        """Samples since something was played."""

    @property
    def at_work(self) -> bool:
        """Whether what is heard may have an echo in it."""
        return self._quiet < TAIL_S * RATE

    def clean(self, heard: Samples, played: Samples) -> Samples:
        """Return what is heard without what is played; both `FRAME` samples, the result `LAG` samples late."""
        self._quiet = 0 if played.any() else self._quiet + len(played)
        self._heard = np.concatenate([self._heard, heard])
        self._played = np.concatenate([self._played, played])
        whole = len(self._heard) // BLOCK * BLOCK
        done = self._heard[:whole]
        if self.at_work:
            done = np.concatenate([self._block(at) for at in range(0, whole, BLOCK)])
        self._heard, self._played = self._heard[whole:], self._played[whole:]
        ready = np.concatenate([self._clean, done])
        cleaned, self._clean = ready[:FRAME], ready[FRAME:]
        self.residue.add(played, heard, cleaned)
        return cleaned

    def _block(self, at: int) -> Samples:
        """Return 10 ms without echo."""
        played, heard = (AudioFrame(bytearray(each[at : at + BLOCK].tobytes()), RATE, 1, BLOCK) for each in (self._played, self._heard))
        self._apm.process_reverse_stream(played)
        self._apm.process_stream(heard)
        return np.frombuffer(bytes(heard.data), np.int16)
