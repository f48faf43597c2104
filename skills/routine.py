"""Routines: several requests under one name, carried out one after the other: "good night", 我要睡觉了."""

import re
from collections.abc import Iterator
from typing import Annotated, Any

from assistant.skill import CannotDo, Context, Question, Record, Reply, action, inverse, phrase

KNOWN = {
    "good night": (
        *("good night", "goodnight", "night night", "bedtime", "i am going to bed", "time for bed"),
        *("晚安", "我要睡觉了", "我要睡了", "睡觉了", "睡前"),
    ),
    "i'm leaving": (
        *("i'm leaving", "i am leaving", "i'm off", "leaving home", "we are leaving", "leaving"),
        *("我出门了", "我要出门了", "出门", "离家"),
    ),
    "i'm home": ("i'm home", "i am home", "we are home", "coming home", "i am back", "我回来了", "我到家了", "到家了", "回家"),
    "movie time": ("movie time", "movie night", "film night", "看电影时间", "看电影", "观影", "电影时间"),
}
"""Routines that everybody means by the same words, once the user has said what they do."""

CHINESE = {"good night": "晚安", "i'm leaving": "我出门了", "i'm home": "我回来了", "movie time": "看电影时间"}

MOST_STEPS = 12
LONGEST_NAME = 40
"""Characters."""

AROUND = re.compile(r"^((my|the|our|a)\s+)+|\s+(routine|scene|mode)$|(例程|模式|流程|场景)$|^我的|[.!?。！？\s]+$", re.IGNORECASE)
JOINTS = re.compile(
    r"\s*[,;，；、。]\s*(?:and then |then |and |然后再|然后|再|接着|并且)?|\s+(?:and then|then|and)\s+|然后再?|接着", re.IGNORECASE
)
"""What stands between two steps."""

FIRST = re.compile(r"^(and then|then|and|再|就|你就)\s*", re.IGNORECASE)
"""What a step may begin with and is no part of it."""


