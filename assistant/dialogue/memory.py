"""What a conversation remembers: the question that is open, and what was done last."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.vocabulary import Intent, step_record

PATIENCE_S = 60.0
"""How long a question stays open."""

ATTENTION_S = 300.0
"""How long words may lean on what was said before."""

REMEMBERED = 8
"""Exchanges."""


def intent_to_json(intent: Intent) -> dict[str, Any]:
    """Return an intent as plain data, without the others that came with it."""
    return step_record(intent) | ({"words": intent.words} if intent.words else {})


def intent_from(data: dict[str, Any], source: str = "dialog") -> Intent:
    """Return an intent from its plain data."""
    return Intent(data["action"], data["slots"], source, only_if=data.get("only_if"), words=data.get("words", ""))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """An act that waits for a slot or a yes."""

    intent: Intent
    """What waits, with what was asked for after it under `then`."""
    question: str
    expires_s: float
    """Seconds since the epoch after which the words are heard as something new."""
    slot: str | None = None
    """The slot that is asked for; None asks for a yes."""
    text: str = ""
    """The words that asked for the act; "undo" tells them."""
    verbatim: bool = False
    """The answer is the value, even where it is a command of its own."""
    is_aside: bool = False
    """Something else was asked for since; only what fits nothing but the question still answers it."""
    is_repeated: bool = False
    """The question was asked again, as its answer was not understood."""
    before: dict[str, Any] | None = None
    """The question that was open when this one came up, as plain data."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            **intent_to_json(self.intent),
            "then": [intent_to_json(step) for step in self.intent.then],
            "question": self.question,
            "expires_s": self.expires_s,
            "slot": self.slot,
            "text": self.text,
            "verbatim": self.verbatim,
            "is_aside": self.is_aside,
            "is_repeated": self.is_repeated,
            "before": self.before,
        }


def pending_from(data: Any, now: datetime) -> Confirmation | None:
    """Return what is pending from its plain data; None when nothing is, or it has expired."""
    if not isinstance(data, dict) or data.get("expires_s", 0) < now.timestamp():
        return None
    intent = replace(intent_from(data), then=tuple(intent_from(step) for step in data.get("then", [])))
    flags = {name: bool(data.get(name)) for name in ("verbatim", "is_aside", "is_repeated")}
    text, before = data.get("text", ""), data.get("before")
    return Confirmation(intent, data["question"], data["expires_s"], data["slot"], text, **flags, before=before)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Something that was asked for and carried out."""

    text: str
    """The words that asked for it."""
    intent: Intent
    at_s: float
    """Seconds since the epoch."""
    receipt: int | None = None
    """Of what was done."""

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {**intent_to_json(self.intent), "text": self.text, "at_s": self.at_s, "receipt": self.receipt}


def exchanges_from(data: Any, now: datetime) -> list[Exchange]:
    """Return what was done lately from its plain data, the last one first."""
    if not isinstance(data, list):
        return []
    found = [Exchange(each["text"], intent_from(each), each["at_s"], each["receipt"]) for each in data]
    return [each for each in found if now.timestamp() - each.at_s <= ATTENTION_S]
