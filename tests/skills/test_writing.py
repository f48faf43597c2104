"""Help with texts: what was copied goes to the language model and comes back on the clipboard."""

import pytest

from assistant.skill import CannotDo
from assistant.testing import FakeContext, take_back
from skills import writing
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("make this sound friendlier", ("writing.rewrite", {"tone": "friendlier"})),
        ("rewrite this", ("writing.rewrite", {})),
        ("帮我润色这段话", ("writing.rewrite", {})),
        ("summarize this", ("writing.summarise", {})),
        ("总结一下这段话", ("writing.summarise", {})),
        ("proofread this", ("writing.proofread", {})),
        ("检查一下这段话有没有错别字", ("writing.proofread", {})),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == meant


async def test_a_text_is_rewritten_on_the_clipboard_and_back():
    ctx = FakeContext(model=lambda instruction, text: f"{text}, kindly" if "friendlier" in instruction else text, copied="Pay up")
    reply = await writing.rewrite(ctx, tone="friendlier")
    assert (ctx.copied, reply.en) == ("Pay up, kindly", "It's on your clipboard: Pay up, kindly")
    await take_back(ctx, reply.undo)
    assert ctx.copied == "Pay up"


async def test_a_faultless_text_is_left_alone():
    ctx = FakeContext(model=lambda _, text: text, copied="All good.")
    reply = await writing.proofread(ctx)
    assert reply.en == "I found no mistakes."
    assert reply.undo is None


async def test_a_long_result_is_not_read_out():
    ctx = FakeContext(model=lambda *_: "word " * 100, copied="x")
    assert (await writing.rewrite(ctx)).en == "It's on your clipboard."


@pytest.mark.parametrize(
    ("ctx", "says"),
    [
        (FakeContext(copied=None), "clipboard"),
        (FakeContext(copied="  "), "Copy the text first"),
        (FakeContext(copied="x" * 30_000), "too long"),
        (FakeContext(copied="hello"), "language model"),
        (FakeContext(copied="hello", model=lambda *_: " "), "no answer"),
    ],
)
async def test_what_is_missing_is_said(ctx, says):
    with pytest.raises(CannotDo, match=says):
        await writing.rewrite(ctx)


@pytest.mark.parametrize("row", held_out("writing"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    await run(row, FakeContext(language=row["language"], model=lambda *_: "An answer.", copied="some text"))
