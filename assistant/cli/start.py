"""Plain `hark`: talk if there is a microphone, type if there is none."""

import argparse
import asyncio
import sys

from assistant.app import devices_engine, worker_errors
from assistant.cli import chat
from assistant.cli.parser import command_parser
from assistant.config import Places, load_config
from assistant.errors import WorkerError
from assistant.worker import Worker

LOOK_S = 6.0
"""For finding the microphone; a sound server that is wedged is told of by then."""


def run(_: argparse.Namespace) -> int:
    """Choose the face, and say why when it is not the voice."""
    if sys.stdin.isatty():
        why = asyncio.run(no_microphone(Places()))
        if not why:
            from assistant.cli import talk  # noqa: PLC0415 -- those who type need not load what hears

            try:
                return talk.run(command_parser().parse_args(["talk"]))
            except talk.NoSound as error:
                why = str(error)
        print(f"hark: {why} So here you type.", file=sys.stderr)
    return chat.run(command_parser().parse_args(["chat"]))


async def no_microphone(places: Places) -> str:
    """Return why there is no microphone to talk into, and what would help; nothing when there is one. Raises ConfigError."""
    name = load_config(places.config_file).audio.microphone
    errors = worker_errors(places)
    worker = Worker(devices_engine(), errors=errors)
    try:
        await worker.call("find", name or None, "input", deadline_s=LOOK_S)
    except WorkerError as error:
        return str(error)
    finally:
        await worker.close()
        if errors:
            errors.close()
    return ""
