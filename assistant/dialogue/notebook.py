"""Where a conversation keeps the question that is open and what was done last, so that the next words can lean on them."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.dialogue.memory import PATIENCE_S, REMEMBERED, Confirmation, Exchange, exchanges_from
from assistant.errors import StoreError
from assistant.executor import Result
from assistant.store import Store
from assistant.vocabulary import Intent

log = logging.getLogger(__name__)

PENDING = "pending"
"""Under this name the store keeps the open question."""

RECENT = "recent"
"""Under this name the store keeps what was done last."""


class Notebook:
    """Writes to the store; a full disk costs the memory of it, never the reply."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, name: str, data: Any) -> None:
        """Keep plain data under a name; None forgets it."""
        try:
            self._store.remember(name, data)
        except StoreError as error:
            log.warning("%s", error)

    def keep_open(self, step: Intent, result: Result, text: str, now: datetime) -> None:
        """Remember the question a result asks, so that the next words can answer it."""
        slot = None if result.asks == "yes" else result.asks
        aside = self._store.recall(PENDING)  # an older question that still waits, and none behind that
        before = aside | {"before": None} if isinstance(aside, dict) and aside.get("is_aside") else None
        question = Confirmation(step, result.said, now.timestamp() + PATIENCE_S, slot, text, verbatim=result.verbatim, before=before)
        self.keep(PENDING, question.to_json())
        if slot is None:  # "open it" after a no is about what was asked
            self.keep_exchange(Exchange(text, replace(step, then=()), now.timestamp()), now)

    def keep_exchange(self, exchange: Exchange, now: datetime) -> None:
        """Remember what was done, so that the next words can lean on it; talk about the conversation itself is not remembered."""
        if exchange.intent.action.startswith("assistant."):
            return
        before = exchanges_from(self._store.recall(RECENT), now)
        self.keep(RECENT, [each.to_json() for each in [exchange, *before][:REMEMBERED]])
