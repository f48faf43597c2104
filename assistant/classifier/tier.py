"""The classifier as a tier of understanding: a sentence that no template covers becomes an intent, or is left alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from assistant.classifier.learnt import Learnt
from assistant.classifier.phrases import NOTHING
from assistant.classifier.tagger import Piece
from assistant.recurrence import with_first_times
from assistant.skill import Action
from assistant.slots import Env, SlotType
from assistant.slots.whens import when_in
from assistant.tidy import tidy
from assistant.vocabulary import CHAT, Intent
from assistant.words import Word, is_chinese, simplified, split_words

SURE = {"en": 0.4, "zh": 0.45}
"""How likely an action must be, by language. Measured: docs/understanding.md."""

FEW, AHEAD = 0.12, 1.7
"""How likely a plugin's action must be, and how many times likelier than the next: learnt from a few sentences it is never sure."""

HARMLESS = frozenset(
    [
        *(CHAT, "wiki.lookup", "news.read", "dictionary.define", "dictionary.spell", "files.find", "memory.recall", "note.find"),
        *("assistant.help", "assistant.repeat", "assistant.why", "assistant.greet", "assistant.thanks", "assistant.bye"),
    ]
)
"""Actions that tell something and change nothing: a mistake costs a sentence."""

SURE_ENOUGH = 0.2
"""How likely a harmless action must be."""

BARE_WORDS, BARE_SIGNS = 2, 3
"""What is shorter asks for nothing but a greeting, unless a template covers it."""

TIMES = frozenset({"duration", "moment", "time of day", "date", "text", "list"})
"""Kinds of value that can hold what is said of time."""

SELDOM = frozenset({"number", "percent"})
"""Kinds of value that are only taken from words the tagger points at: any other number in the sentence is a number too."""


def intent_of(learnt: Learnt, actions: Mapping[str, Action], text: str, env: Env) -> Intent | None:
    """Return what a sentence most likely asks for; None when that is nothing Hark does, or not likely enough."""
    guesses = learnt.guesses(simplified(text), 2)
    if not guesses:
        return None
    best = guesses[0]
    stands_out = best.action in learnt.added and best.probability >= max(FEW, AHEAD * guesses[1].probability)
    if best.probability < (SURE_ENOUGH if best.action in HARMLESS else SURE[env.language]) and not stands_out:
        return None
    if best.action in NOTHING:
        return Intent(CHAT, {}, "classifier", best.probability) if best.action == CHAT else None
    if best.action not in actions:
        return None  # its family is switched off
    if is_bare(text) and not (best.action in HARMLESS and best.action.startswith("assistant.")):
        return None  # a word that nothing was made of: "empty" empties no calendar
    if is_done_now(best.action, actions[best.action]) and is_later(env):
        return None  # "turn off the lights in ten minutes" is not done now
    return Intent(best.action, values(learnt, actions[best.action], best.action, env), "classifier", best.probability)


def is_done_now(name: str, action: Action) -> bool:
    """Tell whether an action is only done at once: what looks something up may be asked about any hour, but for the time of day."""
    return (not action.reads or name == "clock.time") and not any(kind.name in TIMES for kind in action.slots.values())


def is_bare(text: str) -> bool:
    """Tell whether a sentence is a single word, or two signs of Chinese."""
    words = split_words(text)
    return len(words) < (BARE_SIGNS if is_chinese(text) else BARE_WORDS)


def is_later(env: Env) -> bool:
    """Tell whether a sentence asks for something after a while or at an hour: "in ten minutes", 十点."""
    return when_in(env) is not None


def values(learnt: Learnt, action: Action, name: str, env: Env) -> dict[str, Any]:
    """Return the slots of an action that a sentence has, in their JSON form."""
    pieces = learnt.pieces(env.text, name)
    found = {slot: in_pieces([piece for piece in pieces if piece.slot == slot], kind, env) for slot, kind in action.slots.items()}
    free = [word for word in split_words(env.text) if not any(piece.start <= word.start < piece.end for piece in pieces)]
    for slot, kind in action.slots.items():
        if found[slot] is None and kind.is_typed and kind.name not in SELDOM and (span := longest(free, kind, env)):
            found[slot] = span.value
            free[span.start : span.end] = []
    for slot, written in learnt.unsaid(env.text, name).items():
        if found.get(slot) is None and slot in action.slots:
            found[slot] = read(written, action.slots[slot], env)
    if isinstance(found.get("moment"), datetime) and found.get("date") == found["moment"].date():
        del found["date"]  # the same words: "at eight tomorrow" is one moment
    said = action.implied(with_first_times({slot: value for slot, value in found.items() if value is not None}, env.now))
    return {slot: action.slots[slot].to_json(tidy(slot, value)) for slot, value in said.items()}


def in_pieces(pieces: list[Piece], kind: SlotType, env: Env) -> Any:
    """Return the value that pieces of a sentence give together; None for none."""
    if not pieces:
        return None
    if kind.name == "list":
        parts = [item for piece in pieces for item in value_of(env.text[piece.start : piece.end], kind, env) or []]
        return parts or None
    if not kind.is_typed:
        best = max(pieces, key=lambda piece: piece.score)
        return env.text[best.start : best.end].strip(' ,.!?，。！？、；;:："“”') or None
    together = value_of(" ".join(env.text[piece.start : piece.end] for piece in pieces), kind, env)
    if isinstance(together, str) and len(pieces) > 1:  # a name is said in one go; a time need not be
        best = max(pieces, key=lambda piece: piece.score)
        return value_of(env.text[best.start : best.end], kind, env) or together
    return together


def value_of(text: str, kind: SlotType, env: Env) -> Any:
    """Return the longest value of a kind in a text; None when there is none."""
    span = longest(split_words(text), kind, Env(text, env.now, env.language))
    return span.value if span else None


class Found(NamedTuple):
    """A value somewhere among words."""

    value: Any
    start: int
    end: int
    """Index after its last word."""


def longest(words: Sequence[Word], kind: SlotType, env: Env) -> Found | None:
    """Return the value that takes the most words, the first of several."""
    spans = (Found(span.value, at, span.end) for at in range(len(words)) for span in kind.find(words, at, env))
    return max(spans, key=lambda span: span.end - span.start, default=None)


def read(written: str, kind: SlotType, env: Env) -> Any:
    """Return the value that a phrase file writes."""
    if kind.name == "true or false":
        return written == "true"
    return value_of(written, kind, env) if kind.is_typed else written
