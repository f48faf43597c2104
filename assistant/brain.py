"""The brain: text in, replies out. It knows no microphone, no speaker and no screen."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from assistant.clock import Clock
from assistant.cloud.outside import ASKING, Cloud, unasked
from assistant.conditions import hangs
from assistant.context import ANSWERS
from assistant.dialogue.answers import Answer, answer_in
from assistant.dialogue.asking import Effect, verdict_on
from assistant.dialogue.context import in_context, understood
from assistant.dialogue.later import offer, postponed
from assistant.dialogue.memory import ATTENTION_S, PATIENCE_S, Confirmation, Exchange, exchanges_from, pending_from
from assistant.dialogue.more import asks_for_more, is_answer
from assistant.dialogue.notebook import PENDING, RECENT, Notebook
from assistant.dialogue.wording import given_up, no_model, not_clear, too_late, unknown_words
from assistant.errors import StoreError
from assistant.executor import ONLINE, Executor, Result
from assistant.journal import Journal
from assistant.plan import Plan, together, together_of, told_of
from assistant.reasoning.question import Question, Thinker
from assistant.records import recalled, taught
from assistant.slots import Env
from assistant.steps import Steps
from assistant.store import Store
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Asked, Event, Failed, Finished, Intent, Outcome, Saying, Transcript, Turn
from assistant.words import is_sign, language_of, split_words

log = logging.getLogger(__name__)

LATELY = 8
"""Turns that are looked through for the question that "ask the cloud" is about."""

RECENTLY = timedelta(seconds=ATTENTION_S)
"""How long "go on" is about the last answer."""


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
        self._notes = Notebook(store)
        self._steps = Steps(understanding, executor, self._notes)
        self._clock = clock
        self._allow = allow
        self.thinker: Thinker | None = None
        """The language model; None when there is none."""
        self.cloud: Cloud | None = None
        """Whom hard questions may be put to; None when nobody is set up."""
        self.idle = asyncio.Event()
        """Set while no turn is under way."""
        self.idle.set()
        self._turns = 0
        self._before: dict[str, Any] = {}
        """The open questions and what was done last, as they were before the turn under way."""
        self._receipts: list[int] = []
        """Of what the turn under way has done."""

    async def respond(self, heard: Transcript, *, own_voice: bool = False) -> AsyncGenerator[Event]:
        """Yield what one turn brings: Understood, then for each request Asked or Saying, at last Finished with the turn.

        `own_voice` tells that the words may be Hark's own, or an answer to them that came before they were over: they are no consent.
        Never raises for what a skill does or the disk refuses: that is one `Failed` event and a sentence.
        """
        self._turns += 1
        self.idle.clear()
        try:
            async with aclosing(self._turn(heard, own_voice=own_voice)) as events:
                async for event in events:
                    yield event
        finally:
            self._turns -= 1
            if not self._turns:
                self.idle.set()

    async def _turn(self, heard: Transcript, *, own_voice: bool) -> AsyncGenerator[Event]:
        began = self._clock.monotonic()
        now = self._clock.now()
        language = heard.language or language_of(heard.text)
        self._before, self._receipts = {name: self._store.recall(name) for name in (PENDING, RECENT, ASKING)}, []
        if plan := self._outside(heard, language, now, own_voice=own_voice):
            self._put_aside(self._known(pending_from(self._store.recall(PENDING), now)), now)
        else:
            plan = self._plan(heard, language, now)
        marks = {"understand": 1000 * (self._clock.monotonic() - began)}
        yield told_of(plan.intent, began)
        acting = self._clock.monotonic()
        results: list[Result] = []
        intents = [plan.intent] if plan.intent else []
        async with aclosing(self._results(plan, self.replies_in(language), now)) as outcomes:
            async for result in outcomes:
                if isinstance(result, Intent):
                    intents.append(result)
                    yield told_of(result, self._clock.monotonic())
                    continue
                results.append(result)
                self._receipts += [result.receipt] if result.receipt is not None else []
                for event in self._told(result, language):
                    yield event
        marks["think" if plan.question else "act"] = 1000 * (self._clock.monotonic() - acting)
        marks |= plan.question.cost.marks() if plan.question else {}
        yield Finished(self._clock.monotonic(), self._remember(heard, together_of(intents), results, marks))

    def _told(self, result: Result, language: str) -> Iterator[Event]:
        """Yield what a result brings."""
        if result.problem:
            log.warning("%s", result.problem.partition(":")[0])  # the rest may quote what was said
            yield Failed(self._clock.monotonic(), "action", result.problem)
        if result.asks:
            yield Asked(self._clock.monotonic(), result.asks, result.said)
        if result.said:
            yield Saying(self._clock.monotonic(), result.said, self.replies_in(language), receipt=result.receipt)

    def preview(self, text: str, language: str | None, now: datetime | None = None) -> Intent | None:
        """Return what a sentence would mean, after what was said before, with no question open; nothing is done."""
        now = now or self._clock.now()
        if own := taught(self._store, text):
            return own
        if self._asks_for_more(text, now):
            return Intent(CHAT, {}, "dialog")
        exchanges = exchanges_from(self._store.recall(RECENT), now)
        reading = self.understanding.in_one_turn()
        revision = in_context(reading, exchanges, Env(text, now, language or language_of(text)))
        return revision.intent if revision else understood(reading, text, language, now)

    async def rehearse(self, heard: Transcript) -> str | None:
        """Return what would be said to words that may not be all yet, as far as that can be known without changing anything."""
        now, language = self._clock.now(), heard.language or language_of(heard.text)
        if not split_words(heard.text) or self._store.recall(PENDING) or self._store.recall(ASKING):
            return None
        if self.cloud and self.cloud.is_meant(heard.text):
            return None
        plan = self._plan(heard, language, now)
        if plan.question or plan.instead_of or plan.outside:
            return None
        if plan.settled or plan.intent is None:
            return plan.settled.said if plan.settled else None
        return await self._executor.rehearse(plan.intent, plan.asked_for_by, self.replies_in(language))

    async def expect(self, heard: Transcript) -> None:
        """Have the language model read words that are still being spoken, unless they mean something without it so far."""
        if self.thinker is None or self._store.recall(PENDING) or self._store.recall(ASKING):
            return
        now, language = self._clock.now(), heard.language or language_of(heard.text)
        intent = self.preview(heard.text, language, now)
        if intent is None or (intent.action == CHAT and intent.source != "dialog"):
            await self.thinker.expect(heard.text, language, now, is_chat=intent is not None)

    def answers(self, text: str, language: str, now: datetime) -> bool:
        """Tell whether words say yes or no to the open question, or have the value that it asks for."""
        pending = self._known(pending_from(self._store.recall(PENDING), now))
        if pending is None:
            return False
        slot = self.understanding.actions[pending.intent.action].slots.get(pending.slot or "")
        named = slot is not None and slot.is_typed and self.understanding.find_slot(text, slot, language, now) is not None
        return named or answer_in(text) is not Answer.OTHER

    def _known(self, pending: Confirmation | None) -> Confirmation | None:
        """Return an open question; None when it was about something that the skills cannot do any more, as their files have changed."""
        if pending is None or pending.intent.action not in self.understanding.actions:
            return None
        is_of_slot = pending.slot and ":" not in pending.slot
        return pending if not is_of_slot or pending.slot in self.understanding.actions[pending.intent.action].slots else None

    async def retract(self, heard: Transcript) -> None:
        """Take back what the last turn did and asked: the speaker was not done yet, and will be heard in full."""
        for receipt in reversed(self._receipts):
            await self._executor.take_back(receipt, heard.text, heard.language)
        self._receipts = []
        for name, value in self._before.items():
            self._notes.keep(name, value)

    def add_marks(self, turn: Turn, marks: dict[str, float]) -> None:
        """Add to a turn's trace how long its sound took; losing that to a full disk costs nothing."""
        try:
            self._journal.add_marks(turn.id, marks)
        except StoreError as error:
            log.warning("%s", error)

    def replies_in(self, language: str) -> str:
        """Return the language of a reply to words in this one: the same, unless the user has asked for another."""
        return str(self._store.recall(ANSWERS) or language)

    def _outside(self, heard: Transcript, language: str, now: datetime, *, own_voice: bool) -> Plan | None:
        """Return what follows where the words ask for the cloud, or answer whether something may be sent; None when they do neither."""
        replies_in = self.replies_in(language)
        if self.cloud is None:
            said = unasked(heard.text, replies_in)
            return Plan(settled=Result(Outcome.FAILED, said)) if said else None
        lately = [turn for _, turn in reversed(self._journal.turns(LATELY))]
        preview = partial(self.preview, heard.text, heard.language or None, now)
        outside = self.cloud.take(heard.text, replies_in, now, own_voice=own_voice, lately=lately, preview=preview)
        return Plan(Intent(CHAT, {}, "cloud"), asked_for_by=heard.text, outside=outside) if outside else None

    def _plan(self, heard: Transcript, language: str, now: datetime) -> Plan:
        """Decide what the words ask for: an answer to a question, something about the last request, or something new."""
        if not split_words(heard.text):
            said = unknown_words(self.replies_in(language), Answer.OTHER, is_protest=False) if is_sign(heard.text) else ""
            return Plan(settled=Result(Outcome.UNKNOWN, said))
        reading = self.understanding.in_one_turn()
        waiting = self._store.recall(PENDING)
        if waiting:
            pending = self._known(pending_from(waiting, now))
            self._notes.keep(PENDING, None)
            if pending and (plan := self._answered(reading, pending, heard, language, now)):
                return plan
            if not pending and answer_in(heard.text) is Answer.YES:
                return Plan(settled=Result(Outcome.UNKNOWN, too_late(self.replies_in(language))))
        exchanges = exchanges_from(self._store.recall(RECENT), now)
        if plan := self._said_before(reading, exchanges, heard, language, now):
            return plan
        intent = understood(reading, heard.text, heard.language or None, now)
        if intent and intent.source == "classifier" and answer_in(heard.text) is not Answer.OTHER:
            intent = None  # a bare 好 greets nobody
        if intent is None or intent.action in {CHAT, "home.state"}:
            intent = recalled(self._store, heard.text) or intent
        replies_in = self.replies_in(language)
        if intent and intent.action != CHAT:
            return Plan(intent, asked_for_by=heard.text, must_ask=hangs(heard.text, intent, self.understanding.actions))
        is_protest = bool(exchanges) and answer_in(heard.text) is Answer.NO
        if self.thinker and not is_protest:
            question = Question(heard.text, language, replies_in, now, is_chat=intent is not None)
            return Plan(intent, asked_for_by=heard.text, question=question)
        if intent:
            outside = self.cloud.instead(heard.text, replies_in, now) if self.cloud else None
            return Plan(intent, Result(Outcome.FAILED, no_model(replies_in)), outside=outside)
        return Plan(settled=Result(Outcome.UNKNOWN, unknown_words(replies_in, answer_in(heard.text), is_protest=is_protest)))

    def _said_before(
        self, reading: Understanding, exchanges: list[Exchange], heard: Transcript, language: str, now: datetime
    ) -> Plan | None:
        """Return what follows from words that lean on what was said or taught before, or that want something later; None for others."""
        replies_in = self.replies_in(language)
        if own := taught(self._store, heard.text):
            return Plan(own, asked_for_by=heard.text)
        if self._asks_for_more(heard.text, now):
            question = Question(heard.text, language, replies_in, now, is_chat=True, goes_on=True)
            return Plan(Intent(CHAT, {}, "dialog"), asked_for_by=heard.text, question=question)
        env = Env(heard.text, now, language)
        alone = reading.read(heard.text, heard.language or None, now)
        if alone is None and (later := postponed(reading, env)):
            return Plan(later, asked_for_by=heard.text, must_ask=True, asks=offer(later, now, replies_in))
        if revision := in_context(reading, exchanges, env):
            return Plan(revision.intent, asked_for_by=heard.text, instead_of=revision.last if revision.takes_back else None)
        return None

    def _asks_for_more(self, text: str, now: datetime) -> bool:
        """Tell whether words ask a language model to go on with its last answer; music goes on only when none was just given."""
        if self.thinker is None or not asks_for_more(text):
            return False
        last = self._journal.turns(1)
        return bool(last) and now - last[-1][0] <= RECENTLY and is_answer(last[-1][1])

    def _answered(self, reading: Understanding, pending: Confirmation, heard: Transcript, language: str, now: datetime) -> Plan | None:
        """Return what follows from the words as an answer to the open question; None when they are about something else."""
        verdict = verdict_on(reading, pending, Env(heard.text, now, language))
        if pending.before:
            self._notes.keep(PENDING, pending.before)
            older = self._known(pending_from(pending.before, now)) if verdict.effect is Effect.UNCLEAR else None
            if older and (plan := self._answered(reading, older, heard, language, now)):
                return plan
        is_online = bool(pending.slot and pending.slot.startswith(ONLINE))
        match verdict.effect:
            case Effect.REFUSE:
                return Plan(pending.intent, Result(Outcome.CANCELLED, given_up(self.replies_in(language))))
            case Effect.ACCEPT:
                if is_online:
                    self._allow(str(pending.slot).removeprefix(ONLINE))
                return Plan(pending.intent, asked_for_by=pending.text, confirmed=not is_online)
            case Effect.GO_ON:
                is_same = verdict.intent.action == pending.intent.action
                return Plan(verdict.intent, asked_for_by=pending.text if is_same else heard.text)
            case Effect.UNCLEAR if not pending.is_repeated:
                again = replace(pending, is_repeated=True, expires_s=now.timestamp() + PATIENCE_S)
                self._notes.keep(PENDING, again.to_json())
                said = not_clear(pending.question, self.replies_in(language))
                return Plan(pending.intent, Result(Outcome.ASKED, said, pending.slot or "yes"))
        self._put_aside(pending, now)
        return None

    def _put_aside(self, pending: Confirmation | None, now: datetime) -> None:
        """Let an open question wait behind something else: a value said later still answers, a yes would not be known to be for this."""
        if pending is None:
            return
        waits = pending.slot is not None and not pending.slot.startswith(ONLINE)
        aside = replace(pending, is_aside=True, expires_s=now.timestamp() + PATIENCE_S).to_json()
        self._notes.keep(PENDING, aside if waits else None)

    async def _results(self, plan: Plan, language: str, now: datetime) -> AsyncGenerator[Result | Intent]:
        """Yield how each request of a turn ended, in order; a question leaves the others open behind it.

        What a language model understands comes before what came of it.
        """
        question, run = plan.question, partial(self._steps.attempt, plan.asked_for_by, language, now)
        if plan.outside:
            async with aclosing(plan.outside.results(run)) as told:
                async for each in told:
                    yield each
            question = plan.outside.left(language, now)  # where the cloud fails, what can be said here is
        if question and self.thinker:
            thoughts = self.thinker.think(question, run)
            async with aclosing(
                self.cloud.beside(question, thoughts, now, run) if self.cloud and not plan.outside else thoughts
            ) as thinking:
                async for thought in thinking:
                    yield thought
            return
        if plan.outside:
            return
        if plan.settled or plan.intent is None:
            yield plan.settled or Result(Outcome.UNKNOWN, "")
            return
        if plan.instead_of and plan.instead_of.receipt is not None:
            await self._executor.take_back(plan.instead_of.receipt, plan.asked_for_by, language)
        if plan.must_ask:
            yield self._steps.ask(plan.asked_for_by, language, now, plan.intent, plan.asks)
            return
        async with aclosing(self._steps.carry_out(plan, plan.intent, language, now)) as results:
            async for result in results:
                yield result

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
