"""Silence and noise never become words, whatever the model makes of them: the real adapter with a CTranslate2 model that dreams."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.asr.phantoms import is_never_said
from audio.asr.whisper import Whisper
from audio.vocabulary import RATE
from tests.audio.test_whisper import CHINESE, CLIPS, ENGLISH, MODEL, clip, recognised

CLIPS_FOLDER = Path(__file__).parents[1] / "clips"
STOP = "en-07.flac"
ENGLISH_PHANTOMS = ("Thank you.", "Thank you for watching!", "Subtitles by the Amara.org community", "you", "[Music]", "♪ ♪", "Bye-bye.")
CHINESE_PHANTOMS = (
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "字幕由Amara.org社区提供",
    "谢谢大家的观看",
    "请订阅",
    "以下是普通话的句子。",
)
PHANTOMS = [*((text, "en") for text in ENGLISH_PHANTOMS), *((text, "zh") for text in CHINESE_PHANTOMS)]


class Dreaming:
    """A CTranslate2 model that writes a given text into any sound, and is as sure of it as it is told to be."""

    is_multilingual, device = True, "cpu"

    def __init__(self, tokenizer, n_mels):
        self._tokenizer, self.n_mels = tokenizer, n_mels
        self.text, self.language, self.no_speech, self.score = "", "en", 0.0, -0.2
        self.asked = 0

    def dream(self, text, language, no_speech, score):
        self.text, self.language, self.no_speech, self.score = text, language, no_speech, score

    def encode(self, features, to_cpu=False):
        return None

    def detect_language(self, encoded):
        return [[(f"<|{self.language}|>", 0.9), ("<|ja|>", 0.1)]]

    def generate(self, encoded, prompts, **options):
        self.asked += 1
        tokens = self._tokenizer.encode(self.text, add_special_tokens=False).ids
        return [type("Result", (), {"sequences_ids": [tokens], "scores": [self.score], "no_speech_prob": self.no_speech})()]


@pytest.fixture(scope="module")
def dreamer():
    whisper = Whisper(str(MODEL), threads=1)
    whisper._model.model = Dreaming(whisper._model.hf_tokenizer, whisper._model.model.n_mels)
    return whisper


def chord(t, *notes):
    return sum(np.sin(2 * np.pi * note * t) + 0.5 * np.sin(4 * np.pi * note * t) for note in notes)


def sound(kind, seconds=2.0):
    rng, n = np.random.default_rng(5), round(seconds * RATE)
    t = np.arange(n) / RATE
    quiet = rng.standard_normal(n) * 15
    match kind:
        case "hiss":
            return quiet * 20
        case "fan":
            return np.convolve(rng.standard_normal(n), np.ones(200) / 20, "same") * 400
        case "mains hum":
            return quiet + 1500 * (np.sin(2 * np.pi * 50 * t) + 0.4 * np.sin(2 * np.pi * 150 * t))
        case "a knock":
            return quiet + rng.standard_normal(n) * 8000 * np.exp(-np.abs(np.arange(n) - n // 2) / 300)
        case "three knocks":
            return quiet + rng.standard_normal(n) * 8000 * sum(np.exp(-np.abs(np.arange(n) - at * RATE) / 250) for at in (0.8, 1.3, 1.8))
        case "music":  # four chords with an attack each, and a drum
            beat = np.exp(-4 * (t % 0.5))
            chords = np.select(
                [t % 2 < 0.5, t % 2 < 1, t % 2 < 1.5], [chord(t, 220, 277, 330), chord(t, 196, 247, 294), chord(t, 175, 220, 262)]
            )
            return quiet + 900 * beat * chords + 2500 * beat**4 * rng.standard_normal(n)
    return np.zeros(n)


KINDS = ("zeros", "hiss", "fan", "mains hum", "a knock", "three knocks", "music")
RECORDED = sorted((CLIPS_FOLDER / "noise").glob("*.flac"))


@pytest.mark.parametrize("kind", KINDS)
def test_sound_without_a_voice_is_not_even_decoded(dreamer, kind):
    dreamer._model.model.asked = 0
    dreamer._model.model.dream("Set a timer for ten minutes.", "en", 0.0, -0.1)
    final = recognised(dreamer, sound(kind).astype(np.int16))
    assert (final.text, final.confidence, dreamer._model.model.asked) == ("", 0.0, 0)


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_noise_of_rooms_has_no_words_where_whisper_doubts_that_somebody_spoke(dreamer, path):
    samples, rate = soundfile.read(path, dtype="int16", frames=5 * RATE)
    assert rate == RATE
    for text, language in PHANTOMS[::6]:
        dreamer._model.model.dream(text, language, 0.95, -0.7)
        assert recognised(dreamer, samples).text == ""


@pytest.mark.parametrize(("text", "language"), PHANTOMS)
def test_phantoms_are_no_words_even_beside_a_voice(dreamer, text, language):
    """Talk in the next room, a film: credits never count, courtesies not when Whisper doubts."""
    dreamer._model.model.dream(text, language, 0.7, -0.2)
    assert recognised(dreamer, clip(STOP)).text == ""
    if is_never_said(text):
        dreamer._model.model.dream(text, language, 0.0, -0.01)
        assert recognised(dreamer, clip(STOP)).text == ""


@pytest.mark.parametrize("loop", ["thank you " * 12, "I don't know. " * 6, "谢谢" * 20, "哈" * 60, "啦啦啦" * 9])
def test_endless_repetition_is_no_speech_even_in_speech(dreamer, loop):
    dreamer._model.model.dream(loop, "en", 0.0, -0.1)
    assert recognised(dreamer, clip(ENGLISH)).text == ""


@pytest.mark.parametrize(("text", "language"), [("Set a timer for 10 minutes.", "en"), ("Thank you.", "en"), ("谢谢", "zh"), ("好", "zh")])
def test_what_was_said_is_kept(dreamer, text, language):
    dreamer._model.model.dream(text, language, 0.1, -0.3)
    final = recognised(dreamer, clip(ENGLISH))
    assert (final.text, final.language) == (text, language)


@pytest.mark.parametrize("name", [ENGLISH, CHINESE])
def test_no_real_word_is_lost_in_noise_that_a_room_has(name):
    whisper = Whisper(str(MODEL), threads=1, window_s=5.0)
    noise = np.random.default_rng(2).standard_normal(len(clip(name))) * 60
    final = recognised(whisper, (clip(name) + noise).astype(np.int16))
    assert len(final.text) > len(CLIPS[name]["text"]) / 2
