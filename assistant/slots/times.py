"""Times of day as they are said: "half six", "quarter to five", "ten to nine pm", "3:15", "noon", 晚上八点半, 差五分八点, 7点45.

An hour up to twelve leaves open which half of the day it means until a part of the day says so, here or elsewhere in the sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time

from assistant.slots.dates import ORDINALS
from assistant.slots.days import CHINESE_WEEKDAYS, WEEKDAYS
from assistant.slots.durations import unit_at
from assistant.slots.numbers import CHINESE_NUMBER, TENS, below_hundred, chinese_whole, said
from assistant.words import Word, is_chinese

AT = frozenset({"at", "around", "about", "by", "for", "before", "after", "until", "till", "from", "to", "past", "在", "到", "于"})
"""Words before a clock time; a number behind one may be an hour without further sign."""

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
CHINESE_PARTS = {
    **dict.fromkeys(("大清早", "早上", "早晨", "清晨", "清早", "一早", "今早", "明早", "每早"), "morning"),
    "上午": "forenoon",
    **dict.fromkeys(("中午", "正午", "晌午"), "noon"),
    **dict.fromkeys(("下午", "午后"), "afternoon"),
    **dict.fromkeys(("傍晚", "黄昏"), "evening"),
    **dict.fromkeys(("晚上", "晚间", "夜里", "夜间", "夜晚", "深夜", "半夜", "午夜", "今晚", "明晚", "昨晚", "每晚", "当晚"), "night"),
    "凌晨": "am",
}
SINGLE_PARTS = {"早": "morning", "晚": "night"}
"""Parts of the day in one character; only right before a clock time."""

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
WRITTEN = re.compile(r"(\d{1,2}):(\d{2})")
DOTTED = re.compile(r"(\d{1,2})\.([0-5]\d)")
TOGETHER = re.compile(r"(\d{1,2})(\d{2})")
OCLOCK = frozenset({"o'clock", "oclock"})
TO = frozenset({"to", "till", "before"})
PAST = frozenset({"past", "after"})
ZERO = frozenset({"oh", "o", "zero"})
DAY_WORDS = frozenset({"tomorrow", "yesterday", "this", "every", "each", "weekday", "weekend", "day", "last"}) | frozenset(WEEKDAYS)
"""Words that make a part of the day one that a time elsewhere in the sentence can belong to."""

NO_HOUR = frozenset(
    {
        *("%", "percent", "per", "degrees", "degree", "°", "℃", "/", "*", "+", "-", "=", "×", "÷", "$", "€", "£", "¥"),
        *("st", "nd", "rd", "th", "hundred", "thousand", "million", "billion", "point", "times", "x", "dozen", "couple", "of"),
        *("dollars", "euros", "pounds", "cents", "pence", "people", "persons", "kg", "km", "days", "weeks", "months", "years"),
    }
)
"""What follows a number that is no hour."""

NOT_AFTER = frozenset({"minus", "negative", "负", "-", "$", "€", "£", "¥", "/", "in", "every", "another", "number", "point", "+", "*", "="})
"""What stands before a number that is no hour."""


@dataclass(frozen=True, slots=True)
class SaidTime:
    """A time of day as it was said."""

    hour: int
    """0-23."""
    minute: int
    part: str = ""
    """The part of the day it belongs to; empty when none was said."""
    is_open: bool = True
    """True when the hour may be of either half of the day."""
    days: int = 0
    """1 for the small hours, which belong to the evening before: twelve tonight is tomorrow's zero hours."""

    @property
    def time(self) -> time:
        """The time of day; an open hour as said."""
        return time(self.hour, self.minute)

    def within(self, part: str) -> "SaidTime":
        """Return it in a part of the day, when it has none yet."""
        if not part or not self.is_open:
            return self
        hour, days = placed(self.hour, part)
        return SaidTime(hour, self.minute, part, is_open=False, days=days)


Reading = tuple[SaidTime, int]
"""A time and the index after its last word."""


def placed(hour: int, part: str) -> tuple[int, int]:
    """Return an hour of 1 to 12 by the clock of 24 hours, and 1 when it falls on the day after."""
    early = hour % 12
    match part:
        case "am" | "morning":
            return early, 0
        case "forenoon":
            return hour, 0
        case "noon":
            return (hour if hour >= 10 else hour + 12), 0
        case "midnight":
            return early, 1
        case "night" if early < 5:
            return early, 1
    return (0, 1) if part in {"evening", "night"} and not early else (early + 12, 0)


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
        return True
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


