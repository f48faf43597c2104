"""The ledger: one chain, whoever writes it; every change is seen, and what is deleted is gone from the disk."""

import random
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from assistant.app import open_app
from assistant.chain import CHANGED, CUT, FIELDS, GONE, NO_ANCHOR, hash_of
from assistant.clock import VirtualClock
from assistant.config import Config, Places
from assistant.errors import StoreError
from assistant.ledger import Ledger
from assistant.store import TABLES, Store, open_store
from assistant.vocabulary import Transcript

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
DAY = timedelta(days=1).total_seconds()


class World:
    def __init__(self, folder):
        self.path = folder / "hark.db"
        self.store = open_store(self.path)
        self.clock = VirtualClock(NOW)
        self.ledger = Ledger(self.store, self.clock)

    def send(self, body, outcome="ok"):
        number = self.ledger.open("cloud", "cloud.example", "POST https://cloud.example/v1", body, consent="asked: yes")
        self.ledger.close(number, outcome, 10)
        self.clock.advance(1)
        return number

    def broken(self):
        return [(each.id, each.what) for each in self.ledger.breaks()]

    def sql(self, statement, *values):
        with self.store.write() as db:
            db.execute(statement, values)


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    yield world
    world.store.close()


def test_an_empty_ledger_holds(world):
    assert (world.broken(), world.ledger.connections(), world.ledger.head()) == ([], [], (0, ""))


def test_what_was_sent_and_how_it_ended_come_back_together(world):
    number = world.send("What is 脂肪?")
    connection = world.ledger.connection(number)
    assert (connection.body, connection.sent_bytes, connection.outcome, connection.received_bytes) == ("What is 脂肪?", 15, "ok", 10)
    assert connection.at == connection.ended == NOW
    assert world.ledger.connection(99) is None
    assert world.ledger.connection(number + 1) is None


def test_a_connection_without_an_end_says_so(world):
    number = world.ledger.open("voice", "speech.example", "", "Hello.", consent="switch")
    assert world.ledger.connection(number).ended is None


@pytest.mark.parametrize("field", [name for name in FIELDS if name != "id"])
def test_any_change_of_any_field_is_found_where_it_is(world, field):
    for number in range(5):
        world.send(f"text {number}")
    value = world.ledger.export()[4][field]
    world.sql(f"UPDATE egress SET {field} = ? WHERE id = 5", value + 1 if isinstance(value, int | float) else f"{value}x")  # noqa: S608
    assert world.broken() == [(5, CHANGED)]


def test_a_text_that_became_bytes_is_a_change(world):
    world.send("text")
    world.sql("UPDATE egress SET body = CAST(body AS BLOB) WHERE id = 1")
    assert world.broken() == [(1, CHANGED)]


def test_a_hash_that_was_made_to_fit_breaks_the_next(world):
    for number in range(3):
        world.send(f"text {number}")
    world.sql("UPDATE egress SET body = 'nothing' WHERE id = 3")
    rows = world.ledger.export()
    world.sql("UPDATE egress SET hash = ? WHERE id = 3", hash_of(rows[1]["hash"], rows[2]))
    assert world.broken() == [(4, CHANGED)]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM egress WHERE id = 3", [(4, GONE)]),
        ("DELETE FROM egress WHERE id <= 2", [(3, NO_ANCHOR)]),
        ("DELETE FROM egress WHERE id >= 5", [(4, CUT)]),
        ("DELETE FROM egress", [(0, CUT)]),
    ],
)
def test_entries_that_are_missing_are_missed(world, statement, found):
    for number in range(3):
        world.send(f"text {number}")
    world.sql(statement)
    assert world.broken() == found


