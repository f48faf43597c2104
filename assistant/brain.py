"""The brain: text in, replies out. It knows no microphone, no speaker and no screen."""

import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from assistant.clock import Clock
from assistant.dialogue import PATIENCE_S, Answer, Confirmation, answer_in, pending_from
from assistant.errors import StoreError
from assistant.executor import ONLINE, Executor, Result, phrase
from assistant.journal import Journal
from assistant.store import Store
from assistant.understanding import Understanding
from assistant.vocabulary import Asked, Event, Failed, Finished, Intent, Outcome, Saying, Transcript, Turn, Understood
from assistant.words import language_of, split_words

log = logging.getLogger(__name__)

PENDING = "pending"
"""Under this name the store keeps the open question."""


class Brain:
    """Understands a sentence, has it carried out, and says what came of it."""

    def __init__(
        self, understanding: Understanding, executor: Executor, journal: Journal, store: Store, clock: Clock, allow: Callable[[str], None]
    ) -> None:
        """Take the parts; `allow(family)` lets a family go online, which the user has just said yes to."""
        self.understanding = understanding
        self._executor = executor
        self._journal = journal
        self._store = store
        self._clock = clock
        self._allow = allow

    async def respond(self, heard: Transcript) -> AsyncIterator[Event]:
        """Yield what one turn brings: Understood, then Asked or Saying, at last Finished with the turn.

        Never raises for what a skill does or the disk refuses: that is one `Failed` event and a sentence.
        """
        began = self._clock.monotonic()
        now = self._clock.now()
        pending = self._pending(now)
        intent, settled = self._understand(heard, pending, now)
        marks = {"understand": 1000 * (self._clock.monotonic() - began)}
        yield understood(intent, began)
        language = heard.language or language_of(heard.text)
        said: list[str] = []
        result = settled or Result(Outcome.UNKNOWN, unknown_words(heard.text, language))
        for number, step in enumerate([intent, *intent.then] if intent and not settled else []):
            acting = self._clock.monotonic()
            confirmed = number == 0 and pending is not None and pending.slot is None and step.source == "dialog"
            asked_for_by = pending.text if pending and step.source == "dialog" else heard.text
            result = await self._executor.run(step, asked_for_by, language, confirmed=confirmed)
            marks["act"] = marks.get("act", 0.0) + 1000 * (self._clock.monotonic() - acting)
            said.append(result.said)
            if result.problem:
                log.warning("%s: %s", step.action, result.problem.partition(":")[0])  # the rest may quote what was said
                yield Failed(self._clock.monotonic(), "action", result.problem)
            self._keep_open(step, result, asked_for_by, now)
            if result.outcome is not Outcome.DONE:
                break
        said = said or [result.said]
        if result.asks:
            yield Asked(self._clock.monotonic(), result.asks, result.said)
        for text in filter(None, said):
            yield Saying(self._clock.monotonic(), text, language)
        log.info("%s by %s: %s, %.0f ms", intent and intent.action, intent and intent.source, result.outcome, sum(marks.values()))
        turn = self._remember(heard, intent, " ".join(filter(None, said)), result, marks)
        yield Finished(self._clock.monotonic(), turn)

    def preview(self, text: str, language: str | None, now: datetime) -> Intent | None:
        """Return what a sentence would mean with nothing pending; nothing is done."""
        return self.understanding.understand(text, language, now)

    def add_marks(self, turn: Turn, marks: dict[str, float]) -> None:
        """Add to a turn's trace how long its sound took; losing that to a full disk costs nothing."""
        try:
            self._journal.add_marks(turn.id, marks)
        except StoreError as error:
            log.warning("%s", error)

    def _pending(self, now: datetime) -> Confirmation | None:
        return pending_from(self._store.recall(PENDING), now)

    def _understand(self, heard: Transcript, pending: Confirmation | None, now: datetime) -> tuple[Intent | None, Result | None]:
        """Return what the words mean, or how the turn ends without an act."""
        if not split_words(heard.text):
            return None, Result(Outcome.UNKNOWN, "")
        if pending:
            self._forget_pending()
            answer = answer_in(heard.text)
            language = heard.language or language_of(heard.text)
            if answer is Answer.NO:
                return pending.intent, Result(Outcome.CANCELLED, phrase(language, "Okay, never mind.", "好的，算了。"))
            online = bool(pending.slot and pending.slot.startswith(ONLINE))
            if answer is Answer.YES and online:
                self._allow(str(pending.slot).removeprefix(ONLINE))
            if answer is Answer.YES and (online or pending.slot is None):
                return pending.intent, None
            if pending.slot and not online and (filled := self._fill(pending, heard, now)):
                return filled, None
        return self.understanding.understand(heard.text, heard.language or None, now), None

    def _fill(self, pending: Confirmation, heard: Transcript, now: datetime) -> Intent | None:
        """Return the pending intent with its slot filled from the words; a new command changes the subject instead."""
        slot = pending.slot or ""
        kind = self.understanding.actions[pending.intent.action].slots[slot]
        if self.understanding.understand(heard.text, heard.language or None, now):
            return None
        value: Any = (
            heard.text.strip(" .。!！?？") if not kind.is_typed else self.understanding.find_slot(heard.text, kind, heard.language, now)
        )
        return replace(pending.intent, slots=pending.intent.slots | {slot: kind.to_json(value)}) if value is not None else None

    def _keep_open(self, step: Intent, result: Result, text: str, now: datetime) -> None:
        """Remember the question a result asks, so that the next words can answer it."""
        if not result.asks:
            return
        slot = None if result.asks == "yes" else result.asks
        open_question = Confirmation(step, result.said, now.timestamp() + PATIENCE_S, slot, text)
        try:
            self._store.remember(PENDING, open_question.to_json())
        except StoreError as error:
            log.warning("%s", error)

    def _forget_pending(self) -> None:
        try:
            self._store.remember(PENDING, None)
        except StoreError as error:
            log.warning("%s", error)

    def _remember(self, heard: Transcript, intent: Intent | None, said: str, result: Result, marks: dict[str, float]) -> Turn:
        """Record the turn; a full disk must not cost the reply."""
        try:
            number = self._journal.record(heard, intent, said, result.outcome, marks)
        except StoreError as error:
            log.warning("%s", error)
            number = 0
        return Turn(number, heard, intent, said, result.outcome, marks, result.asks)


def understood(intent: Intent | None, at_s: float) -> Understood:
    """Return the event that tells what was understood."""
    if intent is None:
        return Understood(at_s, None, {}, None, 0.0)
    return Understood(at_s, intent.action, intent.slots, intent.source, intent.confidence, intent.then)


def unknown_words(text: str, language: str) -> str:
    """Return what is said to words that were not understood; nothing to no words."""
    if not split_words(text):
        return ""
    return phrase(
        language,
        "Sorry, I didn't understand that. Ask me what I can do.",
        "抱歉，我没听懂。可以问我会做什么。",
    )
