"""Skills found and loaded: the built-in ones, installed packages, and the user's own folder, all in the same way.

A skill that cannot be loaded gets a status that says why; everything else works on.
"""

import contextlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

from assistant.errors import SkillError
from assistant.limit import Stuck, time_limit
from assistant.needs import Filed
from assistant.prints import prints_aside
from assistant.skill import Action, Inverse

GROUP = "hark.skills"
OWN_PREFIX = "hark_own_skill_"
"""Module names of the files in the user's folder, so that they shadow nothing."""

OWN_PACKAGES = {"assistant", "audio", "models", "skills"}
"""Hark's own."""

IMPORT_S = 5.0
"""A file that takes longer to load than this has hung; the built-in skills together take a twentieth of it."""


@dataclass(frozen=True, slots=True)
class Family:
    """One skill file."""

    name: str
    origin: str
    """Where it comes from: a distribution, or a file."""
    status: str = "ready"
    """ready, disabled, or broken."""
    problem: str = ""
    """Why it is broken, with the file, the line and the cure."""
    hung: bool = False
    """It is broken because it took too long to load, as it will at every start."""
    actions: dict[str, Action] = field(default_factory=dict)
    """By id, `family.verb`."""
    inverses: dict[str, Inverse] = field(default_factory=dict)
    module: str = ""


def load_families(folder: Path | None = None, disabled: Iterable[str] = (), filed: Filed | None = None) -> list[Family]:
    """Return all families: those of installed distributions in the order of their names, then the files of `folder`.

    `filed` knows which templates are known to be right.
    """
    families: dict[str, Family] = {}
    filed = filed or Filed()
    for point in sorted(entry_points(sys.path), key=lambda point: (not own(point.module), point.name)):
        if point.name not in families:
            families[point.name] = load_installed(point, set(disabled), filed)
    for path in sorted(folder.glob("*.py")) if folder and folder.is_dir() else []:
        family = load_own(path, families, disabled, filed)
        families[str(path) if path.stem in families else path.stem] = family
    return list(families.values())


def load_own(path: Path, others: Mapping[str, Family], disabled: Iterable[str], filed: Filed) -> Family:
    """Load a file of the user's folder; it takes the name of none of the others, which are given by name."""
    if taken := others.get(path.stem):
        return Family(path.stem, str(path), "broken", f"The name '{path.stem}' is taken by {taken.origin}. Rename the file.")
    return load_file(path, set(disabled), filed)


@dataclass(frozen=True, slots=True)
class EntryPoint:
    """A skill that an installed distribution offers."""

    name: str
    module: str
    origin: str
    """The distribution with its version."""


def entry_points(path: Iterable[str]) -> Iterator[EntryPoint]:
    """Yield the skills of the distributions installed in the folders of a path, in its order.

    `importlib.metadata` would do the same, but loads what reads mail and archives: a sixth of the time of `hark ask`.
    """
    for folder in dict.fromkeys(path):
        for file in sorted(Path(folder).glob("*.dist-info/entry_points.txt")):
            distribution, _, version = file.parent.name.removesuffix(".dist-info").partition("-")
            origin = f"{distribution.replace('_', '-')} {version}"
            _, _, rest = file.read_text("utf-8").partition(f"[{GROUP}]")
            lines = rest.partition("\n[")[0].splitlines()
            named = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith(("#", ";")))
            yield from (EntryPoint(name.strip(), module.strip(), origin) for name, _, module in named)


def own(module: str) -> bool:
    """Tell whether a module is one of the built-in skills, which a package of the same name cannot replace."""
    return module.partition(".")[0] == "skills"


def load_installed(point: EntryPoint, disabled: set[str], filed: Filed) -> Family:
    """Load one entry point."""
    name, origin = point.name, point.origin
    if name in disabled:
        return Family(name, origin, "disabled")
    try:
        with loading(f"the skill {name} of {origin}"):
            return family_of(name, origin, importlib.import_module(point.module), filed)
    except (Exception, SystemExit, Stuck) as error:  # noqa: BLE001 -- a plugin may do anything while it is imported
        return Family(name, origin, "broken", explain(error, point.module), isinstance(error, Stuck))


