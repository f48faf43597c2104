"""`hark privacy prove`: a conversation traced, its internet sockets counted, and what that does not promise."""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from assistant.app import App, open_app
from assistant.config import Config, Places
from assistant.proof import NOT_PROMISED, Part, clip_tape, environment, heard, spoken_tapes, typed
from assistant.tracing import CannotTrace, control, isolates

NAMED = 20
"""Sockets named one by one."""


def run(args: argparse.Namespace) -> int:
    """Prove it: status 0 when no internet socket was opened, 1 when one was or a part did not run, 3 when nothing can be traced."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        isolated = isolates()
        if not control(environment(home), isolated=isolated):
            raise CannotTrace("The tracer does not see a socket that is there, so it proves nothing. Update strace.")
        where = "in a network namespace of its own" if isolated else "without a network namespace, which this system does not let us make"
        print(f"Traced with strace, {where}. A socket opened on purpose was seen.")
        app = open_app(Places(str(home)), Config())
        try:
            done = [told(part) for part in parts(app, args, Path(folder), isolated=isolated)]
        finally:
            app.close()
    sockets = [socket for part in done for socket in (*part.traced.sockets, *part.traced.uses)]
    count = sum(len(part.traced.sockets) for part in done)
    print(f"\nInternet sockets opened: {count}")
    for socket in sockets[:NAMED]:
        print(f"  {socket}")
    if hidden := sum(part.traced.hidden for part in done):
        print(f"But {hidden} io_uring instances were made, in which sockets can be opened unseen.")
    chinese = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").startswith("zh")
    print("\n这不能保证：" if chinese else "\nWhat this does not promise:")
    for en, zh in NOT_PROMISED:
        print(f"* {zh if chinese else en}")
    return 1 if count or hidden or any(not part.turns for part in done) else 0


def parts(app: App, args: argparse.Namespace, folder: Path, *, isolated: bool) -> Iterator[Part]:
    """Yield each part of the self-test as it is through. Raises CannotTrace, BenchError or WorkerError."""
    home = folder / "home"
    if args.clips:
        tape = folder / "clips.wav"
        clips = clip_tape(Path(args.clips), tape)
        yield heard(tape, [], f"heard, {clips} clips", home, isolated=isolated)
    for text, tape in asyncio.run(spoken_tapes(app, folder)).items():
        yield heard(tape, ["--no-wake"], f"heard, “{text}” in its own voice", home, isolated=isolated)
    yield typed(app, args.turns, home, isolated=isolated)


def told(part: Part) -> Part:
    """Print what became of a part, and return it."""
    opened = len(part.traced.sockets)
    print(f"{part.name}: {part.turns} turn{'s' * (part.turns != 1)}, {opened} internet sockets", flush=True)
    if not part.turns:
        print(f"  It did not run: {part.traced.trouble.strip()[-300:]}")
    return part
