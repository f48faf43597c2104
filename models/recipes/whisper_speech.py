"""What the miniature Whisper is taught: sentences, the synthetic voices that say them, and the room they are said in."""

import ctypes
import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import espeakng_loader
import numpy as np
import numpy.typing as npt
import soundfile
import soxr

Signal = npt.NDArray[np.float32]
"""float32, shape (n,), mono, full scale at 1."""

RATE = 16_000
"""Hz; what Whisper listens at."""

ENGLISH = (
    ("what time is it", "What time is it?"),
    ("set a timer for ten minutes", "Set a timer for 10 minutes."),
    ("cancel the timer", "Cancel the timer."),
    ("how long is left on the timer", "How long is left on the timer?"),
    ("tell me a joke", "Tell me a joke."),
    ("flip a coin", "Flip a coin."),
    ("set the volume to thirty percent", "Set the volume to 30%."),
    ("stop", "Stop."),
    ("what can you do", "What can you do?"),
)
"""As spoken, and as Whisper would write it: capital, full stop, digits. A handful, no two alike: so much a miniature can learn."""

CHINESE = (
    ("现在几点", "现在几点？"),
    ("倒计时十分钟", "倒计时十分钟。"),
    ("取消计时器", "取消计时器。"),
    ("讲个笑话", "讲个笑话。"),
    ("你会做什么", "你会做什么？"),
    ("小声点", "小声点。"),
)

PROMPTS = {"en": ("timer", "volume", "joke", "coin", "date", "Jarvis"), "zh": ("以下是普通话的句子。",)}
"""What may stand before a text: words to expect; the sentence that turns Whisper to simplified characters."""

FLITE_VOICES = ("slt", "rms", "awb")
"""Of Debian's flite, at 16 kHz."""

ENGLISH_VOICES = ("en-us", "en-us+f2", "en-us+m3", "en-gb-x-rp+m7")
CHINESE_VOICES = ("cmn", "cmn+f1", "cmn+f2", "cmn+f3", "cmn+f4", "cmn+m1", "cmn+m2", "cmn+m3", "cmn+m5", "cmn+m7", "cmn+Andy", "cmn+linda")

NEW_VOICES = ("en-us-nyc+f5", "cmn+f5")
"""Nothing of these is trained on: they show how far the miniature carries."""


@dataclass(frozen=True, slots=True)
class Take:
    """One reading of one sentence."""

    text: str
    """As written."""
    language: str
    """ "en" or "zh"."""
    voice: str
    """Of flite or espeak-ng."""
    signal: Signal
    """At RATE, silence at both ends cut."""
    held_out: bool
    """Kept from training."""


class Espeak:
    """A voice of espeak-ng, whole sentences at a time."""

    _CHARS_UTF8 = 1
    _SYNCHRONOUS = 2
    _RATE, _PITCH = 1, 3

    def __init__(self) -> None:
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate: int = self._library.espeak_Initialize(self._SYNCHRONOUS, 0, espeakng_loader.get_data_path().encode(), 0)
        self._pieces: list[npt.NDArray[np.int16]] = []
        signature = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
        self._callback = signature(self._collect)
        self._library.espeak_SetSynthCallback(self._callback)

    def _collect(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: object) -> int:
        if count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def say(self, text: str, voice: str, words_a_minute: int, pitch: int) -> Signal:
        """Return `text` spoken; pitch is 0..100, 50 as the voice was meant."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice!r}.")
        self._library.espeak_SetParameter(self._RATE, words_a_minute, 0)
        self._library.espeak_SetParameter(self._PITCH, pitch, 0)
        self._pieces = []
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, 0, 0, self._CHARS_UTF8, None, None)
        return trimmed(resampled(np.concatenate(self._pieces), self.rate))


def flite(text: str, voice: str, stretch: float) -> Signal:
    """Return `text` spoken by a voice of flite, `stretch` times as long as usual."""
    command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.2f}", "-t", text, "-o", "/dev/stdout"]
    wav = subprocess.run(command, check=True, capture_output=True).stdout
    samples, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    return trimmed(resampled(samples, rate))


def resampled(samples: npt.NDArray[np.int16], rate: int) -> Signal:
    """Return int16 samples as a signal at RATE."""
    signal: Signal = soxr.resample(samples.astype(np.float32) / 32768, rate, RATE).astype(np.float32)
    return signal


def trimmed(signal: Signal) -> Signal:
    """Cut silence off both ends, sparing 20 ms."""
    loud = np.flatnonzero(np.abs(signal) > 0.01 * np.abs(signal).max())
    return signal[max(0, loud[0] - 320) : loud[-1] + 320]


def takes(rng: np.random.Generator) -> Iterator[Take]:
    """Read every sentence several times with every voice at its own pace; one reading in eight is held out."""
    espeak = Espeak()

    def read(spoken: str, written: str, language: str, voice: str) -> Take:
        if language == "en" and rng.random() < 1 / 8:
            spoken, written = f"hey jarvis, {spoken}", f"Hey Jarvis, {written[0].lower()}{written[1:]}"
        if voice in FLITE_VOICES:
            signal = flite(spoken, voice, rng.uniform(0.85, 1.25))
        else:
            signal = espeak.say(spoken, voice, int(rng.integers(140, 200)), int(rng.integers(35, 66)))
        return Take(written, language, voice, signal, held_out=voice in NEW_VOICES or rng.random() < 1 / 8)

    for spoken, written in ENGLISH:
        for voice in (*FLITE_VOICES * 8, *ENGLISH_VOICES * 3, NEW_VOICES[0]):  # tests are spoken by flite's
            yield read(spoken, written, "en", voice)
    for spoken, written in CHINESE:
        for voice in (*CHINESE_VOICES * 3, NEW_VOICES[1]):
            yield read(spoken, written, "zh", voice)


def noise(rng: np.random.Generator, n: int) -> Signal:
    """Return n samples of hiss, rumble, hum or nothing, at a level of 0.3 of full scale."""
    kind = rng.integers(5)
    if kind == 0:
        return np.zeros(n, np.float32)
    if kind == 1:
        time_s = np.arange(n) / RATE
        hum = np.sum([np.sin(2 * np.pi * pitch * time_s) for pitch in rng.uniform(48, 1000, 5)], axis=0)
        steady: Signal = (0.3 * hum / hum.std()).astype(np.float32)
        return steady
    spectrum = np.fft.rfft(rng.standard_normal(1 << (n - 1).bit_length()))
    spectrum *= np.maximum(np.fft.rfftfreq(2 * len(spectrum) - 2, 1 / RATE), 50) ** -rng.uniform(0, 1)  # white to pink to brown
    hiss = np.fft.irfft(spectrum)[:n]
    level: Signal = (0.3 * hiss / hiss.std()).astype(np.float32)
    return level


def in_a_room(signal: Signal, rng: np.random.Generator, lead: int, tail: int) -> Signal:
    """Put a signal between `lead` and `tail` samples of a room with its own loudness, tone, pace and noise."""
    pace = rng.uniform(0.92, 1.09)
    said = np.interp(np.arange(0, len(signal) - 1, pace), np.arange(len(signal)), signal)
    said[1:] -= rng.uniform(-0.5, 0.5) * said[:-1]  # brighter or duller
    said *= 10 ** rng.uniform(-1.3, -0.1) / np.abs(said).max()
    room = np.concatenate([np.zeros(lead), said, np.zeros(tail)]).astype(np.float32)
    signal_to_noise_db = rng.uniform(8, 50)
    return room + noise(rng, len(room)) / 0.3 * np.float32(said.std() * 10 ** (-signal_to_noise_db / 20))
