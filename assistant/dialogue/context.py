"""Understanding a sentence by what was said before it."""

import re
from collections.abc import Sequence

from assistant.dialogue.memory import Exchange
from assistant.dialogue.reference import is_pronoun, spelled_out
from assistant.dialogue.revision import Revision, corrected, false_start, followed_up
from assistant.slots import Env
from assistant.understanding import Understanding
from assistant.vocabulary import Intent

CANCEL = re.compile(r"\s*(?:(?:please|can you|could you)\s+)*(?:cancel|delete|remove|drop|get rid of)\b|.{0,4}(?:取消|删)", re.IGNORECASE)
"""Ways to ask for the end of a thing, which also end the talk when there is none."""

MORE = re.compile(r"\s*(?:and|also|plus|还有|再加|再来|还要)", re.IGNORECASE)
"""Ways to go on with a list."""

SURE = 0.8
"""How sure the classifier must be of a sentence whose pronoun was replaced."""


def in_context(understanding: Understanding, exchanges: Sequence[Exchange], env: Env) -> Revision | None:
    """Return what a sentence means after what was said before; None when it leans on nothing.

    A sentence that stands by itself is never bent: what comes first is what templates read in it.
    """
    if not exchanges:
        return None
    last, rest = exchanges[0], false_start(env.text.strip())
    alone = understanding.read(env.text, env.language, env.now)
    if rest and rest != env.text.strip() and alone is None:
        anew = understanding.read(rest, env.language, env.now)
        if anew:
            return Revision(anew, last, takes_back=replaces(anew, last))
        for exchange in exchanges:  # "no, nine" after the alarms were read out is about the alarm before
            if revision := corrected(env.text, exchange, understanding.actions, env, is_last=exchange is last):
                return revision
    if alone and alone.action.startswith("assistant.") and not CANCEL.match(env.text):
        return None  # "undo that", "say that again" are about the conversation
    pointed = pointing(understanding, exchanges, env, by_template=alone is not None)
    if pointed and (alone is None or pointed.action == alone.action or CANCEL.match(env.text) or takes_pronoun(alone)):
        return Revision(pointed, last, takes_back=False)
    return None if alone else followed_up(env.text, continued(exchanges, env.text), understanding.actions, env)


def continued(exchanges: Sequence[Exchange], text: str) -> Exchange:
    """Return what "and butter" goes on with: the adding before, when the list was only read out since."""
    last = exchanges[0]
    if not MORE.match(text) or last.intent.action != "list.read":
        return last
    return next((each for each in exchanges if each.intent.action == "list.add"), last)


def replaces(anew: Intent, last: Exchange) -> bool:
    """Tell whether a request said after "no" takes the place of the last one, rather than going on from it."""
    return last.receipt is not None and anew.action.partition(".")[0] != "assistant" and not anew.action.endswith((".cancel", ".remove"))


def pointing(understanding: Understanding, exchanges: Sequence[Exchange], env: Env, *, by_template: bool) -> Intent | None:
    """Return what a sentence means with its pronoun spelled out; `by_template` asks for more than a guess."""
    for reading in spelled_out(env.text, exchanges, env.language):
        intent = (understanding.read if by_template else understanding.understand)(reading.text, env.language, env.now)
        if (
            intent
            and intent.action.partition(".")[0] in reading.families
            and intent.confidence >= SURE
            and not listed(reading.name, intent)
        ):
            return intent
    return None


def takes_pronoun(intent: Intent) -> bool:
    """Tell whether a reading took a pronoun for a name, as "turn it off" does: then it does not stand by itself."""
    return any(isinstance(value, str) and is_pronoun(value) for value in intent.slots.values())


def listed(name: str, intent: Intent) -> bool:
    """Tell whether what a pronoun stood for became a thing on a list: "add that to the list" does not add the list."""
    return any(isinstance(value, list) and name in value for value in intent.slots.values())
