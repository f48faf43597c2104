"""A quiet room, recorded."""

import random
import wave
from array import array
from pathlib import Path

from audio.vocabulary import RATE

LOUDNESS = 10.0
"""int16 RMS, -70 dBFS: a quiet room and a fair microphone; a real one is never digital zero."""


def write_room(path: Path, seconds: float) -> None:
    """Write so much of a room in which nobody speaks, as WAV."""
    chance = random.Random(1)  # noqa: S311 -- noise, no secrets
    second = array("h", (round(chance.gauss(0.0, LOUDNESS)) for _ in range(RATE)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for _ in range(round(seconds)):
            file.writeframes(second.tobytes())
