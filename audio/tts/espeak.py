"""The voice that is always there: espeak-ng through its C API, English and Mandarin in one breath.

espeak-ng makes 200 to 700 seconds of speech in one (measured on a core of a 2-core server), so a clause is finished 2 to 10 ms
after it is asked for. Speech is therefore streamed clause by clause in the caller's own thread: between two clauses nothing runs,
and closing the iterator has nothing to stop.
"""

import atexit
import ctypes
import difflib
import functools
import re
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import espeakng_loader
import numpy as np

from audio import numerals
from audio.errors import EngineError
from audio.scripts import Run, runs, speakable
from audio.tts.phrasing import joined
from audio.vocabulary import Samples

_SYNCHRONOUS = 2  # AUDIO_OUTPUT_SYNCHRONOUS: espeak_Synth returns when the callback has had everything
_DONT_EXIT = 0x8000  # espeakINITIALIZE_DONT_EXIT: report missing data instead of ending the process
_UTF8 = 1  # espeakCHARS_UTF8
_CHARACTERS = 1  # POS_CHARACTER, the unit of a start position
_RATE, _PITCH = 1, 3  # espeakRATE, espeakPITCH
_OK = 0
_LONGEST_PATH = 150
"""Bytes; espeak-ng 1.52 cuts the path of its data at 159."""

_PACES = range(80, 451)
"""Words a minute espeak-ng can speak at without another time-stretching."""
_PITCHES = range(100)
_CHINESE_PACE = 1.2
"""At 175 words a minute the Mandarin voice says 3.6 syllables a second, and people say 4 to 5."""

_CLAUSE_BYTES = 120
"""UTF-8 bytes synthesised at once: about 7 s of speech, 10 to 30 ms of work."""
_FIRST_BYTES = 60
"""UTF-8 bytes from which a text's first clause goes first: nobody waits for the second to be made."""
_CLAUSE_END = re.compile(r"[,;:!?…—][\"”’)\]]*(?=\s)|(?<=\w{3}[.])(?=\s)|[，；：。！？、…—]+[”’》」』）]*|\n")

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class _Voice:
    name: str
    """As espeak-ng lists it, such as "en-us" or "cmn"."""
    words_per_minute: int
    pitch: int
    """0 to 99, 50 is the voice's own."""


class _Library:
    """The C library, of which a process has one, with one voice selected at a time."""

    def __init__(self, data: Path) -> None:
        self._lock = threading.Lock()
        self._made: list[Samples] = []
        self._callback = _Callback(self._take)
        self._data = data
        try:
            self._c = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise EngineError(
                f"espeak-ng cannot be loaded ({error}). Reinstall it with `pip install --force-reinstall espeakng-loader`."
            ) from error
        self.rate = self._initialise()
        self._c.espeak_SetSynthCallback(self._callback)

    def _initialise(self) -> int:
        """Open the voices; returns the rate in Hz."""
        path = str(self._data)
        if len(path.encode()) > _LONGEST_PATH:
            short = tempfile.TemporaryDirectory(prefix="espeak-")
            atexit.register(short.cleanup)
            link = Path(short.name) / "data"
            try:
                link.symlink_to(self._data, target_is_directory=True)
            except OSError as error:
                raise EngineError(
                    f"espeak-ng cannot use a path as long as {path}. Install Hark in a folder with a shorter path."
                ) from error
            path = str(link)
        self._c.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        rate = int(self._c.espeak_Initialize(_SYNCHRONOUS, 0, path.encode(), _DONT_EXIT))
        if rate <= 0:
            raise EngineError(
                f"espeak-ng found no voices in {self._data}. Reinstall them with `pip install --force-reinstall espeakng-loader`."
            )
        return rate

    def select(self, voice: _Voice) -> None:
        """Make sure of a voice; raises EngineError naming similar ones when there is none of that name."""
        with self._lock:
            self._select(voice)

    def _select(self, voice: _Voice) -> None:
        if self._c.espeak_SetVoiceByName(voice.name.encode()) != _OK:
            raise EngineError(f"espeak-ng has no voice {voice.name!r}. Similar ones: {', '.join(self._similar(voice.name))}.")
        self._c.espeak_SetParameter(_RATE, voice.words_per_minute, 0)
        self._c.espeak_SetParameter(_PITCH, voice.pitch, 0)

    def _similar(self, name: str) -> list[str]:
        names = {path.name.lower() for path in (self._data / "lang").rglob("*") if path.is_file()}
        return difflib.get_close_matches(name.lower(), names, n=5, cutoff=0.3) or ["en-us", "en-gb", "cmn"]

    def make(self, text: str, voice: _Voice) -> Samples:
        """Speak a clause; (n,) int16 with whatever silence espeak-ng puts around it."""
        encoded = text.encode()
        self._c.espeak_Synth.argtypes = [ctypes.c_char_p, ctypes.c_size_t, *[ctypes.c_uint] * 4, ctypes.c_void_p, ctypes.c_void_p]
        with self._lock:
            self._select(voice)
            self._made.clear()
            status = self._c.espeak_Synth(encoded, len(encoded) + 1, 0, _CHARACTERS, 0, _UTF8, None, None)
            if status != _OK:
                raise EngineError(
                    f"espeak-ng could not speak (status {status}). Choose another voice with `hark config`, or reinstall espeakng-loader."
                )
            return np.concatenate(self._made) if self._made else np.zeros(0, np.int16)

    def _take(self, samples: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int | None) -> int:
        """Keep what the C library made; called by it, in the thread that is in `make`."""
        if samples and count > 0:
            self._made.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0


