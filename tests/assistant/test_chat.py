"""The typed conversation: turns, ringing, speech and slash commands, on a virtual clock."""

import asyncio
import contextlib
import os
import stat
from datetime import UTC, datetime

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from rich.console import Console

from assistant.app import open_app
from assistant.clock import VirtualClock
from assistant.config import Config, Places
from assistant.errors import StoreError, WorkerFault
from assistant.faces.aloud import Aloud
from assistant.faces.chat import BELL_S, RINGS_S, Chat
from assistant.faces.completion import ChatCompleter, ChatSuggester, Sentences
from assistant.faces.history import KEPT, LineHistory
from assistant.faces.pipe import lines_of
from assistant.faces.slash import COMMANDS, Leave, carry_out
from assistant.ports import Beat

AFTERNOON = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)


@pytest.fixture
def app(tmp_path):
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(AFTERNOON))
    yield app
    app.close()


class Screen:
    """What was printed, and how often the bell was struck."""

    def __init__(self):
        self.pictures = []
        self.bells = 0

    def show(self, picture):
        self.pictures.append(picture)

    def strike(self):
        self.bells += 1

    @property
    def text(self):
        console = Console(width=120, color_system=None)
        with console.capture() as captured:
            for picture in self.pictures:
                console.print(picture)
        return captured.get()


class Speaker:
    """A loudspeaker and a voice in one, that note what they are asked."""

    def __init__(self, *, fails=False):
        self.done = []
        self.worker = self
        self.beat = asyncio.Queue()
        self._fails = fails

    async def start(self):
        if self._fails:
            raise WorkerFault("No speaker found.")

    async def close(self):
        self.done.append("close")

    async def beats(self):
        while True:
            yield await self.beat.get()

    async def stream(self, method, text, language, deadline_s):
        assert method == "speak"
        assert deadline_s
        self.done.append(f"speak {language}: {text}")
        yield memoryview(b"\0\0")

    async def call(self, method):
        assert method == "rate"
        return 16_000

    async def say(self, utterance, samples, rate):
        pass

    async def end(self, utterance):
        self.done.append(f"end {utterance}")

    async def chime(self, name, loop):
        self.done.append(f"chime {name} {loop}")

    async def stop(self, utterance):
        self.done.append("stop")


@contextlib.asynccontextmanager
async def conversation(app):
    """Give a chat that has begun, and its screen."""
    screen = Screen()
    chat = Chat(app, screen.show, screen.strike)
    async with asyncio.TaskGroup() as group:
        chat.begin(group)
        await settle()
        try:
            yield chat, screen
        finally:
            await chat.end()


async def settle():
    """Let everything that can happen now happen."""
    for _ in range(20):
        await asyncio.sleep(0)


async def pass_time(app, seconds):
    """Move the clock on in steps that nobody sleeps through."""
    for _ in range(round(seconds / 0.5)):
        app.clock.advance(0.5)
        await settle()


async def nobody(_chat, _on):
    """Switch no voice."""


async def test_a_sentence_is_answered_in_its_own_language(app):
    async with conversation(app) as (chat, screen):
        await chat.turn("what time is it")
        await chat.turn("现在几点")
        assert screen.text == "It's 3:30 pm.\n现在下午3点30分。\n"
        assert chat.language == "zh"


async def test_a_timer_is_told_above_the_line_and_rings_until_hushed(app):
    async with conversation(app) as (chat, screen):
        await chat.turn("set a tea timer for 5 seconds")
        await pass_time(app, 6)
        assert "⏰ Your tea timer is done." in screen.text
        assert chat.ringing
        assert chat.sounds
        await pass_time(app, 2 * BELL_S)
        struck = screen.bells
        assert struck >= 2
        assert await chat.hush()
        await pass_time(app, 3 * BELL_S)
        assert screen.bells == struck
        assert not await chat.hush()


async def test_typing_stop_stops_the_ringing_and_says_so(app):
    async with conversation(app) as (chat, screen):
        await chat.turn("倒计时五秒")
        await pass_time(app, 6)
        assert chat.ringing
        await chat.turn("停")
        assert not chat.ringing
        assert app.journal.turns(1)[0][1].intent.action == "assistant.stop"
        assert "的时间到了" in screen.text


async def test_any_sentence_shows_that_somebody_is_there_and_ends_the_ringing(app):
    async with conversation(app) as (chat, _):
        await chat.turn("set a timer for 5 seconds")
        await pass_time(app, 6)
        await chat.turn("flip a coin")
        assert not chat.ringing


async def test_the_bell_does_not_ring_all_night(app):
    async with conversation(app) as (chat, screen):
        await chat.turn("set a timer for 5 seconds")
        await pass_time(app, RINGS_S + 10)
        struck = screen.bells
        assert not chat.ringing
        await pass_time(app, 60)
        assert screen.bells == struck


