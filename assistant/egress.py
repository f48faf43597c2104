"""The egress broker: everything that leaves the machine goes past it, is allowed or refused, and is written down."""

import codecs
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from assistant.clock import Clock
from assistant.config import PrivacyConfig
from assistant.errors import NotAllowed, Offline, WebError
from assistant.store import Store

DEADLINE_S = 6.0
"""For a whole answer; a voice that is silent longer has failed."""

LARGEST_BYTES = 4_000_000
"""Of an answer; a forecast has 20 kB, a feed of news seldom 1 MB."""

OK_STATUS = range(200, 300)

XML_ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,80}encoding=["']([\w-]{1,40})""")
"""How a document says what it is written in; many feeds of news are served without a word about it."""


class Egress:
    """Allows, refuses and records."""

    def __init__(self, store: Store, clock: Clock, privacy: PrivacyConfig) -> None:
        self._store = store
        self._clock = clock
        self._privacy = privacy

    def voice(self, host: str, text: str) -> None:
        """Allow one spoken sentence to be sent to an online voice, and record it before it is sent. Raises Offline."""
        if not self._privacy.online_voice:
            raise Offline("The online voice is switched off. Allow it with `hark config set privacy.online_voice true`.")
        self._record("voice", host, text)

    def allow(self, family: str) -> None:
        """Remember that the user lets a family of actions go online."""
        self._store.remember(f"online:{family}", True)

    def is_allowed(self, family: str) -> bool:
        """Tell whether the user lets a family of actions go online."""
        return family in self._privacy.online_skills or bool(self._store.recall(f"online:{family}"))

    async def get(self, family: str, url: str, params: Mapping[str, str | float]) -> str:
        """Return the text at an address. Raises NotAllowed, Offline or WebError; nothing is sent unless it is allowed."""
        host = urlsplit(url).hostname or ""
        if self._privacy.offline:
            raise Offline("Hark is offline: nothing may leave the machine. Change it with `hark config set privacy.offline false`.")
        if not self.is_allowed(family):
            raise NotAllowed(family, host)
        sent = "&".join(f"{name}={value}" for name, value in params.items())
        self._record(f"skill:{family}", host, f"GET {url}{'?' if sent else ''}{sent}")
        return await fetched(url, {name: str(value) for name, value in params.items()}, host)

    def _record(self, purpose: str, host: str, body: str) -> None:
        with self._store.write() as db:
            db.execute(
                "INSERT INTO egress (at, purpose, host, body) VALUES (?, ?, ?, ?)", (self._clock.now().timestamp(), purpose, host, body)
            )


async def fetched(url: str, params: Mapping[str, str], host: str) -> str:
    """Return the text at an address; a redirect to another host is refused. Raises WebError."""
    import aiohttp  # noqa: PLC0415 -- a third of a second, which only those who go online wait for

    timeout = aiohttp.ClientTimeout(total=DEADLINE_S)
    headers = {"User-Agent": "Hark/0.1 (voice assistant)"}
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=False, headers=headers) as session,
            session.get(url, params=params, allow_redirects=False) as answer,
        ):
            if answer.status not in OK_STATUS:
                raise WebError(f"{host} answered with status {answer.status}.", f"{host}回答了错误 {answer.status}。")
            body = await read(answer)
            return body.decode(encoding(answer.charset, body), "replace")
    except TimeoutError as error:
        raise WebError(f"{host} did not answer within {DEADLINE_S:g} seconds.", f"{host}在{DEADLINE_S:g}秒内没有回应。") from error
    except aiohttp.ClientError as error:
        raise WebError(f"{host} cannot be reached: {error}.", f"连不上{host}。") from error


def encoding(charset: str | None, body: bytes) -> str:
    """Return how a body is written: as its server says, or else as an XML document says of itself; UTF-8 where neither is known."""
    declared = XML_ENCODING.match(body)
    for name in (charset, declared and declared[1].decode("ascii", "replace")):
        with suppress(LookupError):
            if name:
                return codecs.lookup(name).name
    return "utf-8"


async def read(answer: Any) -> bytes:
    """Return the body of an answer. Raises WebError when it is too long."""
    body = bytearray()
    async for piece in answer.content.iter_any():
        body += piece
        if len(body) > LARGEST_BYTES:
            raise WebError("The answer is too long.", "对方的回答太长。")
    return bytes(body)
