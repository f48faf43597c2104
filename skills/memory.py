"""What the user has asked to be remembered: facts in their own words, recalled by any of them."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from assistant.skill import CannotDo, Context, Question, Record, Reply, action, inverse, phrase
from skills.fulltext import best, search
from skills.pointing import is_all, place_in
from skills.recollection import told_again

READ = 5
"""Facts that are told at once."""

LONGEST = 500
"""Characters of one fact: half a minute of talking."""

EVERYTHING = re.compile(r"(about )?(me|everything|anything|myself|us)|(关于)?(我|我的|我们|一切)(的?(事|一切|事情|所有事))?", re.IGNORECASE)
"""What means all there is."""

AROUND = re.compile(
    r"^((that|about|my|our|the|where|what|whose|who|when)\s+)+|\s+(again|please)$|^(关于|我的|我)|(这条|的事|的事情|的一切)$", re.IGNORECASE
)

REMINISCING = re.compile(
    r"(?:the |that )?(?:place|time|day|night|summer|guy|man|woman|girl|song|film|movie|trip)"
    r" (?:where|when|who|we|i|you|that|with)\b",
    re.IGNORECASE,
)
"""How talk about the past goes on after "remember that"."""


WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:[^\s\w]+[^\W\u3400-\u9fff]+)*")
"""A word with the signs inside it, not with those after it."""


def facts_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may be a fact that begins somewhere, one word first, then ever more."""
    if not REMINISCING.match(text, at):
        for word in WORD.finditer(text, at, at + LONGEST):
            yield at, word.end()


Fact = Annotated[str, phrase("fact", facts_in, en=["I parked on level three"], zh=["车停在三楼"], is_sure=False)]

RULES = {
    "remember": "(remember|keep in mind|bear in mind|do not forget|never forget|memorise|memorize|commit to memory)",
    "opening": "[(my|the|what (i said|i told you) about [my|the]|where [i]|what|when|who)]",
    "told": "(i told you|did i tell you|did i say|i asked you to remember|i said)",
    "zh_remember": "(记住|记好|记牢|牢记)[了|一下]",
    "zh_forget": "(忘掉|忘记|忘了)",
    "zh_what": "(什么|些什么|啥|哪些|哪些事|多少)",
}


@action(
    en=[
        "<remember> (that|this|for me that) {fact}",
        "(memorise|memorize|keep in mind|bear in mind|commit to memory) {fact}",
        "(can|could) you (remember|keep in mind) that {fact}",
        "(save|put|store|keep) (in|to) [your] memory [that] {fact}",
        "(store|save) the fact that {fact}",
        "i (want|need|would like) you to (know|remember) [that] {fact}",
        "you should (know|remember) [that] {fact}",
        "{fact} [so|can you|could you] (remember (that|it)|keep that in mind|remember that for me)",
        "(remember something|i want you to remember something|something to remember)",
    ],
    zh=[
        "[你|你要|要|给我|你给我|替我|我要你|我想让你|我希望你|一定要]<zh_remember>{fact}",
        "{fact}[你|替我|给我|帮我|请]<zh_remember>",
        "(存|保存|记|放)(到|进|在)[你的]记忆[里|中]{fact}",
        "(你要知道|你记得一下|以后记得){fact}",
        "(帮我记住|记住)(一件事|件事|一下|个事)",
    ],
    rules=RULES,
)
async def remember(ctx: Context, fact: Fact = "") -> Reply | Question:
    """Remember something the user says about themselves, their people or their things.

    Args:
        fact: What to remember, as it was said.
    """
    words = " ".join(fact.split())[:LONGEST].strip(" ,.:;，。：；、")
    if not words:
        return Question(en="What should I remember?", zh="要记住什么？", slot="fact", verbatim=True)
    known = next((each for each in await ctx.records("fact").all() if each.data["text"].casefold() == words.casefold()), None)
    if known:
        return Reply(en=f"I know already: {words}.", zh=f"这个我已经记着了：{words}。")
    kept = await ctx.records("fact").add(text=words, at=ctx.now.isoformat())
    return Reply(en=f"I'll remember: {words}.", zh=f"记住了：{words}。", undo=drop(fact_id=kept.id))


