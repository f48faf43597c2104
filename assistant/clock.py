"""Time as an object, so that a conversation of minutes is tested in milliseconds."""

import asyncio
import heapq
import itertools
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> datetime:
        """Return local time, aware of its zone."""

    def monotonic(self) -> float:
        """Return seconds from some fixed point; never goes back."""

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until `monotonic` has reached this many seconds."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return local time, aware of its zone."""
        return datetime.now(UTC).astimezone()

    def monotonic(self) -> float:
        """Return seconds from some fixed point; never goes back."""
        return time.monotonic()

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until `monotonic` has reached this many seconds."""
        await asyncio.sleep(max(0.0, moment_s - time.monotonic()))


class VirtualClock:
    """A clock that moves only when told; for scripted conversations and for recordings."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._elapsed_s = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._order = itertools.count()

    def now(self) -> datetime:
        """Return the start moved on by what has elapsed."""
        return self._start + timedelta(seconds=self._elapsed_s)

    def monotonic(self) -> float:
        """Return what has elapsed, in seconds."""
        return self._elapsed_s

    async def sleep_until(self, moment_s: float) -> None:
        """Wait until `advance` has carried the clock past this moment."""
        if moment_s <= self._elapsed_s:
            await asyncio.sleep(0)
            return
        waiter = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (moment_s, next(self._order), waiter))
        await waiter

    def advance(self, seconds: float) -> None:
        """Move on, waking whoever waited for a moment that has passed, in order."""
        self._elapsed_s += seconds
        while self._sleepers and self._sleepers[0][0] <= self._elapsed_s:
            _, _, waiter = heapq.heappop(self._sleepers)
            if not waiter.done():
                waiter.set_result(None)
