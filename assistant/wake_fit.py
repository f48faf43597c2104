"""Which threshold suits this room: the one that would have made the fewest mistakes so far. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

STANDARD = 0.5
"""The threshold without any evidence."""

STEPS = [round(0.05 * number, 2) for number in range(2, 20)]
"""Thresholds that are tried."""

ENOUGH = 5
"""Mistakes of which something can be learnt; fewer are chance."""


@dataclass(frozen=True, slots=True)
class Case:
    """A suspicion of which it is known what it was."""

    belief: float
    """0..1."""
    is_wake: bool


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What a threshold would have got wrong."""

    threshold: float
    false: int
    missed: int

    @property
    def count(self) -> int:
        """All of them."""
        return self.false + self.missed


def mistakes(cases: Sequence[Case], threshold: float) -> Mistakes:
    """Return what a threshold gets wrong."""
    false = sum(not case.is_wake and case.belief >= threshold for case in cases)
    return Mistakes(threshold, false, sum(case.is_wake and case.belief < threshold for case in cases))


def fitted(cases: Sequence[Case], standard: float = STANDARD) -> Mistakes:
    """Return the threshold with the fewest mistakes; among equals the one nearest to the standard."""
    return min((mistakes(cases, step) for step in STEPS), key=lambda one: (one.count, abs(one.threshold - standard)))


def false_per_hour(false: int, hours: float) -> tuple[float, float]:
    """Return false wakes per hour and the upper bound of a 95 % interval.

    The bound takes them to come by chance at a steady rate (Poisson): three when there was none (the rule of three), and beyond
    by Wilson and Hilferty's approximation of the chi-squared distribution.
    """
    if hours <= 0:
        return 0.0, 0.0
    if false == 0:
        return 0.0, 3 / hours
    k = false + 1
    bound = k * (1 - 1 / (9 * k) + 1.645 / (3 * k**0.5)) ** 3
    return false / hours, bound / hours
