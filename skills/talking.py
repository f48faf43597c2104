"""What the conversation about the conversation is told in: the stages of a turn, and the languages that are spoken."""

import re
from collections.abc import Iterator
from typing import Annotated

from assistant.skill import phrase

STAGES = {
    "wake": ("waking", "唤醒"),
    "listen": ("listening", "聆听"),
    "endpoint": ("waiting for you to finish", "等你说完"),
    "recognise": ("recognising", "识别"),
    "understand": ("understanding", "理解"),
    "act": ("acting", "执行"),
    "think": ("thinking", "思考"),
    "speak": ("speaking", "说话"),
}
"""What the stages of a turn are called aloud; one that is not here is called by its own name."""

ENGLISH = re.compile(r"english\b|英语|英文", re.IGNORECASE)
CHINESE = re.compile(r"(?:mandarin(?: chinese)?|chinese|putonghua)\b|普通话|中文|国语|汉语|华语", re.IGNORECASE)


def time_en(ms: float) -> str:
    """Return a time as it is spoken."""
    if ms >= 1_000:
        return f"{ms / 1_000:.1f} seconds"
    return "under a millisecond" if ms < 1 else f"{ms:.0f} millisecond{'s' if round(ms) != 1 else ''}"


def time_zh(ms: float) -> str:
    """Return a time as it is spoken in Chinese."""
    if ms >= 1_000:
        return f"{ms / 1_000:.1f}秒"
    return "不到1毫秒" if ms < 1 else f"{ms:.0f}毫秒"


def languages_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the language whose name begins somewhere."""
    if found := ENGLISH.match(text, at) or CHINESE.match(text, at):
        yield found.span()


def code_of(name: str) -> str:
    """Return "en" or "zh" for the name of a language."""
    return "en" if ENGLISH.match(name) else "zh"


Language = Annotated[str, phrase("language", languages_in, en=["English", "Chinese"], zh=["英文", "中文"], value=code_of)]

RULES = {
    "speak": "(speak|talk|answer|reply|respond)",
    "you": "[can you|could you|would you|do you|i want you to|i would like you to|i would prefer you to|let us]",
    "back": "[back|over]",
}

TO = {
    "en": [
        "speak {to}",
        "<you> <speak> [me|to me|to us|with me] [in] {to} [from now on|to me|only|with me]",
        "<you> (switch|change|go) <back> [[the|your] language] to [speaking] {to}",
        "(set|change|switch) [the|your] language [setting] to {to}",
        "(use|start speaking|go back to speaking) {to} [from now on|with me]",
        "let us (use|continue in|carry on in) {to}",
        "(in|language) {to}",
        "{to} [only]",
    ],
    "zh": [
        "(说|讲|改说|换|切换|换成|改成|改用|变成|转成|切到|切回|换回|改回|切换到|切换成|转换为|调成|回到|请用|以后用|以后说){to}",
        "用{to}(说|说话|回答|回答我|跟我说|跟我说话|交流|回复|和我对话|跟我聊天)",
        "(以后|从现在开始|从现在起|接下来|之后)[都|请](用|说|讲){to}[回复|回答]",
        "[把][你的]语言(改成|换成|设成|切换为|切换到|调成|设置成|设置为){to}",
        "(设置语言为|切换语言到|回复用){to}",
        "你(会|能)(说|讲){to}",
    ],
}
"""How people ask for a language."""
