"""`hark privacy`: what left this machine, whether the record of it holds, and how it is deleted."""

import argparse
import contextlib
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.budget import Budget
from assistant.chain import BREAKS, Break
from assistant.cli.agreeing import agreed
from assistant.clock import Clock, SystemClock
from assistant.config import Config, Places, load_config
from assistant.errors import HarkError
from assistant.faces.screen import show as draw
from assistant.ledger import Connection, Ledger
from assistant.recurrence import wall
from assistant.store import Store, open_store

SHOWN_BREAKS = 5


def run(args: argparse.Namespace) -> int:
    """Carry out one of the privacy commands."""
    places, clock = Places(), SystemClock()
    store = open_store(places.store_file)
    try:
        if store.notice:
            print(f"hark: {store.notice}", file=sys.stderr)
        ledger = Ledger(store, clock)
        match args.verb:
            case "log":
                return log(args, ledger, clock)
            case "show":
                return show(args.number, ledger)
            case "verify":
                return verify(ledger)
            case "export":
                return export(args.file, ledger)
            case "delete":
                return delete(args, ledger, clock)
        return status(ledger, store, load_config(places.config_file), clock)
    finally:
        store.close()


def status(ledger: Ledger, store: Store, config: Config, clock: Clock) -> int:
    """Print what may leave this machine, and how much did."""
    privacy = config.privacy
    asked = store.rows("SELECT key FROM session WHERE key LIKE 'online:%' AND value = 'true' ORDER BY key")
    families = sorted({*privacy.online_skills, *(row["key"].removeprefix("online:") for row in asked)})
    sent = ledger.connections()
    today = [each for each in sent if each.at.timestamp() >= midnight(clock.now().date(), clock)]
    found = ledger.breaks()
    print(f"offline           {'yes: nothing may leave' if privacy.offline else 'no'}")
    print(f"online voice      {'yes' if privacy.online_voice and config.tts.engine == 'edge' else 'no'}")
    print(f"skills that may   {', '.join(families) or 'none'}")
    print(f"sent              {len(today)} today, {len(sent)} in the record ({kept(config)})")
    for use in Budget(config.budget, ledger, store, clock, {}).uses():
        print(f"{f'budget, {use.what}':<18}{use.amount('en')} {'today' if use.period == 'day' else 'this month'}")
    print(f"the record        {f'BROKEN at {len(found)} places: hark privacy verify' if found else 'holds'}")
    return 0


def kept(config: Config) -> str:
    """Return for how long the record is kept."""
    days = config.privacy.keep_days
    return f"kept for {days} days" if days else "kept until you delete it"


def log(args: argparse.Namespace, ledger: Ledger, clock: Clock) -> int:
    """Print what was sent, the newest last."""
    since, until = (midnight(each, clock) for each in (args.day, args.day + timedelta(days=1))) if args.day else (0.0, float("inf"))
    found = ledger.connections(since, until)
    shown = found if args.day else found[-args.count :]
    if args.json:
        for each in shown:
            print(json.dumps(record(each), ensure_ascii=False))
        return 0
    if gone := ledger.deleted():
        print(f"{gone[0]} connections were deleted from the record; the last of them was made at {gone[1]:%Y-%m-%d %H:%M:%S}.")
    if not shown:
        nothing = "Nothing else" if gone else "Nothing"
        print(f"{nothing} left this machine on {args.day}." if args.day else f"{nothing} has left this machine.")
        return 0
    draw(table(shown, len(found)))
    return 0


def table(shown: Sequence[Connection], of: int) -> Table:
    """Return connections as a table."""
    caption = f"{len(shown)} of {of}; hark privacy show ID has exactly what was sent"
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), caption=caption, caption_justify="left")
    for name in ("id", "at", "for", "to"):
        drawn.add_column(name, no_wrap=name in {"id", "at"}, overflow="fold")
    drawn.add_column("out", justify="right")
    drawn.add_column("in", justify="right")
    for name in ("consent", "ended", "sent"):
        drawn.add_column(name, overflow="ellipsis", no_wrap=name == "sent", max_width=60 if name == "sent" else None)
    for each in shown:
        what = " ".join(printable(words(each)).split())
        moment = f"{each.at:%Y-%m-%d %H:%M:%S}"
        cells = (str(each.id), moment, each.purpose, each.host, str(each.sent_bytes), str(each.received_bytes))
        drawn.add_row(*(Text(printable(cell)) for cell in (*cells, each.consent or "-", each.outcome or "no end", what)))
    return drawn


