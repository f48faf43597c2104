"""What `hark eval` found, counted and as tables."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.table import Table

from assistant.bench.evaluation import TIERS, Seen
from assistant.bench.exact import plain
from assistant.bench.natural import BadLine
from assistant.bench.spread import Count, Spread, count, spread
from assistant.bench.tables import table

SERVED = ("exact", "action", "wrong", "missed")
"""Verdicts on sentences that ask for an action, besides that Hark asked first."""

NAMES = {
    "dialog": "dialogue",
    "grammar": "grammar",
    "classifier": "classifier",
    "llm": "model: an action",
    "answer": "model: its words",
    "nobody": "nobody",
}


@dataclass(frozen=True, slots=True)
class Part:
    """How some of the sentences went."""

    name: str
    sentences: int
    exact: Count
    """Action and all slots right, of those that ask for one."""
    action: Count
    """The action right, of the same."""
    wrong: Count
    """Another action carried out, or more than was asked for; of the same."""
    missed: Count
    false: Count
    """An action carried out, of what asks for none."""
    asked: int
    """Times a wrong act would have taken a yes."""
    first_s: Spread | None
    """Until the first words of the reply."""
    all_s: Spread | None
    """Until the turn was over."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the language model did in the turns it had a part in."""

    turns: int
    of: Spread | None
    """Of the prompts of a turn."""
    read: Spread | None
    """That had to be read: the rest was known."""
    wrote: Spread | None
    per_s: float
    """Read and written in a second of these turns."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence that went otherwise than it should."""

    text: str
    who: str
    verdict: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class EvalReport:
    """What `hark eval` found."""

    model: str
    """Empty when there was none."""
    of: int
    """Sentences there were; `whole` has those that were said."""
    whole: Part
    tiers: tuple[Part, ...]
    languages: tuple[Part, ...]
    sets: tuple[Part, ...]
    offered: Count
    """The right action among those that a model is asked about, of the sentences that ask for one and that nothing quicker understands."""
    tokens: Tokens
    broke: tuple[tuple[str, int], ...]
    """What stopped working in turns, an action or the language model, and how often; the commonest first."""
    bad_lines: tuple[BadLine, ...]
    misses: tuple[Miss, ...]


def report_of(seen: Sequence[Seen], model: str, of: int, bad: Sequence[BadLine], errors: int) -> EvalReport:
    """Count what came of some sentences."""
    thought = [each for each in seen if each.of]
    seconds = sum(each.all_s for each in thought)
    return EvalReport(
        model,
        of,
        whole=part("all", seen),
        tiers=parts(seen, lambda each: each.tier, TIERS),
        languages=parts(seen, lambda each: each.row.language, ("en", "zh")),
        sets=parts(seen, lambda each: each.row.set, sorted({each.row.set for each in seen})),
        offered=count(each.offered for each in seen if each.offered is not None),
        tokens=Tokens(
            len(thought),
            of=spread(each.of for each in thought),
            read=spread(each.read for each in thought),
            wrote=spread(each.wrote for each in thought),
            per_s=sum(each.read + each.wrote for each in thought) / seconds if seconds else 0.0,
        ),
        broke=tuple(Counter(each.broke for each in seen if each.broke).most_common()),
        bad_lines=tuple(bad),
        misses=tuple(miss_of(each) for each in seen if each.verdict not in {"exact", "left alone"})[:errors],
    )


def parts(seen: Sequence[Seen], name_of: Callable[[Seen], str], names: Iterable[str]) -> tuple[Part, ...]:
    """Return the sentences by name, those names alone that there are."""
    return tuple(part(name, some) for name in names if (some := [each for each in seen if name_of(each) == name]))


def part(name: str, seen: Sequence[Seen]) -> Part:
    """Count how some sentences went."""
    acts = [each for each in seen if each.row.action and "." in each.row.action]
    others = [each for each in seen if not (each.row.action and "." in each.row.action)]
    counted = Counter(each.verdict for each in acts)
    return Part(
        name,
        len(seen),
        exact=Count(counted["exact"], len(acts)),
        action=Count(counted["exact"] + counted["action"], len(acts)),
        wrong=Count(counted["wrong"], len(acts)),
        missed=Count(counted["missed"], len(acts)),
        false=Count(sum(each.verdict == "false" for each in others), len(others)),
        asked=sum(each.verdict == "asked" for each in seen),
        first_s=spread(each.first_s for each in seen),
        all_s=spread(each.all_s for each in seen),
    )


