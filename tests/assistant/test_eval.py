"""`hark eval`: natural sentences through the whole of Hark, in a sandbox; with the miniature model, a server's, or none."""

import importlib.util
import json
import signal
import tomllib
from pathlib import Path

import pytest

from assistant.bench import evaluation, natural
from assistant.bench.evaluation import verdict_on
from assistant.bench.natural import Row, own_files, read_sets, spread_out
from assistant.cli import main
from assistant.plugins import load_families
from assistant.vocabulary import Intent, Outcome, Transcript, Turn
from tests.assistant import llm_server
from tests.assistant.llm_server import Server
from tests.assistant.test_cli_models import in_thread

ROOT = Path(__file__).parents[2]
MINI = ROOT / "tests" / "data" / "qwen-mini" / "qwen-mini.gguf"

needs_llama = pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the extra llm is not installed")

ROWS = [
    {"text": "set a timer for ten minutes", "action": "timer.start", "slots": {"duration": "PT10M"}},
    {"text": "倒计时十分钟", "action": "timer.start", "slots": {"duration": "PT11M"}},
    {"text": "turn the volume to thirty percent", "action": "clock.time"},
    {"text": "take a screenshot", "action": None},
    {"text": "the blorbs zonk along the quay", "action": None},
    {"text": "why is the sky blue", "action": "chat"},
    {
        "text": "remind me tomorrow at nine to call mum",
        "now": "2026-12-31T21:00",
        "action": "reminder.set",
        "slots": {"text": "call mum", "moment": "2027-01-01T09:00"},
    },
]


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("HARK_LLM_KEY", raising=False)
    return tmp_path


def written(folder, rows):
    file = folder / "mine.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return str(file)


def told(capsys):
    return json.loads(capsys.readouterr().out)


def count(part, name):
    return part[name]["hits"], part[name]["of"]


def test_without_a_model_the_first_tiers_are_measured_and_nothing_of_the_users_is_touched(own, capsys):
    assert main(["eval", "--model", "none", "--set", written(own, ROWS), "--json", "--errors", "9"]) == 0
    report = told(capsys)
    whole = report["whole"]
    assert (report["model"], whole["sentences"], report["tokens"]["turns"]) == ("", 7, 0)
    assert count(whole, "exact") == (2, 4)
    assert count(whole, "action") == (3, 4)
    assert count(whole, "wrong") == (1, 4)
    assert count(whole, "false") == (1, 3)
    assert {miss["text"] for miss in report["misses"]} == {row["text"] for row in ROWS[1:4]}
    assert {part["name"] for part in report["tiers"]} <= {"grammar", "classifier", "nobody"}
    assert report["offered"]["of"] == 0
    assert not (own / "home" / "hark.db").exists()


def test_whether_a_model_would_be_asked_about_the_right_action_is_told_without_one(own, capsys):
    rows = [
        {"text": "countdown thingy for the blorbs zonk", "action": "timer.start"},
        {"text": "countdown thingy for the blorbs zonk", "action": "home.turn_on"},
    ]
    assert main(["eval", "--model", "none", "--set", written(own, rows), "--json"]) == 0
    report = told(capsys)
    assert count(report, "offered") == (1, 2)


def test_each_sentence_is_the_first_of_its_conversation(own, capsys):
    """Else the second would be a correction of the first, and undo would have something to take back."""
    rows = [ROWS[0], {"text": "no, fifteen", "action": None}, {"text": "undo that", "action": "assistant.undo"}] * 3
    assert main(["eval", "--model", "none", "--set", written(own, rows), "--json"]) == 0
    report = told(capsys)
    assert count(report["whole"], "exact") == (6, 6)
    assert count(report["whole"], "false") == (0, 3)


@needs_llama
def test_the_miniature_model_calls_and_answers(own, capsys):
    rows = [*ROWS, {"text": "my zorg pie needs twenty minutes in the oven, keep track", "action": "timer.start"}]
    assert main(["eval", "--model", str(MINI), "--set", written(own, rows), "--json"]) == 0
    report = told(capsys)
    assert report["model"] == str(MINI)
    assert report["tokens"]["turns"] >= 1
    assert report["tokens"]["read"]["p50"] <= report["tokens"]["of"]["p50"]
    assert "answer" in {part["name"] for part in report["tiers"]}
    assert report["broke"] == []


def test_a_servers_model_is_asked_and_its_acts_need_what_the_words_say(own, capsys):
    call = '{"name": "timer.start", "arguments": {"duration": "three hours"}}'
    with in_thread(llm_server.serving, Server(call)) as server:
        rows = [{"text": "countdown thingy for the blorbs zonk", "action": None}]
        assert main(["eval", "--model", server.url, "--set", written(own, rows), "--json"]) == 0
    report = told(capsys)
    assert report["model"] == "qwen2.5:7b"
    assert report["whole"]["asked"] == 1
    assert count(report["whole"], "false") == (0, 1)


