"""`hark listen`: the voice loop over a recording."""

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
from assistant.vocabulary import Event, Failed, Finished, Heard, Saying, Understood, Woke, event_record
from assistant.worker import Worker


class BadRecording(HarkError):
    """The recording cannot be used."""

    status = 2


def run(args: argparse.Namespace) -> int:
    """Converse with a recording; status 2 when it is no recording, 1 when a stage failed."""
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
        failures += isinstance(event, Failed)
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
            if warning := await unattended.warning():
                print(f"hark: {warning}", file=sys.stderr)
            if args.save:
                await sound.save(Path(args.save))
    return 1 if failures else 0


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
        case Failed():
            print(f"hark: {event.stage}: {event.error}", file=sys.stderr)
        case Finished():
            print(f"{event.at_s:7.2f}  done")
    sys.stdout.flush()
