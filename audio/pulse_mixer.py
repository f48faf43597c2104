"""The mixer of PulseAudio and PipeWire.

Every call connects anew: it takes a few milliseconds, a server that was restarted is found again, and no thread owns a connection.
"""

import select
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pulsectl

from audio.errors import DeviceWedged, NoMixer
from audio.mixer import TIMEOUT_S

DUMMY = "auto_null"
"""The sink that the server makes up when there is no sound card."""


class PulseMixer:
    """The default sink of the user's sound server."""

    def __init__(self, server: str | None = None, timeout_s: float = TIMEOUT_S) -> None:
        """Take the server's address, absent means the user's, and how long one call may take."""
        self._server = server
        self._timeout_s = timeout_s

    def volume(self) -> float:
        """Return percent; above 100 when the user has amplified it."""
        with self._sink() as (_, sink):
            return 100.0 * float(sink.volume.value_flat)

    def set_volume(self, percent: float) -> None:
        """Set percent; the channels keep their balance."""
        with self._sink() as (pulse, sink):
            now = max(sink.volume.values)
            wanted = percent / 100.0
            values = [value * wanted / now if now else wanted for value in sink.volume.values]
            pulse.volume_set(sink, pulsectl.PulseVolumeInfo(values))

    def muted(self) -> bool:
        """Tell whether it is muted."""
        with self._sink() as (_, sink):
            return bool(sink.mute)

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute it."""
        with self._sink() as (pulse, sink):
            pulse.mute(sink, muted)

    @contextmanager
    def _sink(self) -> Iterator[tuple[Any, Any]]:
        """Give the connection and the default sink. Raises NoMixer, or DeviceWedged when the server takes too long."""
        deadline_s = time.monotonic() + self._timeout_s
        with pulsectl.Pulse("hark", server=self._server, connect=False) as pulse:
            pulse.set_poll_func(poll_until(deadline_s, pulse))
            try:
                pulse.connect(autospawn=False)
                sink = pulse.sink_default_get()
                if sink.name == DUMMY:
                    raise NoMixer(
                        "There is no sound output. Plug in a speaker or headphones, or look with hark doctor.",
                        "没有声音输出设备。请插上音箱或耳机，或者运行 hark doctor 看看。",
                    )
                yield pulse, sink
            except (pulsectl.PulseError, IndexError) as error:
                if time.monotonic() >= deadline_s:
                    raise DeviceWedged(
                        "The sound server does not answer. Restart it, or log out and in again.",
                        "声音服务没有反应。请重启它，或者注销后重新登录。",
                    ) from error
                raise NoMixer(
                    "No sound server runs here. Start PipeWire or PulseAudio, or log in to a desktop.",
                    "这里没有运行声音服务。请启动 PipeWire 或 PulseAudio，或者登录桌面。",
                ) from error


def poll_until(deadline_s: float, pulse: Any) -> Callable[[Sequence[Any], float], int]:
    """Return a wait for the server that ends at a moment, as `monotonic` counts; libpulse itself would wait for ever."""

    def poll(fds: Sequence[Any], timeout_s: float) -> int:
        left_s = deadline_s - time.monotonic()
        if left_s <= 0:
            pulse.connected = False  # what pulsectl looks at while it waits for an answer
            return 0
        poller = select.poll()
        for fd in fds:
            poller.register(fd.fd, fd.events)
        wait_s = left_s if timeout_s < 0 else min(left_s, timeout_s)
        happened = dict(poller.poll(1_000 * wait_s))
        for fd in fds:
            fd.revents = happened.get(fd.fd, 0)
        return len(happened)

    return poll
