"""PortAudio: the library that records and plays, called so that it can neither crash nor block its caller."""

import atexit
import os
import platform
import queue
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, TypeVar

from audio.devices import WORDS, Device, Kind, choose, names
from audio.errors import DeviceError, DeviceWedged, NoPortAudio

Result = TypeVar("Result")

DEADLINE_S = 5.0
"""Seconds; opening a Bluetooth device takes up to 3, and a wedged sound server never answers at all."""

CLOSING_S = 1.0
"""Seconds for letting go of everything when the process ends, which Ctrl-C must do in under 2."""

TRIED_CHANNELS = (1, 2)
"""Raw ALSA devices often refuse mono; every sound server takes it."""

PACKAGES = {
    "debian": "libportaudio2",
    "fedora": "portaudio",
    "rhel": "portaudio",
    "arch": "portaudio",
    "suse": "libportaudio2",
    "alpine": "portaudio",
}
"""Which package brings PortAudio's library, by the ID or ID_LIKE of /etc/os-release."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A running stream."""

    stream: Any
    """sounddevice's; its `closed` may be read from any thread."""
    device: Device
    rate: int
    """Hz."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A stream somebody wants."""

    kind: Kind
    name: str | None
    """Of the device; None for the default."""
    rates: tuple[int | None, ...]
    """Hz, the best first; None for the device's own."""
    block_s: float
    """Seconds of sound per callback."""
    latency_s: float
    """Seconds of sound in the device's buffer."""
    callback: Callable[[int], Callable[..., None]]
    """Makes sounddevice's callback for the rate that was agreed on."""


