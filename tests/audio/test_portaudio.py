"""PortAudio is loaded late, called with deadlines, and missing in words."""

import ctypes.util
import subprocess
import sys
import threading
import time
from functools import partial
from types import SimpleNamespace

import pytest

from audio.errors import DeviceError, DeviceWedged, NoPortAudio
from audio.portaudio import PortAudio, Wish, no_portaudio


@pytest.fixture
def system():
    system = PortAudio(deadline_s=0.2)
    yield system
    system.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere sounddevice's wheel brings the library")
def test_without_the_library_the_package_is_named_and_nothing_else_breaks(system, monkeypatch):
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)
    with pytest.raises(NoPortAudio, match=r"PortAudio.* is not installed\. Install"):
        system.devices()


@pytest.mark.parametrize(
    ("os_release", "package"),
    [
        ("ID=debian\nVERSION_ID=12", "the package libportaudio2 "),
        ('ID=ubuntu\nID_LIKE="debian"', "the package libportaudio2 "),
        ('ID=linuxmint\nID_LIKE="ubuntu debian"', "the package libportaudio2 "),
        ("ID=fedora", "the package portaudio "),
        ('ID="rocky"\nID_LIKE="rhel centos fedora"', "the package portaudio "),
        ("ID=arch", "the package portaudio "),
        ("ID=manjaro\nID_LIKE=arch\n\nsomething odd", "the package portaudio "),
        ("ID=nixos", r"libportaudio2 \(Debian, Ubuntu\) or portaudio"),
        ("", "libportaudio2"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere sounddevice's wheel brings the library")
def test_the_package_is_called_as_this_distribution_calls_it(tmp_path, os_release, package):
    (tmp_path / "os-release").write_text(os_release)
    with pytest.raises(NoPortAudio, match=package):
        raise NoPortAudio(no_portaudio(tmp_path / "os-release"))
    assert "libportaudio2" in no_portaudio(tmp_path / "missing")


def test_a_call_that_does_not_come_back_in_time_is_a_wedge(system):
    stuck = threading.Event()
    with pytest.raises(DeviceWedged):
        system.wait(system.submit(stuck.wait))
    with pytest.raises(DeviceWedged):
        system.devices()
    began = time.monotonic()
    system.close()
    assert time.monotonic() - began < 2, "closing gives up on it"
    stuck.set()


def test_what_a_call_raises_is_raised_where_it_is_waited_for(system):
    with pytest.raises(ZeroDivisionError):
        system.wait(system.submit(lambda: 1 // 0))
    assert system.wait(system.submit(lambda: 7)) == 7


class FussyLibrary:
    """sounddevice with one raw device: 44.1 kHz stereo or nothing."""

    class PortAudioError(Exception):
        pass

    default = SimpleNamespace(device=(0, 0))

    def __init__(self):
        self.held = False
        self.made = []
        self.InputStream = partial(self.Stream, self)

    class Stream:
        def __init__(self, library, **wish):
            if (wish["samplerate"], wish["channels"]) != (44100, 2):
                raise library.PortAudioError("Invalid sample rate or number of channels")
            self.library, self.wish, self.closed = library, wish, False
            library.made.append(self)

        def start(self):
            if self.library.held:
                raise self.library.PortAudioError("Device unavailable")

        def close(self):
            self.closed = True

    def query_hostapis(self):
        return [{"name": "ALSA"}]

    def query_devices(self):
        return [{"index": 0, "name": "raw", "hostapi": 0, "max_input_channels": 2, "max_output_channels": 2, "default_samplerate": 44100.0}]


WISH = Wish("input", None, (16000, None), 0.032, 0.064, lambda rate: f"callback at {rate}")


def test_a_device_that_takes_neither_16_khz_nor_mono_is_opened_as_it_likes(system):
    system._loaded = FussyLibrary()
    opened = system.wait(system.submit(partial(system.open_here, WISH)))
    assert (opened.rate, opened.device.name) == (44100, "raw")
    assert opened.stream.wish["blocksize"] == round(0.032 * 44100)
    assert opened.stream.wish["callback"] == "callback at 44100"


def test_a_device_that_another_program_holds_is_told_and_left_closed(system):
    system._loaded = library = FussyLibrary()
    library.held = True
    with pytest.raises(DeviceError, match=r"microphone 'raw' cannot be opened: Device unavailable.*Another program.*Found: raw"):
        system.wait(system.submit(partial(system.open_here, WISH)))
    assert all(stream.closed for stream in library.made)
    assert len(library.made) == 1, "a rate and a channel count that were accepted are tried once"


def test_importing_the_microphone_and_the_speaker_touches_no_sound_system():
    script = "import sys, audio.microphone, audio.speaker; assert 'sounddevice' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)


def test_native_chatter_is_silenced_and_our_own_words_are_not():
    script = """
import ctypes, logging, sys, warnings
from audio.portaudio import hush_native_stderr
hush_native_stderr()
logging.basicConfig()
libc = ctypes.CDLL(None)
libc.dprintf(2, b"ALSA lib pcm.c: chatter")
logging.warning("our log")
sys.stderr.write("our words")
raise SystemExit(sys.stderr.fileno() == 2)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "chatter" not in done.stderr
    assert "our log" in done.stderr
    assert "our words" in done.stderr


@pytest.mark.sound
def test_through_pulseaudio_the_default_device_records_and_plays(sound_server):
    script = """
import dataclasses, json
from audio.portaudio import PortAudio
from audio.speaker import preferred_rate
system = PortAudio()
for device in system.devices():
    print(json.dumps({"at": 0, **dataclasses.asdict(device)}))
print(json.dumps({"at": 0, "input": system.find(None, "input").name, "output": system.find(None, "output").name}))
print(json.dumps({"at": 0, "rate": preferred_rate(system, None)}))
"""
    with sound_server.run(script) as child:
        assert child.end() == 0
        child.wait_for("the default", name="default", default_input=True, default_output=True, host_api="ALSA")
        child.wait_for("the choice", input="default", output="default")
        child.wait_for("the rate of the sink", rate=48000)


@pytest.mark.sound
def test_a_device_that_comes_is_found_after_a_refresh(sound_server):
    sound_server.kill()
    script = """
import json, sys, time
from audio.portaudio import PortAudio
system = PortAudio()
def tell():
    print(json.dumps({"at": time.monotonic(), "working": sum(works(device.name) for device in system.devices())}), flush=True)
def works(name):
    from audio.errors import DeviceError
    from audio.microphone import Microphone
    try:
        Microphone(system, name).close()
    except DeviceError:
        return False
    return True
tell()
sys.stdin.readline()
system.wait(system.submit(system.refresh_here))
tell()
"""
    with sound_server.run(script) as child:
        assert child.wait_for("the first look")["working"] == 0
        sound_server.start()
        child.say("look again")
        assert child.wait_for("the second look", since=time.monotonic())["working"] > 0
