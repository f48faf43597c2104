"""Better models for Hark itself: proposed, fetched while one goes on talking, and used as they come."""

from assistant.skill import BetterModel, CannotDo, Context, Question, Reply, action, inverse

RULES = {
    "get": "(set up|install|get|fetch|download|load|find)",
    "models": "(models|model|language model|language models|recogniser|speech recognition|voices)",
    "way": "(getting on|coming along|going|doing)",
    "zh_get": "(安装|装|下载|设置|换|换成|换上|升级成)",
    "zh_better": "[更好的|好一点的|好一些的|更强的|新的]",
}

ABLE = {"llm": ("answers questions", "回答问题"), "asr": ("hears better", "听得更准"), "tts": ("sounds better", "声音更好听")}
"""What each kind of model is for."""


@action(
    en=[
        "<get> [some|me some|yourself [some]] (better|smarter|new|good|larger) <models>",
        "<get> [some|the] models (for|that (suit|fit)) (this|my) (machine|computer|laptop|pc)",
        "(improve|upgrade) (your (models|model|hearing|ears|understanding|speech recognition)|yourself)",
        "(make|get) yourself (better|smarter)",
        "run [the] setup",
        "set yourself up",
    ],
    zh=[
        "<zh_get>[一些|几个|个]<zh_better>(模型|语言模型|语音识别)",
        "给(你|自己|你自己)<zh_get>[一些|几个|个]<zh_better>模型",
        "(改进|提高|改善|升级)[一下]你[自己]的(模型|听力|理解|理解能力|语音识别)",
        "升级[一下]你自己",
        "<zh_get>适合这台(机器|电脑)的模型",
        "(运行|开始)设置向导",
    ],
    rules=RULES,
)
async def improve(ctx: Context) -> Reply | Question:
    """Fetch models that suit this machine: a language model, a recogniser; asks first."""
    if far := await ctx.fetching():
        return Reply(en=f"That is under way: {far}.", zh=f"正在下载：{far}。")
    better = [] if ctx.confirmed else await ctx.better_models()
    if not better and not ctx.confirmed:
        raise CannotDo(en="What suits this machine is in use already.", zh="适合这台机器的模型已经在用了。")
    if not ctx.confirmed:
        return may_i(better)
    await ctx.fetch_models()
    return Reply(
        en="I'm fetching them, and use each as soon as it is here. You can go on talking to me.",
        zh="开始下载了，下好一个用一个，你可以继续跟我说话。",
        undo=stop(),
    )


def may_i(better: list[BetterModel]) -> Question:
    """Return the question whether these are to be fetched."""
    total = sum(each.megabytes for each in better)
    en = " and ".join(f"{each.name}, which {ABLE[each.kind][0]}" for each in better)
    zh = "，".join(f"{each.name}（{ABLE[each.kind][1]}）" for each in better)
    return Question(
        en=f"This machine can run {en}: {total:,} megabytes from the internet. Shall I fetch them?",
        zh=f"这台机器可以用{zh}，要从网上下载{total}兆。要下载吗？",
    )


@inverse
async def stop(ctx: Context) -> None:
    """Fetch no more."""
    await ctx.stop_fetching()


@action(
    en=[
        "how (far|long) (is|are) [the] (download|downloads|models|model|setup) [now|still|along]",
        "how (is|are) the (download|downloads|models|model|setup) <way>",
        "(is|are) the (download|models|model|setup) (ready|here|done|there|finished|complete|installed|downloaded) [yet|now]",
    ],
    zh=[
        "模型(下载|装|安装)(到哪|到哪儿|得怎么样|怎么样|好|完)了[吗|没|没有]",
        "(下载|安装)(到哪|到哪儿|进度怎么样|进度如何|多少)了",
        "模型(好|装好|下好|下完)了(吗|没|没有)",
        "(下载|安装)进度",
    ],
    rules=RULES,
    reads=True,
)
async def progress(ctx: Context) -> Reply:
    """Tell how far the models are that are being fetched."""
    if far := await ctx.fetching():
        return Reply(en=f"They are on their way: {far}.", zh=f"正在下载：{far}。")
    return Reply(en="No models are being fetched now.", zh="现在没有在下载模型。")
