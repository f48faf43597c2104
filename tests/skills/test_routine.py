"""Routines: made by saying what a name shall do, run by the name, asked about before they are replaced."""

import pytest

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import routine
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.fixture
def ctx():
    return FakeContext()


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("good night", "run", {"name": "good night"}),
        ("晚安", "run", {"name": "晚安"}),
        ("我要睡觉了", "run", {"name": "晚安"}),
        ("i'm leaving", "run", {"name": "i'm leaving"}),
        ("run my morning routine", "run", {"name": "morning"}),
        ("执行周末例程", "run", {"name": "周末"}),
        ("create a routine", "create", {}),
        ("create a routine called camping", "create", {"name": "camping"}),
        (
            "when i say tea break, pause the music and start a ten minute timer",
            "create",
            {"name": "tea break", "steps": ["pause the music", "start a ten minute timer"]},
        ),
        ("新建一个叫午休的例程", "create", {"name": "午休"}),
    ],
)
def test_what_people_say(text, action, slots):
    assert meaning(text) == (f"routine.{action}", slots)


async def test_a_routine_says_what_comes_next(ctx):
    await routine.create(ctx, name="Tea break", steps=["pause the music, then start a ten minute timer"])
    assert (await routine.run(ctx, name="my tea break routine")).then == ("pause the music", "start a ten minute timer")


async def test_its_name_alone_is_taught(ctx):
    await routine.create(ctx, name="收摊", steps=["关灯", "再关电视"])
    assert [record.data["said"] for record in await ctx.records("phrase").all()] == ["收摊"]
    assert (await routine.run(ctx, name="收摊")).then == ("关灯", "关电视")


async def test_the_same_moment_has_one_routine_in_both_languages(ctx):
    await routine.create(ctx, name="good night", steps=["turn off the lights"])
    assert (await routine.run(ctx, name="我要睡觉了")).then == ("turn off the lights",)


async def test_making_one_is_taken_back(ctx):
    reply = await routine.create(ctx, name="camping", steps=["lock the door"])
    await take_back(ctx, reply.undo)
    assert await ctx.records("routine").all() == []
    assert await ctx.records("phrase").all() == []


async def test_another_of_the_same_name_replaces_it_after_a_yes(ctx):
    await routine.create(ctx, name="camping", steps=["lock the door"])
    assert isinstance(await routine.create(ctx, name="camping", steps=["flip a coin"]), Question)
    ctx.confirmed = True
    reply = await routine.create(ctx, name="camping", steps=["flip a coin"])
    assert (await routine.run(ctx, name="camping")).then == ("flip a coin",)
    await take_back(ctx, reply.undo)
    assert (await routine.run(ctx, name="camping")).then == ("lock the door",)


async def test_what_is_missing_is_asked_and_taken_as_said(ctx):
    name = await routine.create(ctx)
    steps = await routine.create(ctx, name="camping")
    assert (name.slot, name.verbatim, steps.slot, steps.verbatim) == ("name", True, "steps", True)


@pytest.mark.parametrize(("name", "steps", "says"), [("x" * 60, ["flip a coin"], "shorter"), ("camping", ["flip a coin"] * 13, "13 steps")])
async def test_nonsense_is_refused(ctx, name, steps, says):
    with pytest.raises(CannotDo, match=says):
        await routine.create(ctx, name=name, steps=steps)


@pytest.mark.parametrize(
    ("name", "says"), [("good night", "You haven't told me"), ("晚安", "You haven't told me"), ("moonwalk", "no routine called moonwalk")]
)
async def test_one_that_is_not_there_says_how_to_make_it(ctx, name, says):
    with pytest.raises(CannotDo, match=says):
        await routine.run(ctx, name=name)


@pytest.mark.parametrize("row", held_out("routine"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row, ctx):
    ctx.language = row["language"]
    await run(row, ctx)


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("delete the movie time routine", "delete", {"name": "movie time"}),
        ("get rid of my morning routine", "delete", {"name": "morning"}),
        ("把午休例程删了", "delete", {"name": "午休"}),
        ("what routines do I have", "list", {}),
        ("what does the morning routine do", "list", {"name": "morning"}),
        ("我有哪些例程", "list", {}),
    ],
)
def test_routines_are_told_and_deleted(text, action, slots):
    assert meaning(text) == (f"routine.{action}", slots)


async def test_a_routine_is_deleted_after_a_yes_with_the_words_that_start_it_and_brought_back(ctx):
    await routine.create(ctx, name="tea break", steps=["pause the music then start a ten minute timer"])
    assert isinstance(await routine.delete(ctx, name="tea break"), Question)
    assert len(await ctx.records("routine").all()) == 1
    ctx.confirmed = True
    reply = await routine.delete(ctx, name="my tea break routine")
    assert "deleted" in reply.en
    assert not await ctx.records("routine").all()
    assert not await ctx.records("phrase").all()
    await take_back(ctx, reply.undo)
    assert (await routine.run(ctx, name="tea break")).then == ("pause the music", "start a ten minute timer")
    assert len(await ctx.records("phrase").all()) == 1
    with pytest.raises(CannotDo):
        await routine.delete(ctx, name="camping")


async def test_routines_are_listed(ctx):
    assert "no routines" in (await routine.list_(ctx)).en
    await routine.create(ctx, name="movie night", steps=["turn off the lights"])
    await routine.create(ctx, name="camping", steps=["flip a coin"])
    assert (await routine.list_(ctx)).en == "You have 2 routines: movie time and camping."
    assert (await routine.list_(ctx)).zh == "有2个例程：看电影时间、camping。"
    assert (await routine.list_(ctx, name="camping")).en == "camping: flip a coin."
