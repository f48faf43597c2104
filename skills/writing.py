"""Help with a text: what was said, or what is on the clipboard. The result is put there, to be pasted."""

from assistant.skill import CannotDo, Context, Reply, action, inverse

REWRITE = "Rewrite the text{tone}. Keep its meaning, language and facts. Answer with the new text alone."
SUMMARISE = "Summarise the text in at most three short spoken sentences, in {language}. Answer with the summary alone."
PROOFREAD = "Correct spelling, grammar and punctuation of the text; change nothing else. Answer with the corrected text alone."

LONGEST = 20_000
"""Characters; more does not fit a small model's memory."""

SPOKEN = 200
"""Characters of a result that are read out; what is longer is only put on the clipboard."""

RULES = {
    "it": "(this|that|it|[this|the|my] (text|email|message|paragraph|sentence|letter|draft)|what i copied|the clipboard)",
    "zh_it": "(这段话|这句话|这段|这段文字|这封邮件|这篇文章|这篇|它|这个|剪贴板里的内容|我复制的内容|这段文本)",
}


@action(
    en=[
        "(rewrite|reword|rephrase|polish|improve|paraphrase) <it> [for me]",
        "(rewrite|reword|rephrase|paraphrase) {text}",
        "make <it> sound [a bit|a little] [more] {tone}",
        "make <it> [a bit|a little] more {tone}",
        "(rewrite|reword|rephrase) <it> [so it sounds|to be|to sound] [more] {tone}",
        "(rewrite|reword|rephrase) <it> in a [more] {tone} (way|tone|style)",
    ],
    zh=[
        "[帮我](润色|改写|重写|优化|改一下|润色一下|改写一下)<zh_it>",
        "[帮我](把|将)<zh_it>(润色|改写|重写|优化)[一下]",
        "[帮我](把|将)<zh_it>(改|写|说)得[更]{tone}[一点|一些|点]",
        "[帮我](润色|改写|重写)[一下]{text}",
    ],
    rules=RULES,
)
async def rewrite(ctx: Context, text: str = "", tone: str = "") -> Reply:
    """Say a text better, or in another tone.

    Args:
        text: The text; absent means what is on the clipboard.
        tone: How it should sound, such as "friendlier".
    """
    wanted = f" so that it sounds {tone}" if tone else " in clear, natural language"
    return await worked(ctx, REWRITE.format(tone=wanted), text)


@action(
    en=[
        "(summarise|summarize|sum up) <it> [for me]",
        "(give me|write|make) a summary [of <it>]",
        "(summarise|summarize) {text}",
        "(what is|tell me) the gist of <it>",
        "tldr",
    ],
    zh=[
        "[帮我](总结|概括|归纳)[一下]<zh_it>",
        "[帮我](把|将)<zh_it>(总结|概括|归纳)[一下]",
        "(写|给我|做)[一个|个]<zh_it>的?(摘要|总结|概要)",
        "<zh_it>(讲了|说了)(什么|啥)",
    ],
    rules=RULES,
)
async def summarise(ctx: Context, text: str = "") -> Reply:
    """Tell in short what a text says.

    Args:
        text: The text; absent means what is on the clipboard.
    """
    answer = await ctx.ask_model(SUMMARISE.format(language="Chinese" if ctx.language == "zh" else "English"), await given(ctx, text))
    return Reply(en=answer, zh=answer)


@action(
    en=[
        "(proofread|proof read|spell check|spellcheck) <it> [for me]",
        "(check|fix|correct) (the|my) (spelling|grammar|punctuation|mistakes|typos) [(in|of) <it>]",
        "(check|fix|correct) <it> for (mistakes|typos|errors|spelling|grammar)",
        "(proofread|proof read|spell check) {text}",
    ],
    zh=[
        "[帮我](校对|检查|改|修改|纠正)[一下]<zh_it>的?[错别字|语法|错误|拼写|标点]",
        "[帮我](看看|检查一下|检查)<zh_it>有没有(错别字|语法错误|错误|毛病|问题)",
        "[帮我](把|将)<zh_it>(校对|检查)[一下]",
        "[帮我]校对[一下]{text}",
    ],
    rules=RULES,
)
async def proofread(ctx: Context, text: str = "") -> Reply:
    """Correct the mistakes in a text.

    Args:
        text: The text; absent means what is on the clipboard.
    """
    original = await given(ctx, text)
    answer = (await ctx.ask_model(PROOFREAD, original)).strip()
    if answer == original:
        return Reply(en="I found no mistakes.", zh="没发现错误。")
    return await handed_over(ctx, answer)


async def given(ctx: Context, text: str) -> str:
    """Return the text that is meant. Raises CannotDo when there is none, or too much of it."""
    original = text.strip() or (await ctx.clipboard()).strip()
    if not original:
        raise CannotDo(en="Copy the text first, or say it.", zh="请先复制文字，或者直接说出来。")
    if len(original) > LONGEST:
        raise CannotDo(
            en=f"That is too long: {len(original)} characters. I can take {LONGEST}.",
            zh=f"太长了，有{len(original)}个字，最多{LONGEST}个。",
        )
    return original


async def worked(ctx: Context, instruction: str, text: str) -> Reply:
    """Have the language model work on a text and hand over what it made."""
    return await handed_over(ctx, (await ctx.ask_model(instruction, await given(ctx, text))).strip())


async def handed_over(ctx: Context, answer: str) -> Reply:
    """Put a new text on the clipboard, and read it out when it is short."""
    if not answer:
        raise CannotDo(en="The language model gave no answer.", zh="语言模型没有给出结果。")
    before = await ctx.clipboard()
    await ctx.copy(answer)
    short = len(answer) <= SPOKEN
    return Reply(
        en=f"It's on your clipboard: {answer}" if short else "It's on your clipboard.",
        zh=f"放到剪贴板了：{answer}" if short else "放到剪贴板了。",
        undo=put_back(text=before),
    )


@inverse
async def put_back(ctx: Context, text: str) -> None:
    """Restore the clipboard."""
    await ctx.copy(text)
