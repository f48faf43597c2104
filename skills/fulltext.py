"""Ranked search in what people said or wrote: English words in all their endings, Chinese characters, misheard words.

Notes, memories, calendar entries and files are found through it.
"""

import difflib
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

FOUND = 0.4
"""A text that has this part of what was asked for is worth mentioning."""

SURE = 0.7
"""One that has this part is what was meant."""

CLOSE = 0.75
"""A text with this part of the best one's rank is as good a guess."""

PREFIX, MISHEARD, SCATTERED = 0.8, 0.7, 0.5
"""What a term counts that only begins alike, only sounds alike, or is a Chinese character out of its word."""

ALIKE = 0.8
"""How alike a misheard word must be, as `difflib` counts."""

SHORTEST_ROOT = 4
"""Letters that must be left of a word: "bus" is no plural of "bu"."""

TERM = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
CHINESE = re.compile(r"[\u3400-\u9fff]")

STOP_ENGLISH = """
a an the my our your his her their its i me you we us it he she they is are am was were be been do does did have has had
got what which who whom whose where when why how about of on in at to for from with and or that this these those there
any some all s t please tell told said know remember called one thing things
"""
STOP = frozenset(STOP_ENGLISH.split()) | frozenset("的了吗呢啊呀吧是在我你您他她它们这那哪什么啥怎多少几和与跟把被给关于来着叫条个里上")
"""Words that say nothing about what is meant."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that has something of what was asked for."""

    at: int
    """Which one."""
    covered: float
    """The part of the question it has, 0..1."""
    rank: float
    """Rare words count more; the greatest is the best."""


def search(query: str, texts: Sequence[str]) -> list[Hit]:
    """Return the texts that have what is asked for, the best first; those that are equally good stay in order."""
    asked = dict.fromkeys(terms(query, drop=True))
    documents = [frozenset(terms(text)) for text in texts]
    vocabulary: frozenset[str] = frozenset().union(*documents)
    like = {term: likenesses(term, vocabulary) for term in asked}
    weight = {term: rarity(set(like[term]), documents) * (0.5 if CHINESE.match(term) else 1.0) for term in asked}
    hits = []
    for at, (document, text) in enumerate(zip(documents, texts, strict=True)):
        whole = in_words(query, text)
        match = {term: likeness(like[term], document, whole) for term in asked}
        covered = sum(part * share(term) for term, part in match.items()) / (sum(map(share, asked)) or 1.0)
        if covered >= FOUND:
            hits.append(Hit(at, covered, sum(weight[term] * part for term, part in match.items())))
    return sorted(hits, key=lambda hit: (hit.rank, hit.covered), reverse=True)


def best(hits: Sequence[Hit]) -> list[Hit]:
    """Return those of the hits between which the words do not decide."""
    return [hit for hit in hits if hit.rank >= CLOSE * hits[0].rank and hit.covered >= min(SURE, hits[0].covered)]


def terms(text: str, *, drop: bool = False) -> list[str]:
    """Return the roots of the words and the single characters of a text; `drop` leaves out what says nothing, unless that is all."""
    words = TERM.findall(unicodedata.normalize("NFKC", text).casefold())
    telling = [word for word in words if word not in STOP] if drop else words
    return [root(word) for word in telling or words]


def root(word: str) -> str:
    """Return an English word without its ending: "parked", "parking" and "parks" are "park"; accents are no letters of their own."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    for ending, left in (("'s", ""), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if plain.endswith(ending) and not plain.endswith("ss") and len(plain) - len(ending) >= SHORTEST_ROOT - (ending == "s"):
            return plain.removesuffix(ending) + left
    return plain


def share(term: str) -> float:
    """Return how much of a question a term is: two Chinese characters are a word."""
    return 0.5 if CHINESE.match(term) else 1.0


def rarity(ways: set[str], documents: Sequence[frozenset[str]]) -> float:
    """Return how telling it is that a text has any of these terms."""
    having = sum(not ways.isdisjoint(document) for document in documents)
    return math.log(1 + (len(documents) + 1) / (having + 0.5))


def likenesses(term: str, vocabulary: frozenset[str]) -> dict[str, float]:
    """Return the terms that may stand for one, with how well they do."""
    if term in vocabulary or CHINESE.match(term) or len(term) < SHORTEST_ROOT:
        return {term: 1.0}
    found = {other: PREFIX for other in vocabulary if begins_alike(term, other)}
    if not found and term.isalpha():
        near = [other for other in vocabulary if other[0] == term[0] and abs(len(other) - len(term)) <= 2]
        found = dict.fromkeys(difflib.get_close_matches(term, near, 3, ALIKE), MISHEARD)
    return found


def begins_alike(one: str, other: str) -> bool:
    """Tell whether one word is the beginning of the other, or both are one word with different endings."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= SHORTEST_ROOT and longer.startswith(shorter)


def likeness(ways: dict[str, float], document: frozenset[str], whole: Callable[[str], bool]) -> float:
    """Return how well a text has a term."""
    found = max((part for term, part in ways.items() if term in document), default=0.0)
    return found if found == 0 or whole(next(iter(ways))) else found * SCATTERED


def in_words(query: str, text: str) -> Callable[[str], bool]:
    """Return what tells of a Chinese character of the question whether the text has it together with one beside it."""
    run = [char for char in TERM.findall(query.casefold()) if char not in STOP]
    pairs = {run[at] + run[at + 1] for at in range(len(run) - 1) if CHINESE.match(run[at]) and CHINESE.match(run[at + 1])}
    lower = text.casefold()
    together = {char for pair in pairs if pair in lower for char in pair}
    paired = {char for pair in pairs for char in pair}
    return lambda term: term in together or term not in paired
