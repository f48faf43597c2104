"""Numbers as they are said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slots.numbers import find_number, find_numbers
from assistant.words import split_words


def number(text):
    words = split_words(text)
    found = find_number(words, 0)
    return (found[0], len(words) - found[1]) if found else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("seven", 7),
        ("zero", 0),
        ("seventeen", 17),
        ("twenty-five", 25),
        ("ninety nine", 99),
        ("a hundred", 100),
        ("a hundred and twenty", 120),
        ("one hundred five", 105),
        ("twelve hundred", 1_200),
        ("two thousand and five", 2_005),
        ("two thousand twenty six", 2_026),
        ("five hundred thousand", 500_000),
        ("nine hundred ninety nine thousand nine hundred and ninety nine", 999_999),
        ("one million two hundred thousand", 1_200_000),
        ("a billion", 1_000_000_000),
        ("a dozen", 12),
        ("two dozen", 24),
        ("a couple of", 2),
        ("two and a half", "2.5"),
        ("one point two five", "1.25"),
        ("zero point five", "0.5"),
        ("point five", "0.5"),
        ("minus five", -5),
        ("3.5", "3.5"),
        ("1,000,000", 1_000_000),
        ("2 million", 2_000_000),
        ("3 and a half", "3.5"),
        ("-5", -5),
        ("十", 10),
        ("十五", 15),
        ("二十五", 25),
        ("一百零五", 105),
        ("一百二十", 120),
        ("二百四", 240),
        ("三千五", 3_500),
        ("两千零一", 2_001),
        ("一万二", 12_000),
        ("一万二千三百", 12_300),
        ("十二万", 120_000),
        ("一亿", 100_000_000),
        ("三万五千", 35_000),
        ("一点五", "1.5"),
        ("十二点零五", "12.05"),
        ("负三", -3),
        ("二零二六", 2_026),
        ("幺幺零", 110),
        ("两三", 3),
        ("3万", 30_000),
        ("2百", 200),
    ],
)
def test_a_number_is_read_to_its_end(text, value):
    assert number(text) == (Decimal(value), 0)


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        ("five six", 5, 1),
        ("twenty minutes", 20, 1),
        ("ten and twenty", 10, 2),
        ("one hundred and two hundred", 100, 3),
        ("one thousand two thousand", 1_000, 2),
        ("three hundred and", 300, 1),
        ("三点", 3, 1),
        ("二十分钟", 20, 2),
        ("two and a cat", 2, 3),
    ],
)
def test_a_number_ends_where_another_thing_begins(text, value, rest):
    assert number(text) == (Decimal(value), rest)


@pytest.mark.parametrize("text", ["a", "an hour", "hundred", "and five", "tea", "minus", "minus tea", "point", "点", "个", "10:30", "½"])
def test_what_is_no_number(text):
    assert number(text) is None


def test_a_longer_number_may_be_a_shorter_one_and_something_else():
    assert [value for value, _ in find_numbers(split_words("one hundred and two"), 0)] == [102, 100]


@given(st.integers(0, 999_999))
def test_any_number_in_english_words_is_itself(value):
    assert number(in_english(value)) == (Decimal(value), 0)


@given(st.integers(0, 99_999_999))
def test_any_number_in_chinese_is_itself(value):
    assert number(in_chinese(value)) == (Decimal(value), 0)


SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(value):
    if value < 20:
        return SMALL[value]
    if value < 100:
        return TENS[value // 10 - 2] + (f" {SMALL[value % 10]}" if value % 10 else "")
    if value < 1_000:
        return f"{SMALL[value // 100]} hundred" + (f" and {in_english(value % 100)}" if value % 100 else "")
    return f"{in_english(value // 1_000)} thousand" + (f" {in_english(value % 1_000)}" if value % 1_000 else "")


def in_chinese(value):
    if value < 10:
        return "零一二三四五六七八九"[value]
    for size, name in ((10_000, "万"), (1_000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            rest = value % size
            zero = "零" if rest and rest < size // 10 else ""
            return in_chinese(value // size) + name + zero + (in_chinese(rest) if rest else "")
    raise ValueError(value)


@given(st.text(alphabet="零一二两十百千万亿点半负5. andahundredpointtwominus-", max_size=40), st.integers(0, 5))
def test_any_words_are_looked_at_without_a_fault(text, at):
    words = split_words(text)
    for value, end in find_numbers(words, at):
        assert at < end <= len(words)
        assert value.is_finite()