@contextlib.contextmanager
def loading(what: str) -> Iterator[None]:
    """Load code of others: it may neither print among the replies nor take for ever, and Ctrl-C tells what it was that took so long."""
    try:
        with prints_aside(), time_limit(IMPORT_S):
            yield
    except KeyboardInterrupt as error:
        raise KeyboardInterrupt(f"stopped while loading {what}") from error


class Uncached(SourceFileLoader):
    """Loads a file as it is now; Python's cache takes one of the same size that was saved within the same second for unchanged."""

    def path_stats(self, path: str) -> Mapping[str, Any]:
        """Tell nothing that a cached copy could be compared with."""
        raise OSError(f"{path} is not cached")


def load_file(path: Path, disabled: Collection[str] = (), filed: Filed | None = None) -> Family:
    """Load one file as the family of its name."""
    if path.stem in disabled:
        return Family(path.stem, str(path), "disabled")
    name = OWN_PREFIX + path.stem
    spec = importlib.util.spec_from_file_location(name, path, loader=Uncached(name, str(path)))
    if not spec or not spec.loader:
        return Family(path.stem, str(path), "broken", f"{path}: this is no Python file.")
    module, before = importlib.util.module_from_spec(spec), sys.modules.get(name)
    sys.modules[name] = module
    try:
        with loading(str(path)):
            spec.loader.exec_module(module)
        return family_of(path.stem, str(path), module, filed or Filed())
    except (Exception, SystemExit, Stuck) as error:  # noqa: BLE001 -- a plugin may do anything while it is imported
        del sys.modules[name]
        if before:
            sys.modules[name] = before  # what was loaded of this file before is still in use
        return Family(path.stem, str(path), "broken", explain(error, str(path)), isinstance(error, Stuck))


def family_of(name: str, origin: str, module: ModuleType, filed: Filed) -> Family:
    """Collect a module's actions and inverses. Raises SkillError when it has no action, or one with a wrong template."""
    found = [value for value in vars(module).values() if isinstance(value, Action) and value.function.__module__ == module.__name__]
    if not found:
        raise SkillError(
            f"{module.__file__ or module.__name__}: no action in this file. Decorate a function with @action(en=[...], zh=[...])."
        )
    for action in found:
        filed.of(action)
    inverses = {value.name: value for value in vars(module).values() if isinstance(value, Inverse)}
    return Family(name, origin, actions={f"{name}.{action.verb}": action for action in found}, inverses=inverses, module=module.__name__)


def explain(error: BaseException, where: str) -> str:
    """Return what went wrong in loading a skill and what helps; `where` is its file, or its module when it has none yet."""
    if isinstance(error, SkillError):
        return str(error)
    if isinstance(error, SyntaxError):
        if "null bytes" in str(error):
            return f"{where}: this is no text, it has null bytes in it. Save it as UTF-8 text."
        return f"{error.filename or where}:{error.lineno or 1}: {error.msg}. Mend that line, then try `hark skills check`."
    own = [
        (frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename == where or f"{frame.f_globals.get('__name__')}.".startswith(f"{where}.")
    ]
    return f"{own[-1][0]}:{own[-1][1]}: {cure(error)}" if own else f"{where}: {cure(error)}"


def cure(error: BaseException) -> str:
    """Return what an exception says, and what helps against it."""
    match error:
        case Stuck():
            return f"it was still loading after {IMPORT_S:g} s. Do what takes long inside an action, not while the file is loaded."
        case SystemExit():
            return f"it ends the program while it is loaded (SystemExit: {error}). Take out the sys.exit."
        case ModuleNotFoundError(name=str() as name) if name.partition(".")[0] not in OWN_PACKAGES:
            return f"there is no module '{name}'. Install it where Hark is installed, or do without it."
        case ImportError(name=str() as name) if name.partition(".")[0] == "assistant":
            return f"{error}. A skill imports what it needs of Hark from assistant.skill."
    return f"{type(error).__name__}: {error}. This happened while the file was loaded; mend that line, or do it inside an action."
