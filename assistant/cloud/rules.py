"""What the user has decided about topics, once and for all until it is revoked: always, never, or only when they say so."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from assistant.store import Store
from assistant.words import is_chinese, simplified, split_words

ALWAYS, NEVER, ON_REQUEST = "always", "never", "on request"

EACH_TIME = "each time"
"""No rule: what was decided is forgotten, and each text is shown again before it is sent."""

ALL = "all"
"""The topic of everything that nothing else was decided about; never with `ALWAYS`."""

KEPT = "cloud:topics"
"""Under this name the store keeps them."""


class Rules:
    """The decisions, in the store. "Always" is said to one address, and holds for no other."""

    def __init__(self, store: Store, host: str = "") -> None:
        """Take where they are kept, and where questions go now."""
        self._store = store
        self._host = host

    def all(self) -> dict[str, str]:
        """Return the rule of each topic."""
        return {topic: kept["rule"] for topic, kept in self._kept().items()}

    def hosts(self) -> dict[str, str]:
        """Return where questions may go without a yes, for each topic of which "always" was said."""
        return {topic: kept["host"] for topic, kept in self._kept().items() if kept["rule"] == ALWAYS}

    def decide(self, topic: str, rule: str) -> None:
        """Remember a decision. Raises StoreError."""
        if rule == EACH_TIME:
            self.forget(topic)
            return
        self._store.remember(KEPT, self._kept() | {topic: {"rule": rule, "host": self._host}})

    def forget(self, name: str) -> bool:
        """Forget what was decided about a topic; tell whether anything was. Raises StoreError."""
        return bool(self._drop({name.casefold().strip(), topic_named(name)}))

    def withdraw(self) -> list[str]:
        """Forget each "always", and return of which topics it was said. Raises StoreError."""
        return self._drop(set(self.hosts()))

    def _kept(self) -> dict[str, dict[str, str]]:
        kept = self._store.recall(KEPT) or {}  # an earlier version kept the rule alone
        return {topic: each if isinstance(each, dict) else {"rule": str(each), "host": ""} for topic, each in kept.items()}

    def _drop(self, names: set[str]) -> list[str]:
        kept = self._kept()
        gone = [topic for topic in kept if topic in names]
        if gone:
            self._store.remember(KEPT, {topic: rule for topic, rule in kept.items() if topic not in gone})
        return gone

    def rule_for(self, text: str) -> tuple[str, str]:
        """Return the rule that holds for a question and its topic; both empty when nothing was decided.

        A question with several topics has the most careful rule of all: one that may always be sent must have no topic that may not.
        """
        elsewhere = {topic for topic, host in self.hosts().items() if host != self._host}
        found = {topic: rule for topic, rule in self.all().items() if topic not in {ALL, *elsewhere} and is_about(text, topic)}
        for rule in (NEVER, ON_REQUEST, ALWAYS):
            if topic := next((topic for topic, each in found.items() if each == rule), ""):
                return rule, topic
        rule = self.all().get(ALL, "")
        return rule, ALL if rule else ""


def topic_named(name: str) -> str:
    """Return the topic that is called so: one of the list, or else the name itself."""
    wanted = simplified(name).casefold().strip()
    return next((topic for topic, about in topics().items() if wanted == topic or wanted in about["also"]), wanted)


def topic_called(topic: str, language: str) -> str:
    """Return what a topic is called in a language; one of the user's own has one name."""
    also = topics().get(topic, {}).get("also", [])
    return next((each for each in also if is_chinese(each)), topic) if language == "zh" else topic


def topics_of(text: str) -> list[str]:
    """Return the topics of the list that a question is about."""
    return [topic for topic in topics() if is_about(text, topic)]


def is_about(text: str, topic: str) -> bool:
    """Tell whether a question is about a topic; about one that is not in the list when its name stands there."""
    about: dict[str, Any] = topics().get(topic, {"words": [topic], "zh": [topic], "also": []})
    plain = simplified(text).casefold()
    norms = {word.norm for word in split_words(plain)}
    spoken = [each for each in (topic, *about["words"]) if not is_chinese(each)]
    return any(each in norms for each in spoken) or any(is_chinese(each) and each in plain for each in about["zh"])


@cache
def topics() -> dict[str, dict[str, Any]]:
    """Return what is known of topics."""
    return tomllib.loads(Path(__file__).with_name("topics.toml").read_text("utf-8"))
