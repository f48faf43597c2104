"""Requests that leave out what they are about: "pause", "cancel the tea one", "add bread too", 全部取消, "another one"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dialogue.household import ENDING, OPENING, of_the_house
from assistant.dialogue.memory import Exchange
from assistant.dialogue.reference import UNITS, Reading, is_pronoun, takes_pronoun, things
from assistant.slots.numbers import find_number
from assistant.vocabulary import Intent
from assistant.words import split_words

VERB = re.compile(
    OPENING
    + r"(pause|resume|unpause|continue|cancel|delete|remove|extend|(?:turn|switch) (?:on|off)|open|close|shut|lock|unlock|clear|read)"
    r"(?: (?:on|it out))?" + ENDING,
    re.IGNORECASE,
)
VERB_ZH = re.compile(
    r"^(?:算了[，,]?)?(?:再|请|现在|那就?|帮我|先|又)*(暂停|停住|停|继续|恢复|取消|删除|删|打开|关掉|关上|关闭|关|开|锁上|解锁|清空)"
    r"(?:一下|一停|掉|了|吧|它|啊|起来)*[。！!]*$"
)
LIGHT = re.compile(r"light|lamp|bulb|[灯光]", re.IGNORECASE)
"""What no heat is asked of."""

WHOLE = {"删": "删除", "停": "暂停", "停住": "暂停"}
"""Verbs of one sign as they are said of a thing by name."""

PLAYS = frozenset(["pause", "resume", "unpause", "continue", "暂停", "停", "停住", "继续", "恢复"])
"""What is done with a player, and with no lamp."""

ALL = re.compile(
    OPENING + r"(cancel|delete|remove|stop|clear)\s+(?:them all|it all|all(?: of)?(?: them| those| it)?"
    r"|everything|both(?: of them)?|the (?:whole|entire) (?:thing|lot|list))" + ENDING,
    re.IGNORECASE,
)
ALL_ZH = re.compile(
    r"^(?:把)?(?:它们|这些|那些)?(?:全部|全都|全|都|统统|所有的?)(?:都)?(?:给我)?(取消|删除|删|关)(?:掉|了|吧)*[。！!]*$"
    r"|^(取消|删除|删掉?|关掉?)(?:全部|所有)的?(?:吧|了)?[。！!]*$"
)
ONE = re.compile(r"\b((?:the|that|this|my)\s+(?!other\b|same\b)(?:[\w':.-]+\s+){1,5})ones?\b", re.IGNORECASE)
ONE_ABOUT = re.compile(r"\b(?:the|that) one(?= (?:about|for|called|named|at|with|to|on)\b)", re.IGNORECASE)
ONE_ZH = re.compile(r"(?<=[^\s把将取消删掉除])(?:的那一?个|那一?个|的这个|这个|的)(?=[吧了。！!]*$|取消|删|不要|不用|关掉|停掉)")

PLACES = "first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th"
COUNTED = re.compile(
    rf"\b(?:the |my )?({PLACES})(?: (?:one|item|thing|entry))?(?=(?: (?:off|on|out|please|too|again|now))*[\s.!?]*$)", re.IGNORECASE
)
NUMBERED = re.compile(r"\bnumber (one|two|three|four|five|[1-5])(?=[\s.!?]*$)", re.IGNORECASE)
COUNTED_ZH = re.compile(r"(第[一二两三四五1-5]|最后一?)(?:个|条|项|件)(?=[吧了。！!]*$|取消|删|关|划|去)")
NUMBERS = {"one": "first", "two": "second", "three": "third", "four": "fourth", "five": "fifth"}
NUMBERS |= dict(zip("12345", NUMBERS.values(), strict=True))

ADD = re.compile(OPENING + r"(?:add|put|include)\s+(.+?)(?:\s+(?:to|on|in)\s+(?:it|that|there))?(?:\s+on)?" + ENDING, re.IGNORECASE)
TAKE = re.compile(
    OPENING + r"(?:remove|delete|take(?: off)?|cross(?: off| out)?|scratch|drop|get rid of"
    r"|(?:i|we)(?:'ve| have)? (?:got|bought|picked up|found))\s+"
    r"(.+?)(?:\s+(?:off|out|already|now))?" + ENDING,
    re.IGNORECASE,
)
ADD_ZH = re.compile(
    r"^(?:再|还要?|也|顺便|帮我|请|然后)*(?:加上?|添加?|放上?|记上|写上)(?!到|了)(?:一下)?(.+?)(?:也|吧|进去|上去)*[。！!]*$"
)
TAKE_ZH = re.compile(
    r"^(?:再|也|帮我|请|然后)*(?:(?:删掉|删除|删|去掉|划掉|移除|拿掉|不要)(?!了)(.+?)(?:吧|了)*"
    r"|(?:把|将)(.+?)(?:也|给)?(?:删|去|划|拿|勾)(?:掉|了|除|走)+(?:吧|了)*)[。！!]*$"
)
ELSEWHERE = re.compile(
    r"\b(?:it|them|that|all|list|lists|minutes?|hours?|seconds?|calendar|timer|alarm|from|to|on)\b|[它清单全部分钟]|列表", re.IGNORECASE
)
"""What things on a list do not contain when nothing is said of the list."""

NOUNS = {
    "timer": ("timer", "计时器"),
    "alarm": ("alarm", "闹钟"),
    "reminder": ("reminder", "提醒"),
    "list": ("list", "清单"),
    "note": ("note", "笔记"),
}

STRIKE_ZH = re.compile(r"^(?:把|请|帮我)?(?:取消|删掉|删除)(?:那个)?([\u3400-\u9fff]{2,12}?)(?:吧|了)*[。！!]*$")
"""Ways to strike something off the calendar that was just read."""

PAUSED = frozenset(["media.pause", "timer.pause"])
GOES_ON = re.compile(OPENING + r"(?:go on|carry on|keep going|unpause)" + ENDING, re.IGNORECASE)
GOES_ON_ZH = re.compile(r"^(?:请)?(?:接着|继续)(?:放|来|走|吧)?[。！!]*$")
"""What lets something paused go on."""

LABELLED = frozenset(["timer.start", "timer.extend", "timer.remaining", "timer.pause", "timer.resume"])

ANOTHER = re.compile(
    OPENING
    + r"(?:(?:tell me|give me|do|i want|let's have|how about|let me hear) )?(?:another(?: one)?|one more|a different one|a new one)"
    + ENDING,
    re.IGNORECASE,
)
ANOTHER_ZH = re.compile(r"^(?:请|那)?(?:再|换)(?:来|讲|说|给我|给我讲|掷|扔|抛|选|出|猜)?(?:一?个|别的)(?:别的|吧|呗|听听)*[。！!]*$")
AGAIN = re.compile(
    OPENING + r"(?:(?:do (?:it|that)|(?:roll|flip|toss|throw|try|pick)(?: it| one)?) )?(?:again|once more|one more time)" + ENDING,
    re.IGNORECASE,
)
AGAIN_ZH = re.compile(r"^(?:请|那)?(?:再|重新)(?:来|掷|扔|抛|选|试|做|摇)?(?:一?[次遍下把])(?:吧|呗)*[。！!]*$")
VAGUE = frozenset(["home.set", "home.change"])
"""What may leave out what it is done to, as "brighter" does."""

OF_A_ROOM = frozenset(["temperature", "volume"])
"""What a room has of itself, whatever is in it."""
GAMES = frozenset(["fun.coin", "fun.dice", "fun.number"])
STEPS = frozenset(["volume.change", "home.change", "media.next", "media.previous", "timer.extend"])
"""What is done once more when somebody says "again"; of a joke the words are said again."""


MOVES = frozenset(["volume.change", "home.change"])
FURTHER = re.compile(
    OPENING
    + r"(?:(?:a )?(?:bit|little|lot|tad|touch) |even |some |still |one )?(?:more|further)"
    + ENDING
    + r"|^(?:再|还要?)(?:来|多)?(?:一?点|一些|些)(?:儿)?[吧。！!]*$",
    re.IGNORECASE,
)
"""What goes on in the same direction."""
BACK_ON = re.compile(OPENING + r"(?:add|put) (?:it|them|that|those) back(?: on)?(?: (?:to |on )?(?:it|the list))?" + ENDING, re.IGNORECASE)
BACK_ON_ZH = re.compile(r"^(?:再|又|还是)?(?:把它们?)?(?:加|放|写|添)(?:回来|回去|上)(?:吧|了)?[。！!]*$")
BACK_OFF = re.compile(
    OPENING
    + r"(?:(?:remove|delete|scratch) (?:it|them|that|those)|(?:take|cross) (?:it|them|that|those)(?: back)? off)"
    + r"(?: (?:it|the list))?(?:,? again)?"
    + ENDING,
    re.IGNORECASE,
)
"""Ways to put on a list again what was taken off it, and the other way round."""

BOTH = re.compile(r"\b(?:them both|both of (?:them|those)|the two of them|both)\b", re.IGNORECASE)
BOTH_ZH = re.compile(r"^(?:把)?(?:它们|[这那]?两[个盏]|[这那]些)?(?:全都|都|全)(?=(?:打开|关掉|关上|开|关)(?:了|掉|上|吧|起来)*[。！!]*$)")

TOO_MUCH = re.compile(
    r"^(?:(?:no|nope|oh|hm+|wait|whoa|ok(?:ay)?)[\s,.!]+)*(?:(?:now )?(?:that|it|this)(?:'s| is) )?"
    r"(?:(?:now|a bit|a little|way|far) )*(?:too (?:much|far)|not (?:that|so) much)(?: now)?[\s.!]*$",
    re.IGNORECASE,
)
"""What goes back a step after one too many."""

MORE_TIME = re.compile(
    OPENING
    + r"(?:(?:add|give (?:it|me)|make it|put on|let it have) )?(?:another|an extra|an additional) (\w+)(?: more)?"
    + ENDING
    + "|"
    + OPENING
    + r"(?:add|give (?:it|me)|put on|let it have) (\w+)(?: more)?"
    + ENDING,
    re.IGNORECASE,
)
"""Ways to give a timer more time without the unit."""


def once_more(text: str, last: Exchange) -> Intent | None:
    """Return the last request when it is asked for once more; None when the words ask for something else."""
    action = last.intent.action
    is_another = (ANOTHER.match(text) or ANOTHER_ZH.match(text)) and action.startswith("fun.")
    is_again = (AGAIN.match(text) or AGAIN_ZH.match(text)) and (action in GAMES or action in STEPS)
    is_again = is_again or (action in MOVES and bool(FURTHER.match(text)))
    if action in MOVES and TOO_MUCH.match(text):
        turned = {"direction": "down" if last.intent.slots.get("direction") == "up" else "up"}
        return replace(last.intent, slots=last.intent.slots | turned, source="dialog", confidence=1.0, then=())
    return replace(last.intent, source="dialog", confidence=1.0, then=()) if is_another or is_again else None


def completed(text: str, last: Exchange, language: str, *, is_whole: bool = False) -> Iterator[Reading]:
    """Yield a sentence with what it leaves out put in from the last request; `is_whole` tells that it means something without that."""
    family = last.intent.action.partition(".")[0]
    own = frozenset({family})
    chinese = language == "zh"
    noun = NOUNS.get(family, ("", ""))[chinese]
    if noun:
        yield from counted(text, last, noun, chinese=chinese)
    if last.intent.action in PAUSED and (GOES_ON_ZH if chinese else GOES_ON).match(text):
        name = {"media": ("the music", "音乐"), "timer": ("the timer", "计时器")}[family][chinese]
        yield Reading(f"继续{name}" if chinese else f"resume {name}", name, own)
    verb = VERB_ZH.match(text) if chinese else VERB.match(text)
    plays = last.intent.action == "home.media" or family != "home" or not verb or verb[1].lower() not in PLAYS
    if verb and plays and (verb[1].lower() not in {"cancel", "取消"} or last.receipt is not None):
        for name, families in things(last, language):
            yield Reading(f"{WHOLE.get(verb[1], verb[1])}{name}" if chinese else f"{verb[1]} {name}", name, families)
    if family == "home":
        yield from of_the_house(text, last, language)
    is_struck = family == "calendar" and chinese and not is_whole
    if is_struck and (match := STRIKE_ZH.match(text)) and match[1] in str(last.intent.slots.get("title", match[1])):
        yield Reading(f"取消{match[1]}的日程", match[1], own)
    if noun and (match := ALL_ZH.match(text) if chinese else ALL.match(text)):
        yield Reading(f"{match[1] or match[2]}所有{noun}" if chinese else f"{match[1]} all my {noun}s", noun, own)
    if noun and noun != "list" and not chinese and ONE.search(text):
        yield Reading(ONE.sub(lambda match: match[1] + noun, text), noun, own)
    if noun and not chinese and ONE_ABOUT.search(text):
        yield Reading(ONE_ABOUT.sub(f"the {noun}", text, count=1), noun, own)
    if noun and chinese and ONE_ZH.search(text):
        yield Reading(ONE_ZH.sub(f"的{noun}", text, count=1), noun, own)
    if family == "timer" and not chinese and (match := MORE_TIME.match(text)) and find_number(split_words(match[1] or match[2]), 0):
        unit = UNITS.get(str(last.intent.slots.get("duration", "PT1M"))[-1], "minute")
        label = last.intent.slots.get("label", "")
        yield Reading(f"add {match[1] or match[2]} {unit}s to the {label} timer".replace("  ", " "), "the timer", own)
    if family == "list":
        yield from on_list(text, str(last.intent.slots.get("list") or ("购物" if chinese else "shopping")), chinese=chinese)


def back_again(text: str, exchanges: Sequence[Exchange]) -> Iterator[Reading]:
    """Yield "add it back" and "remove it again" with what was last taken off a list, or put on one."""
    for pattern, action, command in (
        (BACK_ON, "list.remove", "add {} to the {} list"),
        (BACK_ON_ZH, "list.remove", "把{}加到{}清单"),
        (BACK_OFF, "list.add", "remove {} from the {} list"),
    ):
        last = next((each for each in exchanges if each.intent.action in {"list.add", "list.remove"}), None)
        if last and last.intent.action == action and pattern.match(text) and exchanges[0].intent.action.startswith("list."):
            chinese = command.startswith("把")
            items = ("和" if chinese else " and ").join(last.intent.slots.get("items", ()))
            name = last.intent.slots.get("list") or ("购物" if chinese else "shopping")
            yield Reading(command.format(items, name), f"{name}清单" if chinese else f"the {name} list", frozenset({"list"}))


def both(text: str, exchanges: Sequence[Exchange], language: str) -> list[Reading]:
    """Return the sentence twice, with "them both" as each of the two things of the house spoken of last; empty when there are none."""
    match = BOTH_ZH.search(text) if language == "zh" else BOTH.search(text)
    named = [thing for each in exchanges if each.intent.action.startswith("home.") for thing in list(things(each, language))[:1]]
    pair = list(dict.fromkeys(named))[:2]
    if not match or len(pair) < 2 or not exchanges[0].intent.action.startswith("home."):
        return []
    lead, verb = text[: match.start()], text[match.end() :]
    return [Reading(f"把{name}{verb}" if language == "zh" else lead + name + verb, name, families) for name, families in reversed(pair)]


def labelled(text: str, exchanges: Sequence[Exchange]) -> Iterator[Reading]:
    """Yield "pause the eggs" with what the eggs are: a timer that was spoken of."""
    labels = dict.fromkeys(str(each.intent.slots.get("label", "")) for each in exchanges if each.intent.action in LABELLED)
    for label in labels:
        match = re.search(rf"\b(?:the |my )?{re.escape(label)}(?=[\s.!?]*$)", text, re.IGNORECASE) if label.isascii() and label else None
        if match and match.start():
            yield Reading(f"{text[: match.start()]}the {label} timer", label, frozenset({"timer"}))


def counted(text: str, last: Exchange, noun: str, *, chinese: bool) -> Iterator[Reading]:
    """Yield "remove the second one", 取消第二个 with what is counted: things on the list, or the timers, alarms and so on themselves."""
    match = COUNTED_ZH.search(text) if chinese else (NUMBERED.search(text) or COUNTED.search(text))
    if match is None:
        return
    family = last.intent.action.partition(".")[0]
    place = match[1] if chinese else NUMBERS.get(match[1].casefold(), match[1])
    before, after = text[: match.start()], text[match.end() :]
    if family == "list":
        name = str(last.intent.slots.get("list") or ("购物" if chinese else "shopping"))
        verb = before.strip("把将 ") or after.strip("吧了。！! ")
        yield Reading(
            f"把{place}个从{name}清单{verb}" if chinese else f"{before}the {place} item from the {name} list", place, frozenset({"list"})
        )
        return
    yield Reading(f"{before}{place}个{noun}{after}" if chinese else f"{before}the {place} {noun}{after}", place, frozenset({family}))


LEFT = re.compile(
    OPENING + r"(?:so )?(?:what(?:'s| is| else is)? (?:still |now )?(?:left|missing|on (?:it|there)|to (?:buy|get))(?: on (?:it|there))?"
    r"|what do i (?:still )?(?:need|have)(?: left| on (?:it|there))?|read (?:it|them)(?: out| back| to me)*)" + ENDING,
    re.IGNORECASE,
)
LEFT_ZH = re.compile(
    r"^(?:现在|那|那么)?(?:上面|里面|里头)?(?:还剩|还有|剩下|还缺|还差)(?:些|了|的)?(?:什么|啥|哪些|多少)?(?:东西|没买)?[呢吗啊？?。]*$"
    r"|^(?:一共|总共|上面)?(?:有)?[几多]少?(?:样|个|种|项)?(?:东西)?[呢啊了？?。]*$"
)
"""Ways to ask for what is on the list that was spoken of."""


def on_list(text: str, name: str, *, chinese: bool) -> Iterator[Reading]:
    """Yield "add bread too" and 删掉面包 as said of a list."""
    if (LEFT_ZH if chinese else LEFT).match(text):
        yield Reading(f"{name}清单有什么" if chinese else f"what is on the {name} list", name, frozenset({"list"}))
    adds, takes = (ADD_ZH, TAKE_ZH) if chinese else (ADD, TAKE)
    for pattern, en, zh in ((adds, "add {} to the {} list", "把{}加到{}清单"), (takes, "remove {} from the {} list", "把{}从{}清单删掉")):
        match = pattern.match(text)
        things_said = next(filter(None, match.groups()), "") if match else ""
        if things_said and not ELSEWHERE.search(things_said):
            yield Reading(
                (zh if chinese else en).format(things_said, name), f"{name}清单" if chinese else f"the {name} list", frozenset({"list"})
            )


def threaded(intents: Sequence[Intent]) -> list[Intent]:
    """Return the requests of one sentence with what a later one leaves to an earlier: "turn on the lamp and dim it to 30 %"."""
    done: list[Intent] = []
    for intent in intents:
        before = next((each for each in reversed(done) if inherits(intent, each)), None)
        done.append(with_target(intent, before) if before else intent)
    return done


def inherits(intent: Intent, before: Intent) -> bool:
    """Tell whether a request names nothing, or a pronoun, where the one before named something."""
    family = intent.action.partition(".")[0]
    if family != before.action.partition(".")[0]:
        return False
    if family != "home":
        return takes_pronoun(intent)
    kind = intent.slots.get("property")
    is_room = kind in OF_A_ROOM and kind != before.slots.get("property")
    if is_room and (intent.slots.get("area") or LIGHT.search(str(before.slots.get("target", "")))):
        return False  # "make it warmer in the living room" is about the room, and so is "it's cold in here" after a lamp
    is_vague = not intent.slots.get("target") and (bool(intent.slots.get("area")) or intent.action in VAGUE)
    return (is_vague or takes_pronoun(intent)) and before.action != "home.run" and bool(before.slots.get("target"))


def with_target(intent: Intent, before: Intent) -> Intent:
    """Return a request about what the one before was about."""
    own = {name: value for name, value in intent.slots.items() if not (isinstance(value, str) and is_pronoun(value))}
    pronouns = intent.slots.keys() - own.keys()
    names = {"target", "area"} | pronouns if intent.action.startswith("home.") else pronouns
    return replace(intent, slots={name: before.slots[name] for name in names if name in before.slots} | own)
