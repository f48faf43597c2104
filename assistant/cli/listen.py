"""`hark listen`: the voice loop over a recording."""

import argparse
import asyncio
import contextlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec

from assistant.app import App, asr_engine, open_app, tape_engine, tts_engine, worker_errors
from assistant.config import Config, Places, load_config
from assistant.errors import HarkError, WorkerFault
from assistant.ports import TapeSound
from assistant.vocabulary import Event, Failed, Finished, Heard, Saying, Understood, Woke, event_record
from assistant.voice import Voice
from assistant.voice_loop import LoopSettings, VoiceLoop
from assistant.worker import Worker
from audio.endpoint import EndpointSettings


class BadRecording(HarkError):
    """The recording cannot be used."""

    status = 2


def run(args: argparse.Namespace) -> int:
    """Converse with a recording; status 2 when it is no recording, 1 when a stage failed."""
    places = Places()
    app = open_app(places, with_wake(load_config(places.config_file), args))
    try:
        return asyncio.run(listen(app, args))
    finally:
        app.close()


def with_wake(config: Config, args: argparse.Namespace) -> Config:
    """Return the configuration with the wake word of the command line."""
    wake = config.wake
    if args.wake_word:
        wake = msgspec.structs.replace(wake, words=(args.wake_word,))
    if args.no_wake:
        wake = msgspec.structs.replace(wake, needed=False)
    return msgspec.structs.replace(config, wake=wake)


def loop_settings(config: Config) -> LoopSettings:
    """Return the loop's patience from the configuration."""
    listen = config.listen
    endpoint = replace(
        EndpointSettings(), complete_s=listen.complete_s, extensible_s=listen.extensible_s, unknown_s=listen.unknown_s, cut_s=listen.cut_s
    )
    return LoopSettings(config.wake.needed, listen.wait_s, listen.follow_up_s, endpoint=endpoint)


async def listen(app: App, args: argparse.Namespace) -> int:
    """Feed the recording to the loop and show what comes of it."""
    failures = 0

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
        asr, tts = Worker(asr_engine(app), errors=errors), Worker(tts_engine(app), errors=errors)
        voice = Voice(VoiceLoop(loop_settings(app.config)), sound, asr, tts, app.brain, show, now=app.clock.now)
        app.around.face = voice
        try:
            try:
                await asyncio.gather(sound.worker.start(), asr.start(), tts.start())
            except WorkerFault as error:
                raise BadRecording(str(error)) from error
            await voice.run()
            if args.save:
                await sound.save(Path(args.save))
        finally:
            await asyncio.gather(sound.worker.close(), asr.close(), tts.close())
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
