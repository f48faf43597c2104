"""Who and what: the beginning of a Wikipedia article in the user's language."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import msgspec

from assistant.skill import CannotDo, Context, Question, Reply, action, phrase
from skills.pointing import place_in

ADDRESS = {"en": "https://en.wikipedia.org/w/api.php", "zh": "https://zh.wikipedia.org/w/api.php"}

ARTICLES = 6
"""That a search asks for: enough to tell those of one name apart."""

TOLD = 3
"""Articles of one name that are read out."""

SENTENCES = 2
LONGEST = 420  # characters of an answer: half a minute
LONGEST_TOPIC = 6  # words
LONGEST_TOPIC_ZH = 12  # characters

ASKED_FOR = timedelta(minutes=2)
"""For so long an answer such as "the planet" is one to the question which article was meant."""

AROUND = re.compile(
    r"^(the|a|an|this|that|about|more about|information (on|about)|wikipedia|什么是|谁是|关于|一下)\s+"
    r"|\s+(on wikipedia|exactly|anyway|please|biography|guy|fellow)$|(的(资料|介绍|生平|信息|百科|背景))$|[.,!?。，？！“”\"]+",
    re.IGNORECASE,
)
"""What is said around a topic."""

NO_TOPIC = frozenset(
    {
        *("i", "you", "it", "that", "this", "me", "my", "your", "our", "his", "her", "their", "he", "she", "they", "we", "there", "here"),
        *("weather", "time", "date", "news", "volume", "temperature", "timer", "alarm", "reminder", "light", "lights", "door", "battery"),
        *("happening", "going", "calling", "speaking", "playing", "home", "next", "yourself", "today", "tomorrow", "point", "difference"),
        *("in", "on", "by", "to", "with", "from", "at", "through", "for", "minus", "plus", "hundred", "thousand", "half", "third"),
        *("quarter", "percent", "singer", "artist", "band", "author", "current", "latest", "singing", "coming", "making", "saying"),
    }
)
"""Words that no topic has when the sentence alone must tell."""

NO_TOPIC_ZH = re.compile(
    r"[我你您他她它这那吗呢吧啊？，。]|天气|时间|新闻|音量|温度|闹钟|提醒|电量|意思|报道|消息|等于|[冷热唱]|歌手|歌名|播放|"
    r"清单|日程|笑话|^[上下最]|多少|什么|怎么|自己|今天|明天|现在"
)

BRACKETS = re.compile(r"\s*[(（][^()（）]*[)）]")
"""With what is in them: how a name is said, or written elsewhere; years stay."""

YEAR = re.compile(r"\d{3}")
LONGEST_YEARS = 45  # characters: two days with their months and years
BRACKETS_DEEP = 3

ENDS = re.compile(r"(?<=[a-z0-9)\]”\"])[.!?](?=\s+[A-Z\"“])|(?<=[。！？])")
"""Where sentences end; not after an initial."""

RULES = {
    "look": "(look up|search for|find|read me|show me|give me|open|check)",
    "about": "(tell me [something|more|a bit|a little|everything you have] about|i want to know about|i would like to (know|hear) about|"
    "what do you know about|what do we know about|teach me about|information about|information on|facts about|"
    "give me information about)",
    "wiki": "(wikipedia|the wikipedia article|the wikipedia entry|the wikipedia page|wikipedia page)",
    "zh_look": "(介绍|介绍一下|介绍下|介绍介绍|简单介绍|简单介绍一下|给我介绍|给我介绍一下|给我介绍介绍|讲讲|讲一讲|讲一下|"
    "科普一下|科普|说说|描述一下|请介绍)",
}


class Article(msgspec.Struct):
    """An article that a search found."""

    title: str
    index: int = 0
    """Its place in the search, from 1."""
    extract: str = ""
    """The part before its first heading, without marks."""
    pageprops: dict[str, Any] = {}

    @property
    def is_list(self) -> bool:
        """Tell whether it only lists the things of one name."""
        return "disambiguation" in self.pageprops


class Pages(msgspec.Struct):
    """The articles of an answer."""

    pages: list[Article] = []


class Answer(msgspec.Struct):
    """What Wikipedia answers; without a query when nothing was found."""

    query: Pages = msgspec.field(default_factory=Pages)
    error: dict[str, Any] | None = None


def find_topics(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where topics may end that begin at an index of a text."""
    if "\u3400" <= text[at] <= "\u9fff":
        for end in range(at + 2, min(len(text), at + LONGEST_TOPIC_ZH) + 1):
            if NO_TOPIC_ZH.search(text[at:end]):
                return
            yield at, end
        return
    for number, match in enumerate(re.finditer(r"\w+(?:['’.-]+\w+)*", text[at:]), 1):
        if number > LONGEST_TOPIC or match[0].lower() in NO_TOPIC or match[0][0].isdigit() or match[0].endswith(("'s", "’s")):
            return
        yield at, at + match.end()


Topic = Annotated[str, phrase("topic", find_topics, en=["Ada Lovelace", "Iceland"], zh=["李白", "区块链"], is_sure=False)]


