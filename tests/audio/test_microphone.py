"""The microphone delivers frames in stream time, tells how it does, and comes back after every mishap."""

import time
from types import SimpleNamespace

import numpy as np
import pytest

from audio.microphone import WAITING, Microphone
from audio.portaudio import Opened, PortAudio
from audio.portaudio import wedged as wedged_error
from audio.vocabulary import FRAME

LISTEN = """
import json, sys, time
import numpy as np
from audio.errors import DeviceWedged
from audio.microphone import Microphone
from audio.portaudio import PortAudio

def tell(**fields):
    print(json.dumps({"at": time.monotonic(), **fields}), flush=True)

def listen(microphone, seconds):
    deadline, state = time.monotonic() + seconds, None
    while time.monotonic() < deadline:
        began = time.monotonic()
        frame = microphone.read(0.1)
        tell(read_s=time.monotonic() - began) if time.monotonic() - began > 0.3 else None
        if microphone.state != state:
            state = microphone.state
            tell(state=state, framed=frame is not None)
        yield frame
"""

NOISE = np.random.default_rng(5).normal(0, 3000, 48000 * 20)


def loudest_match(heard, reference):
    """Return the largest normalised correlation of `heard` with any stretch of `reference`."""
    size = len(reference) + len(heard)
    lags = np.fft.irfft(np.fft.rfft(reference, size) * np.conj(np.fft.rfft(heard, size)), size)
    lag = int(np.argmax(lags[: len(reference) - len(heard)]))
    return np.corrcoef(heard, reference[lag : lag + len(heard)])[0, 1]


@pytest.mark.sound
def test_frames_of_512_samples_arrive_in_stream_time_and_sound_as_played(sound_server, tmp_path):
    noise = np.convolve(NOISE[: 16000 * 8], np.ones(16) / 4).astype(np.int16)  # deep enough for the server's resamplers
    script = (
        LISTEN
        + f"""
frames = [f for f in listen(Microphone(PortAudio()), 2.5) if f is not None]
assert all(len(f.samples) == 512 and f.samples.dtype == np.int16 and f.rate == 16000 for f in frames)
assert [f.start_s for f in frames] == [512 * k / 16000 for k in range(len(frames))]
np.save({str(tmp_path / "heard.npy")!r}, np.concatenate([f.samples for f in frames]))
tell(seconds=len(frames) * 0.032)
"""
    )
    with sound_server.playing(noise, 16000), sound_server.run(script) as child:
        told = child.wait_for("the end of the recording", seconds=pytest.approx(2.4, abs=0.25))
        assert child.end() == 0
    assert [line["state"] for line in child.told if "state" in line] in (["live"], ["opening", "live"])
    heard = np.load(tmp_path / "heard.npy")
    assert told["seconds"] * 16000 == pytest.approx(len(heard))
    assert loudest_match(heard[16000:32000].astype(float), noise.astype(float)) > 0.95


@pytest.mark.sound
def test_it_never_claims_to_listen_before_the_first_sample(sound_server):
    sound_server.unplug()
    sound_server.plug(sleepy=True)
    with sound_server.playing(NOISE), sound_server.run(LISTEN + "for _ in listen(Microphone(PortAudio()), 4): pass") as child:
        child.wait_for("it listens", state="live")
    first, second = [line for line in child.told if "state" in line][:2]
    assert (first["state"], first["framed"]) == ("opening", False)
    assert (second["state"], second["framed"]) == ("live", True)
    sound_server.unplug()


@pytest.mark.sound
def test_digital_silence_is_told_and_so_is_its_end(sound_server):
    with sound_server.run(LISTEN + "for _ in listen(Microphone(PortAudio()), 20): pass") as child:
        live = child.wait_for("it listens", state="live")
        silent = child.wait_for("silence is told", state="silent")
        assert 0.9 < silent["at"] - live["at"] < 2
        with sound_server.playing(NOISE):
            played = time.monotonic()
            child.wait_for("the sound is noticed", since=played, state="live")


@pytest.mark.sound
def test_an_unplugged_microphone_is_told_within_2_s_and_heard_within_3_s_of_its_return(sound_server):
    with sound_server.run(LISTEN + "for _ in listen(Microphone(PortAudio()), 20): pass") as child:
        child.wait_for("it listens", state="live")
        unplugged = time.monotonic()
        sound_server.unplug()
        lost = child.wait_for("the loss is told", since=unplugged, state="lost")
        assert lost["at"] - unplugged < 2
        time.sleep(1)  # a while in which every try to open it fails
        sound_server.plug()
        replugged = time.monotonic()
        heard = child.wait_for("it listens again", since=replugged, state="live")
        assert heard["at"] - replugged < 3
    assert [line["state"] for line in child.told if "state" in line and unplugged < line["at"] <= heard["at"]][-2:] == ["lost", "live"]
    assert not [line for line in child.told if "read_s" in line], "no read outlasts its timeout"


