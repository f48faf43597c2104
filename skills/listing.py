"""How lists are asked for and named, and how they are kept."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

from assistant.skill import CannotDo, Context, Record, Thing, phrase
from skills.alike import nearest
from skills.pointing import place_in

SHOPPING, TODO = "shopping", "to-do"
NAMED = {
    **dict.fromkeys(("shopping", "shop", "shops", "grocery", "groceries", "supermarket", "food", "grocery shopping"), SHOPPING),
    **dict.fromkeys(("购物", "买菜", "采购", "超市", "买东西", "购物车", "要买的", "要买的东西", "食品", "日用品"), SHOPPING),
    **dict.fromkeys(("to do", "todo", "to dos", "todos", "task", "tasks", "things to do", "job", "jobs"), TODO),
    **dict.fromkeys(("待办", "代办", "待办事项", "任务", "要做的事", "事项", "todo list"), TODO),
}
"""The two lists that everybody has, by the names people give them."""

SPOKEN = {SHOPPING: ("shopping", "购物"), TODO: ("to-do", "待办")}

AROUND = re.compile(
    r"^((my|the|our|a|an|this|that|new)\s+)+|\s*\blists?$"
    r"|^(我的|我们的|这个|那个)|的?(清单|单子|列表|名单|表)[里上中]?面?$",
    re.IGNORECASE,
)
"""What is said around the name of a list."""

BEFORE_ITEM = re.compile(
    r"^((some|the|any|my|our|more|another|extra|please)\s+)+"
    r"|^(an?)\s+(?!(?:\S+\s+)*of\b|(?:dozen|couple|few|bit|pair|half|quarter)\b)(?=\S)"
    r"|^(一些|一点|点|些)(?=.)",
    re.IGNORECASE,
)
"""What is said before a thing and is no part of it."""

BEFORE_NAME = re.compile(r"^((called|named|of|for|name|the|my|our)\s+)+(?=\S)", re.IGNORECASE)
"""What is said before the name of a list and is no part of it."""

LONGEST_ITEM = 200
"""Characters of one thing; what is longer is a note."""

LONGEST_NAME = 40
"""Characters."""
LONGEST_NAME_WORDS = 3
LONGEST_NAME_ZH = 6
"""Characters of a Chinese one."""

MOST_ITEMS = 500
"""Things added at once."""

READ = 12
"""Things read out; the others are only counted."""

FORBIDDEN = frozenset(
    [
        *("the", "my", "a", "is", "are", "that", "on", "off", "to", "and", "from", "have", "has", "get", "it", "out"),
        *("contact", "contacts", "friends", "play"),  # what is no list of things
        *"，。；建开做弄把将给",
    ]
)
"""What is no part of a list's name, but of "to do"."""

TWO_WORDS = re.compile(r"to do\b", re.IGNORECASE)


def names_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what a list may be called: a few words, none of them a small one."""
    is_chinese = "\u3400" <= text[at : at + 1] <= "\u9fff"
    if found := TWO_WORDS.match(text, at):
        yield found.span()
    for count, word in enumerate(re.finditer(r"[\u3400-\u9fff]" if is_chinese else r"\S+", text[at:]), 1):
        if word[0].casefold() in FORBIDDEN or count > (LONGEST_NAME_ZH if is_chinese else LONGEST_NAME_WORDS):
            return
        yield at, at + word.end()


ListName = Annotated[str, phrase("name of a list", names_in, en=["shopping", "party"], zh=["购物", "行李"], is_sure=False)]


def bare_names(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with things and lists named without what is said before them: "some eggs" are eggs."""
    found = dict(slots)
    if isinstance(found.get("items"), list):
        found["items"] = [BEFORE_ITEM.sub("", item) or item for item in found["items"]]
    if isinstance(found.get("list"), str):
        found["list"] = BEFORE_NAME.sub("", found["list"])
    return found


RULES = {
    "the": "[the|my|our|a|this|that]",
    "add": "(add|put|stick|pop|write|jot|get|throw|chuck|include|place|enter|whack)",
    "to": "(to|on|onto|on to|in|into|down on)",
    "list": "<the> ({list} list|list)",
    "off": "(off|off of|from|out of)",
    "take": "(take|remove|delete|cross|cross off|strike|strike off|scratch|scratch off|tick off|check off|drop|get rid of|erase|clear)",
    "read": "(read|read out|read me|read back|show|show me|tell me|give me|open|open up|go through|list|display|bring up|pull up|check)",
    "clear": "(clear|clear out|empty|wipe|wipe out|erase|reset|delete|remove|get rid of|bin|scrap|throw away|throw out|start over with)",
    "create": "(create|make|start|begin|set up|open|add|make me|i need|i want|give me|do|do me|build|generate)",
    "zh_list": "[我的|我|这个|那个]({list}|{list}的|)(清单|单子|列表)",
    "zh_in": "[里|上|中|里面|上面|里头]",
    "zh_into": "(到|进|在|入|至|进到|上)",
    "zh_add": "(加|放|写|记|添|添加|加入|列|塞|存|补|排|放进|写进|加进|加到|写到|记到|添加到|加入到|放到)",
    "zh_off": "(删|删除|删掉|去掉|划掉|移除|拿掉|勾掉|撤掉|取消|移走|划去|清掉|剔掉)",
    "zh_read": "(念|读|看|看看|念念|读读|打开|查看|看一下|念一下|读一下|显示|列出|说说|给我念|给我读|告诉我|查一下|报一下|念给我听)",
    "zh_clear": "(清空|清掉|清除|清一清|清一下|删掉|删除|删了|扔掉|重置)",
    "zh_create": "(建|新建|创建|建立|开|做|弄|列|新增|建一下|加|添加)[了][个|一个|一张|张|一份|份|个新的|一个新的|新的|新]",
}


