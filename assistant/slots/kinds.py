"""The kinds of value a slot can have, and which annotation means which."""

import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import starmap
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from assistant.errors import SkillError
from assistant.slots.durations import find_durations, from_iso, to_iso
from assistant.slots.items import find_items
from assistant.slots.moments import Moment, find_moments, said_days
from assistant.slots.numbers import find_number, find_numbers
from assistant.slots.repeats import Repeat, find_repeats
from assistant.slots.spans import find_span
from assistant.slots.times import find_times
from assistant.words import Word, is_chinese, split_words

LONGEST_TEXT = 40
"""Words in a free-text slot, at most."""


class Span(NamedTuple):
    """A value found in the words."""

    value: Any
    end: int
    """Index after its last word."""


@dataclass(frozen=True, slots=True)
class Env:
    """What a value may depend on besides its words."""

    text: str
    """The sentence as said."""
    now: datetime
    language: str


Finder = Callable[[Sequence[Word], int, Env], Iterator[Span]]


@dataclass(frozen=True, slots=True)
class SlotType:
    """A kind of value."""

    name: str
    find: Finder
    """Yields the values that begin at a word, the likeliest first."""
    samples: dict[str, tuple[str, ...]] = field(hash=False)
    """Ways to say one, by language; for generated sentences."""
    to_json: Callable[[Any], Any] = lambda value: value
    from_json: Callable[[Any], Any] = lambda value: value
    is_typed: bool = True
    """False for free text, which explains anything."""


def find_plain_number(words: Sequence[Word], at: int, _: Env) -> Iterator[Span]:
    """Yield a number as float, or int when it is whole."""
    for value, end in find_numbers(words, at):
        yield Span(plain(value), end)


