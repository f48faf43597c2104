"""The wake word put to the test: phrases in noise, and speech that nobody meant for it."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from audio.files import read_recording
from audio.resampler import Resampler
from audio.tts.espeak import Espeak
from audio.vocabulary import FRAME, RATE, Samples
from audio.wake import WakeWord

LEAD_S = 2.0
"""Seconds of noise before a recording: nothing begins when somebody begins to speak."""

READERS = [
    ("en-us", 160, 50),
    ("en-gb-x-rp", 180, 35),
    ("en-us", 190, 75),
    ("en-gb-scotland", 150, 55),
    ("en-us", 220, 20),
    ("en-029", 170, 60),
]
"""Voices of espeak-ng that read aloud in turn: name, words a minute, pitch."""


class WakeTrial:
    """One wake word that listens to what it is given."""

    def __init__(self, name: str, threshold: float) -> None:
        """Take the word and its threshold. Raises ModelMissing or EngineError."""
        self._given = (name, threshold)
        self._readers = [Espeak(voice_en=voice, words_per_minute=pace, pitch=pitch) for voice, pace, pitch in READERS]

    def recording(self, path: str, noise: str = "", snr_db: float = 0.0) -> dict[str, Any]:
        """Return when a recording woke, in noise if any is named, `snr_db` under the recording's own loudness."""
        sound = read_recording(path).samples.astype(np.float64)
        lead = np.random.default_rng(1).normal(0, 10, int(LEAD_S * RATE))  # a quiet room
        sound = np.concatenate([lead, sound])
        if noise:
            beside = np.resize(read_recording(noise).samples.astype(np.float64), len(sound))
            sound += beside * rms(spoken(sound)) / rms(beside) / 10 ** (snr_db / 20)
        return self._heard(np.clip(sound, -32_768, 32_767).astype(np.int16), LEAD_S)

    def reading(self, texts: list[str], first: int) -> Iterator[dict[str, Any]]:
        """Read texts aloud, each in another voice, and yield what each woke."""
        word = WakeWord(*self._given)
        for number, text in enumerate(texts, first):
            reader = self._readers[number % len(self._readers)]
            resampler = Resampler(reader.rate, RATE)
            pieces = [resampler.push(piece) for piece in reader.speak(text, "zh" if any(ord(one) > 0x2E80 for one in text) else "en")]
            sound = np.concatenate([*pieces, np.zeros(RATE // 4, np.int16)])
            yield heard(word, sound) | {"text": text}

    def _heard(self, sound: Samples, lead_s: float) -> dict[str, Any]:
        found = heard(WakeWord(*self._given), np.concatenate([sound, np.zeros(RATE, np.int16)]))
        return found | {"at_s": [at_s - lead_s for at_s in found["at_s"]]}


def heard(word: WakeWord, sound: Samples) -> dict[str, Any]:
    """Return when sound woke, how often it was suspicious, and how long it is."""
    padded = np.concatenate([sound, np.zeros(-len(sound) % FRAME, np.int16)])
    woken = [word.push(padded[at : at + FRAME], at / RATE) for at in range(0, len(padded), FRAME)]
    suspicions = len(word.tries)
    word.tries.clear()
    return {"at_s": [one.at_s for one in woken if one], "suspicions": suspicions, "seconds": len(padded) / RATE}


def rms(sound: Any) -> float:
    """Return the root of the mean square."""
    return float(np.sqrt(np.mean(sound**2))) or 1.0


def spoken(sound: Any) -> Any:
    """Return the parts of sound in which somebody speaks: the frames within 25 dB of the loudest."""
    frames = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    level = np.sqrt((frames**2).mean(axis=1))
    return frames[level > level.max() / 10 ** (25 / 20)]
