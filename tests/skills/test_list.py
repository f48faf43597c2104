"""Lists: things go on and come off, every change is taken back, nothing is cleared without a yes."""

import pytest

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import list as lists
from skills.listing import cleaned, named
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.fixture
def ctx():
    return FakeContext()


async def shopping(ctx):
    return next((each.data["items"] for each in await ctx.records("list").all() if each.data["name"] == "shopping"), None)


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        ("add milk and eggs to the shopping list", "add", {"items": ["milk", "eggs"], "list": "shopping"}),
        ("add 'set a timer' to my list", "add", {"items": ["set a timer"]}),
        ("we're out of bin bags", "add", {"items": ["bin bags"]}),
        ("把牛奶加到购物清单", "add", {"items": ["牛奶"], "list": "购物"}),
        ("购物清单里加上牛奶和鸡蛋", "add", {"items": ["牛奶", "鸡蛋"], "list": "购物"}),
        ("take eggs off my list", "remove", {"items": ["eggs"]}),
        ("从清单里删掉鸡蛋", "remove", {"items": ["鸡蛋"]}),
        ("what's on my to-do list", "read", {"list": "to-do"}),
        ("购物清单上有什么", "read", {"list": "购物"}),
        ("clear the shopping list", "clear", {"list": "shopping"}),
        ("清空购物清单", "clear", {"list": "购物"}),
        ("create a party list", "create", {"list": "party"}),
        ("新建一个行李清单", "create", {"list": "行李"}),
    ],
)
def test_what_people_say(text, action, slots):
    assert meaning(text) == (f"list.{action}", slots)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my grocery list", "shopping"),
        ("买菜", "shopping"),
        ("to do", "to-do"),
        ("待办事项", "to-do"),
        ("the Party list", "party"),
        ("", ""),
    ],
)
def test_one_list_has_many_names(said, name):
    assert named(said) == name


def test_words_before_a_thing_are_no_part_of_it():
    assert cleaned(["some milk", "the eggs", "一些 面包", " ", "Milk"]) == ["milk", "eggs", "面包"]


async def test_things_are_added_once_and_taken_back(ctx):
    reply = await lists.add(ctx, items=["milk", "eggs"])
    assert reply.en == "Added milk and eggs to the shopping list."
    again = await lists.add(ctx, items=["Egg", "bread"], list="groceries")
    assert await shopping(ctx) == ["milk", "eggs", "bread"]
    await take_back(ctx, again.undo)
    assert await shopping(ctx) == ["milk", "eggs"]
    await take_back(ctx, reply.undo)
    assert await shopping(ctx) is None


async def test_things_come_off_and_go_back_to_their_place(ctx):
    await lists.add(ctx, items=["milk", "eggs", "bread"])
    reply = await lists.remove(ctx, items=["egg", "cheese"])
    assert reply.en == "I took eggs off the shopping list. Cheese wasn't on it."
    await take_back(ctx, reply.undo)
    assert await shopping(ctx) == ["milk", "eggs", "bread"]


async def test_the_last_one_is_a_place(ctx):
    await lists.add(ctx, items=["milk", "eggs"])
    await lists.remove(ctx, items=["the last one"])
    assert await shopping(ctx) == ["milk"]


async def test_of_several_that_fit_one_is_asked_for(ctx):
    await lists.add(ctx, items=["oat milk", "cow milk"])
    question = await lists.remove(ctx, items=["milk"])
    assert isinstance(question, Question)
    assert question.slot == "items"


async def test_a_list_is_cleared_after_a_yes_and_filled_again(ctx):
    await lists.add(ctx, items=["milk"])
    assert isinstance(await lists.clear(ctx, list="shopping"), Question)
    assert await shopping(ctx) == ["milk"]
    ctx.confirmed = True
    reply = await lists.clear(ctx, list="shopping")
    await lists.add(ctx, items=["bread"])
    await take_back(ctx, reply.undo)
    assert await shopping(ctx) == ["milk", "bread"]


async def test_everything_off_a_list_is_clearing_it(ctx):
    await lists.add(ctx, items=["milk", "eggs"])
    assert isinstance(await lists.remove(ctx, items=["everything"]), Question)


async def test_a_long_list_is_not_read_to_its_end(ctx):
    await lists.add(ctx, items=[f"thing {number}" for number in range(500)])
    reply = await lists.read(ctx)
    assert "500 things" in reply.en
    assert "488 more" in reply.en


async def test_a_misheard_name_still_finds_its_list(ctx):
    await lists.create(ctx, list="camping")
    await lists.add(ctx, items=["tent"], list="campin")
    assert [each.data["name"] for each in await ctx.records("list").all()] == ["camping"]


async def test_a_list_that_is_not_there_is_told_with_those_that_are(ctx):
    await lists.create(ctx, list="camping")
    with pytest.raises(CannotDo, match="There is no birthday list"):
        await lists.read(ctx, list="birthday")


@pytest.mark.parametrize("row", held_out("list"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row, ctx):
    ctx.language = row["language"]
    await lists.add(ctx, items=["milk"])
    await run(row, ctx)
