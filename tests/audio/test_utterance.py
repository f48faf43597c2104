import numpy as np
import pytest

from audio.asr.evidence import Decode, Loudness
from audio.asr.utterance import MARGIN_S, PARTIAL_S, PAUSE_S, Utterance
from audio.vocabulary import RATE

CHUNK_S = 0.032


class Listener:
    """Decodes by writing one word per 0.4 s of voice, at a cost on a clock of its own."""

    def __init__(self, cost_s=0.0, language="en"):
        self.now = 0.0
        self.cost_s, self.language = cost_s, language
        self.heard_s = []
        self.finals = []

    def clock(self):
        return self.now

    def decode(self, samples, final):
        self.now += self.cost_s
        self.heard_s.append(len(samples) / RATE)
        self.finals.append(final)
        words = round(np.count_nonzero(np.abs(samples) > 500) / RATE / 0.4 * 2)  # half of a noise's samples are loud
        return Decode(" ".join(f"w{i}" for i in range(words)), self.language, 0.0, -0.1)


def utterance(listener, window_s=30.0):
    return Utterance(listener.decode, 100.0, window_s=window_s, language="en", clock=listener.clock, spoken=Loudness())


def voice(seconds):
    loud = np.random.default_rng(0).standard_normal(round(seconds * RATE)) * 740
    beat = 1 + 0.9 * np.sign(np.sin(np.arange(len(loud)) / RATE * 2 * np.pi * 4))  # syllables
    return (loud * beat).astype(np.int16)


def quiet(seconds):
    return (np.random.default_rng(1).standard_normal(round(seconds * RATE)) * 20).astype(np.int16)


def fed(subject, *pieces):
    sound = np.concatenate(pieces)
    step = round(CHUNK_S * RATE)
    return [subject.feed(sound[i : i + step]) for i in range(0, len(sound), step)]


def test_partials_come_while_the_speaker_goes_on():
    listener = Listener()
    partials = fed(utterance(listener), quiet(0.3), voice(2.0))
    lengths = [len(partial.text.split()) for partial in partials]
    assert lengths == sorted(lengths)
    assert len(set(lengths)) > 3
    assert not any(partial.is_final for partial in partials)


def test_a_partial_waits_for_enough_new_sound():
    listener = Listener()
    fed(utterance(listener), quiet(0.3), voice(2.0))
    assert min(np.diff(listener.heard_s)) >= PARTIAL_S


@pytest.mark.parametrize("cost_s", [0.2, 0.5, 1.0])
def test_decodes_take_at_most_half_of_the_time_that_passes(cost_s):
    listener = Listener(cost_s)
    fed(utterance(listener), quiet(0.3), voice(8.0))
    assert len(listener.heard_s) >= 3
    assert listener.now <= 0.5 * 8.3 + cost_s


def test_silence_is_never_decoded():
    listener = Listener()
    subject = utterance(listener)
    fed(subject, np.zeros(3 * RATE, np.int16))
    final = subject.finish(anew=False)
    assert (final.text, final.is_final, listener.heard_s) == ("", True, [])


def test_a_pause_is_decoded_at_once_and_only_once():
    listener = Listener()
    subject = utterance(listener)
    fed(subject, quiet(0.3), voice(1.0), quiet(PAUSE_S + 0.1))
    decodes = len(listener.heard_s)
    assert listener.heard_s[-1] == pytest.approx(1.3 + PAUSE_S, abs=0.1)
    fed(subject, quiet(2.0))
    assert len(listener.heard_s) == decodes


def test_the_end_costs_nothing_when_the_pause_before_it_was_decoded():
    listener = Listener(cost_s=0.3)
    subject = utterance(listener)
    fed(subject, quiet(0.3), voice(2.0), quiet(0.5))
    decodes = len(listener.heard_s)
    assert subject.finish(anew=False).text
    assert len(listener.heard_s) == decodes


def test_the_end_is_decoded_when_speech_came_after_the_last_decode():
    listener = Listener()
    subject = utterance(listener)
    fed(subject, quiet(0.3), voice(1.0), quiet(0.5), voice(0.2))
    subject.finish(anew=False)
    assert listener.heard_s[-1] == pytest.approx(2.0, abs=0.01)
    assert listener.finals[-1]


def test_an_end_cut_off_in_the_middle_of_a_word_is_decoded_whole():
    listener = Listener()
    subject = utterance(listener)
    fed(subject, quiet(0.3), voice(1.0))
    subject.finish(anew=False)
    assert listener.heard_s[-1] == pytest.approx(1.3, abs=0.01)


def test_anew_decodes_the_end_in_any_case():
    listener = Listener()
    subject = utterance(listener)
    fed(subject, quiet(0.3), voice(2.0), quiet(0.5))
    subject.finish(anew=True)
    assert listener.finals[-1]


def test_what_does_not_fit_into_the_window_is_settled_and_kept():
    listener = Listener()
    subject, wide = utterance(listener, window_s=6.0), utterance(Listener())
    sound = [quiet(0.3), voice(1.2)] * 8
    partials, at_once = fed(subject, *sound), fed(wide, *sound)
    assert max(listener.heard_s) <= 6.0 - MARGIN_S + CHUNK_S
    assert len(subject.finish(anew=False).text.split()) == pytest.approx(len(at_once[-1].text.split()), abs=3)
    lengths = [len(partial.text.split()) for partial in partials]
    assert min(np.diff(lengths)) >= -2  # what was settled stays


def test_chinese_pieces_are_joined_without_a_gap():
    for language, gap in (("zh", ""), ("en", " ")):
        subject = utterance(Listener(language=language), window_s=6.0)
        fed(subject, *([quiet(0.3), voice(1.2)] * 5))
        assert f"{gap}w0" in subject.finish(anew=False).text[2:]
        assert (" w0" in subject.finish(anew=False).text) == bool(gap)


def test_the_text_is_stable_as_far_as_two_decodes_agree():
    listener = Listener()
    subject = utterance(listener)
    partial = fed(subject, quiet(0.3), voice(2.0))[-1]
    assert subject.stable
    assert partial.text.startswith(subject.stable)
    assert partial.text != subject.stable


def test_times_are_stream_times_of_the_voice():
    subject = utterance(Listener())
    fed(subject, quiet(0.5), voice(1.0), quiet(0.5))
    final = subject.finish(anew=False)
    assert final.start_s == pytest.approx(100.5, abs=0.15)
    assert final.end_s == pytest.approx(101.5, abs=0.15)
    assert final.confidence == pytest.approx(np.exp(-0.1))


def test_words_that_nobody_said_are_left_out():
    class Dreamer(Listener):
        def decode(self, samples, final):
            super().decode(samples, final)
            return Decode("Subtitles by the Amara.org community", "en", 0.2, -0.1)

    subject = utterance(Dreamer())
    partials = fed(subject, quiet(0.3), voice(1.0), quiet(0.5))
    final = subject.finish(anew=False)
    assert {partial.text for partial in partials} == {""}
    assert (final.text, final.confidence) == ("", 0.0)
