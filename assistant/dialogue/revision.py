"""Corrections and follow-ups: words that change the last request instead of making a new one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.dialogue.filling import ROOM, exchanged, filled, patched
from assistant.dialogue.memory import Exchange
from assistant.recurrence import WEEKDAYS
from assistant.skill import Action
from assistant.slots import Env
from assistant.vocabulary import Intent
from assistant.words import split_words

FALSE_START = re.compile(
    r"^(?:(?:oh|ah|um|er|uh|well|sorry|oops|wait|hang on|hold on|no|nope|nah|actually|scratch that|correction|excuse me"
    r"|that(?:'s| is) (?:wrong|not right|not it|not what i (?:said|meant|asked(?: for)?))|not that(?: one)?|wrong(?: one)?"
    r"|my mistake|i (?:meant|mean|said|wanted|was talking about|meant to say)|make (?:it|that)|change (?:it|that) (?:to|for)"
    r"|(?:can|could) (?:you|we) (?:please )?(?=make|change|move|push)|only(?= (?:on|at|for|in|every)\b)"
    r"|(?:push|move|put|bring|shift) (?:it|that) (?=(?:back|forward|up) (?!to|until))"
    r"|(?:move|push|shift|reschedule|postpone|bring|put) (?:it|that)"
    r"(?: back| forward| up| off)? (?:to|until|for|till|on)(?= \S)|(?:it|that) should (?:be|have been)|should be|rather"
    r"|better make (?:it|that)|let(?:'s| us) (?:make it|say)|(?:and )?call (?:it|that)|(?:and )?name (?:it|that))\b[\s,.!;:-]*)+",
    re.IGNORECASE,
)
NAMED = re.compile(r"^(?:no[, ]+|actually[, ]+|and )*(?:call|name) (?:it|that)\b|^(?:就)?(?:叫它?|名字叫|标签是)", re.IGNORECASE)
"""Ways to give the last thing a name."""

NAMES = ("label", "title", "name", "list")
"""Slots that are the name of a thing."""

MOVED = re.compile(
    r"\b(?:make|change|move|push|shift|reschedule|postpone|bring|put) (?:it|that)\b"
    r"|改成|改为|改到|换成|换到|挪到|移到|推迟到|推到|提前到|延到",
    re.IGNORECASE,
)
"""Ways to change the last thing that was made, whatever was talked about since."""

SOFT = re.compile(
    r"^(?:(?:oh|ah|um|er|uh|well|wait|hang on|hold on|sorry|actually|哦|啊|呃|嗯|哎|等等|等一下)\b[\s,.，。!]*)+", re.IGNORECASE
)
"""What begins a correction, and just as well something new."""

QUERIES = frozenset(
    ["read", "list", "query", "state", "remaining", "report", "find", "recall", "time", "date", "what", "lookup", "convert"]
)
"""What actions that only tell something are called; they take nothing's place."""

AFTERTHOUGHT = re.compile(r"[\s,]+(?:instead|rather|that is|i (?:mean|meant|said))[.!]*$", re.IGNORECASE)
CONTRAST = re.compile(r"^not .+?(?:,| but| -)\s*(?:but |rather )?(.+)$|^(.+?)[, ]+(?:not|rather than|instead of) .+$", re.IGNORECASE)

FALSE_START_ZH = re.compile(
    r"^(?:(?:哦|啊|呃|嗯|哎|唉|等等|等一下|抱歉|对不起|不好意思|不对|不是|不不|不|错了|搞错了|说错了|弄错了|你?听错了|我?记错了"
    r"|我(?:说|指|讲|要)的是|我是(?:说|指)|我的意思是|应该是|应该|改成|改为|改到|换成|换到|挪到|移到|推迟到|推到|提前到|延到|把它(?=改|换|挪|推)|叫它|名字叫|要的是|还是)[，,。！!\s]*)+(?:是)?"
)
AFTERTHOUGHT_ZH = re.compile(r"(?:才对|才是)[吧啊呀]?[。！!]*$")
CONTRAST_ZH = re.compile(r"^不是.{1,12}?[，,]?\s*(?:而)?是(.+)$|^(.{1,12}?)[，,]?\s*(?:而)?不是.{1,12}$")

