"""The time and the date, here and anywhere in the world, without a network: Unicode's place names and the zone database."""

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from assistant.skill import CannotDo, Context, Reply, action, lunar_name, phrase

AROUND = re.compile(r"^(the|city of)\s+|\s+(zone|right now|now|today)$|(市|那边|那里|当地|的)+$", re.IGNORECASE)
"""What is said before and after a place."""

DAY_NAMES = {
    -2: ("The day before yesterday", "前天"),
    -1: ("Yesterday", "昨天"),
    1: ("Tomorrow", "明天"),
    2: ("The day after tomorrow", "后天"),
}

RULES = {
    "now": "[(right now|now|currently|at the moment|at this moment)]",
    "exact": "[(current|exact|correct|right|local|actual|precise)]",
    "ask": "(tell me|give me|show me|do you know|say|check|let me know|i need|i want to know|i would like to know)",
    "there": "(那边|那里|那儿|当地)",
    "zh_now": "(现在|目前|当前|这会儿|此刻|眼下|这时候)",
    "hour": "几点[钟|几分|多][了]",
    "look": "(告诉我|说|说说|说一下|报|报一下|看|看看|看一下|查|查查|查一下|问一下)",
}


PLACE = re.compile(r"[\u3400-\u9fff·]{1,10}|[^\W\u3400-\u9fff][^,.;!?，。；！？\u3400-\u9fff]*")
"""Where a place's name can end at the latest."""

LUNAR = re.compile(r"农历|阴历|旧历|初几|\b(?:lunar|chinese) (?:calendar|date)\b", re.IGNORECASE)
"""Words that ask for a day of the moon's calendar."""

PERSONAL = re.compile(
    r"[你我他她它咱您会]|都|还在|瞅|看看|改到|什么|农历|阴历|旧历|究竟|到底|\b(?:days?|weeks?|months?|years?|hours?|minutes?|point)\b",
    re.IGNORECASE,
)
"""What is in no name of a place that people ask the time of."""


def places_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may be a place that begins somewhere: its words, without what makes it a sentence."""
    found = PLACE.match(text, at)
    for word in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", found[0]) if found else ():
        if PERSONAL.search(text[at : at + word.end()]):
            return
        yield at, at + word.end()


PlaceName = Annotated[str, phrase("place", places_in, en=["Tokyo", "New York"], zh=["东京", "纽约"], is_sure=False)]


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in the world, with its zone."""

    zone: str
    en: str
    zh: str


@action(
    en=[
        "(what time|what hour|what o'clock) is it [here] <now> [here]",
        "(what is|how is) the <exact> time [here] <now> [here]",
        "<ask> [what] [the] <exact> time [is] [it] [is] <now>",
        "what <exact> time (is it|it is) <now>",
        "(do you have|have you got|got|can i get|may i know|could i get|report|read) the <exact> time <now>",
        "[the] <exact> time <now>",
        "(time check|what time|how late is it|what does the clock say|what time do you have|what is the hour)",
        "(what time|what hour) is it <now> (in|at|on|over in) [the] {place} <now>",
        "(in|at) {place} what time is it <now>",
        "(what is|how is) the <exact> time <now> (in|at|for|over in) [the] {place} <now>",
        "<ask> [what] [the] <exact> time [is] [it] [is] <now> (in|at|for) [the] {place} <now>",
        "(do you have|can i get|may i know|report) the <exact> time (in|at|for) [the] {place} <now>",
        "[the] <exact> time <now> (in|over in) [the] {place} <now>",
        "(what time do they have|how late is it) <now> in [the] {place}",
        "what time (it is|is) <now> in [the] {place} <now>",
        "what is the (current|exact|local) {place} time <now>",
        "what time is it <now> {place} time",
    ],
    zh=[
        "[<zh_now>|今天][是|都|到]<hour>",
        "<zh_now>[是](什么时间|什么时候|啥时候|啥时间|什么点|几时)[了]",
        "[<zh_now>][的]时间[是](多少|几点|什么)",
        "[<zh_now>][的]时间",
        "<look>[<zh_now>][的][是](时间|几点)[钟|几分][了]",
        "报时",
        "[<zh_now>][的]北京时间[<zh_now>][是][<hour>|多少]{place=北京}",
        "(什么时间|啥时间|几时)了",
        "{place}[<there>](<zh_now>|<there>)[是|都|到]<hour>",
        "{place}[是|都](几点了|几点钟|几点几分|几点钟了)",
        "<zh_now>[的]{place}[<there>][是]<hour>",
        "<look>[<zh_now>]{place}[<there>|的]<zh_now>[是]<hour>",
        "{place}[<there>|的][<zh_now>][的]时间[是](多少|几点|什么|几点了)",
        "{place}(的|当地|<there>)[<zh_now>][的]时间",
        "<look>{place}[<there>|的][<zh_now>][的]时间",
        "{place}[<there>]<zh_now>[是](什么时间|什么时候|啥时候)[了]",
    ],
    rules=RULES,
    reads=True,
)
async def time(ctx: Context, place: PlaceName = "") -> Reply:
    """Tell the time of day, here or in a city or country.

    Args:
        place: A city or country; absent means here.

    """
    if not place:
        said = ctx.say(ctx.now.timetz())
        return Reply(en=f"It's {said}.", zh=f"现在{said}。")
    found = find_place(place, ctx.now)
    there = ctx.now.astimezone(ZoneInfo(found.zone))
    said = ctx.say(there.timetz() if there.date() == ctx.now.date() else there)
    return Reply(en=f"It's {said} in {found.en}.", zh=f"{found.zh}现在是{said}。")


