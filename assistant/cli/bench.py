"""`hark bench`: the figures that the design promises, measured on this machine."""

import argparse
import asyncio
import dataclasses
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.app import model_path, trial_engine
from assistant.bench import (
    exact,
    few,
    fuzz,
    hassil,
    home,
    homes,
    idle,
    llm,
    llm_files,
    llm_prompts,
    pauses,
    redaction,
    scorecard,
    startup,
    tables,
    understand,
    voice,
    voice_report,
    wake,
)
from assistant.bench.clips import COMMITTED, read_clips
from assistant.bench.llm_report import llm_tables
from assistant.bench.machine import this_machine
from assistant.classifier import Lessons
from assistant.classifier.shelf import built_in_phrases
from assistant.cli import bench_asr as recognition
from assistant.cli.progress import progress
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
    if args.pauses:
        clips = pauses.paused(clips, everything(), datetime.now().astimezone())
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


def bench_few(args: argparse.Namespace) -> Result:
    """Learn from a few sentences of each intent."""
    file, test = Path(args.file), Path(args.test) if args.test else None
    with progress("repeats", len(args.shots) * args.repeats) as step:
        report = few.measure(file, test, args.shots, args.repeats, args.seed, step)
    return dataclasses.asdict(report), tables.few_tables(report)


def bench_llm(args: argparse.Namespace) -> Result:
    """Time the language model's runtime."""
    tools = dict(list(everything().actions.items())[: llm_prompts.TOOLS])
    pace = llm.Pace(args.rounds, args.kills, args.turns, args.threads)
    sizes = ["0.5B", "1.5B"] if args.size == "both" else [args.size.upper()]
    if args.model:
        files = {args.model: model_path(args.model, Places())}
    else:
        with Console(stderr=True).status("making model files…"):
            files = {size: llm_files.true_shape(size, Path(args.folder) if args.folder else None) for size in sizes}
    with progress("measured", llm.STEPS * len(files)) as step:
        reports = [asyncio.run(llm.measure(size, file, tools, pace, step)) for size, file in files.items()]
    return {"models": [dataclasses.asdict(report) for report in reports]}, llm_tables(reports)


def bench_home(args: argparse.Namespace) -> Result:
    """Tell houses what to do."""
    file = Path(args.file)
    rows = scorecard.read(file)
    with progress("commands", len(rows)) as step:
        if rows and "expect_changes" not in rows[0] and "intent" in rows[0]:
            patterns = scorecard.patterns_of(file, Path(args.map) if args.map else None)
            found = asyncio.run(homes.measure(file.name, rows, patterns, step))
            return dataclasses.asdict(found), tables.homes_tables(found, args.errors)
        report = asyncio.run(home.measure(file.name, rows, step))
    return dataclasses.asdict(report), tables.home_tables(report)


def bench_table(args: argparse.Namespace) -> Result:
    """Measure all that a folder of data files has."""
    folder = Path(args.folder)
    with progress("measured", scorecard.steps(folder)) as step:
        lines = asyncio.run(scorecard.card(everything(), folder, datetime.now().astimezone(), step))
    return {"lines": [dataclasses.asdict(line) for line in lines]}, tables.card_tables(lines)


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


def bench_wake(args: argparse.Namespace) -> Result:
    """Say the wake word in noise, and much else aloud."""
    clips = read_clips(Path(args.clips) if args.clips else COMMITTED)
    texts = [phrase.text for language in ("en", "zh") for phrase in built_in_phrases(language)][::7]
    engine = trial_engine(args.word, args.threshold)
    with progress("heard", wake.steps_of(clips, args.minutes)) as step:
        report = asyncio.run(wake.measure(engine, clips, texts, args.minutes, step, args.threshold))
    return dataclasses.asdict(report), tables.wake_tables(report)


def bench_asr(args: argparse.Namespace) -> Result:
    """Hear recordings."""
    return recognition.run(args, progress)


def bench_fuzz(args: argparse.Namespace) -> Result:
    """Try bad input."""
    with progress("inputs", args.inputs) as step:
        report = fuzz.measure(everything(), args.inputs, args.seed, step)
    return dataclasses.asdict(report), tables.fuzz_tables(report)


def bench_hassil(args: argparse.Namespace) -> Result:
    """Read the same sentences with two grammars."""
    with Console(stderr=True).status("reading the same sentences with both…"):
        found = hassil.compare(Understanding(load_families()), args.each, datetime.now().astimezone())
    return {"languages": [dataclasses.asdict(one) for one in found]}, tables.hassil_tables(found)


def bench_redaction(args: argparse.Namespace) -> Result:
    """Look for planted secrets."""
    ordinary = {language: redaction.ordinary_sentences(language) for language in ("en", "zh")}
    reports = [redaction.measure(language, args.secrets, texts) for language, texts in ordinary.items()]
    plain = [dataclasses.asdict(report) | {"misses": list(report.misses[: args.errors])} for report in reports]
    return {"languages": plain}, tables.redaction_tables(reports, args.errors)


BENCHES: dict[str, Callable[[argparse.Namespace], Result]] = {
    "voice": bench_voice,
    "understand": bench_understand,
    "exact": bench_exact,
    "few": bench_few,
    "llm": bench_llm,
    "home": bench_home,
    "startup": bench_startup,
    "idle": bench_idle,
    "wake": bench_wake,
    "asr": bench_asr,
    "fuzz": bench_fuzz,
    "hassil": bench_hassil,
    "redaction": bench_redaction,
    "table": bench_table,
}
"""What can be measured."""
