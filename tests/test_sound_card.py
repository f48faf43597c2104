"""The whole of Hark over a sound card: PulseAudio null sinks as microphone and speaker, and `hark talk` between them."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from audio.asr.sphinx import Sphinx, reading
from audio.files import read_recording
from audio.resampler import Resampler
from tests.sound_server import RATE, until

pytestmark = [pytest.mark.sound, pytest.mark.timeout(180)]

CLIPS = Path(__file__).parent / "clips"
ROOM = np.random.default_rng(1).normal(0, 12, RATE * 120).astype(np.int16)
"""Two minutes of a quiet room: a microphone that works is never digitally silent."""


class Talk:
    """A running `hark talk` and the lines it prints."""

    def __init__(self, environment, *options):
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "assistant", "talk", *options],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.strip())

    def wait_for(self, words, seconds=20.0):
        """Return how long it took until a line had these words."""
        began = time.monotonic()
        until(
            lambda: any(words.casefold() in line.casefold() for line in self.lines) or self.process.poll() is not None,
            f"'{words}' in {self.lines}",
            seconds,
        )
        assert any(words.casefold() in line.casefold() for line in self.lines), self.lines
        return time.monotonic() - began

    def said(self, words):
        """Tell whether a line had these words, in any case."""
        return any(words.casefold() in line.casefold() for line in self.lines)

    def children(self):
        """Return the process numbers of its workers."""
        listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=False).stdout
        return [int(pid) for pid in listed.split()]

    def end(self, how=signal.SIGINT):
        """End it and return how long that took; nothing of it may be left."""
        workers = self.children()
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(10)
        took = time.monotonic() - began
        self._reader.join()
        self.process.stdout.close()
        until(
            lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), "all workers are gone", 5.0 if how is signal.SIGKILL else 2.0
        )
        return took


@contextmanager
def talking(server, home, *options):
    """Run `hark talk` in the server's world until the block ends."""
    talk = Talk(server.environment | {"HARK_HOME": str(home)}, *options)
    try:
        talk.wait_for("listening on")
        yield talk
    finally:
        if talk.process.poll() is None:
            talk.end(signal.SIGKILL)


def at_48k(clip):
    """Return a committed clip at the sound card's rate."""
    return Resampler(16_000, RATE).push(read_recording(CLIPS / clip).samples, last=True)


REPLIES = """#JSGF V1.0; grammar replies;
public <reply> = timer set for (five | ten | fifteen | twenty) minutes | (heads | tails) | sorry i did not understand that;
"""
"""What Hark might say; free dictation makes little of a synthetic voice."""


def words_in(sound):
    """Return which reply is heard in a recording of the speaker."""
    recogniser = Sphinx(REPLIES, wake_phrases=())
    samples = Resampler(RATE, 16_000).push(np.concatenate([np.zeros(RATE // 2, np.int16), sound]), last=True)
    recogniser._strict.start_utt()
    recogniser._strict.process_raw(samples.tobytes())
    recogniser._strict.end_utt()
    return " ".join(word.text for word in reading(recogniser._strict).spoken)  # free speech is no judge of a synthetic voice


def test_a_command_through_the_air_is_answered_aloud(sound_server, tmp_path):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as talk, sound_server.recording() as recorded:
        with sound_server.playing(at_48k("wake/set-a-timer-for-ten-minutes-slt.flac")):
            talk.wait_for("done")
        answer = recorded()
    assert any("timer.start" in line and "PT10M" in line for line in talk.lines)
    assert words_in(answer) == "timer set for ten minutes"


def test_unplugged_and_plugged_in_again(sound_server, tmp_path):
    with talking(sound_server, tmp_path) as talk:
        with sound_server.playing(ROOM):
            talk.wait_for("listening on")
        sound_server.unplug()
        assert talk.wait_for("microphone is gone") < 2.0
        sound_server.plug()
        with sound_server.playing(ROOM):
            assert talk.wait_for("Listening again") < 3.0
            with sound_server.playing(at_48k("wake/flip-a-coin-rms.flac")):
                talk.wait_for("fun.coin")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_it_waits_ends_it_at_once_with_all_its_workers(sound_server, tmp_path, how):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as talk:
        assert len(talk.children()) == 3
        assert talk.end(how) < 2.0


def test_ctrl_c_while_it_speaks_loses_nothing(sound_server, tmp_path):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as talk:
        with sound_server.playing(at_48k("wake/set-a-timer-for-ten-minutes-slt.flac")):
            talk.wait_for("Timer set")
            assert talk.end() < 2.0
    environment = os.environ | {"HARK_HOME": str(tmp_path)}
    left = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "how long is left"], env=environment, capture_output=True, text=True, check=False
    )
    assert re.search(r"\b(9|10) minutes", left.stdout)


def test_ctrl_c_while_somebody_speaks(sound_server, tmp_path):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as talk:
        with sound_server.playing(at_48k("wake/set-a-timer-for-ten-minutes-slt.flac")):
            talk.wait_for("woke")
            assert talk.end() < 2.0


def test_a_wedged_sound_server_is_told_of_and_survived(sound_server, tmp_path):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as talk:
        sound_server.freeze()
        try:
            assert talk.wait_for("microphone is gone") < 2.0
            assert talk.end() < 2.0
        finally:
            sound_server.thaw()


def test_workers_that_are_killed_come_back(sound_server, tmp_path):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as talk:
        for pid in talk.children():
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(talk.lines) > 1 and sum("listening on" in line.casefold() for line in talk.lines) > 1, "it listens again", 15)
        with sound_server.playing(at_48k("wake/flip-a-coin-rms.flac")):
            talk.wait_for("fun.coin")
            talk.wait_for("done")


def test_two_harks_share_a_machine_and_one_of_them_rings(sound_server, tmp_path):
    with sound_server.playing(ROOM), talking(sound_server, tmp_path) as one, talking(sound_server, tmp_path) as other:
        environment = os.environ | {"HARK_HOME": str(tmp_path)}
        subprocess.run([sys.executable, "-m", "assistant", "ask", "set a tea timer for one second"], env=environment, check=True)
        until(lambda: any("tea timer is done" in line for line in one.lines + other.lines), "it rings")
        assert sum("tea timer is done" in line for line in one.lines + other.lines) == 1
        ringing = one if any("tea timer" in line for line in one.lines) else other
        assert ringing.end() < 2.0
