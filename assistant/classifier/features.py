"""What a sentence looks like to the classifier: numbers of its words, word pairs, pieces of words, and concepts.

Concepts are words that mean nearly the same to an assistant (`concepts.txt`); what was learnt of one holds for the others.
"""

import re
from functools import cache
from pathlib import Path
from zlib import crc32

from assistant.words import CONTRACTIONS

BITS = 16
"""Features are numbered by a hash of so many bits: collisions are rare enough, and a table of all fits in a few megabytes."""

TOKEN = re.compile(r"\d+(?:[.:]\d+)*|[a-z]+(?:['’-][a-z]+)*|[\u3400-\u9fff]|[^\W_]|[%℃°+*/=×÷$€£¥?]")
ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers")
LONGEST_CONCEPT = 4
"""Words in a concept's phrase, or characters in a Chinese one, at most."""


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are compared; every number is 0."""
    found = TOKEN.findall(text.casefold().replace("’", "'"))
    return [part for word in found for part in ("0" if word[0].isdigit() else CONTRACTIONS.get(word, word)).split()]


@cache
def concepts() -> dict[tuple[str, ...], str]:
    """Return the concept of each word or phrase, from `concepts.txt`."""
    known: dict[tuple[str, ...], str] = {}
    for line in (Path(__file__).with_name("concepts.txt")).read_text("utf-8").splitlines():
        name, colon, words = line.partition(":")
        if not colon or line.startswith("#"):
            continue
        for word in words.split():
            parts = tuple(tokens(word.replace("_", " ")))
            known.setdefault(parts, name)
            if len(parts) == 1 and word.isascii() and len(word) > 2:
                for ending in ENDINGS:
                    known.setdefault((word + ending,), name)
                    known.setdefault((word.removesuffix("e") + ending,), name)
    return known


def concept_sequence(words: list[str]) -> list[str]:
    """Return the concepts in a sentence, in order; the longest phrase wins."""
    known, found, at = concepts(), [], 0
    while at < len(words):
        for length in range(min(LONGEST_CONCEPT, len(words) - at), 0, -1):
            concept = known.get(tuple(words[at : at + length]))
            if concept:
                found.append(concept)
                at += length
                break
        else:
            at += 1
    return found


def features(text: str) -> dict[int, float]:
    """Return the numbers of a text's features with their weights; the whole has length one."""
    words = tokens(text)
    sequence = concept_sequence(words)
    groups = (
        (1.0, [*words, *pairs(words, 2), *pairs(words, 3)]),
        (0.6, [piece for word in set(words) for piece in pieces(word)]),
        (1.0, [f"@{concept}" for concept in set(sequence)] + [f"@{a}@{b}" for a, b in couples(sequence)]),
    )
    found: dict[int, float] = {}
    for weight, names in groups:
        unit = weight / max(1.0, len(set(names)) ** 0.5)
        for name in set(names):
            number = crc32(name.encode()) & ((1 << BITS) - 1)
            found[number] = found.get(number, 0.0) + unit
    return found


def pairs(words: list[str], length: int) -> list[str]:
    """Return the runs of so many words, the sentence's edges among them."""
    edged = ["^", *words, "$"]
    return [" ".join(edged[at : at + length]) for at in range(len(edged) - length + 1)]


def pieces(word: str) -> list[str]:
    """Return the runs of three to five letters in a Latin word."""
    if len(word) < 3 or not word[0].isascii():
        return []
    edged = f"<{word}>"
    return [edged[at : at + length] for length in (3, 4, 5) for at in range(len(edged) - length + 1)]


def couples(sequence: list[str]) -> list[tuple[str, str]]:
    """Return which concept comes somewhere before which."""
    return [(a, b) for at, a in enumerate(sequence[:12]) for b in sequence[at + 1 : 12]]
