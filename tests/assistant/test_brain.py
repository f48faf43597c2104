"""The brain: text in, replies out, over the real skills and a real store."""

import asyncio
import sqlite3
import sys
import textwrap
import time
from datetime import datetime, timedelta

import pytest

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, Places, SkillsConfig
from assistant.errors import StoreError
from assistant.store import Store
from assistant.vocabulary import Asked, Failed, Finished, Outcome, Saying, Transcript, Understood
from assistant.words import language_of
from audio.errors import NoMixer

MONDAY = datetime.fromisoformat("2026-11-23T15:00:00+01:00")


class Conversation:
    """Says things to a brain and remembers the last turn."""

    def __init__(self, home, clock=None, config=None):
        self.clock = clock or VirtualClock(MONDAY)
        self.app = open_app(Places(str(home)), config or Config(), self.clock)

    async def say(self, text):
        """Return what is answered."""
        self.events = [event async for event in self.app.brain.respond(Transcript(text, language_of(text)))]
        self.turn = next(event.turn for event in self.events if isinstance(event, Finished))
        return " ".join(event.text for event in self.events if isinstance(event, Saying))

    @property
    def outcome(self):
        """How the last turn ended."""
        return self.turn.outcome


@pytest.fixture
def talk(tmp_path):
    """Give a conversation with nothing behind it."""
    conversation = Conversation(tmp_path)
    yield conversation
    conversation.app.close()


@pytest.fixture
def plugin(tmp_path):
    """Give a function that writes a skill file and opens a conversation with it."""
    opened = []

    def make(body, **config):
        folder = tmp_path / "skills"
        folder.mkdir(exist_ok=True)
        head = "import asyncio\nfrom assistant.skill import action, CannotDo, Context, Question, Reply\n"
        (folder / "odd.py").write_text(head + textwrap.dedent(body), encoding="utf-8")
        opened.append(Conversation(tmp_path, config=Config(**config)))
        return opened[-1]

    yield make
    for conversation in opened:
        conversation.app.close()


async def test_the_language_asked_for_is_answered_in_whatever_is_spoken(talk):
    assert await talk.say("speak Chinese") == "好的，我说中文。"
    assert [event.language for event in talk.events if isinstance(event, Saying)] == ["zh"], "the voice must know"
    assert "点" in await talk.say("what time is it")
    assert await talk.say("gribble frob the snark") == "抱歉，我没听懂。可以问我会做什么。"
    await talk.say("undo that")
    assert await talk.say("what time is it") == "It's 3:00 pm."
    assert "点" in await talk.say("现在几点")


async def test_a_turn_understands_acts_and_answers_in_the_language_spoken(talk):
    assert await talk.say("what time is it") == "It's 3:00 pm."
    assert [type(event) for event in talk.events] == [Understood, Saying, Finished]
    assert talk.outcome is Outcome.DONE
    assert "3" in await talk.say("现在几点")
    assert {"understand", "act"} <= talk.turn.marks.keys()


async def test_words_that_make_no_sense_do_nothing_and_say_so(talk):
    assert "didn't understand" in await talk.say("the purple idea sleeps furiously")
    assert talk.outcome is Outcome.UNKNOWN
    said = await talk.say("紫色的想法在睡觉")
    assert "没听懂" in said or "自己答不了" in said  # it could be the beginning of a question to a language model


@pytest.mark.parametrize("text", ["", "   ", "?!…"])
async def test_no_words_get_no_answer(talk, text):
    assert await talk.say(text) == ""
    assert talk.outcome is Outcome.UNKNOWN


async def test_signs_that_are_no_words_do_nothing_and_say_so(talk):
    assert "didn't understand" in await talk.say("🎉🎉")
    assert talk.outcome is Outcome.UNKNOWN


async def test_a_missing_slot_is_asked_for_and_filled(talk):
    question = await talk.say("set a timer")
    assert talk.outcome is Outcome.ASKED
    assert talk.turn.asks == "duration"
    assert any(isinstance(event, Asked) for event in talk.events)
    assert "?" in question
    assert "10 minutes" in await talk.say("ten minutes please")
    assert talk.outcome is Outcome.DONE
    assert [timer.duration for timer in await talk.app.timers.all()] == [timedelta(minutes=10)]


async def test_a_question_can_be_dropped(talk):
    await talk.say("set a timer")
    await talk.say("never mind")
    assert talk.outcome is Outcome.CANCELLED
    assert await talk.app.timers.all() == []
    await talk.say("ten minutes")
    assert talk.outcome is Outcome.UNKNOWN or not await talk.app.timers.all()


async def test_another_command_changes_the_subject(talk):
    await talk.say("set a timer")
    assert await talk.say("what time is it") == "It's 3:00 pm."
    assert await talk.app.timers.all() == []


