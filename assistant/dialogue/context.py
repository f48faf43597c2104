"""Understanding a sentence by what was said before it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.dialogue.ahead import reminded
from assistant.dialogue.answers import Answer, answer_in, leaning
from assistant.dialogue.ellipsis import back_again, both, completed, inherits, labelled, once_more, threaded, with_target
from assistant.dialogue.household import each_of_two
from assistant.dialogue.memory import Exchange
from assistant.dialogue.reference import Reading, other_one, spelled_out, takes_pronoun
from assistant.dialogue.revision import (
    ASKED_ON,
    KEEPS,
    MOVED,
    QUERIES,
    SHIFT,
    SOFT,
    Revision,
    corrected,
    false_start,
    followed_up,
    repeated,
    replaces,
    restated,
    rewritten,
    without,
)
from assistant.dialogue.scaling import scaled
from assistant.dialogue.sums import SUM, gone_on
from assistant.slots import Env
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Intent
from assistant.words import language_of, split_words

CANCEL = re.compile(
    r"\s*(?:(?:please|can you|could you|now|and|then|ok|okay|oh|wait|no|never ?mind|actually|hang on|hold on|sorry|um|uh|well)[\s,.!]+)*"
    r"(?:cancel|delete|remove|drop|get rid of)\b|.{0,4}(?:取消|删)",
    re.IGNORECASE,
)
"""Ways to ask for the end of a thing, which also end the talk when there is none."""

MORE = re.compile(r"\s*(?:and|also|plus|还有|再加|再来|还要)", re.IGNORECASE)
"""Ways to go on with a list."""

GOES_ON = re.compile(r"\s*(?:and|so|then|ok(?:ay)?[, ]+and|那么?|还有)", re.IGNORECASE)
"""Ways to ask more about the same place."""

HERE = re.compile(r"\b(?:here|outside|weather|forecast)\b|这里|这儿|外面|天气", re.IGNORECASE)
"""What asks for the weather anew, not for more of what was just told of a place."""

AGAIN = re.compile(r"[\s,]+(?:again|too|as well|now|please)(?=[\s.!?]*$)", re.IGNORECASE)
"""What may end a sentence with a pronoun, and is no part of what it stands for."""

MOVED_IN_TIME = re.compile(r"\b(?:move|push|shift|reschedule|postpone|bring) (?:it|that)\b|挪到|移到|推迟|推到|提前|延到", re.IGNORECASE)
"""Ways to give something another time, never another name."""

CONVERT = "units.convert"

SNOOZE = "alarm.snooze"
"""What moving an alarm would be, had it just rung."""

UNDO = "assistant.undo"

DONE = re.compile(r"\s*(?:did|have|has|had) (?:you|it|that|they|i|we)\b|.*了(?:吗|没|没有)[？?。]*$", re.IGNORECASE)
"""Questions after what was done, which are no request to do it."""

OF_THE_ROOM = frozenset(
    [
        *("media.pause", "media.resume", "volume.set", "volume.change", "home.set", "home.change"),
        *("home.turn_on", "home.turn_off", "assistant.stop", "assistant.undo", "assistant.repeat"),
    ]
)
"""What short words mean of whatever is there, such as "pause" and "brighter": of what was spoken of last, where that can be meant."""

ALL_OF_THEM = re.compile(r"\b(?:it|that|those|these|them|everything|all|both)[\s.!?]*$|它们?$|全部|都|那些|这些", re.IGNORECASE)
"""What names nothing that could be meant instead of what was spoken of."""

WRITES = frozenset(["note.take", "memory.remember", "reminder.set", "calendar.create"])
"""What writes down words as they are said: "take a note that the dog was fed" is not about the note before."""

SURE = 0.8
"""How sure the classifier must be of a sentence whose pronoun was replaced."""


def in_context(understanding: Understanding, exchanges: Sequence[Exchange], env: Env, *, may_split: bool = True) -> Revision | None:
    """Return what a sentence means after what was said before; None when it leans on nothing.

    A sentence that stands by itself is never bent: what comes first is what templates read in it.
    """
    if not exchanges:
        return None
    env = replace(env, text=without_oh(env.text))
    last, text = exchanges[0], env.text.strip()
    alone = understanding.read(env.text, env.language, env.now)
    is_all = takes_all_back(text) and not keeps_one(understanding, env) and not without(text, exchanges)
    if is_all and last.receipt is not None and UNDO in understanding.actions:
        return Revision(Intent(UNDO, {}, "dialog"), last, takes_back=False)
    if put_right := correction(understanding, exchanges, alone, env):
        return put_right
    if again := once_more(text, last) or reminded(text, last) or scaled(text, last) or summed(understanding, alone, last, env):
        return Revision(again, last, takes_back=False)
    if alone and alone.action.startswith("assistant.") and not CANCEL.match(text):
        return None  # "undo that", "say that again" are about the conversation
    if alone and alone.then:  # what "it" is in the second request, the first one says
        first, *others = threaded([last.intent, replace(alone, then=()), *alone.then])[1:]
        return Revision(replace(first, then=tuple(others)), last, takes_back=False)
    if alone is None and may_split and (several := one_by_one(understanding, env)):
        return Revision(several, last, takes_back=False)
    if pointed := both_of(understanding, exchanges, env) or pointing(understanding, exchanges, alone, env):
        return Revision(pointed, last, takes_back=False)
    if alone:
        going_on = inherited(understanding, alone, last, text)
        return Revision(going_on, last, takes_back=False) if going_on else None
    if followed := followed_up(env.text, continued(exchanges, env.text), understanding.actions, env):
        return followed
    if said_anew := restated(env.text, last, understanding.actions, env):
        return said_anew
    guess = understanding.understand(text, env.language, env.now) if last.intent.action.startswith(("home.", CONVERT)) else None
    if guess and guess.action == last.intent.action == CONVERT and "from" not in guess.slots:
        return Revision(replace(guess, slots=last.intent.slots | {"to": guess.slots.get("to")}, source="dialog"), last, takes_back=False)
    return Revision(with_target(guess, last.intent), last, takes_back=False) if guess and inherits(guess, last.intent) else None


def summed(understanding: Understanding, alone: Intent | None, last: Exchange, env: Env) -> Intent | None:
    """Return the sum that words make of the last one, if it is one."""
    made = gone_on(env.text, last) if alone is None or alone.action == SUM else None
    if made is None:
        return None
    expression = made.slots["expression"]
    words = split_words(expression)
    spans = understanding.actions[SUM].slots["expression"].find(words, 0, replace(env, text=expression))
    return made if any(span.end == len(words) for span in spans) else None


def understood(understanding: Understanding, text: str, language: str | None, now: datetime) -> Intent | None:
    """Return what a sentence asks for by itself, whose later requests may lean on the earlier ones: "turn on the lamp and dim it"."""
    intent = understanding.read(text, language, now) or one_by_one(understanding, Env(text, now, language or language_of(text)))
    if intent is None and (two := [understanding.read(each, language, now) for each in each_of_two(text)]):
        first, second = two
        if first and second and {first.action, second.action} <= {"home.turn_on", "home.turn_off"}:
            return replace(first, then=(second,))
    intent = intent or understanding.understand(text, language, now)
    if intent is None or not intent.then:
        return intent
    first, *others = threaded([replace(intent, then=()), *intent.then])
    return replace(first, then=tuple(others))


def one_by_one(understanding: Understanding, env: Env) -> Intent | None:
    """Return the requests of a sentence of which only the first stands by itself."""
    for before, after in understanding.halves(env.text):
        first = understanding.read(before, env.language, env.now)
        if first is None or first.then or understanding.actions[first.action].takes_rest:
            continue
        spoken = [Exchange(before, first, env.now.timestamp())]
        rest = in_context(understanding, spoken, replace(env, text=after)) or in_context(
            understanding, spoken, replace(env, text=f"and {after}")
        )
        if rest and not rest.takes_back:
            return replace(first, then=(replace(rest.intent, then=()), *rest.intent.then))
    return None


def takes_all_back(text: str) -> bool:
    """Tell whether words want what was done not to be: "never mind, don't remind me", 算了，不用提醒了."""
    answer, behind = leaning(text)
    return answer is Answer.NO and not behind and answer_in(text) is Answer.OTHER


def without_oh(text: str) -> str:
    """Return words that go on without an "oh" before them: "oh, and butter" puts nothing right."""
    rest = SOFT.sub("", text.strip())
    return rest if MORE.match(rest) else text


def keeps_one(understanding: Understanding, env: Env) -> bool:
    """Tell whether words take one named thing out of what was done to many: "no wait, leave the kitchen light on"."""
    rest = false_start(env.text.strip())
    kept = understanding.read(rest, env.language, env.now) if rest and KEEPS.search(rest) else None
    return kept is not None and not takes_pronoun(kept)


def correction(understanding: Understanding, exchanges: Sequence[Exchange], alone: Intent | None, env: Env) -> Revision | None:
    """Return the request that takes the place of one before: "no, fifteen", 不对，是卧室; None when nothing is put right."""
    text = env.text.strip()
    if changed := without(text, exchanges) or repeated(text, exchanges[0]) or rewritten(text, exchanges):
        return changed
    rest = false_start(text)
    if not rest or (rest == text and not SHIFT.search(text)):
        return None
    if alone:  # "change it to 9" could be the loudness, but not after an alarm
        is_other = alone.action.partition(".")[0] != exchanges[0].intent.action.partition(".")[0] or takes_pronoun(alone)
        is_changed = MOVED.search(text) and (is_other or alone.action == SNOOZE)
        return next(fixes(understanding, exchanges, env, is_free=False), None) if is_changed else None
    is_free = not MOVED_IN_TIME.search(text)
    if MOVED.search(text) and (moved := next(fixes(understanding, exchanges, env, is_free=False), None)):
        return moved
    anew = understanding.read(rest, env.language, env.now)
    if anew and anew.action.endswith(tuple(QUERIES)) and not exchanges[0].intent.action.endswith(tuple(QUERIES)):
        named = next(fixes(understanding, exchanges[:1], env, is_free=True), None)  # "no, the shopping list" is no question
        if named and anew.action.partition(".")[0] == named.intent.action.partition(".")[0]:
            return named
    if anew:
        pointed = pointing(understanding, exchanges, anew, replace(env, text=rest))
        anew = pointed or anew
        return Revision(anew, exchanges[0], takes_back=replaces(text, anew, exchanges[0]))
    return next(fixes(understanding, exchanges, env, is_free=is_free), None)


def fixes(understanding: Understanding, exchanges: Sequence[Exchange], env: Env, *, is_free: bool) -> Iterator[Revision]:
    """Yield the requests before as a correction puts them right; "no, nine" after the alarms were read out is about the alarm before."""
    for exchange in exchanges:
        if revision := corrected(env.text, exchange, understanding.actions, env, is_last=is_free and exchange is exchanges[0]):
            yield revision


def continued(exchanges: Sequence[Exchange], text: str) -> Exchange:
    """Return what "and butter" goes on with: the adding before, when the list was only read out since; 那北京呢 with a question."""
    last = exchanges[0]
    if ASKED_ON.search(text.strip()) and last.receipt is not None and not last.intent.action.endswith(tuple(QUERIES)):
        return next((each for each in exchanges[:3] if "place" in each.intent.slots), last)
    if not MORE.match(text) or last.intent.action != "list.read":
        return last
    return next((each for each in exchanges if each.intent.action == "list.add"), last)


def pointing(understanding: Understanding, exchanges: Sequence[Exchange], alone: Intent | None, env: Env) -> Intent | None:
    """Return what a sentence means with its pronoun, or what it leaves out, spelled out.

    Where it is a whole sentence without that, its meaning holds but for what was spoken of last: "pause it" is not the music after a timer.
    """
    text, last = AGAIN.sub("", env.text.strip()), exchanges[0]
    newest = [
        *back_again(text, exchanges),
        *completed(text, last, env.language, is_whole=alone is not None),
        *other_one(text, exchanges, env.language),
        *labelled(text, exchanges),
        *spelled_out(text, exchanges[:1], env.language),
    ]
    readings = [*newest, *spelled_out(text, exchanges[1:], env.language)]
    ways = [(understanding.read, each) for each in readings]  # what a template covers comes before what is guessed
    ways += [] if alone else [(understanding.understand, each) for each in readings]
    for understand, reading in ways:
        intent = understand(reading.text, env.language, env.now)
        if intent is None or not fits(intent, reading) or (DONE.match(text) and not understanding.actions[intent.action].reads):
            continue
        if alone is None or may_bend(alone, intent, text, is_newest=reading in newest):
            return intent
    return None


def may_bend(alone: Intent, intent: Intent, text: str, *, is_newest: bool) -> bool:
    """Tell whether a sentence that means something by itself may mean something else of what was spoken of."""
    if intent.action == alone.action or takes_pronoun(alone):
        return True
    if intent.action in WRITES:
        return False
    ends = bool(CANCEL.match(text)) and (alone.action.startswith("assistant.") or bool(ALL_OF_THEM.search(text)))
    return ends or (is_newest and alone.action in OF_THE_ROOM)


def both_of(understanding: Understanding, exchanges: Sequence[Exchange], env: Env) -> Intent | None:
    """Return the requests that "them both" makes of the two things that were spoken of last; None when there are no two."""
    intents = [understanding.read(reading.text, env.language, env.now) for reading in both(env.text.strip(), exchanges, env.language)]
    found = [intent for intent in intents if intent and not intent.then]
    return replace(found[0], then=tuple(found[1:])) if len(found) > 1 else None


def fits(intent: Intent, reading: Reading) -> bool:
    """Tell whether a sentence with its pronoun spelled out means something that can be meant of the thing."""
    return (
        intent.action != CHAT
        and intent.action.partition(".")[0] in reading.families
        and intent.confidence >= SURE
        and not listed(reading.name, intent)
        and not (intent.action in WRITES and any(isinstance(value, str) and reading.name in value for value in intent.slots.values()))
        and not any(isinstance(value, str) and value.endswith((" the", " a")) for value in intent.slots.values())
    )


def inherited(understanding: Understanding, alone: Intent, last: Exchange, text: str) -> Intent | None:
    """Return a request with what it leaves to the last one: "and the date" in Tokyo, "brighter" the lamp; None when it leaves nothing."""
    if inherits(alone, last.intent):
        return with_target(alone, last.intent)
    family = last.intent.action.partition(".")[0]
    place = last.intent.slots.get("place")
    action = understanding.actions.get(alone.action)
    is_asked_on = (
        (GOES_ON.match(text) or (family == "weather" and not HERE.search(text)))
        and alone.action.partition(".")[0] == family
        and place
        and "place" not in alone.slots
    )
    if is_asked_on and action and "place" in action.slots:
        day = {"date": last.intent.slots["date"]} if family == "weather" and "date" in last.intent.slots else {}
        return replace(alone, slots={"place": place} | day | alone.slots, source="dialog")
    return None


def listed(name: str, intent: Intent) -> bool:
    """Tell whether what a pronoun stood for became a thing on a list: "add that to the list" does not add the list."""
    return any(isinstance(value, list) and name in value for value in intent.slots.values())
