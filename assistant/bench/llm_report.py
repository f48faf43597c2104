"""What `hark bench llm` finds, and how it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table

from assistant.bench.tables import table

TARGETS: dict[str, dict[str, float]] = {
    "0.5B": {"first": 1.0, "next": 0.40, "alternating": 0.45, "clause": 0.45, "free": 0.060, "back": 5.0},
    "1.5B": {"first": 2.0, "next": 0.80, "alternating": 0.90, "clause": 0.80, "free": 0.100, "back": 5.0},
}
"""Seconds, on two cores that nobody else uses."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How long something took."""

    s: float
    """By the wall."""
    cpu_s: float | None = None
    """Of the processor, all cores together: less shaken by what else the machine does; None where it was not taken."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured, medians."""

    name: str
    own: Taken
    beside: Taken | None = None
    """The same of llama-cpp-python as it comes; None where it has nothing of the kind."""
    target_s: float | None = None

    @property
    def faster(self) -> float | None:
        """How many times as fast as llama-cpp-python, by the wall."""
        return self.beside.s / self.own.s if self.beside and self.own.s else None


@dataclass(frozen=True, slots=True)
class LlmReport:
    """What was measured with one model."""

    size: str
    prompt: int
    """Tokens of the prompt of a tool call."""
    figures: list[Figure]
    reread: float
    """Share 0..1 of the beginnings that were read again although they had been read before, prompts alternating."""
    read_ahead: int
    """Tokens left to read at the end of the words, those before them read while they were spoken."""
    not_ahead: int
    """The same, nothing read ahead."""
    kills: int
    went_on: int
    """After how many kills the next answer came."""
    turns: int
    grown: float
    """Memory of the worker after all turns, as a share of what it had after the first ones, less 1."""


def llm_tables(reports: Sequence[LlmReport]) -> list[Table]:
    """Return what was found, a table for each model."""
    return [made for report in reports for made in (times(report), rest(report))]


def times(report: LlmReport) -> Table:
    """Return the times."""
    columns = ("Hark", "of the CPU", "as it comes", "of the CPU", "times faster", "target")
    made = table(f"{report.size}, {report.prompt:,} tokens with the tools", "seconds", *columns)
    for one in report.figures:
        beside = one.beside or Taken(0.0)
        values = (one.own.s, one.own.cpu_s, beside.s or None, beside.cpu_s, one.faster, one.target_s)
        made.add_row(one.name, *("–" if value is None else f"{value:.2f}" for value in values))
    return made


def rest(report: LlmReport) -> Table:
    """Return what is counted."""
    made = table(f"{report.size}, counted", "", "measured", "target")
    made.add_row("of the beginnings read again, prompts alternating", f"{100 * report.reread:.1f} %", "5 %")
    made.add_row("tokens left to read when the words end", f"{report.read_ahead} of {report.not_ahead}", "")
    made.add_row("went on after being killed", f"{report.went_on} of {report.kills}", "all")
    made.add_row(f"memory grown over {report.turns} turns", f"{100 * report.grown:+.1f} %", "+3 %")
    return made
