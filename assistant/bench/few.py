"""How well actions are told apart that were learnt from five or ten sentences each, as a plugin's are: any sentences with intents."""

import json
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bench.errors import BenchError
from assistant.bench.spread import Spread, spread
from assistant.bench.understand import timed
from assistant.classifier.features import features
from assistant.classifier.linear import Linear
from assistant.classifier.phrases import Phrase
from assistant.classifier.teaching import learn_actions

LIKE = '{"text": "wake me at seven", "intent": "alarm_set"}'


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it asks for, in the words of its data set."""

    text: str
    intent: str


@dataclass(frozen=True, slots=True)
class ShotsReport:
    """How right a classifier was that had so many sentences of each intent."""

    shots: int
    tested: int
    """Sentences in each repeat."""
    percents: tuple[float, ...]
    """Right, by repeat."""
    mean: float
    deviation: float
    """Standard deviation over the repeats; 0 of one."""
    ms: Spread | None
    """To classify a sentence."""


@dataclass(frozen=True, slots=True)
class FewReport:
    """What was measured on one file."""

    file: str
    test: str
    """Where the tested sentences are from: a file's name, or what is left of the first."""
    intents: int
    shots: tuple[ShotsReport, ...]


def read_examples(file: Path) -> list[Example]:
    """Return the sentences of a file of JSON lines. Raises BenchError that names what is wrong."""
    try:
        lines = file.read_text("utf-8").splitlines()
    except OSError as error:
        raise BenchError(f"Cannot read {file}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BenchError(f"{file} is no text in UTF-8. It needs one {LIKE} a line.") from error
    found = [example_of(line, f"{file.name}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise BenchError(f"{file} is empty. It needs one {LIKE} a line.")
    return found


def example_of(line: str, where: str) -> Example:
    """Return a line's sentence. Raises BenchError."""
    try:
        row: Any = json.loads(line)
    except ValueError as error:
        raise BenchError(f"{where}: it is no JSON object like {LIKE}") from error
    text, intent = (row.get("text"), row.get("intent")) if isinstance(row, dict) else (None, None)
    if isinstance(text, str) and isinstance(intent, str) and text.strip() and intent.strip():
        return Example(text, intent)
    raise BenchError(f'{where}: "text" and "intent" must be words, as in {LIKE}')


def measure(
    file: Path, test: Path | None, shots: Sequence[int], repeats: int, seed: int, tell: Callable[[], None] = lambda: None
) -> FewReport:
    """Learn from so many sentences of each intent, drawn by the seed, and classify others: those of `test`, or else all that are left.

    Raises BenchError for files that do not serve for it. `tell` hears of each repeat.
    """
    by_intent = texts_by_intent(read_examples(file))
    others = read_examples(test) if test else None
    check(file, by_intent, test, others, max(shots))
    reports = []
    for count in shots:
        done = []
        for repeat in range(repeats):
            done.append(once(by_intent, others, count, random.Random(f"{seed} {count} {repeat}")))  # noqa: S311 -- the same each time
            tell()
        percents = tuple(100 * right / len(times) for right, times in done)
        reports.append(
            ShotsReport(
                count,
                len(done[0][1]),
                percents,
                statistics.fmean(percents),
                statistics.stdev(percents) if len(percents) > 1 else 0.0,
                spread(ms for _, times in done for ms in times),
            )
        )
    return FewReport(file.name, test.name if test else "the rest", len(by_intent), tuple(reports))


def texts_by_intent(examples: Sequence[Example]) -> dict[str, list[str]]:
    """Return the different sentences of each intent, in order."""
    found: dict[str, dict[str, None]] = {}
    for one in examples:
        found.setdefault(one.intent, {})[one.text] = None
    return {intent: list(texts) for intent, texts in sorted(found.items())}


def check(file: Path, by_intent: Mapping[str, Sequence[str]], test: Path | None, others: Sequence[Example] | None, most: int) -> None:
    """Raise BenchError for files that do not serve."""
    if len(by_intent) < 2:
        raise BenchError(f"{file} has one intent only, so there is nothing to tell apart.")
    needed = most if test else most + 1
    if short := [intent for intent, texts in by_intent.items() if len(texts) < needed]:
        have = len(by_intent[short[0]])
        raise BenchError(f"{file} has {have} different sentences of {short[0]}; {most} shots need {needed}. Ask for fewer with --shots.")
    strange = sorted({one.intent for one in others or ()} - by_intent.keys())
    if strange:
        raise BenchError(f"{test} has the intent {strange[0]}, of which {file} has no sentence to learn from.")


def once(
    by_intent: Mapping[str, Sequence[str]], others: Sequence[Example] | None, shots: int, chance: random.Random
) -> tuple[int, list[float]]:
    """Learn and test once; return how many were right, and the milliseconds of each tested sentence."""
    drawn = {intent: set(chance.sample(texts, shots)) for intent, texts in by_intent.items()}
    learnt = learn_actions([Phrase(intent, text) for intent, texts in drawn.items() for text in sorted(texts)], None)
    tested = others or [Example(text, intent) for intent, texts in by_intent.items() for text in texts if text not in drawn[intent]]
    right, times = 0, []
    for one in tested:
        ms, intent = timed(likeliest, learnt, one.text, times=1)
        right += intent == one.intent
        times.append(ms)
    return right, times


def likeliest(learnt: Linear, text: str) -> str | None:
    """Return the class that a sentence most likely has; None for a text without words."""
    row = features(text)
    return learnt.classes[int(learnt.likelihoods(row).argmax())] if row else None
