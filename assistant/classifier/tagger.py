"""Which words of a sentence are which value: a linear tagger over each word's neighbours, for actions that the classifier has found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from assistant.classifier.features import concepts
from assistant.classifier.model import RATE, SEED, Floats, softmax
from assistant.classifier.phrases import Phrase
from assistant.words import Word, split_words

BITS = 15
EPOCHS = 5
OUTSIDE = "O"
REACH = 3
"""Neighbours on either side that a word is judged by."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are a value, or part of one."""

    slot: str
    start: int
    """Index of the first character in the text."""
    end: int


@dataclass(frozen=True, slots=True)
class Tagger:
    """What was learnt of one language."""

    labels: tuple[str, ...]
    """ "O", and for each slot "B-slot" for its first word and "I-slot" for the others."""
    weights: npt.NDArray[np.int8]
    """Shape (2**BITS, labels), in units of `scale`."""
    scale: float

    def pieces(self, text: str, action: str, slots: Sequence[str]) -> list[Piece]:
        """Return the values in a sentence that means this action, in order."""
        words = split_words(text)
        allowed = [at for at, label in enumerate(self.labels) if label == OUTSIDE or label[2:] in slots]
        if not words or len(allowed) < 2:
            return []
        rows = [self.weights[keys].astype(np.float32).sum(0)[allowed] * self.scale for keys in word_features(words, action)]
        return joined(words, best_path(np.array(rows), [self.labels[at] for at in allowed]))


def best_path(scores: Floats, labels: Sequence[str]) -> list[str]:
    """Return the likeliest labels in which "I" only follows its own slot (Viterbi)."""
    allowed = np.array([[not after.startswith("I-") or before[2:] == after[2:] for after in labels] for before in labels])
    total = np.where([label.startswith("I-") for label in labels], -np.inf, scores[0])
    came = []
    for row in scores[1:]:
        ways = np.where(allowed, total[:, None], -np.inf)
        came.append(ways.argmax(0))
        total = ways.max(0) + row
    at = int(total.argmax())
    path = [at]
    for back in reversed(came):
        at = int(back[at])
        path.append(at)
    return [labels[at] for at in reversed(path)]


def joined(words: Sequence[Word], labels: Sequence[str]) -> list[Piece]:
    """Return the stretches that are labelled."""
    found: list[Piece] = []
    for word, label in zip(words, labels, strict=True):
        if label.startswith("I-") and found:
            found[-1] = Piece(found[-1].slot, found[-1].start, word.end)
        elif label != OUTSIDE:
            found.append(Piece(label[2:], word.start, word.end))
    return found


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str:
    """Return a word's concept, or what it looks like."""
    if word[0].isdigit():
        return "#"
    return concepts().get((word,), "zh" if "\u3400" <= word[0] <= "\u9fff" else "en")


def word_features(words: Sequence[Word], action: str) -> Iterator[list[int]]:
    """Yield the numbers of each word's features."""
    norms = ["^"] * REACH + [word.norm for word in words] + ["$"] * REACH
    kinds = [norm if norm in "^$" else kind_of(norm) for norm in norms]
    family = action.partition(".")[0]
    for at in range(REACH, len(norms) - REACH):
        near = [f"{offset}:{norms[at + offset]}" for offset in range(-REACH, REACH + 1)]
        kind = [f"k{offset}:{kinds[at + offset]}" for offset in range(-2, 3)]
        names = [
            *near,
            *kind,
            *(f"{a}|{b}" for a, b in zip(near, near[1:], strict=False)),
            *(f"{a}|{b}" for a, b in zip(kind, kind[1:], strict=False)),
            f"{near[1]}|{near[2]}|{near[3]}",
        ]
        own = [f"{action}|{name}" for name in (near[2], near[3], near[4], kind[1], kind[2], kind[3], f"{near[1]}|{near[2]}")]
        own += [f"{family}|{name}" for name in (near[2], near[3], near[4])]
        yield [crc32(name.encode()) & ((1 << BITS) - 1) for name in [*names, *own, f"{action}|"]]


def train_tagger(phrases: Sequence[Phrase]) -> Tagger:
    """Learn where values are."""
    marked = [phrase for phrase in phrases if phrase.action.count(".")]
    slots = sorted({mark.slot for phrase in marked for mark in phrase.marks})
    labels = (OUTSIDE, *(f"{begin}-{slot}" for slot in slots for begin in "BI"))
    number = {label: at for at, label in enumerate(labels)}
    masks = masks_of(marked, labels)
    weights = np.zeros((1 << BITS, len(labels)), np.float32)
    squares = np.full(1 << BITS, 1e-3, np.float32)
    data = [(list(word_features(split_words(one.text), one.action)), tags(one), masks[one.action]) for one in marked]
    order = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for at in order.permutation(len(data)):
            rows, truth, mask = data[at]
            for keys, label in zip(rows, truth, strict=True):
                error = softmax(weights[keys][:, mask].sum(0) / len(keys) ** 0.5)
                error[mask.index(number[label])] -= 1
                step = error / len(keys) ** 0.5
                squares[keys] += float(step @ step)
                weights[np.ix_(keys, mask)] -= rate * step / np.sqrt(squares[keys])[:, None]
    weights /= np.float32(np.mean([len(rows[0]) for rows, *_ in data if rows]) ** 0.5)
    scale = max(float(np.abs(weights).max()), 1e-6) / 127
    return Tagger(labels, np.round(weights / scale).astype(np.int8), scale)


def masks_of(phrases: Sequence[Phrase], labels: Sequence[str]) -> dict[str, list[int]]:
    """Return by action which labels its words can have."""
    slots: dict[str, set[str]] = {}
    for phrase in phrases:
        slots.setdefault(phrase.action, set()).update(mark.slot for mark in phrase.marks)
    return {action: [at for at, label in enumerate(labels) if label == OUTSIDE or label[2:] in own] for action, own in slots.items()}


def tags(phrase: Phrase) -> list[str]:
    """Return the label of each word."""
    found = []
    for word in split_words(phrase.text):
        mark = next((mark for mark in phrase.marks if mark.start < word.end and word.start < mark.end), None)
        begins = mark is not None and word.start <= mark.start
        found.append(OUTSIDE if mark is None else f"{'B' if begins else 'I'}-{mark.slot}")
    return found
