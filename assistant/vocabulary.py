"""The words the conversation speaks: intents, turns, and the events every face shows."""

from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from audio.vocabulary import SpeechEnded, SpeechStarted, Transcript

__all__ = [
    "Asked",
    "Event",
    "Failed",
    "Finished",
    "Heard",
    "Intent",
    "Interrupted",
    "Outcome",
    "Partial",
    "Saying",
    "SpeechEnded",
    "SpeechStarted",
    "State",
    "Transcript",
    "Turn",
    "Understood",
    "Woke",
    "event_record",
]


class State(StrEnum):
    """What the voice loop is doing."""

    IDLE = "idle"
    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


class Outcome(StrEnum):
    """How a turn ended; the meaning of each is part of the contract of actions."""

    DONE = "done"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    FAILED = "failed"
    UNKNOWN = "unknown"


CHAT = "chat"
"""The action of what is no request but a question for a language model."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What somebody wants done."""

    action: str
    """`family.verb`."""
    slots: dict[str, Any] = field(default_factory=dict)
    """Values in their JSON form; a slot that was not said is absent."""
    source: str = "grammar"
    """Who understood it: dialog, grammar, classifier, llm, cloud."""
    confidence: float = 1.0
    """Probability 0..1."""
    then: tuple["Intent", ...] = ()
    """What else was asked for in the same sentence, in order."""
    only_if: bool | None = None
    """The answer to the question before it with which alone it is wanted; None whatever that was."""
    words: str = ""
    """The words for just this, where they are not the sentence's own; empty when they are."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One exchange, as it is remembered and traced."""

    id: int
    heard: Transcript
    intent: Intent | None
    said: str
    outcome: Outcome
    marks: dict[str, float]
    """Milliseconds each stage took."""
    asks: str | None = None
    """The slot that is asked for, "yes" for a confirmation, None when nothing is."""
    outcomes: tuple[Outcome, ...] = ()
    """How each request ended, in order; a question leaves those behind it out."""


@dataclass(frozen=True, slots=True)
class Woke:
    """The wake word, a key or the end of a question opened the microphone."""

    at_s: float
    name: str
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Partial:
    """The words so far."""

    at_s: float
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The final words of an utterance."""

    at_s: float
    text: str
    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Understood:
    """What the words mean."""

    at_s: float
    action: str | None
    slots: dict[str, Any]
    source: str | None
    confidence: float
    then: tuple[Intent, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Something is missing: a slot, or a yes."""

    at_s: float
    slot: str
    question: str


@dataclass(frozen=True, slots=True)
class Saying:
    """A piece of a reply goes out."""

    at_s: float
    text: str
    language: str
    first_audio_s: float | None = None
    """Stream time at which its first sample was ready; None when nothing is spoken aloud."""
    receipt: int | None = None
    """Of the act that this tells of; None when it claims none."""
    announcement: bool = False
    """True when nobody asked: a timer that rings."""


@dataclass(frozen=True, slots=True)
class Leaves:
    """Something begins to leave the machine."""

    at_s: float
    purpose: str
    """As in the ledger: cloud, voice, models, skill:<family>."""
    host: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """The reply was cut short."""

    at_s: float
    by: str
    """wake, stop, key, speech (a request spoken into the reply), more (the sentence it answers went on) or signal."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The turn is over."""

    at_s: float
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Failed:
    """A stage failed; the conversation goes on."""

    at_s: float
    stage: str
    error: str
    """One sentence for the user."""


Event = Woke | SpeechStarted | SpeechEnded | Partial | Heard | Understood | Asked | Saying | Leaves | Interrupted | Finished | Failed

NAMES: dict[type, str] = {SpeechStarted: "speech_started", SpeechEnded: "speech_ended"}


def event_record(event: Event) -> dict[str, Any]:
    """Return an event as plain data: its name, its stream time, its other fields that have a value."""
    kind = type(event)
    record: dict[str, Any] = {"event": NAMES.get(kind, kind.__name__.lower())}
    for one in fields(event):
        value = getattr(event, one.name)
        if isinstance(value, Turn):
            record |= {"outcome": str(value.outcome), "said": value.said, "asks": value.asks}
        elif value is not None:
            record[one.name] = round(value, 3) if isinstance(value, float) else value
    if isinstance(event, Understood):
        record["then"] = [step_record(step) for step in event.then]
    return record


def step_record(step: Intent) -> dict[str, Any]:
    """Return one of the requests of a sentence as plain data."""
    hangs = {} if step.only_if is None else {"only_if": step.only_if}
    return {"action": step.action, "slots": step.slots} | hangs
