"""What skills keep, in the store: one table for all kinds, each record a piece of JSON."""

import json
import re
from dataclasses import dataclass
from sqlite3 import Row
from typing import Any

from assistant.services import Record
from assistant.store import Store
from assistant.vocabulary import Intent
from assistant.words import split_words


@dataclass(frozen=True, slots=True)
class RecordShelf:
    """The records of one kind; what actions see as `ctx.records(kind)`."""

    store: Store
    kind: str

    async def add(self, **data: Any) -> Record:
        """Keep something new."""
        with self.store.write() as db:
            cursor = db.execute("INSERT INTO record (kind, data) VALUES (?, ?)", (self.kind, written(data)))
        return Record(int(cursor.lastrowid or 0), data)

    async def all(self) -> list[Record]:
        """Return everything, the oldest first."""
        return [read(row) for row in self.store.rows("SELECT * FROM record WHERE kind = ? ORDER BY id", self.kind)]

    async def put(self, record: Record) -> None:
        """Write one as given: a changed one, or one that was removed."""
        with self.store.write() as db:
            db.execute("INSERT OR REPLACE INTO record (id, kind, data) VALUES (?, ?, ?)", (record.id, self.kind, written(record.data)))

    async def remove(self, record_id: int) -> None:
        """Drop one; it need not be there."""
        with self.store.write() as db:
            db.execute("DELETE FROM record WHERE kind = ? AND id = ?", (self.kind, record_id))


TAUGHT = "phrase"
"""Kind of the records that say what a user's own words mean: `said`, `action` and `slots`."""


def taught(store: Store, text: str) -> Intent | None:
    """Return what the user has taught a sentence to mean."""
    words = [word.norm for word in split_words(text)]
    for row in store.rows("SELECT data FROM record WHERE kind = ? ORDER BY id DESC", TAUGHT):
        data = json.loads(row["data"])
        if [word.norm for word in split_words(data["said"])] == words:
            return Intent(data["action"], data["slots"], "grammar")
    return None


FACT = "fact"
"""Kind of the records that hold what the user has asked to be remembered: `text`."""

MOST_FACTS = 5
"""That a language model is told."""

COMMON = frozenset(
    [
        *("the", "a", "an", "is", "are", "was", "were", "am", "be", "been", "do", "does", "did", "my", "your", "our", "his", "her", "its"),
        *(
            "it",
            "this",
            "that",
            "what",
            "where",
            "when",
            "who",
            "whom",
            "which",
            "why",
            "how",
            "much",
            "many",
            "of",
            "in",
            "on",
            "at",
            "to",
        ),
        *(
            "for",
            "from",
            "with",
            "and",
            "or",
            "but",
            "not",
            "have",
            "has",
            "had",
            "can",
            "could",
            "will",
            "would",
            "should",
            "i",
            "you",
            "we",
        ),
        *("they", "he", "she", "me", "us", "them", "about", "tell"),
        *"的了是我你他她它们在有和什么吗呢哪里谁怎这那个一不会能要说几多少",
    ]
)
"""Words that say nothing about what a sentence is about."""


def facts_about(store: Store, text: str) -> list[str]:
    """Return the user's facts that share a telling word with a text, the best first."""
    asked = {word.norm for word in split_words(text)} - COMMON
    facts = [json.loads(row["data"])["text"] for row in store.rows("SELECT data FROM record WHERE kind = ? ORDER BY id DESC", FACT)]
    shared = [(len(asked & {word.norm for word in split_words(fact)}), fact) for fact in facts]
    found = sorted((pair for pair in shared if pair[0]), key=lambda pair: -pair[0])
    return [fact for _, fact in found[:MOST_FACTS]]


def written(data: dict[str, Any]) -> str:
    """Return data as text."""
    return json.dumps(data, ensure_ascii=False)


def read(row: Row) -> Record:
    """Return a record from its row."""
    return Record(row["id"], json.loads(row["data"]))


ASKED = re.compile(
    r"^(?:so |and |hey )?(?:where|when|what|who|whose|which|how (?:much|many|old|long|tall|big))\b.*?\b(?:my|our)\s+(.+?)[?.!\s]*$"
    r"|^(?:我们?的?|咱们?的?)(.+?)(?:在哪[儿里]?|放哪[儿里]?了?|是(?:什么|谁|多少|哪天|几号|哪个)|叫什么(?:名字)?|几号|多少)[呢啊呀？?。]*$",
    re.IGNORECASE,
)
"""Questions about what is the user's own."""


def recalled(store: Store, text: str) -> Intent | None:
    """Return the request to recall what a question is about, if the user has had that remembered: each telling word of it."""
    match = ASKED.match(text)
    about = next(filter(None, match.groups()), "").strip() if match else ""
    telling = {word.norm for word in split_words(about)} - COMMON
    facts = facts_about(store, about) if telling else []
    if any(telling <= {word.norm for word in split_words(fact)} for fact in facts):
        return Intent("memory.recall", {"query": about}, "dialog")
    return None
