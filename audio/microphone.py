"""The microphone, as frames of the size the models want."""

import queue
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from audio.devices import Device
from audio.errors import DeviceError
from audio.line import Health, Line
from audio.portaudio import PortAudio, Wish
from audio.resampler import Resampler
from audio.vocabulary import FRAME, RATE, AudioChunk, Samples

BLOCK_S = FRAME / RATE
"""Seconds per callback: one frame. Through PulseAudio, blocks of 64 ms halve the 1.3 % of a core it costs, and add 16 ms."""

LATENCY_S = 2 * BLOCK_S
"""Seconds of buffer asked of the device."""

WAITING = 94
"""Blocks, 3 s: a consumer that is further behind loses the oldest sound, for nobody waits that long for an answer."""

PATIENCE_S = 2.5
"""Seconds for which what is being said goes undisturbed by the search for a lost microphone."""

TEND_S = 0.1
"""Seconds between two looks at the line while nothing arrives."""


class Microphone:
    """A microphone that is listening, and goes on listening when its device went and came back.

    Recording happens in PortAudio's callback, which copies the block into a queue and nothing else. All methods belong to
    one thread. Stream time counts the samples delivered, so a loss leaves no gap in it; `state` tells of the loss.
    """

    def __init__(self, system: PortAudio, name: str | None = None, rate: int = RATE) -> None:
        """Open the microphone of that name, or the default; DeviceError if there is none or it cannot be opened."""
        self.rate = rate
        self.dropped = 0
        """Blocks lost because nobody read them in time."""
        self._blocks: queue.SimpleQueue[tuple[float, int, Samples]] = queue.SimpleQueue()
        self._resampler = Resampler(rate, rate)
        self._pending: Samples = np.zeros(0, np.int16)
        self._delivered = 0
        self._line = Line(system, Wish("input", name, (rate, None), BLOCK_S, LATENCY_S, self._recorder), PATIENCE_S)
        self._line.open(time.monotonic())

    @property
    def state(self) -> Health:
        """How it was doing at the last `read`."""
        return self._line.state

    @property
    def fault(self) -> DeviceError | None:
        """Why a lost microphone could not be opened again, so far."""
        return self._line.fault

    @property
    def device(self) -> Device | None:
        """What it records from; None while it is being looked for."""
        return self._line.opened.device if self._line.opened else None

    def read(self, timeout_s: float) -> AudioChunk | None:
        """Return the next FRAME samples, or None when they do not come in time; DeviceWedged ends the process's use."""
        deadline = time.monotonic() + timeout_s
        while len(self._pending) < FRAME:
            try:
                at, rate, samples = self._blocks.get(timeout=max(0.0, min(TEND_S, deadline - time.monotonic())))
            except queue.Empty:
                now = time.monotonic()
                self._line.tend(now)
                if now >= deadline:
                    return None
                continue
            self._line.callback(at, zeros=not samples.any())
            self._line.tend(at)  # judged as of then: a reader that is late has not lost its microphone
            if rate != self._resampler.source_rate:
                self._resampler = Resampler(rate, self.rate)
            self._pending = np.concatenate([self._pending, self._resampler.push(samples)])
        frame, self._pending = self._pending[:FRAME], self._pending[FRAME:]
        chunk = AudioChunk(frame, self.rate, self._delivered / self.rate)
        self._delivered += FRAME
        return chunk

    def close(self) -> None:
        """Let go of the device."""
        self._line.rest(time.monotonic())

    def _recorder(self, rate: int) -> Callable[..., None]:
        """Make the callback for a stream of that rate."""

        def record(block: Any, _frames: int, _time: Any, _status: Any) -> None:
            while self._blocks.qsize() >= WAITING:
                self._drop_oldest()
            self._blocks.put((time.monotonic(), rate, block[:, 0].copy()))

        return record

    def _drop_oldest(self) -> None:
        try:
            self._blocks.get_nowait()
        except queue.Empty:  # the reader was quicker
            return
        self.dropped += 1
