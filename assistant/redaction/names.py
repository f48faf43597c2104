"""Names Hark knows: of people, places, lists and devices, and whatever else the user calls private."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.redaction.span import Span
from assistant.words import language_of, simplified

WORDS = """
a the my our your main big small left right front back top upper lower new old first second and of in on to do todo for all
kitchen bedroom bathroom living dining room hall hallway office study garage garden attic basement cellar balcony terrace patio
porch laundry nursery guest master kids house home flat apartment upstairs downstairs outside inside floor stairs door window
wall ceiling desk table bed bedside sofa couch corner light lights lamp lamps bulb fan heater heating thermostat radiator ac air
conditioner conditioning tv television speaker radio blind blinds curtain curtains shutter shutters plug socket switch lock
camera sensor vacuum robot oven fridge washer washing machine dryer dishwasher coffee maker kettle scene script movie night
morning work shopping grocery groceries list lists packing wish books movies films chores tasks errands gift gifts ideas school
party weekend holiday christmas food
"""

ORDINARY = frozenset(WORDS.split())
"""Words that name things everywhere, and nobody in particular."""

ORDINARY_ZH = re.compile(
    r"(?:厨房|卧室|主卧|次卧|客厅|餐厅|书房|浴室|卫生间|洗手间|阳台|车库|花园|走廊|玄关|儿童房|客房|办公室|地下室|楼上|楼下|门口|家里|家|公司|大门|窗户"
    r"|灯|吊灯|台灯|床头|床头灯|落地灯|灯带|空调|风扇|电扇|电视|音箱|窗帘|插座|开关|门锁|摄像头|扫地机|机器人|洗衣机|冰箱|热水器|暖气|加湿器|咖啡机|烤箱|电饭煲"
    r"|购物|待办|买菜|愿望|清单|列表|电影|书|礼物|旅行|的|大|小|主|左|右|前|后)+"
)

LONGEST = 60
"""Letters of a name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What Hark knows to be private."""

    names: Mapping[str, str] = field(default_factory=dict)
    """A name as it is written, and its kind: PERSON, PLACE, DEVICE, LIST, PRIVATE."""

    @classmethod
    def of(cls, **kinds: Iterable[str]) -> "Known":
        """Return names by kind, without those that name nobody in particular: `Known.of(person=["Anna"], place=["Foxhill"])`."""
        return cls(
            {
                name.strip(): kind.upper()
                for kind, names in kinds.items()
                for name in names
                if name.strip() and len(name) <= LONGEST and (kind == "private" or is_particular(name))
            }
        )


def is_particular(name: str) -> bool:
    """Tell whether a name is somebody's, and not a word for all things of its kind: "Anna's lamp" is, "the bedroom lamp" is not."""
    if language_of(name) == "zh":
        return len(name.strip()) > 1 and not ORDINARY_ZH.fullmatch(simplified(name.strip()))
    words = re.findall(r"[^\W_]+", name.casefold())
    return not all(word in ORDINARY or word.isdigit() or len(word) == 1 for word in words)


def names_in(text: str, known: Known) -> Iterator[Span]:
    """Yield where known names stand."""
    if not known.names:
        return
    pattern, kinds = compiled(tuple(sorted(known.names.items())))
    for found in pattern.finditer(simplified(text).casefold() if len(simplified(text).casefold()) == len(text) else text):
        yield Span(*found.span(), kinds[normal(found[0])])


@lru_cache(maxsize=8)
def compiled(names: tuple[tuple[str, str], ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds any of the names, the longest first, and their kinds."""
    kinds = {normal(name): kind for name, kind in names}
    either = "|".join(bounded(name) for name in sorted(kinds, key=len, reverse=True))
    return re.compile(either, re.IGNORECASE), kinds


def bounded(name: str) -> str:
    """Return the pattern of a name that is not part of a longer word; Chinese has no words to see."""
    inner = r"[\s_·・-]+".join(re.escape(word) for word in name.split())
    before = r"(?<![^\W_])" if re.match(r"[^\W_]", name) and name[0].isascii() else ""
    after = r"(?![^\W_])" if name[-1].isascii() and name[-1].isalnum() else ""
    if name.isascii():
        after = r"(?![A-Za-z0-9])" if name[-1].isalnum() else ""
        before = r"(?<![A-Za-z0-9])" if name[0].isalnum() else ""
    return before + inner + after


def normal(name: str) -> str:
    """Return a name as names are compared: narrow, lower case, single spaces."""
    return " ".join(re.split(r"[\s_·・-]+", simplified(name).casefold().strip()))
