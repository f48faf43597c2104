"""The conversation by voice, over fakes of what the workers do: scripted sound, scripted words, a voice that makes beeps."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.app import open_app
from assistant.callings import Calling
from assistant.clock import VirtualClock
from assistant.commands import HeardFrame
from assistant.config import Config, Places
from assistant.errors import WorkerDied, WorkerHung
from assistant.patience import LoopSettings
from assistant.ports import Beat
from assistant.timers import Due, ring_when_due
from assistant.vocabulary import Failed, Finished, Heard, Interrupted, Outcome, Saying, State, Understood, Woke
from assistant.voice import Voice
from assistant.voice_loop import VoiceLoop
from audio.endpoint import EndpointSettings
from audio.vocabulary import WakeDetection

FRAME_S = 0.032
SILENCE = memoryview(bytes(1024))


class ScriptedSound:
    """A room: frames come when the test says so; what is played is heard at once."""

    def __init__(self):
        self.queue = asyncio.Queue()
        self.now_s = 0.0
        self.chimes = []
        self.said = []
        self.stopped = []
        self.held = []

    async def beats(self) -> AsyncIterator[Beat]:
        while True:
            yield await self.queue.get()

    def hear(self, seconds, *, speech=0.0, wake=False):
        for number in range(round(seconds / FRAME_S)):
            start_s, self.now_s = self.now_s, self.now_s + FRAME_S
            detection = WakeDetection("hey_jarvis", 0.99, self.now_s) if wake and not number else None
            self.queue.put_nowait(Beat(self.now_s, (HeardFrame(SILENCE, start_s, self.now_s, speech, detection),)))

    def command(self):
        self.hear(FRAME_S, wake=True)
        self.hear(0.8, speech=0.9)
        self.hear(0.9)

    def tell(self, **beat):
        self.queue.put_nowait(Beat(self.now_s, **beat))

    async def attend(self, on):
        pass

    async def say(self, utterance, samples, rate):
        self.said.append(utterance)

    async def end(self, utterance):
        self.queue.put_nowait(Beat(self.now_s, played=(utterance,)))

    async def chime(self, name, loop):
        self.chimes.append(name)

    async def stop(self, utterance):
        self.stopped.append(utterance)

    async def duck(self, gain):
        pass

    async def hold(self, on):
        self.held.append(on)


class ScriptedEngine:
    """A worker's outside: answers calls from a script; an exception in it is raised."""

    def __init__(self, words=()):
        self.words = list(words)
        self.said = ""
        self.start_s = 0.0
        self.calls = []
        self.given = defaultdict(list)
        self.voice_fails = False

    async def start(self):
        pass

    async def call(self, method, *args, deadline_s=0.0):
        self.calls.append(method)
        self.given[method].append(args)
        if method == "rate":
            return 16_000
        if method == "feed":
            return {"text": "", "language": "en", "is_final": False}
        if method == "start":
            self.said = self.words.pop(0) if self.words else ""
            self.start_s = args[0]
        if method == "speculate":
            if isinstance(self.said, Exception):
                raise self.said
            return {"text": self.said, "language": "en", "start_s": self.start_s}
        return None

    async def stream(self, method, *args, deadline_s=0.0):
        self.calls.append(method)
        self.given[method].append(args)
        if self.voice_fails:
            raise WorkerDied("the voice is gone")
        yield SILENCE


class Room:
    """A conversation under test."""

    def __init__(self, home, words, config=None, **settings):
        self.app = open_app(Places(str(home)), config or Config(), VirtualClock(datetime.fromisoformat("2026-11-23T15:00:00+01:00")))
        self.sound = ScriptedSound()
        self.asr, self.tts = ScriptedEngine(words), ScriptedEngine()
        self.events = []
        self.changed = asyncio.Event()
        patience = {name: settings.pop(name) for name in list(settings) if name in {"complete_s", "growing_s"}}
        self.loop = VoiceLoop(LoopSettings(endpoint=EndpointSettings(**patience), **settings))
        self.voice = Voice(self.loop, self.sound, self.asr, self.tts, self.app.brain, self.show, now=self.app.clock.now)
        self.app.around.face = self.voice
        self.app.around.egress.leaving.on_start = self.voice.leaves
        self.task = asyncio.create_task(self.voice.run())

    def show(self, event):
        self.events.append(event)
        self.changed.set()

    def of(self, kind):
        return [event for event in self.events if isinstance(event, kind)]

    async def until(self, kind, count=1):
        """Wait until so many events of a kind were shown; return the last."""
        async with asyncio.timeout(5):
            while len(self.of(kind)) < count:
                self.changed.clear()
                await self.changed.wait()
        return self.of(kind)[-1]

    async def close(self):
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        self.app.close()


