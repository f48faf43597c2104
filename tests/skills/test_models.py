"""Better models, asked for in words."""

import pytest

from assistant.services import BetterModel, CannotDo
from assistant.testing import FakeContext
from skills.models import improve, progress

BETTER = [BetterModel("qwen2.5-1.5b", "llm", 1117), BetterModel("whisper-base", "asr", 148)]


async def test_it_asks_before_anything_is_fetched_and_says_how_much_it_is():
    ctx = FakeContext(better=BETTER)
    asked = await improve(ctx)
    assert asked.en == (
        "This machine can run qwen2.5-1.5b, which answers questions and whisper-base, which hears better: 1,265 megabytes from the "
        "internet. Shall I fetch them?"
    )
    assert "qwen2.5-1.5b（回答问题），whisper-base（听得更准）" in asked.zh
    assert not ctx.coming


async def test_after_a_yes_they_come_and_undo_stops_that():
    ctx = FakeContext(better=BETTER, confirmed=True)
    reply = await improve(ctx)
    assert "as soon as it is here" in reply.en
    assert ctx.coming == "qwen2.5-1.5b 0 %"
    assert (await progress(ctx)).en == "They are on their way: qwen2.5-1.5b 0 %."
    assert (await improve(ctx)).en == "That is under way: qwen2.5-1.5b 0 %."


async def test_nothing_better_is_said():
    with pytest.raises(CannotDo, match="in use already"):
        await improve(FakeContext())
    assert (await progress(FakeContext())).zh == "现在没有在下载模型。"
