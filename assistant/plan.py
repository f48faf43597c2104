"""What a turn is going to do, and what it came to as a whole. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.cloud.outside import Outside
from assistant.dialogue.memory import Exchange
from assistant.executor import Result
from assistant.reasoning.question import Question
from assistant.vocabulary import CHAT, Intent, Outcome, Understood


@dataclass(frozen=True, slots=True)
class Plan:
    """What a turn is going to do."""

    intent: Intent | None = None
    settled: Result | None = None
    """How the turn ends without an act."""
    asked_for_by: str = ""
    """The words to remember it by."""
    confirmed: bool = False
    """True when the user has just said yes to it."""
    must_ask: bool = False
    """True when it hangs on something that nobody here can tell, so that it takes a yes."""
    asks: str = ""
    """That question, where it is not the usual one."""
    instead_of: Exchange | None = None
    """What is taken back first."""
    question: Question | None = None
    """What only a language model can think about; `settled` is how the turn ends when there is none."""
    outside: Outside | None = None
    """What follows from words about the cloud."""


def together(results: list[Result]) -> Outcome:
    """Return how a turn ended as a whole: what is open or went wrong counts more than what was done."""
    outcomes = [result.outcome for result in results] or [Outcome.UNKNOWN]
    return next((each for each in (Outcome.ASKED, Outcome.FAILED) if each in outcomes), outcomes[-1])


def told_of(intent: Intent | None, at_s: float) -> Understood:
    """Return the event that tells what was understood."""
    if intent is None:
        return Understood(at_s, None, {}, None, 0.0)
    return Understood(at_s, intent.action, intent.slots, intent.source, intent.confidence, intent.then)


def together_of(intents: list[Intent]) -> Intent | None:
    """Return the intents of a turn as one, the others behind the first; a question that led to acts was none."""
    acts = [intent for intent in intents if intent.action != CHAT] or intents[:1]
    return replace(acts[0], then=(*acts[0].then, *acts[1:])) if acts else None


def left(steps: Sequence[Intent], before: Result) -> list[Intent] | None:
    """Return the steps that are wanted after what came before them; None when the next hangs on something that it left open."""
    if not steps or steps[0].only_if is None:
        return list(steps)
    if before.outcome is Outcome.FAILED:
        return [step for step in steps if step.only_if is None]
    if before.holds is None:
        return None
    return [replace(step, only_if=None) for step in steps if step.only_if is None or step.only_if is before.holds]
