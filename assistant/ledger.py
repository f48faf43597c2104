"""The ledger of what leaves the machine: written before it leaves, chained, read by its owner, and deleted for good when they say so."""

import contextlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assistant.chain import ANCHOR, CLOSE, FIELDS, MESSAGE, OPEN, Break, anchored, append, breaks, moment
from assistant.clock import Clock
from assistant.errors import StoreError
from assistant.recurrence import local
from assistant.spending import Days, added, day_sums
from assistant.store import Store

log = logging.getLogger(__name__)

FULL = f"SELECT {', '.join((*FIELDS, 'hash'))} FROM egress ORDER BY id"  # noqa: S608 -- our own names

CHAIN = f"""
SELECT last, {", ".join((*FIELDS, "hash"))} FROM (SELECT coalesce(max(seq), 0) AS last FROM sqlite_sequence WHERE name = 'egress')
LEFT JOIN egress ON ? = 0 OR id >= (SELECT coalesce(max(id), 0) FROM egress WHERE id < (SELECT min(id) FROM egress WHERE at >= ?))
ORDER BY id
"""  # noqa: S608 -- our own names
"""All from a moment on, and the one before, together with the highest number ever: in one statement, as others may be writing."""

SENT = (OPEN, MESSAGE)

UNTIL_NOW = 86400.0
"""Seconds; an entry from further in the future was written while the clock was wrong, and is as old as those around it."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Something that was sent, and how it ended."""

    id: int
    at: datetime
    """When it was about to be sent."""
    purpose: str
    """"cloud", "voice", "models", or "skill:" and the family that asked."""
    host: str
    request: str
    """Method and address, secrets left out; empty for what the online voice speaks."""
    body: str
    """Exactly what was sent, byte for byte as UTF-8; empty when the address was all."""
    consent: str
    """Who allowed it and how: "asked: yes", "always: cooking", "switch", "command"."""
    sent_bytes: int
    """Of the body, or of the address where there is none."""
    ended: datetime | None = None
    """None while it goes on, or when Hark was killed before it ended."""
    received_bytes: int = 0
    """Of the answer's body."""
    outcome: str = ""
    """"ok", "status 401", "unreachable", "slow", "cut", "too long", "cancelled"; empty without an end."""
    spent: Mapping[str, Any] | None = None
    """Of a cloud call: `tokens_in`, `tokens_out`, `cost`, `currency`, and whether that was `estimated`."""


