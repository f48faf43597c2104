"""Talking about the conversation itself: what was said, what was done, what can be."""

from collections.abc import Mapping, Sequence

from assistant.skill import CannotDo, Context, Reply, action, inverse
from skills.talking import RULES as TO_RULES
from skills.talking import STAGES, TO, Language, time_en, time_zh

FAMILIES_TOLD = 5
"""Groups of examples that are spoken; more is a list nobody listens to."""

RULES = {
    "not": "(did not|could not|do not|can not)",
    "kind": "(kind|kinds|sort|sorts|type|types) of",
    "again": "(again|once more|one more time|once again|over|over again|another time)",
    "missed": "[sorry|i am sorry] (i (did not hear|could not hear|<not> (catch|get|understand)) [<it>]|i missed <it>)",
    "it": "(that|it|this|what you [just] said|you)",
    "much": "(so|very) [very] much",
    "action": "(action|task|process|program|job|request|command|thing)",
    "last": "(the|my|that) (last|previous) (<action>|one|change|step)",
    "that": "[(that|it|this|yourself|what you said|what you just said|your (answer|reply)|the last (thing|part|one|answer|reply))]",
    "change": "[(that|it|this|the last (thing|one|action|change|command|step)|what you (did|just did)|my last (command|action|change))]",
}


@action(
    en=[
        "help [me]",
        "what [all|else] (can|could|do) you [actually] do [for me]",
        "what [all] (are you|you are) (able|good|capable) (to do|to help [me] with|at|of|of doing)",
        "what (can|could|should|do|may) i (ask|say|ask you|say to you|tell you|ask for|do)",
        "what <kind> (things|questions|commands) (can|do|may|could) (you|i) (do|ask|ask you|answer|understand|know|say)",
        "what [<kind>] [things] (can|could) you [exactly] help [me] with [exactly]",
        "what are the [<kind>] things (you can (do|help me with)|i can ask [you] [about])",
        "what (topics|subjects|information|<kind> (topics|subjects|things)) (can i ask you [about]|do you know [about])",
        "what (things|commands|skills|features|questions) (can you do|do you (know|have|understand)|are there|can i (use|ask))",
        "(how do|how can|how should) i (use|talk to) (you|this)",
        "(how do|how does) (you|this) work",
        "(show|tell|list|give|read) [me] [all] (your|the|some|available) (commands|skills|features|abilities|examples|help|options)",
        "(give me some|some|any) examples",
        "(show|tell) me what you can do",
        "i need [some] help",
    ],
    zh=[
        "[你](会|能|可以)(做|干)(什么|啥|些什么|哪些|哪些事|什么事)",
        "[你]都(会|能|可以)(做|干|帮我做)[些](什么|啥)",
        "[你](会|能|可以)(什么|啥|些什么|帮我做什么|帮我干什么|帮我什么|帮我做些什么)",
        "[你](有|都有)(什么|哪些|啥)(功能|技能|本领|本事|用处|用|能力|命令)",
        "我(能|可以|该|应该)(问|说|对你说|跟你说|让你做|问你|叫你做)[些](什么|啥|哪些)",
        "(帮助|使用帮助|使用说明|功能介绍|功能列表|指令列表|使用方法)",
        "(怎么|如何)(用你|使用你|用|使用|跟你说话|和你说话)",
        "(介绍|说说)[一下]你[自己]的(功能|本领|能力)",
        "(举|给)(几个|些|个|一些)例子",
        "(需要|求)帮助",
    ],
    rules=RULES,
    reads=True,
)
async def help_(ctx: Context) -> Reply:
    """Tell what the assistant can do, with examples."""
    examples = {family: texts for family, texts in (await ctx.examples()).items() if texts}
    if not examples:
        return Reply(en="No skills are loaded. Run hark skills to see why.", zh="没有加载任何技能。运行 hark skills 看看原因。")
    quoted = [text for texts in spread(examples, FAMILIES_TOLD) for text in texts]
    return Reply(
        en="You can say, for example: " + ", ".join(f"“{text}”" for text in quoted) + ".",
        zh="比如你可以说：" + "、".join(f"“{text}”" for text in quoted) + "。",
    )


def spread(examples: Mapping[str, Sequence[str]], count: int) -> list[Sequence[str]]:
    """Return one example of each family, of at most so many families."""
    return [texts[:1] for texts in list(examples.values())[:count]]


