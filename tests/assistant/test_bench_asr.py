"""What `hark bench asr` counts, on recognisers whose words and pace are known, and on the miniature Whisper."""

import json
import shutil
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from assistant.bench import asr
from assistant.bench.asr_tables import accuracy_tables, speed_tables
from assistant.bench.errors import BenchError
from assistant.bench.hearing import FRAME_S, Hearing, asked_for, hear
from assistant.bench.spread import Count, Spread
from assistant.bench.transcripts import Spoken, distance, read_spoken, units
from assistant.cli import main
from assistant.plugins import load_families
from assistant.understanding import Understanding
from assistant.worker import Engine
from audio.asr.whisper import Whisper
from audio.vocabulary import FRAME
from models.recipes import whisper as recipe
from models.recipes.whisper_format import Shape
from models.recipes.whisper_plain import PlainWhisper

MINI = Path(__file__).parents[1] / "data" / "whisper-mini"
COMMITTED = Path(__file__).parents[1] / "clips"
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Set a timer for ten minutes.", "set a timer for 10 minutes"),
        ("Set the volume to 30%.", "set the volume to thirty percent"),
        ("What's the time?", "what is the time"),
        ("倒计时十分钟。", "倒计时10分钟"),
        ("設個鬧鐘", "设个闹钟"),
        ("", " ... "),
    ],
)
def test_what_is_written_in_another_way_is_the_same(one, other):
    assert units(one) == units(other)


def test_chinese_is_counted_by_characters_and_english_by_words():
    assert units("现在几点？") == list("现在几点")
    assert units("Tell me a joke.") == ["tell", "me", "a", "joke"]


@pytest.mark.parametrize(
    ("said", "heard", "errors"), [("a b c", "a b c", 0), ("a b c", "a c", 1), ("a b c", "a x b d", 2), ("", "a b", 2), ("a b", "", 2)]
)
def test_errors_are_words_put_in_taken_out_and_changed(said, heard, errors):
    assert distance(said.split(), heard.split()) == errors


def test_both_committed_sets_of_recordings_are_read():
    mini = {one.path.name: one for one in read_spoken(MINI / "clips")}
    assert (mini["zh-08.flac"].text, mini["zh-08.flac"].language) == ("现在几点？", "zh")
    clips = {one.path.relative_to(COMMITTED).as_posix(): one for one in read_spoken(COMMITTED)}
    woken = clips["wake/what-time-is-it-slt.flac"]
    assert (woken.text, woken.language, woken.action) == ("what time is it", "en", "clock.time")
    assert woken.from_s == pytest.approx(1.18)  # after the wake phrase
    assert clips["noise/music.flac"].text == ""


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("clips.json", "{", "no labels"),
        ("clips.json", '["a.wav"]', "no labels"),
        ("clips.json", '{"a.wav": "hello"}', "no label of a recording"),
        ("mine.jsonl", '{"text": "hello"}', "no labels"),
        ("mine.jsonl", '{"file": "a.wav", "text": "hello"}', "There is no"),
        ("notes.txt", "", "No labelled recordings"),
    ],
)
def test_wrong_labels_are_told(tmp_path, name, content, told):
    (tmp_path / name).write_text(content)
    with pytest.raises(BenchError, match=told):
        read_spoken(tmp_path)


