"""Names without the words that only point at them: 面条那个 is 面条, 饕餮两个字 is 饕餮, 起床的 is 起床."""

import re
from typing import Any

NAMES = frozenset({"label", "name", "query", "word", "topic", "list", "place"})
"""Slots that name something; what is noted down is left as said."""

BEFORE = re.compile(r"^(?:那个|这个|我那个|我这个|那份|这份|那首|名叫|名字叫|一个叫)(?=.)")
TOWARDS = re.compile(r"^(?:要?去趟?|去一趟|到|在|比)(?=[\u3400-\u9fff]{2})")
"""What is said before a place that somebody goes to."""

AFTER = re.compile(r"(?<=.)(?:的那个|那个|这个|那套|那份|这份|(?:这)?[两三四]个字|这个词|这个字|这个成语|是谁|是啥|是什么|是什么东西|的)$")


def tidy(slot: str, value: Any) -> Any:
    """Return the value of a slot without words that point; of another kind of value it is the same."""
    if slot not in NAMES or not isinstance(value, str):
        return value
    if slot == "place":
        value = TOWARDS.sub("", value)
    return AFTER.sub("", BEFORE.sub("", value)).strip() or value
