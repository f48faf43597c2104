"""What is known of wakes: counted, labelled by the user, and learnt from."""

from datetime import UTC, datetime

import numpy as np
import pytest

from assistant.cli import main
from assistant.clock import VirtualClock
from assistant.config import Places
from assistant.store import Store, open_store
from assistant.vocabulary import Finished, Outcome, Transcript, Turn, Woke
from assistant.wake_fit import Case, false_per_hour, fitted, mistakes
from assistant.wakes import WakeDiary, hours_listened, label_wake, unlabel, wakes_in
from audio.vocabulary import RATE, WakeTry

START = datetime(2026, 11, 24, 9, tzinfo=UTC)


def tried(belief: float, *, accepted: bool) -> WakeTry:
    sound = memoryview(np.zeros(RATE, np.int16).tobytes())
    return WakeTry("hey_jarvis", 0.0, belief, belief, 0.5, 0.0, 0.1, accepted, sound)


def turn(outcome: Outcome) -> Turn:
    return Turn(1, Transcript("what time is it", "en"), None, "", outcome, {}, None, ())


@pytest.fixture
def clock():
    return VirtualClock(START)


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "hark.db")
    yield store
    store.close()


@pytest.fixture
def diary(store, clock):
    return WakeDiary(store, clock)


def wake(diary: WakeDiary, belief: float, event: Turn | None) -> None:
    diary.happened(Woke(0.0, "hey_jarvis", belief))
    diary.tried(tried(belief, accepted=True))
    diary.happened(Finished(0.0, event))


@pytest.mark.parametrize(("finished", "outcome"), [(None, "silence"), (turn(Outcome.UNKNOWN), "nothing"), (turn(Outcome.DONE), "act")])
def test_what_came_of_a_wake_is_kept_with_it(diary, store, finished, outcome):
    wake(diary, 0.9, finished)
    assert [each.outcome for each in wakes_in(store)] == [outcome]


def test_a_typed_turn_says_nothing_of_an_earlier_wake(diary, store, clock):
    diary.happened(Woke(0.0, "hey_jarvis", 0.9))
    diary.tried(tried(0.9, accepted=True))
    diary.happened(Finished(0.0, None))
    clock.advance(60)
    diary.happened(Finished(0.0, turn(Outcome.DONE)))
    assert [each.outcome for each in wakes_in(store)] == ["silence"]


def test_that_was_not_for_you_is_about_the_wake_that_nobody_followed(diary, store, clock):
    wake(diary, 0.6, None)
    clock.advance(10)
    wake(diary, 0.9, turn(Outcome.DONE))
    label_wake(store, "wrong", clock.now())
    assert [(each.belief, each.label) for each in wakes_in(store)] == [(0.9, None), (0.6, "wrong")]


def test_that_was_not_for_you_is_about_the_wake_before_the_one_it_came_with(diary, store, clock):
    wake(diary, 0.6, turn(Outcome.DONE))
    clock.advance(10)
    diary.tried(tried(0.9, accepted=True))
    label_wake(store, "wrong", clock.now())
    assert [each.label for each in wakes_in(store)] == [None, "wrong"]


def test_nothing_is_labelled_when_nothing_happened_just_now(diary, store, clock):
    wake(diary, 0.6, None)
    clock.advance(600)
    assert label_wake(store, "wrong", clock.now()) is None
    assert wakes_in(store)[0].label is None


def test_you_missed_me_is_about_the_suspicion_that_did_not_count(diary, store, clock):
    diary.tried(tried(0.3, accepted=False))
    clock.advance(5)
    label_wake(store, "missed", clock.now())
    assert [(each.belief, each.label) for each in wakes_in(store)] == [(0.3, "missed")]


def test_a_miss_nothing_was_noticed_of_is_counted_and_can_be_taken_back(store, clock):
    number = label_wake(store, "missed", clock.now())
    assert [(each.belief, each.label) for each in wakes_in(store)] == [(None, "missed")]
    unlabel(store, number)
    assert wakes_in(store) == []


def test_the_time_listened_adds_up(diary, store, clock):
    clock.advance(1800)
    diary.listened()
    clock.advance(1800)
    diary.happened(Woke(0.0, "hey_jarvis", 0.9))
    diary.listened()
    assert hours_listened(store) == pytest.approx(1.0)


def test_sound_is_kept_only_when_that_is_wanted_and_not_for_ever(store, clock, tmp_path, monkeypatch):
    monkeypatch.setattr("assistant.wakes.MOST_CLIPS", 2)
    clips = tmp_path / "wakes"
    WakeDiary(store, clock).tried(tried(0.9, accepted=True))
    assert not clips.exists()
    diary = WakeDiary(store, clock, clips)
    for _ in range(3):
        clock.advance(1)
        diary.tried(tried(0.9, accepted=True))
    assert sorted(each.name for each in clips.iterdir()) == [
        "20261124-090002-hey_jarvis-90.wav",
        "20261124-090003-hey_jarvis-90.wav",
    ]


def test_the_threshold_with_the_fewest_mistakes_is_found():
    cases = [Case(0.55, False)] * 6 + [Case(0.95, True)] * 20 + [Case(0.6, True)]
    assert mistakes(cases, 0.5).count == 6
    assert fitted(cases).threshold == 0.6
    assert fitted([]).threshold == 0.5


def test_false_wakes_an_hour_come_with_a_bound():
    assert false_per_hour(0, 6.0) == (0.0, 0.5)
    rate, bound = false_per_hour(4, 8.0)
    assert rate == 0.5
    assert bound == pytest.approx(9.154 / 8, rel=0.01)  # the exact Poisson bound for four events


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    return Places()


def filled(places: Places, clock: VirtualClock) -> None:
    store = open_store(places.store_file)
    diary = WakeDiary(store, clock)
    for _ in range(6):
        wake(diary, 0.55, None)
        clock.advance(400)
    for _ in range(10):
        wake(diary, 0.97, turn(Outcome.DONE))
        clock.advance(400)
    store.close()


def test_hark_wake_shows_what_happened(home, clock, capsys):
    assert main(["wake"]) == 0
    assert "Nothing was taken for the wake word yet" in capsys.readouterr().out
    filled(home, clock)
    assert main(["wake"]) == 0
    out = capsys.readouterr().out
    assert "woke 16 times, 6 of them for nothing" in out
    assert "woke, and nobody said anything" in out


def test_hark_wake_fit_sets_what_would_have_been_better(home, clock, capsys):
    filled(home, clock)
    assert main(["wake", "fit"]) == 0
    assert "Nothing was changed" in capsys.readouterr().out
    assert main(["wake", "fit", "--yes"]) == 0
    assert "wake.threshold = 0.6" in capsys.readouterr().out
    assert "threshold = 0.6" in home.config_file.read_text()


def test_hark_wake_fit_learns_nothing_from_too_little(home, capsys):
    assert main(["wake", "fit", "--yes"]) == 0
    assert "too little to learn from" in capsys.readouterr().out
    assert not home.config_file.exists()


def test_hark_wake_forget_deletes_all_of_it(home, clock, capsys):
    filled(home, clock)
    home.wake_clips.mkdir()
    (home.wake_clips / "a.wav").write_bytes(b"")
    assert main(["wake", "forget"]) == 0
    assert "16 suspicions are forgotten" in capsys.readouterr().out
    assert not list(home.wake_clips.iterdir())
