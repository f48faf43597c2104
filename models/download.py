"""Fetching models from a hub: resumed where it broke off, verified before it counts, never half there.

A hub says which commit a name stands for and what the SHA-256 of each file is; both are pinned in the lock file. Files that the
hub keeps in git itself have no SHA-256 there, and are checked by git's own hash instead. No connection is opened here: the caller
gives what fetches.
"""

import asyncio
import hashlib
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from filelock import FileLock, Timeout

from models.catalogue import Entry
from models.errors import DownloadFailed, ModelMissing, NoRoom
from models.shelf import Shelf, blocks, sha256_of

TRIES = 5
"""Of one file, each from where the last broke off."""

BACKOFF_S = (0.5, 1.0, 2.0, 4.0)
LONGEST_WAIT_S = 60.0
"""A hub that asks for more patience than this is told of instead."""

SPARE = 200 << 20
"""Bytes that stay free on the disk."""


class Response(Protocol):
    """What a hub answered."""

    status: int
    retry_after_s: float
    """After 429 and 503: how long to wait; 0 when the hub did not say."""

    def chunks(self) -> AsyncIterator[bytes]:
        """Yield the body. Raises ConnectionError when it is cut."""


Fetch = Callable[[str, int], AbstractAsyncContextManager[Response]]
"""Opens an address from an offset. Raises ConnectionError when it cannot be reached."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file on the hub."""

    name: str
    bytes: int
    sha256: str
    """Empty for a file in git, which has `git` instead."""
    git: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a download is."""

    done: int
    """Bytes, of all files."""
    of: int
    note: str = ""
    """What it waits for, if for anything."""


Tell = Callable[[Progress], None]


class Download:
    """One model on its way here."""

    def __init__(self, entry: Entry, shelf: Shelf, hub: str, fetch: Fetch, tell: Tell = lambda _: None) -> None:
        """Take the model, where it goes, the hub's address, what fetches, and who hears of the progress."""
        self._entry = entry
        self._shelf = shelf
        self._hub = hub.rstrip("/")
        self._fetch = fetch
        self._tell = tell
        self._done = self._of = 0

    async def run(self) -> Path:
        """Fetch what is missing and return the model's path. Raises ModelError; what has come so far is kept for the next time."""
        place = self._shelf.place(self._entry)
        place.mkdir(parents=True, exist_ok=True)
        lock = FileLock(place.with_suffix(".lock"))
        while True:
            try:
                with lock.acquire(timeout=0):
                    await self._pull(place)
                    return self._shelf.path(self._entry)
            except Timeout:
                self._tell(Progress(self._done, self._of, "another Hark is fetching it"))
                await asyncio.sleep(0.5)

    async def _pull(self, place: Path) -> None:
        commit, parts = await self._listing()
        self._of = sum(part.bytes for part in parts)
        wanted = [part for part in parts if not await whole(place / part.name, part)]
        missing = sum(part.bytes - length(partial(place / part.name, part)) for part in wanted)
        free = shutil.disk_usage(place).free
        if missing + SPARE > free:
            raise NoRoom(
                f"{self._entry.id} takes {missing >> 20} MB, and {free >> 20} MB are free at {place}. Make room, or set HARK_HOME."
            )
        self._done = self._of - sum(part.bytes for part in wanted)
        for part in wanted:
            await self._file(place / part.name, part, commit)
        self._shelf.keep(self._entry, commit, {part.name: part.sha256 or sha256_of(place / part.name) for part in parts})

    async def _listing(self) -> tuple[str, list[Part]]:
        """Return the commit a hub serves, and the model's files in it."""
        repository = f"{self._hub}/api/models/{self._entry.repository}"
        known = self._shelf.kept().get(self._entry.id)
        commit = known.commit if known else str((await self._json(f"{repository}/revision/main"))["sha"])
        tree = {each["path"]: each for each in await self._json(f"{repository}/tree/{commit}?recursive=true") if each["type"] == "file"}
        if absent := [name for name in self._entry.files if name not in tree]:
            raise ModelMissing(f"{self._entry.repository} no longer has {absent[0]}. Choose another model: `hark models list`.")
        parts = []
        for name in self._entry.files:
            lfs = tree[name].get("lfs") or {}
            parts.append(Part(name, int(lfs.get("size", tree[name]["size"])), str(lfs.get("oid", "")), str(tree[name].get("oid", ""))))
        return commit, parts

    async def _json(self, url: str) -> Any:
        body = bytearray()
        async for chunk in self._patiently(url, lambda: 0):
            body += chunk
        try:
            return json.loads(body)
        except ValueError as error:
            raise DownloadFailed(f"{self._hub} answered something that is no JSON. Try another with --mirror.") from error

    async def _file(self, path: Path, part: Part, commit: str) -> None:
        """Fetch one file; a second time from the beginning when its bytes are wrong."""
        half = partial(path, part)
        half.parent.mkdir(parents=True, exist_ok=True)
        url = f"{self._hub}/{self._entry.repository}/resolve/{commit}/{quote(part.name)}"
        before = self._done
        for _ in range(2):
            await self._fill(half, url, part, before)
            if await whole(half, part):
                half.replace(path)
                return
            half.unlink()
        raise DownloadFailed(f"What came for {part.name} is not what {self._hub} promised, twice. Try another hub with --mirror.")

    async def _fill(self, half: Path, url: str, part: Part, before: int) -> None:
        """Write a file from where it broke off to its end."""
        with half.open("ab") as out:
            if length(half) > part.bytes:
                out.truncate(0)

            def have() -> int:
                return out.tell()

            if have() < part.bytes or not part.bytes:
                async for chunk in self._patiently(url, have):
                    try:
                        out.write(chunk)
                    except OSError as error:
                        raise NoRoom(f"Cannot write {half}: {error.strerror}. What has come is kept; make room and pull again.") from error
                    if out.tell() > part.bytes:
                        break
                    self._done = before + out.tell()
                    self._tell(Progress(self._done, self._of))
            out.flush()
            await asyncio.to_thread(os.fsync, out.fileno())

    async def _patiently(self, url: str, have: Callable[[], int]) -> AsyncIterator[bytes]:
        """Yield a body from where we have it, going on after every interruption that brought something, and a few that did not."""
        tries, why = 0, ""
        while tries < TRIES:
            began = have()
            wait_s = BACKOFF_S[min(tries, len(BACKOFF_S) - 1)]
            try:
                async with self._fetch(url, began) as response:
                    if response.status in {429, 503}:
                        why = f"{self._hub} is busy (status {response.status})"
                        wait_s = response.retry_after_s or wait_s
                        if wait_s > LONGEST_WAIT_S:
                            raise DownloadFailed(f"{why} and asks to come back in {wait_s / 60:.0f} minutes. Or try another with --mirror.")
                    elif response.status in {200, 206}:
                        skip = began if response.status == 200 else 0  # it does not resume, so it begins anew
                        async for chunk in response.chunks():
                            kept = chunk[skip:] if skip else chunk
                            skip = max(0, skip - len(chunk))
                            if kept:
                                yield kept
                        return
                    else:
                        raise DownloadFailed(refusal(response.status, url, self._hub))
            except ConnectionError as error:
                why = str(error)
            tries = 0 if have() > began else tries + 1
            self._tell(Progress(self._done, self._of, f"{why}; again in {wait_s:g} s"))
            await asyncio.sleep(wait_s)
        raise DownloadFailed(f"{why}. What has come is kept: pull again later, or try another hub with --mirror.")


