"""`hark chat` and plain `hark` as whole processes: through pipes, and at a terminal."""

import contextlib
import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator

import pytest

from assistant.clock import SystemClock
from assistant.config import Places
from assistant.store import Store
from assistant.timers import TimerShelf
from assistant.watch import Watch

HARK = (sys.executable, "-m", "assistant")
PATIENCE_S = 20.0


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PULSE_")}
    return kept | {"HARK_HOME": str(tmp_path), "TERM": "xterm", "PULSE_SERVER": "unix:/nonexistent"}


def piped(environment, text, *options):
    return subprocess.run(
        [*HARK, "chat", *options], input=text, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def test_a_line_in_is_a_line_out(environment):
    done = piped(
        environment,
        "flip a coin\n\n  \n现在几点\nblurb",
    )
    lines = done.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0] in {"Heads.", "Tails."}
    assert lines[1].startswith("现在")
    assert "\x1b" not in done.stdout
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_to_answer_is_told(environment, text):
    asked = subprocess.run([*HARK, "ask", text], env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr == "hark: There is nothing to answer. Try: hark ask what time is it\n"


def test_a_failure_is_in_the_exit_status(environment):
    assert piped(environment, "cancel the timer\nflip a coin\n").returncode == 1
    assert piped(environment, "").returncode == 0


def test_json_is_the_same_as_of_ask(environment):
    done = piped(environment, "set a timer for 5 minutes\n", "--json")
    asked = subprocess.run(
        [*HARK, "ask", "--json", "set a timer for 5 minutes"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    records = [json.loads(text) for text in (done.stdout, asked.stdout)]
    assert "no Hark is running to ring it" in records[0]["say"]
    for record in records:
        assert record.pop("ms").keys() == {"understand", "act", "total"}
    assert records[0] == records[1]


def test_the_conversation_goes_on_from_line_to_line(environment):
    done = piped(environment, "set a timer\nfive minutes\n", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["outcome"], first["asks"]) == ("asked", "duration")
    assert (second["action"], second["slots"], second["outcome"]) == ("timer.start", {"duration": "PT5M"}, "done")


def test_replies_come_while_the_pipe_is_open(environment):
    with subprocess.Popen([*HARK, "chat"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        for text in ("flip a coin", "flip a coin"):
            process.stdin.write(f"{text}\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() in {"Heads.", "Tails."}
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0


def test_a_pipe_takes_no_timer_from_those_who_would_hear_it(environment, tmp_path):
    places = Places(str(tmp_path))
    store = Store(places.store_file)
    shelf = TimerShelf(store, SystemClock())
    with store.write() as db:
        db.execute("INSERT INTO timer (label, duration_s, ends_at) VALUES ('tea', 1, 1)")
    with Watch(places.watch_file).keep():
        assert piped(environment, "flip a coin\n").stdout in {"Heads.\n", "Tails.\n"}
    assert [due.what.label for due in shelf.claim_due()] == ["tea"]
    store.close()


def test_a_pipe_tells_once_and_in_its_first_line_what_nobody_rang(environment, tmp_path):
    store = Store(Places(str(tmp_path)).store_file)
    with store.write() as db:
        db.execute("INSERT INTO timer (label, duration_s, ends_at) VALUES ('tea', 1, 1)")
    first, second = piped(environment, "flip a coin\nflip a coin\n").stdout.splitlines()
    assert first.startswith("While I was off, your tea timer ended on Thursday, January 1, ")
    assert second in {"Heads.", "Tails."}
    store.close()


@pytest.mark.parametrize("signal_number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_a_pipe_at_once(environment, signal_number):
    with subprocess.Popen([*HARK, "chat"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        process.stdin.write("flip a coin\n")
        process.stdin.flush()
        process.stdout.readline()
        began = time.monotonic()
        process.send_signal(signal_number)
        assert process.wait(PATIENCE_S) == 128 + signal_number
        assert time.monotonic() - began < 2


def test_a_damaged_memory_is_told_once_beside_the_replies(environment, tmp_path):
    Places(str(tmp_path)).store_file.write_bytes(b"this is no database, whatever it is called" * 100)
    done = piped(environment, "flip a coin\nflip a coin\n")
    assert done.stderr.count("The memory file is damaged.") == 1
    assert len(done.stdout.splitlines()) == 2


def test_without_a_speaker_it_says_so_and_goes_on_in_text(environment):
    done = piped(environment, "flip a coin\n", "--speak", "--speaker", "no such thing")
    assert "Replies are only shown." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip() in {"Heads.", "Tails."}
    assert done.returncode == 0


def test_plain_hark_in_a_pipe_types(environment):
    done = subprocess.run(HARK, input="flip a coin\n", env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
    assert done.stdout.strip() in {"Heads.", "Tails."}
    assert (done.returncode, done.stderr) == (0, "")


class Terminal:
    """A process at a terminal of its own."""

    def __init__(self, environment: dict[str, str], *command: str) -> None:
        self.master, self.slave = pty.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self.output = ""
        self.process = subprocess.Popen(
            [*HARK, *command], env=environment, stdin=self.slave, stdout=self.slave, stderr=self.slave, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 -- Ctrl-C must be its signal, not ours
        )  # fmt: skip

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def wait_for(self, text: str, seconds: float = PATIENCE_S) -> None:
        """Read until this has been drawn since the last wait."""
        deadline = time.monotonic() + seconds
        while text not in self.output:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.master], [], [], left)[0]:
                pytest.fail(f"'{text}' was not drawn: {self.output[-1500:]!r}")
            self._read()
        self.output = self.output.partition(text)[2]

    def end(self, seconds: float = PATIENCE_S) -> int:
        """Wait for its end, reading on, and return its status."""
        deadline = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < deadline:
            if select.select([self.master], [], [], 0.05)[0]:
                self._read()
        return self.process.wait(0.1)

    def _read(self) -> None:
        """Take what is drawn, and tell where the cursor is when asked, as terminals do."""
        drawn = os.read(self.master, 65_536).decode(errors="replace")
        self.output += drawn
        self.type("\x1b[1;1R" * drawn.count("\x1b[6n"))

    @property
    def restored(self) -> bool:
        """Whether the terminal is as it was."""
        return termios.tcgetattr(self.slave) == self.before


@contextlib.contextmanager
def terminal(environment, *command) -> Iterator[Terminal]:
    there = Terminal(environment, *command)
    try:
        yield there
    finally:
        there.process.kill()
        there.process.wait()
        os.close(there.master)
        os.close(there.slave)


def test_at_a_terminal_sentences_are_answered_and_ctrl_d_leaves(environment, tmp_path):
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        there.type("现在几点\r")
        there.wait_for("现在")
        there.wait_for("点")
        there.wait_for("›")
        there.type("\x04")
        assert there.end() == 0
        assert there.restored
        assert "Traceback" not in there.output
    assert (tmp_path / "chat_history").read_text() == "现在几点\n"


def test_tab_completes_a_command_however_quickly_it_is_typed(environment):
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        there.type("/sk\t")
        there.wait_for("/skills")
        there.type("\r")
        there.wait_for("timer.start")
        there.wait_for("›")
        there.type("\x04")
        assert there.end() == 0


def test_ctrl_c_clears_the_line(environment):
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        there.type("half a sent")
        there.wait_for("sent")
        there.type("\x03")
        there.type("flip a coin\r")
        there.wait_for("s.")
        there.wait_for("›")
        there.type("\x04")
        assert there.end() == 0


def test_ctrl_c_twice_leaves(environment):
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        there.type("\x03")
        there.wait_for("Ctrl-C again leaves")
        there.type("\x03")
        assert there.end() == 0
        assert there.restored


def test_a_timer_rings_above_the_line_being_typed_and_ctrl_c_stops_it(environment):
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        there.type("set a tea timer for 2 seconds\r")
        there.wait_for("set for 2 seconds.")
        there.wait_for("›")
        there.type("what time")
        there.wait_for("⏰ Your tea timer is done.")
        there.wait_for("what time")  # drawn again below
        there.wait_for("stops it")
        there.type("\x03")
        there.wait_for("/help")
        there.type(" is it\r")
        there.wait_for("It's")
        there.type("/quit\r")
        assert there.end() == 0
        assert there.restored


def test_sigterm_restores_the_terminal(environment):
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        began = time.monotonic()
        there.process.send_signal(signal.SIGTERM)
        assert there.end() == 143
        assert time.monotonic() - began < 2
        assert there.restored


SLEEPER = '''"""A skill that takes its time."""
import asyncio
from assistant.skill import Context, Reply, action

@action(en=["take your time"], zh=["慢慢来"])
async def slowly(ctx: Context) -> Reply:
    """Take long."""
    await asyncio.sleep(7)
    return Reply(en="At last.", zh="终于。")
'''


def test_ctrl_c_stops_an_action_and_the_conversation_goes_on(environment, tmp_path):
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "sleeper.py").write_text(SLEEPER)
    with terminal(environment, "chat") as there:
        there.wait_for("›")
        there.type("take your time\r")
        there.wait_for("\n")
        time.sleep(0.5)  # into the action, which draws nothing
        there.type("\x03")
        there.wait_for("Stopped.", 4)
        there.type("flip a coin\r")
        there.wait_for("s.")
        there.wait_for("›")
        there.type("\x04")
        assert there.end() == 0


def test_plain_hark_without_a_microphone_says_why_and_types(environment, tmp_path):
    (tmp_path / "config.toml").write_text("[audio]\nmicrophone = 'no such thing'\n")
    with terminal(environment) as there:
        there.wait_for("hark: ")
        there.wait_for("So here you type.")
        there.wait_for("›")
        there.type("\x04")
        assert there.end() == 0


@pytest.mark.sound
@pytest.mark.timeout(120)
def test_replies_are_heard_from_the_speaker(environment, sound_server):
    with sound_server.recording() as heard:
        done = subprocess.run(
            [*HARK, "chat", "--speak"], input="what time is it\n", env=sound_server.environment | {"HARK_HOME": environment["HARK_HOME"]},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        spoken = heard()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("It's")
    loud = abs(spoken.astype(float)) > 1000
    assert loud.sum() > 4800  # a tenth of a second at 48 kHz
