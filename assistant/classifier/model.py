"""A linear classifier over hashed features that says how sure it is: multinomial logistic regression, trained in seconds with numpy alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.classifier.features import BITS, features

EPOCHS = 8
RATE = 1.5
"""Of learning, AdaGrad's: divided by the root of the squared gradients so far, by feature."""
SMOOTH = 0.02
"""Share of the truth spread over all classes: keeps the probabilities honest."""
SEED = 7

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Guess:
    """An action and how likely it is meant."""

    action: str
    probability: float


@dataclass(frozen=True, slots=True)
class Linear:
    """What was learnt of one language."""

    classes: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    """Shape (2**BITS, classes), in units of `scale`."""
    scale: float
    temperature: float = 1.0
    """By which the scores are divided, so that probabilities are right as often as they say."""

    def guesses(self, text: str, count: int = 3) -> list[Guess]:
        """Return the likeliest actions, the best first; none for a text without features."""
        found = features(text)
        if not found:
            return []
        scores = np.fromiter(found.values(), np.float32, len(found)) @ self.weights[list(found)].astype(np.float32) * self.scale
        likely = softmax(scores / self.temperature)
        return [Guess(self.classes[at], float(likely[at])) for at in np.argsort(-likely)[:count]]

    def save(self, path: Path) -> None:
        """Write it, whole or not at all."""
        new = path.with_name(f".{path.name}.new")
        with new.open("wb") as file:
            np.savez(file, classes=np.array(self.classes), weights=self.weights, numbers=np.array([self.scale, self.temperature]))
        new.replace(path)


def load(path: Path) -> Linear:
    """Read what was saved. Raises OSError, ValueError or KeyError for what is no such file."""
    with np.load(path) as data:
        scale, temperature = data["numbers"]
        return Linear(tuple(map(str, data["classes"])), data["weights"], float(scale), float(temperature))


def softmax(scores: Floats) -> Floats:
    """Return probabilities."""
    likely = np.exp(scores - scores.max())
    return np.asarray(likely / likely.sum(), np.float32)


def train(texts: Sequence[str], actions: Sequence[str], tell: Callable[[float], None] = lambda _: None) -> Linear:
    """Learn which texts mean which action; `tell` hears how much is done, 0..1."""
    classes = tuple(sorted(set(actions)))
    number = {name: at for at, name in enumerate(classes)}
    rows = [features(text) for text in texts]
    keys = [np.fromiter(row, np.int64, len(row)) for row in rows]
    values = [np.fromiter(row.values(), np.float32, len(row)) for row in rows]
    truth = [number[action] for action in actions]
    weights = np.zeros((1 << BITS, len(classes)), np.float32)
    squares = np.full(1 << BITS, 1e-3, np.float32)
    order = np.random.default_rng(SEED)
    for epoch in range(EPOCHS):
        rate = RATE * (1 - epoch / EPOCHS)
        for at in order.permutation(len(rows)):
            key, value = keys[at], values[at]
            error = softmax(value @ weights[key])
            error -= SMOOTH / len(classes)
            error[truth[at]] -= 1 - SMOOTH
            squares[key] += value * value * float(error @ error)
            weights[key] -= np.outer(rate * value / np.sqrt(squares[key]), error)
        tell((epoch + 1) / EPOCHS)
    scale = max(float(np.abs(weights).max()), 1e-6) / 127
    return Linear(classes, np.round(weights / scale).astype(np.int8), scale)
