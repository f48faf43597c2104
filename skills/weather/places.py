"""Where the weather is asked for: what people call a place, and its coordinates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from assistant.skill import CannotDo, Context

GEOCODING = "https://geocoding-api.open-meteo.com/v1/search"

LONGEST = 4  # words of a place in English
LONGEST_ZH = 8  # characters

NO_PLACE = frozenset({
    "a", "an", "and", "any", "are", "at", "attic", "basement", "bathroom", "be", "bedroom", "bike", "boiler", "by", "can", "car",
    "cellar", "close", "coat", "conservatory", "do", "does", "downstairs", "for", "freezer", "fridge", "garage", "go", "going",
    "greenhouse", "hall", "hallway", "here", "house", "how", "i", "if", "in", "is", "it", "jacket", "kitchen", "later", "launch",
    "lounge", "me", "my", "need", "no", "not", "nursery", "of", "office", "on", "open", "or", "out", "outside", "oven", "pool",
    "radiator", "rain", "raining", "room", "shall", "shed", "should", "shut", "snow", "snowing", "so", "start", "study", "sun",
    "sunny", "than", "that", "the", "then", "there", "thermostat", "this", "to", "today", "tomorrow", "tonight", "umbrella",
    "upstairs", "walk", "was", "we", "wear", "weather", "week", "weekend", "what", "when", "where", "will", "wind", "windy", "with",
    "yesterday", "you",
})  # fmt: skip
"""English words that no place name in a request has, as far as it is understood without a model."""

NO_PLACE_ZH = frozenset(
    "我你他她它您这那哪谁什么怎样会是吗呢了啊雨雪风热冷晴阴伞带穿出要不没几多少度气温今明昨后周末早晚现在外面适合，。？！ "
)

NO_NAME_ZH = re.compile(
    r"空调|阳台|有点|屋|室|房|厅|卧|暖气|地暖|调[高低到成]|开窗|打开|关[一掉了]|[听播]|来个|想知道|设|好$|太$|制$|[高低]$|厨|车库|时候|知道|的|点|箱|浴|书"
)
"""What rooms, devices and remarks have, and names of places hardly ever."""

AROUND = re.compile(
    r"^(the city of|city of|near|in|at|for|over in|up in|down in|在|去)\s*|(那边|那里|那儿|当地|地区|的|附近)+$|[,.?!，。？！]+$",
    re.IGNORECASE,
)
"""What is said around a place."""

HERE = frozenset(
    {"", "here", "outside", "out", "home", "my area", "my place", "around here", "这里", "这儿", "外面", "外头", "家", "本地", "当地"}
)

LATIN = re.compile(r"[^\W\d_\u3400-\u9fff]+(?:['’.-][^\W\d_\u3400-\u9fff]+)*")


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere on earth."""

    name: str
    latitude: float
    longitude: float


class Found(msgspec.Struct):
    """A place as Open-Meteo has it."""

    name: str
    latitude: float
    longitude: float
    country: str = ""
    admin1: str = ""


class Answer(msgspec.Struct):
    """What the search for a place answers; nothing at all for a name that nobody has."""

    results: list[Found] = []


def find_places(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where names of places may end that begin at an index of a text, the shortest first."""
    if "\u3400" <= text[at] <= "\u9fff":
        for end in range(at + 1, min(len(text), at + LONGEST_ZH) + 1):
            if text[end - 1] in NO_PLACE_ZH or not "\u3400" <= text[end - 1] <= "\u9fff":
                return
            if end - at > 1 and not NO_NAME_ZH.search(text[at:end]):
                yield at, end
        return
    end = at
    for _ in range(LONGEST):
        match = LATIN.match(text, end)
        if not match or match[0].lower() in NO_PLACE:
            return
        yield at, match.end()
        end = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" ,"))


def decoded(text: str, kind: type[Any], service: str) -> Any:
    """Return an answer as what it should be. Raises CannotDo when it is something else."""
    try:
        return msgspec.json.decode(text, type=kind)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise CannotDo(
            en=f"{service} sent an answer that I can't read. Try again later.", zh="天气服务的回答读不懂，请稍后再试。"
        ) from error


def is_here(place: str) -> bool:
    """Tell whether a place is wherever the user is."""
    return AROUND.sub("", place.strip().lower()) in HERE


async def find_spot(ctx: Context, place: str) -> Spot:
    """Return where a place is, as it was found before or as Open-Meteo knows it. Raises CannotDo for one that nobody knows."""
    name = AROUND.sub("", place.strip()).strip() or place.strip()
    key = f"{ctx.language}:{name.casefold()}"
    kept = ctx.records("weather.spot")
    for record in await kept.all():
        if record.data.get("key") == key:
            return Spot(record.data["name"], record.data["latitude"], record.data["longitude"])
    found = await search(ctx, name)
    await kept.add(key=key, name=found.name, latitude=found.latitude, longitude=found.longitude)
    return Spot(found.name, found.latitude, found.longitude)


async def search(ctx: Context, name: str) -> Found:
    """Return the best known place of a name, where words after it say in which country or part of it. Raises CannotDo for none."""
    for part, rest in splits(name):
        text = await ctx.fetch(GEOCODING, name=part, count=10 if rest else 1, language=ctx.language, format="json")
        results = decoded(text, Answer, "The weather service").results
        fitting = [each for each in results if not rest or rest in f"{each.country} {each.admin1}".casefold()]
        if fitting or (results and "," in name):
            best: Found = (fitting or results)[0]
            return best
    raise CannotDo(
        en=f"I don't know a place called {name}. Try a bigger town near it.",
        zh=f"我找不到{name}这个地方。可以说附近大一点的城市。",
    )


def splits(name: str) -> list[tuple[str, str]]:
    """Return the ways to look up a place: as named, then without the country after it, a Chinese one without 市."""
    ways = [] if "," in name else [(name, "")]
    front, _, rest = name.rpartition("," if "," in name else " ")
    if front.strip() and rest.strip():
        ways.append((front.strip(), rest.strip().casefold()))
    return [*ways, (name[:-1], "")] if name.endswith(("市", "县", "省")) and len(name) > 2 else ways
