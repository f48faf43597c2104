"""Natural sentences with what they ask for, a JSON object a line: Hark's own sets, and files of the user's."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.bench.errors import BenchError
from assistant.skill import Action
from assistant.vocabulary import CHAT
from assistant.words import language_of

SHIPPED = Path(__file__).with_name("said")
IN_SOURCE = Path(__file__).parents[2] / "tests" / "understanding" / "natural"
"""Hark's own sets: where a wheel has them, and where its source has."""

NOW = datetime(2026, 11, 23, 15)  # noqa: DTZ001 -- local time, wherever that is
"""When a sentence is said whose line does not tell."""

LIKE = '{"text": "wake me at seven", "action": "alarm.set", "slots": {"time": "07:00"}}'


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence and what a person hears in it."""

    text: str
    language: str
    action: str | None
    """What is to be done; "chat" for a question, None for what is not meant for Hark."""
    slots: dict[str, Any] = field(default_factory=dict)
    then: tuple[tuple[str, dict[str, Any]], ...] = ()
    """What else is asked for, in order: actions and their slots."""
    now: datetime = NOW
    """Local time at which it is said."""
    set: str = ""
    """The name of its file."""


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no such row."""

    file: str
    number: int
    problem: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.number}: {self.problem}"


def own_files() -> list[Path]:
    """Return the files of Hark's own sets. Raises BenchError where there are none."""
    files = sorted((SHIPPED if SHIPPED.is_dir() else IN_SOURCE).glob("*.jsonl"))
    if not files:
        raise BenchError("This installation has no sentences of its own. Give some with --set FILE.")
    return files


def read_set(file: Path, actions: Mapping[str, Action]) -> tuple[list[Row], list[BadLine]]:
    """Return the rows of a file, and the lines that are none. Raises BenchError when it cannot be read at all."""
    try:
        lines = file.read_bytes().splitlines()
    except OSError as error:
        raise BenchError(f"Cannot read {file}: {error.strerror}.") from error
    rows: list[Row] = []
    bad: list[BadLine] = []
    for number, line in enumerate(lines, 1):
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if text:
                rows.append(row_of(json.loads(text), actions, file.stem))
        except UnicodeDecodeError:
            bad.append(BadLine(file.name, number, "it is no UTF-8"))
        except (json.JSONDecodeError, RecursionError):
            bad.append(BadLine(file.name, number, f"it is no JSON object like {LIKE}"))
        except ValueError as error:
            bad.append(BadLine(file.name, number, str(error)))
    return rows, bad


def row_of(data: Any, actions: Mapping[str, Action], name: str) -> Row:
    """Return the row of a line's data. Raises ValueError that says what is wrong with it."""
    if not isinstance(data, dict):
        raise ValueError(f"it is no object like {LIKE}")  # noqa: TRY004 -- of what is read, not of what a caller gave
    text, language, now = data.get("text"), data.get("language"), data.get("now")
    if not isinstance(text, str) or not text.strip():
        raise ValueError('"text" must be the words that are said')
    if "action" not in data:
        raise ValueError('"action" is missing: what is asked for, "chat" for a question, null for nothing')
    if language not in {None, "en", "zh"}:
        raise ValueError(f'"language" must be "en" or "zh", not {json.dumps(language, ensure_ascii=False)}')
    action, slots = step_of(data, actions)
    others = data.get("then", [])
    if not isinstance(others, list) or not all(isinstance(each, dict) for each in others):
        raise ValueError('"then" must be a list of objects with "action" and "slots"')
    then = tuple((str(other), values) for other, values in (step_of(each, actions) for each in others))
    return Row(text.strip(), language or language_of(text), action, slots, then, moment_of(now), name)


def step_of(data: Mapping[str, Any], actions: Mapping[str, Action]) -> tuple[str | None, dict[str, Any]]:
    """Return the action and slots of a line. Raises ValueError for those there are not."""
    name, slots = data.get("action"), data.get("slots", {})
    if name is not None and name != CHAT and (not isinstance(name, str) or name not in actions):
        raise ValueError(f"there is no action {json.dumps(name, ensure_ascii=False)}; `hark skills` lists them")
    if not isinstance(slots, dict):
        raise ValueError('"slots" must be an object')  # noqa: TRY004 -- as above
    known = actions[name].slots if name and name in actions else {}
    if strange := sorted(slots.keys() - known.keys()):
        raise ValueError(f'{name or "nothing"} has no slot "{strange[0]}"; it has: {", ".join(known) or "none"}')
    for slot, value in slots.items():
        try:
            known[slot].from_json(value)
        except (ValueError, TypeError, AttributeError, KeyError):
            raise ValueError(f'the slot "{slot}" cannot be {json.dumps(value, ensure_ascii=False)}: it is {known[slot].name}') from None
    return name, slots


def moment_of(iso: Any) -> datetime:
    """Return the moment of a line. Raises ValueError."""
    if iso is None:
        return NOW
    try:
        return datetime.fromisoformat(iso)
    except (TypeError, ValueError):
        raise ValueError(f'"now" must be a time like "2026-11-23T15:00", not {json.dumps(iso)}') from None


def read_sets(files: Iterable[Path], actions: Mapping[str, Action]) -> tuple[list[Row], list[BadLine]]:
    """Return all rows of some files, and the lines that are none. Raises BenchError when no row is left."""
    read = [(file, *read_set(file, actions)) for file in files]
    rows = [row for _, found, _ in read for row in found]
    bad = [line for _, _, found in read for line in found]
    if not rows:
        raise BenchError(f"{', '.join(file.name for file, _, _ in read)} has no line like {LIKE}{f'. {bad[0]}' if bad else ''}.")
    return rows, bad


def spread_out(rows: Sequence[Row], limit: int) -> Iterator[Row]:
    """Yield about so many rows taken evenly from all of them; 0 for all."""
    step = len(rows) / limit if limit and limit < len(rows) else 1.0
    yield from (rows[int(at * step)] for at in range(int(len(rows) / step)))
