"""The committed miniature is what its recipe says, and the true shapes are those of the published models."""

import hashlib
import json
from dataclasses import asdict
from math import prod
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from models.recipes.whisper import SEED, SIZES, corpus, miniature_shape
from models.recipes.whisper_format import TIMESTAMPS, _spec, byte_pairs
from models.recipes.whisper_speech import CHINESE, ENGLISH

MODEL = Path(__file__).parents[1] / "data" / "whisper-mini"
MADE = json.loads((MODEL / "made.json").read_text("utf-8"))
SHAPE = miniature_shape(byte_pairs(corpus()).get_vocab_size() + 1)


def test_the_miniature_was_made_by_this_recipe():
    assert (MADE["shape"], MADE["seed"], MADE["sentences"]) == (asdict(SHAPE), SEED, dict((*ENGLISH, *CHINESE)))


@pytest.mark.parametrize("name", MADE["sha256"])
def test_the_files_are_those_that_were_made(name):
    assert hashlib.sha256((MODEL / name).read_bytes()).hexdigest() == MADE["sha256"][name]


def test_the_miniature_is_small():
    assert sum(path.stat().st_size for path in MODEL.rglob("*") if path.is_file()) < 4_000_000


def test_special_tokens_have_the_ids_of_the_shape():
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    for name in ("endoftext", "startoftranscript", "en", "zh", "transcribe", "startofprev", "nospeech", "notimestamps"):
        assert tokenizer.token_to_id(f"<|{name}|>") == SHAPE.token(name)
    vocabulary = json.loads((MODEL / "vocabulary.json").read_text("utf-8"))
    assert len(vocabulary) == SHAPE.vocabulary
    assert vocabulary[-1] == "<|30.00|>"
    assert vocabulary[-TIMESTAMPS - 1] == "<|notimestamps|>"


@pytest.mark.parametrize("text", [written for _, written in (*ENGLISH, *CHINESE)])
def test_each_sentence_can_be_spelt_without_tokens_that_are_never_written(text):
    tokenizer = Tokenizer.from_file(str(MODEL / "tokenizer.json"))
    ids = tokenizer.encode(f" {text}" if text.isascii() else text).ids
    assert tokenizer.decode(ids).strip() == text
    assert tokenizer.token_to_id("Ġ") not in ids  # faster-whisper suppresses a lone space


@pytest.mark.parametrize(("size", "parameters"), [("tiny", 37_760_640), ("base", 72_593_920)])
def test_a_true_shape_has_as_many_parameters_as_the_published_model(size, parameters):
    counted = {}

    def weights(name, shape):
        counted[name] = prod(shape)
        return np.zeros(shape, np.float32)

    _spec(SIZES[size], weights)
    assert sum(counted.values()) == parameters


@pytest.mark.parametrize(("size", "tokens"), [("tiny", 51_865), ("medium", 51_865), ("large-v3", 51_866)])
def test_a_true_shape_has_as_many_tokens_as_the_published_model(size, tokens):
    assert SIZES[size].vocabulary == tokens
