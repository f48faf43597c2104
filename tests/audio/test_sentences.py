import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from audio.sentences import Sentences, plain


def cut(text):
    sentences = Sentences()
    return sentences.feed(text) + sentences.flush()


def cut_by_character(text):
    sentences = Sentences()
    return [piece for character in text for piece in sentences.feed(character)] + sentences.flush()


def ready(text):
    """Return what can be said before the text is known to be over."""
    return Sentences().feed(text)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("It is noon. The sun is high! Is it warm? Yes.", ["It is noon.", "The sun is high!", "Is it warm?", "Yes."]),
        ("现在是中午。太阳很高！热吗？热。", ["现在是中午。", "太阳很高！", "热吗？", "热。"]),
        ("打开 WiFi. 好的?行", ["打开 WiFi.", "好的?", "行"]),
        ("One\nTwo\r\n\r\nThree", ["One", "Two", "Three"]),
    ],
)
def test_sentences_of_both_languages_are_pieces(text, pieces):
    assert cut(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith and Mrs. Jones met.",
        "It costs 3.14 dollars.",
        "Meet me at 10:30 sharp.",
        "Fruit, e.g. Apples.",
        "The U.S. Army.",
        "J. R. Tolkien wrote it.",
        "It is 8 a.m. in Rome.",
        "Go to https://a.b/c?d=e,f;g:h.html now.",
        "Write to me@x.org today.",
        "Version 2.0.1 is out.",
        "See No. 5 and vol. 2 today.",
        "About approx. five of them.",
        'He said "Really?" and left.',
        "1. Milk",
        "It has 1,000,000 of them.",
        "他说3.5米。",
    ],
)
def test_a_mark_inside_a_sentence_does_not_end_it(text):
    assert cut(text) == [text]


def test_a_capital_after_am_or_etc_begins_a_sentence():
    assert cut("It is 8 p.m. The sun sets.") == ["It is 8 p.m.", "The sun sets."]
    assert cut("Bread, milk, etc. All bought.") == ["Bread, milk, etc.", "All bought."]


def test_a_word_that_looks_like_an_abbreviation_ends_its_sentence():
    assert cut("The answer is no. Next one. So am I. Good.") == ["The answer is no.", "Next one.", "So am I.", "Good."]


def test_closing_quotes_and_brackets_stay_with_their_sentence():
    assert cut('He said "Stop." (Twice.) Then he left.') == ['He said "Stop."', "(Twice.)", "Then he left."]
    assert cut("“还有吗？”他问。（没有。）好") == ["“还有吗？”", "他问。", "（没有。）", "好"]


def test_repeated_marks_and_ellipses_are_one_end():
    assert cut("Really?! Yes... No.") == ["Really?!", "Yes...", "No."]
    assert cut("真的？！真的。。。好") == ["真的？", "真的。", "好"]
    assert cut("嗯……我想想…… 好。") == ["嗯……我想想…… 好。"]


def test_a_chinese_sentence_is_ready_with_its_mark():
    assert ready("好的。") == ["好的。"]


def test_an_english_sentence_is_ready_with_the_next_word():
    assert ready("It is noon. ") == []
    assert ready("It is noon. T") == ["It is noon."]


def test_the_first_clause_is_ready_at_its_comma():
    assert ready("The timer is set, ") == ["The timer is set,"]
    assert ready("计时器已开始，") == ["计时器已开始，"]


def test_one_or_two_words_before_a_comma_wait_for_more():
    assert ready("Sure, no, ") == []
    assert ready("好的，") == []
    assert ready("Sure, the timer is set, ") == ["Sure, the timer is set,"]


def test_after_the_first_clause_whole_sentences_follow():
    assert cut("The timer is set, and I will ring, or beep, when it is done. Is that fine, my friend?") == [
        "The timer is set,",
        "and I will ring, or beep, when it is done.",
        "Is that fine, my friend?",
    ]


