"""Programs as free desktops list them: the Desktop Entry Specification 1.5 of freedesktop.org."""

import configparser
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.desktop import Program

SECTION = "Desktop Entry"
NAMES = ("Name", "GenericName")
"""Keys under which an entry tells what it is called."""

LANGUAGES = ("", "[zh_CN]", "[zh_TW]", "[zh]", "[en]", "[en_GB]")
"""Of names that are compared with what was said."""

ENVIRONMENTS = "/usr/local/share:/usr/share"
"""Folders where XDG_DATA_DIRS says none."""

LONGEST_FILE = 512 * 1024
"""Bytes; an entry in a hundred languages has a tenth of that."""

MANY_FILES = 5_000
"""Entries; whoever has more has pointed XDG_DATA_DIRS at something else."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file."""

    program: Program
    command: tuple[str, ...]
    """Words that start it, without the fields for files."""
    in_terminal: bool
    folder: str
    """Where it is started; empty for the user's own."""


def folders(environment: Mapping[str, str]) -> list[Path]:
    """Return where entries lie, those that win first."""
    home = environment.get("HOME", str(Path.home()))
    own = environment.get("XDG_DATA_HOME") or f"{home}/.local/share"
    shared = environment.get("XDG_DATA_DIRS") or ENVIRONMENTS
    return [Path(folder) / "applications" for folder in (own, *shared.split(":")) if folder]


def entries(environment: Mapping[str, str]) -> list[Entry]:
    """Return the programs that a menu of this desktop would show."""
    chosen = defaults(environment)
    files: dict[str, Path] = {}
    for folder in folders(environment):
        for count, path in enumerate(sorted(folder.rglob("*.desktop"))):
            if count >= MANY_FILES:
                break
            files.setdefault("-".join(path.relative_to(folder).parts), path)
    found = (entry_from(path, name, environment, preferred=name in chosen) for name, path in files.items())
    return [entry for entry in found if entry]


def defaults(environment: Mapping[str, str]) -> set[str]:
    """Return the programs the user has chosen for something."""
    home = environment.get("HOME", str(Path.home()))
    own = Path(environment.get("XDG_CONFIG_HOME") or f"{home}/.config") / "mimeapps.list"
    chosen: set[str] = set()
    for path in (own, *(folder / "mimeapps.list" for folder in folders(environment))):
        for line in section(path, "Default Applications").values():
            chosen |= {line.partition(";")[0].strip()}
    return chosen


def section(path: Path, name: str) -> Mapping[str, str]:
    """Return a section of a file; empty when it has none or cannot be read."""
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]  # -- keys tell capitals apart
    try:
        if path.stat().st_size > LONGEST_FILE:
            return {}
        parser.read_string(path.read_text(encoding="utf-8", errors="replace"))
        return dict(parser.items(name)) if parser.has_section(name) else {}
    except (OSError, configparser.Error):
        return {}  # another program's file; one that is broken is in no menu


def entry_from(path: Path, name: str, environment: Mapping[str, str], *, preferred: bool) -> Entry | None:
    """Return what a file says; None for what no menu shows."""
    said = section(path, SECTION)
    if said.get("Type") != "Application" or not is_shown(said, environment):
        return None
    command = command_of(said, path)
    if not command or not is_there(said.get("TryExec") or command[0], environment):
        return None
    called = dict.fromkeys(value for key in NAMES for language in LANGUAGES if (value := plain(said.get(key + language, ""))))
    short = name.removesuffix(".desktop").rpartition(".")[2]
    chinese = plain(said.get("Name[zh_CN]", "") or said.get("Name[zh]", ""))
    program = Program(name, tuple(dict.fromkeys((*called, short))), chinese, several(said.get("Categories", "")), preferred)
    return Entry(program, command, said.get("Terminal", "").casefold() == "true", plain(said.get("Path", "")))


def is_shown(said: Mapping[str, str], environment: Mapping[str, str]) -> bool:
    """Tell whether a menu of this desktop would show an entry."""
    here = {name.casefold() for name in environment.get("XDG_CURRENT_DESKTOP", "").split(":") if name}
    only, never = ({name.casefold() for name in several(said.get(key, ""))} for key in ("OnlyShowIn", "NotShowIn"))
    hidden = any(said.get(key, "").casefold() == "true" for key in ("NoDisplay", "Hidden"))
    return bool(said.get("Name")) and not hidden and not (only and here and not only & here) and not never & here


def is_there(command: str, environment: Mapping[str, str]) -> bool:
    """Tell whether a command can be started."""
    return shutil.which(command, path=environment.get("PATH")) is not None


def command_of(said: Mapping[str, str], path: Path) -> tuple[str, ...]:
    """Return the words of an entry's command: fields for files are left out, no shell is asked; empty when it cannot be read."""
    try:
        words = shlex.split(plain(said.get("Exec", "")))
    except ValueError:
        return ()
    return tuple(word for part in words for word in filled(part, said, path))


def filled(word: str, said: Mapping[str, str], path: Path) -> Iterator[str]:
    """Yield what stands for a word of a command."""
    if word == "%i":
        yield from ("--icon", said["Icon"]) if said.get("Icon") else ()
    elif word in {"%f", "%F", "%u", "%U", "%d", "%D", "%n", "%N", "%v", "%m"}:
        return
    else:
        parts = word.split("%%")
        for field, value in (("%c", plain(said.get("Name", ""))), ("%k", str(path)), *((f"%{letter}", "") for letter in "fFuUdDnNvmi")):
            parts = [part.replace(field, value) for part in parts]
        yield "%".join(parts)


def plain(text: str) -> str:
    """Return a string of an entry with its escapes read."""
    for escape, meant in ((r"\s", " "), (r"\n", "\n"), (r"\t", "\t"), (r"\r", "\r")):
        text = text.replace(escape, meant)
    return text.replace("\\\\", "\\").strip()


def several(text: str) -> tuple[str, ...]:
    """Return a list of an entry."""
    return tuple(part.strip() for part in text.split(";") if part.strip())
