"""Sums found in a sentence, and read however they are said."""

from collections.abc import Iterable, Iterator, Sequence

from skills.maths.reader import NoSum, Reader, Tree
from skills.maths.wording import FILLERS, LEFT_OUT, Token, tokens_at

MOST_WORDS = 80  # of a sum; each bracket costs a call within a call


def find_sums(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the sums begin and end whose first word is at an index of a text, the longest first.

    After "divide", "1000 by 8" is one too: people name the sum without the word that asked for it.
    """
    start = at
    while text[:start].rstrip().endswith(("(", "（")):
        start = len(text[:start].rstrip()) - 1
    verb = verb_before(text, start)
    tokens = tokens_at(text, start)
    for count in range(len(tokens), 1, -1):
        part = tokens[:count]
        if part[-1].kind != "and" and (is_sum(part) or (verb and is_sum([verb, *part]))):
            yield start, part[-1].end


def is_sum(tokens: Sequence[Token]) -> bool:
    """Tell whether tokens make a sum, in which something is done to a number."""
    read = Reader(tokens)
    try:
        read.whole()
    except NoSum:
        return False
    return read.is_sum


def verb_before(text: str, at: int) -> Token | None:
    """Return the word right before an index that says what is done with the numbers that follow."""
    words = text[:at].split()
    found = tokens_at(words[-1], 0) if words else []
    is_verb = len(found) == 1 and (found[0].kind == "verb" or found[0].kind == "times")
    return found[0] if is_verb else None


def read_sum(texts: Iterable[str]) -> Tree:
    """Return the first of some texts that is a sum, whatever stands around its numbers that does not change it. Raises NoSum."""
    ways = [text.lower() for text in texts]
    for words in (*ways, *(FILLERS.sub(" ", way) for way in ways), *(FILLERS.sub(" ", put_otherwise(way)) for way in ways)):
        tokens = tokens_at(words, len(words) - len(words.lstrip()))
        if tokens and not words[tokens[-1].end :].strip(" ,.?!，。？！=") and len(tokens) < MOST_WORDS:
            try:
                return Reader(tokens, is_lenient=True).whole()
            except NoSum:
                continue
    raise NoSum


def put_otherwise(text: str) -> str:
    """Return a text with what is said at a till as it is said in sums."""
    for pattern, words in LEFT_OUT:
        text = pattern.sub(words, text)
    return text