def plain(value: Decimal) -> int | float:
    """Return an int when the value is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


NAMED_PERCENT = {
    **dict.fromkeys(("full", "max", "maximum", "loudest", "highest", "最大", "最高", "最响"), 100),
    **dict.fromkeys(("half", "half way", "halfway", "medium", "一半"), 50),
    **dict.fromkeys(("min", "minimum", "lowest", "quietest", "最小", "最低"), 0),
}


def find_percent(words: Sequence[Word], at: int, env: Env) -> Iterator[Span]:
    """Yield a percentage: "thirty [percent]", "30%", 百分之三十, 三成, "half", "max"."""
    said = [word.norm for word in words[at : at + 3]]
    for length in (1, 2):
        name = "".join(said[:length])
        if name in NAMED_PERCENT and len(said) >= length and not (name == "half" and said[1:2] in (["a"], ["an"])):
            yield Span(NAMED_PERCENT[name], at + length)
    if said == ["百", "分", "之"] and at + 3 < len(words):
        for span in find_plain_number(words, at + 3, env):
            yield span
        return
    for span in find_plain_number(words, at, env):
        after = [word.norm for word in words[span.end : span.end + 2]]
        if after[:1] in (["percent"], ["%"], ["趴"]):
            yield Span(span.value, span.end + 1)
        elif after == ["per", "cent"]:
            yield Span(span.value, span.end + 2)
        elif after[:1] == ["成"]:
            yield Span(span.value * 10, span.end + 1)
        else:
            yield span


def find_level(words: Sequence[Word], at: int, env: Env) -> Iterator[Span]:
    """Yield a percentage, taking a bare "seven" as seven of ten, as the knob of a radio has it."""
    bare = find_number(words, at)
    for span in find_percent(words, at, env):
        is_bare = bare is not None and span.end == bare[1]
        yield Span(span.value * 10, span.end) if is_bare and 0 < span.value < 10 else span


def find_text(words: Sequence[Word], at: int, env: Env) -> Iterator[Span]:
    """Yield the words as said, one word first, then ever more."""
    for end in range(at + 1, min(len(words), at + LONGEST_TEXT) + 1):
        yield Span(env.text[words[at].start : words[end - 1].end].strip(), end)


def choice_type(options: tuple[Any, ...]) -> SlotType:
    """Return the type of a value that is one of some words."""

    def find(words: Sequence[Word], at: int, _: Env) -> Iterator[Span]:
        for option in options:
            parts = [word.norm for word in split_words(str(option))]
            if [word.norm for word in words[at : at + len(parts)]] == parts:
                yield Span(option, at + len(parts))

    spoken = tuple(map(str, options))
    return SlotType("one of " + ", ".join(spoken), find, {"en": spoken, "zh": spoken})


def find_days(words: Sequence[Word], at: int, env: Env) -> Iterator[Span]:
    """Yield a stretch of days as it was said, without the word before it: "this weekend" of "over this weekend"."""
    if found := find_span(words, at, env.now.date()):
        start = at
        while words[start].norm in {"in", "over", "for", "during", "on", "at"} and start + 1 < found[1]:
            start += 1
        yield Span(env.text[words[start].start : words[found[1] - 1].end], found[1])


DURATION = SlotType(
    "duration",
    lambda words, at, _: starmap(Span, find_durations(words, at)),
    {"en": ("ten minutes", "an hour and a half", "90 seconds"), "zh": ("十分钟", "一个半小时", "90秒")},
    to_iso,
    from_iso,
)
NUMBER = SlotType("number", find_plain_number, {"en": ("ten", "25"), "zh": ("十", "25")})
PERCENT = SlotType("percent", find_percent, {"en": ("thirty percent", "45"), "zh": ("百分之三十", "45")})
LEVEL = SlotType("percent", find_level, PERCENT.samples)
DAY = SlotType(
    "date",
    lambda words, at, env: (Span(day.day, day.end) for day in said_days(words, at, env.now.date())),
    {"en": ("tomorrow", "next friday"), "zh": ("明天", "下周五")},
    lambda value: value.isoformat(),
    date.fromisoformat,
)
DAYS = SlotType(
    "stretch of days",
    find_days,
    {"en": ("this weekend", "next week"), "zh": ("这周末", "下周")},
)
TIME = SlotType(
    "time of day",
    lambda words, at, _: starmap(Span, find_times(words, at)),
    {"en": ("seven", "half past six", "7:30 pm"), "zh": ("七点", "晚上八点半", "7:30")},
    lambda value: value.isoformat(timespec="minutes"),
    time.fromisoformat,
)
MOMENT = SlotType(
    "moment",
    lambda words, at, env: starmap(Span, find_moments(words, at, env.now)),
    {"en": ("tomorrow at five", "next friday", "noon on tuesday"), "zh": ("明天下午三点", "下周五", "晚上八点")},
    lambda value: value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat(),
    lambda text: datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text),
)
REPEAT = SlotType(
    "repeat",
    lambda words, at, _: starmap(Span, find_repeats(words, at)),
    {"en": ("every day", "on weekdays", "every monday"), "zh": ("每天", "工作日", "每周一")},
    list,
    Repeat,
)
ITEMS = SlotType(
    "list",
    lambda words, at, env: starmap(Span, find_items(words, at, env.text)),
    {"en": ("milk and eggs", "bread"), "zh": ("牛奶和鸡蛋", "面包")},
    is_typed=False,
)
TEXT = SlotType("text", find_text, {"en": ("tea", "the blue one"), "zh": ("茶", "煮鸡蛋")}, is_typed=False)
FLAG = SlotType("true or false", lambda *_: iter(()), {"en": (), "zh": ()})


class Days(str):
    """Several days in a row as they were said, such as "this weekend", as an annotation."""

    __slots__ = ()


class Percent(float):
    """A percentage, 0-100, as an annotation."""


class Level(Percent):
    """A percentage that people also say as a number of ten, as an annotation."""


SIMPLE: dict[Any, SlotType] = {
    timedelta: DURATION,
    int: NUMBER,
    float: NUMBER,
    Percent: PERCENT,
    Level: LEVEL,
    date: DAY,
    time: TIME,
    Days: DAYS,
    Moment: MOMENT,
    Repeat: REPEAT,
    str: TEXT,
    list[str]: ITEMS,
    bool: FLAG,
}
"""What each annotation stands for."""


def type_of(annotation: Any) -> SlotType:
    """Return the slot type an annotation stands for. Raises SkillError naming the annotations there are."""
    if get_origin(annotation) is Annotated:
        plainly, *more = get_args(annotation)
        return next((each for each in more if isinstance(each, SlotType)), None) or type_of(plainly)
    if get_origin(annotation) in {Union, types.UnionType}:
        options = [option for option in get_args(annotation) if option is not type(None)]
        if len(options) == 1:
            return type_of(options[0])
    if get_origin(annotation) is Literal:
        return choice_type(get_args(annotation))
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    known = "timedelta, int, float, Percent, Level, date, time, Moment, Repeat, str, list[str], bool, Days, Literal[...]"
    raise SkillError(f"No slot has the type {getattr(annotation, '__name__', annotation)}. There are: {known}.")


def glue(parts: Sequence[str]) -> str:
    """Join words into a sentence: spaces between Latin words, none beside Chinese."""
    text = ""
    for part in filter(None, parts):
        text += (" " if text and not (is_chinese(text[-1]) or is_chinese(part[0])) else "") + part
    return text
