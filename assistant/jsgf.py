"""The English sentence templates as a JSGF grammar for the recogniser, so that it expects what the skills understand.

Free text cannot be written as a grammar; a template with a text slot takes the common words given here, and the recogniser's free
dictation covers the rest.
"""

from collections.abc import Iterable, Sequence

from assistant.skill import Action
from assistant.slots import SlotType
from assistant.template import EMPTY, Choice, Literal, Node, Slot
from assistant.template import Sequence as Parts

LABELS = (
    "tea", "coffee", "egg", "eggs", "pasta", "rice", "pizza", "bread", "cake", "chicken", "oven", "laundry", "dryer", "washing", "workout",
    "break", "nap", "homework", "reading", "study", "kitchen", "meeting", "parking", "cookie", "noodle", "soup", "steak", "potato", "game",
)  # fmt: skip
"""What people call their timers."""

RULES = {
    "digit": "one | two | three | four | five | six | seven | eight | nine",
    "teen": "ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen",
    "tens": "twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety",
    "small": "<digit> | <teen> | <tens> [<digit>]",
    "number": "<small> | (a | <digit>) hundred [[and] <small>] | <small> thousand",
    "unit": "second | seconds | minute | minutes | hour | hours",
    "duration": "<number> <unit> | <digit> and a half (minutes | hours) | (a | an | one) (minute | hour) [and a half] | half an hour | half a minute | "
    "a couple of minutes | (<digit> | an) (hour | hours) [and] <small> (minute | minutes) | <digit> (minute | minutes) [and] <small> (second | seconds) | "
    "a quarter of an hour",
    "percent": "(<small> | a hundred | one hundred) [percent] | half | maximum | minimum",
    "weekday": "monday | tuesday | wednesday | thursday | friday | saturday | sunday",
    "date": "today | tomorrow | yesterday | the day after tomorrow | [this | next | on] <weekday>",
}


def jsgf(actions: Iterable[Action]) -> str:
    """Return the grammar of all English templates that can be written as one."""
    sentences = [text for action in actions for node in action.templates["en"] if (text := expansion(node, action.slots))]
    rules = "".join(f"<{name}> = {body};\n" for name, body in RULES.items())
    labels = f"<label> = {' | '.join(LABELS)};\n"
    return f"#JSGF V1.0;\ngrammar hark;\n{rules}{labels}public <command> = {' | '.join(dict.fromkeys(sentences))};\n"


def expansion(node: Node, slots: dict[str, SlotType]) -> str:
    """Return a template as a JSGF expansion; empty when it cannot be written as one."""
    match node:
        case Literal(words):
            return " ".join(words) if all(word.replace("'", "").isalpha() and word.isascii() for word in words) else ""
        case Slot(name, value):
            return "<NULL>" if value is not None else slot_rule(name, slots[name])
        case Parts(parts):
            return together([expansion(part, slots) for part in parts])
        case Choice(options):
            return choice([expansion(option, slots) for option in options if option != EMPTY], optional=EMPTY in options)
    raise TypeError(f"no such node: {node!r}")


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
