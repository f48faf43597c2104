import pytest

from audio.asr.language import ENOUGH_S, SpokenLanguage

ENGLISH, CHINESE = {"en": 0.97, "zh": 0.01, "ja": 0.02}, {"zh": 0.5, "ja": 0.47, "en": 0.03}


def told(*decodes, languages=("en", "zh"), seconds=ENOUGH_S):
    spoken = SpokenLanguage(languages)
    return [spoken.add(likely, seconds) for likely in decodes], spoken.sure


def test_only_the_users_languages_count():
    assert told({"ja": 0.9, "zh": 0.08, "en": 0.02}) == (["zh"], None)


def test_two_clear_decodes_in_a_row_settle_it_for_the_turn():
    assert told(CHINESE, CHINESE, ENGLISH) == (["zh", "zh", "zh"], "zh")


def test_one_clear_decode_settles_nothing():
    assert told(ENGLISH, CHINESE, ENGLISH) == (["en", "zh", "en"], None)


def test_doubt_settles_nothing():
    doubt = {"en": 0.6, "zh": 0.3}
    assert told(doubt, doubt, CHINESE) == (["en", "en", "zh"], None)
    assert told({}, {}) == (["en", "en"], None)


def test_a_wake_phrase_alone_settles_nothing():
    assert told(ENGLISH, ENGLISH, CHINESE, seconds=ENOUGH_S - 0.1) == (["en", "en", "zh"], None)


@pytest.mark.parametrize("only", ["en", "zh"])
def test_a_single_language_is_never_asked_for(only):
    assert SpokenLanguage([only]).sure == only


def test_a_new_utterance_is_open_again():
    spoken = SpokenLanguage(["en", "zh"])
    for _ in range(2):
        spoken.add(CHINESE, 3.0)
    spoken.begin()
    assert spoken.sure is None
    assert spoken.add(ENGLISH, 3.0) == "en"


def test_a_language_that_is_known_beforehand_is_not_asked_for_in_that_utterance():
    spoken = SpokenLanguage(("en", "zh"))
    spoken.begin("zh")
    assert spoken.add(ENGLISH, ENOUGH_S) == "zh"
    spoken.begin("fr")  # not among the user's
    assert spoken.sure is None
