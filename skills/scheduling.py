"""How people speak of their calendar, and which words of that name an entry, a part of a day or what is wanted to know."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from assistant.skill import WEEKDAYS, phrase
from skills.agenda import Entry
from skills.fulltext import best, search, terms

EVENT_WORDS = """
meeting meetings appointment appointments event events lesson class practice rehearsal interview lunch dinner brunch breakfast
birthday wedding call party viewing inspection conference workshop webinar standup exam flight checkup session booking visit
"""
EVENTS = frozenset(EVENT_WORDS.split())
"""What an entry of a calendar may be called by; other words would be timers, reminders or things at home."""

GENERIC = frozenset(
    ["meeting", "meetings", "appointment", "appointments", "event", "events", "entry", "entries", "thing", "things", "plan", "plans"]
)
"""What says nothing about which entry is meant."""

CALENDAR = re.compile(r"\b(calendar|diary|agenda|schedule|planner)\b|日历|日程|行程", re.IGNORECASE)
LONGEST_TITLE_WORDS = 10
"""Chinese characters count as words."""

NOT_IN_TITLE = "on in off next first last all every timer timers alarm alarms reminder reminders list notes from pause stop 提 醒"
NO_TITLE = frozenset(NOT_IN_TITLE.split())


def titles_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield the names of entries that begin at a letter.

    Any words where the sentence speaks of a calendar, else those with a kind of entry among them: "dentist appointment".
    """
    is_certain = CALENDAR.search(text) is not None
    words: list[str] = []
    for match in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff][^\W\u3400-\u9fff'’-]*", text[at:]):
        words.append(match[0].casefold().removesuffix("'s"))
        if words[-1] in NO_TITLE or len(words) > LONGEST_TITLE_WORDS:
            return
        if is_certain or (not GENERIC.issuperset(words) and not EVENTS.isdisjoint(words)):
            yield at, at + match.end()


Title = Annotated[
    str,
    phrase("entry of a calendar", titles_in, en=["dentist appointment", "dinner with Ana"], zh=["dentist appointment"], is_sure=False),
]

RULES = {
    "calendar": "[family|work|google] (calendar|diary|agenda|schedule|planner)",
    "in": "(in|into|on|onto|to|in to|on to) [my|the|our]",
    "put": "(put|put down|add|stick|pop|enter|insert|write|save|note|place|include|schedule|book|log|pencil in|pencil|mark|mark down)",
    "a": "[a|an|the|my|our]",
    "new": "(add|create|make|set up|new|add a new|create a new|make a new|schedule|book|make me|add another|i want to add)",
    "book": "(schedule|book in|pencil in|schedule in|schedule me|book me in for|put me down for|pencil me in for|arrange|organise)",
    "event": "(meeting|appointment|event|entry|calendar entry|calendar event|engagement)",
    "events": "(meetings|appointments|events|entries|calendar entries|calendar events|engagements|commitments|plans|bookings)",
    "when": "[for|on] ({span}|{date})",
    "at": "[for|on|at] {moment} [for {duration}]",
    "look": "(show|show me|read|read out|read me|tell me|check|look at|look up|open|give me|go through|run through|list|pull up|bring up)",
    "free": "(free|busy|available|booked|booked up|occupied|double booked)",
    "cancel": "(cancel|delete|remove|call off|scrap|drop|erase|get rid of|ditch|strike|wipe|bin|axe)",
    "zh_cal": "(日历|日程|日程表|行程|行程表|日程安排)[里|上|中|里面|上面]",
    "zh_put": "(加|添加|记|放|写|存|排|列|加入|标|标注|安排|添|录入|保存)",
    "zh_into": "(到|进|在|入|至|进到)[我的|我]",
    "zh_when": "({span}|{date})",
    "zh_event": "(会|会议|预约|约会|日程|安排|活动|行程|日历事件|事)",
    "zh_what": "(什么|哪些|啥|几个|多少|些什么|点什么)",
    "zh_look": "(看看|看下|看一下|查看|查一下|查查|查|打开|念一下|念念|说说|列出|显示|告诉我|读一下|报一下)",
    "zh_cancel": "(取消|删除|删掉|删了|去掉|撤掉|清空|清除|推掉|取消掉|移除|划掉)",
}

ENGLISH_TEMPLATES = {
    "create": [
        "<put> <a> {title} <in> <calendar> <at>",
        "(move|reschedule|postpone|shift) [(my|the|our)] {title} (to|until|till) {moment}",
        "<put> <a> {title} <at> <in> <calendar>",
        "<put> <in> <calendar> <at> <a> {title}",
        "<put> <in> <calendar> <a> {title} <at>",
        "<put> <a> {title} <in> <calendar>",
        "<put> <a> {title} <in> <calendar> {repeat} [<at>]",
        "<put> {duration} (of|for) {title} <in> <calendar> <at>",
        "(i have|i have got|we have|we have got|there is) <a> {title} <at> (put|add|stick|pop|save|note) (it|that|this) <in> <calendar>",
        "{title} is <at> (put|add|stick|pop|save|note) (it|that|this) <in> <calendar>",
        "<new> [a|an] [new] <event>",
        "<new> [a|an] [new] (event|calendar entry|calendar event|entry|appointment) (called|named|for) {title} <at>",
        "<new> [a|an] [new] (event|calendar entry|calendar event|entry|appointment) <at> (called|named|for) {title}",
        "<new> [a|an] [new] (event|calendar entry|calendar event) {title} <at>",
        "<new> [a|an] [new] <event> [for|on|at] {moment}",
        "<book> <a> {title} <at>",
        "<book> <a> {title} {repeat} [<at>]",
        "schedule {duration} (of|for) {title} <at>",
        "block [out|off] {moment} for {title}",
        "block [out|off] {duration} [for|on|at] {moment} for {title}",
        "block [out|off] {duration} for {title} [for|on|at] {moment}",
        "mark {moment} as {title} <in> <calendar>",
    ],
    "query": [
        "what is (on|up|happening|planned|scheduled|coming up|going on) <when>",
        "what is (on|in) (my|the|our) <calendar> [<when>]",
        "what (do|have) (i|we) (have|got) [on|planned|scheduled|going on|coming up|to do] [in my <calendar>] <when>",
        "what have (i|we) (got on|planned|scheduled|got planned|got coming up) <when>",
        "what (do|have) (i|we) (have|got) (in|on) (my|the|our) <calendar> [<when>]",
        "what is (my|the|our) (schedule|agenda|plan|calendar|diary) [like] [<when>]",
        "what are (my|our|the) <events> [<when>]",
        "(what|which|how many) (meetings|appointments|events|plans|calendar entries) (do i have|have i got|do we have) [<when>]",
        "what (am i|are we) doing <when>",
        "what does (my|the) (day|week|schedule|calendar|diary) look like [<when>]",
        "(am i|are we) <free> <when>",
        "(am i|are we) (doing anything|up to anything) <when>",
        "(do|have) (i|we) (have|got) (anything|something|any <events>|an <event>|a <event>) [on|planned|scheduled|going on] <when>",
        "(do|have) (i|we) (have|got) (anything|any <events>) (in|on) (my|the|our) <calendar> [<when>]",
        "(is|are) there (anything|any <events>) (in|on) (my|the|our) <calendar> [<when>]",
        "how busy (am i|are we) <when>",
        "(what|when) is (my|the|our) (next|first|last) <event> [<when>]",
        "what time is (my|the|our) (next|first|last) <event> [<when>]",
        "(what is next|what is coming up|anything coming up) (in|on) (my|the|our) <calendar>",
        "<look> (my|the|our) <calendar> [<when>]",
        "<look> what is (on|in) (my|the|our) <calendar> [<when>]",
        "<look> (my|the|our) [next|upcoming] <events> [<when>]",
        "my (calendar|diary|agenda|schedule) [<when>]",
        "when (am i|are we) [next] free [<when>]",
    ],
    "cancel": [
        "<cancel> [my|the|that] {time} <event> [<when_day>]",
        "<cancel> [my|the|that] {date} {time} <event>",
        "<cancel> [my|the|that] {date} <event>",
        "<cancel> (my|the|that) <event> [on|for] {date} [at {time}]",
        "<cancel> (my|the|that) <event> at {time} [<when_day>]",
        "<cancel> (my|the|that|an|a) [next|first|last] <event> [<when_day>]",
        "<cancel> (everything|all [of] [my|the] <events>|my <events>) [in my <calendar>|on my <calendar>] <when_day>",
        "<cancel> (everything|all [of] [my|the] <events>) (in|on|from) (my|the|our) <calendar> [<when_day>]",
        "(clear|wipe|empty) (my|the|our) <calendar> [<when_day>]",
        "(<cancel>|take) [my|the] {title} (from|off|in|out of|on) (my|the|our) <calendar>",
        "<cancel> [my|the] {title} [<when_day>] (from|off|in|out of|on) (my|the|our) <calendar>",
        "<cancel> [the] (event|calendar entry|calendar event) [called|named] {title}",
        "<cancel> [my|the] {title}",
        "<cancel> [my|the] {title} [<when_day>] [at {time}]",
    ],
}

CHINESE_TEMPLATES = {
    "create": [
        "{moment}[我][要|有]{title}<zh_put><zh_into><zh_cal>",
        "(把|将){title}(改|挪|移|推迟|提前|延后|延)(到|至){moment}",
        "[把|将]{moment}[的]{title}<zh_put><zh_into><zh_cal>",
        "(把|将){title}<zh_put><zh_into><zh_cal>[，]{moment}",
        "(把|将){title}<zh_put><zh_into>{moment}[的]<zh_cal>",
        "(把|将){title}<zh_put><zh_into><zh_cal>",
        "[在]<zh_cal><zh_put>[一个|个|一条|条|上][，]{moment}[的]{title}",
        "(新建|添加|加|创建|建|新增|建立|来)[一个|个|一条|条|一下][新的|新](日程|日历事件|会议|预约|安排|行程)",
        "(新建|添加|加|创建|建|新增|建立|来)[一个|个|一条|条|一下][新的|新](日程|日历事件|行程)[，]{moment}[，][的]{title}",
        "(新建|添加|加|创建|建|新增|建立|来)[一个|个|一条|条]{moment}[的](日程|日历事件|行程)[，]{title}",
        "(新建|添加|加|创建|建|新增|建立)[一个|个|一条|条]{moment}[的](日程|会议|预约)",
        "安排{moment}[的]{title}",
        "安排[一个|个]{moment}[的]{title}",
        "{repeat}{moment}[的]{title}<zh_put><zh_into><zh_cal>",
    ],
    "query": [
        "[我|我们]<zh_when>[我|我们][都|还]有<zh_what><zh_event>",
        "[我|我们]<zh_when>[我|我们]有(没有|没)<zh_event>",
        "[我|我们]<zh_when>[我|我们]有(会议|会|预约|约|安排|日程|活动)[吗|没有|没]",
        "[我|我们]<zh_when>[我|我们](有空|有时间|忙|有没有空|有没有时间|忙不忙|有空没|得空)[吗|不|没]",
        "[我的|我]<zh_when>[的](日程|日历|行程|安排|日程安排|行程安排)[是|有][什么|哪些|啥]",
        "[我的|我]<zh_when>[的](日程|行程|安排)(怎么样|怎样|满不满|多不多)",
        "[给我]<zh_look>[我|我的][的]<zh_when>[的](日程|日历|行程|安排|会议|活动)[安排]",
        "[给我]<zh_look>[我|我的][的](日程|日历|行程)[安排|表]",
        "[我的|我](日程|日历|行程)[表][里|上|中][都]有<zh_what>[安排|活动|会议|事]",
        "[我的|我]<zh_cal><zh_when>[都]有<zh_what>[安排|活动|会议|事]",
        "[我的|我]下[一|]个(会|会议|日程|预约|安排|活动)[是|在][什么时候|几点|什么|哪天]",
        "[我][接下来|等会儿|待会儿][都|还]有(什么安排|什么会|什么日程|哪些安排|哪些会)",
        "[我|我们]<zh_when>(干嘛|干什么|做什么|要干嘛|要做什么|要干什么)",
        "[我]有(什么|哪些)(日程|行程)",
    ],
    "cancel": [
        "<zh_cancel>[我][的]{date}[的]{time}[的]<zh_event>",
        "<zh_cancel>[我][的]{time}[的]<zh_event>",
        "<zh_cancel>[我][的]{date}[的]<zh_event>",
        "(把|将)[我][的]{date}[的][{time}][的]<zh_event>[都|全|给]<zh_cancel>[了|掉]",
        "(把|将)[我][的]{time}[的]<zh_event>[给]<zh_cancel>[了|掉]",
        "{date}[的][{time}][的]<zh_event>[都|全|给]<zh_cancel>[了|掉]",
        "{time}[的]<zh_event>[都|全|给]<zh_cancel>[了|掉]",
        "<zh_cancel>[我][的]{date}[的](所有|全部|所有的|全部的)<zh_event>",
        "<zh_cancel>[我][的]下[一|]个(会|会议|日程|预约|约会|安排|活动)",
        "(把|将)[我的]下[一|]个(会|会议|日程|预约|约会|安排|活动)[给]<zh_cancel>[了|掉]",
        "<zh_cancel>[我][的](日程|会议|预约|约会|行程|日历事件)",
        "(从|把)[我的]<zh_cal>[里]<zh_cancel>{title}",
        "(把|将){title}从[我的]<zh_cal>[里|中]<zh_cancel>[了|掉]",
        "<zh_cancel><zh_cal>[里|上|中]的{title}",
        "<zh_cancel>{title}(这个|的)(日程|会议|预约|行程|日历事件)",
    ],
}

RULES |= {"when_day": "[for|on] {date}"}

PARTS = (
    (re.compile(r"\b(morning|forenoon)\b|早上|上午|早晨|今早|明早"), 0, 12),
    (re.compile(r"\bafternoon\b|下午"), 12, 18),
    (re.compile(r"\b(evening|tonight|night)\b|晚上|今晚|明晚|夜里"), 17, 24),
)
"""Parts of the day with their hours."""

BEFORE = re.compile(r"\b(before|until|till)\b|之前|以前|点前|午前")
AFTER = re.compile(r"\b(after|later than|from)\b|之后|以后|点后")
FREE = re.compile(r"\b(free|available|busy|booked|time for|a gap)\b|有空|有时间|得空|忙|空闲|能不能.{0,2}约")
NEXT = re.compile(r"\b(next|coming up)\b(?! (week|month|year|mon|tue|wed|thu|fri|sat|sun|few|\w+ days))|下[一]?[个场次]|接下来|下次")
FIRST = re.compile(r"\b(first|earliest)\b|第一[个件场]|头一[个场]|最早")
LAST = re.compile(r"\b(last|latest|final)\b|最后[一]?[个场件]")
ONE = re.compile(r"\b(meeting|appointment|event|thing|entry|one)\b|个|场|次")
WHERE = re.compile(r"\bwhere\b|在哪|哪里|哪儿|地点")
HOW_LONG = re.compile(r"\b(how long|until when|finish|over|end)\b|多久|多长|结束")
ASKED_WHEN = re.compile(r"\b(when|what time|what day|which day|where|how long|whose)\b|什么时候|几点|哪天|几号|哪一天|多久|在哪")
ALL = re.compile(
    r"\b(all|everything|every|clear|wipe|empty|nothing|anything|schedule|plans|what's on|meetings|appointments|events)\b"
    r"|全部|所有|清空|都|什么|空出来|全"
)
SERIES = re.compile(r"\b(every|all|series|each|altogether|for good|recurring|repeating)\b|每|所有|全部|整个|以后都|系列")
"""What says that something is not only cancelled once."""

YEARLY = re.compile(r"\b(every year|yearly|annually|each year)\b|每年")
MONTHLY = re.compile(r"\b(every month|monthly|each month)\b|每个?月")
WEEKLY = re.compile(r"\b(every week|weekly|each week)\b|每(个)?(周|星期|礼拜)(?![一二三四五六日天])")
FORTNIGHTLY = re.compile(
    r"\b(every (other|second|two) (week|mon|tue|wed|thu|fri|sat|sun)\w*|fortnightly|biweekly)\b|每(两|隔一|隔)个?(周|星期|礼拜)"
)

AROUND = re.compile(
    r"^(to|that|a|an|the|my|our|in|on|for|about|called|named|我的?|一个|个|有|要|的)(?=\s|[\u3400-\u9fff]|$)(?!\S*的)\s*"
    r"|\s*(in|on|to|into) (my|the|our) (calendar|diary|agenda|schedule)$|[\s,.!?;:，。！？；：、]+$|^[\s,.!?;:，。！？；：、]+",
    re.IGNORECASE,
)
"""Words around a title."""

SAID_AROUND = r"""(?ix)
    \b(what|when|where|who|whose|which|how|why|time|times|day|days|is|are|am|was|were|do|does|did|have|has|had|got|get|i|me|my|we|us
    |our|you|the|a|an|any|anything|something|some|to|in|on|at|for|with|of|and|or|be|it|that|this|there|if|let|know|tell|show|find|look
    |looks|like|looking|see|check|can|could|please|next|first|last|coming|up|long|many|much|until|till|before|after|still|start|starts
    |begin|begins|happen|happens|happening|finish|end|ends|over|need|supposed|going|go|on|off|out|today|tonight|tomorrow|yesterday
    |morning|afternoon|evening|night|noon|week|weekend|month|year|mon|tues|wednes|thurs|fri|satur|sun)(day|s|'s)?\b
    |\b(calendar|diary|agenda|schedule|scheduled|plan|plans|planned|meetings?|appointments?|events?|entries|entry|things?|free|busy
    |available|booked|list|read|give|about|cancel|delete|remove|no|not|all|everything)\b
    |我们?|你|的|了|吗|呢|啊|什么时候|什么|几点|哪天|几号|哪一天|到底|来着|是|有没有|有|在|不在|今天|明天|后天|昨天|早上|上午|中午|下午|晚上
    |今晚|明早|今早|下周|这周|本周|周末|下个?月|这个?月|星期.|礼拜.|周[一二三四五六日]|日历|日程|行程|安排|会议|开会|预约|约会|活动|下一?[个次]|多久
    |还|都|要|能|可以|请|帮|看看|查|告诉|知道|开始|结束|记得|忘|哪儿|哪里|哪|离|点|号|月|日|天|个|场|次|一下|空|忙|时间|看|取消|删"""
"""What is said around the name of an entry; what is left may name one. Made into a pattern when it is first needed."""

LONGEST = 200
"""Characters of a title."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question about the calendar wants besides the days."""

    hours: tuple[int, int] | None
    """Of the day; None for all of it."""
    is_free: bool
    place: bool
    length: bool


def asked(heard: str) -> Asked:
    """Return what the words of a question want."""
    text = heard.casefold()
    hours = next(((first, last) for pattern, first, last in PARTS if pattern.search(text)), None)
    return Asked(hours, bool(FREE.search(text)), bool(WHERE.search(text)), bool(HOW_LONG.search(text)))


def rule_of(days: Sequence[str], heard: str) -> dict[str, Any]:
    """Return how something comes again as iCalendar has it (RRULE), from its days or else the words; empty when it does not."""
    text = heard.casefold()
    if "daily" in days:
        return {"freq": "daily"}
    if days:
        names = [*WEEKDAYS[:5], *(day for day in days if day in WEEKDAYS[5:])] if "workday" in days else days
        return {"freq": "weekly", "byday": [name[:2].upper() for name in names]}
    if FORTNIGHTLY.search(text):
        return {"freq": "weekly", "interval": 2}
    return next(({"freq": name} for name, said in (("yearly", YEARLY), ("monthly", MONTHLY), ("weekly", WEEKLY)) if said.search(text)), {})


def named(text: str) -> str:
    """Return a title without the words around it."""
    kept = " ".join(text.split())
    while (trimmed := AROUND.sub("", kept, count=1).strip()) != kept and trimmed:
        kept = trimmed
    return kept[:LONGEST] if re.search(r"\w", kept) else ""


def telling(title: str) -> str:
    """Return the words of a title that say which entry is meant, without "meeting"."""
    kept = " ".join(word for word in named(title).split() if word.casefold() not in GENERIC)
    return re.sub(r"^(会议|会|预约|约会|日程|安排|活动|行程|事)$", "", kept)


def matching(entries: Sequence[Entry], title: str) -> list[Entry]:
    """Return the entries that words name."""
    hits = search(telling(title) or title, [entry.title for entry in entries])
    return [entries[hit.at] for hit in sorted(best(hits), key=lambda hit: hit.at)]


def spoken_of(entries: Sequence[Entry], heard: str) -> list[Entry]:
    """Return the entries that a whole sentence speaks of; none when it names none."""
    left = re.sub(SAID_AROUND, " ", heard.replace("’", "'"))
    words = {word for word in terms(left) if len(word) > 2}
    pairs = {left[at : at + 2] for at in range(len(left) - 1) if re.fullmatch("[\u3400-\u9fff]{2}", left[at : at + 2])}
    counts = [len(words & set(terms(entry.title))) + sum(pair in entry.title for pair in pairs) for entry in entries]
    most = max(counts, default=0)
    return [entry for entry, count in zip(entries, counts, strict=True) if count == most and most]


def names_something(heard: str) -> bool:
    """Tell whether a sentence has words that may be the name of an entry."""
    return bool(re.search(r"\w\w", re.sub(SAID_AROUND, " ", heard.replace("’", "'"))))
