"""Lists: shopping, things to do, and any other that somebody names."""

from collections.abc import Sequence
from typing import Any

from assistant.skill import CannotDo, Context, Question, Record, Reply, Thing, action, inverse
from skills.listing import (
    RULES,
    SHOPPING,
    SPOKEN,
    ListName,
    a_list,
    bare_names,
    called_en,
    called_zh,
    cleaned,
    find,
    house_list,
    key,
    listing,
    matches,
    named,
    no_such,
    things,
    where,
    write,
)
from skills.pointing import is_all
from skills.ringing import capital


@action(
    en=[
        "<add> {items} <to> <list>",
        "<add> <to> <list> {items}",
        "<to> <list> <add> {items}",
        "<the> {list} list (add|needs) {items}",
        "<the> list needs {items}",
        "(need|needs) to go on <list> {items}",
        "{items} (needs|need) to (go|be) on <list>",
        "(make sure|check that) {items} (is|are) on <list>",
        "(we are|i am|we have|i have) [nearly|almost|just] [run] (out of|low on) {items}",
        "(we are|i am) running (low on|out of) {items}",
        "add {items} to [my|the] (shopping|groceries) {list=shopping}",
        "(add|create|new) [a] (task|to do|todo) [called|to] {items} {list=to-do}",
        "<add> [something|things] <to> <list>",
    ],
    zh=[
        "(把|将){items}(加到|加进|加入|放到|放进|写到|写进|记到|记在|添加到|添到|列入|列到|写在|写入|放在|添加至|加入到)<zh_list><zh_in>[去]",
        "[在|往|给]<zh_list><zh_in>(加|写|记|添|添加|加入|放|列|补|塞|存)[上|个|点|一个|一下|些|一些|一项|进]{items}",
        "<zh_list>(加|添|添加|加上|写上|记上){items}",
        "{items}(加到|加进|加入|放到|放进|写到|写进|记到|添加到|列入|记在|写在)<zh_list><zh_in>[去]",
        "(添加|加|记|写){items}(到|进|在)<zh_list><zh_in>",
        "(添加|新建|加|新增)[一个|个|一项|一条](任务|待办|待办事项){items}{list=待办}",
        "[往|在]<zh_list><zh_in>(加|写|记|添)[点|些|个]东西",
    ],
    ask={"items": Reply(en="What should I add?", zh="要加什么？")},
    rules=RULES,
    implied=bare_names,
)
async def add(ctx: Context, items: list[str], list: ListName = "") -> Reply:  # noqa: A002 -- the slot's name
    """Add things to a list, such as the shopping list or the to-do list.

    Args:
        items: The things, one by one.
        list: Which list, such as "shopping"; absent means shopping.
    """
    name = named(list) or SHOPPING
    kept = await find(ctx, name)
    shared = await house_list(ctx, name) if kept is None and list else None
    if shared:
        return await add_at_home(ctx, shared, cleaned(items))
    before = things(kept)
    known = {key(item) for item in before}
    fresh: dict[str, str] = {}
    for item in cleaned(items):
        if key(item) not in known:
            fresh.setdefault(key(item), item)
    there = [item for item in cleaned(items) if key(item) in known]
    if not fresh and not there:
        return Reply(en="What should I add? I didn't catch a thing.", zh="没听清要加什么。")
    called = called_en(kept, name), called_zh(kept, name)
    if not fresh:
        verb = "is" if len(there) == 1 else "are"
        return Reply(en=f"{capital(ctx.say(there))} {verb} on {called[0]} already.", zh=f"{ctx.say(there)}已经在{called[1]}上了。")
    added = [*fresh.values()]
    kept = await write(ctx, kept, name, [*before, *added])
    said = listing(ctx, added)
    also_en = f" {capital(ctx.say(there))} {'was' if len(there) == 1 else 'were'} there already." if there else ""
    also_zh = f"{ctx.say(there)}本来就有。" if there else ""
    return Reply(
        en=f"Added {said} to {called[0]}.{also_en}",
        zh=f"{called[1]}加上了{said}。{also_zh}",
        undo=take_off(list_id=kept.id, items=added),
    )


