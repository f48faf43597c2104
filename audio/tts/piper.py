"""Neural voices on this machine through Piper, an optional package; what no Piper voice reads, espeak-ng does.

Piper makes a sentence at a time, so the first sound of a text comes when its first sentence is done.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import soxr
from onnxruntime.capi import onnxruntime_pybind11_state as onnx

from audio import numerals
from audio.errors import EngineError, ModelMissing
from audio.scripts import runs, speakable
from audio.tts.espeak import Espeak
from audio.tts.phrasing import joined
from audio.vocabulary import Samples

_INSTALL = "Install it with `pip install 'hark-assistant[piper]'`, or choose the voice espeak."
_PINYIN_MODEL = Path("g2pW") / "g2pw.onnx"
"""What Piper's pinyin voices need, inside their folder; where it is missing, Piper would download it without asking."""
_SHORTEST, _LONGEST = 0.3, 3.0

_BROKEN = (
    onnx.Fail,
    onnx.InvalidArgument,
    onnx.InvalidGraph,
    onnx.InvalidProtobuf,
    onnx.NoSuchFile,
    onnx.NotImplemented,
    onnx.RuntimeException,
    OSError,
    AttributeError,
    KeyError,
    TypeError,
    ValueError,
)
"""What onnxruntime and Piper raise for a file that is no voice of theirs."""


class Piper:
    """Piper voices for English, Chinese or both."""

    def __init__(self, voice_en: Path | None = None, voice_zh: Path | None = None, length: float = 1.0) -> None:
        """Load the voices, each an .onnx file with its .onnx.json beside it, and let each speak once.

        `length` stretches speech: 0.3 to 3, 1 is the voice's own. Raises EngineError without the package or with a file that is
        no voice, ModelMissing without the file.
        """
        paths = {language: Path(path) for language, path in (("en", voice_en), ("zh", voice_zh)) if path is not None}
        if not paths:
            raise EngineError(
                "Piper needs the file of a voice for English or Chinese: set one with `hark config`, or choose the voice espeak."
            )
        if not _SHORTEST <= length <= _LONGEST:
            raise EngineError(f"Piper stretches speech by {_SHORTEST} to {_LONGEST}, not by {length}.")
        module = _module()
        self._settings = module.SynthesisConfig(length_scale=length)
        self._voices = {language: _voice(module, path) for language, path in paths.items()}
        self._others: dict[str, Any] = {}
        """Loaded since, by their files."""
        self.rate: int = max(voice.config.sample_rate for voice in self._voices.values())
        """Hz; of the better voice when two differ."""
        self._espeak = Espeak() if len(paths) == 1 else None
        for language, path in paths.items():
            self._warm(language, path)

    def _warm(self, language: str, path: Path) -> None:
        """Speak once: the first time is slow, and shows whether the file is what it claims."""
        try:
            self._made({"en": "Yes.", "zh": "好。"}[language], language, self._voices)
        except ImportError as error:
            raise EngineError(
                f"The voice {path.name} needs packages that are not installed ({error}): `pip install 'piper-tts[zh]'`."
            ) from error

    def speak(self, text: str, language: str, voice: str = "") -> Iterator[Samples]:
        """Yield the speech in pieces of at most 0.1 s; closing it waits for no more than the sentence under way.

        Another voice, by its file, is loaded when it first speaks. Raises EngineError or ModelMissing where it is none.
        """
        if voice and voice not in self._others:
            self._others[voice] = _voice(_module(), Path(voice).expanduser())
        voices = self._voices | ({language: self._others[voice]} if voice else {})
        return joined(self._phrases(text, language, voices), self.rate)

    def _phrases(self, text: str, language: str, voices: Mapping[str, Any]) -> Iterator[tuple[str, Samples]]:
        for run in runs(speakable(text), language):
            if any(character.isalnum() for character in run.text):
                yield run.text, self._made(run.text, run.language, voices)

    def _made(self, text: str, language: str, voices: Mapping[str, Any]) -> Samples:
        spoken = numerals.spell(text) if language == "zh" else text
        if language in voices:
            voice = voices[language]
            made, rate = self._synthesised(voice, spoken), voice.config.sample_rate
        elif self._espeak is not None:
            made, rate = np.concatenate([np.zeros(0, np.int16), *self._espeak.speak(text, language)]), self._espeak.rate
        else:
            raise EngineError(f"There is no voice for the language {language!r}, only for en and zh.")
        return made if rate == self.rate else soxr.resample(made, rate, self.rate)

    def _synthesised(self, voice: Any, text: str) -> Samples:
        text = text.replace("[[", "[ [")  # Piper takes what stands in double brackets for phonemes
        try:
            chunks = [chunk.audio_int16_array for chunk in voice.synthesize(text, self._settings)]
        except _BROKEN as error:
            raise EngineError(
                f"The Piper voice failed ({type(error).__name__}: {error}). Fetch it again, or choose the voice espeak."
            ) from error
        return np.concatenate([np.zeros(0, np.int16), *chunks])


def _module() -> ModuleType:
    try:
        import piper  # noqa: PLC0415 -- optional, and its absence is the user's to hear about in words
    except ImportError as error:
        raise EngineError(f"Piper is not installed. {_INSTALL}") from error
    module: ModuleType = piper
    return module


def _voice(module: ModuleType, path: Path) -> Any:
    """Load a voice without ever letting Piper reach for the network."""
    description = path.with_name(path.name + ".json")
    for file in (path, description):
        if not file.is_file():
            raise ModelMissing(
                f"The Piper voice {path.name} is not complete: no {file}. Fetch it with `hark setup`, or choose the voice espeak."
            )
    try:
        kind = json.loads(description.read_text(encoding="utf-8")).get("phoneme_type")
        if kind == "pinyin" and not (path.parent / _PINYIN_MODEL).is_file():
            raise ModelMissing(
                f"The Piper voice {path.name} needs {_PINYIN_MODEL} beside it. Put it there, or choose another voice, such as zh_CN-huayan."
            )
        return module.PiperVoice.load(path, description, download_dir=path.parent)
    except _BROKEN as error:
        raise EngineError(
            f"{path} is no Piper voice ({type(error).__name__}: {error}). Fetch it again, or choose the voice espeak."
        ) from error
