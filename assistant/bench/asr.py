"""`hark bench asr`: how right and how quick a recogniser is, so that a user can decide which one, and how long a window."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.bench.hearing import DEADLINE_S, TO_THE_END, Hearing, hear, speech_in
from assistant.bench.spread import Count, Spread, count, spread
from assistant.bench.transcripts import Spoken, distance, units
from assistant.understanding import Understanding
from assistant.vocabulary import Intent
from assistant.worker import Engine, Worker
from audio.files import read_recording

TAIL_S = 0.8
"""Of silence after a recording, in which a pause is noticed."""

RATE_BYTES = 2 * 16_000


@dataclass(frozen=True, slots=True)
class Slip:
    """A recording that was written down otherwise."""

    file: str
    said: str
    heard: str


@dataclass(frozen=True, slots=True)
class AsrReport:
    """What one recogniser made of the recordings."""

    name: str
    words: Count
    """English words that had to be changed, put in or taken out, of those said."""
    characters: Count
    """The same of Chinese characters."""
    exact: Count
    """Recordings with every word right."""
    commands: Count
    """Those that are understood as the label says, or as their right words would be."""
    phantoms: Count
    """Recordings without speech in which words were heard."""
    after_ms: Spread | None
    """From the end of speech to the final text."""
    real_time: float
    """Seconds of work for a second of sound."""
    slips: tuple[Slip, ...]


async def measure(
    engines: dict[str, Engine], vad: Engine, spoken: Sequence[Spoken], understanding: Understanding, now: datetime, tell: Callable[[], None]
) -> list[AsrReport]:
    """Have every recogniser hear every recording. Raises WorkerError, or AudioError for what is no recording."""
    sounds = [sound_of(one) for one in spoken]
    ears = Worker(vad)
    try:
        speech = [await speech_in(ears, sound) for sound in sounds]
    finally:
        await ears.close()
    return [report(name, spoken, await heard_by(engine, sounds, speech, tell), understanding, now) for name, engine in engines.items()]


async def heard_by(engine: Engine, sounds: Sequence[bytes], speech: Sequence[list[float]], tell: Callable[[], None]) -> list[Hearing]:
    """Have one recogniser hear everything. Raises WorkerError."""
    asr = Worker(engine)
    try:
        await asr.start()
        await hear(asr, sounds[0], speech[0])  # once to warm up
        heard = []
        for sound, probabilities in zip(sounds, speech, strict=True):
            heard.append(await hear(asr, sound, probabilities))
            tell()
    finally:
        await asr.close()
    return heard


def sound_of(spoken: Spoken) -> bytes:
    """Return int16 samples from where a recording is listened to, and silence after it."""
    samples = read_recording(spoken.path).samples.tobytes()
    return samples[int(spoken.from_s * RATE_BYTES) // 2 * 2 :] + bytes(int(TAIL_S * RATE_BYTES))


def report(name: str, spoken: Sequence[Spoken], heard: Sequence[Hearing], understanding: Understanding, now: datetime) -> AsrReport:
    """Sum up what was heard."""
    pairs = [(one, hearing, units(one.text), units(hearing.text)) for one, hearing in zip(spoken, heard, strict=True)]
    talk = [pair for pair in pairs if pair[2]]
    sums = {language: errors([pair[2:] for pair in talk if pair[0].language == language]) for language in ("en", "zh")}
    return AsrReport(
        name=name,
        words=sums["en"],
        characters=sums["zh"],
        exact=count(said == got for _, _, said, got in talk),
        commands=count(
            same(understood(understanding, hearing.text, hearing.language, now), wanted)
            for one, hearing, _, _ in talk
            if (wanted := wish(understanding, one, now))
        ),
        phantoms=count(bool(got) for one, _, said, got in pairs if not said),
        after_ms=after([hearing for _, hearing, _, _ in talk]),
        real_time=real_time(heard),
        slips=tuple(Slip(one.path.name, one.text, hearing.text) for one, hearing, said, got in pairs if said != got),
    )


def after(heard: Sequence[Hearing]) -> Spread | None:
    """Return the milliseconds from the end of speech to the final text."""
    return spread(1000 * one.after_s for one in heard if one.after_s is not None)


def real_time(heard: Sequence[Hearing]) -> float:
    """Return how many seconds a second of sound took."""
    return sum(one.worked_s for one in heard) / sum(one.seconds for one in heard)


def errors(pairs: Sequence[tuple[list[str], list[str]]]) -> Count:
    """Return how many words are wrong, of those that were said."""
    return Count(sum(distance(said, heard) for said, heard in pairs), sum(len(said) for said, _ in pairs))


Act = tuple[str, str]
"""An action and its slots, as JSON."""


def wish(understanding: Understanding, spoken: Spoken, now: datetime) -> Act | None:
    """Return what is asked for: by the label, else by its words; None when that is nothing."""
    if spoken.action:
        return spoken.action, json.dumps(spoken.slots, sort_keys=True, ensure_ascii=False)
    return understood(understanding, spoken.text, spoken.language, now)


def understood(understanding: Understanding, text: str, language: str, now: datetime) -> Act | None:
    """Return what a text is understood as; None when as nothing, or as a question for a language model."""
    intent: Intent | None = understanding.understand(text, language, now)
    return (intent.action, json.dumps(intent.slots, sort_keys=True, ensure_ascii=False)) if intent and "." in intent.action else None


def same(one: Act | None, other: Act) -> bool:
    """Tell whether two acts are the same; capital letters do not count."""
    return one is not None and (one[0], one[1].casefold()) == (other[0], other[1].casefold())


def windows(engine: Engine, seconds: Sequence[float], hotwords: Sequence[str] = ()) -> dict[str, Engine]:
    """Return a Whisper with windows of several lengths, the last of them once more with names to expect when there are any."""
    made = {f"window {each:g} s": replace(engine, options=engine.options | {"window_s": each}) for each in seconds}
    if hotwords:
        name, last = list(made.items())[-1]
        made[f"{name}, names"] = replace(last, options=last.options | {"hotwords": list(hotwords)})
    return made


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """How quick a model of a real size is, beside the library as it comes."""

    size: str
    plain_ms: dict[str, Spread]
    """The library over a whole recording, once it has ended, by how it is asked."""
    after_ms: dict[str, Spread]
    """Hark, from the end of speech to the final text, by window."""
    real_time: dict[str, float]
    """Hark's seconds of work for a second of sound, by window."""

    @property
    def times(self) -> dict[str, float]:
        """How many times sooner Hark's text is there than the library's with its defaults, which begins when the pause is noticed."""
        return {name: self.plain_ms[AS_IT_COMES].p50 / max(1.0, found.p50) for name, found in self.after_ms.items()}


