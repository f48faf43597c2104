"""The wake phrase at the beginning of a text, in whatever spelling a recogniser gives it, taken away."""

import re
from collections.abc import Callable, Iterable, Sequence

SPELLINGS = {
    "hey": ("hay", "hi", "嘿", "嗨", "哎", "黑"),
    "okay": ("ok", "欧克", "好的"),
    "jarvis": ("javis", "jervis", "贾维斯", "加维斯", "佳维斯", "查维斯"),
    "alexa": ("alexia", "亚历克莎", "艾莉克莎", "亚莉克莎"),
    "mycroft": ("my croft", "麦克罗夫特", "迈克罗夫特"),
    "nabu": ("naboo", "na boo", "纳布", "那布"),
}
"""Other ways in which the words of the wake phrases that come with Hark are written: in a Chinese sentence Whisper writes 嘿，贾维斯."""


def without_call(phrases: Iterable[str]) -> Callable[[str], str]:
    """Return what takes the words of one of some phrases away from the beginning of a text; all else of it stays as it is.

    The name itself has to be there, the words before it need not: sound may begin in the middle of the phrase.
    """
    calls = [call(phrase.casefold().split()) for phrase in phrases if phrase.strip()]
    called = re.compile(rf"[\W_]*(?:{'|'.join(calls)})[\W_]*", re.IGNORECASE)

    def rest(text: str) -> str:
        found = called.match(text) if calls else None
        return text[found.end() :].strip() if found else text.strip()

    return rest


def call(words: Sequence[str]) -> str:
    """Return a phrase as an expression."""
    *before, name = [pattern(word) for word in words]
    return r"[\W_]*".join([*(f"(?:{word})?" for word in before), f"(?:{name})"])


def pattern(word: str) -> str:
    """Return a word in all its spellings, as an expression; in Latin letters it ends where a word ends."""
    spellings = sorted((word, *SPELLINGS.get(word, ())), key=len, reverse=True)
    return "|".join(re.escape(each) + (r"\b" if each.isascii() else "") for each in spellings)