COMES_AGAIN = frozenset(["reminder.set", "calendar.create"])
WEEKLY = re.compile(
    r"^(?:(?:and|make (?:it|that)|actually|please|do (?:it|that)|repeat (?:it|that)|but)[\s,]*)*(?:every week|weekly|each week)[.!]*$"
    r"|^(?:改成|要)?(?:每周|每个星期|每星期)(?:都)?(?:要|一次|重复|来一次|提醒)?(?:吧)?[。！]*$",
    re.IGNORECASE,
)
"""Ways to have what was just set come again."""

KEPT_WORDS = {"note.take": "text", "memory.remember": "fact"}
"""What writes down words, and the slot that has them."""

RECALLS = {"memory.recall", "note.find"}

REWRITES = re.compile(
    r"^(?:(?:oh|wait|no|actually|sorry|please|can you)[\s,]*)*(?:change|make|set|update) (?:it|that) (?:to|into)?\s*(.+?)[.!]*$"
    r"|^(?:不对|不是|等等)?[，,]?(?:把它)?(?:改成|改为|换成)(.+?)(?:吧)?[。！]*$",
    re.IGNORECASE,
)
STATED = re.compile(r"^(.*\b(?:is|are|was|were|equals)\s+|.*[:：=]\s*|.*[是在为])\S.*$", re.IGNORECASE)
"""Words that state something of something: the end is what may change."""

KEEPS = re.compile(r"\b(?:leave|keep)\b|留着|别关|先别")
"""Ways to take one thing out of what was done to many: "no, leave the kitchen light on"."""

EXCEPT = re.compile(
    r"^(?:(?:oh|wait|actually|no|sorry|but|hang on|on second thoughts?)[\s,]*)*(?:not|no|without|leave out|except(?: for)?|skip|forget)"
    r" (?:the |any )?(?!it\b|that\b|them\b)([\w' -]{2,30}?)[.!]*$",
    re.IGNORECASE,
)
EXCEPT_ZH = re.compile(r"^(?:等等|不对|哦|啊|算了)?[，,]?(?:不要|不用|别加|别买|去掉|除了)([\u3400-\u9fff]{1,8}?)(?:了|吧)?[。！]*$")
"""Ways to leave one thing out again."""

NOUNS_OF = r"[\w'-]+(?: [\w'-]+)?"
IN_PLACE = re.compile(
    r"^(?:(?:oh|wait|actually|no|sorry|i meant)[\s,]*)*(?:"
    rf"(?:not|no) (?:the )?(?P<gone>{NOUNS_OF})(?:[,;] (?:but |it's |i meant |make that |make it )?| but )(?P<came>{NOUNS_OF})"
    rf"|(?P<came2>{NOUNS_OF})(?: instead of|, not|,? rather than) (?:the )?(?P<gone2>{NOUNS_OF}))[.!]*$",
    re.IGNORECASE,
)
IN_PLACE_ZH = re.compile(
    r"^(?:等等|不对|哦|啊)?[，,]?(?:(?:不要|不是|把)(?P<gone>[\u3400-\u9fff]{1,8}?)[，,]?(?:要|是|换成|改成)(?P<came>[\u3400-\u9fff]{1,8}?)"
    r"|(?P<came2>[\u3400-\u9fff]{1,8}?)[，,]?不是(?P<gone2>[\u3400-\u9fff]{1,8}?))(?:了|吧)?[。！!]*$"
)
"""Ways to put one thing in the place of another."""

FALSE_STARTS = ((FALSE_START, AFTERTHOUGHT, CONTRAST), (FALSE_START_ZH, AFTERTHOUGHT_ZH, CONTRAST_ZH))

