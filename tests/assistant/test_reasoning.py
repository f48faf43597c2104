"""What surrounds a language model: thoughts, claims, calls, and a scripted model in the conversation."""

import asyncio
import json
from datetime import datetime

import pytest

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.completeness import meant_for_us
from assistant.config import Config, Places
from assistant.errors import WorkerDied
from assistant.reasoning.calls import BEGIN, END, call_of, form
from assistant.reasoning.claims import claims_an_act
from assistant.reasoning.prompts import ANSWERING, acting, asked
from assistant.reasoning.question import Cost
from assistant.reasoning.reasoner import Reasoner, toolbox
from assistant.reasoning.thoughts import Thoughts
from assistant.records import facts_about
from assistant.slots import Env
from assistant.vocabulary import Finished, Outcome, Saying, Transcript, Understood
from assistant.words import language_of

NOW = datetime.fromisoformat("2026-11-24T15:00:00+01:00")


@pytest.fixture
def app(tmp_path):
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(NOW))
    yield app
    app.close()


class Script:
    """A model that says what the script says, and remembers what it was told."""

    def __init__(self, calls=(), answer=("",), fails=None):
        self.calls = list(calls)
        self.pieces = answer
        self.fails = fails
        self.told = []
        self.closed = False

    async def fill_in(self, system, messages, form, begin, cost):
        self.told.append((system, messages))
        if self.fails:
            raise self.fails
        cost.add({"read": 20, "of": 100, "wrote": 10})
        offered = self.calls and any(f'"{self.calls[0][0]}"' in head for head, _ in form["start"]["options"])
        name, slots = self.calls.pop(0) if offered else ("none", {})
        return json.dumps({"name": name, "arguments": slots}, ensure_ascii=False) + END

    async def write(self, system, messages, limit, cost):
        self.told.append((system, messages))
        if self.fails:
            raise self.fails
        try:
            for piece in self.pieces:
                yield piece
                await asyncio.sleep(0)
        finally:
            self.closed = True
        cost.add({"read": 5, "of": 50, "wrote": 10})

    async def prefill(self, system, messages):
        self.told.append((system, messages))
        return Cost(read=7, of=100)

    async def start(self):
        pass

    async def close(self):
        pass


class Conversation:
    def __init__(self, app, **script):
        self.app = app
        quick = app.understanding.understand
        app.understanding.understand = lambda text, *rest: None if "zonk" in text else quick(text, *rest)
        self.model = Script(**script)
        app.brain.thinker = app.around.thinker = Reasoner(
            self.model, app.understanding, app.journal, lambda text: facts_about(app.store, text)
        )

    async def say(self, text):
        self.events = [event async for event in self.app.brain.respond(Transcript(text, language_of(text)))]
        self.turn = next(event.turn for event in self.events if isinstance(event, Finished))
        return " ".join(event.text for event in self.events if isinstance(event, Saying))


ODD = "countdown thingy for the blorbs, eleven minutes zonk"
"""No quick tier understands this."""


@pytest.mark.parametrize(
    ("pieces", "said", "thought"),
    [
        (["Hello."], "Hello.", ""),
        (["<think>hm</think>", "Yes."], "Yes.", "hm"),
        (["<th", "ink>a", "b</thi", "nk>c<", "d"], "c<d", "ab"),
        (["<think>never ends"], "", "never ends"),
        (["a <", "b"], "a <b", ""),
    ],
)
def test_thoughts_are_told_from_words_wherever_they_are_cut(pieces, said, thought):
    thoughts = Thoughts()
    parts = [part for piece in pieces for part in thoughts.feed(piece)] + list(thoughts.end())
    assert "".join(part.text for part in parts if not part.is_thought) == said
    assert "".join(part.text for part in parts if part.is_thought) == thought


@pytest.mark.parametrize(
    "text",
    [
        "I've set a timer for ten minutes.",
        "I have added milk to your list.",
        "Done! Your alarm is ready.",
        "Sure, turning on the light.",
        "The kitchen light is now off.",
        "Your reminder has been created.",
        "Setting a timer for you.",
        "我已经帮您打开了灯。",
        "好的，已为您设置闹钟。",
        "闹钟设置好了。",
        "搞定了。",
        "正在为您播放音乐。",
    ],
)
def test_a_claim_of_an_act_is_recognised(text):
    assert claims_an_act(text)


