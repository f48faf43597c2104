"""The configuration: frozen models by stage, defaults here, what the user changed in one TOML file.

An unknown key or a value out of range is an error that names the nearest key or the alternatives, and changes nothing.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from platformdirs import PlatformDirs

from assistant.errors import ConfigError

Positive = Annotated[float, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]

ComputeType = Literal["auto", "int8", "int8_float16", "int8_float32", "int8_bfloat16", "int16", "float16", "bfloat16", "float32"]
"""CTranslate2's."""

OWN_SETTINGS = "skill"
"""The table in which skills have tables of their own."""


OFFLINE = "HARK_OFFLINE"
"""In the environment: nothing may leave, whatever the file says; `hark --offline` sets it, for Hark's own processes too."""


class Stage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One table of the file."""


class AudioConfig(Stage, frozen=True):
    """Devices."""

    microphone: str = ""
    """The microphone's name or part of it; empty for the system's default."""
    speaker: str = ""
    """The speaker's name or part of it; empty for the system's default."""


class WakeConfig(Stage, frozen=True):
    """The wake word."""

    words: tuple[str, ...] = ("hey_jarvis",)
    """hey_jarvis, okay_nabu, alexa, hey_mycroft, or paths of models; =zh or =zh:VOICE behind one selects what follows and who answers."""
    threshold: Share = 0.5
    """Belief above which it counts; lower wakes more easily, and more often for nothing. `hark wake fit` finds the one for your room."""
    needed: bool = True
    """no listens all the time, without a wake word."""
    keep_clips: bool = False
    """yes keeps the second and a half around each suspected wake word, the last 100 of them, on this machine, for you to hear."""


class ListenConfig(Stage, frozen=True):
    """Patience, in seconds."""

    wait_s: Positive = 6.0
    """Seconds until speech must have begun after the wake word."""
    follow_up_s: Positive = 4.0
    """Seconds after a reply in which no wake word is needed; 0 switches that off."""
    complete_s: Positive = 0.16
    """Seconds of silence that end a whole command."""
    extensible_s: Positive = 0.192
    """Seconds of silence that end a command to which something may be added."""
    growing_s: Positive = 0.32
    """Seconds of silence that end a command whose last value may go on."""
    unknown_s: Positive = 0.70
    """Seconds of silence that end anything else."""
    lacking_s: Positive = 1.20
    """Seconds of silence that end a command which lacks something, before Hark asks for it."""
    cut_s: Positive = 2.0
    """Seconds of silence that end words that cannot end there."""


class AsrConfig(Stage, frozen=True):
    """Speech recognition."""

    engine: Literal["sphinx", "whisper"] = "sphinx"
    """sphinx (English, inside the installation) or whisper (English and Chinese, needs a model)."""
    model: str = ""
    """whisper: path of a CTranslate2 folder."""
    device: Literal["auto", "cpu", "cuda"] = "auto"
    """whisper: where it computes."""
    compute_type: ComputeType = "auto"
    """whisper: how exactly it computes; less exactly is faster, and what a device can differs."""
    languages: Annotated[tuple[Literal["en", "zh"], ...], msgspec.Meta(min_length=1)] = ("en", "zh")
    """whisper: which are spoken; with one of them alone none has to be told apart."""
    window_s: Annotated[float, msgspec.Meta(ge=3, le=30)] = 30.0
    """whisper: seconds it looks at; less than 30 is faster and may be less right: `hark bench asr --window 8` tells."""
    beam: Annotated[int, msgspec.Meta(ge=1, le=10)] = 1
    """whisper: paths followed for the final words; more of them are slower, and seldom better."""
    threads: Annotated[int, msgspec.Meta(ge=0, le=256)] = 0
    """whisper: processor cores to compute with; 0 leaves it to the library."""
    hotwords: bool = True
    """whisper: yes tells it what your lists, timers and devices are called, where something like their names was heard."""


class LlmConfig(Stage, frozen=True):
    """The language model."""

    model: str = ""
    """Path of a GGUF file, or the name of one that `hark models list` has; with llm.url, the name its server has for it. Empty for none."""
    url: str = ""
    """Address of an OpenAI-compatible server on this machine or in your network, such as http://localhost:11434/v1, instead of a file."""
    context: Annotated[int, msgspec.Meta(ge=1024, le=131072)] = 8192
    """Tokens that all kept prompts share; more take more memory."""
    threads: Annotated[int, msgspec.Meta(ge=0, le=256)] = 0
    """Processor cores to compute with; 0 for all."""
    gpu_layers: Annotated[int, msgspec.Meta(ge=-1)] = -1
    """Layers a graphics card computes, where llama.cpp was built for one; -1 for all of them."""
    temperature: Annotated[float, msgspec.Meta(ge=0, le=2)] = 0.7
    """How much of an answer is left to chance; 0 for nothing."""


