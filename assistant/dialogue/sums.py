"""Sums that go on from the last one: "double that", "and of 300", "times three", 再加五."""

import re
from dataclasses import replace

from assistant.dialogue.memory import Exchange
from assistant.vocabulary import Intent

SUM = "maths.evaluate"

LONGEST = 200
"""Characters of a sum that goes on; nobody follows more."""

LEAD = r"^(?:(?:and|now|then|ok(?:ay)?|what(?:'s| is| about)|how about|please|那|再|然后)[\s,]*)*"
THAT = r"(?:that|it|this|the result|the answer)"

OPERATION = re.compile(
    LEAD + r"((?:plus|minus|times|multiplied by|divided by|over|to the power of|加上?|减去?|乘以?|除以)\s*.*\d.*?|(?:plus|minus|times|"
    r"multiplied by|divided by)\s+\w+(?: \w+)?|(?:加上?|减去?|乘以?|除以)\s*\w+?)呢?[?.!？。]*$",
    re.IGNORECASE,
)
"""What is done with the last result, without a word for it."""

VERBS = (
    (re.compile(LEAD + rf"(?:double|twice) {THAT}[?.!]*$|{LEAD}(?:翻一?倍|两倍呢?|乘以二)$", re.IGNORECASE), "2 times ({})"),
    (re.compile(LEAD + rf"(?:triple|three times) {THAT}[?.!]*$", re.IGNORECASE), "3 times ({})"),
    (re.compile(LEAD + rf"(?:half(?: of)?|halve) {THAT}[?.!]*$|{LEAD}(?:一半呢?|的一半)$", re.IGNORECASE), "({}) divided by 2"),
    (re.compile(LEAD + rf"(?:square) {THAT}[?.!]*$", re.IGNORECASE), "({}) squared"),
    (re.compile(LEAD + rf"(?:add|plus) {THAT} (?:to|onto) (.+?)[?.!]*$", re.IGNORECASE), "({}) plus {}"),
    (re.compile(LEAD + rf"(?:subtract|take(?: away)?|deduct) {THAT} (?:from|off) (.+?)[?.!]*$", re.IGNORECASE), "{1} minus ({0})"),
    (re.compile(LEAD + rf"(?:add|plus) (.+?)(?: to {THAT})?[?.!]*$", re.IGNORECASE), "({}) plus {}"),
    (re.compile(LEAD + rf"(?:subtract|take(?: away)?|deduct) (.+?)(?: (?:from|off) {THAT})?[?.!]*$", re.IGNORECASE), "({}) minus {}"),
    (re.compile(LEAD + rf"multiply {THAT} by (.+?)[?.!]*$", re.IGNORECASE), "({}) times {}"),
    (
        re.compile(
            LEAD + rf"(?:divide|split) {THAT} (?:by|into|between|among) (.+?)(?: (?:ways?|parts|of us|people))?[?.!]*$", re.IGNORECASE
        ),
        "({}) divided by {}",
    ),
    (
        re.compile(r"^(?:那|再)?(?:除以|分给|由|让)?([\d一二两三四五六七八九十百]+)个?人?(?:平分|平均分|分|均分)(?:一下|呢|吧)?[？?。]*$"),
        "({}) 除以 {}",
    ),
    (re.compile(r"^(?:平均?分|分)(?:给|成)([\d一二两三四五六七八九十百]+)(?:个人|份|人)(?:呢|吧)?[？?。]*$"), "({}) 除以 {}"),
    (re.compile(r"^(?:把?它?|那就)?(?:四舍五入|取整|凑整)(?:一下|吧|呢|到整数|到个位)*[？?。]*$"), "round ({})"),
    (re.compile(LEAD + rf"split {THAT} (\w+) ways[?.!]*$", re.IGNORECASE), "({}) divided by {}"),
    (
        re.compile(LEAD + rf"round (?:{THAT}|up|down)(?: (?:off|up|down))?(?: to the nearest whole(?: number)?)?[?.!]*$", re.IGNORECASE),
        "round ({})",
    ),
)
"""The same with a verb."""

SHARE = re.compile(LEAD + r"(?:of|from|out of) ([\d.,]+|\w+(?: \w+)?)[?.!]*$", re.IGNORECASE)
"""The same part of something else."""

INNER = re.compile(r"\(([^()]+)\)")
"""The sum that others were made of."""

PART = re.compile(r"^(.+?\s(?:of|from|out of)\s+)(.+)$", re.IGNORECASE)
SHARE_ZH = re.compile(r"^(?:那|那么|换成)?([\d.零一二两三四五六七八九十百千万半]+)呢?[？?。]*$")
PART_ZH = re.compile(r"^.+?(的(?:百分之|[一二三四五六七八九十]+分之).+|的\d+%.*|的一半)$")
OTHER_PART = re.compile(LEAD + r"([\d.,]+ ?(?:%|per ?cent)|\w+(?: \w+)? per ?cent)[?.!]*$", re.IGNORECASE)
"""Another part of the same thing."""


def gone_on(text: str, last: Exchange) -> Intent | None:
    """Return the sum that words make of the last one; None when they are none, or no sum was last."""
    before = last.intent.slots.get("expression") if last.intent.action == SUM else None
    expression = expression_of(text.strip(), str(before)) if before else None
    if expression is None or len(expression) > LONGEST:
        return None
    return replace(last.intent, slots={"expression": expression}, source="dialog", confidence=1.0, then=())


def expression_of(text: str, before: str) -> str | None:
    """Return what words make of an expression."""
    inner = INNER.search(before)
    whole = PART.match(inner[1] if inner else before)
    if whole and (share := SHARE.match(text)):
        return whole[1] + share[1]
    if whole and (part := OTHER_PART.match(text)):
        return f"{part[1]} of {whole[2]}"
    whole_zh, share_zh = PART_ZH.match(inner[1] if inner else before), SHARE_ZH.match(text)
    if whole_zh and share_zh:
        return share_zh[1] + whole_zh[1]
    if operation := OPERATION.match(text):
        return f"({before}) {operation[1].strip()}"
    for pattern, made in VERBS:
        if match := pattern.match(text):
            return made.format(before, *filter(None, match.groups()))
    return None