@action(
    en=[
        "(<take>|get) {items} <off> <list>",
        "(take|cross|strike|scratch|tick|check) (off {items} (on|from)|{items} off) <list>",
        "(take|cross|strike|scratch) {items} off",
        "(cross|strike|scratch|tick|check) off {items}",
        "<take> {items} (on|in) <list>",
        "<off> <list> <take> {items}",
        "<the> {list} list (remove|delete) {items}",
        "mark {items} (as done|done|as complete|as completed|complete) [on <list>]",
        "(complete|finish) {items} on <list>",
        "we do not need {items} (any more|anymore|after all)",
    ],
    zh=[
        "(从|在)<zh_list><zh_in>[把]<zh_off>[了]{items}",
        "(把|将){items}从<zh_list><zh_in>[给]<zh_off>[了|吧]",
        "(从|把)<zh_list><zh_in>[把|的]{items}[给]<zh_off>[了]",
        "<zh_list><zh_in>(删|删除|删掉|去掉|划掉|移除|拿掉|不要){items}[了]",
        "<zh_list><zh_in>的{items}[可以]<zh_off>[了]",
        "划掉{items}",
    ],
    ask={"items": Reply(en="What should I take off?", zh="要去掉什么？")},
    rules=RULES,
    implied=bare_names,
)
async def remove(ctx: Context, items: list[str], list: ListName = "") -> Reply | Question:  # noqa: A002 -- the slot's name
    """Take things off a list, because they are bought, done or not wanted any more.

    Args:
        items: The things, one by one.
        list: Which list; absent means the one that has them.
    """
    wanted = cleaned(items)
    kept, name = await where(ctx, wanted, named(list))
    before = things(kept)
    if not before or kept is None:
        raise CannotDo(en=f"{capital(called_en(kept, name))} is empty.", zh=f"{called_zh(kept, name)}是空的。")
    if len(wanted) == 1 and is_all(wanted[0]):
        return await clear(ctx, list=name)
    gone: dict[str, int] = {}
    missing = []
    for item in wanted:
        found = matches(before, item)
        if len(found) > 1 and len(wanted) == 1:
            return Question(en=f"Which one, {' or '.join(found)}?", zh=f"哪一个，{'还是'.join(found)}？", slot="items")
        if len(found) == 1:
            gone[found[0]] = before.index(found[0])
        else:
            missing.append(item)
    if not gone:
        raise CannotDo(
            en=f"There is no {' or '.join(missing)} on {called_en(kept, name)}. There is {listing(ctx, before)}.",
            zh=f"{called_zh(kept, name)}上没有{'、'.join(missing)}，现在有{listing(ctx, before)}。",
        )
    await write(ctx, kept, name, [item for item in before if item not in gone])
    said = listing(ctx, [*gone])
    also_en = f" {capital(' and '.join(missing))} wasn't on it." if missing else ""
    also_zh = f"{'、'.join(missing)}不在上面。" if missing else ""
    return Reply(
        en=f"I took {said} off {called_en(kept, name)}.{also_en}",
        zh=f"{said}从{called_zh(kept, name)}划掉了。{also_zh}",
        undo=put_on(list_id=kept.id, name=kept.data["name"], items=gone),
    )