class Paced:
    """A recogniser in whose worker each call takes as long as it is told, on a clock of its own."""

    def __init__(self, monkeypatch, feed_s=0.0, settle_s=0.0):
        self.now, self.took = 0.0, {"feed": feed_s, "speculate": settle_s}
        self.fed = []
        monkeypatch.setattr("assistant.bench.hearing.perf_counter", lambda: self.now)

    async def call(self, method, *args, deadline_s=0.0):
        self.now += self.took.get(method, 0.0)
        if method == "feed":
            self.fed.append(len(args[0]) // 2 // FRAME)
        return {"text": f"{sum(self.fed)} frames", "language": "en"}


SPEECH = [0.0] * 5 + [0.9] * 20 + [0.0] * 10
SOUND = bytes(2 * FRAME * len(SPEECH))


async def test_an_idle_recogniser_is_asked_at_the_pause_and_answers_after_its_work(monkeypatch):
    paced = Paced(monkeypatch, settle_s=0.2)
    heard = await hear(paced, SOUND, SPEECH)
    assert heard.after_s == pytest.approx(0.2 + 3 * FRAME_S)  # the pause is noticed after three quiet frames
    assert heard.text == f"{5 + 20 + 3} frames"
    assert set(paced.fed) == {1, 6}  # what came in while it settled, at once
    assert heard.worked_s == pytest.approx(0.2)


async def test_a_busy_recogniser_gets_what_waits_at_once_and_the_pause_after_it(monkeypatch):
    paced = Paced(monkeypatch, feed_s=0.5)
    heard = await hear(paced, SOUND, SPEECH)
    assert max(paced.fed) > 10
    assert 0.1 < heard.after_s <= 1.0 + 3 * FRAME_S
    assert sum(paced.fed) == len(SPEECH)


def test_a_pause_in_the_middle_is_asked_about_too_and_a_cut_end_is():
    jobs = asked_for(bytes(2 * FRAME * 36), [0.9] * 10 + [0.0] * 6 + [0.9] * 20)
    assert [job.pause_s for job in jobs if job.pause_s is not None] == [pytest.approx(10 * FRAME_S), pytest.approx(36 * FRAME_S)]
    assert sum(len(job.sound) for job in jobs) == 2 * FRAME * 36


def test_what_was_heard_is_summed_up():
    understanding = Understanding(load_families())
    spoken = [
        Spoken(Path("a"), "set a timer for ten minutes", "en", action="timer.start", slots={"duration": "PT10M"}),
        Spoken(Path("b"), "现在几点", "zh"),
        Spoken(Path("c"), "", "en"),
        Spoken(Path("d"), "tell me a joke", "en"),
    ]
    texts = ["Set a timer for two minutes.", "现在几点？", "you", "tell me joke"]
    heard = [Hearing(text, one.language, 0.1 * at, 0.5, 2.0, 3) for at, (one, text) in enumerate(zip(spoken, texts, strict=True))]
    found = asr.report("it", spoken, heard, understanding, NOW)
    assert (found.words, found.characters) == (Count(2, 10), Count(0, 4))
    assert (found.exact, found.phantoms) == (Count(1, 3), Count(1, 1))
    assert found.commands == Count(2, 3) or found.commands == Count(1, 3)
    assert (found.after_ms.n, found.after_ms.max) == (3, pytest.approx(300))
    assert found.real_time == pytest.approx(0.25)
    assert [slip.file for slip in found.slips] == ["a", "c", "d"]


def test_names_to_expect_are_tried_in_a_row_of_their_own():
    made = asr.windows(Engine("asr", "x:Y", {"model": "m"}), [30.0, 8.0], ["pasta"])
    assert [(name, engine.options.get("hotwords")) for name, engine in made.items()] == [
        ("window 30 s", None),
        ("window 8 s", None),
        ("window 8 s, names", ["pasta"]),
    ]


@pytest.fixture
def few(tmp_path, monkeypatch):
    """Two recordings whose words the miniature knows."""
    monkeypatch.setenv("HARK_HOME", str(tmp_path / "home"))
    folder = tmp_path / "clips"
    folder.mkdir()
    labels = json.loads((MINI / "clips" / "clips.json").read_text("utf-8"))
    kept = {name: labels[name] for name in ("en-07.flac", "zh-08.flac")}
    for name in kept:
        shutil.copy(MINI / "clips" / name, folder)
    (folder / "clips.json").write_text(json.dumps(kept))
    return folder


def test_a_model_is_measured_with_the_windows_that_are_asked_for(few, capsys):
    assert main(["bench", "asr", "--clips", str(few), "--model", str(MINI), "--window", "5", "--threads", "1", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [one["name"] for one in printed["recognisers"]] == ["window 30 s", "window 5 s"]
    found = printed["recognisers"][1]
    assert (found["characters"], found["words"]) == ({"hits": 0, "of": 4}, {"hits": 0, "of": 1})
    assert found["commands"] == {"hits": 2, "of": 2}
    assert found["after_ms"]["n"] == 2


def shown(tables):
    out = StringIO()
    Console(file=out, width=200).print(*tables)
    return out.getvalue()


def test_tables_tell_what_was_written_otherwise():
    heard = [Hearing("stop it", "en", 0.2, 0.1, 2.0, 0)]
    found = asr.report("it", [Spoken(Path("a.flac"), "stop", "en")], heard, Understanding(load_families()), NOW)
    printed = shown(accuracy_tables([found], 3))
    assert "100.0 % of 1" in printed
    assert "200 / 200 ms" in printed
    assert "a.flac" in printed
    assert len(accuracy_tables([found], 0)) == 1


def test_speed_is_told_beside_the_library_that_begins_when_the_pause_is_noticed():
    plain = {asr.AS_IT_COMES: Spread(2, 900.0, 1000.0, 1000.0, 1000.0)}
    found = asr.SpeedReport("tiny", plain, {"window 8 s": Spread(2, 150.0, 300.0, 300.0, 300.0)}, {"window 8 s": 0.25})
    assert found.times == {"window 8 s": 6.0}
    assert "6.0" in shown(speed_tables(found))


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--model", "whisper-gigantic"], "asr.model"),
        (["--model", "whisper-tiny"], "asr.model"),
        (["--clips", "/nowhere"], "No labelled recordings"),
        (["--window", "0.5"], "3 to 30 seconds"),
        (["--window", "nan"], "3 to 30 seconds"),
    ],
)
def test_what_cannot_be_measured_is_told_in_a_sentence(few, capsys, args, told):
    try:
        status = main(["bench", "asr", *([] if "--clips" in args else ["--clips", str(few)]), *args])
    except SystemExit as error:
        status = error.code
    assert status
    assert told in capsys.readouterr().err


@pytest.fixture(scope="module")
def small_shape(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shape")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipe.SIZES, "tiny", Shape(width=64, heads=2, encoder_layers=1, decoder_layers=2))
        recipe.make_true_shape("tiny", folder, tokens=9)
    return folder


def test_random_weights_write_as_many_tokens_as_a_sentence_has_in_english(small_shape, monkeypatch):
    whisper = Whisper(str(small_shape), threads=1, window_s=5.0)
    written = []
    model = whisper._model.model

    class Counted:
        def __getattr__(self, name):
            return getattr(model, name)

        def generate(self, *args, **options):
            found = model.generate(*args, **options)
            written.append(len(found[0].sequences_ids[0]))
            return found

    whisper._model.model = Counted()
    sound = (np.random.default_rng(1).standard_normal(32_000) * 900).astype(np.int16)
    assert whisper._decode(sound, True).language == "en"
    assert written == [9]


def test_the_library_as_it_comes_is_timed(small_shape):
    plain = PlainWhisper(str(small_shape), threads=1)
    sound = np.zeros(16_000, np.int16)
    assert plain.seconds(sound) > 0
    assert plain.seconds(sound, 1, "en") > 0