class Ledger:
    """The chain in the store."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def open(self, purpose: str, host: str, request: str, body: str = "", *, consent: str, within: int = 0) -> int:
        """Write down what is about to be sent and return its number; it is on the disk then. Raises StoreError: do not send.

        Args:
            purpose: What for.
            host: Who gets it.
            request: Method and address, without secrets.
            body: Exactly what is sent.
            consent: Who allowed it and how.
            within: The open connection on which this is one more message; 0 for a connection of its own.
        """
        if not self._store.kept:
            raise StoreError("Nothing is sent while I cannot write down what: the ledger is not on the disk.")
        sent = body or request.partition(" ")[2]
        return self._append(
            kind=MESSAGE if within else OPEN,
            purpose=purpose,
            host=host,
            request=request,
            body=body,
            consent=consent,
            sent_bytes=len(sent.encode("utf-8", "replace")),
            of=within,
        )

    def close(self, number: int, outcome: str, received_bytes: int = 0, spent: Mapping[str, Any] | None = None) -> None:
        """Write down how a connection ended; that this cannot be written is logged, as nothing can be unsent."""
        said = json.dumps(spent, ensure_ascii=False) if spent else ""
        try:
            self._append(kind=CLOSE, of=number, outcome=outcome, received_bytes=received_bytes, spent=said)
        except StoreError as error:
            log.warning("the end of connection %d could not be written: %s", number, error)

    def _append(self, **fields: Any) -> int:
        whole = {name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value for name, value in fields.items()}
        with self._store.write() as db:
            return append(db, at=self._clock.now().timestamp(), **whole)

    def connections(self, since: float = 0.0, until: float = float("inf"), *, purpose: str = "") -> list[Connection]:
        """Return what was sent between two moments in seconds since 1970, for one purpose or all, the oldest first. Raises StoreError."""
        of_it = "AND (purpose = ?2 OR of IN (SELECT id FROM egress WHERE at >= ?1 AND purpose = ?2))" if purpose else ""
        query = f"SELECT * FROM egress WHERE at >= ?1 {of_it} ORDER BY id"  # noqa: S608 -- our own words
        rows = self._store.bare_rows(query, since, *filter(None, [purpose]), errors="replace")
        ends = {row["of"]: row for row in rows if row["kind"] == CLOSE}
        now = self._clock.now()
        return [whole(row, ends.get(row["id"]), now) for row in rows if row["kind"] in SENT and moment(row["at"]) < until]

    def connection(self, number: int) -> Connection | None:
        """Return one entry by its number; None when there is no such thing that was sent. Raises StoreError."""
        rows = self._store.bare_rows("SELECT * FROM egress WHERE id = ? OR (of = ? AND kind = ?)", number, number, CLOSE, errors="replace")
        sent = next((row for row in rows if row["id"] == number and row["kind"] in SENT), None)
        end = next((row for row in rows if row["of"] == number and row["kind"] == CLOSE), None)
        return whole(sent, end, self._clock.now()) if sent else None

    def breaks(self, since: float = 0.0) -> list[Break]:
        """Return where the chain does not hold from a moment on (seconds since 1970), none when it does.

        Raises StoreError when it cannot even be read.
        """
        rows = self._store.bare_rows(CHAIN, since, since)
        return breaks([row for row in rows if row["id"] is not None], rows[0]["last"], whole=not since or rows[0]["id"] == 1)

    def spending(self, purpose: str, since: float) -> Days:
        """Return what a purpose cost on each day since a moment, with what was deleted of this month. Raises StoreError."""
        earlier = self._anchor().get("spending", {})
        return added(day_sums(self.connections(since, purpose=purpose)), earlier.get(purpose, {}))

    def deleted(self) -> tuple[int, datetime] | None:
        """Return how many connections are no longer in the record, and when the last of them was; None when all are. Raises StoreError."""
        said = self._anchor()
        gone, until = said.get("connections", 0), said.get("until", 0.0)
        return (gone, local(until, self._clock.now())) if gone and until else None

    def head(self) -> tuple[int, str]:
        """Return the last entry's number and hash: who keeps them elsewhere can tell later that nothing before was rewritten."""
        rows = self._store.bare_rows(FULL + " DESC LIMIT 1")
        return (rows[0]["id"], rows[0]["hash"]) if rows else (0, "")

    def export(self) -> list[dict[str, Any]]:
        """Return every entry as plain values, everything that the chain covers included."""
        return self._store.bare_rows(FULL, errors="replace")

    def erase(self, before: float = float("inf")) -> int:
        """Delete for good what was sent before a moment in seconds since 1970, and return how many entries that were.

        The chain goes on from an anchor that says how many. Raises StoreError when another Hark holds the file.
        """
        if not self._store.kept:
            raise StoreError(f"Nothing was deleted: {self._store.path} cannot be written.")
        with self._store.write() as db:
            through = self._through(before)
            gone = self._store.bare_rows("SELECT kind, at, body, hash FROM egress WHERE id <= ? ORDER BY id", through)
            removed = len([row for row in gone if row["kind"] != ANCHOR])
            if removed:
                self._cut(db, gone, removed, through)
        self._store.scrub()
        return removed

    def keep(self, days: int) -> None:
        """Delete for good what is older than so many days, if anything is; 0 keeps everything. Raises StoreError."""
        oldest = (self._clock.now() - timedelta(days=days)).timestamp()
        if not days or not self._store.kept:
            return
        if self._store.rows("SELECT 1 FROM egress WHERE id <= ? AND kind != ? LIMIT 1", self._through(oldest), ANCHOR):
            self.erase(oldest)

    def _cut(self, db: Any, gone: Sequence[Mapping[str, Any]], removed: int, through: int) -> None:
        """Replace the entries at the beginning of the chain with an anchor at its end."""
        earlier = next((anchored(row["body"]) for row in reversed(gone) if row["kind"] == ANCHOR), {})
        said = {
            "removed": earlier.get("removed", 0) + removed,
            "connections": earlier.get("connections", 0) + sum(row["kind"] == OPEN for row in gone),
            "until": max([earlier.get("until", 0.0), *(moment(row["at"]) for row in gone if row["kind"] in SENT)]),
            "through": through,
            "hash": gone[-1]["hash"],
            "spending": self._spent_before(through, earlier.get("spending", {})),
        }
        append(db, kind=ANCHOR, at=self._clock.now().timestamp(), body=json.dumps(said))
        db.execute("DELETE FROM egress WHERE id <= ?", (through,))

    def _spent_before(self, through: int, earlier: Mapping[str, Any]) -> dict[str, Days]:
        """Return this month's sums of what is about to be deleted and was before: without them deleting would refill the budget."""
        now = self._clock.now()
        month = f"{now:%Y-%m}"
        calls = [each for each in self.connections() if each.id <= through and f"{each.at:%Y-%m}" == month]
        purposes = {each.purpose for each in calls if each.spent or not each.ended} | set(earlier)
        sums = {name: added(day_sums(each for each in calls if each.purpose == name), earlier.get(name, {})) for name in purposes}
        return {name: {day: sum_ for day, sum_ in days.items() if day.startswith(month)} for name, days in sums.items()}

    def _anchor(self) -> dict[str, Any]:
        """Return what the anchor that the chain goes on from says; nothing when all of it is there."""
        kept = self._store.bare_rows("SELECT body FROM egress WHERE kind = ? ORDER BY id DESC LIMIT 1", ANCHOR, errors="replace")
        return anchored(kept[0]["body"]) if kept else {}

    def _through(self, before: float) -> int:
        """Return the number of the last entry of the beginning that is older."""
        late = self._clock.now().timestamp() + UNTIL_NOW
        stays = self._store.rows("SELECT min(id) FROM egress WHERE at >= ? AND at < ?", before, late)[0][0]
        return int(stays) - 1 if stays is not None else int(self._store.rows("SELECT coalesce(max(id), 0) FROM egress")[0][0])


def whole(sent: Mapping[str, Any], end: Mapping[str, Any] | None, now: datetime) -> Connection:
    """Return what was sent together with how it ended, in the zone of `now`."""
    return Connection(
        sent["id"],
        local(moment(sent["at"]), now),
        sent["purpose"],
        sent["host"],
        sent["request"],
        sent["body"],
        sent["consent"],
        sent["sent_bytes"],
        local(moment(end["at"]), now) if end else None,
        end["received_bytes"] if end else 0,
        end["outcome"] if end else "",
        json_of(end["spent"]) if end else None,
    )


def json_of(text: str) -> dict[str, Any] | None:
    """Return an object written as JSON; None for nothing, and for what damage has made of it."""
    with contextlib.suppress(ValueError):
        said = json.loads(text or "null")
        return said if isinstance(said, dict) else None
    return None
