"""Several things said in a row: "milk, eggs and a loaf of bread", 面包、黄油还有果酱."""

import re
from collections.abc import Iterator, Sequence

from assistant.words import MAX_WORDS, Word

PAIRS = (
    *("mac and cheese", "macaroni and cheese", "salt and pepper", "fish and chips", "bangers and mash", "gin and tonic", "rum and coke"),
    *("peanut butter and jelly", "peanut butter and jam", "bread and butter", "half and half", "ham and cheese", "cheese and onion"),
    *("cookies and cream", "sweet and sour", "salt and vinegar", "oil and vinegar", "rice and peas", "pork and beans", "bubble and squeak"),
    *("head and shoulders", "black and decker", "ben and jerry's", "marks and spencer", "m and m's", "m and ms", "pick and mix"),
    *("bread and butter pudding", "chicken and mushroom", "steak and kidney", "surf and turf", "nuts and bolts", "bed and breakfast"),
    *("sausage and mash", "spaghetti and meatballs", "biscuits and gravy", "chicken and waffles", "cut and paste", "washing and ironing"),
)
"""What has an "and" in it and is one thing."""

JOINT = re.compile(
    r"""\s*[,，、;；\n]\s*(?:(?:and|plus|also|as\ well\ as)\b\s*|(?:还有|以及|和|再加上?|外加)\s*)?
      | \s+(?:and\s+also|and|plus|as\s+well\ as|&)\s+
      | \s*&\s*
      | \s*(?:还有|以及|再加上?|外加|加上)\s*
      | (?<=\w)(?<![平饱柔温共暖缓])\s*和\s*(?!牛(?![奶肉油腩排筋])|风(?![扇油筝])|平(?![底板])|[田服谐尚])(?=\w)
      | (?<=(?-i:[\u3400-\u9fff]))(?<!高)跟(?=(?-i:[\u3400-\u9fff]))(?!鞋)
      | (?<=(?-i:[\u3400-\u9fff]))(?<![参给])与(?=(?-i:[\u3400-\u9fff]))
      | (?<=(?-i:[\u3400-\u9fff]))\s+(?=(?-i:[\u3400-\u9fff]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
PAIR = re.compile(r"\b(?:" + "|".join(re.escape(pair).replace(r"\ ", r"\s+") for pair in PAIRS) + r")\b", re.IGNORECASE)
EDGES = " \t\n,，、;；.。!！?？"


def split_items(text: str) -> list[str]:
    """Return the things a text names, as said and in order; a known pair such as "mac and cheese" is one."""
    kept = [match.span() for match in PAIR.finditer(text)]
    items, start = [], 0
    for joint in JOINT.finditer(text):
        if not any(first < joint.end() and joint.start() < last for first, last in kept):
            items.append(text[start : joint.start()])
            start = joint.end()
    items.append(text[start:])
    return [item for part in items if (item := part.strip(EDGES))]


def find_items(words: Sequence[Word], at: int, text: str) -> Iterator[tuple[list[str], int]]:
    """Yield the words as a list of things, one word first, then ever more."""
    for end in range(at + 1, min(len(words), at + MAX_WORDS) + 1):
        if items := split_items(text[words[at].start : words[end - 1].end]):
            yield items, end
