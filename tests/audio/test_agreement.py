from audio.asr.agreement import Agreement


def stable_after(*texts):
    agreement = Agreement()
    for text in texts:
        agreement.add(text)
    return agreement.stable


def test_one_decode_agrees_with_nothing():
    assert stable_after("Set a timer") == ""


def test_words_that_two_decodes_begin_with_are_stable():
    assert stable_after("Set a time", "Set a timer for") == "Set a"


def test_case_and_punctuation_do_not_matter_and_the_newer_spelling_counts():
    assert stable_after("set a timer.", "Set a timer for 10 minutes.") == "Set a timer"


def test_a_number_that_grows_is_not_stable():
    assert stable_after("Set a timer for 1", "Set a timer for 15 minutes.") == "Set a timer for"


def test_chinese_agrees_character_by_character():
    assert stable_after("倒计时十。", "倒计时十五分钟。") == "倒计时十"


def test_chinese_and_english_mix():
    assert stable_after("播放Let it", "播放Let it be") == "播放Let it"


def test_an_apostrophe_is_part_of_its_word():
    assert stable_after("What's the", "What's up") == "What's"
    assert stable_after("What's the", "What is the date?") == ""


def test_only_the_last_two_decodes_count():
    assert stable_after("Turn it up", "Turn it down", "Turn it down please") == "Turn it down"


def test_an_empty_decode_takes_everything_back():
    assert stable_after("Stop", "Stop", "") == ""
