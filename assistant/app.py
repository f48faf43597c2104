"""Everything put together; the only place that names concrete engines."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

from assistant.brain import Brain
from assistant.caldav.connection import Calendars, connected_calendars
from assistant.callings import callings
from assistant.classifier import Lessons
from assistant.clock import Clock, SystemClock
from assistant.cloud.catalogue import Service, service_of
from assistant.cloud.outside import Cloud
from assistant.config import Config, Places, load_config
from assistant.context import ActionContext, Surroundings
from assistant.egress import Egress
from assistant.errors import ConfigError, HarkError, ModelTrouble, StoreError
from assistant.examples import example
from assistant.executor import Executor
from assistant.house.connection import connected_house
from assistant.journal import Journal
from assistant.jsgf import LABELS, jsgf
from assistant.keychain import Keychain
from assistant.ledger import Ledger
from assistant.mixer import LazyMixer
from assistant.music import Music
from assistant.needs import Filed
from assistant.outfit import Outfit
from assistant.plugins import Family, load_families
from assistant.reasoning.question import Thinker
from assistant.records import facts_about
from assistant.rehearsal import RehearsalContext
from assistant.reload import SkillFolder
from assistant.renewal import Renewal, ThinkerPart
from assistant.rings import RingShelf
from assistant.store import Store, open_store
from assistant.timers import TimerShelf
from assistant.understanding import Understanding
from assistant.watch import Watch
from assistant.worker import Engine, Worker
from models.catalogue import find
from models.errors import ModelError, ModelMissing
from models.shelf import Shelf

log = logging.getLogger(__name__)

LOADING_S = 120.0
"""To load a language model: 5 GB from a slow disk."""


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
    renewal: Renewal
    outfit: Outfit
    skills: SkillFolder
    calendars: Calendars | None

    @property
    def notices(self) -> list[str]:
        """What the user should know before anything else: of the memory file, and of skills that cost every start time."""
        return [*filter(None, [self.store.notice]), *(family.problem for family in self.families if family.hung)]

    @asynccontextmanager
    async def thinking(self, *, ahead: bool = True, stays: bool = True) -> AsyncIterator[None]:
        """Have the language model, if there is one, loaded ahead of the first question, and ended with the block.

        One that stays follows the settings and the skills' folder meanwhile: new models and files are taken as they come.
        """
        gc.freeze()  # what is loaded stays; looking through it all for garbage again and again takes a tenth of a second each time
        thinker = self.brain.thinker
        loading = asyncio.create_task(loaded(thinker)) if thinker and ahead else None
        following = [asyncio.create_task(each) for each in (self._followed() if stays else ())]
        self.outfit.stays = stays
        try:
            yield
        finally:
            await self.outfit.stop()
            for task in filter(None, (loading, *following)):
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
            if self.brain.thinker:
                await self.brain.thinker.close()

    def _followed(self) -> Iterator[Coroutine[Any, Any, None]]:
        """Yield what looks for changes as long as a conversation lasts."""
        yield self.renewal.run()
        yield self.skills.run()
        if self.calendars:
            yield self.calendars.run(self.renewal.say)

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
    service = cloud_service(config)
    egress = Egress(store, clock, config.privacy, config.budget, service.region.prices if service else {})
    forget_old(egress.ledger, config.privacy.keep_days)
    music = Music(places.data, str(config.skill.get("media", {}).get("folder", "")))
    around = Surroundings(clock, timers, rings, store, journal, LazyMixer(), egress, config.skill, partial(examples, families), music)
    around.house = connected_house(config.skill.get("home", {}), Keychain(places.data), egress, clock)
    executor = Executor(families, journal, partial(ActionContext, around), partial(RehearsalContext, around), config.skills.deadline_s)
    around.undoer = executor
    brain = Brain(understanding, executor, journal, store, clock, egress.allow)
    build = partial(thinker_of, places, understanding, journal, store, egress)
    try:
        brain.thinker = around.thinker = build(config)
    except HarkError as error:
        log.warning("%s", error)
    if service:
        brain.cloud = cloud_of(service, config, places, store, around, understanding)
    renewal = Renewal(places, config)
    renewal.parts.append(ThinkerPart(brain, around, build, partial(llm_file, places)))
    around.outfit = Outfit(places, egress, renewal.say)
    watch = Watch(places.watch_file)
    calendars = connected_calendars(config.skill.get("calendar", {}), Keychain(places.data), egress, places.data)
    skills, outfit = SkillFolder(places.skills, families, brain, executor, renewal, filed, places.data), around.outfit
    following = watch, music, renewal, outfit, skills, calendars
    return App(config, places, clock, store, families, understanding, timers, rings, journal, around, brain, *following)


def cloud_service(config: Config) -> Service | None:
    """Return whom the settings let Hark ask; None when nobody is set up, or nobody that there is."""
    if not config.cloud.provider:
        return None
    try:
        return service_of(config.cloud)
    except ConfigError as error:
        log.warning("%s", error)
        return None


def cloud_of(service: Service, config: Config, places: Places, store: Store, around: Surroundings, understanding: Understanding) -> Cloud:
    """Return what puts hard questions to the cloud, after a yes."""
    from assistant.cloud.setting_up import counter  # noqa: PLC0415 -- redaction takes most of a second to load

    return counter(service, config, places, store, around.house, around.egress, understanding)


def forget_old(ledger: Ledger, days: int) -> None:
    """Delete what was sent so long ago; what another Hark holds now is deleted at the next start."""
    try:
        ledger.keep(days)
    except StoreError as error:
        log.warning("%s", error)


def thinker_of(
    places: Places, understanding: Understanding, journal: Journal, store: Store, egress: Egress, config: Config
) -> Thinker | None:
    """Return the language model that is configured; None when none is. Raises ConfigError or ModelTrouble."""
    if not config.llm.model:
        return None
    from assistant.reasoning import choice  # noqa: PLC0415 -- a tenth of a second for those who have a model

    model: choice.Model
    if path := llm_file(places, config):
        model = choice.in_worker(Worker(llm_engine(config, places, path), errors=places.log_file), config.llm)
    else:
        model = choice.on_server(config.llm, egress, Keychain(places.data))
    return choice.Reasoner(model, understanding, journal, partial(facts_about, store))


def llm_file(places: Places, config: Config) -> Path | None:
    """Return the file of the language model that is configured; None when none is, or a server has it. Raises ModelTrouble."""
    if config.llm.url or not config.llm.model:
        return None
    try:
        return model_path(config.llm.model, places)
    except ModelError as error:
        raise ModelTrouble(str(error)) from error


def model_path(name: str, places: Places) -> Path:
    """Return where a model is that a setting names, by its path or as the catalogue does. Raises ModelError."""
    if any(mark in name for mark in "/\\~") or name.endswith(".gguf"):
        path = Path(name).expanduser()
        if not path.exists():
            raise ModelMissing(f"There is no model at {path}. `hark models list` shows those Hark can fetch.")
        return path
    return Shelf(places.models).path(find(name))


async def loaded(thinker: Thinker) -> None:
    """Load a model; one that cannot be loaded is told when it is asked something."""
    try:
        await thinker.start()
    except HarkError as error:
        log.warning("%s", error)


def llm_engine(config: Config, places: Places, path: Path) -> Engine:
    """Return the language model's engine."""
    llm = config.llm
    options = {
        "path": str(path),
        "context": llm.context,
        "threads": llm.threads,
        "gpu_layers": llm.gpu_layers,
        "states": str(places.states),
    }
    return Engine("llm", "models.llm:Llm", options, start_s=LOADING_S)


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


