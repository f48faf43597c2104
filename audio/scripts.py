"""Which voice reads which part: one text becomes runs of Chinese and runs of everything else.

Runs keep the order and every speakable character. Punctuation belongs to the run before it, since it shapes that run's melody;
a number belongs to the Chinese it touches, else to the words around it, else to the language of the reply.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Inside of a character class: Unicode's CJK ideographs, with 々 and 〇."""

NUMBER = (
    r"(?>(?:(?<![0-9A-Za-z])[-−+])?[$¥￥€£]?[0-9]++(?:[.,:/-][0-9]++)*+)"  # atomic: "2.4GHz" is a word, not the number 2 and a word
    r"(?:\s?(?:%|‰|°[CF]?|℃|℉|km|kg|cm|mm|m|g))?(?![A-Za-z])"
)
"""Pattern of a number with its sign, currency, date, time or range marks, and unit."""

_LETTER = rf"(?:(?![{HAN}])[^\W_])"
_TOKEN = re.compile(
    rf"(?P<zh>[{HAN}]+)|(?P<number>{NUMBER})|(?P<en>{_LETTER}+(?:[.'’-]{_LETTER}+)*)|(?P<stop>[。！？.!?;；\n])|(?P<mark>.)", re.DOTALL
)
_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and letters to ASCII: espeak-ng is silent about them."""
_FIRST_PICTURE = "\u2190"
"""Symbols from the arrows on are pictures, which a person reading aloud leaves out; ©, °, № and the like come before."""
_OPENERS = "([{<（【《「『“‘"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that one voice reads."""

    text: str
    """Never empty; joined, the runs are the text."""
    language: str
    """ "en" or "zh"."""


def speakable(text: str) -> str:
    """Drop emoji and other pictures, turn control characters into spaces, full-width letters and digits into plain ones.

    A control character is an order to espeak-ng (U+0001 changes its settings) and a lone surrogate is not UTF-8.
    """
    return "".join(_character(character) for character in text.translate(_FULL_WIDTH))


def _character(character: str) -> str:
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp":
            return "\n" if character in "\n\r\u2028\u2029" else " "
        case "Cf" | "Cs" | "Co" | "Cn" | "Sk" | "Me":
            return "" if character not in "^`" else character
        case "So" if character >= _FIRST_PICTURE and character not in "℃℉":
            return " "
        case "Mn" if "\ufe00" <= character <= "\ufe0f":
            return ""
        case _:
            return character


def runs(text: str, language: str) -> list[Run]:
    """Split by script; `language` ("en" or "zh") reads what no neighbour claims, such as a lone number."""
    joined: list[Run] = []
    opening = ""
    for piece, owner in _owned(text, language):
        if owner is None and piece in _OPENERS:
            opening += piece
            continue
        if joined and (owner is None or owner == joined[-1].language):
            joined[-1] = Run(joined[-1].text + opening + piece, joined[-1].language)
        else:
            joined.append(Run(opening + piece, owner or _first_owner(text, language)))
        opening = ""
    if opening and joined:
        joined[-1] = Run(joined[-1].text + opening, joined[-1].language)
    return joined


def _first_owner(text: str, language: str) -> str:
    return next((owner for _, owner in _owned(text, language) if owner), language)


def _owned(text: str, language: str) -> Iterator[tuple[str, str | None]]:
    """Yield every token with the language that reads it, None for marks."""
    tokens = list(_TOKEN.finditer(text))
    for at, token in enumerate(tokens):
        kind = token.lastgroup
        if kind == "number":
            yield token[0], _reader(tokens, at, language)
        else:
            yield token[0], kind if kind in {"en", "zh"} else None


def _reader(tokens: list[re.Match[str]], at: int, language: str) -> str:
    """Decide who reads the number at this place."""
    touching = [tokens[side].lastgroup for side in (at - 1, at + 1) if 0 <= side < len(tokens)]
    if "zh" in touching:
        return "zh"
    around = {_neighbour(tokens[at - 1 :: -1] if at else []), _neighbour(tokens[at + 1 :])} - {""}
    return around.pop() if len(around) == 1 else language


def _neighbour(tokens: list[re.Match[str]]) -> str:
    """Name the nearest words' language on this side, empty when the sentence ends before any."""
    for token in tokens:
        if token.lastgroup in {"en", "zh"}:
            return token.lastgroup
        if token.lastgroup == "stop":
            break
    return ""
