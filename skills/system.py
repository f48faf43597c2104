"""The computer itself: its battery, its lock, a picture of its screen."""

import asyncio
from pathlib import Path

from assistant.skill import CannotDo, Context, Reply, action, inverse

LOW = 15.0
"""Percent below which it is time to plug it in."""

FULL = 99
"""Percent at which a battery is full; many stop just below a hundred."""

RULES = {
    "computer": "[the|my|this|our] (computer|laptop|pc|machine|desktop|notebook|workstation|session|thing)",
    "battery": "[the|my|this] [laptop|computer|laptop's|computer's|my laptop's|the laptop's] (battery|charge)",
    "screen": "[the|my|this] [whole|entire|current] (screen|display|desktop|monitor)",
    "shot": "(screenshot|screen shot|screen capture|screen grab|screengrab|snapshot of <screen>|picture of <screen>|photo of <screen>)",
    "of": "[of (this|that|it|everything|<screen>|this (page|window))]",
    "zh_computer": "[这台|我的|这个](电脑|计算机|笔记本|机器|屏幕|会话|本子)",
    "zh_battery": "[电脑|笔记本|电脑的|笔记本的|手提电脑]((电池|电量)[的电量|电量]|battery)",
    "zh_shot": "(截图|截屏|抓屏|屏幕截图|屏幕快照|全屏截图)",
    "zh_take": "(截|抓|拍)[一|个|一个|一张|张|一下|下]",
}


@action(
    en=[
        "how much battery is left",
        "how much (battery|charge|juice|power) [is left|do i have [left]|have i got [left]|does <computer> have [left]|is there [left]]",
        "how much [battery|charge] is left (in|on) (<computer>|<battery>)",
        "how (is|was) <battery> [doing|looking]",
        "how (full|charged|low) is (<battery>|<computer>)",
        "how long (will|does|can) <battery> (last|hold)",
        "how long (until|till|before) (<battery> (runs out|is empty|dies)|<computer> dies)",
        "what is <battery> (level|percentage|status|at|on)",
        "what is (the charge|left) (on|in|of) (<computer>|<battery>)",
        "(what percent|what percentage) [of] (battery|charge) (do i have|have i got|is left)",
        "(battery|charge) [level|status|percentage|report|life]",
        "(laptop|computer) battery [level|status|percentage]",
        "(check|show|tell|give|read) [me] <battery> [level|status|percentage|report]",
        "is <battery> (low|full|charging|charged|empty|okay|dying|about to die)",
        "is <computer> (charging|plugged in|charged|fully charged|on battery|on mains [power])",
        "(am i|are we|is this) [running] (on battery|on mains|on mains power|plugged in|low on battery|out of battery)",
        "(do i need to|should i) (charge|plug in) [<computer>|it]",
    ],
    zh=[
        "还有多少电",
        "<zh_battery>[现在]([还]有|[还]剩|剩余|是|)(多少|百分之多少|百分之几|几格|几成)[了|电|电量]",
        "<zh_battery>(怎么样|如何|情况|状态|情况如何|百分比|还够吗|够吗|够不够|低吗|满了吗|足吗|还够不够用)[了]",
        "[现在|当前|剩余|目前]<zh_battery>",
        "[电脑|笔记本][还](有|剩|剩下)(多少|百分之几的|百分之多少的|几成)(电|电量)",
        "(查|看|查看|看看|查一下|看一下|看下|查下|查查|告诉我|报|报一下|报下|说一下)[现在的]<zh_battery>",
        "<zh_battery>[还](能用|能撑|能坚持|可以用|够用)(多久|多长时间|几个小时)",
        "(电脑|笔记本)(快|要)没电了[吗]",
        "(快没电|没电|电充满|充满电|充好电)了[吗|没有|没]",
        "[电脑|笔记本](在充电|充电了|在不在充电|插着电|插电源了|插着电源)[吗|没|没有]",
        "(要不要|该不该|需不需要|需要|该)充电[了][吗]",
    ],
    rules=RULES,
)
async def battery(ctx: Context) -> Reply:
    """Tell how much battery is left, and whether it is charging."""
    found = await ctx.desktop.battery()
    if found is None:
        return Reply(en="This computer has no battery; it runs on mains power.", zh="这台电脑没有电池，用的是电源。")
    percent = round(found.percent)
    if found.plugged:
        full_en, full_zh = (" and fully charged", "，已充满") if percent >= FULL else ("", "")
        return Reply(en=f"{percent} percent, plugged in{full_en}.", zh=f"电量{percent}%，接着电源{full_zh}。")
    left_en = f", about {ctx.say(found.left)} left" if found.left else ""
    left_zh = f"，大约还能用{ctx.say(found.left)}" if found.left else ""
    low_en, low_zh = (" Plug it in soon.", "快接上电源吧。") if percent < LOW else ("", "")
    return Reply(en=f"{percent} percent{left_en}, on battery.{low_en}", zh=f"电量{percent}%{left_zh}，没接电源。{low_zh}")


