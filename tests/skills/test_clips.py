"""What the recorded commands mean, and that ordinary talk means nothing."""

import tomllib
from pathlib import Path

import pytest

from tests.skills.understood import meaning

SCRIPT = tomllib.loads((Path(__file__).parents[1] / "clips" / "script.toml").read_text("utf-8"))


@pytest.mark.parametrize("command", SCRIPT["command"], ids=lambda command: command["text"])
def test_a_recorded_command_is_understood_from_its_words(command):
    assert meaning(command["text"]) == (command["action"], command.get("slots", {}))


@pytest.mark.parametrize("text", [*SCRIPT["talk"]["near_misses"], *SCRIPT["talk"]["ordinary"]])
def test_ordinary_talk_is_no_command(text):
    assert meaning(text) is None