@action(
    en=[
        "(say|tell me|read|speak) [<it>|that to me|me that|me it] <again>",
        "(repeat|replay|restate) <that> [<again>]",
        "(repeat|replay|restate|ask|say) (the|your) [last|previous] (response|message|sentence|phrase|question|statement) [<again>]",
        "(come again|once more|one more time|again|say again|say what|pardon|pardon me|excuse me|sorry what|what was that)",
        "what (did|have) you [just] (say|said|do|done|set|add|added|change|changed|delete|deleted|turn off|turn on) [just now]",
        "what was (that|it) [again|you said]",
        "what was the last thing you said",
        "tell me what you [just] said",
        "<missed> [can you|could you] [please|so please] [(repeat|say) (that|it|yourself) [<again>]]",
        "[sorry] (can|could|would) you (repeat|say) (that|it|yourself) [<again>]",
    ],
    zh=[
        "[再](说|讲|念|读)(一遍|一次|一下)",
        "再(说|讲|念|读|来)[一](遍|次)",
        "(重复|重说|重新说|复述|重讲)[一][遍|次|下][刚才的话|刚才说的|上一句]",
        "你(刚才|刚刚|刚|上一句)(说|讲)[的][是](什么|啥|了什么|了啥)",
        "(刚才|刚刚|上一句)(说|讲)[的][是](什么|啥|了什么|了啥)",
        "你说(什么|啥|的什么|的啥)",
        "你(刚才|刚刚|刚)(做|干|弄|设|改|定|加|删)了(什么|啥)",
        "[我](没听清|没听清楚|没听见|没听到|没听懂)[你说什么|你说的]",
        "什么[呀|啊]",
    ],
    rules=RULES,
    reads=True,
)
async def repeat(ctx: Context) -> Reply:
    """Say the last reply again."""
    said = await ctx.last_said()
    if not said:
        return Reply(en="I haven't said anything yet.", zh="我还什么都没说。")
    return Reply(en=said, zh=said)


@action(
    en=[
        "stop [(it|that|this|now|talking|speaking|everything|ringing|the (noise|sound|ringing|alarm sound|beeping|reading))]",
        "(be|keep|stay) (quiet|silent|still)",
        "(shut up|quiet|silence|hush|shush|shh|enough|zip it|halt|abort|quit|dismiss|cancel|forget it|never mind|nevermind|pipe down)",
        "(that is|that was|it is) (enough|all|fine|it)",
        "(do not|please do not|no need to) (talk|speak|answer|say anything) [any more|anymore]",
        "(stop|quit|end|cancel) (what you are doing|doing that|it)",
        "(cancel|stop|abort|end|quit|terminate|discontinue|halt) [the|your|this|my] [current|present|running] <action>",
        "(shut|switch) (off|down)",
        "(that is|that will be|that would be) (all|enough) [just] [(stop|cancel) [it]]",
        "(refrain from|no more|no|stop the) (talking|speaking)",
        "do not make (any|a) (noise|noises|sound|sounds)",
        "no more",
    ],
    zh=[
        "停[下|下来|止|一下|了]",
        "(别|不要|不用|甭)[再](说|讲|念|响|吵|叫|闹|说话|读)[了|话]",
        "[给我](安静|闭嘴|住口|打住|住嘴|收声|肃静)[一点|点|一会儿]",
        "(够|好|行|可以|知道|听到|听见)了[够了|好了|行了|停]",
        "(算|不用|不要)了",
        "(取消|结束|退出|中止|终止)[当前操作|当前任务]",
        "不(说|要|听)了",
    ],
    rules=RULES,
)
async def stop(ctx: Context) -> Reply:
    """Silence what rings, plays or speaks."""
    if await ctx.stop():
        return Reply(en="Okay.", zh="好。")
    playing = [player.id for player in await ctx.players.all() if player.state == "playing" and "pause" in player.can]
    for player in playing:
        await ctx.players.command(player, "pause")
    if playing:
        return Reply(en="Paused.", zh="暂停了。", undo=play_on(players=playing))
    return Reply(en="Okay.", zh="好的。")


@inverse
async def play_on(ctx: Context, players: list[str]) -> None:
    """Have players go on that were paused."""
    for player in players:
        await ctx.players.command(player, "resume")


