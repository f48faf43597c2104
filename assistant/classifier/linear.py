"""Linear classifiers over hashed features that say how sure they are: softmax regression, trained in seconds with numpy alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.classifier.features import BITS

EPOCHS = 8
RATE = 1.5
"""Of learning, AdaGrad's: divided by the root of the squared gradients so far, by feature."""
SMOOTH = 0.02
"""Share of the truth spread over all classes: keeps the probabilities honest."""
LEFT_OUT = 0.3
"""Share of a text's features that are left out each time it is gone over, so that no few words decide alone."""
ROUNDS = 4
"""Times that all is learnt anew by another order; what is kept is the mean, which is right more often than any of them."""
SEED = 7

Floats = npt.NDArray[np.float32]
Row = dict[int, float]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text's features and what it means."""

    row: Row
    truth: int
    """Index of its class."""
    rivals: npt.NDArray[np.intp]
    """Indices of the classes it could have been, its own among them."""


@dataclass(frozen=True, slots=True)
class Linear:
    """What was learnt: a weight for each feature and class."""

    classes: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    """Shape (2**BITS, classes), in units of `scale`."""
    scale: float

    def likelihoods(self, row: Row, among: npt.NDArray[np.intp] | None = None) -> Floats:
        """Return how likely each class is, or each of some classes by index; they sum to 1."""
        weights = self.weights[list(row)]
        if among is not None:
            weights = weights[:, among]
        return softmax(np.fromiter(row.values(), np.float32, len(row)) @ weights.astype(np.float32) * self.scale)


def softmax(scores: Floats) -> Floats:
    """Return probabilities."""
    likely = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), np.float32)


def fit(
    lessons: Sequence[Lesson], classes: Sequence[str], *, start: Linear | None = None, tell: Callable[[float], None] = lambda _: None
) -> Linear:
    """Learn from lessons; from `start`, whose classes come first, more is learnt in one round instead of all anew in several.

    `tell` hears how much is done, 0..1.
    """
    rounds = 1 if start else ROUNDS
    weights = np.zeros((1 << BITS, len(classes)), np.float32)
    for at in range(rounds):
        weights += fit_once(lessons, len(classes), start, SEED + at) / rounds
        tell((at + 1) / rounds)
    scale = max(float(np.abs(weights).max()), 1e-6) / 127
    return Linear(tuple(classes), np.round(weights / scale).astype(np.int8), scale)


def fit_once(lessons: Sequence[Lesson], classes: int, start: Linear | None, seed: int) -> Floats:
    """Return the weights that are learnt from lessons in one order."""
    weights = np.zeros((1 << BITS, classes), np.float32)
    if start is not None:
        weights[:, : len(start.classes)] = start.weights.astype(np.float32) * start.scale
    squares = np.full(1 << BITS, 1e-3, np.float32)
    keys = [np.fromiter(lesson.row, np.int64, len(lesson.row)) for lesson in lessons]
    values = [np.fromiter(lesson.row.values(), np.float32, len(lesson.row)) for lesson in lessons]
    order = np.random.default_rng(seed)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for at in order.permutation(len(lessons)):
            lesson = lessons[at]
            seen = order.random(len(keys[at]), np.float32) >= LEFT_OUT
            key, value = keys[at][seen], values[at][seen] / np.float32(1 - LEFT_OUT)
            everything = len(lesson.rivals) == classes
            own = weights[key] if everything else weights[np.ix_(key, lesson.rivals)]
            error = softmax(value @ own) - SMOOTH / len(lesson.rivals)
            error[lesson.truth if everything else np.flatnonzero(lesson.rivals == lesson.truth)[0]] -= 1 - SMOOTH
            squares[key] += value * value * float(error @ error)
            step = np.outer(rate * value / np.sqrt(squares[key]), error)
            if everything:
                weights[key] -= step
            else:
                weights[np.ix_(key, lesson.rivals)] -= step
    return weights