@pytest.fixture
async def room(tmp_path):
    """Give a function that opens a conversation in which these words will be recognised."""
    rooms = []

    def opened(*words, **settings):
        rooms.append(Room(tmp_path, words, **settings))
        return rooms[-1]

    yield opened
    for one in rooms:
        await one.close()


async def test_a_command_from_wake_word_to_reply(room):
    r = room("what time is it")
    r.sound.command()
    finished = await r.until(Finished)
    kinds = [type(e) for e in r.events]
    assert kinds.index(Woke) < kinds.index(Heard) < kinds.index(Understood) < kinds.index(Saying) < kinds.index(Finished)
    saying = r.of(Saying)[0]
    assert saying.text == "It's 3:00 pm."
    assert saying.first_audio_s is not None
    assert finished.turn.outcome is Outcome.DONE
    assert {"endpoint", "recognise", "understand", "act", "to_first_audio"} <= finished.turn.marks.keys()


@pytest.mark.parametrize("failure", [WorkerDied("killed"), WorkerHung("hung")])
async def test_a_recogniser_that_fails_costs_one_sentence_and_listens_again(room, failure):
    r = room(failure, "what time is it")
    r.sound.command()
    await r.until(Saying)
    assert [event.stage for event in r.of(Failed)] == ["asr"]
    assert "say it again" in r.of(Saying)[0].text
    async with asyncio.timeout(5):
        while r.voice.state is not State.LISTENING:
            await asyncio.sleep(0)
    r.sound.hear(0.8, speech=0.9)
    r.sound.hear(0.9)
    await r.until(Finished)
    assert r.of(Heard)[0].text == "what time is it"


async def test_a_voice_that_fails_leaves_the_reply_on_the_screen(room):
    r = room("what time is it", "flip a coin")
    r.tts.voice_fails = True
    r.sound.command()
    await r.until(Finished)
    assert [event.stage for event in r.of(Failed)] == ["tts"]
    assert r.of(Saying)[0].text == "It's 3:00 pm."
    assert r.of(Saying)[0].first_audio_s is None
    r.tts.voice_fails = False
    r.sound.command()
    await r.until(Finished, 2)
    assert r.of(Saying)[1].first_audio_s is not None


async def test_background_talk_after_a_reply_is_left_alone(room):
    r = room("what time is it", "did you see the game last night")
    r.sound.command()
    await r.until(Finished)
    r.sound.hear(0.8, speech=0.9)
    r.sound.hear(0.9)
    await r.until(Finished, 2)
    assert len(r.of(Saying)) == 1


async def test_a_timer_rings_until_stop_is_said(room):
    r = room("stop")
    timer = await r.app.timers.start(timedelta(minutes=1), "tea")
    await r.voice.ring(Due(timer, 0.0))
    saying = await r.until(Saying)
    assert saying.announcement
    assert saying.text == "Your tea timer is done."
    assert "ring" in r.sound.chimes
    r.sound.hear(0.5, speech=0.9)
    r.sound.hear(0.9)
    assert (await r.until(Interrupted)).by == "stop"
    assert None in r.sound.stopped or "ring" in r.sound.stopped


async def test_two_timers_that_end_at_once_are_both_told(room):
    r = room()
    for label in ("tea", "pasta"):
        await r.voice.ring(Due(await r.app.timers.start(timedelta(minutes=1), label), 3600.0))
    await r.until(Saying, 2)
    assert [("tea" in each.text, "pasta" in each.text) for each in r.of(Saying)] == [(True, False), (False, True)]


