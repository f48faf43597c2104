"""What a word means, and how it is spelled."""

import re

from assistant.skill import CannotDo, Context, Reply, action

MEANING = (
    "Say what the word or phrase means, as a good dictionary would, in at most two short spoken sentences, without examples. "
    "Answer in {language}. If there is no such word, say so."
)

SPOKEN_SIGNS = {
    "-": ("hyphen", "连字符"),
    "'": ("apostrophe", "撇号"),
    "’": ("apostrophe", "撇号"),
    ".": ("dot", "点"),
    " ": ("space", "空格"),
}

LONGEST = 60
"""Characters of a word or a set phrase."""

AROUND = re.compile(
    r"^(the (word|term|phrase|expression|name) )|[\"“”「」『』《》'?？。.!！]+$|^[\"“「『《']+|^(单词|词语|成语|这个词|汉字)",
)


@action(
    en=[
        "define [the (word|term|phrase)] {word}",
        "(what is|give me|tell me|look up) the (definition|meaning) of [the (word|term|phrase)] {word}",
        "(definition|meaning) of [the (word|term|phrase)] {word}",
        "what does [the (word|term|phrase)] {word} mean [exactly]",
        "what (do|does) (people|somebody|one) mean by {word}",
        "what is meant by [the (word|term|phrase)] {word}",
        "what is the meaning of the word {word}",
        "look up {word} in the dictionary",
        "look up the (word|term) {word}",
    ],
    zh=[
        "[请问]{word}[这个词|一词|这个成语|这个字|这个单词]是(什么|啥)意思",
        "{word}[这个词|一词|这个成语|这个字|这个单词](什么|啥)意思",
        "(解释一下|解释下|查一下|查查){word}[这个词|这个成语|这个字]的?(意思|含义|释义)",
        "(解释一下|解释下|解释)(词语|成语|单词|这个词){word}",
        "(什么叫|什么叫做|何谓){word}",
        "{word}的(意思|含义|释义|定义)[是什么|是啥]",
    ],
    ask={"word": Reply(en="Which word?", zh="哪个词？")},
)
async def define(ctx: Context, word: str) -> Reply:
    """Tell what a word means.

    Args:
        word: The word or set phrase.
    """
    wanted = bare(word)
    answer = await ctx.ask_model(MEANING.format(language="Chinese" if ctx.language == "zh" else "English"), wanted)
    return Reply(en=answer, zh=answer)


@action(
    en=[
        "spell [the word|out|out the word] {word} [for me]",
        "how (do|would) (you|i|we) spell [the word] {word}",
        "how is [the word] {word} (spelled|spelt)",
        "how to spell {word}",
        "(what is|tell me|give me) the spelling of [the word] {word}",
        "spelling of {word}",
        "what letters are in {word}",
    ],
    zh=[
        "{word}[这个字|这个词|这个单词|这两个字]怎么(写|拼|拼写)",
        "{word}[这个字|这个词]的(拼音|拼写)[是什么|怎么写]",
        "(拼写|拼一下|拼读){word}",
        "怎么(拼写|拼){word}",
        "{word}怎么念",
    ],
    ask={"word": Reply(en="Spell what?", zh="要拼哪个词？")},
    reads=True,
)
async def spell(ctx: Context, word: str) -> Reply:  # noqa: ARG001 -- every action is given its context
    """Spell a word: letter by letter, or a Chinese one by its pinyin.

    Args:
        word: The word.
    """
    wanted = bare(word)
    if any("\u3400" <= sign <= "\u9fff" for sign in wanted):
        pinyin = sounds(wanted)
        return Reply(en=f"{wanted}: {pinyin}.", zh=f"{wanted}，拼音是{pinyin}。")
    return Reply(en=f"{wanted}: {letters(wanted, 0)}.", zh=f"{wanted}：{letters(wanted, 1)}。")


def bare(word: str) -> str:
    """Return a word without what was said around it. Raises CannotDo for a whole story."""
    wanted = word.strip()
    while (trimmed := AROUND.sub("", wanted).strip()) != wanted:
        wanted = trimmed
    if not wanted or len(wanted) > LONGEST:
        raise CannotDo(en="Tell me one word.", zh="请说一个词。")
    return wanted


def letters(word: str, language: int) -> str:
    """Return a word letter by letter, signs by their names, double letters said as such."""
    return ", ".join(SPOKEN_SIGNS[sign][language] if sign in SPOKEN_SIGNS else sign.upper() for sign in word)


def sounds(word: str) -> str:
    """Return the pinyin of Chinese characters, with tone marks."""
    from pypinyin import pinyin  # noqa: PLC0415 -- its dictionary takes 0.1 s to load

    return " ".join(syllable[0] for syllable in pinyin(word))
