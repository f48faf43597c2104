"""`hark doctor`: every finding with its cure, and no traceback whatever is broken."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.app import open_app
from assistant.checkup import engines, machine, sound
from assistant.checkup.finding import Finding, State, broken
from assistant.checkup.loudness import judge, loudness
from assistant.cli.doctor import record, summary
from assistant.config import Config, Places, PrivacyConfig, TtsConfig, WakeConfig, config_from
from assistant.store import Store
from assistant.worker import Engine, Worker
from audio.files import read_recording
from audio.vocabulary import FRAME

HARK = (sys.executable, "-m", "assistant")
CLIPS = Path(__file__).parents[1] / "clips"
ROOM = np.random.default_rng(1).normal(0, 40, 16_000).astype(int).tolist()
"""A second of a quiet room."""


@pytest.fixture
def places(tmp_path) -> Places:
    return Places(str(tmp_path))


@pytest.fixture
def app(places):
    app = open_app(places, Config())
    yield app
    app.close()


def test_digital_silence_is_a_broken_microphone():
    found = judge("Blue", loudness([0] * 16_000), [])
    assert found.state is State.BROKEN
    assert "Blue delivers only digital silence" in found.told
    assert "Unmute" in found.cure


def test_a_quiet_room_is_fine_and_asks_for_words():
    found = judge("Blue", loudness(ROOM), [0.1] * 30)
    assert found.state is State.OK
    assert "nobody spoke" in found.told
    assert "speak meanwhile" in found.cure


def test_speech_is_heard():
    loud = [int(8000 * np.sin(n / 5)) for n in range(16_000)]
    found = judge("Blue", loudness(loud), [0.9] * 30)
    assert (found.state, found.cure) == (State.OK, "")
    assert "heard somebody speak" in found.told
    assert found.figures["peak_dbfs"] == pytest.approx(-12.2, abs=0.2)


def test_too_loud_is_told():
    found = judge("Blue", loudness([32_767, -32_768] * 8000), [0.9] * 30)
    assert found.state is State.WEAK
    assert "Lower" in found.cure


@pytest.mark.parametrize(("samples", "speech"), [([1, -1] * 8000, [0.1] * 30), ([150, -150] * 8000, [0.9] * 30)])
def test_too_quiet_is_told(samples, speech):
    found = judge("Blue", loudness(samples), speech)
    assert found.state is State.WEAK
    assert "Raise" in found.cure


def test_an_error_is_split_into_what_and_cure():
    assert broken("PortAudio", "It is not there. Install it. Then again.") == Finding(
        "PortAudio", State.BROKEN, "It is not there.", "Install it. Then again."
    )


def test_wrong_settings_are_a_finding(places):
    places.config_file.write_text("[wake]\ntreshold = 1\n")
    [found] = machine.settings(places)
    assert found.state is State.BROKEN
    assert "wake.threshold" in found.told + found.cure


def test_own_settings_are_named(places):
    places.config_file.write_text("[wake]\nthreshold = 0.9\n")
    [found] = machine.settings(places)
    assert found.told.startswith("wake.threshold set in")


def test_no_memory_yet_is_fine_and_none_is_made(places):
    [found] = machine.memory(places)
    assert found.state is State.OK
    assert not places.store_file.exists()


def test_a_sound_memory_tells_what_waits(places):
    store = Store(places.store_file)
    with store.write() as db:
        db.execute("INSERT INTO timer (label, duration_s, ends_at) VALUES ('', 1, 1), ('tea', 1, 1)")
    [found] = machine.memory(places)
    assert found.state is State.OK
    assert "2 timers waiting, 0 turns kept" in found.told
    store.close()


@pytest.mark.parametrize("damage", ["header", "inside"])
def test_a_damaged_memory_is_told_and_left_as_it_is(places, damage):
    Store(places.store_file).close()
    data = bytearray(places.store_file.read_bytes())
    data[:100] = b"x" * 100 if damage == "header" else data[:100]
    data[100:4000] = b"\xff" * 3900
    places.store_file.write_bytes(data)
    [found] = machine.memory(places)
    assert found.state is State.BROKEN
    assert "is damaged" in found.told
    assert places.store_file.read_bytes() == data


def test_a_memory_of_a_newer_hark_is_told(places):
    with contextlib.closing(sqlite3.connect(places.store_file)) as db:
        db.execute("PRAGMA user_version = 99")
    [found] = machine.memory(places)
    assert found.state is State.BROKEN
    assert "newer Hark" in found.told


def test_a_broken_skill_is_told_with_its_line_and_costs_nothing_else(places):
    places.skills.mkdir()
    (places.skills / "odd.py").write_text("def (:\n")
    ready, odd = machine.skills(places, Config())
    assert ready.state is State.OK
    assert "odd.py:1" in odd.told
    assert "hark skills check" in odd.cure


def test_a_full_disk_is_told(places, monkeypatch):
    for free, state in ((50_000_000_000, State.OK), (100_000_000, State.WEAK), (1_000_000, State.BROKEN)):
        usage = type("Usage", (), {"free": free})
        monkeypatch.setattr(machine.shutil, "disk_usage", lambda _, usage=usage: usage)
        [found] = machine.disk(places)
        assert found.state is state
        assert bool(found.cure) == (state is not State.OK)


@pytest.mark.parametrize(
    ("allowed", "engine", "state"), [(False, "espeak", State.OK), (True, "espeak", State.NOTE), (True, "edge", State.NOTE)]
)
def test_what_may_leave_is_told(allowed, engine, state):
    config = Config(privacy=PrivacyConfig(online_voice=allowed), tts=TtsConfig(engine=engine))
    [found] = machine.network(config)
    assert found.state is state
    assert ("Microsoft" in found.told) == (engine == "edge")


def test_every_extra_is_there_or_told_how_to_get():
    for found in machine.extras():
        assert found.state is State.OK or "pip install 'hark-assistant[" in found.cure


async def test_the_embedded_engines_work_and_are_timed(app):
    found = [finding async for finding in engines.wake_words(app, None)]
    found += [await engines.speech(app, None), await engines.voice(app, None)]
    for finding in found:
        assert finding.state is State.OK, finding
        assert finding.figures["ready_ms"] > 0
        assert finding.figures["task_ms"] > 0


async def test_a_wake_word_that_is_not_there_names_those_that_are(places):
    app = open_app(places, Config(wake=WakeConfig(words=("hey_nobody",))))
    [found] = [finding async for finding in engines.wake_words(app, None)]
    app.close()
    assert found.state is State.BROKEN
    assert "hey_jarvis" in found.cure


async def test_a_recogniser_without_its_model_is_told_what_to_set(places):
    app = open_app(places, config_from({"asr": {"engine": "whisper"}}, ""))
    found = await engines.recogniser(app, None)
    app.close()
    assert found.state is State.BROKEN
    assert "hark config set asr" in found.cure


async def test_the_online_voice_is_not_tried(places):
    app = open_app(places, Config(privacy=PrivacyConfig(online_voice=True), tts=TtsConfig(engine="edge")))
    found = await engines.voice(app, None)
    app.close()
    assert found.state is State.NOTE
    assert "not tried" in found.told


async def test_an_engine_that_dies_is_a_finding(app):
    async def call(worker: Worker) -> None:
        await worker.call("nothing")

    found = await engines.tried("wake word", "x", Engine("wake", "os:_exit", {"status": 3}), call, None)
    assert found.state is State.BROKEN


async def test_a_named_device_that_is_not_there_is_a_finding(places):
    app = open_app(places, config_from({"audio": {"microphone": "no such thing", "speaker": "no such thing"}}, ""))
    heard = await sound.microphone(app, None)
    played = await sound.speaker(app, None, chime=False)
    app.close()
    assert (heard.state, played.state) == (State.BROKEN, State.BROKEN)


def test_the_summary_names_what_is_broken_else_what_is_weak():
    ok, weak, bad = (Finding(about, state, "") for about, state in (("a", State.OK), ("b", State.WEAK), ("c", State.BROKEN)))
    assert summary([ok]) == "All is well."
    assert "better: b." in summary([ok, weak])
    assert summary([ok, weak, bad]).startswith("Broken: c.")
    assert record(bad)["state"] == "broken"


def doctor(environment, home, *options):
    return subprocess.run(
        [*HARK, "doctor", *options], env=environment | {"HARK_HOME": str(home)}, capture_output=True, text=True, timeout=100, check=False
    )


@pytest.mark.timeout(120)
def test_without_sound_it_says_so_and_what_to_install(tmp_path):
    (tmp_path / "config.toml").write_text("[wake]\nneded = 1\n")
    done = doctor(os.environ | {"PULSE_SERVER": "unix:/nonexistent"}, tmp_path, "--json", "--mic", "no such thing")
    found = {finding["about"]: finding for finding in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1
    assert done.stderr == ""
    assert found["settings"]["state"] == "broken"
    assert "wake.needed" in found["settings"]["told"] + found["settings"]["cure"]
    assert found["recogniser"]["state"] == "ok"
    assert all(finding["cure"] for finding in found.values() if finding["state"] in {"weak", "broken"})
    assert not (tmp_path / "hark.db").exists()


@pytest.mark.sound
@pytest.mark.timeout(180)
def test_with_a_microphone_that_hears_speech_and_a_speaker_all_is_well(sound_server, tmp_path):
    frames = read_recording(min((CLIPS / "talk").glob("*.flac"))).samples
    frames = frames[: len(frames) // FRAME * FRAME].reshape(-1, FRAME)
    loud = frames[abs(frames).max(axis=1) > 1000].reshape(-1)  # somebody who never pauses
    speech = np.tile(np.repeat(loud, 3), 20)  # from 16 to 48 kHz
    with sound_server.playing(speech), sound_server.recording() as heard:
        done = doctor(sound_server.environment, tmp_path, "--json", "--play")
        played = heard()
    found = {finding["about"]: finding for finding in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 0, done.stdout
    assert "somebody speak" in found["microphone"]["told"]
    assert found["speaker"]["state"] == "ok"
    assert (abs(played.astype(int)) > 1000).sum() > 1000


@pytest.mark.sound
@pytest.mark.timeout(180)
def test_a_muted_microphone_is_found_out(sound_server, tmp_path):
    sound_server.control("set-source-mute", "mic.monitor", "1")
    try:
        done = doctor(sound_server.environment, tmp_path)
    finally:
        sound_server.control("set-source-mute", "mic.monitor", "0")
    assert done.returncode == 1
    assert "delivers only digital silence" in done.stdout
    assert "→ Unmute it" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("Broken: microphone.")