def asr_engine(app: App, config: Config | None = None) -> Engine:
    """Return the configured recogniser, of the configuration as it is now unless another is given. Raises ConfigError."""
    asr = (config or app.renewal.config).asr
    called = spoken_wakes(app.config)
    if asr.engine == "sphinx":
        grammar = jsgf(app.understanding.actions.values())
        return Engine("asr", "audio.asr.sphinx:Sphinx", {"grammar": grammar, "wake_phrases": called, "rare": LABELS})
    try:
        path = model_path(asr.model or "./none", app.places)
    except ModelError as error:
        raise ConfigError(
            f"asr.engine is whisper, but asr.model '{asr.model}' is no folder. Set it with `hark models use whisper-base` or "
            f"`hark config set asr.model PATH`, or go back to `hark config set asr.engine sphinx`. ({error})"
        ) from error
    own = {name: getattr(asr, name) for name in ("languages", "device", "compute_type", "beam", "threads", "window_s")}
    return Engine("asr", "audio.asr.whisper:Whisper", {"model": str(path), "wake_phrases": called, **own})


def plain_whisper_engine(path: Path, threads: int) -> Engine:
    """Return faster-whisper as it comes, to compare with."""
    return Engine("asr", "models.recipes.whisper_plain:PlainWhisper", {"model": str(path), "threads": threads}, start_s=LOADING_S)


def spoken_wakes(config: Config) -> list[str]:
    """Return the wake phrases as words: their end is heard when a command follows in the same breath."""
    return [each.phrase() for each in callings(config.wake.words)]


def wake_models(config: Config) -> list[str]:
    """Return the names and paths of the wake words' models. Raises ConfigError."""
    return [each.model for each in callings(config.wake.words)]


def tts_engine(app: App, config: Config | None = None) -> Engine:
    """Return the configured voice, of the configuration as it is now unless another is given. Raises ConfigError."""
    tts = (config or app.renewal.config).tts
    voices = {name: value for name, value in (("voice_en", tts.voice_en), ("voice_zh", tts.voice_zh)) if value}
    if tts.engine == "espeak" or (tts.engine == "edge" and app.config.privacy.offline):
        own = tts.engine == "espeak"  # offline, the online voices' names are none of its
        voices = {name: value for name, value in voices.items() if own and not value.endswith(".onnx")}
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
    return Engine("sound", "audio.front:Tape", {"path": str(recording), "wake_words": wake_models(app.config), "threshold": wake.threshold})


def live_engine(app: App) -> Engine:
    """Return the sound side over this machine's devices."""
    audio, wake = app.config.audio, app.config.wake
    words = wake_models(app.config)
    options = {"microphone": audio.microphone, "speaker": audio.speaker, "wake_words": words, "threshold": wake.threshold}
    return Engine("sound", "audio.station:Station", options)


def speaker_engine(app: App) -> Engine:
    """Return the loudspeaker alone, for conversations that are typed."""
    return Engine("speaker", "audio.loudspeaker:Loudspeaker", {"speaker": app.config.audio.speaker})


def wake_engine(app: App, word: str) -> Engine:
    """Return what listens for one wake word."""
    return Engine("wake", "audio.wake:WakeWord", {"name": word, "threshold": app.config.wake.threshold})


def trial_engine(word: str, threshold: float) -> Engine:
    """Return what puts a wake word to the test."""
    return Engine("wake", "audio.wake_trial:WakeTrial", {"name": word, "threshold": threshold})


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
