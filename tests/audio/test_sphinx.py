"""The real PocketSphinx on clips of tests/clips, with a small grammar of its own."""

import itertools
import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

import audio.asr.sphinx as module
from audio.asr.sphinx import Sphinx
from audio.errors import EngineError
from audio.vocabulary import FRAME, RATE

CLIPS = Path(__file__).parents[1] / "clips"
LABELS = {label["file"]: label for label in map(json.loads, (CLIPS / "clips.jsonl").read_text("utf-8").splitlines())}

GRAMMAR = """#JSGF V1.0;
grammar test;
<number> = five | ten | twelve;
public <timer> = set a [pasta] timer for <number> minutes | (cancel | pause) the timer;
public <rest> = stop | mute | turn it (up | down) | flip a qwzx | zrkblt;
"""

TIMER, STOP, HESITANT = (
    "bare/set-a-timer-for-ten-minutes-slt.flac",
    "bare/stop-rms.flac",
    "hesitant/set-a-timer-for-ten-minutes-awb.flac",
)
TALK = "talk/where-did-you-put-the-car-keys-this-morning-rms.flac"


@pytest.fixture(scope="module")
def sphinx():
    return Sphinx(GRAMMAR)


@pytest.fixture(scope="module")
def free():
    return Sphinx(wake_phrases=["stop"])


@pytest.fixture(autouse=True)
def nothing_under_way(sphinx):
    yield
    sphinx.abandon()


@cache
def clip(name, lead_s=0.3):
    """Return the command of a clip with this much sound before it, and 0.4 s after it."""
    samples, rate = soundfile.read(CLIPS / name, dtype="int16")
    assert rate == RATE
    start_s = (LABELS[name]["speech_start_s"] or lead_s) - lead_s
    return samples[round(start_s * RATE) : round(((LABELS[name]["speech_end_s"] or 2.0) + 0.4) * RATE)]


def fed(recogniser, samples, chunk=FRAME):
    return [recogniser.feed(samples[i : i + chunk]) for i in range(0, len(samples), chunk)]


def recognised(recogniser, samples, start_s=0.0):
    recogniser.start(start_s)
    fed(recogniser, samples, chunk=10 * FRAME)  # each partial costs time
    return recogniser.finish()


def changes(partials):
    return [text for text, _ in itertools.groupby(partial.text for partial in partials)]


@pytest.mark.parametrize("name", [STOP, "bare/mute-rms.flac", "bare/turn-it-up-rms.flac"])
def test_a_sentence_of_the_grammar_is_heard(sphinx, name):
    final = recognised(sphinx, clip(name))
    assert (final.text, final.language, final.is_final) == (LABELS[name]["text"], "en", True)
    assert 0.5 < final.confidence <= 1


def test_other_speech_is_written_down_freely(sphinx):
    final = recognised(sphinx, clip(TALK)[: round(1.6 * RATE)])
    assert final.text == "where did you put the car"
    assert 0 < final.confidence <= 1


def test_the_grammar_hears_what_free_speech_gets_wrong(sphinx, free):
    assert recognised(free, clip(TIMER)).text != LABELS[TIMER]["text"]
    assert recognised(sphinx, clip(TIMER)).text == LABELS[TIMER]["text"]


def test_times_are_stream_times(sphinx):
    final = recognised(sphinx, clip(TIMER), start_s=40.0)
    said_s = LABELS[TIMER]["speech_end_s"] - LABELS[TIMER]["speech_start_s"]
    assert final.start_s == pytest.approx(40.3, abs=0.1)
    assert final.end_s == pytest.approx(40.3 + said_s, abs=0.1)


def test_partials_grow_and_end_in_the_final_text(sphinx):
    sphinx.start(0.0)
    partials = fed(sphinx, clip(TIMER))
    texts = changes(partials)
    assert texts[0] == ""
    assert "set a timer" in texts
    assert texts[-1] == "set a timer for ten minutes" == sphinx.finish().text
    assert not any(partial.is_final for partial in partials)


def test_a_pause_is_read_to_its_end_and_speech_may_go_on_after_it(sphinx):
    sphinx.start(0.0)
    texts = changes(fed(sphinx, clip(HESITANT), chunk=4 * FRAME))
    pause = texts.index("set a timer for")
    assert texts[-1] == "set a timer for ten minutes" == sphinx.finish().text
    assert pause < len(texts) - 1


