"""Translations: the language is known by its names in both languages, the words go to the language model."""

import pytest

from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import translate
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("how do you say thank you in French", {"text": "thank you", "to": "French"}),
        ("what's the German word for hedgehog", {"text": "hedgehog", "to": "German"}),
        ("translate good morning to Brazilian Portuguese", {"text": "good morning", "to": "Brazilian Portuguese"}),
        ("谢谢用英语怎么说", {"text": "谢谢", "to": "英语"}),
        ("把我爱你翻译成日语", {"text": "我爱你", "to": "日语"}),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == ("translate.text", meant)


async def test_the_model_is_told_the_language():
    asked = []
    ctx = FakeContext(model=lambda *given: asked.append(given) or "merci")
    assert (await translate.text(ctx, to="法语", text="thank you")).zh == "merci"
    assert "French" in asked[0][0]


async def test_without_words_the_clipboard_is_translated():
    ctx = FakeContext(model=lambda _, text: text.upper(), copied="hello")
    assert (await translate.text(ctx, to="french")).en == "HELLO"


async def test_nothing_to_translate_is_said():
    with pytest.raises(CannotDo, match="copy it first"):
        await translate.text(FakeContext(), to="french")


async def test_an_unknown_language_is_named():
    with pytest.raises(CannotDo, match="Klingon"):
        await translate.text(FakeContext(), to="Klingon", text="hello")


@pytest.mark.parametrize("row", held_out("translate"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    await run(row, FakeContext(language=row["language"], model=lambda *_: "An answer."))
