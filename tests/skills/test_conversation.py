"""Talk about the talk."""

from datetime import UTC, datetime

import pytest

from assistant.fake_players import TUNES
from assistant.players import OWN, Player, Queue
from assistant.skill import CannotDo
from assistant.testing import FakeContext, take_back
from skills import conversation
from tests.skills.understood import meaning


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("help", "help"),
        ("what can you do", "help"),
        ("what can I say?", "help"),
        ("你会做什么", "help"),
        ("你能做什么", "help"),
        ("say that again", "repeat"),
        ("I didn't hear that, could you repeat it", "repeat"),
        ("what did you say", "repeat"),
        ("再说一遍", "repeat"),
        ("你刚才说什么", "repeat"),
        ("stop", "stop"),
        ("be quiet", "stop"),
        ("that's enough", "stop"),
        ("停", "stop"),
        ("别说了", "stop"),
        ("undo", "undo"),
        ("undo that", "undo"),
        ("take that back", "undo"),
        ("cancel that", "undo"),
        ("撤销", "undo"),
        ("撤销刚才的操作", "undo"),
        ("why was that slow", "why"),
        ("what took you so long", "why"),
        ("为什么这么慢", "why"),
        ("hello", "greet"),
        ("good morning jarvis", "greet"),
        ("你好", "greet"),
        ("thank you very much", "thanks"),
        ("谢谢你", "thanks"),
        ("goodbye", "bye"),
        ("再见", "bye"),
    ],
)
def test_what_people_say_about_the_talk(text, action):
    assert meaning(text) == (f"assistant.{action}", {})


async def test_help_quotes_one_sentence_of_each_of_a_few_families():
    sentences = {f"family {number}": [f"say {number}", "more"] for number in range(9)}
    reply = await conversation.help_(FakeContext(sentences=sentences))
    assert "“say 0”" in reply.en
    assert "more" not in reply.en
    assert "“say 8”" not in reply.en
    assert "“say 0”" in reply.zh


async def test_help_without_skills_says_where_to_look():
    assert "hark skills" in (await conversation.help_(FakeContext())).en


async def test_the_last_reply_is_said_again_word_for_word():
    assert (await conversation.repeat(FakeContext(said="It's ten."))).en == "It's ten."
    assert (await conversation.repeat(FakeContext())).en == "I haven't said anything yet."


async def test_stop_silences_what_rings():
    ctx = FakeContext(ringing=True)
    assert (await conversation.stop(ctx)).en == "Okay."
    assert not ctx.ringing
    assert (await conversation.stop(ctx)).en == "Okay."


async def test_stop_pauses_the_music_when_nothing_rings_over_it():
    ctx = FakeContext(ringing=True)
    ctx.players.now = Queue((TUNES[0].path,))
    ctx.players.others["radio"] = Player("radio", "Radio", "playing")
    await conversation.stop(ctx)
    assert not ctx.players.now.paused, "what rang is meant"
    reply = await conversation.stop(ctx)
    assert reply.en == "Paused."
    assert [player.state for player in await ctx.players.all()] == ["paused", "paused"]
    await take_back(ctx, reply.undo)
    assert [player.id for player in await ctx.players.all() if player.state == "playing"] == [OWN, "radio"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("speak Chinese", "zh"),
        ("could you answer in English please", "en"),
        ("switch to Mandarin", "zh"),
        ("English please", "en"),
        ("说英文", "en"),
        ("用中文回答我", "zh"),
        ("把语言改成英文", "en"),
    ],
)
def test_a_language_is_asked_for_by_its_name(text, code):
    assert meaning(text) == ("assistant.language", {"to": code})


async def test_the_language_is_changed_answered_in_and_taken_back():
    ctx = FakeContext()
    reply = await conversation.language(ctx, to="zh")
    assert ctx.answers_in == "zh"
    assert reply.en == reply.zh == "好的，我说中文。"
    assert (await conversation.language(ctx, to="zh")).undo is None, "nothing was changed"
    await take_back(ctx, reply.undo)
    assert ctx.answers_in is None


async def test_undo_names_what_it_took_back():
    ctx = FakeContext(undoable="set a timer for ten minutes")
    assert (await conversation.undo(ctx)).en == "Undone: set a timer for ten minutes."
    with pytest.raises(CannotDo, match="nothing to undo"):
        await conversation.undo(ctx)


async def test_why_tells_the_stages_the_slowest_first():
    reply = await conversation.why(FakeContext(trace={"understand": 2.4, "act": 0.3, "speak": 1_240.0}))
    assert (
        reply.en == "It took speaking 1.2 seconds, understanding 2 milliseconds, and acting under a millisecond. The slowest was speaking."
    )
    assert reply.zh == "用时：说话1.2秒，理解2毫秒，执行不到1毫秒。最慢的是说话。"


async def test_why_without_a_turn_before_says_so():
    assert "no record" in (await conversation.why(FakeContext())).en


async def test_a_stage_of_another_name_is_told_by_that_name():
    assert "dreaming" in (await conversation.why(FakeContext(trace={"dreaming": 3.0}))).en


@pytest.mark.parametrize(("hour", "word"), [(7, "morning"), (13, "afternoon"), (20, "evening"), (2, "Hello")])
async def test_a_greeting_knows_the_time_of_day(hour, word):
    assert word in (await conversation.greet(FakeContext(now=datetime(2026, 11, 23, hour, tzinfo=UTC)))).en
