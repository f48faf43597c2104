"""Notes: written down as said, found again by any of their words."""

import re
from datetime import date, datetime
from typing import Any

from assistant.skill import CannotDo, Context, Question, Record, Reply, action, inverse
from skills.fulltext import best, search
from skills.pointing import is_all, place_in
from skills.recollection import told_again

READ = 3
"""Notes that are read out; nobody listens to more."""

LONGEST = 2_000
"""Characters of one note: two minutes of talking."""

AROUND = re.compile(
    r"^((my|the|that|a|an|any)\s+|notes?\s+|(about|on|called|named)\s+)+|\s+(notes?|memos?)$|^(那条|这条|我的|关于)|(那条|这条|的)?(笔记|备忘录?)$|的$",
    re.IGNORECASE,
)
"""What is said around the words that a note is looked for by."""

RULES = {
    "note": "(note|memo)",
    "notes": "(note|notes|memo|memos)",
    "make": "(take|make|write|add|start|create|record|leave|save|keep|put in)",
    "find": "(find|look for|search for|show me|read|read me|read back|open|pull up|bring up|get|get me|show|see|open up|dig out)",
    "about": "(about|on|for|regarding|concerning|mentioning|that mentions|that says|called|with|of)",
    "my": "[(my|the|that|a|any|all my|all the|all [of] my)]",
    "zh_note": "(笔记|备忘录|备忘)",
    "zh_mine": "[我的|我写的|我记的|我那条|那条|这条]",
    "zh_find": "(找|查|搜|搜索|查找|看|念|读|翻|打开|找找|查查|看看|读读|念念|翻翻|调出|翻出|找出|听听)",
    "zh_latest": "(我的|我所有的|所有|所有的|全部|全部的|最近|最近的|最新的|最近一条|最新一条|最后一条|上一条)",
    "zh_which": "(笔记|备忘录|备忘|那条笔记|那条备忘|那条备忘录|这条笔记)",
}


@action(
    en=[
        "(<make>|put down|write me) [a|an|another] [quick|new] <note>",
        "<make> [a|another] [quick|new] <note> [(that|saying|that says|of|to [say])] {text}",
        "(take|make) [a] <note> of this {text}",
        "note [down] (that|this|to self|for later) {text}",
        "note {text}",
        "(jot|note|scribble) down [that] {text}",
        "write [this|it|that] down [that] {text}",
        "(jot|note|write) (this|something|that) down",
        "(new|quick) <note> [that] [{text}]",
        "(add|put|write) (to|in|into|this in|this to|it in) my notes [that] [{text}]",
        "{text} (make|take) (a <note> of (that|it|this)|<note> of (that|it|this))",
        "{text} note (that|it|this) down",
        "dictate [a] <note> [{text}]",
    ],
    zh=[
        "(记|写|做|加|新建|添加|建|保存|录|来|新增|添|开|写下)[了|个|一个|条|一条|一下|一|份][新的|新]<zh_note>[说|，][{text}]",
        "(记|记录|备忘)(一下|下来|一笔)[说]{text}",
        "(记|记录)一下",
        "(写|记)下来[{text}]",
        "{text}(写|记)下来",
        "{text}(记|写)(到|进|在)[我的]<zh_note>(里|上|本上|中|里面)[面|去]",
        "(在|往)<zh_note>[里|上|中](记|写|加|添)[上|下|入][一条|一笔|一句|一个]{text}",
        "<zh_note>(记|写|加|添)[上|下][一条|一笔|一句]{text}",
        "做[个|一个]记录{text}",
    ],
    rules=RULES,
)
async def take(ctx: Context, text: str = "") -> Reply | Question:
    """Write down a note.

    Args:
        text: What to write, as it was said.
    """
    words = " ".join(text.split())[:LONGEST].strip(" ,.:;，。：；、")
    if not words:
        return Question(en="What should I write down?", zh="要记什么？", slot="text", verbatim=True)
    note = await ctx.records("note").add(text=words, at=ctx.now.isoformat())
    return Reply(en=f"Noted: {words}.", zh=f"记下了：{words}。", undo=drop(note_id=note.id))


