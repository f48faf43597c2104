"""Phrase files: how people ask for each action, to learn from.

    # a comment
    [alarm.set]
    wake me at {time:half six} on {repeat:weekdays}
    it's way too loud in here {direction=down}

A heading names the action; `{slot:words}` marks the words of a value, `{slot=value}` a value that has no words of its own.
"""

import re
from dataclasses import dataclass

from assistant.errors import PhraseError

HEADING = re.compile(r"\[([a-z_]+(?:\.[a-z_]+)?)\]")
MARK = re.compile(r"\{([a-z_]+)([:=])([^{}]*)\}")

NOTHING = frozenset({"nothing", "chat"})
"""Headings for what is no action: what nothing serves, and open questions."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a phrase that are a value."""

    slot: str
    start: int
    """Index of the first character in the text."""
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to ask."""

    action: str
    text: str
    marks: tuple[Mark, ...] = ()
    implied: tuple[tuple[str, str], ...] = ()
    """Slots and their values, as written."""


def parse_phrases(text: str, name: str) -> list[Phrase]:
    """Return the phrases of a file. Raises PhraseError with its name and the line."""
    found: list[Phrase] = []
    action = ""
    for number, written in enumerate(text.splitlines(), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        if heading := HEADING.fullmatch(line):
            action = heading[1]
        elif not action:
            raise PhraseError(f"{name}:{number}: there is no heading such as [family.verb] above '{line}'.")
        else:
            try:
                found.append(phrase(action, line))
            except PhraseError as error:
                raise PhraseError(f"{name}:{number}: {error}") from error
    return found


def phrase(action: str, line: str) -> Phrase:
    """Return the phrase that a line writes. Raises PhraseError for a brace that is no mark."""
    text, marks, implied, at = "", [], [], 0
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        at = match.end()
        name, sign, words = match.groups()
        if sign == "=":
            implied.append((name, words.strip()))
        else:
            marks.append(Mark(name, len(text), len(text) + len(words)))
            text += words
    text += line[at:]
    if "{" in text or "}" in text:
        raise PhraseError(f"'{line}' has a brace that is no {{slot:words}} and no {{slot=value}}.")
    return Phrase(action, text.rstrip(), tuple(marks), tuple(implied))
