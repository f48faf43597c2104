"""What stands between a question and the cloud: what would be sent is shown, and only a clear yes to exactly that sends it."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import aclosing
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from assistant.budget import PURPOSE
from assistant.cloud import troubles
from assistant.cloud.catalogue import Service
from assistant.cloud.chat import answer
from assistant.cloud.consent import for_cloud, is_yes
from assistant.cloud.outside import ASKING, ASKS
from assistant.cloud.proposals import Calls
from assistant.cloud.rules import ALL, ALWAYS, EACH_TIME, NEVER, ON_REQUEST, Rules, topic_called, topics_of
from assistant.cloud.telling import Telling
from assistant.config import CloudConfig
from assistant.dialogue.memory import PATIENCE_S
from assistant.dialogue.wording import request
from assistant.effects import only_tells
from assistant.egress import Egress
from assistant.errors import HarkError, SwitchedOff
from assistant.executor import Result, phrase
from assistant.reasoning.question import Run
from assistant.redaction.names import Known
from assistant.redaction.pseudonyms import redact
from assistant.skill import Action
from assistant.slots import Env
from assistant.store import Store
from assistant.vocabulary import Intent, Outcome
from assistant.words import language_of

log = logging.getLogger(__name__)

NAMES = "cloud:names"
"""Under this name the store keeps what the placeholders of the conversation stand for."""

STOPS = " .。?？!！"

EDITING_S = 900.0
"""In which a text that waits may be changed."""

CONVERSATION_S = 900.0
"""Without a question to the cloud, after which placeholders are numbered anew."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A text that waits for a yes."""

    text: str
    """What would be sent, exactly."""
    question: str
    """The user's own words."""
    expires_s: float
    """Seconds since the epoch."""
    replacements: dict[str, str] = field(default_factory=dict)
    """What its placeholders stand for."""
    answered_here: bool = False
    """The local model has said what it knows already."""
    is_repeated: bool = False
    """A yes came too soon after Hark's own voice, once."""


