"""Names in place of names: `redact` puts them in, `restored` and `Restoring` take them out again."""

import re
from collections.abc import Iterator, Mapping

from assistant.redaction.names import Known, names_in
from assistant.redaction.numbers import numbers_in
from assistant.redaction.places import addresses_in
from assistant.redaction.secrets import secrets_in
from assistant.redaction.span import KINDS, Span, joined, plain

Replacements = Mapping[str, str]
"""What each placeholder stands for: "[PERSON_1]" for "Anna"."""

EITHER = "|".join(sorted(KINDS, key=len, reverse=True))
OPEN, CLOSE = r"\[【〔［(（<《「{", r"\]】〕］)）>》」}"

MEANT = re.compile(
    rf"(?P<open>[{OPEN}]{{1,2}}\s?)?(?<![A-Za-z])(?P<kind>(?i:{EITHER}))(?P<gap>\\?[\s_-]{{0,2}}#?)(?P<number>\d+)(?(open)(?:\s?[{CLOSE}]{{1,2}})?)"
)
"""A placeholder as models give it back: also "[Person 1]", "PERSON_1", 【PERSON_1】, "**[PERSON\\_1]**"."""

LONGEST = max(len(kind) for kind in KINDS) + 10
"""Letters of a placeholder with its brackets."""

STARTS = "|".join(sorted({kind[:size] for kind in KINDS for size in range(1, len(kind))}, key=len, reverse=True))
BEGUN = re.compile(rf"(?:[{OPEN}]{{1,2}}\s?)?(?:(?i:{STARTS})|(?i:{EITHER})\\?[\s_-]{{0,2}}#?\d*)?\s?")
"""The beginning of one."""


def spans_in(text: str, known: Known) -> list[Span]:
    """Return what is to be replaced in a text."""
    narrow = plain(text)
    return joined([*names_in(narrow, known), *secrets_in(narrow), *numbers_in(narrow), *addresses_in(narrow)])


def redact(text: str, known: Known, so_far: Replacements | None = None) -> tuple[str, dict[str, str]]:
    """Return a text with placeholders, and what they stand for: those of the conversation so far, and the new ones.

    The same thing has the same placeholder all along.
    """
    replacements = dict(so_far or {})
    given = {same(original): placeholder for placeholder, original in replacements.items()}
    parts, at = [], 0
    for span in spans_in(text, known):
        original = text[span.start : span.end]
        if same(original) not in given:
            number = 1 + sum(placeholder.startswith(f"[{span.kind}_") for placeholder in replacements)
            given[same(original)] = f"[{span.kind}_{number}]"
            replacements[given[same(original)]] = original
        parts += [text[at : span.start], given[same(original)]]
        at = span.end
    return "".join([*parts, text[at:]]), replacements


def same(original: str) -> str:
    """Return what two writings of the same thing have in common."""
    return re.sub(r"[\s\-_()·]+", "", plain(original)).casefold()


def restored(text: str, replacements: Replacements) -> str:
    """Return a text with what its placeholders stand for; what stands for nothing stays."""

    def meant(found: re.Match[str]) -> str:
        kind = found["kind"]
        is_marked = found[0][0] not in kind or "_" in found["gap"] or kind.isupper()
        original = replacements.get(f"[{kind.upper()}_{int(found['number'])}]") if is_marked else None
        return found[0] if original is None else original

    return MEANT.sub(meant, text) if replacements else text


class Restoring:
    """Puts back what placeholders stand for while an answer streams; one may be cut anywhere."""

    def __init__(self, replacements: Replacements) -> None:
        self._replacements = replacements
        self._held = ""

    def feed(self, piece: str) -> Iterator[str]:
        """Take the next piece and yield what is certain by now."""
        self._held += piece
        keep = self._begun() if self._replacements else 0
        ready, self._held = self._held[: len(self._held) - keep], self._held[len(self._held) - keep :]
        if ready:
            yield restored(ready, self._replacements)

    def end(self) -> Iterator[str]:
        """Yield what is left."""
        if self._held:
            yield restored(self._held, self._replacements)
        self._held = ""

    def _begun(self) -> int:
        """Return how many letters at the end may be the beginning of a placeholder."""
        held = self._held
        for size in range(min(len(held), LONGEST), 0, -1):
            tail = held[-size:]
            starts_word = size == len(held) or not (held[-size - 1].isascii() and held[-size - 1].isalnum())
            is_marked = tail[0].isupper() or not tail[0].isalnum()
            if starts_word and is_marked and not tail[0].isspace() and BEGUN.fullmatch(tail):
                return size
        return 0
