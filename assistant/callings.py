"""What Hark is called by, and what each wake word selects: the language that follows it, and the voice that answers.

For instance hey_jarvis, ~/words/ni_hao.tflite=zh, or okay_nabu=en:en-gb-scotland.
"""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ConfigError

LANGUAGES = ("en", "zh")

HOW = "Write a name or a path, and behind it =en or =zh for what follows it, or =zh:VOICE for who answers: okay_nabu=zh:cmn"


@dataclass(frozen=True, slots=True)
class Calling:
    """One wake word of the settings."""

    model: str
    """A built-in name, or the path of a model."""
    language: str = ""
    """What follows is heard, and answered, in this one; empty leaves it to what is said."""
    voice: str = ""
    """Who answers in that language, as tts.voice_en and tts.voice_zh name voices; empty for the usual one."""

    @property
    def name(self) -> str:
        """What detections of it are called."""
        return Path(self.model).stem

    @property
    def written(self) -> str:
        """How it stands in the settings."""
        voice = f":{self.voice}" if self.voice else ""
        return f"{self.model}={self.language}{voice}" if self.language else self.model

    def phrase(self) -> str:
        """Return the words themselves: what a microWakeWord's description says they are, or what the file is called."""
        path = Path(self.model).expanduser()
        if path.suffix == ".json":
            with suppress(OSError, ValueError):  # what is wrong with the file is told where it is loaded
                data = json.loads(path.read_bytes())
                phrase = data.get("wake_word") if isinstance(data, dict) else None
                if isinstance(phrase, str) and phrase.strip():
                    return phrase.casefold()
        return self.name.replace("_", " ")


def calling(text: str) -> Calling:
    """Read one wake word of the settings. Raises ConfigError."""
    model, equals, selected = text.rpartition("=")
    if not equals:
        return Calling(text)
    language, colon, voice = selected.partition(":")
    if language not in LANGUAGES or not model or (colon and not voice):
        raise ConfigError(f"'{text}' is no wake word. {HOW}.")
    return Calling(model, language, voice)


def callings(words: Sequence[str]) -> list[Calling]:
    """Read the wake words of the settings. Raises ConfigError; two of one name could not be told apart."""
    read = [calling(word) for word in words]
    names = [each.name for each in read]
    for each in read:
        if names.count(each.name) > 1:
            raise ConfigError(f"Two wake words are called {each.name}. Give one of the files another name.")
    return read
