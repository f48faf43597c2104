"""What `hark bench asr` found, as tables for people."""

from collections.abc import Sequence

from rich.table import Table

from assistant.bench.asr import AsrReport, SpeedReport
from assistant.bench.spread import Count, Spread
from assistant.bench.tables import table


def accuracy_tables(reports: Sequence[AsrReport], errors: int) -> list[Table]:
    """Return how right and how quick each recogniser is, and some of what each wrote otherwise."""
    made = table("What was heard", "", *(one.name for one in reports))
    made.add_row("English, words wrong", *(share(one.words) for one in reports))
    made.add_row("Chinese, characters wrong", *(share(one.characters) for one in reports))
    made.add_row("recordings all right", *(share(one.exact) for one in reports))
    made.add_row("commands understood as meant", *(share(one.commands) for one in reports))
    made.add_row("words heard where nobody speaks", *(share(one.phantoms) for one in reports))
    made.add_row("end of speech -> final text, p50 / p95", *(milliseconds(one.after_ms) for one in reports))
    made.add_row("work for a second of sound", *(f"{one.real_time:.2f} s" for one in reports))
    return [made, *(slips(one, errors) for one in reports if errors and one.slips)]


def slips(report: AsrReport, errors: int) -> Table:
    """Return what one recogniser wrote otherwise."""
    made = Table(title=f"Written otherwise by {report.name}", title_justify="left", title_style="bold")
    for column in ("recording", "said", "heard"):
        made.add_column(column, overflow="fold")
    for slip in report.slips[:errors]:
        made.add_row(slip.file, slip.said, slip.heard)
    return made


def speed_tables(report: SpeedReport) -> list[Table]:
    """Return how quick a size is beside the library."""
    title = f"End of speech -> final text, Whisper {report.size}, random weights"
    made = table(title, "", "p50 / p95", "times sooner", "work for a second")
    for name, found in report.plain_ms.items():
        made.add_row(f"faster-whisper, {name}", milliseconds(found), "", "")
    for name, found in report.after_ms.items():
        made.add_row(f"Hark, {name}", milliseconds(found), f"{report.times[name]:.1f}", f"{report.real_time[name]:.2f} s")
    return [made]


def milliseconds(found: Spread | None) -> str:
    """Return a spread, short."""
    return f"{found.p50:.0f} / {found.p95:.0f} ms" if found else "–"


def share(found: Count) -> str:
    """Return a share, short; a dash of nothing."""
    return f"{found.percent:.1f} % of {found.of}" if found.of else "–"
