"""Connections to other machines: the only ones Hark opens, and only the egress broker (`assistant/egress.py`) uses what is here.

Certificates are always checked, no proxy of the environment is used, and a connection goes nowhere but to the hosts it was opened for.
"""

import asyncio
import codecs
import ipaddress
import json
import os
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import Offline, WebCut, WebError, WebSilent

DEADLINE_S = 6.0
"""For a whole answer; a voice that is silent longer has failed."""

LARGEST_BYTES = 16_000_000
"""Of an answer; a forecast has 20 kB, a feed of news seldom 1 MB, a house of a thousand devices 2 MB."""

OK_STATUS = range(200, 300)

AGENT = "Hark/0.1 (voice assistant)"

REDIRECTS = {301, 302, 303, 307, 308}
MOST_REDIRECTS = 5

NEAR = tuple(
    ipaddress.ip_network(each)
    for each in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
)
"""Addresses of this machine and of networks that the internet does not carry."""

XML_ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,80}encoding=["']([\w-]{1,40})""")
"""How a document says what it is written in; many feeds of news are served without a word about it."""


@dataclass(slots=True)
class Counted:
    """How a connection went, as the ledger will have it."""

    number: int = 0
    """The ledger's."""
    received_bytes: int = 0
    outcome: str = "ok"
    answered: bool = False
    """Whether a streamed answer began, which is when it begins to cost."""
    events: int = 0
    """Server-sent ones; about as many as tokens."""
    spent: dict[str, Any] | None = field(default=None)


class Body:
    """What a hub answered, as it comes."""

    def __init__(self, response: Any, counted: Counted) -> None:
        self._response = response
        self._counted = counted
        self.status: int = response.status
        asked = response.headers.get("Retry-After", "")
        self.retry_after_s = float(asked) if asked.isdecimal() else 0.0

    async def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body."""
        async for chunk in self._response.content.iter_chunked(1 << 18):
            self._counted.received_bytes += len(chunk)
            yield chunk


class Line:
    """An open WebSocket."""

    def __init__(self, socket: Any, url: str, record: Callable[[str], None], counted: Counted) -> None:
        self._socket = socket
        self._host = host_of(url)
        self._record = record
        self._counted = counted

    async def send(self, message: Any, *, secret: bool = False) -> None:
        """Send JSON; it is recorded before, or that it was a secret."""
        text = json.dumps(message, ensure_ascii=False)
        self._record("(an access token, not kept here)" if secret else text)
        await self._socket.send_str(text)

    async def receive(self) -> Any:
        """Return the next message. Raises WebError when there is none, or it is no JSON."""
        message = await self._socket.receive()
        if not isinstance(message.data, str):
            raise WebError(f"{self._host} ended the connection.", f"{self._host}断开了连接。")
        self._counted.received_bytes += len(message.data.encode("utf-8", "replace"))
        return parsed(message.data, self._host)


class TooLong(WebError):
    """An answer has more bytes than anything that was asked for can have."""


def host_of(url: str) -> str:
    """Return the host of an address."""
    return urlsplit(url).hostname or ""


def is_among(host: str, hosts: Sequence[str]) -> bool:
    """Tell whether a host is one of those, or below one of them."""
    return any(host == each or host.endswith(f".{each}") for each in hosts)


def is_near(address: str) -> bool:
    """Tell whether an IP address is this machine's or its own network's."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(ip in network for network in NEAR)


def silent(host: str, deadline_s: float) -> WebSilent:
    """Return the error of one who does not answer in time."""
    return WebSilent(f"{host} did not answer within {deadline_s:g} seconds.", f"{host}在{deadline_s:g}秒内没有回应。")


def gate(hosts: Sequence[str], *, near_only: bool = False) -> Any:
    """Return aiohttp's connector, which refuses any host but these, whoever asks it; within a running event loop.

    With `near_only` their addresses have to be of this machine or its network, whatever their names resolve to.
    """
    import aiohttp  # noqa: PLC0415 -- as above, with the types of what is derived from

    class Resolver(aiohttp.ThreadedResolver):
        async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[Any]:
            found = await super().resolve(host, port, family)
            if near_only and not all(is_near(each["host"]) for each in found):
                raise unencrypted(host)
            return list(found)

    class Gate(aiohttp.TCPConnector):
        async def connect(self, req: Any, traces: Any, timeout: Any) -> Any:  # noqa: ASYNC109 -- aiohttp's signature
            if not is_among(req.url.host or "", hosts):
                raise Offline(f"We are sent on to {req.url.host}, where nothing may go. It was not connected to.")
            return await super().connect(req, traces, timeout)

    return Gate(resolver=Resolver())


def library() -> Any:
    """Return aiohttp."""
    import aiohttp  # noqa: PLC0415 -- a third of a second, which only those who go online wait for

    return aiohttp


