"""How people ask for reminders, and how what they say becomes what is said back to them."""

import re
from collections.abc import Sequence

from assistant.skill import Ring
from skills.fulltext import best, search

RULES = {
    "remind": "(remind|remember to tell|nudge|ping|prompt|alert) (me|us)",
    "set": "(set|set up|create|make|add|schedule|leave|put|set me|set up me"
    "|create me|make me|add me|schedule me|give me|get me|set us|new|i need|i want|i would like)",
    "a": "(a|an|another|the|my) [new]",
    "cancel": "(cancel|delete|remove|drop|forget|get rid of|clear|scrap|kill|dismiss)",
    "look": "(what are|list|show|show me|read|read out|read me|tell me|go through|check|give me)",
    "do_not": "(do not|you do not have to|you do not need to|no need to|never mind|stop)",
    "when": "({moment}|in {duration}|after {duration}|{repeat}|{repeat} [at] {moment}|{moment} {repeat})",
    "zh_remind": "(提醒我|提醒一下我|提醒下我|记得提醒我|叫我记得|通知我|别忘了提醒我|让我记得|喊我去|叫我去|提醒我们)",
    "zh_when": "({moment}|{duration}[之|以]后|过{duration}|{repeat}|{repeat}[的]{moment})",
    "zh_cancel": "(取消|删除|删掉|去掉|撤掉|不要|关掉|拿掉|清掉)",
}

ENGLISH_TEMPLATES = {
    "set": [
        "<remind> to {text} <when>",
        "<remind> <when> to {text}",
        "<remind> about {text} <when>",
        "<remind> <when> about {text}",
        "<remind> <when> that {text}",
        "<remind> that {text} <when>",
        "<remind> of {text} <when>",
        "<when> <remind> (to|about|that|of) {text}",
        "<remind> (to|about|that|of) {text}",
        "remind (me|us) <when>",
        "<remind> [of|about] something",
        "<set> <a> reminder [for|at|on] <when> (to|about|that) {text}",
        "<set> <a> reminder (to|about|that) {text} <when>",
        "<set> <a> reminder for {text} <when>",
        "<set> <a> reminder (to|for|about|that) {text}",
        "<set> <a> reminder [for|at|on] <when>",
        "<set> <a> reminder",
        "(reminder|new reminder) [for|at|on] <when> (to|about|that) {text}",
        "reminder to {text} [<when>]",
        "(do not|never) let me forget (to|about) {text} [<when>]",
        "(make sure|see to it that|see that) i (do not forget|remember) (to|about) {text} [<when>]",
        "i (must|should|need to) (not forget|remember) to {text} [<when>] remind me",
    ],
    "list": [
        "(what|which) reminders (do i have|have i [got]|are there|are set|are left|are coming up) [(for|on)] [{date}]",
        "<look> [all] [of] (my|the) (reminders|reminder list) [(for|on)] [{date}]",
        "(do i have|have i [got]|are there) any reminders [set] [(for|on)] [{date}]",
        "(my|the) (reminders|reminder list) [(for|on)] [{date}]",
        "how many reminders (do i have|have i got|are there|are left|are set) [(for|on)] [{date}]",
        "what (are you going to|will you|should you|do you have to|were you going to|am i asking you to) remind me (of|about) [{date}]",
        "what (did i|have i) (ask|asked|tell|told) you to remind me (of|about) [{date}]",
    ],
    "cancel": [
        "<cancel> (my|the|that|a) reminder (to|about|for|that) {text}",
        "<cancel> (my|the|that) {text} reminder",
        "<cancel> (my|the|that|my last|the last) reminder",
        "<cancel> {text=all} (all|all of|all my|all the|all of my|every one of my) reminders",
        "<cancel> (my|the) reminders {text=all}",
        "<cancel> (my|the|all my|all the) reminders (for|on) {date}",
        "<do_not> (remind|reminding) me (to|about|of) {text} [any more|anymore]",
        "(do not|you do not have to|no need to) remind me [any more|anymore]",
        "i (do not|no longer) need (the|that|my) reminder [(to|about|for) {text}] [any more|anymore]",
    ],
}