def names_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where a name that begins somewhere may end: at a comma, or after a few words."""
    stop = re.search(r"[,，;；:：]", text[at : at + LONGEST_NAME])
    if stop:
        yield at, at + stop.start()
        return
    known = next((name for names in KNOWN.values() for name in names if text[at:].casefold().startswith(name)), None)
    if known:
        yield at, at + len(known)
    for word in re.finditer(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", text[at : at + LONGEST_NAME]):
        yield at, at + word.end()


Name = Annotated[str, phrase("name", names_in, en=["tea break", "camping"], zh=["收摊", "午休"], is_sure=False)]

RULES = {
    "run": "(run|start|do|begin|launch|trigger|execute|activate|kick off|play|perform|go through)",
    "delete": "(delete|remove|erase|get rid of|throw away|drop|forget|scrap)",
    "good_night": "(good night|goodnight|night night|good night [jarvis|everyone|all]|i am going to (bed|sleep)|time for bed|bedtime)",
    "zh_run": "(执行|运行|启动|开始|跑|跑一下|执行一下|进入)",
}


@action(
    en=[
        "<run> (my|the) {name} routine",
        "<run> the routine [called|named] {name}",
        "(my|the) {name} routine",
        "<good_night> {name=good night}",
        "(i am leaving|i am off|i am going out|i am leaving [the house|home] [now]|we are leaving) {name=i'm leaving}",
        "(i am home|i am back|i am back home|we are home|we are back|honey i am home) {name=i'm home}",
        "(movie time|it is movie time|movie night|let us watch a (movie|film)) {name=movie time}",
    ],
    zh=[
        "<zh_run>[我的]{name}(例程|流程|日程模板)",
        "[把]{name}(例程|流程)<zh_run>[一下|起来]",
        "(晚安|我要睡觉了|我要睡了|我睡了|我去睡了|睡觉了) {name=晚安}",
        "(我出门了|我要出门了|我走了|我先走了|我出去了) {name=我出门了}",
        "(我回来了|我到家了|到家了|我回家了) {name=我回来了}",
        "(看电影时间|电影时间|看电影了|要看电影了) {name=看电影时间}",
    ],
    ask={"name": Reply(en="Which routine?", zh="哪个例程？")},
    rules=RULES,
)
async def run(ctx: Context, name: str) -> Reply:
    """Carry out the steps of a routine.

    Args:
        name: Which one.
    """
    wanted = plain(name)
    kept = await ctx.records("routine").all()
    found = next((each for each in kept if plain(each.data["name"]) == wanted), None)
    if found is None:
        raise unknown(name, wanted, kept)
    return Reply(en=greeting(wanted)[0], zh=greeting(wanted)[1], then=tuple(found.data["steps"]))


@action(
    en=[
        "(create|make|set up|add|start|build|define|new) (a|another) [new] routine",
        "(create|make|set up|add|start|build|define) (a|another) [new] routine (called|named|for) {name}",
        "(create|make|set up|add|build|define) (a|my|the) [new] {name} routine",
        "(create|make|set up|add|build|define) (a|another) [new] routine (called|named) {name} (that|which|to|it should|with) {steps}",
        "(when|whenever|if|every time) i say {name} [then] {steps}",
        "(teach|learn) [you] a [new] routine [called {name}]",
    ],
    zh=[
        "(新建|创建|建|建立|添加|加|做|设置)[一个|个|一套|套|新的]例程",
        "(新建|创建|建|建立|添加|加|做|设置)[一个|个|一套|套](叫|名叫|名为){name}的例程",
        "(新建|创建|建|建立|添加|加|做|设置)[一个|个|一套|套]{name}例程",
        "(当我说|我说|只要我说|以后我说|我一说){name}[的时候|时][你]就{steps}",
    ],
    rules=RULES,
    takes_rest=True,
)
async def create(ctx: Context, name: Name = "", steps: list[str] | None = None) -> Reply | Question:
    """Make a routine of several requests.

    Args:
        name: What it is called; saying it runs it.
        steps: The requests, one by one.
    """
    wanted = plain(name)
    if not wanted:
        return Question(en="What should the routine be called?", zh="例程叫什么名字？", slot="name", verbatim=True)
    if len(wanted) > LONGEST_NAME:
        raise CannotDo(en="Give it a shorter name.", zh="名字太长了，请短一点。")
    each = [FIRST.sub("", step).strip() for part in steps or () for step in JOINTS.split(part) if step.strip()]
    if not each:
        return Question(
            en=f"What should {said(wanted, 0)} do? Say the steps with 'then' between them.",
            zh=f"“{said(wanted, 1)}”要做什么？每一步之间请说“然后”。",
            slot="steps",
            verbatim=True,
        )
    if len(each) > MOST_STEPS:
        raise CannotDo(en=f"That is {len(each)} steps; a routine takes {MOST_STEPS}.", zh=f"有{len(each)}步，最多{MOST_STEPS}步。")
    records = ctx.records("routine")
    before = next((record for record in await records.all() if plain(record.data["name"]) == wanted), None)
    if before and not ctx.confirmed:
        old = "; ".join(before.data["steps"])
        return Question(
            en=f"There is a routine {said(wanted, 0)} already: {old}. Replace it?", zh=f"已经有“{said(wanted, 1)}”了：{old}。要换掉吗？"
        )
    if before:
        await records.put(before.having(steps=each))
        undo = bring_back(record_id=before.id, data=before.data)
    else:
        made = await records.add(name=wanted, steps=each)
        own = await ctx.records("phrase").add(said=wanted, action="routine.run", slots={"name": wanted})
        undo = drop(record_id=made.id, phrase_id=own.id)
    count = "one step" if len(each) == 1 else f"{len(each)} steps"
    return Reply(
        en=f"When you say '{said(wanted, 0)}', I'll do {count}: {ctx.say(each)}.",
        zh=f"以后你说“{said(wanted, 1)}”，我就做{len(each)}步：{'，'.join(each)}。",
        undo=undo,
    )


@action(
    en=[
        "(what|which) routines (do i have|are there|have i [got|made|set up]|can you (run|do))",
        "[do i have] [any] routines",
        "(list|show|show me|tell me|read|read out) [all] [of] [my|the] routines",
        "what are my routines [called]",
        "what (does|is in|happens in|do you do for) (my|the) {name} routine [do]",
    ],
    zh=[
        "[我]有(哪些|什么|几个|多少)[个]例程",
        "(列出|看看|显示|念一下|说说|查看)[我的|所有的|全部]例程",
        "{name}例程(是什么|做什么|会做什么|有哪些步骤|都做什么|里有什么)",
    ],
    rules=RULES,
    reads=True,
)
async def list_(ctx: Context, name: str = "") -> Reply:
    """Tell which routines there are, or the steps of one.

    Args:
        name: Which one; empty means all.
    """
    kept = await ctx.records("routine").all()
    if name:
        found = next((each for each in kept if plain(each.data["name"]) == plain(name)), None)
        if found is None:
            raise unknown(name, plain(name), kept)
        return Reply(en=f"{told(found, 0)}: {ctx.say(found.data['steps'])}.", zh=f"{told(found, 1)}：{'，'.join(found.data['steps'])}。")
    if not kept:
        return Reply(
            en="You have no routines. Say: when I say tea break, pause the music and start a ten minute timer.",
            zh="还没有例程。可以说：当我说午休，就关灯。",
        )
    count = "one routine" if len(kept) == 1 else f"{len(kept)} routines"
    names = ctx.say([told(each, 0) for each in kept])
    return Reply(en=f"You have {count}: {names}.", zh=f"有{len(kept)}个例程：{'、'.join(told(each, 1) for each in kept)}。")


@action(
    en=[
        "<delete> (my|the|that) {name} routine",
        "<delete> (my|the|that) routine (called|named|for) {name}",
        "<delete> [(my|the|that|a)] routine",
    ],
    zh=[
        "(删|删除|删掉|去掉|移除|取消)[了|掉][我的]{name}(的例程|例程)",
        "(把|将)[我的]{name}(的例程|例程)(删|删除|删掉|去掉|移除)[了|掉]",
        "(删|删除|删掉|去掉|移除)[一个|个]例程",
        "{name}例程(不要了|删了|删掉|不用了)",
    ],
    ask={"name": Reply(en="Which routine?", zh="哪个例程？")},
    rules=RULES,
)
async def delete(ctx: Context, name: str) -> Reply | Question:
    """Delete a routine; asks first.

    Args:
        name: Which one.
    """
    wanted, kept = plain(name), await ctx.records("routine").all()
    found = next((each for each in kept if plain(each.data["name"]) == wanted), None)
    if found is None:
        raise unknown(name, wanted, kept)
    if not ctx.confirmed:
        steps = ctx.say(found.data["steps"])
        return Question(en=f"Delete the routine {said(wanted, 0)}: {steps}?", zh=f"要删除“{said(wanted, 1)}”例程吗？它会{steps}。")
    phrases = [each for each in await ctx.records("phrase").all() if each.data.get("said") == found.data["name"]]
    await ctx.records("routine").remove(found.id)
    for each in phrases:
        await ctx.records("phrase").remove(each.id)
    kept_data = {"routine": [[found.id, found.data]], "phrase": [[each.id, each.data] for each in phrases]}
    return Reply(
        en=f"I deleted the routine {said(wanted, 0)}.", zh=f"“{said(wanted, 1)}”例程删掉了。", undo=bring_all_back(records=kept_data)
    )


@inverse
async def bring_all_back(ctx: Context, records: dict[str, Any]) -> None:
    """Bring back a routine, and the words that start it."""
    for kind, each in records.items():
        for record_id, data in each:
            await ctx.records(kind).put(Record(record_id, data))


@inverse
async def drop(ctx: Context, record_id: int, phrase_id: int) -> None:
    """Take back that a routine was made."""
    await ctx.records("routine").remove(record_id)
    await ctx.records("phrase").remove(phrase_id)


@inverse
async def bring_back(ctx: Context, record_id: int, data: dict[str, object]) -> None:
    """Give a routine the steps it had."""
    await ctx.records("routine").put(Record(record_id, data))


def plain(name: str) -> str:
    """Return a routine's name as it is compared: those that everybody has by one name, others in small letters."""
    short = " ".join(name.casefold().replace("’", "'").split())
    while (trimmed := AROUND.sub("", short).strip()) != short and trimmed:
        short = trimmed
    return next((known for known, names in KNOWN.items() if short in names), short)


