import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audio.scripts import Run, runs, speakable


def split(text, language="zh"):
    return [(run.text, run.language) for run in runs(text, language)]


def test_each_script_is_a_run_and_a_space_belongs_to_the_run_before():
    assert split("打开 WiFi 吧") == [("打开 ", "zh"), ("WiFi ", "en"), ("吧", "zh")]


def test_one_language_is_one_run_with_its_punctuation():
    assert split("Good morning, what's next? 12 things.", "en") == [("Good morning, what's next? 12 things.", "en")]
    assert split("好的，十分钟。") == [("好的，十分钟。", "zh")]


@pytest.mark.parametrize(
    ("text", "language", "reader"),
    [
        ("打开3个灯", "en", "zh"),
        ("打开 3 个灯", "zh", "zh"),
        ("in 3天", "en", "zh"),
        ("Room 3", "zh", "en"),
        ("播放 Room 5", "zh", "en"),
        ("WiFi 6 已打开", "zh", "zh"),
        ("WiFi 6 已打开", "en", "en"),
        ("好的。3 apples", "zh", "en"),
        ("42", "en", "en"),
        ("42", "zh", "zh"),
        ("7:30", "zh", "zh"),
        ("-5°C", "zh", "zh"),
    ],
)
def test_a_number_is_read_by_the_chinese_it_touches_else_by_its_neighbours_else_by_the_reply(text, language, reader):
    [number] = [run for run in runs(text, language) if any(character.isdigit() for character in run.text)]
    assert number.language == reader


@pytest.mark.parametrize("word", ["MP3", "4K", "2.4GHz", "B2B", "v2.0", "iPhone15"])
def test_a_word_with_digits_in_it_stays_one_word(word):
    assert split(f"用{word}吧") == [("用", "zh"), (word, "en"), ("吧", "zh")]


def test_a_unit_after_a_number_goes_with_it():
    assert split("跑了5km。") == [("跑了5km。", "zh")]


def test_an_opening_bracket_goes_with_what_it_opens():
    assert split("打开（WiFi）吧") == [("打开", "zh"), ("（WiFi）", "en"), ("吧", "zh")]


def test_leading_punctuation_goes_with_the_first_words():
    assert split("… 你好") == [("… 你好", "zh")]
    assert split("... hello", "zh") == [("... hello", "en")]


def test_only_marks_are_the_replys_language():
    assert split("?!", "zh") == [("?!", "zh")]
    assert split("", "zh") == []


@given(st.text(st.characters(codec="utf-8"), max_size=80), st.sampled_from(["en", "zh"]))
@example("（打开（", "en")
def test_the_runs_joined_are_the_text_and_neighbours_differ(text, language):
    parts = runs(text, language)
    assert "".join(run.text for run in parts) == text or not any(character.isalnum() for character in text)
    assert all(run.text for run in parts)
    assert all(left.language != right.language for left, right in itertools.pairwise(parts))


def test_emoji_are_left_out_and_signs_stay():
    assert speakable("好👍🏽的❤️ 20° © 25℃ №1 $5").split() == ["好", "的", "20°", "©", "25℃", "№1", "$5"]


def test_control_characters_and_lone_surrogates_never_reach_a_voice():
    assert speakable("a\x01b\x00c\ud800d\u200be") == "a b cde"


def test_full_width_letters_and_digits_become_plain():
    assert speakable("１２Ａｂ，") == "12Ab，"


def test_a_run_is_a_value():
    assert Run("a", "en") == Run("a", "en")
