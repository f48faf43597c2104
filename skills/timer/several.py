"""Several lengths of time said together: "5 and 10 minutes", "a minute, 3 minutes and an hour", 五分钟和十分钟."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from assistant.skill import duration_in, numbers_in, phrase

UNIT = re.compile(r"[\s-]*(hours?|hrs?|minutes?|mins?|seconds?|secs?|days?|个?小时|个?钟头|分钟?|秒钟?|天)(?![a-z])半?", re.IGNORECASE)
ARTICLE = re.compile(r"(half an?|an?)(?=\s)|半(?=个)", re.IGNORECASE)
"""What may stand in a number's place."""

JOINT = re.compile(
    r"\s*(?:,\s*and\b|,|\band\b|&|和|跟|与|、|，|还有|以及)\s*"
    r"(?:(?:(?:the )?(?:one|other(?: one)?|another(?: one)?)|a (?:second|third)(?: one)?) (?:for|of|at)\s+)?",
    re.IGNORECASE,
)

EACH = re.compile(r"\b(?:other|another|second|third)(?: one)? for\b", re.IGNORECASE)
"""What says that a number behind it is a length of its own."""


def article(text: str, at: int) -> tuple[str, int] | None:
    """Return what stands in a number's place, and its end."""
    found = ARTICLE.match(text, at)
    return (found[0], found.end()) if found else None


def amounts(text: str, start: int) -> list[tuple[str, str, int]]:
    """Return the amounts said one after the other from a place in a text on: number, unit (empty when left out), and end."""
    numbers = {begin: (text[begin:end], end) for _, begin, end in numbers_in(text)}
    found: list[tuple[str, str, int]] = []
    at = start
    while at >= 0 and (begins := numbers.get(at) or article(text, at)):
        number, end = begins
        unit = UNIT.match(text, end)
        end = unit.end() if unit else end
        found.append((number, unit[0].strip(" -") if unit else "", end))
        joint = JOINT.match(text, end)
        at = joint.end() if joint else -1
    return found


def find_several(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where several amounts that begin at a place end; the last one has its unit."""
    found = amounts(text, start)
    for count in range(len(found), 1, -1):
        if found[count - 1][1] or (found[0][1] and EACH.search(text, start, found[count - 1][2])):
            yield start, found[count - 1][2]


def several(text: str) -> list[timedelta]:
    """Return the durations; a number without a unit has that of the next one that has. Empty when it is none."""
    each: list[timedelta | None] = []
    text = text.strip()
    said = amounts(text, 0)
    unit = said[0][1] if said else ""
    for number, own, _ in reversed(said if said and said[-1][2] == len(text) else []):
        unit = own or unit
        each.append(duration_in(f"{number} {unit}"))
    known = [duration for duration in reversed(each) if duration is not None]
    return known if len(known) == len(each) else []


Durations = Annotated[
    str, phrase("durations", find_several, en=["5 and 10 minutes", "3 minutes and an hour"], zh=["五分钟和十分钟", "3和5分钟"])
]