@pytest.mark.sound
def test_it_listens_again_when_the_sound_server_was_restarted(sound_server):
    with sound_server.run(LISTEN + "for _ in listen(Microphone(PortAudio()), 20): pass") as child:
        child.wait_for("it listens", state="live")
        killed = time.monotonic()
        sound_server.kill()
        assert child.wait_for("the loss is told", since=killed, state="lost")["at"] - killed < 2
        sound_server.start()
        started = time.monotonic()
        assert child.wait_for("it listens again", since=started, state="live")["at"] - started < 3


@pytest.mark.sound
def test_a_wedged_server_is_told_and_does_not_hold_the_process(sound_server):
    script = (
        LISTEN
        + """
try:
    for _ in listen(Microphone(PortAudio(deadline_s=1.0)), 20): pass
except DeviceWedged as error:
    tell(wedged=str(error))
"""
    )
    with sound_server.run(script) as child:
        child.wait_for("it listens", state="live")
        frozen = time.monotonic()
        sound_server.freeze()
        try:
            assert child.wait_for("the loss is told", since=frozen, state="lost")["at"] - frozen < 2
            wedged = child.wait_for("the wedge is told", wedged=str(wedged_error()))
            assert wedged["at"] - frozen < 4
            assert child.end() == 0
            assert time.monotonic() - wedged["at"] < 3, "the process ends although the server hangs"
        finally:
            sound_server.thaw()
    assert not [line for line in child.told if "read_s" in line], "no read outlasts its timeout"


@pytest.mark.sound
def test_a_server_wedged_from_the_start_is_told(sound_server):
    script = (
        LISTEN
        + """
try:
    Microphone(PortAudio(deadline_s=1.0))
except DeviceWedged as error:
    tell(wedged=str(error))
"""
    )
    sound_server.freeze()
    try:
        with sound_server.run(script) as child:
            child.wait_for("the wedge is told", wedged=str(wedged_error()))
            assert child.end() == 0
    finally:
        sound_server.thaw()


@pytest.mark.sound
def test_the_process_can_end_while_the_server_hangs(sound_server):
    script = (
        LISTEN
        + """
microphone = Microphone(PortAudio())
tell(open=True)
input()
"""
    )
    with sound_server.run(script) as child:
        child.wait_for("it is open", open=True)
        sound_server.freeze()
        try:
            child.say("end")
            began = time.monotonic()
            assert child.end() == 0
            assert time.monotonic() - began < 2
        finally:
            sound_server.thaw()


class SilentSystem(PortAudio):
    """A PortAudio whose devices exist and whose callbacks the test makes."""

    rate = 16000
    callback = None

    def open_here(self, wish):
        assert wish.rates[0] == 16000
        self.callback = wish.callback(self.rate)
        return Opened(SimpleNamespace(closed=False, active=True), None, self.rate)

    def say(self, samples):
        self.callback(samples[:, None], len(samples), None, None)


@pytest.fixture
def system():
    system = SilentSystem()
    yield system
    system.close()


def test_a_reader_that_is_late_loses_the_oldest_and_knows_how_much(system):
    microphone = Microphone(system)
    for number in range(WAITING + 5):
        system.say(np.full(FRAME, number + 1, np.int16))
    assert microphone.read(0).samples[0] == 6
    assert microphone.dropped == 5
    frames = 1
    while microphone.read(0) is not None:
        frames += 1
    assert frames == WAITING
    assert microphone.state == "live"


def test_the_callback_copies_because_the_driver_uses_its_buffer_again(system):
    microphone = Microphone(system)
    buffer = np.full(FRAME, 7, np.int16)
    system.say(buffer)
    buffer[:] = 0
    assert (microphone.read(0).samples == 7).all()


@pytest.mark.parametrize("rate", [44100, 48000])
def test_a_device_that_has_no_16_khz_is_resampled(system, rate):
    system.rate = rate
    microphone = Microphone(system)
    tone = (10000 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)).astype(np.int16)
    for block in np.array_split(tone, 31):
        system.say(block)
    frames = []
    while (frame := microphone.read(0)) is not None:
        frames.append(frame)
    assert [f.start_s for f in frames] == [FRAME * k / 16000 for k in range(len(frames))]
    heard = np.concatenate([f.samples for f in frames])
    assert len(heard) > 16000 * 0.9
    expected = 10000 * np.sin(2 * np.pi * 440 * np.arange(len(heard)) / 16000)
    assert np.abs(heard - expected)[400:].max() < 200


def test_the_callback_takes_a_fraction_of_its_block(system):
    Microphone(system)
    block = np.ones(FRAME, np.int16)
    took = []
    for _ in range(WAITING * 3):
        began = time.perf_counter()
        system.say(block)
        took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < 0.01 * FRAME / 16000