class TtsConfig(Stage, frozen=True):
    """The voice."""

    engine: Literal["espeak", "piper", "edge"] = "espeak"
    """espeak (inside the installation), piper (needs voices), edge (online: every spoken sentence goes to Microsoft)."""
    voice_en: str = ""
    """espeak: a voice name; piper: path of an .onnx file; edge: a voice name. Empty for the engine's own."""
    voice_zh: str = ""
    """As voice_en, for Chinese."""
    words_per_minute: Annotated[int, msgspec.Meta(ge=80, le=450)] = 175
    """How fast espeak speaks."""


class SkillsConfig(Stage, frozen=True):
    """Actions."""

    disabled: tuple[str, ...] = ()
    """Families that are not loaded."""
    deadline_s: Annotated[float, msgspec.Meta(gt=0)] = 8.0
    """Seconds an action may take."""


class PrivacyConfig(Stage, frozen=True):
    """What may leave the machine."""

    online_voice: bool = False
    """yes lets the edge voice send what is spoken to Microsoft; each sentence is recorded."""
    online_skills: tuple[str, ...] = ()
    """Families that may go online, such as weather,news; Hark also asks when one first needs to."""
    offline: bool = False
    """yes refuses every connection, whatever else is allowed."""
    keep_days: Annotated[int, msgspec.Meta(ge=0)] = 90
    """Days for which the record of what was sent is kept; older entries are deleted when Hark starts. 0 keeps it until you delete it."""


class CloudConfig(Stage, frozen=True):
    """Whom hard questions may be put to, once you have said yes to what would be sent; set with `hark cloud use`."""

    provider: str = ""
    """dashscope, deepseek, openai, or own for an address of yours; empty for nobody."""
    region: str = ""
    """Of a provider that has several: where what is sent is kept."""
    model: str = ""
    """The provider's name of a model; empty for its usual one."""
    url: str = ""
    """own: the address of an OpenAI-compatible interface, such as https://llm.example.org/v1."""
    deadline_s: Annotated[float, msgspec.Meta(gt=0, le=120)] = 20.0
    """Seconds for a whole answer."""
    offer: bool = True
    """no asks the cloud only when you say so, and never offers it."""
    tools: bool = True
    """no never tells the cloud what Hark can do, so that it can only talk."""
    private: tuple[str, ...] = ()
    """Names and words that are replaced before anything is sent, besides those Hark finds."""


class BudgetConfig(Stage, frozen=True):
    """What the cloud may take; 0 sets no limit."""

    requests_day: Annotated[int, msgspec.Meta(ge=0)] = 200
    """Requests to the cloud in a day."""
    requests_month: Annotated[int, msgspec.Meta(ge=0)] = 3000
    """Requests to the cloud in a month."""
    tokens_day: Annotated[int, msgspec.Meta(ge=0)] = 500_000
    """Tokens of questions and answers in a day."""
    tokens_month: Annotated[int, msgspec.Meta(ge=0)] = 5_000_000
    """Tokens of questions and answers in a month."""
    money_day: Positive = 1.0
    """What a day may cost; models without a price in the catalogue count nothing."""
    money_month: Positive = 10.0
    """What a month may cost."""
    currency: Literal["USD", "CNY", "EUR"] = "USD"
    """Of the two above; prices in another are converted, some percent off."""


class Config(Stage, frozen=True):
    """All of it."""

    audio: AudioConfig = AudioConfig()
    wake: WakeConfig = WakeConfig()
    listen: ListenConfig = ListenConfig()
    asr: AsrConfig = AsrConfig()
    llm: LlmConfig = LlmConfig()
    tts: TtsConfig = TtsConfig()
    skills: SkillsConfig = SkillsConfig()
    privacy: PrivacyConfig = PrivacyConfig()
    cloud: CloudConfig = CloudConfig()
    budget: BudgetConfig = BudgetConfig()
    skill: dict[str, dict[str, Any]] = {}
    """What skills let the user set, by family; each documents its own."""


