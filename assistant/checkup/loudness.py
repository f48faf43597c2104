"""What a stretch of a microphone's samples says about the microphone. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.checkup.finding import Finding, State

FULL = 32_767
"""The loudest int16 sample."""

SPEECH = 0.5
"""Probability above which a frame is speech."""

CLIPPED = 0.001
"""Share of samples at full scale from which speech is heard to crackle."""

QUIET_DB = -70.0
"""dBFS; a room's own noise is louder than this in any microphone that is turned up."""

FAINT_DB = -40.0
"""dBFS; the peaks of speech at arm's length reach at least this."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a stretch of sound is."""

    peak_db: float
    """dBFS; -inf for digital silence."""
    mean_db: float
    """dBFS of the root mean square; -inf for digital silence."""
    clipped: float
    """Share of samples at full scale."""


def loudness(samples: Sequence[int]) -> Loudness:
    """Measure int16 samples; there must be some."""
    peak = max(abs(sample) for sample in samples)
    mean = math.sqrt(sum(sample * sample for sample in samples) / len(samples))
    clipped = sum(abs(sample) >= FULL for sample in samples) / len(samples)
    return Loudness(decibels(peak), decibels(mean), clipped)


def decibels(level: float) -> float:
    """Return a level of 0..32767 in dBFS."""
    return 20 * math.log10(level / FULL) if level else -math.inf


def judge(name: str, found: Loudness, speech: Sequence[float]) -> Finding:
    """Return what a microphone of that name is worth, from its loudness and the probability of speech of each frame."""
    spoke = sum(one > SPEECH for one in speech) >= 3
    if found.peak_db == -math.inf:
        cure = "Unmute it in the system's mixer, and look for a switch or key on it; else unplug it and plug it in again."
        return Finding("microphone", State.BROKEN, f"{name} delivers only digital silence.", cure)
    told = f"{name}: {found.mean_db:.0f} dB on average, peaks at {found.peak_db:.0f} dB"
    figures = {"mean_dbfs": round(found.mean_db, 1), "peak_dbfs": round(found.peak_db, 1), "clipped_share": round(found.clipped, 4)}
    if found.clipped > CLIPPED:
        cure = "Lower its input level in the system's mixer, or move away from it."
        return Finding("microphone", State.WEAK, f"{told}; it is too loud and clips.", cure, figures)
    if found.mean_db < QUIET_DB or (spoke and found.peak_db < FAINT_DB):
        cure = "Raise its input level in the system's mixer, or move closer to it."
        return Finding("microphone", State.WEAK, f"{told}; it is too quiet.", cure, figures)
    if not spoke:
        cure = "To see whether it hears you, run this again and speak meanwhile."
        return Finding("microphone", State.OK, f"{told}; nobody spoke.", cure, figures)
    return Finding("microphone", State.OK, f"{told}; it heard somebody speak.", figures=figures)
