"""`hark config`: show the settings, and change them so that nothing wrong is ever written."""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from rich.table import Table
from rich.text import Text

from assistant.config import Config, Places, config_from, documentation, keys, load_config, stages
from assistant.errors import ConfigError
from assistant.faces.screen import show as draw
from assistant.settings import BadSetting, SettingsFile, known_key, value_from, value_of, written

EDITORS = ("sensible-editor", "nano", "vim", "vi", "notepad")
"""Tried when neither $VISUAL nor $EDITOR is set."""


def run(args: argparse.Namespace) -> int:
    """Carry out one of the config commands."""
    places = Places()
    verbs: dict[str, Callable[[SettingsFile, argparse.Namespace], int]] = {
        "show": show,
        "get": get,
        "set": put,
        "unset": unset,
        "edit": edit,
        "path": path,
    }
    return verbs[args.verb](SettingsFile(places.config_file), args)


def show(file: SettingsFile, args: argparse.Namespace) -> int:
    """Print all settings."""
    config = load_config(file.path)
    if args.json:
        for key in keys():
            record = {"key": key, "value": value_of(config, key), "from": source(file, key), "meaning": documentation(key)}
            print(json.dumps(record, ensure_ascii=False))
        return 0
    draw(table_of(file, config))
    return 0


def table_of(file: SettingsFile, config: Config) -> Table:
    """Return all settings as a table; what the user has set stands out."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), caption=f"The file: {file.path}", caption_justify="left")
    table.add_column("setting", no_wrap=True)
    table.add_column("value", max_width=24, overflow="fold")
    table.add_column("from", no_wrap=True)
    table.add_column("meaning")
    for stage in stages():
        table.add_row(Text(f"\n[{stage.name}]", "dim"), "", "", Text(f"\n{stage.type.__doc__}", "dim"))
        for key in (f"{stage.name}.{one.name}" for one in msgspec.structs.fields(stage.type)):
            own = file.has(key)
            value = written(value_of(config, key)) or "-"
            table.add_row(Text(key, "bold" if own else ""), Text(value, "bold green" if own else ""), source(file, key), documentation(key))
    for family, settings in sorted(config.skill.items()):
        table.add_row(Text(f"\n[skill.{family}]", "dim"), "", "", Text("\nof the skill; its page in docs/ says what each means", "dim"))
        for name, value in settings.items():
            table.add_row(Text(f"skill.{family}.{name}", "bold"), Text(written(value), "bold green"), "file", "")
    return table


def source(file: SettingsFile, key: str) -> str:
    """Return where the value of a setting comes from."""
    return "file" if file.has(key) else "default"


def get(file: SettingsFile, args: argparse.Namespace) -> int:
    """Print one value, as `set` takes it."""
    print(written(value_of(load_config(file.path), known_key(args.key))))
    return 0


def put(file: SettingsFile, args: argparse.Namespace) -> int:
    """Change one value."""
    key = known_key(args.key)
    value = value_from(key, args.value)
    file.put(key, value, lambda config: try_out(config, [key]))
    print(f"{key} = {written(value)}")
    return 0


def try_out(config: Config, changed: Sequence[str]) -> None:
    """Raise BadSetting when one of the changed settings would stop the next start."""
    from assistant.trial import check_settings  # noqa: PLC0415 -- loads all of Hark, which looking at settings does not need

    check_settings(Places(), config, changed)


def unset(file: SettingsFile, args: argparse.Namespace) -> int:
    """Go back to a default; also rids the file of a key that there is no more."""
    if file.has(args.key):
        file.drop(args.key)
        if args.key not in keys():
            print(f"{args.key} is gone.")
            return 0
    print(f"{known_key(args.key)} = {written(value_of(Config(), args.key))} (default)")
    try:
        try_out(load_config(file.path), [args.key])
    except ConfigError as error:
        print(f"hark: the next start will not work like this. {error}", file=sys.stderr)
    return 0


def path(file: SettingsFile, _: argparse.Namespace) -> int:
    """Print where the file is, or would be."""
    print(file.path)
    return 0


def edit(file: SettingsFile, _: argparse.Namespace) -> int:
    """Open a copy in the editor, and take it over when it is right; a wrong one is kept beside the file, to go on from."""
    rejected = SettingsFile(file.path.with_name(f"{file.path.name}.rej"))
    left_over = rejected.text()
    if left_over:
        print(f"hark: going on from {rejected.path}, which was not accepted last time; empty it to forget it.", file=sys.stderr)
    draft = left_over or file.text() or template()
    text = edited(draft)
    if not text.strip() or text == draft != left_over:
        rejected.path.unlink(missing_ok=True)
        print("Nothing was changed.")
        return 0
    try:
        config = config_from(tomllib.loads(text), "Not accepted")
        try_out(config, changed(file, config))
    except (ConfigError, tomllib.TOMLDecodeError) as error:
        rejected.replace(text)
        why = str(error) if isinstance(error, ConfigError) else f"Not accepted: this is no TOML: {error}."
        raise BadSetting(
            f"{why} The settings are as they were; your text is kept as {rejected.path}, and `hark config edit` goes on from it."
        ) from error
    file.replace(text)
    rejected.path.unlink(missing_ok=True)
    print(f"Saved {file.path}.")
    return 0


def changed(file: SettingsFile, config: Config) -> list[str]:
    """Return the settings that a configuration changes; all when the file cannot be read."""
    try:
        before = load_config(file.path)
    except ConfigError:
        return list(keys())
    return [key for key in keys() if value_of(config, key) != value_of(before, key)]


def edited(draft: str) -> str:
    """Return a text after the user has edited it. Raises ConfigError when there is no editor, or it failed."""
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    command = shlex.split(given) if given else [found for found in map(shutil.which, EDITORS) if found][:1]
    if not command:
        raise ConfigError("There is no editor. Set EDITOR to the name of yours, or use `hark config set`.")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "config.toml"
        copy.write_text(draft, encoding="utf-8")
        try:
            status = subprocess.run([*command, str(copy)], check=False).returncode
        except OSError as error:
            raise ConfigError(f"The editor '{command[0]}' cannot be started: {error.strerror}. Set EDITOR to the name of yours.") from error
        if status:
            raise ConfigError(f"The editor '{command[0]}' ended with status {status}, so nothing was changed.")
        try:
            return copy.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise BadSetting(f"What the editor wrote is no text in UTF-8: {error}. Nothing was changed.") from error


def template() -> str:
    """Return what a new file begins with: every setting with its meaning, commented out."""
    lines = ["# Hark's settings. Take away the # before what you change, the [table] above it included."]
    before = ""
    for key in keys():
        table, _, name = key.partition(".")
        if table != before:
            lines += ["", f"# [{table}]"]
            before = table
        value = value_of(Config(), key)
        lines += [f"# # {documentation(key)}", f"# {name} = {json.dumps(value, ensure_ascii=False)}"]
    return "\n".join(lines) + "\n"
