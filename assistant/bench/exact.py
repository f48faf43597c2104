"""How often natural commands are understood exactly, action and slots, and how often what was not meant for Hark makes it act.

A row of a file has `text`, `language`, `now`, `action` (null for nothing, "chat" for a question) and `slots`.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.bench.spread import Count
from assistant.understanding import Understanding
from assistant.vocabulary import Intent


@dataclass(frozen=True, slots=True)
class Miss:
    """A command that was understood otherwise."""

    text: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class ExactReport:
    """How the commands of some files were understood, by language."""

    language: str
    exact: Count
    """Action and all slots right."""
    action: Count
    """The action right."""
    wrong_action: Count
    false_action: Count
    """Of what nothing serves."""
    misses: tuple[Miss, ...]


def measure_exact(understanding: Understanding, files: Sequence[Path]) -> list[ExactReport]:
    """Understand all rows. Raises OSError, ValueError or KeyError for what is no such file."""
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [report(understanding, language, [row for row in rows if row["language"] == language]) for language in ("en", "zh")]


def report(understanding: Understanding, language: str, rows: Sequence[dict[str, Any]]) -> ExactReport:
    """Understand the rows of one language."""
    seen: Counter[str] = Counter()
    misses: list[Miss] = []
    for row in rows:
        now = datetime.fromisoformat(row["now"])
        intent = understanding.understand(row["text"], language, now)
        verdict = judge(row["action"], row["slots"], intent)
        seen[verdict] += 1
        if verdict not in {"exact", "left alone"}:
            got = f"{intent.action} {json.dumps(intent.slots, ensure_ascii=False)}" if intent else "-"
            misses.append(Miss(row["text"], f"{row['action']} {json.dumps(row['slots'], ensure_ascii=False)}", got))
    served = sum(seen[verdict] for verdict in ("exact", "action", "wrong", "missed"))
    return ExactReport(
        language,
        exact=Count(seen["exact"], served),
        action=Count(seen["exact"] + seen["action"], served),
        wrong_action=Count(seen["wrong"], served),
        false_action=Count(seen["false"], seen["false"] + seen["left alone"]),
        misses=tuple(misses),
    )


def judge(action: str | None, slots: Mapping[str, Any], intent: Intent | None) -> str:
    """Return how a row was understood that asks for an action, for an answer ("chat") or for nothing."""
    wanted = action if action and "." in action else None
    got = intent.action if intent and "." in intent.action else None
    if wanted is None:
        return "false" if got else "left alone"
    if got != wanted:
        return "wrong" if got else "missed"
    return "exact" if intent and plain(intent.slots) == plain(slots) else "action"


def plain(slots: Mapping[str, Any]) -> str:
    """Return slots as they are compared: capital letters do not count."""
    return json.dumps(dict(slots), sort_keys=True, ensure_ascii=False).casefold()
