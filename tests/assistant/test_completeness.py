"""What the words so far are worth."""

from datetime import datetime

import pytest

from assistant.app import open_app
from assistant.completeness import completeness, settled_completeness
from assistant.config import Config, Places
from assistant.vocabulary import Transcript
from assistant.words import language_of
from audio.endpoint import Completeness

NOW = datetime.fromisoformat("2026-11-23T15:00:00+01:00")


@pytest.fixture(scope="module")
def understanding(tmp_path_factory):
    app = open_app(Places(str(tmp_path_factory.mktemp("home"))), Config())
    yield app.understanding
    app.close()


def worth(understanding, text):
    return settled_completeness(understanding, Transcript(text, language_of(text)), NOW)


WORTH = {
    Completeness.COMPLETE: ["tell me a joke", "把卧室的灯关了"],
    Completeness.EXTENSIBLE: ["what time is it", "cancel", "set the volume to thirty percent", "现在几点"],
    Completeness.GROWING: ["set a timer for one hour", "set the volume to thirty", "pick a number between one and ten", "倒计时十分钟"],
    Completeness.LACKING: ["set a timer"],
    Completeness.CUT: [
        *("set a timer for", "set a timer for ten", "remind me to", "add milk and", "turn off the", "pick a number between one"),
        *("um", "set a timer for um", "把客厅的灯", "倒计时十", "提醒我", "那个", "把客厅的灯那个"),
    ],
    Completeness.UNKNOWN: ["", "well i was wondering", "remind me to call mum"],
}


@pytest.mark.parametrize(("expected", "text"), [(worth, text) for worth, texts in WORTH.items() for text in texts])
def test_what_words_are_worth(understanding, expected, text):
    assert worth(understanding, text) is expected


def test_the_classifier_is_asked_only_at_a_pause(understanding):
    free = Transcript("could you maybe wake me at half six", "en")
    assert settled_completeness(understanding, free, NOW).is_whole
    assert not completeness(understanding, free, NOW).is_whole
