"""When somebody begins to speak and when they are done: a pure state machine over frames.

It knows no clock and no sound: it is told of each frame how long it is and how likely it is speech, and how complete the words
so far are. How long a silence it waits for depends on that: nobody waits after "what time is it", everybody after "set a timer for".
"""

from dataclasses import dataclass
from enum import Enum

from audio.vocabulary import SpeechEnded, SpeechStarted


class Completeness(Enum):
    """What the words so far are worth."""

    UNKNOWN = "unknown"
    """No recognisable command, or no words yet."""
    COMPLETE = "complete"
    """A whole command."""
    EXTENSIBLE = "extensible"
    """A whole command that often goes on: "play some jazz"."""
    CUT = "cut"
    """Cannot end here: "set a timer for"."""


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """When speech counts as begun and as over."""

    begin: float = 0.5
    """Probability above which a frame is speech."""
    go_on: float = 0.35
    """Probability above which speech goes on; lower than `begin`, so that a soft syllable does not end it."""
    begin_s: float = 0.064
    """Seconds of speech in a row that begin an utterance; a click is shorter."""
    complete_s: float = 0.30
    """Seconds of silence after a whole command."""
    extensible_s: float = 0.45
    """Seconds of silence after a command that may go on."""
    unknown_s: float = 0.70
    """Seconds of silence after anything else."""
    cut_s: float = 1.60
    """Seconds of silence after words that cannot end there."""
    longest_s: float = 20.0
    """Seconds after which an utterance is over whatever happens."""

    def patience_s(self, completeness: Completeness) -> float:
        """Return how long a silence ends the utterance."""
        return {
            Completeness.UNKNOWN: self.unknown_s,
            Completeness.COMPLETE: self.complete_s,
            Completeness.EXTENSIBLE: self.extensible_s,
            Completeness.CUT: self.cut_s,
        }[completeness]


class Endpoint:
    """Follows one utterance after another."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        self.settings = settings or EndpointSettings()
        self.completeness = Completeness.UNKNOWN
        self.speaking = False
        self._speech_s = 0.0
        self._began_s = 0.0
        self._last_voiced_s = 0.0

    def process(self, end_s: float, seconds: float, speech: float) -> SpeechStarted | SpeechEnded | None:
        """Take one frame: the stream time at which it ends, its length, its probability of speech."""
        if not self.speaking:
            return self._wait(end_s, seconds, speech)
        if speech >= self.settings.go_on:
            self._last_voiced_s = end_s
        if end_s - self._began_s >= self.settings.longest_s:
            return self._end("too_long")
        if end_s - self._last_voiced_s >= self.settings.patience_s(self.completeness) - seconds / 2:
            return self._end("complete" if self.completeness is Completeness.COMPLETE else "silence")
        return None

    @property
    def silent_s(self) -> float:
        """Stream time since which nobody speaks, within an utterance."""
        return self._last_voiced_s

    def finish(self) -> SpeechEnded | None:
        """End the utterance under way, if any: no more sound comes, or a key was pressed."""
        return self._end("end_of_stream") if self.speaking else None

    def reset(self) -> None:
        """Drop the utterance under way."""
        self.speaking = False
        self._speech_s = 0.0
        self.completeness = Completeness.UNKNOWN

    def _wait(self, end_s: float, seconds: float, speech: float) -> SpeechStarted | None:
        self._speech_s = self._speech_s + seconds if speech >= self.settings.begin else 0.0
        if self._speech_s < self.settings.begin_s - seconds / 2:
            return None
        self.speaking = True
        self._began_s = end_s - self._speech_s
        self._last_voiced_s = end_s
        return SpeechStarted(self._began_s)

    def _end(self, reason: str) -> SpeechEnded:
        ended = SpeechEnded(self._last_voiced_s, reason)
        self.reset()
        return ended