async def test_a_question_outlives_its_process_but_not_its_patience(tmp_path, talk):
    await talk.say("set a timer")
    later = Conversation(tmp_path, talk.clock)
    await later.say("five minutes")
    assert later.outcome is Outcome.DONE
    await later.say("set a timer")
    talk.clock.advance(120)
    await later.say("seven minutes")
    assert [timer.duration for timer in await later.app.timers.all()] == [timedelta(minutes=5)]
    later.app.close()


async def test_more_than_one_is_cancelled_only_after_a_yes(talk):
    await talk.say("set a timer for ten minutes")
    await talk.say("set a pasta timer for 12 minutes")
    await talk.say("cancel all timers")
    assert talk.outcome is Outcome.ASKED
    assert len(await talk.app.timers.all()) == 2
    await talk.say("no")
    assert talk.outcome is Outcome.CANCELLED
    assert len(await talk.app.timers.all()) == 2
    await talk.say("cancel all timers")
    await talk.say("yes")
    assert talk.outcome is Outcome.CONFIRMED
    assert await talk.app.timers.all() == []


@pytest.mark.parametrize(("command", "undo"), [("set a timer for ten minutes", "undo that"), ("倒计时十分钟", "撤销")])
async def test_what_was_done_can_be_undone_once(talk, command, undo):
    await talk.say(command)
    assert len(await talk.app.timers.all()) == 1
    await talk.say(undo)
    assert await talk.app.timers.all() == []
    await talk.say(undo)
    assert await talk.app.timers.all() == []


async def test_undo_tells_what_was_asked_for_not_the_yes_to_it(talk):
    await talk.say("set a timer for ten minutes")
    await talk.say("set a pasta timer for 12 minutes")
    await talk.say("cancel all timers")
    await talk.say("yes")
    assert "cancel all timers" in await talk.say("undo that")
    assert len(await talk.app.timers.all()) == 2


async def test_undo_works_in_another_process(tmp_path, talk):
    await talk.say("set a timer for ten minutes")
    later = Conversation(tmp_path, talk.clock)
    await later.say("undo")
    assert await later.app.timers.all() == []
    later.app.close()


@pytest.mark.parametrize(
    ("error", "zh"), [(NoMixer("No sound.", "没有声音。"), "没有声音。"), (NoMixer("No sound."), "请运行 hark doctor 看看。")]
)
async def test_why_there_is_no_sound_output_is_told_in_the_language_spoken(talk, error, zh):
    class Broken:
        def volume(self, *_):
            raise error

        set_volume = muted = set_muted = volume

    talk.app.around.mixer = Broken()
    assert await talk.say("音量调到三十") == f"调不了音量。{zh}"
    assert await talk.say("set the volume to thirty") == "I can't reach the sound output. No sound."


async def test_several_requests_are_carried_out_in_order(talk):
    said = await talk.say("set a timer for ten minutes and flip a coin")
    assert "10 minutes" in said
    assert "heads" in said.lower() or "tails" in said.lower()


async def test_it_repeats_what_it_said(talk):
    first = await talk.say("what time is it")
    talk.clock.advance(3600)
    assert first in await talk.say("say that again")


async def test_a_skill_that_raises_is_one_sentence_and_nothing_done(plugin):
    talk = plugin(
        """
        @action(en=["break it"], zh=["弄坏它"])
        async def broken(ctx: Context) -> Reply:
            \"\"\"Break.\"\"\"
            raise KeyError("inside")
        """
    )
    assert "broke" in await talk.say("break it")
    assert talk.outcome is Outcome.FAILED
    assert "KeyError" in next(event.error for event in talk.events if isinstance(event, Failed))
    assert await talk.say("what time is it")


async def test_a_skill_that_hangs_is_stopped(plugin):
    talk = plugin(
        """
        @action(en=["hang on"], zh=["卡住"])
        async def hang(ctx: Context) -> Reply:
            \"\"\"Hang.\"\"\"
            await asyncio.Event().wait()
        """,
        skills=SkillsConfig(deadline_s=0.05),
    )
    assert "too long" in await talk.say("hang on")
    assert talk.outcome is Outcome.FAILED


@pytest.mark.parametrize("wait", ["time.sleep(5)", "exec('while True: pass')", "await spin()"])
async def test_a_skill_that_lets_nothing_else_run_is_stopped_and_claims_nothing(plugin, wait):
    talk = plugin(
        f"""
        import time

        async def spin():
            while True:
                try:
                    await asyncio.sleep(0)
                    time.sleep(5)
                except Exception:
                    pass

        @action(en=["hang on"], zh=["卡住"])
        async def hang(ctx: Context) -> Reply:
            \"\"\"Hang.\"\"\"
            {wait}
            return Reply(en="Done!", zh="好了！")
        """,
        skills=SkillsConfig(deadline_s=0.05),
    )
    began = time.monotonic()
    assert "too long" in await talk.say("hang on")
    assert time.monotonic() - began < 2
    assert talk.outcome is Outcome.FAILED
    assert await talk.say("what time is it")


