"""What a skill is written with; the only module of Hark that a skill imports.

A skill is a file. Its file name is its family, each decorated function an action: `family.function`. The templates say which
sentences mean it, the signature which values it needs, the docstring what it does (language models read that).
"""

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, get_type_hints

from assistant.errors import SkillError, TemplateError
from assistant.slots import SlotType, type_of
from assistant.slots.durations import find_duration
from assistant.slots.kinds import Level, Percent
from assistant.template import Node, Rules, parse_template, slots_in
from assistant.words import split_words

__all__ = [
    "Action",
    "CannotDo",
    "Context",
    "Inverse",
    "Level",
    "Percent",
    "Question",
    "Reply",
    "Timer",
    "TimerView",
    "Undo",
    "action",
    "duration_in",
    "inverse",
]


@dataclass(frozen=True, slots=True)
class Undo:
    """How to take back what was done: an inverse and its arguments, as plain data that outlives the process."""

    module: str
    name: str
    args: dict[str, Any]
    """JSON values."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said when an action is through; the language spoken picks one."""

    en: str
    zh: str
    undo: Undo | None = None
    """The inverse of what was changed; None when nothing was."""

    def text(self, language: str) -> str:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Question:
    """What an action must know before it goes on: the value of a slot, or a yes.

    The action is called again with the slot filled, or with `ctx.confirmed` true.
    """

    en: str
    zh: str
    slot: str | None = None
    """None asks for a yes."""

    def text(self, language: str) -> str:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


class CannotDo(Exception):
    """Raised by an action that cannot do what was asked; both texts say why and what would help."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def text(self, language: str) -> str:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Timer:
    """A countdown."""

    id: int
    label: str
    duration: timedelta
    """As it was set, extensions included."""
    ends_at: datetime
    """When it rings; meaningless while paused."""
    paused_left: timedelta | None = None
    """What is left while it is paused; None when it runs."""

    def left(self, now: datetime) -> timedelta:
        """Return how long it still has to go, never below zero."""
        return max(timedelta(), self.ends_at - now if self.paused_left is None else self.paused_left)


class TimerView(Protocol):
    """The countdowns of this machine; they survive a restart."""

    async def start(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown."""

    async def all(self) -> list[Timer]:
        """Return the countdowns that have not rung, the next to ring first."""

    async def put(self, timer: Timer) -> None:
        """Write a countdown as given: a changed one, or one that was removed."""

    async def remove(self, timer_id: int) -> None:
        """Drop a countdown; it need not be there."""


class Context(Protocol):
    """What an action is given; everything takes and returns plain data."""

    language: str
    """ "en" or "zh", as spoken."""
    now: datetime
    """Local time at which the words were spoken."""
    confirmed: bool
    """True when the user has just said yes to this action's question."""

    @property
    def timers(self) -> TimerView:
        """The countdowns of this machine."""

    def say(self, value: timedelta | datetime | date | time | float | Sequence[str]) -> str:
        """Return a value as it is spoken in the user's language."""

    async def schedule(self, duration: timedelta, label: str = "") -> Timer:
        """Start a countdown that rings after this long."""

    async def volume(self) -> float:
        """Return the loudness of the machine's sound output in percent."""

    async def set_volume(self, percent: float) -> None:
        """Set the loudness; 0-100. Raises CannotDo when there is no sound output to set."""

    async def muted(self) -> bool:
        """Tell whether the sound output is muted."""

    async def set_muted(self, muted: bool) -> None:
        """Mute or unmute the sound output."""

    async def stop(self) -> bool:
        """Silence what rings or speaks; tell whether anything did."""

    async def last_said(self) -> str:
        """Return the last reply, empty when there was none."""

    async def undo_last(self) -> str | None:
        """Take back the last change not yet taken back and return the words that had asked for it; None when there is none."""

    async def last_trace(self) -> Mapping[str, float]:
        """Return the milliseconds each stage of the last turn took."""

    async def examples(self) -> Mapping[str, Sequence[str]]:
        """Return a few sentences for each family, in the user's language."""


def duration_in(text: str) -> timedelta | None:
    """Return the first duration named in a text, such as "the ten minute one"; None when there is none."""
    words = split_words(text)
    found = (find_duration(words, at) for at in range(len(words)))
    return next((duration for duration, _ in filter(None, found)), None)


@dataclass(frozen=True, slots=True)
class Inverse:
    """A function that takes back a change. Calling it makes the record; Hark carries it out when the user says "undo"."""

    function: Callable[..., Awaitable[None]]

    @property
    def name(self) -> str:
        """The function's name."""
        return self.function.__name__

    def __call__(self, **args: Any) -> Undo:
        """Return the record of how to take something back. Raises SkillError when an argument is no plain data."""
        try:
            json.dumps(args)
        except TypeError as error:
            raise SkillError(f"The undo '{self.name}' can only remember text, numbers, lists and dicts: {error}.") from error
        return Undo(self.function.__module__, self.name, args)


