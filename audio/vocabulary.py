"""The words the sound side speaks: plain values that cross every boundary of the pipeline.

Times are stream time: samples delivered since the stream opened, divided by the rate.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:  # the text side uses these words too, and must start without loading numpy
    import numpy as np
    import numpy.typing as npt

Samples: TypeAlias = "npt.NDArray[np.int16]"
"""int16, shape (n,), mono."""

RATE = 16_000
"""Hz; what the wake word, speech detection and recognition models were trained on."""

FRAME = 512
"""Samples: 32 ms at RATE, the window Silero VAD was trained on."""


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """A stretch of sound."""

    samples: "Samples"
    """Shape (n,), mono."""
    rate: int
    """Hz."""
    start_s: float
    """Stream time of the first sample."""

    @property
    def seconds(self) -> float:
        """How long the stretch lasts."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class WakeDetection:
    """The wake word was heard."""

    name: str
    """Of the model, such as "hey_jarvis"."""
    score: float
    """Belief 0..1 that it was said."""
    at_s: float
    """Stream time at which it fired, shortly after the phrase's end."""


@dataclass(frozen=True, slots=True)
class WakeTry:
    """Something was suspected to be the wake word."""

    name: str
    """Of the model."""
    at_s: float
    """Stream time."""
    belief: float
    """0..1, that it was said."""
    first: float
    """Probability 0..1 of the network that always listens."""
    second: float | None
    """Of the one that looked again; None where there is none for this word."""
    talk: float
    """Share 0..1 of the second before the phrase in which somebody was talking."""
    level: float
    """RMS of the phrase, 0..1 of full scale."""
    accepted: bool
    """Whether it woke Hark."""
    sound: "Samples"
    """The two seconds in which it was heard."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody began to speak."""

    at_s: float
    """Stream time."""


@dataclass(frozen=True, slots=True)
class SpeechPaused:
    """Somebody fell silent, perhaps only for a moment."""

    at_s: float
    """Stream time of the last voiced sample."""


@dataclass(frozen=True, slots=True)
class SpeechEnded:
    """Somebody stopped speaking for good."""

    at_s: float
    """Stream time of the last voiced sample, not of the decision."""
    reason: str
    """Why the utterance was taken to be over: complete, silence, too_long, end_of_stream."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, as text."""

    text: str
    """The words; empty when there were none."""
    language: str
    """ "en" or "zh"."""
    is_final: bool = True
    """False while the speaker goes on."""
    start_s: float = 0.0
    """Stream time of the first word."""
    end_s: float = 0.0
    """Stream time of the last word's end."""
    confidence: float = 1.0
    """Probability 0..1; 1 for typed text."""