@action(
    en=[
        "lock [up] (<computer>|<screen>) [up]",
        "lock screen",
        "(screen|computer|pc|laptop) lock [now]",
        "(show|activate|engage|bring up|go to|take me to|put on|put|start) [the|my] (lock screen|screen lock) [on]",
        "(get|have|i want|i need|i would like) <computer> locked",
        "(get|have|i want|i need|i would like) <screen> locked",
        "(secure|lock down) (<computer>|<screen>)",
        "put <computer> on the lock screen",
        "make sure <computer> is locked",
    ],
    zh=[
        "(锁屏|锁一下屏|锁下屏|锁个屏|屏幕锁定)[幕]",
        "(锁|锁定|锁住|锁上|锁一下|锁下)<zh_computer>",
        "(把|将|给)<zh_computer>(锁|锁了|锁上|锁定|锁住|锁一下|锁屏|上锁|锁起来)[了]",
        "<zh_computer>(锁屏|锁上|锁定|锁一下|锁住)",
        "(进入|显示|切到|切换到|打开)锁屏[界面|状态]",
        "(立即|马上|现在|快)(锁屏|锁定<zh_computer>)",
    ],
    rules=RULES,
)
async def lock(ctx: Context) -> Reply:
    """Lock the screen."""
    await ctx.desktop.lock()
    return Reply(en="Locked.", zh="已锁屏。")


@action(
    en=[
        "take a screenshot",
        "(take|make|get|grab|do|save|snap|capture|have|create) [me] [a|an|another|one] [quick] <shot> <of>",
        "[take|get|have|i want|i need|i would like] [a|an] <shot> <of> [now]",
        "(capture|grab|snip|snap|screenshot|photograph) <screen>",
        "(screenshot|screengrab) (this|that|it|everything)",
        "[hit|press|do a] print screen",
        "(take|make) a (picture|photo|snapshot) of what is on <screen>",
        "(save|capture|grab) what is on <screen> [as (an image|a picture)]",
        "save <screen> as (an image|a picture)",
    ],
    zh=[
        "截图",
        "[做|来|拍|保存|存][个|一个|一张|张]<zh_shot>[一下]",
        "(截|抓)(个|一下|一张|张|一个|下)(图|屏|屏幕|全屏|整个屏幕)",
        "(截|截取|抓取|截下|拍下)[一下](屏幕|全屏|整个屏幕|当前屏幕|现在的屏幕|当前画面|桌面)",
        "(把|将)[当前|现在的|整个](屏幕|画面|桌面|窗口|这个画面|这个窗口|这个页面|这页)(截|拍)(下来|个图|一张|一下|图|图保存|了)",
        "(给|对)[当前]屏幕(拍|截)[个|一个|张|一张](照|照片|图)",
        "保存[当前]屏幕[画面|截图]",
        "屏幕(截一下|截个图|截一张|截下来)",
    ],
    rules=RULES,
)
async def screenshot(ctx: Context) -> Reply:
    """Save a picture of the screen."""
    path = await ctx.desktop.screenshot()
    told = shown(path)
    return Reply(en=f"Saved as {told}.", zh=f"截图已保存：{told}。", undo=discard(path=str(path)))


def shown(path: Path) -> str:
    """Return a path as a person reads it, from their own folder on."""
    try:
        return str(path.relative_to(Path.home()))
    except ValueError:
        return str(path)


@inverse
async def discard(ctx: Context, path: str) -> None:  # noqa: ARG001 -- every inverse is given its context
    """Delete a picture that was taken. Raises CannotDo when it cannot be deleted."""
    try:
        await asyncio.to_thread(Path(path).unlink, missing_ok=True)
    except OSError as error:
        raise CannotDo(en=f"I couldn't delete {path}: {error.strerror}.", zh=f"没能删除{path}。") from error
