"""`hark models use http://…`: a language model on a server of the user's own."""

import argparse
import asyncio
import getpass
import sys

from assistant.app import App
from assistant.errors import ConfigError, ModelTrouble
from assistant.keychain import Keychain
from assistant.reasoning.address import SECRET, Address
from assistant.reasoning.choice import VARIABLE, key_of
from assistant.reasoning.served import found_at
from assistant.settings import SettingsFile


def use_server(app: App, args: argparse.Namespace) -> None:
    """Look what a server has, and use it from now on; nothing is changed when it does not answer. Raises HarkError."""
    keychain = Keychain(app.places.data)
    key = given_key() if args.key else key_of(keychain)
    address, models = asyncio.run(found_at(app.around.egress, args.id, key))
    name = chosen(address, models, args.name)
    if args.key:
        print(f"The key is in {keychain.put(SECRET, key)}.")
    settings = SettingsFile(app.places.config_file)
    settings.put("llm.model", name)
    settings.put("llm.url", address.url)
    print(f"{name} at {address.host} answers from now on. `hark doctor` tries it.")


def chosen(address: Address, models: list[str], name: str | None) -> str:
    """Return the model to use. Raises ModelTrouble naming what there is."""
    if name is None and len(models) == 1:
        return models[0]
    if name in models:
        return name
    if not models:
        raise ModelTrouble(f"{address.host} has no model. Give it one first, such as with: ollama pull qwen2.5:3b")
    missing = f"{address.host} has no model '{name}'. " if name else ""
    raise ModelTrouble(f"{missing}It has: {', '.join(models[:20])}. Choose one with --name, such as: --name {models[0]}")


def given_key() -> str:
    """Return the key that is typed, or piped in. Raises ConfigError when it cannot be one."""
    key = getpass.getpass("Key: ").strip() if sys.stdin.isatty() else sys.stdin.readline().strip()
    if not key or not key.isascii() or " " in key:
        raise ConfigError(f"That is no key; nothing was changed. For a single session, {VARIABLE} in the environment also works.")
    return key
