"""The engines: each built in a worker of its own and given one tiny task, with the time both took."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import IO

from assistant.app import App, asr_engine, speech_engine, tts_engine, wake_engine, wake_models
from assistant.checkup.finding import Finding, State, broken
from assistant.errors import ConfigError, WorkerError
from assistant.worker import Engine, Worker

SECOND = bytes(2 * 16_000)
"""A second of silence, int16 at 16 kHz."""

FRAME = SECOND[: 2 * 512]

SENTENCE = {"en": "Hello.", "zh": "你好。"}

Task = Callable[[Worker], Awaitable[None]]


async def tried(about: str, label: str, engine: Engine, task: Task, errors: IO[bytes] | None) -> Finding:
    """Build an engine and let it do something; never raises for what goes wrong with it."""
    worker = Worker(engine, errors=errors)
    began = time.perf_counter()
    try:
        await worker.start()
        ready = time.perf_counter()
        await task(worker)
        done = time.perf_counter()
    except WorkerError as error:
        return broken(about, str(error))
    finally:
        await worker.close()
    ready_ms, task_ms = 1000 * (ready - began), 1000 * (done - ready)
    told = f"{label}: ready in {ready_ms:,.0f} ms, its first task took {task_ms:,.0f} ms"
    return Finding(about, State.OK, told, figures={"ready_ms": round(ready_ms, 1), "task_ms": round(task_ms, 1)})


async def wake_words(app: App, errors: IO[bytes] | None) -> AsyncIterator[Finding]:
    """Try each wake word."""

    async def listen(worker: Worker) -> None:
        await worker.call("push", memoryview(FRAME), 0.0)

    for word in wake_models(app.config):
        yield await tried("wake word", word, wake_engine(app, word), listen, errors)
    if not app.config.wake.words:
        cure = "`hark config unset wake.words`, or talk with --push-to-talk."
        yield Finding("wake word", State.WEAK if app.config.wake.needed else State.NOTE, "there is none", cure)


async def speech(_: App, errors: IO[bytes] | None) -> Finding:
    """Try what tells speech from noise."""

    async def look(worker: Worker) -> None:
        await worker.call("push", memoryview(FRAME))

    return await tried("speech detection", "Silero", speech_engine(), look, errors)


async def recogniser(app: App, errors: IO[bytes] | None) -> Finding:
    """Try the recogniser on a second of silence."""

    async def recognise(worker: Worker) -> None:
        await worker.call("start", 0.0)
        await worker.call("feed", memoryview(SECOND))
        await worker.call("finish")

    try:
        engine = asr_engine(app)
    except ConfigError as error:
        return broken("recogniser", str(error))
    languages = {"sphinx": "English", "whisper": "English and Chinese"}[app.config.asr.engine]
    return await tried("recogniser", f"{app.config.asr.engine} ({languages})", engine, recognise, errors)


async def voice(app: App, errors: IO[bytes] | None) -> Finding:
    """Try the voice in both languages; one that sends text away is not tried."""
    if app.config.tts.engine == "edge" and app.config.privacy.online_voice:
        return Finding("voice", State.NOTE, "edge; not tried, because trying it sends words to Microsoft")

    async def speak(worker: Worker) -> None:
        for language, text in SENTENCE.items():
            async for _ in worker.stream("speak", text, language):
                pass

    try:
        engine = tts_engine(app)
    except ConfigError as error:
        return broken("voice", str(error))
    return await tried("voice", app.config.tts.engine, engine, speak, errors)
