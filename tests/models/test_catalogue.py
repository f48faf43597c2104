"""The catalogue of models."""

import pytest

from models.catalogue import HUBS, catalogue, find
from models.errors import ModelMissing


def test_every_kind_and_both_languages_are_there():
    for kind in ("llm", "asr", "tts"):
        assert {language for entry in catalogue().values() if entry.kind == kind for language in entry.languages} == {"en", "zh"}


def test_a_loader_is_given_a_file_it_can_read():
    ends = {"llm": ".gguf", "tts": ".onnx"}
    assert all(entry.files[0].endswith(ends[entry.kind]) for entry in catalogue().values() if entry.kind in ends)


def test_a_voice_brings_its_settings():
    assert all(entry.files[1] == f"{entry.files[0]}.json" for entry in catalogue().values() if entry.kind == "tts")


def test_an_unknown_name_tells_the_nearest():
    with pytest.raises(ModelMissing, match=r"Did you mean 'qwen2\.5-1\.5b'"):
        find("qwen2.5-1.5")
    with pytest.raises(ModelMissing, match="hark models list"):
        find("zzz")


def test_a_mirror_within_mainland_china_is_known():
    assert "hf-mirror" in HUBS
