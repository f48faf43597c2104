"""Carrying out what was understood: one action, with a deadline, a receipt, and its way back.

A reply that says something was done exists only with the receipt of what was executed.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from assistant.errors import NotAllowed, StoreError
from assistant.journal import Journal, Receipt
from assistant.limit import Stuck, time_limit
from assistant.plugins import Family
from assistant.prints import prints_aside
from assistant.skill import Action, CannotDo, Context, Inverse, Question, Reply, Undo
from assistant.spoken import spoken
from assistant.vocabulary import Intent, Outcome

log = logging.getLogger(__name__)

DEADLINE_S = 8.0
"""An action that takes longer has hung; nobody waits longer for a voice."""

GRACE_S = 0.25
"""After the deadline, until an action that keeps everything else from running is interrupted."""

ONLINE = "online:"
"""What a result asks when a family needs a yes to go online; its name follows."""


@dataclass(frozen=True, slots=True)
class Result:
    """How an action ended."""

    outcome: Outcome
    said: str
    asks: str | None = None
    """The slot that is asked for, "yes" for a confirmation, "online:weather" for a yes to going online."""
    receipt: int | None = None
    """Of what was carried out; None when nothing was."""
    problem: str = ""
    """What an action did wrong, for the log and the trace; never spoken."""
    then: tuple[str, ...] = ()
    """Requests to carry out next."""
    verbatim: bool = False
    """The answer to what is asked is taken as it is said."""
    holds: bool | None = None
    """Whether what was asked is so; None where it was not asked, or cannot be told."""


MakeContext = Callable[[str, str, bool, str], Context]
"""Of a family, a language, whether the user has just said yes, and the words that ask."""

FRESH_S = 3.0
"""How long the outcome of an action that was run ahead counts: until the speaker is surely done."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What an action that only reads returned ahead of time."""

    intent: Intent
    text: str
    language: str
    answer: Reply | Question
    at_s: float


