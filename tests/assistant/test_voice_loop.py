"""The voice loop, scripted in stream time: no sound, no clock, no model."""

import pytest

from assistant.commands import (
    AbandonWords,
    Attend,
    BeginWords,
    Chime,
    DropReply,
    Duck,
    FeedWords,
    FinishWords,
    HeardFrame,
    Hold,
    Hush,
    Judge,
    Prepare,
    SettleWords,
    Show,
    Think,
)
from assistant.patience import LoopSettings
from assistant.vocabulary import Finished, Heard, Interrupted, Partial, SpeechEnded, SpeechStarted, State, Transcript, Woke
from assistant.voice_loop import VoiceLoop
from audio.endpoint import Completeness
from audio.vocabulary import WakeDetection

FRAME_S = 0.032
NOTHING = memoryview(b"")


class Script:
    """A loop and everything it has asked for."""

    def __init__(self, **settings):
        self.loop = VoiceLoop(LoopSettings(**settings))
        self.done = self.loop.begin()
        self.now_s = 0.0

    def hear(self, seconds, *, speech=0.0, wake=False, backlog=False):
        """Let sound come in; the wake word, if any, ends in the first frame."""
        asked = []
        for number in range(round(seconds / FRAME_S)):
            start_s, self.now_s = self.now_s, self.now_s + FRAME_S
            detection = WakeDetection("hey_jarvis", 0.99, self.now_s) if wake and not number else None
            asked += self.loop.on_frame(HeardFrame(NOTHING, start_s, self.now_s, speech, detection, backlog))
        return self.take(asked)

    def take(self, asked):
        """Remember what was asked for."""
        self.done += asked
        return asked

    def command(self, text="what time is it", completeness=Completeness.COMPLETE):
        """Wake, speak and be understood; returns once the brain is thinking."""
        self.hear(FRAME_S, wake=True)
        self.hear(0.1)
        self.hear(1.0, speech=0.9)
        self.take(self.loop.on_partial(Transcript(text, "en", is_final=False), completeness))
        return self.pause(text, completeness)

    def pause(self, text, completeness=Completeness.COMPLETE, silence_s=0.4):
        """Fall silent, with the words so far read to their end."""
        (asked,) = of(SettleWords, self.hear(0.1))
        settled = self.take(self.loop.on_settled(Transcript(text, "en"), completeness, asked.pause))
        return [*settled, *self.hear(silence_s)]


def of(kind, asked):
    """Return the commands of a kind, or the events of a kind that were shown."""
    return [a for a in asked if isinstance(a, kind)] + [a.event for a in asked if isinstance(a, Show) and isinstance(a.event, kind)]


def test_at_first_it_waits_for_the_wake_word():
    script = Script()
    assert script.loop.state is State.IDLE
    assert Attend(on=False) in script.done
    assert script.hear(3.0, speech=0.9) != []  # somebody talks, to somebody else
    assert not of(Think, script.done)
    assert script.loop.state is State.IDLE


def test_wake_word_command_and_thought():
    script = Script()
    asked = script.command()
    assert [type(e) for e in of((Woke, SpeechStarted, Partial, SpeechEnded, Heard), script.done)] == [
        Woke,
        SpeechStarted,
        Partial,
        SpeechEnded,
        Heard,
    ]
    assert of(Think, asked) == [Think(Transcript("what time is it", "en"), addressed=True)]
    assert script.loop.state is State.THINKING


def test_a_complete_command_is_answered_after_a_short_silence_and_a_cut_one_is_waited_for():
    for completeness, waits in ((Completeness.COMPLETE, False), (Completeness.CUT, True)):
        script = Script()
        script.hear(FRAME_S, wake=True)
        script.hear(1.0, speech=0.9)
        script.loop.on_partial(Transcript("set a timer for", "en"), completeness)
        asked = script.pause("set a timer for", completeness)
        assert bool(of(Think, asked)) is not waits


def test_words_that_nobody_reads_to_their_end_are_asked_for_after_a_longer_silence():
    script = Script()
    script.hear(FRAME_S, wake=True)
    script.hear(1.0, speech=0.9)
    assert not of(FinishWords, script.hear(0.5))
    assert of(FinishWords, script.hear(0.3))
    assert of(Think, script.loop.on_final(Transcript("flip a coin", "en")))


