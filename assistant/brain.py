"""The brain: text in, replies out. It knows no microphone, no speaker and no screen."""

import logging
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.clock import Clock
from assistant.context import ANSWERS
from assistant.dialogue.answers import Answer, answer_in
from assistant.dialogue.context import in_context
from assistant.dialogue.memory import PATIENCE_S, REMEMBERED, Confirmation, Exchange, exchanges_from, pending_from
from assistant.errors import StoreError
from assistant.executor import ONLINE, Executor, Result, phrase
from assistant.journal import Journal
from assistant.records import taught
from assistant.slots import Env
from assistant.store import Store
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Asked, Event, Failed, Finished, Intent, Outcome, Saying, Transcript, Turn, Understood
from assistant.words import language_of, split_words

log = logging.getLogger(__name__)

PENDING = "pending"
"""Under this name the store keeps the open question."""

RECENT = "recent"
"""Under this name the store keeps what was done last."""

MOST_STEPS = 20
"""Requests carried out in one turn; a routine that calls itself ends here."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a turn is going to do."""

    intent: Intent | None = None
    settled: Result | None = None
    """How the turn ends without an act."""
    asked_for_by: str = ""
    """The words to remember it by."""
    confirmed: bool = False
    """True when the user has just said yes to it."""
    instead_of: Exchange | None = None
    """What is taken back first."""


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
        """Yield what one turn brings: Understood, then for each request Asked or Saying, at last Finished with the turn.

        Never raises for what a skill does or the disk refuses: that is one `Failed` event and a sentence.
        """
        began = self._clock.monotonic()
        now = self._clock.now()
        language = heard.language or language_of(heard.text)
        plan = self._plan(heard, language, now)
        marks = {"understand": 1000 * (self._clock.monotonic() - began)}
        yield understood(plan.intent, began)
        acting = self._clock.monotonic()
        results: list[Result] = []
        async for result in self._results(plan, self._replies_in(language), now):
            results.append(result)
            if result.problem:
                log.warning("%s", result.problem.partition(":")[0])  # the rest may quote what was said
                yield Failed(self._clock.monotonic(), "action", result.problem)
            if result.asks:
                yield Asked(self._clock.monotonic(), result.asks, result.said)
            if result.said:
                yield Saying(self._clock.monotonic(), result.said, self._replies_in(language), receipt=result.receipt)
        marks["act"] = 1000 * (self._clock.monotonic() - acting)
        yield Finished(self._clock.monotonic(), self._remember(heard, plan.intent, results, marks))

    def preview(self, text: str, language: str | None, now: datetime) -> Intent | None:
        """Return what a sentence would mean, after what was said before, with no question open; nothing is done."""
        if own := taught(self._store, text):
            return own
        exchanges = exchanges_from(self._store.recall(RECENT), now)
        revision = in_context(self.understanding, exchanges, Env(text, now, language or language_of(text)))
        return revision.intent if revision else self.understanding.understand(text, language, now)

    def add_marks(self, turn: Turn, marks: dict[str, float]) -> None:
        """Add to a turn's trace how long its sound took; losing that to a full disk costs nothing."""
        try:
            self._journal.add_marks(turn.id, marks)
        except StoreError as error:
            log.warning("%s", error)

    def _replies_in(self, language: str) -> str:
        """Return the language of a reply to words in this one: the same, unless the user has asked for another."""
        return str(self._store.recall(ANSWERS) or language)

    def _plan(self, heard: Transcript, language: str, now: datetime) -> Plan:
        """Decide what the words ask for: an answer to a question, something about the last request, or something new."""
        if not split_words(heard.text):
            return Plan(settled=Result(Outcome.UNKNOWN, ""))
        if pending := pending_from(self._store.recall(PENDING), now):
            self._keep(PENDING, None)
            if plan := self._answered(pending, heard, language, now):
                return plan
        if own := taught(self._store, heard.text):
            return Plan(own, asked_for_by=heard.text)
        exchanges = exchanges_from(self._store.recall(RECENT), now)
        if revision := in_context(self.understanding, exchanges, Env(heard.text, now, language)):
            return Plan(revision.intent, asked_for_by=heard.text, instead_of=revision.last if revision.takes_back else None)
        intent = self.understanding.understand(heard.text, heard.language or None, now)
        if intent is None:
            return Plan(settled=Result(Outcome.UNKNOWN, unknown_words(heard.text, self._replies_in(language), is_protest=bool(exchanges))))
        if intent.action == CHAT:
            return Plan(intent, Result(Outcome.FAILED, no_model(self._replies_in(language))))
        return Plan(intent, asked_for_by=heard.text)

    def _answered(self, pending: Confirmation, heard: Transcript, language: str, now: datetime) -> Plan | None:
        """Return what follows from the words as an answer to the open question; None when they are about something else."""
        answer = answer_in(heard.text)
        if answer is Answer.NO:
            return Plan(pending.intent, Result(Outcome.CANCELLED, phrase(self._replies_in(language), "Okay, never mind.", "好的，算了。")))
        online = bool(pending.slot and pending.slot.startswith(ONLINE))
        if answer is Answer.YES and online:
            self._allow(str(pending.slot).removeprefix(ONLINE))
        if answer is Answer.YES and (online or pending.slot is None):
            return Plan(pending.intent, asked_for_by=pending.text, confirmed=pending.slot is None)
        if pending.slot and not online and (filled := self._fill(pending, heard, language, now)):
            return Plan(filled, asked_for_by=pending.text)
        return None

    def _fill(self, pending: Confirmation, heard: Transcript, language: str, now: datetime) -> Intent | None:
        """Return the pending intent with its slot filled from the words; a new command changes the subject instead."""
        slot = pending.slot or ""
        kind = self.understanding.actions[pending.intent.action].slots[slot]
        if not pending.verbatim and self.understanding.read(heard.text, language, now):
            return None
        value: Any = heard.text.strip(" .。!！?？") if not kind.is_typed else None
        if kind.is_typed or kind.name == "list":
            value = self.understanding.find_slot(heard.text, kind, language, now)
        return replace(pending.intent, slots=pending.intent.slots | {slot: kind.to_json(value)}) if value is not None else None

    async def _results(self, plan: Plan, language: str, now: datetime) -> AsyncIterator[Result]:
        """Yield how each request of a turn ended, in order; a question leaves the others open behind it."""
        if plan.settled or plan.intent is None:
            yield plan.settled or Result(Outcome.UNKNOWN, "")
            return
        if plan.instead_of and plan.instead_of.receipt is not None:
            await self._executor.take_back(plan.instead_of.receipt, plan.asked_for_by, language)
        steps, done = deque([plan.intent, *plan.intent.then]), 0
        while steps and done < MOST_STEPS:
            step = steps.popleft()
            result = await self._executor.run(step, plan.asked_for_by, language, confirmed=plan.confirmed and done == 0)
            done += 1
            yield result
            if result.asks:
                self._keep_open(replace(step, then=tuple(steps)), result, plan.asked_for_by, now)
                return
            self._keep_exchange(Exchange(plan.asked_for_by, step, now.timestamp(), result.receipt), now)
            for text in reversed(result.then):
                intent = self.understanding.understand(text, None, now)
                if intent is None or intent.action == CHAT:
                    yield Result(Outcome.FAILED, phrase(language, f"I don't know how to '{text}'.", f"我不会“{text}”。"))
                else:
                    steps.extendleft(reversed([intent, *intent.then]))

    def _keep_open(self, step: Intent, result: Result, text: str, now: datetime) -> None:
        """Remember the question a result asks, so that the next words can answer it."""
        slot = None if result.asks == "yes" else result.asks
        question = Confirmation(step, result.said, now.timestamp() + PATIENCE_S, slot, text, verbatim=result.verbatim)
        self._keep(PENDING, question.to_json())

    def _keep_exchange(self, exchange: Exchange, now: datetime) -> None:
        """Remember what was done, so that the next words can lean on it; talk about the conversation itself is not remembered."""
        if exchange.intent.action.startswith("assistant."):
            return
        before = exchanges_from(self._store.recall(RECENT), now)
        self._keep(RECENT, [each.to_json() for each in [exchange, *before][:REMEMBERED]])

    def _keep(self, name: str, data: Any) -> None:
        """Write to the store; a full disk must not cost the reply."""
        try:
            self._store.remember(name, data)
        except StoreError as error:
            log.warning("%s", error)

    def _remember(self, heard: Transcript, intent: Intent | None, results: list[Result], marks: dict[str, float]) -> Turn:
        """Record the turn; a full disk must not cost the reply."""
        said, outcome = " ".join(result.said for result in results if result.said), together(results)
        log.info("%s by %s: %s, %.0f ms", intent and intent.action, intent and intent.source, outcome, sum(marks.values()))
        try:
            number = self._journal.record(heard, intent, said, outcome, marks)
        except StoreError as error:
            log.warning("%s", error)
            number = 0
        asks = results[-1].asks if results else None
        return Turn(number, heard, intent, said, outcome, marks, asks, tuple(result.outcome for result in results))


