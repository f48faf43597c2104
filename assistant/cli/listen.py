"""`hark listen`: the voice loop over a recording; what is said in it is done."""

import argparse
import contextlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

from assistant.app import App, open_app, tape_engine, worker_errors
from assistant.config import Places, load_config
from assistant.errors import HarkError, WorkerFault
from assistant.ports import TapeSound
from assistant.session import run_until_signalled, voice_session, with_options
from assistant.unattended import Unattended
from assistant.vocabulary import Event, Failed, Finished, Heard, Leaves, Outcome, Saying, Turn, Understood, Woke, event_record
from assistant.worker import Worker


class BadRecording(HarkError):
    """The recording cannot be used."""

    status = 2


class BadTarget(HarkError):
    """What would be played cannot be written where the user wants it."""

    status = 2


def run(args: argparse.Namespace) -> int:
    """Converse with a recording; status 2 when it is no recording or nothing can be saved, 1 when something failed."""
    if args.save:
        check_target(Path(args.save))
    places = Places()
    app = open_app(places, with_options(load_config(places.config_file), args))
    try:
        return run_until_signalled(listen(app, args))
    finally:
        app.close()


async def listen(app: App, args: argparse.Namespace) -> int:
    """Feed the recording to the loop and show what comes of it."""
    failures = 0
    for notice in app.notices:
        print(f"hark: {notice}", file=sys.stderr)

    def show(event: Event) -> None:
        nonlocal failures
        failures += isinstance(event, Failed) or (isinstance(event, Finished) and has_failed(event.turn))
        printer(event)

    printer: Callable[[Event], None] = print_json if args.json else print_line
    with contextlib.ExitStack() as stack:
        errors = worker_errors(app.places)
        if errors:
            stack.enter_context(errors)
        sound = TapeSound(Worker(tape_engine(app, Path(args.file)), errors=errors), fast=args.fast)
        try:
            await sound.worker.start()
        except WorkerFault as error:
            raise BadRecording(str(error)) from error
        unattended = await Unattended.after(app)
        async with voice_session(app, sound, show, errors) as voice:
            await voice.run()
            if await unattended.warning():
                print("hark: no Hark is running to ring what was set. Start one with `hark`.", file=sys.stderr)
            if args.save:
                await sound.save(Path(args.save))
    return 1 if failures else 0


def check_target(path: Path) -> None:
    """Raise BadTarget when a file cannot be written; before anything is done for it."""
    was_there = path.exists()
    try:
        with path.open("ab"):
            pass
        if not was_there:
            path.unlink()
    except OSError as error:
        raise BadTarget(
            f"Cannot write {path}: {error.strerror}. Nothing was done; give --save a file in a folder you can write."
        ) from error


def has_failed(turn: Turn | None) -> bool:
    """Tell whether a request of a turn failed."""
    return turn is not None and Outcome.FAILED in {turn.outcome, *turn.outcomes}


def print_json(event: Event) -> None:
    """Print an event as one JSON line."""
    print(json.dumps(event_record(event), ensure_ascii=False), flush=True)


def print_line(event: Event) -> None:
    """Print what a person wants to know of an event."""
    match event:
        case Woke():
            print(f"{event.at_s:7.2f}  woke ({event.name}, {event.score:.2f})")
        case Heard():
            print(f"{event.at_s:7.2f}  heard: {event.text}")
        case Understood():
            print(f"{event.at_s:7.2f}  understood: {event.action or 'nothing'} {event.slots or ''}".rstrip())
        case Saying():
            print(f"{event.at_s:7.2f}  {event.text}")
        case Leaves():
            print(f"{event.at_s:7.2f}  goes to {event.host} ({event.purpose})")
        case Failed():
            print(f"hark: {event.stage}: {event.error}", file=sys.stderr)
        case Finished(turn=Turn() as turn):
            outcome = Outcome.FAILED if has_failed(turn) else turn.outcome
            print(f"{event.at_s:7.2f}  {'not understood' if outcome is Outcome.UNKNOWN else outcome}")
        case Finished():
            print(f"{event.at_s:7.2f}  nothing was said")
    sys.stdout.flush()