async def test_a_timer_that_ends_while_a_question_is_open_waits(room):
    r = room("set a timer", "ten minutes")
    r.sound.command()
    await r.until(Finished)
    timer = await r.app.timers.start(timedelta(minutes=1), "tea")
    await r.voice.ring(Due(timer, 0.0))
    r.sound.hear(0.5, speech=0.9)
    r.sound.hear(0.9)
    await r.until(Finished, 2)
    r.sound.hear(6.0)
    await r.until(Saying, 3)
    assert [s.announcement for s in r.of(Saying)] == [False, False, True]


async def test_a_missed_timer_is_told_and_does_not_ring(room):
    r = room()
    timer = await r.app.timers.start(timedelta(minutes=1), "tea")
    await r.voice.ring(Due(timer, 3600.0))
    assert "While I was off" in (await r.until(Saying)).text
    assert r.sound.chimes == []


async def test_the_microphone_goes_and_comes_back(room):
    r = room("what time is it")
    r.sound.hear(FRAME_S, wake=True)
    r.sound.hear(0.5, speech=0.9)
    r.sound.tell(state="lost", told="The microphone is gone.")
    assert (await r.until(Failed)).error == "The microphone is gone."
    r.sound.tell(state="live")
    r.sound.command()
    await r.until(Finished)
    assert r.of(Heard)[0].text == "what time is it"


async def test_the_wake_word_stops_the_reply_and_the_new_command_is_answered(room):
    r = room("what time is it", "flip a coin")
    r.sound.end = never_heard
    r.sound.command()
    await r.until(Saying)
    r.sound.command()
    await r.until(Saying, 2)
    assert r.of(Interrupted)[0].by == "wake"
    assert None in r.sound.stopped
    assert [h.text for h in r.of(Heard)] == ["what time is it", "flip a coin"]


@pytest.mark.parametrize(("words", "made"), [("set a timer for one hour", 0), ("add milk to the shopping list", 0), ("tell me a joke", 1)])
async def test_only_a_reply_that_changes_nothing_is_made_before_the_speaker_is_surely_done(room, words, made):
    r = room(words, complete_s=5.0, growing_s=5.0)
    r.sound.hear(FRAME_S, wake=True)
    r.sound.hear(0.8, speech=0.9)
    r.sound.hear(0.5)
    await settled(r)
    assert r.tts.calls.count("speak") == made
    assert await r.app.timers.all() == []
    assert r.app.store.rows("SELECT * FROM receipt") == []
    assert not r.of(Heard)


async def test_an_action_that_claims_to_read_and_changes_something_is_not_run_early(room):
    r = room("set a timer for one hour", growing_s=5.0)
    actions = r.app.brain.understanding.actions
    start = actions["timer.start"]
    r.app.brain._executor._actions["timer.start"] = replace(start, reads=True)
    r.sound.hear(FRAME_S, wake=True)
    r.sound.hear(0.8, speech=0.9)
    r.sound.hear(0.5)
    await settled(r)
    assert await r.app.timers.all() == []
    assert r.tts.calls.count("speak") == 0


async def settled(r):
    """Let everything that was heard be worked on."""
    for _ in range(200):
        await asyncio.sleep(0)
    async with asyncio.timeout(5):
        while not (r.sound.queue.empty() and r.voice.ears.idle) or r.voice.replies.preparing:
            await asyncio.sleep(0)


async def test_what_was_made_ahead_is_said(room):
    r = room("what time is it")
    r.sound.command()
    await r.until(Finished)
    assert r.of(Saying)[0].text == "It's 3:00 pm."
    assert r.tts.calls.count("speak") == 1


async def test_a_turn_is_taken_back_when_the_sentence_goes_on(room):
    r = room("set a timer for one hour", talk_over=True)
    r.sound.end = never_heard
    r.sound.command()
    await r.until(Saying)
    assert [timer.duration for timer in await r.app.timers.all()] == [timedelta(hours=1)]
    r.asr.said = "set a timer for one hour and fifteen minutes"
    r.sound.hear(0.5, speech=0.9)
    r.sound.hear(0.9)
    await r.until(Saying, 2)
    assert r.of(Interrupted)[0].by == "more"
    assert [timer.duration for timer in await r.app.timers.all()] == [timedelta(minutes=75)]
    assert None in r.sound.stopped


