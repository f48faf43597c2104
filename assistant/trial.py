"""Settings tried out before they count, so that none is written that would stop the next start."""

import asyncio
import difflib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from assistant.app import App, asr_engine, open_app, tts_engine, wake_engine
from assistant.callings import Calling, callings
from assistant.config import Config, Places
from assistant.errors import ConfigError, WorkerError
from assistant.plugins import entry_points
from assistant.settings import BadSetting, is_skills, value_of, written
from assistant.worker import Engine, Worker

FAMILIES = {"skills.disabled", "privacy.online_skills"}
"""Settings that name skills."""

VOICE = {"tts.engine", "tts.voice_en", "tts.voice_zh", "privacy.online_voice"}
EARS = {f"asr.{name}" for name in ("engine", "model", "device", "compute_type", "languages", "window_s", "beam", "threads")}


def check_settings(places: Places, config: Config, keys: Iterable[str]) -> None:
    """Raise BadSetting when one of these settings is none that Hark could start with, naming the alternatives."""
    for key in keys:
        try:
            check(places, config, key)
        except (ConfigError, WorkerError) as error:
            value = written(value_of(config, key))
            raise BadSetting(f"'{key}' cannot be {repr(value) if value else 'empty'} now. {error}") from error


def check(places: Places, config: Config, key: str) -> None:
    """Try one setting. Raises ConfigError or WorkerError with what is wrong."""
    if key in FAMILIES:
        check_families(value_of(config, key), places)
    if is_skills(key):
        check_families([key.split(".")[1]], places)
    if key in {"tts.voice_en", "tts.voice_zh", "asr.model"}:
        check_path(value_of(config, key))
    if key == "wake.words" and not config.wake.words:
        raise ConfigError("Without one nothing would wake Hark. To listen all the time: `hark config set wake.needed no`.")
    if key in {"wake.words", "asr.engine", "asr.languages"}:
        check_languages(config)
    if key == "wake.words" or key in VOICE | EARS:
        app = open_app(places, config)
        try:
            asyncio.run(build(engines(app, key)))
        finally:
            app.close()


def check_languages(config: Config) -> None:
    """Raise ConfigError for a wake word after which a language is to be heard that the recogniser is not set to."""
    heard = ("en",) if config.asr.engine == "sphinx" else config.asr.languages
    for each in callings(config.wake.words):
        if each.language and each.language not in heard:
            cure = "asr.engine whisper" if config.asr.engine == "sphinx" else f"asr.languages {','.join((*heard, each.language))}"
            raise ConfigError(f"{each.written} wants '{each.language}' heard, and asr is set to {','.join(heard)}. It takes {cure}.")


def voice_of(app: App, one: Calling) -> Engine | None:
    """Return the voice that a wake word selects, as one to build; None when it selects none, or one online."""
    if not one.voice or app.config.tts.engine == "edge":
        return None
    tts = msgspec.structs.replace(app.config.tts, **{f"voice_{one.language}": one.voice})
    return tts_engine(app, msgspec.structs.replace(app.config, tts=tts))


def check_families(names: Sequence[str], places: Places) -> None:
    """Raise ConfigError for a skill that is not there."""
    there = {point.name for point in entry_points(sys.path)} | {path.stem for path in places.skills.glob("*.py")}
    for name in names:
        if name not in there:
            near = difflib.get_close_matches(name, there, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(sorted(there))}."
            raise ConfigError(f"There is no skill '{name}'. {hint}")


def check_path(value: str) -> None:
    """Raise ConfigError for the path of a model that is not there; anything without a separator is a name."""
    if "/" in value and not Path(value).expanduser().exists():
        raise ConfigError(f"There is no {Path(value).expanduser()}.")


def engines(app: App, key: str) -> Iterator[Engine]:
    """Yield the engines a setting has a part in, as the next start would build them; online ones stay alone. Raises ConfigError."""
    if key == "wake.words":
        yield from (wake_engine(app, each.model) for each in callings(app.config.wake.words))
    if key == "wake.words" or key in VOICE:
        yield from (engine for each in callings(app.config.wake.words) if (engine := voice_of(app, each)))
    if key in VOICE and (engine := tts_engine(app)) and app.config.tts.engine != "edge":
        yield engine
    if key in EARS and app.config.asr.engine != "sphinx":
        yield asr_engine(app)


async def build(wanted: Iterable[Engine]) -> None:
    """Build engines, each in its process, and end them. Raises WorkerError when one cannot be built."""
    for engine in wanted:
        worker = Worker(engine)
        try:
            await worker.start()
        finally:
            await worker.close()
