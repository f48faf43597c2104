"""`hark bench asr`: puts together which recogniser hears what."""

import argparse
import asyncio
import dataclasses
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from rich.table import Table

from assistant.app import App, asr_engine, model_path, plain_whisper_engine, speech_engine
from assistant.bench import asr, asr_tables
from assistant.bench.clips import COMMITTED
from assistant.bench.errors import BenchError
from assistant.bench.sandbox import fresh_app
from assistant.bench.transcripts import Spoken, read_spoken
from assistant.config import AsrConfig, Config, Places, load_config
from assistant.worker import Engine
from audio.errors import AudioError
from models.errors import ModelError

MOST = 12
"""Recordings that speed is measured on: a random model of a large size takes seconds for each."""

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]


def run(args: argparse.Namespace, progress: Progress) -> tuple[Any, list[Table]]:
    """Measure what the command line asks for. Raises BenchError, ConfigError."""
    spoken = read_spoken(Path(args.clips).expanduser() if args.clips else COMMITTED)
    config = load_config(Places().config_file)
    settings = asr_settings(config.asr, args)
    with fresh_app(msgspec.structs.replace(config, asr=settings)) as app:
        try:
            return speed(app, settings, args, spoken, progress) if args.true_shape else accuracy(app, settings, args, spoken, progress)
        except AudioError as error:
            raise BenchError(str(error)) from error


def asr_settings(mine: AsrConfig, args: argparse.Namespace) -> AsrConfig:
    """Return the user's settings with what the command line says."""
    engine = args.engine or ("whisper" if args.model or args.true_shape else mine.engine)
    threads = mine.threads if args.threads is None else args.threads
    return msgspec.structs.replace(mine, engine=engine, model=args.model or mine.model, threads=threads)


def accuracy(app: App, settings: AsrConfig, args: argparse.Namespace, spoken: list[Spoken], progress: Progress) -> tuple[Any, list[Table]]:
    """Measure how right it is, and how quick."""
    engine = asr_engine(app, Config(asr=located(settings)))
    whisper = settings.engine == "whisper"
    engines: dict[str, Engine] = asr.windows(engine, window_lengths(settings, args), names(args)) if whisper else {settings.engine: engine}
    with progress("recordings", len(engines) * len(spoken)) as step:
        now = datetime.now().astimezone()
        reports = asyncio.run(asr.measure(engines, speech_engine(), spoken, app.understanding, now, step))
    plain = [dataclasses.asdict(one) | {"slips": [dataclasses.asdict(slip) for slip in one.slips[: args.errors]]} for one in reports]
    return {"model": settings.model, "recordings": len(spoken), "recognisers": plain}, asr_tables.accuracy_tables(reports, args.errors)


def located(settings: AsrConfig) -> AsrConfig:
    """Return settings with the folder of the user's model, whose memory is otherwise left alone; one that is not there stays as it is."""
    if not settings.model:
        return settings
    folder = Path(settings.model).expanduser()
    try:
        path = folder.absolute() if folder.is_dir() else model_path(settings.model, Places())
    except ModelError:
        return settings
    return msgspec.structs.replace(settings, model=str(path))


def window_lengths(settings: AsrConfig, args: argparse.Namespace) -> list[float]:
    """Return the windows to compare, the longest first: Whisper's own beside those that are asked for."""
    return sorted({30.0, *(args.window or [settings.window_s])}, reverse=True)


def names(args: argparse.Namespace) -> list[str]:
    """Return the names to expect."""
    return [name for part in args.hotwords.split(",") if (name := part.strip())]


def speed(app: App, settings: AsrConfig, args: argparse.Namespace, spoken: list[Spoken], progress: Progress) -> tuple[Any, list[Table]]:
    """Measure how quick a real size is, on random weights made on the spot."""
    chosen = [one for one in spoken if one.text and one.language == "en"][:MOST]
    if not chosen:
        raise BenchError("Speed is measured on English recordings, and there is none among these.")
    with TemporaryDirectory(prefix="hark-whisper-") as folder:
        make(args.true_shape, folder)
        own = msgspec.structs.replace(settings, engine="whisper", model=folder)
        engines: dict[str, Engine] = asr.windows(asr_engine(app, Config(asr=own)), window_lengths(settings, args))
        with progress("recordings", (len(asr.ASKED) + len(engines)) * len(chosen)) as step:
            plain = plain_whisper_engine(Path(folder), settings.threads)
            report = asyncio.run(asr.measure_speed(args.true_shape, plain, engines, speech_engine(), chosen, step))
    return dataclasses.asdict(report) | {"times": report.times, "recordings": len(chosen)}, asr_tables.speed_tables(report)


def make(size: str, folder: str) -> None:
    """Make a model in a process of its own, which takes its gigabytes along when it ends. Raises BenchError."""
    made = subprocess.run(
        [sys.executable, "-m", "models.recipes.whisper", "--true-shape", size, folder], capture_output=True, text=True, check=False
    )
    if made.returncode:
        last = made.stderr.strip().splitlines()[-1:] or ["no reason given"]
        raise BenchError(f"A Whisper of random weights in the size {size} could not be made: {last[0]}")
