"""`hark chat`: the conversation, typed."""

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Callable
from functools import partial
from typing import IO

from rich.text import Text

from assistant.app import App, open_app, speaker_engine, tts_engine, worker_errors
from assistant.cli.turns import line, run_turn
from assistant.config import Places, load_config
from assistant.errors import ConfigError, WorkerError
from assistant.faces.aloud import Aloud
from assistant.faces.chat import Chat
from assistant.faces.pipe import lines_of
from assistant.outfit import offer
from assistant.ports import LiveSound
from assistant.renewal import WorkerPart
from assistant.session import run_until_signalled, with_options
from assistant.vocabulary import Outcome
from assistant.worker import Worker


def run(args: argparse.Namespace) -> int:
    """Converse until the input ends or the user leaves; status 1 when a piped turn failed."""
    places = Places()
    app = open_app(places, with_options(load_config(places.config_file), args))
    try:
        if sys.stdin.isatty() and sys.stdout.isatty() and not args.json:
            return run_until_signalled(typed(app, speak=args.speak))
        return run_until_signalled(piped(app, json=args.json, speak=args.speak))
    finally:
        app.close()


async def typed(app: App, *, speak: bool) -> int:
    """Converse with somebody at a terminal."""
    from assistant.faces.prompt import Prompt  # noqa: PLC0415 -- a tenth of a second that only terminals need

    with contextlib.ExitStack() as stack:
        errors = stack.enter_context(worker_errors(app.places) or contextlib.nullcontext())

        async def use_voice(chat: Chat, on: bool) -> None:
            await chat.use_voice(await voice_of(app, chat.trouble, errors) if on else None)

        prompt = Prompt(app, use_voice)
        speaking = WorkerPart("voice", "声音", partial(tts_engine, app), lambda: getattr(prompt.chat.aloud, "mouth", None), errors)
        app.renewal.parts.append(speaking)
        for notice in app.notices:
            prompt.chat.trouble(notice)
        if offered := offer(app.store, app.config):
            prompt.show(Text(offered, "dim"))
        async with app.thinking():
            await prompt.run(speak=speak)
    return 0


async def piped(app: App, *, json: bool, speak: bool) -> int:
    """Answer one line after another, plainly; nobody is there to hear a timer, so none is taken from those who would."""
    failed = False
    for notice in app.notices:
        complain(notice)
    async with app.thinking(), asyncio.TaskGroup() as group:
        with contextlib.ExitStack() as stack:
            errors = stack.enter_context(worker_errors(app.places) or contextlib.nullcontext())
            aloud = await voice_of(app, complain, errors) if speak else None
            following = group.create_task(aloud.run()) if aloud else None
            try:
                async for text in lines_of(sys.stdin.fileno()):
                    if not text.strip():
                        continue
                    record = await run_turn(app, text.strip())
                    print(line(record) if json else record["say"], flush=True)
                    failed |= record["outcome"] == Outcome.FAILED
                    if aloud and record["say"]:
                        await aloud.say(record["say"], record["language"])
            finally:
                if aloud and following:
                    following.cancel()
                    await aloud.close()
    return 1 if failed else 0


async def voice_of(app: App, tell: Callable[[str], None], errors: IO[bytes] | None) -> Aloud | None:
    """Return a voice that is ready; None, after telling why, when there is none."""
    try:
        aloud = Aloud(LiveSound(speaker_engine(app), errors), Worker(tts_engine(app), errors=errors), tell)
    except ConfigError as error:
        tell(str(error))
        return None
    try:
        await aloud.start()
    except WorkerError as error:
        await aloud.close()
        tell(f"{error} Replies are only shown.")
        return None
    return aloud


def complain(problem: str) -> None:
    """Tell of trouble where it does not mix with the replies."""
    print(f"hark: {problem}", file=sys.stderr)
