"""Which token comes next: by chance among the likeliest, as Qwen models are meant to be used, or always the likeliest."""

import numpy as np

TOP_K, TOP_P = 20, 0.8
"""Of how many tokens, and of what share of the probability, chance chooses. Source: Qwen2.5's own generation settings."""

REPETITION = 1.05
"""By what a logit is divided when its token was written before. Source: the same; small models turn in circles without it."""

REMEMBERED = 256
"""Tokens for which that counts."""


class Sampler:
    """Chooses one token after the other."""

    def __init__(self, temperature: float, seed: int = 0) -> None:
        """Take how much is left to chance, 0 for nothing, and the seed of chance, 0 for another every time."""
        self._temperature = temperature
        self._chance = np.random.default_rng(seed or None)
        self._written: list[int] = []

    @property
    def count(self) -> int:
        """How many tokens were chosen."""
        return len(self._written)

    def next(self, logits: np.ndarray) -> int:
        """Return the next token from logits, float32 (vocabulary,)."""
        token = self._choose(logits)
        self._written.append(token)
        return token

    def _choose(self, logits: np.ndarray) -> int:
        if self._temperature <= 0:
            return int(np.argmax(logits))
        written = np.asarray(sorted(set(self._written[-REMEMBERED:])), np.int64)
        logits = logits.copy()
        logits[written] = np.where(logits[written] > 0, logits[written] / REPETITION, logits[written] * REPETITION)
        size = min(TOP_K, len(logits))
        best = np.argpartition(logits, -size)[-size:]
        best = best[np.argsort(logits[best])[::-1]]
        weights = np.exp((logits[best] - logits[best[0]]) / self._temperature)
        weights /= weights.sum()
        kept = int(np.searchsorted(np.cumsum(weights), TOP_P)) + 1
        return int(self._chance.choice(best[:kept], p=weights[:kept] / weights[:kept].sum()))
