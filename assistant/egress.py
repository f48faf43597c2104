"""The egress broker: everything that leaves the machine goes past it, is allowed or refused, and is written down."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from assistant import wire
from assistant.budget import PURPOSE, Budget, Price
from assistant.clock import Clock
from assistant.config import BudgetConfig, PrivacyConfig
from assistant.errors import NotAllowed, Offline, WebCut, WebError, WebSilent
from assistant.leaving import Leaving
from assistant.ledger import Ledger
from assistant.nearby import is_this_machine
from assistant.posting import Patience, Stream, posted
from assistant.store import Store
from assistant.wire import MOST_REDIRECTS, REDIRECTS, Answered, Body, Counted, Line, TooLong, host_of

HUB_HOSTS = ("huggingface.co", "hf.co", "hf-mirror.com")
"""Model hubs and the hosts they keep files on, each with those below it. Seen: cdn-lfs.hf.co, cas-bridge.xethub.hf.co."""

QUIET_S = 30.0
"""A download that brings nothing for so long has stopped."""

SECRET = re.compile(
    r"(?i)(?<=[?&;#])((?:[\w.-]*[_.-])?(?:token|api_?key|key|secret|passw(?:or)?d|pwd|auth|authorization|signature|sig|credential))=[^&;#]*"
)
"""A value in an address that opens doors."""

IS_OFFLINE = (
    "Hark is offline: nothing may leave the machine. Change it with `hark config set privacy.offline false`, or leave out --offline."
)


class Egress:
    """Allows, refuses and records."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        privacy: PrivacyConfig,
        limits: BudgetConfig | None = None,
        prices: Mapping[str, Price] | None = None,
    ) -> None:
        """Take the store, what the user allows, and the cloud's budget with the prices by the provider's name of a model."""
        self._store = store
        self._privacy = privacy
        self.ledger = Ledger(store, clock)
        self.leaving = Leaving()
        self.budget = Budget(limits or BudgetConfig(), self.ledger, store, clock, prices or {})

    @contextmanager
    def voice(self, host: str, text: str) -> Iterator[Counted]:
        """Allow one spoken sentence to be sent to an online voice within the block, and record it before. Raises Offline."""
        self._online()
        if not self._privacy.online_voice:
            raise Offline("The online voice is switched off. Allow it with `hark config set privacy.online_voice true`.")
        with self._recorded("voice", f"wss://{host}", f"WebSocket wss://{host}", text, consent="switch") as counted:
            yield counted

    def check(self, purpose: str) -> None:
        """Raise what stands in the way of sending anything for a purpose: Offline, or OverBudget for the cloud."""
        self._online()
        if purpose == PURPOSE:
            self.budget.check()

    def allow(self, family: str) -> None:
        """Remember that the user lets a family of actions go online."""
        self._store.remember(f"online:{family}", True)

    def is_allowed(self, family: str) -> bool:
        """Tell whether the user lets a family of actions go online."""
        return bool(self._consent(family))

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
        with self._skill(family, url, f"GET {url}{'?' if sent else ''}{sent}", token=token) as counted:
            return await wire.answer(url, params=plain, token=token, counted=counted)

    async def post(self, family: str, url: str, body: Any, *, token: str = "") -> str:
        """Send JSON to an address and return the text that comes back. Raises as `get` does."""
        text = as_sent(body)
        with self._skill(family, url, f"POST {url}", text, token=token) as counted:
            return await wire.answer(url, body=text.encode(), token=token, counted=counted)

    async def dav(self, family: str, verb: str, url: str, body: str, headers: Mapping[str, str], *, user: str, password: str) -> Answered:
        """Send a request to a calendar server and return what it answers. Raises as `get` does; who asks is sent and not recorded."""
        who = base64.b64encode(f"{user}:{password}".encode()).decode()
        with self._skill(family, url, f"{verb} {url}", body, token=password) as counted:
            return await wire.exchange(verb, url, body.encode(), {**headers, "Authorization": f"Basic {who}"}, counted)

    @asynccontextmanager
    async def line(self, family: str, url: str) -> AsyncIterator[Line]:
        """Open a WebSocket for JSON messages. Raises as `get` does, at any point, also when all of it takes too long."""
        purpose = f"skill:{family}"
        with self._skill(family, url, f"WebSocket {url}") as counted:

            def record(body: str) -> None:
                request = shown(f"WebSocket {url}")
                self.ledger.open(purpose, host_of(url), request, body, consent=self._consent(family), within=counted.number)

            async with wire.connected(url) as session, session.ws_connect(url, max_msg_size=wire.LARGEST_BYTES) as socket:
                yield Line(socket, url, record, counted)

    @asynccontextmanager
    async def download(self, url: str, offset: int, *, also: str = "") -> AsyncIterator[Body]:
        """Open a file of a model hub from an offset; the command to fetch it is the permission. Raises Offline, or ConnectionError.

        Redirects are followed among the hubs' own hosts only, and that of the mirror the user named, `also`.
        """
        aiohttp = wire.library()

        self._online()
        hosts = (*HUB_HOSTS, *filter(None, [urlsplit(also).hostname]))
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=wire.DEADLINE_S, sock_read=QUIET_S)
        headers = {"User-Agent": wire.AGENT, "Accept-Encoding": "identity"} | ({"Range": f"bytes={offset}-"} if offset else {})
        connector = wire.gate(hosts)
        try:
            async with aiohttp.ClientSession(connector=connector, trust_env=False, headers=headers, timeout=timeout) as session:
                for _ in range(MOST_REDIRECTS):
                    host = host_of(url)
                    if not wire.is_among(host, hosts):
                        raise Offline(f"The hub sends us to {host}, which is not one of its own. Nothing was fetched from there.")
                    with self._recorded("models", url, f"GET {url.partition('?')[0]}", consent="command") as counted:
                        async with session.get(url, allow_redirects=False) as response:
                            if response.status not in REDIRECTS:
                                yield Body(response, counted)
                                return
                            counted.outcome = f"status {response.status}"
                            url = urljoin(url, response.headers.get("Location", ""))
        except (aiohttp.ClientError, TimeoutError) as error:
            raise ConnectionError(f"{host_of(url)} cannot be reached or broke off") from error
        raise ConnectionError("The hub sends us round in a circle")

    @asynccontextmanager
    async def stream(
        self, purpose: str, url: str, body: Mapping[str, Any], *, hosts: Sequence[str], consent: str, token: str = "", deadline_s: float
    ) -> AsyncIterator[Stream]:
        """Post JSON to an address and give the answer line by line: `async with egress.stream(...) as lines: async for line in lines`.

        What is sent is byte for byte what the ledger has, and it is there before. Raises Offline when it may not be sent, WebError with
        the status of a refusal or without one when nobody is there, WebSilent when the deadline has passed, WebCut when the answer breaks
        off, StoreError when it cannot be written down. For the purpose "cloud" the budget counts, and OverBudget is raised at its end.

        Args:
            purpose: What the ledger calls it, such as "cloud".
            url: https; http only within this machine and its network.
            body: What is sent.
            hosts: Where it may go, those below each included; redirects are followed nowhere else.
            consent: Who said yes, and how: "asked: yes", "always: cooking", "switch".
            token: Proves who asks; sent to the host of `url` alone, and recorded nowhere.
            deadline_s: For the whole answer; only waiting for the other side counts.
        """
        self.check(purpose)
        text, first, model = as_sent(body), host_of(url), str(body.get("model", ""))
        patience = Patience(first, deadline_s)
        for _ in range(MOST_REDIRECTS):
            host = host_of(url)
            if urlsplit(url).scheme not in {"https", "http"} or not wire.is_among(host, hosts):
                raise Offline(f"{host or url} is not where this may go. Nothing was sent there.")
            key = token if host == first else ""
            with self._recorded(purpose, url, f"POST {url}", text, consent=consent, token=token) as counted:
                try:
                    async with posted(url, text.encode(), hosts=hosts, token=key, patience=patience, counted=counted) as answer:
                        if isinstance(answer, Stream):
                            yield answer
                            return
                        counted.outcome = "redirect"
                        moved = urljoin(url, answer)
                finally:
                    counted.spent = self.budget.spent(model, text, counted)
            if urlsplit(url).scheme == "https" and urlsplit(moved).scheme != "https":
                raise WebError(f"{host} sends us on without encryption. Nothing more was sent.", f"{host}要求改用不加密的连接，没有发送。")
            url = moved
        raise WebError(f"{first} sends us round in a circle.", f"{first}一直让我们转来转去。")

    @asynccontextmanager
    async def here(self, url: str, body: Mapping[str, Any], *, token: str = "", deadline_s: float) -> AsyncIterator[Stream]:
        """Post JSON to a server on this machine and give the answer as `stream` does.

        Nothing leaves the machine, so nothing is recorded, and being offline does not matter. Raises Offline for any other machine,
        and otherwise as `stream` does.
        """
        host = host_of(url)
        if not is_this_machine(host):
            raise Offline(f"{host} is not this machine. Nothing was sent there.")
        patience = Patience(host, deadline_s)
        async with posted(url, as_sent(body).encode(), hosts=(host,), token=token, patience=patience, counted=Counted()) as answer:
            if not isinstance(answer, Stream):
                raise WebError(f"{host} sends us on to {host_of(urljoin(url, answer))}.", f"{host}让我们转到别处。")
            yield answer

    async def look(self, purpose: str, url: str, *, token: str = "") -> str:
        """Return the text at an address which the user has just named; nothing is recorded of what stays on this machine.

        Raises Offline or WebError.
        """
        if is_this_machine(host_of(url)):
            return await wire.answer(url, token=token)
        self._online()
        with self._recorded(purpose, url, f"GET {url}", consent="command", token=token) as counted:
            return await wire.answer(url, token=token, counted=counted)

    def _online(self) -> None:
        """Raise Offline when nothing at all may leave."""
        if self._privacy.offline:
            raise Offline(IS_OFFLINE)

    def _consent(self, family: str) -> str:
        """Return how the user allowed a family to go online; empty when they have not."""
        if family in self._privacy.online_skills:
            return "switch"
        return "asked: yes" if self._store.recall(f"online:{family}") else ""

    @contextmanager
    def _skill(self, family: str, url: str, request: str, body: str = "", *, token: str = "") -> Iterator[Counted]:
        """Record what a skill sends within the block. Raises NotAllowed or Offline."""
        self._online()
        consent = self._consent(family)
        if not consent:
            raise NotAllowed(family, host_of(url))
        with self._recorded(f"skill:{family}", url, request, body, consent=consent, token=token) as counted:
            yield counted

    @contextmanager
    def _recorded(self, purpose: str, url: str, request: str, body: str = "", *, consent: str, token: str = "") -> Iterator[Counted]:
        """Write down what is sent within the block before it is, and how it ended after. Raises Offline or StoreError: nothing is sent."""
        if token and (token in body or token in request):
            raise Offline("What would be sent has the access key in it. Nothing was sent.")
        counted = Counted(self.ledger.open(purpose, host_of(url), shown(request), body, consent=consent))
        try:
            with self.leaving.going(purpose, host_of(url)):
                yield counted
        except BaseException as error:
            counted.outcome = outcome_of(error)
            raise
        finally:
            self.ledger.close(counted.number, counted.outcome, counted.received_bytes, counted.spent)


def as_sent(body: Any) -> str:
    """Return JSON as it is sent and recorded, whole UTF-8."""
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace").decode()


def shown(request: str) -> str:
    """Return a request without what opens doors: names and passwords before the host, and values of keys and tokens in the query."""
    verb, _, url = request.partition(" ")
    parts = urlsplit(url)
    if "@" in parts.netloc:
        url = urlunsplit(parts._replace(netloc="..." + parts.netloc[parts.netloc.rindex("@") :]))
    return f"{verb} " + SECRET.sub(r"\1=...", url)


def outcome_of(error: BaseException) -> str:
    """Return how a connection ended, in the ledger's words."""
    match error:
        case TooLong():
            return "too long"
        case WebSilent() | TimeoutError():
            return "slow"
        case WebCut():
            return "cut"
        case WebError(status=int(status)):
            return f"status {status}"
        case WebError():
            return "unreachable"
        case asyncio.CancelledError() | GeneratorExit():
            return "cancelled"
    return "failed"
