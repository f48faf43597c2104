"""`hark listen` as a whole process: what is said in a recording is done, and how it ended is told."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.cli.listen import print_line
from assistant.vocabulary import Finished, Outcome, Transcript, Turn

CLIPS = Path(__file__).parents[1] / "clips"


@pytest.fixture
def listen(tmp_path):
    """Give a function that plays a recording to Hark."""

    def run(*arguments):
        environment = os.environ | {"HARK_HOME": str(tmp_path / "home")}
        command = [sys.executable, "-m", "assistant", "listen", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    return run


def test_what_was_said_is_done_and_saved(listen, tmp_path):
    done = listen(CLIPS / "wake/set-a-timer-for-ten-minutes-slt.flac", "--fast", "--save", tmp_path / "reply.wav")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith("  done")
    assert (tmp_path / "reply.wav").stat().st_size > 20_000
    assert done.stderr == "hark: no Hark is running to ring what was set. Start one with `hark`.\n"


def test_talk_that_is_not_meant_for_it_is_left_alone_and_the_tape_goes_on(listen):
    """It ends within the time given, though nobody answers."""
    done = listen(CLIPS / "talk/gas-prices-went-up-again-this-week-for-the-rms.flac", "--fast", "--no-wake")
    assert "done" not in done.stdout
    assert done.stderr == ""


def test_what_failed_is_told_and_in_the_exit_status(listen):
    done = listen(CLIPS / "wake/cancel-the-timer-awb.flac", "--fast")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-1].endswith("  failed")


def test_a_target_that_cannot_be_written_is_told_before_anything_is_done(listen, tmp_path):
    (tmp_path / "file").touch()
    done = listen(CLIPS / "wake/set-a-timer-for-ten-minutes-slt.flac", "--fast", "--save", tmp_path / "file" / "reply.wav")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"hark: Cannot write {tmp_path / 'file' / 'reply.wav'}: Not a directory. Nothing was done")
    assert not (tmp_path / "home" / "hark.db").exists()


def test_the_help_says_that_it_acts(listen):
    assert "is really done" in listen("--help").stdout


@pytest.mark.parametrize(
    ("outcome", "outcomes", "word"),
    [
        (Outcome.ASKED, (), "asked"),
        (Outcome.UNKNOWN, (), "not understood"),
        (Outcome.DONE, (Outcome.FAILED, Outcome.DONE), "failed"),
    ],
)
def test_how_a_turn_ended_is_told(capsys, outcome, outcomes, word):
    print_line(Finished(1.0, Turn(1, Transcript("x", "en"), None, "", outcome, {}, None, outcomes)))
    assert capsys.readouterr().out.split(maxsplit=1)[1].strip() == word
