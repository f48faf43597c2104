"""`hark calendar`: connect calendars on a server, see them, sync them, let them go."""

import argparse
import asyncio
import getpass
import shutil
import sys
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from assistant.app import App, open_app
from assistant.caldav.client import FAMILY, Client, Found
from assistant.caldav.connection import SECRET, SETTINGS, Calendars, connected_calendars, overruled
from assistant.caldav.mirror import Mirror, folder_of
from assistant.errors import ConfigError, HarkError, WebError
from assistant.keychain import Keychain
from assistant.settings import SettingsFile


class NotConnected(HarkError):
    """There is no account, or what was asked of it is not there."""


def run(args: argparse.Namespace) -> int:
    """Carry out one of the calendar commands."""
    app = open_app()
    try:
        return VERBS[args.verb](app, args)
    except WebError as error:
        raise NotConnected(str(error)) from error
    finally:
        app.close()


def connect(app: App, args: argparse.Namespace) -> int:
    """Try the account, and keep it with the chosen calendars when it works."""
    url = address(args.url)
    user = args.user or asked("User name: ", input)
    password = asked("Password, or app password where the provider has them: ", getpass.getpass)
    egress, allowed = app.around.egress, app.around.egress.is_allowed(FAMILY)
    egress.allow(FAMILY)  # who connects calendars means it; taken back when it comes to nothing
    try:
        found = asyncio.run(Client(egress, url, user, password).calendars())
        chosen = choice(found, args.calendar)
        root = app.places.data / FAMILY
        for each in chosen:
            asyncio.run(Mirror(Client(egress, url, user, password), folder_of(root, each.url), each.url, each.name).sync())
    except BaseException:
        if not allowed:
            egress.forbid(FAMILY)
        raise
    kept = Keychain(app.places.data).put(SECRET, password)
    file = SettingsFile(app.places.config_file)
    values = (url, user, [each.url for each in chosen], folder_of(root, chosen[0].url).name)
    for setting, value in zip(SETTINGS, values, strict=True):
        file.put(setting, value)
    print(f"Connected: {', '.join(each.name for each in chosen)}. New entries go to {chosen[0].name}. The password is in {kept}.")
    print("A Hark that is running now has to be started again. Then try:")
    print('  hark ask "what is in my calendar this week"')
    return 0


def status(app: App, _: argparse.Namespace) -> int:
    """Print the calendars that are kept here."""
    calendars = connected(app)
    print(f"{calendars.user} at {calendars.url}")
    for mirror in calendars.mirrors():
        state, waiting = mirror.state(), mirror.waiting()
        print(f"  {state.name or state.url}: {len(state.entries)} entries{f', {waiting} changes wait to be sent' if waiting else ''}")
    return 0


def sync(app: App, _: argparse.Namespace) -> int:
    """Send and get changes."""
    outcome = asyncio.run(connected(app).sync())
    print(f"{outcome.sent} sent, {outcome.received} received.")
    if outcome.overruled:
        print(overruled(outcome)[0])
    return 0


def forget(app: App, _: argparse.Namespace) -> int:
    """Let the account go: address, password, permission, and the files, which the server has."""
    calendars = connected_calendars(app.config.skill.get(FAMILY, {}), Keychain(app.places.data), app.around.egress, app.places.data)
    for mirror in calendars.mirrors() if calendars else ():
        if mirror.waiting():
            print(f"{mirror.folder} stays: changes in it were never sent.")
        else:
            shutil.rmtree(mirror.folder, ignore_errors=True)
    file = SettingsFile(app.places.config_file)
    for setting in filter(file.has, SETTINGS):
        file.drop(setting)
    Keychain(app.places.data).drop(SECRET)
    app.around.egress.forbid(FAMILY)
    print("The account is forgotten: its address, its password, what was kept of it here, and that Hark may talk to it.")
    return 0


VERBS: dict[str, Callable[[App, argparse.Namespace], int]] = {"connect": connect, "status": status, "sync": sync, "forget": forget}


def connected(app: App) -> Calendars:
    """Return the account. Raises NotConnected."""
    if app.calendars is None:
        raise NotConnected("No calendar server is connected. `hark calendar connect --help` tells how.")
    return app.calendars


def address(text: str) -> str:
    """Return an address, whole. Raises ConfigError for what is none, or has a password in it."""
    plain = text.strip() if "://" in text else f"https://{text.strip()}"
    try:
        parts = urlsplit(plain)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in plain and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        raise ConfigError(f"'{text}' is no web address. Give one like https://cloud.example.org/remote.php/dav.")
    if "@" in parts.netloc:
        raise ConfigError("Leave the user name and the password out of the address; they are asked for.")
    return plain


def asked(prompt: str, ask: Callable[[str], str]) -> str:
    """Return what is typed, or piped in, a line each. Raises ConfigError for nothing."""
    said = ask(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    if not said.strip():
        raise ConfigError("Without a user name and a password nothing was changed.")
    return said.strip()


def choice(found: Sequence[Found], names: Sequence[str] | None) -> list[Found]:
    """Return the calendars that are wanted, as named or picked. Raises NotConnected when there are none such."""
    if not found:
        raise NotConnected("The account has no calendar for events.")
    if not names and sys.stdin.isatty() and len(found) > 1:
        for number, each in enumerate(found, 1):
            print(f"  {number}  {each.name}")
        picked = input("Which? Numbers with spaces between, that for new entries first; Enter for all: ").split()
        names = [found[int(each) - 1].name if each.isdecimal() and 0 < int(each) <= len(found) else each for each in picked]
    by_name = {each.name.casefold(): each for each in reversed(found)}
    missing = [name for name in names or () if name.casefold() not in by_name]
    if missing:
        raise NotConnected(f"There is no calendar {', '.join(missing)}. There are: {', '.join(each.name for each in found)}.")
    return [by_name[name.casefold()] for name in names] if names else list(found)
