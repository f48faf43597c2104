"""What the cloud proposes to be done: told of, asked about, and done only after a yes; what it may know of comes from a preview alone."""

import json

import pytest

from assistant.cloud.proposals import LONGEST_CALL, MOST_CALLS, Calls
from assistant.vocabulary import Outcome
from skills import agenda
from tests.cloud_provider import ASK, MONDAY, talking

EGGS = "ask the cloud how long to boil eggs and set a timer for that"
ERRANDS = "ask the cloud what I need for pancakes, put it on my shopping list and set a timer for the batter"
DAY = "ask the cloud whether I have time for a run and check what is on my calendar tomorrow"


def call(name, number=0, **values):
    """Return a call as one part."""
    return [{"index": number, "id": f"c{number}", "type": "function", "function": {"name": name, "arguments": json.dumps(values)}}]


def sent(talk):
    """Return the last body that was sent."""
    return json.loads(talk.there.bodies[-1])


def timers(talk):
    """Return how many timers there are."""
    return len(talk.app.store.rows("SELECT * FROM timer"))


def on_lists(talk):
    """Return the texts of everything on lists."""
    return [json.loads(row["data"]) for row in talk.app.store.rows("SELECT data FROM record WHERE kind LIKE 'list%'")]


async def test_a_change_is_proposed_with_its_values_and_done_after_a_yes(tmp_path):
    async with talking(tmp_path) as talk:
        talk.there.says = ["Eight minutes make a firm yolk."]
        name, values = '{"name": "timer-start", "arguments": ""}', '{"duration": "8 minutes"}'
        parts = [json.loads(name), *({"arguments": values[at : at + 5]} for at in range(0, len(values), 5))]
        talk.there.calls = [[{"index": 0, "function": part}] for part in parts]
        assert "Shall I send" in await talk.say(EGGS)
        assert await talk.say("yes") == "Eight minutes make a firm yolk. Shall I do this: set a timer for 8 minutes?"
        assert talk.turn.outcome is Outcome.ASKED
        assert timers(talk) == 0
        await talk.say("yes")
        assert timers(talk) == 1
        offered = {tool["function"]["name"]: tool["function"] for tool in sent(talk)["tools"]}
        assert offered["timer-start"]["parameters"]["required"] == ["duration"]
        assert await talk.say("undo that")
        assert timers(talk) == 0
        assert talk.there.connections == 1


@pytest.mark.parametrize("reply", ["no", "never mind", "what time is it"])
async def test_without_a_yes_nothing_is_done(tmp_path, reply):
    async with talking(tmp_path) as talk:
        talk.there.calls = [call("timer-start", duration="8 minutes")]
        await talk.say(EGGS)
        await talk.say("yes")
        await talk.say(reply)
        assert timers(talk) == 0
        assert talk.there.connections == 1


async def test_several_changes_are_asked_about_together(tmp_path):
    async with talking(tmp_path) as talk:
        talk.there.says = []
        talk.there.calls = [call("list-add", 0, items=["flour", "eggs", "milk"]), call("timer-start", 1, duration="20 minutes")]
        await talk.say(ERRANDS)
        said = await talk.say("yes")
        assert said == "Shall I do this: add flour, eggs, and milk to the list, and set a timer for 20 minutes?"
        assert not on_lists(talk)
        assert timers(talk) == 0
        await talk.say("yes")
        assert timers(talk) == 1
        assert "milk" in json.dumps(on_lists(talk))


async def test_names_the_cloud_was_not_told_are_put_back_into_what_it_proposes(tmp_path):
    async with talking(tmp_path) as talk:
        await talk.say("remember that my sister is called Annabel")
        talk.there.calls = [call("reminder-set", text="call [PERSON_1] about the soup", moment="at five in the afternoon")]
        await talk.say("ask the cloud how to cook soup for Annabel and remind me to call her at five")
        said = await talk.say("yes")
        assert b"Annabel" not in talk.there.bodies[-1]
        assert "call Annabel about the soup" in said
        assert "PERSON" not in said