class Desk:
    """Shows, waits for a yes, sends, and puts the names back into what comes."""

    def __init__(
        self,
        service: Service,
        cloud: CloudConfig,
        egress: Egress,
        store: Store,
        key: Callable[[], str],
        known: Callable[[], Awaitable[Known]],
        tools: Callable[[str, str], Mapping[str, Action]],
        *,
        is_chosen: Callable[[], bool] = lambda: True,
    ) -> None:
        """Take whom to ask, what sends, and what finds the key, the names that are private, and what a question may want done.

        `is_chosen` tells whether the settings still are what they were.
        """
        self._is_chosen = is_chosen
        self.service = service
        self.rules = Rules(store, service.host)
        self.offers = cloud.offer
        self._deadline_s = cloud.deadline_s
        self._egress = egress
        self._store = store
        self._key = key
        self._known = known
        self._tools = tools if cloud.tools else lambda *_: {}

    def wanted(self, text: str) -> str | None:
        """Return the question that words want put to the cloud; empty for the one before, None when they want no such thing."""
        return for_cloud(text, self.service.names)

    def waiting(self, now: datetime) -> Asking | None:
        """Return what waits for a yes; None when nothing does, or it has waited too long."""
        data = self._store.recall(ASKING)
        asking = Asking(**data) if isinstance(data, dict) else None
        return asking if asking and asking.expires_s >= now.timestamp() else None

    def forget(self) -> bool:
        """Wait for nothing any more; tell whether anything did. A memory that cannot be written is told of by whatever comes next."""
        waited = self._store.recall(ASKING) is not None
        if waited:
            self._store.remember(ASKING, None)
        return waited

    def draft(self, now: datetime) -> str:
        """Return what waits for a yes, so that it can be changed for a while; empty when nothing waits. Raises StoreError."""
        if asking := self.waiting(now):
            self._keep(replace(asking, expires_s=now.timestamp() + EDITING_S))
        return asking.text if asking else ""

    def edit(self, text: str, now: datetime, language: str) -> str:
        """Wait for a yes to a text the user has written in place of the shown one, and return the question for it. Raises StoreError."""
        asking = self.waiting(now)
        if not text.strip():
            self.forget()
            return phrase(language, "Okay, I sent nothing.", "好的，什么也没发。")
        if asking is None:
            return phrase(
                language, "I waited too long for that, so nothing was sent. Please ask again.", "等太久了，什么也没发。请再问一次。"
            )
        self._keep(replace(asking, text=text.strip(), expires_s=now.timestamp() + PATIENCE_S))
        return self.shown(text.strip(), language)

    def shown(self, text: str, language: str) -> str:
        """Return the question whether exactly this may be sent."""
        where = self.service.where(language)
        return phrase(language, f"Shall I send “{text}” to {where}?", f"要把“{text}”发给{where}吗？")

    def may_offer(self, question: str) -> bool:
        """Tell whether the cloud may be offered for a question that did not ask for it."""
        return self.offers and self.rules.rule_for(question)[0] not in {NEVER, ON_REQUEST}

    def is_open(self) -> bool:
        """Tell whether anything could be sent at all."""
        try:
            self._check()
        except HarkError:
            return False
        return True

    def _check(self) -> None:
        """Raise what stands in the way of sending anything."""
        if not self._is_chosen():
            raise SwitchedOff
        self._egress.check(PURPOSE)

    async def propose(
        self, question: str, language: str, now: datetime, run: Run, *, answered_here: bool = False, must_ask: bool = False
    ) -> AsyncGenerator[Result | Intent]:
        """Yield the question whether a text may be sent, or the answer right away where the user has said "always" to its topic.

        With `must_ask`, "always" does not count: the text has more in it than the user's own question.
        """
        rule, topic = self.rules.rule_for(question)
        if rule == NEVER:
            yield Result(Outcome.DECLINED, declined(topic, language))
            return
        if not await self._has_key():
            yield Result(Outcome.FAILED, troubles.no_key(self.service, language))
            return
        try:
            self._check()  # or else a yes would have been said for nothing
            asking = await self._redacted(question, now, answered_here=answered_here)
            if rule != ALWAYS or topic == ALL or must_ask:
                self._keep(asking)
                yield Result(Outcome.ASKED, self.shown(asking.text, language), ASKS)
                return
        except HarkError as error:
            yield Result(Outcome.FAILED, self._told(error, language))
            return
        where = self.service.where(language)
        yield Result(Outcome.DONE, phrase(language, f"I'm asking {where}.", f"我问一下{where}。"))
        async with aclosing(self.send(asking, language, now, run, consent=f"always: {topic}")) as results:
            async for result in results:
                yield result

    async def send(self, asking: Asking, language: str, now: datetime, run: Run, *, consent: str) -> AsyncGenerator[Result | Intent]:
        """Send a text and yield the answer sentence by sentence, or why there is none; then what it proposes to be done. Never raises."""
        calls, telling = Calls(), Telling(asking.replacements, language)
        key = await asyncio.to_thread(self._key)
        tools = self._tools(asking.question, language_of(asking.question))
        pieces = answer(self._egress, self.service, asking.text, key, consent=consent, deadline_s=self._deadline_s, tools=tools)
        try:
            self._check()
            async with aclosing(pieces):
                async for piece in pieces:
                    if isinstance(piece, Calls):
                        calls = piece
                        continue
                    for result in telling.feed(piece):
                        yield result
            intents = calls.intents(tools, asking.replacements, Env(asking.question, now, language_of(asking.question)))
            for result in telling.end(may_act=bool(intents)):
                yield result
            if not telling.begun and not intents:
                yield Result(Outcome.FAILED, phrase(language, "The cloud had nothing to say.", "云端没有回答。"))
            elif warned := self._egress.budget.warning():
                yield Result(Outcome.DONE, phrase(language, warned.en, warned.zh))
        except HarkError as error:
            for result in telling.broken_off():
                yield result
            yield Result(Outcome.FAILED, self._told(error, language, begun=telling.begun))
            return
        async with aclosing(self._proposed(intents, tools, asking, language, now, run, answered=telling.begun)) as results:
            async for each in results:
                yield each

    async def _proposed(
        self, intents: list[Intent], tools: Mapping[str, Action], asking: Asking, language: str, now: datetime, run: Run, *, answered: bool
    ) -> AsyncGenerator[Result | Intent]:
        """Yield what is proposed and what came of it: what only tells is told, and a change takes a yes, all of them one.

        So does what would tell another service something, which might be a name that the cloud was not told.
        What was told goes back, where the question is not answered without it, only after it was shown as the question was.
        """
        said: list[str] = []
        intents = [replace(each, words=request(tools[each.action], each.slots, language)) for each in intents]
        for intent in (each for each in intents if only_tells(each.action, tools)):
            yield intent
            result = await run(intent, self._egress.is_allowed(intent.action.partition(".")[0]))
            yield result
            if result.asks:
                return
            said += [result.said] if result.outcome is Outcome.DONE else []
        changes = [each for each in intents if not only_tells(each.action, tools)]
        if changes:
            yield (first := replace(changes[0], then=tuple(changes[1:])))
            yield await run(first, True)
        elif said and not answered:
            told = " ".join(said)
            more = f"{asking.question.rstrip(STOPS)}{phrase(language, f'. I know: {told}', f'。我知道：{told}')}"
            yield Result(Outcome.DONE, phrase(language, "It would take that to answer.", "回答要用到这些。"))
            async with aclosing(self.propose(more, language, now, run, must_ask=True)) as results:
                async for each in results:
                    yield each

    def _told(self, error: HarkError, language: str, *, begun: bool = False) -> str:
        """Return what is said of an error; the log has its kind, and nothing of what was asked."""
        log.warning("the cloud: %s", type(error).__name__)
        return troubles.told(error, self.service, language, begun=begun)

    def decide(self, asking: Asking | None, rule: str, topic: str, language: str) -> str:
        """Remember what the user has decided, and return how that is told. Raises StoreError."""
        about = [topic] if topic else topics_of(asking.question) if asking else []
        if rule == EACH_TIME and (not about or ALL in about):
            about = list(self.rules.all())  # all that was ever decided
        elif not about and rule != ALWAYS:
            about = [ALL]
        if not about and rule == ALWAYS:
            return phrase(
                language, "For which questions? Say it like 'always for cooking questions'.", "哪类问题？请说比如“做饭的问题总是可以”。"
            )
        if rule == ALWAYS and ALL in about:
            return phrase(
                language,
                "I won't send everything without asking; name a topic, like cooking.",
                "我不会不问就什么都发，请说一类问题，比如做饭。",
            )
        for each in about:
            self.rules.decide(each, rule)
        return decided(rule, named(about, language) if about != [ALL] else ALL, language)

    def takes(self, text: str) -> bool:
        """Tell whether words say a clear yes."""
        return is_yes(text)

    def again(self, asking: Asking, now: datetime, language: str) -> str:
        """Go on waiting after a yes that may have been Hark's own voice, and return what is said."""
        self._keep(replace(asking, is_repeated=True, expires_s=now.timestamp() + PATIENCE_S))
        return phrase(
            language,
            "That came so close to my own voice that I didn't count it, so nothing was sent; please answer once more.",
            "离我自己的声音太近，没有算数，什么也没发，请再回答一次。",
        )

    async def _redacted(self, question: str, now: datetime, *, answered_here: bool) -> Asking:
        known, kept = await self._known(), self._store.recall(NAMES) or {}
        so_far = kept.get("names", {}) if now.timestamp() - kept.get("at_s", 0) <= CONVERSATION_S else {}
        text, names = await asyncio.to_thread(redact, question, known, so_far)
        self._store.remember(NAMES, {"names": names, "at_s": now.timestamp()})
        expires_s = now.timestamp() + PATIENCE_S
        return Asking(text, question, expires_s, {each: names[each] for each in names if each in text}, answered_here)

    async def _has_key(self) -> bool:
        return not self.service.needs_key or bool(await asyncio.to_thread(self._key))

    def _keep(self, asking: Asking) -> None:
        self._store.remember(ASKING, asdict(asking))


