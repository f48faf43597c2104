"""Times of day as they are said: "half six", "ten to nine pm", "3:15", "noon", 晚上八点半, 差五分八点, 7点45.

An hour up to twelve leaves open which half of the day it means until a part of the day says so, here or elsewhere in the sentence.
"""

from collections.abc import Iterator, Sequence
from datetime import time

from assistant.slots.chinese_times import chinese, chinese_part
from assistant.slots.dates import ORDINALS
from assistant.slots.days import CHINESE_WEEKDAYS, WEEKDAYS
from assistant.slots.english_times import half_hour, named, spoken, to_or_past, with_ending, written
from assistant.slots.hours import Reading, SaidTime
from assistant.slots.numbers import CHINESE_NUMBER, TENS, below_hundred, said
from assistant.words import Word, is_chinese

LEADS = frozenset({"at", "around", "about", "by", "在"})
"""Those that a time may begin with."""
PARTS = {
    "morning": "morning",
    "mornings": "morning",
    "afternoon": "afternoon",
    "afternoons": "afternoon",
    "evening": "evening",
    "evenings": "evening",
    "night": "night",
    "nights": "night",
    "tonight": "night",
    "lunchtime": "noon",
}
SINGLE_PARTS = {"早": "morning", "晚": "night"}
"""Parts of the day in one character; only right before a clock time."""
DAY_WORDS = frozenset({"tomorrow", "yesterday", "this", "every", "each", "weekday", "weekend", "day", "last"}) | frozenset(WEEKDAYS)
"""Words that make a part of the day one that a time elsewhere in the sentence can belong to."""
NOT_AFTER = frozenset({"minus", "negative", "负", "-", "$", "€", "£", "¥", "/", "in", "every", "another", "number", "point", "+", "*", "="})
"""What stands before a number that is no hour."""


def find_time(words: Sequence[Word], at: int) -> tuple[time, int] | None:
    """Return the longest time of day that begins at a word, with its end; None when none does."""
    return next(iter(find_times(words, at)), None)


def find_times(words: Sequence[Word], at: int) -> list[tuple[time, int]]:
    """Return the times of day that begin at a word, the longest first; a part of the day elsewhere in the sentence counts."""
    return [(said_time.within(part_elsewhere(words, at, end)).time, end) for said_time, end in said_times(words, at)]


def said_times(words: Sequence[Word], at: int) -> list[Reading]:
    """Return the times that begin at a word by these words alone, the longest first."""
    start = at + (said(words, at) in LEADS)
    if start >= len(words) or is_inside_number(words, start):
        return []
    part, after = chinese_part(words, start)
    readings = [(reading.within(part), end) for reading, end in bare_times(words, after)]
    if not part and said(words, start) in SINGLE_PARTS:
        readings = [(one.within(SINGLE_PARTS[said(words, start)]), end) for one, end in bare_times(words, start + 1) if end > start + 2]
    readings = [with_ending(words, *reading) for reading in readings]
    if not readings and part == "noon":
        readings = [(SaidTime(12, 0, "noon", is_open=False), after)]
    if not readings and "".join(word.norm for word in words[start : start + 2]) == "午夜":
        readings = [(SaidTime(0, 0, "midnight", is_open=False, days=1), after)]
    return sorted(readings, key=lambda reading: -reading[1])


def is_inside_number(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word goes on a number begun before it, or is kept from being an hour by the word before."""
    before, word = (words[at - 1].norm if at else ""), words[at].norm
    if before in NOT_AFTER:
        return ":" not in word or before != "another"  # "another 7:30 alarm" is at half past seven
    if before in TENS:
        return word in ORDINALS or below_hundred(words, at) is not None
    if before not in CHINESE_NUMBER or not (word in CHINESE_NUMBER or word[0].isdigit()):
        return False
    while at and words[at - 1].norm in CHINESE_WEEKDAYS:
        at -= 1
    return not at or words[at - 1].norm not in {"周", "期", "拜"}


def bare_times(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield the times at a word, without what may stand before and after."""
    if at >= len(words):
        return
    word = words[at].norm
    if word[0].isdigit():
        yield from written(words, at)
    if is_chinese(word) or word[0].isdigit():
        yield from chinese(words, at)
    if not is_chinese(word):
        for read in (to_or_past, half_hour, named, spoken):
            if reading := read(words, at):
                yield reading


def part_elsewhere(words: Sequence[Word], start: int, end: int) -> str:
    """Return the part of the day that stands apart from a time and belongs to it: "tomorrow morning at seven", 明天早上, 七点."""
    for at, word in enumerate(words):
        if start <= at < end:
            continue
        norm = word.norm
        if norm in PARTS:
            before = words[at - 1].norm.removesuffix("s") if at else ""
            is_lead = before == "the" and at > 1 and words[at - 2].norm == "in" and at + 1 in {start, start - 1}
            is_lead = is_lead and (at + 1 == start or words[at + 1].norm in LEADS)
            if norm == "tonight" or before in DAY_WORDS or norm.endswith("s") or is_lead:
                return PARTS[norm]
        elif at < start and "\u3400" <= norm <= "\u9fff" and (part := chinese_part(words, at))[0]:
            if not any(True for _ in bare_times(words, part[1])) or part[1] == start:
                return part[0]
        elif at >= end and norm in {"今", "明"} and said(words, at + 1) in SINGLE_PARTS:
            return SINGLE_PARTS[said(words, at + 1)]
    return ""
