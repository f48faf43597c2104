"""Numbers as they are said: "twenty-five", "a hundred and twenty", "3.5", "two and a half", "二百四", "两", "一点五"."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from assistant.words import Word, is_chinese

Found = tuple[Decimal, int]
"""A value and the index after its last word."""

SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
    "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
UNITS = {word: value for value, word in enumerate(SMALL)}
TENS = {
    word: 10 * value for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
} | {"fourty": 40}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
THOUSANDS = frozenset(SCALES.values()) - {100}
LOOSE = {"dozen": 12, "couple": 2}
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2, "幺": 1, "仨": 3}
CHINESE_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
CHINESE_NUMBER = frozenset(DIGITS) | frozenset(CHINESE_SCALES) | {"点"}
HALF = Decimal("0.5")


def find_number(words: Sequence[Word], at: int) -> Found | None:
    """Return the longest number that begins at a word, with its end; None when none does."""
    if at >= len(words):
        return None
    word = words[at].norm
    if word in {"minus", "negative", "负", "-"}:
        found = find_number(words, at + 1)
        return (-found[0], found[1]) if found else None
    if word in {"point", "点"}:
        return fraction(words, at, Decimal(0))
    if word[0].isdigit() and ":" not in word:
        return written(words, at)
    if is_chinese(word):
        return chinese(words, at)
    return english(words, at)


def find_numbers(words: Sequence[Word], at: int) -> list[Found]:
    """Return the numbers that begin at a word, the longest first: "one hundred and two" may be the one hundred of two numbers."""
    longest = find_number(words, at)
    if not longest:
        return []
    joints = (end for end in range(longest[1] - 1, at, -1) if words[end].norm == "and")
    return [longest, *filter(None, (find_number(words[:end], at) for end in joints))]


def written(words: Sequence[Word], at: int) -> Found | None:
    """Read digits, with a scale after them: "3.5", "2 million", "3万"."""
    try:
        value = Decimal(words[at].norm)
    except InvalidOperation:
        return None
    end = at + 1
    while end < len(words) and (scale := SCALES.get(words[end].norm) or CHINESE_SCALES.get(words[end].norm)):
        value *= scale
        end += 1
    return with_half(words, end, value)


def english(words: Sequence[Word], at: int) -> Found | None:
    """Read number words: "two thousand and five", "a dozen"; "a" counts only before a scale."""
    is_one = words[at].norm in {"a", "an"}
    if said(words, at + is_one) in LOOSE:
        return loose(words, at + is_one, 1)
    total, end, least = Decimal(0), at, Decimal(max(THOUSANDS) * 1_000)
    while True:
        part = below_thousand(words, end + (end > at and said(words, end) == "and"))
        if not part:
            break
        value, stop = part
        scale = SCALES.get(said(words, stop), 0)
        if value * (scale or 1) >= least:
            break
        total, end = total + value * (scale or 1), stop + bool(scale)
        if not scale:
            break
        least = Decimal(scale)
    if end == at:
        return None
    if said(words, end) in LOOSE:
        return loose(words, end, int(total))
    if said(words, end) == "point" and (found := fraction(words, end, total)):
        return found
    return with_half(words, end, total)


def below_thousand(words: Sequence[Word], at: int) -> Found | None:
    """Read "seven", "forty two", "one hundred [and] five", "twelve hundred", and "a" where a scale follows."""
    is_one = said(words, at) in {"a", "an"} and said(words, at + 1) in SCALES
    found = (Decimal(1), at + 1) if is_one else below_hundred(words, at)
    if not found or said(words, found[1]) != "hundred" or not found[0]:
        return found
    value, end = found[0] * 100, found[1] + 1
    more = below_hundred(words, end + (said(words, end) == "and"))
    if more and said(words, more[1]) != "hundred":
        return value + more[0], more[1]
    return value, end


def said(words: Sequence[Word], at: int) -> str:
    """Return a word as it is compared; nothing after the last."""
    return words[at].norm if at < len(words) else ""


def below_hundred(words: Sequence[Word], at: int) -> Found | None:
    """Read "seven", "forty two", "seventeen"."""
    word = said(words, at)
    if word in UNITS:
        return Decimal(UNITS[word]), at + 1
    if word not in TENS:
        return None
    digit = UNITS.get(said(words, at + 1), 0)
    return (Decimal(TENS[word] + digit), at + 2) if 0 < digit < 10 else (Decimal(TENS[word]), at + 1)


def loose(words: Sequence[Word], at: int, count: int) -> Found:
    """Read "dozen", "couple of" after how many."""
    return Decimal(count * LOOSE[words[at].norm]), at + 1 + (said(words, at + 1) == "of")


def with_half(words: Sequence[Word], end: int, value: Decimal) -> Found:
    """Add "and a half" when it follows."""
    if [word.norm for word in words[end : end + 3]] == ["and", "a", "half"]:
        return value + HALF, end + 3
    return value, end


def fraction(words: Sequence[Word], at: int, whole: Decimal) -> Found | None:
    """Read "point two five" after a whole number."""
    end, digits = at + 1, ""
    while end < len(words) and UNITS.get(words[end].norm, 10) < 10:
        digits, end = digits + str(UNITS[words[end].norm]), end + 1
    if not digits and end < len(words) and words[end].norm.isdecimal():
        digits, end = words[end].norm, end + 1
    return (whole + Decimal(f"0.{digits}"), end) if digits else None


def chinese(words: Sequence[Word], at: int) -> Found | None:
    """Read Chinese numerals: 十, 二十五, 一百二十, 二百四 (240), 两万, 一点五, 二零二六."""
    end = at
    while end < len(words) and words[end].norm in CHINESE_NUMBER:
        end += 1
    while end > at and words[end - 1].norm == "点":
        end -= 1  # 三点 is a time of day
    text = "".join(word.norm for word in words[at:end])
    whole, _, part = text.partition("点")
    if not whole or any(char not in DIGITS for char in part):
        return None
    value = chinese_whole(whole)
    if part:
        value = Decimal(f"{value}.{''.join(str(DIGITS[char]) for char in part)}")
    return value, end


def chinese_whole(text: str) -> Decimal:
    """Return the value of Chinese numerals without a fraction."""
    digits = [DIGITS[char] for char in text if char in DIGITS]
    if len(digits) == len(text):
        if len(digits) == 2 and 0 < digits[0] == digits[1] - 1:
            return Decimal(digits[1])  # 两三 is two or three
        return Decimal("".join(map(str, digits)))
    total = section = digit = 0
    scale = 1
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
            scale = 1 if char in "零〇" else scale
            continue
        scale = CHINESE_SCALES[char]
        if scale >= 10_000:
            total, section, digit = (total + section + digit) * scale, 0, 0
        else:
            section, digit = section + (digit or 1) * scale, 0
    tail = digit * (scale // 10 if scale >= 100 else 1)  # 二百四 is 240
    return Decimal(total + section + tail)