@action(
    en=[
        "(what|which) <kind> (is it|are we (in|on)|is this|do we have) <now>",
        "what is the <exact> <kind> <now>",
        "(what is|how about) {day} [<kind>]",
        "what is the <exact> <kind> [(of|on|for)] {day}",
        "(what|which) <kind> (is|was) [it] [on] {day}",
        "(what|which) <kind> (will|is) it (be|going to be) [on] {day}",
        "[on] (what|which) <kind> (does|will|did|is) {day} (fall|land|falling|be) [on]",
        "{day} (is|falls|lands|was|will be) on (what|which) <kind>",
        "{day} is (what|which) <kind>",
        "what (<kind> is|is the <kind>) {day}",
        "what will the <kind> be {day}",
        "{day} what (will the <kind> be|<kind> (will it be|is it))",
        "when is {day}",
        "<ask> [what] [the] <exact> <kind> [(is it|it is|is)] [(of|on|for)] [{day}] <now>",
        "<ask> {day} <kind>",
        "(can i get|may i know|do you have|report|read) (the <exact> <kind>|{day} <kind>)",
        "{day} <kind>",
        "[the] <exact> (date|day of the week|day and date|date and day) [(of|on|for)] [{day}] <now>",
        "(what|which) <kind> is it <now> [{day}] (in|at) [the] {place} [{day}] <now>",
        "what is the <exact> <kind> <now> (in|at) [the] {place} [{day}] <now>",
        "what is {day} <kind> in [the] {place}",
        "in {place} (what|which) <kind> is it [{day}]",
    ],
    zh=[
        "[<zh_now>][是]<kind_zh>[了]",
        "[<look>]{day}[是|会是|那天是|为|算是]<kind_zh>[了]",
        "[<look>][<zh_now>|{day}][的](日期|日子)[是][什么|多少|几号|哪天]",
        "[<look>]{day}[是](哪一天|哪天|什么时候|什么日子|星期几几号)",
        "(今年|<zh_now>)[是](哪一年|哪年|几几年|多少年|什么年份|哪个年份)[了]",
        "(这个月|本月|<zh_now>)[是](几月|几月份|哪个月)[了]",
        "[<look>]今天[的]日期[和星期]",
        "{place}[<there>|<zh_now>]{day}[是]<kind_zh>[了]",
        "{day}{place}[<there>][是]<kind_zh>[了]",
        "{place}[<there>]<zh_now>[是]<kind_zh>[了]",
        "{place}(的|当地|<there>)[<zh_now>|{day}][的]日期[是][什么|多少|几号]",
    ],
    rules=RULES
    | {
        "kind": "(date|day|day of [the] week|weekday|day of the month|date and day|day and date|calendar date|month|year|month and year)",
        "kind_zh": "(几号|多少号|几日|几月几号|几月几日|<week_zh>|几[月几]号<week_zh>|<week_zh>几号|几年几月几号|什么日子)",
        "week_zh": "(星期几|周几|礼拜几|什么星期)",
    },
    reads=True,
)
async def date_(ctx: Context, day: date | None = None, place: PlaceName = "") -> Reply:
    """Tell the date and the day of the week, of today or of another day, here or in a city or country.

    Args:
        day: The day asked about; absent means today.
        place: A city or country; absent means here.

    """
    found = find_place(place, ctx.now) if place else None
    today = ctx.now.astimezone(ZoneInfo(found.zone)).date() if found else ctx.now.date()
    en_where, zh_where = (f" in {found.en}", found.zh) if found else ("", "")
    asked = day + (today - ctx.now.date()) if day else today
    said = ctx.say(asked)
    if LUNAR.search(ctx.heard):
        return Reply(en=f"By the Chinese calendar that's {lunar_name(asked)}.", zh=f"{said}是农历{lunar_name(asked)}。")
    if asked == today:
        return Reply(en=f"It's {said}, {asked.year}{en_where}.", zh=f"{zh_where}今天是{asked.year}年{said}。")
    if asked.year != today.year:
        said = f"{asked.year}年{said}" if ctx.language == "zh" else f"{said}, {asked.year}"
    if (asked - today).days in DAY_NAMES:
        en, zh = DAY_NAMES[(asked - today).days]
        return Reply(en=f"{en} {'is' if asked > today else 'was'} {said}{en_where}.", zh=f"{zh_where}{zh}是{said}。")
    apart = ctx.say(abs(asked - today))
    if asked > today:
        return Reply(en=f"That's {said}{en_where}, {apart} from now.", zh=f"{zh_where}那天是{said}，还有{apart}。")
    return Reply(en=f"That was {said}{en_where}, {apart} ago.", zh=f"{zh_where}那天是{said}，已过去{apart}。")


