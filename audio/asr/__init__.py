"""Recognisers: sound in, words out, one utterance at a time."""

from typing import Protocol

from audio.vocabulary import Samples, Transcript


class Recogniser(Protocol):
    """Ready once constructed. Used from one thread: `start`, any `feed` and `speculate`, then `finish` or `abandon`."""

    def start(self, start_s: float, language: str = "") -> None:
        """Begin an utterance whose first sample has this stream time; one under way is abandoned.

        `language` is the one it is in, where that is known beforehand; a recogniser without it hears as always.
        """

    def feed(self, samples: Samples) -> Transcript:
        """Take more sound, (n,) int16 at `RATE`, and return what was said so far (`is_final` False)."""

    def speculate(self) -> Transcript:
        """Return the final text as if the utterance ended here; more may be fed all the same.

        Asked at the first moment of quiet, so that the text is there when the quiet turns out to be the end.
        """

    def finish(self) -> Transcript:
        """End the utterance and return its final text; empty text when there was no speech."""

    def abandon(self) -> None:
        """Drop the utterance under way, if any."""
