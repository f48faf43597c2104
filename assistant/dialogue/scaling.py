"""Half or twice of what was just set: "half of that", "twice as loud", 一半, 再大一倍."""

import re
from dataclasses import replace

from assistant.dialogue.memory import Exchange
from assistant.vocabulary import Intent

LEAD = r"^(?:(?:no|actually|and|now|then|ok(?:ay)?|make it|set it to|turn it (?:up|down) to|try|不|那|就|再|要|调到)[\s,，]*)*"
END = r"[\s.!。！]*$"

FACTORS = (
    (
        re.compile(
            LEAD + r"(?:half (?:of )?(?:that|it)|half as (?:much|loud|bright|fast|high)|那个?的?一半|减半|一半)吧?" + END, re.IGNORECASE
        ),
        0.5,
    ),
    (
        re.compile(
            LEAD + r"(?:double (?:that|it)|twice (?:that|as (?:much|loud|bright|fast|high))|大一倍|翻倍|两倍)吧?" + END, re.IGNORECASE
        ),
        2.0,
    ),
)

MEASURES = {"volume.set": "level", "home.set": "value"}
"""What can be halved, and the slot that has how much: of a hundred at most."""


def scaled(text: str, last: Exchange) -> Intent | None:
    """Return the last setting with half or twice its value; None when words mean neither, or nothing with a percentage was set."""
    slot = MEASURES.get(last.intent.action, "")
    value = last.intent.slots.get(slot)
    factor = next((factor for pattern, factor in FACTORS if pattern.match(text)), None)
    if factor is None or not isinstance(value, int | float) or last.intent.slots.get("property") == "temperature":
        return None
    return replace(last.intent, slots=last.intent.slots | {slot: min(100, round(value * factor))}, source="dialog", then=())
