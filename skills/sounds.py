"""How alike two names are in their letters, and how alike Chinese ones sound."""

from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

UNSURE = 2.0
"""Percent that what only sounds the same is worth less than what is written the same."""


def written(one: str, other: str) -> float:
    """Return how alike two names are written, in percent."""
    return float(fuzz.ratio(one, other))


@lru_cache(maxsize=20_000)
def pinyin(text: str) -> str:
    """Return how Chinese is said, without tones."""
    return "".join(lazy_pinyin(text))


def sounding(one: str, other: str) -> float:
    """Return how alike two Chinese names sound, in percent."""
    return float(fuzz.ratio(pinyin(one), pinyin(other))) - UNSURE