def test_tables_are_printed_for_people(own, capsys):
    assert main(["eval", "--model", "none", "--set", written(own, ROWS), "--errors", "2"]) == 0
    out = capsys.readouterr().out
    assert "7 sentences, no language model" in out
    assert "Chinese" in out
    assert "Otherwise" in out


def test_ctrl_c_prints_what_is_done_so_far(own, capsys, monkeypatch):
    whole, done = evaluation.said, []

    async def interrupted(app, row):
        if len(done) == 2:
            signal.raise_signal(signal.SIGINT)
        done.append(row)
        return await whole(app, row)

    monkeypatch.setattr(evaluation, "said", interrupted)
    assert main(["eval", "--model", "none", "--set", written(own, ROWS), "--json"]) == 130
    report = told(capsys)
    assert report["stopped"]
    assert 2 <= report["whole"]["sentences"] < report["of"] == 7


def test_bad_lines_are_told_and_left_out(own, capsys):
    bad = [
        "{",
        "[]",
        '{"text": "", "action": null}',
        '{"text": "hello"}',
        '{"text": "hello", "action": "timer.strat"}',
        '{"text": "hello", "action": "timer.start", "slots": {"length": "PT1M"}}',
        '{"text": "hello", "action": "timer.start", "slots": {"duration": "one minute"}}',
        '{"text": "hello", "action": null, "language": "fr"}',
        '{"text": "hello", "action": null, "now": "noon"}',
        '{"text": "hello", "action": null, "then": ["timer.start"]}',
    ]
    assert main(["eval", "--model", "none", "--set", written(own, [*bad, ROWS[0]]), "--json"]) == 0
    out, err = capsys.readouterr()
    assert [line["number"] for line in json.loads(out)["bad_lines"]] == list(range(1, 11))
    assert 'mine.jsonl, line 5: there is no action "timer.strat"' in err
    assert 'has no slot "length"' in err
    assert 'the slot "duration" cannot be "one minute"' in err


def test_a_set_without_a_line_that_is_one_is_told(own, capsys):
    assert main(["eval", "--model", "none", "--set", written(own, ["{"])]) == 2
    assert main(["eval", "--model", "none", "--set", str(own / "none.jsonl")]) == 2
    err = capsys.readouterr().err
    assert "mine.jsonl has no line like" in err
    assert "none.jsonl: No such file" in err


def test_a_model_that_is_not_there_is_told(own, capsys):
    assert main(["eval", "--model", "/nowhere/at.gguf"]) == 1
    assert main(["eval", "--model", "none", "--name", "x"]) == 1
    err = capsys.readouterr().err
    assert "hark models list" in err
    assert "--name is for servers" in err


def test_the_projects_own_sets_have_no_bad_line():
    actions = {name: action for family in load_families() for name, action in family.actions.items()}
    rows, bad = read_sets(own_files(), actions)
    assert not bad
    assert len(rows) > 1000
    some = list(spread_out(rows, 100))
    assert len(some) == 100
    assert len({row.set for row in some}) > 20
    assert list(spread_out(rows, 0)) == rows


def test_a_wheel_has_them_where_they_are_looked_for():
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]
    source, target = natural.IN_SOURCE.relative_to(ROOT).as_posix(), natural.SHIPPED.relative_to(ROOT).as_posix()
    assert targets["wheel"]["force-include"] == {source: target}


TIMER, LIGHT = Intent("timer.start", {"duration": "PT5M"}), Intent("home.turn_on", {"target": "lamp"})


@pytest.mark.parametrize(
    ("row", "intent", "asks", "verdict"),
    [
        (Row("", "en", "timer.start", {"duration": "PT5M"}), TIMER, None, "exact"),
        (Row("", "en", "timer.start", {"duration": "PT6M"}), TIMER, None, "action"),
        (Row("", "en", "timer.start", {"duration": "PT5M"}), None, None, "missed"),
        (Row("", "en", "clock.time"), TIMER, None, "wrong"),
        (Row("", "en", "clock.time"), TIMER, "yes", "asked"),
        (Row("", "en", None), TIMER, None, "false"),
        (Row("", "en", None), TIMER, "yes", "asked"),
        (Row("", "en", "chat"), Intent("chat"), None, "left alone"),
        (Row("", "en", "timer.start", {"duration": "PT5M"}), Intent("timer.start", {"duration": "PT5M"}, then=(LIGHT,)), None, "wrong"),
        (
            Row("", "en", "timer.start", {"duration": "PT5M"}, (("home.turn_on", {"target": "lamp"}),)),
            Intent("timer.start", {"duration": "PT5M"}, then=(LIGHT,)),
            None,
            "exact",
        ),
        (Row("", "en", "timer.start", {"duration": "PT5M"}, (("home.turn_on", {"target": "lamp"}),)), TIMER, None, "action"),
    ],
)
def test_verdicts(row, intent, asks, verdict):
    turn = Turn(1, Transcript("", "en"), intent, "", Outcome.DONE, {}, asks)
    assert verdict_on(row, turn) == verdict
