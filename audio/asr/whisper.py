"""Whisper through faster-whisper: English and Chinese, any size, from a folder on this machine; the network is never asked."""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import ctranslate2
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.tokenizer import Tokenizer
from faster_whisper.transcribe import get_suppressed_tokens

from audio.asr.called import without_call
from audio.asr.evidence import Decode
from audio.asr.hotwords import HotWords
from audio.asr.language import SpokenLanguage
from audio.asr.phantoms import without_notes
from audio.asr.speech import DetectedSpeech
from audio.asr.utterance import Utterance
from audio.errors import EngineError, ModelMissing
from audio.vad import SpeechDetector
from audio.vocabulary import RATE, Samples, Transcript

WINDOW_S = 30.0
"""What Whisper was trained on; sound is padded to it."""

TOKENS, TOKENS_PER_S = 16, 12
"""Allowed in a text; Chinese at six characters a second needs about ten a second. Bounds the time of a decode."""

CONTEXT = 448
"""Tokens Whisper can hold, prompt included; CTranslate2 gives at most half of them to the text."""

PROMPTS = {"zh": "以下是普通话的句子。"}
"""Put before the text: turns Whisper to simplified characters with punctuation."""

FILES = ("model.bin", "config.json", "tokenizer.json")
"""All that is needed beside the vocabulary; without tokenizer.json faster-whisper would ask the network for one."""


