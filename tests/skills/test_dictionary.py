"""Words: their meaning by the language model, their letters and sounds by ourselves."""

import pytest

from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import dictionary
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("what does sanguine mean", ("dictionary.define", {"word": "sanguine"})),
        ("define the word serendipity please", ("dictionary.define", {"word": "serendipity"})),
        ("「踌躇」是什么意思", ("dictionary.define", {"word": "踌躇"})),
        ("踌躇这个词是什么意思", ("dictionary.define", {"word": "踌躇"})),
        ("how do you spell necessary", ("dictionary.spell", {"word": "necessary"})),
        ("踌躇怎么写", ("dictionary.spell", {"word": "踌躇"})),
    ],
)
def test_what_people_say(text, meant):
    action, slots = meaning(text)
    assert (action, {"word": slots["word"].strip("「」")}) == meant


async def test_a_word_is_spelled_letter_by_letter():
    assert (await dictionary.spell(FakeContext(), word="the word well-off")).en == "well-off: W, E, L, L, hyphen, O, F, F."


async def test_a_chinese_word_is_spelled_by_its_sounds():
    assert (await dictionary.spell(FakeContext(language="zh"), word="「踌躇」")).zh == "踌躇，拼音是chóu chú。"


async def test_a_meaning_comes_from_the_language_model():
    asked = []
    ctx = FakeContext(model=lambda *given: asked.append(given) or "Cheerful.")
    assert (await dictionary.define(ctx, word="sanguine")).en == "Cheerful."
    assert asked[0][1] == "sanguine"
    assert "English" in asked[0][0]


async def test_without_a_model_it_says_what_is_missing():
    with pytest.raises(CannotDo, match="language model"):
        await dictionary.define(FakeContext(), word="sanguine")


@pytest.mark.parametrize("word", ["", "  ", "?", "x" * 500])
async def test_what_is_no_word_is_refused(word):
    with pytest.raises(CannotDo, match="one word"):
        await dictionary.spell(FakeContext(), word=word)


@pytest.mark.parametrize("row", held_out("dictionary"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    await run(row, FakeContext(language=row["language"], model=lambda *_: "An answer."))
