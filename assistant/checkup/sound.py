"""The sound of this machine: what there is to hear and speak with, measured through the same workers that talk uses."""

import asyncio
import time
from typing import IO, Any

from assistant.app import App, devices_engine, live_engine, speaker_engine
from assistant.checkup.finding import Finding, State, broken
from assistant.checkup.loudness import judge, loudness
from assistant.errors import WorkerError
from assistant.ports import LiveSound
from assistant.worker import Engine, Worker

HEAR_S = 1.5
"""Of sound that is measured."""

OPEN_S = 6.0
"""For the microphone's first sample, and the speaker's last; a sleeping sound server takes up to 2."""

TRIED = "trial"
"""The id of what is played."""


async def devices(errors: IO[bytes] | None) -> list[Finding]:
    """List microphones and speakers; one finding that something is missing when PortAudio cannot be had."""
    worker = Worker(devices_engine(), errors=errors)
    try:
        found: list[dict[str, Any]] = await worker.call("devices", deadline_s=OPEN_S)
    except WorkerError as error:
        return [broken("PortAudio", str(error))]
    finally:
        await worker.close()
    return [
        Finding("PortAudio", State.OK, "installed, and it answers"),
        listed("microphones", found, "inputs", "default_input"),
        listed("speakers", found, "outputs", "default_output"),
    ]


def listed(about: str, found: list[dict[str, Any]], channels: str, default: str) -> Finding:
    """Return the names of the devices that can record, or play."""
    able = [device for device in found if device[channels] > 0]
    if not able:
        cure = (
            "On Linux see first that PulseAudio or PipeWire runs, and that libasound2-plugins (PulseAudio) "
            "or pipewire-alsa is installed; then plug one in."
        )
        return Finding(about, State.BROKEN if about == "microphones" else State.WEAK, "none found", cure)
    names = dict.fromkeys(device["name"] + (" (default)" if device[default] else "") for device in able)
    return Finding(about, State.OK, ", ".join(names))


async def microphone(app: App, errors: IO[bytes] | None) -> Finding:
    """Measure what the microphone hears."""
    engine = live_engine(app)
    listening = Engine(engine.name, engine.target, engine.options | {"wake_words": []})
    sound = LiveSound(listening, errors)
    try:
        await sound.worker.start()
        await sound.attend(on=True)
        name = (await sound.worker.call("devices"))["microphone"] or "the microphone"
        samples, speech = await hear(sound)
    except WorkerError as error:
        return broken("microphone", str(error))
    except TimeoutError:
        cure = "Choose another one with `hark config set audio.microphone NAME`, or restart the sound server."
        return Finding("microphone", State.BROKEN, f"It is open, but nothing has come from it for {OPEN_S:g} s.", cure)
    finally:
        await sound.worker.close()
    return judge(name, loudness(samples), speech)


async def hear(sound: LiveSound) -> tuple[list[int], list[float]]:
    """Return `HEAR_S` of samples and each frame's probability of speech. Raises TimeoutError, or WorkerError when it is lost."""
    samples: list[int] = []
    speech: list[float] = []
    async with asyncio.timeout(OPEN_S):
        async for beat in sound.beats():
            if beat.state == "lost":
                raise WorkerError(beat.told or "The microphone is gone. Plug it in again.")
            for frame in beat.frames:
                samples.extend(frame.samples.cast("h"))
                speech.append(frame.speech)
            if len(samples) >= HEAR_S * 16_000:
                break
    return samples, speech


async def speaker(app: App, errors: IO[bytes] | None, *, chime: bool) -> Finding:
    """Open the speaker and play to its end: a chime, or a tenth of a second of nothing."""
    sound = LiveSound(speaker_engine(app), errors)
    began = time.perf_counter()
    try:
        await sound.worker.start()
        if chime:
            await sound.chime("listen", loop=False)
        else:
            await sound.say(TRIED, memoryview(bytes(9_600)), 48_000)
            await sound.end(TRIED)
        name = await played(sound)
    except WorkerError as error:
        return broken("speaker", str(error))
    except TimeoutError:
        cure = "Choose another one with `hark config set audio.speaker NAME`, or restart the sound server."
        return Finding("speaker", State.BROKEN, f"It did not play within {OPEN_S:g} s.", cure)
    finally:
        await sound.worker.close()
    ms = 1000 * (time.perf_counter() - began)
    told = f"{name or 'the speaker'} opens and plays"
    return Finding(
        "speaker",
        State.OK,
        f"{told}; that was a chime." if chime else told,
        "" if chime else "`hark doctor --play` to hear it.",
        {"played_ms": round(ms)},
    )


async def played(sound: LiveSound) -> str:
    """Wait until something has been played to its end, and return the speaker's name. Raises TimeoutError or WorkerError."""
    name = ""
    async with asyncio.timeout(OPEN_S):
        async for beat in sound.beats():
            name = name or await sound.worker.call("device")
            if beat.told:
                raise WorkerError(beat.told)
            if beat.played:
                return str(name)
    return str(name)