FOLLOW_UP = re.compile(
    r"^(?:(?:ok(?:ay)?|and|so|then)[\s,]+)*(?:(?:and|what about|how about|what of|(?:anything|something|any)(?: more| else)? (?:about|on)"
    r"|how is it|same for|the same for|also"
    r"|do the same (?:for|in|with)|another(?: one)?(?: for)?|(?:and )?one (?:more )?for|again (?=at|on|in|for))\b[\s,]*)+"
    r"(.+?)(?:[\s,]+(?:too|as well|also|then))?[?.!]*$"
    r"|^(.+?)[\s,]+(?:too|as well)[?.!]*$",
    re.IGNORECASE,
)
FOLLOW_UP_ZH = re.compile(
    r"^(?:那么|那|还有|然后|再来|换成)?[，,]?(.+?)呢[？?。]*$"
    r"|^(?:还有|再来(?:一?个)?|再加上?|那)[，,]?(.+?)(?:也一样|也是|也要|一样)?[？?。]*$"
    r"|^(.+?)(?:也一样|也是|也要|也来一个|都要|都这样)[。！!]*$"
)

ONE_FOR = re.compile(r"\b(?:one|another) for\b|再来一?个", re.IGNORECASE)
"""Ways to ask for one more, with what it is for behind."""

SHIFT = re.compile(
    r"\b(?:later|earlier|sooner)\b|\b(?:push|move|put|bring|shift) (?:it|that) (?:back|forward|up)\b"
    r"|^(?:再)?(?:推迟|提前|延后|往后推?|往前|提早|[晚早](?=[一二两三四五六七八九十半几\d]))",
    re.IGNORECASE,
)
"""Ways to move the last thing that was made, without more words: "half an hour later", 推迟半小时."""

ASKED_ON = re.compile(r"\b(?:what|how) about\b|呢[？?。]*$", re.IGNORECASE)
"""Ways to go on with a question, not with something that was done."""

FEW, RIGHT_AFTER_S = 5, 60.0
"""Words of a value said by itself, and how soon after the request."""

WHEN = frozenset(["moment", "date", "time", "repeat"])
"""Slots that a value said by itself may add."""

BARE = re.compile(r"^(?:(?:now|then|and|oh|um|er|well|就|那|呃|嗯)[\s,，]+)+|^(?:就|那就)?只(?:要|在|是|有)?", re.IGNORECASE)
"""What may stand before it."""

LASTS = "calendar.create"
"""What has a duration at a moment, not one instead of the other."""

LONGEST = 60
"""Characters after the marker: what is longer is a request of its own."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A request that takes the place of the last one, or is like it."""

    intent: Intent
    last: Exchange
    takes_back: bool
    """True when the last one is undone first."""


def false_start(text: str) -> str | None:
    """Return what is meant instead after "no, I meant", 不对，是; None when the words do not begin, or end, like that. May be empty."""
    for start, end, contrast in FALSE_STARTS:
        meant = contrast.match(text)
        if meant and not start.sub("", next(filter(None, meant.groups()))):
            meant = None  # "actually, not the butter" names nothing instead
        begun = None if meant else start.match(text)
        rest = next(filter(None, meant.groups())) if meant else text[begun.end() :] if begun else text
        ended = end.search(rest)
        rest = rest[: ended.start()] if ended else rest
        if begun and (again := contrast.match(rest)):
            rest = next(filter(None, again.groups()))
        if meant or begun or ended:
            return rest.strip(" ,.!?，。！？")
    return text if SHIFT.search(text) else None


def repeated(text: str, last: Exchange) -> Revision | None:
    """Return a reminder or an entry that comes again on the day it has: "and every week", 每周都要; None for all else."""
    moment = last.intent.slots.get("moment")
    if last.receipt is None or last.intent.action not in COMES_AGAIN or not moment or not WEEKLY.match(text):
        return None
    day = WEEKDAYS[date.fromisoformat(str(moment)[:10]).weekday()]
    return Revision(replace(last.intent, slots=last.intent.slots | {"repeat": [day]}, source="dialog", then=()), last, takes_back=True)


def without(text: str, exchanges: Sequence[Exchange]) -> Revision | None:
    """Return an addition to a list without what the words leave out: "actually not the butter", 不要黄油; None for all else."""
    if instead := IN_PLACE.match(text) or IN_PLACE_ZH.match(text):
        found = instead.groupdict()
        gone, came = ((found[name] or found.get(f"{name}2") or "").casefold() for name in ("gone", "came"))
        additions = (left_out(gone, each, came, is_last=each is exchanges[0]) for each in exchanges if each.intent.action == "list.add")
        return next(filter(None, additions), None)
    match = EXCEPT.match(text) or EXCEPT_ZH.match(text)
    if not match:
        return None
    gone = next(filter(None, match.groups())).casefold()
    additions = (left_out(gone, each, is_last=each is exchanges[0]) for each in exchanges if each.intent.action == "list.add")
    return next(filter(None, additions), None)


