"""When speech begins and when it is over."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.endpoint import Completeness, Endpoint, EndpointSettings
from audio.vocabulary import SpeechEnded, SpeechPaused, SpeechStarted

FRAME_S = 0.032


def run(endpoint: Endpoint, probabilities: list[float], start_s: float = 0.0) -> list[SpeechStarted | SpeechEnded]:
    """Feed frames and return what came of them, pauses apart."""
    changes = []
    for number, speech in enumerate(probabilities, 1):
        change = endpoint.process(start_s + number * FRAME_S, FRAME_S, speech)
        if change and not isinstance(change, SpeechPaused):
            changes.append(change)
    return changes


def silence_until_end(completeness: Completeness) -> float:
    """Return how much silence ended an utterance of one second."""
    endpoint = Endpoint()
    run(endpoint, [0.9] * 30)
    endpoint.settle(completeness)
    for number in range(1, 200):
        ended = endpoint.process((30 + number) * FRAME_S, FRAME_S, 0.0)
        if isinstance(ended, SpeechEnded):
            return number * FRAME_S
    raise AssertionError("never ended")


def test_speech_begins_after_two_frames_and_is_dated_back_to_the_first():
    assert run(Endpoint(), [0.0, 0.9, 0.9]) == [SpeechStarted(pytest.approx(FRAME_S))]


def test_a_click_is_no_speech():
    assert run(Endpoint(), [0.0, 0.9, 0.0, 0.0, 0.9, 0.0]) == []


@pytest.mark.parametrize(
    ("completeness", "patience_s"),
    [
        (Completeness.COMPLETE, 0.16),
        (Completeness.EXTENSIBLE, 0.19),
        (Completeness.GROWING, 0.32),
        (Completeness.UNKNOWN, 0.70),
        (Completeness.LACKING, 1.2),
        (Completeness.CUT, 2.0),
    ],
)
def test_how_long_a_silence_ends_it_depends_on_the_words(completeness, patience_s):
    assert silence_until_end(completeness) == pytest.approx(patience_s, abs=FRAME_S)


def test_a_pause_is_told_once_and_again_after_more_speech():
    endpoint = Endpoint()
    speech = [0.9] * 10 + [0.0] * 6 + [0.9] * 3 + [0.0] * 6
    told = [endpoint.process(number * FRAME_S, FRAME_S, each) for number, each in enumerate(speech, 1)]
    assert [number for number, each in enumerate(told, 1) if isinstance(each, SpeechPaused)] == [13, 22]


def test_words_that_nobody_has_read_to_their_end_are_waited_for():
    endpoint = Endpoint()
    run(endpoint, [0.9] * 10)
    endpoint.guess(Completeness.COMPLETE)
    assert run(endpoint, [0.0] * 15, 10 * FRAME_S) == []
    endpoint.settle(Completeness.COMPLETE)
    assert isinstance(endpoint.due(25 * FRAME_S, FRAME_S), SpeechEnded)


def test_a_guess_changes_nothing_about_a_pause_that_was_read_to_its_end():
    endpoint = Endpoint()
    run(endpoint, [0.9] * 10 + [0.0] * 3)
    endpoint.settle(Completeness.CUT)
    endpoint.guess(Completeness.COMPLETE)
    assert run(endpoint, [0.0] * 40, 13 * FRAME_S) == []


def test_an_utterance_that_was_not_over_goes_on():
    endpoint = Endpoint()
    run(endpoint, [0.9] * 10)
    endpoint.settle(Completeness.COMPLETE)
    assert endpoint.due(20 * FRAME_S, FRAME_S)
    endpoint.resume(22 * FRAME_S)
    assert endpoint.speaking
    assert run(endpoint, [0.9] * 5 + [0.0] * 30, 22 * FRAME_S)[0].at_s == pytest.approx(27 * FRAME_S)


def test_a_soft_syllable_does_not_end_it():
    endpoint = Endpoint()
    assert [type(c) for c in run(endpoint, [0.9] * 10 + [0.4] * 60)] == [SpeechStarted]


def test_the_end_is_the_last_voiced_frame_not_the_decision():
    ended = run(Endpoint(), [0.9] * 10 + [0.0] * 40)[-1]
    assert ended == SpeechEnded(pytest.approx(10 * FRAME_S), "silence")


def test_nobody_speaks_longer_than_the_limit():
    ended = run(Endpoint(EndpointSettings(longest_s=2.0)), [0.9] * 100)[1]
    assert isinstance(ended, SpeechEnded)
    assert ended.reason == "too_long"
    assert ended.at_s == pytest.approx(2.0, abs=2 * FRAME_S)


def test_after_one_utterance_the_next_begins_as_new():
    changes = run(Endpoint(), ([0.9] * 10 + [0.0] * 60) * 2)
    assert [type(c) for c in changes] == [SpeechStarted, SpeechEnded] * 2


def test_the_end_of_the_stream_ends_the_utterance():
    endpoint = Endpoint()
    assert endpoint.finish() is None
    run(endpoint, [0.9] * 5)
    assert endpoint.finish() == SpeechEnded(pytest.approx(5 * FRAME_S), "end_of_stream")
    assert not endpoint.speaking


@given(st.lists(st.floats(0, 1), max_size=300))
def test_starts_and_ends_take_turns_and_time_goes_forward(probabilities):
    changes = run(Endpoint(), probabilities)
    assert all(type(a) is not type(b) for a, b in pairwise(changes))
    assert all(a.at_s <= b.at_s for a, b in pairwise(changes))
