"""What is to be played: the queue between the conversation and the loudspeaker."""

import math
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from audio.errors import QueueFull
from audio.resampler import Resampler, to_int16
from audio.vocabulary import Samples

FADE_S = 0.010
"""Seconds from full to nothing; shorter is heard as a click, longer as a late stop."""

DUCK_S = 0.050
"""Seconds from full to nothing while ducking, which should sound like a hand on the volume."""

LIMIT_S = 600.0
"""Seconds of sound that may wait: longer than anybody listens, and 58 MB at 48 kHz."""

REMEMBERED = 64
"""Stopped utterances whose late pieces are still turned away."""


class Position(NamedTuple):
    """Where the playback stands."""

    utterance_id: str
    seconds: float
    """Handed to the device of this utterance; the device's latency is not taken off."""


@dataclass(slots=True, eq=False)
class _Utterance:
    """One thing to be said or sounded; its pieces go as they are played, a loop's come round again."""

    id: str
    resampler: Resampler
    loop: bool
    level: float
    """0..1, where the fade stands."""
    pieces: deque[Samples] = field(default_factory=deque)
    """A loop has one."""
    waiting: int = 0
    """Samples not yet played; of a loop, those of one round."""
    played: int = 0
    """Samples played; of a loop, over all its rounds."""
    offset: int = 0
    """Samples already played of the first piece."""
    complete: bool = False
    """No more pieces come."""
    stopped: bool = False
    """It goes as soon as the fade has reached silence."""

    def add(self, piece: Samples) -> None:
        """Append a piece."""
        if len(piece):
            self.pieces.append(piece)
            self.waiting += len(piece)

    def take(self, room: int) -> Samples:
        """Return the next samples of the first piece, `room` at most."""
        piece = self.pieces[0]
        taken = piece[self.offset : self.offset + room]
        self.offset += len(taken)
        self.played += len(taken)
        if self.offset == len(piece):
            self.offset = 0
        if self.loop:
            return taken
        self.waiting -= len(taken)
        if not self.offset:
            self.pieces.popleft()
        return taken


class _Stretch(NamedTuple):
    """How the next samples are to sound."""

    samples: int
    """At most so many."""
    goal: float
    """The level they move to."""
    step: float
    """How far each sample moves it."""


