"""The wake word: two networks agree, on the committed clips."""

import json
import math
import shutil
from pathlib import Path

import numpy as np
import pymicro_wakeword
import pyopen_wakeword
import pytest
import soundfile

from audio.errors import EngineError, ModelMissing
from audio.front import FrontEnd
from audio.vocabulary import FRAME, RATE, Samples, WakeDetection
from audio.wake import WakeWord, talk_before
from audio.wake_evidence import ALONE, Evidence, belief
from audio.wake_models import BUILT_IN, SECOND_OPINIONS, Open, load

CLIPS = Path(__file__).parents[1] / "clips"
MICRO, OPEN = (Path(package.__file__).parent / "models" for package in (pymicro_wakeword, pyopen_wakeword))
LABELS = [json.loads(line) for line in (CLIPS / "clips.jsonl").read_text().splitlines()]


def clip(label: dict) -> Samples:
    samples, _ = soundfile.read(CLIPS / label["file"], dtype="int16")
    return samples


def hear(word: WakeWord, samples: Samples) -> list[WakeDetection]:
    frames = range(0, len(samples) - FRAME + 1, FRAME)
    return [found for at in frames if (found := word.push(samples[at : at + FRAME], at / RATE))]


@pytest.mark.parametrize(
    ("evidence", "counts"),
    [
        (Evidence(first=0.99, second=0.04), True),
        (Evidence(first=0.25, second=0.9), True),
        (Evidence(first=0.76, second=0.0), False),
        (Evidence(first=0.2, second=0.5), False),
        (Evidence(first=0.5, second=0.6), True),
        (Evidence(first=0.5, second=0.6, talk=1.0), False),
        (Evidence(first=0.9), True),
        (Evidence(first=0.8), False),
        (Evidence(first=0.9, talk=1.0), False),
    ],
)
def test_what_two_networks_find_is_added_up_and_talk_before_counts_against_it(evidence, counts):
    assert (belief(evidence) > 0.5) is counts


def test_a_network_alone_counts_from_its_own_threshold():
    assert math.isclose(belief(Evidence(first=ALONE)), 0.5)


@pytest.mark.parametrize("kind", ["wake+command", "wake, pause, command", "hesitant"])
def test_every_clear_phrase_wakes_once_and_soon(kind):
    for label in [one for one in LABELS if one["kind"] == kind][::4]:
        found = hear(WakeWord("hey_jarvis"), clip(label))
        assert len(found) == 1, label["file"]
        assert -0.4 <= found[0].at_s - label["wake_end_s"] <= 0.3, label["file"]


def test_what_one_network_takes_for_the_wake_word_the_other_does_not():
    word = WakeWord("hey_jarvis")
    janice = next(one for one in LABELS if one["text"].startswith("Hey, Janice"))
    assert hear(word, clip(janice)) == []
    (tried,) = word.tries
    assert tried.first > 0.5
    assert tried.second < 0.1
    assert not tried.accepted
    assert len(tried.sound) > RATE


def test_without_looking_again_everything_suspicious_counts():
    janice = next(one for one in LABELS if one["text"].startswith("Hey, Janice"))
    assert len(hear(WakeWord("hey_jarvis", looks_again=False), clip(janice))) == 1


def test_talk_and_noise_wake_nobody():
    for label in [one for one in LABELS if one["kind"] in {"non-wake", "noise"}][::3]:
        assert hear(WakeWord("hey_jarvis"), clip(label)) == [], label["text"]


def test_a_front_end_hands_its_suspicions_on_once():
    front, samples = FrontEnd(["hey_jarvis"]), clip(next(one for one in LABELS if one["wake"]))
    for at in range(0, len(samples) - FRAME + 1, FRAME):
        front.process(samples[at : at + FRAME], at / RATE)
    (tried,) = front.tries()
    assert tried.accepted
    assert tried.belief > 0.9
    assert front.tries() == []


def test_every_built_in_word_has_a_second_opinion():
    assert set(BUILT_IN) <= set(SECOND_OPINIONS)


def test_an_open_wake_word_model_can_listen_by_itself(tmp_path):
    path = shutil.copy(OPEN / "hey_jarvis.tflite", tmp_path / "my_word.tflite")
    word = WakeWord(str(path))
    assert isinstance(word._network, Open)
    found = hear(word, clip(next(one for one in LABELS if one["wake"] and one["voice"] == "slt")))
    assert [one.name for one in found] == ["my_word"]


@pytest.mark.parametrize(
    ("name", "content", "wrong"),
    [
        ("a.json", b"{}", "no description of a microWakeWord"),
        ("a.json", b"[1]", "no description of a microWakeWord"),
        ("a.json", b"no json", "it is no JSON"),
        ("a.json", b'{"model": "b.tflite", "micro": {}}', "b.tflite is not beside it"),
        ("a.tflite", b"no model at all", "not in TensorFlow Lite's format"),
        ("a.tflite", b"1234TFL3 and then nothing of the kind", "it is damaged"),
        ("b.tflite", b"", "not in TensorFlow Lite's format"),
    ],
)
def test_a_file_that_is_no_wake_word_says_so(tmp_path, name, content, wrong):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(EngineError, match="is no wake word model") as error:
        load(str(tmp_path / name))
    assert wrong in str(error.value)


@pytest.mark.parametrize(
    ("network", "wrong"),
    [
        (MICRO / "alexa.tflite", "give the path of its .json, alexa.json"),
        (OPEN / "embedding_model.tflite", "listens to something else"),
        (OPEN / "melspectrogram.tflite", "cannot listen by itself"),
    ],
)
def test_a_network_that_is_no_wake_words_says_so(network, wrong):
    with pytest.raises(EngineError) as error:
        load(str(network))
    assert wrong in str(error.value)


def test_a_description_of_the_other_kind_of_network_says_so(tmp_path):
    shutil.copy(OPEN / "alexa.tflite", tmp_path)
    shutil.copy(MICRO / "alexa.json", tmp_path)
    with pytest.raises(EngineError, match="is openWakeWord's: give the path of that"):
        load(str(tmp_path / "alexa.json"))


@pytest.mark.parametrize("path", sorted((*MICRO.glob("*.json"), OPEN / "hey_rhasspy.tflite")), ids=lambda path: path.name)
def test_every_model_of_the_packages_is_taken_by_its_path(path):
    assert load(str(path)).push(np.zeros(RATE, np.int16)) < 0.1


def test_several_words_are_listened_to_at_once_and_told_apart(tmp_path):
    shutil.copy(MICRO / "hey_jarvis.tflite", tmp_path)
    own = shutil.copy(MICRO / "hey_jarvis.json", tmp_path / "computer.json")
    front, samples = FrontEnd(["okay_nabu", str(own)]), clip(next(one for one in LABELS if one["wake"] and one["voice"] == "slt"))
    frames = [frame for at in range(0, len(samples) - FRAME + 1, FRAME) for frame in front.process(samples[at : at + FRAME], at / RATE)]
    assert {frame.wake.name for frame in frames if frame.wake} == {"computer"}


def test_a_word_that_is_not_there_names_those_that_are():
    with pytest.raises(ModelMissing, match=r"Built in: .*hey_jarvis"):
        load("hey_hark")


def test_talk_before_the_phrase_is_told_from_a_quiet_room():
    rng = np.random.default_rng(1)
    loud, quiet = (rng.normal(0, level, RATE).astype(np.int16) for level in (3000, 20))
    assert talk_before(np.concatenate([quiet, loud])) < 0.3
    assert talk_before(np.concatenate([loud, loud])) == 1.0
