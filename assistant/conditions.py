"""Requests that hang on something: "if it rains tomorrow, remind me at eight to take an umbrella", 如果明天下雨，八点提醒我带伞. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from assistant.effects import only_tells
from assistant.skill import Action
from assistant.slots import Env, type_of
from assistant.vocabulary import Intent
from assistant.words import Word, split_words

Read = Callable[[Env], Intent | None]
"""Understands a text by itself."""

LEAD = re.compile(
    r"^(?:(?:hey|ok|okay|please|so|and|then|jarvis|hark)[\s,]+)*(?P<if>if|unless)\s+(?P<rest>.+)$"
    r"|^(?:请|麻烦你?|嘿|那么?|另外)?[，,\s]*(?P<zh>如果|要是|假如|假设|倘若|若是|若|万一|除非)(?P<zh_rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
TAIL = re.compile(
    r"^(?P<rest>.+?)[\s,，]+(?P<if>(?:but )?only if|if|unless|如果|要是|假如|万一|除非)\s*(?P<clause>.+)$", re.IGNORECASE | re.DOTALL
)
"""A condition in front, and one behind."""

CONDITION = re.compile(r"\b(?:if|unless)\b|如果|要是|假如|假设|倘若|若是|万一|除非")

UNASKED = re.compile(
    r"^(?:you|possible|needed|necessary|i may|i might|not|so|that(?:'s| is) (?:ok|okay|all right|fine|possible)|anything"
    r"|it(?:'s| is) (?:ok|okay|not)|it isn't|i (?:say|tell you|shout|call out)|.*\bon (?:it|(?:the|my|our) (?:\w+ )?list))\b"
    r"|^(?:可以|方便|能|行|没问题|不麻烦|有空|你|您|需要|有必要|我(?:说|喊|一说))",
    re.IGNORECASE,
)
"""Conditions that need no looking: courtesy; "if it isn't, lock it", which makes sure; what a list has already; a routine's name."""

ASKS = re.compile(r"\b(?:see|know|check|tell me|ask|wonder(?:ing)?|sure|remember|look|say|find out|as|what|even)$", re.IGNORECASE)
"""Before an "if" that stands for "whether"."""

THEN = re.compile(r"^[\s,，、]*(?:then\b[\s,]*)?(?:的话)?[\s,，]*(?:那就|那么|那|就|则|再)?[\s,，]*(?:请)?")
ENDS = re.compile(r"(?:的话)?[\s,，。.!！?？]*$")
"""What joins the two parts, and what ends the first."""

MOST_CUTS = 24
"""Places at which a sentence without a comma is tried to be cut in two."""

