"""Which words of a growing text can be relied on: those with which two decodes in a row begin."""

import re

UNIT = re.compile(r"[\u3400-\u9fff]|(?:(?![\u3400-\u9fff])[^\W_])+(?:['’][^\W_]+)*")
"""A Chinese character, or a word with its apostrophes."""


class Agreement:
    """Compares each decode of an utterance with the one before (LocalAgreement-2: Macháček et al., 2023).

    Case and punctuation do not matter: "Set a timer." and "set a timer for" agree on three words.
    """

    def __init__(self) -> None:
        self.stable = ""
        """The beginning of the latest text that both decodes share."""
        self._previous: list[str] = []

    def add(self, text: str) -> str:
        """Take the text of the next decode and return its stable beginning."""
        units = list(UNIT.finditer(text))
        words = [unit[0].casefold() for unit in units]
        shared = shared_length(self._previous, words)
        self.stable = text[: units[shared - 1].end()] if shared else ""
        self._previous = words
        return self.stable


def shared_length(first: list[str], second: list[str]) -> int:
    """Return how many words both lists begin with."""
    for count, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return count
    return min(len(first), len(second))
