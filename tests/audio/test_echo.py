"""Hark's own voice in what it hears: cancelled, measured, told from somebody else's."""

import numpy as np
import pytest

from audio import probing
from audio.chimes import RATE as CHIME_RATE
from audio.echo import LAG, EchoCanceller
from audio.files import read_recording
from audio.playback import Playback
from audio.reference import AHEAD_S, Reference
from audio.resampler import Resampler
from audio.residue import UNHEARD_DB, Echo, Mode, Residue, rms
from audio.vocabulary import FRAME, RATE
from tests.audio.test_sphinx import CLIPS


def noise(seconds, level, seed=0):
    return np.random.default_rng(seed).normal(0, level, round(seconds * RATE)).astype(np.int16)


def room(played, *, delay_s=0.15, loss_db=10.0, seed=0):
    """Return how a room gives a sound back: late, fainter, with a reverberation of 0.3 s."""
    late = round(delay_s * RATE)
    tail = np.random.default_rng(seed).normal(0, 1, 4800) * np.exp(-6.9 * np.arange(4800) / 4800)
    tail[0] = 4.0
    echo = np.convolve(played.astype(float), np.concatenate([np.zeros(late), tail]))[: len(played)]
    return echo * rms(played) / np.sqrt(np.mean(echo**2)) * 10 ** (-loss_db / 20)


def heard(sound, seed=1):
    """Return what the microphone makes of it: the room's own noise, and clipping."""
    return np.clip(sound + np.random.default_rng(seed).normal(0, 10, len(sound)), -32768, 32767).astype(np.int16)


def said():
    """Return eight seconds of speech: the clips end to end."""
    names = ("set-a-timer-for-ten-minutes-slt", "stop-rms", "turn-it-up-rms", "mute-rms")
    return np.concatenate([read_recording(str(CLIPS / f"bare/{name}.flac")).samples for name in names])[: 8 * RATE]


def cleaned(canceller, microphone, played):
    frames = range(0, len(played) - FRAME + 1, FRAME)
    return np.concatenate([canceller.clean(microphone[at : at + FRAME], played[at : at + FRAME]) for at in frames])


@pytest.mark.parametrize("loss_db", [0.0, 10.0, 20.0])
@pytest.mark.parametrize("delay_s", [0.02, 0.3])
def test_an_echo_is_gone_after_the_first_moments(loss_db, delay_s):
    played = said()
    microphone = heard(room(played, delay_s=delay_s, loss_db=loss_db))
    left = cleaned(EchoCanceller(), microphone, played)
    assert rms(left[2 * RATE :]) < max(25, rms(microphone[2 * RATE :]) / 10)  # the room's own noise is left, at 10