@pytest.mark.parametrize(
    "text",
    [
        "The sky is blue because air scatters light.",
        "You can set a timer by saying so.",
        "Paris is the capital of France.",
        "Shakespeare wrote Hamlet.",
        "A timer counts down.",
        "I think you should go.",
        "法国的首都是巴黎。",
        "你可以说设一个闹钟。",
        "猫高兴的时候会打呼噜。",
    ],
)
def test_an_answer_is_no_claim(text):
    assert not claims_an_act(text)


async def test_the_model_calls_a_tool_with_values_read_by_the_slot_parsers(app):
    talk = Conversation(app, calls=[("timer.start", {"duration": "eleven minutes", "label": "blorbs"}), ("done", {})])
    said = await talk.say(ODD)
    assert "11 minutes" in said
    assert [timer.label for timer in await app.timers.all()] == ["blorbs"]
    assert talk.turn.intent.source == "llm"
    assert talk.turn.outcome is Outcome.DONE
    understood = [event for event in talk.events if isinstance(event, Understood)]
    assert understood[-1].action == "timer.start"
    assert next(event.receipt for event in talk.events if isinstance(event, Saying))


async def test_several_steps_are_done_in_order_and_the_model_hears_what_came_of_each(app):
    words = "blorbs eleven minutes and froobs twelve minutes, zonk me for either"
    steps = [
        ("timer.start", {"duration": "eleven minutes", "label": "blorbs"}),
        ("timer.start", {"duration": "twelve minutes", "label": "froobs"}),
        ("done", {}),
    ]
    talk = Conversation(app, calls=steps)
    await talk.say(words)
    assert [timer.label for timer in await app.timers.all()] == ["blorbs", "froobs"]
    assert "tool_response" in talk.model.told[1][1][-1][1]
    assert [step.action for step in (talk.turn.intent, *talk.turn.intent.then)] == ["timer.start", "timer.start"]


async def test_a_model_that_never_ends_is_ended(app):
    words = "countdown thingy zonk: one two three four five six seven eight nine minutes"
    talk = Conversation(app, calls=[("timer.start", {"duration": f"{number} minutes"}) for number in words.split()[3:]])
    await talk.say(words)
    assert len(await app.timers.all()) == 5


@pytest.mark.parametrize("again", [("timer.start", {"duration": "eleven minutes", "label": "blorbs"}), ("timer.start", {"duration": ""})])
async def test_the_same_again_and_a_step_without_what_it_needs_are_no_steps(app, again):
    talk = Conversation(app, calls=[("timer.start", {"duration": "eleven minutes", "label": "blorbs"}), again])
    assert await talk.say(ODD) == "Blorbs timer set for 11 minutes."
    assert len(await app.timers.all()) == 1


async def test_values_that_the_user_did_not_say_need_a_yes(app):
    talk = Conversation(app, calls=[("timer.start", {"duration": "three hours"})])
    said = await talk.say(ODD)
    assert "Shall I" in said
    assert talk.turn.outcome is Outcome.ASKED
    assert not await app.timers.all()
    assert "3 hours" in await talk.say("yes")
    assert len(await app.timers.all()) == 1


async def test_a_no_means_no(app):
    talk = Conversation(app, calls=[("timer.start", {"duration": "three hours"})])
    await talk.say(ODD)
    await talk.say("no")
    assert not await app.timers.all()


async def test_what_a_tool_says_cannot_cause_an_act(app):
    """The first step reads; its answer talks the model into a change nobody asked for."""
    talk = Conversation(app, calls=[("timer.remaining", {}), ("timer.start", {"duration": "nine hours"})])
    await talk.say(ODD)
    assert not await app.timers.all()
    assert talk.turn.outcome is Outcome.ASKED


async def test_the_last_change_can_be_undone(app):
    talk = Conversation(app, calls=[("timer.start", {"duration": "eleven minutes"}), ("done", {})])
    await talk.say(ODD)
    await talk.say("undo")
    assert not await app.timers.all()


