"""One turn on the command line: respond, and show it as a line or as JSON."""

import json
import sys
import time
from typing import Any

from assistant.app import App
from assistant.unattended import Unattended
from assistant.vocabulary import Asked, Failed, Finished, Outcome, Saying, Transcript, Turn, Understood, step_record
from assistant.words import language_of

STATUS = {Outcome.UNKNOWN: 2, Outcome.FAILED: 1}


async def run_turn(app: App, text: str, *, language: str = "") -> dict[str, Any]:
    """Respond to a text and return the turn as plain data; nothing rings here, and what that means is part of what is said."""
    began = time.perf_counter()
    record: dict[str, Any] = {"heard": text, "language": language or language_of(text), "action": None, "slots": {}, "source": None}
    record |= {"confidence": 0.0, "then": [], "say": "", "asks": None, "outcome": str(Outcome.UNKNOWN), "ms": {}}
    unattended = await Unattended.begin(app, record["language"])
    said = list(unattended.missed)
    async for event in app.brain.respond(Transcript(text, record["language"])):
        match event:
            case Understood():
                record |= {"action": event.action, "slots": event.slots, "source": event.source, "confidence": event.confidence}
                record["then"] = [step_record(step) for step in event.then]
            case Saying():
                said.append(event.text)
            case Asked():
                record["asks"] = event.slot
            case Failed():
                print(f"hark: {event.error}", file=sys.stderr)
            case Finished(_, Turn() as turn):
                for step, outcome in zip(record["then"], turn.outcomes[1:], strict=False):
                    step["outcome"] = str(outcome)
                record |= {"outcome": str(turn.outcome), "ms": {stage: round(ms, 2) for stage, ms in turn.marks.items()}}
    said.append(await unattended.warning())
    record["say"] = ("" if record["language"] == "zh" else " ").join(filter(None, said))
    record["ms"]["total"] = round(1000 * (time.perf_counter() - began), 2)
    return record


def status_of(record: dict[str, Any]) -> int:
    """Return the exit status of a turn."""
    return STATUS.get(Outcome(record["outcome"]), 0)


def line(record: dict[str, Any]) -> str:
    """Return a turn as one JSON line."""
    return json.dumps(record, ensure_ascii=False)
