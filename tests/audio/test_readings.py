import math
from dataclasses import replace

import pytest

from audio.asr.readings import LONGEST, MARGIN, SOFTNESS, Reading, Word, belief, choose, clarity, excess


def reading(*words, probability=1.0):
    """Words of (text, frames, cost a frame), one after the other."""
    at, found = 0, []
    for text, frames, cost in words:
        found.append(Word(text, at, at + frames, probability, cost * frames))
        at += frames
    return Reading(tuple(found))


SAID = reading(("<sil>", 30, 5), ("set", 20, 40), ("a", 10, 40), ("timer", 40, 40), ("<sil>", 50, 5))


def worse(by):
    """Return the same words, each frame of speech fitting worse."""
    return Reading(tuple(word if word.is_filler else replace(word, cost=word.cost + by * (word.end - word.start)) for word in SAID.words))


@pytest.mark.parametrize("text", ["<s>", "</s>", "<sil>", "[NOISE]", "++BREATH++"])
def test_silence_and_noise_are_no_words(text):
    assert Word(text, 0, 20, 1.0, 0.0).is_filler


def test_a_word_longer_than_any_word_is_steady_noise():
    assert not Word("and", 7, 7 + LONGEST, 1.0, 0.0).is_filler
    assert Word("and", 7, 7 + LONGEST + 1, 1.0, 0.0).is_filler


def test_the_spoken_words_leave_silence_out():
    assert [word.text for word in SAID.spoken] == ["set", "a", "timer"]


def test_costs_are_spread_over_a_words_frames():
    assert reading(("a", 2, 3.0), ("b", 3, 1.0)).costs(6) == [3.0, 3.0, 1.0, 1.0, 1.0, 0.0]


def test_excess_is_the_extra_cost_of_a_frame_of_speech():
    assert excess(worse(12), SAID) == pytest.approx(12)
    assert excess(SAID, SAID) == 0
    assert excess(SAID, worse(7)) == pytest.approx(-7)


def test_silence_on_both_sides_does_not_dilute_the_excess():
    longer = (Word("<sil>", 150, 450, 1.0, 0.0),)
    assert excess(Reading(worse(12).words + longer), Reading(SAID.words + longer)) == pytest.approx(12)


def test_speech_that_the_grammar_takes_for_silence_counts_against_it():
    short = Reading((replace(SAID.words[0], end=60, cost=60 * 90.0), *SAID.words[3:]))
    assert excess(short, SAID) > MARGIN


def test_a_reading_that_is_ahead_is_compared_up_to_where_the_other_is():
    ahead = Reading((*SAID.words, Word("for", 150, 170, 1.0, 20 * 400.0)))
    assert excess(ahead, SAID) == pytest.approx(0)
    assert excess(SAID, ahead) == pytest.approx(0)


@pytest.mark.parametrize(
    ("strict", "free"), [(Reading(()), SAID), (SAID, Reading(())), (reading(("<sil>", 99, 1)), SAID), (Reading(()), Reading(()))]
)
def test_without_words_the_grammar_is_never_believed(strict, free):
    assert excess(strict, free) == math.inf
    assert belief(strict, free) == 0.0


def test_no_speech_in_the_time_both_have_heard_is_no_reason_to_believe():
    late = reading(("<sil>", 40, 1), ("stop", 20, 1))
    assert excess(late, reading(("<sil>", 30, 1))) == math.inf


def test_belief_is_even_at_the_margin_and_falls_softly():
    assert belief(worse(MARGIN), SAID) == pytest.approx(0.5)
    assert belief(worse(MARGIN + SOFTNESS), SAID) == pytest.approx(1 / (1 + math.e))
    assert belief(worse(1), SAID) > 0.98
    assert belief(worse(60), SAID) < 0.001


def test_belief_in_a_hopeless_reading_does_not_overflow():
    assert belief(worse(1e6), SAID) == 0.0


def test_clarity_weighs_words_by_their_length():
    words = (Word("<sil>", 0, 900, 0.1, 0.0), Word("yes", 900, 910, 0.5, 0.0), Word("please", 910, 940, 0.9, 0.0))
    assert clarity(Reading(words)) == pytest.approx((10 * 0.5 + 30 * 0.9) / 40)


def test_clarity_is_a_probability_even_when_the_decoder_rounds_up():
    assert clarity(reading(("yes", 10, 1), probability=1.0004)) == 1.0
    assert clarity(Reading(())) == clarity(reading(("<sil>", 9, 1))) == 0.0


def test_the_grammar_is_chosen_when_it_explains_the_sound_about_as_well():
    strict = worse(5)
    chosen, confidence = choose(strict, SAID)
    assert chosen is strict
    assert confidence == belief(strict, SAID)


def test_free_speech_is_chosen_otherwise_with_its_own_confidence():
    free = Reading(tuple(replace(word, probability=0.7) for word in SAID.words))
    chosen, confidence = choose(worse(MARGIN + 0.1), free)
    assert chosen is free
    assert confidence == pytest.approx(0.7)
