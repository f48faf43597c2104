"""What is put in comes out of the speaker in order, whole and without a click."""

import threading
import time

import numpy as np
import pytest

from audio import playback as playback_module
from audio.errors import QueueFull
from audio.playback import FADE_S, LIMIT_S, Playback

RATE = 16000
FADE = int(FADE_S * RATE)
LOUD = 20000
BLOCK = 320  # samples: 20 ms


def sound(seconds, level=LOUD):
    return np.full(int(seconds * RATE), level, np.int16)


def noise(seconds, rate=RATE):
    return np.random.default_rng(7).integers(-20000, 20000, int(seconds * rate)).astype(np.int16)


def pull(playback, seconds):
    return np.concatenate([playback.pull(BLOCK) for _ in range(round(seconds * RATE / BLOCK))])


def click(samples):
    """Largest jump between neighbours, as a part of the level."""
    return np.abs(np.diff(samples.astype(int), prepend=0)).max() / LOUD


SMOOTH = 1.5 / FADE
"""A fade's slope, with room for rounding: 1/FADE a sample."""


@pytest.fixture
def playback():
    return Playback(RATE)


def test_what_was_put_comes_out_bit_for_bit(playback):
    whole = noise(1.0)
    for piece in np.array_split(whole, 7):
        playback.put("a", piece, RATE)
    playback.end("a")
    assert (pull(playback, 1.0) == whole).all()
    assert not pull(playback, 0.1).any()


def test_utterances_play_in_the_order_they_began_without_a_gap(playback):
    first, second = noise(0.105), noise(0.2)[::-1]
    playback.put("a", first, RATE)
    playback.put("b", second, RATE)
    playback.end("b")
    playback.end("a")
    assert (pull(playback, 0.3) == np.concatenate([first, second])[: int(0.3 * RATE)]).all()


def test_each_utterance_is_brought_to_the_devices_rate_as_one_stream(playback):
    moments = np.arange(22050) / 22050
    for piece in np.array_split((LOUD * np.sin(2 * np.pi * 300 * moments)).astype(np.int16), 40):
        playback.put("a", piece, 22050)
    playback.end("a")
    heard = pull(playback, 1.0)
    expected = LOUD * np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    assert np.abs(heard - expected)[200:-200].max() < LOUD * 0.01
    assert not pull(playback, 0.04)[BLOCK:].any()


def test_silence_comes_out_when_nothing_is_there(playback):
    assert not playback.pull(BLOCK).any()
    assert not playback.playing
    assert playback.position is None


def test_position_tells_what_is_heard_and_how_far(playback):
    playback.put("a", sound(0.1), RATE)
    playback.put("b", sound(0.1), RATE)
    playback.end("a")
    playback.end("b")
    assert playback.position == ("a", 0.0)
    pull(playback, 0.04)
    assert playback.position == ("a", pytest.approx(0.04))
    pull(playback, 0.08)
    assert playback.position == ("b", pytest.approx(0.02))


def test_what_was_heard_to_its_end_is_told_once(playback):
    for name in ("a", "b"):
        playback.put(name, sound(0.1), RATE)
        playback.end(name)
    assert playback.finished() == []
    pull(playback, 0.1)
    assert playback.finished() == ["a"]
    pull(playback, 0.1)
    assert playback.finished() == ["b"]
    assert playback.finished() == []
    assert not playback.playing


def test_an_utterance_without_sound_is_finished_in_its_turn(playback):
    playback.put("a", sound(0.1), RATE)
    playback.end("b")
    playback.end("a")
    assert playback.finished() == []
    pull(playback, 0.1)
    assert playback.finished() == ["a", "b"]


def test_a_stop_is_silent_within_10_ms_and_does_not_click(playback):
    playback.put("a", sound(1.0), RATE)
    before = pull(playback, 0.1)
    playback.stop("a")
    after = pull(playback, 0.1)
    assert before[-1] == LOUD
    assert after[0] > 0.9 * LOUD
    assert not after[FADE:].any()
    assert click(np.concatenate([before[-1:], after]) - LOUD) <= SMOOTH
    assert not playback.playing
    assert playback.finished() == []