async def never_heard(utterance):
    """Play a long reply."""


async def test_a_request_spoken_into_a_reply_is_answered_and_talk_lets_it_go_on(room):
    r = room("tell me a joke", "did you feed the cat", "what time is it", talk_over=True, regret_s=0.0)
    r.sound.end = never_heard
    r.sound.command()
    await r.until(Saying)
    r.sound.hear(1.0)
    r.sound.hear(0.8, speech=0.9)
    r.sound.hear(2.5)
    await settled(r)
    assert r.sound.held == [True, False]
    assert r.of(Interrupted) == []
    r.sound.hear(0.8, speech=0.9)
    r.sound.hear(0.9)
    await r.until(Saying, 2)
    assert [event.by for event in r.of(Interrupted)] == ["speech"]
    assert r.of(Saying)[1].text == "It's 3:00 pm."


async def test_a_wake_word_selects_the_language_and_the_voice_until_the_next_one(room):
    r = room("what time is it", "flip a coin", "what time is it", follow_up_s=3.0)
    r.voice.callings = {"hey_jarvis": Calling("hey_jarvis", "en", "en-gb-scotland")}
    r.sound.command()
    await r.until(Finished)
    r.sound.hear(0.8, speech=0.9)  # a follow-up, in the same voice
    r.sound.hear(0.9)
    await r.until(Finished, 2)
    assert [args[1] for args in r.asr.given["start"]] == ["en", "en"]
    assert [args[1:] for args in r.tts.given["speak"]] == [("en", "en-gb-scotland")] * 2
    r.voice.callings = {}
    r.sound.command()
    await r.until(Finished, 3)
    assert len(r.asr.given["start"][-1]) == 1
    assert r.tts.given["speak"][-1][1:] == ("en",)


async def thinks_long(r, seconds):
    """Have a question asked that is answered only after so many seconds of stream time; return what lets the answer come."""
    r.sound.end = never_heard
    answer, respond = asyncio.Event(), r.app.brain.respond

    async def slowly(heard, *, own_voice=False):
        await answer.wait()
        async for event in respond(heard, own_voice=own_voice):
            yield event

    r.app.brain.respond = slowly
    r.sound.command()
    await r.until(Heard)
    await settled(r)
    r.sound.hear(seconds)
    await settled(r)
    return answer


@pytest.mark.parametrize(("seconds", "words"), [(1.0, []), (2.0, ["Let me see."]), (9.0, ["Let me see.", "I'm still working on it."])])
async def test_who_waits_long_is_told_that_they_were_heard_and_nobody_else_is(room, seconds, words):
    r = room("set a timer for one hour")
    answer = await thinks_long(r, seconds)
    assert [args[0] for args in r.tts.given["speak"]] == words
    answer.set()
    await r.until(Saying)
    assert len(r.of(Saying)) == 1  # what fills the wait is no reply, and "repeat" does not repeat it
    r.sound.hear(9.0)
    await settled(r)
    assert len(r.tts.given["speak"]) == len(words) + 1


async def test_a_word_that_fills_the_wait_is_made_once(room):
    r = room("set a timer for one hour", "set a timer for two hours")
    for count in (1, 2):
        answer = await thinks_long(r, 2.0)
        answer.set()
        await r.until(Saying, count)
    assert [args[0] for args in r.tts.given["speak"]].count("Let me see.") == 1


async def test_after_an_interruption_nobody_is_told_to_wait(room):
    r = room("set a timer for one hour")
    answer = await thinks_long(r, 0.5)
    r.sound.hear(FRAME_S, wake=True)
    r.sound.hear(5.0)
    await settled(r)
    assert r.tts.given["speak"] == []
    assert not answer.is_set()


async def test_unplugged_while_hark_speaks_the_turn_ends_and_the_next_one_works(room):
    r = room("what time is it", "flip a coin")
    r.sound.end = never_heard
    r.sound.command()
    await r.until(Saying)
    r.sound.tell(state="lost", told="The sound system hangs.")
    await r.until(Finished)  # what can no longer be heard is not waited for
    r.sound.tell(state="live")
    r.sound.command()
    await r.until(Saying, 2)
    assert [each.text for each in r.of(Heard)] == ["what time is it", "flip a coin"]


