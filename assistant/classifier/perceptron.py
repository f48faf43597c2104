"""How the tagger learns: an averaged structured perceptron with a margin."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from assistant.classifier.linear import SEED
from assistant.classifier.phrases import Phrase
from assistant.classifier.tagger import BITS, OUTSIDE, STRANGE, Familiar, Tagger, best_path, word_features
from assistant.words import is_chinese, split_words

EPOCHS = 6
RARE = 2
"""Seen so often outside of values, a word is familiar."""
OFTEN = 60
"""Seen so often, a Chinese character is familiar by itself: 的, 把, 在."""
HIDDEN = 0.5
"""Share of the values' words that are made to look strange, so that nothing hangs on them."""
MARGIN = 1.0
"""By which the truth has to win."""

Example = tuple[Phrase, list[str]]


def train_tagger(phrases: Sequence[Phrase], *, start: Tagger | None = None, tell: Callable[[float], None] = lambda _: None) -> Tagger:
    """Learn where values are; from `start`, whose labels come first, more is learnt instead of all anew."""
    examples = [(phrase, tags(phrase)) for phrase in phrases]
    slots = slots_by_action(phrases)
    old = start.labels if start else (OUTSIDE,)
    fresh = sorted(set().union(*slots.values()) - {label[2:] for label in old}) if slots else []
    labels = (*old, *(f"{begin}-{slot}" for slot in fresh for begin in "BI"))
    familiar = start.familiar if start else familiar_in(examples)
    learner = Learner(labels, slots, familiar, start)
    examples = [example for example in examples if slots.get(example[0].action)]
    order = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        for at in order.permutation(len(examples)):
            phrase, truth = examples[at]
            learner.study(phrase, truth, order if epoch else None)
        tell((epoch + 1) / EPOCHS)
    return learner.tagger()


class Learner:
    """Weights that change with each mistake."""

    def __init__(self, labels: Sequence[str], slots: Mapping[str, set[str]], familiar: Familiar, start: Tagger | None) -> None:
        self._labels, self._familiar = tuple(labels), familiar
        self._number = {label: at for at, label in enumerate(labels)}
        self._allowed = {
            action: [at for at, label in enumerate(labels) if label == OUTSIDE or label[2:] in own] for action, own in slots.items()
        }
        self._weights = np.zeros((1 << BITS, len(labels)), np.float32)
        self._follows = np.zeros((len(labels), len(labels)), np.float32)
        if start:
            old = len(start.labels)
            self._weights[:, :old] = start.weights.astype(np.float32) * start.scale
            self._follows[:old, :old] = start.follows * start.scale
        self._late_weights, self._late_follows = np.zeros_like(self._weights), np.zeros_like(self._follows)
        self._seen = 1

    def study(self, phrase: Phrase, truth: Sequence[str], chance: np.random.Generator | None) -> None:
        """Look at one sentence, some of its values hidden by chance; correct what was found wrong."""
        allowed = self._allowed[phrase.action]
        labels = [self._labels[at] for at in allowed]
        looks = self._familiar.look(split_words(phrase.text))
        if chance is not None:
            looks = [STRANGE if label != OUTSIDE and chance.random() < HIDDEN else look for look, label in zip(looks, truth, strict=True)]
        rows = list(word_features(looks, phrase.action))
        scores = np.array([self._weights[keys][:, allowed].sum(0) for keys in rows], np.float32) + np.float32(MARGIN)
        for row, label in zip(scores, truth, strict=True):
            row[labels.index(label)] -= MARGIN
        found = best_path(scores, labels, self._follows[np.ix_(allowed, allowed)])
        self._seen += 1
        for keys, wrong, right in zip(rows, found, truth, strict=True):
            if wrong != right:
                self._correct(keys, self._number[right], 1)
                self._correct(keys, self._number[wrong], -1)
        for path, change in ((truth, 1), (found, -1)):
            for before, after in pairwise(path):
                place = self._number[before], self._number[after]
                self._follows[place] += change
                self._late_follows[place] += change * self._seen

    def _correct(self, keys: Sequence[int], label: int, change: int) -> None:
        self._weights[keys, label] += change
        self._late_weights[keys, label] += change * self._seen

    def tagger(self) -> Tagger:
        """Return the average of all weights there were."""
        weights = self._weights - self._late_weights / self._seen
        follows = self._follows - self._late_follows / self._seen
        scale = max(float(np.abs(weights).max()), 1e-6) / 127
        return Tagger(self._labels, np.round(weights / scale).astype(np.int8), (follows / scale).astype(np.float32), scale, self._familiar)


def tags(phrase: Phrase) -> list[str]:
    """Return the label of each word."""
    found, before = [], None
    for word in split_words(phrase.text):
        mark = next((mark for mark in phrase.marks if mark.start < word.end and word.start < mark.end), None)
        found.append(OUTSIDE if mark is None else f"{'I' if mark is before else 'B'}-{mark.slot}")
        before = mark
    return found


def slots_by_action(phrases: Sequence[Phrase]) -> dict[str, set[str]]:
    """Return which values each action's sentences have words for."""
    slots: dict[str, set[str]] = {}
    for phrase in phrases:
        slots.setdefault(phrase.action, set()).update(mark.slot for mark in phrase.marks)
    return {action: own for action, own in slots.items() if own}


def familiar_in(examples: Sequence[Example]) -> Familiar:
    """Return what is seen more than rarely outside of values."""
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for phrase, labels in examples:
        norms = [word.norm for word in split_words(phrase.text)]
        for norm, label in zip(norms, labels, strict=True):
            (outside if label == OUTSIDE else inside)[norm] += 1
        for at in range(len(norms) - 1):
            if labels[at] == labels[at + 1] == OUTSIDE and is_chinese(norms[at]) and is_chinese(norms[at + 1]):
                pairs[norms[at] + norms[at + 1]] += 1
    words = {
        norm
        for norm, count in outside.items()
        if (count >= OFTEN and count > 3 * inside[norm] if is_chinese(norm) else count >= RARE and 3 * count >= inside[norm])
    }
    return Familiar(frozenset(words), frozenset(pair for pair, count in pairs.items() if count >= RARE))