def test_the_reply_is_prepared_at_the_first_silence_and_only_to_what_may_be_all():
    for completeness, prepared in ((Completeness.GROWING, True), (Completeness.CUT, False), (Completeness.UNKNOWN, False)):
        script = Script()
        script.hear(FRAME_S, wake=True)
        script.hear(1.0, speech=0.9)
        asked = script.pause("set a timer for ten minutes", completeness, silence_s=0.0)
        assert bool(of(Prepare, asked)) is prepared
        assert not of(Think, asked)


def test_words_read_to_a_pause_come_too_late_when_somebody_speaks_again():
    script = Script()
    script.hear(FRAME_S, wake=True)
    script.hear(1.0, speech=0.9)
    (first,) = of(SettleWords, script.hear(0.1))
    script.hear(0.3, speech=0.9)
    (second,) = of(SettleWords, script.hear(0.1))
    assert script.loop.on_settled(Transcript("set a timer", "en"), Completeness.COMPLETE, first.pause) == []
    asked = script.loop.on_settled(Transcript("set a timer for ten minutes", "en"), Completeness.COMPLETE, second.pause)
    assert of(Prepare, asked)


@pytest.mark.parametrize("speaking", [False, True])
def test_who_goes_on_with_the_sentence_that_is_being_answered_was_not_done(speaking):
    script = Script(talk_over=True)
    script.command("what time is it", Completeness.EXTENSIBLE)
    if speaking:
        script.take(script.loop.on_saying())
    asked = script.hear(0.3, speech=0.9)
    assert of(DropReply, asked) == [DropReply(retract=True)]
    assert bool(of(Hush, asked)) is speaking
    assert not of(BeginWords, asked)  # the recogniser still has the first half
    asked = script.pause("what time is it in tokyo")
    assert of(Think, asked) == [Think(Transcript("what time is it in tokyo", "en"), addressed=True)]


def test_what_is_said_long_after_is_a_new_sentence():
    script = Script(talk_over=True, regret_s=1.0)
    script.command()
    script.take(script.loop.on_saying())
    script.hear(1.2)
    asked = script.hear(0.3, speech=0.9)
    assert of(BeginWords, asked)
    assert not of(DropReply, asked)


def reply_spoken_into(seconds=0.3):
    """Return a conversation in which somebody speaks into a reply, and what that alone leads to."""
    script = Script(talk_over=True, regret_s=0.0)
    script.command("tell me a joke")
    script.take(script.loop.on_saying())
    script.hear(1.0)
    return script, script.hear(seconds, speech=0.9)


def test_speech_into_a_reply_turns_it_down_and_then_makes_it_wait():
    script, asked = reply_spoken_into()
    assert [a for a in asked if isinstance(a, Duck | Hold)] == [Duck(0.3), Hold(on=True)]
    assert script.now_s > 0
    click = reply_spoken_into(0.096)[1]
    assert of(Duck, click)
    assert not of(Hold, click)


@pytest.mark.parametrize("words", ["", "mm hm", "yeah", "嗯", "okay right"])
def test_after_a_cough_or_an_mm_hm_the_reply_goes_on_where_it_was(words):
    script, _ = reply_spoken_into()
    asked = script.pause(words, Completeness.UNKNOWN, silence_s=0.8)
    assert [a for a in asked if isinstance(a, Duck | Hold | DropReply)] == [Hold(on=False), Duck(1.0)]
    assert script.loop.state is State.SPEAKING


def test_a_request_spoken_into_a_reply_is_answered_in_its_place():
    script, _ = reply_spoken_into()
    (judge,) = of(Judge, script.pause("what time is it"))
    asked = script.take(script.loop.on_judged(judge.heard, meant=True))
    assert of(Interrupted, asked)[0].by == "speech"
    assert of(DropReply, asked) == [DropReply()]
    assert of(Think, asked) == [Think(Transcript("what time is it", "en"), addressed=True)]


def test_talk_in_the_room_lets_the_reply_go_on():
    script, _ = reply_spoken_into()
    (judge,) = of(Judge, script.pause("did you feed the cat", Completeness.UNKNOWN, silence_s=0.8))
    assert Hold(on=False) in script.loop.on_judged(judge.heard, meant=False)
    assert script.loop.state is State.SPEAKING


def test_two_requests_in_a_row_are_spoken_into_replies():
    script, _ = reply_spoken_into()
    for text in ("what time is it", "flip a coin"):
        (judge,) = of(Judge, script.pause(text))
        assert of(Think, script.take(script.loop.on_judged(judge.heard, meant=True)))
        script.take(script.loop.on_saying())
        script.hear(1.0)
        script.hear(0.4, speech=0.9)
    assert [e.by for e in of(Interrupted, script.done)] == ["speech", "speech"]


