"""Names to expect, given to Whisper only where something like them was heard.

A prompt full of names makes Whisper write names: into noise, and over words that merely resemble them. So a decode is told of those names
alone that the decode before it has written down, or something that sounds like them.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz

from audio.asr.agreement import UNIT

MOST_TOKENS = 48
"""Of the prompt; each costs as much to read as a token of the text's context, see docs/recognition.md."""

ALIKE = 80.0
"""Percent in which the sounds of a name and of what was heard have to agree."""

SHORTEST = 3
"""Letters of a name's sounds; anything sounds like shorter ones."""

SPELLINGS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^wh", "w"),
        (r"^x", "s"),
        (r"tch|ch(?!r)", "C"),
        (r"sh|[st]ion|sci(?=o|u)", "S"),
        (r"ph", "f"),
        (r"gh(?=$|t)", ""),
        (r"th", "t"),
        (r"dg(?=[eiy])", "J"),
        (r"c(?=[eiy])", "s"),
        (r"g(?=[eiy])", "J"),
        (r"mb$", "m"),
        (r"ck|q|c", "k"),
        (r"x", "ks"),
        (r"j", "J"),
        (r"z", "s"),
        (r"v", "f"),
        (r"(?<=[aeiou])h|(?<=[^aeiouCS])h(?![aeiou])", ""),
        (r"[aeiouyw]+", "a"),
        (r"(.)\1+", r"\1"),
    )
)
"""English letters that sound the same, in the order in which they are replaced; all vowels are one: they are heard the least surely."""


class HotWords:
    """The names, most important first."""

    def __init__(self, count: Callable[[str], int]) -> None:
        """`count` tells how many tokens a text has."""
        self._count = count
        self._sounds: list[tuple[str, list[str]]] = []
        """Each name with the sounds of its words."""

    def expect(self, names: Sequence[str]) -> None:
        """Take the names instead of those before."""
        cleaned = dict.fromkeys(" ".join(name.split()) for name in names)
        self._sounds = [(name, key) for name in cleaned if len("".join(key := sounds(name))) >= SHORTEST]

    def near(self, text: str) -> str:
        """Return the names that a text has, or something like them, as a prompt; empty when there are none."""
        heard = sounds(text)
        found: list[str] = []
        for name, key in self._sounds:
            if sounds_like(key, heard):
                if self._count(", ".join([*found, name])) > MOST_TOKENS:
                    break
                found.append(name)
        return ", ".join(found)


def sounds_like(name: Sequence[str], heard: Sequence[str]) -> bool:
    """Tell whether somewhere in what was heard about as many words sound like a name."""
    whole = "".join(name)
    for length in {max(1, len(name) - 1), len(name), len(name) + 1}:
        for start in range(len(heard) - length + 1):
            if fuzz.ratio(whole, "".join(heard[start : start + length]), score_cutoff=ALIKE):
                return True
    return False


def sounds(text: str) -> list[str]:
    """Return how each word of a text sounds, roughly: Chinese as pinyin without tones, English by its consonants."""
    return [spoken(unit[0]) for unit in UNIT.finditer(text.casefold())]


@lru_cache(maxsize=4096)
def spoken(unit: str) -> str:
    """Return how a word or a Chinese character sounds."""
    if "\u3400" <= unit[0] <= "\u9fff":
        return flattened(lazy_pinyin(unit)[0])
    key = unit.replace("'", "").replace("’", "")
    for pattern, replacement in SPELLINGS:
        key = pattern.sub(replacement, key)
    return key


def flattened(syllable: str) -> str:
    """Return a syllable without what many speakers of Chinese do not tell apart: zh and z, n and l, -ng and -n."""
    first = re.sub(r"^([zcs])h", r"\1", syllable)
    return re.sub(r"ng$", "n", re.sub(r"^l", "n", first))