def clock(hour: int, minute: int, *, is_exact: bool = False) -> SaidTime | None:
    """Return a time by its numbers; None when there is no such time."""
    if hour == 24 and not minute:
        return SaidTime(0, 0, is_open=False, days=1)
    if not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    return SaidTime(hour, minute, is_open=1 <= hour <= 12 and not is_exact)


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


def next_norms(words: Sequence[Word], at: int, count: int) -> list[str]:
    """Return the next words as they are compared."""
    return [word.norm for word in words[at : at + count]]


def chinese_part(words: Sequence[Word], at: int) -> tuple[str, int]:
    """Read a part of the day in Chinese, such as 晚上; empty when there is none."""
    if is_chinese(said(words, at) or "-"):
        for length in (3, 2):
            name = "".join(next_norms(words, at, length))
            if name in CHINESE_PARTS:
                is_greeting = said(words, at + length) == "好"
                return ("", at) if is_greeting else (CHINESE_PARTS[name], at + len(next_norms(words, at, length)))
    return "", at


def chinese(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield 七点半, 八点一刻, 三点四十五, 7点45分, 十五点三十, 差五分八点, the longest first."""
    if words[at].norm == "差":
        yield from chinese_before(words, at + 1)
        return
    found = chinese_integer(words, at)
    sign = next_norms(words, found[1], 2) if found else []
    if not found or sign[:1] not in (["点"], ["时"]) or sign in (["时", "候"], ["时", "间"]):
        return
    hour, end = found[0], found[1] + 1
    if said(words, end) == "差" and (minutes := chinese_minutes(words, end + 1)) and 1 <= hour <= 24:
        if early := clock((hour - 2) % 12 + 1 if hour <= 12 else hour - 1, 60 - minutes[0]):
            yield early, minutes[1]
        return
    end += said(words, end) in {"整", "钟"}
    minutes = chinese_minutes(words, end + (said(words, end) in {"过", "又"}))
    if minutes and (reading := clock(hour, minutes[0])):
        yield reading, skip_about(words, minutes[1])
    elif minutes and minutes[1] - end > 1 and minutes[0] >= 60:
        return
    if reading := clock(hour, 0):
        yield reading, skip_about(words, end)


def chinese_before(words: Sequence[Word], at: int) -> Iterator[Reading]:
    """Yield 五分八点, 一刻九点: so long before an hour."""
    minutes = chinese_minutes(words, at)
    if not minutes:
        return
    end = minutes[1] + (said(words, minutes[1]) == "钟") + (said(words, minutes[1]) == "到")
    part, after = chinese_part(words, end)
    hour = chinese_integer(words, after)
    if hour and said(words, hour[1]) == "点" and 1 <= hour[0] <= 24:
        before = clock((hour[0] - 2) % 12 + 1 if hour[0] <= 12 else hour[0] - 1, 60 - minutes[0])
        if before:
            yield before.within(part), skip_about(words, hour[1] + 1 + (said(words, hour[1] + 1) == "钟"))


def chinese_integer(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read digits, or Chinese numerals up to 点."""
    if said(words, at).isdecimal():
        return (int(words[at].norm), at + 1) if len(words[at].norm) <= 2 else None
    end = at
    while end < len(words) and end - at < 5 and words[end].norm in CHINESE_NUMBER and words[end].norm != "点":
        end += 1
    return (int(chinese_whole("".join(next_norms(words, at, end - at)))), end) if end > at else None


def chinese_minutes(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """Read 半, 一刻, 三刻, 四十五, 零五分, 45; a single digit only with 分 or after 零, for 三点一起 is three o'clock."""
    if said(words, at) == "半":
        return 30, at + 1
    found = chinese_integer(words, at)
    if not found:
        return None
    minute, end = found
    after = said(words, end)
    if after == "刻" and 1 <= minute <= 3:
        return 15 * minute, end + 1 + (said(words, end + 1) == "钟")
    if after == "分":
        return minute, end + 1 + (said(words, end + 1) == "钟")
    is_long = end - at > 1 or len(words[at].norm) == 2 or words[at].norm == "十"
    return (minute, end) if is_long and after not in {"个", "位", "块", "元", "号", "点", "度", "%"} else None


def skip_about(words: Sequence[Word], end: int) -> int:
    """Return the index after 钟, 整, 左右."""
    end += said(words, end) in {"钟", "整"}
    return end + 2 * (next_norms(words, end, 2) in (["左", "右"], ["前", "后"], ["上", "下"]))


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
