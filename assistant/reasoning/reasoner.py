"""The language model's part of a turn: which tool does what was asked for, step by step, or else an answer in its own words."""

import logging
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from datetime import date, datetime
from typing import NamedTuple

from assistant.conditions import cuts, day_of, has_condition
from assistant.effects import only_tells
from assistant.errors import HarkError
from assistant.executor import Result, phrase
from assistant.journal import Journal
from assistant.reasoning.calls import BEGIN, Call, call_of, form
from assistant.reasoning.claims import claims_an_act
from assistant.reasoning.model import Model
from assistant.reasoning.prompts import ANSWERING, DONE, MORE, NONE, WRITING, Message, acting, asked, response
from assistant.reasoning.question import Cost, Question, Run
from assistant.reasoning.thoughts import Thoughts
from assistant.reasoning.told import Told
from assistant.skill import Action
from assistant.slots import Env
from assistant.understanding import Understanding
from assistant.vocabulary import Intent, Outcome
from audio.sentences import Sentences

log = logging.getLogger(__name__)

MOST_TOOLS = 8
"""In one prompt; more are read for longer and told apart worse."""

MOST_STEPS = 5
"""Calls in one turn."""

MOST_BOXES, WORTH_A_TRY = 2, 0.05
"""Families whose tools a model is asked about, and how likely the second must be; `hark eval` tells how often the right one is there."""

MOST_AHEAD = 100
"""Readings ahead of one question that are counted."""

WORTH_A_PART = 0.3
"""How likely the family of each half of a sentence must be, for it to be taken as two requests."""

SHORT_ANSWER, LONGEST_ANSWER = 120, 240
"""Tokens, thoughts not counted: after half a minute of speech an answer ends with its sentence ("more" goes on), and at the latest when."""

LONGEST_TEXT = 400
"""The same of what is written for a skill."""

ENDS = tuple(".!?。！？…")
"""How a sentence ends."""

TAIL = 12
"""Letters by which the end of a sentence is found again."""

LONGEST_THOUGHT = 1500
"""Tokens."""


class Box(NamedTuple):
    """Tools that a model is asked about together."""

    tools: dict[str, Action]
    likely: list[str]
    """Actions that the classifier thought of, the likeliest first."""


class Reasoner:
    """Thinks about what the quick tiers did not understand."""

    def __init__(
        self, model: Model, understanding: Understanding, journal: Journal, facts: Callable[[str], Sequence[str]] = lambda _: ()
    ) -> None:
        """Take the model, the actions there are, what was said before, and what finds the user's facts about some words."""
        self.model = model
        self._understanding = understanding
        self._told = Told(journal)
        self._ahead: deque[tuple[str, int]] = deque(maxlen=MOST_AHEAD)
        """Words that were read ahead, and how many tokens that were."""
        self._facts = facts

    async def think(self, question: Question, run: Run) -> AsyncGenerator[Intent | Result]:
        """Yield what is understood and what came of it, or an answer sentence by sentence. A model that fails is a Result too."""
        question.cost.ahead = sum(read for text, read in self._ahead if question.text.startswith(text))
        self._ahead.clear()
        try:
            if not question.is_chat:
                called = False
                async with aclosing(self._act(question, run)) as steps:
                    async for step in steps:
                        called = True
                        yield step
                if called:
                    return
            async with aclosing(self._answer(question)) as sentences:
                async for sentence in sentences:
                    yield Result(Outcome.DONE, sentence)
        except HarkError as error:
            yield Result(
                Outcome.FAILED,
                phrase(
                    question.replies_in, "Sorry, my language model stopped working. Ask me again.", "抱歉，语言模型出错了，请再问一次。"
                ),
                problem=str(error),
            )

    async def ask(self, instruction: str, text: str) -> str:
        """Return what the model makes of a text. Raises WorkerError."""
        parts = [part async for part in self._spoken(WRITING, [["user", f"{instruction}\n\n{text}"]], Cost(), LONGEST_TEXT)]
        return "".join(parts).strip()

    async def expect(self, text: str, language: str, now: datetime, *, is_chat: bool) -> None:
        """Read words ahead that are still being spoken: for the tools that are likeliest so far, unless no tool is, then for an answer."""
        boxes = [] if is_chat else toolboxes(self._understanding, text, language)[0][:1]
        prompts = [(acting(tools), [asked(text, now)]) for tools, _ in boxes]
        prompts.append((ANSWERING, [*self._told.messages(now), asked(text, now, self._facts(text))]))
        for system, messages in prompts:
            cost = await self.model.prefill(system, messages)
            self._ahead.append((text, cost.read))

    async def start(self) -> None:
        """Load the model."""
        await self.model.start()

    async def close(self) -> None:
        """End the model."""
        await self.model.close()

    async def _act(self, question: Question, run: Run) -> AsyncGenerator[Intent | Result]:
        """Call the tools that were asked for; nothing at all when none fits."""
        messages = [asked(question.text, question.now)]
        unknown, day, done = has_condition(question.text), None, list[Intent]()
        boxes, is_parted = toolboxes(self._understanding, question.text, question.language)
        for tools, likely in boxes:
            while len(done) < MOST_STEPS:
                call = await self._call(tools, messages, question, day, is_first=not done)
                if call.intent is None or (done and is_idle(call.intent, done, tools)):
                    break
                done.append(call.intent)
                yield call.intent
                tells = only_tells(call.intent.action, self._understanding.actions)
                result = await run(call.intent, not tells and (unknown or not self._may(call, likely)))
                day = day_of(call.intent) if unknown and tells else day
                unknown &= not tells or result.outcome is Outcome.FAILED
                yield result
                if result.asks:
                    return
                messages += [["assistant", call.text], response(result.said, done=result.outcome is not Outcome.FAILED)]
            if done and not is_parted:
                return

    async def _call(
        self, tools: Mapping[str, Action], messages: list[Message], question: Question, day: date | None, *, is_first: bool
    ) -> Call:
        sheet = form(tools, ends_with=NONE if is_first else DONE)
        written = await self.model.fill_in(acting(tools), messages, sheet, BEGIN, question.cost)
        return call_of(written, tools, Env(question.text, question.now, question.language), day)

    def _may(self, call: Call, likely: Sequence[str]) -> bool:
        """Tell whether a change may be made without asking: the user's own words ask for it."""
        return call.is_asked_for or (call.intent is not None and not call.intent.slots and call.intent.action in likely)

    async def _answer(self, question: Question) -> AsyncGenerator[str]:
        """Yield an answer, sentence by sentence as they are finished."""
        words = MORE[question.language] if question.goes_on else question.text
        asks = asked(words, question.now, self._facts(question.text))
        sentences, written, said, claims = Sentences(), list[str](), list[str](), list[str]()

        def heard(sentence: str) -> str:
            said.append(honest(sentence, question.replies_in))
            claims.extend([sentence] if said[-1] != sentence else [])
            return said[-1]

        prompt = [*self._told.messages(question.now), asks]
        async with aclosing(self._spoken(ANSWERING, prompt, question.cost, LONGEST_ANSWER)) as parts:
            async for part in parts:
                written.append(part)
                for sentence in sentences.feed(part):
                    yield heard(sentence)
                if len(written) >= SHORT_ANSWER and said and said[-1].endswith(ENDS):
                    break
        if len(written) < SHORT_ANSWER or not said:
            for sentence in sentences.flush():
                yield heard(sentence)
        if not claims:  # what was not said, the model must not believe to have said
            self._told.keep(question.text, " ".join(said), [asks, ["assistant", up_to("".join(written), said)]])

    async def _spoken(self, system: str, messages: list[Message], cost: Cost, most: int) -> AsyncGenerator[str]:
        """Yield what a model writes, without its thoughts."""
        thoughts = Thoughts()
        async with aclosing(self.model.write(system, messages, most + LONGEST_THOUGHT, cost)) as pieces:
            said = 0
            async for piece in pieces:
                for part in thoughts.feed(piece):
                    if not part.is_thought:
                        said += 1
                        yield part.text
                if said > most:
                    return
        for part in thoughts.end():
            if not part.is_thought:
                yield part.text