@action(
    en=[
        "what is [there] [left|still] (on|in) <list>",
        "what (do|have) (i|we) (have|got|put|have got) (on|in) <list>",
        "(what do (i|we) need|what (is|are) there) [to (buy|get)] [from|at] the (shop|store|supermarket|shops) {list=shopping}",
        "<read> <list> [to me|out loud|out|aloud|back|again]",
        "<read> [me] [back] what is (on|in) <list>",
        "(run me through|let me hear|let me see|i want to hear|i need to hear) <list>",
        "(is there anything|anything) [left|still|else] (on|in) <list>",
        "how many (things|items|tasks) are (on|in) <list>",
        "(what|which) lists (do i have|have i got|are there|do i keep)",
        "(list|show|read|name|tell me) [me] [all] my lists",
        "(the|my|our) {list} list",
    ],
    zh=[
        "<zh_list><zh_in>[都|还|现在]有(什么|啥|哪些|哪些东西|什么东西|些什么|几样|几项|多少)",
        "<zh_read>[给我听|给我]<zh_list>[念|读|给我听]",
        "(把|将)<zh_list>(念|读)[给我听|一遍|一下|出来]",
        "[我][都]有(哪些|几个|什么|多少)清单",
        "(列出|显示|念)[我的|我所有的|所有|所有的]清单",
        "<zh_list>[呢]",
    ],
    rules=RULES,
    reads=True,
)
async def read(ctx: Context, list: ListName = "") -> Reply:  # noqa: A002 -- the slot's name
    """Tell what is on a list.

    Args:
        list: Which list; absent means the only one there is, or shopping with the names of the others.
    """
    lists = [each for each in await ctx.records("list").all() if things(each)]
    name = named(list) or (lists[0].data["name"] if len(lists) == 1 else SHOPPING)
    kept = await find(ctx, name)
    if kept is None and name not in SPOKEN:
        raise await no_such(ctx, name)
    others = [] if list else [each for each in lists if kept is None or each.id != kept.id]
    items = things(kept)
    en, zh = capital(called_en(kept, name)), called_zh(kept, name)
    also_en = f" There is also {' and '.join(f'{called_en(each)} with {len(things(each))}' for each in others)}." if others else ""
    also_zh = f"另外还有{'、'.join(f'{called_zh(each)}（{len(things(each))}项）' for each in others)}。" if others else ""
    if not items:
        return Reply(en=f"{en} is empty.{also_en}", zh=f"{zh}是空的。{also_zh}")
    count = f" has {len(items)} things" if len(items) > 1 else ""
    return Reply(
        en=f"{en}{count}: {listing(ctx, items)}.{also_en}",
        zh=f"{zh}{f'有{len(items)}项' if len(items) > 1 else ''}：{listing(ctx, items)}。{also_zh}",
    )


@action(
    en=[
        "<clear> <the> [whole|entire] ({list} list|list)",
        "<clear> (everything|all items|all the items|all of it|all|everything that is) (on|from|in|off) <list>",
        "(take|cross|check|tick) everything off <list>",
        "(make|i want) <list> (blank|empty)",
        "mark (everything|all) on <list> [as] done",
        "<the> {list} list (delete all|clear [it]|empty)",
    ],
    zh=[
        "<zh_clear>[整个]<zh_list>",
        "(把|将)[整个]<zh_list>[全|都|给|全部|全都|整个](清空|清掉|清了|删掉|删了|删除|清除|抹干净|扔掉)[了]",
        "<zh_list>(清空|全清|清掉|全部清空|全部删除|全删|清一清|清了)[了]",
        "(清空|删除|删掉|去掉)<zh_list><zh_in>[的](所有|全部)(东西|内容|项目|的东西)",
    ],
    rules=RULES,
)
async def clear(ctx: Context, list: ListName = "") -> Reply | Question:  # noqa: A002 -- the slot's name
    """Empty a list; asks first.

    Args:
        list: Which list; absent means the only one there is, or shopping.
    """
    lists = [each for each in await ctx.records("list").all() if things(each)]
    name = named(list) or (lists[0].data["name"] if len(lists) == 1 else SHOPPING)
    kept = await find(ctx, name)
    if kept is None and name not in SPOKEN:
        raise await no_such(ctx, name)
    items, en, zh = things(kept), called_en(kept, name), called_zh(kept, name)
    if kept is None or (not items and name in SPOKEN):
        return Reply(en=f"{capital(en)} is empty already.", zh=f"{zh}本来就是空的。")
    undo = bring_back(list_id=kept.id, data=kept.data)
    if not items:
        await ctx.records("list").remove(kept.id)
        return Reply(en=f"{capital(en)} was empty, so I removed it.", zh=f"{zh}是空的，就删掉了。", undo=undo)
    if not ctx.confirmed:
        return Question(en=f"Clear {en} with {listing(ctx, items)}?", zh=f"要清空{zh}吗？上面有{listing(ctx, items)}。")
    await write(ctx, kept, name, [])
    return Reply(en=f"{capital(en)} is empty now.", zh=f"{zh}清空了。", undo=undo)


