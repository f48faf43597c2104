"""`hark bench home` on sentences with slots, and `hark bench table`, on small files."""

import json
from types import SimpleNamespace

import pytest

from assistant.bench import few, homes, scorecard, understand
from assistant.bench.errors import BenchError
from assistant.bench.spread import Spread
from assistant.cli import main

LAMPS = {
    "entities": [
        {"name": "Kitchen Lamp", "domain": "light", "area": "Kitchen"},
        {"name": "Hall Lamp", "domain": "light", "area": "Hall"},
        {"name": "Front Door", "domain": "lock"},
    ],
    "areas": [{"name": "Kitchen"}, {"name": "Hall"}],
    "floors": [],
}
EMPTY = {"entities": [], "areas": [], "floors": []}
MAP = {
    "HassTurnOn": ["home.*"],
    "HassTurnOff": ["home.*"],
    "HassLightSet": ["home.set"],
    "HassStartTimer": ["timer.start"],
    "HassGetState": ["home.state"],
    "HassSetVolumeRelative": ["home.change"],
}


def row(text, intent, slots, home=LAMPS, lang="en"):
    return {"text": text, "lang": lang, "intent": intent, "slots": slots, "home": home}


async def judged(*rows):
    return await homes.measure("ha_tests_en.jsonl", rows, MAP)


async def test_what_was_done_in_the_house_is_what_counts():
    report = await judged(
        row("turn off the kitchen lamp", "HassTurnOff", {"name": "Kitchen Lamp"}),
        row("turn off the lights in the kitchen", "HassTurnOff", {"domain": "light", "area": "Kitchen"}),
        row("set the hall lamp to 40%", "HassLightSet", {"name": "Hall Lamp", "brightness": 40}),
        row("set a timer for 1 hour 5 minutes", "HassStartTimer", {"hours": 1, "minutes": 5}, EMPTY),
        row("is the front door locked", "HassGetState", {"name": "Front Door", "state": "locked"}),
        row("sing me something", "HassBroadcast", {}),
    )
    assert (report.right.hits, report.right.of, report.misses) == (5, 5, ())


@pytest.mark.parametrize(
    ("text", "intent", "slots", "wrong"),
    [
        ("turn off the hall lamp", "HassTurnOff", {"name": "Kitchen Lamp"}, "things"),
        ("turn on the hall lamp", "HassTurnOff", {"name": "Hall Lamp"}, "intent"),
        ("turn off the lights in the kitchen", "HassTurnOff", {"domain": "light"}, "things"),
        ("set the hall lamp to 40%", "HassLightSet", {"name": "Hall Lamp", "brightness": 60}, "brightness"),
        ("unlock the front door", "HassTurnOn", {"name": "Front Door"}, "intent"),
        ("set a timer for 2 minutes", "HassStartTimer", {"minutes": 3}, "minutes"),
        ("set a pizza timer for 2 minutes", "HassStartTimer", {"minutes": 2, "name": "pasta"}, "name"),
        ("is the front door locked", "HassGetState", {"name": "Kitchen Lamp"}, "things"),
        ("what time is it", "HassTurnOn", {"domain": "light"}, "intent"),
    ],
)
async def test_another_thing_value_or_act_is_wrong_by_its_name(text, intent, slots, wrong):
    report = await judged(row(text, intent, slots))
    assert [miss.wrong for miss in report.misses] == [wrong]


async def test_a_row_without_a_home_gets_one_in_which_others_could_be_met():
    kitchen = {"domain": "light", "area": "Kitchen"}
    things = homes.home_of(row("", "HassTurnOff", kitchen, EMPTY))
    meant = [thing.name for thing in things if homes.is_meant(thing, "HassTurnOff", kitchen)]
    assert meant == ["Kitchen light"]
    assert {"Attic light", "Kitchen fan"} <= {thing.name for thing in things}
    report = await judged(
        row("turn off the lights", "HassTurnOff", kitchen, EMPTY), row("turn off the kitchen lights", "HassTurnOff", kitchen, EMPTY)
    )
    assert [miss.text for miss in report.misses] == ["turn off the lights"]


def write(path, rows):
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "action_map.json").write_text(json.dumps({"ha_tests": MAP, "xsid": {"AddAlarm": ["alarm.set"], "Other": []}}))
    said = [("wake me at seven", "AddAlarm"), ("set an alarm for 6 am", "AddAlarm"), ("set a timer for two minutes", "Other")]
    write(tmp_path / "xsid_en_valid.jsonl", [{"text": text, "lang": "en", "intent": intent} for text, intent in said])
    write(
        tmp_path / "ha_tests_en.jsonl",
        [row("turn off the hall lamp", "HassTurnOff", {"name": name}) for name in ("Hall Lamp", "Kitchen Lamp")],
    )
    return tmp_path


def test_the_table_has_each_figure_with_its_target_and_says_what_is_missing(folder, capsys, monkeypatch):
    monkeypatch.setattr(understand, "measure_speed", lambda *_: SimpleNamespace(command_ms=Spread(9, 0.5, 2.0, 6.0, 7.0)))
    assert main(["bench", "table", str(folder), "--json"]) == 0
    lines = {line["command"]: line for line in json.loads(capsys.readouterr().out)["lines"]}
    assert (lines["hark bench home ha_tests_en.jsonl"]["measured"], lines["hark bench home ha_tests_en.jsonl"]["met"]) == ("50.0 %", False)
    alarms = lines["hark bench understand xsid_en_valid.jsonl --map action_map.json"]
    assert (alarms["measured"], alarms["target"], alarms["met"]) == ("100.0 %", ">= 88 %", True)
    gone = [line for line in lines.values() if line["met"] is None]
    assert {line["measured"] for line in gone} >= {"skipped: no ha_assist_mini.jsonl", "skipped: no hwu64_train.jsonl"}
    assert (lines["hark bench understand"]["measured"], lines["hark bench understand"]["met"]) == ("0.5 / 6.0 ms", False)


def test_few_shot_figures_of_both_numbers_are_one_line(tmp_path, monkeypatch):
    seen = []
    one = few.ShotsReport(5, 10, (80.0,), 80.0, 0.0, None)
    monkeypatch.setattr(few, "measure", lambda file, test, *rest: seen.append((file.name, test)) or few.FewReport("", "", 2, (one, one)))
    write(tmp_path / "hwu64_train.jsonl", [])
    (line,) = scorecard.shots(tmp_path, "hwu64_train.jsonl", lambda: None)
    assert (line.measured, line.target, line.met, seen) == ("80.0 / 80.0 %", ">= 72 / 80 %", True, [("hwu64_train.jsonl", None)])


def test_a_wrong_folder_file_or_map_is_told(tmp_path, folder, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["bench", "table", str(tmp_path / "empty")]) == 2
    assert "none of the data files" in capsys.readouterr().err
    (folder / "action_map.json").unlink()
    assert main(["bench", "home", str(folder / "ha_tests_en.jsonl")]) == 2
    assert "--map" in capsys.readouterr().err
    (folder / "ha_tests_en.jsonl").write_text("no json\n")
    with pytest.raises(BenchError, match="no file of one JSON object"):
        scorecard.steps(folder)


def test_the_command_for_homes_shows_what_went_wrong(folder, capsys):
    assert main(["bench", "home", str(folder / "ha_tests_en.jsonl"), "--errors", "3"]) == 0
    printed = capsys.readouterr().out
    assert "1 of 2" in printed
    assert "wrong things" in printed
