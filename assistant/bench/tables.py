"""Figures as tables for people."""

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table

from assistant.bench.exact import ExactReport
from assistant.bench.few import FewReport
from assistant.bench.fuzz import FuzzReport
from assistant.bench.hassil import SideBySide
from assistant.bench.home import HomeReport
from assistant.bench.homes import HomesReport
from assistant.bench.idle import IdleReport, Waiting
from assistant.bench.redaction import Found
from assistant.bench.scorecard import Line
from assistant.bench.spread import Count, Spread
from assistant.bench.startup import StartTimes
from assistant.bench.understand import RouteReport, SpeedReport
from assistant.bench.voice import Act
from assistant.bench.voice_report import Problem, VoiceReport
from assistant.bench.wake import WakeReport

MIB = 2**20

WIDTH = 76
"""Columns a table takes at least, so that what it was measured on fits under it."""


def table(title: str, *columns: str) -> Table:
    """Return an empty table whose first column names and whose others count."""
    made = Table(title=title, title_justify="left", title_style="bold", min_width=WIDTH)
    for number, column in enumerate(columns):
        made.add_column(column, justify="right" if number else "left")
    return made


def spreads(title: str, rows: Mapping[str, Spread | None], digits: int = 0) -> Table:
    """Return a table of spreads, in milliseconds."""
    made = table(title, "milliseconds", "n", "p50", "p95", "p99", "max")
    for name, found in rows.items():
        values = [f"{value:.{digits}f}" for value in (found.p50, found.p95, found.p99, found.max)] if found else ["–"] * 4
        made.add_row(name, str(found.n if found else 0), *values)
    return made


def voice_tables(report: VoiceReport) -> list[Table]:
    """Return what `hark bench voice` found."""
    pace = "time stands still while it works" if report.fast else "real time"
    made = [
        spreads(
            f"From the last word to the reply's first sound: {report.clips} clips, {pace}",
            {
                "all replies": report.first_audio_ms,
                "understood": report.first_audio_understood_ms,
                **{f"  {name}": found for name, found in report.stages_ms.items()},
                "woken after the phrase": report.woken_after_ms,
            },
        ),
        kinds(report),
    ]
    unmeant = table("Not meant for Hark", "", "count")
    unmeant.add_row("minutes heard", f"{report.unmeant_minutes:.1f}")
    unmeant.add_row("false wakes", str(report.false_wakes))
    unmeant.add_row("false acts", str(report.false_acts))
    made[-1].add_section()
    made[-1].add_row("over 1 s after the last word", "", str(report.slow))
    return [*made, *([unmeant] if report.unmeant_minutes else []), *([problem_table(report.problems)] if report.problems else [])]


def kinds(report: VoiceReport) -> Table:
    """Return what was woken and understood, by kind of clip and voice."""
    voices = list(dict.fromkeys(voice for by_voice in report.understood.values() for voice in by_voice))
    made = table("Woken and understood", "kind of clip", "woken", "understood", *voices, "cut off", "and lost")
    for kind, by_voice in report.understood.items():
        each = [fraction(by_voice.get(voice)) for voice in voices]
        total = Count(sum(one.hits for one in by_voice.values()), sum(one.of for one in by_voice.values()))
        made.add_row(
            kind, fraction(report.woken.get(kind)), str(total), *each, fraction(report.cut_off.get(kind)), fraction(report.lost.get(kind))
        )
    return made


def problem_table(problems: Iterable[Problem]) -> Table:
    """Return every clip that went wrong."""
    made = Table(title="What went wrong", title_justify="left", title_style="bold")
    for column in ("clip", "what", "heard", "taken for", "meant"):
        made.add_column(column, overflow="fold")
    for one in problems:
        heard = " / ".join([*one.heard, *one.told])
        made.add_row(one.file, one.what, heard, " / ".join(map(act, one.got)), act(one.wanted) if one.wanted else "nothing")
    return made


def act(one: Act) -> str:
    """Return an action with its values, short."""
    slots = ", ".join(f"{name} {value}" for name, value in one.slots.items())
    return f"{one.action or 'nothing'}{f' ({slots})' if slots else ''}"


def fraction(found: Count | None) -> str:
    """Return hits of tries, short."""
    return f"{found.hits}/{found.of}" if found else "–"


