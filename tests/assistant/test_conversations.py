"""Conversations of several turns, each a script: what is said, what is done, what is answered."""

import json
import re
from pathlib import Path

import pytest

from tests.assistant.test_brain import Conversation

SCRIPTS = Path(__file__).parents[1] / "conversations"

EXPECTED = re.compile(r"(\S+) (\{.*\}) (\w+) \|(.*)")


def conversations():
    for path in sorted(SCRIPTS.glob("*.txt")):
        for number, block in enumerate(path.read_text("utf-8").strip().split("\n\n"), 1):
            lines = block.splitlines()
            yield pytest.param(list(zip(lines[::2], lines[1::2], strict=True)), id=f"{path.stem}-{number}")


@pytest.mark.parametrize("script", list(conversations()))
async def test_a_conversation_goes_as_written(script, tmp_path):
    talk = Conversation(tmp_path)
    for said, expected in script:
        action, slots, outcome, words = EXPECTED.fullmatch(expected).groups()
        reply = await talk.say(said.removeprefix("> "))
        intent = talk.turn.intent
        got = (intent.action if intent else "-", intent.slots if intent else {}, str(talk.outcome))
        assert got == (action, json.loads(slots), outcome), said
        assert words.strip() in reply, said
    talk.app.close()