def miss_of(seen: Seen) -> Miss:
    """Return what went otherwise."""
    wanted = told([(seen.row.action, seen.row.slots), *seen.row.then])
    got = told([(step.action, step.slots) for step in (seen.got, *seen.got.then)]) if seen.got else "nothing"
    return Miss(seen.row.text, seen.tier, seen.verdict, wanted, got)


def told(steps: Iterable[tuple[str | None, dict[str, Any]]]) -> str:
    """Return actions with their slots, short."""
    return ", ".join(f"{action or 'nothing'} {plain(slots) if slots else ''}".strip() for action, slots in steps)


def eval_tables(report: EvalReport) -> list[Table]:
    """Return the figures for people."""
    done = (
        f"{report.whole.sentences} sentences"
        if report.whole.sentences == report.of
        else f"{report.whole.sentences} of {report.of} sentences"
    )
    title = f"{done}, {report.model or 'no language model'}"
    columns = ("n", "exact", "action", "wrong", "missed", "false", "asked")
    accuracy = table(title, "", *columns)
    for group in (report.tiers, report.languages, (report.whole,)):
        for one in group:
            accuracy.add_row(NAMES.get(one.name, LANGUAGES.get(one.name, one.name)), *figures(one))
        accuracy.add_section()
    if report.offered.of:
        accuracy.caption = f"Of those that nothing quicker understands, a model is asked about the right action in {report.offered}."
        accuracy.caption_justify = "left"
    made = [accuracy, seconds_table(report)]
    if len(report.sets) > 1:
        sets = table("By set", "", *columns)
        for one in report.sets:
            sets.add_row(one.name, *figures(one))
        made.append(sets)
    return [*made, *([misses_table(report.misses)] if report.misses else [])]


LANGUAGES = {"en": "English", "zh": "Chinese"}


def figures(one: Part) -> list[str]:
    """Return a part's counts, short."""
    counts = [f"{found.hits}/{found.of}" if found.of else "–" for found in (one.exact, one.action, one.wrong, one.missed, one.false)]
    return [str(one.sentences), *counts, str(one.asked)]


def seconds_table(report: EvalReport) -> Table:
    """Return how long turns took and what the language model did for them."""
    made = table("A turn", "", "n", "p50", "p95", "max")
    for one in (*report.tiers, report.whole):
        made.add_row(f"{NAMES.get(one.name, one.name)}, s to the first words", *numbers(one.first_s, 3))
        if one.name in {"llm", "answer", "all"}:
            made.add_row(f"{NAMES.get(one.name, one.name)}, s to the end", *numbers(one.all_s, 3))
    if report.tokens.turns:
        made.add_section()
        for name, found in (("of its prompts", report.tokens.of), ("read", report.tokens.read), ("written", report.tokens.wrote)):
            made.add_row(f"tokens {name}", *numbers(found, 0))
        made.add_row("tokens read and written in a second", "", f"{report.tokens.per_s:.0f}", "", "")
    for what, times in report.broke:
        made.add_row(f"stopped working: {what}", str(times), "", "", "")
    return made


def numbers(found: Spread | None, digits: int) -> list[str]:
    """Return a spread as cells."""
    return [str(found.n), *(f"{value:.{digits}f}" for value in (found.p50, found.p95, found.max))] if found else ["0", "–", "–", "–"]


def misses_table(misses: Sequence[Miss]) -> Table:
    """Return some sentences that went otherwise."""
    made = Table(title="Otherwise", title_justify="left", title_style="bold")
    for column in ("said", "who", "verdict", "meant", "taken for"):
        made.add_column(column, overflow="fold")
    for one in misses:
        made.add_row(one.text, one.who, one.verdict, one.wanted, one.got)
    return made
