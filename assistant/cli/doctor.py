"""`hark doctor`: what does not work, and how to mend it."""

import argparse
import asyncio
import json
import tempfile
from collections.abc import AsyncIterator
from contextlib import ExitStack, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import IO

from rich.table import Table
from rich.text import Text

from assistant.app import App, open_app, worker_errors
from assistant.checkup import engines, house, machine, model, sound
from assistant.checkup.finding import Finding, State
from assistant.config import Config, Places, load_config
from assistant.errors import ConfigError
from assistant.faces.screen import screen
from assistant.faces.screen import show as draw
from assistant.session import with_options

LOOKS = {State.OK: ("✓", "green"), State.NOTE: ("·", "cyan"), State.WEAK: ("!", "yellow"), State.BROKEN: ("✗", "bold red")}


def run(args: argparse.Namespace) -> int:
    """Examine everything; status 1 when something needed is broken."""
    return asyncio.run(doctor(args))


async def doctor(args: argparse.Namespace) -> int:
    """Print each finding as soon as it is there."""
    console = screen()
    found: list[Finding] = []
    with console.status("looking around…") if console.is_terminal and not args.json else nullcontext() as status:
        async for doing, finding in examine(Places(), args):
            if finding:
                found.append(finding)
                print(json.dumps(record(finding), ensure_ascii=False), flush=True) if args.json else draw(line(finding), console)
            if status:
                status.update(doing)
    if not args.json:
        print(f"\n{summary(found)}")
    return 1 if any(finding.state is State.BROKEN for finding in found) else 0


async def examine(places: Places, args: argparse.Namespace) -> AsyncIterator[tuple[str, Finding | None]]:
    """Yield what was found together with what comes next; the machine first, then what takes seconds."""
    try:
        config = load_config(places.config_file)
    except ConfigError:
        config = Config()  # `settings` tells of it; everything else is looked at as if there were none
    for finding in (
        *machine.python(),
        *machine.settings(places),
        *machine.memory(places),
        *machine.disk(places),
        *machine.skills(places, config),
        *machine.extras(),
        *machine.network(config),
    ):
        yield "looking around…", finding
    with ExitStack() as stack:
        errors = stack.enter_context(worker_errors(places) or nullcontext())
        app = scratch_app(with_options(config, args), stack)
        yield "asking the house…", None
        yield "asking the language model…", await house.house(app)
        yield "trying the wake word…", await model.model(app)
        async for step in workers(app, errors, chime=args.play):
            yield step


async def workers(app: App, errors: IO[bytes] | None, *, chime: bool) -> AsyncIterator[tuple[str, Finding | None]]:
    """Yield what was found by trying engines and devices."""
    async for finding in engines.wake_words(app, errors):
        yield "trying the speech detection…", finding
    yield "trying the recogniser…", await engines.speech(app, errors)
    yield "trying the voice…", await engines.recogniser(app, errors)
    yield "looking for microphones and speakers…", await engines.voice(app, errors)
    listed = await sound.devices(errors)
    for finding in listed:
        yield "", finding
    able = {finding.about for finding in listed if finding.state is State.OK}
    if "microphones" in able:
        yield "measuring the microphone: say something…", None
        yield "trying the speaker…", await sound.microphone(app, errors)
    if "speakers" in able:
        yield "trying the speaker…", await sound.speaker(app, errors, chime=chime)


def scratch_app(config: Config, stack: ExitStack) -> App:
    """Return the text side over an empty memory: the user's own is only looked at, never opened for writing."""
    places = Places()
    places.store_file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "hark.db"
    app = open_app(places, config)
    stack.callback(app.close)
    return app


def line(finding: Finding) -> Table:
    """Return a finding as a row, its cure below it."""
    mark, style = LOOKS[finding.state]
    row = Table.grid(padding=(0, 1))
    row.add_column(width=1)
    row.add_column(width=17, no_wrap=True)
    row.add_column()
    row.add_row(Text(mark, style), Text(finding.about, "bold"), Text(finding.told))
    if finding.cure:
        row.add_row("", "", Text(f"→ {finding.cure}", "dim" if finding.state in {State.OK, State.NOTE} else style))
    return row


def record(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data."""
    return asdict(finding) | {"state": str(finding.state)}


def summary(found: list[Finding]) -> str:
    """Return the whole in a line."""
    worst = {state: [finding.about for finding in found if finding.state is state] for state in (State.BROKEN, State.WEAK)}
    if worst[State.BROKEN]:
        return f"Broken: {', '.join(worst[State.BROKEN])}. Without sound, `hark chat` types."
    if worst[State.WEAK]:
        return f"It works; it could be better: {', '.join(worst[State.WEAK])}."
    return "All is well."
