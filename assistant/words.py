"""Text as words: what templates and utterances are compared by.

A word is a run of Latin letters, a number, or one Chinese character, so neither language needs a segmenter.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

MAX_WORDS = 120
"""An utterance of half a minute; what is longer was not said to an assistant."""

WORD = re.compile(
    r"""\d{1,2}:\d{2}(?::\d{2})?                 # 10:30
      | \d{1,3}(?:,\d{3})+(?:\.\d+)?             # 1,000,000
      | \d+(?:\.\d+)?                            # 12, 3.5
      | [^\W\d_\u3400-\u9fff]+(?:['’][^\W\d_\u3400-\u9fff]+)*   # what's
      | [\u3400-\u9fff]                          # one Chinese character
      | -(?=\s*\d)(?<![^\W\d_]-)               # a minus, not the hyphen of "5-minute" or "twenty-five"
      | [%℃°+*/=×÷$€£¥]""",
    re.VERBOSE,
)

CONTRACTIONS = {
    "what's": "what is",
    "whats": "what is",
    "where's": "where is",
    "who's": "who is",
    "how's": "how is",
    "when's": "when is",
    "it's": "it is",
    "that's": "that is",
    "there's": "there is",
    "i'm": "i am",
    "i've": "i have",
    "i'd": "i would",
    "let's": "let us",
    "don't": "do not",
    "doesn't": "does not",
    "didn't": "did not",
    "isn't": "is not",
    "wasn't": "was not",
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "couldn't": "could not",
    "wouldn't": "would not",
    "shouldn't": "should not",
    "aren't": "are not",
    "haven't": "have not",
    "hasn't": "has not",
    "we're": "we are",
    "you're": "you are",
    "they're": "they are",
    "we've": "we have",
    "you've": "you have",
    "i'll": "i will",
    "we'll": "we will",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    norm: str
    """Case-folded, in normal form; what is compared."""
    start: int
    """Index of its first character in the text."""
    end: int
    """Index after its last character."""


@cache
def traditional() -> tuple[frozenset[str], dict[int, int]]:
    """Return the traditional characters, and what each becomes, as `str.translate` takes it.

    The two lines of the file come from OpenCC's TSCharacters (Apache-2.0): what becomes one of the 6,763 characters of GB 2312.
    """
    those, these = Path(__file__).with_name("traditional.txt").read_text("utf-8").split()
    return frozenset(those), str.maketrans(those, these)


def simplified(text: str) -> str:
    """Return a text with 鐘 as 钟, character by character."""
    if text.isascii():
        return text
    those, table = traditional()
    return text if those.isdisjoint(text) else text.translate(table)


@lru_cache(maxsize=1024)
def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text, at most `MAX_WORDS` + 1; contractions count as the words they stand for, 鐘 as 钟."""
    words: list[Word] = []
    for match in WORD.finditer(simplified(text[: MAX_WORDS * 40])):
        norm = unicodedata.normalize("NFKC", match[0]).casefold().replace("’", "'")
        if norm[0].isdigit():
            norm = norm.replace(",", "")
        words.extend(Word(part, match.start(), match.end()) for part in CONTRACTIONS.get(norm, norm).split())
        if len(words) > MAX_WORDS:
            break
    return tuple(words)


def is_chinese(word: str) -> bool:
    """Tell whether a word is a Chinese character."""
    return "\u3400" <= word[0] <= "\u9fff"


def is_sign(text: str) -> bool:
    """Tell whether a text without words is more than silence or a full stop: 😀."""
    return any(unicodedata.category(character)[0] not in "PCZM" for character in text)


COMMANDS = frozenset(
    [
        *(
            "add",
            "put",
            "play",
            "open",
            "close",
            "translate",
            "define",
            "spell",
            "remind",
            "call",
            "text",
            "set",
            "start",
            "stop",
            "what",
            "who",
        ),
        *(
            "where",
            "when",
            "how",
            "find",
            "search",
            "turn",
            "switch",
            "say",
            "note",
            "remember",
            "forget",
            "create",
            "remove",
            "delete",
            "is",
        ),
        *("cancel", "tell", "read", "show", "the", "my", "and", "no", "can", "could", "would", "please", "i"),
    ]
)
"""English words that make a sentence English which begins with them, whatever Chinese names follow."""


def language_of(text: str) -> str:
    """Return the language of a sentence's frame: "zh" for 播放Taylor Swift的歌, "en" for "remind me to 买牛奶 at five"."""
    norms = [word.norm for word in split_words(text) if is_chinese(word.norm) or (word.norm[0].isascii() and word.norm[0].isalpha())]
    chinese = [is_chinese(norm) for norm in norms]
    if not any(chinese):
        return "en"
    if chinese[0] or all(chinese):
        return "zh"
    if not chinese[-1] or norms[0] in COMMANDS:
        return "en"
    return "zh" if 2 * sum(chinese) >= len(chinese) else "en"