def declined(topic: str, language: str) -> str:
    """Return what is said of a question that is never to be sent."""
    if topic == ALL:
        return phrase(
            language,
            "You told me never to ask the cloud; 'hark cloud topics' changes that.",
            "您说过不要问云端，可以用 hark cloud topics 修改。",
        )
    return phrase(
        language,
        f"You told me never to send {topic} questions; 'hark cloud topics --forget {topic}' changes that.",
        f"您说过{topic_called(topic, language)}的问题不要发出去，可以用 hark cloud topics --forget {topic} 修改。",
    )


def decided(rule: str, topic: str, language: str) -> str:
    """Return how a decision is told."""
    en, zh = {
        ALWAYS: (
            "From now on I send {} questions without asking; 'hark cloud topics' takes that back.",
            "以后{}的问题我直接发，可以用 hark cloud topics 收回。",
        ),
        NEVER: ("I will never send {} questions.", "{}的问题我不会发出去。"),
        EACH_TIME: ("I will ask you before I send {} questions.", "以后{}的问题我都先问您再发。"),
        ON_REQUEST: ("I will ask the cloud about {} questions only when you say so.", "{}的问题只有您说了我才问云端。"),
    }[rule]
    if topic in {ALL, ""}:
        topic = phrase(language, "any", "所有")
    return phrase(language, en, zh).format(topic)


def named(topics: Iterable[str], language: str) -> str:
    """Return what topics are called."""
    return ("、" if language == "zh" else ", ").join(topic_called(each, language) for each in topics)