@action(
    en=[
        "<find> <my> <notes> <about> [the|my] {text}",
        "<find> (my|the) {text} <notes>",
        "(look through|search|search in|search through|go through|check) [all] [my|the] notes (for|about) [the|my] {text}",
        "search (my|the) notes {text}",
        "(do i have|have i got|did i (make|take|write)|is there|are there) [a|any] <notes> <about> [the|my] {text}",
        "what (is in|was in|does|did) my <note> <about> [the|my] {text} [say]",
        "what did i note [down] <about> [the|my] {text}",
        "(what|which) (notes|note) (mention|mentions|talk about|is about|are about) [the] {text}",
        "(where|what) did i write down [about] [the|my] {text}",
        "what (notes do i have|are my notes|are in my notes|is in my notes|have i noted)",
        "(<find>|list|tell me|check) [all] [of] (my|the) [(last|latest|recent|newest)] <notes>",
        "(do i have|have i got|are there) any notes",
        "how many notes (do i have|are there)",
        "my notes",
    ],
    zh=[
        "<zh_find>[一下|出]<zh_mine>(关于|有关|写着|提到|讲){text}的<zh_which>",
        "<zh_find>[一下|出]<zh_mine>{text}的<zh_which>",
        "(找|查|搜|搜索|查找|查看|翻)[一下]<zh_note>[里|中|里面][的]{text}",
        "(在|从)[我的]<zh_note>[里|中](找|查|搜|搜索|查找)[一下]{text}",
        "[我的]<zh_note>[里|中](有没有|关于|提到|怎么写|有)[的|过|关于]{text}[的|写了什么|吗|的内容吗|的事吗]",
        "(有没有|有)(关于|提到|写){text}的<zh_which>[吗]",
        "(哪条|哪些)<zh_note>(提到|写|说|讲|有)[了|过|到]{text}",
        "我(记|写)过(什么|哪些|没有|没)关于{text}的[<zh_note>]",
        "[我][一共|现在][都]有(哪些|什么|几条|多少条|多少)<zh_note>",
        "(<zh_find>|列|列出|显示|查看|翻开)[一下|出][我|<zh_latest>]<zh_note>",
        "我的<zh_note>[呢]",
    ],
    rules=RULES,
    reads=True,
)
async def find(ctx: Context, text: str = "") -> Reply:
    """Find notes by their words and read them out; without words, the latest ones.

    Args:
        text: Words of the note, or what it is about.
    """
    notes, about = await newest_first(ctx), subject(text)
    if not notes:
        return (about and await told_again(ctx, about)) or Reply(en="You have no notes yet.", zh="还没有笔记。")
    if not about or is_all(about) or place_in(about) is not None:
        return read_out(ctx, notes if place_in(about) is None else [chosen_by_place(notes, about)], len(notes))
    hits = search(about, [note.data["text"] for note in notes])
    if not hits:
        return await told_again(ctx, about) or Reply(en=f"I found no note about {about}.", zh=f"没找到关于{about}的笔记。")
    found = [notes[hit.at] for hit in hits]
    if len(found) == 1:
        return Reply(en=f"You noted {told(ctx, found[0])}", zh=told(ctx, found[0]))
    return Reply(
        en=f"{len(found)} notes. {joined(ctx, found)}",
        zh=f"有{len(found)}条笔记。{joined(ctx, found)}",
    )


@action(
    en=[
        "<delete> <my> <notes> <about> [the|my] {text}",
        "<delete> (my|the|that) {text} <notes>",
        "<delete> (my|the|that|this) [(last|latest|newest)] <note>",
        "<delete> [all] [of] (my|the) notes",
        "<delete> (all|every) <notes> [i have]",
        "<delete> a <note>",
        "(the|my) <note> <about> [the|my] {text} can go",
    ],
    zh=[
        "(删|删除|删掉|去掉|移除|扔掉|清除|清掉|抹掉)[了]<zh_mine>(关于|有关|提到){text}的<zh_which>",
        "(删|删除|删掉|去掉|移除|扔掉|清除|清掉|抹掉)[了|一下]<zh_mine>{text}的<zh_which>",
        "(把|将)<zh_mine>[关于|有关|提到]{text}的<zh_which>[都|给](删|删除|删掉|去掉|清掉|清除|移除)[了|掉]",
        "[关于|有关]{text}的<zh_which>(删|删除|删掉|去掉|不要)[了]",
        "(删|删除|删掉|去掉|撤掉|移除|清除)[了]<zh_mine>[刚才|刚写|刚刚|最后|最近|上|最新][的|那|一][条]<zh_note>",
        "(把|将)[我的|我][所有|全部|所有的]<zh_note>[都|全|全部|全都|给](删|删除|删掉|清空|清掉)[了|掉]",
        "(清空|全部删除|删除所有|删除全部|删掉所有|删掉全部|清除所有)[我|我的|的]<zh_note>",
        "[我的]<zh_note>(全部|都|全都|全)(删|删除|删掉|清空)[了|掉]",
        "删[一|个]条<zh_note>",
    ],
    rules=RULES | {"delete": "(delete|remove|erase|get rid of|throw out|throw away|trash|scrap|discard|bin|wipe|clear|clear out|drop)"},
)
async def delete(ctx: Context, text: str = "") -> Reply | Question:
    """Delete a note, or all of them; asks first.

    Args:
        text: Words of the note, "the last one" or "all".
    """
    notes = await newest_first(ctx)
    if not notes:
        raise CannotDo(en="You have no notes.", zh="没有笔记可删。")
    about = subject(text)
    picked = pick(notes, about)
    if isinstance(picked, Question):
        return picked
    if not ctx.confirmed:
        return ask(picked)
    for note in picked:
        await ctx.records("note").remove(note.id)
    undo = bring_back(notes=[{"id": note.id, "data": note.data} for note in picked])
    if len(picked) == 1:
        return Reply(en=f"Deleted: {short(picked[0])}.", zh=f"删了：{short(picked[0])}。", undo=undo)
    return Reply(en=f"I deleted {len(picked)} notes.", zh=f"{len(picked)}条笔记都删了。", undo=undo)


