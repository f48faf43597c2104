"""The models Hark can fetch by name."""

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from models.errors import ModelMissing

Kind = Literal["llm", "asr", "tts"]

HUBS = {"huggingface": "https://huggingface.co", "hf-mirror": "https://hf-mirror.com"}
"""Where models come from; the second serves the same files within mainland China."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One model."""

    id: str
    kind: Kind
    repository: str
    files: tuple[str, ...]
    """The first is what a loader is given, but for a recogniser, which is given the folder."""
    licence: str
    megabytes: int
    memory: int
    """Megabytes while it runs."""
    languages: tuple[str, ...]
    good_for: str
    billions: float = 0.0
    """Weights of a language model."""


@cache
def catalogue() -> dict[str, Entry]:
    """Return all models by name."""
    data = tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
    entries = [Entry(**each | {"files": tuple(each["files"]), "languages": tuple(each["languages"])}) for each in data["model"]]
    return {entry.id: entry for entry in entries}


def find(name: str) -> Entry:
    """Return a model. Raises ModelMissing naming the nearest."""
    if entry := catalogue().get(name):
        return entry
    near = difflib.get_close_matches(name, catalogue(), n=1, cutoff=0.4)
    hint = f"Did you mean '{near[0]}'?" if near else "`hark models list` shows all."
    raise ModelMissing(f"There is no model '{name}'. {hint}")
