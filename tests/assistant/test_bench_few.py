"""`hark bench few`, on small files whose figures are known."""

import json

import pytest

from assistant.bench import few
from assistant.bench.errors import BenchError
from assistant.cli import main

SAID = {
    "lights": [
        f"switch the lamp in the {room} on" for room in ("kitchen", "hall", "attic", "cellar", "study", "garage", "bathroom", "nursery")
    ],
    "food": [f"how long do i boil {what} for" for what in ("eggs", "rice", "pasta", "beans", "potatoes", "lentils", "corn", "beets")],
    "music": [f"play a song by {who}" for who in ("abba", "queen", "blur", "oasis", "cream", "rush", "yes", "muse")],
}


def write(path, said):
    path.write_text("".join(json.dumps({"text": text, "intent": intent}) + "\n" for intent, texts in said.items() for text in texts))
    return path


def test_what_was_not_learnt_from_is_tested_and_easy_intents_are_told_apart(tmp_path):
    told = []
    report = few.measure(write(tmp_path / "said.jsonl", SAID), None, [2, 5], 3, 1, lambda: told.append(1))
    assert (report.file, report.test, report.intents, len(told)) == ("said.jsonl", "the rest", 3, 6)
    assert [(one.shots, one.tested, len(one.percents)) for one in report.shots] == [(2, 18, 3), (5, 9, 3)]
    assert all(one.mean == 100.0 and one.deviation == 0.0 for one in report.shots)


def test_another_file_is_tested_as_it_is_and_what_is_wrong_counts(tmp_path):
    test = write(
        tmp_path / "test.jsonl", {"lights": ["switch the lamp in the porch on", "play a song by elvis"], "music": ["play a song by u2"]}
    )
    (one,) = few.measure(write(tmp_path / "said.jsonl", SAID), test, [3], 2, 1).shots
    assert (one.tested, one.ms.n) == (3, 6)
    assert one.percents == pytest.approx((200 / 3, 200 / 3))


def test_the_seed_decides_what_is_learnt_from_so_that_figures_come_out_again(tmp_path):
    words = ["red", "green", "blue", "pink", "grey", "teal", "gold", "lime", "navy", "plum"]
    file = write(tmp_path / "said.jsonl", {f"{a}": [f"{b} {a}{n}" for b in words for n in range(2)] for a in ("a", "b", "c")})
    first, again = (few.measure(file, None, [1], 6, 5).shots[0].percents for _ in range(2))
    assert first == again
    assert len({few.measure(file, None, [1], 6, seed).shots[0].percents for seed in (5, 6, 7)}) > 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b'{"text": "hello", "intent": "a"}\nhello\n', "line 2: it is no JSON object"),
        (b'{"text": "hello"}\n', 'line 1: "text" and "intent" must be words'),
        (b'["hello", "a"]\n', 'line 1: "text" and "intent" must be words'),
        (b"\n", "is empty"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b'{"text": "hello", "intent": "a"}\n', "one intent only"),
    ],
)
def test_a_file_that_does_not_serve_is_told(tmp_path, content, problem):
    file = tmp_path / "said.jsonl"
    file.write_bytes(content)
    with pytest.raises(BenchError, match=problem):
        few.measure(file, None, [1], 1, 1)


def test_too_few_sentences_an_unknown_intent_and_a_missing_file_are_told(tmp_path):
    file = write(tmp_path / "said.jsonl", SAID)
    with pytest.raises(BenchError, match="8 different sentences of food; 8 shots need 9"):
        few.measure(file, None, [5, 8], 1, 1)
    with pytest.raises(BenchError, match="has the intent maths"):
        few.measure(file, write(tmp_path / "test.jsonl", {"maths": ["two and two"]}), [5], 1, 1)
    with pytest.raises(BenchError, match=r"Cannot read .*gone\.jsonl"):
        few.measure(tmp_path / "gone.jsonl", None, [5], 1, 1)


def test_the_command_prints_one_row_for_each_number_of_shots(tmp_path, capsys):
    file = str(write(tmp_path / "said.jsonl", SAID))
    assert main(["bench", "few", file, "--shots", "2", "4", "--repeats", "2", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert [(one["shots"], one["mean"]) for one in printed["shots"]] == [(2, 100.0), (4, 100.0)]
    assert main(["bench", "few", file, "--shots", "4", "--repeats", "2"]) == 0
    assert "100.0 %" in capsys.readouterr().out
    assert main(["bench", "few", str(tmp_path / "gone.jsonl")]) == 2
    assert "Cannot read" in capsys.readouterr().err
