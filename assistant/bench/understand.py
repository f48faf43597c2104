"""`hark bench understand`: what a sentence costs to understand, and how often natural ones reach the right action."""

import fnmatch
import json
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.bench.errors import BenchError
from assistant.bench.sentences import EACH, Sentence, sentences
from assistant.bench.spread import Count, Spread, count, spread
from assistant.understanding import Understanding

HARMLESS = ("chat", "wiki.lookup", "news.read", "dictionary.*", "files.*", "assistant.*")
"""Actions that do no harm where nothing serves what was asked."""

MAP = "action_map.json"
"""Beside a data file: for each set, its intents and the actions that are right for them."""

TIMES = 3
"""Each sentence is understood so often and the best time counts: the others tell what else the machine does, in slices of 4 ms."""


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """What sentences cost."""

    actions: int
    sentences: int
    per_s: float
    """Sentences in a second, one after the other."""
    first_ms: float
    """The very first one, before any template is compiled."""
    command_ms: Spread | None
    talk_ms: Spread | None
    go_on_ms: Spread | None
    """To tell whether a command may go on, which endpointing asks of every partial."""
    own_action: Count
    """Generated sentences that were understood as the action whose templates made them."""
    talk_left_alone: Count


def measure_speed(understanding: Understanding, now: datetime, each: int = EACH) -> SpeedReport:
    """Understand generated sentences, about so many of each action and language."""
    all_of_them = sentences(understanding.actions, each)
    first = all_of_them[0]
    first_ms = timed(understanding.understand, first.text, first.language, now, times=1)[0]
    for one in all_of_them:  # compiles the templates, which otherwise whoever comes first would pay for
        understanding.understand(one.text, one.language, now)
        understanding.could_go_on(one.text, one.language, now)
    taken: dict[Sentence, float] = {}
    action: dict[Sentence, str | None] = {}
    for one in all_of_them:
        taken[one], intent = timed(understanding.understand, one.text, one.language, now)
        action[one] = intent.action if intent else None
    commands = [one for one in all_of_them if one.action]
    talk = [one for one in all_of_them if not one.action]
    return SpeedReport(
        actions=len(understanding.actions),
        sentences=len(all_of_them),
        per_s=1000 * len(taken) / sum(taken.values()),
        first_ms=first_ms,
        command_ms=spread(taken[one] for one in commands),
        talk_ms=spread(taken[one] for one in talk),
        go_on_ms=spread(timed(understanding.could_go_on, one.text, one.language, now)[0] for one in commands),
        own_action=count(action[one] == one.action for one in commands),
        talk_left_alone=count(action[one] is None for one in talk),
    )


def timed(call: Callable[..., Any], *args: Any, times: int = TIMES) -> tuple[float, Any]:
    """Return how many milliseconds a call took at best, and its result."""
    best = math.inf
    for _ in range(times):
        began = time.perf_counter()
        result = call(*args)
        best = min(best, time.perf_counter() - began)
    return 1000 * best, result


@dataclass(frozen=True, slots=True)
class Row:
    """One natural sentence and the actions that are right for it."""

    text: str
    language: str
    intent: str
    """In the words of the data set."""
    wanted: tuple[str, ...]
    """Patterns; none where nothing serves it."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence that did not reach a right action."""

    intent: str
    text: str
    action: str | None


@dataclass(frozen=True, slots=True)
class RouteReport:
    """How the sentences of one file were understood."""

    file: str
    right: Count
    """Of those that some action serves."""
    wrong_action: Count
    """Of the same."""
    false_action: Count
    """Of those that none serves."""
    ms: Spread | None
    misses: tuple[Miss, ...]


def measure_routes(understanding: Understanding, file: Path, rows: Sequence[Row], now: datetime) -> RouteReport:
    """Understand every row and compare."""
    taken: list[float] = []
    served: Counter[str] = Counter()
    unserved: Counter[str] = Counter()
    misses: list[Miss] = []
    for row in rows:
        ms, intent = timed(understanding.understand, row.text, row.language, now)
        taken.append(ms)
        action = intent.action if intent else None
        verdict = judge(action, row.wanted)
        (served if row.wanted else unserved)[verdict] += 1
        if verdict != "right":
            misses.append(Miss(row.intent, row.text, action))
    return RouteReport(
        file=file.name,
        right=Count(served["right"], served.total()),
        wrong_action=Count(served["wrong action"], served.total()),
        false_action=Count(unserved["wrong action"], unserved.total()),
        ms=spread(taken),
        misses=tuple(misses),
    )


def judge(action: str | None, wanted: Iterable[str]) -> str:
    """Return "right", "not understood" (nothing that does harm) or "wrong action"."""
    harmless = action is None or matches(action, HARMLESS)
    wanted = tuple(wanted)
    if matches(action, wanted) if wanted else harmless:
        return "right"
    return "not understood" if harmless else "wrong action"


def matches(action: str | None, patterns: Iterable[str]) -> bool:
    """Tell whether an action is one of those."""
    return action is not None and any(fnmatch.fnmatchcase(action, pattern) for pattern in patterns)


def read_rows(file: Path, map_file: Path | None = None, limit: int = 0) -> list[Row]:
    """Return the rows of a data file that its map scores, about `limit` of them spread evenly when that is not 0.

    The set is the one whose name the file's begins with. Raises BenchError.
    """
    map_file = map_file or file.with_name(MAP)
    try:
        sets = json.loads(map_file.read_text("utf-8"))
        table = next((sets[name] for name in sets if file.name.startswith(name) and isinstance(sets[name], dict)), None)
        if table is None:
            known = ", ".join(name for name in sets if isinstance(sets[name], dict))
            raise BenchError(f"{map_file} has no set that {file.name} belongs to. It has: {known}.")
        rows = [row for row in parsed(file) if row["intent"] in table]
        step = len(rows) // limit + 1 if limit and len(rows) > limit else 1
        return [Row(row["text"], row["lang"][:2], row["intent"], tuple(table[row["intent"]])) for row in rows[::step]]
    except OSError as error:
        raise BenchError(f"Cannot read {error.filename}: {error.strerror}. Name the map of intents to actions with --map.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BenchError(
            f'{file} and {map_file} are not like {{"text", "lang", "intent"}} and {{set: {{intent: [action]}}}}: {error!r}'
        ) from error


def parsed(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())
