"""The user's settings file: read and changed key by key, so that comments stay and a half-written file never exists."""

import difflib
import math
import os
import tempfile
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError

from assistant.config import OWN_SETTINGS, Config, config_from, documentation, keys, stages
from assistant.errors import ConfigError

YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}


class BadSetting(ConfigError):
    """What was asked for is no setting, or no value of it; nothing has been changed."""

    status = 2


class SettingsFile:
    """One TOML file."""

    def __init__(self, path: Path) -> None:
        """Take the path; the file need not be there."""
        self.path = path

    def text(self) -> str:
        """Return what is in the file; nothing when there is none. Raises ConfigError."""
        try:
            return self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise ConfigError(f"{self.path} is no text in UTF-8: {error}. Mend it, or move it away.") from error
        except OSError as error:
            raise ConfigError(f"{self.path} cannot be read: {error.strerror}.") from error

    def document(self) -> tomlkit.TOMLDocument:
        """Return the file with its comments. Raises ConfigError."""
        try:
            return tomlkit.parse(self.text())
        except TOMLKitError as error:
            raise ConfigError(f"{self.path} is no TOML file: {error}. Mend it with `hark config edit`.") from error

    def has(self, key: str) -> bool:
        """Tell whether the file says something about a setting."""
        *tables, name = key.split(".")
        found: Any = self.document()
        for table in tables:
            found = found.get(table) if isinstance(found, MutableMapping) else None
        return isinstance(found, MutableMapping) and name in found

    def put(self, key: str, value: Any, check: Callable[[Config], None] = lambda _: None) -> None:
        """Write one setting, checked together with all others and then by `check`, which raises BadSetting.

        Raises BadSetting, or ConfigError when the file cannot be written.
        """
        *tables, name = key.split(".")
        document = self.document()
        if tables[0] not in document and document.as_string().strip():
            document.add(tomlkit.nl())
        found: Any = document
        for depth, table in enumerate(tables, 1):
            if table not in found:
                found[table] = tomlkit.table(is_super_table=depth < len(tables))
            found = found[table]
            if not isinstance(found, MutableMapping):
                raise BadSetting(f"In {self.path} '{table}' is no table. Mend it with `hark config edit`.")
        found[name] = list(value) if isinstance(value, tuple) else value
        try:
            config = config_from(document.unwrap(), "Nothing was changed")
        except ConfigError as error:
            raise BadSetting(str(error)) from error
        check(config)  # raises before anything is written
        self.replace(document.as_string())

    def drop(self, key: str) -> None:
        """Take one setting out; whatever else is wrong with the file stays as it is. Raises ConfigError."""
        *tables, name = key.split(".")
        document = self.document()
        path: list[Any] = [document]
        for table in tables:
            path.append(path[-1][table])
        del path[-1][name]
        for outer, table in zip(reversed(path[:-1]), reversed(tables), strict=True):
            if not outer[table]:
                del outer[table]
        self.replace(document.as_string())

    def replace(self, text: str) -> None:
        """Write the whole file at once: it is the old one or the new one, even if the machine stops now. Raises ConfigError."""
        target = self.path.resolve()  # a link into somebody's dotfiles stays a link
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
            new = Path(name)
            try:
                with open(number, "w", encoding="utf-8") as out:  # noqa: PTH123 -- a file that is open already
                    out.write(text)
                    out.flush()
                    os.fsync(number)
                new.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
                new.replace(target)
            finally:
                new.unlink(missing_ok=True)
        except OSError as error:
            raise ConfigError(f"{target} cannot be written: {error.strerror}. Nothing was changed.") from error


def known_key(key: str) -> str:
    """Return the key. Raises BadSetting naming the nearest one."""
    if key in keys() or is_skills(key):
        return key
    of_table = [known for known in keys() if known.startswith(f"{key.partition('.')[0]}.")]
    near = difflib.get_close_matches(key, list(keys()), n=1, cutoff=0.6)
    hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(of_table or keys())}."
    raise BadSetting(f"There is no setting '{key}'. {hint}")


def is_skills(key: str) -> bool:
    """Tell whether a setting is a skill's own: skill.FAMILY.NAME."""
    parts = key.split(".")
    return len(parts) == 3 and parts[0] == OWN_SETTINGS and all(parts)


def value_of(config: Config, key: str) -> Any:
    """Return the value of a setting; None for one of a skill that has not been set."""
    if is_skills(key):
        _, family, name = key.split(".")
        return config.skill.get(family, {}).get(name)
    table, _, name = key.partition(".")
    return getattr(getattr(config, table), name)


def value_from(key: str, text: str) -> Any:
    """Return the value that a text means for a setting. Raises BadSetting with what it may be.

    What a skill takes only the skill knows: there it is a TOML value, such as 3, true or ["a", "b"], and text where it is none.
    """
    if is_skills(key):
        try:
            return tomlkit.parse(f"value = {text}").unwrap()["value"]
        except TOMLKitError:
            return text
    table, _, name = key.partition(".")
    stage = next(one.type for one in stages() if one.name == table)
    one = next(one for one in msgspec.structs.fields(stage) if one.name == name)
    if get_origin(one.type) is Literal and text not in get_args(one.type):
        raise BadSetting(f"'{key}' cannot be '{text}'. It can be: {', '.join(get_args(one.type))}. {documentation(key)}")
    match one.default:
        case bool():
            if text.casefold() not in YES | NO:
                raise BadSetting(f"'{key}' is yes or no, not '{text}'. {documentation(key)}")
            return text.casefold() in YES
        case int() | float():
            return number_from(key, text, whole=isinstance(one.default, int))
        case tuple():
            return tuple(part.strip() for part in text.split(",") if part.strip())
    return text


def number_from(key: str, text: str, *, whole: bool) -> float:
    """Return the number a text means. Raises BadSetting."""
    try:
        number = int(text) if whole else float(text)
    except ValueError as error:
        raise BadSetting(f"'{key}' is {'a whole number' if whole else 'a number'}, not '{text}'. {documentation(key)}") from error
    if not math.isfinite(number):
        raise BadSetting(f"'{key}' is a number with an end, not '{text}'. {documentation(key)}")
    return number


def written(value: Any) -> str:
    """Return a value as it is given on the command line."""
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple() | list():
            return ",".join(map(str, value))
        case None:
            return ""
    return str(value)
