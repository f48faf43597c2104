"""Workers: engines in processes of their own, whatever they do there."""

import asyncio
import os
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from assistant import worker as worker_module
from assistant.errors import WorkerDied, WorkerFault, WorkerHung
from assistant.worker import Engine, Worker


@pytest.fixture(autouse=True)
def _engines_are_found(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "engines"))
    monkeypatch.setattr(worker_module, "BACKOFF_S", (0.0, 0.01, 0.02))


@pytest.fixture
async def odd():
    """Give a worker that is closed afterwards."""
    notices = []
    worker = Worker(Engine("odd", "odd_engine:Odd", {"greeting": "hi"}), notices.append)
    worker.notices = notices
    yield worker
    await worker.close()


def alive(pid):
    """Tell whether a process still runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_it_starts_with_the_first_call_and_keeps_what_native_code_prints_apart(odd):
    assert odd.pid is None
    assert await odd.call("greet", "Ana") == "hi Ana"
    assert await odd.call("rate") == 22_050
    assert odd.pid is not None


async def test_samples_cross_both_ways_unread(odd):
    samples = memoryview(np.array([1, -200, 300], np.int16).tobytes())
    assert await odd.call("loudest", samples) == 300
    half = await odd.call("half", samples)
    assert isinstance(half, memoryview)
    assert np.frombuffer(half, np.int16).tolist() == [0, -100, 150]


async def test_a_stream_comes_item_by_item_and_stops_when_nobody_takes_it(odd):
    assert [n async for n in odd.stream("count", 5)] == [0, 1, 2, 3, 4]
    endless = odd.stream("count", 10**12)
    assert await anext(endless) == 0
    await endless.aclose()
    assert await odd.call("greet", "again", deadline_s=5) == "hi again"
    assert odd.restarts == 0


async def test_what_it_says_unasked_is_handed_on(odd):
    await odd.call("tell", "news")
    assert odd.notices == [{"told": "news"}]


async def test_an_engine_that_raises_costs_one_error(odd):
    with pytest.raises(WorkerFault, match="the model is broken"):
        await odd.call("fail")
    assert await odd.call("greet", "you") == "hi you"
    assert odd.restarts == 0


async def test_one_that_hangs_is_killed_and_started_again(odd):
    first = await odd.call("pid")
    with pytest.raises(WorkerHung, match=r"did not answer within 0\.2 s"):
        await odd.call("hang", deadline_s=0.2)
    assert not alive(first)
    assert await odd.call("greet", "you") == "hi you"
    assert odd.restarts == 1


@pytest.mark.parametrize("how", ["die", "garbage"])
async def test_one_that_dies_or_sends_garbage_is_started_again(odd, how):
    first = await odd.call("pid")
    with pytest.raises(WorkerDied):
        await asyncio.gather(odd.call(how, deadline_s=5), odd.call("greet", "nobody", deadline_s=5))
    assert await odd.call("pid") != first


async def test_it_is_killed_fifty_times_and_answers_fifty_times(odd):
    for _ in range(50):
        os.kill(await odd.call("pid"), 9)
        try:
            answer = await odd.call("greet", "you")
        except WorkerDied:
            answer = await odd.call("greet", "you")
        assert answer == "hi you"


async def test_all_who_wait_are_told_when_it_dies(odd):
    await odd.start()
    waiting = [asyncio.create_task(odd.call("hang")) for _ in range(3)]
    await asyncio.sleep(0)
    os.kill(odd.pid, 9)
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [WorkerDied] * 3


async def test_an_engine_that_cannot_be_made_says_why():
    worker = Worker(Engine("none", "odd_engine:Unbuildable"))
    with pytest.raises(WorkerFault, match="No model here"):
        await worker.start()
    await worker.close()
    for target in ("odd_engine:Nothing", "no_such_module:Odd"):
        worker = Worker(Engine("none", target))
        with pytest.raises(WorkerFault):
            await worker.start()
        await worker.close()


async def test_one_that_dies_while_it_is_made_is_not_waited_for():
    worker = Worker(Engine("dying", "odd_engine:Dying"))
    began = time.monotonic()
    with pytest.raises(WorkerDied):
        await worker.start()
    assert time.monotonic() - began < worker_module.START_S / 2
    await worker.close()


async def test_a_closed_worker_stays_closed_and_leaves_nothing_running(odd):
    pid = await odd.call("pid")
    await odd.close()
    assert not alive(pid)
    with pytest.raises(WorkerDied):
        await odd.call("greet", "you")


async def test_it_can_be_closed_while_it_starts(odd):
    starting = asyncio.create_task(odd.start())
    while odd.pid is None:
        await asyncio.sleep(0)
    await odd.close()
    (outcome,) = await asyncio.gather(starting, return_exceptions=True)
    assert isinstance(outcome, WorkerDied)
    assert odd.pid is None


async def test_a_worker_whose_assistant_is_killed_ends_by_itself(tmp_path):
    script = tmp_path / "assistant_to_be_killed.py"
    script.write_text(
        "import asyncio, os\n"
        "from assistant.worker import Engine, Worker\n"
        "async def main():\n"
        "    worker = Worker(Engine('odd', 'odd_engine:Odd'))\n"
        "    print(await worker.call('pid'), flush=True)\n"
        "    await worker.call('hang', deadline_s=60)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, str(script), stdout=asyncio.subprocess.PIPE)
    pid = int(await process.stdout.readline())
    assert alive(pid)
    os.kill(process.pid, 9)
    await process.wait()
    async with asyncio.timeout(5):
        while alive(pid):
            await asyncio.sleep(0.01)
