"""`hark home`: connect the house, see what is in it, let it go."""

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.app import App, open_app
from assistant.errors import ConfigError, HarkError
from assistant.faces.screen import screen, show
from assistant.house.api import FAMILY, Api
from assistant.house.connected import ConnectedHouse
from assistant.house.connection import SECRET, SETTING, VARIABLE, address
from assistant.keychain import Keychain
from assistant.services import CannotDo
from assistant.settings import SettingsFile
from assistant.things import Thing

WHERE_TO_GET_ONE = """Hark needs a long-lived access token. In Home Assistant: click your name at the bottom left, then Security,
then Create token at the end of the page; copy it and paste it here (it is not shown)."""


class NotConnected(HarkError):
    """There is no house, or it did not let Hark in."""


def run(args: argparse.Namespace) -> int:
    """Carry out one of the home commands."""
    app = open_app()
    try:
        return VERBS[args.verb](app, args)
    except CannotDo as error:
        raise NotConnected(error.en) from error
    finally:
        app.close()


def connect(app: App, args: argparse.Namespace) -> int:
    """Try the address and the token, and keep them when they work."""
    url = address(args.url)
    token = given_token()
    egress, allowed = app.around.egress, app.around.egress.is_allowed(FAMILY)
    egress.allow(FAMILY)  # who connects a house means it; taken back when it comes to nothing
    try:
        about, things = asyncio.run(visited(ConnectedHouse(Api(egress, url, lambda: token), app.clock), url))
    except BaseException:
        if not allowed:
            egress.forbid(FAMILY)
        raise
    kept = Keychain(app.places.data).put(SECRET, token)
    SettingsFile(app.places.config_file).put(SETTING, url)
    rooms = {thing.area for thing in things if thing.area}
    print(f"Connected to {name_of(about)}: {len(things)} things in {len(rooms)} rooms. The token is in {kept}.")
    print("A Hark that is running now has to be started again. `hark home` shows what it knows; then try:")
    print(f"  {sample(things)}")
    return 0


def status(app: App, args: argparse.Namespace) -> int:
    """Print what is in the house, by room."""
    house = app.around.house
    if not isinstance(house, ConnectedHouse):
        raise NotConnected("No house is connected. To connect Home Assistant: `hark home connect`; `hark home connect --help` tells more.")
    about, things = asyncio.run(visited(house, house.api.url))
    if args.json:
        for thing in things:
            print(json.dumps(record(thing), ensure_ascii=False))
        return 0
    show(table_of(things, f"{name_of(about)} at {house.api.url}"))
    return 0


def forget(app: App, _: argparse.Namespace) -> int:
    """Let the house go: address, token and permission."""
    file = SettingsFile(app.places.config_file)
    if file.has(SETTING):
        file.drop(SETTING)
    Keychain(app.places.data).drop(SECRET)
    app.around.egress.forbid(FAMILY)
    print("The house is forgotten: its address, its token, and that Hark may talk to it.")
    print("Home Assistant still knows the token; delete it there, where it was made.")
    return 0


VERBS: dict[str, Callable[[App, argparse.Namespace], int]] = {"connect": connect, "status": status, "forget": forget}


async def visited(house: ConnectedHouse, url: str) -> tuple[dict[str, Any], list[Thing]]:
    """Return what a house says of itself, and what is in it."""
    console = screen()
    if not console.is_terminal:
        return await house.api.about(), await house.things()
    with console.status(f"asking {url}…"):
        return await house.api.about(), await house.things()


def given_token() -> str:
    """Return the token that is typed, or piped in. Raises ConfigError when it cannot be one."""
    if sys.stdin.isatty():
        print(WHERE_TO_GET_ONE, file=sys.stderr)
        token = getpass.getpass("Token: ").strip()
    else:
        token = sys.stdin.readline().strip()
    if not token or not token.isascii() or " " in token:
        raise ConfigError(f"That is no access token; nothing was changed. For a single session, {VARIABLE} in the environment also works.")
    return token


def name_of(about: dict[str, Any]) -> str:
    """Return a house's name and what runs it."""
    return f"{about.get('location_name') or 'the house'} (Home Assistant {about.get('version', '?')})"


def sample(things: Sequence[Thing]) -> str:
    """Return a command line that would do something in this house."""
    light = next((thing for thing in things if thing.domain == "light" and thing.state != "unavailable"), None)
    return f'hark ask "turn on {light.name}"' if light else 'hark ask "is anything open?"'


def record(thing: Thing) -> dict[str, Any]:
    """Return a thing as plain data."""
    return {
        "id": thing.id,
        "names": thing.names,
        "areas": thing.areas,
        "floors": thing.floors,
        "level": thing.level,
        "state": thing.state,
        "attributes": thing.attributes,
    }


def table_of(things: Sequence[Thing], caption: str) -> Table:
    """Return the things of a house, those of a room together."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), caption=f"{len(things)} things; {caption}", caption_justify="left")
    for column in ("room", "thing", "is", "also called", "id"):
        table.add_column(column)
    before = None
    for thing in sorted(things, key=lambda one: (not one.area, one.area.casefold(), one.name.casefold())):
        room = " · ".join(filter(None, [thing.area or "-", *thing.floors[:1]])) if thing.area != before else ""
        before = thing.area
        table.add_row(Text(room, "bold"), thing.name, thing.state, Text(", ".join(thing.names[1:]), "dim"), Text(thing.id, "dim"))
    return table