def toolboxes(understanding: Understanding, text: str, language: str) -> tuple[list[Box], bool]:
    """Return the sets of tools that are likely to hold the right ones, and whether each is for a part of the words: one after the other."""
    conditions = ((cut.clause, cut.request) for cut in cuts(text))
    for halves in (next(conditions, None), next(understanding.halves(text), None)):
        boxes = [boxes_for(understanding, half, language, 1, WORTH_A_PART) for half in halves or ()]
        if halves and all(boxes) and boxes[0][0].tools.keys() != boxes[1][0].tools.keys():
            return [box for found in boxes for box in found], True
    found = boxes_for(understanding, text, language, MOST_BOXES, WORTH_A_TRY)
    return found or boxes_for(understanding, text, language, 1, 0.0), False


def boxes_for(understanding: Understanding, text: str, language: str, most: int, least: float) -> list[Box]:
    """Return the tools of the families that the classifier thinks of, the likeliest first, none less likely than `least`."""
    guesses = understanding.guesses(text, language, 6)
    likely = [guess.action for guess in guesses if guess.action in understanding.actions]
    boxes: dict[tuple[str, ...], Box] = {}
    for guess in guesses:
        if guess.action in likely and guess.probability >= least and len(boxes) < most:
            tools = toolbox(understanding.actions, guess.action)
            boxes[tuple(tools)] = Box(tools, likely)
    return list(boxes.values())


def toolbox(actions: Mapping[str, Action], name: str) -> dict[str, Action]:
    """Return the tools of an action's family, at most eight, always cut the same way."""
    family = name.partition(".")[0]
    names = [each for each in actions if each.partition(".")[0] == family]
    start = names.index(name) // MOST_TOOLS * MOST_TOOLS
    return {each: actions[each] for each in names[start : start + MOST_TOOLS]}


def is_idle(intent: Intent, done: Sequence[Intent], tools: Mapping[str, Action]) -> bool:
    """Tell whether a further call is none: the same again, or one with nothing in it that it cannot do without. Small models end so."""
    return intent in done or not tools[intent.action].required <= intent.slots.keys()


def up_to(written: str, said: Sequence[str]) -> str:
    """Return what was written up to the end of what was said of it: a sentence that was cut off is no part of an answer."""
    last = said[-1][-TAIL:] if said else ""
    at = written.rfind(last)
    return written[: at + len(last)] if last and at >= 0 else " ".join(said)


def honest(sentence: str, language: str) -> str:
    """Return a sentence of a model, unless it claims an act: talking is all it can do here."""
    if claims_an_act(sentence):
        log.warning("a sentence that claimed an act was not said")
        return phrase(language, "I haven't done anything, I can only talk about that.", "我什么也没做，这件事我只能说说。")
    return sentence
