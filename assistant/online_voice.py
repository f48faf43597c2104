"""The online voice in its worker: the edge engine behind the egress broker, which records each sentence before it is sent."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.clock import SystemClock
from assistant.config import Places, load_config
from assistant.egress import Egress
from assistant.store import Store
from audio.tts.edge import Edge
from audio.vocabulary import Samples


class OnlineVoice:
    """A `Synthesiser` that asks the broker first."""

    def __init__(self, home: str, voice_en: str = "", voice_zh: str = "") -> None:
        """Open the store in the data folder `home` for the ledger."""
        config = load_config(Places().config_file)
        store = Store(Path(home) / "hark.db")
        egress = Egress(store, SystemClock(), config.privacy)
        voices: dict[str, Any] = {name: value for name, value in (("voice_en", voice_en), ("voice_zh", voice_zh)) if value}
        self._edge = Edge(allowed=egress.voice, **voices)
        self.rate = self._edge.rate

    def speak(self, text: str, language: str) -> Iterator[Samples]:
        """Yield the speech of a text; each sentence goes to Microsoft, with the user's consent."""
        return self._edge.speak(text, language)
