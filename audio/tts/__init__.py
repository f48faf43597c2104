"""Voices: words in, sound out, streamed as it is made."""

from collections.abc import Iterator
from typing import Protocol

from audio.vocabulary import Samples


class Synthesiser(Protocol):
    """Ready once constructed. Used from one thread."""

    rate: int
    """Hz of everything `speak` yields."""

    def speak(self, text: str, language: str, voice: str = "") -> Iterator[Samples]:
        """Yield the speech of `text` as (n,) int16 mono pieces, the first as early as can be.

        `language` is "en" or "zh": what the reply is in; words of the other script inside it are read by a voice of theirs.
        `voice` speaks that language this once, named as the settings name voices; empty for the usual one.
        Closing the iterator early stops the work.
        """
