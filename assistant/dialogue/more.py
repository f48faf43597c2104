"""Asking for more of an answer: "go on", "tell me more", 接着说."""

from assistant.understanding import CLOSERS, OPENERS, strip
from assistant.vocabulary import CHAT, Outcome, Turn
from assistant.words import split_words

ASKED = """
more; some more; a bit more; a little more; more details; more detail; in more detail; more about that; more about it; go on; go on then
continue; keep going; keep talking; carry on; tell me more; tell me more about that; tell me more about it; say more; say a bit more
what else; anything else; and then; then what; what then; elaborate; explain more; explain that; and; go deeper
继续; 继续说; 继续讲; 接着; 接着说; 接着讲; 往下说; 往下讲; 说下去; 讲下去; 多说点; 多说一点; 多说几句; 多讲点; 多讲一点; 多讲几句; 再说点
再多说点; 再多说一点; 再讲点; 再说说; 再讲讲; 还有; 还有呢; 还有吗; 然后; 然后呢; 后来呢; 展开说说; 展开讲讲; 详细点; 详细一点; 详细说说
详细讲讲; 说详细点; 说详细一点; 更详细一点; 具体说说; 具体点; 具体一点; 再具体一点
"""
"""What people say for that, without politeness."""

PHRASES = frozenset(tuple(word.norm for word in split_words(phrase)) for line in ASKED.strip().splitlines() for phrase in line.split(";"))


def asks_for_more(text: str) -> bool:
    """Tell whether words ask somebody who has just said something to go on."""
    words = split_words(text)
    ways = (words, strip(words, OPENERS, CLOSERS), strip(words, (), CLOSERS))
    return any(tuple(word.norm for word in way) in PHRASES for way in ways)


def is_answer(turn: Turn) -> bool:
    """Tell whether a turn was an answer in a model's own words, which can be gone on with."""
    talked = turn.intent is None or turn.intent.action == CHAT
    return talked and turn.outcome is Outcome.DONE and bool(turn.said)
