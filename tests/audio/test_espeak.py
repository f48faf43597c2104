import itertools
import subprocess
import sys
import threading
import time
from pathlib import Path

import espeakng_loader
import numpy as np
import pocketsphinx
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.errors import EngineError
from audio.tts.espeak import Espeak, clauses

SENTENCES = [
    "the kitchen timer is ringing",
    "ten minutes are left",
    "it is half past six",
    "the lights are on",
    "volume is at forty percent",
    "your shopping list is empty",
    "i could not understand you",
    "the weather tomorrow will be sunny",
]


@pytest.fixture(scope="module")
def espeak():
    return Espeak()


def sound(espeak, text, language="en"):
    return np.concatenate([np.zeros(0, np.int16), *espeak.speak(text, language)])


def longest_silence_s(samples, rate):
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 100)
    return np.diff(loud).max() / rate


@pytest.fixture
def listener():
    """Build a recogniser that has to choose one of SENTENCES."""
    decoder = pocketsphinx.Decoder(samprate=16_000, loglevel="FATAL", lm=None)
    decoder.add_jsgf_string("replies", f"#JSGF V1.0; grammar replies; public <reply> = {' | '.join(SENTENCES)};")
    decoder.activate_search("replies")
    return decoder


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_listener_tells_the_sentences_apart(espeak, listener, sentence):
    samples = soxr.resample(sound(espeak, sentence), espeak.rate, 16_000)
    quiet = np.random.default_rng(0).normal(0, 10, 8000).astype(np.int16)
    listener.start_utt()
    listener.process_raw(np.concatenate([quiet, samples, quiet]).tobytes(), full_utt=True)
    listener.end_utt()
    assert listener.hyp().hypstr == sentence


def test_pieces_are_int16_of_at_most_a_tenth_of_a_second_at_the_voices_rate(espeak):
    pieces = list(espeak.speak("Timer set for ten minutes.", "en"))
    assert espeak.rate == 22_050
    assert {piece.dtype for piece in pieces} == {np.dtype(np.int16)}
    assert {piece.ndim for piece in pieces} == {1}
    assert max(map(len, pieces)) <= 0.1 * espeak.rate


def test_the_first_sound_is_audible_at_once_and_the_last_is_a_short_silence(espeak):
    samples = sound(espeak, "Timer set.")
    assert np.abs(samples[: espeak.rate // 200].astype(int)).max() > 100
    assert not samples[-espeak.rate // 20 :].any()
    assert np.abs(samples[-espeak.rate // 10 :].astype(int)).max() > 0


@pytest.mark.parametrize("text", ["is", "Is it?", "What is it?", "mum", "kick", "你好", "啊"])
def test_speech_starts_and_ends_at_zero_so_nothing_clicks(espeak, text):
    samples = sound(espeak, text, "zh")
    spoken = np.trim_zeros(samples, "b")
    assert abs(int(samples[0])) < 50
    assert abs(int(spoken[-1])) < 50


def test_a_text_without_words_makes_no_sound(espeak):
    for text in ("", " \n ", "...", "?!", "😀", "\x00\x01", "()"):
        assert not list(espeak.speak(text, "en"))


def test_english_inside_chinese_is_spoken_by_the_english_voice(espeak):
    inside = sound(espeak, "打开WiFi", "zh")
    parts = len(sound(espeak, "打开", "zh")) + len(sound(espeak, "WiFi", "en"))
    assert len(inside) == pytest.approx(parts, rel=0.1)
    spelled = len(sound(Espeak(voice_en="cmn"), "打开WiFi", "zh"))
    assert spelled != pytest.approx(len(inside), rel=0.01)


def test_chinese_inside_english_is_spoken_by_the_chinese_voice(espeak):
    assert len(sound(espeak, "Added 牛奶.", "en")) < 0.8 * len(sound(Espeak(voice_zh="en-us"), "Added 牛奶.", "en"))


def test_voices_change_without_a_gap(espeak):
    assert longest_silence_s(sound(espeak, "打开WiFi吧", "zh"), espeak.rate) < 0.09


def test_a_comma_pauses_and_a_full_stop_pauses_longer(espeak):
    longest = {mark: longest_silence_s(sound(espeak, f"打开{mark}WiFi", "zh"), espeak.rate) for mark in ("", "，", "。")}
    assert longest[""] + 0.1 < longest["，"]
    assert longest["，"] + 0.1 < longest["。"]


@pytest.mark.parametrize(
    ("figures", "words"), [("打开3个灯", "打开三个灯"), ("10000", "一万"), ("-5°C", "零下五度"), ("50%", "百分之五十")]
)
def test_figures_are_read_in_chinese(espeak, figures, words):
    assert len(sound(espeak, figures, "zh")) == pytest.approx(len(sound(espeak, words, "zh")), rel=0.02)


def test_the_first_sound_does_not_wait_for_the_rest(espeak):
    long = "Here it is, " + "and then one more thing happened to all of us " * 200

    def first():
        speech = espeak.speak(long, "en")
        next(speech)
        speech.close()

    started = time.perf_counter()
    list(espeak.speak(long, "en"))
    whole = time.perf_counter() - started
    firsts = []
    for _ in range(3):
        started = time.perf_counter()
        first()
        firsts.append(time.perf_counter() - started)
    assert min(firsts) < whole / 20


def test_a_closed_speech_stops_and_the_next_one_is_whole(espeak):
    whole = len(sound(espeak, "Timer set for ten minutes."))
    interrupted = espeak.speak("word " * 2000, "en")
    next(interrupted)
    interrupted.close()
    assert list(interrupted) == []
    assert len(sound(espeak, "Timer set for ten minutes.")) == pytest.approx(whole, rel=0.02)


def test_an_abandoned_speech_does_not_block_another(espeak):
    abandoned = espeak.speak("One two three, " * 20, "en")
    next(abandoned)
    assert len(sound(espeak, "Timer set.")) > 0
    assert sum(map(len, abandoned)) > 0


def test_two_voices_of_one_process_do_not_disturb_each_other(espeak):
    slow = Espeak(words_per_minute=90)
    alone = len(sound(espeak, "Timer set for ten minutes.")), len(sound(slow, "Timer set for ten minutes."))
    together = [0, 0]

    def speak(at, voice):
        together[at] = len(sound(voice, "Timer set for ten minutes."))

    threads = [threading.Thread(target=speak, args=pair) for pair in enumerate([espeak, slow])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together == pytest.approx(list(alone), rel=0.02)
    assert alone[1] > 1.3 * alone[0]


def test_pitch_changes_the_sound(espeak):
    assert not np.array_equal(sound(espeak, "Timer"), sound(Espeak(pitch=90), "Timer"))


@pytest.mark.parametrize("text", ["word " * 2000, "a" * 10_000, "9" * 2000, "<b>&amp; [[h@loU]] {x} \\ _*~`#|</b>", "A\x01b🎉\ud800c"])
def test_any_text_is_spoken(espeak, text):
    first = list(itertools.islice(espeak.speak(text, "zh"), 20))
    assert any(piece.any() for piece in first)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["en", "zh"]))
def test_no_text_breaks_it(text, language):
    for piece in Espeak().speak(text, language):
        assert piece.dtype == np.int16


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "So", "Sk", "Mn", "Me", "Zl", "Zp"], max_codepoint=0x9FFF), max_size=400)
)
def test_clauses_are_short_and_lose_no_letter(text):
    cut = list(clauses(text, "en"))
    assert all(len(clause.text.encode()) <= 120 for clause in cut)
    assert [c for clause in cut for c in clause.text if c.isascii() and c.isalnum()] == [c for c in text if c.isascii() and c.isalnum()]


