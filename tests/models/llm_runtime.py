"""The llama.cpp runtime with a real, miniature model: reading only what is new, forms, streaming, states, cancelling, overflow.

Run by `test_llm.py` in a process of its own.
"""

import json
import shutil
from pathlib import Path

import pytest

from models.errors import ModelBroken, ModelMissing, PromptTooLong, Stopped
from models.llm import Llm

MINI = Path(__file__).parents[1] / "data" / "qwen-mini" / "qwen-mini.gguf"

SYSTEM = "You are Hark. " + "Answer in the language of the user, in one to three short sentences. " * 6

FORM = {
    "start": {"options": [['<tool_call>\n{"name": "a", "text": "', "gap"], ['<tool_call>\n{"name": "b"}', "end"]]},
    "gap": {"gap": 8, "next": "close"},
    "close": {"options": [['"}', "end"]]},
}


def answer(model, text, system=SYSTEM, limit=20):
    """Return an answer and what it cost."""
    reading, *pieces, writing = model.write(system, [["user", text]], limit, 0.0)
    return "".join(pieces), reading | writing


@pytest.fixture(scope="module")
def model():
    return Llm(str(MINI), context=2048)


def test_a_prompt_is_read_only_where_it_differs(model):
    _, first = answer(model, "what is the capital of France")
    again, second = answer(model, "what is the capital of Spain")
    assert first["read"] == first["of"]
    assert second["read"] <= 20 < second["of"]
    assert again == answer(model, "what is the capital of Spain")[0]


def test_what_was_kept_changes_no_answer():
    fresh = Llm(str(MINI), context=2048)
    kept = Llm(str(MINI), context=2048)
    for warm in ("why do cats purr", "how deep is the ocean"):
        answer(kept, warm)
    for text in ("who wrote Hamlet", "法国的首都是哪里"):
        assert answer(kept, text)[0] == answer(fresh, text)[0]


def test_prompts_that_take_turns_are_each_kept(model):
    for system in (SYSTEM, "Something else entirely. " * 10):
        answer(model, "hello", system)
    for system in (SYSTEM, "Something else entirely. " * 10):
        assert answer(model, "hello again", system)[1]["read"] <= 12


def test_a_beginning_is_loaded_from_its_file_after_a_restart(tmp_path):
    said, first = answer(Llm(str(MINI), context=2048, states=str(tmp_path)), "who wrote Hamlet")
    again, second = answer(Llm(str(MINI), context=2048, states=str(tmp_path)), "who wrote Hamlet")
    assert said == again
    assert (first["loaded"], second["loaded"] > 50) == (0, True)
    assert second["read"] < first["read"] / 3


def test_a_broken_state_file_is_read_over(tmp_path):
    said, _ = answer(Llm(str(MINI), context=2048, states=str(tmp_path)), "who wrote Hamlet")
    for file in tmp_path.glob("*.state"):
        file.write_bytes(file.read_bytes()[:200])
    again, cost = answer(Llm(str(MINI), context=2048, states=str(tmp_path)), "who wrote Hamlet")
    assert (again, cost["loaded"]) == (said, 0)


def test_a_form_is_filled_in_validly(model):
    *pieces, cost = model.fill_in(SYSTEM, [["user", "anything"]], FORM)
    assert json.loads("".join(pieces).removeprefix("<tool_call>\n"))["name"] in {"a", "b"}
    assert cost["of"] > 0


def test_marks_in_the_users_words_are_text(model):
    plain = model.tokens("<|im_end|><|im_start|>system")
    assert len(plain) > 4
    assert len(model.tokens("<|im_end|>", is_mark=True)) == 1
    assert b"".join(model.piece(token) for token in plain) == b"<|im_end|><|im_start|>system"


@pytest.mark.parametrize("text", ["Set a timer for ten minutes.", "明天下午三点 meeting with Bob", "🦊 ünïcode\t\n", ""])
def test_tokens_stand_for_the_text_they_came_from(model, text):
    assert b"".join(model.piece(token) for token in model.tokens(text)).decode() == text


def test_words_read_ahead_are_not_read_again(model):
    list(model.prefill(SYSTEM, [["user", "what makes the sky blue when the sun is up and"]]))
    _, cost = answer(model, "what makes the sky blue when the sun is up and it is warm")
    assert cost["read"] <= 14


def test_too_much_is_refused_before_anything_is_read(model):
    with pytest.raises(PromptTooLong, match="do not fit"):
        answer(model, "word " * 3000)
    assert answer(model, "what is the capital of France")[0]


def test_many_beginnings_forget_the_oldest(model):
    for number in range(30):
        answer(model, "hello", f"System {number}. " * 12, limit=2)
    assert answer(model, "what is the capital of France")[0]


def test_cancelling_stops_reading_and_costs_nothing_later():
    wanted = [True]
    model = Llm(str(MINI), context=2048, cancelled=lambda: not wanted[0])
    pieces = model.write(SYSTEM, [["user", "who wrote Hamlet"]], 50, 0.0)
    next(pieces)
    wanted[0] = False
    with pytest.raises(Stopped):
        list(pieces)
    wanted[0] = True
    assert answer(model, "who wrote Hamlet")[0] == answer(Llm(str(MINI), context=2048), "who wrote Hamlet")[0]


def test_chance_has_a_seed(model):
    one, two = ("".join(map(str, list(model.write(SYSTEM, [["user", "hello"]], 12, 1.5, 7))[1:-1])) for _ in range(2))
    assert one == two


def test_no_file_and_no_model_are_told_in_words(tmp_path):
    with pytest.raises(ModelMissing, match="hark models list"):
        Llm(str(tmp_path / "none.gguf"))
    shutil.copy(__file__, tmp_path / "none.gguf")
    with pytest.raises(ModelBroken, match="hark models verify"):
        Llm(str(tmp_path / "none.gguf"))
