"""The voice loop: a pure state machine from frames and words to what should happen next.

    idle --wake--> listening --silence--> thinking --reply--> speaking --done--> listening (follow-up) --timeout--> idle

It knows no clock, no device and no model: stream time comes in with every frame, and everything to be done comes out as commands.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.commands import (
    AbandonWords,
    Attend,
    BeginWords,
    Chime,
    Command,
    DropReply,
    Duck,
    FeedWords,
    FinishWords,
    HeardFrame,
    Hush,
    Show,
    Think,
)
from assistant.dialogue.answers import is_stop
from assistant.vocabulary import (
    Event,
    Finished,
    Heard,
    Interrupted,
    Partial,
    SpeechEnded,
    SpeechStarted,
    State,
    Transcript,
    Woke,
)
from audio.endpoint import Completeness, Endpoint, EndpointSettings
from audio.vocabulary import WakeDetection


@dataclass(frozen=True, slots=True)
class LoopSettings:
    """How patient the loop is."""

    wake_needed: bool = True
    """False listens all the time."""
    listen_s: float = 6.0
    """Seconds in which speech must begin after the wake word."""
    follow_up_s: float = 4.0
    """Seconds after a reply in which no wake word is needed; 0 switches that off."""
    question_s: float = 8.0
    """Seconds in which an answer to Hark's own question must begin."""
    preroll_s: float = 0.30
    """Seconds before speech was noticed that belong to it: soft first consonants."""
    wake_phrase_s: float = 1.1
    """Seconds before the wake word fired that are recognised with a command said in the same breath: the phrase itself, which the
    recogniser expects; half of it would be taken for other words."""
    breath_s: float = 0.35
    """Seconds after the wake word within which speech belongs to the same breath."""
    chime_after_s: float = 0.30
    """Seconds of silence after the wake word until the chime says "go on"; who speaks on needs none."""
    ring_gain: float = 0.15
    """Of full loudness, while somebody speaks into a ringing."""
    endpoint: EndpointSettings = field(default_factory=EndpointSettings)


RING = "ring"
"""The id of the ringing sound."""


