"""Notes: written as said, found by any word, never deleted without a yes."""

from datetime import timedelta

import pytest

from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext, take_back
from skills import note
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning


@pytest.fixture
def ctx():
    return FakeContext()


async def noted(ctx, *texts):
    for text in texts:
        await note.take(ctx, text=text)
    return ctx


async def texts(ctx):
    return [each.data["text"] for each in await ctx.records("note").all()]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("note that the boiler code is 4711", ("note.take", {"text": "the boiler code is 4711"})),
        ("Take a note: ring the school about the trip", ("note.take", {"text": "ring the school about the trip"})),
        ("take a note", ("note.take", {})),
        ("make a note that the neighbours are away", ("note.take", {"text": "the neighbours are away"})),
        ("记一下锅炉密码是4711", ("note.take", {"text": "锅炉密码是4711"})),
        ("记个笔记，门禁密码九二二一", ("note.take", {"text": "门禁密码九二二一"})),
        ("find my note about the boiler", ("note.find", {"text": "boiler"})),
        ("what notes do I have", ("note.find", {})),
        ("找一下关于锅炉的笔记", ("note.find", {"text": "锅炉"})),
        ("我有哪些笔记", ("note.find", {})),
        ("delete my note about the boiler", ("note.delete", {"text": "boiler"})),
        ("delete all my notes", ("note.delete", {})),
        ("删掉关于锅炉的笔记", ("note.delete", {"text": "锅炉"})),
        ("清空我的笔记", ("note.delete", {})),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == meant


@pytest.mark.parametrize("row", held_out("note"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_answered(row):
    await run(row, await noted(FakeContext(row["language"]), "the tyre pressure should be 2.4", "胎压应该打到二点四"))


async def test_a_note_is_said_back_and_can_be_taken_back(ctx):
    reply = await note.take(ctx, text="  the boiler   code is 4711. ")
    assert reply.en == "Noted: the boiler code is 4711."
    assert reply.zh == "记下了：the boiler code is 4711。"
    await take_back(ctx, reply.undo)
    assert await texts(ctx) == []


@pytest.mark.parametrize("text", ["", "  ", "...", "。"])
async def test_nothing_to_write_is_asked_for_and_the_answer_taken_word_for_word(ctx, text):
    question = await note.take(ctx, text=text)
    assert (question.slot, question.verbatim) == ("text", True)
    assert await texts(ctx) == []


async def test_a_note_is_found_by_any_of_its_words_in_any_ending(ctx):
    await noted(ctx, "the boiler code is 4711", "plumber wants ninety quid", "胎压应该打到二点四")
    for words in ("boiler", "codes", "BOILER CODE", "the note about the boiler", "boilr"):
        assert "4711" in (await note.find(ctx, text=words)).en
    for words in ("胎压", "关于胎压", "胎压那条"):
        assert "二点四" in (await note.find(ctx, text=words)).zh


async def test_the_note_that_has_more_of_the_words_comes_first(ctx):
    await noted(ctx, "garden shed key is under the pot", "garden centre shuts at six", "car key is in the drawer")
    said = (await note.find(ctx, text="garden key")).en
    assert said.startswith("3 notes. garden shed key")


async def test_without_notes_it_says_so(ctx):
    assert (await note.find(ctx)).en == "You have no notes yet."
    assert (await note.find(ctx, text="boiler")).zh == "还没有笔记。"
    with pytest.raises(CannotDo, match="no notes"):
        await note.delete(ctx)


async def test_what_is_in_no_note_is_told(ctx):
    await noted(ctx, "the boiler code is 4711")
    assert (await note.find(ctx, text="the roof")).en == "I found no note about roof."


async def test_the_latest_are_read_out_with_the_day_they_were_written(ctx):
    await noted(ctx, "one", "two")
    ctx.now += timedelta(days=1)
    await noted(ctx, "three", "four")
    said = (await note.find(ctx)).en
    assert said == "You have 4 notes, the latest 3 are: four. three. on Monday, November 23: two. And 1 more."
    assert (await note.find(ctx, text="the first one")).en.endswith("one.")


async def test_deleting_asks_first_and_comes_back(ctx):
    await noted(ctx, "the boiler code is 4711", "call Ann")
    question = await note.delete(ctx, text="the boiler")
    assert isinstance(question, Question)
    assert question.slot is None
    assert "4711" in question.en
    assert len(await texts(ctx)) == 2
    ctx.confirmed = True
    reply = await note.delete(ctx, text="the boiler")
    assert await texts(ctx) == ["call Ann"]
    await take_back(ctx, reply.undo)
    assert sorted(await texts(ctx)) == ["call Ann", "the boiler code is 4711"]


async def test_of_two_that_fit_it_asks_which(ctx):
    await noted(ctx, "boiler code is 4711", "boiler service in May")
    question = await note.delete(ctx, text="boiler")
    assert question.slot == "text"
    assert "4711" in question.en
    assert "May" in question.en
    assert "4711" in (await note.delete(ctx, text="code")).en


async def test_without_words_it_asks_whether_all_or_the_last(ctx):
    await noted(ctx, "one", "two", "three")
    question = await note.delete(ctx)
    assert question.slot == "text"
    assert "three" in question.en
    assert (await note.delete(ctx, text="the last one")).en == 'Delete the note "three"?'
    assert (await note.delete(ctx, text="全部")).zh == "3条笔记全部删除吗？"
    ctx.confirmed = True
    reply = await note.delete(ctx, text="all of them")
    assert await texts(ctx) == []
    await take_back(ctx, reply.undo)
    assert await texts(ctx) == ["one", "two", "three"]


async def test_a_note_that_is_not_there_is_not_deleted(ctx):
    await noted(ctx, "one")
    with pytest.raises(CannotDo, match="nothing was deleted"):
        await note.delete(ctx, text="roof")
    assert await texts(ctx) == ["one"]


@pytest.mark.parametrize("text", ["x" * 20_000, "😀🎉", "{text} <rule> [a|b]", "\x00\x07", "שלום עולם", "a" * 41 + " " * 5000])
async def test_garbage_is_kept_short_and_found_without_a_fault(ctx, text):
    await note.take(ctx, text=text)
    assert all(len(each) <= note.LONGEST for each in await texts(ctx))
    await note.find(ctx, text=text)
    await note.find(ctx, text="(((")