class PortAudio:
    """PortAudio, called from one thread of its own.

    The library is not thread-safe, caches its list of devices until it is terminated, and any call may block for ever
    when the sound server is wedged. So calls are queued for one daemon thread, each with a deadline; one that misses it
    raises DeviceWedged, and then only ending the process helps. A process needs one of these.
    """

    def __init__(self, deadline_s: float = DEADLINE_S) -> None:
        """Start the thread; the library is loaded with the first call."""
        self.deadline_s = deadline_s
        self._calls: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._streams: list[Any] = []  # open ones, which also keeps their callbacks alive
        self._loaded: Any = None
        threading.Thread(target=self._serve, name="portaudio", daemon=True).start()
        atexit.register(self.close)

    def submit(self, call: Callable[[], Result]) -> "Future[Result]":
        """Queue a call for PortAudio's thread."""
        future: Future[Result] = Future()
        self._calls.put((future, call))
        return future

    def wait(self, future: "Future[Result]", deadline_s: float | None = None) -> Result:
        """Return the call's result; raise what it raised, or DeviceWedged if it does not come back in time."""
        try:
            return future.result(self.deadline_s if deadline_s is None else deadline_s)
        except TimeoutError as error:
            raise wedged() from error

    def devices(self) -> list[Device]:
        """List the devices PortAudio knows; NoPortAudio without the library."""
        return self.wait(self.submit(self.list_here))

    def find(self, name: str | None, kind: Kind) -> Device:
        """Return the device of that name, or the default; NoDevice names the alternatives."""
        return choose(self.devices(), name, kind)

    def close(self) -> None:
        """Close what is open and end the thread; give up on what does not let itself be closed. The last call."""
        atexit.unregister(self.close)
        future: Future[None] = Future()
        self._calls.put((future, self._close_all))
        self._calls.put(None)
        wait([future], CLOSING_S)  # a wedge does not matter any more: the operating system cleans up after the process

    # The following run on PortAudio's thread only, inside what is given to `submit`.

    def list_here(self) -> list[Device]:
        """List the devices."""
        library = self._library()
        apis = library.query_hostapis()
        default_input, default_output = library.default.device
        return [
            Device(
                index=raw["index"],
                name=raw["name"],
                inputs=raw["max_input_channels"],
                outputs=raw["max_output_channels"],
                default_input=raw["index"] == default_input,
                default_output=raw["index"] == default_output,
                host_api=apis[raw["hostapi"]]["name"],
                rate=int(raw["default_samplerate"]),
            )
            for raw in library.query_devices()
        ]

    def rate_here(self, name: str | None, kind: Kind, wanted: int) -> int:
        """Return `wanted`, in Hz, if the device takes it, else its own rate."""
        library = self._library()
        device = choose(self.list_here(), name, kind)
        check = library.check_input_settings if kind == "input" else library.check_output_settings
        channels = min(TRIED_CHANNELS[-1], device.inputs if kind == "input" else device.outputs)
        try:
            check(device=device.index, channels=channels, dtype="int16", samplerate=wanted)
        except library.PortAudioError:
            return device.rate
        return wanted

    def open_here(self, wish: "Wish") -> Opened:
        """Start a stream of int16, mono if the device lets; DeviceError if it takes none of the rates."""
        library = self._library()
        device = choose(self.list_here(), wish.name, wish.kind)
        make = library.InputStream if wish.kind == "input" else library.OutputStream
        refused: Exception | None = None
        for rate in dict.fromkeys(rate or device.rate for rate in wish.rates):
            for channels in TRIED_CHANNELS:
                try:
                    stream = make(
                        samplerate=rate,
                        blocksize=round(wish.block_s * rate),
                        device=device.index,
                        channels=channels,
                        dtype="int16",
                        latency=wish.latency_s,
                        callback=wish.callback(rate),
                    )
                    self._start_here(stream)
                except library.PortAudioError as error:
                    refused = error
                else:
                    return Opened(stream, device, rate)
        raise DeviceError(
            f"The {WORDS[wish.kind]} '{device.name}' cannot be opened: {refused}. "
            f"Another program may hold it: close that, or choose another. Found: {names(self.list_here(), wish.kind)}."
        ) from refused

    def close_here(self, stream: Any) -> None:
        """Close a stream; nothing happens if it already is."""
        if stream in self._streams:
            self._streams.remove(stream)
            stream.close()

    def busy_here(self) -> bool:
        """Tell whether any stream runs, which a refresh would interrupt."""
        return any(stream.active for stream in self._streams)

    def refresh_here(self) -> None:
        """Close everything and look for devices anew: PortAudio notices none that came or went since it was initialised."""
        library = self._library()
        self._close_all()
        if library._initialized:  # noqa: SLF001 -- sounddevice documents no other way to look again
            library._terminate()  # noqa: SLF001 -- as above
        library._initialize()  # noqa: SLF001 -- as above

    def _start_here(self, stream: Any) -> None:
        self._streams.append(stream)
        try:
            stream.start()
        except self._loaded.PortAudioError:
            self.close_here(stream)
            raise

    def _close_all(self) -> None:
        for stream in list(self._streams):
            self.close_here(stream)

    def _library(self) -> Any:
        """Load sounddevice, here and not at the top of the module: importing it loads and starts PortAudio.

        So without the library the rest of this package still works, a process that needs no sound never touches the sound
        server, and one that does is not held up by a wedged server, because this thread is.
        """
        if self._loaded is None:
            try:
                import sounddevice  # noqa: PLC0415 -- see above
            except OSError as error:
                raise NoPortAudio(no_portaudio()) from error
            atexit.unregister(sounddevice._exit_handler)  # noqa: SLF001 -- it blocks for ever on a wedged server; `close` does its work
            self._loaded = sounddevice
        return self._loaded

    def _serve(self) -> None:
        while (job := self._calls.get()) is not None:
            future, call = job
            try:
                future.set_result(self._translated(call))
            except BaseException as error:  # noqa: BLE001 -- it is raised again in the thread that waits
                future.set_exception(error)

    def _translated(self, call: Callable[[], Result]) -> Result:
        """Make what PortAudio raises one of our errors."""
        try:
            return call()
        except Exception as error:
            if self._loaded is None or not isinstance(error, self._loaded.PortAudioError):
                raise
            raise DeviceError(f"The sound system failed: {error}. Is a sound server running? `hark doctor` tells more.") from error


def wedged() -> DeviceWedged:
    """Say that PortAudio does not come back."""
    return DeviceWedged(
        "The sound server does not answer. Restart it (`systemctl --user restart pulseaudio` or `pipewire`), or log in again."
    )


def no_portaudio(os_release: Path = Path("/etc/os-release")) -> str:
    """Say which package of this system brings PortAudio."""
    told = "PortAudio, which records and plays sound, is not installed. "
    if sys.platform != "linux":
        return told + f"sounddevice's wheel for {platform.system()} brings it: install that again."
    lines = os_release.read_text("utf-8").splitlines() if os_release.is_file() else []
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    ids = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    package = next((PACKAGES[id_] for id_ in ids if id_ in PACKAGES), None)
    if package is None:
        return told + "Install libportaudio2 (Debian, Ubuntu) or portaudio (Fedora, Arch, others) and start Hark again."
    return told + f"Install the package {package} and start Hark again."


def hush_native_stderr() -> TextIO:
    """Silence what C libraries write to standard error, and return the stream that Python's own words keep going to.

    PortAudio and ALSA chatter there whenever a device comes, goes or is busy, from threads of their own. Meant for a
    worker process, before it sets up its logging: handlers made earlier hold the silenced stream.
    """
    sys.stderr.flush()
    kept = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    with Path(os.devnull).open("w", encoding="utf-8") as nothing:
        os.dup2(nothing.fileno(), 2)
    sys.stderr = kept
    return kept