def test_somebody_else_is_heard_through_the_echo_and_hark_itself_is_not():
    played = np.tile(said(), 2)
    microphone = room(played)
    other = read_recording(str(CLIPS / "talk/where-did-you-put-the-car-keys-this-morning-rms.flac")).samples[RATE // 2 :].astype(float)
    at = 5 * RATE
    microphone[at : at + len(other)] += other[: len(microphone) - at]
    canceller, mine = EchoCanceller(), []
    microphone = heard(microphone)
    for start in range(0, len(played) - FRAME + 1, FRAME):
        left = canceller.clean(microphone[start : start + FRAME], played[start : start + FRAME])
        mine.append(canceller.residue.mine or rms(left) < 30)
    spoken = slice((at + RATE // 2) // FRAME, (at + RATE) // FRAME)
    alone = slice(2 * RATE // FRAME, at // FRAME)
    assert np.mean(mine[spoken]) < 0.5
    assert np.mean(mine[alone]) > 0.9


def test_without_anything_played_the_sound_goes_through_untouched():
    microphone = noise(1.0, 1000)
    out = cleaned(EchoCanceller(), microphone, np.zeros(len(microphone), np.int16))
    assert np.array_equal(out[LAG:], microphone[: len(out) - LAG])


@pytest.mark.parametrize(("loss_db", "delay_s"), [(6.0, 0.05), (20.0, 0.2)])
def test_the_probe_measures_delay_and_loss(loss_db, delay_s):
    whistle = Resampler(CHIME_RATE, RATE).push(probing.sound(), last=True)
    played = np.concatenate([whistle, np.zeros(3 * RATE, np.int16)])
    echo = measured_by_probe(heard(room(played, delay_s=delay_s, loss_db=loss_db)), played)
    assert echo.delay_s == pytest.approx(delay_s, abs=0.005)
    assert echo.loss_db == pytest.approx(loss_db, abs=1.5)
    assert echo.left_db > loss_db + 6


def test_a_headset_gives_nothing_back():
    whistle = Resampler(CHIME_RATE, RATE).push(probing.sound(), last=True)
    played = np.concatenate([whistle, np.zeros(3 * RATE, np.int16)])
    assert measured_by_probe(noise(len(played) / RATE, 12), played) == Echo(0.0, UNHEARD_DB, UNHEARD_DB)


def measured_by_probe(microphone, played):
    canceller, probe = EchoCanceller(), probing.Probe()
    for at in range(0, len(played) - FRAME + 1, FRAME):
        both = microphone[at : at + FRAME], played[at : at + FRAME]
        if echo := probe.add(both[1], both[0], canceller.clean(*both)):
            return echo
    raise AssertionError("never measured")


@pytest.mark.parametrize(("left_db", "mode"), [(40.0, Mode.FREE), (15.0, Mode.LOUD), (6.0, Mode.WAKE), (UNHEARD_DB, Mode.FREE)])
def test_how_it_can_be_interrupted_follows_from_what_is_left(left_db, mode):
    assert Echo(0.1, 5.0, left_db).mode is mode


def test_before_it_knows_the_room_only_who_speaks_up_is_heard():
    played, residue = noise(FRAME / RATE, 3000), Residue()
    residue.add(played, played, noise(FRAME / RATE, 500))
    assert residue.mine
    residue.add(played, played, noise(FRAME / RATE, 1500))
    assert not residue.mine


def test_what_is_played_stays_in_step_with_what_is_heard():
    reference = Reference(RATE)
    sound = noise(2.0, 1000)
    taken = []
    for at in range(0, len(sound), 320):  # the speaker's blocks of 20 ms, in bursts of four
        if at // 320 % 4 == 0:
            for each in range(at, min(at + 1280, len(sound)), 320):
                reference.add(sound[each : each + 320])
        taken.append(reference.take(320))
    out = np.concatenate(taken)
    first = int(np.flatnonzero(out)[0])
    assert first <= (AHEAD_S + 0.08) * RATE
    assert np.array_equal(out[first : first + RATE], sound[:RATE])


def test_a_microphone_that_stood_still_does_not_leave_old_sound_behind():
    reference = Reference(RATE)
    for _ in range(100):
        reference.add(noise(0.02, 1000))
    reference.take(FRAME)
    assert len(reference._waiting) <= (AHEAD_S + 0.01) * RATE


def test_a_playback_tells_what_it_plays():
    told = []
    playback = Playback(RATE, told.append)
    playback.put("a", noise(0.1, 1000), RATE)
    playback.end("a")
    pulled = [playback.pull(160) for _ in range(12)]
    assert np.array_equal(np.concatenate(told), np.concatenate(pulled))


def test_what_is_held_fades_out_waits_and_goes_on_where_it_was():
    playback = Playback(RATE)
    sound = np.full(RATE, 10_000, np.int16)
    playback.put("a", sound, RATE)
    playback.end("a")
    before = playback.pull(1600)
    playback.hold(on=True)
    out = playback.pull(1600)
    where = playback.position
    assert before[-1] == 10_000
    assert np.abs(np.diff(out.astype(int))).max() <= 10_000 / 158  # no click
    assert not playback.pull(1600).any()
    assert playback.position == where
    playback.hold(on=False)
    again = playback.pull(1600)
    assert np.abs(np.diff(again.astype(int))).max() <= 10_000 / 158
    assert again[-1] == 10_000
    assert playback.position.seconds == pytest.approx(where.seconds + 0.1)


def test_what_is_stopped_while_it_is_held_is_not_heard_again():
    playback = Playback(RATE)
    playback.put("a", np.full(RATE, 10_000, np.int16), RATE)
    playback.end("a")
    playback.pull(1600)
    playback.hold(on=True)
    playback.pull(1600)
    assert playback.stop() == ["a"]
    playback.hold(on=False)
    assert not playback.pull(1600).any()
    assert not playback.playing
