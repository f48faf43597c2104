"""Posting JSON to another machine and reading the answer line by line as it comes; only the egress broker uses what is here."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from assistant import wire
from assistant.wire import Counted

SAME_BODY = {307, 308}
"""Redirects after which the same body is posted again; the others would turn it into another request."""


class Stream:
    """An answer that comes line by line, as server-sent events do; iterate over it once."""

    def __init__(self, response: Any, host: str, patience: "Patience", counted: Counted) -> None:
        self._response = response
        self._host = host
        self._patience = patience
        self._counted = counted
        self.status: int = response.status
        counted.answered = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield each line without its end. Raises WebSilent, WebCut, or WebError when it is too long."""
        half = b""
        while piece := await self._patience.wait(self._response.content.readany()):
            self._counted.received_bytes += len(piece)
            if self._counted.received_bytes > wire.LARGEST_BYTES:
                raise wire.TooLong("The answer is too long.", "对方的回答太长。")
            *lines, half = (half + piece).split(b"\n")
            self._counted.events += sum(line.startswith(b"data:") for line in lines)
            for line in lines:
                yield line.removesuffix(b"\r")
        if half:
            yield half.removesuffix(b"\r")

    def used(self, tokens_in: int, tokens_out: int) -> None:
        """Tell what the provider counted, for the ledger and the budget; without it the broker estimates."""
        self._counted.spent = {"tokens_in": tokens_in, "tokens_out": tokens_out}


class Patience:
    """What is left of a deadline; only waiting for the other side counts, not what is done with its answer meanwhile."""

    def __init__(self, host: str, deadline_s: float) -> None:
        self._host = host
        self._deadline_s = self._left_s = deadline_s

    async def wait(self, awaitable: Any) -> Any:
        """Return what was waited for. Raises WebSilent when the deadline has passed."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._left_s):
                return await awaitable
        except TimeoutError as error:
            raise wire.silent(self._host, self._deadline_s) from error
        finally:
            self._left_s = max(0.0, self._left_s - (time.monotonic() - began))


@asynccontextmanager
async def posted(
    url: str, body: bytes, *, hosts: Sequence[str], token: str, patience: Patience, counted: Counted
) -> AsyncIterator["Stream | str"]:
    """Post JSON to one address and give the answer as it comes, or the address that the other side sends us on to.

    Raises WebError with the status for anything but success.
    """
    aiohttp = wire.library()

    host = wire.host_of(url)
    headers = {"User-Agent": wire.AGENT, "Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
    headers |= {"Accept-Encoding": "identity"} | wire.bearer(token)
    timeout = aiohttp.ClientTimeout(total=None)
    begun = False
    near_only = urlsplit(url).scheme == "http"
    if near_only and (literal := wire.is_literal(host)) and not wire.is_near(literal):
        raise wire.unencrypted(host)
    async with wire.troubles(host, lambda: begun):
        connector = wire.gate(hosts, near_only=near_only)
        async with aiohttp.ClientSession(connector=connector, trust_env=False, headers=headers, timeout=timeout) as session:
            response = await patience.wait(session.post(url, data=body, allow_redirects=False))
            async with response:
                begun = True
                if response.status in SAME_BODY and "Location" in response.headers:
                    yield response.headers["Location"]
                    return
                if response.status not in wire.OK_STATUS:
                    raw = await patience.wait(wire.read(response))
                    counted.received_bytes += len(raw)
                    raise wire.refused(host, response.status, raw.decode("utf-8", "replace"))
                yield Stream(response, host, patience, counted)
