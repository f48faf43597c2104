"""What `hark bench llm` measures, with the miniature model in place of one of true shape."""

import importlib.util
import json
from pathlib import Path

import pytest

from assistant.bench import llm, llm_files
from assistant.bench.errors import BenchError
from assistant.bench.llm_prompts import commands, gbnf, questions, sheet
from assistant.bench.llm_report import Figure, LlmReport, Taken, llm_tables
from assistant.cli import main
from assistant.plugins import load_families

MINI = Path(__file__).parents[1] / "data" / "qwen-mini" / "qwen-mini.gguf"

needs_llama = pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the extra llm is not installed")

REPORT = LlmReport(
    "0.5B", 1490, [Figure("next", Taken(0.25, 0.4), Taken(1.0, 0.9), 0.4), Figure("killed", Taken(2.0))], 0.01, 4, 20, 5, 5, 40, 0.02
)


@pytest.fixture(scope="module")
def tools():
    actions = {name: action for family in load_families() for name, action in family.actions.items()}
    return {name: actions[name] for name in ("timer.start", "timer.cancel", "clock.time")}


@pytest.mark.timeout(300)
@needs_llama
async def test_everything_is_measured_with_a_real_runtime(tools, monkeypatch):
    monkeypatch.setattr(llm, "WORD_S", 0.0)
    told = []
    report = await llm.measure("0.5B", MINI, tools, llm.Pace(rounds=1, kills=1, turns=1, threads=1), lambda: told.append(1))
    assert len(told) == llm.STEPS
    assert report.went_on == report.kills == 1
    assert report.reread <= 0.05
    assert report.read_ahead < report.not_ahead
    assert all(figure.own.s > 0 for figure in report.figures)
    assert [figure.beside is not None for figure in report.figures] == [True] * 4 + [False] * 2


def test_both_runtimes_are_given_the_same_words(tools):
    prompt = next(commands(tools))
    assert prompt.text.startswith("<|im_start|>system\n" + prompt.system)
    assert prompt.text.endswith("<|im_start|>assistant\n<tool_call>\n")
    assert next(questions()).text.endswith("<|im_start|>assistant\n")
    heads = [text for text, _ in sheet(list(tools))["start"]["options"]]
    assert json.loads(heads[0] + 'x"}}') == {"name": "timer.start", "arguments": {"value": "x"}}
    assert all(f'"{name}"' in gbnf(list(tools)) for name in tools)


def test_a_figure_says_how_many_times_faster():
    assert REPORT.figures[0].faster == 4.0
    assert REPORT.figures[1].faster is None
    assert [table.row_count for table in llm_tables([REPORT])] == [2, 4]


def test_what_is_not_installed_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(llm_files, "NEEDED", {"no_such_module": "no-such-package"})
    with pytest.raises(BenchError, match="uv pip install no-such-package"):
        llm_files.true_shape("0.5B", tmp_path)
    assert main(["bench", "llm", "--folder", str(tmp_path)]) == 2
    assert "no-such-package" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_model_that_is_not_there_is_told(capsys):
    assert main(["bench", "llm", "--model", "/nowhere/at.gguf"]) != 0
    assert "hark models list" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_made_again(monkeypatch, tmp_path):
    monkeypatch.setattr(llm_files, "NEEDED", {})
    monkeypatch.setattr(llm_files, "make", lambda size, file: file.write_text(size))
    file = llm_files.true_shape("1.5B", tmp_path / "new")
    monkeypatch.setattr(llm_files, "make", None)
    assert llm_files.true_shape("1.5B", tmp_path / "new") == file
