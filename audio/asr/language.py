"""Which of the user's languages an utterance is in: asked anew at each decode until it is sure, then left alone."""

from collections.abc import Mapping, Sequence

SURE = 0.9
"""Share 0..1 of the likeliest among the user's languages that counts as sure, in two decodes in a row."""

ENOUGH_S = 2.0
"""Seconds of sound before anything is sure: an English wake phrase and a breath may come before a Chinese sentence."""


class SpokenLanguage:
    """Follows one utterance after another."""

    def __init__(self, languages: Sequence[str]) -> None:
        """Take the languages that may be spoken, at least one; the first wins a tie."""
        self._languages = tuple(languages)
        self._last: str | None = None
        self.sure: str | None = None
        """The language that is no longer asked for; None while it is open."""
        self.begin()

    def begin(self, known: str = "") -> None:
        """Start anew; a single language is always sure, and one that is known beforehand."""
        self.sure = known if known in self._languages else self._languages[0] if len(self._languages) == 1 else None
        self._last = None

    def add(self, likely: Mapping[str, float], seconds: float) -> str:
        """Take the probability of each language, and how much sound it was told from; return the one to write down."""
        if self.sure:
            return self.sure
        best = max(self._languages, key=lambda code: likely.get(code, 0.0))
        total = sum(likely.get(code, 0.0) for code in self._languages)
        clear = seconds >= ENOUGH_S and likely.get(best, 0.0) >= SURE * total > 0
        if clear and self._last == best:
            self.sure = best
        self._last = best if clear else None
        return best
