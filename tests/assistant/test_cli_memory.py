"""`hark memory`: what was asked to be remembered is seen, put right and deleted."""

import json

import pytest

from assistant.cli import main


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))


def said(capsys, *words):
    status = main(list(words))
    out = capsys.readouterr()
    return status, out.out.strip(), out.err.strip()


def test_a_memory_is_seen_put_right_and_deleted(capsys):
    assert "remember that" in said(capsys, "memory")[1]
    said(capsys, "ask", "remember", "that", "I", "parked", "on", "level", "3")
    fact = json.loads(said(capsys, "memory", "--json")[1])
    number = str(fact["number"])
    assert "level 3" in fact["text"]
    assert said(capsys, "memory", "edit", number, "I parked on level 4") == (0, f"{number}  I parked on level 4", "")
    assert "level 4" in said(capsys, "ask", "where", "did", "I", "park")[1]
    assert said(capsys, "memory", "delete", number)[1] == "Deleted: I parked on level 4"
    assert "Nothing yet" in said(capsys, "memory")[1]


def test_a_number_that_there_is_not_is_told_with_those_there_are(capsys):
    status, _, error = said(capsys, "memory", "delete", "7")
    assert (status, error) == (1, "hark: no memory has the number 7. There are: none.")
