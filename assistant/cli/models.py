"""`hark models`: see, fetch, choose, check and delete models."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from functools import partial

from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from assistant.app import App, model_path, open_app
from assistant.cli.model_server import use_server
from assistant.errors import ModelTrouble
from assistant.faces.screen import show
from assistant.fitting import fetch, forget_server, hub_of, in_use, put_to_use
from assistant.settings import SettingsFile
from models.catalogue import Entry, catalogue, find
from models.download import Progress as Step
from models.errors import ModelError
from models.shelf import Shelf

KINDS = {"llm": "language models", "asr": "recognisers", "tts": "voices"}


def run(args: argparse.Namespace) -> int:
    """Carry out one of the commands about models."""
    app = open_app()
    try:
        return VERBS[args.verb](app, args)
    except ModelError as error:
        raise ModelTrouble(str(error)) from error
    except KeyboardInterrupt:
        raise KeyboardInterrupt("stopped; what has come is kept, and the same command goes on from there") from None
    finally:
        app.close()


def list_(app: App, args: argparse.Namespace) -> int:
    """Print every model there is."""
    kept, used = Shelf(app.places.models).kept(), in_use(app.config, app.places)
    if getattr(args, "json", False):
        for entry in catalogue().values():
            record = {"id": entry.id, "kind": entry.kind, "here": entry.id in kept, "used": entry.id in used, "megabytes": entry.megabytes}
            print(json.dumps(record | {"memory": entry.memory, "languages": entry.languages, "licence": entry.licence}, ensure_ascii=False))
        return 0
    for kind, title in KINDS.items():
        show(table([entry for entry in catalogue().values() if entry.kind == kind], title, set(kept), used))
    print("Fetch one with: hark models pull NAME --use. Or let Hark choose: hark setup.")
    return 0


def table(entries: Sequence[Entry], title: str, kept: set[str], used: set[str]) -> Table:
    """Return models as a table."""
    drawn = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for column in ("name", "", "MB", "memory", "languages", "licence", "for"):
        drawn.add_column(column, justify="right" if column in {"MB", "memory"} else "left", no_wrap=column != "for")
    for entry in entries:
        licence = entry.licence.partition(";")[0]
        mark = Text("in use", "green") if entry.id in used else Text("here", "cyan") if entry.id in kept else Text("")
        drawn.add_row(
            entry.id,
            mark,
            f"{entry.megabytes:,}",
            f"{entry.memory:,}",
            " ".join(entry.languages),
            licence,
            entry.good_for,
        )
    return drawn


def pull(app: App, args: argparse.Namespace) -> int:
    """Fetch models."""
    entries = [find(name) for name in args.ids]
    fetch_all(app, entries, args.mirror)
    for entry in entries:
        if args.use:
            print(put_to_use(entry, app.places))
        else:
            print(f"{entry.id} is here. Use it with: hark models use {entry.id}")
    return 0


def fetch_all(app: App, entries: Sequence[Entry], mirror: str) -> None:
    """Fetch models one after the other, with a bar for each. Raises ModelError or HarkError."""
    hub_of(mirror)  # told before any bar is drawn
    with bars() as progress:
        for entry in entries:
            bar = progress.add_task(entry.id, total=None, note="")
            tell = partial(draw, progress, bar)
            asyncio.run(fetch(app.around.egress, app.places, entry, mirror, tell))
            progress.update(bar, note="verified")


def bars() -> Progress:
    """Return the bars of downloads; on standard error, so that they never mix with results."""
    from rich.console import Console  # noqa: PLC0415 -- beside the bars, which are the only ones that need it

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}"),
        console=Console(file=sys.stderr),
    )


def draw(progress: Progress, bar: TaskID, step: Step) -> None:
    """Show how far a download is."""
    progress.update(bar, completed=step.done, total=step.of or None, note=step.note)


def use(app: App, args: argparse.Namespace) -> int:
    """Use a model from now on."""
    if "://" in args.id:
        use_server(app, args)
        return 0
    if args.name or args.key:
        raise ModelTrouble("--name and --key are for servers. Give the address of one, such as http://localhost:11434/v1.")
    if args.id == "none":
        forget_server(app.places)
        SettingsFile(app.places.config_file).put("llm.model", "")
        print("No language model is used. What the grammar and the classifier do not understand is not understood.")
        return 0
    if args.id in catalogue():
        print(put_to_use(find(args.id), app.places))
        return 0
    path = model_path(args.id if "/" in args.id or args.id.endswith(".gguf") else find(args.id).id, app.places)
    forget_server(app.places)
    SettingsFile(app.places.config_file).put("llm.model", str(path.absolute()))
    print(f"llm.model = {path.absolute()}")
    return 0


def remove(app: App, args: argparse.Namespace) -> int:
    """Delete models."""
    entries = [find(name) for name in args.ids]
    if taken := [entry.id for entry in entries if entry.id in in_use(app.config, app.places)]:
        raise ModelTrouble(f"{taken[0]} is in use. Choose another first, such as `hark models use none`.")
    for entry in entries:
        print(f"{entry.id}: {Shelf(app.places.models).remove(entry) / 1e6:,.0f} MB freed")
    return 0


def verify(app: App, args: argparse.Namespace) -> int:
    """Read models byte by byte."""
    shelf = Shelf(app.places.models)
    kept = shelf.kept()
    if not args.ids and not kept:
        print("No model is here. See: hark models list")
    failed = False
    for entry in map(find, args.ids or kept):
        with bars() as progress:
            total = sum(each.bytes for each in kept[entry.id].files.values()) if entry.id in kept else 0
            wrong = shelf.verify(entry, partial(progress.advance, progress.add_task(entry.id, total=total, note="")))
        failed |= bool(wrong)
        cure = f"Mend it with: hark models pull {entry.id}"
        print(f"{entry.id}: WRONG: {', '.join(wrong)}. {cure}" if wrong else f"{entry.id}: every byte is right")
    return 1 if failed else 0


VERBS = {"list": list_, "pull": pull, "use": use, "rm": remove, "verify": verify}
