"""A worker: one engine in a supervised child process.

Every wait has a deadline; an engine that hangs is killed, one that dies is started again with back-off, and either costs one
error to whoever waited. The conversation never loads a native library itself, so none can take it down.
"""

import asyncio
import contextlib
import itertools
import os
import signal
import struct
import sys
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import msgspec

from assistant.errors import WorkerDied, WorkerFault, WorkerHung
from assistant.hosting import CANCEL, LENGTH, LONGEST_MESSAGE, SAMPLES

START_S = 20.0
"""To build an engine: reading a model from a cold disk."""

CALL_S = 10.0
"""For one answer, unless the caller knows better."""

BACKOFF_S = (0.0, 0.5, 1.0, 2.0)
"""Waits before the first, second, ... restart in a row; with the longest, an answer still comes within five seconds of a death."""

HEALTHY_S = 20.0
"""A worker that lived this long starts again without waiting."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What a worker hosts."""

    name: str
    """Of the stage: sound, asr, tts, llm."""
    target: str
    """`module:Class`."""
    options: dict[str, Any] = field(default_factory=dict)
    """Plain data for the constructor."""
    start_s: float = START_S
    """Seconds it may take to build it."""


Notice = Callable[[Any], None]


class Worker:
    """Runs an engine and talks to it; starts it when first used and again when it has died."""

    def __init__(
        self, engine: Engine, on_notice: Notice | None = None, errors: IO[bytes] | Path | None = None, on_death: Notice | None = None
    ) -> None:
        """Take the engine, who hears what it says unasked, where its standard error goes (ours when None), who hears of its death.

        A file is shared with others; a path is opened when the process starts.
        """
        self.engine = engine
        self.restarts = 0
        self._on_notice = on_notice
        self._on_death = on_death
        self._errors = errors
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._waiting: dict[int, asyncio.Queue[tuple[str, Any]]] = {}
        self._numbers = itertools.count(1)
        self._failures = 0
        self._started_at = 0.0
        self._closed = False
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(tuple[int, str, Any], ext_hook=samples_in)

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        return self._process.pid if self._process and self._process.returncode is None else None

    async def start(self) -> None:
        """Build the engine in its process, unless it is there. Raises WorkerFault, WorkerDied or WorkerHung."""
        async with self._starting:
            if self._closed:
                raise WorkerDied(f"{self.engine.name} is closed.")
            if self.pid is not None and self._reader and not self._reader.done():
                return
            await self._reap()
            loop = asyncio.get_running_loop()
            if loop.time() - self._started_at > HEALTHY_S:
                self._failures = 0
            await asyncio.sleep(BACKOFF_S[min(self._failures, len(BACKOFF_S) - 1)])
            self.restarts += self._started_at > 0
            self._failures += 1
            self._started_at = loop.time()
            await self._launch()

    async def _launch(self) -> None:
        with contextlib.ExitStack() as stack:
            errors = stack.enter_context(self._errors.open("ab")) if isinstance(self._errors, Path) else self._errors
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "assistant.hosting",
                self.engine.target,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
                env=os.environ | {"PYTHONSAFEPATH": "1"},
            )
        inbox = self._waiting[0] = asyncio.Queue()
        self._reader = asyncio.create_task(self._read(self._process), name=f"read {self.engine.name}")
        try:
            self._write(self._encoder.encode(self.engine.options))
            async with asyncio.timeout(self.engine.start_s):
                await self._take(inbox)
        except TimeoutError:
            await self._kill()
            raise WorkerHung(f"The {self.engine.name} engine was not ready after {self.engine.start_s:g} s.") from None
        except (WorkerDied, WorkerFault, asyncio.CancelledError):
            await self._kill()
            raise
        finally:
            self._waiting.pop(0, None)

    async def call(self, method: str, *args: Any, deadline_s: float = CALL_S) -> Any:
        """Return what a method returns, as plain data. Raises WorkerFault, WorkerDied, or WorkerHung after killing it."""
        async for value in self._ask(method, args, deadline_s):
            return value
        return None

    async def stream(self, method: str, *args: Any, deadline_s: float = CALL_S) -> AsyncGenerator[Any]:
        """Yield what a generator method yields; each item has the deadline. Closing the iterator stops the work."""
        async with contextlib.aclosing(self._ask(method, args, deadline_s)) as items:
            async for item in items:
                yield item

    async def _ask(self, method: str, args: tuple[Any, ...], deadline_s: float) -> AsyncGenerator[Any]:
        await self.start()
        number = next(self._numbers)
        inbox: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self._waiting[number] = inbox
        ended = False
        try:
            self._write(self._encoder.encode([number, method, [samples_out(arg) for arg in args]]))
            while not ended:
                async with asyncio.timeout(deadline_s):
                    kind, value = await self._take(inbox)
                ended = kind != "item"
                if kind != "end":
                    yield value
        except TimeoutError:
            ended = True
            await self._kill()
            raise WorkerHung(f"The {self.engine.name} engine did not answer within {deadline_s:g} s and was restarted.") from None
        except (WorkerDied, WorkerFault):
            ended = True
            raise
        finally:
            self._waiting.pop(number, None)
            if not ended and self.pid is not None:
                self._write(self._encoder.encode([0, CANCEL, [number]]))

    async def _take(self, inbox: "asyncio.Queue[tuple[str, Any]]") -> tuple[str, Any]:
        kind, value = await inbox.get()
        if kind == "error":
            raise WorkerFault(str(value))
        if kind == "died":
            raise WorkerDied(str(value))
        return kind, value

    def _write(self, message: bytes) -> None:
        if self._process is None or self._process.stdin is None or self._process.stdin.is_closing():
            raise WorkerDied(f"The {self.engine.name} engine is gone.")
        self._process.stdin.write(LENGTH.pack(len(message)) + message)

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        """Hand every message to whoever waits for it; when the pipe ends or brings garbage, tell all of them."""
        why = "ended"
        stdout = process.stdout
        try:
            while stdout:
                (length,) = LENGTH.unpack(await stdout.readexactly(LENGTH.size))
                if length > LONGEST_MESSAGE:
                    why = "sent garbage"
                    break
                number, kind, value = self._decoder.decode(await stdout.readexactly(length))
                if kind == "notice":
                    if self._on_notice:
                        self._on_notice(value)
                elif number in self._waiting:
                    self._waiting[number].put_nowait((kind, value))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        except (msgspec.DecodeError, struct.error):
            why = "sent garbage"
        end_now(process)
        told = f"The {self.engine.name} engine {why} and is started again."
        for inbox in self._waiting.values():
            inbox.put_nowait(("died", told))
        if self._on_death and not self._closed:
            self._on_death(told)

    async def _kill(self) -> None:
        """End the process at once and collect what is left of it."""
        if self._process:
            end_now(self._process)
        await self._reap()

    async def _reap(self) -> None:
        """Collect what is left of the process; several may be at it, as when it is closed while it starts."""
        process, self._process = self._process, None
        reader, self._reader = self._reader, None
        if process:
            await process.wait()
            if process.stdin:
                process.stdin.close()
        if reader:
            await asyncio.gather(reader, return_exceptions=True)

    async def close(self) -> None:
        """End the process for good."""
        self._closed = True
        await self._kill()

    async def kill(self) -> None:
        """End the process now; the next call starts it again."""
        await self._kill()


def end_now(process: asyncio.subprocess.Process) -> None:
    """Kill a process that has not been collected yet.

    Not by its own `kill`: that looks whether the process has ended, and thereby takes its status away from asyncio.
    """
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def samples_out(value: Any) -> Any:
    """Mark samples, which this process only carries as raw bytes, as what they are."""
    return msgspec.msgpack.Ext(SAMPLES, value) if isinstance(value, memoryview) else value


def samples_in(code: int, data: memoryview) -> memoryview:
    """Keep samples as raw bytes: this process never computes with them."""
    if code != SAMPLES:
        raise ValueError(f"no such extension: {code}")
    return memoryview(bytes(data))
