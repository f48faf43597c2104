import numpy as np
import pytest

from audio.asr.evidence import Decode, Loudness, believable
from audio.vocabulary import RATE


def decode(text, language="en", no_speech=0.0, log_probability=-0.2):
    return Decode(text, language, no_speech, log_probability)


def hiss(seconds, level=300, seed=0):
    return (np.random.default_rng(seed).standard_normal(round(seconds * RATE)) * level).astype(np.int16)


def heard(*pieces):
    loudness = Loudness()
    for piece in np.array_split(np.concatenate(pieces), 37):  # of no special length
        loudness.add(piece)
    return loudness


def test_plain_words_are_believed():
    assert believable(decode("Set a timer for 10 minutes."), voiced_s=1.2)


def test_no_words_are_not():
    assert not believable(decode(" . "), voiced_s=1.2)


def test_improbable_words_without_speech_are_not_believed():
    assert not believable(decode("Set a timer", no_speech=0.7, log_probability=-1.2), voiced_s=1.2)


def test_probable_words_are_believed_although_whisper_doubts_the_speech():
    assert believable(decode("Stop.", no_speech=0.7, log_probability=-0.3), voiced_s=0.4)


def test_half_believed_words_are_not_believed_where_whisper_is_sure_of_no_speech():
    assert not believable(decode("Stop.", no_speech=0.95, log_probability=-0.5), voiced_s=0.8)


def test_doubted_words_are_not_believed_when_nothing_stood_out_from_the_noise():
    assert not believable(decode("Set a timer", no_speech=0.7), voiced_s=0.1)


def test_endless_repetition_is_not_believed():
    assert not believable(decode("the timer " * 20), voiced_s=5.0)


@pytest.mark.parametrize("text", ["字幕由Amara.org社区提供", "Subtitles by the Amara.org community"])
def test_film_credits_are_never_believed(text):
    assert not believable(decode(text), voiced_s=3.0)


@pytest.mark.parametrize(
    "text", ["Thank you for watching!", "Thanks for watching.", "Thank you.", "you", "Bye-bye.", "谢谢观看", "谢谢大家。", "下期再见"]
)
def test_courtesies_are_believed_only_when_something_was_said(text):
    assert believable(decode(text), voiced_s=0.6)
    assert not believable(decode(text), voiced_s=0.1)
    assert not believable(decode(text, no_speech=0.8), voiced_s=0.6)


@pytest.mark.parametrize("text", ["Thank you, that's enough", "How do I say goodbye?", "字幕", "订一个闹钟", "So what time is it?"])
def test_sentences_that_only_begin_like_a_phantom_are_believed(text):
    assert believable(decode(text), voiced_s=0.2)


def test_zeros_are_silence():
    assert heard(np.zeros(RATE, np.int16)).seconds() == 0


def test_a_door_is_not_a_sentence():
    assert not believable(decode("Set a timer for 10 minutes."), voiced_s=0.1)
    assert not believable(decode("倒计时十分钟。", "zh"), voiced_s=0.1)


@pytest.mark.parametrize("text", ["no no no", "很好很好", "ha ha ha ha", "one two three four five six seven", "3 3 3 3", "哈哈哈哈"])
def test_what_people_repeat_is_believed(text):
    assert believable(decode(text), voiced_s=2.0)


@pytest.mark.parametrize("text", ["I think so. " * 4, "啦" * 9, "谢谢你。" * 6, "Set a timer. " + "the timer the timer " * 4])
def test_short_loops_are_told_too(text):
    assert not believable(decode(text), voiced_s=9.0)


def test_steady_noise_is_not_voiced():
    assert len(heard(hiss(2)).voiced()) == 0


def test_speech_in_noise_is_voiced_where_it_is():
    voiced = heard(hiss(1), hiss(0.5, level=3000), hiss(1)).voiced()
    assert voiced[0] == pytest.approx(1.0, abs=0.03)
    assert voiced[-1] == pytest.approx(1.5, abs=0.03)
    assert len(heard(hiss(1), hiss(0.5, level=3000), hiss(1)).voiced(1.6)) == 0


def test_the_quietest_moment_is_found():
    assert heard(hiss(2, 3000), hiss(0.4, 30), hiss(2, 3000)).quietest(0.5, 4.0) == pytest.approx(2.2, abs=0.12)