def test_a_long_text_is_cut_where_a_speaker_pauses():
    text = "It is half past six in the evening, and the weather tomorrow will be 3.5 degrees warmer. Dr. Lee calls you at 7:30."
    assert [clause.text for clause in clauses(text, "en")] == [
        "It is half past six in the evening,",
        " and the weather tomorrow will be 3.5 degrees warmer. Dr. Lee calls you at 7:30.",
    ]


def test_an_unknown_voice_is_an_error_that_names_similar_ones():
    with pytest.raises(EngineError, match=r"no voice 'en-uk'.*en-us"):
        Espeak(voice_en="en-uk")


@pytest.mark.parametrize("settings", [{"words_per_minute": 20}, {"pitch": 120}])
def test_an_impossible_pace_or_pitch_is_an_error(settings):
    with pytest.raises(EngineError, match="80 to 450"):
        Espeak(**settings)


LIBRARY = """
import sys
from pathlib import Path
from audio.errors import EngineError
from audio.tts.espeak import _Library
try:
    print(_Library(Path(sys.argv[1])).rate)
except EngineError as error:
    print(error)
"""


def rate_with_data_at(path):
    """Ask a process of its own: the C library is one per process."""
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", LIBRARY, path], capture_output=True, text=True, check=True, cwd=root
    ).stdout.strip()


def test_voices_in_a_folder_with_a_very_long_path_are_found(tmp_path):
    deep = tmp_path / ("x" * 200)
    deep.symlink_to(espeakng_loader.get_data_path(), target_is_directory=True)
    assert rate_with_data_at(deep) == "22050"


def test_missing_voices_are_an_error_that_says_how_to_get_them(tmp_path):
    assert "Reinstall" in rate_with_data_at(tmp_path / "nothing")


def test_another_voice_speaks_one_text_and_the_usual_one_the_next(espeak):
    usual, other, again = (
        len(np.concatenate(list(espeak.speak("Good morning to you all.", "en", voice)))) for voice in ("", "en-gb-scotland", "")
    )
    assert abs(usual - again) < 0.01 * usual  # its pitch wavers, and with it the length of a text
    assert abs(usual - other) > 0.02 * usual
    with pytest.raises(EngineError, match="no voice 'nobody'"):
        list(espeak.speak("Good morning.", "en", "nobody"))