async def test_what_was_missed_is_told_at_the_start_in_the_last_language_and_does_not_ring(app):
    async with conversation(app) as (chat, _):
        await chat.turn("倒计时五分钟")
    app.clock.advance(3600)
    async with conversation(app) as (chat, screen):
        await settle()
        assert "我没在运行的时候" in screen.text
        assert not chat.ringing
        assert screen.bells == 0


async def test_replies_are_spoken_and_hushed(app):
    async with conversation(app) as (chat, _):
        speaker = Speaker()
        await chat.use_voice(Aloud(speaker, speaker, chat.trouble))
        await chat.turn("what time is it")
        await settle()
        assert "speak en: It's 3:30 pm." in speaker.done
        assert chat.sounds
        assert await chat.hush()
        assert speaker.done[-1] == "stop"
        assert not chat.sounds


async def test_speech_is_over_when_it_was_played(app):
    async with conversation(app) as (chat, _):
        speaker = Speaker()
        await chat.use_voice(Aloud(speaker, speaker, chat.trouble))
        await chat.turn("what time is it")
        await settle()
        speaker.beat.put_nowait(Beat(0.0, played=("say-1",)))
        await settle()
        assert not chat.sounds


async def test_a_timer_chimes_through_the_speaker_until_hushed(app):
    async with conversation(app) as (chat, _):
        speaker = Speaker()
        await chat.use_voice(Aloud(speaker, speaker, chat.trouble))
        await chat.turn("set a tea timer for 5 seconds")
        await pass_time(app, 6)
        assert "chime ring True" in speaker.done
        assert "speak en: Your tea timer is done." in speaker.done
        await chat.hush()
        assert speaker.done[-1] == "stop"


async def test_a_lost_speaker_is_told_once_and_costs_only_the_sound(app):
    async with conversation(app) as (chat, screen):
        speaker = Speaker()
        await chat.use_voice(Aloud(speaker, speaker, chat.trouble))
        for _ in range(3):
            speaker.beat.put_nowait(Beat(0.0, state="lost", told="The speaker is gone."))
        await settle()
        assert screen.text.count("The speaker is gone.") == 1
        await chat.turn("what time is it")
        assert "It's 3:30 pm." in screen.text


async def test_switching_the_voice_off_ends_its_processes(app):
    async with conversation(app) as (chat, _):
        speaker = Speaker()
        await chat.use_voice(Aloud(speaker, speaker, chat.trouble))
        await chat.use_voice(None)
        assert speaker.done.count("close") == 2
        await chat.turn("what time is it")
        assert not [what for what in speaker.done if what.startswith("speak")]


async def test_a_memory_file_that_cannot_be_read_is_told_once_and_tried_again(app, monkeypatch):
    failing = True
    claim = app.timers.claim_due

    def claim_due():
        if failing:
            raise StoreError("Could not save. Free some disk space.")
        return claim()

    monkeypatch.setattr(app.timers, "claim_due", claim_due)
    async with conversation(app) as (chat, screen):
        await pass_time(app, 20)
        assert screen.text.count("Free some disk space") == 1
        await chat.turn("set a timer for 1 second")
        failing = False
        await pass_time(app, 8)
        assert chat.ringing


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "/quit"])
async def test_every_command_works_before_anything_was_said(app, name):
    async with conversation(app) as (chat, screen):
        screen.show(await carry_out(chat, name, nobody))
        assert screen.text.strip()


async def test_help_lists_every_command_and_sentences_in_both_languages(app):
    async with conversation(app) as (chat, screen):
        screen.show(await carry_out(chat, "/help", nobody))
        sentences = [next(iter(said.values()))[0][:6] for said in app.around.examples().values()]
        for part in (*COMMANDS, "Ctrl-C pressed twice", *sentences):
            assert part in screen.text


async def test_skills_shows_every_action(app):
    async with conversation(app) as (chat, screen):
        screen.show(await carry_out(chat, "/skills", nobody))
        assert all(name in screen.text for name in app.understanding.actions)


async def test_why_tells_who_understood_what_and_what_was_nearly_said(app):
    async with conversation(app) as (chat, screen):
        await chat.turn("what tim is it")
        screen.show(await carry_out(chat, "/why", nobody))
        assert "The nearest I know: “what time is it”." in screen.text
        await chat.turn("set a tea timer for 5 minutes")
        screen.show(await carry_out(chat, "/why", nobody))
        assert "The grammar understood timer.start" in screen.text