class VoiceLoop:
    """One conversation by voice."""

    def __init__(self, settings: LoopSettings) -> None:
        self.settings = settings
        self.state = State.IDLE
        self.ringing = False
        self._endpoint = Endpoint(settings.endpoint)
        self._preroll: deque[HeardFrame] = deque()
        self._now_s = 0.0
        self._until_s = 0.0
        self._wake: WakeDetection | None = None
        self._addressed = False
        self._partial = ""
        self._chime_due_s: float | None = None
        self._aside = False
        """The words under way were spoken into a reply or a ringing: only "stop" counts."""

    @property
    def busy(self) -> bool:
        """Whether somebody speaks or is being answered."""
        return self._endpoint.speaking or self.state in {State.THINKING, State.SPEAKING}

    @property
    def free(self) -> bool:
        """Whether an announcement would talk over nobody."""
        return not self.busy and not (self.state is State.LISTENING and self._addressed)

    def begin(self) -> list[Command]:
        """Start."""
        return self._rest()

    def on_frame(self, frame: HeardFrame) -> list[Command]:
        """Take the next frame."""
        self._now_s = frame.end_s
        if frame.wake:
            return self._woken(frame, frame.wake)
        if frame.backlog:
            self._preroll.append(frame)
            return []
        if self.state is State.THINKING:
            return []
        if self.state is State.LISTENING and not self._endpoint.speaking:
            late = self._out_of_patience()
            if late is not None:
                return late
        return [*self._chime(), *self._follow_speech(frame)]

    def on_partial(self, words: Transcript, completeness: Completeness) -> list[Command]:
        """Take the words so far."""
        if not self._endpoint.speaking:
            return []
        if self._aside:
            return self._interrupt("stop") if is_stop(words.text) else []
        self._endpoint.completeness = completeness
        if not words.text or words.text == self._partial:
            return []
        self._partial = words.text
        return [Show(Partial(self._now_s, words.text, words.language))]

    def on_final(self, words: Transcript) -> list[Command]:
        """Take the final words of an utterance."""
        if self._aside:
            self._aside = False
            return self._interrupt("stop") if is_stop(words.text) else [Duck(1.0)]
        if self.state is not State.THINKING:
            return []
        if not words.text:
            self.state = State.LISTENING
            return []
        heard = Heard(self._now_s, words.text, words.language, words.confidence)
        return [Show(heard), Think(words, self._addressed)]

    def on_saying(self) -> list[Command]:
        """Take that the reply begins to be spoken."""
        self.state = State.SPEAKING
        self._endpoint.reset()
        self._preroll.clear()
        return [Attend(True)]

    def on_done(self, *, asks: bool, silent: bool = False) -> list[Command]:
        """Take that the turn is over and everything has been heard; `asks` when Hark waits for an answer."""
        self._addressed = asks
        if self._aside and self.ringing:
            self.state = State.IDLE
            return []  # somebody is just saying "stop" into the ringing
        commands: list[Command] = [AbandonWords(), Duck(1.0)] if self._aside else []
        self._aside = False
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
            ended = self._endpoint.finish()
            return self._ended(ended) if ended else []
        commands = self._interrupt("key") if self.state is not State.IDLE or self.ringing else []
        self._listen(self.settings.listen_s)
        self._addressed = True
        return [*commands, Chime("listen"), Attend(True), Show(Woke(self._now_s, "key"))]

    def on_lost(self) -> list[Command]:
        """Take that the microphone is gone: nothing that was being heard will be finished."""
        heard = self._endpoint.speaking
        self._endpoint.reset()
        self._aside = False
        commands: list[Command] = [AbandonWords()] if heard else []
        return [*commands, *(self._rest() if self.state is State.LISTENING else [])]

    def on_restored(self) -> list[Command]:
        """Take that sound is back, perhaps in a new process that knows nothing of before."""
        commands: list[Command] = [Chime(RING, loop=True)] if self.ringing else []
        return [*commands, Attend(self.ringing or self.state is not State.IDLE)]

    def on_deaf(self) -> list[Command]:
        """Take that the recogniser failed: the words under way are lost."""
        self._endpoint.reset()
        self._aside = False
        self.state = State.THINKING
        return [Duck(1.0)]

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
        self._preroll.append(frame)
        keep_s = wake.at_s - self.settings.wake_phrase_s
        before = [old for old in self._preroll if old.end_s > keep_s]
        self._listen(self.settings.listen_s)
        self._preroll.extend(before)
        self._wake = wake
        self._addressed = True
        self._chime_due_s = frame.end_s + self.settings.chime_after_s
        return [*commands, Show(Woke(wake.at_s, wake.name, wake.score))]

    def _listen(self, patience_s: float) -> None:
        self.state = State.LISTENING
        self._until_s = self._now_s + patience_s
        self._endpoint.reset()
        self._preroll.clear()
        self._wake = None
        self._aside = False

    def _follow_speech(self, frame: HeardFrame) -> list[Command]:
        """Follow who speaks: to Hark when it listens, into its words or its ringing otherwise."""
        before = self._endpoint.speaking
        change = self._endpoint.process(frame.end_s, frame.end_s - frame.start_s, frame.speech)
        if isinstance(change, SpeechEnded):
            return [FeedWords(frame.samples), *self._ended(change)]
        if before:
            return [FeedWords(frame.samples)]
        self._preroll.append(frame)
        if isinstance(change, SpeechStarted):
            return self._started(change)
        if self._wake is None or frame.end_s - self._wake.at_s > self.settings.breath_s:
            self._wake = None
            self._trim(frame.end_s - self.settings.preroll_s)
        return []

    def _started(self, change: SpeechStarted) -> list[Command]:
        if self._wake is None:
            self._trim(change.at_s - self.settings.preroll_s)
        frames = list(self._preroll)
        self._preroll.clear()
        self._wake = None
        self._partial = ""
        self._chime_due_s = None
        self._aside = self.state is not State.LISTENING and (self.settings.wake_needed or self.state is State.SPEAKING)
        if not self._aside:
            self.state = State.LISTENING
        first: list[Command] = [Duck(self.settings.ring_gain)] if self._aside and self.ringing else []
        shown: list[Command] = [] if self._aside else [Show(change)]
        return [*first, *shown, BeginWords(frames[0].start_s), *(FeedWords(old.samples) for old in frames)]

    def _ended(self, ended: SpeechEnded) -> list[Command]:
        if self._aside:
            return [FinishWords()]
        self.state = State.THINKING
        return [Show(ended), FinishWords()]

    def _interrupt(self, by: str) -> list[Command]:
        """Stop speaking, thinking and ringing."""
        self._endpoint.reset()
        self._aside = False
        self.ringing = False
        spoke = self.state in {State.THINKING, State.SPEAKING}
        commands: list[Command] = [AbandonWords(), DropReply()] if spoke else [AbandonWords()]
        commands += [Hush(), Duck(1.0), Show(Interrupted(self._now_s, by))]
        return [*commands, *(self._rest() if by == "stop" else [])]

    def _out_of_patience(self) -> list[Command] | None:
        """Return to rest when nobody spoke in time; None while there is time, or none is set."""
        if self._now_s < self._until_s or self._open_ended():
            return None
        waited_for = self._addressed
        commands: list[Command] = [Chime("quiet")] if waited_for else []
        self._addressed = False
        return [*commands, *self._rest(), Show(Finished(self._now_s, None))]

    def _open_ended(self) -> bool:
        return not self.settings.wake_needed

    def _rest(self) -> list[Command]:
        """Wait for the wake word, or go on listening when none is needed."""
        self._chime_due_s = None
        if self._open_ended():
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

    def _trim(self, from_s: float) -> None:
        while self._preroll and self._preroll[0].end_s <= from_s:
            self._preroll.popleft()


def events_of(commands: Iterable[Command]) -> list[Event]:
    """Return the events among commands, in order."""
    return [command.event for command in commands if isinstance(command, Show)]
