"""Numbers as they are said: "twenty-five", "a hundred and twenty", "3.5", "二百四", "两", "一点五"."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from assistant.words import Word, is_chinese

Found = tuple[Decimal, int]
"""A value and the index after its last word."""

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
LOOSE = {"dozen": 12, "couple": 2}
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
CHINESE_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
CHINESE_NUMBER = frozenset(DIGITS) | frozenset(CHINESE_SCALES) | {"点"}


def find_number(words: Sequence[Word], at: int) -> Found | None:
    """Return the longest number that begins at a word, with its end; None when none does."""
    word = words[at].norm
    if word in {"minus", "negative", "负", "-"}:
        found = find_number(words, at + 1) if at + 1 < len(words) else None
        return (-found[0], found[1]) if found else None
    if word[0].isdigit() and ":" not in word:
        return written(words, at)
    if is_chinese(word):
        return chinese(words, at)
    return english(words, at)


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
    return value, end


def english(words: Sequence[Word], at: int) -> Found | None:
    """Read number words; "a" counts only before a scale ("a hundred", "a dozen")."""
    total = current = 0
    last = None  # the size of the word before: 1 after "five", 10 after "twenty", a scale after "hundred"
    end = at
    while end < len(words):
        word = words[end].norm
        if word in UNITS and last in {None, 10, 100, 1_000, 1_000_000, 1_000_000_000} and not (last == 10 and not 0 < UNITS[word] < 10):
            current, last = current + UNITS[word], 1
        elif word in TENS and last in {None, 100, 1_000, 1_000_000, 1_000_000_000}:
            current, last = current + TENS[word], 10
        elif word == "hundred" and last in {1, 10}:
            current, last = current * 100, 100
        elif word in SCALES and word != "hundred" and last in {1, 10, 100}:
            total, current, last = total + current * SCALES[word], 0, SCALES[word]
        elif word in LOOSE and last in {None, 1, 10}:
            return Decimal((current or 1) * LOOSE[word]), skip(words, end + 1, "of")
        elif word in {"a", "an"} and last is None and end + 1 < len(words) and words[end + 1].norm in SCALES.keys() | LOOSE.keys():
            current, last = 1, 1
        elif not (word == "and" and last in {100, 1_000} and end + 1 < len(words) and words[end + 1].norm in UNITS.keys() | TENS.keys()):
            break
        end += 1
    if last is None:
        return None
    value = Decimal(total + current)
    if end + 1 < len(words) and words[end].norm == "point" and words[end + 1].norm in UNITS:
        digits, end = "", end + 1
        while end < len(words) and UNITS.get(words[end].norm, 10) < 10:
            digits, end = digits + str(UNITS[words[end].norm]), end + 1
        value = Decimal(f"{int(value)}.{digits}") if digits else value
    return value, end


def skip(words: Sequence[Word], at: int, word: str) -> int:
    """Return the index after a word if it stands there."""
    return at + 1 if at < len(words) and words[at].norm == word else at


def chinese(words: Sequence[Word], at: int) -> Found | None:
    """Read Chinese numerals: 十, 二十五, 一百二十, 二百四 (240), 两万, 一点五, 二零二六."""
    end = at
    while end < len(words) and words[end].norm in CHINESE_NUMBER:
        end += 1
    while end > at and words[end - 1].norm == "点":
        end -= 1  # 三点 is a time of day
    text = "".join(word.norm for word in words[at:end])
    if not text or text[0] == "点":
        return None
    whole, _, fraction = text.partition("点")
    if any(char not in DIGITS for char in fraction):
        return None
    value = chinese_whole(whole)
    if fraction:
        value = Decimal(f"{value}.{''.join(str(DIGITS[char]) for char in fraction)}")
    return value, end


def chinese_whole(text: str) -> Decimal:
    """Return the value of Chinese numerals without a fraction."""
    if all(char in DIGITS for char in text):
        return Decimal(int("".join(str(DIGITS[char]) for char in text)))
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
