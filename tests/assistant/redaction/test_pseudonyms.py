"""What leaves is renamed, and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.bench.redaction import measure, ordinary_sentences
from assistant.redaction.names import Known
from assistant.redaction.pseudonyms import Restoring, redact, restored

KNOWN = Known.of(person=["Anna Kowalczyk", "张晓雯", "Tom"], place=["Foxhill"], device=["kitchen light", "Wallaby lamp"], list=["shopping"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_planted_secrets_and_known_names_are_found_and_ordinary_sentences_stay(language):
    found = measure(language, 1000, ordinary_sentences(language))
    assert found.structured.percent >= 99.5
    assert found.names.percent == 100
    assert found.back.percent == 100
    assert found.ordinary.percent <= 3
    assert found.untouched.percent >= 97


def test_the_same_thing_has_the_same_name_all_along():
    first, replacements = redact("write to Tom at 138 1234 5678", KNOWN)
    second, replacements = redact("is 13812345678 Tom's, or tom@example.com", KNOWN, replacements)
    assert first == "write to [PERSON_1] at [PHONE_1]"
    assert second == "is [PHONE_1] [PERSON_1]'s, or [EMAIL_1]"
    assert replacements == {"[PERSON_1]": "Tom", "[PHONE_1]": "138 1234 5678", "[EMAIL_1]": "tom@example.com"}


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("ＴＯＭ called", "[PERSON_1] called"),
        ("tomorrow I see Tom", "tomorrow I see [PERSON_1]"),
        ("张晓雯的手机号是一三八一二三四五六七八", "[PERSON_1]的手机号是[PHONE_1]"),
        ("why does the kitchen light flicker", "why does the kitchen light flicker"),
        ("my number is five five five oh one two three four", "my number is [NUMBER_1]"),
        ("mail anna dot k at example dot com", "mail [EMAIL_1]"),
        ("what happened on 4 July 1776", "what happened on 4 July 1776"),
        ("my wifi password hunter2 fails", "my wifi password [PASSWORD_1] fails"),
        ("密码hunter2不对", "密码[PASSWORD_1]不对"),
        ("a password manager", "a password manager"),
        ("charge card 4111 1111 1111 1111 at 12 Main Street", "charge card [CARD_1] at [ADDRESS_1]"),
        ("send it to 221 Baker Street", "send it to [ADDRESS_1]"),
        ("is https://example.com/recipes any good", "is https://example.com/recipes any good"),
    ],
)
def test_what_is_hidden_and_what_is_not(text, hidden):
    assert redact(text, KNOWN)[0] == hidden


@pytest.mark.parametrize(
    "written",
    ["[PERSON_1]", "[Person_1]", "PERSON_1", "[PERSON 1]", "【PERSON_1】", "[person_1]", "(PERSON_1)", "[PERSON\\_1]", "[PERSON-1]"],
)
def test_a_placeholder_may_come_back_a_little_changed(written):
    assert restored(f"Ask {written}.", {"[PERSON_1]": "Anna"}) == "Ask Anna."


def test_what_stands_for_nothing_stays():
    assert restored("[PERSON_2] and person 1", {"[PERSON_1]": "Anna"}) == "[PERSON_2] and person 1"


@given(st.lists(st.integers(1, 12), max_size=12))
def test_a_placeholder_may_be_cut_anywhere(sizes):
    text = "Dear [PERSON_1], People say 【PHONE_2】 is [EMAIL 1]. [PERSON_1]"
    replacements = {"[PERSON_1]": "Anna", "[PHONE_2]": "123", "[EMAIL_1]": "a@b.c"}
    stream, at, said = Restoring(replacements), 0, []
    for size in [*sizes, len(text)]:
        said += stream.feed(text[at : at + size])
        at += size
    assert "".join([*said, *stream.end()]) == "Dear Anna, People say 123 is a@b.c. Anna"


@given(st.text(alphabet="[PERSON_1]abc 0123456789张@.-", max_size=60))
def test_whatever_the_text_it_comes_back_as_it_was(text):
    hidden, replacements = redact(text, KNOWN)
    if not any(placeholder in text for placeholder in replacements):
        assert restored(hidden, replacements).casefold() == text.casefold() or "PERSON" in text
