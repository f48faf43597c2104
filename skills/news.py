"""The news: headlines of the feeds that the user has chosen, or those about one thing."""

import asyncio
import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from assistant.skill import CannotDo, Context, Reply, action, phrase
from skills.fulltext import search

FEEDS = {
    "en": ("https://feeds.bbci.co.uk/news/rss.xml",),
    "zh": ("https://www.chinanews.com.cn/rss/scroll-news.xml",),
}
"""Read unless `feeds` in the settings of this family names others."""

BBC, CHINANEWS = "https://feeds.bbci.co.uk", "https://www.chinanews.com.cn/rss"
SECTIONS = {
    "business": f"{BBC}/news/business/rss.xml",
    "technology": f"{BBC}/news/technology/rss.xml",
    "science": f"{BBC}/news/science_and_environment/rss.xml",
    "health": f"{BBC}/news/health/rss.xml",
    "entertainment": f"{BBC}/news/entertainment_and_arts/rss.xml",
    "politics": f"{BBC}/news/politics/rss.xml",
    "world": f"{BBC}/news/world/rss.xml",
    "sport": f"{BBC}/sport/rss.xml",
    "财经": f"{CHINANEWS}/finance.xml",
    "体育": f"{CHINANEWS}/sports.xml",
    "国际": f"{CHINANEWS}/world.xml",
    "国内": f"{CHINANEWS}/china.xml",
    "社会": f"{CHINANEWS}/society.xml",
    "文化": f"{CHINANEWS}/culture.xml",
}
"""Parts of a newspaper that are feeds of their own; `sections` in the settings of this family adds to them."""

OTHERWISE = {
    "tech": "technology", "sports": "sport", "international": "world", "scientific": "science", "health care": "health",
    "financial": "business", "finance": "business", "economy": "business", "political": "politics",
    "经济": "财经", "金融": "财经", "世界": "国际", "全球": "国际", "娱乐": "文化", "运动": "体育",
}  # fmt: skip
"""Other names of these parts."""

MOST_FEEDS = 5
TOLD = 4
"""Headlines that are read out; nobody listens to more."""

LONGEST_HEADLINE = 160  # characters
LONGEST_TOPIC = 4  # words
LONGEST_TOPIC_ZH = 8  # characters

MARK = re.compile(r"<[^>]*>")
AROUND = re.compile(
    r"^(the|any|some|latest|recent|about|on|of|最近|最新|关于|有关|今天)\s*|\s*(news|headlines|stories|的新闻|新闻|消息|的消息|方面|的)$|[.,!?。，？！]+",
    re.IGNORECASE,
)
"""What is said around a topic."""

WHOLE = frozenset({"", "today", "everything", "anything", "general", "top", "头条", "要闻", "今天", "今日", "国内外"})
"""Topics that are none."""

NO_TOPIC = frozenset(
    {
        *(
            "the",
            "any",
            "some",
            "what",
            "is",
            "are",
            "in",
            "me",
            "my",
            "i",
            "you",
            "it",
            "good",
            "bad",
            "there",
            "today",
            "todays",
            "latest",
        ),
        *("read", "play", "tell", "give", "show", "get", "hear", "current", "more", "big", "breaking", "morning", "evening", "top", "stop"),
    }
)
NO_TOPIC_ZH = re.compile(r"[我你什哪啥吗呢有看听播念读放讲说给来最今昨，。？个条点些段]|新闻|头条|消息|关于|一下")

RULES = {
    "news": "(news|headlines|top stories|latest news|latest headlines|news headlines|breaking news|current events|stories)",
    "look": "(read|read out|read me|tell me|give me|play|play me|get me|show me|get|check|what is|what are|let me hear|i want to hear|"
    "i would like to hear|find|find me|pull up|update me on|fill me in on|run me through|bring me|catch me up on|hit me with)",
    "when": "[(today|this morning|tonight|now|right now|this evening|of the day|for today|at the moment)]",
    "about": "(about|on|regarding|concerning|from|around)",
    "zh_look": "(听|听听|播|播放|播报|放|读|读读|念|念念|看|看看|说说|讲讲|告诉我|给我念|给我读|给我讲|给我说说|给我|来|来点|来段|来条|"
    "我要听|我想听|想听|我想看|我要看|查|查查|播一下|读一下|念一下|说一下|讲一下)",
    "zh_news": "(新闻|要闻|头条|头条新闻|新闻头条|时事|新闻快讯)",
    "zh_count": "[一下|几条|一条|点|些|一些|一段|个|今天的|今日|今天|最新的|最新|最近的|早间|晚间]",
}


