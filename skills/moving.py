"""Moving what is set already to another time: "change my alarm to eight", 会议改到三点. Shared by the alarms and the calendar."""

import re
from datetime import date, datetime

TO_ZH = "(?:改|挪|移|调|换|推迟|推|提前|延|延后)(?:到|至|成|为|在)"

MOVES = re.compile(
    rf"\b(?:change|move|reschedule|shift|push|bring|postpone|put (?:off|back|forward))\b|{TO_ZH}",
    re.IGNORECASE,
)
"""What is said of something that is there already."""

TO = re.compile(rf"^(.*)(?:\b(?:to|until|till)\b|{TO_ZH})", re.IGNORECASE)
"""What is moved, before the time it is moved to."""

DAY = re.compile(
    r"\b(?:today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|next|this|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|\d{1,2}(?:st|nd|rd|th))\b|[今明后]天|[今明]晚|[今明]早|周|星期|礼拜|[号日月]",
    re.IGNORECASE,
)
"""Words that name a day."""


def moves(heard: str) -> bool:
    """Tell whether words move something rather than make another."""
    return bool(MOVES.search(heard))


def moved_from(heard: str) -> str:
    """Return what words say of the thing that is moved; empty when they say nothing before the new time."""
    found = TO.match(heard)
    return found[1] if found else ""


def moved_to(heard: str) -> str:
    """Return what words say of the new time."""
    found = TO.match(heard)
    return heard[found.end() :] if found else ""


def on_its_day(moment: date, heard: str, start: datetime) -> date:
    """Return when something is to begin that began at `start`: on its own day, when words name but an hour."""
    if isinstance(moment, datetime) and not DAY.search(moved_to(heard)):
        return datetime.combine(start.date(), moment.time())
    if not isinstance(moment, datetime):
        return datetime.combine(moment, start.time())
    return moment
