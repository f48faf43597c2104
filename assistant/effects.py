"""What an action may change, as far as that is known without running it."""

from collections.abc import Mapping

from assistant.skill import Action
from assistant.vocabulary import CHAT

ONLY_TELLS = frozenset(
    [
        *("time", "date", "list", "query", "convert", "define", "spell", "find", "state", "evaluate", "what", "recall", "read", "report"),
        *("remaining", "battery", "lookup", "help", "repeat", "why", "greet", "thanks", "bye", "joke", "coin", "dice", "number", "text"),
        *("summarise", "proofread", "rewrite"),
    ]
)
"""Verbs of actions that change nothing, which a mistake may call."""


def only_tells(name: str, actions: Mapping[str, Action]) -> bool:
    """Tell whether an action changes nothing."""
    action = actions.get(name)
    declared = action is not None and (action.reads or action.decides)
    return declared or name == CHAT or name.partition(".")[2] in ONLY_TELLS
