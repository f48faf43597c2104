"""The classifier (tier 3): which action a sentence means that no template covers, learnt from phrases; it can abstain."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.plugins import Family

if TYPE_CHECKING:
    from assistant.classifier.learnt import Learnt


class Lessons:
    """What was learnt of how people ask for the loaded skills, read when the first sentence needs it."""

    def __init__(self, families: Sequence[Family], cache: Path | None = None) -> None:
        """Take the skills; `cache` is a folder to keep what is learnt of plugins in, None keeps nothing."""
        self._families, self._cache = families, cache
        self._known: dict[str, Learnt] = {}

    def learnt(self, language: str) -> "Learnt":
        """Return it for a language; the first call takes 0.1 s, with a new plugin a few seconds."""
        if language not in self._known:
            from assistant.classifier.shelf import learnt_of  # noqa: PLC0415 -- numpy takes 0.1 s, which few sentences need

            self._known[language] = learnt_of(self._families, language, self._cache)
        return self._known[language]
