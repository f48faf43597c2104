"""The English sentence templates as a JSGF grammar for the recogniser, so that it expects what the skills understand.

Free text cannot be written as a grammar; a template with a text slot takes the common words given here, and the recogniser's free
dictation covers the rest.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from assistant.skill import Action
from assistant.slots import SlotType
from assistant.template import EMPTY, Choice, Literal, Node, Slot
from assistant.template import Sequence as Parts
from assistant.words import CONTRACTIONS

LABELS = (
    *("tea", "coffee", "egg", "eggs", "pasta", "rice", "pizza", "bread", "cake", "oven"),
    *("laundry", "workout", "break", "nap", "homework", "kitchen"),
)
"""What people call their timers."""

ROOM = 110_000
"""Characters of the sentences: with more of them the recogniser takes more than 250 MB and two seconds to build."""

RULES = {
    "digit": "one | two | three | four | five | six | seven | eight | nine",
    "teen": "ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen",
    "tens": "twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety",
    "small": "<digit> | <teen> | <tens> [<digit>]",
    "number": "<small> | (a | one) (hundred | thousand)",
    "duration": "<small> (second | seconds | minute | minutes | hour | hours) | (a | an) (minute | hour) [and a half] | "
    "(one hour | <digit> hours) and (a half | <small> minutes) | half an hour",
    "percent": "(<small> | a hundred | one hundred) [percent]",
    "weekday": "monday | tuesday | wednesday | thursday | friday | saturday | sunday",
    "date": "today | tomorrow | yesterday | [this | next] <weekday>",
}
"""The commonest ways to say each kind of value; each use of a rule is a copy of it in the recogniser's memory."""

SHORT = {full: short for short, full in CONTRACTIONS.items() if "'" in short}
FULL = re.compile(rf"\b({'|'.join(map(re.escape, SHORT))})\b")


def jsgf(actions: Iterable[Action]) -> str:
    """Return the grammar of all English templates that can be written as one."""
    every = [[expansion(node, action.slots) for node in action.templates["en"]] for action in actions]
    sentences = within(ROOM, [FULL.sub(with_contraction, text) for text in in_turn(every) if text])
    rules = "".join(f"<{name}> = {body};\n" for name, body in RULES.items())
    labels = f"<label> = {' | '.join(LABELS)};\n"
    return f"#JSGF V1.0;\ngrammar hark;\n{rules}{labels}public <command> = {' | '.join(dict.fromkeys(sentences))};\n"


def in_turn(every: Iterable[Sequence[str]]) -> list[str]:
    """Return the first sentence of each action, then the second of each, and so on: authors write the plainest first."""
    return [text for row in zip_longest(*every) for text in row if text]


def within(room: int, sentences: Sequence[str]) -> list[str]:
    """Return the sentences that fit, the first of all that would not and those after it left to free dictation."""
    kept: list[str] = []
    for text in dict.fromkeys(sentences):
        room -= len(text)
        if room >= 0:
            kept.append(text)
    return kept


def with_contraction(words: re.Match[str]) -> str:
    """Return words as they stand or contracted: templates compare as "what is", people say "what's"."""
    return f"({words[0]} | {SHORT[words[0]]})"


def expansion(node: Node, slots: dict[str, SlotType]) -> str:
    """Return a template as a JSGF expansion; empty when it cannot be written as one."""
    match node:
        case Literal(words):
            return " ".join(words) if all(word.replace("'", "").isalpha() and word.isascii() for word in words) else ""
        case Slot(name, value):
            return "<NULL>" if value is not None else slot_rule(name, slots[name])
        case Parts(parts):
            return together([expansion(part, slots) for part in articled(parts, slots)])
        case Choice(options):
            return choice([expansion(option, slots) for option in options if option != EMPTY], optional=EMPTY in options)
    raise TypeError(f"no such node: {node!r}")


def articled(parts: Sequence[Node], slots: dict[str, SlotType]) -> list[Node]:
    """Return parts with the article in front of a label no longer left out, or "set a timer" is heard as "set tea timer"."""
    flat = [part for outer in parts for part in (outer.parts if isinstance(outer, Parts) else (outer,))]
    for number, part in enumerate(flat):
        before = flat[number - 1] if number else None
        if isinstance(part, Slot) and part.value is None and slots[part.name].name == "text" and isinstance(before, Choice):
            at = next((at for at in (number - 1, number - 2) if at >= 0 and has_article(flat[at])), number)
            article = flat[at]
            if isinstance(article, Choice):
                flat[at] = Choice(tuple(option for option in article.options if option != EMPTY))
    return flat


def has_article(node: Node) -> bool:
    """Tell whether a part is a choice of articles."""
    return node == Literal(("a",)) or (isinstance(node, Choice) and any(map(has_article, node.options)))


def together(parts: Sequence[str]) -> str:
    """Return parts one after the other; nothing when one of them cannot be written."""
    return " ".join(parts) if all(parts) else ""


def choice(options: Sequence[str], *, optional: bool) -> str:
    """Return alternatives without those that cannot be written."""
    written = " | ".join(filter(None, options))
    if not written:
        return "<NULL>" if optional else ""
    return f"[{written}]" if optional else f"({written})"


def slot_rule(name: str, kind: SlotType) -> str:
    """Return the rule that a value is written by; empty for free text that is no label."""
    if kind.name in RULES:
        return f"<{kind.name}>"
    if kind.name == "text":
        return "<label>" if name == "label" else ""
    return choice(kind.samples["en"], optional=False)
