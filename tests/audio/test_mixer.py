"""The loudness of the machine, against a sound server of our own."""

import threading

import pytest

from audio.errors import DeviceWedged, NoMixer
from audio.mixer import MacMixer, find_mixer, output_of


@pytest.fixture
def mixer(sound_server):
    pulse_mixer = pytest.importorskip("audio.pulse_mixer")
    return pulse_mixer.PulseMixer(sound_server.environment["PULSE_SERVER"], timeout_s=1.0)


pulse = pytest.mark.sound


@pulse
def test_what_is_set_is_what_the_server_has(mixer, sound_server):
    mixer.set_volume(30)
    assert mixer.volume() == pytest.approx(30, abs=0.1)
    assert "30%" in sound_server.control("get-sink-volume", "@DEFAULT_SINK@")


@pulse
def test_it_sees_what_others_set(mixer, sound_server):
    sound_server.control("set-sink-volume", "@DEFAULT_SINK@", "64%")
    assert mixer.volume() == pytest.approx(64, abs=0.1)


@pulse
def test_muting_leaves_the_volume_alone(mixer):
    mixer.set_volume(55)
    mixer.set_muted(True)
    assert mixer.muted()
    assert mixer.volume() == pytest.approx(55, abs=0.1)
    mixer.set_muted(False)
    assert not mixer.muted()


@pulse
def test_zero_can_be_left_again(mixer):
    mixer.set_volume(0)
    assert mixer.volume() == 0
    mixer.set_volume(40)
    assert mixer.volume() == pytest.approx(40, abs=0.1)


@pulse
def test_the_balance_of_the_channels_is_kept(mixer, sound_server):
    sound_server.control("load-module", "module-null-sink", "sink_name=wide", "channels=2")
    sound_server.control("set-default-sink", "wide")
    try:
        sound_server.control("set-sink-volume", "wide", "80%", "40%")
        mixer.set_volume(40)
        said = sound_server.control("get-sink-volume", "wide")
        assert "40%" in said
        assert "20%" in said
    finally:
        sound_server.control("set-default-sink", "speaker")


@pulse
def test_any_thread_may_ask(mixer):
    mixer.set_volume(70)
    heard = []
    threads = [threading.Thread(target=lambda: heard.append(round(mixer.volume()))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert heard == [70] * 4


@pulse
def test_a_restarted_server_is_found_again(mixer, sound_server):
    mixer.set_volume(20)
    sound_server.kill()
    with pytest.raises(NoMixer, match="Start PipeWire"):
        mixer.volume()
    sound_server.start()
    mixer.set_volume(25)
    assert mixer.volume() == pytest.approx(25, abs=0.1)


@pulse
def test_a_server_that_does_not_answer_is_not_waited_for(mixer, sound_server):
    mixer.volume()
    sound_server.freeze()
    try:
        with pytest.raises(DeviceWedged, match="does not answer"):
            mixer.volume()
    finally:
        sound_server.thaw()


@pulse
def test_a_server_that_stops_answering_half_way_is_not_waited_for(mixer, sound_server):
    def half_way():
        with mixer._sink() as (connection, sink):
            sound_server.freeze()
            connection.mute(sink, True)

    try:
        with pytest.raises(DeviceWedged):
            half_way()
    finally:
        sound_server.thaw()


@pulse
def test_no_speaker_is_told(mixer, sound_server):
    sound_server.control("load-module", "module-null-sink", "sink_name=auto_null")
    sound_server.control("set-default-sink", "auto_null")
    try:
        with pytest.raises(NoMixer, match="Plug in"):
            mixer.volume()
    finally:
        sound_server.control("set-default-sink", "speaker")


class Scripts:
    """A Mac as far as its volume goes."""

    def __init__(self, **answers):
        self.answers = answers
        self.lines = []

    def __call__(self, command):
        assert command[:2] == ["osascript", "-e"]
        self.lines.append(command[2])
        return next((answer for part, answer in self.answers.items() if part in command[2]), "")


def test_a_mac_is_asked_in_its_own_words():
    mac = Scripts(volume="43\n")
    mixer = MacMixer(mac)
    assert mixer.volume() == 43
    mixer.set_volume(30.4)
    mixer.set_muted(True)
    assert mac.lines == ["output volume of (get volume settings)", "set volume output volume 30", "set volume output muted true"]
    assert MacMixer(Scripts(muted="true\n")).muted()


def test_a_mac_output_without_a_volume_is_told():
    with pytest.raises(NoMixer, match="System Settings"):
        MacMixer(Scripts(volume="missing value\n")).volume()


def test_a_command_that_is_not_there_is_told():
    with pytest.raises(NoMixer, match="no-such-command"):
        output_of(["no-such-command"])


def test_every_system_has_a_mixer_or_a_word_why_not():
    assert isinstance(find_mixer("darwin"), MacMixer)
    with pytest.raises(NoMixer, match="volume keys"):
        find_mixer("win32")


def test_a_missing_library_is_told_with_its_package(monkeypatch):
    def refuse(name):
        raise OSError("libpulse.so.0: cannot open shared object file")

    monkeypatch.setattr("audio.mixer.importlib.import_module", refuse)
    with pytest.raises(NoMixer, match="libpulse0"):
        find_mixer("linux")


def test_without_a_server_it_says_so_in_both_languages():
    pulse_mixer = pytest.importorskip("audio.pulse_mixer")
    with pytest.raises(NoMixer, match="No sound server runs here") as caught:
        pulse_mixer.PulseMixer("unix:/nonexistent", timeout_s=1.0).volume()
    assert "没有运行声音服务" in caught.value.chinese