async def test_what_the_cloud_wants_to_know_is_told_here_and_sent_only_after_it_was_shown(tmp_path):
    async with talking(tmp_path) as talk:
        folder = tmp_path / "calendar"
        folder.mkdir()
        at = MONDAY.replace(tzinfo=None, day=24, hour=18)
        agenda.add(folder, {}, "dentist", at, at - at.replace(hour=17), {})
        talk.there.says, talk.there.calls = [], [call("calendar-query", date="tomorrow")]
        await talk.say(DAY)
        said = await talk.say("yes")
        assert "dentist" in said
        assert (
            "Shall I send “whether I have time for a run and check what is on my calendar tomorrow. I know: You have one thing tomorrow"
            in said
        )
        assert talk.there.connections == 1
        talk.there.says, talk.there.calls = ["Run before six."], []
        assert await talk.say("yes") == "Run before six."
        shown = said.partition("“")[2].partition("”")[0]
        assert talk.there.asked == shown
        assert "dentist" in shown
        talk.there.says, talk.there.calls = [], [call("calendar-query", date="tomorrow")]
        await talk.say(DAY)
        await talk.say("yes")
        await talk.say("no")
        assert talk.there.connections == 3
        assert "dentist" not in talk.there.asked


async def test_always_sends_no_answers_of_tools(tmp_path):
    async with talking(tmp_path) as talk:
        await talk.say("ask the cloud how to make soup")
        await talk.say("always for cooking questions")
        before = talk.there.connections
        talk.there.says, talk.there.calls = [], [call("list-read", list="shopping")]
        said = await talk.say("ask the cloud what to cook for dinner and check what is on my shopping list")
        assert talk.there.connections == before + 1
        assert "Shall I send" in said
        assert talk.sent[-1].consent == "always: cooking"


async def test_what_would_go_to_another_service_takes_a_yes(tmp_path):
    async with talking(tmp_path) as talk:
        talk.app.around.egress.allow("weather")
        talk.there.says, talk.there.calls = [], [call("weather-report", place="Evilville")]
        await talk.say("ask the cloud what to do and check the weather for tomorrow")
        said = await talk.say("yes")
        assert talk.turn.outcome is Outcome.ASKED
        assert "Evilville" in said
        assert len(talk.sent) == 1


@pytest.mark.parametrize(
    "calls",
    [
        [call("note-delete", text="all")],  # no tool it was told of
        [call("timer.start", duration="8 minutes")],
        [call("timer-start", duration="a purple while")],
        [[{"index": 0, "function": {"name": "timer-start", "arguments": '{"duration": "8 min'}}]],
        [[{"index": 0, "function": {"name": "timer-start", "arguments": "[1, 2]"}}]],
        [[{"index": "x", "function": None}], ["junk"], [None]],
        [[{"index": 0, "function": {"name": "timer-start", "arguments": "[" * 9000}}]],
    ],
)
async def test_calls_that_are_none_do_nothing(tmp_path, calls):
    async with talking(tmp_path) as talk:
        talk.there.calls = calls
        await talk.say(EGGS)
        said = await talk.say("yes")
        assert said.startswith("The sky is blue because of scattering.")
        await talk.say("yes")
        assert timers(talk) == 0


async def test_no_more_is_told_of_than_a_question_may_want(tmp_path):
    async with talking(tmp_path) as talk:
        await talk.say(ASK)
        await talk.say("yes")
        assert "tools" not in sent(talk)
    async with talking(tmp_path, tools=False) as talk:
        talk.there.calls = [call("timer-start", duration="8 minutes")]
        await talk.say(EGGS)
        assert "Shall I" not in await talk.say("yes")
        assert "tools" not in sent(talk)


def test_calls_are_bounded():
    calls = Calls()
    for number in range(50):
        calls.feed(call("timer-start", number, duration="x" * 10 * LONGEST_CALL))
    assert len(calls._parts) == MOST_CALLS
    assert all(len(text) <= LONGEST_CALL + 1 for parts in calls._parts.values() for text in parts)
