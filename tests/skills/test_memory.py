"""What the user wants remembered: recalled by other words than it was said in, forgotten only after a yes."""

import pytest

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import memory
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.fixture
def ctx():
    return FakeContext()


async def knowing(ctx, *facts):
    for fact in facts:
        await memory.remember(ctx, fact=fact)
    return ctx


async def facts(ctx):
    return [each.data["text"] for each in await ctx.records("fact").all()]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("remember that I'm allergic to peanuts", ("memory.remember", {"fact": "I'm allergic to peanuts"})),
        ("I'm gluten free, keep that in mind", ("memory.remember", {"fact": "I'm gluten free"})),
        ("记住我的车停在三楼", ("memory.remember", {"fact": "我的车停在三楼"})),
        ("储物柜号码是218，帮我记住", ("memory.remember", {"fact": "储物柜号码是218"})),
        ("where did I park", ("memory.recall", {"query": "park"})),
        ("where did I put my passport", ("memory.recall", {"query": "passport"})),
        ("what did I tell you about the boiler", ("memory.recall", {"query": "boiler"})),
        ("what do you know about me", ("memory.recall", {})),
        ("你都记住了什么", ("memory.recall", {})),
        ("我把护照放哪儿了", ("memory.recall", {"query": "护照"})),
        ("forget that I parked on level 3", ("memory.forget", {"query": "I parked on level 3"})),
        ("forget everything you know about me", ("memory.forget", {})),
        ("忘掉我的车停在三楼", ("memory.forget", {"query": "我的车停在三楼"})),
        ("清空你的记忆", ("memory.forget", {})),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == meant


@pytest.mark.parametrize("row", held_out("memory"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_answered(row):
    await run(row, await knowing(FakeContext(row["language"]), "the tent is at Robin's house", "帐篷在罗宾家"))


async def test_a_fact_is_said_back_once_and_can_be_taken_back(ctx):
    reply = await memory.remember(ctx, fact="I parked on level 3.")
    assert reply.en == "I'll remember: I parked on level 3."
    again = await memory.remember(ctx, fact="i parked on level 3")
    assert again.en.startswith("I know already")
    assert again.undo is None
    assert len(await facts(ctx)) == 1
    await take_back(ctx, reply.undo)
    assert await facts(ctx) == []


async def test_nothing_to_remember_is_asked_for(ctx):
    question = await memory.remember(ctx)
    assert (question.slot, question.verbatim) == ("fact", True)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("park", "I parked on level 3"),
        ("where I parked", "I parked on level 3"),
        ("my sister's birthday", "my sister's birthday is the fourth of june"),
        ("locker", "my locker number is 218"),
        ("备用钥匙", "备用钥匙在花盆底下"),
        ("我的钥匙", "备用钥匙在花盆底下"),
    ],
)
async def test_a_fact_is_recalled_by_what_it_is_about(ctx, query, answer):
    await knowing(ctx, "I parked on level 3", "my sister's birthday is the fourth of june", "my locker number is 218", "备用钥匙在花盆底下")
    assert (await memory.recall(ctx, query=query)).en == f"You told me: {answer}."


async def test_the_newest_of_equal_facts_comes_first(ctx):
    await knowing(ctx, "I parked on level 3", "I parked on level 5")
    assert (await memory.recall(ctx, query="park")).en == "You told me: I parked on level 5. I parked on level 3."


async def test_a_half_fitting_fact_is_told_as_no_more_than_that(ctx):
    await knowing(ctx, "my sister's birthday is the fourth of june")
    assert (await memory.recall(ctx, query="Leo's birthday")).en.startswith("The closest thing you told me is: my sister's")


async def test_what_was_never_told_is_not_made_up(ctx):
    assert "haven't asked me" in (await memory.recall(ctx, query="shoe size")).en
    await knowing(ctx, "I parked on level 3")
    assert (await memory.recall(ctx, query="shoe size")).en == "You haven't told me anything about shoe size."


@pytest.mark.parametrize("query", ["", "me", "everything", "我的一切"])
async def test_everything_is_told_latest_first(ctx, query):
    await knowing(ctx, *(f"fact {number}" for number in range(7)))
    assert (await memory.recall(ctx, query=query)).en == ("You asked me to remember: fact 6. fact 5. fact 4. fact 3. fact 2. And 2 more.")


async def test_forgetting_asks_first_and_comes_back(ctx):
    await knowing(ctx, "I parked on level 3", "my locker number is 218")
    question = await memory.forget(ctx, query="my locker number")
    assert isinstance(question, Question)
    assert question.slot is None
    assert "218" in question.en
    ctx.confirmed = True
    reply = await memory.forget(ctx, query="my locker number")
    assert await facts(ctx) == ["I parked on level 3"]
    await take_back(ctx, reply.undo)
    assert len(await facts(ctx)) == 2


async def test_forgetting_everything_says_how_much_that_is(ctx):
    await knowing(ctx, "a cat", "a dog")
    assert (await memory.forget(ctx)).en == "Forget all 2 things you told me?"
    ctx.confirmed = True
    reply = await memory.forget(ctx)
    assert await facts(ctx) == []
    await take_back(ctx, reply.undo)
    assert await facts(ctx) == ["a cat", "a dog"]


async def test_of_two_that_fit_it_asks_which_even_after_a_yes(ctx):
    await knowing(ctx, "I parked on level 3", "I parked on level 5")
    ctx.confirmed = True
    question = await memory.forget(ctx, query="park")
    assert question.slot == "query"
    assert len(await facts(ctx)) == 2


async def test_what_is_not_known_cannot_be_forgotten(ctx):
    with pytest.raises(CannotDo, match="nothing to forget"):
        await memory.forget(ctx, query="park")
    await knowing(ctx, "I parked on level 3")
    with pytest.raises(CannotDo, match="about shoe size"):
        await memory.forget(ctx, query="shoe size")


@pytest.mark.parametrize("text", ["x" * 20_000, "😀🎉", "{fact} <rule> [a|b]", "\x00\x07", "שלום עולם"])
async def test_garbage_raises_nothing(ctx, text):
    await memory.remember(ctx, fact=text)
    await memory.recall(ctx, query=text)
    await memory.recall(ctx, query="(((")
