"""What the user's words do at the cloud's desk: ask for it, say yes or no to what would be sent, decide for the future."""

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from datetime import datetime
from functools import partial

from assistant.cloud.consent import Decision, decision_in
from assistant.cloud.desk import Asking, Desk
from assistant.cloud.outside import ASKS, Outside
from assistant.cloud.rules import ALL, ALWAYS, EACH_TIME, is_about, topics
from assistant.dialogue.answers import Answer, answer_in
from assistant.dialogue.wording import too_late
from assistant.errors import StoreError
from assistant.executor import Result, phrase
from assistant.reasoning.question import Question, Run
from assistant.vocabulary import CHAT, Intent, Outcome, Turn
from assistant.words import split_words

FIRST_WORDS_S = 12.0
"""For the local model to begin to answer, before the cloud is offered instead."""

WHOLE_QUESTION = 3
"""Words; fewer are rather a "what?" than a question of their own."""

CUT_WORDS = "a an the of to in for with and or is are was do does can my your about on at from if than what why how who"

CUT = frozenset(CUT_WORDS.split())
"""Words that a whole question does not end with."""

LOST = re.compile(
    r"\bI (?:really |just )?(?:do not|don't|cannot|can't|am not able to|am unable to|have no way to) "
    r"(?:know|answer|say for sure|tell|help with|have (?:access|information|enough))"
    r"|\b(?:I'm|I am) not (?:sure|certain)\b|\bbeyond (?:my|what I)\b|\bno (?:information|data) (?:about|on)\b"
    r"|\b(?:my knowledge|up-to-date)\b"
    r"|我?(?:不知道|不清楚|不太清楚|不了解|不确定|无法回答|回答不了|没有(?:相关)?(?:信息|资料)|无法(?:提供|获取))",
    re.IGNORECASE,
)
"""How a model says that it is out of its depth."""


