"""When somebody begins to speak and when they are done: a pure state machine over frames.

It knows no clock and no sound: it is told of each frame how long it is and how likely it is speech, and how complete the words
so far are. How long a silence it waits for depends on that: nobody waits after "what time is it", everybody after "set a timer for".
"""

from dataclasses import dataclass
from enum import Enum

from audio.vocabulary import SpeechEnded, SpeechPaused, SpeechStarted


class Completeness(Enum):
    """What the words so far are worth."""

    UNKNOWN = "unknown"
    """No recognisable command, or no words yet."""
    COMPLETE = "complete"
    """A whole command; what came after it would be a new thought."""
    EXTENSIBLE = "extensible"
    """A whole command to which something may be added: "what time is it" (in Tokyo)."""
    GROWING = "growing"
    """A whole command whose last value may go on: "add milk" (and eggs), "set a timer for an hour" (and a half)."""
    LACKING = "lacking"
    """A command without something that it needs, which Hark would ask for: "set a timer"."""
    CUT = "cut"
    """Cannot end here: "set a timer for", "um"."""

    @property
    def is_whole(self) -> bool:
        """Whether it can be answered as it is."""
        return self in {Completeness.COMPLETE, Completeness.EXTENSIBLE, Completeness.GROWING}


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """When speech counts as begun and as over."""

    begin: float = 0.5
    """Probability above which a frame is speech."""
    go_on: float = 0.35
    """Probability above which speech goes on; lower than `begin`, so that a soft syllable does not end it."""
    begin_s: float = 0.064
    """Seconds of speech in a row that begin an utterance; a click is shorter."""
    pause_s: float = 0.096
    """Seconds of silence after which the words so far are read to their end, as if it were one: what follows is the time for that."""
    complete_s: float = 0.16
    """Seconds of silence after a whole command."""
    extensible_s: float = 0.192
    """Seconds of silence after a command to which something may be added."""
    growing_s: float = 0.32
    """Seconds of silence after a command whose last value may go on."""
    unknown_s: float = 0.70
    """Seconds of silence after anything else, and after words that nobody has read to their end."""
    lacking_s: float = 1.20
    """Seconds of silence after a command that lacks something."""
    cut_s: float = 2.0
    """Seconds of silence after words that cannot end there."""
    longest_s: float = 20.0
    """Seconds after which an utterance is over whatever happens."""

    def patience_s(self, completeness: Completeness) -> float:
        """Return how long a silence ends the utterance."""
        return {
            Completeness.UNKNOWN: self.unknown_s,
            Completeness.COMPLETE: self.complete_s,
            Completeness.EXTENSIBLE: self.extensible_s,
            Completeness.GROWING: self.growing_s,
            Completeness.LACKING: self.lacking_s,
            Completeness.CUT: self.cut_s,
        }[completeness]


class Endpoint:
    """Follows one utterance after another."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        self.settings = settings or EndpointSettings()
        self.speaking = False
        self._completeness = Completeness.UNKNOWN
        self._settled = False
        """The completeness is that of the words up to the pause that is on, read to their end."""
        self._paused = False
        self._speech_s = 0.0
        self._began_s = 0.0
        self._last_voiced_s = 0.0

    def process(self, end_s: float, seconds: float, speech: float) -> SpeechStarted | SpeechPaused | SpeechEnded | None:
        """Take one frame: the stream time at which it ends, its length, its probability of speech."""
        if not self.speaking:
            return self._wait(end_s, seconds, speech)
        if speech >= self.settings.go_on:
            self._last_voiced_s = end_s
            self._paused = self._settled = False
        if end_s - self._began_s >= self.settings.longest_s:
            return self._end("too_long")
        if ended := self.due(end_s, seconds):
            return ended
        if not self._paused and end_s - self._last_voiced_s >= self.settings.pause_s - seconds / 2:
            self._paused = True
            return SpeechPaused(self._last_voiced_s)
        return None

    def guess(self, completeness: Completeness) -> None:
        """Take what the words are worth while they are still being said; a pause that was read to its end knows better."""
        if not self._settled:
            self._completeness = completeness

    def settle(self, completeness: Completeness) -> None:
        """Take what the words up to the pause that is on are worth, read to their end."""
        self._completeness, self._settled = completeness, True

    def due(self, now_s: float, seconds: float) -> SpeechEnded | None:
        """Return the end of the utterance if the silence has been long enough, half a frame of `seconds` early."""
        patience_s = self.settings.patience_s(self._completeness)
        if not self._settled:
            patience_s = max(patience_s, self.settings.unknown_s)
        if not self.speaking or now_s - self._last_voiced_s < patience_s - seconds / 2:
            return None
        return self._end("complete" if self._completeness is Completeness.COMPLETE else "silence")

    @property
    def silent_s(self) -> float:
        """Stream time since which nobody speaks, within an utterance."""
        return self._last_voiced_s

    def resume(self, now_s: float) -> None:
        """Go on with the utterance that was taken to be over: it was not."""
        self.reset()
        self.speaking = True
        self._last_voiced_s = now_s

    def finish(self) -> SpeechEnded | None:
        """End the utterance under way, if any: no more sound comes, or a key was pressed."""
        return self._end("end_of_stream") if self.speaking else None

    def reset(self) -> None:
        """Drop the utterance under way."""
        self.speaking = self._paused = self._settled = False
        self._speech_s = 0.0
        self._completeness = Completeness.UNKNOWN

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
