"""What must not be lost, and what happens when it would be."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap

import pytest

from assistant.errors import StoreError
from assistant.store import VERSION, Store, open_store


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "hark.db"


@pytest.fixture
def store(path):
    opened = Store(path)
    yield opened
    opened.close()


def test_what_was_remembered_is_there_after_a_restart(path):
    first = Store(path)
    first.remember("pending", {"text": "十分钟", "slots": [1, 2.5, None]})
    first.close()
    second = Store(path)
    assert second.recall("pending") == {"text": "十分钟", "slots": [1, 2.5, None]}
    assert second.notice == ""
    second.close()


def test_none_forgets(store):
    store.remember("pending", 1)
    store.remember("pending", None)
    assert store.recall("pending") is None
    assert store.recall("never") is None


def test_the_disk_has_it_before_the_answer(store):
    assert store.rows("PRAGMA journal_mode")[0][0] == "wal"
    assert store.rows("PRAGMA synchronous")[0][0] == 2


def test_a_killed_process_loses_nothing_it_has_answered_for(path):
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from assistant.store import Store
        store = Store(Path(sys.argv[1]))
        for number in range(1000):
            store.remember("number", number)
            os.write(1, b"%d\\n" % number)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script, path], stdout=subprocess.PIPE) as process:
        told = [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
        told += [int(line) for line in process.stdout]
    store = Store(path)
    assert store.recall("number") >= told[-1]
    store.close()


def test_half_a_change_is_none(store):
    def begin():
        with store.write() as db:
            db.execute("INSERT INTO session VALUES ('a', '1')")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        begin()
    assert store.recall("a") is None


def test_two_harks_share_it(path, store):
    other = Store(path)
    version = store.version()
    other.remember("from", "the other")
    assert store.recall("from") == "the other"
    assert store.version() != version
    other.close()


def test_a_write_waits_for_the_other_hark_and_tells_when_it_takes_too_long(path, store, monkeypatch):
    monkeypatch.setattr("assistant.store.BUSY_S", 0.05)
    hurried = Store(path)
    with store.write(), pytest.raises(StoreError, match="locked"):
        hurried.remember("a", 1)
    hurried.remember("a", 2)
    assert store.recall("a") == 2
    hurried.close()


@pytest.mark.parametrize(
    "damage", [b"this is no database at all, but it is long enough to be taken for one " * 20, b"SQLite format 3\0" + b"\xff" * 5000]
)
def test_a_damaged_file_is_set_aside_and_told(path, damage):
    path.parent.mkdir()
    path.write_bytes(damage)
    store = Store(path)
    assert "damaged" in store.notice
    [aside] = [other for other in path.parent.iterdir() if other.name.startswith("hark.db.2")]
    assert aside.name in store.notice
    assert aside.read_bytes() == damage
    store.remember("a", 1)
    assert store.recall("a") == 1
    store.close()


def test_pages_damaged_inside_are_noticed(path):
    store = Store(path)
    for number in range(200):
        store.remember(f"key {number}", "x" * 400)
    store.close()
    content = bytearray(path.read_bytes())
    content[8 * 4096 : 20 * 4096] = os.urandom(12 * 4096)
    path.write_bytes(content)
    store = Store(path)
    assert "damaged" in store.notice
    store.close()


def test_files_set_aside_in_the_same_second_are_all_kept(path, monkeypatch):
    monkeypatch.setattr("assistant.store.time.strftime", lambda _: "20261123-093000")
    path.parent.mkdir()
    for damage in (b"one" * 500, b"two" * 500):
        path.write_bytes(damage)
        Store(path).close()
    kept = sorted(other.read_bytes() for other in path.parent.iterdir() if other.name.startswith("hark.db.2"))
    assert kept == [b"one" * 500, b"two" * 500]


def test_the_file_of_a_newer_hark_is_not_touched_but_set_aside(path):
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE future (x)")
    db.execute(f"PRAGMA user_version={VERSION + 1}")
    db.close()
    store = Store(path)
    assert "newer Hark" in store.notice
    [aside] = [other for other in path.parent.iterdir() if other.name.startswith("hark.db.2")]
    db = sqlite3.connect(aside)
    assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("future",)]
    db.close()
    store.close()


def test_a_folder_that_cannot_be_made_is_told_with_the_cure(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="HARK_HOME"):
        Store(tmp_path / "file" / "hark.db")


def test_a_file_that_cannot_be_opened_is_told_with_the_cure(path):
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="HARK_HOME"):
        Store(path)


def test_a_full_disk_is_told_and_what_was_there_stays(store):
    store.remember("a", 1)
    pages = store.rows("PRAGMA page_count")[0][0]
    store.rows(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StoreError, match="Free some disk space"):
        store.remember("b", "x" * 100_000)
    assert store.recall("a") == 1


def test_a_closed_store_says_so(path):
    store = Store(path)
    store.close()
    with pytest.raises(StoreError):
        store.recall("a")
    with pytest.raises(StoreError):
        store.remember("a", 1)


@pytest.fixture
def disk(tmp_path):
    """Give the path of a disk of its own, of half a megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not shutil.which("mount") or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=500k", "none", folder], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize(("trouble", "said"), [("full", "the disk is full."), ("read-only", "it is read-only.")])
def test_a_disk_that_cannot_be_written_costs_only_what_is_new(disk, trouble, said):
    path = disk / "hark.db"
    first = open_store(path)
    first.remember("a", 1)
    first.close()
    if trouble == "full":
        with contextlib.suppress(OSError):
            (disk / "filler").write_bytes(bytes(500 * 1024))
    else:
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    store = open_store(path)
    assert (store.kept, store.recall("a")) == (False, 1)
    assert said in store.notice
    assert "remember nothing beyond this session" in store.notice
    store.remember("b", 2)
    assert store.recall("b") == 2
    store.close()
    if trouble == "read-only":
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    (disk / "filler").unlink(missing_ok=True)
    again = open_store(path)
    assert (again.kept, again.notice, again.recall("a"), again.recall("b")) == (True, "", 1, None)
    again.close()


def test_a_folder_that_cannot_be_made_is_told_and_everything_works_in_memory(tmp_path):
    (tmp_path / "file").touch()
    store = open_store(tmp_path / "file" / "hark.db")
    store.remember("a", 1)
    assert store.recall("a") == 1
    assert str(tmp_path / "file") in store.notice
    store.close()


def test_a_file_of_a_newer_hark_is_not_taken_into_memory(tmp_path):
    path = tmp_path / "hark.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE turn (whatever)")
        db.execute(f"PRAGMA user_version={VERSION + 1}")
    db.close()
    store = Store(path, kept=False)
    assert store.rows("SELECT * FROM timer") == []
    assert path.is_file()
    store.close()


def test_starting_twice_at_once_makes_one_database(path):
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from assistant.store import Store
        store = Store(Path(sys.argv[1]))
        print(store.notice)
        store.remember("a", 1)
        """
    )
    command = [sys.executable, "-c", script, path]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate() for process in processes]
    assert said == [("\n", "")] * 4