@inverse
async def drop(ctx: Context, note_id: int) -> None:
    """Take back that a note was written."""
    await ctx.records("note").remove(note_id)


@inverse
async def bring_back(ctx: Context, notes: list[dict[str, Any]]) -> None:
    """Write deleted notes again."""
    for note in notes:
        await ctx.records("note").put(Record(note["id"], note["data"]))


def pick(notes: list[Record], about: str) -> list[Record] | Question:
    """Return the notes that are to go, or the question which. Raises CannotDo when none is about that."""
    if is_all(about) or (len(notes) == 1 and not about):
        return notes
    if place_in(about) is not None:
        return [chosen_by_place(notes, about)]
    if not about:
        latest = short(notes[0])
        return Question(
            en=f'All {len(notes)} notes, or only the last one, "{latest}"?',
            zh=f"{len(notes)}条全部删除，还是只删最后一条“{latest}”？",
            slot="text",
        )
    found = [notes[hit.at] for hit in best(search(about, [note.data["text"] for note in notes]))]
    if not found:
        raise CannotDo(en=f"I found no note about {about}, so nothing was deleted.", zh=f"没找到关于{about}的笔记，什么也没删。")
    texts = list(dict.fromkeys(short(note) for note in found))
    if len(texts) == 1:
        return found[:1]
    some = texts[:READ]
    return Question(en=f"Which one: {' Or: '.join(f'{each}?' for each in some)}", zh=f"哪一条：{'？还是'.join(some)}？", slot="text")


def ask(notes: list[Record]) -> Question:
    """Return the question before notes are deleted."""
    if len(notes) == 1:
        return Question(en=f'Delete the note "{short(notes[0])}"?', zh=f"要删除笔记“{short(notes[0])}”吗？")
    return Question(en=f"Delete all {len(notes)} notes?", zh=f"{len(notes)}条笔记全部删除吗？")


async def newest_first(ctx: Context) -> list[Record]:
    """Return all notes."""
    return list(reversed(await ctx.records("note").all()))


def chosen_by_place(notes: list[Record], about: str) -> Record:
    """Return the note that "the last one" or "the second" points at; there are notes."""
    place = place_in(about)
    return notes[0] if place in {None, -1} else notes[::-1][min(place or 0, len(notes) - 1)]


def subject(text: str) -> str:
    """Return what a note is looked for by, without what is said around it."""
    text = text.strip(" .,?!。，？！\"'“”")
    return text if is_all(text) or place_in(text) is not None else AROUND.sub("", text).strip()


def read_out(ctx: Context, notes: list[Record], count: int) -> Reply:
    """Return the reply that reads notes out, the newest first."""
    if len(notes) == 1:
        return Reply(en=f"{'Your only' if count == 1 else 'Your'} note: {told(ctx, notes[0])}", zh=told(ctx, notes[0]))
    latest = f", the latest {READ} are" if count > READ else ""
    latest_zh = f"，最近{READ}条是" if count > READ else ""
    return Reply(en=f"You have {count} notes{latest}: {joined(ctx, notes)}", zh=f"有{count}条笔记{latest_zh}：{joined(ctx, notes)}")


def joined(ctx: Context, notes: list[Record]) -> str:
    """Return the first notes one after the other, and how many more there are."""
    texts = [told(ctx, note) for note in notes[:READ]]
    more = len(notes) - READ
    if ctx.language == "zh":
        return "".join(texts) + (f"还有{more}条。" if more > 0 else "")
    return " ".join(texts) + (f" And {more} more." if more > 0 else "")


def told(ctx: Context, note: Record) -> str:
    """Return a note with the day it was written on, as a sentence; of today's the day is no news."""
    day = date_of(note)
    when = ctx.say(day) if day and day != ctx.now.date() else ""
    if ctx.language == "zh":
        return f"{when}{'：' if when else ''}{note.data['text']}。"
    return f"{f'on {when}: ' if when else ''}{note.data['text']}."


def date_of(note: Record) -> date | None:
    """Return the day on which a note was written."""
    try:
        return datetime.fromisoformat(note.data["at"]).date()
    except (KeyError, ValueError):
        return None


def short(note: Record) -> str:
    """Return the beginning of a note, enough to know it by."""
    text: str = note.data["text"]
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."
