"""`hark talk`: the conversation by voice."""

import argparse
import asyncio
import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console

from assistant.app import App, live_engine, open_app, spoken_wakes, worker_errors
from assistant.cli.listen import print_line
from assistant.config import Places, load_config
from assistant.errors import HarkError, WorkerFault
from assistant.faces.countdown import countdowns
from assistant.faces.live import LiveView, Status
from assistant.outfit import offer
from assistant.ports import LiveSound
from assistant.session import run_until_signalled, voice_session, with_options
from assistant.timers import ring_when_due
from assistant.vocabulary import Event, Failed
from assistant.voice import Voice

DRAW_S = 0.1
"""Between two looks at the level while somebody is heard."""

IDLE_DRAW_S = 0.5
"""The same while nobody is."""


class NoSound(HarkError):
    """There is nothing to talk through."""


def run(args: argparse.Namespace) -> int:
    """Converse until Ctrl-C."""
    places = Places()
    app = open_app(places, with_options(load_config(places.config_file), args))
    try:
        return run_until_signalled(talk(app, push_to_talk=args.push_to_talk))
    finally:
        app.close()


async def talk(app: App, *, push_to_talk: bool) -> int:
    """Open the devices and converse."""
    console = Console(highlight=False)
    with contextlib.ExitStack() as stack:
        errors = worker_errors(app.places)
        if errors:
            stack.enter_context(errors)
        sound = LiveSound(live_engine(app), errors)
        view = LiveView(console, hint(app, push_to_talk=push_to_talk)) if console.is_terminal else None
        show: Callable[[Event], None] = view.show if view else print_line
        with console.status("getting ready…") if view else contextlib.nullcontext():
            try:
                await sound.worker.start()
            except WorkerFault as error:
                raise NoSound(f"{error} Until then, `hark chat` types.") from error
        async with voice_session(app, sound, show, errors) as voice:
            voice.on_notice = view.note if view else print_notice
            for notice in app.notices:
                show(Failed(0.0, "start", notice))
            if offered := offer(app.store, app.config):
                voice.on_notice(offered)
            with view or contextlib.nullcontext():
                await converse(app, voice, view, push_to_talk=push_to_talk)
    return 0


async def converse(app: App, voice: Voice, view: LiveView | None, *, push_to_talk: bool) -> None:
    """Talk, ring and draw at once."""
    with app.watch.keep(), keys(voice.press_key) if push_to_talk else contextlib.nullcontext():
        async with asyncio.TaskGroup() as group:
            group.create_task(voice.run())
            group.create_task(ring_when_due(app.timers, app.rings, app.clock, voice.ring))
            if view:
                group.create_task(draw(view, voice, app))


async def draw(view: LiveView, voice: Voice, app: App) -> None:
    """Keep the status line true."""
    while True:
        view.draw(
            Status(
                voice.state,
                voice.level,
                voice.microphone,
                voice.ringing,
                (*await countdowns(app), *filter(None, [app.outfit.status])),
                app.around.egress.leaving.hosts,
            )
        )
        await asyncio.sleep(IDLE_DRAW_S if voice.state == "idle" else DRAW_S)


def print_notice(text: str) -> None:
    """Print what is good to know."""
    print(text, flush=True)


def hint(app: App, *, push_to_talk: bool) -> str:
    """Return how to begin."""
    if push_to_talk:
        return "press the space bar and speak; Ctrl-C ends"
    if not app.config.wake.needed:
        return "just speak; Ctrl-C ends"
    names = " or ".join(f'"{phrase}"' for phrase in spoken_wakes(app.config))
    return f"say {names}; Ctrl-C ends"


@contextlib.contextmanager
def keys(press: Callable[[], None]) -> Iterator[None]:
    """Call `press` for every space typed; the terminal is as before when the block ends."""
    if not sys.stdin.isatty():
        raise NoSound("--push-to-talk needs a terminal to press the space bar in.")
    import termios  # noqa: PLC0415 -- not on Windows
    import tty  # noqa: PLC0415 -- not on Windows

    before = termios.tcgetattr(sys.stdin)
    loop = asyncio.get_running_loop()

    def typed() -> None:
        if " " in sys.stdin.read(1):
            press()

    tty.setcbreak(sys.stdin)
    loop.add_reader(sys.stdin, typed)
    try:
        yield
    finally:
        loop.remove_reader(sys.stdin)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
