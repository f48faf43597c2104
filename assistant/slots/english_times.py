"""Times of day in English words and in digits: "half six", "quarter to five", "ten to nine", "oh six hundred", "3:15", "6.30", "7"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.slots.durations import unit_at
from assistant.slots.hours import Reading, SaidTime, clock, next_norms
from assistant.slots.numbers import below_hundred, said
from assistant.words import Word, is_chinese

WRITTEN = re.compile(r"(\d{1,2}):(\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.([0-5]\d)")
TOGETHER = re.compile(r"(\d{1,2})(\d{2})")

ENDINGS = {
    ("am",): "am",
    ("a", "m"): "am",
    ("pm",): "pm",
    ("p", "m"): "pm",
    ("in", "the", "morning"): "morning",
    ("in", "the", "afternoon"): "afternoon",
    ("in", "the", "evening"): "evening",
    ("in", "the", "night"): "night",
    ("at", "night"): "night",
    ("noon",): "noon",
    ("midday",): "noon",
    ("midnight",): "midnight",
}
OCLOCK = frozenset({"o'clock", "oclock"})
TO = frozenset({"to", "till", "before"})
PAST = frozenset({"past", "after"})
ZERO = frozenset({"oh", "o", "zero"})
AT = frozenset({"at", "around", "about", "by", "for", "before", "after", "until", "till", "from", "to", "past", "在", "到", "于"})
"""Words before a clock time; a number behind one may be an hour without further sign."""

NO_HOUR = frozenset(
    {
        *("%", "percent", "per", "degrees", "degree", "°", "℃", "/", "*", "+", "-", "=", "×", "÷", "$", "€", "£", "¥"),
        *("st", "nd", "rd", "th", "hundred", "thousand", "million", "billion", "point", "times", "x", "dozen", "couple", "of"),
        *("dollars", "euros", "pounds", "cents", "pence", "people", "persons", "kg", "km", "days", "weeks", "months", "years"),
    }
)
"""What follows a number that is no hour."""


def written(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield "7:30", "07:30", "6.30", "0630", "1530", "630 am", "7"."""
    word, end = words[at].norm, at + 1
    half = tuple(next_norms(words, end, 2))
    is_halved = half[:1] in ENDINGS or half in ENDINGS
    if match := WRITTEN.fullmatch(word):
        reading = clock(int(match[1]), int(match[2]), is_exact=len(match[1]) == 2 and word[0] == "0")
    elif match := DOTTED.fullmatch(word):
        is_clear = is_halved or not int(match[2]) % 5
        reading = clock(int(match[1]), int(match[2])) if is_clear and may_end(words, end + len(half) * is_halved) else None
    elif (match := TOGETHER.fullmatch(word)) and len(word) > 2:
        is_clear = word[0] == "0" or is_halved or half[:1] in (("hours",), ("hrs",))
        is_clear |= bool(at) and words[at - 1].norm in {"at", "for"} and len(word) == 4 and not int(word) % 5
        reading = clock(int(match[1]), int(match[2]), is_exact=len(word) == 4) if is_clear else None
        end += half[:1] in (("hours",), ("hrs",))
    else:
        reading = None
        yield from written_hour(words, at)
    if reading:
        yield reading, end


