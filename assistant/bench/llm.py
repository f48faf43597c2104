"""`hark bench llm`: Hark's language-model runtime in its worker, and llama-cpp-python as it comes, with the same prompts in one run.

The model has the shape and precision of a real Qwen2.5 and weights of chance: how long a token takes does not depend on them.
"""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from assistant.bench.errors import BenchError
from assistant.bench.llm_prompts import Prompt, commands, gbnf, questions, sheet
from assistant.bench.llm_report import TARGETS, Figure, LlmReport, Taken
from assistant.errors import WorkerError
from assistant.reasoning.model import LocalModel
from assistant.reasoning.question import Cost
from assistant.skill import Action
from assistant.worker import Engine, Worker

CONTEXT = 8192
CLAUSE = 12
"""Tokens: a first clause that a voice can begin with."""

WORD_S = 0.35
"""A word takes so long to say."""

START_S = 120.0
CALL_S = 600.0
"""Deadlines."""

STEPS = 8
"""How often `measure` tells that it has got further."""

WARM = 5
"""Turns before memory is looked at: the first ones allocate what all others use."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How much is measured."""

    rounds: int = 5
    kills: int = 5
    turns: int = 40
    threads: int = 0
    """Hark's runtime computes with; 0 for as many as there are cores."""


class Stopwatch:
    """Takes the time of a worker, by the wall and of the processor."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._began, self._cpu_s = time.monotonic(), cpu_s(worker)

    def taken(self) -> Taken:
        """Return what has passed."""
        return Taken(time.monotonic() - self._began, cpu_s(self._worker) - self._cpu_s)


@dataclass(slots=True)
class Subject:
    """Hark's runtime under test."""

    worker: Worker
    tools: Mapping[str, Action]
    model: LocalModel = field(init=False)
    commands: Iterator[Prompt] = field(init=False)
    questions: Iterator[Prompt] = field(init=False)

    def __post_init__(self) -> None:
        self.model = LocalModel(self.worker, 0.0)
        self.commands, self.questions = commands(self.tools), questions()

    async def call(self, prompt: Prompt | None = None) -> tuple[Taken, Cost]:
        """Make a tool call; return the time it took and what it cost."""
        prompt = prompt or next(self.commands)
        cost, watch = Cost(), Stopwatch(self.worker)
        await self.model.fill_in(prompt.system, prompt.messages, sheet(list(self.tools)), prompt.begin, cost)
        return watch.taken(), cost

    async def clause(self, prompt: Prompt) -> tuple[Taken, Cost]:
        """Write the first clause of an answer; return the time it took and what it cost."""
        cost, watch = Cost(), Stopwatch(self.worker)
        async with aclosing(self.model.write(prompt.system, prompt.messages, CLAUSE, cost)) as pieces:
            async for _ in pieces:
                pass
        return watch.taken(), cost


def llm_worker(model: Path, states: Path, threads: int) -> Worker:
    """Return a worker with Hark's runtime, as the conversation has it."""
    options = {"path": str(model), "context": CONTEXT, "states": str(states), "threads": threads}
    return Worker(Engine("llm", "models.llm:Llm", options, start_s=START_S))


async def measure(size: str, model: Path, tools: Mapping[str, Action], pace: Pace, tell: Callable[[], None] = lambda: None) -> LlmReport:
    """Measure everything with one model. Raises BenchError or WorkerError."""
    targets = TARGETS.get(size, {})
    with TemporaryDirectory(prefix="hark-bench-") as folder:
        states = Path(folder)
        beside = await measure_beside(model, tools, pace, tell)
        await once(llm_worker(model, states, pace.threads), tools)
        worker = llm_worker(model, states, pace.threads)
        subject = Subject(worker, tools)
        try:
            await worker.start()
            first, cost = await subject.call()
            prompt = cost.of
            tell()
            following = median_of([(await subject.call())[0] for _ in range(pace.rounds)])
            tell()
            turns, reread = await alternating(subject, pace.rounds)
            tell()
            clause, ahead, plain = await first_clause(subject, pace.rounds)
            tell()
            free_s = await cancelling(subject, pace.rounds)
            tell()
            grown = await growth(subject, pace.turns)
            tell()
            back_s, went_on = await killing(subject, pace.kills)
            tell()
        finally:
            await worker.close()
    figures = [
        Figure("first tool call of a session, state file there", first, beside["first"], targets.get("first")),
        Figure("next tool call, same prompt", following, beside["next"], targets.get("next")),
        Figure("tool calls and answers alternating, a turn", turns, beside["alternating"], targets.get("alternating")),
        Figure("end of the words to the first clause, words read ahead", clause, beside["clause"], targets.get("clause")),
        Figure("cancelled until free, the slowest", Taken(free_s), None, targets.get("free")),
        Figure("killed until the next answer, the slowest", Taken(back_s), None, targets.get("back")),
    ]
    return LlmReport(size, prompt, figures, reread, ahead, plain, pace.kills, went_on, pace.turns, grown)


async def once(worker: Worker, tools: Mapping[str, Action]) -> None:
    """Have the beginnings read and kept as files, as any earlier session does."""
    try:
        for prompt in (next(commands(tools)), next(questions())):
            async for _ in worker.stream("prefill", prompt.system, prompt.messages, deadline_s=CALL_S):
                pass
    finally:
        await worker.close()