@pytest.mark.parametrize("speech", [0.9, 0.0])
async def test_a_timer_that_ends_waits_until_whoever_speaks_or_is_answered_is_done(room, speech):
    r = room("what time is it")
    r.sound.hear(FRAME_S, wake=True)
    r.sound.hear(0.5, speech=0.9)
    if not speech:
        r.sound.end = never_heard
        r.sound.hear(0.9)
        await r.until(Saying)
    await settled(r)
    await r.voice.ring(Due(await r.app.timers.start(timedelta(minutes=1), "tea"), 0.0))
    r.sound.hear(0.3, speech=speech)
    await settled(r)
    assert "ring" not in r.sound.chimes
    if speech:
        r.sound.hear(0.9)
    else:
        r.sound.tell(played=("say-1",))
    await r.until(Finished)
    await r.until(Saying, 2)
    assert [each.announcement for each in r.of(Saying)] == [False, True]
    assert "ring" in r.sound.chimes


LONG = "There was a king. He had three daughters. The youngest was clever."


async def interrupted_story(r, heard, by):
    """Have a story told of which so many sentences are heard before it is interrupted."""
    r.sound.end = never_heard
    respond = r.app.brain.respond

    async def tell(words, *, own_voice=False):
        async for event in respond(words, own_voice=own_voice):
            yield replace(event, text=LONG) if isinstance(event, Saying) else event

    r.app.brain.respond = tell
    r.sound.command()
    await r.until(Saying)
    r.sound.hear(1.0)
    await settled(r)
    r.sound.tell(played=tuple(f"say-{number + 1}" for number in range(heard)))
    r.app.brain.respond = respond
    if by == "stop":
        r.sound.hear(0.5, speech=0.9)
        r.sound.hear(0.9)
        await r.until(Interrupted)


@pytest.mark.parametrize(("heard", "rest"), [(0, LONG), (1, LONG.partition(". ")[2]), (2, "The youngest was clever.")])
@pytest.mark.parametrize("by", ["stop", "wake"])
async def test_go_on_says_what_an_interruption_cut_off_from_the_clause_that_was_being_spoken(room, heard, rest, by):
    r = room("tell me a joke", *(["stop"] if by == "stop" else []), "go on", regret_s=0.0)
    await interrupted_story(r, heard, by)
    r.sound.command()
    saying = await r.until(Saying, 2)
    assert saying.text == rest
    r.sound.tell(played=tuple(r.sound.said))
    assert (await r.until(Finished)).turn.outcome is Outcome.DONE


async def test_what_was_cut_off_is_forgotten_once_something_else_is_answered(room):
    r = room("tell me a joke", "what time is it", "go on", regret_s=0.0)
    await interrupted_story(r, 1, "wake")
    r.sound.command()
    await r.until(Saying, 2)
    r.sound.tell(played=tuple(r.sound.said))
    await r.until(Finished)
    r.sound.command()
    assert "daughters" not in (await r.until(Saying, 3)).text


async def test_a_day_of_turns_unplugs_and_timers_loses_no_timer_and_leaves_nothing_behind(room):
    quarters = 96
    r = room(*["what time is it"] * quarters)
    ringing = asyncio.create_task(ring_when_due(r.app.timers, r.app.rings, r.app.clock, r.voice.ring))
    tasks = []
    for quarter in range(quarters):
        await r.app.timers.start(timedelta(minutes=10), f"number {quarter}")
        r.sound.command()
        await r.until(Finished, quarter + 1)
        if quarter % 3 == 0:
            r.sound.tell(state="lost", told="unplugged")
            r.sound.tell(state="live")
        await settled(r)
        r.app.clock.advance(600)
        await r.until(Saying, 2 * (quarter + 1))
        await settled(r)
        assert await r.voice.hush()
        r.app.clock.advance(300)
        tasks.append(len(asyncio.all_tasks()))
    told = [each.text for each in r.of(Saying) if each.announcement]
    assert [f"number {quarter}" in text for quarter, text in enumerate(told)] == [True] * quarters
    assert len(set(tasks[2:])) == 1
    assert await r.app.timers.all() == []
    ringing.cancel()
    await asyncio.gather(ringing, return_exceptions=True)