def written_hour(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield "7", "7 o'clock", "7 30", "18" after "at"."""
    if not words[at].norm.isdecimal() or len(words[at].norm) > 2:
        return
    hour, end = int(words[at].norm), at + 1
    minute = said(words, end)
    if len(minute) == 2 and minute.isdecimal() and (reading := clock(hour, int(minute))) and may_end(words, end + 1):
        yield reading, end + 1
    if said(words, end) in OCLOCK or (1 <= hour <= 12 or (at and words[at - 1].norm in AT)):
        reading = clock(hour, 0)
        if reading and may_end(words, end):
            yield reading, skip_oclock(words, end)


def may_end(words: Sequence[Word], end: int) -> bool:
    """Tell whether a number that ends here may be an hour: nothing counts on, and it counts nothing."""
    word = said(words, end)
    if not word:
        return True
    if word in {"m", "h", "s"} or word in NO_HOUR or word[0].isdigit() or (is_chinese(word) and words[end - 1].norm[0].isdigit()):
        return is_chinese(word) and words[end].start > words[end - 1].end
    return unit_at(words, end) is None


def skip_oclock(words: Sequence[Word], end: int) -> int:
    """Return the index after "o'clock", "ish"."""
    if said(words, end) == "o" and said(words, end + 1) == "clock":
        return end + 2
    return end + (said(words, end) in OCLOCK or said(words, end) == "ish")


def spoken_hour(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read an hour in words or digits, 0-24."""
    word = said(words, at)
    if word.isdecimal() and len(word) <= 2:
        return (int(word), at + 1) if int(word) <= 24 else None
    found = below_hundred(words, at)
    return (int(found[0]), found[1]) if found and found[0] <= 24 else None


def spoken(words: Sequence[Word], at: int) -> Reading | None:
    """Read "seven", "seven o'clock", "seven thirty", "seven oh five", "oh six hundred", "nineteen hundred hours"."""
    if words[at].norm[0].isdigit():
        return None
    is_zero = words[at].norm in ZERO
    found = spoken_hour(words, at + is_zero)
    if not found:
        return None
    hour, end = found
    if said(words, end) == "hundred" and (is_zero or hour > 9 or said(words, end + 1) == "hours"):
        exact = clock(hour, 0, is_exact=True)
        return (exact, end + 1 + (said(words, end + 1) == "hours")) if exact else None
    if minutes := spoken_minutes(words, end):
        reading = clock(hour, minutes[0], is_exact=is_zero)
        return (reading, minutes[1]) if reading and may_end(words, minutes[1]) else None
    if is_zero or not 1 <= hour <= 12 or not may_end(words, end):
        return None
    return SaidTime(hour, 0), skip_oclock(words, end)


def spoken_minutes(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read the minutes after an hour: "thirty", "oh five", "forty five"."""
    is_zero = said(words, at) in ZERO
    found = below_hundred(words, at + is_zero)
    if not found or not (1 <= found[0] <= 9 if is_zero else 10 <= found[0] <= 59):
        return None
    return int(found[0]), found[1]


def half_hour(words: Sequence[Word], at: int) -> Reading | None:
    """Read "half six", which is half past six."""
    found = spoken_hour(words, at + 1) if said(words, at) == "half" else None
    if not found or not 1 <= found[0] <= 12 or not may_end(words, found[1]):
        return None
    return SaidTime(found[0], 30), found[1]


def to_or_past(words: Sequence[Word], at: int) -> Reading | None:
    """Read "quarter to five", "half past six", "ten to nine", "twenty-five minutes past noon"."""
    start = at + (said(words, at) in {"a", "an"})
    fixed = {"quarter": 15, "half": 30}.get(said(words, start))
    found = (fixed, start + 1) if fixed else spoken_minute_count(words, start)
    if not found:
        return None
    minute, end = found
    way = said(words, end)
    if not 0 < minute < 60 or way not in TO | PAST or (fixed == 30 and way not in PAST):
        return None
    whole = named(words, end + 1) or to_hour(words, end + 1)
    if not whole:
        return None
    hour, stop = whole
    if way in PAST:
        return replace(hour, minute=minute), stop
    if not hour.is_open:
        return replace(hour, hour=(hour.hour - 1) % 24, minute=60 - minute, days=0), stop
    return replace(hour, hour=(hour.hour - 2) % 12 + 1, minute=60 - minute), stop


def spoken_minute_count(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read "ten", "twenty five", "7 minutes"; without "minutes" only fives, for "nine to five" is a day's work."""
    word = said(words, at)
    found = (int(word), at + 1) if word.isdecimal() and len(word) <= 2 else below_hundred(words, at)
    if not found:
        return None
    minute, end = int(found[0]), found[1]
    if said(words, end) in {"minutes", "minute", "mins", "min"}:
        return minute, end + 1
    return (minute, end) if not minute % 5 else None


def to_hour(words: Sequence[Word], at: int) -> Reading | None:
    """Read the hour that minutes are counted to or from."""
    found = spoken_hour(words, at)
    if not found or not may_end(words, found[1]):
        return None
    hour = clock(found[0], 0)
    return (hour, skip_oclock(words, found[1])) if hour else None


def named(words: Sequence[Word], at: int) -> Reading | None:
    """Read "noon", "midnight"."""
    match said(words, at):
        case "noon" | "midday" | "noontime" | "lunchtime":
            return SaidTime(12, 0, "noon", is_open=False), at + 1
        case "midnight":
            return SaidTime(0, 0, "midnight", is_open=False, days=1), at + 1
    return None


def with_ending(words: Sequence[Word], reading: SaidTime, end: int) -> Reading:
    """Return a time with the part of the day that follows it: "pm", "in the evening", "at night"."""
    for length in (3, 2, 1):
        ending = tuple(next_norms(words, end, length))
        if len(ending) == length and ending in ENDINGS:
            return reading.within(ENDINGS[ending]), end + length
    return reading, end