async def measure_beside(model: Path, tools: Mapping[str, Action], pace: Pace, tell: Callable[[], None]) -> dict[str, Taken]:
    """Return the times of llama-cpp-python as it comes."""
    worker = Worker(Engine("llm", "assistant.bench.llm_beside:AsItComes", {"path": str(model), "context": CONTEXT}, start_s=START_S))
    grammar, calls, asks = gbnf(list(tools)), commands(tools), questions()

    async def call() -> Taken:
        watch = Stopwatch(worker)
        await worker.call("call", next(calls).text, grammar, deadline_s=CALL_S)
        return watch.taken()

    async def clause() -> Taken:
        watch = Stopwatch(worker)
        async with aclosing(worker.stream("write", next(asks).text, CLAUSE, deadline_s=CALL_S)) as pieces:
            async for _ in pieces:
                pass
        return watch.taken()

    try:
        await worker.start()
        first = await call()
        following = median_of([await call() for _ in range(pace.rounds)])
        await clause()
        clauses = median_of([await clause() for _ in range(pace.rounds)])
        turns = [(await call(), await clause()) for _ in range(2)]
        tell()
    finally:
        await worker.close()
    return {"first": first, "next": following, "alternating": median_of([each for turn in turns for each in turn]), "clause": clauses}


async def alternating(subject: Subject, rounds: int) -> tuple[Taken, float]:
    """Take turns between tool calls and answers; return the median time of a turn and the share of the beginnings read again."""
    taken, again, beginnings = [], 0, 0
    for turn in range(2 * rounds + 2):
        prompt = next(subject.questions if turn % 2 else subject.commands)
        system = int(await subject.worker.call("count", prompt.system))
        seconds, cost = await (subject.clause(prompt) if turn % 2 else subject.call(prompt))
        if turn > 1:  # the first of each has its beginning read or loaded
            taken.append(seconds)
            again += max(0, cost.read - (cost.of - system))
            beginnings += system
    return median_of(taken), again / beginnings


async def first_clause(subject: Subject, rounds: int) -> tuple[Taken, int, int]:
    """Have questions read while they are spoken; return the median time to the first clause, and tokens left then, with and without."""
    taken, left, plain = [], [], []
    for _ in range(rounds):
        prompt = next(subject.questions)
        plain.append((await subject.clause(prompt))[1].read)
        prompt = next(subject.questions)
        head, _, words = prompt.messages[-1][1].rpartition("\n")
        spoken = words.split()
        for count in range(2, len(spoken)):
            began = time.monotonic()
            await subject.model.prefill(prompt.system, [["user", f"{head}\n{' '.join(spoken[:count])}"]])
            await asyncio.sleep(max(0.0, WORD_S - (time.monotonic() - began)))
        seconds, cost = await subject.clause(prompt)
        taken.append(seconds)
        left.append(cost.read)
    return median_of(taken), round(median(left)), round(median(plain))


async def cancelling(subject: Subject, rounds: int) -> float:
    """Leave answers in the middle, and prompts while they are read; return the most seconds until the model was free."""
    worst = 0.0
    for number in range(2 * rounds):
        prompt = next(subject.questions)
        if number % 2:
            reading = asyncio.create_task(subject.model.prefill(f"{number} {prompt.text * 8}", prompt.messages))
            await asyncio.sleep(0.3)
            began = time.monotonic()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
        else:
            async with aclosing(subject.model.write(prompt.system, prompt.messages, 200, Cost())) as pieces:
                await anext(pieces)
                await anext(pieces)
                began = time.monotonic()
        await subject.worker.call("count", "free", deadline_s=CALL_S)
        worst = max(worst, time.monotonic() - began)
    return worst


async def growth(subject: Subject, turns: int) -> float:
    """Take turns for long; return by what share the worker's memory grew after the first ones."""
    before = 0
    for turn in range(turns + WARM):
        if turn == WARM:
            before = memory(subject.worker)
        if turn % 2:
            await subject.call()
        else:
            await subject.clause(next(subject.questions))
    return memory(subject.worker) / before - 1 if before else 0.0


def median_of(taken: Sequence[Taken]) -> Taken:
    """Return the medians of some times."""
    return Taken(median(each.s for each in taken), median(each.cpu_s or 0.0 for each in taken))


def cpu_s(worker: Worker) -> float:
    """Return the processor time that a worker has used; 0 while there is none, or it has just been killed."""
    try:
        times = psutil.Process(worker.pid).cpu_times() if worker.pid else None
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system) if times else 0.0


def memory(worker: Worker) -> int:
    """Return the bytes that a worker has in memory. Raises BenchError when it is gone."""
    if worker.pid is None:
        raise BenchError("The language model's process ended while its memory was measured.")
    return int(psutil.Process(worker.pid).memory_info().rss)


async def killing(subject: Subject, kills: int) -> tuple[float, int]:
    """Kill the worker mid-token again and again; return the most seconds until the next answer, and after how many kills it came."""
    worst, went_on = 0.0, 0
    for _ in range(kills):
        prompt = next(subject.questions)
        began = time.monotonic()
        try:
            async with aclosing(subject.model.write(prompt.system, prompt.messages, 200, Cost())) as pieces:
                async for _ in pieces:
                    began = time.monotonic()
                    if subject.worker.pid:
                        os.kill(subject.worker.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        except WorkerError:
            pass  # what the conversation makes an apology of
        try:
            _, cost = await subject.clause(prompt)
        except WorkerError:  # all had been written before it died, so only this question notices
            _, cost = await subject.clause(prompt)
        went_on += cost.wrote > 0
        worst = max(worst, time.monotonic() - began)
    return worst, went_on