class Places:
    """Where Hark keeps things; `HARK_HOME` moves all of it."""

    def __init__(self, home: str | None = None) -> None:
        given = home or os.environ.get("HARK_HOME")
        dirs = PlatformDirs("hark", appauthor=False)
        own = Path(given).expanduser().absolute() if given else None  # what is told of it makes sense in any folder
        self.config_file = (own or Path(dirs.user_config_dir)) / "config.toml"
        self.data = own or Path(dirs.user_data_dir)
        self.store_file = self.data / "hark.db"
        self.skills = self.data / "skills"
        self.log_file = self.data / "hark.log"
        self.templates_file = self.data / "templates.json"
        self.models = self.data / "models"
        self.states = self.data / "states"
        self.wake_clips = self.data / "wakes"
        self.watch_file = self.data / "ringing.lock"


def load_config(path: Path) -> Config:
    """Return the configuration; the defaults when there is no file. Raises ConfigError."""
    try:
        return offline_if_told(config_from(tomllib.loads(path.read_text(encoding="utf-8")), str(path)))
    except FileNotFoundError:
        return offline_if_told(Config())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is no TOML file: {error}. Mend it with `hark config edit`.") from error
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error


def offline_if_told(config: Config) -> Config:
    """Return the configuration with everything refused when the environment says so."""
    if not os.environ.get(OFFLINE):
        return config
    return msgspec.structs.replace(config, privacy=msgspec.structs.replace(config.privacy, offline=True))


def config_from(data: dict[str, Any], where: str) -> Config:
    """Return the configuration of plain data. Raises ConfigError naming the key and what it may be."""
    for key in unknown_keys(data):
        near = difflib.get_close_matches(key, list(keys()), n=1, cutoff=0.5)
        hint = f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(keys())}."
        raise ConfigError(f"{where}: there is no setting '{key}'. {hint}")
    try:
        return msgspec.convert(data, Config)
    except msgspec.ValidationError as error:
        text, _, at = str(error).partition(" - at `$.")
        key = at.rstrip("`")
        raise ConfigError(f"{where}: '{key}' {in_words(text)}. {documentation(key)}") from error


WORDS = {
    "Expected": "must be",
    ", got": ", not",
    "Invalid enum value": "cannot be",
    "`float`": "a number",
    "`int`": "a whole number",
    "`bool`": "true or false",
    "`str`": "a text",
    "`array`": "a list",
    "`object`": "a table",
}


BOUNDS = {">=": "of at least", "<=": "of at most", ">": "above", "<": "below"}
BOUND = re.compile(r"([<>]=?) ([\d.]+)")


def in_words(text: str) -> str:
    """Return what is wrong with a value as the user would say it."""
    for technical, plain in WORDS.items():
        text = text.replace(technical, plain)
    return BOUND.sub(lambda bound: f"{BOUNDS[bound[1]]} {float(bound[2]):g}", text)


def unknown_keys(data: dict[str, Any]) -> Iterator[str]:
    """Yield the dotted keys no setting has."""
    known = set(keys())
    tables = {key.partition(".")[0] for key in known}
    for table, values in data.items():
        if table == OWN_SETTINGS:
            continue
        if table not in tables or not isinstance(values, dict):
            yield table
            continue
        yield from (f"{table}.{name}" for name in values if f"{table}.{name}" not in known)


def keys() -> Iterator[str]:
    """Yield every dotted key."""
    for stage in stages():
        yield from (f"{stage.name}.{one.name}" for one in msgspec.structs.fields(stage.type))


def stages() -> list[msgspec.structs.FieldInfo]:
    """Return the tables that are Hark's own."""
    return [stage for stage in msgspec.structs.fields(Config) if stage.name != OWN_SETTINGS]


def documentation(key: str) -> str:
    """Return what a setting means, from the line under it in this file."""
    import inspect  # noqa: PLC0415 -- only errors and `hark config` ask

    table, _, name = key.partition(".")
    stage = next((one.type for one in stages() if one.name == table), None)
    if stage is None:
        return ""
    lines = inspect.getsource(stage).splitlines()
    at = next((number for number, line in enumerate(lines) if line.strip().startswith(f"{name.partition('[')[0]}:")), None)
    return lines[at + 1].strip().strip('"') if at is not None else ""
