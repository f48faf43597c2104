"""Slots: the values inside a sentence, found in its words, kept as Python values, shown as JSON.

A function's annotation chooses the type: `timedelta` is a duration, `Percent` a percentage, `Literal["up", "down"]` one of these words.
"""

from assistant.slots.kinds import Env, SlotType, Span, type_of

__all__ = ["Env", "SlotType", "Span", "type_of"]
