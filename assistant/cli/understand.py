"""`hark understand`: what Hark would do, without doing it."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from assistant.classifier import Lessons
from assistant.config import Places, load_config
from assistant.errors import HarkError
from assistant.needs import Filed
from assistant.plugins import load_families
from assistant.understanding import Understanding
from assistant.vocabulary import step_record
from assistant.words import language_of

CASES = {None: "", True: "if so: ", False: "if not: "}
"""What stands before a request that hangs on the question before it."""


class BadInput(HarkError):
    """What was given cannot be read."""

    status = 2


def run(args: argparse.Namespace) -> int:
    """Print what each sentence means; status 2 when a single one is not understood."""
    places = Places()
    config = load_config(places.config_file)
    filed = Filed(places.templates_file)
    families = load_families(places.skills, config.skills.disabled, filed)
    understanding = Understanding(families, Lessons(families, places.data), filed)
    filed.keep()
    now = moment(args.now)
    records = [understood(understanding, text, language, now) for text, language in sentences(args)]
    for record in records:
        print(json.dumps(record, ensure_ascii=False) if args.json else sentence(record))
    return 2 if len(records) == 1 and records[0]["action"] is None else 0


def moment(iso: str | None) -> datetime:
    """Return the moment given, or now. Raises BadInput."""
    try:
        return datetime.fromisoformat(iso).astimezone() if iso else datetime.now().astimezone()
    except ValueError as error:
        raise BadInput(f"--now {iso}: {error}. Write it like 2026-11-24T15:30.") from error


def sentences(args: argparse.Namespace) -> Iterator[tuple[str, str | None]]:
    """Yield texts with their language, None where it is to be found out."""
    if args.text != ["-"]:
        yield " ".join(args.text), None
        return
    for number, raw in enumerate(sys.stdin, 1):
        if not raw.strip():
            continue
        if not args.json:
            yield raw.strip(), None
            continue
        try:
            data = json.loads(raw)
            yield str(data["text"]), data.get("language")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadInput(f'line {number} is not like {{"text": "...", "language": "en"}}: {error}') from error


def understood(understanding: Understanding, text: str, language: str | None, now: datetime) -> dict[str, Any]:
    """Return what a sentence means as plain data."""
    began = time.perf_counter()
    language = language or language_of(text)
    intent = understanding.understand(text, language, now)
    ms = round(1000 * (time.perf_counter() - began), 3)
    record: dict[str, Any] = {"text": text, "language": language, "action": None, "slots": {}, "source": None, "confidence": 0.0}
    if intent:
        record |= {"action": intent.action, "slots": intent.slots, "source": intent.source, "confidence": intent.confidence}
        if intent.then:
            record["then"] = [step_record(step) for step in intent.then]
    return record | {"ms": ms}


def sentence(record: dict[str, Any]) -> str:
    """Return what a sentence means for people."""
    steps = [record, *record.get("then", [])] if record["action"] else []
    if not steps:
        return f"{record['text']}\n  not understood ({record['ms']} ms)"
    lines = [
        f"  {CASES[step.get('only_if')]}{step['action']}  {json.dumps(step['slots'], ensure_ascii=False) if step['slots'] else ''}".rstrip()
        for step in steps
    ]
    return "\n".join([record["text"], *lines, f"  by the {record['source']}, {record['ms']} ms"])