def told(record: Record, language: int) -> str:
    """Return the name of a routine that there is."""
    return said(plain(record.data["name"]), language)


def said(name: str, language: int) -> str:
    """Return a name in a language."""
    return CHINESE.get(name, name) if language else name


GREETINGS = {
    "good night": ("Good night.", "晚安。"),
    "i'm home": ("Welcome home.", "欢迎回家。"),
    "i'm leaving": ("Bye!", "路上小心。"),
}
"""What is said when one of these begins."""


def greeting(name: str) -> tuple[str, str]:
    """Return what is said when a routine begins."""
    return GREETINGS.get(name, ("Okay.", "好的。"))


def unknown(name: str, wanted: str, kept: list[Record]) -> CannotDo:
    """Return the error that there is no such routine, with how to make it."""
    if wanted in KNOWN:
        hello = {"good night": ("Good night! ", "晚安！"), "i'm home": ("Welcome home! ", "欢迎回家！")}.get(wanted, ("", ""))
        return CannotDo(
            en=f"{hello[0]}You haven't told me what to do then. Say: when I say {wanted}, turn off the lights.",
            zh=f"{hello[1]}还没设这时要做什么。可以说：当我说{CHINESE[wanted]}，就关灯。",
        )
    there = [str(each.data["name"]) for each in kept]
    hint_en = f"There is: {', '.join(there)}." if there else "Say: create a routine called tea break."
    hint_zh = f"现在有：{'、'.join(there)}。" if there else "可以说：新建一个叫午休的例程。"
    return CannotDo(en=f"There is no routine called {name}. {hint_en}", zh=f"没有叫“{name}”的例程。{hint_zh}")
