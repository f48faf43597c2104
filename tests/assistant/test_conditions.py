"""Requests that hang on something: decided by an action that can tell, asked about where none can, never carried out regardless."""

import json
from datetime import datetime

import pytest

from assistant.app import open_app
from assistant.bench.house import House
from assistant.clock import VirtualClock
from assistant.conditions import has_condition
from assistant.config import Config, Places
from assistant.reasoning.reasoner import Reasoner
from assistant.things import Thing
from assistant.vocabulary import Outcome, Understood
from skills.weather.places import GEOCODING
from tests.assistant.test_brain import Conversation
from tests.assistant.test_reasoning import Script
from tests.skills.test_weather import LEEDS, forecast

MONDAY = datetime.fromisoformat("2026-11-23T15:00:00+00:00")

RAIN = {"_1": {"precipitation_probability": 80, "precipitation": 1.0, "weather_code": 61}}
PERHAPS = {"_1": {"precipitation_probability": 35}}
SNOW = {"_1": {"snowfall": 1.0, "weather_code": 73, "precipitation_probability": 90}}


@pytest.fixture
def talk(tmp_path):
    """Give a conversation in Leeds; `talk.days` is the weather, by days from now, None where the net is away."""
    conversation = Conversation(tmp_path, VirtualClock(MONDAY), Config(skill={"weather": {"place": "Leeds"}}))
    conversation.days = {}

    async def get(_family, url, _params):
        if conversation.days is None:
            raise OSError("away")
        return json.dumps(LEEDS if url.startswith(GEOCODING) else forecast(**conversation.days))

    conversation.app.around.egress.get = get
    yield conversation
    conversation.app.close()


async def reminders(talk):
    return [(ring.text, ring.at.strftime("%d %H:%M")) for ring in await talk.app.rings.all("reminder")]


UMBRELLA = "if it rains tomorrow, remind me at eight to take an umbrella"


@pytest.mark.parametrize(
    ("text", "said", "kept"),
    [
        (UMBRELLA, "rain is likely", "take an umbrella"),
        ("Remind me at eight to take an umbrella if it rains tomorrow", "rain is likely", "take an umbrella"),
        ("if it rains tomorrow remind me at eight to take an umbrella", "rain is likely", "take an umbrella"),
        ("如果明天下雨，八点提醒我带伞", "会下雨", "带伞"),
        ("要是明天下雨的话就八点提醒我带伞", "会下雨", "带伞"),
    ],
)
async def test_what_is_so_is_told_and_then_done_on_the_day_it_is_about(talk, text, said, kept):
    talk.days = RAIN
    assert said in await talk.say(text)
    assert await reminders(talk) == [(kept, "24 08:00")]
    assert talk.outcome is Outcome.DONE
    (understood,) = [event for event in talk.events if isinstance(event, Understood)]
    assert (understood.action, [step.action for step in understood.then]) == ("weather.report", ["reminder.set"])
    await talk.say("undo that")
    assert await reminders(talk) == []


async def test_what_is_not_so_is_told_and_nothing_done(talk):
    said = await talk.say(UMBRELLA)
    assert "stay dry" in said
    assert "So I left the rest." in said
    assert await reminders(talk) == []
    assert "所以后面的就没有做" in await talk.say("如果明天下雨，八点提醒我带伞")


@pytest.mark.parametrize(
    "text",
    [
        "if it doesn't rain tomorrow, remind me at nine to water the plants",
        "if it stays dry tomorrow remind me at nine to water the plants",
        "unless it rains tomorrow remind me at nine to water the plants",
        "remind me at nine to water the plants unless it rains tomorrow",
        "如果明天不下雨，九点提醒我浇花",
    ],
)
async def test_what_hangs_on_the_opposite_is_done_on_a_dry_day_and_not_on_a_wet_one(talk, text):
    talk.days = RAIN
    await talk.say(text)
    assert await reminders(talk) == []
    talk.days = {}
    await talk.say(text)
    assert [at for _, at in await reminders(talk)] == ["24 09:00"]


async def test_what_is_open_is_told_and_asked(talk):
    talk.days = PERHAPS
    said = await talk.say(UMBRELLA)
    assert "perhaps" in said
    assert "Shall I" in said
    assert "8:00 am" in said
    assert await reminders(talk) == []
    await talk.say("yes please")
    assert await reminders(talk) == [("take an umbrella", "24 08:00")]


async def test_what_cannot_be_found_out_does_nothing_whichever_way_round(talk):
    talk.days = None
    for text in (UMBRELLA, "unless it rains tomorrow remind me at nine to water the plants"):
        await talk.say(text)
        assert talk.outcome is Outcome.FAILED
        await talk.say("yes")
    assert await reminders(talk) == []


async def test_a_place_that_is_asked_for_first_does_not_lose_the_condition(talk):
    talk.app.around.settings["weather"]["place"] = ""
    assert "which place" in await talk.say(UMBRELLA)
    assert "stay dry" in await talk.say("Leeds")
    assert await reminders(talk) == []


async def test_several_requests_hang_on_the_same(talk):
    text = "if it snows tomorrow wake me at six and set a timer for ten minutes"
    await talk.say(text)
    assert not await talk.app.timers.all()
    talk.days = SNOW
    await talk.say(text)
    assert len(await talk.app.timers.all()) == 1
    assert [ring.at.strftime("%d %H:%M") for ring in await talk.app.rings.all("alarm")] == ["24 06:00"]