def test_a_long_sentence_is_cut_at_a_comma():
    clause = "and then the rabbit ran along the long and winding road to the sea by the hills,"
    assert ready(f"Well, and. Then {clause} {clause} ") == ["Well, and.", f"Then {clause}", clause]


def test_text_without_any_punctuation_is_cut_between_words():
    pieces = cut("word " * 100)
    assert len(pieces) > 1
    assert " ".join(pieces) == ("word " * 100).strip()
    pieces = cut("好" * 200)
    assert max(map(len, pieces)) <= 60
    assert "".join(pieces) == "好" * 200


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("# The *title*\n", ["The title"]),
        ("- **Milk**, `2` litres\n* Eggs\n+ [ ] Tea\n• Jam", ["Milk, 2 litres", "Eggs", "Tea", "Jam"]),
        ("See [the docs, all of them. Really](https://x.y/z, a) now", ["See the docs, all of them. Really now"]),
        ("![A cat](cat.png) sits", ["A cat sits"]),
        ("**Done.** __Next__ _one_ ~~not~~ ***this***.", ["Done.", "Next one not this."]),
        ("snake_case and 3 * 4 and 5*6", ["snake_case and 3 * 4 and 5*6"]),
        ("> Quoted\n", ["Quoted"]),
        ("---\nText\n***\n", ["Text"]),
        ("```python\nprint(1)\n```\n", ["print(1)"]),
        ("| day | high |\n|---|---|\n| Mon | 20° |\n", ["day, high", "Mon, 20°"]),
        ("A claim[^1].", ["A claim."]),
        ("<https://x.y>", ["https://x.y"]),
        (r"5 \* 3", ["5 * 3"]),
        ("-5 degrees", ["-5 degrees"]),
        (".5 litres", [".5 litres"]),
    ],
)
def test_markdown_is_not_spoken(written, said):
    assert cut(written) == said


def test_a_line_mark_in_mid_line_is_text():
    assert plain("- 3 is left", at_line_start=False) == "- 3 is left"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "...", "😀", "***", "```", "！？", "()", "| |"])
def test_nothing_speakable_is_no_piece(text):
    assert cut(text) == []


def test_after_flush_a_new_text_begins():
    sentences = Sentences()
    sentences.feed("The first text, which goes on")
    sentences.flush()
    assert sentences.feed("# The second text, ") == ["The second text,"]


TEXTS = st.text(st.sampled_from("ab Z好的12.,:;!?。！？；，：、…—\n\"'“”（）()[]*_`~#->|\\/ "), max_size=60)
WORDS = st.lists(
    st.sampled_from(
        [
            "Dr. ",
            "e.g. ",
            "3.14 ",
            "10:30 ",
            "a.m. ",
            "好的，",
            "。",
            "”",
            "“",
            "[x](y) ",
            "[",
            "** ",
            "word ",
            "Word. ",
            "是吗？",
            "\n",
            "- ",
            "...",
            "?! ",
        ]
    ),
    max_size=40,
).map("".join)


@given(TEXTS | WORDS)
@example("“好。”他")
@example('"A." b')
def test_feeding_character_by_character_equals_feeding_at_once(text):
    assert cut_by_character(text) == cut(text)


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="[]`~|<>"), max_size=200)
    | WORDS.map(lambda text: text.replace("[x](y) ", "").replace("[", ""))
)
def test_no_letter_and_no_digit_is_lost(text):
    assert [c for piece in cut(text) for c in piece if c.isalnum()] == [c for c in text if c.isalnum()]


@given(TEXTS | WORDS)
def test_every_piece_has_something_to_say_and_is_one_line(text):
    for piece in cut(text):
        assert any(character.isalnum() for character in piece)
        assert "\n" not in piece
        assert piece == piece.strip()


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "a " * 5000, "好，" * 5000, "[" * 10_000, "a, " * 3000, "." * 10_000, "“好。" * 3000, '"' * 10_000]
)
def test_a_long_stream_takes_no_more_than_its_share(text):
    started = time.process_time()
    cut_by_character(text)
    assert time.process_time() - started < 2
