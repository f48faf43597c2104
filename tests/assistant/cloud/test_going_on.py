"""The cloud in the middle of a conversation: older questions, rules that come and go, and what its answers are called afterwards."""

from contextlib import closing

import pytest

from assistant.cli import main
from assistant.cloud.rules import ALWAYS, NEVER, Rules
from assistant.config import Places
from assistant.store import open_store
from tests.assistant.cloud.test_proposals import EGGS, call, timers
from tests.cloud_provider import ASK, Talk, provider, talking


@pytest.mark.parametrize("reply", ["yes", "no", "hm"])
async def test_a_yes_after_a_question_to_the_cloud_is_for_nothing_older(tmp_path, reply):
    async with talking(tmp_path) as talk:
        await talk.say("take a note that the key is under the mat")
        assert "Delete" in await talk.say("delete the note about the key")
        await talk.say(ASK)
        await talk.say(reply)
        await talk.say("yes")
        assert "under the mat" in await talk.say("what does my note about the key say")


async def test_a_value_that_is_asked_for_still_comes_after_a_question_to_the_cloud(tmp_path):
    async with talking(tmp_path) as talk:
        assert "how long" in (await talk.say("set a timer")).lower()
        await talk.say(ASK)
        await talk.say("no")
        await talk.say("ten minutes")
        assert timers(talk) == 1


async def test_always_holds_for_the_address_it_was_said_to(tmp_path):
    async with talking(tmp_path) as talk:
        await talk.say("ask the cloud how long to boil an egg")
        await talk.say("always for cooking questions")
        before = talk.there.connections
        rules = Rules(talk.app.store, "another.example.com")
        assert rules.rule_for("how long do I boil rice") == ("", "")
        assert talk.app.brain.cloud.desk.rules.rule_for("how long do I boil rice") == (ALWAYS, "cooking")
        assert "I'm asking" in await talk.say("how long do I boil rice")
        assert talk.there.connections == before + 1


def test_switching_the_cloud_off_ends_every_always(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    assert main(["cloud", "use", "deepseek"]) == 0
    with closing(open_store(Places().store_file)) as store:
        rules = Rules(store, "api.deepseek.com")
        rules.decide("cooking", ALWAYS)
        rules.decide("health", NEVER)
    main(["cloud", "topics"])
    assert "to api.deepseek.com alone" in capsys.readouterr().out
    main(["cloud", "off"])
    assert "asks again about: cooking" in capsys.readouterr().out
    main(["cloud", "topics"])
    assert capsys.readouterr().out.split() == ["never", "health"]


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("ask me again about cooking", "health"),
        ("forget what I said about cooking questions", "health"),
        ("做饭的问题还是问我", "health"),
        ("always ask me first", ""),
        ("每次都问我", ""),
    ],
)
async def test_what_was_decided_is_taken_back_by_voice(tmp_path, said, left):
    async with talking(tmp_path) as talk:
        await talk.say("never for health questions")
        await talk.say("always for cooking questions")
        assert talk.app.brain.cloud.desk.rules.all() == {"health": "never", "cooking": "always"}
        await talk.say(said)
        assert ",".join(talk.app.brain.cloud.desk.rules.all()) == left
        assert "Shall I send" in await talk.say("ask the cloud how long I boil rice")


async def test_a_rule_without_a_topic_is_about_the_question_it_answers(tmp_path):
    async with talking(tmp_path) as talk:
        await talk.say("ask the cloud how long to boil an egg")
        assert "cooking" in await talk.say("only when I say so")
        assert talk.app.brain.cloud.desk.rules.all() == {"cooking": "on request"}
        assert "any" in await talk.say("never ask the cloud")
        assert talk.app.brain.cloud.desk.rules.all()["all"] == "never"
        await talk.say("never")
        assert len(talk.app.brain.cloud.desk.rules.all()) == 2


@pytest.mark.parametrize("first", ["why is the sky blue", "ask the cloud why is the sky blue"])
async def test_ask_the_cloud_is_about_the_last_question_not_the_last_answer(tmp_path, first):
    async with talking(tmp_path) as talk:
        await talk.say(first)
        await talk.say("yes")
        assert "“why is the sky blue”" in await talk.say("ask the cloud")
        await talk.say("no")
        assert "“why is the sky blue”" in await talk.say("问云端")


async def test_what_was_proposed_is_undone_by_its_own_name(tmp_path):
    async with talking(tmp_path) as talk:
        talk.there.calls = [call("timer-start", duration="8 minutes")]
        await talk.say(EGGS)
        await talk.say("yes")
        await talk.say("yes")
        assert timers(talk) == 1
        assert await talk.say("undo that") == "Undone: set a timer for 8 minutes."


async def test_a_claim_is_set_right_once_and_not_before_a_proposal(tmp_path):
    async with talking(tmp_path) as talk:
        talk.there.says = ["I have set a timer for you. ", "I've added it to your list. ", "Eight minutes is firm."]
        await talk.say(EGGS)
        assert (await talk.say("yes")).count("I can only talk") == 1
        talk.there.calls = [call("timer-start", duration="8 minutes")]
        await talk.say(EGGS)
        assert await talk.say("yes") == "Eight minutes is firm. Shall I do this: set a timer for 8 minutes?"


async def test_an_own_address_may_be_called_by_any_name(tmp_path):
    async with provider() as there:
        talk = Talk(tmp_path, there)
        assert "“why is the sky blue”" in await talk.say("ask deepseek why is the sky blue")
        assert "“天空为什么是蓝色的”" in await talk.say("问千问天空为什么是蓝色的")
        talk.app.close()


async def test_a_running_hark_sends_nothing_once_the_settings_say_otherwise(tmp_path):
    async with talking(tmp_path) as talk:
        assert "Shall I send" in await talk.say(ASK)
        (tmp_path / "config.toml").write_text('[cloud]\nprovider = "deepseek"\n')
        assert "settings of the cloud were changed" in await talk.say("yes")
        assert "settings of the cloud were changed" in await talk.say(ASK)
        assert talk.turn.asks is None
        assert talk.there.connections == 0


async def test_topics_are_called_as_people_call_them(tmp_path):
    async with talking(tmp_path) as talk:
        await talk.say("问云端鸡蛋煮多久")
        assert "做饭" in await talk.say("做饭的问题永远不要")
        said = await talk.say("问云端汤怎么煮")
        assert "做饭的问题不要发出去" in said
        assert talk.there.connections == 0


def test_an_address_is_taken_as_documentation_shows_it(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("HARK_HOME", str(tmp_path))
    assert main(["cloud", "use", "--url", "http://127.0.0.1:8000/v1/chat/completions", "--model", "qwen3"]) == 0
    assert "address      http://127.0.0.1:8000/v1\n" in capsys.readouterr().out
    assert main(["cloud", "use", "own"]) == 1
    assert "hark cloud use --url" in capsys.readouterr().err
