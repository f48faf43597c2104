"""What words mean while a question is open: an answer, a no, a correction of what was asked for, or something else altogether."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from assistant.dialogue.answers import Answer, answer_in, denies, leaning
from assistant.dialogue.filling import filled
from assistant.dialogue.memory import Confirmation, Exchange
from assistant.dialogue.reference import points
from assistant.dialogue.revision import QUERIES, corrected, false_start, followed_up, is_follow_up
from assistant.slots import Env
from assistant.slots.kinds import DURATION, PERCENT, TIME
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Intent
from assistant.words import split_words

LEAD = re.compile(
    r"^(?:(?:um|uh|er|well|oh|so|it(?:'s| is)|that(?:'s| is)|call it|name it|let'?s (?:say|call it|make it)|make it|i'?d like|i want"
    r"|make that|set it (?:to|for)|嗯|呃|哦|那就|就|叫|是)[\s,，]*)+",
    re.IGNORECASE,
)
"""What stands before an answer and is no part of it."""

TO = re.compile(r"^(?:please )?(?:to|that i (?:need|have) to|i (?:need|have) to)\s+", re.IGNORECASE)
"""The same before what one is to be reminded of."""

FEW_WORDS = 4
"""Words of a name of nearly anything; a sentence has more."""

CLEARLY = 0.8
"""How sure the classifier must be that a sentence is no answer."""

NAMED = frozenset(["place", "topic"])
"""Slots that nothing but a name can fill."""

PLACES = frozenset(["place", "area"])
AROUND_PLACE = re.compile(r"^(?:in|at|for|from|near|around|here in|over in|在|那)\s*(?=\S)|(?:呢|吧|的|那边|那里|please)$", re.IGNORECASE)
"""What is said around the name of a place."""

ENDS = " .,。，!！?？"


class Effect(StrEnum):
    """What words do to an open question."""

    REFUSE = "refuse"
    ACCEPT = "accept"
    GO_ON = "go on"
    """With a value filled in or put right."""
    ELSEWHERE = "elsewhere"
    """They are about something else."""
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What words do to an open question, and the act as it is then."""

    effect: Effect
    intent: Intent


def verdict_on(understanding: Understanding, pending: Confirmation, env: Env) -> Verdict:
    """Return what words do to an open question."""
    if pending.is_aside:
        return later(understanding, pending, env)
    answer = answer_in(env.text)
    if answer is Answer.NO:
        return Verdict(Effect.REFUSE, pending.intent)
    if pending.slot and ":" not in pending.slot:
        return answering(understanding, pending, pending.slot, env)
    return confirming(understanding, pending, env)


def later(understanding: Understanding, pending: Confirmation, env: Env) -> Verdict:
    """Return what words do to a question that something else came after: bare values still answer it."""
    kind = understanding.actions[pending.intent.action].slots[pending.slot or ""]
    leans = false_start(env.text.strip()) is not None or is_follow_up(env.text) or points(env.text)
    if kind.is_typed and not leans and understanding.read(env.text, env.language, env.now) is None:
        intent = with_answer(understanding, pending, pending.slot or "", env.text, env, is_bare=True)
        if intent:
            return Verdict(Effect.GO_ON, intent)
    return Verdict(Effect.ELSEWHERE, pending.intent)


def answering(understanding: Understanding, pending: Confirmation, slot: str, env: Env) -> Verdict:
    """Return what words do to the question for a value."""
    text = env.text.strip()
    answer, behind = leaning(text)
    if answer is Answer.NO and behind and (instead := understanding.read(behind, env.language, env.now)):
        return Verdict(Effect.GO_ON, instead)
    anew = understanding.read(text, env.language, env.now)
    if anew and anew.action == pending.intent.action:
        return Verdict(Effect.GO_ON, joined(pending.intent, anew))
    if anew and (not pending.verbatim or anew.action.startswith("assistant.")):
        return Verdict(Effect.ELSEWHERE, pending.intent)
    if answer is Answer.NO and not behind:
        return Verdict(Effect.REFUSE, pending.intent)
    started = false_start(text)
    if started and not pending.verbatim and (instead := understanding.read(started, env.language, env.now)):
        is_aside = understanding.actions[instead.action].reads  # "actually, what time is it" takes nothing back
        return Verdict(Effect.ELSEWHERE if is_aside else Effect.GO_ON, pending.intent if is_aside else instead)
    said = behind if answer is not Answer.OTHER and behind else started or text
    if beside := said_beside(understanding, pending, slot, env):
        return beside
    if intent := with_answer(understanding, pending, slot, said, env) or with_another(understanding, pending, said, env):
        return Verdict(Effect.GO_ON, intent)
    if fixed := corrected(text, Exchange(pending.text, pending.intent, env.now.timestamp()), understanding.actions, env, is_last=True):
        return Verdict(Effect.GO_ON, replace(fixed.intent, then=pending.intent.then))
    guess = understanding.understand(text, env.language, env.now)
    if guess and guess.action == pending.intent.action:
        return Verdict(Effect.GO_ON, joined(pending.intent, guess))
    return Verdict(Effect.ELSEWHERE if guess else Effect.UNCLEAR, pending.intent)


