"""What was measured of this machine, and what is proposed for it, as it is drawn."""

from collections.abc import Sequence

from rich.table import Table

from models.fitting import Fit, Machine


def described(machine: Machine) -> str:
    """Return a machine in words, and how its speed is known."""
    wide = f" with {machine.instructions[0]}" if machine.instructions else ""
    card = f", {machine.card}{f' ({machine.card_mb:,} MB)' if machine.card_mb else ''}" if machine.card else ""
    here = f"{machine.name}, {machine.cores} cores{wide}, {machine.free_mb:,} of {machine.memory_mb:,} MB of memory free{card}."
    if machine.measured:
        where = "on the card" if machine.on_card else "on the processor"
        return f"{here}\nMeasured with llama.cpp {where}, on a small model made for it."
    basis = f"{machine.gmul:.0f} billion multiplications and {machine.gbps:.0f} GB of memory a second"
    return f"{here}\nEstimated from {basis}, as llama.cpp is not there to be measured."


def table(fits: Sequence[Fit]) -> Table:
    """Return what is proposed."""
    drawn = Table(box=None, pad_edge=False)
    for column in ("name", "MB", "memory", "answers in", "licence", "for"):
        drawn.add_column(column, justify="right" if column in {"MB", "memory", "answers in"} else "left")
    for fit in fits:
        entry = fit.entry
        drawn.add_row(entry.id, f"{entry.megabytes:,}", f"{entry.memory:,}", pace(fit), entry.licence, entry.good_for)
    return drawn


def pace(fit: Fit) -> str:
    """Return how long one waits for a model, and whether that is longer than a conversation bears."""
    if fit.entry.kind == "tts":
        return ""
    return f"{fit.takes_s:.1f} s{'' if fit.in_time else ', slow'}"