WEATHER = re.compile(
    r"^it(?P<aux>'s| is| does| will| wo| should|'ll)?(?P<not>n't| not| never)?(?: be)?(?: going to| about to)?(?: be)?\s*"
    r"(?P<what>rain|snow|sunny|windy|dry|wet|stays? dry|remains? dry)(?:s|ing|y)?\b(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
THERE = re.compile(
    r"^there(?:'s| is| will be)(?P<not> no)?\s*(?:any |going to be )?(?P<what>rain|snow|sun|wind)\b(?P<rest>.*)$", re.IGNORECASE | re.DOTALL
)
DRY = ("dry", "stay dry", "stays dry", "remain dry", "remains dry")
QUESTIONS = {
    **dict.fromkeys(("rain", "wet", *DRY), "will it rain"),
    "snow": "will it snow",
    **dict.fromkeys(("sun", "sunny"), "will it be sunny"),
    **dict.fromkeys(("wind", "windy"), "will it be windy"),
}
"""By what is said of the weather."""

IS = re.compile(r"^(?P<what>.+?)\s+(?P<is>is|are)(?P<not>n't|\s+not)?\s+(?P<rest>(?:still |already )?\w+(?:\s+\w+)?)$", re.IGNORECASE)
STATE_ZH = re.compile(r"(?:雨|雪|风|太阳|晴|晴天|着|了|关|锁|开|亮|在家)$")
"""How a Chinese clause ends that tells of a state."""

NOT_ZH = re.compile(r"(?:不会|不|没有|没)(?=再?(?:下|刮|起|出|是|有|开|关|锁|亮|大))")


IT = re.compile(r"\b(?:it|them|that|those)\b", re.IGNORECASE)
IT_ZH = re.compile(r"把?(?:它们?|那个|这个)")
LONGEST_VERB = 4
"""Characters of a Chinese request that names nothing: 关上, 锁上吧."""


class Asked(NamedTuple):
    """A condition as a question."""

    text: str
    wanted: bool
    """The answer with which the request is meant."""


class Cut(NamedTuple):
    """A sentence in two."""

    clause: str
    unless: bool
    request: str


def conditional(read: Read, read_request: Read, actions: Mapping[str, Action], env: Env) -> Intent | None:
    """Return what a request that hangs on something asks for: the question first, the request after it; None when it is none.

    Only what an action can decide, which its reply then tells, is a condition here.
    """
    for cut in cuts(env.text):
        for asked in questions(cut.clause, env.language):
            question = read(replace(env, text=asked.text))
            if question is None or question.then or not actions[question.action].decides:
                continue
            for text in spelled(cut.request, question, env.language):
                if request := requested(read_request, actions, replace(env, text=text), day_of(question)):
                    wanted = asked.wanted != cut.unless
                    steps = [replace(step, only_if=wanted, then=()) for step in (request, *request.then)]
                    return replace(question, words=asked.text, then=tuple(steps))
    return None


def has_condition(text: str) -> bool:
    """Tell whether a request hangs on something that has to be found out, whatever that is."""
    lead = LEAD.match(text.strip())
    if lead:
        return not UNASKED.match(lead["rest"] or lead["zh_rest"])
    tail = TAIL.match(text.strip())
    return tail is not None and not UNASKED.match(tail["clause"]) and not ASKS.search(tail["rest"])


def hangs(text: str, intent: Intent, actions: Mapping[str, Action]) -> bool:
    """Tell whether a change hangs on something that was not understood.

    An "if" in a value is a part of it, and one that a template has is understood: "if I say good night, turn off the lights".
    """
    steps = [intent, *intent.then]
    if intent.source == "grammar":
        return False
    if all(only_tells(step.action, actions) for step in steps) or any(step.only_if is not None for step in steps):
        return False
    said = " ".join(str(value) for step in steps for value in step.slots.values()).casefold()
    return has_condition(text) and not CONDITION.search(said)


def cuts(text: str) -> Iterator[Cut]:
    """Yield a sentence cut into a condition and a request: at a comma first, then wherever that may be, the longest condition first."""
    text = text.strip()
    if lead := LEAD.match(text):
        rest, unless = lead["rest"] or lead["zh_rest"], (lead["if"] or lead["zh"]).casefold() in {"unless", "除非"}
        places = [mark.start() for mark in re.finditer(r"[,，]", rest)]
        words = split_words(rest)
        places += [word.start for word in words[:1:-1]] if len(words) <= MOST_CUTS else []
        for at in places:
            if request := THEN.sub("", rest[at:]).strip():
                yield Cut(ENDS.sub("", rest[:at]), unless, request)
    elif (tail := TAIL.match(text)) and not ASKS.search(tail["rest"]):
        yield Cut(ENDS.sub("", tail["clause"]), tail["if"].casefold() in {"unless", "除非"}, tail["rest"])


def questions(clause: str, language: str) -> Iterator[Asked]:
    """Yield the questions that a condition may be."""
    if language == "zh":
        if not STATE_ZH.search(clause):
            return
        plain, negated = NOT_ZH.subn("", clause, count=1)
        plain = re.sub(r"(?<=下)[大小](?=[雨雪])", "", plain)
        yield from (Asked(text, not negated) for text in (f"{plain}吗", plain))
    elif found := WEATHER.match(clause) or THERE.match(clause):
        what = found["what"].casefold()
        is_dry = what.endswith("dry")
        yield Asked(
            f"{QUESTIONS['rain' if is_dry else what.removesuffix('ny').removesuffix('y')]}{found['rest']}", bool(found["not"]) == is_dry
        )
    elif found := IS.match(clause):
        yield Asked(f"{found['is']} {found['what']} {found['rest']}", not found["not"])


def spelled(request: str, question: Intent, language: str) -> Iterator[str]:
    """Yield the request with what the condition is about in the place of "it", and as it stands."""
    target, area = question.slots.get("target"), question.slots.get("area")
    if target and language == "zh":
        named = f"{area}的{target}" if area else target
        if IT_ZH.search(request) or len(request) <= LONGEST_VERB:
            yield f"把{named}{IT_ZH.sub('', request)}"
    elif target and IT.search(request):
        yield IT.sub(f"the {target} in the {area}" if area else f"the {target}", request, count=1)
    yield request


def requested(read: Read, actions: Mapping[str, Action], env: Env, day: date | None) -> Intent | None:
    """Return what the request asks for; one that names no day is for the day of the condition."""
    there = moved(env, env.text, day)
    found = read(there)
    if day is None or found is None or there is env:
        return found
    return replace(on(found, actions, day), then=tuple(on(step, actions, day) for step in found.then))


def moved(env: Env, text: str, day: date | None) -> Env:
    """Return where words are read that go with a later day: there, as from its midnight on, unless they name a day themselves."""
    if day is None or day <= env.now.date() or names_day(split_words(text), env):
        return env
    return replace(env, now=datetime.combine(day, time(), env.now.tzinfo))


def on(intent: Intent, actions: Mapping[str, Action], day: date) -> Intent:
    """Return a request with a day where it has a place for one and said none."""
    known = actions[intent.action].slots
    name = next((name for name in ("date", "moment") if name in known), None)
    if name is None or {"date", "moment", "duration"} & intent.slots.keys():
        return intent
    return replace(intent, slots=intent.slots | {name: day.isoformat()})


def day_of(question: Intent) -> date | None:
    """Return the day a question is about; None when it is about now."""
    said = str(question.slots.get("date") or question.slots.get("moment") or "")
    return datetime.fromisoformat(said).date() if said else None


def names_day(words: Sequence[Word], env: Env) -> bool:
    """Tell whether words name a day."""
    kind = type_of(date)
    return any(next(iter(kind.find(words, at, env)), None) for at in range(len(words)))
