"""`hark bench`: the figures that the design promises, measured on this machine."""

import argparse
import asyncio
import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from assistant.bench import exact, home, idle, startup, tables, understand, voice, voice_report
from assistant.bench.clips import COMMITTED, read_clips
from assistant.bench.machine import this_machine
from assistant.classifier import Lessons
from assistant.config import Config, Places, load_config
from assistant.plugins import load_families
from assistant.understanding import Understanding

Result = tuple[Any, list[Table]]
"""The figures as plain data, and as tables."""


def run(args: argparse.Namespace) -> int:
    """Measure one thing and print the figures with the machine they are of."""
    machine = this_machine()
    figures, made = BENCHES[args.what](args)
    if args.json:
        print(json.dumps({"bench": args.what, "machine": dataclasses.asdict(machine), **figures}, ensure_ascii=False))
        return 0
    console = Console(highlight=False)
    for one in made:
        one.caption, one.caption_justify = machine.line, "left"
        console.print(one)
    console.print(machine.parts)
    return 0


def bench_voice(args: argparse.Namespace) -> Result:
    """Converse with the clips."""
    clips = read_clips(Path(args.clips) if args.clips else COMMITTED, args.only or "")
    config = load_config(Places().config_file) if args.mine else Config()
    with progress("clips", len(clips)) as step:
        seen = asyncio.run(voice.observe_all(config, clips, fast=args.fast, tell=lambda _: step()))
    report = voice_report.report(seen, fast=args.fast)
    return dataclasses.asdict(report), tables.voice_tables(report)


def bench_understand(args: argparse.Namespace) -> Result:
    """Understand generated sentences, and those of data files if there are any."""
    now = datetime.now().astimezone()
    understanding = everything()
    speed = understand.measure_speed(understanding, now)
    given = [(Path(name), Path(args.map) if args.map else None) for name in args.files]
    routes = [understand.measure_routes(understanding, file, understand.read_rows(file, of, args.limit), now) for file, of in given]
    plain = [
        dataclasses.asdict(report) | {"misses": [dataclasses.asdict(miss) for miss in report.misses[: args.errors]]} for report in routes
    ]
    made = tables.speed_tables(speed) + (tables.route_tables(routes, args.errors) if routes else [])
    return dataclasses.asdict(speed) | {"routes": plain}, made


def everything() -> Understanding:
    """Return the understanding of all installed skills, the classifier among it."""
    families = load_families()
    return Understanding(families, Lessons(families))


def bench_exact(args: argparse.Namespace) -> Result:
    """Understand natural commands, action and slots."""
    reports = exact.measure_exact(everything(), [Path(name) for name in args.files])
    plain = [
        dataclasses.asdict(report) | {"misses": [dataclasses.asdict(miss) for miss in report.misses[: args.errors]]} for report in reports
    ]
    return {"languages": plain}, tables.exact_tables(reports, args.errors)


def bench_home(args: argparse.Namespace) -> Result:
    """Tell houses what to do."""
    file = Path(args.file)
    rows = home.read_rows(file)
    with progress("commands", len(rows)) as step:
        report = asyncio.run(home.measure(file.name, rows, step))
    return dataclasses.asdict(report), tables.home_tables(report)


def bench_startup(args: argparse.Namespace) -> Result:
    """Start processes."""
    what = startup.starts()
    with progress("starts", (args.runs + 1) * len(what)) as step:
        times = startup.measure(args.runs, what, step)
    return {"starts": {name: dataclasses.asdict(found) for name, found in times.items()}}, tables.start_tables(times)


def bench_idle(args: argparse.Namespace) -> Result:
    """Wait."""
    console = Console(stderr=True)
    with console.status(f"watching it wait for {args.seconds:g} s…"):
        report = idle.measure(args.seconds, live=args.live)
    return dataclasses.asdict(report) | {"total": dataclasses.asdict(report.total)}, tables.idle_tables(report)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show on standard error how far it is; give what is called after each. Seldom drawn: drawing takes time from what is measured."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=1, transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


BENCHES: dict[str, Callable[[argparse.Namespace], Result]] = {
    "voice": bench_voice,
    "understand": bench_understand,
    "exact": bench_exact,
    "home": bench_home,
    "startup": bench_startup,
    "idle": bench_idle,
}
"""What can be measured."""