@action(
    en=[
        "what (did i tell you|did i say|have i told you|do you remember|do you recall) about [my|the] {query}",
        "what do you know about my {query}",
        "(do you remember|do you recall|can you recall|recall) <opening> {query}",
        "what did i (tell|ask) you to remember [about [my|the] {query}]",
        "(where did i|where have i) (put|leave|hide|keep|left|stash) [my|the] {query}",
        "where did i park {query=park}",
        "where have i parked {query=parked}",
        "where is (my|the) {query} parked",
        "what [was|is|were] [the|my] {query} <told>",
        "(what do you (remember|know) about me|what (have you remembered|do you remember|have i told you|is in your memory))",
        "(what have you got in|check|search|look in) [your] memory [(for|about) [my|the] {query}]",
        "tell me everything you (remember|know about me|have remembered)",
    ],
    zh=[
        "(关于|有关){query}你[都|还](记得|记着|记了)<zh_what>",
        "你[还|都](记得|记不记得){query}[吗|是什么|在哪|在哪儿|是多少]",
        "我(跟你说过|告诉过你|让你记的|让你记住的|跟你讲过|说过)[关于]{query}[的]<zh_what>",
        "我(把|的){query}(放|停|搁|收|藏|忘)[在|到](哪|哪儿|哪里|什么地方)[了|里了|儿了]",
        "(你|你都|都)[还](记得|知道|记住了|记住)[了][我]<zh_what>",
        "我(让你|叫你|要你)记(住|过|着)[了|过]<zh_what>[了]",
    ],
    rules=RULES,
    reads=True,
)
async def recall(ctx: Context, query: str = "") -> Reply:
    """Tell what the user has asked to be remembered, about something or altogether.

    Args:
        query: What it is about, such as "locker number".
    """
    about = subject(query)
    if not means_everything(about) and (found := await told_again(ctx, about)):
        return found
    facts = list(reversed(await ctx.records("fact").all()))
    if facts and not means_everything(about):
        return Reply(en=f"You haven't told me anything about {about}.", zh=f"你没跟我说过{about}。")
    if not facts:
        return Reply(en="You haven't asked me to remember anything yet.", zh="你还没让我记过什么。")
    return Reply(en=listing(facts, "en"), zh=listing(facts, "zh"))


@action(
    en=[
        "forget (that|what i (said|told you) about|about what i said about|what you know about|what you remember about) [my|the] {query}",
        "forget (my|our) {query} (i told you|i gave you|that i told you|that i gave you)",
        "(erase|delete|remove|wipe|clear|drop) [my|the] {query} from [your] memory",
        "(erase|delete|remove|wipe|clear) what (you know|you remember|i told you) about [my|the] {query}",
        "(delete|remove|erase) [the|my|your] (memory|memories) (about|of|on) [the|my] {query}",
        "(you do not|no) need to remember [my|the] {query} [any more|anymore]",
        "(forget|delete|erase|wipe|purge) (everything|all) you (know|remember) [about me]",
        "(erase|clear|wipe|delete|purge) [all] [your|your whole] (memory|memories)",
    ],
    zh=[
        "<zh_forget>(关于|有关){query}[的一切|的事]",
        "(忘掉|不用再记着|别再记着|不要再记着|不用记着|可以忘掉){query}[了]",
        "(把|将)[关于]{query}[给]忘(了|掉)",
        "(把|将)[关于]{query}[的](从[你的]记忆[里|中]|记忆)[给|都](删|删除|删掉|抹掉|清除|去掉)[了|掉]",
        "(抹掉|删掉|删除|清除)[关于|你记住的|你记的]{query}的记忆",
        "(清空|删除所有|删掉所有|清除|清除所有|删除全部)[你的|的]记忆",
        "(忘掉|忘记)[你]知道的[关于我的](所有事|所有|一切|所有事情)",
        "(忘掉|忘记)[关于我的](一切|所有事|所有事情)",
    ],
    rules=RULES,
)
async def forget(ctx: Context, query: str = "") -> Reply | Question:
    """Forget something that was remembered, or everything; asks first.

    Args:
        query: What it is about; absent means everything.
    """
    facts = list(reversed(await ctx.records("fact").all()))
    if not facts:
        raise CannotDo(en="There is nothing to forget: you haven't asked me to remember anything.", zh="没什么可忘的，你还没让我记过什么。")
    chosen = pick(facts, subject(query))
    if isinstance(chosen, Question):
        return chosen
    if not ctx.confirmed:
        return ask(chosen)
    for fact in chosen:
        await ctx.records("fact").remove(fact.id)
    undo = bring_back(facts=[{"id": fact.id, "data": fact.data} for fact in chosen])
    if len(chosen) == 1:
        return Reply(en=f"Forgotten: {chosen[0].data['text']}.", zh=f"忘掉了：{chosen[0].data['text']}。", undo=undo)
    return Reply(en=f"I forgot {len(chosen)} things.", zh=f"{len(chosen)}件事都忘掉了。", undo=undo)