def test_what_is_said_into_the_last_words_of_a_reply_is_not_lost():
    script, _ = reply_spoken_into()
    script.take(script.loop.on_done(asks=False))
    assert of(Think, script.pause("flip a coin"))


def test_where_its_own_voice_cannot_be_told_apart_only_stop_interrupts():
    script = Script()
    script.command()
    script.take(script.loop.on_saying())
    script.hear(2.0)
    script.hear(0.3, speech=0.9)
    asked = script.pause("flip a coin")
    assert not of((Hold, Judge, Think), asked)
    script.hear(0.3, speech=0.9)
    assert of(Interrupted, script.pause("stop"))


def test_a_timer_rings_while_a_question_is_open_and_the_answer_still_counts():
    script = Script()
    script.command("set a timer")
    script.loop.on_saying()
    script.loop.on_done(asks=True)
    assert not script.loop.free  # the announcement waits
    script.hear(0.5, speech=0.9)
    assert of(Think, script.pause("ten minutes"))[0].addressed
    script.loop.on_saying()
    script.loop.on_done(asks=False)
    assert script.loop.free


def test_unplugged_while_somebody_speaks_into_the_reply_it_goes_on():
    script, _ = reply_spoken_into()
    assert Hold(on=False) in script.loop.on_lost()
    assert script.loop.state is State.SPEAKING


def test_in_one_breath_what_came_before_the_wake_word_fired_is_recognised_too():
    script = Script(wake_phrase_s=0.5)
    script.hear(0.6, speech=0.9, backlog=True)
    woken_s = script.now_s
    asked = script.hear(0.3, speech=0.9, wake=True)
    (begin,) = of(BeginWords, asked)
    assert begin.start_s == pytest.approx(woken_s - 0.5, abs=2 * FRAME_S)
    fed = sum(isinstance(a, FeedWords) for a in asked)
    assert fed == pytest.approx((script.now_s - begin.start_s) / FRAME_S, abs=1)


def test_a_chime_answers_the_wake_word_only_when_silence_follows_it():
    silent, speaking = Script(), Script()
    silent.hear(FRAME_S, wake=True)
    assert of(Chime, silent.hear(0.5)) == [Chime("listen")]
    speaking.hear(FRAME_S, wake=True)
    assert of(Chime, speaking.hear(0.5, speech=0.9)) == []


def test_nobody_speaks_after_the_wake_word():
    script = Script(listen_s=2.0)
    script.hear(FRAME_S, wake=True)
    asked = script.hear(2.2)
    assert of(Chime, asked)[-1] == Chime("quiet")
    assert of(Finished, asked)
    assert script.loop.state is State.IDLE


def test_an_utterance_without_words_leaves_it_listening():
    script = Script()
    script.hear(FRAME_S, wake=True)
    script.hear(0.3, speech=0.9)
    script.hear(1.0)
    assert script.loop.on_final(Transcript("", "en")) == []
    assert script.loop.state is State.LISTENING


def test_after_the_reply_no_wake_word_is_needed_for_a_while():
    script = Script(follow_up_s=3.0)
    script.command()
    script.take(script.loop.on_saying())
    assert script.loop.state is State.SPEAKING
    script.hear(1.0)
    script.take(script.loop.on_done(asks=False))
    assert script.loop.state is State.LISTENING
    script.hear(0.5, speech=0.9)
    script.hear(1.0)
    (think,) = of(Think, script.loop.on_final(Transcript("and tomorrow", "en")))
    assert not think.addressed


def test_the_follow_up_window_closes_without_a_sound():
    script = Script(follow_up_s=1.0)
    script.command()
    script.loop.on_saying()
    script.loop.on_done(asks=False)
    asked = script.hear(1.2)
    assert not of(Chime, asked)
    assert script.loop.state is State.IDLE
    assert Attend(on=False) in asked


def test_an_answer_to_its_own_question_is_addressed_to_it():
    script = Script()
    script.command("set a timer")
    script.loop.on_saying()
    script.loop.on_done(asks=True)
    script.hear(0.5, speech=0.9)
    script.hear(1.0)
    assert of(Think, script.loop.on_final(Transcript("ten minutes", "en")))[0].addressed