class Executor:
    """Runs the loaded actions."""

    def __init__(
        self,
        families: Sequence[Family],
        journal: Journal,
        context: MakeContext,
        rehearsal: MakeContext | None = None,
        deadline_s: float = DEADLINE_S,
    ) -> None:
        """Take the loaded skills, what makes what an action is given, and what makes it where nothing may change yet."""
        self._actions: dict[str, Action] = {}
        self._inverses: dict[tuple[str, str], Inverse] = {}
        self.take(families)
        self._journal = journal
        self._context = context
        self._rehearsal = rehearsal
        self._deadline_s = deadline_s
        self._rehearsed: Rehearsed | None = None

    def take(self, families: Sequence[Family]) -> None:
        """Run the actions of these skills from now on, and of no others."""
        self._rehearsed = None
        self._actions = {name: action for family in families for name, action in family.actions.items()}
        self._inverses = {(family.module, name): inverse for family in families for name, inverse in family.inverses.items()}

    async def rehearse(self, intent: Intent, text: str, language: str) -> str | None:
        """Run an action ahead of time, if it declares that it only reads, and return what would be said.

        `run` then takes what it returned. None when there is nothing to say before its time; nothing is changed or recorded.
        """
        self._rehearsed = None
        action = self._actions.get(intent.action)
        if self._rehearsal is None or action is None or not action.reads or not action.required <= intent.slots.keys():
            return None
        context = self._rehearsal(intent.action.partition(".")[0], language, False, text)
        try:
            values = {name: action.slots[name].from_json(value) for name, value in intent.slots.items()}
            answer = await self._act(action, context, values)
        except (Exception, Stuck):  # noqa: BLE001 -- a plugin may do anything; it is run again, and told, when its time has come
            return None
        if not isinstance(answer, Reply | Question):
            return None
        self._rehearsed = Rehearsed(intent, text, language, answer, time.monotonic())
        return answer.text(language)

    def _ahead(self, intent: Intent, text: str, language: str) -> Reply | Question | None:
        """Return, once, what the very same act returned ahead of time."""
        found, self._rehearsed = self._rehearsed, None
        same = found and (found.intent, found.text, found.language) == (intent, text, language)
        return found.answer if found and same and time.monotonic() - found.at_s < FRESH_S else None

    async def run(self, intent: Intent, text: str, language: str, *, confirmed: bool = False) -> Result:
        """Carry out an intent; `text` is what asked for it. Never raises for what an action does."""
        action = self._actions.get(intent.action)
        if action is None:
            return failed(language, f"no action {intent.action}")
        missing = next((name for name in action.slots if name in action.required and name not in intent.slots), None)
        if missing:
            return Result(Outcome.ASKED, action.ask[missing].text(language), missing)
        context = self._context(intent.action.partition(".")[0], language, confirmed, text)
        began_s = time.monotonic()
        try:
            values = {name: action.slots[name].from_json(value) for name, value in intent.slots.items()}
            answer = self._ahead(intent, text, language) or await self._act(action, context, values)
        except (TimeoutError, Stuck) as error:
            return Result(
                Outcome.FAILED,
                phrase(language, "That took too long, so I stopped it.", "用时太长，我停下了。"),
                problem=f"{intent.action} took over {self._deadline_s:g} s{' and let nothing else run' * isinstance(error, Stuck)}",
            )
        except CannotDo as error:
            return Result(Outcome.FAILED, error.text(language))
        except NotAllowed as error:
            return Result(Outcome.ASKED, may_go_online(error, language), f"{ONLINE}{error.purpose}")
        except StoreError as error:
            return Result(
                Outcome.FAILED,
                phrase(language, "I couldn't save that. Is the disk full?", "没能保存，磁盘是不是满了？"),
                problem=str(error),
            )
        except (KeyboardInterrupt, GeneratorExit):
            raise
        except BaseException as error:  # a plugin may do anything, sys.exit included
            if isinstance(error, asyncio.CancelledError) and is_cancelled():
                raise
            return failed(language, f"{type(error).__name__}: {error}")
        result = self._conclude(answer, intent, text, language, confirmed=confirmed)
        took_s = time.monotonic() - began_s
        return result if took_s <= self._deadline_s + 2 * GRACE_S else overdue(result, intent.action, took_s, language)

    async def _act(self, action: Action, context: Context, values: dict[str, Any]) -> Reply | Question:
        """Run an action, which may not take longer than the deadline, waiting or working; nor speak for Hark on standard output."""
        with prints_aside(), time_limit(self._deadline_s + GRACE_S, within=action.function.__code__.co_filename):
            async with asyncio.timeout(self._deadline_s):
                return await action(context, **values)

    def _conclude(self, answer: Any, intent: Intent, text: str, language: str, *, confirmed: bool) -> Result:
        """Turn what an action returned into a result, with a receipt when it was carried out."""
        if isinstance(answer, Question):
            return Result(Outcome.ASKED, answer.text(language), answer.slot or "yes", verbatim=answer.verbatim)
        if not isinstance(answer, Reply):
            return failed(language, f"{intent.action} returned {type(answer).__name__}, not a Reply")
        try:
            receipt = self._journal.receive(text, intent, answer.undo)
        except StoreError as error:
            words = phrase(language, "It's done, but I couldn't note how to undo it.", "已经做了，但没能记下怎么撤销。")
            return Result(Outcome.DONE, f"{answer.text(language)} {words}", problem=str(error), then=answer.then, holds=answer.holds)
        outcome = Outcome.CONFIRMED if confirmed else Outcome.DONE
        return Result(outcome, answer.text(language), receipt=receipt.id, then=answer.then, holds=answer.holds)

    async def undo_last(self, context: Context) -> str | None:
        """Take back the last change and return the words that had asked for it; None when there is none."""
        receipt = self._journal.last_change()
        if receipt is None or receipt.undo is None:
            return None
        await self._reverse(receipt, receipt.undo, context)
        return receipt.text

    async def take_back(self, receipt_id: int, text: str, language: str) -> bool:
        """Take back one change, which a correction is about to replace; tell whether there was one."""
        receipt = self._journal.change(receipt_id)
        if receipt is None or receipt.undo is None:
            return False
        await self._reverse(receipt, receipt.undo, self._context(receipt.action.partition(".")[0], language, False, text))
        return True

    async def _reverse(self, receipt: Receipt, undo: Undo, context: Context) -> None:
        inverse = self._inverses.get((undo.module, undo.name))
        if inverse is None:
            raise CannotDo(
                en=f"I can't undo that: the skill {receipt.action} is not loaded any more.",
                zh=f"无法撤销：技能 {receipt.action} 已不在了。",
            )
        with prints_aside():
            await inverse.function(context, **undo.args)
        self._journal.taken_back(receipt)


def is_cancelled() -> bool:
    """Tell whether somebody wants this task to end, rather than that what it waited for was cancelled."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def overdue(result: Result, action: str, took_s: float, language: str) -> Result:
    """Return the result of an action that could not be stopped at its deadline."""
    log.warning("%s let nothing else run for %.0f s", action, took_s)
    time_en, time_zh = (spoken(timedelta(seconds=took_s), each) for each in ("en", "zh"))
    words = phrase(language, f"That took {time_en}, in which I heard nothing.", f"这用了{time_zh}，其间我什么也没听见。")
    return replace(result, said=f"{result.said} {words}", problem=f"{action} let nothing else run for {took_s:.1f} s")


def failed(language: str, problem: str) -> Result:
    """Return the result for an action that broke."""
    return Result(
        Outcome.FAILED,
        phrase(language, "Something in that skill broke, so nothing was done.", "这个技能出错了，什么也没做。"),
        problem=problem,
    )


def phrase(language: str, en: str, zh: str) -> str:
    """Return one of two texts by language."""
    return zh if language == "zh" else en


def may_go_online(error: NotAllowed, language: str) -> str:
    """Return the question whether a family may go online."""
    return phrase(
        language,
        f"For that I need the internet: I would ask {error.host}. May I, from now on?",
        f"这需要联网，我会向{error.host}查询。以后都可以吗？",
    )