def test_half_a_sentence_is_not_made_a_whole_one(sphinx):
    sphinx.start(0.0)
    label = LABELS[HESITANT]
    half = clip(HESITANT)[: round((1.45 + 0.3) * RATE)]
    assert label["text"] == "set a timer for ten minutes"
    fed(sphinx, half)
    assert sphinx.speculate().text == "set a timer for"


def test_speech_goes_on_after_a_speculation(sphinx):
    sphinx.start(0.0)
    whole = clip(HESITANT)
    half = round((1.45 + 0.3) * RATE)
    fed(sphinx, whole[:half])
    assert sphinx.speculate().is_final
    assert not sphinx.feed(whole[half : half + FRAME]).is_final
    fed(sphinx, whole[half + FRAME :])
    assert sphinx.speculate().text == sphinx.finish().text == "set a timer for ten minutes"


def test_pieces_of_any_length_make_the_same_text(sphinx):
    sphinx.start(0.0)
    for piece in np.array_split(clip(STOP), [1, 2, 400, 401, 7000]):
        sphinx.feed(piece)
    sphinx.feed(np.zeros(0, np.int16))
    assert sphinx.finish().text == "stop"


@pytest.mark.parametrize(("wake", "lead_s"), [("wake/cancel-the-timer-awb.flac", 0.5), ("wake/stop-slt.flac", 0.15)])
def test_what_is_left_of_the_wake_phrase_is_left_out(sphinx, wake, lead_s):
    assert recognised(sphinx, clip(wake, lead_s)).text == LABELS[wake]["text"]


def test_the_wake_phrase_is_left_out_of_free_speech_too(free):
    assert recognised(free, clip(STOP)).text == ""


def test_silence_and_a_fan_have_no_words(sphinx):
    for sound in (np.zeros(RATE, np.int16), clip("noise/fan.flac")):
        final = recognised(sphinx, sound, start_s=7.0)
        assert (final.text, final.confidence, final.start_s, final.end_s) == ("", 0.0, 7.0, 7.0)


def test_nothing_fed_is_nothing_said(sphinx):
    sphinx.start(0.0)
    assert sphinx.finish().text == ""


def test_an_abandoned_utterance_leaves_no_trace(sphinx):
    sphinx.start(0.0)
    sphinx.feed(clip(STOP))
    sphinx.abandon()
    sphinx.abandon()
    assert recognised(sphinx, np.zeros(RATE // 2, np.int16)).text == ""


def test_a_start_abandons_what_was_under_way(sphinx):
    sphinx.start(0.0)
    sphinx.feed(clip(TIMER)[: RATE // 2])
    assert recognised(sphinx, clip(STOP)).text == "stop"


def test_sound_before_a_start_and_after_the_end_is_an_error(sphinx):
    for text in ("stop", ""):
        with pytest.raises(EngineError, match="before an utterance was started"):
            sphinx.feed(clip(STOP))
        with pytest.raises(EngineError, match="not started"):
            sphinx.finish()
        assert recognised(sphinx, clip(STOP) if text else np.zeros(FRAME, np.int16)).text == text


def test_of_two_words_that_sound_the_same_the_rare_one_is_not_heard_but_where_it_is_alone_it_is():
    grammar = "#JSGF V1.0; grammar g; public <r> = set a timer (for | four) ten minutes | stop;"
    homophones = Sphinx(grammar, rare=("four", "stop"))
    assert recognised(homophones, clip(TIMER)).text == "set a timer for ten minutes"
    assert recognised(homophones, clip(STOP)).text == "stop"


def test_words_without_a_pronunciation_are_listed(sphinx):
    assert sphinx.missing_words == ("qwzx", "zrkblt")


def test_without_a_grammar_no_word_is_missing(free):
    assert free.missing_words == ()


@pytest.mark.parametrize("grammar", ["public <r> = stop;", "#JSGF V1.0; grammar g; public <r> = zrkblt;"])
def test_a_grammar_that_cannot_be_compiled_is_an_engine_error(grammar):
    with pytest.raises(EngineError, match="grammar"):
        Sphinx(grammar)


def test_a_decoder_that_does_not_start_is_an_engine_error_with_its_cure():
    with pytest.raises(EngineError, match="pip install --force-reinstall pocketsphinx"):
        module.decoder(hmm="nowhere")