@action(
    en=[
        "<create> [me] (a|another) [new|fresh|separate|blank] {list} list",
        "<create> [me] (a|another) [new|fresh|separate|blank] list [(called|named|for|and call it|with the name|by the name of)] {list}",
        "(open|open up|bring up|pull up|get me|give me) a new {list} list",
        "(open|open up|bring up|pull up|get me|give me) a new list",
        "(new|another) list [(called|named|for)] {list}",
        "<create> [me] (a|another) [new|fresh|separate|blank] list",
        "<create> [me] (a|another) [new|fresh|separate|blank] (to do|todo) list {list=to-do}",
    ],
    zh=[
        "<zh_create>{list}[的](清单|单子|列表)",
        "<zh_create>(清单|单子|列表)(叫|名叫|名字叫|名字是|名为|叫做){list}",
        "<zh_create>(叫|名叫|名为){list}的(清单|单子|列表)",
        "<zh_create>(清单|单子|列表)",
    ],
    rules=RULES,
    implied=bare_names,
)
async def create(ctx: Context, list: ListName = "") -> Reply | Question:  # noqa: A002 -- the slot's name
    """Start a new list.

    Args:
        list: What it is called.
    """
    name = named(list)
    if not name:
        return Question(en="What should the list be called?", zh="清单叫什么名字？", slot="list")
    kept = await find(ctx, name)
    if kept is not None:
        many = f" with {len(things(kept))} things" if len(things(kept)) > 1 else ""
        return Reply(en=f"You have {a_list(kept.data['name'])} already{many}.", zh=f"已经有{called_zh(kept)}了。")
    made = await ctx.records("list").add(name=name, items=[])
    return Reply(
        en=f"I made {a_list(name)}. Say what to put on it.",
        zh=f"{called_zh(made)}建好了，要加什么？",
        undo=take_off(list_id=made.id, items=[]),
    )


async def add_at_home(ctx: Context, shared: Thing, items: Sequence[str]) -> Reply:
    """Write things on a list of the house."""
    for item in items:
        await ctx.house.call("todo.add_item", [shared.id], item=item)
    return Reply(
        en=f"Added {ctx.say([*items])} to {shared.name} of the house.",
        zh=f"家里的{shared.name}加上了{ctx.say([*items])}。",
        undo=take_off_at_home(shared=shared.id, items=[*items]),
    )


@inverse
async def take_off_at_home(ctx: Context, shared: str, items: Sequence[str]) -> None:
    """Take back that things were written on a list of the house."""
    for item in items:
        await ctx.house.call("todo.remove_item", [shared], item=item)


@inverse
async def take_off(ctx: Context, list_id: int, items: Sequence[str]) -> None:
    """Take back that things were added; a list that was made for them goes too."""
    kept = next((each for each in await ctx.records("list").all() if each.id == list_id), None)
    if kept:
        left = [item for item in things(kept) if item not in items]
        if left:
            await ctx.records("list").put(kept.having(items=left))
        else:
            await ctx.records("list").remove(list_id)


@inverse
async def put_on(ctx: Context, list_id: int, name: str, items: dict[str, int]) -> None:
    """Put things back where they were on a list."""
    kept = next((each for each in await ctx.records("list").all() if each.id == list_id), Record(list_id, {"name": name, "items": []}))
    now = things(kept)
    for item, place in sorted(items.items(), key=lambda pair: pair[1]):
        if item not in now:
            now.insert(place, item)
    await ctx.records("list").put(kept.having(items=now))


@inverse
async def bring_back(ctx: Context, list_id: int, data: dict[str, Any]) -> None:
    """Fill a cleared list again; what has been added since stays."""
    kept = next((each for each in await ctx.records("list").all() if each.id == list_id), None)
    since = [item for item in things(kept) if item not in data["items"]]
    await ctx.records("list").put(Record(list_id, data | {"items": [*data["items"], *since]}))
