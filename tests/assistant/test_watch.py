"""Whether some Hark is there to ring."""

import signal
import subprocess
import sys

from assistant.watch import Watch


def test_nobody_keeps_watch_until_somebody_does(tmp_path):
    watch = Watch(tmp_path / "lock")
    assert not watch.kept
    with watch.keep(), Watch(tmp_path / "lock").keep():
        assert watch.kept
        assert Watch(tmp_path / "lock").kept
    assert not watch.kept


def test_a_hark_that_is_killed_keeps_watch_no_more(tmp_path):
    path = tmp_path / "lock"
    code = (
        "import sys, pathlib, assistant.watch\n"
        "with assistant.watch.Watch(pathlib.Path(sys.argv[1])).keep():\n"
        "    print('kept', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"kept\n"
        assert Watch(path).kept
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    assert not Watch(path).kept


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "file").touch()
    watch = Watch(tmp_path / "file" / "lock")
    with watch.keep():
        assert not watch.kept
