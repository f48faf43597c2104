"""What a skill is written with; the only module of Hark that a skill imports.

A skill is a file. Its file name is its family, each decorated function an action: `family.function`. The templates say which
sentences mean it, the signature which values it needs, the docstring what it does (language models read that).
"""

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from keyword import iskeyword
from typing import Any, get_type_hints

from assistant.desktop import Program
from assistant.errors import SkillError, TemplateError
from assistant.players import OWN, Command, Player, Playlist, Queue, Track, Tune
from assistant.recurrence import CHINESE_WORKDAY, WEEKDAYS, is_on, local, moment_at, wall
from assistant.services import BetterModel, CannotDo, Context, Record, RecordView, Ring, RingView, Sent, Timer, TimerView
from assistant.slots import SlotType, type_of
from assistant.slots.durations import find_duration
from assistant.slots.kinds import Days, Level, Percent
from assistant.slots.lunar import lunar_name
from assistant.slots.moments import Moment, sentence_moment
from assistant.slots.numbers import find_number
from assistant.slots.phrases import one_of, phrase
from assistant.slots.repeats import Repeat
from assistant.slots.spans import days_in
from assistant.template import Templates, slots_in
from assistant.things import Thing
from assistant.words import split_words

__all__ = [
    "CHINESE_WORKDAY",
    "OWN",
    "WEEKDAYS",
    "Action",
    "BetterModel",
    "CannotDo",
    "Command",
    "Context",
    "Days",
    "Inverse",
    "Level",
    "Moment",
    "Percent",
    "Player",
    "Playlist",
    "Program",
    "Question",
    "Queue",
    "Record",
    "RecordView",
    "Repeat",
    "Reply",
    "Ring",
    "RingView",
    "Sent",
    "Thing",
    "Timer",
    "TimerView",
    "Track",
    "Tune",
    "Undo",
    "action",
    "days_in",
    "duration_in",
    "inverse",
    "is_on",
    "local",
    "lunar_name",
    "moment_at",
    "moment_in",
    "numbers_in",
    "one_of",
    "phrase",
    "wall",
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
    then: tuple[str, ...] = ()
    """Requests that are carried out next, as if the user had said them one after the other."""
    holds: bool | None = None
    """Whether what was asked is so; None where that was not the question, or cannot be told. "If it rains, …" goes on by it."""

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
    verbatim: bool = False
    """The answer is taken as it is said, even where it is a command of its own: what to be reminded of, the steps of a routine."""

    def text(self, language: str) -> str:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


def duration_in(text: str) -> timedelta | None:
    """Return the first duration named in a text, such as "the ten minute one"; None when there is none."""
    words = split_words(text)
    found = (find_duration(words, at) for at in range(len(words)))
    return next((duration for duration, _ in filter(None, found)), None)


def moment_in(text: str, now: datetime) -> date | None:
    """Return the moment a text names, without a zone; a day when it names no time, None when it names neither."""
    found = sentence_moment(split_words(text), now)
    return found[0] if found else None


def numbers_in(text: str) -> list[tuple[Decimal, int, int]]:
    """Return the numbers in a text, in words or digits, each with where it begins and ends; a sign before one is left where it is."""
    words, found, at = split_words(text), [], 0
    while at < len(words):
        number = None if words[at].norm in {"minus", "negative", "负", "-"} else find_number(words, at)
        if number:
            found.append((number[0], words[at].start, words[number[1] - 1].end))
        at = number[1] if number else at + 1
    return found


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
    """One thing the assistant can do."""

    function: Callable[..., Awaitable[Reply | Question]]
    templates: Templates
    """What people say for it."""
    slots: dict[str, SlotType]
    required: frozenset[str]
    ask: dict[str, Reply]
    """What to say when a required slot is missing."""
    summary: str
    described: dict[str, str] = field(default_factory=dict)
    """What each slot means, from the docstring."""
    implied: Callable[[dict[str, Any]], dict[str, Any]] = dict
    """Adds the slots that follow from those that were said."""
    takes_rest: bool = False
    """True when what follows belongs to it, even where it is a request of its own: the steps of a routine."""
    reads: bool = False
    """It changes nothing, on this machine or elsewhere, and may run before it is sure that it is wanted."""
    decides: bool = False
    """It changes nothing, and its reply tells in `holds` whether something is so."""

    @property
    def verb(self) -> str:
        """The part of the id after the dot."""
        return self.function.__name__.rstrip("_")

    @property
    def sentences(self) -> Mapping[str, tuple[str, ...]]:
        """The templates as written, by language."""
        return self.templates.texts

    def verify(self) -> None:
        """Read all templates. Raises SkillError with file, line and cure when one is wrong."""
        known: dict[int, set[str]] = {}
        try:
            named = {
                text: slots_in(node, known)
                for language, texts in self.sentences.items()
                for node, text in zip(self.templates[language], texts, strict=True)
            }
        except TemplateError as error:
            raise SkillError(located(error, self.function)) from error
        for text, names in named.items():
            if unknown := names - self.slots.keys():
                problem = f"The template '{text}' names the slot '{min(unknown)}', but the function has no such parameter."
                raise SkillError(located(f"{problem} It has: {', '.join(self.slots) or 'none'}.", self.function))

    def __call__(self, ctx: Context, **slots: Any) -> Awaitable[Reply | Question]:
        """Run it."""
        return self.function(ctx, **{f"{name}_" if iskeyword(name) else name: value for name, value in slots.items()})


def action(
    *,
    en: Sequence[str],
    zh: Sequence[str],
    ask: Mapping[str, Reply] | None = None,
    rules: Mapping[str, str] | None = None,
    implied: Callable[[dict[str, Any]], dict[str, Any]] = dict,
    takes_rest: bool = False,
    reads: bool = False,
    decides: bool = False,
) -> Callable[[Callable[..., Awaitable[Reply | Question]]], Action]:
    """Make an action of a function `async def verb(ctx, slot: type, ...) -> Reply`.

    Args:
        en: English sentence templates, see `assistant.template`.
        zh: Chinese sentence templates.
        ask: For each required slot, the question when it was not said.
        rules: Named templates that the others use as `<name>`.
        implied: Given the slots of a sentence, returns them with those that follow: "26 degrees" is a temperature.
        takes_rest: Whether what follows it in a sentence belongs to it, even where it is a request of its own.
        reads: Whether it only reads. The reply is then made before the speaker is surely done, and dropped if more is said; a `ctx` that
            changes something, or goes online, refuses that meanwhile.
        decides: Whether the reply tells in `holds` whether something is so, which "if …, …" may hang on; it changes nothing.
    """

    def decorate(function: Callable[..., Awaitable[Reply | Question]]) -> Action:
        try:
            made = build(function, Templates({"en": listed(en), "zh": listed(zh)}, dict(rules or {})), dict(ask or {}))
        except SkillError as error:
            raise SkillError(located(error, function)) from error
        return replace(made, implied=implied, takes_rest=takes_rest, reads=reads, decides=decides)

    return decorate


def located(problem: object, function: Callable[..., Any]) -> str:
    """Return a problem with the file, the line and the action it is about."""
    code = function.__code__
    return f"{code.co_filename}:{code.co_firstlineno}: action '{function.__name__}': {problem}"


def build(function: Callable[..., Any], templates: Templates, ask: dict[str, Reply]) -> Action:
    """Return the action, all of it checked but its templates. Raises SkillError with the cure."""
    if not inspect.iscoroutinefunction(function):
        raise SkillError("It must be 'async def', so that the assistant can go on listening.")
    signature = inspect.signature(function)
    hints = get_type_hints(function, include_extras=True)
    parameters = list(signature.parameters.values())[1:]
    slots = {slot_name(one.name): type_of(hints.get(one.name, str)) for one in parameters}
    required = frozenset(slot_name(one.name) for one in parameters if one.default is inspect.Parameter.empty)
    doc = inspect.getdoc(function) or ""
    check(templates.texts, slots, required, ask, doc)
    return Action(function, templates, slots, required, ask, doc.partition("\n")[0], arguments(doc))


def slot_name(parameter: str) -> str:
    """Return the slot that a parameter takes: `from_` takes `from`, which Python keeps for itself."""
    word = parameter.removesuffix("_")
    return word if iskeyword(word) else parameter


def listed(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return the sentences. Raises SkillError for one text, whose letters would be taken for sentences."""
    if isinstance(sentences, str):
        raise SkillError(f'The sentence "{sentences}" is not in a list. Write ["{sentences}"].')
    return tuple(sentences)


def check(
    sentences: Mapping[str, tuple[str, ...]],
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
    return {slot_name(match[1]): match[2] for line in rest.splitlines() if (match := ARGUMENT.match(line))}
