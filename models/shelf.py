"""Models on this machine: a folder for each, and a lock file that says which bytes belong there."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from models.catalogue import Entry
from models.errors import ModelBroken, ModelMissing

LOCK = "models.lock.json"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Pinned:
    """A file as it was when it was verified."""

    sha256: str
    bytes: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A model that is here."""

    repository: str
    commit: str
    files: dict[str, Pinned] = field(default_factory=dict)


class Shelf:
    """The models folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def place(self, entry: Entry) -> Path:
        """Return a model's own folder, which need not be there."""
        return self.folder / entry.id

    def path(self, entry: Entry) -> Path:
        """Return what a loader is given: a file, or a recogniser's folder. Raises ModelMissing or ModelBroken.

        Whether each file still is what was verified is told by its size and time, so that loading gigabytes does not mean
        reading them twice; `verify` reads every byte.
        """
        kept = self.kept().get(entry.id)
        if kept is None:
            raise ModelMissing(f"The model {entry.id} is not here. Fetch it with `hark models pull {entry.id}`.")
        for name, pinned in kept.files.items():
            self._check(entry, name, pinned)
        return self.place(entry) if entry.kind == "asr" else self.place(entry) / entry.files[0]

    def _check(self, entry: Entry, name: str, pinned: Pinned) -> None:
        try:
            now = (self.place(entry) / name).stat()
        except OSError:
            raise ModelMissing(f"{name} of {entry.id} is gone. Fetch it again with `hark models pull {entry.id}`.") from None
        if (now.st_size, now.st_mtime_ns) != (pinned.bytes, pinned.mtime_ns):
            raise ModelBroken(f"{name} of {entry.id} is not the file that was verified. Look at it with `hark models verify {entry.id}`.")

    def kept(self) -> dict[str, Kept]:
        """Return what is here by name, as the lock file has it."""
        try:
            data = json.loads((self.folder / LOCK).read_text("utf-8"))
            return {
                name: Kept(each["repository"], each["commit"], {file: Pinned(**pinned) for file, pinned in each["files"].items()})
                for name, each in data.items()
            }
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ModelBroken(f"{self.folder / LOCK} cannot be read: {error}. Remove it and pull the models again.") from error

    def keep(self, entry: Entry, commit: str, hashes: dict[str, str]) -> None:
        """Write down which files were verified."""
        files = {}
        for name, sha256 in hashes.items():
            now = (self.place(entry) / name).stat()
            files[name] = Pinned(sha256, now.st_size, now.st_mtime_ns)
        with self._alone():
            self._write(self.kept() | {entry.id: Kept(entry.repository, commit, files)})

    def verify(self, entry: Entry, tell: Callable[[int], None] = lambda _: None) -> list[str]:
        """Return the files that are not what was pulled, after reading all of them; `tell` hears of each block's bytes.

        One whose bytes are right but whose time has changed (a copy, a restored backup) is taken as verified anew.
        """
        kept = self.kept().get(entry.id)
        if kept is None:
            raise ModelMissing(f"The model {entry.id} is not here. Fetch it with `hark models pull {entry.id}`.")
        wrong = [name for name, pinned in kept.files.items() if sha256_of(self.place(entry) / name, tell) != pinned.sha256]
        if not wrong:
            self.keep(entry, kept.commit, {name: pinned.sha256 for name, pinned in kept.files.items()})
        return wrong

    def remove(self, entry: Entry) -> int:
        """Delete a model and what was left of a download; return the bytes that became free."""
        place = self.place(entry)
        freed = sum(each.stat().st_size for each in place.rglob("*") if each.is_file()) if place.is_dir() else 0
        with self._alone():
            self._write({name: kept for name, kept in self.kept().items() if name != entry.id})
        shutil.rmtree(place, ignore_errors=True)
        return freed

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other Hark change what is written down meanwhile: two may have fetched different models at once."""
        from filelock import FileLock  # noqa: PLC0415 -- a twentieth of a second, which those who only load a model need not wait for

        self.folder.mkdir(parents=True, exist_ok=True)
        with FileLock(self.folder / f"{LOCK}.lock"):
            yield

    def _write(self, kept: dict[str, Kept]) -> None:
        part = self.folder / f"{LOCK}.{os.getpid()}.part"
        part.write_text(json.dumps({name: asdict(each) for name, each in sorted(kept.items())}, indent=1), encoding="utf-8")
        part.replace(self.folder / LOCK)


def sha256_of(path: Path, tell: Callable[[int], None] = lambda _: None) -> str:
    """Return a file's SHA-256; of a file that is not there, an empty text."""
    digest = hashlib.sha256()
    try:
        for block in blocks(path):
            digest.update(block)
            tell(len(block))
    except OSError:
        return ""
    return digest.hexdigest()


def blocks(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes."""
    with path.open("rb") as opened:
        while block := opened.read(BLOCK):
            yield block
