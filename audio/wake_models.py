"""Networks that know wake words: microWakeWord's, which are cheap enough to listen all day, and openWakeWord's, which know more.

microWakeWord hears 0.3 % of a core's worth of sound; openWakeWord computes an embedding every 80 ms, which takes 5 to 9 ms. So the
first kind listens, and the second looks again at what the first found suspicious, or listens itself where the user has only such a model.
"""

from pathlib import Path
from typing import Protocol

from pymicro_wakeword import MicroWakeWord, MicroWakeWordFeatures, Model
from pyopen_wakeword import Model as OpenModel
from pyopen_wakeword import OpenWakeWord, OpenWakeWordFeatures

from audio.errors import EngineError, ModelMissing
from audio.vocabulary import RATE, Samples
from audio.wake_evidence import ALONE, OPEN_ALONE
from audio.wake_file import kind_of, network_beside

BUILT_IN = tuple(model.value for model in Model)
"""Names of the models inside the wheel."""

SECOND_OPINIONS = tuple(model.value for model in OpenModel)
"""Words that there is another network for."""

LOOK_BACK = int(1.54 * RATE)
"""Samples an openWakeWord network looks at again: the phrase, and what its first embeddings, of 0.78 s each, hear before it."""

WANTED = 16
"""Embeddings that a network looks at, 80 ms apart: with fewer it says nothing, and without two seconds before the phrase nothing right."""

SILENT = 7
"""Embeddings of silence put before those of a phrase, in place of what would take 8 ms each to compute."""


class Network(Protocol):
    """Tells how probable it is that a wake word has just been said; fed every sample in order."""

    alone: float
    """Probability 0..1 from which on it is believed when no other network looks."""

    def push(self, samples: Samples) -> float:
        """Return the highest probability 0..1 within these samples, int16 at `RATE`."""


class Micro:
    """A microWakeWord network."""

    alone = ALONE

    def __init__(self, model: MicroWakeWord) -> None:
        self._model = model
        self._features = MicroWakeWordFeatures()

    def push(self, samples: Samples) -> float:
        """Return the highest probability within these samples."""
        features = self._features.process_streaming(samples.tobytes())
        return max((float(self._model.process_streaming_prob(each) or 0.0) for each in features), default=0.0)


class Open:
    """An openWakeWord network."""

    alone = OPEN_ALONE

    def __init__(self, model: OpenWakeWord) -> None:
        self._model = model
        self._features = OpenWakeWordFeatures.from_builtin()
        self._forget()
        self._silence = next(iter(self._features.process_streaming(bytes(2 * RATE))))
        self._forget()
        for _ in range(WANTED):
            list(self._model.process_streaming(self._silence))

    def begin(self, before: Samples) -> float:
        """Forget everything, hear what came before instead, and return the highest probability in it."""
        self._forget()
        best = 0.0
        for _ in range(SILENT):
            best = max(best, *self._model.process_streaming(self._silence), 0.0)
        return max(best, self.push(before))

    def _forget(self) -> None:
        self._features.reset()
        self._features.new_audio_samples = 0  # it would begin with eight seconds of silence, which cost half a second
        self._model.reset()

    def push(self, samples: Samples) -> float:
        """Return the highest probability within these samples."""
        embeddings = self._features.process_streaming(samples.tobytes())
        return max((float(score) for each in embeddings for score in self._model.process_streaming(each)), default=0.0)


def load(name: str) -> Network:
    """Load a built-in network by its name, or any by its path: .json of microWakeWord, .tflite of openWakeWord.

    Raises ModelMissing or EngineError.
    """
    if name in BUILT_IN:
        return Micro(MicroWakeWord.from_builtin(Model(name)))
    path = Path(name).expanduser()
    if not path.is_file():
        raise ModelMissing(
            f"No wake word '{name}'. Built in: {', '.join(BUILT_IN)}; or give the path of a microWakeWord .json file or of an "
            "openWakeWord .tflite file."
        )
    try:
        return of_file(path)
    except (ValueError, KeyError, IndexError, OSError, RuntimeError) as error:
        raise EngineError(f"{path} is no wake word model: {error}. Built in: {', '.join(BUILT_IN)}.") from error


def of_file(path: Path) -> Network:
    """Load a network of the user's own. Raises ValueError and what the libraries raise."""
    if path.suffix == ".json":
        network_beside(path)
        return Micro(MicroWakeWord.from_config(path))
    if kind_of(path) == "micro":
        raise ValueError(f"it is a network of microWakeWord, which has a description: give the path of its .json, {path.stem}.json")
    return Open(OpenWakeWord.from_model(path))


def second_opinion(name: str) -> Open | None:
    """Return another network that knows the same built-in word; None when there is none."""
    return Open(OpenWakeWord.from_builtin(OpenModel(name))) if name in SECOND_OPINIONS else None
