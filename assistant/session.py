"""A conversation by voice, with its workers: started together, closed together, whatever happens."""

import argparse
import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import replace
from typing import IO, Any

import msgspec

from assistant.app import App, asr_engine, tts_engine
from assistant.config import Config
from assistant.ports import LiveSound, TapeSound
from assistant.vocabulary import Event
from assistant.voice import Voice
from assistant.voice_loop import LoopSettings, VoiceLoop
from assistant.worker import Worker
from audio.endpoint import EndpointSettings


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
        EndpointSettings(), complete_s=listen.complete_s, extensible_s=listen.extensible_s, unknown_s=listen.unknown_s, cut_s=listen.cut_s
    )
    return LoopSettings(config.wake.needed, listen.wait_s, listen.follow_up_s, endpoint=endpoint)


@contextlib.asynccontextmanager
async def voice_session(
    app: App, sound: TapeSound | LiveSound, show: Callable[[Event], None], errors: IO[bytes] | None
) -> AsyncIterator[Voice]:
    """Give a conversation whose recogniser and voice are ready; all workers are gone when the block ends."""
    asr, tts = Worker(asr_engine(app), errors=errors), Worker(tts_engine(app), errors=errors)
    voice = Voice(VoiceLoop(loop_settings(app.config)), sound, asr, tts, app.brain, show, now=app.clock.now)
    app.around.face = voice
    try:
        await asyncio.gather(sound.worker.start(), asr.start(), tts.start())
        yield voice
    finally:
        await asyncio.gather(sound.worker.close(), asr.close(), tts.close())


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
