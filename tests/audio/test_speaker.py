"""The speaker plays what is queued, whole; stops at once; sleeps when idle and comes back after a loss."""

import time

import numpy as np
import pytest

RATE = 48000
PRELUDE = f"""
import json, time
import numpy as np
import audio.speaker
from audio.playback import Playback
from audio.portaudio import PortAudio
from audio.speaker import Speaker

RATE = {RATE}
playback = Playback(RATE)
system = PortAudio()
speaker = Speaker(system, None, playback)
tone = (12000 * np.sin(2 * np.pi * 440 * np.arange(RATE * 4) / RATE)).astype(np.int16)

def tell(**fields):
    print(json.dumps({{"at": time.monotonic(), **fields}}), flush=True)

def tend(until, seconds=15):
    deadline, state = time.monotonic() + seconds, None
    while not until() and time.monotonic() < deadline:
        speaker.tend()
        if speaker.state != state:
            state = speaker.state
            tell(state=state)
        time.sleep(0.01)
"""


def sounding(recorded, level=50):
    """Return the stretch from the first sample that is heard to the last."""
    heard = np.flatnonzero(np.abs(recorded.astype(int)) > level)
    return recorded[heard[0] : heard[-1] + 1] if len(heard) else recorded[:0]


@pytest.mark.sound
def test_what_is_queued_reaches_the_sink_intact(sound_server, tmp_path):
    sound = np.random.default_rng(2).normal(0, 4000, RATE).astype(np.int16)
    sound[[0, -1]] = 9000
    np.save(tmp_path / "sound.npy", sound)
    script = (
        PRELUDE
        + f"""
sound = np.load({str(tmp_path / "sound.npy")!r})
for piece in np.array_split(sound, 5):
    playback.put("a", piece, RATE)
playback.end("a")
tend(lambda: not playback.playing)
tell(finished=playback.finished(), latency_s=speaker.latency_s)
tend(lambda: False, 0.5)
"""
    )
    with sound_server.recording() as recorded, sound_server.run(script) as child:
        told = child.wait_for("it was played", finished=["a"])
        assert child.end() == 0
        tape = recorded().astype(float)
    assert 0.01 < told["latency_s"] < 0.15
    start = int(np.argmax(np.correlate(tape, sound[:2000].astype(float), "valid")))
    heard = tape[start : start + len(sound)]
    assert np.abs(heard - sound).max() <= 2, "the same samples, in the same order, with no gap"


@pytest.mark.sound
def test_a_stop_is_heard_at_once_and_does_not_click(sound_server):
    script = (
        PRELUDE
        + """
playback.put("a", tone, RATE)
tend(lambda: playback.position.seconds > 0.5)
playback.stop()
tell(stopped=playback.position.seconds if playback.position else None, latency_s=speaker.latency_s)
tend(lambda: False, 0.5)
"""
    )
    with sound_server.recording() as recorded, sound_server.run(script) as child:
        stopped = child.wait_for("it was stopped", latency_s=pytest.approx(0.08, abs=0.07))
        assert child.end() == 0
        heard = sounding(recorded())
    assert len(heard) / RATE - stopped["stopped"] < 0.011
    assert len(heard) / RATE > 0.5
    steepest = 12000 * 2 * np.pi * 440 / RATE
    assert np.abs(np.diff(heard.astype(int))).max() < 1.1 * steepest
    assert np.abs(heard[-1]) < steepest


@pytest.mark.sound
def test_it_lets_the_device_go_when_idle_and_opens_it_on_demand(sound_server):
    script = (
        PRELUDE
        + """
audio.speaker.IDLE_S = 0.3
for _ in range(2):
    tell(told="closed", state=speaker.state)
    playback.put("a", tone[:RATE // 5], RATE)
    playback.end("a")
    tend(lambda: playback.finished())
    tend(lambda: speaker.state == "closed")
speaker.ensure_open()
tend(lambda: speaker.state == "live")
input()
"""
    )
    with sound_server.run(script) as child:
        for _ in range(2):
            live = child.wait_for("it plays", since=child.told[-1]["at"] if child.told else 0, state="live")
            child.wait_for("it sleeps", since=live["at"], state="closed")
        child.wait_for("it is open before there is anything to play", since=live["at"] + 0.4, state="live")
        assert "mono" in sound_server.control("list", "sink-inputs")
    assert [line["state"] for line in child.told if "told" in line] == ["closed", "closed"]


@pytest.mark.sound
def test_a_speaker_that_is_unplugged_goes_on_where_it_was_when_it_returns(sound_server):
    script = (
        PRELUDE
        + """
playback.put("a", tone, RATE)
playback.end("a")
tend(lambda: not playback.playing)
tell(finished=playback.finished())
"""
    )
    with sound_server.run(script) as child:
        child.wait_for("it plays", state="live")
        unplugged = time.monotonic()
        sound_server.unplug()
        assert child.wait_for("the loss is told", since=unplugged, state="lost")["at"] - unplugged < 2
        sound_server.plug()
        replugged = time.monotonic()
        assert child.wait_for("it plays again", since=replugged, state="live")["at"] - replugged < 3
        child.wait_for("it is played to its end", finished=["a"])


@pytest.mark.sound
def test_microphone_and_speaker_share_one_process(sound_server):
    script = (
        PRELUDE
        + """
from audio.microphone import Microphone
microphone = Microphone(system)
playback.put("a", tone, RATE, loop=True)
deadline, states = time.monotonic() + 12, None
while time.monotonic() < deadline:
    microphone.read(0.05)
    speaker.tend()
    if states != (states := [microphone.state, speaker.state]):
        tell(states=states)
"""
    )
    with sound_server.run(script) as child:
        child.wait_for("both work", states=["live", "live"])
        unplugged = time.monotonic()
        sound_server.unplug()
        child.wait_for("both are lost", since=unplugged, states=["lost", "lost"])
        sound_server.plug()
        replugged = time.monotonic()
        assert child.wait_for("both work again", since=replugged, states=["live", "live"])["at"] - replugged < 3