def speed_tables(report: SpeedReport) -> list[Table]:
    """Return what sentences cost."""
    made = table(f"Understanding {report.sentences} sentences of {report.actions} actions and of talk", "", "")
    made.add_row("sentences a second", f"{report.per_s:.0f}")
    made.add_row("the very first", f"{report.first_ms:.2f} ms")
    made.add_row("understood as the action that made them", str(report.own_action))
    made.add_row("talk left alone", str(report.talk_left_alone))
    rows = {"a command": report.command_ms, "talk": report.talk_ms, "may it go on?": report.go_on_ms}
    return [made, spreads("Each", rows, digits=3)]


def route_tables(reports: Iterable[RouteReport], errors: int) -> list[Table]:
    """Return how natural sentences were understood, with some of those that were not."""
    made = table("Natural sentences", "set", "right", "wrong action", "false action", "ms p50", "ms p99")
    others: list[Table] = []
    for report in reports:
        times = (f"{report.ms.p50:.3f}", f"{report.ms.p99:.3f}") if report.ms else ("–", "–")
        made.add_row(report.file, str(report.right), str(report.wrong_action), str(report.false_action), *times)
        missed = Table(title=f"Missed in {report.file}", title_justify="left", title_style="bold")
        for column in ("intent", "taken for", "text"):
            missed.add_column(column)
        for miss in report.misses[:errors]:
            missed.add_row(miss.intent, miss.action or "nothing", miss.text)
        others += [missed] if missed.row_count else []
    return [made, *others]


def start_tables(times: Mapping[str, StartTimes]) -> list[Table]:
    """Return how long starts took."""
    made = table("Starting", "whole process", "best s", "median s", "processor s", "x python")
    for name, found in times.items():
        made.add_row(name, f"{found.best_s:.3f}", f"{found.median_s:.3f}", f"{found.cpu_s:.3f}", f"{found.times_python:.1f}")
    return [made]


def idle_tables(report: IdleReport) -> list[Table]:
    """Return what waiting costs."""
    source = "a microphone" if report.live else "a recording of a quiet room"
    made = table(f"Waiting for the wake word, {report.seconds:g} s of {source}", "process", "% of a core", "RSS MiB", "PSS MiB")
    for one in report.processes:
        made.add_row(*cells(one))
    made.add_section()
    made.add_row(*cells(report.total))
    return [made]


def cells(one: Waiting) -> tuple[str, ...]:
    """Return a process as cells."""
    return one.name, f"{one.cpu_percent:.2f}", f"{one.rss_bytes / MIB:.0f}", f"{one.pss_bytes / MIB:.0f}"


def exact_tables(reports: Sequence[ExactReport], errors: int) -> list[Table]:
    """Return what `hark bench exact` found."""
    made = table("Natural commands", "", "exact", "action right", "wrong action", "false action")
    for one in reports:
        made.add_row(one.language, *map(str, (one.exact, one.action, one.wrong_action, one.false_action)))
    missed = table("Understood otherwise", "said", "meant", "understood")
    for one in reports:
        for miss in one.misses[:errors]:
            missed.add_row(miss.text, miss.wanted, miss.got)
    return [made, *([missed] if errors else [])]


def few_tables(report: FewReport) -> list[Table]:
    """Return what `hark bench few` found."""
    title = f"{report.intents} intents of {report.file}, tested with {report.test}"
    made = table(title, "shots", "right", "deviation", "worst and best", "tested", "ms p50", "ms p99")
    for one in report.shots:
        times = (f"{one.ms.p50:.2f}", f"{one.ms.p99:.2f}") if one.ms else ("–", "–")
        spread = f"{min(one.percents):.1f} {max(one.percents):.1f}"
        made.add_row(str(one.shots), f"{one.mean:.1f} %", f"{one.deviation:.1f}", spread, f"{len(one.percents)} x {one.tested}", *times)
    return [made]


def home_tables(report: HomeReport) -> list[Table]:
    """Return what `hark bench home` found."""
    made = table(f"The house ended up as asked: {report.file}", "", "right")
    for name, count in report.by_category.items():
        made.add_row(name, str(count))
    made.add_row("all", str(report.right), style="bold")
    missed = table("It did not", "said", "understood", "answer")
    for miss in report.misses:
        missed.add_row(miss.text, miss.action or "-", miss.said)
    return [made, *([missed] if report.misses else [])]


def homes_tables(report: HomesReport, errors: int) -> list[Table]:
    """Return what `hark bench home` found of sentences with slots."""
    made = table(f"Carried out in its home: {report.file}", "", "")
    made.add_row("intent, things and values right", str(report.right), style="bold")
    made.add_row("intent right", str(report.intent_right))
    for name, count in report.wrong.items():
        made.add_row(f"wrong {name}", str(count))
    missed = table("Otherwise", "said", "wrong", "meant", "understood and done")
    for miss in report.misses[:errors]:
        missed.add_row(miss.text, miss.wrong, miss.wanted, miss.got)
    return [made, *([missed] if missed.row_count else [])]