async def test_a_skill_that_could_not_be_stopped_tells_how_long_it_took(plugin, monkeypatch):
    monkeypatch.setattr("assistant.limit.runs", lambda *_: False)  # as where there are no signals
    talk = plugin(
        """
        import time

        @action(en=["hang on"], zh=["卡住"])
        async def hang(ctx: Context) -> Reply:
            \"\"\"Hang.\"\"\"
            time.sleep(1)
            return Reply(en="Done!", zh="好了！")
        """,
        skills=SkillsConfig(deadline_s=0.05),
    )
    assert await talk.say("hang on") == "Done! That took 1 second, in which I heard nothing."
    assert "odd.hang let nothing else run" in next(event.error for event in talk.events if isinstance(event, Failed))


@pytest.mark.parametrize("ending", ["raise SystemExit(3)", "raise asyncio.CancelledError", "class Odd(BaseException): ...\n    raise Odd"])
async def test_a_skill_that_would_end_hark_has_failed(plugin, ending):
    talk = plugin(
        f"""
@action(en=["end it"], zh=["结束它"])
async def end(ctx: Context) -> Reply:
    \"\"\"End.\"\"\"
    {ending}
"""
    )
    assert "broke" in await talk.say("end it")
    assert talk.outcome is Outcome.FAILED
    assert await talk.say("what time is it")


async def test_what_a_skill_prints_is_no_reply_and_what_others_print_meanwhile_is(plugin, capsys):
    talk = plugin(
        """
        @action(en=["print it"], zh=["打印"])
        async def shout(ctx: Context) -> Reply:
            \"\"\"Print.\"\"\"
            print("from the skill")
            await asyncio.sleep(0.05)
            await asyncio.to_thread(print, "from its thread")
            return Reply(en="Printed.", zh="好了。")
        """
    )

    async def other() -> None:
        await asyncio.sleep(0.02)
        sys.stdout.write("from another task\n")

    said, _ = await asyncio.gather(talk.say("print it"), other())
    sys.stdout.write("after\n")
    assert said == "Printed."
    assert tuple(capsys.readouterr()) == ("from another task\nafter\n", "from the skill\nfrom its thread\n")


async def test_a_skill_that_returns_the_wrong_thing_has_done_nothing_anybody_is_told_of(plugin):
    talk = plugin(
        """
        @action(en=["lie to me"], zh=["骗我"])
        async def lie(ctx: Context) -> Reply:
            \"\"\"Lie.\"\"\"
            return "done!"
        """
    )
    assert "done!" not in await talk.say("lie to me")
    assert talk.outcome is Outcome.FAILED


async def test_a_skill_says_what_it_cannot_do(plugin):
    talk = plugin(
        """
        @action(en=["fly away"], zh=["飞走"])
        async def fly(ctx: Context) -> Reply:
            \"\"\"Fly.\"\"\"
            raise CannotDo(en="I have no wings.", zh="我没有翅膀。")
        """
    )
    assert await talk.say("fly away") == "I have no wings."
    assert await talk.say("飞走") == "我没有翅膀。"


@pytest.mark.parametrize(
    "body",
    [
        "this is no python",
        "import no_such_module",
        "x = 1",
        '@action(en=["hi"], zh=["嗨"])\nasync def f(ctx: Context, slot: str) -> Reply:\n    """F."""',
    ],
)
async def test_a_broken_skill_file_has_a_status_and_everything_else_works(plugin, body):
    talk = plugin(body)
    broken = next(family for family in talk.app.families if family.name == "odd")
    assert broken.status == "broken"
    assert "odd.py" in broken.problem
    assert await talk.say("what time is it") == "It's 3:00 pm."


async def test_every_claim_has_a_receipt(talk):
    await talk.say("set a timer for ten minutes")
    rows = talk.app.store.rows("SELECT action, slots, undo FROM receipt")
    assert [(row["action"], row["slots"]) for row in rows] == [("timer.start", '{"duration": "PT10M"}')]


async def test_a_full_disk_is_told_and_claims_nothing(talk, monkeypatch):
    def refuse(self):
        raise StoreError("disk full")

    monkeypatch.setattr(Store, "write", refuse)
    said = await talk.say("set a timer for ten minutes")
    assert "couldn't save" in said
    assert talk.outcome is Outcome.FAILED


def test_a_damaged_memory_file_is_set_aside_and_told(tmp_path):
    path = tmp_path / "hark.db"
    path.write_bytes(b"this is no database" * 1000)
    store = Store(path)
    assert "damaged" in store.notice
    assert [p for p in tmp_path.iterdir() if p.read_bytes().startswith(b"this is no database")]
    store.close()


def test_a_memory_file_of_a_newer_hark_is_kept_untouched(tmp_path):
    path = tmp_path / "hark.db"
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
        db.execute("CREATE TABLE precious (x)")
    db.close()
    store = Store(path)
    assert "newer" in store.notice
    (kept,) = [p for p in tmp_path.glob("hark.db.*") if not p.name.endswith(("-wal", "-shm"))]
    with sqlite3.connect(kept) as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("precious",)]
    db.close()
    store.close()