def named(said: str) -> str:
    """Return a list's name as it is kept: the two that everybody has by one name; empty when none was said."""
    short = " ".join(said.casefold().replace("-", " ").split())
    while (trimmed := AROUND.sub("", short).strip()) != short:
        short = trimmed
    return NAMED.get(short, short)[:LONGEST_NAME]


def things(kept: Record | None) -> list[str]:
    """Return what is on a list."""
    return list(kept.data["items"]) if kept else []


async def find(ctx: Context, name: str) -> Record | None:
    """Return the list of a name, or of one that is nearly it; None when there is none."""
    kept = await ctx.records("list").all()
    exact = next((each for each in kept if each.data["name"] == name), None)
    if exact or name in SPOKEN:
        return exact
    near = nearest(name, [each.data["name"] for each in kept])
    return next((each for each in kept if each.data["name"] == near), None)


async def house_list(ctx: Context, name: str) -> Thing | None:
    """Return the list of the user's house that is called so: those of Home Assistant are for everybody at home."""
    try:
        things = [thing for thing in await ctx.house.things() if thing.domain == "todo"]
    except CannotDo:
        return None
    wanted = set(name.replace("-", " ").split()) - {"list", "my", "todo"}
    fits = [thing for thing in things if any(wanted <= set(own.casefold().split()) or own.casefold() == name for own in thing.names)]
    if not fits and name == TODO and len(things) == 1:
        return things[0]
    return fits[0] if len(fits) == 1 else None


async def write(ctx: Context, kept: Record | None, name: str, items: Sequence[str]) -> Record:
    """Keep a list with these things on it."""
    if kept is None:
        return await ctx.records("list").add(name=name, items=list(items))
    changed = kept.having(items=list(items))
    await ctx.records("list").put(changed)
    return changed


async def where(ctx: Context, wanted: Sequence[str], name: str) -> tuple[Record | None, str]:
    """Return the list that is meant, with its name: the one named, else the one that has the things. Raises CannotDo."""
    if name:
        kept = await find(ctx, name)
        if kept is None and name not in SPOKEN:
            raise await no_such(ctx, name)
        return kept, kept.data["name"] if kept else name
    lists = await ctx.records("list").all()
    having = [each for each in lists if any(matches(things(each), item) for item in wanted)]
    best = next((each for each in having if each.data["name"] == SHOPPING), having[0] if having else None)
    kept = best or await find(ctx, SHOPPING) or (lists[0] if len(lists) == 1 else None)
    return kept, kept.data["name"] if kept else SHOPPING


def matches(items: Sequence[str], wanted: str) -> list[str]:
    """Return the things that words mean: the same thing, one of its place, those that have the words, or one that sounds like it."""
    same = [item for item in items if key(item) == key(wanted)]
    if same:
        return same[:1]
    place = place_in(wanted)
    if place is not None and -len(items) <= place < len(items):
        return [items[place]]
    having = [item for item in items if contains(item, wanted)]
    if having:
        return having
    near = nearest(key(wanted), [key(item) for item in items])
    return [item for item in items if key(item) == near][:1]


def contains(item: str, wanted: str) -> bool:
    """Tell whether a thing has all words of another: "oat milk" is "milk"."""
    if any("\u3400" <= sign <= "\u9fff" for sign in wanted):
        return wanted in item
    return set(key(wanted).split()) <= set(key(item).split())


def key(item: str) -> str:
    """Return a thing as it is compared: "Eggs" is "egg"."""
    words = item.casefold().split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words)


def cleaned(items: Iterable[str]) -> list[str]:
    """Return the things without the words before them, each once."""
    found: dict[str, str] = {}
    for item in items:
        bare = BEFORE_ITEM.sub("", " ".join(item.split())).strip(" .,!?。，！？")[:LONGEST_ITEM]
        if bare:
            found.setdefault(key(bare), bare)
    return list(found.values())[:MOST_ITEMS]


def listing(ctx: Context, items: Sequence[str]) -> str:
    """Return things as they are read out; of many only the first."""
    more = len(items) - READ
    if more <= 0:
        return ctx.say(list(items))
    rest = f"还有{more}样" if ctx.language == "zh" else f"{more} more"
    return ctx.say([*items[:READ], rest])


def called_en(kept: Record | None, name: str = "") -> str:
    """Return what a list is called in English: "the shopping list"."""
    own = str(kept.data["name"]) if kept else name
    return f"the {SPOKEN.get(own, (own,))[0]} list"


def called_zh(kept: Record | None, name: str = "") -> str:
    """Return what a list is called in Chinese: 购物清单."""
    own = str(kept.data["name"]) if kept else name
    return f"{SPOKEN[own][1] if own in SPOKEN else own}清单"


def a_list(name: str) -> str:
    """Return a list's name with its article: "an ideas list"."""
    own = SPOKEN.get(name, (name,))[0]
    return f"{'an' if own[:1] in 'aeiou' else 'a'} {own} list"


async def no_such(ctx: Context, name: str) -> CannotDo:
    """Return the error that there is no such list, with those there are."""
    kept = await ctx.records("list").all()
    hint_en = f"There is {' and '.join(called_en(each) for each in kept)}." if kept else f"Say: create {a_list(name)}."
    hint_zh = f"现在有{'、'.join(called_zh(each) for each in kept)}。" if kept else f"可以说：新建{name}清单。"
    return CannotDo(en=f"There is no {name} list. {hint_en}", zh=f"没有{name}清单。{hint_zh}")