def said_beside(understanding: Understanding, pending: Confirmation, slot: str, env: Env) -> Verdict | None:
    """Return what follows from words that any free text could be, but that say something else: "what about Saturday?" to "Which place?"."""
    kind = understanding.actions[pending.intent.action].slots[slot]
    if kind.is_typed or pending.verbatim:
        return None
    asked = Exchange(pending.text, pending.intent, env.now.timestamp())
    if is_follow_up(env.text) and (fixed := followed_up(env.text, asked, understanding.actions, env)) and slot not in fixed.intent.slots:
        return Verdict(Effect.GO_ON, replace(fixed.intent, then=pending.intent.then))
    if len(split_words(env.text)) < FEW_WORDS:
        return None
    guess = understanding.understand(env.text, env.language, env.now)
    is_other = guess is not None and guess.action not in {CHAT, pending.intent.action} and guess.confidence >= CLEARLY
    return Verdict(Effect.ELSEWHERE, pending.intent) if is_other else None


def confirming(understanding: Understanding, pending: Confirmation, env: Env) -> Verdict:
    """Return what words do to the question for a yes."""
    answer, behind = leaning(env.text)
    anew = understanding.read(behind or env.text, env.language, env.now)
    is_same = anew is not None and anew.action == pending.intent.action and anew.slots.items() <= pending.intent.slots.items()
    if answer is Answer.YES and (not behind or is_same or (not denies(behind) and (anew is None or is_about(pending, behind)))):
        return Verdict(Effect.ACCEPT, pending.intent)
    if answer is Answer.NO and not behind:
        return Verdict(Effect.REFUSE, pending.intent)
    if answer is Answer.OTHER and anew:
        return Verdict(Effect.ELSEWHERE, pending.intent)
    asked = Exchange(pending.text, pending.intent, env.now.timestamp())
    fixed = corrected(env.text, asked, understanding.actions, env, is_last=True)
    if anew and not (fixed and only_names(anew, pending.intent)):
        return Verdict(Effect.GO_ON, replace(anew, source="dialog"))
    if fixed:
        return Verdict(Effect.GO_ON, replace(fixed.intent, then=pending.intent.then))
    if answer is Answer.NO:
        return Verdict(Effect.REFUSE, pending.intent)
    guess = understanding.understand(env.text, env.language, env.now)
    return Verdict(Effect.ELSEWHERE if guess else Effect.UNCLEAR, pending.intent)


def only_names(anew: Intent, pending: Intent) -> bool:
    """Tell whether words that could be a request are but the name of another thing: "no, the hardware list"."""
    return anew.action.partition(".")[0] == pending.action.partition(".")[0] and anew.action.endswith(tuple(QUERIES))


def is_about(pending: Confirmation, text: str) -> bool:
    """Tell whether words repeat what a question asks: "yes, delete it" to "Delete the note?"."""
    pronoun = re.sub(r"\b(?:it|them|that|all|both|please|now|then)\b|[它了吧啊呀掉都把，,。.!！ ]", " ", text.casefold()).split()
    return all(word in pending.question.casefold() for word in pronoun)


def joined(pending: Intent, anew: Intent) -> Intent:
    """Return what was asked for with what is said of it now; what waits behind it stays there."""
    return replace(anew, slots=pending.slots | anew.slots, source="dialog", then=(*anew.then, *pending.then))


def with_answer(
    understanding: Understanding, pending: Confirmation, slot: str, said: str, env: Env, *, is_bare: bool = False
) -> Intent | None:
    """Return the act with the values that an answer gives; None when it gives none for the slot that was asked for.

    `is_bare` takes nothing but values, no sentence around them.
    """
    types, slots = understanding.actions[pending.intent.action].slots, pending.intent.slots
    kind = types[slot]
    if not kind.is_typed:
        value = free_answer(understanding, said, slot, pending, env)
        return replace(pending.intent, slots=slots | {slot: kind.to_json(value)}) if value else None
    said = LEAD.sub("", said) or said
    old = slots | ({slot: "PT1M"} if kind.name == "duration" else {})  # to "for how long", ten is ten minutes
    values = filled(said, {name: each for name, each in types.items() if each.is_typed}, old, env)
    if values and slot in values:
        return replace(pending.intent, slots=slots | values)
    value = None if is_bare else understanding.find_slot(said, kind, env.language, env.now)
    return replace(pending.intent, slots=slots | {slot: kind.to_json(value)}) if value is not None else None


def with_another(understanding: Understanding, pending: Confirmation, said: str, env: Env) -> Intent | None:
    """Return the act with a value that was not asked for: "for tomorrow" to "For what time?", which is then asked for again."""
    kinds = {name: kind for name, kind in understanding.actions[pending.intent.action].slots.items() if kind.is_typed}
    values = filled(LEAD.sub("", said) or said, kinds, pending.intent.slots, env)
    return replace(pending.intent, slots=pending.intent.slots | values) if values else None


def free_answer(understanding: Understanding, said: str, slot: str, pending: Confirmation, env: Env) -> Any:
    """Return the free text, or the things of a list, that an answer names."""
    kind = understanding.actions[pending.intent.action].slots[slot]
    text = TO.sub("", said.strip(ENDS)) if pending.verbatim else LEAD.sub("", said.strip(ENDS))
    if kind.name == "list":
        return understanding.find_slot(text, kind, env.language, env.now)
    if slot in NAMED and is_value(text, env):
        return None
    if slot in PLACES:
        text = AROUND_PLACE.sub("", text).strip(ENDS) or text
    return text or said.strip(ENDS)


def is_value(text: str, env: Env) -> bool:
    """Tell whether words are nothing but a length, a time or a number, which is no name of anything."""
    words = split_words(text)
    here = replace(env, text=text)
    return any(span.end == len(words) for kind in (DURATION, TIME, PERCENT) for span in (kind.find(words, 0, here) if words else ()))
