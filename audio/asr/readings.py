"""Which of two readings of the same sound to believe: free speech, or a sentence of the grammar.

Free speech may say anything, so its best path always fits the sound about as well as words can. A grammar's path fits as well only
when one of its sentences was really said. So the question is how much worse the grammar fits, in log-likelihood a frame of speech,
and language model probabilities stay out of it: they measure what is usual, not what was heard.

Measured on 780 sentences spoken by flite's voices slt, rms, awb and kal16, 360 of them in the grammar, 120 with its words in other
sentences ("change the speaker volume to sixty five percent"), 300 other commands to assistants: at `MARGIN` the grammar is believed
for all 331 sentences that it reads right, and for 1 % of those that it does not hold.
"""

import math
from dataclasses import dataclass

MARGIN = 18.0
"""Cost a frame (see `Word`) by which the grammar may fit worse than free speech and is as likely right as wrong."""

SOFTNESS = 4.0
"""Cost a frame in which the odds change e-fold; right readings lie at 1 +- 3, wrong ones at 60 +- 15."""

SHORT = 0.036
"""Log likelihood (in units of 1024 nats) that it costs a grammar to end its sentence in the quiet after the last word, when that is not
where the sentence ends. Measured on clips of 44 commands, cut after each of their 198 words, three frames into the quiet: at the end of
a command at most 0.033, in its middle more for 139 of 154; most others are whole commands by themselves ("cancel", "set a timer")."""

TAIL = 3
"""Frames before the voice ends in which a word that is read into the quiet may begin."""

LONGEST = 120
"""Frames: 1.2 s. No word lasts longer; steady noise does, and is written down as "and" or "pip"."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a stretch without words, of a reading."""

    text: str
    """Lower case; in angle or square brackets, or between plus signs, when it is silence or noise."""
    start: int
    """First frame."""
    end: int
    """First frame after it."""
    probability: float
    """Of the word among everything the decoder holds possible, 0..1; 1 while the utterance goes on."""
    cost: float
    """How badly the sound fits, summed over the frames: -log likelihood relative to the best sound of all, in 0.1 nats."""

    @property
    def is_filler(self) -> bool:
        """Whether this is silence or noise."""
        return self.text[:1] in ("<", "[", "+") or self.end - self.start > LONGEST


@dataclass(frozen=True, slots=True)
class Reading:
    """One decoder's best path."""

    words: tuple[Word, ...]
    """In order, without gaps between them."""

    @property
    def spoken(self) -> tuple[Word, ...]:
        """The words alone."""
        return tuple(word for word in self.words if not word.is_filler)

    def costs(self, frames: int) -> list[float]:
        """Return the cost of each frame, spread evenly over each word."""
        found = [0.0] * frames
        for word in self.words:
            length = word.end - word.start
            found[word.start : word.end] = [word.cost / length] * length
        return found


def excess(strict: Reading, free: Reading) -> float:
    """Return how much worse a frame of speech fits the strict reading than the free one; infinite without words."""
    if not strict.spoken or not free.words:
        return math.inf
    frames = min(strict.words[-1].end, free.words[-1].end)  # while the utterance goes on, one reading may be ahead
    speech = {frame for word in (*strict.spoken, *free.spoken) for frame in range(word.start, min(word.end, frames))}
    if not speech:
        return math.inf
    worse, better = strict.costs(strict.words[-1].end), free.costs(free.words[-1].end)
    return sum(worse[frame] - better[frame] for frame in speech) / len(speech)


def begun(strict: Reading, quiet: int) -> Reading:
    """Return a reading of an unfinished sentence without the words that begin where the voice has ended, at the frame `quiet`.

    While it goes on, a search hears a short word in every silence.
    """
    last = next((at for at, word in reversed(list(enumerate(strict.words))) if not word.is_filler and word.start < quiet - TAIL), None)
    return Reading(() if last is None else strict.words[: last + 1])


def stops_short(reached: float, ended: float) -> bool:
    """Tell whether a sentence of the grammar is only half said, from the score of its best path before and after it had to end."""
    return reached > -math.inf and reached - ended > SHORT


def belief(strict: Reading, free: Reading) -> float:
    """Return the probability that the strict reading is what was said."""
    over = (excess(strict, free) - MARGIN) / SOFTNESS
    return 0.0 if over > 50 else 1 / (1 + math.exp(over))


def clarity(free: Reading) -> float:
    """Return how sure the decoder is of the free reading: the mean probability of its frames' words."""
    spoken = free.spoken
    frames = sum(word.end - word.start for word in spoken)
    return min(1.0, sum(word.probability * (word.end - word.start) for word in spoken) / frames) if frames else 0.0


def choose(strict: Reading, free: Reading) -> tuple[Reading, float]:
    """Return the reading to believe, and the probability that it is right."""
    strictly = belief(strict, free)
    return (strict, strictly) if strictly >= 0.5 else (free, clarity(free))
