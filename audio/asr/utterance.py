"""An utterance that is decoded again and again while it grows.

Decodes are paced to half of the time that passes, and one is made as soon as the speaker pauses: when the pause turns out to be the
end, the final text is already there.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from audio.asr.agreement import Agreement
from audio.asr.evidence import FRAME_S, Decode, Loudness, believable
from audio.asr.speech import SpokenTime
from audio.vocabulary import RATE, Samples, Transcript

MARGIN_S = 1.0
"""Kept free at the window's end, where Whisper drops words."""

PARTIAL_S = 0.3
"""New sound that is worth another decode: about a word."""

PAUSE_S = 0.2
"""Of quiet after speech: the last consonant is surely over."""

SHARE = 0.5
"""Of the time that passes, at most spent on decodes before the last."""


class Utterance:
    """Knows what was said so far, and when to decode."""

    def __init__(
        self,
        decode: Callable[[Samples, bool], Decode],
        start_s: float,
        *,
        window_s: float,
        language: str,
        clock: Callable[[], float],
        spoken: SpokenTime,
    ) -> None:
        """`decode` takes a stretch of sound and whether this is the last word on it; `language` is that of an empty text.

        `spoken` hears whether anybody speaks: where nobody does, nothing is decoded and no words are believed.
        """
        self._decode, self._start_s, self._window_s = decode, start_s, window_s
        self._language, self._clock = language, clock
        self._agreement = Agreement()
        self._loudness, self._spoken = Loudness(), spoken
        self._samples: Samples = np.zeros(0, np.int16)
        self._segment_s = 0.0
        """Where `_samples` begin; all before is settled. Seconds of the utterance, as all below."""
        self._settled: list[Decode] = []
        self._latest: Decode | None = None
        self._decoded_s = 0.0
        self._spent_s = 0.0
        self._last_spent_s = 0.0

    @property
    def stable(self) -> str:
        """The beginning of the latest text on which two decodes in a row agree."""
        return self._agreement.stable

    def feed(self, samples: Samples) -> Transcript:
        """Take more sound and return what was said so far."""
        self._samples = np.concatenate([self._samples, samples])
        self._loudness.add(samples)
        self._spoken.add(samples)
        if self._end_s - self._segment_s > self._window_s - MARGIN_S:
            self._settle()
        elif self._is_due():
            self._latest = self._decode_up_to(self._end_s, final=False)
            self._agreement.add(self._text())
        return self._transcript(is_final=False)

    def finish(self, *, anew: bool) -> Transcript:
        """Return the final text; `anew` decodes even what the latest decode has heard in full."""
        if self._spoken.seconds() and (anew or not self._is_covered()):
            self._latest = self._decode_up_to(self._end_s, final=True)
        return self._transcript(is_final=True)

    @property
    def _end_s(self) -> float:
        return self._segment_s + len(self._samples) / RATE

    def _is_due(self) -> bool:
        if not self._spoken.seconds() or self._is_covered():
            return False
        allowed_s = SHARE * self._end_s
        if self._end_s >= self._voice_end_s + PAUSE_S:
            return self._spent_s <= allowed_s
        return self._end_s - self._decoded_s >= PARTIAL_S and self._spent_s + self._last_spent_s <= allowed_s

    def _is_covered(self) -> bool:
        """Tell whether the latest decode heard all that was said, and the quiet after it."""
        return self._latest is not None and self._decoded_s >= self._voice_end_s + PAUSE_S / 2

    @property
    def _voice_end_s(self) -> float:
        voiced = self._loudness.voiced(self._segment_s)
        return float(voiced[-1]) + FRAME_S if len(voiced) else self._segment_s

    def _settle(self) -> None:
        """Make room in the window: decode up to the quietest moment of its last third, for good."""
        cut_s = self._loudness.quietest(self._segment_s + self._window_s * 2 / 3, self._end_s)
        self._settled.append(self._decode_up_to(cut_s, final=True))
        self._samples = self._samples[round((cut_s - self._segment_s) * RATE) :]
        self._segment_s, self._latest = cut_s, None

    def _decode_up_to(self, end_s: float, *, final: bool) -> Decode:
        began = self._clock()
        decode = self._decode(self._samples[: round((end_s - self._segment_s) * RATE)], final)
        self._last_spent_s = self._clock() - began
        self._spent_s += self._last_spent_s
        self._decoded_s = end_s
        return decode if believable(decode, self._spoken.seconds(self._segment_s, end_s)) else replace(decode, text="")

    def _said(self) -> list[Decode]:
        return [decode for decode in (*self._settled, self._latest) if decode and decode.text]

    def _text(self) -> str:
        text = ""
        for decode in self._said():
            text += decode.text if decode.language == "zh" or not text else f" {decode.text}"
        return text

    def _transcript(self, *, is_final: bool) -> Transcript:
        said, text, voiced = self._said(), self._text(), self._loudness.voiced()
        if not text or not len(voiced):
            return Transcript("", self._language, is_final, self._start_s, self._start_s, 0.0)
        language = max(said, key=lambda decode: len(decode.text)).language
        confidence = min(decode.confidence for decode in said)
        return Transcript(
            text, language, is_final, self._start_s + float(voiced[0]), self._start_s + float(voiced[-1]) + FRAME_S, confidence
        )