def inverse(function: Callable[..., Awaitable[None]]) -> Inverse:
    """Mark a function `async def f(ctx, ...)` as one that takes back a change."""
    return Inverse(function)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the assistant can do, checked when its file is loaded."""

    function: Callable[..., Awaitable[Reply | Question]]
    templates: dict[str, tuple[Node, ...]]
    """By language, in the order written."""
    sentences: dict[str, tuple[str, ...]]
    """The templates as written."""
    slots: dict[str, SlotType]
    required: frozenset[str]
    ask: dict[str, Reply]
    """What to say when a required slot is missing."""
    summary: str
    described: dict[str, str] = field(default_factory=dict)
    """What each slot means, from the docstring."""

    @property
    def verb(self) -> str:
        """The part of the id after the dot."""
        return self.function.__name__.rstrip("_")

    def __call__(self, ctx: Context, **slots: Any) -> Awaitable[Reply | Question]:
        """Run it."""
        return self.function(ctx, **slots)


def action(
    *,
    en: Sequence[str],
    zh: Sequence[str],
    ask: Mapping[str, Reply] | None = None,
    rules: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., Awaitable[Reply | Question]]], Action]:
    """Make an action of a function `async def verb(ctx, slot: type, ...) -> Reply`.

    Args:
        en: English sentence templates, see `assistant.template`.
        zh: Chinese sentence templates.
        ask: For each required slot, the question when it was not said.
        rules: Named templates that the others use as `<name>`.
    """

    def decorate(function: Callable[..., Awaitable[Reply | Question]]) -> Action:
        try:
            return build(function, {"en": listed(en), "zh": listed(zh)}, dict(ask or {}), dict(rules or {}))
        except (SkillError, TemplateError) as error:
            code = function.__code__
            raise SkillError(f"{code.co_filename}:{code.co_firstlineno}: action '{function.__name__}': {error}") from error

    return decorate


def build(function: Callable[..., Any], sentences: dict[str, tuple[str, ...]], ask: dict[str, Reply], rules: dict[str, str]) -> Action:
    """Return the checked action. Raises SkillError or TemplateError with the cure."""
    if not inspect.iscoroutinefunction(function):
        raise SkillError("It must be 'async def', so that the assistant can go on listening.")
    signature = inspect.signature(function)
    hints = get_type_hints(function)
    names = list(signature.parameters)[1:]
    slots = {name: type_of(hints.get(name, str)) for name in names}
    required = frozenset(name for name in names if signature.parameters[name].default is inspect.Parameter.empty)
    doc = inspect.getdoc(function) or ""
    check(sentences, slots, required, ask, doc)
    named = Rules(rules)
    templates = {language: tuple(parse_template(text, named) for text in texts) for language, texts in sentences.items()}
    known: dict[int, set[str]] = {}
    for language, nodes in templates.items():
        for node, text in zip(nodes, sentences[language], strict=True):
            if unknown := slots_in(node, known) - slots.keys():
                raise SkillError(
                    f"The template '{text}' names the slot '{min(unknown)}', but the function has no such parameter. "
                    f"It has: {', '.join(slots) or 'none'}."
                )
    return Action(function, templates, sentences, slots, required, ask, doc.partition("\n")[0], arguments(doc))


def listed(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences. Raises SkillError for one text, whose letters would be taken for sentences."""
    if isinstance(sentences, str):
        raise SkillError(f'The sentence "{sentences}" is not in a list. Write ["{sentences}"].')
    return tuple(sentences)


def check(
    sentences: dict[str, tuple[str, ...]],
    slots: dict[str, SlotType],
    required: frozenset[str],
    ask: dict[str, Reply],
    doc: str,
) -> None:
    """Raise SkillError for what every action must have."""
    for language, name in (("en", "English"), ("zh", "Chinese")):
        if not sentences[language]:
            raise SkillError(f"It has no {name} sentence. Add one under {language}=[...].")
    if not doc:
        raise SkillError("It has no docstring. Say in one line what it does; language models choose by it.")
    if missing := slots.keys() - arguments(doc).keys():
        raise SkillError(f"The parameter '{min(missing)}' is not described. Add it under 'Args:' in the docstring.")
    if unasked := required - ask.keys():
        raise SkillError(
            f"The slot '{min(unasked)}' is required, but there is no question for it. Add ask={{'{min(unasked)}': Reply(en=..., zh=...)}}."
        )
    if unknown := ask.keys() - slots.keys():
        raise SkillError(f"ask= names '{min(unknown)}', but the function has no such parameter.")


ARGUMENT = re.compile(r"^\s+(\w+):\s*(.+)$")


def arguments(doc: str) -> dict[str, str]:
    """Return what the `Args:` part of a docstring says of each parameter."""
    _, _, rest = doc.partition("Args:")
    return {match[1]: match[2] for line in rest.splitlines() if (match := ARGUMENT.match(line))}
