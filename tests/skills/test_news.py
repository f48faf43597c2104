"""The news: headlines of the feeds that were chosen, those about one thing, and feeds that are none."""

from pathlib import Path

import pytest

from assistant import wire
from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import news
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning
from tests.skills.web import WebContext, standing_in

ONE, TWO = "https://one.example/rss", "https://two.example/atom"


def rss(*items, title="One News"):
    """Return a feed as newspapers serve it: an item is a headline, with a summary or without."""
    body = "".join(
        f"<item><title><![CDATA[{headline}]]></title><description>{summary}</description><guid>{number}</guid>"
        "<pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate></item>"
        for number, (headline, summary) in enumerate(item if isinstance(item, tuple) else (item, "") for item in items)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{title}</title>{body}</channel></rss>'


ATOM = (
    '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Two</title>'
    '<entry><title type="html">A &lt;b&gt;bold&lt;/b&gt; plan &amp;amp; a quiet one</title><summary>Of towns.</summary></entry></feed>'
)

STORIES = rss(
    "Parliament votes on trains",
    ("Rocket lands on the moon", "The space agency is glad."),
    "Rain in the north",
    "A cat comes home",
    "Bread is dearer",
)


def context(*feeds, language="en", **web):
    return FakeContext(language, settings={"feeds": list(feeds)} if feeds else {}, web=web or {ONE: STORIES})


async def said(ctx, **slots):
    return (await news.read(ctx, **slots)).text(ctx.language)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("what's the news", {}),
        ("read me the headlines", {}),
        ("any news about space", {"topic": "space"}),
        ("what's the latest on the wildfires", {"topic": "wildfires"}),
        ("give me the business headlines", {"topic": "business"}),
        ("今天有什么新闻", {}),
        ("播新闻", {}),
        ("来点科技新闻", {"topic": "科技"}),
        ("有没有关于火星的新闻", {"topic": "火星"}),
    ],
)
def test_what_people_say(text, slots):
    assert meaning(text) == ("news.read", slots)


@pytest.mark.parametrize("row", held_out("news"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_answered(row):
    await run(row, context(ONE, language=row["language"]))


async def test_the_first_headlines_are_read_with_where_they_are_from():
    assert await said(context(ONE)) == (
        "From One News. Parliament votes on trains. Rocket lands on the moon. Rain in the north. A cat comes home."
    )
    chinese = rss("甲地通车", "乙地下雪了！", title="某报")
    assert await said(context(ONE, language="zh", **{ONE: chinese})) == "某报。甲地通车。乙地下雪了！"


@pytest.mark.parametrize("topic", ["today", "The latest news", "头条"])
async def test_a_topic_that_is_none_means_all(topic):
    assert "Parliament" in await said(context(ONE), topic=topic)


@pytest.mark.parametrize(
    ("topic", "headline"), [("space", "Rocket lands"), ("the trains", "Parliament"), ("news about bread", "Bread"), ("rain", "Rain")]
)
async def test_what_is_about_one_thing_is_found_in_headlines_and_summaries(topic, headline):
    answer = await said(context(ONE), topic=topic)
    assert answer.startswith(f"From One News. {headline}")
    assert answer.count(".") == 2


async def test_that_there_is_nothing_about_it_is_said_with_where_was_looked():
    with pytest.raises(CannotDo, match="nothing about cricket in the latest from One News") as caught:
        await said(context(ONE), topic="cricket")
    assert "cricket" in caught.value.zh


async def test_feeds_take_turns_and_no_headline_comes_twice():
    both = {ONE: rss("A first", "A second", "Shared"), TWO: rss("Shared", "B second", title="Two")}
    assert await said(context(ONE, TWO, **both)) == "From One News and Two. A first. Shared. A second. B second."


async def test_atom_is_read_too_without_its_marks():
    assert await said(context(TWO, **{TWO: ATOM})) == "From Two. A bold plan & a quiet one."


async def test_a_feed_that_fails_costs_only_itself():
    assert "Parliament" in await said(context(TWO, ONE))
    with pytest.raises(CannotDo, match="internet"):
        await said(context(TWO))


async def test_without_a_choice_each_language_has_a_feed():
    for language in ("en", "zh"):
        ctx = FakeContext(language, web={news.FEEDS[language][0]: STORIES})
        await said(ctx)
        assert [url for url, _ in ctx.fetched] == list(news.FEEDS[language])


async def test_feeds_can_be_chosen_by_language_or_as_one_address():
    for feeds in ({"en": [ONE]}, ONE, [ONE]):
        ctx = FakeContext(settings={"feeds": feeds}, web={ONE: STORIES})
        assert "Parliament" in await said(ctx)


@pytest.mark.parametrize(
    ("language", "topic", "part"), [("en", "tech", "technology"), ("en", "the business", "business"), ("zh", "体育", "sports")]
)
async def test_a_part_of_the_newspaper_is_a_feed_of_its_own(language, topic, part):
    ctx = FakeContext(language, web={"https://": STORIES})
    assert "Parliament" in await said(ctx, topic=topic)
    assert part in ctx.fetched[0][0]


async def test_who_reads_another_newspaper_has_its_parts_only():
    assert "Bread" in await said(context(ONE), topic="food and bread")
    ctx = FakeContext(settings={"feeds": [ONE], "sections": {"sport": TWO}}, web={TWO: ATOM, ONE: STORIES})
    assert "bold" in await said(ctx, topic="sport")
    with pytest.raises(CannotDo, match="nothing about business"):
        await said(ctx, topic="business")


@pytest.mark.parametrize("feeds", ["bbc", ["/etc/passwd"], ["file:///etc/passwd"], 5, [5]])
async def test_what_is_no_address_is_named(feeds):
    ctx = FakeContext(settings={"feeds": feeds})
    with pytest.raises(CannotDo, match=r"skill\.news"):
        await said(ctx)
    assert ctx.fetched == []


async def test_a_feed_that_is_an_address_is_not_followed(tmp_path):
    (Path(tmp_path) / "feed.xml").write_text(STORIES)
    for answer in (f"file://{tmp_path}/feed.xml", f"{tmp_path}/feed.xml", "http://127.0.0.1:9/feed.xml"):
        with pytest.raises(CannotDo):
            await said(context(ONE, **{ONE: answer}))


async def test_an_endless_headline_is_cut():
    assert len(await said(context(ONE, **{ONE: rss("word " * 200)}))) < 200


async def test_it_works_over_a_real_connection_in_the_encoding_of_the_feed():
    chinese = rss("今天下雪", title="某报").replace("UTF-8", "gb2312").encode("gb2312")
    with standing_in(rss=chinese) as web:
        ctx = WebContext(web, "zh", settings={"feeds": [ONE]})
        assert await said(ctx) == "某报。今天下雪。"


@pytest.mark.parametrize(
    "answer", ["", "hello", "<html><title>Sorry</title></html>", b"\xff\x00\x01", rss(), '<?xml version="1.0"?><rss', 404, 301, 500]
)
async def test_what_is_no_feed_is_said_so(answer):
    with standing_in(rss=answer) as web:
        with pytest.raises(CannotDo):
            await said(WebContext(web, settings={"feeds": [ONE]}))


async def test_a_feed_that_is_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.2)
    with standing_in(rss="silence") as web:
        with pytest.raises(CannotDo, match="did not answer"):
            await said(WebContext(web, settings={"feeds": [ONE]}))