def words(sent: Connection) -> str:
    """Return what was sent as its owner would know it again: of a question to the cloud the question, not what is around it."""
    with contextlib.suppress(ValueError, KeyError, IndexError, TypeError):
        return str(json.loads(sent.body)["messages"][-1]["content"])
    return sent.body or sent.request


def show(number: int, ledger: Ledger) -> int:
    """Print one connection whole."""
    found = ledger.connection(number)
    if found is None:
        print(f"hark: nothing that was sent has the number {number}. `hark privacy log` lists them.", file=sys.stderr)
        return 1
    spent = ", ".join(f"{name} {value}" for name, value in (found.spent or {}).items())
    lines = {
        "at": f"{found.at:%Y-%m-%d %H:%M:%S %z}",
        "for": found.purpose,
        "to": found.host,
        "request": found.request or "-",
        "allowed by": found.consent or "not recorded",
        "sent": f"{found.sent_bytes} bytes",
        "received": f"{found.received_bytes} bytes",
        "ended": f"{found.outcome}, {(found.ended - found.at).total_seconds():.2f} s later" if found.ended else "no end was written",
        "spent": spent or "-",
    }
    for name, value in lines.items():
        print(f"{name:<12}{printable(value)}")
    print(f"\n{printable(found.body) or '(nothing but the request)'}")
    return 0


def verify(ledger: Ledger) -> int:
    """Say whether the record holds, and where not."""
    found = ledger.breaks()
    number, last = ledger.head()
    if not found:
        print(
            f"The record holds: {len(ledger.export())} entries, each covering the one before. The last is {number}, {last or 'none yet'}."
        )
        return 0
    print(f"The record does NOT hold. {in_words(found)}")
    return 1


def in_words(found: Sequence[Break]) -> str:
    """Return where a record does not hold."""
    first = [
        f"entry {each.id}{f' of {datetime.fromtimestamp(each.at).astimezone():%Y-%m-%d %H:%M}' if each.at else ''}: {BREAKS[each.what][0]}"
        for each in found[:SHOWN_BREAKS]
    ]
    more = len(found) - len(first)
    return "; ".join(first) + (f"; and {more} more" if more else "") + "."


def export(target: str, ledger: Ledger) -> int:
    """Write the whole record as JSON lines."""
    entries = ledger.export()
    text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in entries)
    if target == "-":
        print(printable(text), end="")
        return 0
    path = Path(target).expanduser()
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise HarkError(f"Cannot write {path}: {error.strerror}.") from error
    print(f"{len(entries)} entries are in {path}.")
    return 0


def delete(args: argparse.Namespace, ledger: Ledger, clock: Clock) -> int:
    """Delete the record, or what is older than a day, for good; at a terminal it asks first."""
    until = midnight(args.before, clock) if args.before else float("inf")
    count = len(ledger.connections(until=until))
    if count and not args.yes and sys.stdin.isatty() and not agreed(f"Delete {count} connection{'s' * (count > 1)} for good?"):
        print("Nothing was deleted.")
        return 1
    if found := ledger.breaks():
        print(f"hark: the record did not hold any more: {in_words(found)}", file=sys.stderr)
    ledger.erase(until)
    print(f"{count} connection{'s are' if count != 1 else ' is'} deleted for good. Left in the record: {len(ledger.connections())}.")
    return 0


def record(each: Connection) -> dict[str, Any]:
    """Return a connection as plain values."""
    return asdict(each) | {"at": each.at.isoformat(), "ended": each.ended.isoformat() if each.ended else None}


def midnight(day: date, clock: Clock) -> float:
    """Return when a day begins here, in seconds since 1970."""
    return wall(datetime.combine(day, time()), clock.now()).timestamp()


def printable(text: str) -> str:
    """Return a text that cannot move the cursor or colour the terminal; it may have come from anywhere."""
    return "".join(sign if sign.isprintable() or sign in "\n\t" else "\N{REPLACEMENT CHARACTER}" for sign in text)