def without_environment() -> None:
    """Have this process heed no proxy and no stored password of its environment, for a library that would."""
    os.environ |= {"no_proxy": "*", "NO_PROXY": "*", "NETRC": os.devnull}


@asynccontextmanager
async def troubles(host: str, began: Callable[[], bool] = lambda: False) -> AsyncIterator[None]:
    """Turn aiohttp's errors into WebErrors; into WebCut once `began` tells that the answer had begun."""
    aiohttp = library()

    try:
        yield
    except aiohttp.WSServerHandshakeError as error:
        raise WebError(f"{host} answered with status {error.status}.", f"{host}回答了错误 {error.status}。", error.status) from error
    except aiohttp.ClientConnectorCertificateError as error:
        raise WebError(f"{host} cannot prove that it is {host}: its certificate is not valid.", f"{host}的证书无效。") from error
    except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
        if not isinstance(error, aiohttp.ClientConnectorError) and (began() or isinstance(error, aiohttp.ClientPayloadError)):
            raise WebCut(f"{host} broke off in the middle of its answer.", f"{host}说到一半断开了。") from error
        raise unreachable(host, error) from error
    except aiohttp.ClientError as error:
        raise unreachable(host, error) from error


def unencrypted(host: str) -> WebError:
    """Return the error of one who would be sent to in the clear."""
    return WebError(f"{host} is not on this network, and without encryption (http) nothing goes further.", f"{host}没有加密，不能往外发。")


def unreachable(host: str, error: Exception) -> WebError:
    """Return the error of one who is not there."""
    return WebError(f"{host} cannot be reached: {getattr(error, 'strerror', None) or error}.", f"连不上{host}。")


@asynccontextmanager
async def connected(url: str, *, near_only: bool = False) -> AsyncIterator[Any]:
    """Give an HTTP client for one host; whatever goes wrong while it is used is a WebError."""
    aiohttp = library()

    host = host_of(url)
    try:
        async with (
            troubles(host),
            asyncio.timeout(DEADLINE_S),
            aiohttp.ClientSession(connector=gate([host], near_only=near_only), trust_env=False, headers={"User-Agent": AGENT}) as session,
        ):
            yield session
    except TimeoutError as error:
        raise silent(host, DEADLINE_S) from error


async def answer(
    url: str, *, params: Mapping[str, str] | None = None, body: bytes | None = None, token: str = "", counted: Counted | None = None
) -> str:
    """Return the text at an address, a body of JSON posted to it if there is one; a redirect is refused. Raises WebError."""
    host, counted = host_of(url), counted or Counted()
    headers = bearer(token) | ({"Content-Type": "application/json"} if body is not None else {})
    method = "GET" if body is None else "POST"
    async with (
        connected(url) as session,
        session.request(method, url, params=params, data=body, headers=headers, allow_redirects=False) as response,
    ):
        raw = await read(response)
        counted.received_bytes = len(raw)
        text = raw.decode(encoding(response.charset, raw), "replace")
        if response.status not in OK_STATUS:
            raise refused(host, response.status, text)
        return text


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer of whatever status."""

    url: str
    status: int
    headers: Mapping[str, str]
    text: str


async def exchange(verb: str, url: str, body: bytes, headers: Mapping[str, str], counted: Counted) -> Answered:
    """Return what is answered to a request of any kind; without encryption only within this network. Raises WebError."""
    near_only = urlsplit(url).scheme != "https"
    host = host_of(url)
    if near_only and (literal := is_literal(host)) and not is_near(literal):
        raise unencrypted(host)  # an address is not looked up, which is where names are checked
    async with (
        connected(url, near_only=near_only) as session,
        session.request(verb, url, data=body or None, headers=headers, allow_redirects=False) as response,
    ):
        raw = await read(response)
        counted.received_bytes = len(raw)
        if response.status not in OK_STATUS:
            counted.outcome = f"status {response.status}"
        return Answered(url, response.status, response.headers, raw.decode(encoding(response.charset, raw), "replace"))


def is_literal(host: str) -> str:
    """Return a host that is an IP address; empty for a name."""
    with suppress(ValueError):
        return str(ipaddress.ip_address(host.partition("%")[0]))
    return ""


def bearer(token: str) -> dict[str, str]:
    """Return the header that proves who asks."""
    return {"Authorization": f"Bearer {token}"} if token else {}


def refused(host: str, status: int, text: str) -> WebError:
    """Return the error of one who answered with a status that is no success."""
    return WebError(f"{host} answered with status {status}.", f"{host}回答了错误 {status}。", status, text)


def parsed(text: str, host: str) -> Any:
    """Return what a JSON text means. Raises WebError."""
    try:
        return json.loads(text)
    except ValueError as error:
        raise WebError(f"{host} answered something that is no JSON.", f"{host}的回答看不懂。") from error


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
            raise TooLong("The answer is too long.", "对方的回答太长。")
    return bytes(body)
