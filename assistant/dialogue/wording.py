"""What the conversation says of itself: that it did not understand, that it waited too long, whether something is meant."""

from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Any

from assistant.dialogue.answers import Answer
from assistant.examples import example, saying
from assistant.executor import phrase
from assistant.skill import Action
from assistant.slots import SlotType
from assistant.spoken import spoken
from assistant.vocabulary import Intent


def shall_i(actions: Mapping[str, Action], intent: Intent, language: str) -> str:
    """Return the question whether an act is meant, and those behind it, with the exact values they would have."""
    wanted = [request(actions[each.action], each.slots, language) for each in (intent, *intent.then)]
    en = ", and ".join([", ".join(wanted[:-1]), wanted[-1]] if wanted[1:] else wanted)
    return phrase(language, f"Shall I do this: {en}?", f"要我这样做吗：{'；'.join(wanted)}？")


def request(action: Action, slots: Mapping[str, Any], language: str) -> str:
    """Return an act as somebody would ask for it, or else by what it is and its values."""
    values = {name: aloud(action.slots[name], value, language) for name, value in slots.items()}
    if said := saying(action, slots, values, language):
        return said
    what = action.summary.rstrip(".").lower()
    told = ", ".join(f"{name} {value}" for name, value in values.items())
    return f"{example(action, language) or what}：{told}" if language == "zh" else f"{what}{': ' if told else ''}{told}"


def aloud(kind: SlotType, value: Any, language: str) -> str:
    """Return a value of a slot as it is spoken."""
    plain = kind.from_json(value)
    is_text = isinstance(plain, str | bool) or not isinstance(plain, timedelta | date | time | int | float | list | tuple)
    return str(value) if is_text else spoken(plain, language)


def cannot_tell(language: str) -> str:
    """Return what is said before asking for a yes to what hangs on something unknown."""
    return phrase(language, "I can't tell whether that is so.", "我判断不了是不是这样。")


def left_out(language: str) -> str:
    """Return what is said when what was to be done only in a certain case is not done."""
    return phrase(language, "So I left the rest.", "所以后面的就没有做。")


def too_late(language: str) -> str:
    """Return what is said to a yes that comes when the question is closed."""
    return phrase(language, "I waited too long for that yes, so nothing was done. Please ask again.", "等太久了，所以没有做。请再说一遍。")


def not_clear(question: str, language: str) -> str:
    """Return what is said to an answer that was not understood: the question again."""
    return phrase(language, f"Sorry, I didn't get that. {question}", f"抱歉，没听明白。{question}")


def given_up(language: str) -> str:
    """Return what is said when somebody takes back what they had asked for."""
    return phrase(language, "Okay, never mind.", "好的，算了。")


def unknown_words(language: str, answer: Answer, *, is_protest: bool) -> str:
    """Return what is said to words that were not understood; a "no" after something was done asks what it should have been."""
    if answer is Answer.YES:
        return phrase(language, "I hadn't asked anything. What can I do for you?", "我没有在问什么。需要我做什么？")
    if is_protest:
        return phrase(language, "Sorry. What should it be? Or say 'undo'.", "抱歉，应该是什么？也可以说“撤销”。")
    return phrase(
        language,
        "Sorry, I didn't understand that. Ask me what I can do.",
        "抱歉，我没听懂。可以问我会做什么。",
    )


def no_model(language: str) -> str:
    """Return what is said to a question that only a language model could answer."""
    return phrase(
        language,
        "I can't answer that by myself: it takes a language model, and none is set up.",
        "这个问题我自己答不了，需要语言模型，现在还没有装。",
    )
