"""Whether there is speech behind a recogniser's words: Whisper writes something even when nobody speaks."""

import re
import zlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

CREDITS = re.compile(
    r"(中文)?字幕(by|由|志愿者|组|製作|制作|提供).*|.*amaraorg.*|(请)?不吝点赞.*|.*明镜(与点点|需要您的支持).*|优优独播剧场.*"
    r"|以下是普通话的句子|subtitles?(by|provided).*|transcri(bed|ption)by.*"
)
"""End credits of the films Whisper learnt from, and the prompt given for Chinese; nobody says them to an assistant. Folded text, whole."""

COURTESIES = re.compile(
    r"(thanks|thankyou)(somuch|verymuch)?(forwatching|forlistening)?(and)?((pleasesubscribe|bye|seeyou).*)?|you|so|bye(bye)?|theend|oh"
    r"|please(like|subscribe).*|(illsee|see)you(next(time|week)|inthenext.*|later)?"
    r"|(谢谢|感谢|多谢)(您的|你的|大家的?)?(观看|收看|收听|聆听)?|(我们)?下(期|次)(节目)?(再见|再會)|拜拜|(请)?订阅.*"
)
"""What Whisper likes to hear in noise and people do say, too: believed when something was voiced. Folded text, whole."""


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
        return len(data) / len(zlib.compress(data)) > COMPRESSION_RATIO


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

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing at all was heard."""
        return not (self._levels >= SILENCE).any()

    def quietest(self, from_s: float, to_s: float, width_s: float = 0.2) -> float:
        """Return the middle of the quietest `width_s` between two times, in seconds of the utterance."""
        start, end, width = (round(time_s / FRAME_S) for time_s in (from_s, to_s, width_s))
        smooth = np.convolve(self._levels[start:end], np.ones(width), "valid")
        return (start + int(np.argmin(smooth)) + width / 2) * FRAME_S


def believable(decode: Decode, voiced_s: float) -> bool:
    """Tell whether a decode's words were said, given how long the sound stood out from the noise."""
    folded = re.sub(r"[\W_]+", "", decode.text).casefold()
    if not folded or decode.repeats or CREDITS.fullmatch(folded):
        return False
    unheard = decode.no_speech > NO_SPEECH
    if unheard and (decode.log_probability < MEAN_LOG_PROBABILITY or voiced_s < FEW_VOICED_S):
        return False
    if decode.no_speech > SURELY_NO_SPEECH and decode.log_probability < DOUBTFUL_LOG_PROBABILITY:
        return False
    return not (COURTESIES.fullmatch(folded) and (unheard or voiced_s < FEW_VOICED_S))
