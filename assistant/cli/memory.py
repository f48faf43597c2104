"""`hark memory`: what Hark was asked to remember, to see, put right and delete."""

import argparse
import asyncio
import json
import sys
from dataclasses import replace

from assistant.config import Places
from assistant.records import FACT, RecordShelf
from assistant.services import Record
from assistant.store import Store, open_store


def run(args: argparse.Namespace) -> int:
    """List the facts, or change one; status 1 when there is no such fact."""
    store = open_store(Places().store_file)
    try:
        if store.notice:
            print(f"hark: {store.notice}", file=sys.stderr)
        return asyncio.run(act(args, store))
    finally:
        store.close()


async def act(args: argparse.Namespace, store: Store) -> int:
    """Do what was asked for."""
    shelf = RecordShelf(store, FACT)
    facts = await shelf.all()
    if args.what is None:
        tell(facts, as_json=args.json)
        return 0
    fact = next((each for each in facts if each.id == args.number), None)
    if fact is None:
        numbers = ", ".join(str(each.id) for each in facts)
        print(f"hark: no memory has the number {args.number}. There are: {numbers or 'none'}.", file=sys.stderr)
        return 1
    if args.what == "delete":
        await shelf.remove(fact.id)
        print(f"Deleted: {fact.data['text']}")
    else:
        text = " ".join(args.text)
        await shelf.put(replace(fact, data=fact.data | {"text": text}))
        print(f"{fact.id}  {text}")
    return 0


def tell(facts: list[Record], *, as_json: bool) -> None:
    """Print the facts with their numbers."""
    if not facts and not as_json:
        print('Nothing yet. Say: "remember that I parked on level 3".')
    for fact in facts:
        record = {"number": fact.id, "text": fact.data["text"], "at": fact.data.get("at")}
        print(json.dumps(record, ensure_ascii=False) if as_json else f"{fact.id}  {fact.data['text']}")
