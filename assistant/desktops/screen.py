"""The screen of a free desktop: how it is locked, and how a picture is taken of it."""

import asyncio
import contextlib
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from assistant.bus import Bus, session_bus
from assistant.desktops.commands import output_of, succeeds
from assistant.desktops.pictures import is_written
from assistant.errors import BusError
from assistant.services import CannotDo

LOCKS = (
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
)
"""Who locks a screen, as names and paths on the session bus."""

LOCKERS = {
    "wayland": (("swaylock", "-f"), ("xdg-screensaver", "lock")),
    "x11": (("xscreensaver-command", "-lock"), ("light-locker-command", "-l"), ("i3lock",), ("xdg-screensaver", "lock")),
}
"""Commands that lock a screen, by the kind of session."""

LOCKED_S = 2.0
"""Seconds until the session says that it is locked; GNOME takes half of one."""

LOOK_S = 0.1
"""Seconds between two looks."""

CAMERAS = {
    "wayland": (("grim", "{}"), ("spectacle", "-b", "-n", "-o", "{}"), ("gnome-screenshot", "-f", "{}")),
    "x11": (
        ("gnome-screenshot", "-f", "{}"),
        ("spectacle", "-b", "-n", "-o", "{}"),
        ("xfce4-screenshooter", "-f", "-s", "{}"),
        ("scrot", "{}"),
        ("maim", "{}"),
        ("import", "-window", "root", "{}"),
    ),
}
"""Commands that write a picture of the screen, by the kind of session."""

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
PORTAL_S = 6.0
"""Seconds; the first time the desktop asks the user whether Hark may."""


def session_of(environment: Mapping[str, str]) -> str:
    """Return the kind of session: "wayland" or "x11". Raises CannotDo where there is none."""
    if environment.get("WAYLAND_DISPLAY"):
        return "wayland"
    if environment.get("DISPLAY"):
        return "x11"
    raise CannotDo(en="There is no screen here: I'm not running in a graphical session.", zh="这里没有屏幕：我不在图形界面里运行。")


async def lock(environment: Mapping[str, str]) -> None:
    """Lock the screen. Raises CannotDo when nobody here does that."""
    session = session_of(environment)
    if await lock_over_bus(environment):
        return
    for words in LOCKERS[session]:
        if await succeeds(words, environment):
            return
    if await lock_session(environment):
        return
    raise CannotDo(
        en="I found nothing that locks this screen. Install a locker, such as swaylock or xscreensaver.",
        zh="没找到能锁屏的程序，请安装一个，例如 swaylock 或 xscreensaver。",
    )


async def lock_over_bus(environment: Mapping[str, str]) -> bool:
    """Have the desktop's screen saver lock; tell whether one did."""
    with contextlib.suppress(BusError):
        async with session_bus(environment) as bus:
            there = await bus.names()
            for name, path in LOCKS:
                if name in there:
                    with contextlib.suppress(BusError):
                        await bus.call(name, path, name, "Lock")
                        return True
    return False


async def lock_session(environment: Mapping[str, str]) -> bool:
    """Have systemd lock the session; tell whether it says that it is locked, since it does so even where nobody listens."""
    number = environment.get("XDG_SESSION_ID", "")
    if not await succeeds(["loginctl", "lock-session", *filter(None, [number])], environment):
        return False
    ask = ["loginctl", "show-session", number or "auto", "-p", "LockedHint"]
    for _ in range(round(LOCKED_S / LOOK_S)):
        if await output_of(ask, environment) == "LockedHint=yes":
            return True
        await asyncio.sleep(LOOK_S)
    return False


async def photograph(path: Path, environment: Mapping[str, str]) -> None:
    """Write a picture of the screen. Raises CannotDo naming what would do that."""
    session = session_of(environment)
    for words in CAMERAS[session]:
        if await succeeds([word.format(path) for word in words], environment) and is_written(path):
            return
    with contextlib.suppress(BusError):
        async with session_bus(environment) as bus:
            taken = await ask_portal(bus)
            await asyncio.to_thread(shutil.move, taken, path)
            return
    package = "grim or gnome-screenshot" if session == "wayland" else "gnome-screenshot or scrot"
    raise CannotDo(
        en=f"I found nothing that takes pictures of this screen. Install the package {package}.",
        zh=f"没找到截图程序，请安装软件包 {package.replace(' or ', ' 或 ')}。",
    )


async def ask_portal(bus: Bus) -> Path:
    """Have the desktop take the picture, which may ask the user, and return where it lies. Raises BusError or CannotDo."""
    token = f"hark{secrets.token_hex(4)}"
    answered: asyncio.Future[list[Any]] = asyncio.get_running_loop().create_future()
    handle = f"{PORTAL_PATH}/request/{bus.own_name.removeprefix(':').replace('.', '_')}/{token}"

    def hear(path: str, body: list[Any]) -> None:
        if path == handle and not answered.done():
            answered.set_result(body)

    bus.watch("Response", hear)
    await bus.listen(handle)
    options = bus.variants(handle_token=token, interactive=False)
    await bus.call(PORTAL, PORTAL_PATH, "org.freedesktop.portal.Screenshot", "Screenshot", "sa{sv}", "", options)
    try:
        async with asyncio.timeout(PORTAL_S):
            code, results = await answered
    except TimeoutError as error:
        raise CannotDo(
            en="The desktop is asking you whether I may take pictures of the screen. Allow it, then ask me again.",
            zh="桌面在问你是否允许截屏，请允许后再说一次。",
        ) from error
    if code != 0 or "uri" not in results:
        raise CannotDo(en="The desktop did not allow the picture.", zh="桌面没有允许截屏。")
    return Path(unquote(urlsplit(results["uri"]).path))
