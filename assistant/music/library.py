"""The music folder: its files with what is written in them, and its playlists."""

import json
import os
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutagen

from assistant.players import OWN, Playlist, Tune

MUSIC = {".mp3", ".flac", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".aac", ".wav", ".wma", ".aif", ".aiff", ".ape", ".mpc", ".wv"}
LISTS = {".m3u", ".m3u8", ".pls"}

MOST_FILES = 50_000
"""Files looked at; a folder with more is no music folder."""

MOST_BYTES = 2**20
"""Of a playlist."""

READ_S = 4.0
"""Seconds spent on files that are new, per look; the others are known by their names until then. A file takes 1 to 3 ms."""

NUMBERED = re.compile(r"^\d{1,3}\s*[-._ ]\s*(?=\S)")
"""What a file's name begins with on most albums."""


class Library:
    """One folder; what was read is kept in a file of Hark's, so that only new files are read."""

    def __init__(self, folder: Path, index: Path) -> None:
        """Take both paths; neither need be there."""
        self.folder = folder
        self._index = index

    def tunes(self) -> list[Tune]:
        """Return all music, in the order of its files."""
        known, kept, until = self._known(), {}, time.monotonic() + READ_S
        for path in self._files(MUSIC):
            stamp, name = stamp_of(path), str(path)
            row = known.get(name)
            if row is None or row[0] != stamp:
                row = [stamp, written_in(path) if time.monotonic() < until else None]
            kept[name] = row
        if kept != known:
            self._keep(kept)
        return [self._tune(Path(name), row[1] or {}) for name, row in kept.items()]

    def playlists(self) -> list[Playlist]:
        """Return the playlists whose music is there."""
        found = (Playlist(str(path), path.stem, OWN, tuple(entries_of(path))) for path in self._files(LISTS))
        return [playlist for playlist in found if playlist.paths]

    def _tune(self, path: Path, said: dict[str, str]) -> Tune:
        name = NUMBERED.sub("", path.stem)
        artist, dash, title = name.partition(" - ")
        folder = str(path.parent.relative_to(self.folder))
        return Tune(
            str(path),
            said.get("title") or (title if dash else name),
            said.get("artist", "") or (artist if dash else ""),
            said.get("album", ""),
            said.get("genre", ""),
            "" if folder == "." else folder,
            int(said.get("number") or 0),
        )

    def _files(self, kinds: set[str]) -> Iterator[Path]:
        seen = 0
        for folder, inside, names in os.walk(self.folder):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            for name in sorted(names):
                seen += 1
                if seen > MOST_FILES:
                    return
                if os.path.splitext(name)[1].casefold() in kinds and not name.startswith("."):  # noqa: PTH122 -- fifty thousand times
                    yield Path(folder, name)

    def _known(self) -> dict[str, list[Any]]:
        try:
            found = json.loads(self._index.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}  # there is none yet, or it was cut off: it is made anew
        rows = found.items() if isinstance(found, dict) else ()
        return {name: row for name, row in rows if isinstance(row, list) and len(row) == 2 and isinstance(row[1], dict)}

    def _keep(self, rows: dict[str, list[Any]]) -> None:
        try:
            self._index.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=self._index.parent, prefix=f".{self._index.name}.")
            with open(number, "w", encoding="utf-8") as out:  # noqa: PTH123 -- a file that is open already
                json.dump(rows, out, ensure_ascii=False)
            Path(name).replace(self._index)
        except OSError:
            return  # it only saves time


def stamp_of(path: Path) -> list[int]:
    """Return what changes when a file does."""
    try:
        told = path.stat()
    except OSError:
        return [0, 0]
    return [told.st_mtime_ns, told.st_size]


def written_in(path: Path) -> dict[str, str]:
    """Return what is written in a file about it; nothing for one that cannot be read."""
    try:
        tags = mutagen.File(path, easy=True)
    except (mutagen.MutagenError, OSError, ValueError):
        return {}
    if tags is None:
        return {}
    artists = dict.fromkeys(name for key in ("artist", "albumartist", "composer") for name in several(tags, key))
    disc, piece = (leading(several(tags, key)) for key in ("discnumber", "tracknumber"))
    fields = {
        "title": " ".join(several(tags, "title")),
        "artist": "; ".join(artists),
        "album": " ".join(several(tags, "album")),
        "genre": "; ".join(several(tags, "genre")),
        "number": str(disc * 1000 + piece or ""),
    }
    return {key: value for key, value in fields.items() if value}


def several(tags: Any, key: str) -> list[str]:
    """Return the values of a tag; none where this kind of file has no such tag."""
    try:
        return [str(value).strip() for value in tags.get(key) or () if str(value).strip()]
    except (KeyError, ValueError):
        return []


def leading(values: list[str]) -> int:
    """Return the number that a tag begins with, such as "3/12"; 0 for none."""
    match = re.match(r"\d{1,4}", values[0]) if values else None
    return int(match[0]) if match else 0


def entries_of(path: Path) -> Iterator[str]:
    """Yield the files of a playlist that are there; addresses on the internet are left out."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        said = re.sub(r"^File\d+=", "", line.strip()) if path.suffix.casefold() == ".pls" else line.strip()
        if said and not said.startswith(("#", "[")) and "://" not in said:
            found = (path.parent / said.replace("\\", "/")).resolve()
            if found.is_file() and found.suffix.casefold() in MUSIC:
                yield str(found)