def left_out(gone: str, last: Exchange, came: str = "", *, is_last: bool) -> Revision | None:
    """Return the last addition without one thing, or the removal of what was added before; None when it has no such thing.

    `came` is what is added in its place.
    """
    items = last.intent.slots.get("items")
    if not isinstance(items, list):
        return None
    parts = [part for item in items for part in ([item] if gone not in item.casefold().split() else re.split(r" and | & ", item))]
    kept = [part for part in parts if part.casefold() not in {gone, f"{gone}s", gone.removesuffix("s")}]
    if len(kept) == len(parts):
        return None
    if came and is_last:
        kept = [came if part not in kept else part for part in parts]
        return Revision(replace(last.intent, slots=last.intent.slots | {"items": kept}, source="dialog", then=()), last, takes_back=True)
    if came:
        taken = replace(last.intent, action="list.remove", slots=last.intent.slots | {"items": [gone]}, source="dialog", then=())
        added = replace(last.intent, slots=last.intent.slots | {"items": [came]}, source="dialog", then=())
        return Revision(replace(taken, then=(added,)), last, takes_back=False)
    if not kept or not is_last:
        slots = last.intent.slots | {"items": [gone]}
        return Revision(replace(last.intent, action="list.remove", slots=slots, source="dialog", then=()), last, takes_back=False)
    return Revision(replace(last.intent, slots=last.intent.slots | {"items": kept}, source="dialog", then=()), last, takes_back=True)


def rewritten(text: str, exchanges: Sequence[Exchange]) -> Revision | None:
    """Return what was written down with another end: "change it to sunflower43" after "the password is sunflower42"; None for all else."""
    said = REWRITES.match(text)
    new = next(filter(None, said.groups()), "") if said else ""
    corrected_to = "" if new or exchanges[0].intent.action not in RECALLS else false_start(text) or ""
    is_about_words = exchanges[0].intent.action in KEPT_WORDS.keys() | RECALLS
    if not is_about_words or not 0 < len(new or corrected_to) <= LONGEST:
        return None
    for exchange in exchanges:
        slot = KEPT_WORDS.get(exchange.intent.action, "")
        if exchange.receipt is None or slot not in exchange.intent.slots:
            continue
        old = str(exchange.intent.slots[slot])
        before = STATED.match(old) if new else None
        changed_text = before[1] + new if before else patched(old, corrected_to, corrected_to) if corrected_to else None
        if changed_text:
            slots = exchange.intent.slots | {slot: changed_text}
            return Revision(replace(exchange.intent, slots=slots, source="dialog", then=()), exchange, takes_back=True)
    return None


def is_follow_up(text: str) -> bool:
    """Tell whether words ask the last request again for something else."""
    return bool(FOLLOW_UP.match(text.strip()) or FOLLOW_UP_ZH.match(text.strip()))


def replaces(text: str, anew: Intent, last: Exchange) -> bool:
    """Tell whether a request said after "no" takes the place of the last one, rather than going on from it."""
    family, _, verb = anew.action.partition(".")
    if last.receipt is None or family == "assistant" or verb in QUERIES or verb in {"cancel", "remove", "delete"} or KEEPS.search(text):
        return False
    return anew.action == last.intent.action or not SOFT.match(text.strip())


def corrected(text: str, last: Exchange, actions: Mapping[str, Action], env: Env, *, is_last: bool) -> Revision | None:
    """Return a request with what was wrong put right; None when the words do not fit it.

    Free words fit anything, so they only correct what was asked last.
    """
    rest = false_start(text.strip())
    if NAMED.match(text.strip()) and (last.receipt is None or last.intent.action.partition(".")[2] in QUERIES):
        return None  # what was only asked about has its name from before
    if not rest or len(rest) > LONGEST or (MOVED.search(text) and last.receipt is None and last.intent.action.endswith(tuple(QUERIES))):
        return None
    intent = named(rest, last, actions) if NAMED.match(text.strip()) else with_slots(rest, last, actions, env, is_free=is_last)
    if intent is None and last.receipt is not None and MOVED.search(text):
        intent = in_text(rest, last)
    return Revision(intent, last, takes_back=True) if intent and intent.slots != last.intent.slots else None


