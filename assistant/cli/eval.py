"""`hark eval`: whether a language model is good enough, and what is understood without one."""

import argparse
import asyncio
import dataclasses
import json
import sys
from pathlib import Path

import msgspec
from rich.console import Console

from assistant.app import App
from assistant.bench.evaluation import MovedClock, Seen, evaluate, sandbox
from assistant.bench.evaluation_report import EvalReport, eval_tables, report_of
from assistant.bench.machine import this_machine
from assistant.bench.natural import own_files, read_sets, spread_out
from assistant.cli.model_server import chosen
from assistant.cli.progress import progress
from assistant.clock import SystemClock
from assistant.config import Config, LlmConfig, Places, load_config
from assistant.egress import Egress
from assistant.errors import ModelTrouble
from assistant.keychain import Keychain
from assistant.reasoning.choice import key_of
from assistant.reasoning.served import found_at
from assistant.store import Store


def run(args: argparse.Namespace) -> int:
    """Say natural sentences and print what came of them; 130 when it was stopped, with what was done by then."""
    places = Places()
    config = with_model(load_config(places.config_file), args, places)
    clock = MovedClock()
    with sandbox(clock, config, places) as app:
        report, stopped = measured(app, clock, config.llm.model if app.brain.thinker else "", args)
    machine = this_machine()
    if args.json:
        figures = dataclasses.asdict(report) | {"stopped": stopped, "machine": dataclasses.asdict(machine)}
        print(json.dumps(figures, ensure_ascii=False, default=str))
        return 130 if stopped else 0
    console = Console(highlight=False)
    for table in eval_tables(report):
        console.print(table)
    console.print(machine.line)
    return 130 if stopped else 0


def measured(app: App, clock: MovedClock, model: str, args: argparse.Namespace) -> tuple[EvalReport, bool]:
    """Say the sentences; return what was found, and whether somebody stopped it."""
    files = [Path(name) for name in args.set] or own_files()
    rows, bad = read_sets(files, app.understanding.actions)
    for line in bad:
        print(f"hark: {line}. It is left out.", file=sys.stderr)
    chosen_rows, seen, stopped = list(spread_out(rows, args.limit)), list[Seen](), False
    with progress("sentences", len(chosen_rows)) as step:

        def tell(one: Seen) -> None:
            seen.append(one)
            step()

        try:
            asyncio.run(evaluate(app, clock, chosen_rows, tell))
        except KeyboardInterrupt:
            stopped = True
    return report_of(seen, model, len(chosen_rows), bad, args.errors), stopped


def with_model(config: Config, args: argparse.Namespace, places: Places) -> Config:
    """Return the settings with the model that is asked for. Raises HarkError when a server does not have it."""
    name: str | None = args.model
    if args.name and "://" not in (name or ""):
        raise ModelTrouble("--name is for servers. Give the address of one with --model, such as http://localhost:11434/v1.")
    if name is None:
        return config
    if name == "none":
        llm = LlmConfig()
    elif "://" in name:
        store = Store(places.store_file)
        try:
            egress = Egress(store, SystemClock(), config.privacy, config.budget)
            address, models = asyncio.run(found_at(egress, name, key_of(Keychain(places.data))))
        finally:
            store.close()
        llm = msgspec.structs.replace(config.llm, url=address.url, model=chosen(address, models, args.name))
    else:
        llm = msgspec.structs.replace(config.llm, url="", model=name)
    return msgspec.structs.replace(config, llm=llm)
