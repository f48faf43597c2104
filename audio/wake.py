"""The wake word: a tiny network listens all day, and where it has a suspicion another one looks at the same two seconds."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from audio.vocabulary import FRAME, RATE, Samples, WakeDetection, WakeTry
from audio.wake_evidence import SUSPICION, Evidence, belief
from audio.wake_models import BUILT_IN, LOOK_BACK, Open, load, second_opinion

__all__ = ["BUILT_IN", "OwnVoice", "WakeWord"]

REST_S = 1.0
"""After a detection nothing is detected for this long: one phrase keeps the network's mean high for a while."""

DOUBT_S = 0.6
"""How long after the first network's last suspicion the second one may still find the phrase: it sees its end a little later."""

PHRASE_S = 0.8
"""How long a wake phrase takes to say, and with it how far before its end something else was said."""

TALKING_DB = 15.0
"""Sound this far under the phrase's own loudness is a room, and not somebody who talks."""


@dataclass(slots=True)
class Suspicion:
    """Something that may turn out to be the wake word."""

    last_s: float
    """Stream time at which the first network suspected it last."""
    first: float
    second: float | None
    talk: float
    level: float
    accepted: bool = False


class WakeWord:
    """Listens for one phrase; feed it every sample in order, in frames of `FRAME`."""

    def __init__(self, name: str, threshold: float = 0.5, *, looks_again: bool = True) -> None:
        """Take a built-in name or a model's path, and the belief 0..1 above which it counts.

        Without looking again, everything suspicious counts. Raises ModelMissing or EngineError.
        """
        self.name = Path(name).stem
        self._network = load(name)
        self._word = name
        self._threshold = threshold
        self._looks_again = looks_again
        self._second: Open | None = None
        self._before: deque[Samples] = deque(maxlen=LOOK_BACK // FRAME + 1)
        self._suspicion: Suspicion | None = None
        self._rests_until_s = 0.0
        self.tries: list[WakeTry] = []
        """What was suspicious, accepted or not, until somebody takes it away."""

    def push(self, samples: Samples, start_s: float) -> WakeDetection | None:
        """Return a detection if the phrase ends in these samples, int16 at `RATE`."""
        end_s = start_s + len(samples) / RATE
        first = self._network.push(samples)
        if not self._looks_again:
            return self._accepted(end_s, first) if first >= SUSPICION and end_s >= self._rests_until_s else None
        self._before.append(samples)
        if self._suspicion is None:
            if first < SUSPICION or end_s < self._rests_until_s:
                return None
            self._suspicion = self._begun(first, end_s)
        else:
            self._follow(self._suspicion, samples, first, end_s)
        return self._weighed(self._suspicion, end_s)

    def _begun(self, first: float, end_s: float) -> Suspicion:
        """Return a new suspicion: the second network looks at what was heard so far."""
        sound = self.heard()
        self._second = self._second or second_opinion(self._word)
        second = self._second.begin(sound) if self._second else None
        return Suspicion(end_s, first, second, talk_before(sound), level_of(sound[-int(PHRASE_S * RATE) :]))

    def _follow(self, one: Suspicion, samples: Samples, first: float, end_s: float) -> None:
        """Add what these samples say to a suspicion."""
        if self._second:
            one.second = max(one.second or 0.0, self._second.push(samples))
        one.first = max(one.first, first)
        if first >= SUSPICION:
            one.last_s = end_s

    def _weighed(self, one: Suspicion, end_s: float) -> WakeDetection | None:
        """Decide about a suspicion as soon as it is sure enough; what it came to in the end is noted when it is over."""
        sure = belief(Evidence(one.first, one.second, one.talk, self._network.alone))
        found = None
        if not one.accepted and sure >= self._threshold:
            one.accepted = True
            found = self._accepted(end_s, sure)
        if end_s - one.last_s >= DOUBT_S:
            self._suspicion = None
            self.tries.append(WakeTry(self.name, one.last_s, sure, one.first, one.second, one.talk, one.level, one.accepted, self.heard()))
        return found

    def _accepted(self, end_s: float, sure: float) -> WakeDetection:
        self._rests_until_s = end_s + REST_S
        return WakeDetection(self.name, sure, end_s)

    def heard(self) -> Samples:
        """Return the last two seconds, int16 at `RATE`."""
        return np.concatenate(list(self._before)) if self._before else np.zeros(0, np.int16)


def level_of(samples: Samples) -> float:
    """Return the RMS of sound, 0..1 of full scale."""
    return float(np.sqrt(np.mean((samples / 32_768.0) ** 2))) if len(samples) else 0.0


def talk_before(sound: Samples) -> float:
    """Return the share 0..1 of the second before the phrase that ends here, in which it was about as loud as the phrase."""
    phrase = int(PHRASE_S * RATE)
    floor = level_of(sound[-phrase:]) / 10 ** (TALKING_DB / 20)
    frames = [level_of(sound[start : start + FRAME]) for start in range(max(0, len(sound) - phrase - RATE), len(sound) - phrase, FRAME)]
    return sum(level > floor for level in frames) / len(frames) if frames else 0.0


class OwnVoice:
    """Knows where Hark's own sentences say a wake word, so that the microphone's hearing of them does not count.

    It listens to what is about to be played, long before the room hears it.
    """

    ECHO_S = 1.5
    """From the phrase's end in the played sound to its detection: the device's latency, the room, the network's mean."""

    def __init__(self, words: Sequence[WakeWord]) -> None:
        """Take detectors of their own for the played sound; the microphone's keep another state."""
        self._words = words
        self._queued_s: dict[str, float] = {}
        self._phrases: list[tuple[str, float, str]] = []

    def queue(self, utterance_id: str, samples: Samples) -> None:
        """Listen to the next piece of an utterance that will be played, int16 at `RATE`."""
        start_s = self._queued_s.get(utterance_id, 0.0)
        for word in self._words:
            found = word.push(samples, start_s)
            if found:
                self._phrases.append((utterance_id, found.at_s, found.name))
        self._queued_s[utterance_id] = start_s + len(samples) / RATE

    def says(self, name: str, utterance_id: str, played_s: float) -> bool:
        """Tell whether, this far into an utterance, the wake word of this name is or was just coming out of the speaker."""
        return any(
            utterance_id == uttered and name == said and -0.3 <= played_s - at_s <= self.ECHO_S for uttered, at_s, said in self._phrases
        )

    def forget(self, utterance_ids: Sequence[str]) -> None:
        """Drop what was played to its end or stopped."""
        self._phrases = [phrase for phrase in self._phrases if phrase[0] not in utterance_ids]
        for utterance_id in utterance_ids:
            self._queued_s.pop(utterance_id, None)
