"""A reminder ahead of what was just put into the calendar: "and remind me an hour before", 提前半小时提醒我."""

import re
from datetime import date, datetime, timedelta

from assistant.dialogue.memory import Exchange
from assistant.slots.durations import find_duration
from assistant.vocabulary import Intent
from assistant.words import split_words

AHEAD = re.compile(
    r"^(?:(?:and|also|oh|then|please|ok(?:ay)?|can you|could you|now)[\s,]+)*"
    r"(?:remind me|(?:set|give|send) (?:me )?(?:a|an) (?:reminder|alert)|(?:alert|notify|ping|tell|warn) me|let me know)\b"
    r"(.*?)\b(?:before(?:hand)?|ahead|in advance|earlier|prior)\b(?: (?:it|that|then|of (?:it|that|time)|to (?:it|that)))?[\s.!]*$"
    r"|^(?:再|也|顺便|并且?|还有?|那|请|麻烦)*(?:你)?(?:提前|之前|早)(.+?)(?:的时候)?(?:提醒|叫|通知|告诉)(?:我|一下)*[吧了。！!]*$"
    r"|^(?:再|也|顺便|并且?|还有?|那|请|麻烦)*(.+?)(?:之前|以前|前)(?:提醒|叫|通知|告诉)(?:我|一下)+[吧了。！!]*$",
    re.IGNORECASE,
)

A_DAY = re.compile(r"\b(?:the|a|one) (?:day|night|evening)\b|[一前]天|头天", re.IGNORECASE)


def reminded(text: str, last: Exchange) -> Intent | None:
    """Return the reminder that words want ahead of the last entry; None when they want none, or nothing with a time was last."""
    match = AHEAD.match(text)
    moment, title = last.intent.slots.get("moment"), last.intent.slots.get("title") or last.intent.slots.get("text")
    if not match or not moment or not title:
        return None
    said = next(filter(None, match.groups()), "")
    ahead = length_in(said)
    if ahead is None:
        return None
    at = datetime.fromisoformat(moment) if "T" in moment else datetime.combine(date.fromisoformat(moment), datetime.min.time())
    slots = {"text": title, "moment": (at - ahead).isoformat(timespec="minutes")}
    return Intent("reminder.set", slots, "dialog")


def length_in(said: str) -> timedelta | None:
    """Return how long before words mean; None when they do not say."""
    words = split_words(said)
    found = next(filter(None, (find_duration(words, at) for at in range(len(words)))), None)
    if found:
        return found[0]
    return timedelta(days=1) if A_DAY.search(said) else None
