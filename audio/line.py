"""A line to a sound device: opened, watched, and opened again when the device has gone and come back."""

from concurrent.futures import Future
from enum import StrEnum
from functools import partial

from audio.errors import DeviceError
from audio.portaudio import Opened, PortAudio, Wish, wedged

LOST_S = 0.75
"""Seconds without a callback: 20 blocks, longer than any hiccup of a busy machine, and told well within 2 s."""

FIRST_S = 4.0
"""Seconds until the first callback: PulseAudio takes up to 2 to wake a source."""

SILENT_S = 1.0
"""Seconds of digital zeros: a microphone that works never delivers even 0.1 s of them."""

RETRY_S = 0.5
"""Seconds between two tries to open a device that is gone."""


class Health(StrEnum):
    """How a line is doing."""

    CLOSED = "closed"
    """Not wanted now."""
    OPENING = "opening"
    """Asked for; nothing has been recorded or played yet."""
    LIVE = "live"
    """At work."""
    SILENT = "silent"
    """A microphone that delivers nothing but zeros: muted, or a device that went stale."""
    LOST = "lost"
    """The device is gone or its server does not answer; it is being looked for."""


class Watchdog:
    """Tells from the times of a stream's callbacks how it does; PortAudio raises nothing on unplug. Knows no clock."""

    def __init__(self, now: float) -> None:
        """Take the time at which the stream was opened, in seconds of any clock."""
        self._opened = now
        self._last: float | None = None
        self._zeros_since: float | None = None

    def callback(self, now: float, *, zeros: bool = False) -> None:
        """Note a callback, and whether all it brought was zeros; one from before the opening was another stream's."""
        if now < self._opened:
            return
        self._last = now
        if not zeros:
            self._zeros_since = None
        elif self._zeros_since is None:
            self._zeros_since = now

    def check(self, now: float) -> Health:
        """Return how the stream does."""
        if self._last is None:
            return Health.OPENING if now - self._opened <= FIRST_S else Health.LOST
        if now - self._last > LOST_S:
            return Health.LOST
        if self._zeros_since is not None and self._last - self._zeros_since > SILENT_S:
            return Health.SILENT
        return Health.LIVE


class Line:
    """Keeps a stream open; call `tend` often, from one thread. Blocks in `open` only.

    After a loss it tries every RETRY_S: first as before, which is enough for a server that was restarted, then with the
    devices looked up anew. That closes all streams of the process, so other lines at work are disturbed at most every
    `patience_s`; they open again by themselves.
    """

    def __init__(self, system: PortAudio, wish: Wish, patience_s: float) -> None:
        """Take what to open, and how long other lines at work go undisturbed."""
        self.state = Health.CLOSED
        self.opened: Opened | None = None
        self.fault: DeviceError | None = None
        """Why it could not be opened the last time; None while all is well."""
        self._system = system
        self._wish = wish
        self._patience_s = patience_s
        self._watchdog = Watchdog(0.0)
        self._job: Future[Opened] | None = None
        self._job_at = self._retry_at = self._disturbed_at = 0.0
        self._tries = 0  # since it last was well

    def open(self, now: float) -> None:
        """Open the stream and wait for that; DeviceError if it cannot be."""
        self._system.wait(self._begin(now))
        self._collect(now)

    def tend(self, now: float) -> None:
        """Do what is due: open, notice a loss, try again; DeviceWedged when PortAudio does not come back."""
        if self._job is not None:
            self._collect(now)
        elif self.opened is None:
            if now >= self._retry_at:
                self._begin(now)
        elif self.opened.stream.closed:  # another line had to look for its device
            self._begin(now)
        else:
            self._judge(self._watchdog.check(now), now)

    def rest(self, now: float) -> None:
        """Close the stream until it is tended again."""
        if self._job is not None:
            self._collect(now)
        if self._job is None and self.state is not Health.CLOSED:
            if self.opened is not None:
                self._system.submit(partial(self._system.close_here, self.opened.stream))
            self.opened, self.fault, self.state = None, None, Health.CLOSED
            self._tries = 0
            self._retry_at = now

    def callback(self, at: float, *, zeros: bool = False) -> None:
        """Note a callback, and whether all it brought was zeros."""
        self._watchdog.callback(at, zeros=zeros)

    def _judge(self, health: Health, now: float) -> None:
        """Take over what the watchdog says; a lost line counts as lost until the first callback."""
        if health is Health.LOST:
            self.state = Health.LOST
            self._begin(now)
        elif health is not Health.OPENING:
            self.state, self.fault, self._tries = health, None, 0

    def _begin(self, now: float) -> Future[Opened]:
        """Ask PortAudio's thread to open the stream."""
        if self.state is not Health.LOST:
            self.state = Health.OPENING
        if not self._tries:
            self._disturbed_at = now
        disturb = now - self._disturbed_at >= self._patience_s
        if disturb:
            self._disturbed_at = now
        old, self.opened = self.opened, None
        self._job = self._system.submit(partial(self._reopen, old, anew=self._tries > 0, disturb=disturb))
        self._job_at = now
        self._retry_at = now + RETRY_S
        self._tries += 1
        return self._job

    def _reopen(self, old: Opened | None, *, anew: bool, disturb: bool) -> Opened:
        """Close what was and open it again; on PortAudio's thread."""
        if old is not None:
            self._system.close_here(old.stream)
        if anew and (disturb or not self._system.busy_here()):
            self._system.refresh_here()
        return self._system.open_here(self._wish)

    def _collect(self, now: float) -> None:
        """Take the outcome of the opening, if it is there."""
        job = self._job
        if job is None:
            return
        if not job.done():
            if now - self._job_at > self._system.deadline_s:
                raise wedged()
            return
        self._job = None
        error = job.exception()
        if error is None:
            self.opened = job.result()
            self._watchdog = Watchdog(self._job_at)
        elif isinstance(error, DeviceError):
            self.state, self.fault = Health.LOST, error
        else:
            raise error