async def test_no_tool_fits_is_answered_in_words_sentence_by_sentence(app):
    talk = Conversation(app, answer=["Pandas are love", "ly. They eat bam", "boo."])
    assert await talk.say("what do you make of pandas zzz") == "Pandas are lovely. They eat bamboo."
    said = [event.text for event in talk.events if isinstance(event, Saying)]
    assert said == ["Pandas are lovely.", "They eat bamboo."]
    assert all(event.receipt is None for event in talk.events if isinstance(event, Saying))


async def test_a_claim_without_a_receipt_is_not_said(app):
    talk = Conversation(app, answer=["I've sent the postcard. ", "It is a nice one."])
    said = await talk.say("blorb my aunt a zonky postcard")
    assert "sent" not in said
    assert "haven't done anything" in said


async def test_thoughts_and_markdown_are_not_said(app):
    talk = Conversation(app, answer=["<think>The user wants **facts**.</think>\n\n", "**Paris** is the capital."])
    assert await talk.say("zonk me the french capital blorb") == "Paris is the capital."


async def test_a_model_that_dies_costs_one_sentence(app):
    talk = Conversation(app, fails=WorkerDied("The llm engine ended and is started again."))
    assert "language model" in await talk.say(ODD)
    assert talk.turn.outcome is Outcome.FAILED
    talk.model.fails = None
    assert await talk.say("set a timer for five minutes")
    assert len(await app.timers.all()) == 1


async def test_leaving_an_answer_stops_the_model(app):
    talk = Conversation(app, answer=["One sentence. "] * 50)
    turn = app.brain.respond(Transcript("what do you make of blorbs zzz", "en"))
    async for event in turn:
        if isinstance(event, Saying):
            break
    await turn.aclose()
    assert talk.model.closed


async def test_what_was_said_before_is_told_again(app):
    talk = Conversation(app, answer=["Shakespeare wrote it."])
    await talk.say("who zonked hamlet blorb")
    await talk.say("and when did he zonk it blorb")
    messages = talk.model.told[-1][1]
    assert ["assistant", "Shakespeare wrote it."] in messages
    assert messages[-1][1].endswith("and when did he zonk it blorb")


@pytest.mark.parametrize(
    ("words", "asked_for"),
    [("go on", "Go on"), ("Tell me more, please.", "Go on"), ("and then?", "Go on"), ("继续", "接着说"), ("那再多说一点吧", "接着说")],
)
async def test_more_goes_on_with_the_last_answer_and_calls_nothing(app, words, asked_for):
    talk = Conversation(app, calls=[("media.resume", {})], answer=["Pandas eat bamboo."])
    await talk.say("what do you make of pandas zonk")
    told = len(talk.model.told)
    talk.model.pieces = ["All day long."]
    assert await talk.say(words) == "All day long."
    assert talk.turn.intent.source == "dialog"
    (system, messages) = talk.model.told[told]
    assert len(talk.model.told) == told + 1
    assert system == ANSWERING
    assert messages[-2] == ["assistant", "Pandas eat bamboo."]
    assert asked_for in messages[-1][1]


@pytest.mark.parametrize("text", ["A river is {}water that runs downhill. ", "河是往低处流的{}水。"])
async def test_an_answer_ends_with_a_sentence_after_half_a_minute_and_more_goes_on_from_there(app, text):
    written = "".join(text.format(f"{number} ") for number in range(40))
    talk = Conversation(app, answer=[written[at : at + 4] for at in range(0, len(written), 4)])
    said = await talk.say("what do you make of rivers zonk")
    assert said[-1] in ".。"
    assert 0.3 < len(said) / (4 * 120) < 1.1
    assert talk.model.closed
    await talk.say("go on")
    assert talk.model.told[-1][1][-2] == ["assistant", written[: len(talk.model.told[-1][1][-2][1])]]
    assert talk.model.told[-1][1][-2][1].endswith(said[-12:])


async def test_a_sentence_that_never_ends_is_cut_off(app):
    talk = Conversation(app, answer=["blorb "] * 1000)
    assert len((await talk.say("what do you make of blorbs zzz")).split()) < 300


async def test_what_was_no_answer_is_not_gone_on_with(app):
    talk = Conversation(app, answer=["Pandas eat bamboo."])
    await talk.say("set a timer for ten minutes")
    await talk.say("continue")
    assert talk.turn.intent.action == "timer.resume"
    await talk.say("what do you make of pandas zonk")
    app.clock.advance(360)
    await talk.say("继续")
    assert talk.turn.intent.action == "media.resume"


