"""A conversation by voice, with its workers: started together, closed together, whatever happens."""

import argparse
import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import replace
from functools import partial
from typing import IO, Any

import msgspec

from assistant.app import App, asr_engine, tts_engine
from assistant.callings import callings
from assistant.config import Config
from assistant.errors import StoreError
from assistant.names import Names
from assistant.patience import LoopSettings
from assistant.ports import LiveSound, TapeSound
from assistant.renewal import WorkerPart
from assistant.vocabulary import Event
from assistant.voice import Voice
from assistant.voice_loop import VoiceLoop
from assistant.wakes import WakeDiary
from assistant.worker import Worker
from audio.endpoint import EndpointSettings

log = logging.getLogger(__name__)

ECHO = "echo"
"""Under this name the store keeps how Hark can be interrupted here."""


def with_options(config: Config, args: argparse.Namespace) -> Config:
    """Return the configuration with what the command line says of sound."""
    given = vars(args)
    wake: dict[str, Any] = {"words": (given["wake_word"],)} if given.get("wake_word") else {}
    wake |= {"needed": False} if given.get("no_wake") else {}
    audio = {name: given[option] for name, option in (("microphone", "mic"), ("speaker", "speaker")) if given.get(option)}
    return msgspec.structs.replace(
        config, wake=msgspec.structs.replace(config.wake, **wake), audio=msgspec.structs.replace(config.audio, **audio)
    )


def loop_settings(config: Config) -> LoopSettings:
    """Return the loop's patience from the configuration."""
    listen = config.listen
    endpoint = replace(
        EndpointSettings(),
        complete_s=listen.complete_s,
        extensible_s=listen.extensible_s,
        growing_s=listen.growing_s,
        unknown_s=listen.unknown_s,
        lacking_s=listen.lacking_s,
        cut_s=listen.cut_s,
    )
    return LoopSettings(config.wake.needed, listen.wait_s, listen.follow_up_s, endpoint=endpoint)


@contextlib.asynccontextmanager
async def voice_session(
    app: App, sound: TapeSound | LiveSound, show: Callable[[Event], None], errors: IO[bytes] | None
) -> AsyncIterator[Voice]:
    """Give a conversation whose recogniser and voice are ready; all workers are gone when the block ends."""
    asr, tts = Worker(asr_engine(app), errors=errors), Worker(tts_engine(app), errors=errors)
    diary = diary_of(app, sound)
    settings = replace(loop_settings(app.config), talk_over=isinstance(sound, TapeSound))  # a recording never hears Hark
    echo = EchoKnown(app) if isinstance(sound, LiveSound) else None
    settings = replace(settings, talk_over=echo.can_be_talked_over) if echo else settings
    voice = Voice(VoiceLoop(settings), sound, asr, tts, app.brain, also(diary, show), now=app.clock.now)
    if echo and isinstance(sound, LiveSound):
        voice.on_mode = echo.measured
        voice.probe = None if echo.mode else sound.probe
    voice.callings = {each.name: each for each in callings(app.config.wake.words)}
    voice.on_wake_try = diary.tried if diary else voice.on_wake_try
    voice.names = partial(expected_names, app, Names(app.store, app.journal, app.families, app.around.house, app.clock))
    app.around.face = voice
    app.around.egress.leaving.on_start = voice.leaves
    app.renewal.parts += [
        WorkerPart("recogniser", "语音识别", partial(asr_engine, app), lambda: voice.ears, errors),
        WorkerPart("voice", "声音", partial(tts_engine, app), lambda: voice.mouth, errors),
    ]
    app.renewal.tell = lambda en, zh: voice.on_notice(zh if voice.replies.language == "zh" else en)
    try:
        await asyncio.gather(sound.worker.start(), asr.start(), tts.start())
        async with app.thinking(ahead=False):
            yield voice
    finally:
        if diary:
            diary.listened()
        await asyncio.gather(sound.worker.close(), voice.ears.close(), voice.mouth.close())


async def expected_names(app: App, names: Names) -> Sequence[str]:
    """Return what Whisper may be told to expect; nothing for PocketSphinx, whose sentences are fixed, or when it is switched off."""
    asr = app.renewal.config.asr
    try:
        return await names.all() if asr.engine == "whisper" and asr.hotwords else ()
    except StoreError as error:
        log.warning("%s", error)
        return ()


class EchoKnown:
    """What was measured of the echo between these devices, which is asked for at the first start only."""

    def __init__(self, app: App) -> None:
        self._store = app.store
        self._devices = [app.config.audio.microphone, app.config.audio.speaker]
        kept = app.store.recall(ECHO) or {}
        self.mode: str = kept.get("mode", "") if kept.get("devices") == self._devices else ""

    @property
    def can_be_talked_over(self) -> bool:
        """Whether speech into a reply can be told from it."""
        return self.mode in {"free", "loud"}

    def measured(self, mode: str) -> None:
        """Take a new measurement; losing it to a full disk costs another probe."""
        if mode != self.mode:
            self.mode = mode
            with contextlib.suppress(StoreError):
                self._store.remember(ECHO, {"devices": self._devices, "mode": mode})


def diary_of(app: App, sound: TapeSound | LiveSound) -> WakeDiary | None:
    """Return what keeps count of wakes; a recording says nothing about this room."""
    if not isinstance(sound, LiveSound):
        return None
    return WakeDiary(app.store, app.clock, app.places.wake_clips if app.config.wake.keep_clips else None)


def also(diary: WakeDiary | None, show: Callable[[Event], None]) -> Callable[[Event], None]:
    """Return what shows an event and has the diary take note of it."""
    if diary is None:
        return show
    kept = diary

    def both(event: Event) -> None:
        kept.happened(event)
        show(event)

    return both


def run_until_signalled(main: Coroutine[Any, Any, int]) -> int:
    """Run a conversation; SIGTERM ends it as Ctrl-C does, with everything closed."""

    async def guarded() -> int:
        task = asyncio.current_task()
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers, and no SIGTERM to speak of
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, lambda: task and task.cancel())
        return await main

    try:
        return asyncio.run(guarded())
    except asyncio.CancelledError:
        return 143  # 128 + SIGTERM, as shells report it
