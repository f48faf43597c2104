"""What was learnt of one language, as a file holds it: which action, which words are its values, which values go without words."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.classifier.features import features
from assistant.classifier.linear import Linear
from assistant.classifier.tagger import Familiar, Piece, Tagger

LIKELY = 0.5
"""How likely a value without words must be."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An action and how likely it is meant."""

    action: str
    probability: float


@dataclass(frozen=True)
class Learnt:
    """All that was learnt of one language."""

    actions: Linear
    implied: Linear
    """Classes "action|slot|value"; the value is empty where the slot was not said."""
    tagger: Tagger
    slots: dict[str, list[str]]
    """By action, the values its sentences have words for."""
    added: frozenset[str] = frozenset()
    """Actions that were learnt on top of the shipped ones, from few sentences."""

    def guesses(self, text: str, count: int = 3) -> list[Guess]:
        """Return the likeliest actions, the best first; none for a text without words."""
        row = features(text)
        if not row:
            return []
        likely = self.actions.likelihoods(row)
        return [Guess(self.actions.classes[at], float(likely[at])) for at in np.argsort(-likely)[:count]]

    def pieces(self, text: str, action: str) -> list[Piece]:
        """Return the words that are values."""
        return self.tagger.pieces(text, action, self.slots.get(action, []))

    def unsaid(self, text: str, action: str) -> dict[str, str]:
        """Return the values that a sentence means without having words for them, as phrase files write them."""
        row, found = features(text), {}
        for slot, among in self._choices.get(action, {}).items():
            likely = self.implied.likelihoods(row, among)
            best = int(likely.argmax())
            value = self.implied.classes[among[best]].split("|", 2)[2]
            if value and likely[best] >= LIKELY:
                found[slot] = value
        return found

    @cached_property
    def _choices(self) -> dict[str, dict[str, npt.NDArray[np.intp]]]:
        return choices(self.implied.classes)

    def save(self, path: Path, fingerprint: str) -> None:
        """Write it, whole or not at all."""
        tagger, new = self.tagger, path.with_name(f".{path.name}.new")
        about = {
            "fingerprint": fingerprint,
            "actions": self.actions.classes,
            "implied": self.implied.classes,
            "labels": tagger.labels,
            "scales": [self.actions.scale, self.implied.scale, tagger.scale],
            "words": sorted(tagger.familiar.words),
            "pairs": sorted(tagger.familiar.pairs),
            "slots": self.slots,
            "added": sorted(self.added),
        }
        with new.open("wb") as file:
            np.savez_compressed(
                file,
                about=np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8),
                actions=self.actions.weights,
                implied=self.implied.weights,
                tags=tagger.weights,
                follows=tagger.follows,
            )
        new.replace(path)


def choices(classes: tuple[str, ...]) -> dict[str, dict[str, npt.NDArray[np.intp]]]:
    """Return by action and slot the indices of the classes "action|slot|value"."""
    found: dict[str, dict[str, list[int]]] = {}
    for at, name in enumerate(classes):
        action, slot, _ = name.split("|", 2)
        found.setdefault(action, {}).setdefault(slot, []).append(at)
    return {action: {slot: np.array(among) for slot, among in slots.items()} for action, slots in found.items()}


def load(path: Path) -> tuple[Learnt, str]:
    """Read what was saved, and its fingerprint. Raises OSError, ValueError or KeyError for what is no such file."""
    with np.load(path) as data:
        about: dict[str, Any] = json.loads(bytes(data["about"]))
        of_actions, of_implied, of_tags = about["scales"]
        familiar = Familiar(frozenset(about["words"]), frozenset(about["pairs"]))
        learnt = Learnt(
            Linear(tuple(about["actions"]), data["actions"], of_actions),
            Linear(tuple(about["implied"]), data["implied"], of_implied),
            Tagger(tuple(about["labels"]), data["tags"], data["follows"], of_tags, familiar),
            about["slots"],
            frozenset(about.get("added", ())),
        )
        return learnt, about["fingerprint"]