def refusal(status: int, url: str, hub: str) -> str:
    """Return what a status means for the user."""
    if status in {401, 403}:
        return f"{hub} does not give this model to everybody (status {status}). Choose another: `hark models list`."
    if status == 404:
        return f"{hub} does not have {url.removeprefix(hub)}. Try another hub with --mirror, or another model."
    return f"{hub} answered with status {status}. Try again later, or another hub with --mirror."


def partial(path: Path, part: Part) -> Path:
    """Return where a file lies while it is not whole; named after its bytes, so that no other version is taken for its beginning."""
    return path.with_name(f"{path.name}.{(part.sha256 or part.git)[:16]}.part")


def length(path: Path) -> int:
    """Return a file's bytes, 0 where there is none."""
    return path.stat().st_size if path.exists() else 0


async def whole(path: Path, part: Part) -> bool:
    """Tell whether a file has the bytes the hub promised, without keeping anybody waiting: gigabytes are read for seconds."""
    return await asyncio.to_thread(is_whole, path, part)


def is_whole(path: Path, part: Part) -> bool:
    """Tell whether a file has the bytes the hub promised."""
    if not path.exists() or length(path) != part.bytes:
        return False
    if part.sha256:
        return sha256_of(path) == part.sha256
    digest = hashlib.sha1(f"blob {part.bytes}\0".encode(), usedforsecurity=False)
    for block in blocks(path):
        digest.update(block)
    return digest.hexdigest() == part.git