def test_the_wake_word_interrupts_the_reply_and_listens():
    script = Script()
    script.command()
    script.loop.on_saying()
    asked = script.hear(FRAME_S, wake=True)
    assert of(DropReply, asked)
    assert of(Hush, asked)
    assert of(Interrupted, asked)[0].by == "wake"
    assert script.loop.state is State.LISTENING


def test_two_interruptions_in_a_row():
    script = Script()
    script.command()
    for _ in range(2):
        script.loop.on_saying()
        assert of(Interrupted, script.hear(FRAME_S, wake=True))
        script.hear(0.5, speech=0.9)
        script.hear(1.0)
        assert of(Think, script.take(script.loop.on_final(Transcript("flip a coin", "en"))))


def test_the_wake_word_interrupts_a_long_thought():
    script = Script()
    script.command()
    assert script.loop.state is State.THINKING
    assert of(DropReply, script.hear(FRAME_S, wake=True))


def test_stop_spoken_into_the_reply_stops_it_and_other_words_do_not():
    script = Script()
    script.command()
    script.loop.on_saying()
    script.hear(0.3, speech=0.9)
    assert script.loop.on_partial(Transcript("the weather", "en"), Completeness.UNKNOWN) == []
    script.hear(1.0)
    assert not of(Hush, script.loop.on_final(Transcript("the weather is fine", "en")))
    assert script.loop.state is State.SPEAKING
    script.hear(0.3, speech=0.9)
    asked = script.loop.on_partial(Transcript("stop", "en"), Completeness.UNKNOWN)
    assert of(Interrupted, asked)[0].by == "stop"
    assert script.loop.state is State.IDLE


@pytest.mark.parametrize("word", ["stop", "停", "hey jarvis stop"])
def test_a_ringing_goes_on_until_it_is_stopped(word):
    script = Script()
    assert Chime("ring", loop=True) in script.take(script.loop.on_ring())
    assert script.loop.ringing
    script.hear(5.0)
    assert script.loop.ringing
    asked = script.hear(0.4, speech=0.9)
    assert of(Duck, asked)  # quieter, to hear what is said
    asked = script.hear(1.0)
    assert of(FinishWords, asked)
    assert of(Hush, script.loop.on_final(Transcript(word, "en")))
    assert not script.loop.ringing


def test_talk_during_a_ringing_is_left_alone_and_the_ringing_comes_back():
    script = Script()
    script.loop.on_ring()
    script.hear(0.4, speech=0.9)
    script.hear(1.0)
    assert script.loop.on_final(Transcript("where is my phone", "en")) == [Duck(1.0)]
    assert script.loop.ringing


def test_an_action_can_silence_the_ringing():
    script = Script()
    script.loop.on_ring()
    rang, asked = script.loop.hush()
    assert rang
    assert Hush("ring") in asked
    assert script.loop.hush() == (False, [])


def test_an_announcement_waits_while_somebody_speaks_or_was_asked():
    script = Script()
    assert script.loop.free
    script.hear(FRAME_S, wake=True)
    assert not script.loop.free
    script.hear(0.5, speech=0.9)
    assert not script.loop.free


def test_the_key_opens_ends_and_interrupts():
    script = Script()
    assert of(Woke, script.take(script.loop.on_key()))[0].name == "key"
    script.hear(0.5, speech=0.9)
    assert of(FinishWords, script.take(script.loop.on_key()))
    script.take(script.loop.on_final(Transcript("flip a coin", "en")))
    script.loop.on_saying()
    assert of(Interrupted, script.take(script.loop.on_key()))[0].by == "key"
    assert script.loop.state is State.LISTENING


def test_without_a_wake_word_it_listens_all_the_time():
    script = Script(wake_needed=False)
    script.hear(60.0)
    assert script.loop.state is State.LISTENING
    script.hear(0.5, speech=0.9)
    script.hear(1.0)
    assert of(Think, script.loop.on_final(Transcript("flip a coin", "en")))


def test_a_microphone_that_goes_away_drops_the_utterance_and_nothing_else():
    script = Script()
    script.hear(FRAME_S, wake=True)
    script.hear(0.5, speech=0.9)
    assert of(AbandonWords, script.loop.on_lost())
    assert script.loop.state is State.IDLE
    assert script.command()  # and it works again


def test_unplugged_while_speaking_the_reply_goes_on():
    script = Script()
    script.command()
    script.loop.on_saying()
    script.loop.on_lost()
    assert script.loop.state is State.SPEAKING
