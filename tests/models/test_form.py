"""Forms: whatever the model likes, what comes out is valid."""

import json
import random

import numpy as np
import pytest

from models.errors import BadForm
from models.form import fill, printed

VOCABULARY = [bytes([code]) for code in range(256)] + [b'"}}', b'": "', b"ten", b" min", b'utes"', b'\n"', b"\\", b'x"y']


class Letters:
    """A model of letters and a few longer tokens, that likes what it is told to."""

    def __init__(self, like):
        self.like = like
        self.text = b""
        self.reads = []

    def tokens(self, text, *, is_mark=False):
        return list(text.encode())

    def piece(self, token):
        return VOCABULARY[token]

    def read(self, tokens):
        self.reads.append(len(tokens))
        self.text += b"".join(VOCABULARY[token] for token in tokens)
        return self.like(self.text)


def wanting(answer):
    """Return logits that go on with an answer, letter by letter."""

    def like(text):
        logits = np.zeros(len(VOCABULARY), np.float32)
        if answer.encode().startswith(text) and len(answer.encode()) > len(text):
            logits[answer.encode()[len(text)]] = 9.0
        return logits

    return like


FORM = {
    "start": {"options": [['{"name": "timer.start", "minutes": "', "gap"], ['{"name": "timer.stop"}', "end"], ['{"name": "none"}', "end"]]},
    "gap": {"gap": 12, "next": "close"},
    "close": {"options": [['"}', "end"], ['", "label": "', "label"]]},
    "label": {"gap": 5, "next": "last"},
    "last": {"options": [['"}', "end"]]},
}


@pytest.mark.parametrize(
    "answer",
    [
        '{"name": "timer.start", "minutes": "ten"}',
        '{"name": "timer.start", "minutes": "3", "label": "egg"}',
        '{"name": "timer.stop"}',
        '{"name": "none"}',
    ],
)
def test_what_the_model_wants_is_what_comes_out(answer):
    model = Letters(wanting(answer))
    assert "".join(fill(FORM, model, model.like(b""))) == answer


def test_whatever_a_model_likes_the_result_is_valid():
    chance = random.Random(5)  # noqa: S311 -- no secret
    for _ in range(200):
        numbers = np.random.default_rng(chance.randrange(1 << 30))
        model = Letters(lambda _, numbers=numbers: numbers.standard_normal(len(VOCABULARY)).astype(np.float32))
        data = json.loads("".join(fill(FORM, model, model.like(b""))))
        assert data["name"] in {"timer.start", "timer.stop", "none"}


def test_a_token_that_goes_past_the_gap_is_cut_at_the_quotation_mark():
    def like(text):
        logits = np.zeros(len(VOCABULARY), np.float32)
        logits[VOCABULARY.index(b'x"y')] = 5.0 if text.endswith(b'"minutes": "') else 0.0
        logits[ord("t")] = 1.0
        return logits

    model = Letters(like)
    assert '"minutes": "x"' in "".join(fill(FORM, model, like(b"")))


def test_line_ends_and_backslashes_cannot_be_written():
    def like(text):
        logits = np.zeros(len(VOCABULARY), np.float32)
        for bad in (b'\n"', b"\\", b"\n"):
            logits[VOCABULARY.index(bad)] = 9.0
        logits[ord("t")] = 5.0
        return logits

    model = Letters(like)
    written = "".join(fill(FORM, model, like(b"")))
    assert "\\" not in written
    assert "\n" not in written


def test_what_is_printed_is_read_at_once():
    answer = '{"name": "timer.start", "minutes": "ten"}'
    model = Letters(wanting(answer))
    "".join(fill(FORM, model, model.like(b"")))
    assert max(model.reads) > 10
    assert len(model.reads) < len(answer) / 2


@pytest.mark.parametrize("answer", ['{"name": "timer.start", "minutes": "3", "label": "egg"}', '{"name": "none"}'])
def test_what_every_answer_begins_with_is_read_with_the_prompt(answer):
    model = Letters(wanting(answer))
    head = printed(FORM, model)
    assert bytes(head).decode() == '{"name": "'
    logits = model.read(head)
    reads = len(model.reads)
    assert "".join(fill(FORM, model, logits, len(head))) == answer
    other = Letters(wanting(answer))
    "".join(fill(FORM, other, other.like(b"")))
    assert len(model.reads) - reads == len(other.reads) - 1


@pytest.mark.parametrize("form", [{"start": {"gap": 3, "next": "end"}}, {"start": {"options": [["only", "end"]]}}, {}])
def test_a_form_without_a_choice_at_its_beginning_has_nothing_to_read_with_the_prompt(form):
    assert printed(form, Letters(wanting(""))) == []


def test_a_form_that_cannot_be_filled_in_is_an_error():
    model = Letters(wanting(""))
    with pytest.raises(BadForm, match="no state 'gone'"):
        list(fill({"start": {"options": [["a", "gone"]]}}, model, model.like(b"")))
    with pytest.raises(BadForm, match="no options"):
        list(fill({"start": {"options": []}}, model, model.like(b"")))
    with pytest.raises(BadForm, match="circle"):
        list(fill({"start": {"options": [["a", "start"]]}}, model, model.like(b"")))
