"""Which words of a sentence are which value, once its action is known: a linear model over each word and its neighbours.

What a value is made of is not to be learnt (the name of a song is any words at all), what stands around it is. So words that
are rare outside of values all look the same, and each word knows the nearest familiar ones on either side.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

from assistant.classifier.features import concepts
from assistant.classifier.linear import Floats
from assistant.words import Word, is_chinese, split_words

BITS = 15
OUTSIDE = "O"
REACH = 3
"""Neighbours on either side that a word is judged by."""
STRANGE = "~"
"""What an unfamiliar word looks like."""
IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are a value, or part of one."""

    slot: str
    start: int
    """Index of the first character in the text."""
    end: int
    score: float = 0.0
    """By how much it beats being no value."""


@dataclass(frozen=True, slots=True)
class Familiar:
    """Words that sentences are built of, as against those that fill them."""

    words: frozenset[str]
    pairs: frozenset[str]
    """Of Chinese characters, which are familiar by their neighbours: there are no words to count."""

    def look(self, words: Sequence[Word]) -> list[str]:
        """Return each word, or what stands for it."""
        norms = [word.norm for word in words]
        edged = ["", *norms, ""]
        return [
            "0"
            if norm[0].isdigit()
            else norm
            if norm in self.words or (is_chinese(norm) and (before + norm in self.pairs or norm + after in self.pairs))
            else STRANGE
            for before, norm, after in zip(edged, norms, edged[2:], strict=False)
        ]


@dataclass(frozen=True, slots=True)
class Tagger:
    """What was learnt of one language."""

    labels: tuple[str, ...]
    """ "O", and for each slot "B-slot" for its first word and "I-slot" for the others."""
    weights: npt.NDArray[np.int8]
    """Shape (2**BITS, labels), in units of `scale`."""
    follows: Floats
    """Shape (labels, labels): how well the second follows the first, in the same units."""
    scale: float
    familiar: Familiar

    def pieces(self, text: str, action: str, slots: Sequence[str]) -> list[Piece]:
        """Return the values in a sentence that means this action, in order."""
        words = split_words(text)
        allowed = [at for at, label in enumerate(self.labels) if label == OUTSIDE or label[2:] in slots]
        if not words or len(allowed) < 2:
            return []
        rows = word_features(self.familiar.look(words), action)
        scores = np.array([self.weights[keys].astype(np.float32).sum(0)[allowed] for keys in rows])
        labels = [self.labels[at] for at in allowed]
        path = best_path(scores, labels, self.follows[np.ix_(allowed, allowed)])
        gains = [float(row[labels.index(label)] - row[0]) * self.scale for row, label in zip(scores, path, strict=True)]
        return joined(words, path, gains)


def best_path(scores: Floats, labels: Sequence[str], follows: Floats) -> list[str]:
    """Return the likeliest labels in which "I" only follows its own slot (Viterbi)."""
    ways = np.where(possible(tuple(labels)), follows, IMPOSSIBLE)
    total = np.where([label.startswith("I-") for label in labels], IMPOSSIBLE, scores[0])
    came = []
    for row in scores[1:]:
        so_far = total[:, None] + ways
        came.append(so_far.argmax(0))
        total = so_far.max(0) + row
    at = int(total.argmax())
    path = [at]
    for back in reversed(came):
        at = int(back[at])
        path.append(at)
    return [labels[at] for at in reversed(path)]


@lru_cache(maxsize=256)
def possible(labels: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Return which label may follow which."""
    return np.array([[not after.startswith("I-") or before[2:] == after[2:] for after in labels] for before in labels])


def joined(words: Sequence[Word], labels: Sequence[str], gains: Sequence[float]) -> list[Piece]:
    """Return the stretches that are labelled."""
    found: list[Piece] = []
    for word, label, gain in zip(words, labels, gains, strict=True):
        if label.startswith("I-") and found:
            last = found[-1]
            found[-1] = Piece(last.slot, last.start, word.end, last.score + gain)
        elif label != OUTSIDE:
            found.append(Piece(label[2:], word.start, word.end, gain))
    return found


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str:
    """Return a word's concept, or the word."""
    return concepts().get((word,), word)


def word_features(looks: Sequence[str], action: str) -> Iterator[list[int]]:
    """Yield the numbers of each word's features."""
    words = ["^"] * REACH + list(looks) + ["$"] * REACH
    kinds = [kind_of(word) for word in words]
    before, after = landmarks(looks)
    for place in range(len(looks)):
        at = place + REACH
        near = [f"{offset}:{words[at + offset]}" for offset in range(-REACH, REACH + 1)]
        kind = [f"k{offset}:{kinds[at + offset]}" for offset in range(-2, 3)]
        marks = [
            f"L{before[place]}",
            f"R{after[place]}",
            f"L{before[place]}|R{after[place]}",
            f"L{before[place]}|{looks[place]}|R{after[place]}",
        ]
        names = [
            *near,
            *kind,
            *(f"{a}|{b}" for a, b in pairwise(near)),
            *(f"{a}|{b}" for a, b in pairwise(kind)),
            f"{near[1]}|{near[2]}|{near[3]}",
            f"{near[3]}|{near[4]}|{near[5]}",
            *marks,
        ]
        own = [*near[2:5], *kind[1:4], f"{near[1]}|{near[2]}", *marks, ""]
        yield [crc32(name.encode()) & ((1 << BITS) - 1) for name in [*names, *(f"{action}|{name}" for name in own)]]


def landmarks(looks: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return for each word the nearest familiar word before it, and the one after it."""
    before, last = [], "^"
    for look in looks:
        before.append(last)
        last = last if look == STRANGE else look
    after, last = [], "$"
    for look in reversed(looks):
        after.append(last)
        last = last if look == STRANGE else look
    return before, after[::-1]
