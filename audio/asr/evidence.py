"""Whether there is speech behind a recogniser's words: Whisper writes something even when nobody speaks."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audio.asr.agreement import UNIT
from audio.asr.phantoms import is_doubtful, is_never_said
from audio.vocabulary import RATE, Samples

FRAME = 320
"""Samples: 20 ms, about two periods of a low voice."""

FRAME_S = FRAME / RATE

SILENCE = 33.0
"""RMS of int16 samples, -60 dB of full scale: below what any microphone delivers of a voice at arm's length."""

ABOVE_FLOOR = 2.0
"""Times the noise floor, 6 dB: what counts as voiced; steady noise stays within 3 dB of its floor in 20 ms frames."""

FLOOR_PERCENTILE = 10
"""Share of frames taken to be the room alone; pauses between and inside words suffice."""

NO_SPEECH = 0.6
MEAN_LOG_PROBABILITY = -1.0
COMPRESSION_RATIO = 2.4
"""Thresholds of OpenAI's own decoder (whisper/transcribe.py): improbable words without speech are dropped, endless repetitions too."""

SURELY_NO_SPEECH = 0.9
DOUBTFUL_LOG_PROBABILITY = -0.4
"""Noise that comes and goes makes Whisper write single words it half believes; both doubts together are enough."""

FEW_VOICED_S = 0.25
"""Less than a syllable and a half: not enough for a courtesy in a dozen letters."""

UNITS_PER_S, UNITS_FREE = 10, 3
"""Words or Chinese characters that can be said in a voiced second, and some more for soft ones: people reach eight. A slammed door
that becomes a sentence is far above it."""

LOOPS = ((1, 8), (2, 5), (3, 4), (4, 3), (6, 3), (8, 3))
"""So many words or characters said over and over, and how often without end or change is no longer speech."""


@dataclass(frozen=True, slots=True)
class Decode:
    """What Whisper made of a stretch of sound."""

    text: str
    language: str
    """ "en" or "zh"."""
    no_speech: float
    """Probability 0..1 that nobody spoke."""
    log_probability: float
    """Mean over the tokens."""

    @property
    def confidence(self) -> float:
        """Mean probability of a token, 0..1."""
        return float(np.exp(min(0.0, self.log_probability)))

    @property
    def repeats(self) -> bool:
        """Tell whether the text goes round in circles."""
        data = self.text.encode()
        return len(data) / len(zlib.compress(data)) > COMPRESSION_RATIO or loops(self.words)

    @property
    def words(self) -> list[str]:
        """The words and Chinese characters, in lower case."""
        return [unit[0].casefold() for unit in UNIT.finditer(self.text)]


class Loudness:
    """How loud each 20 ms of an utterance is."""

    def __init__(self) -> None:
        self._levels = np.zeros(0)
        self._voiced = np.zeros(0)
        self._rest: Samples = np.zeros(0, np.int16)

    def add(self, samples: Samples) -> None:
        """Take more sound."""
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        if whole:
            frames = sound[:whole].reshape(-1, FRAME).astype(np.float64)
            self._levels = np.concatenate([self._levels, np.sqrt(np.mean(frames**2, axis=1))])
            threshold = max(SILENCE, ABOVE_FLOOR * float(np.percentile(self._levels, FLOOR_PERCENTILE)))
            self._voiced = np.flatnonzero(self._levels > threshold) * np.float64(FRAME_S)

    def voiced(self, from_s: float = 0.0, to_s: float = np.inf) -> npt.NDArray[np.float64]:
        """Return when each voiced frame between two times begins, in seconds of the utterance."""
        return self._voiced[(self._voiced > from_s - FRAME_S) & (self._voiced < to_s)]

    def seconds(self, from_s: float = 0.0, to_s: float = np.inf) -> float:
        """Return how long the sound stood out from the noise between two times, in seconds of the utterance."""
        return len(self.voiced(from_s, to_s)) * FRAME_S

    def quietest(self, from_s: float, to_s: float, width_s: float = 0.2) -> float:
        """Return the middle of the quietest `width_s` between two times, in seconds of the utterance."""
        start, end, width = (round(time_s / FRAME_S) for time_s in (from_s, to_s, width_s))
        smooth = np.convolve(self._levels[start:end], np.ones(width), "valid")
        return (start + int(np.argmin(smooth)) + width / 2) * FRAME_S


def loops(words: Sequence[str]) -> bool:
    """Tell whether the same words come over and over, for more than half of a text."""
    for length, times in LOOPS:
        need = length * (times - 1)
        run = longest = 0
        for one, other in zip(words, words[length:], strict=False):
            run = run + 1 if one == other else 0
            longest = max(longest, run)
        if longest >= need and longest + length > len(words) / 2:
            return True
    return False


def believable(decode: Decode, voiced_s: float) -> bool:
    """Tell whether a decode's words were said, given how long somebody was heard to speak."""
    words = decode.words
    if not words or decode.repeats or is_never_said(decode.text) or len(words) > UNITS_FREE + UNITS_PER_S * voiced_s:
        return False
    unheard = decode.no_speech > NO_SPEECH
    if unheard and (decode.log_probability < MEAN_LOG_PROBABILITY or voiced_s < FEW_VOICED_S):
        return False
    if decode.no_speech > SURELY_NO_SPEECH and decode.log_probability < DOUBTFUL_LOG_PROBABILITY:
        return False
    return not ((unheard or voiced_s < FEW_VOICED_S) and is_doubtful(decode.text))
