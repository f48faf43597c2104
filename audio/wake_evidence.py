"""Whether a wake word was said: what two networks make of the same second, and what was heard before it, added up.

Pure: numbers in, numbers out. The networks were trained by different people on different sounds and are wrong about different
sentences: "hey Janice" is 0.76 to the one and 0.00 to the other, "hey Jarred" 0.00 and 0.97.
"""

import math
from dataclasses import dataclass

SUSPICION = 0.2
"""Of the first network, from which on the second one looks. Quick or noisy phrases get no further with the first."""

ALONE = 0.85
"""What a microWakeWord network without a second one must be sure of: clear phrases of the test clips are above, the rest below 0.76."""

OPEN_ALONE = 0.5
"""The same for an openWakeWord network. Source: its authors' own threshold."""

SUREST = 0.005
"""No network is believed to be surer than this far from 0 and 1."""

DOUBT = 0.03
"""The least the second network can say against a wake word. Noise makes it deaf before the first, so a first one that is as sure as its
authors want it to be, 0.97, needs no second."""

IN_MID_SPEECH = 1.0
"""What somebody who talks on, instead of pausing before the wake word, takes from the evidence, as a logit."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a wake word."""

    first: float
    """Probability of the network that always listens."""
    second: float | None = None
    """Probability of the one that looks again; None where there is none for this word."""
    talk: float = 0.0
    """Share 0..1 of the second before the phrase in which somebody was already talking."""
    alone: float = ALONE
    """What the first must be sure of when there is no second."""


def belief(evidence: Evidence) -> float:
    """Return how probable it is, 0..1, that the wake word was said; above 0.5 it should count."""
    against = IN_MID_SPEECH * evidence.talk
    if evidence.second is None:
        return probability(logit(evidence.first) - logit(evidence.alone) - against)
    return probability(logit(evidence.first) + logit(max(evidence.second, DOUBT)) - against)


def logit(value: float) -> float:
    """Return a probability as the logarithm of its odds."""
    bounded = min(max(value, SUREST), 1 - SUREST)
    return math.log(bounded / (1 - bounded))


def probability(odds: float) -> float:
    """Return the probability of the logarithm of odds."""
    return 1 / (1 + math.exp(-odds))
