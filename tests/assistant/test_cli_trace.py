"""`hark trace`: turns as waterfalls."""

import itertools
import json
from datetime import UTC, datetime

import pytest
from rich.console import Console

from assistant.cli import main
from assistant.faces.waterfall import Bar, bars, drawn, waterfall
from assistant.vocabulary import Intent, Outcome, Transcript, Turn

SPOKEN = {"understand": 2.0, "act": 8.0, "endpoint": 300.0, "recognise": 40.0, "to_first_audio": 370.0}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))


def picture(renderable, width=120) -> str:
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(renderable)
    return captured.get()


def test_each_stage_begins_where_the_one_before_it_ends():
    found = bars(SPOKEN)
    assert [bar.stage for bar in found] == ["endpoint", "recognise", "understand", "act", "voice"]
    for before, after in itertools.pairwise(found):
        assert after.start_ms == pytest.approx(before.end_ms)
    assert found[-1].end_ms == pytest.approx(370.0)


def test_what_a_model_read_is_told_and_how_much_of_it_while_you_spoke():
    marks = {"think": 400.0, "tokens_read": 23, "tokens_of": 1460, "tokens_wrote": 12}
    turn = Turn(1, Transcript("why", "en"), None, "Because.", Outcome.DONE, marks)
    assert "the model re-read 23 of 1,460 tokens and wrote 12" in picture(waterfall(datetime.now(UTC), turn))
    turn = Turn(1, Transcript("why", "en"), None, "Because.", Outcome.DONE, marks | {"tokens_ahead": 40})
    assert "re-read 23 of 1,460 tokens, 40 more while you spoke, and wrote 12" in picture(waterfall(datetime.now(UTC), turn))


def test_a_typed_turn_has_no_sound_in_it():
    assert bars({"understand": 1.0, "act": 3.0}) == [Bar("understand", 0.0, 1.0), Bar("act", 1.0, 3.0)]


def test_a_stage_this_version_does_not_know_is_drawn_too():
    assert bars({"understand": 1.0, "llm": 30.0})[-1] == Bar("llm", 1.0, 30.0)


def test_sound_that_came_before_the_end_of_the_work_has_no_bar():
    assert [bar.stage for bar in bars({"understand": 5.0, "to_first_audio": 3.0})] == ["understand"]


def test_a_turn_without_stages_can_be_drawn():
    assert picture(drawn(bars({}))).strip() == ""


def test_the_bars_are_to_scale():
    lines = picture(drawn(bars(SPOKEN))).splitlines()
    lengths = [line.count("█") for line in lines]
    assert lengths[0] == 24  # 300 of 370 ms, of 30
    assert all(1 <= length <= 30 for length in lengths[:5])
    assert "370.0 ms" in lines[-1]


def test_a_turn_fits_on_a_small_terminal():
    long = {name: 12_345.6 * ms for name, ms in SPOKEN.items()}
    lines = picture(drawn(bars(long)), width=80).splitlines()
    assert len(lines) == len(picture(drawn(bars(SPOKEN))).splitlines())
    assert all(line.rstrip().endswith(" ms") and len(line) <= 80 for line in lines)


def test_a_turn_tells_words_meaning_and_reply():
    turn = Turn(1, Transcript("倒计时十分钟", "zh"), Intent("timer.start", {"duration": "PT10M"}), "开始。", Outcome.DONE, {"act": 1.0})
    text = picture(waterfall(datetime(2026, 11, 24, 15, 30, tzinfo=UTC), turn))
    for part in ("11-24 15:30:00", "倒计时十分钟", "timer.start duration=PT10M, by the grammar", "开始。", "(done)"):
        assert part in text


def test_square_brackets_in_what_was_said_are_not_markup():
    turn = Turn(1, Transcript("[bold]hm[/bold]", "en"), None, "", Outcome.UNKNOWN, {})
    assert "[bold]hm[/bold]" in picture(waterfall(datetime(2026, 11, 24, tzinfo=UTC), turn))


def test_without_turns_it_says_how_to_have_one(capsys):
    assert main(["trace"]) == 0
    assert capsys.readouterr().out.startswith("No turns yet.")
    assert main(["trace", "--json"]) == 0
    assert capsys.readouterr().out == ""


def test_the_last_turns_come_oldest_first(capsys):
    for text in ("flip a coin", "现在几点", "flurb"):
        main(["ask", text])
    capsys.readouterr()
    assert main(["trace", "2", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["heard"] for record in records] == ["现在几点", "flurb"]
    assert {"action": "clock.time", "language": "zh", "source": "grammar", "outcome": "done"}.items() <= records[0].items()
    assert {"action": None, "source": None, "outcome": "unknown"}.items() <= records[1].items()
    assert records[0]["ms"].keys() == {"understand", "act"}
    assert main(["trace"]) == 0
    drawing = capsys.readouterr().out
    assert drawing.index("flip a coin") < drawing.index("现在几点") < drawing.index("not understood")


@pytest.mark.parametrize("count", ["0", "-1", "many"])
def test_a_count_that_is_none_is_refused(count, capsys):
    with pytest.raises(SystemExit) as caught:
        main(["trace", count])
    assert caught.value.code == 2
    assert "1 or more" in capsys.readouterr().err or count == "-1"
