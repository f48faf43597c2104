"""The chain that the ledger's entries make: each one's hash covers the hash of the one before, so that none can change unseen.

An entry's hash is SHA-256 over the hash before it and the entry's fields in `FIELDS`' order, each as a letter for its type, its length in
bytes, a colon, its bytes, a comma. A random `salt` is one of them: the hash that stays behind when an entry is deleted gives no guess away.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = (
    "id",
    "kind",
    "at",
    "purpose",
    "host",
    "request",
    "body",
    "consent",
    "sent_bytes",
    "of",
    "received_bytes",
    "outcome",
    "spent",
    "salt",
)
"""Of an entry, all of them; `hash` comes beside."""

FIRST = hashlib.sha256(b"Hark's ledger").hexdigest()
"""Stands for the hash before the first entry."""

OPEN, MESSAGE, CLOSE, ANCHOR = "open", "message", "close", "anchor"
"""Kinds of entries: a connection that is about to be opened, a message on one, how one ended, and what was deleted."""

TABLE = """
CREATE TABLE egress (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, at REAL NOT NULL, purpose TEXT NOT NULL, host TEXT NOT NULL,
    request TEXT NOT NULL, body TEXT NOT NULL, consent TEXT NOT NULL, sent_bytes INTEGER NOT NULL, of INTEGER NOT NULL,
    received_bytes INTEGER NOT NULL, outcome TEXT NOT NULL, spent TEXT NOT NULL, salt TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE INDEX egress_at ON egress (at);
"""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    id: int
    """Of the entry at which it is seen."""
    at: float
    """Seconds since 1970, as that entry says."""
    what: str
    """One of `BREAKS`."""


CHANGED, GONE, CUT, NO_ANCHOR = "changed", "gone", "cut", "no anchor"
BREAKS = {
    CHANGED: ("this entry, or the hash of the one before it, is not what was written", "这条记录（或前一条的校验值）被改动过"),
    GONE: ("entries before this one are missing", "这条之前缺了记录"),
    CUT: ("entries after this one are missing", "这条之后缺了记录"),
    NO_ANCHOR: (
        "entries before this one were removed, and not by `hark privacy delete`",
        "这条之前的记录被删除了，但不是用 hark privacy delete 删的",
    ),
}
"""What each means, in both languages."""


def hash_of(before: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of an entry that follows the one with the hash `before`."""
    digest = hashlib.sha256(before.encode("utf-8", "surrogateescape"))
    for name in FIELDS:
        value = entry[name]
        kind = type(value).__name__[0]  # a text that became bytes, or a whole number that became a broken one, has changed too
        raw = value if isinstance(value, bytes) else (value if isinstance(value, str) else repr(value)).encode("utf-8", "surrogateescape")
        digest.update(b"%s%d:%s," % (kind.encode(), len(raw), raw))
    return digest.hexdigest()


def append(db: sqlite3.Connection, **fields: Any) -> int:
    """Add an entry to the end of the chain within the transaction that holds the database, and return its number."""
    last = db.execute("SELECT hash FROM egress ORDER BY id DESC LIMIT 1").fetchone()
    number = last_number(db) + 1
    empty = {"purpose": "", "host": "", "request": "", "body": "", "consent": "", "outcome": "", "spent": ""}
    entry = empty | {"id": number, "sent_bytes": 0, "of": 0, "received_bytes": 0, "salt": secrets.token_hex(16)} | fields
    entry["hash"] = hash_of(last[0] if last else FIRST, entry)
    names = (*FIELDS, "hash")
    db.execute(f"INSERT INTO egress ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", [entry[name] for name in names])  # noqa: S608 -- our own names
    return number


def last_number(db: sqlite3.Connection) -> int:
    """Return the highest number an entry ever had; 0 when there was none."""
    found = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'egress'").fetchone()
    return int(found[0]) if found else 0


def adopt(db: sqlite3.Connection) -> None:
    """Make the chain out of the entries of a Hark that did not chain them, in the transaction that adds the tables."""
    for row in db.execute("SELECT at, purpose, host, body FROM egress_unchained ORDER BY id").fetchall():
        spoken = row["purpose"] == "voice"
        request, body = ("", row["body"]) if spoken else (row["body"], "")
        append(db, kind=OPEN, at=row["at"], purpose=row["purpose"], host=row["host"], request=request, body=body)
    db.execute("DROP TABLE egress_unchained")


def breaks(rows: Sequence[Mapping[str, Any]], last: int, *, whole: bool = True) -> list[Break]:
    """Return where a chain does not hold; none when it does.

    Args:
        rows: The entries in order, each with its hash.
        last: The highest number an entry ever had.
        whole: Whether they begin where the chain does; if not, the first is only what the second follows.
    """
    if not rows:
        return [Break(0, 0.0, CUT)] if last else []
    expected, before = 1, FIRST
    if not whole:
        expected, before, rows = rows[0]["id"] + 1, str(rows[0]["hash"]), rows[1:]
    elif rows[0]["id"] != 1:
        anchor = next((one for row in reversed(rows) if row["kind"] == ANCHOR and (one := anchored(row["body"]))), {})
        expected, before = anchor.get("through", 0) + 1, str(anchor.get("hash", ""))
    found, end = [], (expected - 1, 0.0)
    for place, row in enumerate(rows):
        what = ""
        if row["id"] != expected:
            what = NO_ANCHOR if whole and not place else GONE
        elif row["hash"] != hash_of(before, row):
            what = CHANGED
        end = row["id"], moment(row["at"])
        if what:
            found.append(Break(*end, what))
        expected, before = row["id"] + 1, str(row["hash"])
    return [*found, Break(*end, CUT)] if end[0] != last else found


def moment(value: Any) -> float:
    """Return seconds since 1970; 0 where damage has made something else of them."""
    return value if isinstance(value, float) else 0.0


def anchored(body: str) -> dict[str, Any]:
    """Return what an anchor says: `removed` entries and `connections` in all, `through` which number, and that one's `hash`."""
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) and isinstance(said.get("through"), int) else {}
