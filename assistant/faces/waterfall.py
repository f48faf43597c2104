"""Turns as waterfalls: each stage a bar that begins where the one before it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.vocabulary import Outcome, Turn

WIDTH = 30
"""Characters of the longest bar; with the names and times beside it a turn fits on a terminal of 80."""

STAGES = {
    "endpoint": ("waited for silence", "blue"),
    "recognise": ("recognised", "magenta"),
    "understand": ("understood", "yellow"),
    "act": ("acted", "green"),
    "think": ("thought", "green"),
    "voice": ("spoke", "cyan"),
}
"""What is drawn of a stage: its name and colour; in the order in which they happen."""

SUMS = {"to_first_audio", "total", "tokens_read", "tokens_of", "tokens_wrote", "tokens_ahead"}
"""Marks that are no stage but the time until something, or what a language model did."""

LOOKS = {Outcome.FAILED: "red", Outcome.UNKNOWN: "red", Outcome.ASKED: "yellow"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage of a turn."""

    stage: str
    start_ms: float
    """After the user's last word, or after the return key."""
    length_ms: float

    @property
    def end_ms(self) -> float:
        """When the next one begins."""
        return self.start_ms + self.length_ms


def bars(marks: Mapping[str, float]) -> list[Bar]:
    """Return the stages of a turn one after the other; the last is what the voice took until its first sound."""
    order = [stage for stage in STAGES if stage in marks] + [stage for stage in marks if stage not in STAGES and stage not in SUMS]
    found: list[Bar] = []
    for stage in order:
        found.append(Bar(stage, found[-1].end_ms if found else 0.0, marks[stage]))
    spent = found[-1].end_ms if found else 0.0
    if marks.get("to_first_audio", 0.0) > spent:
        found.append(Bar("voice", spent, marks["to_first_audio"] - spent))
    return found


def waterfall(at: datetime, turn: Turn) -> RenderableType:
    """Return one turn: what was said, who understood it as what, how long everything took, and the reply."""
    said = Text.assemble((f"{at:%m-%d %H:%M:%S}  ", "dim"), (turn.heard.text, "bold"))
    reply = Text.assemble(("                → ", "cyan"), turn.said or "-", (f"  ({turn.outcome})", LOOKS.get(turn.outcome, "dim")))
    return Group(said, Text.assemble("                ", (meaning(turn), "dim")), drawn(bars(turn.marks)), reply, Text())


def meaning(turn: Turn) -> str:
    """Return what a turn was understood as, and by whom."""
    if turn.intent is None:
        return f"not understood{tokens(turn.marks)}"
    slots = "".join(f" {name}={value}" for name, value in turn.intent.slots.items())
    return f"{turn.intent.action}{slots}, by the {turn.intent.source}{tokens(turn.marks)}"


def tokens(marks: Mapping[str, float]) -> str:
    """Return what a language model read and wrote in a turn; nothing when none did."""
    if not marks.get("tokens_of"):
        return ""
    read, of, wrote, ahead = (f"{marks.get(f'tokens_{name}', 0):,.0f}" for name in ("read", "of", "wrote", "ahead"))
    spoken = f", {ahead} more while you spoke," if marks.get("tokens_ahead") else ""
    return f"; the model re-read {read} of {of} tokens{spoken} and wrote {wrote}"


def drawn(found: Sequence[Bar]) -> RenderableType:
    """Return bars below each other, to the scale of their whole."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", width=15, no_wrap=True)
    grid.add_column(justify="right", width=18, no_wrap=True)
    grid.add_column(width=WIDTH, no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    whole = max((bar.end_ms for bar in found), default=0.0) or 1.0
    for bar in found:
        name, colour = STAGES.get(bar.stage, (bar.stage, "white"))
        start = min(WIDTH - 1, round(WIDTH * bar.start_ms / whole))
        length = max(1, round(WIDTH * bar.end_ms / whole) - start)
        grid.add_row("", Text(name, "dim"), Text(" " * start + "█" * length, colour), f"{bar.length_ms:,.1f} ms")
    if len(found) > 1:
        grid.add_row("", Text("together", "dim"), "", Text(f"{whole:,.1f} ms", "bold"))
    return grid


def turn_record(at: datetime, turn: Turn) -> dict[str, Any]:
    """Return a turn as plain data, named as `hark ask --json` names it."""
    intent = turn.intent
    return {
        "id": turn.id,
        "at": at.isoformat(timespec="milliseconds"),
        "heard": turn.heard.text,
        "language": turn.heard.language,
        "action": intent.action if intent else None,
        "slots": intent.slots if intent else {},
        "source": intent.source if intent else None,
        "confidence": intent.confidence if intent else 0.0,
        "say": turn.said,
        "outcome": str(turn.outcome),
        "ms": turn.marks,
    }
