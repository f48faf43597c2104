"""Requests with talk around them: "my hands are full, turn on the light", 我要修图，开一下Lightroom.

Of the clauses between commas one is the request; what stands beside it tells why, and asks for nothing.
"""

import re
from collections.abc import Callable, Iterator

from assistant.vocabulary import CHAT, Intent
from assistant.words import split_words

BREAK = re.compile(r"\s*[,，;；。!！?？、]\s*|\s+[-–—]+\s+")
"""Between two clauses."""

POINTS = re.compile(r"\b(?:it|that|them|those|there)\b|[它]|这个|那个|那边|那儿|那里", re.IGNORECASE)
"""What is said in the other clause."""

MOST = 4
"""Clauses of something that is said at once."""

UNSURE = 0.7
"""Below this the classifier's word on the whole sentence yields to what a template reads in one clause."""

CLEARLY = 0.8
"""How sure the classifier must be of a clause when it makes nothing of the whole."""

Understand = Callable[[str], Intent | None]


def in_one_clause(text: str, read: Understand, guess: Understand) -> Intent | None:
    """Return the request of a sentence that has one among other talk, else what is guessed of the whole.

    Args:
        text: A sentence that no template reads as a whole.
        read: What templates read in words.
        guess: What the classifier makes of words.
    """
    whole = guess(text)
    for part in parts(text):
        found = None if POINTS.search(part) else read(part)
        if found is None or found.then or found.action.startswith("assistant."):
            continue
        if whole is None or whole.action == CHAT or (whole.confidence < UNSURE and whole.action != found.action):
            return found
    if whole is not None:
        return whole
    alone = [part for part in parts(text) if not POINTS.search(part)]
    guesses = [found for part in alone if (found := guess(part)) and found.confidence >= CLEARLY and found.action != CHAT]
    return guesses[0] if len({found.action for found in guesses}) == 1 else None


def parts(text: str) -> Iterator[str]:
    """Yield what is left of a sentence without its first clauses, then without its last; nothing of one that has no clauses."""
    breaks = [match for match in BREAK.finditer(text) if text[: match.start()].strip() and text[match.end() :].strip()]
    if not breaks or len(breaks) >= MOST:
        return
    for each in breaks:
        if len(split_words(text[each.end() :])) > 1:
            yield text[each.end() :]
    for each in reversed(breaks):
        if len(split_words(text[: each.start()])) > 1:
            yield text[: each.start()]
