"""One calendar of a server as files, an entry each: a file that was changed here is what waits to be sent."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from assistant.caldav.client import Client
from assistant.errors import StoreError, WebError

STATE = ".sync.json"
"""What is known of each entry on the server, among its calendar's files."""

REFUSED = range(400, 500)
LATER = {401, 407, 408, 429}
"""Of these what says nothing about the change: it stays to be sent."""


class Known(msgspec.Struct):
    """An entry as it was when here and there were the same."""

    file: str
    etag: str
    digest: str


class State(msgspec.Struct):
    """A calendar on the server."""

    url: str
    name: str
    entries: dict[str, Known] = {}
    """By address."""


@dataclass(slots=True)
class Outcome:
    """What a round has brought."""

    sent: int = 0
    received: int = 0
    overruled: int = 0
    """Changes made here that the server did not take, as it has other ones or refuses them."""
    names: list[str] = field(default_factory=list)


def folder_of(root: Path, url: str) -> Path:
    """Return where a calendar's files are."""
    return root / f"dav-{hashlib.sha256(url.encode()).hexdigest()[:10]}"


class Mirror:
    """Keeps the files of a calendar and the server the same; where both have changed, the server wins."""

    def __init__(self, client: Client, folder: Path, url: str, name: str = "") -> None:
        """Take the folder of its files, and its address."""
        self._client = client
        self.folder = folder
        self._url = url
        self._name = name

    async def sync(self) -> Outcome:
        """Send what was changed here, then get what was changed there. Raises NotAllowed, Offline, WebError or StoreError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            state = self.state()
            outcome = Outcome()
            try:
                await self._send(state, outcome)
                await self._receive(state, outcome)
            finally:
                write(self.folder / STATE, msgspec.json.encode(state))
        except OSError as error:
            raise StoreError(f"{self.folder} cannot be written: {error.strerror}.") from error
        return outcome

    def state(self) -> State:
        """Return what is known of the server."""
        try:
            return msgspec.json.decode((self.folder / STATE).read_bytes(), type=State)
        except (OSError, msgspec.DecodeError):
            return State(self._url, self._name)

    def waiting(self) -> int:
        """Return how many changes wait to be sent."""
        return len(self._changes(self.state()))

    def _changes(self, state: State) -> dict[str, tuple[Known | None, str]]:
        """Return what was changed here: by address what was known, and the file."""
        known = {each.file: url for url, each in state.entries.items()}
        here = {path.name for path in self.folder.glob("*.ics") if not path.name.startswith(".")}
        changed: dict[str, tuple[Known | None, str]] = {}
        for name in sorted(here | known.keys()):
            before = state.entries.get(known.get(name, ""))
            text = self._text(name)
            if (before is None and has_entry(text)) or (before is not None and digest(text) != before.digest):
                changed[known.get(name) or f"{self._url}{name}"] = (before, name)
        return changed

    async def _send(self, state: State, outcome: Outcome) -> None:
        for url, (before, name) in self._changes(state).items():
            text = self._text(name)
            try:
                if has_entry(text):
                    etag = await self._client.put(url, text.decode("utf-8", "replace"), before.etag if before else None)
                    state.entries[url] = Known(name, etag, digest(text))
                elif before:
                    await self._client.delete(url, before.etag)
                    del state.entries[url]
                    (self.folder / name).unlink(missing_ok=True)
                outcome.sent += 1
            except WebError as error:
                if error.status not in REFUSED or error.status in LATER:
                    raise
                outcome.overruled += 1
                outcome.names.append(title(text))
                state.entries[url] = Known(name, "", digest(text))  # so the server's version, or its absence, replaces it

    async def _receive(self, state: State, outcome: Outcome) -> None:
        there = await self._client.entries(self._url)
        changed = [url for url, etag in there.items() if url not in state.entries or state.entries[url].etag != etag or not etag]
        for remote in await self._client.fetch(self._url, changed):
            known = state.entries.get(remote.url)
            name = known.file if known else f"{hashlib.sha256(remote.url.encode()).hexdigest()[:16]}.ics"
            if digest(self._text(name)) != (known.digest if known else digest(b"")):
                continue  # changed here meanwhile: the next round
            new = remote.text.replace("\r\n", "\n").replace("\n", "\r\n").encode()
            outcome.received += known is None or digest(new) != known.digest
            write(self.folder / name, new)
            state.entries[remote.url] = Known(name, remote.etag, digest(new))
        for url in state.entries.keys() - there.keys():
            known = state.entries[url]
            if digest(self._text(known.file)) == known.digest:
                (self.folder / known.file).unlink(missing_ok=True)
                del state.entries[url]
                outcome.received += 1

    def _text(self, name: str) -> bytes:
        path = self.folder / name
        return path.read_bytes() if path.exists() else b""


def digest(text: bytes) -> str:
    """Return what tells a text from another."""
    return hashlib.sha256(text).hexdigest()


def has_entry(text: bytes) -> bool:
    """Tell whether a file has an entry in it; one that was deleted leaves an empty calendar."""
    return b"BEGIN:VEVENT" in text


def title(text: bytes) -> str:
    """Return what an entry is called, as well as can be told."""
    found = [line.partition(b":")[2] for line in text.splitlines() if line.upper().startswith(b"SUMMARY")]
    return found[0].decode("utf-8", "replace").strip() if found else ""


def write(path: Path, text: bytes) -> None:
    """Write a file whole or not at all. Raises OSError."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    new.write_bytes(text)
    new.replace(path)