@dataclass(frozen=True, slots=True)
class Story:
    """An item of a feed."""

    headline: str
    summary: str
    source: str
    """What its feed is called."""


def find_topics(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where topics may end that begin at an index of a text."""
    if "\u3400" <= text[at] <= "\u9fff":
        for end in range(at + 2, min(len(text), at + LONGEST_TOPIC_ZH) + 1):
            if NO_TOPIC_ZH.search(text[at:end]):
                return
            yield at, end
        return
    for number, match in enumerate(re.finditer(r"\w+(?:['’.-]+\w+)*", text[at:]), 1):
        if number > LONGEST_TOPIC or match[0].lower().removesuffix("'s") in NO_TOPIC:
            return
        yield at, at + match.end()


Topic = Annotated[str, phrase("topic", find_topics, en=["space", "cricket"], zh=["科技", "足球"], is_sure=False)]


@action(
    en=[
        "[<look>] [the|some|any] [latest|today's|todays|this morning's] <news> <when> [please]",
        "what is [the] [latest] (news|in the news|on the news|happening in the world|going on in the world|new in the world) <when>",
        "(is there|do you have|have you got|are there) any <news> <when>",
        "(any|what) news <when>",
        "(morning|evening|news) (briefing|bulletin|update)",
        "what (has happened|happened|has been happening|has been going on) in the (world|news) <when>",
        "[<look>] [the|some|any] [latest|recent] <news> <about> [the] {topic} <when>",
        "(is there|do you have|have you got|are there) any <news> <about> [the] {topic} <when>",
        "what is the latest (on|from|about|in) [the] {topic}",
        "(any|what) news <about> [the] {topic}",
        "<look> [the|some|any] [latest] {topic} <news> <when>",
        "[any|some|the latest] {topic} <news> <when> [please]",
        "what is (in|on) the news about [the] {topic}",
        "(what is happening|what is going on) (in|with) [the] {topic} (in|according to) the news",
    ],
    zh=[
        "[<zh_look>]<zh_count><zh_news>[吧|呢]",
        "[今天|最近|现在|今日][都]有(什么|啥|哪些|没有)[重要|大|新][的]<zh_news>[吗]",
        "[今天|最近][都](发生了|出了)(什么|啥|哪些)(大事|新闻|事情)[儿]",
        "(今天|今日|最近)[的]<zh_news>[有|是](什么|啥|哪些)",
        "[<zh_look>]<zh_count>{topic}[方面]的[最新]<zh_news>",
        "[<zh_look>]<zh_count>{topic}<zh_news>[有|是][什么|哪些]",
        "[最近|今天][有没有|有什么|有|有哪些]关于{topic}的[最新](新闻|消息|报道)[吗]",
        "<zh_look>[最近]关于{topic}的[最新](新闻|消息|报道)",
        "[有没有|有什么]{topic}的[最新](新闻|报道)[吗]",
        "{topic}[最近|今天]有(什么|啥|哪些)(新闻|消息|报道)",
    ],
    rules=RULES,
)
async def read(ctx: Context, topic: Topic = "") -> Reply:
    """Read the headlines of the news, all of it or about one thing.

    Args:
        topic: What it should be about; absent means everything.
    """
    about = plain(topic)
    section = find_section(ctx, about.casefold())
    stories = await fetch_stories(ctx, [section] if section else addresses(ctx))
    if section or about.casefold() in WHOLE:
        return told(ctx, stories[:TOLD])
    hits = search(about, [f"{story.headline}. {story.summary}" for story in stories])
    if not hits:
        sources = ctx.say(list(dict.fromkeys(story.source for story in stories)))
        raise CannotDo(
            en=f"There is nothing about {about} in the latest from {sources}.",
            zh=f"{sources}最近没有关于{about}的新闻。",
        )
    return told(ctx, [stories[hit.at] for hit in hits[:TOLD]])


def find_section(ctx: Context, name: str) -> str | None:
    """Return the feed of a part of the newspaper; None when a topic is no such part, or the user reads another newspaper."""
    chosen: Any = ctx.settings.get("sections") or {}
    if name in chosen:
        return checked(chosen[name])
    return None if ctx.settings.get("feeds") else SECTIONS.get(OTHERWISE.get(name, name))


async def fetch_stories(ctx: Context, feeds_read: Sequence[str]) -> list[Story]:
    """Return what the feeds have, one of each in turn, none twice. Raises CannotDo when no feed has anything."""
    feeds, failed = [], []
    for address in feeds_read:
        try:
            feeds.append(await asyncio.to_thread(parse, await ctx.fetch(address)))
        except CannotDo as error:
            failed.append(error)
    found = {
        story.headline: story for number in range(max(map(len, feeds), default=0)) for feed in feeds for story in feed[number : number + 1]
    }
    if not found and failed:
        raise failed[-1]
    if not found:
        raise CannotDo(
            en="The news feeds have nothing in them. Check skill.news.feeds in your configuration.",
            zh="新闻源里什么都没有，请检查配置里的 skill.news.feeds。",
        )
    return list(found.values())


def addresses(ctx: Context) -> list[str]:
    """Return the feeds to read: those set, by language or for both, or else ours. Raises CannotDo for what is no address."""
    chosen: Any = ctx.settings.get("feeds") or FEEDS
    if hasattr(chosen, "get"):
        chosen = chosen.get(ctx.language) or FEEDS[ctx.language]
    listed = [chosen] if isinstance(chosen, str) else list(chosen) if isinstance(chosen, Sequence) else [str(chosen)]
    return [checked(each) for each in listed[:MOST_FEEDS]]


def checked(address: Any) -> str:
    """Return an address of the settings. Raises CannotDo when it is none."""
    if re.match(r"https?://", str(address)):
        return str(address)
    raise CannotDo(
        en=f"{address} under skill.news is no web address. Write it with https:// in front.",
        zh=f"skill.news 里的 {address} 不是网址，要以 https:// 开头。",
    )


def parse(text: str) -> list[Story]:
    """Return the stories of a feed. Raises CannotDo when it is none."""
    import feedparser  # noqa: PLC0415 -- a fifth of a second, which only the news waits for

    # As a file: a text that looks like an address would be fetched past the broker.
    feed = feedparser.parse(io.BytesIO(text.encode()), response_headers={"content-type": "application/xml; charset=utf-8"})
    if not feed.get("version"):
        raise CannotDo(en="That news feed sent something that I can't read.", zh="这个新闻源的内容读不懂。")
    source = clean(feed.feed.get("title", "")) or "the news"
    stories = (Story(clean(entry.get("title", "")), clean(entry.get("summary", "")), source) for entry in feed.entries)
    return [story for story in stories if story.headline]


def clean(text: str) -> str:
    """Return a text of a feed without marks, on one line."""
    return " ".join(html.unescape(MARK.sub(" ", text)).split())


def plain(topic: str) -> str:
    """Return a topic without what is said around it."""
    words = " ".join(topic.split())[:100]
    while (shorter := AROUND.sub("", words).strip()) != words:
        words = shorter
    return words


def told(ctx: Context, stories: Sequence[Story]) -> Reply:
    """Return headlines as they are read out, with where they are from."""
    sources = ctx.say(list(dict.fromkeys(story.source for story in stories)))
    headlines = [shortened(story.headline) for story in stories]
    en = " ".join(headline if headline[-1] in ".?!…" else f"{headline}." for headline in headlines)
    zh = "".join(headline if headline[-1] in "。？！…?!" else f"{headline}。" for headline in headlines)
    return Reply(en=f"From {sources}. {en}", zh=f"{sources}。{zh}")


def shortened(headline: str) -> str:
    """Return a headline that is not too long to listen to."""
    return (
        headline
        if len(headline) <= LONGEST_HEADLINE
        else f"{headline[:LONGEST_HEADLINE].rpartition(' ')[0] or headline[:LONGEST_HEADLINE]}…"
    )
