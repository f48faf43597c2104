"""What left this machine, told from the record that is written before anything does."""

from collections.abc import Sequence
from datetime import date, timedelta

from assistant.skill import Context, Reply, Sent, action

LOOKS_BACK_DAYS = 7
"""How far back is looked when no day was said."""

TOLD = 4
"""Receivers told one by one; more is a list nobody listens to."""

SUBJECTS = {
    "models": ("for models", "下载模型"),
    "weather": ("about the weather", "查天气"),
    "news": ("for the news", "看新闻"),
    "wiki": ("for an article", "查百科"),
    "currency": ("for exchange rates", "查汇率"),
    "calendar": ("about your calendar", "同步日历"),
    "home": ("about your home", "控制家里"),
    "dictionary": ("about a word", "查词"),
    "translate": ("for a translation", "翻译"),
    "llm": ("with what your own language model there was to answer", "让你自己的语言模型回答"),
}
"""What each family asks the network for; others by their own name."""

BROKEN = Reply(
    en="somebody or something has changed the record of what I sent; `hark privacy verify` says where.",
    zh="外发记录被改动过，运行 hark privacy verify 可以看到是哪里。",
)

RULES = {
    "sent": "(sent|sent out|shared|uploaded|transmitted|leaked)",
    "send": "(send|send out|share|upload|transmit|leak)",
    "out": "[(out|anywhere|away|somewhere|online|to anyone|to anybody|to the (cloud|internet)|over the (internet|network)|about me)]",
    "mine": "(my|any|any of my|any of the) (data|voice|recordings|recording|words|information|audio)",
    "here": "(this|the|my) (machine|computer|device|house|box|room)",
    "report": "privacy (report|summary|log|status|check|overview)",
    "zh_out": "(往外|往外面|往网上|对外|向外|往云端)",
    "zh_send": "(发|传|送|上传|发送|泄露)[了|过|的]",
    "zh_what": "(什么|啥|哪些|哪些东西|什么东西|哪些数据|什么数据|多少数据|哪些内容)",
    "zh_machine": "(这台|我的|这个)(电脑|机器|设备)",
    "zh_look": "(查看|看|看看|查|查一下|看一下|给我|念|念一下|说说|来一份|给我看)",
}


@action(
    en=[
        "what (did|do) you <send> <out> [{date}]",
        "what have you [been] (<sent>|sending|sharing|uploading) <out> [{date}]",
        "what (data|information) (did you <send>|have you <sent>) <out> [{date}]",
        "(did|do) you <send> (anything|something|<mine>) <out> [{date}]",
        "(have you|has anything been) <sent> [anything|<mine>] <out> [{date}]",
        "what [data] (left|has left|leaves) <here> [{date}]",
        "(did|has|does) (anything|something|<mine>) (leave|left) <here> [{date}]",
        "what (was|is|has been|is being) <sent> [out] [from|of|off] [<here>] [{date}]",
        "(who|where|to whom) did you <send> <mine> [to] [{date}]",
        "(which|what) (servers|sites|websites|hosts) did you (contact|talk to|connect to) [{date}]",
        "(which|what) (servers|sites|websites|hosts) have you (contacted|talked to|connected to) [{date}]",
        "(did you|have you) (go|gone|been) online [{date}]",
        "[(show|give|tell|read) me] [(the|a|my|your)] <report> [(for|of)] [{date}]",
        "(show|tell|list|read) me (everything you|what you [have]|all you [have]) <sent> <out> [{date}]",
        "(list|show) [everything] (you <sent>|that left <here>) <out> [{date}]",
    ],
    zh=[
        "[{date}]你[{date}][有没有|都]<zh_out><zh_send>[<zh_what>|东西|数据][吗|没有]",
        "你[{date}][都]上传[了|过]<zh_what>",
        "[{date}][你](<zh_send><zh_what>(出去|到网上|到外面|给别人)|把<zh_what>(发|传)(出去|到网上)了)",
        "[{date}](有什么|有没有|有|什么)[东西|数据](离开[过]<zh_machine>|(传|发|流)(出去|到外面)[过|了])[了|吗|没有]",
        "[{date}](哪些|什么)(内容|数据|东西|请求)(被|是)[发送|发|传|上传](出去|到网上|到云端)了",
        "你[{date}](连|联系|访问)[了|过](哪些|什么)(服务器|网站|网址)",
        "你[{date}](联网|上网|连网)(了吗|了没|了没有|过吗|没有)",
        "[<zh_look>][{date}][的]隐私(报告|记录|日志|检查|情况)",
        "[<zh_look>][{date}][的](外发|对外发送|网络外发)(记录|日志)",
        "(我的|我)(数据|录音|声音|信息|话)(发给谁了|传给谁了|有没有(传|发|泄露)出去|去哪了|传到哪里去了)",
    ],
    rules=RULES,
    reads=True,
)
async def report(ctx: Context, date: date | None = None) -> Reply:
    """Tell what left this machine, to whom and how often.

    Args:
        date: The day asked about; absent means today, or the last week when there was nothing today.
    """
    today = ctx.now.date()
    day = date or today
    if day > today:
        return Reply(en="That day is still to come.", zh="那天还没到呢。")
    reply = await on_the_day(ctx, day, today, asked=date is not None)
    if gone := await deleted(ctx, day if date else today - timedelta(days=LOOKS_BACK_DAYS)):
        reply = Reply(en=f"{gone.en} What is left of it: {reply.en}", zh=f"{gone.zh}剩下的记录是：{reply.zh}")
    if await ctx.record_holds(min(day, today - timedelta(days=LOOKS_BACK_DAYS))):
        return reply
    return Reply(en=f"Careful: {BROKEN.en} What it says now: {reply.en}", zh=f"注意：{BROKEN.zh}现在的记录是：{reply.zh}")


