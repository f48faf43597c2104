"""The machine, and what Hark keeps on it. Looking changes nothing."""

import importlib.util
import platform
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

from assistant.checkup.finding import Finding, State, broken
from assistant.config import Config, Places, keys, load_config
from assistant.errors import ConfigError
from assistant.plugins import load_families
from assistant.settings import SettingsFile
from assistant.store import VERSION

EXTRAS = {"llm": ("llama_cpp", "language models"), "piper": ("piper", "voices that sound like people")}
"""Optional parts: the module each brings, and what for."""

LOW_BYTES = 200_000_000
"""Free disk space under which models and logs soon find no room."""

FULL_BYTES = 10_000_000
"""Free disk space under which a timer may not be saved."""


def python() -> Iterator[Finding]:
    """Tell the versions of Hark, Python and the system."""
    yield Finding(
        "hark", State.OK, f"{version('hark-assistant')} on Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    )


def settings(places: Places) -> Iterator[Finding]:
    """Tell whether the settings can be read, and how many are the user's own."""
    try:
        load_config(places.config_file)
        file = SettingsFile(places.config_file)
        own = [key for key in keys() if file.has(key)]
    except ConfigError as error:
        yield broken("settings", str(error))
        return
    changed = f"{', '.join(own)} set in {places.config_file}" if own else f"all at their defaults ({places.config_file})"
    yield Finding("settings", State.OK, changed)


def memory(places: Places) -> Iterator[Finding]:
    """Tell how the memory file is: size, soundness, what waits in it; it is only read."""
    path = places.store_file
    if not path.exists():
        yield Finding("memory", State.OK, f"none yet; it will be {path}")
        return
    size = path.stat().st_size
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=2)) as db:
            sound = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if sound != "ok":
                raise sqlite3.DatabaseError(sound)
            newer = db.execute("PRAGMA user_version").fetchone()[0] > VERSION
            timers, turns = (
                0 if newer else db.execute(query).fetchone()[0]
                for query in ("SELECT count(*) FROM timer WHERE rung_at IS NULL", "SELECT count(*) FROM turn")
            )
    except sqlite3.Error as error:
        cure = "The next start sets it aside and begins a new one. If you have a copy, put it back before."
        yield Finding("memory", State.BROKEN, f"{path} is damaged: {error}.", cure)
        return
    if newer:
        cure = "Update Hark, or move the file away; the next start sets it aside."
        yield Finding("memory", State.BROKEN, f"{path} is from a newer Hark.", cure)
        return
    told = f"{path}, {size / 1000:,.0f} kB, sound; {count(timers, 'timer')} waiting, {count(turns, 'turn')} kept"
    yield Finding("memory", State.OK, told, figures={"size_bytes": size, "timers": timers, "turns": turns})


def disk(places: Places) -> Iterator[Finding]:
    """Tell how much room there is for what must not be lost."""
    folder = next(path for path in (places.data, *places.data.parents) if path.exists())
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        yield Finding("disk", State.WEAK, f"{folder} cannot be measured: {error.strerror}.")
        return
    state = State.OK if free > LOW_BYTES else State.WEAK if free > FULL_BYTES else State.BROKEN
    cure = "" if state is State.OK else "Free some space, or set HARK_HOME to a folder on another disk."
    yield Finding("disk", state, f"{free / 1e9:,.1f} GB free for {places.data}", cure, {"free_bytes": free})


def skills(places: Places, config: Config) -> Iterator[Finding]:
    """Tell how many skills are ready, and why others are not."""
    families = load_families(places.skills, config.skills.disabled)
    ready = [family for family in families if family.status == "ready"]
    off = [family.name for family in families if family.status == "disabled"]
    told = f"{len(ready)} ready, {count(sum(len(family.actions) for family in ready), 'action')}"
    yield Finding("skills", State.OK if ready else State.BROKEN, told + (f"; disabled: {', '.join(off)}" if off else ""))
    for family in families:
        if family.status == "broken":
            cure = (
                f"`hark skills check {family.origin}` tells more."
                if Path(family.origin).is_file()
                else "Ask whoever wrote it, or uninstall it."
            )
            yield Finding(f"skill {family.name}", State.WEAK, family.problem, cure)


def extras() -> Iterator[Finding]:
    """Tell which optional parts are installed."""
    for name, (module, purpose) in EXTRAS.items():
        if importlib.util.find_spec(module):
            yield Finding(f"extra {name}", State.OK, f"installed: {purpose}")
        else:
            cure = f"To have it: pip install 'hark-assistant[{name}]', or in a clone: uv sync --extra {name}."
            yield Finding(f"extra {name}", State.NOTE, f"not installed: {purpose}", cure)


def network(config: Config) -> Iterator[Finding]:
    """Tell what may leave this machine."""
    if not config.privacy.online_voice:
        yield Finding("network", State.OK, "nothing leaves this machine")
    elif config.tts.engine == "edge":
        cure = "`hark config set tts.engine espeak` keeps it here."
        yield Finding("network", State.NOTE, "every sentence Hark speaks goes to Microsoft, and is recorded", cure)
    else:
        cure = "`hark config set privacy.online_voice false` forbids it."
        yield Finding("network", State.NOTE, "nothing leaves this machine now, but the online voice is allowed", cure)


def count(number: int, thing: str) -> str:
    """Return so many of a thing."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