def test_a_flipped_bit_of_the_file_is_found(world, tmp_path):
    for number in range(40):
        world.send(f"what did I ask the cloud, number {number}: 天气怎么样？")
    world.store.scrub()
    whole, raw, chance = world.ledger.export(), world.path.read_bytes(), random.Random(5)  # noqa: S311 -- no secret
    begins, ends = raw.index(b"cloud.example") - 200, raw.rindex(b"cloud.example")
    flipped, harmless = tmp_path / "flipped" / "hark.db", 0
    for _ in range(200):
        bit = chance.randrange(begins * 8, ends * 8)
        damaged = bytearray(raw)
        damaged[bit // 8] ^= 1 << bit % 8
        shutil.rmtree(flipped.parent, ignore_errors=True)
        flipped.parent.mkdir()
        flipped.write_bytes(damaged)
        store = open_store(flipped)
        ledger = Ledger(store, world.clock)
        found = bool(store.notice or ledger.breaks())
        assert found or ledger.export() == whole
        harmless += not found
        store.close()
    assert harmless < 100  # the rest fell into what no entry uses


def test_two_processes_that_write_at_once_keep_one_chain(world):
    code = (
        "import sys; from pathlib import Path; from assistant.clock import SystemClock; from assistant.ledger import Ledger\n"
        "from assistant.store import Store\n"
        "ledger = Ledger(Store(Path(sys.argv[1])), SystemClock())\n"
        "for number in range(60):\n"
        "    sent = ledger.open('cloud', 'a.example', 'POST https://a.example', f'{sys.argv[2]} {number}', consent='asked: yes')\n"
        "    ledger.close(sent, 'ok', 1)\n"
    )
    writers = [subprocess.Popen([sys.executable, "-c", code, str(world.path), name]) for name in ("one", "two")]
    assert [writer.wait(50) for writer in writers] == [0, 0]
    bodies = [each.body for each in world.ledger.connections()]
    assert sorted(bodies) == sorted(f"{name} {number}" for name in ("one", "two") for number in range(60))
    assert world.broken() == []


def test_what_is_deleted_is_nowhere_on_the_disk(world, tmp_path):
    for number in range(30):
        world.send(f"my secret question {number} " + "x" * 3000)
    files = [world.path, world.path.with_name("hark.db-wal")]
    assert b"my secret question 7 " in b"".join(file.read_bytes() for file in files)
    assert world.ledger.erase() == 60
    world.send("a new one")
    left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"my secret question" not in left
    assert b"a new one" in left
    assert sqlite3.connect(world.path).execute("PRAGMA freelist_count").fetchone()[0] == 0
    assert world.broken() == []


def test_deleting_the_older_leaves_the_newer_and_says_how_many(world):
    world.send("old")
    world.clock.advance(2 * DAY)
    world.send("new")
    assert world.ledger.erase((NOW + timedelta(days=1)).timestamp()) == 2
    assert [each.body for each in world.ledger.connections()] == ["new"]
    assert world.broken() == []
    assert world.ledger.erase() == 2
    assert world.ledger.deleted() == (2, NOW + timedelta(days=2, seconds=1))
    assert '"removed": 4, "connections": 2' in world.ledger.export()[0]["body"]
    world.send("newest")
    assert world.broken() == []
    assert world.ledger.erase((NOW - timedelta(days=1)).timestamp()) == 0
    world.sql("DELETE FROM egress WHERE id = (SELECT min(id) FROM egress)")
    assert world.broken() != []


def test_a_clock_that_was_wrong_keeps_nothing_for_ever(world):
    world.clock.advance(4000 * DAY)
    world.send("dated into the future")
    world.clock = VirtualClock(NOW)
    world.ledger = Ledger(world.store, world.clock)
    world.send("today")
    assert world.ledger.erase(NOW.timestamp()) == 2
    assert [each.body for each in world.ledger.connections()] == ["today"]


def test_the_hash_that_stays_gives_no_guess_away(world):
    world.send("yes")
    row = world.ledger.export()[0]
    world.ledger.erase()
    assert hash_of(row["hash"], row | {"salt": ""}) != row["hash"]
    assert len(row["salt"]) == 32


def test_deleting_while_another_hark_reads_tells_that_it_is_still_there(world, monkeypatch):
    world.send("secret")
    other = sqlite3.connect(world.path)
    other.execute("BEGIN")
    other.execute("SELECT * FROM egress").fetchall()
    world.sql("PRAGMA busy_timeout = 50")
    with pytest.raises(StoreError, match=r"another Hark|End other Harks"):
        world.ledger.erase()
    other.close()
    world.ledger.erase()
    assert b"secret" not in b"".join(file.read_bytes() for file in world.path.parent.iterdir())


def test_without_a_disk_deleting_says_that_nothing_was(tmp_path):
    store = Store(tmp_path / "hark.db", kept=False)
    with pytest.raises(StoreError, match="Nothing was deleted"):
        Ledger(store, VirtualClock(NOW)).erase()
    store.close()


def test_what_an_older_hark_wrote_becomes_the_beginning_of_the_chain(tmp_path):
    db = sqlite3.connect(tmp_path / "hark.db")
    for tables in TABLES[:3]:
        db.executescript(tables)
    db.execute("INSERT INTO egress (id, at, purpose, host, body) VALUES (3, 1.5, 'skill:news', 'a.example', 'GET https://a.example/feed')")
    db.execute("INSERT INTO egress (id, at, purpose, host, body) VALUES (7, 2.5, 'voice', 'b.example', 'Hello.')")
    db.execute("PRAGMA user_version = 3")
    db.commit()
    db.close()
    world = World(tmp_path)
    assert not world.store.notice
    assert [(each.request, each.body) for each in world.ledger.connections()] == [("GET https://a.example/feed", ""), ("", "Hello.")]
    world.send("new")
    assert world.broken() == []
    world.store.close()


def test_half_a_character_is_no_reason_to_fail(world):
    world.ledger.open("voice", "a.example", "", "half \ud83d", consent="switch")
    assert world.ledger.connections()[0].body == "half ?"
    assert world.broken() == []


def test_a_part_of_the_chain_can_be_checked_alone(world):
    for number in range(3):
        world.send(f"text {number}")
    third = (NOW + timedelta(seconds=2)).timestamp()
    assert world.ledger.breaks(third) == []
    world.sql("UPDATE egress SET body = 'x' WHERE id = 1")
    assert world.ledger.breaks(third) == []
    world.sql("UPDATE egress SET body = 'x' WHERE id = 5")
    assert [(each.id, each.what) for each in world.ledger.breaks(third)] == [(5, CHANGED)]
    world.sql("DELETE FROM egress WHERE id > 4")
    assert [(each.id, each.what) for each in world.ledger.breaks(third)] == [(1, CHANGED), (4, CUT)]


async def test_a_conversation_tells_what_was_sent_and_that_it_was_changed(tmp_path):
    app = open_app(Places(str(tmp_path)), Config(), VirtualClock(NOW))
    ledger = app.around.egress.ledger
    for _ in range(2):
        ledger.close(ledger.open("cloud", "cloud.example", "POST https://cloud.example/v1", "?", consent="asked: yes"), "ok", 1)
    asked = Transcript("今天你往外发了什么？", "zh")
    assert "向云端cloud.example发了2个问题" in [event async for event in app.brain.respond(asked)][-1].turn.said
    with app.store.write() as db:
        db.execute("UPDATE egress SET host = 'x' WHERE id = 1")
    assert [event async for event in app.brain.respond(asked)][-1].turn.said.startswith("注意：外发记录被改动过")
    app.close()