@pytest.mark.parametrize(
    ("state", "text", "calls"),
    [
        ("open", "if the garage door is open close it", 1),
        ("closed", "if the garage door is open close it", 0),
        ("open", "如果车库门开着就关上", 1),
        ("closed", "如果车库门开着就把它关上", 0),
        ("closed", "if the garage door isn't closed, close it", 0),
        ("unavailable", "if the garage door is open close it", 0),
    ],
)
async def test_the_house_is_asked_before_it_is_changed(talk, state, text, calls):
    house = House([Thing("cover.garage", ("Garage door", "车库门"), state=state, attributes={"device_class": "garage"})])
    talk.app.around.house = house
    await talk.say(text)
    assert len(house.calls) == calls


@pytest.mark.parametrize(
    "text", ["if the frobs are zonked, turn on the lamp", "turn on the lamp if the frobs are zonked", "如果老板心情好就打开台灯"]
)
async def test_what_hangs_on_something_that_nobody_here_can_tell_takes_a_yes(talk, text):
    house = House([Thing("light.lamp", ("Lamp", "台灯"))])
    talk.app.around.house = house
    said = await talk.say(text)
    assert talk.turn.asks == "yes", said
    assert not house.calls
    await talk.say("yes")
    assert len(house.calls) == 1


@pytest.mark.parametrize(
    "text",
    [
        "if you could, set a timer for ten minutes",
        "set a timer for ten minutes, if you don't mind",
        "remind me at five to ask mum if she wants tea",
        "如果可以的话，设一个十分钟的计时器",
        "add limes to my list unless they're already on it",
        "if i tell you lights out, switch off the bedroom lamp and set an alarm for seven",
        "如果我说安静，暂停音乐并且音量调到零",
    ],
)
async def test_what_needs_no_looking_is_no_condition(talk, text):
    await talk.say(text)
    assert talk.outcome is Outcome.DONE


@pytest.mark.parametrize("text", ["tell me if it will rain tomorrow", "check if the door is locked", "what if I fall", "see if it rains"])
def test_whether_is_no_condition(text):
    assert not has_condition(text)


class Thinking:
    """A conversation with a scripted model, in which the words with "zonk" are understood by nobody else."""

    def __init__(self, folder, calls):
        self.app = open_app(Places(str(folder)), Config(skill={"weather": {"place": "Leeds"}}), VirtualClock(MONDAY))
        self.days = {}

        async def get(_family, url, _params):
            return json.dumps(LEEDS if url.startswith(GEOCODING) else forecast(**self.days))

        self.app.around.egress.get = get
        quick = self.app.understanding.understand
        self.app.understanding.understand = lambda text, *rest: None if "zonk" in text else quick(text, *rest)
        self.app.brain.thinker = Reasoner(Script(calls), self.app.understanding, self.app.journal)

    say = Conversation.say


@pytest.fixture
def think(tmp_path):
    made = []

    def make(*calls):
        made.append(Thinking(tmp_path, [*calls, ("done", {})]))
        return made[-1]

    yield make
    for each in made:
        each.app.close()


START = ("timer.start", {"duration": "eleven minutes", "label": "blorbs"})
ODD = "if any blorb countdown thingy is on, eleven minutes zonk for the blorbs"


async def test_a_model_that_skips_the_condition_needs_a_yes(think):
    talk = think(START)
    said = await talk.say(ODD)
    assert "Shall I" in said
    assert not await talk.app.timers.all()
    await talk.say("yes")
    assert len(await talk.app.timers.all()) == 1


async def test_a_model_that_looks_first_may_do_what_the_words_ask_for(think):
    talk = think(("timer.remaining", {}), START)
    await talk.say(ODD)
    assert [timer.label for timer in await talk.app.timers.all()] == ["blorbs"]
    assert [step.action for step in (talk.turn.intent, *talk.turn.intent.then)] == ["timer.remaining", "timer.start"]


WET = "if the zonk weather gets wet tomorrow, remind me at eight to take an umbrella"
LOOK = ("weather.report", {"date": "tomorrow", "aspect": "rain"})
SET = ("reminder.set", {"moment": "at eight", "text": "take an umbrella"})


async def test_steps_of_different_families_are_taken_one_after_the_other_and_each_is_shown(think):
    talk = think(LOOK, SET)
    said = await talk.say(WET)
    assert "stay dry" in said
    assert [event.action for event in talk.events if isinstance(event, Understood)][1:] == ["weather.report", "reminder.set"]
    assert await reminders(talk) == [("take an umbrella", "24 08:00")]  # it has looked, and the words ask for it
    told = [messages for system, messages in talk.app.brain.thinker.model.told if "reminder.set" in system]
    assert "stay dry" in str(told[0]), "what came of the first step is told to the second"


async def test_a_second_step_with_values_nobody_said_needs_a_yes(think):
    talk = think(LOOK, ("reminder.set", {"moment": "at eight", "text": "send Bob the money"}))
    said = await talk.say(WET)
    assert "send Bob the money" in said
    assert talk.turn.asks == "yes"
    assert await reminders(talk) == []