def together(results: list[Result]) -> Outcome:
    """Return how a turn ended as a whole: what is open or went wrong counts more than what was done."""
    outcomes = [result.outcome for result in results] or [Outcome.UNKNOWN]
    return next((each for each in (Outcome.ASKED, Outcome.FAILED) if each in outcomes), outcomes[-1])


def understood(intent: Intent | None, at_s: float) -> Understood:
    """Return the event that tells what was understood."""
    if intent is None:
        return Understood(at_s, None, {}, None, 0.0)
    return Understood(at_s, intent.action, intent.slots, intent.source, intent.confidence, intent.then)


def unknown_words(text: str, language: str, *, is_protest: bool) -> str:
    """Return what is said to words that were not understood; a "no" after something was done asks what it should have been."""
    if is_protest and answer_in(text) is Answer.NO:
        return phrase(language, "Sorry. What should it be? Or say 'undo'.", "抱歉，应该是什么？也可以说“撤销”。")
    return phrase(
        language,
        "Sorry, I didn't understand that. Ask me what I can do.",
        "抱歉，我没听懂。可以问我会做什么。",
    )


def no_model(language: str) -> str:
    """Return what is said to a question that only a language model could answer."""
    return phrase(
        language,
        "I can't answer that by myself: it takes a language model, and none is set up.",
        "这个问题我自己答不了，需要语言模型，现在还没有装。",
    )