@action(
    en=[
        "(undo|revert|reverse|roll back|take back) <change> [too|as well|also|again|now]",
        "(undo|take back) (one more|another|the one before [that]|that one too|everything|it all)",
        "(take|roll|put|change|set) (it|that) back",
        "[never mind|nevermind|actually|oops|sorry] (cancel|scratch|ignore|discard|forget) (that|<last>)",
        "i (did not mean (that|it)|changed my mind|take (that|it) back|did not want that)",
        "(never mind that|go back|oops|put it back how it was|that was a mistake|that was not what i (meant|wanted))",
    ],
    zh=[
        "(撤销|撤回|撤消|还原|恢复|回退|取消|收回)(刚才|刚刚|上一步|上一个|上次|前面)[的|那个|的那个][操作|动作|命令|指令|设置|话|事]",
        "(撤销|撤回|撤消|还原|回退|反悔|复原)[操作|一下|它|这个|这一步|掉]",
        "[我](后悔|反悔|改主意|说错|弄错|搞错)了",
        "(把|将)(它|这个|刚才的|刚才那个|那个)(撤销|撤回|取消|还原|改回来|改回去|恢复)[了|掉]",
        "[再|继续](撤销|撤回|撤消)[上|前|再][一][步|次|个]",
        "[也|再][把](它|那个|这个|前面那个|上一个)也(撤销|撤回|取消)[了|掉]",
        "(把|将)(它|这个|那个|它们)(加回来|加回去|放回来|放回去|弄回来|找回来|拿回来)[吧]",
        "(改回来|改回去|变回去|变回来|恢复原样|恢复原状|调回来|调回去|退回去|弄回去)",
        "(不是这个意思|刚才那个不算|刚才的不算)",
    ],
    rules=RULES,
)
async def undo(ctx: Context) -> Reply:
    """Take back the last change."""
    asked = await ctx.undo_last()
    if asked is None:
        raise CannotDo(en="There is nothing to undo.", zh="没有可以撤销的。")
    return Reply(en=f"Undone: {asked}.", zh=f"已撤销：{asked}。")


@action(
    en=[
        "why (was|is|are|were) (that|it|this|you) [so|that|being] [very|really] (slow|late|sluggish|laggy)",
        "why (did|does|do) (that|it|this|you) take (so|that|this) long",
        "why (did|does|do) (that|it|this|you) take [so much|so long|forever|ages] [to answer|to reply|to respond|time]",
        "what took (you|it|that) (so|that) (long|much time)",
        "what (was|made (that|it|you)) [so|take] (slow|long)",
        "(how long|how many milliseconds|how much time) did (that|it|this|you) take [to answer|to reply|to understand]",
        "how (fast|slow|quick) was (that|it)",
        "why (so slow|the delay|the wait|did i have to wait)",
        "(explain|what was|what is with) (the|that) (delay|lag|latency)",
        "where did the time go",
        "(show|tell) me the (trace|timing|timings|latency)",
    ],
    zh=[
        "[你][刚才|刚刚|这次][反应|回答|回复|响应](为什么|怎么|为啥|咋)[会|要|用了|花了|用](这么|那么|这样|这么的)(慢|久|长时间|卡)",
        "(为什么|怎么|为啥|咋)[你][刚才|刚刚|这次][反应|回答|回复|响应][会|要|用了|花了|用](这么|那么|这样)(慢|久|长时间|卡)",
        "[你][刚才|刚刚|这次][的][反应|回答|回复|响应](用了|花了|耗时)(多久|多长时间|多少时间|多少毫秒|几秒)",
        "(刚才|刚刚)(为什么|怎么|为啥)[反应](慢|卡)",
        "慢在哪[里|儿]",
        "时间(花|用)[在|到]哪[里|儿][去]了",
    ],
    reads=True,
)
async def why(ctx: Context) -> Reply:
    """Tell what the last turn spent its time on."""
    trace = sorted((await ctx.last_trace()).items(), key=lambda stage: -stage[1])
    if not trace:
        return Reply(en="I have no record of an earlier turn.", zh="我没有之前的记录。")
    stages = [(*STAGES.get(name, (name, name)), ms) for name, ms in trace]
    en = ctx.say([f"{name} {time_en(ms)}" for name, _, ms in stages])
    zh = "，".join(f"{name}{time_zh(ms)}" for _, name, ms in stages)
    if len(stages) == 1:
        return Reply(en=f"It took {en}.", zh=f"用时：{zh}。")
    return Reply(en=f"It took {en}. The slowest was {stages[0][0]}.", zh=f"用时：{zh}。最慢的是{stages[0][1]}。")


