"""`hark bench wake`: how often the wake word is missed in noise, and how often something else is taken for it."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.bench.clips import Clip
from assistant.bench.errors import BenchError
from assistant.bench.spread import Count, Spread, count, spread
from assistant.wake_fit import false_per_hour
from assistant.worker import Engine, Worker

SNR_DB = (20.0, 10.0, 5.0)
"""How far noise lies under the voice."""

DEADLINE_S = 60.0

AT_ONCE = 20
"""Texts read aloud in one call."""

CLEAR = {"wake+command", "wake, pause, command", "wake"}
"""Kinds of clips in which the wake phrase is clearly spoken."""


@dataclass(frozen=True, slots=True)
class WakeReport:
    """What was found."""

    word: str
    threshold: float
    woken: dict[str, dict[str, Count]]
    """By voice, and by noise."""
    after_ms: Spread | None
    """From the phrase's end to its detection, in a quiet room; stream time."""
    unmeant_hours: float
    """Of speech and noise that nobody meant for it."""
    false_wakes: tuple[str, ...]
    """What was said in each."""
    suspicions: int
    """How often the second network had to look."""
    per_hour: float
    bound: float
    """Upper end of a 95 % interval of false wakes per hour."""


async def measure(
    engine: Engine, clips: Sequence[Clip], texts: Sequence[str], minutes: float, tell: Callable[[], None], threshold: float
) -> WakeReport:
    """Have phrases said in noise, and texts read aloud for so many minutes. Raises BenchError, or WorkerError."""
    noises = [clip.path for clip in clips if clip.kind == "noise"]
    phrases = [clip for clip in clips if clip.kind in CLEAR]
    if not phrases:
        raise BenchError('There is no clip with the wake phrase. Their kinds: "wake+command", "wake, pause, command", "wake".')
    worker = Worker(engine)
    try:
        await worker.start()
        woken, after = await said_in_noise(worker, phrases, noises, tell)
        seconds, false, suspicions = await unmeant(worker, [clip for clip in clips if clip.kind in {"non-wake", "noise"}], tell)
        async for heard in read_aloud(worker, texts, 60 * minutes):
            seconds += heard["seconds"]
            suspicions += heard["suspicions"]
            false += [heard["text"]] * len(heard["at_s"])
            tell()
    finally:
        await worker.close()
    per_hour, bound = false_per_hour(len(false), seconds / 3600)
    return WakeReport(engine.options["name"], threshold, woken, spread(after), seconds / 3600, tuple(false), suspicions, per_hour, bound)


def steps_of(clips: Sequence[Clip], minutes: float) -> int:
    """Return about how many steps a measurement has; a text takes about two and a half seconds to read."""
    phrases = sum(clip.kind in CLEAR for clip in clips)
    return phrases * (1 + len(SNR_DB)) + sum(clip.kind in {"non-wake", "noise"} for clip in clips) + int(60 * minutes / 2.5)


async def said_in_noise(
    worker: Worker, phrases: Sequence[Clip], noises: Sequence[Path], tell: Callable[[], None]
) -> tuple[dict[str, dict[str, Count]], list[float]]:
    """Return who was heard in which noise, and how many milliseconds after the phrase's end in none."""
    outcomes: dict[str, dict[str, list[bool]]] = {}
    after = []
    for number, clip in enumerate(phrases):
        for snr_db in (None, *(SNR_DB if noises else ())):
            noise = str(noises[number % len(noises)]) if snr_db is not None else ""
            heard = await worker.call("recording", str(clip.path), noise, snr_db or 0.0, deadline_s=DEADLINE_S)
            name = "quiet room" if snr_db is None else f"{snr_db:g} dB"
            outcomes.setdefault(clip.voice, {}).setdefault(name, []).append(bool(heard["at_s"]))
            if snr_db is None and heard["at_s"] and clip.wake_end_s is not None:
                after.append(1000 * (heard["at_s"][0] - clip.wake_end_s))
            tell()
    return {voice: {name: count(seen) for name, seen in by.items()} for voice, by in outcomes.items()}, after


async def unmeant(worker: Worker, clips: Sequence[Clip], tell: Callable[[], None]) -> tuple[float, list[str], int]:
    """Return the seconds of recordings nobody meant for it, what woke in them, and the number of suspicions."""
    seconds, false, suspicions = 0.0, [], 0
    for clip in clips:
        heard = await worker.call("recording", str(clip.path), deadline_s=DEADLINE_S)
        seconds += heard["seconds"]
        suspicions += heard["suspicions"]
        false += [clip.text or clip.file] * len(heard["at_s"])
        tell()
    return seconds, false, suspicions


async def read_aloud(worker: Worker, texts: Sequence[str], seconds: float) -> AsyncIterator[dict[str, Any]]:
    """Yield what came of texts, read aloud again and again in other voices until the time is over."""
    passed, number = 0.0, 0
    while passed < seconds:
        chosen = [texts[(number + each) % len(texts)] for each in range(AT_ONCE)]
        async for heard in worker.stream("reading", chosen, number + number // len(texts), deadline_s=DEADLINE_S):
            passed += heard["seconds"]
            yield heard
        number += AT_ONCE
