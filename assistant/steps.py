"""Carrying out what a turn has understood, request by request, and asking where a yes is needed first."""

from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import datetime

from assistant.conditions import has_condition
from assistant.dialogue.memory import Exchange
from assistant.dialogue.notebook import Notebook
from assistant.dialogue.wording import cannot_tell, left_out, shall_i
from assistant.executor import Executor, Result, phrase
from assistant.plan import Plan, left
from assistant.understanding import Understanding
from assistant.vocabulary import CHAT, Intent, Outcome

MOST_STEPS = 20
"""Requests carried out in one turn; a routine that calls itself ends here."""


class Steps:
    """Runs requests one after the other."""

    def __init__(self, understanding: Understanding, executor: Executor, notes: Notebook) -> None:
        self._understanding = understanding
        self._executor = executor
        self._notes = notes

    async def carry_out(self, plan: Plan, intent: Intent, language: str, now: datetime) -> AsyncGenerator[Result]:
        """Yield how each request of a turn ended, in order; what hangs on something is left out when that is not so."""
        steps, done = deque([intent, *intent.then]), 0
        while steps and done < MOST_STEPS:
            step = steps.popleft()
            words = step.words or plan.asked_for_by
            result = await self._executor.run(step, words, language, confirmed=plan.confirmed and done == 0)
            done += 1
            yield result
            if result.asks:
                self._notes.keep_open(replace(step, then=tuple(steps)), result, plan.asked_for_by, now)
                return
            self._notes.keep_exchange(Exchange(words, step, now.timestamp(), result.receipt), now)
            wanted = left(steps, result)
            if wanted is None:
                hanging = [replace(each, only_if=None) for each in steps]
                yield self.ask(plan.asked_for_by, language, now, replace(hanging[0], then=tuple(hanging[1:])))
                return
            if len(wanted) < len(steps):
                yield Result(Outcome.DONE, left_out(language))
            steps = deque(wanted)
            for text in reversed(result.then):
                more = self._understanding.understand(text, None, now)
                if more is None or more.action == CHAT:
                    yield Result(Outcome.FAILED, phrase(language, f"I don't know how to '{text}'.", f"我不会“{text}”。"))
                else:
                    steps.extendleft(reversed([more, *more.then]))

    async def attempt(self, text: str, language: str, now: datetime, intent: Intent, must_ask: bool) -> Result:
        """Carry out what a language model proposes; what the user's words do not ask for needs a yes."""
        if must_ask:
            return self.ask(text, language, now, intent)
        text = intent.words or text
        result = await self._executor.run(intent, text, language)
        if result.asks:
            self._notes.keep_open(intent, result, text, now)
        else:
            self._notes.keep_exchange(Exchange(text, intent, now.timestamp(), result.receipt), now)
        return result

    def ask(self, text: str, language: str, now: datetime, intent: Intent, question: str = "") -> Result:
        """Ask whether an act with just these values is meant; where the words make it hang on something, say that that is not known."""
        unknown = cannot_tell(language) if has_condition(text) else ""
        question = question or shall_i(self._understanding.actions, intent, language)
        result = Result(Outcome.ASKED, " ".join(filter(None, (unknown, question))), "yes")
        self._notes.keep_open(intent, result, text, now)
        return result
