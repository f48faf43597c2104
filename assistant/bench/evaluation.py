"""`hark eval`: natural sentences through the whole conversation, each as the first of a new one, with the model in use or without.

What is done is done in a sandbox: nothing of it reaches the user's things.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.app import App, thinker_of
from assistant.bench import exact
from assistant.bench.errors import BenchError
from assistant.bench.natural import NOW, Row
from assistant.bench.sandbox import alone, fresh_app, furnish
from assistant.config import Config, Places
from assistant.egress import Egress
from assistant.errors import HarkError
from assistant.reasoning.reasoner import toolboxes
from assistant.store import Store
from assistant.vocabulary import CHAT, Failed, Finished, Intent, Saying, Transcript, Turn

FORGOTTEN = ("timer", "turn", "receipt", "session", "ring", "record")
"""Tables of the store that a conversation leaves something in."""

TIERS = ("dialog", "grammar", "classifier", "llm", "answer", "nobody")
"""Who had the last word on a sentence: `llm` called an action, `answer` is what a model said in its own words."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of one sentence."""

    row: Row
    got: Intent | None
    tier: str
    verdict: str
    """exact; action (its slots were not); wrong, missed; of what asks for no action: left alone, false; asked: a wrong act needs a yes."""
    broke: str
    """What stopped working, an action or the language model; empty when nothing did."""
    first_s: float
    """Until the first words of the reply."""
    all_s: float
    """Until the turn was over."""
    offered: bool | None = None
    """The right action is among those a model is asked about; None where none is needed, or no action is right."""
    read: int = 0
    """Tokens that a language model read."""
    of: int = 0
    """Tokens that its prompts had."""
    wrote: int = 0


class MovedClock:
    """The machine's clock, but for the time of day, which is that of the sentence."""

    def __init__(self) -> None:
        self.moment: datetime = NOW.astimezone()

    def now(self) -> datetime:
        """Return the moment of the sentence."""
        return self.moment

    def monotonic(self) -> float:
        """Return seconds from some fixed point."""
        return time.monotonic()

    async def sleep_until(self, moment_s: float) -> None:
        """Never be called: nothing waits in here."""
        raise BenchError(f"something waits for {moment_s:.0f} s in an evaluation")


@contextmanager
def sandbox(clock: MovedClock, config: Config, places: Places) -> Iterator[App]:
    """Give a Hark without the user's things, but with the language model of these settings. Raises ConfigError or ModelTrouble.

    What is sent to a server goes into the user's own record, as ever.
    """
    with TemporaryDirectory(prefix="hark-eval-") as empty, fresh_app(alone(Path(empty)), clock) as app:
        kept = Store(places.store_file) if config.llm.url else app.store
        try:
            egress = Egress(kept, app.clock, config.privacy, config.budget)
            app.brain.thinker = app.around.thinker = thinker_of(places, app.understanding, app.journal, app.store, egress, config)
            yield app
        finally:
            if kept is not app.store:
                kept.close()


async def evaluate(app: App, clock: MovedClock, rows: Sequence[Row], tell: Callable[[Seen], None]) -> None:
    """Say all rows, in an order in which any beginning of them is a fair sample; `tell` hears what came of each.

    Raises HarkError when the model cannot be loaded.
    """
    order = list(rows)
    random.Random(4).shuffle(order)  # noqa: S311 -- no secret
    async with app.thinking(ahead=False, stays=False):
        if app.brain.thinker:
            await app.brain.thinker.start()
        for row in order:
            clock.moment = row.now if row.now.tzinfo else row.now.astimezone()
            tell(await said(app, row))


async def said(app: App, row: Row) -> Seen:
    """Say one sentence to a Hark that remembers nothing, and return what came of it."""
    with app.store.write() as db:
        for table in FORGOTTEN:
            db.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
    furnish(app)
    began, first_s, turn, broke = time.perf_counter(), None, None, ""
    async for event in app.brain.respond(Transcript(row.text, row.language)):
        if isinstance(event, Saying) and first_s is None:
            first_s = time.perf_counter() - began
        elif isinstance(event, Failed):
            broke = event.error
        elif isinstance(event, Finished):
            turn = event.turn
    if turn is None:
        raise HarkError("A turn ended without an end.")
    all_s = time.perf_counter() - began
    tokens = [int(turn.marks.get(f"tokens_{name}", 0)) for name in ("read", "of", "wrote")]
    tier, spoken_s = tier_of(turn), all_s if first_s is None else first_s
    return Seen(row, turn.intent, tier, verdict_on(row, turn), broke, spoken_s, all_s, offered(app, row, tier), *tokens)


def offered(app: App, row: Row, tier: str) -> bool | None:
    """Tell whether a model is, or would be, asked about the right action."""
    if tier not in {"llm", "answer", "nobody"} or row.action not in app.understanding.actions:
        return None
    boxes, _ = toolboxes(app.understanding, row.text, row.language)
    return any(row.action in box.tools for box in boxes)


def tier_of(turn: Turn) -> str:
    """Return who had the last word on a turn's sentence."""
    if turn.intent and turn.intent.action != CHAT:
        return turn.intent.source
    return "answer" if "think" in turn.marks else "nobody"


def verdict_on(row: Row, turn: Turn) -> str:
    """Return how a turn went."""
    steps = [turn.intent, *turn.intent.then] if turn.intent else [None]
    wanted = [(row.action, row.slots), *row.then]
    found = [exact.judge(action, slots, step) for (action, slots), step in zip(wanted, steps, strict=False)]
    verdict = max(found, key=WORST.index)
    if verdict in {"exact", "action"} and len(steps) != len(wanted):
        verdict = "action" if len(steps) < len(wanted) else "wrong"  # one more than was asked for is an act nobody wanted
    return "asked" if verdict in {"wrong", "false"} and turn.asks == "yes" else verdict


WORST = ("exact", "left alone", "action", "missed", "wrong", "false")
"""Verdicts on the steps of a sentence; the worst of them is that on the sentence."""
