"""Many measurements as a few numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """How measurements of one thing are spread; in their own unit."""

    n: int
    p50: float
    p95: float
    p99: float
    max: float


def spread(values: Iterable[float]) -> Spread | None:
    """Return the spread of some measurements; None when there are none."""
    ordered = sorted(values)
    if not ordered:
        return None
    p50, p95, p99 = (percentile(ordered, share) for share in (0.50, 0.95, 0.99))
    return Spread(len(ordered), p50, p95, p99, ordered[-1])


def percentile(ordered: list[float], share: float) -> float:
    """Return the smallest measurement that at least this share does not exceed (nearest rank)."""
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many."""

    hits: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent; 100 of nothing."""
        return 100.0 * self.hits / self.of if self.of else 100.0

    def __str__(self) -> str:
        return f"{self.hits} of {self.of} ({self.percent:.1f} %)"


def count(outcomes: Iterable[bool]) -> Count:
    """Count how often something was so."""
    seen = list(outcomes)
    return Count(sum(seen), len(seen))
