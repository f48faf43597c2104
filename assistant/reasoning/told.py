"""What was said before, told to a model in the very bytes that it has read or written already, so that none are read twice."""

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime, timedelta

from assistant.journal import Journal
from assistant.reasoning.prompts import Message, history
from assistant.vocabulary import Turn

RECENT = timedelta(minutes=15)
MOST_TURNS, MOST_LETTERS = 8, 2400
"""Of what was said before, that a model is told again: within this time, so many turns, so many letters."""

KEPT = 16
"""Exchanges whose exact words are kept; more than are ever told."""


class Told:
    """The conversation so far, as a model is told it.

    When it grows too long the older half is left out at once: leaving out one turn each time would change its beginning each time, and
    what follows a change is read anew.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._exact: OrderedDict[tuple[str, str], list[Message]] = OrderedDict()
        self._since = 0
        """Number of the first turn that is told."""

    def keep(self, heard: str, said: str, messages: Sequence[Message]) -> None:
        """Take the messages, question and answer, that a turn in which this was heard and said has in a model's memory."""
        self._exact[heard, said] = list(messages)
        self._exact.move_to_end((heard, said))
        while len(self._exact) > KEPT:
            self._exact.popitem(last=False)

    def messages(self, now: datetime) -> list[Message]:
        """Return what was said lately as messages, the oldest first."""
        turns = [turn for at, turn in self._journal.turns(2 * MOST_TURNS) if now - at <= RECENT and turn.said and turn.id >= self._since]
        if len(turns) > MOST_TURNS or letters(turns) > MOST_LETTERS:
            while len(turns) > MOST_TURNS // 2 or letters(turns) > MOST_LETTERS // 2:
                self._since = turns.pop(0).id + 1
        return [message for turn in turns for message in self._of(turn)]

    def _of(self, turn: Turn) -> list[Message]:
        return self._exact.get((turn.heard.text, turn.said)) or history([(turn.heard.text, turn.said)])


def letters(turns: Sequence[Turn]) -> int:
    """Return how long turns are."""
    return sum(len(turn.heard.text) + len(turn.said) for turn in turns)
