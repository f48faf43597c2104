"""`hark privacy` and `hark --offline`: what was sent is seen, checked, exported and deleted."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest

from assistant.app import open_app, tts_engine
from assistant.cli import main
from assistant.clock import SystemClock, VirtualClock
from assistant.config import OFFLINE, Config, Places, PrivacyConfig, TtsConfig
from assistant.ledger import Ledger
from assistant.store import Store


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    monkeypatch.setenv(OFFLINE, "")  # what `--offline` sets is gone after the test
    monkeypatch.setenv("COLUMNS", "200")


class Terminal(io.StringIO):
    """Somebody who types."""

    def isatty(self):
        return True


def said(capsys, *words):
    status = main(list(words))
    out = capsys.readouterr()
    return status, out.out.strip(), out.err.strip()


def sent(tmp_path, *bodies, days_ago=0):
    store = Store(tmp_path / "hark.db")
    ledger = Ledger(store, VirtualClock(datetime.now(UTC).astimezone() - timedelta(days=days_ago)))
    for body in bodies:
        ledger.close(ledger.open("cloud", "cloud.example", "POST https://cloud.example/v1", body, consent="asked: yes"), "ok", 7)
    store.close()


def test_nothing_was_sent(capsys):
    assert said(capsys, "privacy", "log") == (0, "Nothing has left this machine.", "")
    status, told, _ = said(capsys, "privacy")
    assert status == 0
    assert "0 today, 0 in the record" in told
    assert "0.00 / 1.00 USD today" in told
    assert "holds" in said(capsys, "privacy", "verify")[1]


def test_the_log_has_a_line_for_each_and_show_has_all_of_one(capsys, tmp_path):
    sent(tmp_path, "How long does milk keep?", "牛奶能放多久？\x1b[2J")
    told = said(capsys, "privacy", "log")[1]
    assert "cloud.example" in told
    assert "How long does milk keep?" in told
    assert "\x1b" not in told
    status, told, _ = said(capsys, "privacy", "show", "3")
    assert (status, told.splitlines()[-1]) == (0, "牛奶能放多久？\N{REPLACEMENT CHARACTER}[2J")
    assert "asked: yes" in told
    rows = [json.loads(line) for line in said(capsys, "privacy", "log", "--json")[1].splitlines()]
    assert [row["outcome"] for row in rows] == ["ok", "ok"]
    assert len(said(capsys, "privacy", "log", "1", "--json")[1].splitlines()) == 1


def test_a_day_can_be_asked_for(capsys, tmp_path):
    sent(tmp_path, "then", days_ago=2)
    sent(tmp_path, "now")
    then = (datetime.now(UTC).astimezone() - timedelta(days=2)).date().isoformat()
    assert [json.loads(line)["body"] for line in said(capsys, "privacy", "log", "--day", then, "--json")[1].splitlines()] == ["then"]
    assert "1 today, 2 in the record" in said(capsys, "privacy")[1]
    assert said(capsys, "privacy", "log", "--day", "2020-01-01")[1] == "Nothing left this machine on 2020-01-01."


def test_a_changed_record_is_told_with_its_place(capsys, tmp_path):
    sent(tmp_path, "one", "two")
    store = Store(tmp_path / "hark.db")
    with store.write() as db:
        db.execute("UPDATE egress SET body = 'nothing' WHERE id = 3")
    store.close()
    status, told, _ = said(capsys, "privacy", "verify")
    assert status == 1
    assert "entry 3" in told
    assert "BROKEN" in said(capsys, "privacy")[1]


def test_the_record_is_exported_whole(capsys, tmp_path):
    sent(tmp_path, "one", "二")
    assert said(capsys, "privacy", "export", str(tmp_path / "out.jsonl"))[0] == 0
    entries = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert [entry["kind"] for entry in entries] == ["open", "close", "open", "close"]
    assert entries[2]["body"] == "二"
    assert len(said(capsys, "privacy", "export", "-")[1].splitlines()) == 4
    status, _, error = said(capsys, "privacy", "export", str(tmp_path / "no" / "out"))
    assert status == 1
    assert "Cannot write" in error


def test_the_record_is_deleted_for_good(capsys, tmp_path):
    sent(tmp_path, "a zanzibar question", days_ago=9)
    sent(tmp_path, "a newer one")
    before = (datetime.now(UTC).astimezone() - timedelta(days=5)).date().isoformat()
    assert said(capsys, "privacy", "delete", "--before", before)[1].startswith("1 connection is deleted for good")
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.iterdir())
    assert "2 connections were deleted" not in said(capsys, "privacy", "log")[1]
    assert "1 connection is deleted" in said(capsys, "privacy", "delete", "--all")[1]
    assert said(capsys, "privacy", "verify")[0] == 0
    told = said(capsys, "privacy", "log")[1]
    assert told.startswith("2 connections were deleted from the record; the last of them was made at")
    assert told.endswith("Nothing else has left this machine.")


def test_at_a_terminal_deleting_asks_first(capsys, tmp_path, monkeypatch):
    sent(tmp_path, "one")
    monkeypatch.setattr("sys.stdin", Terminal("n\ny\n"))
    assert said(capsys, "privacy", "delete", "--all")[0] == 1
    assert "1 in the record" in said(capsys, "privacy")[1]
    assert said(capsys, "privacy", "delete", "--all")[0] == 0
    assert "0 in the record" in said(capsys, "privacy")[1]


def test_the_log_shows_the_question_and_not_what_is_around_it(capsys, tmp_path):
    body = {"model": "m", "messages": [{"role": "system", "content": "You are"}, {"role": "user", "content": "how long does milk keep"}]}
    sent(tmp_path, json.dumps(body))
    told = said(capsys, "privacy", "log")[1]
    assert "how long does milk keep" in told
    assert "You are" not in told


@pytest.mark.parametrize("words", [("delete",), ("delete", "--before", "yesterday"), ("show", "none"), ("log", "0")])
def test_what_is_not_understood_deletes_nothing(capsys, tmp_path, words):
    sent(tmp_path, "one")
    with pytest.raises(SystemExit):
        main(["privacy", *words])
    assert "1 in the record" in said(capsys, "privacy")[1]


def test_a_number_that_there_is_not_is_told(capsys):
    assert said(capsys, "privacy", "show", "5")[2].startswith("hark: nothing that was sent has the number 5")


def test_offline_refuses_for_one_run_whatever_is_allowed(capsys, tmp_path):
    (tmp_path / "config.toml").write_text('[privacy]\nonline_skills = ["weather"]\n[skill.weather]\nplace = "Berlin"\n')
    assert "offline           no" in said(capsys, "privacy")[1]
    status, told, _ = said(capsys, "--offline", "ask", "what is the weather in Berlin")
    assert status == 1
    assert "offline" in told
    assert said(capsys, "privacy", "log")[1] == "Nothing has left this machine."


def test_offline_the_online_voice_is_replaced_by_one_that_is_here(tmp_path):
    config = Config(tts=TtsConfig(engine="edge", voice_en="en-US-EmmaNeural"), privacy=PrivacyConfig(online_voice=True, offline=True))
    app = open_app(Places(str(tmp_path)), config)
    assert tts_engine(app).target == "audio.tts.espeak:Espeak"
    assert "voice_en" not in tts_engine(app).options
    app.close()


def test_what_is_older_than_is_kept_is_deleted_at_the_start(tmp_path):
    sent(tmp_path, "a zanzibar question", days_ago=100)
    sent(tmp_path, "a newer one", days_ago=80)
    open_app(Places(str(tmp_path)), Config(privacy=PrivacyConfig(keep_days=0)), SystemClock()).close()
    assert any(b"zanzibar" in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    app = open_app(Places(str(tmp_path)), Config(), SystemClock())
    assert [each.body for each in app.around.egress.ledger.connections()] == ["a newer one"]
    assert app.around.egress.ledger.breaks() == []
    app.close()
    assert not any(b"zanzibar" in path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
