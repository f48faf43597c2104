"""Recordings with what is said in them, and how far a recogniser's words are from it."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.bench.errors import BenchError
from assistant.slots.numbers import find_number
from assistant.words import is_chinese, language_of, split_words

FORMAT = (
    'Either *.jsonl files with {"file", "text", "language"} a line, or a clips.json with {name: {"text", "language"}}; '
    '"language" may be missing, and "text" is empty where nobody speaks'
)

BREATH_S = 0.3
"""Before a command whose beginning is labelled: what the loop hands over of what came before."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording and its words."""

    path: Path
    text: str
    """Empty where nobody speaks."""
    language: str
    """ "en" or "zh"."""
    from_s: float = 0.0
    """Where it is listened to from: a wake phrase before is none of the recogniser's."""
    action: str | None = None
    """What is asked for, where the label says."""
    slots: dict[str, Any] = field(default_factory=dict)


def read_spoken(folder: Path) -> list[Spoken]:
    """Return the labelled recordings of a folder. Raises BenchError when there are none, or a label or a file is wrong."""
    found = [spoken_from(folder, name, row, at) for name, row, at in rows(folder)]
    if not found:
        raise BenchError(f"No labelled recordings in {folder}. {FORMAT}.")
    missing = next((one.path for one in found if not one.path.is_file()), None)
    if missing:
        raise BenchError(f"There is no {missing}, which a label names.")
    return found


def rows(folder: Path) -> Iterator[tuple[str, Any, str]]:
    """Yield the name, the label and the place of each label. Raises BenchError."""
    for file in sorted([*folder.glob("*.jsonl"), *folder.glob("clips.json")]):
        try:
            if file.suffix == ".json":
                for name, row in json.loads(file.read_text("utf-8")).items():
                    yield name, row, file.name
                continue
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                row = json.loads(line) if line.strip() else None
                if row and "text" in row:
                    yield row["file"], row, f"{file.name}:{number}"
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise BenchError(f"{file} has no labels of recordings: {error!r}. {FORMAT}.") from error


def spoken_from(folder: Path, name: str, row: Any, at: str) -> Spoken:
    """Return a recording from its label. Raises BenchError."""
    try:
        text = "" if row.get("kind") == "noise" else str(row["text"])
        began = row.get("speech_start_s")
        from_s = max(0.0, float(began) - BREATH_S) if began is not None else 0.0
        language = str(row.get("language") or language_of(text))
        return Spoken(folder / name, text, language, from_s, row.get("action"), row.get("slots") or {})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BenchError(f"{folder / at}: this is no label of a recording: {error!r}. {FORMAT}.") from error


def units(text: str) -> list[str]:
    """Return what is compared: Chinese characters and other words in lower case, numbers as digits ("ten" and 十 are 10)."""
    words = split_words(text.replace("%", " percent "))
    found: list[str] = []
    at = 0
    while at < len(words):
        number = find_number(words, at)
        if number:
            found.append(f"{number[0].normalize():f}")
            at = number[1]
        else:
            found.append(words[at].norm)
            at += 1
    return [unit for unit in found if is_chinese(unit) or any(sign.isalnum() for sign in unit)]


def distance(said: Sequence[str], heard: Sequence[str]) -> int:
    """Return how many words have to be put in, taken out or changed to make one of the other (Levenshtein)."""
    before = list(range(len(heard) + 1))
    for row, one in enumerate(said, 1):
        now = [row]
        for column, other in enumerate(heard, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (one != other)))
        before = now
    return before[-1]
