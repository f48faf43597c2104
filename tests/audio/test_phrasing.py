import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.tts.phrasing import joined, streamed, trimmed

RATE = 16_000


def silence(seconds):
    return np.zeros(round(seconds * RATE), np.int16)


def tone(seconds):
    return np.full(round(seconds * RATE), 5000, np.int16)


def speech(pieces):
    return np.concatenate([silence(0), *pieces])


def test_phrases_without_a_mark_between_them_follow_without_a_gap():
    joint = speech(joined([("one", tone(1)), ("two", tone(1))], RATE))
    assert len(joint) == 2 * RATE + 0.06 * RATE
    assert np.diff(np.flatnonzero(joint)).max() < 5


@pytest.mark.parametrize(("mark", "pause_s"), [(",", 0.15), ("，", 0.15), (".", 0.3), ("。”", 0.3), ("?", 0.3)])
def test_a_mark_makes_a_pause_before_the_next_phrase_and_none_at_the_end(mark, pause_s):
    joint = speech(joined([(f"one{mark}", tone(1)), (f"two{mark}", tone(1))], RATE))
    assert len(joint) / RATE == pytest.approx(2.06 + pause_s, abs=0.001)


def test_silence_around_each_phrase_is_cut():
    padded = np.concatenate([silence(0.5), tone(1), silence(0.5)])
    joint = speech(joined([("one", padded), ("two", padded)], RATE))
    assert len(joint) / RATE == pytest.approx(2 + 0.002 + 0.05 + 0.06, abs=0.001)


def test_phrases_that_are_silent_add_nothing_but_their_pause():
    assert speech(joined([("...", silence(1))], RATE)).size == 0
    with_silent = speech(joined([("one", tone(1)), (".", silence(1)), ("two", tone(1))], RATE))
    assert len(with_silent) / RATE == pytest.approx(2.36, abs=0.001)


def test_both_ends_of_a_sound_rise_from_zero_and_fall_to_it():
    sound = trimmed(tone(0.1), RATE, 0.0)
    assert sound[0] == sound[-1] == 0
    assert np.abs(np.diff(sound.astype(int))).max() < 400
    assert sound[len(sound) // 2] == 5000


def test_the_quietest_sample_of_all_is_no_exception():
    assert len(trimmed(np.array([-32768] * 100, np.int16), RATE, 0.0)) == 100


def test_a_stream_begins_with_its_first_sound_and_ends_with_a_short_silence():
    padded = np.concatenate([silence(0.5), tone(1), silence(0.4), tone(1), silence(0.7)])
    joint = speech(streamed(np.split(padded, range(500, len(padded), 500)), RATE))
    assert len(joint) / RATE == pytest.approx(2.4 + 0.06, abs=0.003)
    assert not joint[-round(0.05 * RATE) :].any()


def test_a_stream_gives_a_sound_as_soon_as_it_comes():
    def pieces():
        yield silence(0.1)
        yield tone(0.1)
        pytest.fail("asked for more before giving what there was")

    assert len(next(streamed(pieces(), RATE))) >= 0.1 * RATE


def test_a_silent_stream_gives_nothing():
    assert list(streamed([silence(1), silence(1)], RATE)) == []


@given(st.lists(st.lists(st.sampled_from([0, 0, 0, 5000, -5000]), max_size=300), max_size=6))
def test_how_a_stream_is_cut_changes_nothing(pieces):
    arrays = [np.array(piece, np.int16) for piece in pieces]
    whole = [np.concatenate([silence(0), *arrays])]
    assert speech(streamed(arrays, RATE)).size == speech(streamed(whole, RATE)).size