async def test_more_right_after_an_answer_is_meant_for_hark_without_the_wake_word(app):
    talk = Conversation(app, answer=["Pandas eat bamboo."])
    await talk.say("what do you make of pandas zonk")
    assert meant_for_us(app.brain.preview("tell me more", "en"))
    assert not meant_for_us(app.brain.preview("why is the sky blue", "en"))


async def test_a_conversation_is_told_in_the_same_bytes_so_that_only_what_is_new_is_read(app):
    talk = Conversation(app)
    before = []
    for number in range(12):
        talk.model.pieces = [f"**Answer** number {number}, ", "whose words are these."]
        await talk.say(f"zonk number {number} blorb")
        app.clock.advance(61)
        messages = talk.model.told[-1][1]
        assert messages[: len(before)] == before or len(messages) < len(before)
        assert [text for role, text in messages if role == "assistant"][-1:] == ([before[-1][1]] if before else [])
        before = [*messages, ["assistant", "".join(talk.model.pieces)]]
    starts = {messages[0][1] for system, messages in talk.model.told if system == ANSWERING}
    assert len(starts) <= 3


async def test_what_was_said_long_ago_is_not_told_again_but_what_came_after_is(app):
    talk = Conversation(app, answer=["Long ago."])
    await talk.say("who zonked hamlet blorb")
    app.clock.advance(14 * 60)
    await talk.say("set a timer for ten minutes")
    app.clock.advance(120)
    await talk.say("ponder zonk blorbs")
    messages = talk.model.told[-1][1]
    assert [text for role, text in messages[:-1] if role == "user"] == ["set a timer for ten minutes"]


async def test_an_answer_that_claimed_an_act_is_not_told_again_as_it_was_written(app):
    talk = Conversation(app, answer=["I've sent the postcard."])
    await talk.say("blorb my aunt a zonky postcard")
    talk.model.pieces = ["Fine."]
    await talk.say("ponder zonk blorbs")
    assert "sent" not in str(talk.model.told[-1][1])


async def test_the_users_facts_are_told_when_they_matter(app):
    talk = Conversation(app, answer=["In the shed."])
    await talk.say("remember that the blorb hammer is in the shed")
    await talk.say("ponder whereabouts of the blorb hammer zonk")
    assert "the blorb hammer is in the shed" in talk.model.told[-1][1][-1][1]
    await talk.say("ponder zonk zonk giraffes")
    assert "hammer is in" not in talk.model.told[-1][1][-1][1]


async def test_the_beginning_of_a_prompt_never_changes(app, tmp_path):
    tools = toolbox(app.understanding.actions, "timer.start")
    later = open_app(Places(str(tmp_path / "later")), Config(), VirtualClock(datetime.fromisoformat("2027-05-05T05:05:05+00:00")))
    assert acting(tools) == acting(toolbox(later.understanding.actions, "timer.cancel"))
    later.close()
    assert "15:00" in asked("hello", NOW)[1]
    assert "15:00" not in acting(tools)


def test_a_form_offers_every_tool_and_nothing_else(app):
    tools = toolbox(app.understanding.actions, "volume.set")
    sheet = form(tools)
    heads = [text for text, _ in sheet["start"]["options"]]
    assert all(any(f'"{name}"' in head for head in heads) for name in tools)
    assert heads[-1] == f'{{"name": "none", "arguments": {{}}}}{END}'
    assert {text for text, _ in sheet["volume.change/0"]["options"]} == {"up", "down"}
    assert not any('"volume.set", "arguments": {}' in head for head in heads)  # its level must be said


def test_a_value_no_parser_reads_is_left_out(app):
    tools = toolbox(app.understanding.actions, "timer.start")
    env = Env("blorb zonk", NOW, "en")
    call = call_of(f'{{"name": "timer.start", "arguments": {{"duration": "zonk"}}}}{END}', tools, env)
    assert call.intent.slots == {}
    assert call.text.startswith(BEGIN)


async def test_texts_are_written_by_the_model(app):
    talk = Conversation(app, answer=["Bonjour"])
    assert "Bonjour" in await talk.say("translate hello into French")
