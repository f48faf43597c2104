"""Which account is connected, and keeping its calendars the same here and there, beside the conversation."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.caldav.client import FAMILY, UNAUTHORIZED, Client
from assistant.caldav.mirror import Mirror, Outcome, folder_of
from assistant.egress import Egress
from assistant.errors import HarkError, WebError
from assistant.keychain import Keychain
from assistant.watch import locks

log = logging.getLogger(__name__)

SECRET = "caldav"  # noqa: S105 -- its name, not the secret
"""As what the keychain knows the password."""

SETTINGS = ("skill.calendar.url", "skill.calendar.user", "skill.calendar.calendars", "skill.calendar.new_in")

EVERY_S = 300.0
"""Between two rounds when nothing was changed here."""

LOOK_S = 2.0
"""Between two looks at whether something was changed here."""

LOCK = "calendar.sync"
"""What a Hark holds while it syncs, so that no two send the same change."""

Say = Callable[[str, str], None]


class Calendars:
    """The chosen calendars of one account."""

    def __init__(self, egress: Egress, keychain: Keychain, settings: Mapping[str, Any], data: Path) -> None:
        """Take the settings `[skill.calendar]` and Hark's data folder."""
        self.url, self.user = str(settings["url"]), str(settings.get("user", ""))
        self._egress = egress
        self._keychain = keychain
        self._urls = [str(url) for url in settings.get("calendars", [])]
        self._data = data
        self._root = data / FAMILY
        self._told = ""

    def mirrors(self, client: Client | None = None) -> list[Mirror]:
        """Return them as files; without a client only to look at."""
        client = client or Client(self._egress, self.url, self.user, "")
        return [Mirror(client, folder_of(self._root, url), url) for url in self._urls]

    async def sync(self) -> Outcome:
        """Send and get what was changed. Raises NotAllowed, Offline, WebError or StoreError; what could not be sent waits."""
        password = await asyncio.to_thread(self._keychain.get, SECRET)
        total = Outcome()
        with self._alone() as alone:
            for mirror in self.mirrors(Client(self._egress, self.url, self.user, password)) if alone else ():
                one = await mirror.sync()
                total.sent += one.sent
                total.received += one.received
                total.overruled += one.overruled
                total.names += one.names
        return total

    async def run(self, say: Say) -> None:
        """Sync now, whenever something was changed here, and every few minutes, for ever."""
        while True:
            failed = await self._round(say)
            for _ in range(round(EVERY_S / LOOK_S)):
                await asyncio.sleep(LOOK_S)
                if not failed and await asyncio.to_thread(self._waits):
                    break

    async def _round(self, say: Say) -> bool:
        """Sync once; tell what the server did not take, and once when the password is refused. Return whether it failed."""
        try:
            outcome = await self.sync()
        except HarkError as error:
            log.warning("the calendar was not synced: %s", error)
            if isinstance(error, WebError) and error.status == UNAUTHORIZED and self._told != str(error):
                self._told = str(error)
                say(
                    "The calendar server refuses the password. Connect it anew with `hark calendar connect ADDRESS`.",
                    "日历服务器不接受密码。请重新运行 hark calendar connect 网址。",
                )
            return True
        self._told = ""
        if outcome.overruled:
            say(*overruled(outcome))
        return False

    def _waits(self) -> bool:
        with contextlib.suppress(OSError):
            return any(mirror.waiting() for mirror in self.mirrors())
        return False

    @contextlib.contextmanager
    def _alone(self) -> Iterator[bool]:
        """Give whether no other Hark syncs; as long as the block runs none does."""
        library = locks()
        if library is None:
            yield True
            return
        self._data.mkdir(parents=True, exist_ok=True)
        with (self._data / LOCK).open("ab") as file:
            try:
                library.flock(file, library.LOCK_EX | library.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True


def connected_calendars(settings: Mapping[str, Any], keychain: Keychain, egress: Egress, data: Path) -> Calendars | None:
    """Return the account of the settings `[skill.calendar]`; None when none is connected."""
    return Calendars(egress, keychain, settings, data) if settings.get("url") else None


def overruled(outcome: Outcome) -> tuple[str, str]:
    """Return how it is told that the server did not take changes."""
    names = ", ".join(dict.fromkeys(filter(None, outcome.names)))
    about_en, about_zh = (f" ({names})", f"（{names}）") if names else ("", "")
    return (
        f"The calendar server has a newer version or does not allow the change{about_en}, so its version counts.",
        f"日历服务器上有更新的内容或不允许修改{about_zh}，以服务器为准。",
    )