@functools.cache  # a second espeak_Initialize would reset the library under the first one's feet
def _library() -> _Library:
    return _Library(Path(espeakng_loader.get_data_path()))


class Espeak:
    """espeak-ng, with a voice for each language."""

    def __init__(self, voice_en: str = "en-us", voice_zh: str = "cmn", words_per_minute: int = 175, pitch: int = 50) -> None:
        """Load the voices; raises EngineError when one is unknown, `words_per_minute` outside 80..450 or `pitch` outside 0..99."""
        if words_per_minute not in _PACES or pitch not in _PITCHES:
            raise EngineError(f"espeak-ng speaks 80 to 450 words a minute at a pitch of 0 to 99, not {words_per_minute} at {pitch}.")
        chinese = min(round(words_per_minute * _CHINESE_PACE), _PACES[-1])
        self._voices = {"en": _Voice(voice_en, words_per_minute, pitch), "zh": _Voice(voice_zh, chinese, pitch)}
        self._library = _library()
        self.rate = self._library.rate
        """Hz."""
        for voice in self._voices.values():
            self._library.select(voice)

    def speak(self, text: str, language: str, voice: str = "") -> Iterator[Samples]:
        """Yield the speech in pieces of at most 0.1 s, the first one audible from its beginning, the last one a short silence."""
        voices = self._voices | ({language: replace(self._voices[language], name=voice)} if voice else {})
        return joined(((clause.text, self._made(clause, voices)) for clause in clauses(text, language)), self.rate)

    def _made(self, clause: Run, voices: Mapping[str, _Voice]) -> Samples:
        spoken = numerals.spell(clause.text) if clause.language == "zh" else clause.text
        return self._library.make(spoken, voices[clause.language])


def clauses(text: str, language: str) -> Iterator[Run]:
    """Cut a text into what is synthesised at once: one script, about 120 bytes, preferably ending where a speaker pauses."""
    is_first = True
    for run in runs(speakable(text), language):
        rest = run.text
        while cut := _cut(rest, is_first):
            yield Run(rest[:cut], run.language)
            rest = rest[cut:]
            is_first = False
        if rest.strip():
            yield Run(rest, run.language)
            is_first = False


def _cut(text: str, is_first: bool) -> int:
    """Find where to cut a text that is too long to be made at once; 0 when it is not."""
    size = len(text.encode())
    if size <= (_FIRST_BYTES if is_first else _CLAUSE_BYTES):
        return 0
    window = text.encode()[:_CLAUSE_BYTES].decode(errors="ignore")
    ends = [match.end() for match in _CLAUSE_END.finditer(text, 0, len(window) + 1) if match.end() <= len(window)]
    if size <= _CLAUSE_BYTES:
        return ends[0] if ends and ends[0] < len(text.rstrip()) else 0
    if ends:
        return ends[0] if is_first else ends[-1]
    return window.rfind(" ") + 1 or len(window)
