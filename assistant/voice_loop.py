"""The voice loop: a pure state machine from frames and words to what should happen next.

    idle --wake--> listening --silence--> thinking --reply--> speaking --done--> listening (follow-up) --timeout--> idle

It knows no clock, no device and no model: stream time comes in with every frame, and everything to be done comes out as commands.
"""

from assistant.aside import Aside, go_on
from assistant.commands import (
    AbandonWords,
    Attend,
    Chime,
    Command,
    DropReply,
    Duck,
    FeedWords,
    FinishWords,
    HeardFrame,
    Hush,
    Prepare,
    SettleWords,
    Show,
    Think,
)
from assistant.dialogue.answers import is_stop
from assistant.patience import LoopSettings
from assistant.preroll import Preroll
from assistant.vocabulary import Finished, Heard, Interrupted, Partial, SpeechEnded, SpeechStarted, State, Transcript, Woke
from audio.endpoint import Completeness, Endpoint
from audio.vocabulary import SpeechPaused, WakeDetection

RING = "ring"
"""The id of the ringing sound."""


class VoiceLoop:
    """One conversation by voice."""

    def __init__(self, settings: LoopSettings) -> None:
        self.settings = settings
        self.state = State.IDLE
        self.ringing = False
        self._endpoint = Endpoint(settings.endpoint)
        self._aside = Aside(settings)
        self._preroll = Preroll()
        self._now_s = self._until_s = 0.0
        self._wake: WakeDetection | None = None
        self._addressed = False
        self._partial = ""
        self._chime_due_s: float | None = None
        self._pause = 0
        """Counts the pauses that were asked about, so that late answers are told apart."""
        self._settled: Transcript | None = None
        """The words up to the pause that is on, read to their end."""
        self._open_until_s = 0.0
        """Until then the recogniser keeps the last utterance, and speech goes on with it."""

    @property
    def busy(self) -> bool:
        """Whether somebody speaks or is being answered."""
        return self._endpoint.speaking or self.state in {State.THINKING, State.SPEAKING}

    @property
    def spoken_to(self) -> bool:
        """Whether somebody is speaking."""
        return self._endpoint.speaking

    @property
    def addressed(self) -> bool:
        """Whether what is heard now is said to Hark for certain: after the wake word, the key, or its question."""
        return self.state is State.LISTENING and self._addressed

    @property
    def free(self) -> bool:
        """Whether an announcement would talk over nobody."""
        return not self.busy and not (self.state is State.LISTENING and self._addressed)

    def begin(self) -> list[Command]:
        """Start."""
        return self._rest()

    def hear_over(self, on: bool) -> None:
        """Take whether speech into a reply can be told from the reply."""
        self._aside.talk_over = on

    def on_frame(self, frame: HeardFrame) -> list[Command]:
        """Take the next frame."""
        self._now_s = frame.end_s
        if frame.wake:
            return self._woken(frame, frame.wake)
        if frame.backlog:
            self._preroll.add(frame)
            return []
        if self._may_go_on:
            return self._watch(frame)
        if self.state is State.THINKING:
            return []
        if self.state is State.LISTENING and not self._endpoint.speaking and (late := self._out_of_patience()) is not None:
            return late
        return [*self._chime(), *self._follow_speech(frame)]

    def on_partial(self, words: Transcript, completeness: Completeness) -> list[Command]:
        """Take the words so far."""
        if not self._endpoint.speaking:
            return []
        if self._aside.on and is_stop(words.text):
            return self._interrupt("stop")
        self._endpoint.guess(completeness)
        return self._shown(words)

    def on_settled(self, words: Transcript, completeness: Completeness, pause: int) -> list[Command]:
        """Take the words up to a pause, read to their end; too late when somebody speaks again."""
        if not self._endpoint.speaking or pause != self._pause:
            return []
        if self._aside.on and is_stop(words.text):
            return self._interrupt("stop")
        self._endpoint.settle(completeness)
        self._settled = words
        commands = self._shown(words)
        if ended := self._endpoint.due(self._now_s, 0.0):
            return [*commands, *self._ended(ended)]
        return [*commands, Prepare(words)] if completeness.is_whole and not self._aside.on else commands

    def on_final(self, words: Transcript) -> list[Command]:
        """Take the final words of an utterance."""
        if self._aside.on:
            return self._said_aside(words)
        if self.state is not State.THINKING:
            return []
        if not words.text:
            self.state = State.LISTENING
            return []
        return [Show(self._heard(words)), Think(words, self._addressed)]

    def on_judged(self, words: Transcript, *, meant: bool) -> list[Command]:
        """Take whether words spoken into the reply were meant for Hark; talk in the room lets it go on."""
        if self.state is not State.SPEAKING:
            return []
        if not meant:
            return go_on()
        commands = self._interrupt("speech")
        self.state, self._addressed = State.THINKING, True
        return [*commands, Show(self._heard(words)), Think(words, addressed=True)]

    def on_saying(self) -> list[Command]:
        """Take that the reply begins to be spoken."""
        self.state = State.SPEAKING
        self._endpoint.reset()
        self._preroll.clear()
        return [Attend(True)]

    def on_done(self, *, asks: bool, silent: bool = False) -> list[Command]:
        """Take that the turn is over and everything has been heard; `asks` when Hark waits for an answer."""
        self._addressed = asks
        if self._aside.on and self.ringing:
            self.state = State.IDLE
            return []  # somebody is just saying "stop" into the ringing
        if self._aside.on and self._endpoint.speaking and self._aside.talk_over:
            self.state = State.LISTENING
            return [*self._aside.drop(), Attend(True)]  # what is being said into its last words is heard to the end
        commands: list[Command] = [AbandonWords(), *self._aside.drop()] if self._aside.on else []
        patience_s = self.settings.question_s if asks else self.settings.follow_up_s
        if not patience_s or silent or self.ringing:
            return [*commands, *self._rest()]
        self._listen(patience_s)
        return [*commands, Attend(True)]

    def on_ring(self) -> list[Command]:
        """Take that a timer rings; it sounds under whatever is said, until it is stopped."""
        if self.ringing:
            return []
        self.ringing = True
        return [Chime(RING, loop=True), Attend(True)]

    def on_key(self) -> list[Command]:
        """Take the push-to-talk key: it opens the microphone, ends the utterance, or interrupts."""
        if self.state is State.LISTENING and self._endpoint.speaking:
            return self._ended(ended) if (ended := self._endpoint.finish()) else []
        commands = self._interrupt("key") if self.state is not State.IDLE or self.ringing else []
        self._listen(self.settings.listen_s)
        self._addressed = True
        return [*commands, Chime("listen"), Attend(True), Show(Woke(self._now_s, "key"))]

    def on_lost(self) -> list[Command]:
        """Take that the microphone is gone: nothing that was being heard will be finished."""
        commands: list[Command] = [AbandonWords()] if self._endpoint.speaking else []
        self._endpoint.reset()
        return [*commands, *self._aside.drop(), *(self._rest() if self.state is State.LISTENING else [])]

    def on_restored(self) -> list[Command]:
        """Take that sound is back, perhaps in a new process that knows nothing of before."""
        commands: list[Command] = [Chime(RING, loop=True)] if self.ringing else []
        return [*commands, Attend(self.ringing or self.state is not State.IDLE)]

    def on_deaf(self) -> list[Command]:
        """Take that the recogniser failed: the words under way are lost."""
        self._endpoint.reset()
        self._open_until_s = 0.0
        self._aside.drop()
        self.state = State.THINKING
        return go_on()

    def hush(self, by: str = "stop") -> tuple[bool, list[Command]]:
        """Silence what rings; tell whether anything did."""
        rang = self.ringing
        self.ringing = False
        return rang, [Hush(RING), Show(Interrupted(self._now_s, by))] if rang else []

    def _woken(self, frame: HeardFrame, wake: WakeDetection) -> list[Command]:
        """Open the microphone; what Hark was saying gives way."""
        commands: list[Command] = []
        if self.state in {State.THINKING, State.SPEAKING}:
            commands += self._interrupt("wake")
        elif self._endpoint.speaking:
            commands.append(AbandonWords())
        if self.ringing:
            commands.append(Duck(self.settings.ring_gain))
        self._preroll.add(frame)
        self._listen(self.settings.listen_s, keep_s=wake.at_s - self.settings.wake_phrase_s)
        self._wake = wake
        self._addressed = True
        self._chime_due_s = frame.end_s + self.settings.chime_after_s
        return [*commands, Show(Woke(wake.at_s, wake.name, wake.score))]

    def _listen(self, patience_s: float, keep_s: float = float("inf")) -> None:
        """Listen anew; what was heard since `keep_s` may belong to what will be said."""
        self.state = State.LISTENING
        self._until_s = self._now_s + patience_s
        self._endpoint.reset()
        self._preroll.trim(keep_s)
        self._wake = None
        self._aside.drop()

    def _follow_speech(self, frame: HeardFrame) -> list[Command]:
        """Follow who speaks: to Hark when it listens, into its words or its ringing otherwise."""
        before = self._endpoint.speaking
        if frame.speech >= self.settings.endpoint.go_on:
            self._settled = None
        change = self._endpoint.process(frame.end_s, frame.end_s - frame.start_s, frame.speech)
        if isinstance(change, SpeechEnded):
            return [FeedWords(frame.samples), *self._ended(change)]
        if before:
            return [FeedWords(frame.samples), *self._paused(change), *self._aside.follow(frame)]
        self._preroll.add(frame)
        if isinstance(change, SpeechStarted):
            return self._started(change)
        if self._wake is None or frame.end_s - self._wake.at_s > self.settings.breath_s:
            self._wake = None
            self._preroll.trim(frame.end_s - self.settings.preroll_s)
        return []

    def _started(self, change: SpeechStarted) -> list[Command]:
        if self._wake is None:
            self._preroll.trim(change.at_s - self.settings.preroll_s)
        self._wake = None
        self._partial = ""
        self._chime_due_s = None
        self._open_until_s = 0.0
        speaking = self.state is State.SPEAKING
        if self.state is not State.LISTENING and (self.settings.wake_needed or speaking):
            return [*self._aside.begin(speaking=speaking, ringing=self.ringing), *self._preroll.begin()]
        self.state = State.LISTENING
        return [Show(change), *self._preroll.begin()]

    def _paused(self, change: object) -> list[Command]:
        """Have the words read to their end when somebody falls silent."""
        self._pause += isinstance(change, SpeechPaused)
        return [SettleWords(self._pause)] if isinstance(change, SpeechPaused) else []

    def _ended(self, ended: SpeechEnded) -> list[Command]:
        words, self._settled = self._settled, None
        if self._aside.on:
            return [FinishWords()] if words is None else self._said_aside(words)
        self.state = State.THINKING
        self._open_until_s = ended.at_s + self.settings.regret_s if ended.reason in {"complete", "silence"} else 0.0
        return [Show(ended), *([FinishWords()] if words is None else self.on_final(words))]

    @property
    def _may_go_on(self) -> bool:
        """Whether speech now would go on with the sentence that is being answered."""
        answering = self.state is State.THINKING or (self.state is State.SPEAKING and self._aside.talk_over)
        return answering and self._now_s <= self._open_until_s

    def _watch(self, frame: HeardFrame) -> list[Command]:
        """Go on hearing an utterance that was taken to be over; when somebody speaks on, it was not."""
        change = self._endpoint.process(frame.end_s, frame.end_s - frame.start_s, frame.speech)
        if not isinstance(change, SpeechStarted):
            return [FeedWords(frame.samples)]
        spoke = self.state is State.SPEAKING
        self.state, self._open_until_s, self._settled = State.LISTENING, 0.0, None
        self._endpoint.resume(frame.end_s)
        return [
            DropReply(retract=True),
            *([Hush()] if spoke else list[Command]()),
            Show(Interrupted(self._now_s, "more")),
            FeedWords(frame.samples),
        ]

    def _said_aside(self, words: Transcript) -> list[Command]:
        """Take the final words of what was spoken into a reply or a ringing."""
        self._endpoint.reset()
        return self._interrupt("stop") if is_stop(words.text) else self._aside.heard(words)

    def _heard(self, words: Transcript) -> Heard:
        return Heard(self._now_s, words.text, words.language, words.confidence)

    def _shown(self, words: Transcript) -> list[Command]:
        if self._aside.on or not words.text or words.text == self._partial:
            return []
        self._partial = words.text
        return [Show(Partial(self._now_s, words.text, words.language))]

    def _interrupt(self, by: str) -> list[Command]:
        """Stop speaking, thinking and ringing."""
        self._endpoint.reset()
        self._open_until_s = 0.0
        self.ringing = False
        spoke = self.state in {State.THINKING, State.SPEAKING}
        commands: list[Command] = [AbandonWords(), DropReply()] if spoke else [AbandonWords()]
        self._aside.drop()
        commands += [Hush(), *go_on(), Show(Interrupted(self._now_s, by))]
        return [*commands, *(self._rest() if by == "stop" else [])]

    def _out_of_patience(self) -> list[Command] | None:
        """Return to rest when nobody spoke in time; None while there is time, or none is set."""
        if self._now_s < self._until_s or not self.settings.wake_needed:
            return None
        commands: list[Command] = [Chime("quiet")] if self._addressed else []
        self._addressed = False
        return [*commands, *self._rest(), Show(Finished(self._now_s, None))]

    def _rest(self) -> list[Command]:
        """Wait for the wake word, or go on listening when none is needed."""
        self._chime_due_s = None
        if not self.settings.wake_needed:
            self._listen(0.0)
            return [Attend(True)]
        self.state = State.IDLE
        self._endpoint.reset()
        self._preroll.clear()
        self._wake = None
        return [Attend(self.ringing), Duck(1.0)]

    def _chime(self) -> list[Command]:
        """Say "go on" once, when the wake word was followed by silence."""
        if self._chime_due_s is None or self._now_s < self._chime_due_s or self._endpoint.speaking:
            return []
        self._chime_due_s = None
        return [Chime("listen")]
