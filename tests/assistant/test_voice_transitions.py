"""Every state of the voice loop meets everything that can happen to it: the picture in docs/turn-taking.md as a table."""

import pytest

from assistant.commands import AbandonWords, Attend, Chime, DropReply, HeardFrame, Hush, Show, Think
from assistant.patience import LoopSettings
from assistant.vocabulary import Interrupted, State, Transcript
from assistant.voice_loop import VoiceLoop
from audio.endpoint import Completeness
from audio.vocabulary import WakeDetection

FRAME_S = 0.032
WORDS = Transcript("what time is it", "en")


class Stage:
    """A loop brought into a state."""

    def __init__(self, where, **settings):
        self.loop = VoiceLoop(LoopSettings(regret_s=0.0, **settings))
        self.loop.begin()
        self.now_s = 0.0
        steps = {"idle": 0, "called": 1, "hearing": 2, "thinking": 3, "speaking": 4, "spoken into": 5, "follow-up": 5, "asking": 5}[where]
        if steps >= 1:
            self.hear(FRAME_S, wake=True)
        if steps >= 2:
            self.hear(0.6, speech=0.9)
        if steps >= 3:
            self.hear(2.5)
            self.loop.on_final(WORDS)
        if steps >= 4:
            self.loop.on_saying()
        if where == "spoken into":
            self.hear(0.6, speech=0.9)
        if where in {"follow-up", "asking"}:
            self.loop.on_done(asks=where == "asking")

    def hear(self, seconds, *, speech=0.0, wake=False):
        asked = []
        for number in range(round(seconds / FRAME_S)):
            start_s, self.now_s = self.now_s, self.now_s + FRAME_S
            found = WakeDetection("hey_jarvis", 0.99, self.now_s) if wake and not number else None
            asked += self.loop.on_frame(HeardFrame(memoryview(b""), start_s, self.now_s, speech, found))
        return asked


HAPPENS = {
    "wake": lambda stage: stage.hear(FRAME_S, wake=True),
    "key": lambda stage: stage.loop.on_key(),
    "long silence": lambda stage: stage.hear(12.0),
    "nothing heard": lambda stage: stage.loop.on_final(Transcript("", "en")),
    "stop": lambda stage: stage.loop.on_partial(Transcript("stop", "en"), Completeness.COMPLETE),
    "saying": lambda stage: stage.loop.on_saying(),
    "done": lambda stage: stage.loop.on_done(asks=False),
    "asks": lambda stage: stage.loop.on_done(asks=True),
    "announced": lambda stage: stage.loop.on_done(asks=False, silent=True),
    "ring": lambda stage: stage.loop.on_ring(),
    "unplugged": lambda stage: stage.loop.on_lost(),
    "back": lambda stage: stage.loop.on_restored(),
    "deaf": lambda stage: stage.loop.on_deaf(),
}

REST, L, T, S = State.IDLE, State.LISTENING, State.THINKING, State.SPEAKING
#        idle called hearing thinking speaking "spoken into" follow-up asking
TABLE = {
    "wake": (L, L, L, L, L, L, L, L),
    "key": (L, L, T, L, L, L, L, L),
    "long silence": (REST, REST, T, T, S, S, REST, REST),
    "nothing heard": (REST, L, L, L, S, S, L, L),
    "stop": (REST, L, L, T, S, REST, L, L),
    "saying": (S, S, S, S, S, S, S, S),
    "done": (L, L, L, L, L, L, L, L),
    "asks": (L, L, L, L, L, L, L, L),
    "announced": (REST, REST, REST, REST, REST, REST, REST, REST),
    "ring": (REST, L, L, T, S, S, L, L),
    "unplugged": (REST, REST, REST, T, S, S, REST, REST),
    "back": (REST, L, L, T, S, S, L, L),
    "deaf": (T, T, T, T, T, T, T, T),
}
PLACES = ("idle", "called", "hearing", "thinking", "speaking", "spoken into", "follow-up", "asking")


@pytest.mark.parametrize(
    ("what", "where", "then"), [(what, where, then) for what, row in TABLE.items() for where, then in zip(PLACES, row, strict=True)]
)
def test_from_every_state_everything_leads_where_the_table_says(what, where, then):
    stage = Stage(where)
    HAPPENS[what](stage)
    assert stage.loop.state is then


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("what", HAPPENS)
def test_whatever_happened_the_wake_word_and_a_command_are_answered(what, where):
    stage = Stage(where)
    HAPPENS[what](stage)
    stage.hear(FRAME_S, wake=True)
    stage.hear(0.6, speech=0.9)
    stage.hear(2.5)
    assert Think(WORDS, addressed=True) in stage.loop.on_final(WORDS)


@pytest.mark.parametrize("where", PLACES)
def test_an_announcement_waits_for_everybody_who_speaks_is_awaited_or_answered(where):
    assert Stage(where).loop.free is (where in {"idle", "follow-up"})


@pytest.mark.parametrize("where", PLACES)
def test_a_ringing_sounds_in_every_state_and_again_after_the_sound_was_gone(where):
    stage = Stage(where)
    assert Chime("ring", loop=True) in stage.loop.on_ring()
    assert stage.loop.on_ring() == []
    stage.loop.on_lost()
    assert {Chime("ring", loop=True), Attend(True)} <= set(stage.loop.on_restored())
    rang, asked = stage.loop.hush()
    assert rang
    assert Hush("ring") in asked
    assert Chime("ring", loop=True) not in stage.loop.on_restored()


def test_a_timer_that_rings_while_the_answer_to_a_question_is_spoken_costs_no_word_of_it():
    stage = Stage("asking")
    stage.hear(0.3, speech=0.9)
    asked = [*stage.loop.on_ring(), *stage.hear(0.3, speech=0.9)]
    assert not [each for each in asked if isinstance(each, AbandonWords | DropReply)]
    stage.hear(2.5)
    assert Think(WORDS, addressed=True) in stage.loop.on_final(WORDS)
    assert stage.loop.ringing


@pytest.mark.parametrize("first", ["wake", "key"])
@pytest.mark.parametrize("second", ["wake", "key"])
def test_of_two_interruptions_in_a_row_each_drops_what_was_said_then(first, second):
    stage = Stage("speaking")
    by = []
    for what in (first, second):
        asked = HAPPENS[what](stage)
        assert DropReply() in asked
        by += [each.event.by for each in asked if isinstance(each, Show) and isinstance(each.event, Interrupted)]
        stage.hear(0.6, speech=0.9)
        stage.hear(2.5)
        stage.loop.on_final(WORDS)
        stage.loop.on_saying()
    assert by == [first, second]


def test_a_microphone_unplugged_twice_while_speaking_leaves_the_reply_alone():
    stage = Stage("speaking")
    for _ in range(2):
        assert DropReply() not in stage.loop.on_lost()
        assert stage.loop.on_restored() == [Attend(True)]
    assert stage.loop.state is State.SPEAKING
