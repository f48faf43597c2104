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
    r"^(?:so |and |hey |tell me )?(?:where|when|what|who|whose|which|how|is|are|do|does|did|was|were)\b"
    r"|哪|什么|谁|多少|几[号点楼个]|吗[？?。]*$|来着",
    re.IGNORECASE,
)
"""Questions."""

NAMING = re.compile(r"[我们咱的]|(?:在|放)哪[儿里]?了?|是?(?:什么|谁|多少|哪[天个里]|几[号点楼])(?:时候|时间|名字)?|[吗呢啊呀来着？?。]")
"""What Chinese questions have besides what they are about."""

WRITTEN = (FACT, "note")
"""What the user had remembered, and noted."""


def recalled(store: Store, text: str) -> Intent | None:
    """Return the request to recall what a question is about, if the user had that remembered or noted: each telling word of it."""
    about = text.strip(" ?？.。!")
    telling = [word.norm for word in split_words(NAMING.sub("", about) if not about.isascii() else about) if word.norm not in COMMON]
    if not ASKED.search(about) or not telling:
        return None
    kept = store.rows(f"SELECT data FROM record WHERE kind IN {WRITTEN}")  # noqa: S608 -- our own names
    texts = [[word.norm for word in split_words(json.loads(row["data"])["text"])] for row in kept]
    if not any(all(any(alike(one, other) for other in words) for one in telling) for words in texts):
        return None
    query = " ".join(telling) if about.isascii() else "".join(telling)
    return Intent("memory.recall", {"query": query}, "dialog")


def alike(one: str, other: str) -> bool:
    """Tell whether words are the same, but for an ending: "come" and "comes"."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= STEM and long.startswith(short) and len(long) - len(short) <= ENDING)


STEM, ENDING = 4, 2
"""Letters that words must share, and that one may have more."""