def test_a_stop_of_all_drops_what_waits_and_names_it(playback):
    for name in ("a", "b"):
        playback.put(name, sound(0.5), RATE)
        playback.end(name)
    pull(playback, 0.1)
    assert playback.stop() == ["a", "b"]
    assert playback.stop() == []
    pull(playback, 0.02)
    assert not playback.playing
    assert playback.queued_s == 0


def test_the_next_utterance_follows_a_stopped_one_at_once(playback):
    playback.put("a", sound(0.5), RATE)
    playback.put("b", sound(0.5, level=-LOUD), RATE)
    playback.end("b")
    pull(playback, 0.1)
    playback.stop("a")
    after = pull(playback, 0.04)
    assert (after[FADE:] == -LOUD).all()


def test_one_that_waits_can_be_stopped_unheard(playback):
    for name in ("a", "b", "c"):
        playback.put(name, sound(0.1), RATE)
        playback.end(name)
    playback.stop("b")
    pull(playback, 0.2)
    assert playback.finished() == ["a", "c"]


def test_late_pieces_of_a_stopped_utterance_are_not_heard_until_it_has_ended(playback):
    playback.put("a", sound(0.5), RATE)
    pull(playback, 0.1)
    playback.stop("a")
    playback.put("a", sound(0.5), RATE)
    assert not pull(playback, 0.1)[FADE:].any()
    playback.end("a")
    assert not playback.playing
    playback.put("a", sound(0.1), RATE)
    assert playback.playing