class Whisper:
    """Recognises the given languages, each utterance in the one that fits it best."""

    def __init__(  # noqa: PLR0913 -- each is a setting of its own
        self,
        model: str,
        languages: Sequence[str] = ("en", "zh"),
        device: str = "auto",
        compute_type: str = "auto",
        hotwords: Sequence[str] = (),
        *,
        beam: int = 1,
        threads: int = 0,
        window_s: float = WINDOW_S,
        wake_phrases: Sequence[str] = ("hey jarvis",),
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """Load the CTranslate2 folder `model`.

        `hotwords` are names to expect, see `expect`; `beam` paths are followed for final texts; 0 `threads` lets CTranslate2 choose;
        `window_s` below 30 decodes faster and less surely; each of `wake_phrases` is left out of the text it begins.
        Raises ModelMissing, EngineError.
        """
        self._model = loaded(Path(model), device, compute_type, threads)
        self._languages = understood(languages, self._model)
        self._beam, self._window_s, self._clock = beam, window_s, clock
        self._hotwords = HotWords(lambda text: len(self._model.hf_tokenizer.encode(f" {text}", add_special_tokens=False).ids))
        self._hotwords.expect(hotwords)
        self._heard = self._prompt = ""
        """The text of the latest decode, and the names it was told to expect."""
        self._spoken = SpokenLanguage(self._languages)
        self._detector = SpeechDetector()
        self._without_call = without_call(wake_phrases)
        multilingual = self._model.model.is_multilingual
        self._tokenizers = {code: Tokenizer(self._model.hf_tokenizer, multilingual, "transcribe", code) for code in self._languages}
        self._utterance: Utterance | None = None

    @property
    def stable(self) -> str:
        """The beginning of the latest text that is unlikely to change."""
        return self._utterance.stable if self._utterance else ""

    def expect(self, names: Sequence[str]) -> None:
        """Take names that may be said, the most important first, instead of those before."""
        self._hotwords.expect(names)

    def start(self, start_s: float, language: str = "") -> None:
        """Begin an utterance whose first sample has this stream time, in a language if that is known; one under way is abandoned."""
        self._spoken.begin(language)
        self._heard = self._prompt = ""
        self._utterance = Utterance(
            self._decode,
            start_s,
            window_s=self._window_s,
            language=self._spoken.sure or self._languages[0],
            clock=self._clock,
            spoken=DetectedSpeech(self._detector),
        )

    def feed(self, samples: Samples) -> Transcript:
        """Take more sound and return what was said so far; now and then this takes as long as a decode does."""
        if self._utterance is None:
            raise EngineError("Sound was fed to the recogniser before an utterance was started.")
        return self._utterance.feed(samples)

    def speculate(self) -> Transcript:
        """Return the final text as if the utterance ended here; more may be fed all the same."""
        if self._utterance is None:
            raise EngineError("The recogniser was asked to finish an utterance that was not started.")
        return self._utterance.finish(anew=self._beam > 1 or self._hotwords.near(self._heard) != self._prompt)

    def finish(self) -> Transcript:
        """End the utterance and return its final text."""
        final = self.speculate()
        self._utterance = None
        return final

    def abandon(self) -> None:
        """Drop the utterance under way, if any."""
        self._utterance = None

    def _decode(self, samples: Samples, final: bool) -> Decode:
        """Return what the samples say, in the likeliest of the languages; the encoder runs once."""
        mel = self._model.feature_extractor(samples.astype(np.float32) / 32768)
        window = np.zeros((len(mel), round(self._window_s * 100)), np.float32)
        window[:, : mel.shape[1]] = mel[:, : window.shape[1]]
        seconds = len(samples) / RATE
        self._prompt = self._hotwords.near(self._heard)
        try:
            encoded = self._model.encode(window)
            language = self._spoken.sure or self._language(encoded, seconds)
            decode = self._generate(encoded, language, seconds, beam=self._beam if final else 1)
            if final and decode.repeats:
                decode = self._generate(encoded, language, seconds, beam=self._beam, no_repeat_ngram_size=3)
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"Whisper cannot decode: {error}. Try asr.device cpu, or another asr.model.") from error
        self._heard = decode.text
        return decode

    def _language(self, encoded: ctranslate2.StorageView, seconds: float) -> str:
        likely = {token[2:-2]: probability for token, probability in self._model.model.detect_language(encoded)[0]}
        return self._spoken.add(likely, seconds)

    def _generate(
        self, encoded: ctranslate2.StorageView, language: str, seconds: float, beam: int, no_repeat_ngram_size: int = 0
    ) -> Decode:
        tokenizer = self._tokenizers[language]
        before = tokenizer.encode(PROMPTS[language]) if language in PROMPTS else []
        prompt = self._model.get_prompt(tokenizer, before, without_timestamps=True, hotwords=self._prompt or None)
        room = min(CONTEXT // 2, CONTEXT - len(prompt), TOKENS + round(TOKENS_PER_S * seconds))
        result = self._model.model.generate(
            encoded,
            [prompt],
            beam_size=beam,
            max_length=max(2 * room, room + len(prompt) - 1),  # CTranslate2 gives the text half of it, or what the prompt leaves
            no_repeat_ngram_size=no_repeat_ngram_size,
            suppress_tokens=get_suppressed_tokens(tokenizer, [-1]),
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        tokens = result.sequences_ids[0]
        log_probability = result.scores[0] * len(tokens) / (len(tokens) + 1)  # the end of the text counts as a token
        return Decode(self._without_call(without_notes(tokenizer.decode(tokens))), language, result.no_speech_prob, log_probability)


def loaded(folder: Path, device: str, compute_type: str, threads: int) -> WhisperModel:
    """Load a CTranslate2 folder. Raises ModelMissing, EngineError."""
    check(folder)
    try:
        model = WhisperModel(str(folder), device=device, compute_type=compute_type, cpu_threads=threads, local_files_only=True)
        if model.model.device == "cuda":  # its libraries are first looked for when something is encoded
            model.encode(np.zeros((model.model.n_mels, 100), np.float32))
    except (RuntimeError, ValueError) as error:
        if device == "auto" and ctranslate2.get_cuda_device_count():
            return loaded(folder, "cpu", compute_type, threads)
        raise EngineError(
            f"Whisper cannot load {folder} on device {device} as {compute_type}: {error}. "
            "Try asr.device cpu and asr.compute_type auto, or fetch the model again with `hark setup`."
        ) from error
    return model


def check(folder: Path) -> None:
    """Raise ModelMissing unless the folder holds a whole CTranslate2 model, EngineError when a file is damaged."""
    cure = "Get a model with `hark setup`, or point asr.model at a Whisper in CTranslate2 format."
    if not folder.is_dir():
        raise ModelMissing(f"There is no folder {folder} with a Whisper model. {cure}")
    missing = [name for name in FILES if not (folder / name).is_file()]
    if not any(folder.glob("vocabulary.*")):
        missing.append("vocabulary.json")
    if missing:
        raise ModelMissing(f"The Whisper model in {folder} lacks {', '.join(missing)}. {cure}")
    for path in folder.glob("*.json"):
        try:
            json.loads(path.read_bytes())
        except ValueError as error:
            raise EngineError(f"{path} is damaged: {error}. {cure}") from error


def understood(languages: Sequence[str], model: WhisperModel) -> tuple[str, ...]:
    """Return which of the languages the model understands; one for English only makes do with that. Raises EngineError when none is."""
    known = tuple(code for code in languages if code in model.supported_languages)
    if not known or (model.model.is_multilingual and len(known) < len(languages)):
        raise EngineError(
            f"This Whisper does not understand all of these languages: {', '.join(languages) or 'none given'}. "
            f"It understands {', '.join(model.supported_languages)}."
        )
    return known
