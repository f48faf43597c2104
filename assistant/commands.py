"""What the voice loop takes and orders: plain values between the pure state machine and whoever carries it out."""

from dataclasses import dataclass

from assistant.vocabulary import Event, Transcript
from audio.vocabulary import WakeDetection


@dataclass(frozen=True, slots=True)
class HeardFrame:
    """One frame as the loop needs it."""

    samples: memoryview
    """Raw int16; only handed on."""
    start_s: float
    end_s: float
    speech: float
    wake: WakeDetection | None = None
    backlog: bool = False


@dataclass(frozen=True, slots=True)
class Attend:
    """Have every frame handed on, or only what the wake word begins."""

    on: bool


@dataclass(frozen=True, slots=True)
class Chime:
    """Play a sound; a loop until it is stopped."""

    name: str
    loop: bool = False


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop what is played under this id; everything with None."""

    sound: str | None = None


@dataclass(frozen=True, slots=True)
class Duck:
    """Turn what is played down, or up again with 1."""

    gain: float


@dataclass(frozen=True, slots=True)
class Hold:
    """Have what is played wait where it is, or go on."""

    on: bool


@dataclass(frozen=True, slots=True)
class BeginWords:
    """Start recognising."""

    start_s: float


@dataclass(frozen=True, slots=True)
class FeedWords:
    """Recognise more sound."""

    samples: memoryview


@dataclass(frozen=True, slots=True)
class SettleWords:
    """Have the words so far read to their end, as if there were no more."""

    pause: int
    """Comes back with the words."""


@dataclass(frozen=True, slots=True)
class Prepare:
    """Make the reply to words that may be all; whatever changes the world waits."""

    heard: Transcript


@dataclass(frozen=True, slots=True)
class FinishWords:
    """Have the final words."""


@dataclass(frozen=True, slots=True)
class AbandonWords:
    """Drop the utterance."""


@dataclass(frozen=True, slots=True)
class Think:
    """Let the brain respond."""

    heard: Transcript
    addressed: bool
    """False when nobody woke Hark for this: what makes no sense is then left alone."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Find out whether words that were spoken into a reply are meant for Hark."""

    heard: Transcript


@dataclass(frozen=True, slots=True)
class DropReply:
    """Stop thinking and speaking about the turn under way."""

    retract: bool = False
    """What it did is taken back, too: the speaker goes on with the very sentence it answers."""


@dataclass(frozen=True, slots=True)
class Show:
    """Tell whoever watches."""

    event: Event


Command = (
    Attend
    | Chime
    | Hush
    | Duck
    | Hold
    | BeginWords
    | FeedWords
    | SettleWords
    | Prepare
    | FinishWords
    | AbandonWords
    | Think
    | Judge
    | DropReply
    | Show
)
