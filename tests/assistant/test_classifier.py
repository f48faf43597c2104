"""The classifier: what is shipped is what the phrases teach, it abstains, and a plugin's sentences are learnt on top."""

from datetime import UTC, datetime

import pytest

from assistant.classifier import Lessons
from assistant.classifier.learnt import load
from assistant.classifier.phrases import parse_phrases
from assistant.classifier.shelf import SHIPPED, built_in_phrases, fingerprint
from assistant.errors import PhraseError
from assistant.plugins import load_families, load_file
from assistant.understanding import LANGUAGES, Understanding

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)

PLUGIN = '''
from assistant.skill import Context, Reply, action

@action(
    en=["water the {plant}", "give the {plant} some water", "the {plant} is thirsty", "the {plant} needs watering"],
    zh=["给{plant}浇水", "{plant}该浇水了"],
    ask={"plant": Reply(en="Which plant?", zh="哪盆？")},
)
async def water(ctx: Context, plant: str) -> Reply:
    """Note that a plant was watered.

    Args:
        plant: Which plant.
    """
    return Reply(en="Noted.", zh="好。")
'''


@pytest.fixture(scope="module")
def everything():
    families = load_families()
    return Understanding(families, Lessons(families))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shipped_was_learnt_from_the_phrases(language):
    assert load(SHIPPED / f"{language}.npz")[1] == fingerprint(built_in_phrases(language)), "run: python -m assistant.classifier"


def test_what_is_shipped_is_small():
    assert sum((SHIPPED / f"{language}.npz").stat().st_size for language in LANGUAGES) < 10_000_000


@pytest.mark.parametrize(
    ("text", "language", "action", "slots"),
    [
        ("could you get me out of bed at half six tomorrow", "en", "alarm.set", {"time": "06:30", "date": "2026-11-24"}),
        ("any chance of a sixteen minute timer", "en", "timer.start", {"duration": "PT16M"}),
        ("is it gonna be wet in Leeds tomorrow", "en", "weather.report", {"place": "Leeds", "date": "2026-11-24", "aspect": "rain"}),
        ("it's way too loud in here", "en", "volume.change", {"direction": "down"}),
    ],
)
def test_what_people_say_is_understood(everything, text, language, action, slots):
    intent = everything.understand(text, language, NOW)
    assert (intent.action, intent.slots) == (action, slots)


@pytest.mark.parametrize(
    "text", ["", "blue the seven under walk", "asdf qwer", "and then she said to him", "🙂🙂🙂", "{area} | (a|b)", "x" * 10_000]
)
def test_what_is_nothing_is_left_alone(everything, text):
    assert everything.understand(text, "en", NOW) is None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("is there an alarm for ten in the morning", "alarm.list"),
        ("have i got any alarms before six", "alarm.list"),
    ],
)
def test_what_is_looked_up_may_be_asked_about_any_hour(everything, text, action):
    assert everything.understand(text, "en", NOW).action == action


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("switch the lights to off", "home.turn_off", {"target": "lights"}),
        ("close the kitchen light", "home.turn_off", {"target": "light", "area": "kitchen"}),
        ("open the radio", "media.play", {"kind": "radio"}),
        ("turn the volume to low", "volume.set", {"level": 20}),
        ("turn up the volume of the current track", "volume.change", {"direction": "up"}),
        ("get rid of the bananas on the list", "list.remove", {"items": ["bananas"]}),
        ("open a new packing list", "list.create", {"list": "packing"}),
    ],
)
def test_words_that_other_templates_have_too_mean_what_people_mean(everything, text, action, slots):
    intent = everything.understand(text, "en", NOW)
    assert (intent.action, intent.slots) == (action, slots)


@pytest.mark.parametrize(
    "text", ["let's have a game of draughts", "which concerts are on in Leeds at the weekend", "add Robin to my contacts"]
)
def test_what_nothing_serves_is_left_alone(everything, text):
    intent = everything.understand(text, "en", NOW)
    assert intent is None or intent.action == "chat"


def test_what_is_to_be_done_later_is_not_done_now(everything):
    assert everything.understand("please have the kitchen lamp go off in ten minutes", "en", NOW) is None


def test_a_question_is_chat(everything):
    assert everything.understand("why is the sky blue", "en", NOW).action == "chat"


def test_a_plugin_is_learnt_on_top_and_kept(tmp_path):
    file = tmp_path / "plants.py"
    file.write_text(PLUGIN, encoding="utf-8")
    families = [*load_families(), load_file(file)]
    learnt = Lessons(families, tmp_path).learnt("en")
    assert learnt.guesses("the fern could use some water")[0].action == "plants.water"
    assert learnt.guesses("any chance of a sixteen minute timer")[0].action == "timer.start"
    assert (tmp_path / "learnt.en.npz").is_file()
    kept = Understanding(families, Lessons(families, tmp_path))
    assert kept.understand("the fern could use some water", "en", NOW).action == "plants.water"
    assert kept.understand("she watered down the wine", "en", NOW) is None


@pytest.mark.parametrize(("text", "says"), [("call mum", "no heading"), ("[a.b]\ncall {who}", "brace")])
def test_a_mistake_in_a_phrase_file_is_told_with_its_line(text, says):
    with pytest.raises(PhraseError, match=says):
        parse_phrases(text, "odd.en.txt")