AS_IT_COMES = "as it comes"

ASKED: dict[str, tuple[int, str | None]] = {AS_IT_COMES: (5, None), "greedy, the language given": (1, "en")}
"""Ways to ask the library: beams, language."""


async def measure_speed(
    size: str, plain: Engine, engines: dict[str, Engine], vad: Engine, spoken: Sequence[Spoken], tell: Callable[[], None]
) -> SpeedReport:
    """Have the library and Hark hear the same recordings with random weights, in one run. Raises WorkerError."""
    pause_ms = 1000 * TO_THE_END.pause_s
    sounds = [sound_of(one) for one in spoken]
    library, ears = Worker(plain), Worker(vad)
    try:
        speech = [await speech_in(ears, sound) for sound in sounds]
        taken: dict[str, list[float]] = {}
        await library.call("seconds", memoryview(sounds[0]), deadline_s=DEADLINE_S)  # once to warm up
        for name, how in ASKED.items():
            for sound in sounds:
                seconds = float(await library.call("seconds", memoryview(sound), *how, deadline_s=DEADLINE_S))
                taken.setdefault(name, []).append(pause_ms + 1000 * seconds)
                tell()
    finally:
        await asyncio.gather(library.close(), ears.close())
    heard = {name: await heard_by(engine, sounds, speech, tell) for name, engine in engines.items()}
    return SpeedReport(
        size,
        {name: found for name, times in taken.items() if (found := spread(times))},
        {name: found for name, all_of in heard.items() if (found := after(all_of))},
        {name: real_time(all_of) for name, all_of in heard.items()},
    )