async def deleted(ctx: Context, since: date) -> Reply | None:
    """Return that something was deleted which was sent on a day or later; None when nothing was."""
    count, until = await ctx.record_deleted() or (0, None)
    if until is None or until.date() < since:
        return None
    en, zh = day_names(ctx, until.date())
    are, last = "are" if count > 1 else "is", ctx.say(until.timetz())
    return Reply(
        en=f"{count} connection{'s' * (count > 1)} {are} no longer in my record, as it was deleted; the last was {en} at {last}.",
        zh=f"记录被删除过，有{count}次外发已经不在里面了，最后一次是{zh}{last}。",
    )


async def on_the_day(ctx: Context, day: date, today: date, *, asked: bool) -> Reply:
    """Return what left on a day; when nobody asked about a day and nothing did today, on the last one on which anything left."""
    sent = await ctx.egress(day)
    if sent or asked:
        return told(ctx, day, sent)
    for back in range(1, LOOKS_BACK_DAYS + 1):
        if earlier := await ctx.egress(today - timedelta(days=back)):
            last = told(ctx, today - timedelta(days=back), earlier)
            return Reply(en=f"Nothing has left this machine today. {last.en}", zh=f"今天没有任何数据离开这台机器。{last.zh}")
    return Reply(en="Nothing has left this machine today, nor in the week before.", zh="今天和过去一周，都没有任何数据离开这台机器。")


def told(ctx: Context, day: date, sent: Sequence[Sent]) -> Reply:
    """Return what left on one day, by receiver."""
    en_day, zh_day = day_names(ctx, day)
    if not sent:
        perfect = " has" if day == ctx.now.date() else ""
        return Reply(en=f"Nothing{perfect} left this machine {en_day}.", zh=f"{zh_day}没有任何数据离开这台机器。")
    groups: dict[tuple[str, str], list[Sent]] = {}
    for each in sent:
        groups.setdefault((each.purpose, each.host), []).append(each)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    parts = [one_receiver(purpose, host, len(all_of_it)) for (purpose, host), all_of_it in ordered]
    more = sum(len(all_of_it) for _, all_of_it in ordered[TOLD:])
    en = "; ".join(part[0] for part in parts[:TOLD]) + (f"; and made {more} other request{'s' * (more > 1)}" if more else "")
    zh = "，".join(part[1] for part in parts[:TOLD]) + (f"，还有别处{more}次" if more else "")
    last = ctx.say(sent[-1].at.timetz())
    if len(sent) == 1:
        return Reply(en=f"{capital(en_day)} I {en}, at {last}. Nothing else.", zh=f"{zh_day}{last}，我{zh}。没有别的了。")
    return Reply(en=f"{capital(en_day)} I {en}. The last time was at {last}.", zh=f"{zh_day}我{zh}。最后一次是{last}。")


def one_receiver(purpose: str, host: str, count: int) -> tuple[str, str]:
    """Return what went to one receiver for one purpose, in both languages."""
    if purpose == "voice":
        return f"had {count} sentence{'s' * (count > 1)} spoken by the online voice at {host}", f"让在线语音{host}念了{count}句话"
    if purpose == "cloud":
        return f"sent {count} question{'s' * (count > 1)} to the cloud at {host}", f"向云端{host}发了{count}个问题"
    family = purpose.removeprefix("skill:")
    en, zh = SUBJECTS.get(family, (f"for {family}", f"用于{family}"))
    return f"asked {host} {times_en(count)} {en}", f"向{host}请求了{count}次（{zh}）"


def times_en(count: int) -> str:
    """Return how often."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def day_names(ctx: Context, day: date) -> tuple[str, str]:
    """Return what a day is called in both languages."""
    named = {0: ("today", "今天"), 1: ("yesterday", "昨天")}
    said = ctx.say(day)
    return named.get((ctx.now.date() - day).days, (f"on {said}", said))


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]
