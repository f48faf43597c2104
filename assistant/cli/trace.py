"""`hark trace`: the last turns, drawn."""

import argparse
import json
import sys

from assistant.clock import SystemClock
from assistant.config import Places
from assistant.faces.screen import show
from assistant.faces.waterfall import turn_record, waterfall
from assistant.journal import Journal
from assistant.store import open_store


def run(args: argparse.Namespace) -> int:
    """Print the last turns, oldest first."""
    store = open_store(Places().store_file)
    try:
        if store.notice:
            print(f"hark: {store.notice}", file=sys.stderr)
        turns = Journal(store, SystemClock()).turns(args.count)
    finally:
        store.close()
    if not turns and not args.json:
        print("No turns yet. Try: hark ask what time is it")
    for at, turn in turns:
        if args.json:
            print(json.dumps(turn_record(at, turn), ensure_ascii=False))
        else:
            show(waterfall(at, turn))
    return 0
