"""What `hark privacy` understands on the command line."""

import argparse
from datetime import date
from typing import Any

from assistant.cli.arguments import command, positive
from assistant.cli.cloud_parser import topics


def privacy(commands: Any) -> None:
    """Add `hark privacy` and its own commands."""
    parser = command(
        commands,
        "privacy",
        "what left this machine, what may, and how to delete the record of it",
        "  hark privacy                      what may leave, and how much did\n"
        "  hark privacy log                  the last connections, one a line\n"
        "  hark privacy show 12              exactly what was sent in one\n"
        "  hark privacy verify               whether anybody changed the record",
        module="privacy",
        verb="status",
    )
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    log(verbs)
    topics(verbs)
    show = own(verbs, "show", "show one connection with exactly what was sent", "  hark privacy show 12")
    show.add_argument("number", metavar="ID", type=positive, help="its number in the log")
    own(
        verbs,
        "verify",
        "check the whole record: each entry covers the one before; exit status 1 when one was changed or is missing",
        "  hark privacy verify               the last hash it prints, kept elsewhere, proves later that nothing before was rewritten",
    )
    prove(verbs)
    export = own(verbs, "export", "write the whole record as JSON lines", "  hark privacy export sent.jsonl\n  hark privacy export -")
    export.add_argument("file", metavar="FILE", help="where to; - prints it")
    delete = own(
        verbs,
        "delete",
        "delete the record for good, from the file, its free pages and its journal; how many entries there were is all that stays",
        "  hark privacy delete --all\n  hark privacy delete --before 2026-11-01",
    )
    which = delete.add_mutually_exclusive_group(required=True)
    which.add_argument("--all", action="store_true", help="everything")
    which.add_argument("--before", metavar="DATE", type=day, help="what was sent before this day")
    delete.add_argument("--yes", action="store_true", help="do not ask")


def prove(verbs: Any) -> None:
    """Add `hark privacy prove`."""
    parser = command(
        verbs,
        "prove",
        "talk to a Hark as it is out of the box, trace it, and count the internet sockets it opens; exit status 1 when there is one",
        "  hark privacy prove                it speaks to itself, types 100 sentences, and touches nothing of yours\n"
        "  hark privacy prove --clips tests/clips --turns 200          in Hark's source: with its recordings",
        module="prove",
    )
    parser.add_argument("--turns", metavar="N", type=positive, default=100, help="sentences to type; 100 when not given")
    parser.add_argument("--clips", metavar="DIR", help="a folder of labelled recordings to listen to instead of its own voice")


def own(verbs: Any, name: str, summary: str, examples: str) -> argparse.ArgumentParser:
    """Add a command of `hark privacy`."""
    return command(verbs, name, summary, examples, module="privacy", verb=name)


def log(verbs: Any) -> None:
    """Add `hark privacy log`."""
    parser = own(
        verbs,
        "log",
        "list what was sent, the newest last",
        "  hark privacy log                  the last 30\n  hark privacy log 200 --json\n  hark privacy log --day 2026-11-27",
    )
    parser.add_argument("count", metavar="N", nargs="?", type=positive, default=30, help="how many; 30 when not given")
    parser.add_argument("--day", metavar="DATE", type=day, help="all of one day")
    parser.add_argument("--json", action="store_true", help="print one JSON object per connection")


def day(text: str) -> date:
    """Return a day written as 2026-11-27."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"'{text}' is no day: write it as 2026-11-27") from error
