"""The sentences that nothing is trained on, with the slots a person hears in them: each must be answered, whatever else is true."""

import json
from datetime import UTC, datetime
from pathlib import Path

from assistant.plugins import load_families
from assistant.skill import CannotDo, Question, Reply

FILES = Path(__file__).parents[1] / "understanding" / "natural"


def held_out(family):
    """Return the rows of a family."""
    return [json.loads(line) for line in (FILES / f"{family}.jsonl").read_text("utf-8").splitlines()]


async def run(row, ctx):
    """Call the action of a row with its slots and return what it said; in `ctx`, at the row's time."""
    ctx.now = datetime.fromisoformat(row["now"]).replace(tzinfo=UTC)
    action = next(family for family in load_families() if family.name == row["action"].partition(".")[0]).actions[row["action"]]
    slots = {name: action.slots[name].from_json(value) for name, value in row["slots"].items()}
    try:
        answer = await action(ctx, **slots)
    except CannotDo as error:
        answer = error
    assert isinstance(answer, Reply | Question | CannotDo)
    assert answer.text(row["language"]).strip()
    return answer
