"""What is said while an answer is long in coming: a word that it was heard, and that it is still worked on. Pure, in stream time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filler:
    """Something short to say meanwhile."""

    after_s: float
    """Seconds for which the answer has been awaited."""
    en: str
    zh: str

    def words(self, language: str) -> str:
        """Return it in a language."""
        return self.zh if language == "zh" else self.en


FILLERS = (
    Filler(1.2, "Let me see.", "我看看。"),  # who waits longer than that asks whether they were heard
    Filler(8.0, "I'm still working on it.", "还在处理。"),
    Filler(16.0, "This takes a while.", "还要等一会儿。"),
)
"""In order, each once in a turn: after the last one silence says as much."""


class Waiting:
    """Follows one turn after another."""

    def __init__(self) -> None:
        self._since_s: float | None = None
        self._said = 0

    def follow(self, now_s: float, *, awaited: bool, spoken_to: bool) -> Filler | None:
        """Take whether an answer is awaited and whether somebody is speaking; return what to say now, if anything.

        While somebody speaks it is put off; more than one that is due is one.
        """
        if not awaited:
            self._since_s, self._said = None, 0
            return None
        if self._since_s is None:
            self._since_s = now_s
        due = sum(now_s - self._since_s >= each.after_s for each in FILLERS)
        if due <= self._said or spoken_to:
            return None
        self._said = due
        return FILLERS[due - 1]