def test_a_piece_that_comes_late_makes_silence_without_a_click(playback):
    playback.put("a", np.linspace(0, LOUD, RATE // 10).astype(np.int16), RATE)
    heard = [pull(playback, 0.2)]
    assert playback.playing
    assert playback.position.seconds == pytest.approx(0.1)
    playback.put("a", sound(0.1), RATE)
    heard.append(pull(playback, 0.2))
    together = np.concatenate(heard)
    assert together[2 * BLOCK * 5 :][:BLOCK].max() > 0, "the second piece is heard"
    assert click(together) <= SMOOTH


def test_a_run_of_late_pieces_never_clicks_and_never_loses_a_sample(playback):
    arrivals = np.random.default_rng(3)
    put = heard = 0
    blocks = []
    for _ in range(400):
        if arrivals.random() < 0.35:
            playback.put("a", sound(size := arrivals.integers(1, 60) / 1000), RATE)
            put += int(size * RATE)
        blocks.append(playback.pull(BLOCK))
        heard = round(playback.position.seconds * RATE) if playback.position else 0
    together = np.concatenate(blocks)
    assert put - 2 * FADE <= heard + round(playback.queued_s * RATE) <= put
    first = np.flatnonzero(together)[0] + 1  # the utterance's own start is not ours to soften
    assert click(together[first:] - together[first]) <= SMOOTH
    assert heard > RATE


def test_a_piece_too_short_to_fade_waits_for_more(playback):
    playback.put("a", sound(0.1), RATE)
    pull(playback, 0.2)
    playback.put("a", sound(0.005), RATE)
    assert not pull(playback, 0.1).any()
    assert playback.queued_s == 0.005
    playback.end("a")
    assert pull(playback, 0.02).any()


def test_an_utterance_that_has_run_dry_keeps_its_turn(playback):
    playback.put("a", sound(0.1), RATE)
    playback.put("b", sound(0.1, level=-LOUD), RATE)
    playback.end("b")
    assert (pull(playback, 0.3) >= 0).all()
    playback.end("a")
    assert (pull(playback, 0.1) == -LOUD).all()


def test_a_loop_sounds_until_it_is_stopped(playback):
    ring = noise(0.07)
    playback.put("ring", ring, RATE, loop=True)
    heard = pull(playback, 1.0)
    assert (heard[FADE:] == np.tile(ring, 15)[FADE : len(heard)]).all()
    assert playback.playing
    assert playback.position == ("ring", pytest.approx(1.0))
    playback.stop("ring")
    assert not pull(playback, 0.04)[FADE + 1 :].any()
    assert not playback.playing
    assert playback.finished() == []


def test_a_loop_gives_way_to_speech_and_comes_back_without_clicks(playback):
    playback.put("ring", sound(0.07), RATE, loop=True)
    before = pull(playback, 0.1)
    playback.put("a", sound(0.1, level=0), RATE)
    playback.end("a")
    during = pull(playback, 0.1)
    after = pull(playback, 0.1)
    assert before[-1] == LOUD
    assert not during[FADE + 1 :].any()
    assert after[-1] == LOUD
    assert click(np.concatenate([before, during, after])) <= SMOOTH
    assert playback.finished() == ["a"]


def test_a_loop_stopped_while_it_is_resampled_can_ring_again(playback, monkeypatch):
    class StoppedResampler(playback_module.Resampler):
        def push(self, samples, *, last=False):
            playback.stop("ring")
            return super().push(samples, last=last)

    with monkeypatch.context() as patch:
        patch.setattr(playback_module, "Resampler", StoppedResampler)
        playback.put("ring", sound(0.1), RATE, loop=True)
    assert not playback.playing
    playback.put("ring", sound(0.1), RATE, loop=True)
    assert playback.playing


def test_ducking_moves_the_volume_gently(playback):
    playback.put("a", sound(2.0), RATE)
    pull(playback, 0.1)
    playback.duck(0.25)
    down = pull(playback, 0.1)
    playback.duck(1.0)
    up = pull(playback, 0.1)
    assert down[-1] == pytest.approx(0.25 * LOUD, abs=1)
    assert up[-1] == LOUD
    assert click(np.concatenate([down, up]) - LOUD) < SMOOTH / 4


def test_more_than_the_limit_is_turned_away_and_what_waits_is_kept(playback):
    hour = np.zeros(int((LIMIT_S - 1) * RATE), np.int16)
    playback.put("a", hour, RATE)
    with pytest.raises(QueueFull, match="10 minutes"):
        playback.put("b", sound(2.0), RATE)
    assert playback.queued_s == LIMIT_S - 1
    playback.put("b", sound(0.5), RATE)


def test_a_piece_at_another_rate_is_a_mistake(playback):
    playback.put("a", sound(0.1), RATE)
    with pytest.raises(ValueError, match="began at 16000 Hz"):
        playback.put("a", sound(0.1), 22050)


def test_an_id_can_be_used_again_while_its_first_utterance_still_waits(playback):
    for _ in range(2):
        playback.put("chime", sound(0.1), RATE)
        playback.end("chime")
    assert (pull(playback, 0.2) == LOUD).all()
    assert playback.finished() == ["chime", "chime"]


def test_the_callback_does_not_wait_for_a_resampling(playback, monkeypatch):
    resampling, go_on = threading.Event(), threading.Event()

    class SlowResampler(playback_module.Resampler):
        def push(self, samples, *, last=False):
            resampling.set()
            go_on.wait(10)
            return super().push(samples, last=last)

    playback.put("a", sound(1.0), RATE)
    monkeypatch.setattr(playback_module, "Resampler", SlowResampler)
    producer = threading.Thread(target=playback.put, args=("b", noise(1.0, 44100), 44100))
    producer.start()
    assert resampling.wait(10)
    puller = threading.Thread(target=pull, args=(playback, 0.2), daemon=True)
    puller.start()
    puller.join(5)
    stuck = puller.is_alive() or not playback.stop()
    go_on.set()
    producer.join()
    assert not stuck
    pull(playback, 0.02)
    assert not playback.playing, "what was stopped while it was resampled does not come back"


def test_many_threads_may_use_it_at_once(playback):
    stopping = threading.Event()
    heard = []

    def listen():
        while not stopping.is_set():
            heard.append(playback.pull(BLOCK))
            time.sleep(0)

    listener = threading.Thread(target=listen)
    listener.start()

    def speak(name):
        for number in range(20):
            for _ in range(3):
                playback.put(f"{name}{number}", sound(0.01), RATE)
            playback.end(f"{name}{number}")

    speakers = [threading.Thread(target=speak, args=(name,)) for name in "abc"]
    for speaker in speakers:
        speaker.start()
    for speaker in speakers:
        speaker.join()
    deadline = time.monotonic() + 20
    while playback.playing and time.monotonic() < deadline:
        time.sleep(0.001)
    stopping.set()
    listener.join()
    assert len(playback.finished()) == 60
    assert not playback.playing


def test_a_callback_takes_a_fraction_of_its_block(playback):
    playback.put("a", noise(20.0), RATE)
    playback.duck(0.3)
    took = []
    for _ in range(500):
        began = time.perf_counter()
        playback.pull(BLOCK)
        took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < 0.05 * BLOCK / RATE
