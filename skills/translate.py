"""Words in another language."""

from typing import Annotated

from assistant.skill import CannotDo, Context, Reply, action, one_of

LANGUAGES: dict[str, tuple[str, ...]] = {
    "English": ("english", "英语", "英文", "英国话"),
    "Chinese": ("chinese", "mandarin", "mandarin chinese", "中文", "汉语", "普通话", "国语", "华语"),
    "Cantonese": ("cantonese", "粤语", "广东话"),
    "French": ("french", "法语", "法文"),
    "Spanish": ("spanish", "castilian", "西班牙语", "西语", "西班牙文"),
    "German": ("german", "德语", "德文"),
    "Italian": ("italian", "意大利语", "意语", "意大利文"),
    "Portuguese": ("portuguese", "brazilian", "brazilian portuguese", "葡萄牙语", "葡语"),
    "Japanese": ("japanese", "日语", "日文"),
    "Korean": ("korean", "韩语", "韩文", "朝鲜语"),
    "Russian": ("russian", "俄语", "俄文"),
    "Arabic": ("arabic", "阿拉伯语"),
    "Hindi": ("hindi", "印地语"),
    "Dutch": ("dutch", "flemish", "荷兰语"),
    "Swedish": ("swedish", "瑞典语"),
    "Norwegian": ("norwegian", "挪威语"),
    "Danish": ("danish", "丹麦语"),
    "Finnish": ("finnish", "芬兰语"),
    "Polish": ("polish", "波兰语"),
    "Czech": ("czech", "捷克语"),
    "Greek": ("greek", "希腊语"),
    "Turkish": ("turkish", "土耳其语"),
    "Hebrew": ("hebrew", "希伯来语"),
    "Thai": ("thai", "泰语", "泰文"),
    "Vietnamese": ("vietnamese", "越南语"),
    "Indonesian": ("indonesian", "印尼语", "印度尼西亚语"),
    "Malay": ("malay", "马来语"),
    "Ukrainian": ("ukrainian", "乌克兰语"),
    "Romanian": ("romanian", "罗马尼亚语"),
    "Hungarian": ("hungarian", "匈牙利语"),
    "Bulgarian": ("bulgarian", "保加利亚语"),
    "Croatian": ("croatian", "克罗地亚语"),
    "Serbian": ("serbian", "塞尔维亚语"),
    "Persian": ("persian", "farsi", "波斯语"),
    "Urdu": ("urdu", "乌尔都语"),
    "Bengali": ("bengali", "bangla", "孟加拉语"),
    "Tamil": ("tamil", "泰米尔语"),
    "Tagalog": ("tagalog", "filipino", "他加禄语", "菲律宾语"),
    "Swahili": ("swahili", "斯瓦希里语"),
    "Latin": ("latin", "拉丁语", "拉丁文"),
    "Irish": ("irish", "gaelic", "爱尔兰语"),
    "Welsh": ("welsh", "威尔士语"),
    "Icelandic": ("icelandic", "冰岛语"),
    "Esperanto": ("esperanto", "世界语"),
}
"""What each language is called."""

Language = Annotated[
    str,
    one_of(
        "language",
        en=[name for names in LANGUAGES.values() for name in names if name.isascii()],
        zh=[name for names in LANGUAGES.values() for name in names if not name.isascii()],
    ),
]

TRANSLATION = "Translate the text into {language}. Answer with the translation alone."


@action(
    en=[
        "how (do|would|can|could) (you|i|we|one|they|people) say {text} in {to}",
        "how to say {text} in {to}",
        "how is {text} said in {to}",
        "what is {text} in {to}",
        "what is the {to} (word|words|phrase|term|expression|translation) (for|of) {text}",
        "what is [the] {to} for {text}",
        "(say|put) {text} in {to}",
        "translate {text} (to|into|in) {to} [for me]",
        "translate (to|into) {to} {text}",
        "translate [this|that|the clipboard] (to|into) {to}",
        "what does {text} mean in {to}",
        "(tell me|give me) the {to} (word|translation) (for|of) {text}",
    ],
    zh=[
        "{text}用{to}(怎么|咋|如何)(说|讲|表达|写)",
        "用{to}(怎么|咋|如何)(说|讲|表达){text}",
        "{text}的?{to}(怎么|咋)(说|讲)",
        "{text}的{to}是(什么|啥)",
        "(把|将){text}(翻译|翻|译)(成|为|到){to}",
        "(翻译|翻){text}(成|为|到){to}",
        "(翻译|翻)成{to}{text}",
        "{to}(怎么|咋|如何)(说|讲|表达){text}",
        "(把|将)[这个|这段|它|剪贴板](翻译|翻|译)成{to}",
    ],
    ask={"to": Reply(en="Into which language?", zh="翻译成什么语言？")},
)
async def text(ctx: Context, to: Language, text: str = "") -> Reply:
    """Translate words into another language.

    Args:
        to: The language wanted.
        text: What to translate; absent means what is on the clipboard.
    """
    wanted = language_of(to)
    words = text.strip() or (await ctx.clipboard()).strip()
    if not words:
        raise CannotDo(en="Say what to translate, or copy it first.", zh="请说要翻译什么，或者先复制下来。")
    answer = await ctx.ask_model(TRANSLATION.format(language=wanted), words)
    return Reply(en=answer, zh=answer)


def language_of(said: str) -> str:
    """Return the English name of a language. Raises CannotDo for one that is not known."""
    name = said.casefold().strip()
    found = next((language for language, names in LANGUAGES.items() if name in names), None)
    if found is None:
        raise CannotDo(en=f"I don't know a language called {said}.", zh=f"我不知道“{said}”是哪种语言。")
    return found
