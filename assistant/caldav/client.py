"""The little of CalDAV (RFC 4791) that is needed: finding calendars, what is in them, and changing one entry unless it has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

from assistant.egress import Egress
from assistant.errors import WebError
from assistant.wire import MOST_REDIRECTS, OK_STATUS, REDIRECTS, Answered, host_of, is_among

FAMILY = "calendar"
"""As which the egress broker knows these connections."""

SHARED = ("icloud.com",)
"""Services that keep an account's calendars on hosts of other names; anywhere else the password goes to the one host it was given for."""

AT_ONCE = 50
"""Entries asked for in one request."""

DAV, CAL = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"

SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"'

UNAUTHORIZED, NOT_FOUND = 401, 404

MULTISTATUS = 207

WRITTEN, DELETED = {201, 204}, {200, 202, 204}
"""What says that a change was made."""


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar on the server."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Remote:
    """An entry as the server has it."""

    url: str
    etag: str
    text: str = ""


class Client:
    """One account. All methods raise NotAllowed, Offline or WebError."""

    def __init__(self, egress: Egress, url: str, user: str, password: str) -> None:
        """Take the address the user gave, and who they are there."""
        self._egress = egress
        self.url = url
        self._user = user
        self._password = password

    async def calendars(self) -> list[Found]:
        """Return the calendars for events: from the account's principal its home, from its home what is in it."""
        home = await self._home()
        asked = "<d:resourcetype/><d:displayname/><c:supported-calendar-component-set/>"
        found = []
        for url, props in await self._props(home, asked, depth=1):
            kinds = [each.get("name", "") for each in props.iterfind(f"{CAL}supported-calendar-component-set/{CAL}comp")]
            if props.find(f"{DAV}resourcetype/{CAL}calendar") is not None and (not kinds or "VEVENT" in kinds):
                name = " ".join((props.findtext(f"{DAV}displayname") or "").split())
                found.append(Found(name or urlsplit(url).path.rstrip("/").rpartition("/")[2], url if url.endswith("/") else f"{url}/"))
        return found

    async def entries(self, calendar: str) -> dict[str, str]:
        """Return the versions of a calendar's entries, by address."""
        body = (
            f"<c:calendar-query {SPACES}><d:prop><d:getetag/></d:prop>"
            '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"/></c:comp-filter></c:filter></c:calendar-query>'
        )
        found = await self._multi("REPORT", calendar, body, depth=1)
        return {url: props.findtext(f"{DAV}getetag") or "" for url, props in found if url != calendar}

    async def fetch(self, calendar: str, urls: Sequence[str]) -> list[Remote]:
        """Return entries with their text; those that are gone by now are left out."""
        found: list[Remote] = []
        for at in range(0, len(urls), AT_ONCE):
            hrefs = "".join(f"<d:href>{escaped(urlsplit(url).path)}</d:href>" for url in urls[at : at + AT_ONCE])
            body = f"<c:calendar-multiget {SPACES}><d:prop><d:getetag/><c:calendar-data/></d:prop>{hrefs}</c:calendar-multiget>"
            for url, props in await self._multi("REPORT", calendar, body, depth=1):
                text = props.findtext(f"{CAL}calendar-data") or ""
                if "BEGIN:VCALENDAR" in text:
                    found.append(Remote(url, props.findtext(f"{DAV}getetag") or "", text))
        return found

    async def put(self, url: str, text: str, etag: str | None) -> str:
        """Write an entry over the version `etag`, None for a new one, and return its new version, empty when the server does not say."""
        condition = {"If-None-Match": "*"} if etag is None else {"If-Match": etag or "*"}
        headers = {"Content-Type": "text/calendar; charset=utf-8"} | condition
        answer = await self._asked("PUT", url, text, headers)
        version = str(answer.headers.get("ETag", ""))
        if answer.status not in WRITTEN and not version:
            raise unreadable(url)  # a hotel's sign-in page says "200 OK" to everything
        return version

    async def delete(self, url: str, etag: str) -> None:
        """Delete the version `etag` of an entry; it need not be there."""
        try:
            if (await self._asked("DELETE", url, "", {"If-Match": etag or "*"})).status not in DELETED:
                raise unreadable(url)
        except WebError as error:
            if error.status != NOT_FOUND:
                raise

    async def _home(self) -> str:
        """Return where the account's calendars are, from whatever address of the server was given."""
        paths = [self.url, urljoin(self.url, "/.well-known/caldav")]
        for at, start in enumerate(dict.fromkeys(paths)):
            try:
                [(url, props), *_] = await self._props(start, "<d:current-user-principal/><c:calendar-home-set/>")
            except WebError as error:
                if at or error.status is None or error.status == UNAUTHORIZED:
                    raise
                continue
            if home := props.findtext(f"{CAL}calendar-home-set/{DAV}href"):
                return urljoin(url, home)
            if principal := props.findtext(f"{DAV}current-user-principal/{DAV}href"):
                [(url, props), *_] = await self._props(urljoin(url, principal), "<c:calendar-home-set/>")
                if home := props.findtext(f"{CAL}calendar-home-set/{DAV}href"):
                    return urljoin(url, home)
        host = host_of(self.url)
        raise WebError(f"{host} has no calendars at this address.", f"{host}的这个地址没有日历。")

    async def _props(self, url: str, props: str, depth: int = 0) -> list[tuple[str, ET.Element]]:
        found = await self._multi("PROPFIND", url, f"<d:propfind {SPACES}><d:prop>{props}</d:prop></d:propfind>", depth=depth)
        if not found:
            raise unreadable(url)
        return found

    async def _multi(self, verb: str, url: str, body: str, *, depth: int) -> list[tuple[str, ET.Element]]:
        """Return the addresses of an answer with what is said of each."""
        headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": str(depth)}
        answer = await self._asked(verb, url, f'<?xml version="1.0" encoding="utf-8"?>{body}', headers)
        if answer.status != MULTISTATUS:
            raise unreadable(url)
        found = []
        for response in tree_of(answer.text, url).iterfind(f"{DAV}response"):
            for stat in response.iterfind(f"{DAV}propstat"):
                props = stat.find(f"{DAV}prop")
                if props is not None and " 200" in (stat.findtext(f"{DAV}status") or ""):
                    found.append((urljoin(answer.url, (response.findtext(f"{DAV}href") or "").strip()), props))
        return found

    async def _asked(self, verb: str, url: str, body: str, headers: Mapping[str, str]) -> Answered:
        """Send something and follow where we are sent on, with the password only among the account's own hosts."""
        first = host_of(self.url)
        hosts = [first, *(each for each in SHARED if is_among(first, [each]))]
        encrypted = urlsplit(self.url).scheme == "https"
        for _ in range(MOST_REDIRECTS):
            if host_of(url) != first and not is_among(host_of(url), hosts[1:]):
                raise WebError(
                    f"{first} sends us on to {host_of(url)}. The password was not sent there.", f"{first}让我们转到别处，没有发送密码。"
                )
            if encrypted and urlsplit(url).scheme != "https":
                raise WebError(
                    f"{first} sends us on without encryption. Nothing more was sent.", f"{first}要求改用不加密的连接，没有发送。"
                )
            answer = await self._egress.dav(FAMILY, verb, url, body, headers, user=self._user, password=self._password)
            if answer.status in REDIRECTS and answer.headers.get("Location"):
                url = urljoin(url, answer.headers["Location"])
                continue
            if answer.status not in OK_STATUS:
                host = host_of(url)
                raise WebError(f"{host} answered with status {answer.status}.", f"{host}回答了错误 {answer.status}。", answer.status)
            return answer
        raise WebError(f"{first} sends us round in a circle.", f"{first}一直让我们转来转去。")


def tree_of(text: str, url: str) -> ET.Element:
    """Return an XML document. Raises WebError; one that defines anything of its own, which could blow up, is refused unread."""
    if "<!" in text.replace("<![CDATA[", "").replace("<!--", ""):
        raise unreadable(url)
    try:
        tree = ET.fromstring(text)  # noqa: S314 -- documents with definitions, the only dangerous ones, were refused
    except (ET.ParseError, ValueError) as error:
        raise unreadable(url) from error
    if tree.tag != f"{DAV}multistatus":
        raise unreadable(url)  # taken for an empty calendar it would empty this one
    return tree


def escaped(text: str) -> str:
    """Return a text as XML has it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unreadable(url: str) -> WebError:
    """Return the error of one who answered something else than CalDAV."""
    host = host_of(url)
    return WebError(f"{host} answered something that is no calendar server's answer.", f"{host}的回答不像日历服务器。")
