"""Words about the cloud: asking for it, and answering whether something may be sent. Pure; whatever is not clearly a yes is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.cloud.rules import ALL, ALWAYS, EACH_TIME, NEVER, ON_REQUEST, topic_named
from assistant.words import split_words

YES = frozenset(
    [
        *(
            "yes",
            "yes please",
            "please yes",
            "yes send it",
            "yes please send it",
            "yes go ahead",
            "yes do",
            "yes do it",
            "send it",
            "please send it",
        ),
        *("send it please", "go ahead", "please go ahead", "go ahead please", "yes you may", "you may send it", "go ahead and send it"),
        *(
            "好",
            "好的",
            "好啊",
            "可以",
            "可以的",
            "发吧",
            "好发吧",
            "好的发吧",
            "可以发吧",
            "行发吧",
            "发送",
            "发出去吧",
            "同意",
            "是的发吧",
            "可以发送",
        ),
    ]
)
"""All that counts as a yes, to the letter. "ok", "sure" and "mm-hm" are said for other reasons too, and by others in the room."""

CLOUD = r"(?:the )?(?:cloud(?: model)?|(?:big(?:ger)?|large(?:r)?|online) (?:language )?model)"
CLOUD_ZH = r"(?:云端?(?:上)?的?(?:大?模型|那边)?|(?:线上|在线|联网)的?大?模型)"
LEAD = r"^(?:(?:please|now|and|ok(?:ay)?|can you|could you|would you|let's|hey)[ ,]+)*"

ASKS = re.compile(
    rf"{LEAD}(?:(?:go |just )?ask|check with|put (?:it|this|that) to|use|consult|try|query)\s+(?P<who>{CLOUD}|NAMES)(?!\w)"
    r"(?:[\s,:]+(?:about (?=(?:what|why|how|when|where|who|which|whether|if)\b)|this[:,]\s*|to (?:tell|explain to) me\s+)?(?P<what>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
BEHIND = re.compile(rf"^(?P<what>.+?)[\s,]+(?:(?:and )?ask|using|use|from|with)\s+{CLOUD}[.!?]*$", re.IGNORECASE | re.DOTALL)
ASKS_ZH = re.compile(
    rf"^(?:请|麻烦|帮我|给我|你|去|那就|再|可以|能)*(?:问一?下?问?|让|叫|用|请教(?:一下)?|上|查一?下?)(?P<who>{CLOUD_ZH}|NAMES)"
    r"(?:模型)?(?:来|去|帮我|给我)?(?:回答|解答|查一?下?|问一?下?|看看|说说|讲讲|告诉我)?(?:一下)?[\s，,：:。]*(?P<what>.*)$",
    re.IGNORECASE | re.DOTALL,
)

ABOUT = (
    r"(?: (?:for|about|on|with)(?: (?:all|any|every))?(?: my)? (?P<topic>[\w' -]{2,40}?)(?: (?:questions?|things?|topics?|stuff))?)?[.! ]*$"
)
RULE = re.compile(
    r"^(?:yes[, ]+|no[, ]+)?(?:please )?(?:(?P<always>always|every time)|(?P<never>never|not ever)"
    r"|(?P<asked>only (?:(?:ask the cloud|send (?:it|anything)|do that) )?(?:when|if) i (?:say|ask|tell you)(?: so| to)?)"
    r"|(?P<each>(?:always )?ask me(?: again)?(?: (?:every|each) time)?(?: first| before)?|forget what i (?:said|decided)"
    r"|forget (?:the|my) (?:rule|decision)))"
    r"(?: (?:send(?:ing)? (?:it|anything|something)|send|ask(?:ing)? the cloud|do(?:ing)? that|that|it|the cloud))?" + ABOUT,
    re.IGNORECASE,
)
RULE_ZH = re.compile(
    r"^(?:好的?|不)?[，, ]*(?:(?:以后|所有|凡是|关于|有关)*(?P<topic>[\w]{1,12}?)?(?:的|方面的?|类的?)?(?:问题)?(?:就|都)?)?"
    r"(?:(?P<always>总是可以|一直可以|都可以|都发|都问云端|总是|永远可以)|(?P<never>永远不要?|从不|绝不|都不要?发?|一律不发?|永不|别再问)"
    r"|(?P<asked>我说了才(?:发|问|可以)|(?:只有)?我(?:说|让你)的?时候(?:再|才)(?:发|问))"
    r"|(?P<each>(?:每次|还是|以后|再)+都?先?问我|(?:发之前|之前)?都?先问我))(?:发|问|云端|问云端|吧|一下)*[。！!]*$"
)

OPENLY = re.compile(r"\bask|\bsend|\bcloud\b|问|发|云", re.IGNORECASE)
"""What words have in them that decide about all topics with nothing open; a "never" may be said for any reason."""

GENERAL = frozenset(["everything", "all", "anything", "everything else", "所有", "一切", "什么", "任何", "全部", "以后", ""])
"""Topics that are none."""


NAMES = ((ALWAYS, "always"), (NEVER, "never"), (ON_REQUEST, "asked"), (EACH_TIME, "each"))


@dataclass(frozen=True, slots=True)
class Decision:
    """What the user decides once and for all."""

    rule: str
    topic: str
    """Empty for the one of the question at hand; ALL for all of them."""
    is_open: bool = False
    """It can be known to be about the cloud though nothing is asked."""


def is_yes(text: str) -> bool:
    """Tell whether words are a clear yes, and nothing but that; a question is none."""
    if "?" in text or "？" in text:
        return False
    norms = [word.norm for word in split_words(text)]
    return " ".join(norms) in YES or "".join(norms) in YES


def for_cloud(text: str, names: Iterable[str] = ()) -> str | None:
    """Return the question that words want put to the cloud; empty for the one before, None when they want no such thing.

    Args:
        text: The user's words.
        names: What the provider that is set up is called, besides "the cloud".
    """
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or r"(?!)"
    plain = text.strip()
    for pattern in (ASKS, ASKS_ZH):
        if found := re.match(pattern.pattern.replace("NAMES", either), plain, pattern.flags):
            return (found["what"] or "").strip(" ,.:：，。")
    return found["what"].strip() if (found := BEHIND.match(plain)) and len(split_words(found["what"])) > 1 else None


def decision_in(text: str) -> Decision | None:
    """Return what words decide once and for all: "always for cooking questions", 健康问题永远不要; None when they decide nothing."""
    found = RULE.match(text.strip()) or RULE_ZH.match(text.strip())
    if not found:
        return None
    rule = next(rule for rule, name in NAMES if found[name])
    is_open = bool(OPENLY.search(text))
    named = (found["topic"] or "").casefold().strip()
    named = named.removesuffix("问题").removesuffix("的")
    if named in {"this", "these", "such", "questions like this", "这类", "这种", "这个"}:
        return Decision(rule, "", is_open)
    if named in GENERAL:
        return Decision(rule, ALL if named else "", is_open)
    return Decision(rule, topic_named(named), is_open)