class Playback:
    """Utterances one after another, as samples at the device's rate.

    They play in the order of their first piece; one that runs dry before its end keeps its turn, silently. A loop sounds
    only while nothing else does: speech interrupts the ringing, which then goes on. Where sound is cut (a stop, a dry
    queue, a loop giving way) it fades, so that nothing clicks; otherwise it is played as it came, bit for bit.
    Any thread may call anything. No lock that `pull` takes is held while sound is resampled.
    """

    def __init__(self, rate: int, tap: Callable[[Samples], None] | None = None) -> None:
        """Take the rate of the device, in Hz, and who is given all that is pulled, which must be quick about it."""
        self.rate = rate
        self._tap = tap
        self._fade = math.ceil(FADE_S * rate)  # samples
        self._producing = threading.Lock()  # one piece at a time is resampled; held for as long as that takes
        self._state = threading.Lock()  # guards all below; held for moments
        self._queue: deque[_Utterance] = deque()
        self._loops: deque[_Utterance] = deque()
        self._finished: list[str] = []
        self._refused: deque[str] = deque(maxlen=REMEMBERED)
        self._duck_level = self._duck_goal = 1.0
        self._held = False
        self._hold_level = 1.0

    def put(self, utterance_id: str, samples: Samples, rate: int, *, loop: bool = False) -> None:
        """Queue a piece of an utterance; ownership of `samples` passes.

        A loop is one piece, complete, and sounds until it is stopped. Pieces of a stopped utterance are dropped until its
        `end`; the id of a complete one may be used again, and that has a turn of its own.
        Raises QueueFull, keeping nothing of the piece, when more than LIMIT_S would wait.
        """
        seconds = len(samples) / rate
        with self._producing:
            with self._state:
                if utterance_id in self._refused:
                    return
                if self._queued_s() + seconds > LIMIT_S:
                    raise QueueFull(f"{LIMIT_S / 60:.0f} minutes of sound wait to be played. Let some of it be heard, or stop it.")
                utterance = (None if loop else self._find(utterance_id)) or self._admit(utterance_id, rate, loop=loop)
            if utterance.resampler.source_rate != rate:
                raise ValueError(f"{utterance_id} began at {utterance.resampler.source_rate} Hz and cannot go on at {rate} Hz.")
            piece = utterance.resampler.push(samples, last=loop)
            with self._state:
                utterance.add(piece)
                utterance.complete |= loop

    def end(self, utterance_id: str) -> None:
        """Say that an utterance has all its pieces."""
        with self._producing:
            with self._state:
                if utterance_id in self._refused:
                    self._refused.remove(utterance_id)
                    return
                utterance = self._find(utterance_id) or self._admit(utterance_id, self.rate, loop=False)
            rest = utterance.resampler.push(np.zeros(0, np.int16), last=True)
            with self._state:
                utterance.add(rest)
                utterance.complete = True
                self._drop_spent()

    def stop(self, utterance_id: str | None = None) -> list[str]:
        """Fade out and drop an utterance, or all with None; return the ids of what will not be heard to its end."""
        with self._state:
            gone = [u for u in (*self._queue, *self._loops) if not u.stopped and utterance_id in (None, u.id)]
            for utterance in gone:
                utterance.stopped = True
                if not self._hold_level:
                    utterance.level = 0.0  # it is silent already
            self._refused.extend(u.id for u in gone if not u.complete and not u.loop)
            self._drop_spent()
        return [u.id for u in gone]

    def duck(self, gain: float) -> None:
        """Move the volume to `gain`, 0..1, gently; 1 gives it back."""
        with self._state:
            self._duck_goal = gain
            if not (self._queue or self._loops):
                self._duck_level = gain

    def hold(self, on: bool) -> None:
        """Fade out and let everything wait where it is, or fade in and go on from there."""
        with self._state:
            self._held = on

    def pull(self, n: int) -> Samples:
        """Return the next `n` samples, silence where there are none; for the audio callback."""
        out = np.zeros(n, np.int16)
        at = 0
        with self._state:
            room = min(n, math.ceil(self._hold_level * self._fade)) if self._held else n
            while at < room and (utterance := self._sounding()) is not None:
                stretch = self._stretch(utterance, room - at)
                if not stretch.samples:
                    break
                taken = utterance.take(stretch.samples)
                utterance.level = _ramp(taken, out[at : at + len(taken)], utterance.level, stretch.goal, stretch.step)
                at += len(taken)
                self._drop_spent()
            if room:
                self._hold_level = _ramp(out[:room], out[:room], self._hold_level, 0.0 if self._held else 1.0, 1.0 / self._fade)
            self._duck_level = _ramp(out, out, self._duck_level, self._duck_goal, 1.0 / (DUCK_S * self.rate))
        if self._tap:
            self._tap(out)
        return out

    def finished(self) -> list[str]:
        """Return, once, the ids of what was played to its end since the last call."""
        with self._state:
            ended, self._finished = self._finished, []
        return ended

    @property
    def playing(self) -> bool:
        """Whether anything sounds or waits to."""
        return bool(self._queue or self._loops)

    @property
    def position(self) -> Position | None:
        """What sounds, and how much of it has sounded; None when nothing does."""
        with self._state:
            utterance = self._sounding()
            return None if utterance is None else Position(utterance.id, utterance.played / self.rate)

    @property
    def queued_s(self) -> float:
        """Seconds of sound that wait."""
        with self._state:
            return self._queued_s()

    def _queued_s(self) -> float:
        return sum(u.waiting for u in (*self._queue, *self._loops)) / self.rate

    def _find(self, utterance_id: str) -> _Utterance | None:
        """Return the utterance of that id that takes pieces."""
        return next((u for u in self._queue if u.id == utterance_id and not u.stopped and not u.complete), None)

    def _admit(self, utterance_id: str, rate: int, *, loop: bool) -> _Utterance:
        """Give an utterance its turn."""
        utterance = _Utterance(utterance_id, Resampler(rate, self.rate), loop, level=0.0 if loop else 1.0)
        (self._loops if loop else self._queue).append(utterance)
        return utterance

    def _sounding(self) -> _Utterance | None:
        """Return what sounds now: a loop fades before it gives way."""
        if self._loops and (not self._queue or self._loops[0].level > 0):
            return self._loops[0]
        return self._queue[0] if self._queue else None

    def _stretch(self, utterance: _Utterance, room: int) -> _Stretch:
        """Say how many samples may sound and where their level goes; none while more is awaited."""
        fade = self._fade
        if utterance.stopped or (utterance.loop and self._queue):
            left = min(utterance.waiting, math.ceil(utterance.level * fade))
            return _Stretch(min(room, left), 0.0, utterance.level / left if left else 1.0)
        if utterance.complete or not utterance.waiting:
            return _Stretch(min(room, utterance.waiting), 1.0, 1.0 / fade)
        silent = utterance.played == 0 or utterance.level == 0
        if silent and utterance.waiting < 2 * fade:  # too little to fade in and, should it stay alone, out again
            return _Stretch(0, 0.0, 0.0)
        if utterance.waiting > fade:
            return _Stretch(min(room, utterance.waiting - fade), 1.0, 1.0 / fade)
        return _Stretch(min(room, utterance.waiting), 0.0, utterance.level / utterance.waiting)

    def _drop_spent(self) -> None:
        """Remove what has sounded to its end or has been stopped and is silent, and notice the former."""
        for utterance in (*self._queue, *self._loops):
            first = utterance in (self._queue[0] if self._queue else None, self._loops[0] if self._loops else None)
            audible = first and utterance.played > 0 and utterance.level > 0 and utterance.waiting > 0
            heard = first and utterance.complete and not utterance.waiting and not utterance.loop
            if heard or (utterance.stopped and not audible):
                (self._loops if utterance.loop else self._queue).remove(utterance)
                if not utterance.stopped:
                    self._finished.append(utterance.id)


def _ramp(samples: Samples, out: Samples, level: float, goal: float, step: float) -> float:
    """Write the samples into `out` with their level moving to the goal; return where it arrives."""
    if level == goal == 1.0 or not len(samples):
        out[:] = samples
        return level
    levels = level + math.copysign(step, goal - level) * np.arange(1, len(samples) + 1)
    np.clip(levels, min(level, goal), max(level, goal), out=levels)
    out[:] = to_int16(samples * levels)
    return goal if abs(goal - levels[-1]) < step / 2 else float(levels[-1])