@inverse
async def drop(ctx: Context, fact_id: int) -> None:
    """Take back that something was remembered."""
    await ctx.records("fact").remove(fact_id)


@inverse
async def bring_back(ctx: Context, facts: list[dict[str, Any]]) -> None:
    """Remember again what was forgotten."""
    for fact in facts:
        await ctx.records("fact").put(Record(fact["id"], fact["data"]))


def pick(facts: list[Record], about: str) -> list[Record] | Question:
    """Return the facts that are to be forgotten, or the question which. Raises CannotDo when there is none about that."""
    if means_everything(about):
        return facts
    place = place_in(about)
    if place is not None:
        return [facts[0] if place == -1 else facts[::-1][min(place, len(facts) - 1)]]
    found = [facts[hit.at] for hit in best(search(about, [fact.data["text"] for fact in facts]))]
    if not found:
        raise CannotDo(en=f"You haven't told me anything about {about}.", zh=f"你没跟我说过{about}，没什么可忘的。")
    if len(found) == 1:
        return found
    texts = [fact.data["text"] for fact in found[:READ]]
    return Question(en=f"Which one: {' Or: '.join(f'{text}?' for text in texts)}", zh=f"哪一条：{'？还是'.join(texts)}？", slot="query")


def ask(facts: list[Record]) -> Question:
    """Return the question before facts are forgotten."""
    if len(facts) == 1:
        text = facts[0].data["text"]
        return Question(en=f'Forget "{text}"?', zh=f"要忘掉“{text}”吗？")
    return Question(en=f"Forget all {len(facts)} things you told me?", zh=f"你说过的{len(facts)}件事全部忘掉吗？")


def subject(query: str) -> str:
    """Return what is asked about, without the words around it."""
    text = query.strip(" .,?!。，？！\"'“”")
    return text if means_everything(text) or place_in(text) is not None else AROUND.sub("", text).strip() or text


def means_everything(about: str) -> bool:
    """Tell whether no fact in particular is meant."""
    return not about or is_all(about) or bool(EVERYTHING.fullmatch(about))


def listing(facts: list[Record], language: str) -> str:
    """Return the latest facts, and how many more there are."""
    more = len(facts) - READ
    told = sentences(facts[:READ], language)
    if language == "zh":
        return f"你让我记住的有：{told}" + (f"还有{more}条。" if more > 0 else "")
    return f"You asked me to remember: {told}" + (f" And {more} more." if more > 0 else "")


def sentences(facts: list[Record], language: str) -> str:
    """Return facts as sentences, as the user said them, the newest first."""
    return "".join(f"{fact.data['text']}。" for fact in facts) if language == "zh" else " ".join(f"{fact.data['text']}." for fact in facts)