def find_place(name: str, now: datetime) -> Place:
    """Return the place of a name in either language. Raises CannotDo naming what would help."""
    for key in keys(name):
        if key in cities():
            return cities()[key]
        code = countries().get(key)
        if code:
            return country(code, now)
    near = difflib.get_close_matches(plain(name), cities().keys() | countries().keys(), 1, 0.75)
    hint = cities().get(near[0]) if near else None
    en = f" Do you mean {hint.en}?" if hint else " Try its country or a big city near it, such as Tokyo."
    zh = f"你是说{hint.zh}吗？" if hint else "可以说附近的大城市或国家，比如东京。"
    raise CannotDo(en=f"I don't know the time zone of {name}.{en}", zh=f"我不知道{name}在哪个时区。{zh}")


def keys(name: str) -> list[str]:
    """Return the ways to look a name up: as said, without what is said around it, and without the country behind it."""
    words = AROUND.sub("", name.strip()).replace(",", " ").split()
    shorter = [" ".join(words[:count]) for count in range(len(words) - 1, 0, -1) if drops(" ".join(words[count:]))]
    return [plain(way) for way in (name, " ".join(words), *shorter)]


def drops(tail: str) -> bool:
    """Tell whether the words after a place only say where that is, or nothing: "France", "AZ", "time"."""
    key = plain(tail)
    return key in {"city", "time"} or (len(key) == 2 and key.isascii()) or key in countries() or key in cities()


def plain(name: str) -> str:
    """Return a name as it is compared: no case, accents, spaces or punctuation."""
    return "".join(char for char in unicodedata.normalize("NFKD", name).casefold() if char.isalnum())


def country(code: str, now: datetime) -> Place:
    """Return a country as a place. Raises CannotDo when its zones differ and none is the main one."""
    more = more_places()
    en, zh = (names(language).territories[code] for language in ("en", "zh"))
    en = f"the {en}" if code in more["article"]["the"] else en
    zones = [more["main_zone"][code]] if code in more["main_zone"] else territory_zones(code)
    offsets = {now.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}
    if len(offsets) == 1:
        return Place(zones[0], en, zh)
    in_zones = (key for key, place in cities().items() if place.zone in zones)
    some = [cities()[key] for key in more["examples"].get(code) or islice(in_zones, 1)]
    raise CannotDo(
        en=f"There are several time zones in {en}. Name a city, such as {' or '.join(place.en for place in some)}.",
        zh=f"{zh}有好几个时区。请说一个城市，比如{'或'.join(place.zh for place in some)}。",
    )


def territory_zones(code: str) -> list[str]:
    """Return the zones of a country."""
    from babel.core import get_global  # noqa: PLC0415 -- a tenth of a second that only questions about places cost

    return list(get_global("territory_zones").get(code, ()))


def names(language: str) -> Any:
    """Return Unicode's names of places in a language, a `babel.Locale`."""
    from babel import Locale  # noqa: PLC0415 -- as above

    return Locale(language)


@cache
def more_places() -> dict[str, Any]:
    """Return what Unicode's names and the zone database lack."""
    return tomllib.loads(Path(__file__).with_name("places.toml").read_text("utf-8"))


@cache
def countries() -> dict[str, str]:
    """Return the code of every country by its names."""
    named = [pair for language in ("en", "zh") for pair in names(language).territories.items()]
    found = {plain(name): code for code, name in named if territory_zones(code)}
    return found | {name: code for code, more in more_places()["nicknames"].items() for name in more}


@cache
def cities() -> dict[str, Place]:
    """Return every place that has a zone by its names."""
    found: dict[str, Place] = {}
    for zone, pairs in more_places()["cities"].items():
        for pair in pairs:
            en, _, zh = pair.rpartition(" ")
            place = Place(zone, en, zh)
            found |= {plain(en): place, plain(zh): place}
    english, chinese = names("en").time_zones, names("zh").time_zones
    for zone in sorted(chinese.keys() - {"Etc/UTC", "Etc/Unknown"}):
        en = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        zh = chinese[zone].get("city", en)
        place = Place(zone, en, zh)
        found |= {plain(en): place, plain(zh): place, plain(zone.rpartition("/")[2]): place}
    return found
