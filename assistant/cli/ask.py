"""`hark ask`: one turn."""

import argparse
import asyncio
import sys
from typing import Any

from assistant.app import App, open_app
from assistant.cli.turns import line, run_turn, status_of
from assistant.cli.understand import BadInput


def run(args: argparse.Namespace) -> int:
    """Answer one question. Raises BadInput when there is none."""
    text = " ".join(args.text).strip()
    if not text:
        raise BadInput("There is nothing to answer. Try: hark ask what time is it")
    app = open_app()
    app.music.outlives = True  # Hark ends with the reply; `hark ask stop` ends the music
    try:
        for notice in app.notices:
            print(f"hark: {notice}", file=sys.stderr)
        record = asyncio.run(answered(app, text))
    finally:
        app.close()
    print(line(record) if args.json else record["say"])
    return status_of(record)


async def answered(app: App, text: str) -> dict[str, Any]:
    """Return the turn of one question; a language model is only loaded when it takes one."""
    async with app.thinking(ahead=False, stays=False):
        return await run_turn(app, text)
