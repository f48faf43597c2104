"""Start everything that a conversation over a recording needs, print one line, and end; `hark bench startup` times it."""

import asyncio
import contextlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.app import open_app, tape_engine, worker_errors
from assistant.bench.room import write_room
from assistant.config import Config
from assistant.ports import TapeSound
from assistant.session import voice_session
from assistant.vocabulary import Event
from assistant.worker import Worker


async def ready(recording: Path) -> None:
    """Do what `hark listen` does before it listens."""
    app = open_app(config=Config())
    with contextlib.closing(app), contextlib.ExitStack() as stack:
        errors = worker_errors(app.places)
        if errors:
            stack.enter_context(errors)
        sound = TapeSound(Worker(tape_engine(app, recording), errors=errors))
        async with voice_session(app, sound, ignore, errors):
            sys.stdout.write("ready\n")
            sys.stdout.flush()


def ignore(_: Event) -> None:
    """Show nothing."""


if __name__ == "__main__":
    with TemporaryDirectory(prefix="hark-bench-") as folder:
        room = Path(folder) / "room.wav"
        write_room(room, seconds=1.0)
        asyncio.run(ready(room))
