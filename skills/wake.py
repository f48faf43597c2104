"""The wake word: what the user says of it when it went wrong."""

from assistant.skill import CannotDo, Context, Reply, action, inverse

RULES = {
    "not": "(was not|is not|were not|are not)",
    "me": "[(talking|speaking|talk|speak)]",
    "zh_not": "(不是|没)",
    "zh_say": "(跟|和|对|在跟|在和|在对)你(说|讲|说话|讲话|聊)[的]",
}


@action(
    en=[
        "(that|this|it) <not> (for|meant for|directed at|addressed to) you",
        "i <not> (talking|speaking) to you",
        "(nobody|no one) (asked|called|was talking to|is talking to|spoke to) you",
        "i (did not|never) (call|wake|ask|talk to|speak to|say your name) [you]",
        "i did not say (your name|the wake word|hey jarvis)",
        "(that|this|it) was (a false (wake|alarm)|the (tv|television|radio|kids|children))",
        "you (woke [up]|listened|reacted|answered|started) (for nothing|by mistake|by accident|without being called)",
        "(false|wrong) (wake|trigger|activation)",
    ],
    zh=[
        "[我|这|那|刚才|刚刚][我]<zh_not><zh_say>",
        "[我|刚才|刚刚|我刚才](没|没有)(叫|喊|唤醒|问|跟)你[说话]",
        "(没人|没有人|谁)(叫|喊|问|理)你[了]",
        "(误|错误)唤醒[了]",
        "你(听错了|误会了|搞错了|误唤醒了)[我没叫你]",
        "(刚才|那)(是|只是)(电视|电视机|收音机|广播|孩子|小孩)[里]的[声音]",
    ],
    rules=RULES,
)
async def wrong(ctx: Context) -> Reply:
    """Note that Hark woke up although nobody had called it."""
    number = await ctx.label_wake("wrong")
    if number is None:
        return Reply(en="I haven't been woken in the last few minutes.", zh="最近几分钟我没有被唤醒过。")
    return Reply(en="Sorry. I've noted that, so it can be told apart.", zh="抱歉，记下了，以后好分辨。", undo=unlabel(number=number))


@action(
    en=[
        "you missed me [again]",
        "you (did not|do not) (hear|notice) (me|my call|that i called you)",
        "you (did not|do not|never) (wake up|react|respond|listen|answer) [when i (called|call) [you]|to me]",
        "i (called|have called|had to call|was calling) you (twice|three times|several times|again|a few times|before|already|for ages)",
        "why (did you not|do you not|did not you|do not you) (wake up|hear me|react|respond|answer) [when i (call|called) [you]]",
        "[you] missed (the|your) wake word",
    ],
    zh=[
        "你(刚才|刚刚|又)(没|没有)(听到|听见|醒|反应|理我)[我叫你|我]",
        "你(没|没有)(听到|听见)我(叫|喊)你",
        "我(刚才|刚刚|都)[都|已经](叫|喊)[了]你(好几|几|两|三|好多)(次|遍|声)[了]",
        "(叫|喊)你[你](怎么|为什么)(不|没)(醒|理我|应|答应|反应)",
        "你(怎么|为什么)(不|没)(醒|听见|听到)",
        "漏(唤醒|听)了",
    ],
    rules=RULES,
)
async def missed(ctx: Context) -> Reply:
    """Note that Hark was called and did not wake up."""
    number = await ctx.label_wake("missed")
    if number is None:
        raise CannotDo(en="I couldn't note that.", zh="没能记下来。")
    return Reply(
        en="Sorry about that. I've noted it; hark wake fit makes me listen more closely.",
        zh="抱歉，记下了。运行 hark wake fit 可以让我听得更灵。",
        undo=unlabel(number=number),
    )


@inverse
async def unlabel(ctx: Context, number: int) -> None:
    """Take the note back."""
    await ctx.unlabel_wake(number)