class Counter:
    """A `Cloud`."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def is_meant(self, text: str) -> bool:
        """Tell whether words ask for the cloud, or decide something about it."""
        return self.desk.wanted(text) is not None or decision_in(text) is not None

    def take(
        self, text: str, language: str, now: datetime, *, own_voice: bool, lately: Sequence[Turn], preview: Callable[[], Intent | None]
    ) -> Outside | None:
        """Return what follows from words that ask for the cloud, or answer whether something may be sent; None for all others."""
        asking = self.desk.waiting(now)
        try:
            waited = self.desk.forget()  # one question, one answer: whatever the words are, they are the last chance
        except StoreError:
            return settled(Outcome.FAILED, language, "I couldn't note that, so nothing is sent.", "没能记下来，所以什么也没发。")
        question = self.desk.wanted(text)
        if question is not None:
            return self._asked(question, lately, asking, language, now)
        if asking:
            return self._replied(text, asking, language, now, own_voice=own_voice, preview=preview)
        if waited and self.desk.takes(text):
            return Outside(partial(one, Result(Outcome.UNKNOWN, too_late(language))))
        decision = decision_in(text)
        if decision and not own_voice and self._is_meant(decision, preview):
            return Outside(partial(self._decided, decision, None, language, now))
        return None

    def _is_meant(self, decision: Decision, preview: Callable[[], Intent | None]) -> bool:
        """Tell whether words decide something though nothing is asked."""
        if decision.topic in (self.desk.rules.all() if decision.rule == EACH_TIME else topics()):
            return True
        return (decision.is_open or decision.topic not in {"", ALL}) and is_talk(preview())

    def instead(self, text: str, language: str, now: datetime) -> Outside | None:
        """Return the offer to send a question that nobody here can answer; None where it may not be offered."""
        if not self.desk.may_offer(text) or not is_whole(text):
            return None
        return Outside(partial(self.desk.propose, text, language, now))

    def draft(self, now: datetime) -> str:
        """Return what waits for a yes to be sent; empty when nothing does. Raises StoreError."""
        return self.desk.draft(now)

    def edit(self, text: str, now: datetime, language: str) -> str:
        """Have another text wait for a yes, as the user wrote it, and return the question for it; an empty one sends nothing."""
        return self.desk.edit(text, now, language)

    async def beside(
        self, question: Question, thoughts: AsyncGenerator[Intent | Result], now: datetime, run: Run
    ) -> AsyncGenerator[Intent | Result]:
        """Yield what the local model thinks, and then the offer to ask the cloud, where it was out of its depth or too slow."""
        may = self.desk.may_offer(question.text) and self.desk.is_open() and is_whole(question.text)
        said: list[Result] = []
        acted = late = False
        async with aclosing(thoughts):
            while True:
                try:  # a model that acts is never stopped in the middle of it
                    async with asyncio.timeout(FIRST_WORDS_S if may and question.is_chat and not said else None):
                        thought = await anext(thoughts)
                except StopAsyncIteration:
                    break
                except TimeoutError:
                    late = True
                    break
                acted |= isinstance(thought, Intent)
                said += [thought] if isinstance(thought, Result) else []
                yield thought
        if may and not acted and (late or any(result.outcome is Outcome.FAILED or LOST.search(result.said) for result in said)):
            offer = self.desk.propose(question.text, question.replies_in, now, run, answered_here=True)
            async with aclosing(offer) as results:
                async for result in results:
                    yield result

    def _asked(self, question: str, lately: Sequence[Turn], asking: Asking | None, language: str, now: datetime) -> Outside:
        """Return what follows when the cloud is asked for; without a question, for the one before."""
        text = question or (asking.question if asking else self._before(lately))
        if not text:
            return settled(Outcome.UNKNOWN, language, "What shall I ask the cloud? Say it in one sentence.", "要问云端什么？请一句话说完。")
        return Outside(partial(self.desk.propose, text, language, now))

    def _before(self, lately: Sequence[Turn]) -> str:
        """Return the question that nothing but answers came after; empty when there is none."""
        for turn in lately:
            text, put = turn.heard.text, self.desk.wanted(turn.heard.text)
            if put == "" or decision_in(text) or answer_in(text) is not Answer.OTHER:
                continue
            return (put or text) if is_talk(turn.intent) else ""
        return ""

    def _replied(
        self, text: str, asking: Asking, language: str, now: datetime, *, own_voice: bool, preview: Callable[[], Intent | None]
    ) -> Outside | None:
        """Return what an answer to the question whether something may be sent leads to; None when it is a request of its own."""
        decision = decision_in(text)
        if own_voice and (decision or self.desk.takes(text)):
            if asking.is_repeated:
                return self._refused(language)
            return Outside(partial(self._again, asking, language, now))
        if decision:
            return Outside(partial(self._decided, decision, asking, language, now), asking.question)
        if self.desk.takes(text):
            return self._sent(asking, language, now)
        if answer_in(text) is Answer.OTHER:
            intent = preview()
            if intent and (intent.action != CHAT or len(split_words(text)) > WHOLE_QUESTION):
                return None
        return self._refused(language)

    def _sent(self, asking: Asking, language: str, now: datetime) -> Outside:
        question = "" if asking.answered_here else asking.question
        return Outside(partial(self.desk.send, asking, language, now, consent="asked: yes"), question)

    def _refused(self, language: str) -> Outside:
        return settled(Outcome.CANCELLED, language, "Okay, I sent nothing.", "好的，什么也没发。")

    async def _again(self, asking: Asking, language: str, now: datetime, _: Run) -> AsyncGenerator[Result]:
        try:
            yield Result(Outcome.ASKED, self.desk.again(asking, now, language), ASKS)
        except StoreError as error:
            yield Result(Outcome.FAILED, phrase(language, "I couldn't note that.", "没能记下来。"), problem=str(error))

    async def _decided(
        self, decision: Decision, asking: Asking | None, language: str, now: datetime, run: Run
    ) -> AsyncGenerator[Result | Intent]:
        """Remember a decision; "always" to a topic of what is shown is a yes to that, too."""
        try:
            said = self.desk.decide(asking, decision.rule, decision.topic, language)
        except StoreError as error:
            yield Result(Outcome.FAILED, phrase(language, "I couldn't note that.", "没能记下来。"), problem=str(error))
            return
        sends = asking is not None and decision.rule == ALWAYS and self.desk.rules.rule_for(asking.question)[0] == ALWAYS
        sends = sends and (not decision.topic or is_about(asking.question if asking else "", decision.topic))
        nothing = phrase(language, " Nothing was sent.", "这次什么也没发。") if asking and not sends else ""
        yield Result(Outcome.DONE, said + nothing)
        if asking and sends:
            sent = self.desk.send(asking, language, now, run, consent=f"asked: always {decision.topic}".rstrip())
            async with aclosing(sent) as results:
                async for result in results:
                    yield result


def is_talk(intent: Intent | None) -> bool:
    """Tell whether words ask for nothing that Hark does."""
    return intent is None or intent.action == CHAT


def is_whole(text: str) -> bool:
    """Tell whether a question is all there."""
    words = [word.norm for word in split_words(text)]
    return len(words) >= WHOLE_QUESTION and words[-1] not in CUT


def settled(outcome: Outcome, language: str, en: str, zh: str) -> Outside:
    """Return what ends with one sentence."""
    return Outside(partial(one, Result(outcome, phrase(language, en, zh))))


async def one(result: Result, _: Run) -> AsyncGenerator[Result | Intent]:
    """Yield one result."""
    yield result