CHINESE_TEMPLATES = {
    "set": [
        "<zh_when>[的时候|时]<zh_remind>[要|去|该]{text}",
        "<zh_remind><zh_when>[要|去|该]{text}",
        "<zh_when><zh_remind>",
        "<zh_remind>[要|去|该]{text}",
        "(设|设置|设个|设一个|定|定个|定一个|添加|加|加个|加一个|新建|建|建个|来个|来一个)<zh_when>[的]提醒[内容是|说]{text}",
        "(设|设置|设个|设一个|定|定个|定一个|添加|加|加个|加一个|新建|建个|来个|来一个)<zh_when>[的]提醒",
        "(设|设置|设个|设一个|定|定个|定一个|添加|加|加个|加一个|新建|建个|来个|来一个)[个|一个|条|一条]提醒{text}",
        "(设|设置|设个|设一个|定|定个|定一个|添加|加|加个|加一个|新建|建个|来个|来一个)[个|一个|条|一条|新的][新]提醒",
        "提醒我一下",
        "(别让我忘了|别让我忘记|不要让我忘了|不要让我忘记){text}",
        "<zh_when>(别让我忘了|别让我忘记){text}",
    ],
    "list": [
        "我[{date}]有(什么|哪些|啥|几个|多少)提醒",
        "[我]{date}[都]有(什么|哪些|啥|几个|多少)提醒",
        "我[{date}]有没有提醒",
        "(看看|查看|看一下|念一下|念念|读一下|列出|显示|告诉我|说说)[我的|我|所有|全部|我所有的][{date}][的]提醒[事项]",
        "(我的|所有|全部|现有的)提醒[事项|列表]",
        "[你][{date}]要提醒我(什么|哪些事|啥|些什么)",
        "(我|之前|我之前)让你提醒我(什么|哪些事|啥)[了|来着]",
        "还有(什么|哪些|几个)提醒",
    ],
    "cancel": [
        "<zh_cancel>关于{text}的提醒",
        "<zh_cancel>{text}的提醒[了]",
        "(把|将){text}的提醒[给]<zh_cancel>[了]",
        "<zh_cancel>[我的|这个|那个|刚才的|上一个|最后一个]提醒",
        "(把|将)[我的|这个|那个|刚才的|上一个|最后一个|刚设的]提醒[给]<zh_cancel>[了]",
        "<zh_cancel>[我的]{text=全部}(所有|全部|所有的|全部的)提醒",
        "(把|将)(所有|全部|所有的|全部的)提醒[都|全][给]<zh_cancel>[了]{text=全部}",
        "(把|将)提醒(全部|都|全)[给]<zh_cancel>[了]{text=全部}",
        "<zh_cancel>{date}的[所有|全部]提醒",
        "(不用|别|不要|不必|用不着)[再]提醒我{text}[了]",
        "(不用|别|不要|不必|用不着)[再]提醒我了",
        "{text}(不用|别|不要|不必)[再]提醒[我]了",
    ],
}

AROUND = re.compile(
    r"^(to|that|about|of|i need to|i have to|i should|i must|我要|我得|一下|要去|该)(?=\s|[\u3400-\u9fff])\s*|[\s,.!?，。！？]+$",
    re.IGNORECASE,
)
"""Words around what a reminder is about."""

LONGEST = 300
"""Characters of it."""


def about(text: str) -> str:
    """Return what a reminder is about, without the words around it."""
    kept = " ".join(text.split())
    while (trimmed := AROUND.sub("", kept, count=1).strip()) != kept and trimmed:
        kept = trimmed
    return "" if not re.search(r"\w", kept) else kept[:LONGEST]


def matching(kept: Sequence[Ring], text: str) -> list[Ring]:
    """Return the reminders that have the words of a text."""
    hits = search(about(text) or text, [ring.text for ring in kept])
    return [kept[hit.at] for hit in best(hits)] if hits else []
