"""What the words so far are worth to whoever waits for the end of an utterance: read-only and quick, for every partial text."""

from datetime import datetime

from assistant.slots.numbers import find_number
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Intent, Transcript
from assistant.words import split_words
from audio.endpoint import Completeness

OVERHEARD = 0.8
"""How sure the classifier must be of words that follow a reply without the wake word."""

HESITATIONS = frozenset([*("um", "umm", "uh", "uhh", "er", "erm", "hm", "hmm", "mm"), "那个", "这个", "嗯", "呃", "额", "就是", "然后"])
"""What people say while they look for words."""

NEVER_LAST = frozenset([
    *("a", "an", "the", "my", "your", "our", "their", "his", "and", "or", "of", "with", "from", "between", "than", "every", "plus"),
    *("minus", "times", "called", "named", "because", "if", "per"),
    *("把", "给", "和", "跟", "从", "比", "被", "让", "与", "或", "往", "向", "将", "以", "及"),
])  # fmt: skip
"""No sentence ends with these, whatever a free text would take."""

SELDOM_LAST = frozenset([
    *("to", "for", "at", "in", "on", "by", "until", "till", "into", "about", "is", "are", "me", "set", "please", "to-do"),
    *("的", "到", "在", "对", "用", "请", "设", "定", "要", "是", "点", "提", "醒", "我", "下", "每"),
])  # fmt: skip
"""A sentence that means nothing and ends with one of these has more to come."""

GROWS = frozenset({"number", "percent", "duration", "list", "time of day", "moment", "text"})
"""Types whose value may go on after a breath: "twenty" (five), "milk" (and eggs), "seven" (thirty)."""

CLOSED = frozenset([*("percent", "%", "am", "pm", "degrees", "seconds", "second"), *("秒", "度", "整")])
"""Words after which such a value is said."""


def completeness(understanding: Understanding, words: Transcript, now: datetime) -> Completeness:
    """Return what the words so far are worth, as far as templates tell."""
    return sure(understanding, words, now) or likely(words.text)


def settled_completeness(understanding: Understanding, words: Transcript, now: datetime) -> Completeness:
    """Return the same for words read to a pause, where the classifier has its say on what no template covers."""
    if found := sure(understanding, words, now):
        return found
    intent = understanding.understand(words.text, words.language, now)
    if not meant_for_us(intent) or intent is None or words.text[:1] in {"把", "将"}:
        return likely(words.text)
    action = understanding.actions[intent.action]
    names_time = any(action.slots[name].name in {"time of day", "moment"} for name in intent.slots)
    if ends_in_number(words.text) and not names_time:
        return Completeness.CUT
    return Completeness.GROWING if action.required <= intent.slots.keys() else Completeness.LACKING


def sure(understanding: Understanding, words: Transcript, now: datetime) -> Completeness | None:
    """Return what templates and words without a doubt tell; None when they tell nothing."""
    said = [word.norm for word in split_words(words.text)]
    if not said:
        return Completeness.UNKNOWN
    if said[-1] in HESITATIONS or "".join(said[-2:]) in HESITATIONS or said[-1] in NEVER_LAST:
        return Completeness.CUT
    goes_on = understanding.could_go_on(words.text, words.language, now)
    ending = understanding.ending(words.text, words.language, now)
    if ending is None:
        return Completeness.CUT if goes_on else None
    if ending.lacks:
        return Completeness.LACKING
    if ending.value in GROWS and said[-1] not in CLOSED:
        return Completeness.GROWING if ending.reads or ending.value != "text" else Completeness.UNKNOWN
    return Completeness.EXTENSIBLE if goes_on else Completeness.COMPLETE


def likely(text: str) -> Completeness:
    """Return what the last words of a text tell that means nothing as it is."""
    said = [word.norm for word in split_words(text)]
    return Completeness.CUT if said[-1] in SELDOM_LAST or said[0] in {"把", "将"} or ends_in_number(text) else Completeness.UNKNOWN


def ends_in_number(text: str) -> bool:
    """Tell whether the last words are a number, without the unit that makes it mean something."""
    words = split_words(text)
    return any((found := find_number(words, at)) and found[1] == len(words) for at in range(max(0, len(words) - 4), len(words)))


def meant_for_us(intent: Intent | None) -> bool:
    """Tell whether words that nobody addressed to Hark, after a reply, are still a request and not talk in the room."""
    goes_on = intent is not None and intent.source == "dialog"  # "tell me more", after an answer
    return intent is not None and (intent.action != CHAT or goes_on) and intent.confidence >= OVERHEARD
