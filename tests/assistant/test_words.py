"""Text as words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.words import MAX_WORDS, language_of, simplified, split_words


def norms(text):
    return [word.norm for word in split_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("What's the Time?", ["what", "is", "the", "time"]),
        ("don’t", ["do", "not"]),
        ("Anna's", ["anna's"]),
        ("twenty-five", ["twenty", "five"]),
        ("a 5-minute timer", ["a", "5", "minute", "timer"]),
        ("5 - 3", ["5", "-", "3"]),
        ("5-3", ["5", "-", "3"]),
        ("stop - please", ["stop", "please"]),
        ("it is -5", ["it", "is", "-", "5"]),
        ("10:30 and 1,000,000.5", ["10:30", "and", "1000000.5"]),
        ("30%", ["30", "%"]),
        ("定一个10分钟的计时器。", ["定", "一", "个", "10", "分", "钟", "的", "计", "时", "器"]),
        ("２０分钟", ["20", "分", "钟"]),
        ("打开WiFi", ["打", "开", "wifi"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("…?!", []),
        ("", []),
    ],
)
def test_a_text_is_its_words(text, words):
    assert norms(text) == words


def test_a_word_knows_where_it_stands():
    text = "Set a  Tea timer!"
    assert [text[word.start : word.end] for word in split_words(text)] == ["Set", "a", "Tea", "timer"]


def test_what_nobody_says_to_an_assistant_is_cut():
    assert MAX_WORDS < len(split_words("la " * 10_000)) <= MAX_WORDS + 2


@given(st.text())
def test_any_text_has_words_in_order_and_within_it(text):
    words = split_words(text)
    assert all(word.norm for word in words)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("what time is it", "en"),
        ("现在几点", "zh"),
        ("打开WiFi", "zh"),
        ("播放 Yesterday", "zh"),
        ("what does 踌躇 mean", "en"),
        ("", "en"),
        ("42", "en"),
    ],
)
def test_the_language_is_that_of_most_words(text, language):
    assert language_of(text) == language


def test_traditional_characters_are_compared_as_simplified_ones():
    assert [word.norm for word in split_words("鬧鐘 and 10 個")] == ["闹", "钟", "and", "10", "个"]
    assert [(word.start, word.end) for word in split_words("鬧鐘 5")] == [(0, 1), (1, 2), (3, 4)]


def test_what_is_no_traditional_character_stays():
    assert simplified("乾坤著名 Straße 鐘") == "乾坤著名 Straße 钟"
