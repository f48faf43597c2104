"""The wake word: a tiny network over ten-millisecond features that runs all day for half a percent of a core."""

import json
from collections.abc import Sequence
from pathlib import Path

from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model

from audio.errors import EngineError, ModelMissing
from audio.vocabulary import RATE, Samples, WakeDetection

BUILT_IN = tuple(model.value for model in Model)
"""Names of the models inside the wheel."""

REST_S = 1.0
"""After a detection nothing is detected for this long: one phrase keeps the network's mean high for a while."""


class WakeWord:
    """Listens for one phrase; feed it every sample in order."""

    def __init__(self, name: str, threshold: float | None = None) -> None:
        """Take a built-in name or the path of a microWakeWord model's JSON file; `threshold` 0..1, the model's own when None.

        Raises ModelMissing or EngineError.
        """
        self.name = Path(name).stem
        self._model = load(name)
        self._features = MicroWakeWordFeatures()
        self._threshold = self._model.probability_cutoff if threshold is None else threshold
        self._heard = 0
        self._rests_until = 0

    def push(self, samples: Samples, start_s: float) -> WakeDetection | None:
        """Return a detection if the phrase ends in these samples, int16 at `RATE`."""
        found = None
        for features in self._features.process_streaming(samples.tobytes()):
            score = self._model.process_streaming_prob(features) or 0.0
            if score > self._threshold and self._heard >= self._rests_until:
                found = WakeDetection(self.name, float(score), start_s + len(samples) / RATE)
                self._rests_until = self._heard + int(REST_S * RATE)
        self._heard += len(samples)
        return found


def load(name: str) -> MicroWakeWord:
    """Load a built-in model by name or any by the path of its JSON file."""
    if name in BUILT_IN:
        return MicroWakeWord.from_builtin(Model(name))
    path = Path(name).expanduser()
    if not path.is_file():
        raise ModelMissing(f"No wake word '{name}'. Built in: {', '.join(BUILT_IN)}; or give the path of a microWakeWord .json file.")
    try:
        return MicroWakeWord.from_config(path)
    except (ValueError, KeyError, json.JSONDecodeError, OSError) as error:
        raise EngineError(f"{path} is no microWakeWord model: {error}. Built in: {', '.join(BUILT_IN)}.") from error


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
