"""Stretches of a text that are to be replaced."""

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

KINDS = (
    *("PERSON", "PLACE", "DEVICE", "LIST", "PRIVATE", "PHONE", "EMAIL", "ADDRESS", "ID", "PASSPORT", "CARD", "IBAN", "KEY", "PASSWORD"),
    *("BIRTHDATE", "IP", "URL", "NUMBER"),
)
"""What a placeholder can stand for."""


LOOSE = re.IGNORECASE | re.ASCII
"""How patterns for letters and digits are read: a Chinese character beside a number is no part of it."""


class Span(NamedTuple):
    """A stretch of a text, and what stands there."""

    start: int
    end: int
    kind: str


SPOKEN_DIGITS = re.compile(r"[〇零一二三四五六七八九幺0-9][〇零一二三四五六七八九幺0-9 -]{4,}[〇零一二三四五六七八九幺0-9]")
"""Digits said one by one; 十 and 百 make it a number instead."""

DIGITS = str.maketrans("〇零一二三四五六七八九幺", "001234567891")


def plain(text: str) -> str:
    """Return a text of the same length that patterns can be looked for in: narrow letters, and digits where they were said in Chinese."""
    narrow = "".join(one if len(one := unicodedata.normalize("NFKC", letter)) == 1 else letter for letter in text)
    narrow = narrow.translate(str.maketrans("‐‑‒–—−", "------"))
    return SPOKEN_DIGITS.sub(lambda run: run[0].translate(DIGITS), narrow)


def joined(spans: Iterable[Span]) -> list[Span]:
    """Return stretches that do not overlap, in order: those that do become one, named after the longest.

    Whatever looks like a key is named after what else it is.
    """
    found: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end, one.kind == "KEY")):
        if not found or span.start >= found[-1].end:
            found.append(span)
            longest = span.end - span.start
            continue
        before = found[-1]
        kind = span.kind if span.end - span.start > longest else before.kind
        longest = max(longest, span.end - span.start)
        found[-1] = Span(before.start, max(before.end, span.end), kind)
    return found
