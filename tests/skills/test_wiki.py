"""Wikipedia: the beginning of the right article, which one when there are several, and that there is none."""

import json
from datetime import timedelta

import pytest

from assistant import wire
from assistant.skill import CannotDo, Question
from assistant.testing import FakeContext
from skills import wiki
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning
from tests.skills.web import WebContext, standing_in

ADA = (
    "Augusta Ada King, Countess of Lovelace (née Byron; 10 December 1815 – 27 November 1852), also known as Ada Lovelace, was an English "
    "mathematician and writer. She was the first to see that the machine of C. Babbage could do more than sums. "
    "Lovelace was the only legitimate child of Lord Byron.\nA second paragraph."
)
LI_BAI = "李白（701年—762年），字太白，号青莲居士，是唐代诗人。他被后人称为诗仙。他写了许多诗。"


def page(index, title, extract="Something.", **props):
    return {"pageid": 900 + index, "ns": 0, "title": title, "index": index, "extract": extract} | ({"pageprops": props} if props else {})


def found(*pages):
    """Return an answer as MediaWiki gives it, its pages in no order."""
    return {"batchcomplete": True, "continue": {"gsroffset": 6}, "query": {"pages": list(reversed(pages))}}


MERCURY = found(
    page(1, "Mercury", "Mercury most commonly refers to:", disambiguation=""),
    page(2, "Mercury (planet)", "Mercury is the first planet from the Sun. It is small."),
    page(3, "Mercury (element)", "Mercury is a metal. It is liquid."),
    page(4, "Freddie Mercury", "Freddie Mercury was a singer. He sang."),
    page(5, "Project Mercury"),
)


def context(answer, language="en"):
    return FakeContext(language, web={wiki.ADDRESS[language]: json.dumps(answer)})


async def said(ctx, topic):
    return (await wiki.lookup(ctx, topic=topic)).text(ctx.language)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("who was Ada Lovelace", "Ada Lovelace"),
        ("tell me about the great barrier reef", "great barrier reef"),
        ("look up Angkor Wat on wikipedia", "Angkor Wat"),
        ("what's a pangolin", "pangolin"),
        ("介绍一下李白", "李白"),
        ("岳飞是谁", "岳飞"),
        ("什么是区块链", "区块链"),
        ("查查西湖的百科", "西湖"),
    ],
)
def test_what_people_say(text, topic):
    assert meaning(text) == ("wiki.lookup", {"topic": topic})


@pytest.mark.parametrize(
    "text", ["who are you", "who is it", "who's singing", "what's a third of 27", "tell me about my day", "你是谁", "歌手是谁"]
)
def test_what_is_no_topic(text):
    assert meaning(text) is None or meaning(text)[0] != "wiki.lookup"


@pytest.mark.parametrize("row", held_out("wiki"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_told(row):
    answer = found(page(1, "Anything", "It is a thing. It is well known."))
    assert not isinstance(await run(row, context(answer, row["language"])), CannotDo | Question)


async def test_two_sentences_are_told_without_how_a_name_sounds():
    assert await said(context(found(page(1, "Ada Lovelace", ADA))), "ada lovelace") == (
        "Augusta Ada King, Countess of Lovelace, also known as Ada Lovelace, was an English mathematician and writer. "
        "She was the first to see that the machine of C. Babbage could do more than sums."
    )
    assert (
        await said(context(found(page(1, "李白", LI_BAI)), "zh"), "李白")
        == "李白（701年—762年），字太白，号青莲居士，是唐代诗人。他被后人称为诗仙。"
    )


async def test_a_long_beginning_is_cut_at_a_word():
    text = await said(context(found(page(1, "Long", "word " * 300))), "long")
    assert len(text) <= wiki.LONGEST + 1
    assert text.endswith("word…")


async def test_the_article_of_that_name_is_told_before_others():
    answer = found(page(1, "Icelandic horse", "A horse. Small."), page(2, "Iceland", "An island. Cold."))
    assert await said(context(answer), "iceland") == "An island. Cold."
    assert await said(context(answer), "icelandic") == "A horse. Small."


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("the planet", "Mercury is the first planet"),
        ("the second one", "Mercury is a metal"),
        ("Freddie", "Freddie Mercury"),
        ("the last one", "Fred"),
    ],
)
async def test_of_several_things_of_one_name_the_one_meant_is_asked_for(answer, told):
    ctx = context(MERCURY)
    question = await wiki.lookup(ctx, topic="mercury")
    assert question.slot == "topic"
    assert question.en == "Several things are called Mercury. Do you mean Mercury (planet), Mercury (element) or Freddie Mercury?"
    assert (await said(ctx, answer)).startswith(told)


async def test_an_answer_comes_soon_or_is_another_question():
    ctx = context(MERCURY)
    await wiki.lookup(ctx, topic="mercury")
    ctx.now += timedelta(minutes=10)
    ctx.web = {wiki.ADDRESS["en"]: json.dumps(found(page(1, "Planet", "A planet is round. It moves.")))}
    assert await said(ctx, "the planet") == "A planet is round. It moves."


async def test_a_list_of_names_alone_asks_to_say_more():
    with pytest.raises(CannotDo, match="Say more"):
        await said(context(found(page(1, "Xy", "Xy may be:", disambiguation=""))), "xy")


@pytest.mark.parametrize("answer", [{"batchcomplete": True}, {"batchcomplete": True, "query": {"pages": []}}])
async def test_what_wikipedia_does_not_have_is_named(answer):
    with pytest.raises(CannotDo, match="nothing about qwxyz") as caught:
        await said(context(answer), "qwxyz")
    assert "qwxyz" in caught.value.zh


@pytest.mark.parametrize("topic", ["", "   ", "?", "。"])
async def test_nothing_to_look_up_is_asked_for(topic):
    assert (await wiki.lookup(FakeContext(), topic=topic)).slot == "topic"


async def test_each_language_has_its_own_wikipedia():
    ctx = context(found(page(1, "李白", LI_BAI)), "zh")
    await said(ctx, "李白的生平")
    url, parameters = ctx.fetched[0]
    assert url.startswith("https://zh.")
    assert (parameters["gsrsearch"], parameters["variant"]) == ("李白", "zh-cn")


async def test_it_works_over_a_real_connection():
    with standing_in(**{"w/api.php": found(page(1, "Iceland", "An island. Cold. Far."))}) as web:
        assert await said(WebContext(web), "iceland") == "An island. Cold."
    assert web.asked[0][1]["gsrsearch"] == "iceland"


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "<html>",
        "[]",
        b"\xff\x00",
        {"query": {"pages": [{"no": "title"}]}},
        {"error": {"code": "maxlag", "info": "busy"}},
        404,
        302,
        500,
    ],
)
async def test_what_is_no_answer_is_said_so(answer):
    with standing_in(**{"w/api.php": answer}) as web:
        with pytest.raises(CannotDo):
            await said(WebContext(web), "iceland")


async def test_a_wikipedia_that_is_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.2)
    with standing_in(**{"w/api.php": "silence"}) as web:
        with pytest.raises(CannotDo, match="did not answer"):
            await said(WebContext(web), "iceland")