@action(
    en=[
        "(<hi>|hey there|hi there|hello there|hola|good day|aloha|bonjour|salutations) [jarvis|hark|nabu|you|again|there|friend|to you]",
        "good (morning|afternoon|evening) [jarvis|hark|nabu|to you]",
        "[<hi>] how (are you|do you do|have you been|is your day|is life|goes it) [doing|feeling] [today|jarvis]",
        "[<hi>] how (is|are) (it|everything|things) [going] [(with|for) you] [today|jarvis]",
        "[<hi>] what is (up|new|happening|going on) [with you]",
        "[<hi>] are you [doing|feeling] (well|ok|okay|alright|all right|good|fine) [today]",
        "(it is|i am) (nice|good|pleased) to (meet|see) you",
        "(nice|good|pleased) to (meet|see) you",
        "(are you|you) (there|awake|ok|okay|listening)",
        "(can you|do you) hear me",
    ],
    zh=[
        "(你好|您好|嗨|哈喽|哈啰|喂|嘿|你们好|大家好|在吗|在不在|在么)[呀|啊|吗]",
        "(早上|中午|下午|晚上|上午|傍晚|早)好",
        "(早|早安|早啊|晚上好|午安)",
        "你[最近|今天|现在][过得]怎么样",
        "你(好吗|还好吗|在吗|在不在|醒着吗|听得到吗|听得见吗|听得到我说话吗|能听到我吗)",
        "(很高兴|高兴)(认识|见到)你",
    ],
    rules={"hi": "(hi|hello|hey|hiya|howdy|yo|greetings)"},
    reads=True,
)
async def greet(ctx: Context) -> Reply:
    """Greet back."""
    hour = ctx.now.hour
    if 5 <= hour < 12:
        return Reply(en="Good morning! What can I do for you?", zh="早上好！需要我做什么？")
    if 12 <= hour < 18:
        return Reply(en="Good afternoon! What can I do for you?", zh="下午好！需要我做什么？")
    if 18 <= hour < 23:
        return Reply(en="Good evening! What can I do for you?", zh="晚上好！需要我做什么？")
    return Reply(en="Hello! What can I do for you?", zh="你好！需要我做什么？")


@action(
    en=[
        "(thanks|thank you|many thanks|cheers|ta|much obliged) [a lot|<much>|kindly|a million|a bunch] [again] [jarvis|hark]",
        "(thanks|thank you) [<much>|a lot] for ((the|your) (help|answer|info|information)|that|helping [me]|everything)",
        "(thanks|thank you) [<much>] for (letting me know|telling me)",
        "[i|we] [really] appreciate (it|that|(your|the|that) (help|answer|assistance))",
        "(you are|you were|you have been|that was|that is) [very|really|so|a] (helpful|kind|[great|big] help|nice)",
        "(you are|you were|you have been|that was|that is) (the best|awesome|brilliant|amazing|great)",
        "(i am|we are) [very|so|really] (grateful|thankful) [for (that|(your|the) (help|answer|assistance))]",
        "(i want to|i would like to|i need to|let me) thank you",
        "i owe you one",
        "(well done|good job|great job|nice work|good work|nice one|nice|great|awesome|perfect|brilliant|wonderful|excellent)",
    ],
    zh=[
        "(谢谢|多谢|感谢|谢了|谢啦|太谢谢|非常感谢|十分感谢|谢谢你|感谢你|辛苦|辛苦了|谢)[你|您|啊|啦|了|你了|您了|大家|你的帮助]",
        "[你](真|太|好|很)(棒|好|厉害|聪明|能干|贴心|有用)[了|啊]",
        "(干得好|做得好|干得漂亮|不错|很好|太好了|真不错|好极了|棒)",
        "(麻烦|辛苦)你了",
    ],
    rules=RULES,
    reads=True,
)
async def thanks(ctx: Context) -> Reply:  # noqa: ARG001 -- every action is given its context
    """Answer thanks and praise."""
    return Reply(en="You're welcome.", zh="不客气。")


@action(
    en=[
        "(bye|goodbye|good bye|bye bye|see you [later|soon|tomorrow|around]|so long|farewell|(catch|talk to) you later) [jarvis|hark|now]",
        "(have a|have a very) (good|nice|great) (day|evening|one|weekend|night)",
    ],
    zh=["(再见|拜拜|拜|回头见|明天见|一会儿见|下次见|改天见|回见|先这样|待会儿见)[了|啦|吧]", "祝你(今天|晚上|周末)(愉快|开心)"],
    reads=True,
)
async def bye(ctx: Context) -> Reply:  # noqa: ARG001 -- every action is given its context
    """Say goodbye."""
    return Reply(en="Goodbye!", zh="再见！")


@action(en=TO["en"], zh=TO["zh"], ask={"to": Reply(en="English or Chinese?", zh="英文还是中文？")}, rules=TO_RULES)
async def language(ctx: Context, to: Language) -> Reply:
    """Answer in English or in Chinese from now on, whichever is spoken.

    Args:
        to: en or zh.
    """
    before = await ctx.answer_in(to)
    text = "好的，我说中文。" if to == "zh" else "Okay, I'll speak English."
    return Reply(en=text, zh=text, undo=answer_as_before(to=before) if before != to else None)


@inverse
async def answer_as_before(ctx: Context, to: str | None) -> None:
    """Answer in the language of before; None is the one that is spoken."""
    await ctx.answer_in(to)
