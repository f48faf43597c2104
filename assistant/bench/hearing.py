"""A recogniser over one recording: real work on a clock that runs with the recording, as `assistant/ears.py` would have it done.

Sound comes in at the pace of speech. The recogniser takes what is there when it is free, and what comes meanwhile waits; how long it
works is measured, and the waiting is computed, so that a recording need not be sat through.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from assistant.worker import Worker
from audio.endpoint import Endpoint, EndpointSettings
from audio.vocabulary import FRAME, RATE, SpeechPaused

FRAME_S = FRAME / RATE

DEADLINE_S = 120.0
"""A large model on a slow machine."""

TO_THE_END = EndpointSettings(
    complete_s=99.0, extensible_s=99.0, growing_s=99.0, unknown_s=99.0, lacking_s=99.0, cut_s=99.0, longest_s=999.0
)
"""Every pause is read to its end and none ends the utterance."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a recogniser made of a recording."""

    text: str
    language: str
    after_s: float | None
    """From the last sound that speech detection takes for speech to the final text; None when nobody was heard to speak."""
    worked_s: float
    """How long the recogniser worked in all."""
    seconds: float
    """Of the recording."""
    partials: int
    """Different texts that were shown before the last."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something that the recogniser is asked to do."""

    at_s: float
    """When it is asked."""
    sound: bytes = b""
    pause_s: float | None = None
    """Where speech had ended, when the words are to be read to their end; None for more sound."""


async def hear(asr: Worker, sound: bytes, speech: Sequence[float]) -> Hearing:
    """Have a recogniser hear int16 sound, given the probability of speech of each of its frames. Raises WorkerError."""
    jobs = deque(asked_for(sound, speech))
    free_s = worked_s = 0.0
    said: dict[str, Any] = {"text": "", "language": "en"}
    after_s: float | None = None
    partials: set[str] = set()
    await asr.call("start", 0.0, deadline_s=DEADLINE_S)
    while jobs:
        job = jobs.popleft()
        begins_s = max(free_s, job.at_s)
        pieces = [job.sound]
        while job.pause_s is None and jobs and jobs[0].pause_s is None and jobs[0].at_s <= begins_s:
            pieces.append(jobs.popleft().sound)
        began = perf_counter()
        if job.pause_s is None:
            partials.add((await asr.call("feed", memoryview(b"".join(pieces)), deadline_s=DEADLINE_S))["text"])
        else:
            said = await asr.call("speculate", deadline_s=DEADLINE_S)
        spent_s = perf_counter() - began
        worked_s += spent_s
        free_s = begins_s + spent_s
        if job.pause_s is not None:
            after_s = free_s - job.pause_s
    await asr.call("abandon", deadline_s=DEADLINE_S)
    return Hearing(said["text"], said["language"], after_s, worked_s, len(sound) / 2 / RATE, len(partials - {"", said["text"]}))


def asked_for(sound: bytes, speech: Sequence[float]) -> list[Job]:
    """Return what the conversation would ask for, in order: each frame of sound, and the words at each pause."""
    endpoint = Endpoint(TO_THE_END)
    jobs: list[Job] = []
    spoken_s: float | None = None
    for number, probability in enumerate(speech):
        end_s = (number + 1) * FRAME_S
        jobs.append(Job(end_s, sound[number * 2 * FRAME : (number + 1) * 2 * FRAME]))
        change = endpoint.process(end_s, FRAME_S, probability)
        if probability >= TO_THE_END.go_on and endpoint.speaking:
            spoken_s = end_s
        if isinstance(change, SpeechPaused):
            jobs.append(Job(end_s, pause_s=change.at_s))
            spoken_s = None
    if spoken_s is not None:  # cut off in the middle of a word
        jobs.append(Job(len(speech) * FRAME_S, pause_s=spoken_s))
    return jobs


async def speech_in(vad: Worker, sound: bytes) -> list[float]:
    """Return the probability of speech of each whole frame. Raises WorkerError."""
    await vad.call("reset")
    return [float(await vad.call("push", memoryview(sound[at : at + 2 * FRAME]))) for at in range(0, len(sound) - 2 * FRAME + 1, 2 * FRAME)]
