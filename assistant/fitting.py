"""Models that suit this machine: how fast it is, what is proposed, how they come here and are put to use."""

import importlib.util
import logging
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from assistant.config import Config, Places
from assistant.egress import Egress
from assistant.errors import ModelTrouble, WorkerError
from assistant.keychain import Keychain
from assistant.reasoning.address import SECRET
from assistant.settings import SettingsFile
from assistant.worker import Engine, Worker
from models.catalogue import HUBS, Entry
from models.download import Download, Tell
from models.fitting import Fit, Machine, estimated, proposal
from models.shelf import Shelf

log = logging.getLogger(__name__)

PROBE_S = 10.0
"""For all that is measured."""

LEAST_S = 2.0
"""That the language model's probe gets, however long the rest took."""

VOICES = ("piper-amy", "piper-huayan")
"""Proposed where what speaks with them is installed: one for each language."""


async def measured(errors: IO[bytes] | Path | None = None, limit_s: float = PROBE_S) -> Machine:
    """Return how fast this machine is. Raises WorkerError.

    The speed of language models is estimated where llama.cpp is not there, or fails.
    """
    worker, began = Worker(Engine("probe", "models.probe:Probe"), errors=errors), time.monotonic()
    try:
        found: dict[str, Any] = await worker.call("machine", deadline_s=limit_s)
        speed = await model_speed(worker, max(LEAST_S, limit_s - (time.monotonic() - began))) if has_module("llama_cpp") else {}
    finally:
        await worker.close()
    found["instructions"] = tuple(found["instructions"])
    if speed:
        on_card = bool(speed["on_card"] and found["card"])
        return Machine(**found, read_weights=speed["weights"], written_bytes=speed["bytes"], on_card=on_card, measured=True)
    read, written = estimated(found["gmul"], found["gbps"], found["cores"])
    return Machine(**found, read_weights=read, written_bytes=written)


async def model_speed(worker: Worker, deadline_s: float) -> dict[str, float]:
    """Return how fast llama.cpp is here; nothing when it cannot be measured, for which a processor may be too old."""
    try:
        speed: dict[str, float] = await worker.call("model", deadline_s=deadline_s)
    except WorkerError as error:
        log.warning("%s", error)
        return {}
    return speed


def proposed(machine: Machine, *, lite: bool = False) -> list[Fit]:
    """Return the models that suit a machine, among them voices where what speaks with them is installed."""
    return proposal(machine, lite=lite, voices=VOICES if has_module("piper") and not lite else ())


def hub_of(mirror: str) -> str:
    """Return the address of a hub. Raises ModelTrouble naming those there are."""
    hub = HUBS.get(mirror, mirror)
    if "://" not in hub:
        raise ModelTrouble(f"There is no hub '{mirror}'. There are: {', '.join(HUBS)}, or give an address such as https://example.org.")
    return hub


async def fetch(egress: Egress, places: Places, entry: Entry, mirror: str, tell: Tell) -> None:
    """Fetch a model unless it is here. Raises ModelError or HarkError."""
    hub = hub_of(mirror)
    await Download(entry, Shelf(places.models), hub, partial(egress.download, also=hub), tell).run()


def put_to_use(entry: Entry, places: Places) -> str:
    """Write a model into the settings, and return what that means. Raises ModelError when it is not here, or ConfigError."""
    path, settings = Shelf(places.models).path(entry), SettingsFile(places.config_file)
    if entry.kind == "llm":
        forget_server(places)
        settings.put("llm.model", entry.id)
        missing = "" if has_module("llama_cpp") else " What runs it is missing: `hark setup` installs it."
        return f"{entry.id} answers from now on.{missing}"
    if entry.kind == "asr":
        settings.put("asr.model", entry.id)
        settings.put("asr.engine", "whisper")
        return f"{entry.id} listens from now on."
    settings.put(f"tts.voice_{entry.languages[0]}", str(path))
    settings.put("tts.engine", "piper")
    missing = "" if has_module("piper") else " What speaks with it is missing: pip install 'hark-assistant[piper]'."
    return f"{entry.id} speaks from now on.{missing}"


def forget_server(places: Places) -> None:
    """Use no server of the user's any more; its key goes too. Raises ConfigError or StoreError."""
    settings = SettingsFile(places.config_file)
    if settings.has("llm.url"):
        settings.drop("llm.url")
        Keychain(places.data).drop(SECRET)


def has_module(name: str) -> bool:
    """Tell whether a module is installed, without loading it."""
    importlib.invalidate_caches()  # it may have been installed just now
    return importlib.util.find_spec(name) is not None


def megabytes(fits: Sequence[Fit]) -> int:
    """Return how large models are together."""
    return sum(fit.entry.megabytes for fit in fits)


def in_use(config: Config, places: Places) -> set[str]:
    """Return the names of the models the configuration uses."""
    named = {"" if config.llm.url else config.llm.model, config.asr.model if config.asr.engine == "whisper" else ""}
    voices = (config.tts.voice_en, config.tts.voice_zh) if config.tts.engine == "piper" else ()
    return named | {Path(voice).relative_to(places.models).parts[0] for voice in voices if Path(voice).is_relative_to(places.models)}
