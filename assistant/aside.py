"""Words spoken into a reply or a ringing: a pure state machine beside the voice loop.

Where speech can be told from Hark's own voice, a first suspicion turns the reply down, and speech makes it wait. What the words turn out
to be decides: "stop" stops it, a request is answered in its place, and after a cough, an "mm-hm" or talk in the room it goes on.
"""

from assistant.commands import Command, Duck, HeardFrame, Hold, Judge
from assistant.dialogue.answers import is_backchannel
from assistant.patience import LoopSettings
from assistant.vocabulary import Transcript


class Aside:
    """What is being said beside the conversation."""

    def __init__(self, settings: LoopSettings) -> None:
        self.on = False
        """Somebody speaks, and not to an open ear."""
        self.talk_over = settings.talk_over
        """Whether speech into a reply can be told from the reply."""
        self._settings = settings
        self._over = False
        """Into a reply that can be told from their voice."""
        self._spoken_s = 0.0

    def begin(self, *, speaking: bool, ringing: bool) -> list[Command]:
        """Take that somebody begins to speak while Hark does, or while it rings."""
        self.on, self._spoken_s = True, 0.0
        self._over = speaking and self.talk_over
        if self._over:
            return [Duck(self._settings.suspicion_gain)]
        return [Duck(self._settings.ring_gain)] if ringing else []

    def follow(self, frame: HeardFrame) -> list[Command]:
        """Take a frame; once it is sure that somebody speaks, the reply waits."""
        if not (self.on and self._over) or frame.speech < self._settings.endpoint.begin:
            return []
        before, self._spoken_s = self._spoken_s, self._spoken_s + frame.end_s - frame.start_s
        return [Hold(on=True)] if before < self._settings.barge_s <= self._spoken_s else []

    def heard(self, words: Transcript) -> list[Command]:
        """Take all the words; return what follows from them, "stop" apart."""
        over, self.on = self._over, False
        if not over:
            return [Duck(1.0)]
        return [Judge(words)] if words.text and not is_backchannel(words.text) else go_on()

    def drop(self) -> list[Command]:
        """Take that nothing will come of it."""
        was, self.on = self.on, False
        return go_on() if was else []


def go_on() -> list[Command]:
    """Return what lets the reply go on as it was."""
    return [Hold(on=False), Duck(1.0)]