def in_text(words: str, last: Exchange) -> Intent | None:
    """Return the last request with another number or weekday in what was written down: "change it to 4712"; None where none fits."""
    before = last.intent.slots.get("text", last.intent.slots.get("fact"))
    slot = "text" if "text" in last.intent.slots else "fact"
    after = exchanged(before, words) if isinstance(before, str) else None
    return replace(last.intent, slots=last.intent.slots | {slot: after}, source="dialog", confidence=1.0, then=()) if after else None


def restated(text: str, last: Exchange, actions: Mapping[str, Action], env: Env) -> Revision | None:
    """Return the last request with a value that was said by itself right after it: "at seven", "on Friday", 八点; None for all else."""
    if len(split_words(text)) > FEW or not 0 <= env.now.timestamp() - last.at_s <= RIGHT_AFTER_S:
        return None
    intent = with_slots(BARE.sub("", text.strip(" ,.!?，。！？")), last, actions, env, is_free=False)
    if intent is None or intent.slots == last.intent.slots or not changed(intent, last) <= last.intent.slots.keys() | WHEN:
        return None
    verb = last.intent.action.partition(".")[2]
    return Revision(intent, last, takes_back=last.receipt is not None and verb not in QUERIES)


def changed(intent: Intent, last: Exchange) -> set[str]:
    """Return the slots that have another value than in the last request."""
    return {name for name, value in intent.slots.items() if last.intent.slots.get(name) != value}


def named(name: str, last: Exchange, actions: Mapping[str, Action]) -> Intent | None:
    """Return the last request with a name for what it makes."""
    action = actions.get(last.intent.action)
    slot = next((slot for slot in NAMES if action and slot in action.slots), None)
    return replace(last.intent, slots=last.intent.slots | {slot: name}, source="dialog", confidence=1.0, then=()) if slot else None


def followed_up(text: str, last: Exchange, actions: Mapping[str, Action], env: Env) -> Revision | None:
    """Return the last request asked again for something else: "and tomorrow?", 那上海呢; None when the words ask for nothing of it."""
    match = FOLLOW_UP.match(text.strip()) or FOLLOW_UP_ZH.match(text.strip())
    rest = next(filter(None, match.groups()), "").strip(" ,.!?，。！？") if match else ""
    if not rest or len(rest) > LONGEST:
        return None
    intent = with_slots(rest, last, actions, env, is_free=True, is_named=bool(ONE_FOR.search(text)))
    if intent is None:
        return None
    is_same = last.receipt is not None and changed(intent, last) == {"repeat"}  # "and every day" makes no second one
    return Revision(intent, last, takes_back=is_same)


def with_slots(
    words: str, last: Exchange, actions: Mapping[str, Action], env: Env, *, is_free: bool, is_named: bool = False
) -> Intent | None:
    """Return the last request with the slots that the words fill; `is_named` for words that may be a name though no noun says so."""
    action = actions.get(last.intent.action)
    if action is None:
        return None
    types = action.slots if is_free else {slot: kind for slot, kind in action.slots.items() if kind.is_typed}
    values = filled(words, types, last.intent.slots, env, is_named=is_named)
    if values is None:
        return None
    gone = replaced_by(values, last.intent.action) | ({"area"} if ROOM.search(str(values.get("target", ""))) else set())
    slots = {name: value for name, value in last.intent.slots.items() if name not in gone} | values
    return replace(last.intent, slots=slots, source="dialog", confidence=1.0, then=())


def replaced_by(values: Mapping[str, object], action: str) -> set[str]:
    """Return the slots that no longer hold once others are given: another day is not the same hour's duration."""
    gone: set[str] = set()
    if action == LASTS:
        return gone
    if "moment" in values:
        gone |= {"duration"}
    if "duration" in values:
        gone |= {"moment"}
    if "date" in values:
        gone |= {"span", "moment"}
    return gone - values.keys()
