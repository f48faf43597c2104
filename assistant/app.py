"""Everything put together; the only place that names concrete engines."""

import logging
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from assistant.brain import Brain
from assistant.classifier import Lessons
from assistant.clock import Clock, SystemClock
from assistant.config import Config, Places, load_config
from assistant.context import ActionContext, Surroundings
from assistant.egress import Egress
from assistant.errors import ConfigError
from assistant.examples import example
from assistant.executor import Executor
from assistant.house.connection import connected_house
from assistant.journal import Journal
from assistant.jsgf import LABELS, jsgf
from assistant.keychain import Keychain
from assistant.music import Music
from assistant.needs import Filed
from assistant.plugins import Family, load_families
from assistant.rings import RingShelf
from assistant.store import Store, open_store
from assistant.timers import TimerShelf
from assistant.understanding import Understanding
from assistant.watch import Watch
from assistant.worker import Engine

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The text side, ready to use: no sound, no worker."""

    config: Config
    places: Places
    clock: Clock
    store: Store
    families: list[Family]
    understanding: Understanding
    timers: TimerShelf
    rings: RingShelf
    journal: Journal
    around: Surroundings
    brain: Brain
    watch: Watch
    music: Music

    @property
    def notices(self) -> list[str]:
        """What the user should know before anything else: of the memory file, and of skills that cost every start time."""
        return [*filter(None, [self.store.notice]), *(family.problem for family in self.families if family.hung)]

    def close(self) -> None:
        """Close the store, and end the music that was started."""
        self.music.close()
        self.store.close()


def open_app(places: Places | None = None, config: Config | None = None, clock: Clock | None = None) -> App:
    """Put the text side together. Raises ConfigError; a memory file that cannot be written is one of its notices."""
    places = places or Places()
    config = config or load_config(places.config_file)
    clock = clock or SystemClock()
    store = open_store(places.store_file)
    filed = Filed(places.templates_file)
    families = load_families(places.skills, config.skills.disabled, filed)
    understanding = Understanding(families, Lessons(families, places.data), filed)
    filed.keep()
    timers = TimerShelf(store, clock)
    journal = Journal(store, clock)
    rings = RingShelf(store, clock)
    egress = Egress(store, clock, config.privacy)
    music = Music(places.data, str(config.skill.get("media", {}).get("folder", "")))
    around = Surroundings(clock, timers, rings, store, journal, LazyMixer(), egress, config.skill, partial(examples, families), music)
    around.house = connected_house(config.skill.get("home", {}), Keychain(places.data), egress, clock)
    executor = Executor(families, journal, partial(ActionContext, around), deadline_s=config.skills.deadline_s)
    around.undoer = executor
    brain = Brain(understanding, executor, journal, store, clock, egress.allow)
    watch = Watch(places.watch_file)
    return App(config, places, clock, store, families, understanding, timers, rings, journal, around, brain, watch, music)


def examples(families: list[Family]) -> dict[str, dict[str, list[str]]]:
    """Return a sentence of each action, by language and family."""
    return {
        language: {
            family.name: [text for action in family.actions.values() if (text := example(action, language))]
            for family in families
            if family.actions
        }
        for language in ("en", "zh")
    }


class LazyMixer:
    """The machine's mixer, looked for when somebody first asks."""

    def __init__(self) -> None:
        self._found: Any = None

    def _mixer(self) -> Any:
        if self._found is None:
            from audio.mixer import find_mixer  # noqa: PLC0415 -- talks to the sound server, which few turns need

            self._found = find_mixer()
        return self._found

    def volume(self) -> float:
        """Return percent."""
        return float(self._mixer().volume())

    def set_volume(self, percent: float) -> None:
        """Set percent."""
        self._mixer().set_volume(percent)

    def muted(self) -> bool:
        """Tell whether it is muted."""
        return bool(self._mixer().muted())

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        self._mixer().set_muted(muted)


def asr_engine(app: App) -> Engine:
    """Return the configured recogniser. Raises ConfigError."""
    asr = app.config.asr
    if asr.engine == "sphinx":
        options = {"grammar": jsgf(app.understanding.actions.values()), "wake_phrase": spoken_wake(app.config), "rare": LABELS}
        return Engine("asr", "audio.asr.sphinx:Sphinx", options)
    if not asr.model or not Path(asr.model).expanduser().is_dir():
        raise ConfigError(
            f"asr.engine is whisper, but asr.model '{asr.model}' is no folder. Set it with `hark config set asr.model PATH`, "
            "or go back to `hark config set asr.engine sphinx`."
        )
    options = {"model": str(Path(asr.model).expanduser()), "device": asr.device, "compute_type": asr.compute_type}
    return Engine("asr", "audio.asr.whisper:Whisper", options)


def spoken_wake(config: Config) -> str:
    """Return the wake phrase as words: its end is heard when a command follows in the same breath."""
    return Path(config.wake.words[0]).stem.replace("_", " ") if config.wake.words else ""


def tts_engine(app: App) -> Engine:
    """Return the configured voice. Raises ConfigError."""
    tts = app.config.tts
    voices = {name: value for name, value in (("voice_en", tts.voice_en), ("voice_zh", tts.voice_zh)) if value}
    if tts.engine == "espeak":
        voices = {name: value for name, value in voices.items() if not value.endswith(".onnx")}  # those wait for piper
        return Engine("tts", "audio.tts.espeak:Espeak", voices | {"words_per_minute": tts.words_per_minute})
    if tts.engine == "piper":
        return Engine("tts", "audio.tts.piper:Piper", dict(voices))
    if not app.config.privacy.online_voice:
        raise ConfigError(
            "tts.engine is edge, which sends every spoken sentence to Microsoft, and that is switched off. "
            "Allow it with `hark config set privacy.online_voice true`, or go back to `hark config set tts.engine espeak`."
        )
    return Engine("tts", "assistant.online_voice:OnlineVoice", voices | {"home": str(app.places.data)})


def tape_engine(app: App, recording: Path) -> Engine:
    """Return the sound side over a recording."""
    wake = app.config.wake
    return Engine("sound", "audio.front:Tape", {"path": str(recording), "wake_words": wake.words, "threshold": wake.threshold})


def live_engine(app: App) -> Engine:
    """Return the sound side over this machine's devices."""
    audio, wake = app.config.audio, app.config.wake
    options = {"microphone": audio.microphone, "speaker": audio.speaker, "wake_words": wake.words, "threshold": wake.threshold}
    return Engine("sound", "audio.station:Station", options)


def speaker_engine(app: App) -> Engine:
    """Return the loudspeaker alone, for conversations that are typed."""
    return Engine("speaker", "audio.loudspeaker:Loudspeaker", {"speaker": app.config.audio.speaker})


def wake_engine(app: App, word: str) -> Engine:
    """Return what listens for one wake word."""
    return Engine("wake", "audio.wake:WakeWord", {"name": word, "threshold": app.config.wake.threshold})


def speech_engine() -> Engine:
    """Return what tells speech from noise."""
    return Engine("vad", "audio.vad:SpeechDetector")


def devices_engine() -> Engine:
    """Return what knows this machine's devices."""
    return Engine("sound", "audio.portaudio:PortAudio")


def worker_errors(places: Places) -> IO[bytes] | None:
    """Return where workers' standard error goes: native libraries talk a lot, and none of it is for the user."""
    try:
        places.data.mkdir(parents=True, exist_ok=True)
        return places.log_file.open("ab")
    except OSError:
        return None
