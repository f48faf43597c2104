import pytest

from audio.asr.called import SPELLINGS, without_call

CALLS = ("hey jarvis", "alexa", "okay nabu")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Hey Jarvis, what time is it?", "what time is it?"),
        ("Hey, Jarvis.", ""),
        ("Jarvis stop", "stop"),
        ("hey javis stop", "stop"),
        ("嘿，贾维斯，现在几点？", "现在几点？"),
        ("Hey Jarvis 现在几点", "现在几点"),
        ("嗨加维斯 取消计时器。", "取消计时器。"),
        ("Alexa, tell me a joke", "tell me a joke"),
        ("OK, Nabu: stop", "stop"),
    ],
)
def test_the_wake_phrase_in_front_is_left_out(text, left):
    assert without_call(CALLS)(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "What time is it, Jarvis?",
        "Hey, what time is it?",
        "okay",
        "好的",
        "Jarviston weather",
        "嘿，现在几点？",
        "Alexander is my friend",
        "",
    ],
)
def test_what_only_looks_like_it_stays(text):
    assert without_call(CALLS)(text) == text


def test_only_the_phrases_in_use_are_left_out():
    assert without_call(["alexa"])("Jarvis stop") == "Jarvis stop"
    assert without_call([])("Jarvis stop ") == "Jarvis stop"
    assert without_call(["computer please"])("computer, please stop") == "stop"
    assert without_call(["dear computer"])("Dear computer: stop") == "stop"


def test_spellings_are_of_words_that_hark_is_called_by():
    assert set(SPELLINGS) < {"hey", "okay", "jarvis", "nabu", "alexa", "mycroft", "computer"}
