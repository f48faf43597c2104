"""A sound card of one's own: a private PulseAudio whose microphone hears what a test plays and whose speaker is recorded.

PortAudio's state belongs to a process, and a wedged server hangs the one that uses it. So what is tested runs in a child,
`SoundServer.run`, which tells what it sees as JSON lines with monotonic times that the test compares with its own.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

RATE = 48_000
"""Hz of both sinks."""

PATIENCE_S = 10.0
"""Seconds to wait for what must happen."""

ASOUND = """
pcm.!pulse { type pulse }
ctl.!pulse { type pulse }
pcm.!default { type pulse }
ctl.!default { type pulse }
"""

REPOSITORY = Path(__file__).parents[1]


def until(happens: Callable[[], Any], what: str, seconds: float = PATIENCE_S) -> Any:
    """Return what `happens` returns as soon as it is true."""
    deadline = time.monotonic() + seconds
    while not (result := happens()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: did not happen in {seconds} s")
        time.sleep(0.01)
    return result


class Child:
    """A Python process and the JSON lines it writes."""

    def __init__(self, script: str, environment: dict[str, str]) -> None:
        self.told: list[dict[str, Any]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=REPOSITORY,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._errors: list[str] = []
        self._readers = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for reader in self._readers:
            reader.start()

    def wait_for(self, what: str, since: float = 0.0, **fields: Any) -> dict[str, Any]:
        """Return the first line, told after `since`, that has these fields."""

        def found() -> dict[str, Any] | None:
            return next((line for line in list(self.told) if line["at"] >= since and fields.items() <= line.items()), None)

        try:
            until(lambda: found() or self.process.poll() is not None, what)
        except TimeoutError:
            return self._fail(what)
        if self.process.poll() is not None:
            self._join()
        return found() or self._fail(what)

    def say(self, line: str) -> None:
        """Write a line to the process."""
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Wait for the process and return its exit code."""
        try:
            return self.process.wait(PATIENCE_S)
        finally:
            self.kill()

    def kill(self) -> None:
        """End it whatever it does."""
        self.process.kill()
        self.process.wait()
        self._join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def _join(self) -> None:
        for reader in self._readers:
            reader.join()

    def _fail(self, what: str) -> Any:
        self.kill()
        pytest.fail(f"{what}: the child told {self.told[-5:]} and wrote {''.join(self._errors)[-2000:]}")

    def _read(self) -> None:
        for line in self.process.stdout:
            self.told.append(json.loads(line))

    def _read_errors(self) -> None:
        for line in self.process.stderr:
            self._errors.append(line)


class SoundServer:
    """The daemon, its sinks and its tools."""

    def __init__(self, home: Path) -> None:
        (home / ".asoundrc").write_text(ASOUND)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "DBUS_", "DISPLAY", "WAYLAND_"))}
        self._socket = home / "native"
        self.environment = {
            **kept,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "PULSE_RUNTIME_PATH": str(home / "pulse"),
            "PULSE_SERVER": f"unix:{self._socket}",
        }
        self._log = home / "pulseaudio.log"
        self._daemon: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the daemon with both devices plugged in."""
        self._socket.unlink(missing_ok=True)
        with self._log.open("ab") as log:
            self._daemon = subprocess.Popen(
                [
                    *("pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"),
                    *("--high-priority=no", "--realtime=no", "--log-target=stderr"),
                    f"--load=module-native-protocol-unix auth-anonymous=1 socket={self._socket}",
                ],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until(lambda: self.control("info", check=False), f"PulseAudio starts, see {self._log}")
        self.plug()

    def kill(self) -> None:
        """End the daemon at once, as a crash does."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def plug(self, *, sleepy: bool = False) -> None:
        """Plug in the headset: a sink that is its microphone's membrane, and one that is its speaker.

        A sleepy one takes up to 2 s to deliver its first sample, as PulseAudio's null sinks do when they may rewind.
        """
        rewinds = [] if sleepy else ["norewinds=1"]
        for name in ("mic", "speaker"):
            self.control("load-module", "module-null-sink", f"sink_name={name}", f"rate={RATE}", "channels=1", *rewinds)
        self.control("set-default-source", "mic.monitor")
        self.control("set-default-sink", "speaker")

    def unplug(self) -> None:
        """Pull the headset out: no microphone or speaker is left."""
        self.control("unload-module", "module-null-sink")

    def freeze(self) -> None:
        """Wedge the daemon: it is there, and answers nothing."""
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let the daemon go on."""
        self._daemon.send_signal(signal.SIGCONT)

    @property
    def plugged(self) -> bool:
        """Whether the daemon runs with both devices."""
        return self._daemon is not None and "mic.monitor" in self.control("list", "short", "sources")

    def control(self, *command: str, check: bool = True) -> str:
        """Run pactl and return what it prints."""
        done = subprocess.run(["pactl", *command], env=self.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=check)
        return done.stdout

    @contextmanager
    def playing(self, samples: np.ndarray, rate: int = RATE) -> Iterator[None]:
        """Play into the microphone while the block runs, to the end at most."""
        player = subprocess.Popen(
            ["pacat", "--playback", "--device=mic", *_raw(rate), "--latency-msec=50"], env=self.environment, stdin=subprocess.PIPE
        )

        def feed() -> None:
            with player.stdin as pipe:
                pipe.write(samples.astype("<i2").tobytes())

        feeder = threading.Thread(target=_quietly, args=(feed,))
        feeder.start()
        try:
            yield
        finally:
            player.kill()
            player.wait()
            feeder.join()

    @contextmanager
    def recording(self, rate: int = RATE) -> Iterator[Callable[[], np.ndarray]]:
        """Record what the speaker plays; calling the result gives what came so far, int16."""
        tape = self._socket.with_name("tape.raw")
        with tape.open("wb") as file:
            recorder = subprocess.Popen(
                ["parec", "--device=speaker.monitor", *_raw(rate), "--latency-msec=20"], env=self.environment, stdout=file
            )
        try:
            until(lambda: tape.stat().st_size, "the recorder delivers")
            yield lambda: np.frombuffer(tape.read_bytes()[: tape.stat().st_size // 2 * 2], "<i2")
        finally:
            recorder.kill()
            recorder.wait()

    @contextmanager
    def run(self, script: str) -> Iterator[Child]:
        """Run Python in a child that lives in this server's world."""
        child = Child(script, self.environment)
        try:
            yield child
        finally:
            child.kill()


def _raw(rate: int) -> tuple[str, ...]:
    return "--raw", "--format=s16le", "--channels=1", f"--rate={rate}"


def _quietly(feed: Callable[[], None]) -> None:
    """Feed until the player is gone."""
    try:
        feed()
    except BrokenPipeError:
        return


@pytest.fixture(scope="session")
def _sound_world() -> Iterator[SoundServer]:
    if shutil.which("pulseaudio") is None and "CI" not in os.environ:
        pytest.skip("pulseaudio is not installed; on Debian: pulseaudio, pulseaudio-utils, libasound2-plugins, libportaudio2")
    home = Path(tempfile.mkdtemp(prefix="hark-"))  # a socket's path has 108 bytes, fewer than pytest's own folders take
    server = SoundServer(home)
    try:
        yield server
    finally:
        server.kill()
        shutil.rmtree(home)


@pytest.fixture
def sound_server(_sound_world: SoundServer) -> Iterator[SoundServer]:
    """Give a test the private sound server, running and plugged in; one for all tests, as it starts anew after a mishap."""
    if not _sound_world.plugged:
        _sound_world.kill()
        _sound_world.start()
    try:
        yield _sound_world
    except BaseException:
        _sound_world.kill()
        raise
