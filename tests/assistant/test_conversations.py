"""Conversations of several turns, each a script: what is said, what is done, what is answered."""

import json
import re
from pathlib import Path

import pytest

from assistant.bench.house import House
from assistant.fake_players import FakePlayers
from assistant.skill import Thing
from skills.weather.forecast import FORECAST
from skills.weather.places import GEOCODING
from tests.assistant.test_brain import Conversation
from tests.skills.test_weather import LEEDS, forecast

SCRIPTS = Path(__file__).parents[1] / "conversations"

EXPECTED = re.compile(r"(\S+) (\{.*?\})((?: \+\S+ \{.*?\})*) (\w+) \|(.*)")

BEDROOM, KITCHEN, LIVING = ("Bedroom", "卧室"), ("Kitchen", "厨房"), ("Living Room", "客厅")

HOUSE = [
    Thing("light.bedroom", ("Bedroom Light", "卧室灯"), BEDROOM),
    Thing("light.kitchen", ("Kitchen Light", "厨房灯"), KITCHEN),
    Thing("light.living", ("Living Room Lamp", "客厅灯"), LIVING),
    Thing("fan.bedroom", ("Bedroom Fan", "卧室风扇"), BEDROOM),
    Thing("climate.living", ("Thermostat", "空调"), LIVING, attributes={"temperature": 20, "current_temperature": 19}),
    Thing("cover.garage", ("Garage Door", "车库门"), ("Garage", "车库"), attributes={"device_class": "garage"}),
    Thing("lock.front", ("Front Door", "大门"), ("Hall", "玄关")),
]


class Loudness:
    """A mixer in memory."""

    def __init__(self):
        self.percent, self.is_muted = 50.0, False

    def volume(self):
        return self.percent

    def set_volume(self, percent):
        self.percent = percent

    def muted(self):
        return self.is_muted

    def set_muted(self, muted):
        self.is_muted = muted


class Web:
    """The weather service, which knows one place by any name."""

    async def get(self, purpose, url, params):
        found = {"results": [LEEDS["results"][0] | {"name": params.get("name", "Leeds")}]}
        return json.dumps({GEOCODING: found, FORECAST: forecast()}[url])


def at_home(tmp_path):
    """Return a conversation with a house, a loudspeaker, a player and the weather at hand."""
    talk = Conversation(tmp_path)
    around = talk.app.around
    around.house, around.mixer, around.egress, around.players = House(HOUSE), Loudness(), Web(), FakePlayers()
    return talk


def conversations():
    for path in sorted(SCRIPTS.glob("*.txt")):
        for number, block in enumerate(path.read_text("utf-8").strip().split("\n\n"), 1):
            yield pytest.param(block.splitlines(), id=f"{path.stem}-{number}")


def summary(intent):
    """Return an intent, with those behind it, as scripts write it."""
    if intent is None:
        return "-", {}, []
    return intent.action, intent.slots, [(step.action, step.slots) for step in intent.then]


@pytest.mark.parametrize("script", list(conversations()))
async def test_a_conversation_goes_as_written(script, tmp_path):
    talk = at_home(tmp_path)
    reply = ""
    for line in script:
        if line.startswith("... "):
            talk.clock.advance(float(line.removeprefix("... ").removesuffix(" s")))
        elif line.startswith("> "):
            reply = await talk.say(line.removeprefix("> "))
        else:
            action, slots, then, outcome, words = EXPECTED.fullmatch(line).groups()
            others = [(name, json.loads(values)) for name, values in re.findall(r"\+(\S+) (\{.*?\})", then)]
            assert (*summary(talk.turn.intent), str(talk.outcome)) == (action, json.loads(slots), others, outcome), talk.turn.heard.text
            assert words.strip() in reply, talk.turn.heard.text
    talk.app.close()
