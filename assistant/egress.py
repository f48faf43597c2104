"""The egress broker: everything that leaves the machine goes past it, is allowed or refused, and is written down."""

import asyncio
import codecs
import json
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

from assistant.clock import Clock
from assistant.config import PrivacyConfig
from assistant.errors import NotAllowed, Offline, WebError, WebSilent
from assistant.store import Store

DEADLINE_S = 6.0
"""For a whole answer; a voice that is silent longer has failed."""

LARGEST_BYTES = 16_000_000
"""Of an answer; a forecast has 20 kB, a feed of news seldom 1 MB, a house of a thousand devices 2 MB."""

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

    def forbid(self, family: str) -> None:
        """Forget that the user lets a family of actions go online; what the configuration allows stays allowed."""
        self._store.remember(f"online:{family}", False)

    async def get(self, family: str, url: str, params: Mapping[str, str | float] | None = None, *, token: str = "") -> str:
        """Return the text at an address. Raises NotAllowed, Offline or WebError; nothing is sent unless it is allowed.

        Args:
            family: Who asks.
            url: The address, without a query.
            params: The query.
            token: Proves to the other side who asks; it is sent and not recorded.
        """
        plain = {name: str(value) for name, value in (params or {}).items()}
        sent = "&".join(f"{name}={value}" for name, value in plain.items())
        self._permit(family, url, f"GET {url}{'?' if sent else ''}{sent}")
        return await answer(url, params=plain, token=token)

    async def post(self, family: str, url: str, body: Any, *, token: str = "") -> str:
        """Send JSON to an address and return the text that comes back. Raises as `get` does."""
        self._permit(family, url, f"POST {url} {json.dumps(body, ensure_ascii=False)}")
        return await answer(url, body=body, token=token)

    @asynccontextmanager
    async def line(self, family: str, url: str) -> AsyncIterator["Line"]:
        """Open a WebSocket for JSON messages. Raises as `get` does, at any point, also when all of it takes too long."""
        self._permit(family, url, f"WebSocket {url}")
        async with connected(url) as session, session.ws_connect(url, max_msg_size=LARGEST_BYTES) as socket:
            yield Line(socket, url, lambda body: self._permit(family, url, body))

    def _permit(self, family: str, url: str, body: str) -> None:
        """Record what is about to be sent. Raises NotAllowed or Offline."""
        host = urlsplit(url).hostname or ""
        if self._privacy.offline:
            raise Offline("Hark is offline: nothing may leave the machine. Change it with `hark config set privacy.offline false`.")
        if not self.is_allowed(family):
            raise NotAllowed(family, host)
        self._record(f"skill:{family}", host, body)

    def _record(self, purpose: str, host: str, body: str) -> None:
        with self._store.write() as db:
            db.execute(
                "INSERT INTO egress (at, purpose, host, body) VALUES (?, ?, ?, ?)", (self._clock.now().timestamp(), purpose, host, body)
            )


class Line:
    """An open WebSocket."""

    def __init__(self, socket: Any, url: str, record: Callable[[str], None]) -> None:
        self._socket = socket
        self._host = urlsplit(url).hostname or ""
        self._record = record

    async def send(self, message: Any, *, secret: bool = False) -> None:
        """Send JSON; it is recorded before, unless it is a secret."""
        text = json.dumps(message, ensure_ascii=False)
        if not secret:
            self._record(text)
        await self._socket.send_str(text)

    async def receive(self) -> Any:
        """Return the next message. Raises WebError when there is none, or it is no JSON."""
        message = await self._socket.receive()
        if not isinstance(message.data, str):
            raise WebError(f"{self._host} ended the connection.", f"{self._host}断开了连接。")
        return parsed(message.data, self._host)


def parsed(text: str, host: str) -> Any:
    """Return what a JSON text means. Raises WebError."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise WebError(f"{host} answered something that is no JSON.", f"{host}的回答看不懂。") from error


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Any]:
    """Give an HTTP client for one address; whatever goes wrong while it is used is a WebError."""
    import aiohttp  # noqa: PLC0415 -- a third of a second, which only those who go online wait for

    host = urlsplit(url).hostname or ""
    try:
        async with (
            asyncio.timeout(DEADLINE_S),
            aiohttp.ClientSession(trust_env=False, headers={"User-Agent": "Hark/0.1 (voice assistant)"}) as session,
        ):
            yield session
    except TimeoutError as error:
        raise WebSilent(f"{host} did not answer within {DEADLINE_S:g} seconds.", f"{host}在{DEADLINE_S:g}秒内没有回应。") from error
    except aiohttp.WSServerHandshakeError as error:
        raise WebError(f"{host} answered with status {error.status}.", f"{host}回答了错误 {error.status}。", error.status) from error
    except aiohttp.ClientError as error:
        why = getattr(error, "strerror", None) or error
        raise WebError(f"{host} cannot be reached: {why}.", f"连不上{host}。") from error


async def answer(url: str, *, params: Mapping[str, str] | None = None, body: Any = None, token: str = "") -> str:
    """Return the text at an address, a body given as JSON posted to it; a redirect is refused. Raises WebError."""
    host = urlsplit(url).hostname or ""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    method = "GET" if body is None else "POST"
    async with (
        connected(url) as session,
        session.request(method, url, params=params, json=body, headers=headers, allow_redirects=False) as response,
    ):
        raw = await read(response)
        text = raw.decode(encoding(response.charset, raw), "replace")
        if response.status not in OK_STATUS:
            status = response.status
            raise WebError(f"{host} answered with status {status}.", f"{host}回答了错误 {status}。", status, text)
        return text


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