@action(
    en=[
        "who (was|is) {topic}",
        "who were [the] {topic}",
        "who (was|is) that {topic} fellow",
        "<about> [the] {topic}",
        "<look> {topic} (on|in) wikipedia",
        "[<look>] <wiki> (for|on|about|of) [the] {topic}",
        "(search|ask|check) wikipedia (for|about) [the] {topic}",
        "wikipedia {topic}",
        "what does wikipedia say about [the] {topic}",
        "what (is|was) (a|an) {topic}",
        "(do you know|can you tell me|tell me|remind me) who {topic} (is|was)",
        "{topic} biography",
    ],
    zh=[
        "<zh_look>{topic}",
        "{topic}是谁[啊|呀|来着]",
        "谁是{topic}",
        "{topic}是(什么人|什么样的人|个什么样的人|什么东西|什么机构|什么动物|什么植物|怎么回事|什么地方)",
        "什么是{topic}",
        "(维基百科|百科|维基)[上][查|查一下|搜|搜一下]{topic}[怎么写的|怎么说]",
        "(查|查查|查一下|搜|搜一下|搜索){topic}的(百科|资料|维基百科|介绍|生平|维基)",
        "{topic}的(生平|百科|简介|资料)",
        "你知道{topic}(是谁|是什么)[吗]",
        "给我{topic}的介绍",
    ],
    ask={"topic": Reply(en="Who or what?", zh="查谁，还是查什么？")},
    rules=RULES,
)
async def lookup(ctx: Context, topic: Topic) -> Reply | Question:
    """Look up a person, a place or a thing in Wikipedia and tell the beginning of its article.

    Args:
        topic: Who or what, such as "Ada Lovelace".
    """
    name = plain(topic)
    if not name:
        return Question(en="Who or what?", zh="查谁，还是查什么？", slot="topic")
    name = await meant(ctx, name) or name
    articles = await search(ctx, name)
    if not articles:
        raise CannotDo(en=f"Wikipedia has nothing about {name}.", zh=f"维基百科上没有{name}。")
    exact = next((article for article in articles if article.title.casefold() == name.casefold()), articles[0])
    if exact.is_list:
        return await which(ctx, exact, articles)
    text = beginning(exact.extract)
    if not text:
        raise CannotDo(
            en=f"Wikipedia has an article on {exact.title}, but it has no beginning to read.", zh=f"维基百科有{exact.title}，但没有简介。"
        )
    return Reply(en=text, zh=text)


async def search(ctx: Context, name: str) -> list[Article]:
    """Return the articles that a search finds, the best first. Raises CannotDo when the answer is none."""
    language = "zh" if ctx.language == "zh" else "en"
    text = await ctx.fetch(
        ADDRESS[language],
        action="query",
        format="json",
        formatversion=2,
        generator="search",
        gsrsearch=name,
        gsrlimit=ARTICLES,
        prop="extracts|pageprops",
        exintro=1,
        explaintext=1,
        exlimit=ARTICLES,
        ppprop="disambiguation",
        redirects=1,
        **({"variant": "zh-cn"} if language == "zh" else {}),
    )
    try:
        answer = msgspec.json.decode(text, type=Answer)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise unreadable() from error
    if answer.error is not None:
        raise unreadable()
    return sorted(answer.query.pages, key=lambda article: article.index)


def unreadable() -> CannotDo:
    """Return what is said of an answer that is none."""
    return CannotDo(en="Wikipedia sent an answer that I can't read. Try again later.", zh="维基百科的回答读不懂，请稍后再试。")


async def which(ctx: Context, listing: Article, articles: list[Article]) -> Question:
    """Return the question which article of one name is meant, and remember what was asked."""
    options = [article.title for article in articles if not article.is_list][:TOLD]
    if not options:
        raise CannotDo(
            en=f"There are several things called {listing.title}. Say more, such as what kind of thing it is.",
            zh=f"叫{listing.title}的有好几个，请说得再具体一点。",
        )
    shelf = ctx.records("wiki.asked")
    for record in await shelf.all():
        await shelf.remove(record.id)
    await shelf.add(name=listing.title, options=options, at=ctx.now.isoformat())
    en, zh = (f"{', '.join(options[:-1])}{joint}{options[-1]}" if options[1:] else options[0] for joint in (" or ", "，还是"))
    return Question(
        en=f"Several things are called {listing.title}. Do you mean {en}?", zh=f"叫{listing.title}的有好几个。是{zh}？", slot="topic"
    )


async def meant(ctx: Context, name: str) -> str | None:
    """Return which article an answer means that was asked for a moment ago; None when none was, or it means another."""
    shelf = ctx.records("wiki.asked")
    for record in await shelf.all():
        await shelf.remove(record.id)
        if ctx.now - datetime.fromisoformat(record.data["at"]) > ASKED_FOR:
            continue
        options: list[str] = record.data["options"]
        place = place_in(name)
        if place is not None and -1 <= place < len(options):
            return options[place]
        return next((option for option in options if name.casefold() in option.casefold()), None)
    return None


def plain(topic: str) -> str:
    """Return a topic without what is said around it."""
    words = " ".join(topic.split())[:200]
    while (shorter := AROUND.sub("", words).strip()) != words:
        words = shorter
    return words


def beginning(extract: str) -> str:
    """Return the first sentences of an article, without brackets that only say how a name sounds."""
    text = extract.strip().partition("\n")[0]
    for _ in range(BRACKETS_DEEP):
        text = BRACKETS.sub(kept_years, text)
    ends = [match.end() for match in ENDS.finditer(text)]
    cut = [end for end in ends[:SENTENCES] if end <= LONGEST]
    text = text[: cut[-1]] if cut and len(ends) >= SENTENCES else text
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]
        text = f"{text.rstrip(',;，；、')}…"
    return " ".join(text.split())


def kept_years(brackets: re.Match[str]) -> str:
    """Return brackets that tell when somebody lived, and nothing for any others."""
    return brackets[0] if YEAR.search(brackets[0]) and len(brackets[0]) < LONGEST_YEARS else ""