async def test_trace_draws_as_many_turns_as_asked_for(app):
    async with conversation(app) as (chat, screen):
        for text in ("flip a coin", "flip a coin", "现在几点"):
            await chat.turn(text)
        screen.pictures.clear()
        screen.show(await carry_out(chat, "/trace 2", nobody))
        assert screen.text.count("by the grammar") == 2


async def test_the_beginning_of_a_command_is_enough(app):
    async with conversation(app) as (chat, screen):
        screen.show(await carry_out(chat, "/tr", nobody))
        assert "No turns yet." in screen.text


async def test_a_language_can_be_forced(app):
    async with conversation(app) as (chat, _):
        await carry_out(chat, "/lang zh", nobody)
        await chat.turn("blurb")
        assert app.journal.turns(1)[0][1].heard.language == "zh"
        await carry_out(chat, "/lang auto", nobody)
        await chat.turn("blurb")
        assert app.journal.turns(1)[0][1].heard.language == "en"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/hlep", "Did you mean /help?"),
        ("/xyzzy", "/help shows what there is."),
        ("/lang fr", "/lang takes auto or en or zh."),
        ("/voice loud", "/voice takes on or off."),
        ("/trace many", "/trace takes a number."),
        ("/skills all", "/skills takes nothing more."),
        ("/", "There is no /."),
    ],
)
async def test_a_wrong_command_is_told_what_would_be_right(app, line, told):
    async with conversation(app) as (chat, screen):
        screen.show(await carry_out(chat, line, nobody))
        assert told in screen.text


async def test_voice_is_switched_on_and_off(app):
    asked = []

    async def use_voice(_chat, on):
        asked.append(on)

    async with conversation(app) as (chat, _):
        await carry_out(chat, "/voice on", use_voice)
        await carry_out(chat, "/VOICE off", use_voice)
        await carry_out(chat, "/voice", use_voice)
    assert asked == [True, False]


async def test_quit_leaves(app):
    async with conversation(app) as (chat, _):
        with pytest.raises(Leave):
            await carry_out(chat, "/quit", nobody)


def completions(app, text):
    found = ChatCompleter(Sentences(app.families)).get_completions(Document(text), CompleteEvent())
    return [completion.text for completion in found]


def test_a_slash_offers_every_command(app):
    assert completions(app, "/") == list(COMMANDS)
    assert completions(app, "/l") == ["/lang"]
    assert completions(app, "/lang z") == ["zh"]


def test_the_beginning_of_a_sentence_offers_its_ends(app):
    assert "what time is it" in completions(app, "What ti")
    assert all(text.startswith("倒") or "倒" in text for text in completions(app, "倒"))
    assert completions(app, "xyzzy") == []


def test_an_empty_line_offers_something_of_every_skill_in_both_languages(app):
    offered = completions(app, "")
    assert "what time is it" in offered
    assert "现在几点" in offered


def test_the_rest_of_a_sentence_is_suggested(app):
    class Buffer:
        history = LineHistory(app.places.data / "none")

    suggestion = ChatSuggester(Sentences(app.families)).get_suggestion(Buffer(), Document("what time is"))
    assert suggestion.text == " it"


def test_history_is_the_owner_s_alone_and_forgets_the_oldest(tmp_path):
    path = tmp_path / "history"
    history = LineHistory(path)
    for number in range(KEPT + 5):
        history.store_string(f"line {number}")
    history.store_string("two\nlines")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = list(LineHistory(path).load_history_strings())
    assert lines[:2] == ["two lines", f"line {KEPT + 4}"]
    assert len(lines) == KEPT
    assert len(path.read_text().splitlines()) == KEPT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_history_that_cannot_be_written_costs_nothing_else(tmp_path):
    history = LineHistory(tmp_path)  # a folder is no file
    history.store_string("hello")
    assert list(history.load_history_strings()) == []


async def test_lines_come_as_they_are_typed_however_they_are_cut():
    reading, writing = os.pipe()
    os.write(writing, "现在".encode()[:4])
    lines = lines_of(reading)
    first = asyncio.ensure_future(anext(lines))
    await settle()
    os.write(writing, "现在".encode()[4:] + b"\r\n\nlast")
    assert await first == "现在"
    assert await anext(lines) == ""
    os.close(writing)
    assert [line async for line in lines] == ["last"]
    os.close(reading)


async def test_waiting_for_a_line_ends_at_once_when_cancelled():
    reading, writing = os.pipe()
    waiting = asyncio.ensure_future(anext(lines_of(reading)))
    await settle()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    os.close(reading)
    os.close(writing)


async def test_a_plain_file_is_read_too(tmp_path):
    path = tmp_path / "lines"
    path.write_bytes(b"one\ntwo \xff\n")
    descriptor = os.open(path, os.O_RDONLY)
    assert [line async for line in lines_of(descriptor)] == ["one", "two \ufffd"]
    os.close(descriptor)
