"""A sentence that stands by itself means the same whatever was said before it."""

from datetime import datetime
from itertools import islice

import pytest

from assistant.dialogue.context import in_context
from assistant.dialogue.memory import Exchange
from assistant.examples import examples
from assistant.plugins import load_families
from assistant.slots import Env
from assistant.understanding import Understanding

NOW = datetime.fromisoformat("2026-11-24T15:00:00+01:00")

LEANING = {
    *("cancel that", "brighter", "dimmer", "pause", "resume", "cancel all of them", "set it to thirty percent"),
    *("取消", "亮一点", "暗一点", "暂停", "继续", "接着放"),
}
"""Short sentences that are about what was spoken of last, where there is such a thing, though they mean something without it."""

OWN = {"list.add", "list.remove"}
"""What may leave out the name of its list, and then is about the one spoken of last."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_example_of_any_action_is_bent_by_one_of_another(language):
    understanding = Understanding(load_families())
    before, sentences, bent = [], [], []
    for action in understanding.actions.values():
        for number, text in enumerate(islice(examples(action, language), 3)):
            if number == 0 and (intent := understanding.understand(text, language, NOW)):
                before.append(Exchange(text, intent, NOW.timestamp(), 1))
            if text not in LEANING and (intent := understanding.read(text, language, NOW)):
                sentences.append((text, intent))
    assert len(before) > 80
    assert len(sentences) > 200
    for text, intent in sentences:
        for exchange in before:
            revision = in_context(understanding, [exchange], Env(text, NOW, language))
            if not revision or (revision.intent.action, revision.intent.slots) == (intent.action, intent.slots):
                continue
            if revision.intent.action != intent.action or intent.action not in OWN:
                bent.append((text, intent.action, exchange.text, revision.intent.action, revision.intent.slots))
    assert not bent