def card_tables(lines: Sequence[Line]) -> list[Table]:
    """Return what `hark bench table` found."""
    made = Table(title="Understanding", title_justify="left", title_style="bold")
    for column in ("what", "command", "measured", "target", "met"):
        made.add_column(column, overflow="fold")
    for line in lines:
        made.add_row(line.what, line.command, line.measured, line.target, {True: "yes", False: "no", None: "–"}[line.met])
    return [made]


def wake_tables(report: WakeReport) -> list[Table]:
    """Return what `hark bench wake` found."""
    noises = list(dict.fromkeys(name for by_noise in report.woken.values() for name in by_noise))
    made = table(f"Woken by {report.word}, threshold {report.threshold:g}", "voice", *noises)
    for voice, by_noise in report.woken.items():
        made.add_row(voice, *(fraction(by_noise.get(name)) for name in noises))
    counts = [[by_noise[name] for by_noise in report.woken.values() if name in by_noise] for name in noises]
    totals = [Count(sum(one.hits for one in each), sum(one.of for one in each)) for each in counts]
    made.add_row("missed", *(f"{100 - total.percent:.1f} %" for total in totals))
    unmeant = table("Not meant for it", "", "")
    unmeant.add_row("hours of speech and noise", f"{report.unmeant_hours:.2f}")
    unmeant.add_row("false wakes", str(len(report.false_wakes)))
    unmeant.add_row("an hour (95 % sure: below)", f"{report.per_hour:.2f} ({report.bound:.2f})")
    unmeant.add_row("looked again", str(report.suspicions))
    for text in report.false_wakes[:20]:
        unmeant.add_row(text, "")
    return [made, spreads("Woken after the phrase's end", {"quiet room": report.after_ms}), unmeant]


def fuzz_tables(report: FuzzReport) -> list[Table]:
    """Return what `hark bench fuzz` found, with the inputs that went wrong."""
    made = table(f"Bad input, seed {report.seed}", "", "count")
    made.add_row("inputs", f"{report.inputs:,}")
    made.add_row("raised something", str(len(report.problems)))
    made.add_row("took over 100 ms", str(len(report.slow)))
    made.add_row("the slowest, ms", f"{report.slowest_ms:.1f}")
    made.add_row("meant something", f"{report.understood:,}")
    made.add_row("in a second", f"{report.per_s:,.0f}")
    wrong = table("Gone wrong", "input", "what")
    for text, what in [*report.problems, *((text, f"{ms:.0f} ms") for text, ms in report.slow)][:20]:
        wrong.add_row(repr(text[:120]), what)
    return [made, wrong] if report.problems or report.slow else [made]


def hassil_tables(found: Sequence[SideBySide]) -> list[Table]:
    """Return what `hark bench hassil` found."""
    rows = {f"{who}, {one.language}": spread for one in found for who, spread in (("Hark", one.own_ms), ("hassil", one.theirs_ms))}
    made = table("Decisions", "", "sentences", "Hark right", "hassil right", "the same", "times faster")
    for one in found:
        shares = [fraction(each) for each in (one.own_right, one.theirs_right, one.same)]
        made.add_row(one.language, str(one.sentences), *shares, f"{one.faster:.1f}")
    return [spreads("A sentence of all templates", rows, 2), made]


def redaction_tables(reports: Sequence[Found], errors: int) -> list[Table]:
    """Return what `hark bench redaction` found."""
    made = table("Redaction", "", *(report.language for report in reports))
    rows = {
        "secrets with a form": "structured",
        "names Hark knows": "names",
        "nothing else taken": "untouched",
        "the same once put back": "back",
    }
    for title, name in rows.items():
        made.add_row(title, *(str(getattr(report, name)) for report in reports))
    made.add_row("ordinary sentences touched", *(str(report.ordinary) for report in reports))
    kinds = table("By kind, and what libraries find alone", "", *(report.language for report in reports))
    for kind in dict.fromkeys(kind for report in reports for kind in report.by_kind):
        kinds.add_row(kind, *(str(report.by_kind.get(kind, "")) for report in reports))
        for name in reports[0].libraries:
            if any(kind in report.libraries[name] for report in reports):
                kinds.add_row(f"  {name}", *(str(report.libraries[name].get(kind, "")) for report in reports))
    missed = table("Went wrong", "sentence")
    for report in reports:
        for text in report.misses[:errors]:
            missed.add_row(text)
    return [made, kinds, *([missed] if missed.row_count else [])]
