"""How much two names are alike: people mishear, misspell and shorten them, and recognisers write what sounds the same."""

import unicodedata
from collections.abc import Callable, Iterable

SHORTEST = 3
"""Letters of a word that stands for a longer name; of Chinese characters, two."""

SMALL = {"the", "a", "an", "my", "of", "and", "to", "by", "in"}
"""Words that many names have."""

MISWRITTEN, MISHEARD = 80.0, 88.0
"""Percent in which a name and what was said must be alike to be the same: in letters, and in pinyin, where 牛奶 and 牛肉 are 62."""

Compare = Callable[[str, str], float]

PART = 90.0
"""Percent that a part of a name is worth."""


def squashed(name: str) -> str:
    """Return the letters of a name, small, for comparing."""
    return "".join(character for character in unicodedata.normalize("NFKC", name).casefold() if character.isalnum())


def has_chinese(text: str) -> bool:
    """Tell whether a text has Chinese characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def is_part(said: str, name: str) -> bool:
    """Tell whether what was said is some words of a name, or in Chinese a piece of it."""
    letters = squashed(said)
    if has_chinese(said):
        return len(letters) >= SHORTEST - 1 and letters in squashed(name)
    words = set(said.casefold().split()) - SMALL
    return len(letters) >= SHORTEST and bool(words) and words <= set(name.casefold().split())


def comparers() -> tuple[Compare, Compare]:
    """Return what compares two names as they are written, and two Chinese ones as they sound, in percent."""
    from skills.sounds import sounding, written  # noqa: PLC0415 -- its libraries take 0.2 s, and most names are found without

    return written, sounding


def alike(said: str, names: Iterable[str]) -> float:
    """Return how much what was said is like the likest of some names, in percent: by letters, by words, and as it sounds."""
    written, sounding = comparers()
    best = 0.0
    for name in names:
        best = max(best, PART if is_part(said, name) else 0.0, written(squashed(said), squashed(name)))
        if has_chinese(said) and has_chinese(name):
            best = max(best, sounding(squashed(said), squashed(name)))
    return best


def nearest(said: str, names: Iterable[str]) -> str | None:
    """Return the name that was probably meant: written nearly like what was said, or in Chinese said nearly like it; None for none."""
    listed = list(names)
    if not listed:
        return None
    written, sounding = comparers()

    def surplus(name: str) -> float:
        letters = written(squashed(said), squashed(name)) - MISWRITTEN
        if not (has_chinese(said) and has_chinese(name)):
            return letters
        return max(letters, sounding(squashed(said), squashed(name)) - MISHEARD)

    best = max(listed, key=surplus)
    return best if surplus(best) >= 0 else None
