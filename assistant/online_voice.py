"""The online voice in its worker: the edge engine behind the egress broker, which records each sentence before it is sent."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from assistant.clock import SystemClock
from assistant.config import Places, load_config
from assistant.egress import Egress
from assistant.store import Store
from assistant.wire import Counted, gate, without_environment
from audio.tts.edge import HOST, Edge
from audio.vocabulary import Samples


class OnlineVoice:
    """A `Synthesiser` that asks the broker first."""

    def __init__(self, home: str, voice_en: str = "", voice_zh: str = "") -> None:
        """Open the store in the data folder `home` for the ledger."""
        config = load_config(Places().config_file)
        store = Store(Path(home) / "hark.db")
        self._egress = Egress(store, SystemClock(), config.privacy)
        self._speaking = ExitStack()
        self._counted = Counted()
        without_environment()
        voices: dict[str, Any] = {name: value for name, value in (("voice_en", voice_en), ("voice_zh", voice_zh)) if value}
        self._edge = Edge(allowed=self._begin, received=self._count, connector=lambda: gate([HOST]), **voices)
        self.rate = self._edge.rate

    def speak(self, text: str, language: str, voice: str = "") -> Iterator[Samples]:
        """Yield the speech of a text; each sentence goes to Microsoft, with the user's consent."""
        with ExitStack() as self._speaking:
            yield from self._edge.speak(text, language, voice)

    def _begin(self, host: str, text: str) -> None:
        self._counted = self._speaking.enter_context(self._egress.voice(host, text))

    def _count(self, received_bytes: int) -> None:
        self._counted.received_bytes += received_bytes
