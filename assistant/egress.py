"""The egress broker: everything that leaves the machine goes past it, is allowed or refused, and is written down."""

from assistant.clock import Clock
from assistant.errors import Offline
from assistant.store import Store


class Egress:
    """Allows, refuses and records."""

    def __init__(self, store: Store, clock: Clock, *, online_voice: bool) -> None:
        self._store = store
        self._clock = clock
        self._online_voice = online_voice

    def voice(self, host: str, text: str) -> None:
        """Allow one spoken sentence to be sent to an online voice, and record it before it is sent. Raises Offline."""
        if not self._online_voice:
            raise Offline("The online voice is switched off. Allow it with `hark config set privacy.online_voice true`.")
        with self._store.write() as db:
            db.execute(
                "INSERT INTO egress (at, purpose, host, body) VALUES (?, 'voice', ?, ?)", (self._clock.now().timestamp(), host, text)
            )
