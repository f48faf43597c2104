import numpy as np
import pytest

from audio.asr.speech import DetectedSpeech
from audio.vad import SpeechDetector
from audio.vocabulary import RATE
from tests.audio.test_whisper import ENGLISH, clip


@pytest.fixture(scope="module")
def detector():
    return SpeechDetector()


def heard(detector, samples):
    spoken = DetectedSpeech(detector)
    for piece in np.array_split(samples, 41):  # of no special length
        spoken.add(piece)
    return spoken


def test_speech_is_told_where_it_is(detector):
    seconds = len(clip(ENGLISH)) / RATE - 1.0  # half a second of quiet before and after
    spoken = heard(detector, clip(ENGLISH))
    assert spoken.seconds() == pytest.approx(seconds, rel=0.2)
    assert spoken.seconds(0.0, 0.3) == spoken.seconds(seconds + 0.8) == 0
    assert spoken.seconds(0.0, 1.2) + spoken.seconds(1.2) == pytest.approx(spoken.seconds(), abs=0.04)


@pytest.mark.parametrize("level", [0, 100, 3000])
def test_hiss_is_no_speech_however_loud(detector, level):
    hiss = np.random.default_rng(1).standard_normal(2 * RATE) * level
    assert heard(detector, hiss.astype(np.int16)).seconds() == 0


def test_the_utterance_before_is_forgotten(detector):
    heard(detector, clip(ENGLISH))
    assert heard(detector, np.zeros(RATE, np.int16)).seconds() == 0
