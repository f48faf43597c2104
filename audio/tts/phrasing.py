"""How pieces of speech follow each other: no silence before the first word, pauses where a speaker breathes, and no clicks."""

import re
from collections.abc import Iterable, Iterator

import numpy as np

from audio.vocabulary import Samples

TAIL_S = 0.06
"""Silence after the last sound, so that a speaker switched off at the end cuts nothing."""

_SENTENCE_END = re.compile(r"[.!?。！？…\n][\"”’)\]》」』）\s]*$")
_COMMA = re.compile(r"[,;:，；：、—][\"”’)\]》」』）\s]*$")
_SENTENCE_PAUSE_S, _COMMA_PAUSE_S = 0.3, 0.15  # what espeak-ng leaves inside a longer text
_CLOSURE_S = 0.05
"""The longest silence kept before a word in mid-sentence: the closed lips of a p, t or k."""
_PIECE_S = 0.1
_RAMP_S = 0.002
_AUDIBLE = 100
"""Of 32767: below it the onset of a sound is not heard."""
_STILL = 16
"""Of 32767: below it a sound has died away."""


def joined(phrases: Iterable[tuple[str, Samples]], rate: int) -> Iterator[Samples]:
    """Yield phrases, each a text and its whole sound at `rate` Hz, as one speech in pieces of at most 0.1 s."""
    pause_s: float | None = None
    for text, whole in phrases:
        sound = trimmed(whole, rate, 0.0 if pause_s is None else _CLOSURE_S)
        if len(sound):
            if pause_s:
                sound = np.concatenate([_silence(pause_s, rate), sound])
            step = round(_PIECE_S * rate)
            yield from (sound[start : start + step] for start in range(0, len(sound), step))
            pause_s = 0.0
        if pause_s is not None:
            pause_s = max(pause_s, _pause_s(text))
    if pause_s is not None:
        yield _silence(TAIL_S, rate)


def streamed(pieces: Iterable[Samples], rate: int) -> Iterator[Samples]:
    """Yield one speech as it comes, without the silence around it: silence is kept back until a sound follows."""
    kept = np.zeros(0, np.int16)
    has_begun = False
    for piece in pieces:
        kept = np.concatenate([kept, piece])
        audible = np.flatnonzero(_loudness(kept) > _AUDIBLE)
        if not len(audible):
            if not has_begun:
                kept = kept[-round(_RAMP_S * rate) :]
            continue
        end = audible[-1] + 1
        start = 0 if has_begun else max(0, audible[0] - round(_RAMP_S * rate))
        yield kept[start:end] if has_begun else _ramped(kept[start:end], rate, at_end=False)
        kept, has_begun = kept[end:], True
    if has_begun:
        last = kept[: round(TAIL_S * rate)]
        yield np.concatenate([_ramped(last, rate, at_start=False), np.zeros(round(TAIL_S * rate) - len(last), np.int16)])


def trimmed(sound: Samples, rate: int, lead_s: float) -> Samples:
    """Cut the silence off both ends, but for `lead_s` of it in front; both ends are brought to zero so that nothing clicks."""
    loudness = _loudness(sound)
    audible = np.flatnonzero(loudness > _AUDIBLE)
    if not len(audible):
        return sound[:0]
    start = max(0, audible[0] - round(max(_RAMP_S, lead_s) * rate))
    return _ramped(sound[start : np.flatnonzero(loudness > _STILL)[-1] + 1], rate)


def _loudness(sound: Samples) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.abs(sound.astype(np.int32))  # the negation of -32768 is no int16


def _ramped(sound: Samples, rate: int, *, at_start: bool = True, at_end: bool = True) -> Samples:
    cut = sound.astype(np.float32)
    rise = np.linspace(0, 1, min(round(_RAMP_S * rate), len(cut)), dtype=np.float32)
    if at_start:
        cut[: len(rise)] *= rise
    if at_end and len(rise):
        cut[-len(rise) :] *= rise[::-1]
    return np.rint(cut).astype(np.int16)


def _silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.int16)


def _pause_s(text: str) -> float:
    """Seconds of silence a speaker leaves after this phrase, if another follows."""
    if _SENTENCE_END.search(text):
        return _SENTENCE_PAUSE_S
    return _COMMA_PAUSE_S if _COMMA.search(text) else 0.0
