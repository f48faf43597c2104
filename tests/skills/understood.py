"""What the built-in skills understand, for the tests of each."""

from functools import cache

from assistant.plugins import load_families
from assistant.testing import MORNING
from assistant.understanding import Understanding


@cache
def understanding():
    """Return the understanding of all installed skills."""
    return Understanding(load_families())


def meaning(text, language=None, now=MORNING):
    """Return the action and the slots of a sentence; None when it is not understood."""
    intent = understanding().understand(text, language, now)
    return (intent.action, intent.slots) if intent else None
