"""Fetching models, through the real broker, from a hub with every fault a hub has."""

import asyncio
import errno
import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from assistant.clock import VirtualClock
from assistant.config import PrivacyConfig
from assistant.egress import Egress
from assistant.errors import Offline
from assistant.store import open_store
from models import download as module
from models.catalogue import Entry
from models.download import Download
from models.errors import DownloadFailed, ModelBroken, ModelMissing, NoRoom
from models.shelf import Shelf
from tests.models.hub import COMMIT, Hub, serving

WEIGHTS = random.Random(1).randbytes(700_000)  # noqa: S311 -- no secret
FILES = {"model.gguf": WEIGHTS, "config.json": b'{"small": true}'}
ENTRY = Entry("small", "llm", "Someone/Small", ("model.gguf", "config.json"), "MIT", 1, 10, ("en",), "tests")


class World:
    def __init__(self, folder, name="hark.db", **privacy):
        self.store = open_store(folder / name)
        self.egress = Egress(self.store, VirtualClock(datetime(2026, 11, 24, tzinfo=UTC)), PrivacyConfig(**privacy))
        self.shelf = Shelf(folder / "models")
        self.steps = []

    def download(self, hub, entry=ENTRY):
        return Download(entry, self.shelf, hub.url, partial(self.egress.download, also=hub.url), self.steps.append)


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "BACKOFF_S", (0.0,))
    world = World(tmp_path)
    yield world
    world.store.close()


async def test_a_model_comes_whole_and_is_pinned(world):
    async with serving(Hub(FILES)) as hub:
        path = await world.download(hub).run()
    assert path.read_bytes() == WEIGHTS
    assert set(world.shelf.kept()["small"].files) == {"model.gguf", "config.json"}
    assert world.steps[-1].done == world.steps[-1].of == len(WEIGHTS) + len(FILES["config.json"])
    assert not list(path.parent.glob("*.part"))


async def test_what_is_here_is_not_fetched_again(world):
    async with serving(Hub(FILES)) as hub:
        await world.download(hub).run()
        hub.asked.clear()
        await world.download(hub).run()
    assert not hub.asked


async def test_a_cut_connection_goes_on_where_it_broke_off(world):
    async with serving(Hub(FILES)) as hub:
        hub.cuts, hub.cut_after = 3, 200_000
        path = await world.download(hub).run()
    assert path.read_bytes() == WEIGHTS
    starts = [start for name, start in hub.asked if name == "model.gguf"]
    assert len(starts) == 4
    assert starts == sorted(starts)
    assert starts[1] > 0


async def test_a_hub_that_always_breaks_off_at_once_is_told_of_and_nothing_half_can_be_loaded(world):
    async with serving(Hub(FILES)) as hub:
        hub.cuts, hub.cut_after = 99, 0
        with pytest.raises(DownloadFailed, match="What has come is kept"):
            await world.download(hub).run()
    with pytest.raises(ModelMissing):
        world.shelf.path(ENTRY)
    assert not (world.shelf.place(ENTRY) / "model.gguf").exists()


async def test_the_next_time_goes_on_from_what_came(world):
    async with serving(Hub(FILES)) as hub:
        hub.cuts, hub.cut_after = 1, 300_000
        hub.statuses = []
        download = world.download(hub)
        download._fetch = partial(world.egress.download, also=hub.url)
        module_tries, module.TRIES = module.TRIES, 1
        try:
            with pytest.raises(DownloadFailed):
                await broken_once(download)
        finally:
            module.TRIES = module_tries
        hub.cuts = 0
        path = await world.download(hub).run()
    assert path.read_bytes() == WEIGHTS
    assert hub.asked[-2][1] > 0


async def broken_once(download):
    """Run a download that gives up at its first interruption."""
    patiently = download._patiently

    async def once(url, have):
        async for chunk in patiently(url, lambda: 0):
            yield chunk

    download._patiently = once
    await download.run()


async def test_a_hub_that_cannot_resume_is_read_from_the_beginning(world):
    async with serving(Hub(FILES)) as hub:
        hub.cuts, hub.cut_after, hub.no_ranges = 1, 300_000, True
        path = await world.download(hub).run()
    assert path.read_bytes() == WEIGHTS


async def test_a_flipped_bit_is_fetched_again_and_twice_is_an_error(world):
    async with serving(Hub(FILES)) as hub:
        hub.flip = 1
        assert (await world.download(hub).run()).read_bytes() == WEIGHTS
    world.shelf.remove(ENTRY)
    async with serving(Hub(FILES)) as hub:
        hub.flip = 2
        with pytest.raises(DownloadFailed, match="is not what"):
            await world.download(hub).run()
    with pytest.raises(ModelMissing):
        world.shelf.path(ENTRY)


@pytest.mark.parametrize("name", ["model.gguf", "config.json"])
async def test_a_wrong_bit_in_either_kind_of_file_is_noticed(world, name):
    async with serving(Hub(FILES)) as hub:
        await world.download(hub).run()
    file = world.shelf.place(ENTRY) / name
    data = bytearray(file.read_bytes())
    data[3] ^= 1
    file.write_bytes(data)
    with pytest.raises(ModelBroken, match="verify"):
        world.shelf.path(ENTRY)
    assert world.shelf.verify(ENTRY) == [name]


async def test_a_busy_hub_is_waited_for(world):
    async with serving(Hub(FILES)) as hub:
        hub.statuses = [429, 503]
        assert (await world.download(hub).run()).read_bytes() == WEIGHTS
    assert any("busy" in step.note for step in world.steps)


async def test_a_hub_that_asks_for_too_much_patience_is_told_of(world):
    async with serving(Hub(FILES)) as hub:
        hub.statuses, hub.retry_after = [429], "3600"
        with pytest.raises(DownloadFailed, match="60 minutes"):
            await world.download(hub).run()


@pytest.mark.parametrize(("status", "words"), [(404, "does not have"), (401, "everybody"), (500, "status 500")])
async def test_a_refusal_is_told_in_words(world, status, words):
    async with serving(Hub(FILES)) as hub:
        hub.statuses = [status]
        with pytest.raises(DownloadFailed, match=words):
            await world.download(hub).run()


async def test_a_file_the_hub_no_longer_has_is_told_of(world):
    async with serving(Hub({"config.json": b"{}"})) as hub:
        with pytest.raises(ModelMissing, match=r"no longer has model\.gguf"):
            await world.download(hub).run()


async def test_a_redirect_within_the_hub_is_followed(world):
    async with serving(Hub({"model.gguf": WEIGHTS})) as hub:
        hub.redirect = f"/{hub.repository}/resolve/{COMMIT}/model.gguf?moved=1"
        hub.cuts, hub.cut_after = 1, 200_000
        path = await world.download(hub, replace(ENTRY, files=("model.gguf",))).run()
    assert path.read_bytes() == WEIGHTS
    assert [start for _, start in hub.asked if start]  # a range is asked for behind the redirect too


async def test_a_redirect_in_a_circle_ends(world, monkeypatch):
    async with serving(Hub(FILES)) as hub:
        hub.redirect = f"/{hub.repository}/resolve/{COMMIT}/model.gguf"
        with pytest.raises(DownloadFailed, match="circle"):
            await world.download(hub).run()


@pytest.mark.parametrize("size", [len(WEIGHTS) - 1000, len(WEIGHTS) + 1000])
async def test_a_file_of_another_size_than_promised_is_refused(world, size):
    async with serving(Hub(FILES)) as hub:
        hub.sizes["model.gguf"] = size
        with pytest.raises(DownloadFailed, match="is not what"):
            await world.download(hub).run()
    with pytest.raises(ModelMissing):
        world.shelf.path(ENTRY)
    assert not list(world.shelf.place(ENTRY).glob("model.gguf*"))


async def test_a_busy_hub_is_waited_for_as_long_as_it_asks(world, monkeypatch):
    waited = []

    async def sleep(seconds, real=asyncio.sleep):
        waited.append(seconds)
        await real(0)

    async with serving(Hub(FILES)) as hub:
        hub.statuses, hub.retry_after = [429], "7"
        monkeypatch.setattr(module.asyncio, "sleep", sleep)
        assert (await world.download(hub).run()).read_bytes() == WEIGHTS
        monkeypatch.undo()
    assert 7.0 in waited
    assert any("again in 7 s" in step.note for step in world.steps)


async def test_a_disk_that_fills_up_keeps_what_has_come(world, monkeypatch):
    real_open, written = Path.open, [0]

    def full(path, *args, **kwargs):
        opened = real_open(path, *args, **kwargs)
        if path.suffix == ".part" and "model.gguf" in path.name:
            write = opened.write

            def some(data):
                if written[0] > 300_000:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                written[0] += len(data)
                return write(data)

            return Full(opened, some)
        return opened

    monkeypatch.setattr(Path, "open", full)
    async with serving(Hub(FILES)) as hub:
        with pytest.raises(NoRoom, match="No space left on device"):
            await world.download(hub).run()
        with pytest.raises(ModelMissing):
            world.shelf.path(ENTRY)
        monkeypatch.undo()
        assert (await world.download(hub).run()).read_bytes() == WEIGHTS
    assert max(start for _, start in hub.asked) > 0


class Full:
    """A file on a disk that is about to be full."""

    def __init__(self, opened, write):
        self._opened = opened
        self.write = write

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._opened.close()

    def __getattr__(self, name):
        return getattr(self._opened, name)


async def test_a_redirect_to_somebody_else_is_refused(world):
    async with serving(Hub(FILES)) as hub:
        hub.redirect = "http://localhost:9/elsewhere"
        with pytest.raises(Offline, match="not one of its own"):
            await world.download(hub).run()


async def test_offline_fetches_nothing(tmp_path):
    world = World(tmp_path, offline=True)
    async with serving(Hub(FILES)) as hub:
        with pytest.raises(Offline):
            await world.download(hub).run()
    assert not hub.asked
    world.store.close()


async def test_every_request_is_recorded_before_it_is_made(world):
    async with serving(Hub(FILES)) as hub:
        await world.download(hub).run()
    sent = [row["request"] for row in world.store.rows("SELECT request FROM egress WHERE purpose = 'models'")]
    assert len(sent) == 4


async def test_a_full_disk_is_told_before_anything_comes(world, monkeypatch):
    monkeypatch.setattr(module, "SPARE", 1 << 60)
    async with serving(Hub(FILES)) as hub:
        with pytest.raises(NoRoom, match="MB are free"):
            await world.download(hub).run()
    assert not hub.asked


async def test_two_at_once_fetch_it_once(world):
    async with serving(Hub(FILES)) as hub:
        first, second = await asyncio.gather(world.download(hub).run(), world.download(hub).run())
    assert first == second
    assert len(hub.asked) == 2


PULL = """
import asyncio, sys
from functools import partial
from pathlib import Path
from tests.models.test_download import ENTRY, World
from tests.models.hub import Hub

world, hub = World(Path(sys.argv[1]), name=sys.argv[3]), Hub({})
hub.url = sys.argv[2]
print(asyncio.run(world.download(hub).run()))
"""


async def test_two_processes_at_once_fetch_it_once(world, tmp_path):
    async with serving(Hub(FILES)) as hub:
        hub.slow_s = 0.3
        both = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-c", PULL, str(tmp_path), hub.url, name, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
            )
            for name in ("one.db", "two.db")
        ]
        told = [(await process.communicate())[0].decode().strip() for process in both]
    assert told == [str(world.shelf.place(ENTRY) / "model.gguf")] * 2
    assert sorted(name for name, _ in hub.asked) == sorted(FILES)
    assert world.shelf.path(ENTRY).read_bytes() == WEIGHTS


def test_models_that_arrive_at_the_same_moment_are_all_written_down(world):
    """As threads, which take turns wherever it hurts; each keeps what it knows of the file before the other writes."""
    entries = [replace(ENTRY, id=f"model-{number}", files=("f",)) for number in range(8)]
    for entry in entries:
        world.shelf.place(entry).mkdir(parents=True)
        (world.shelf.place(entry) / "f").write_bytes(b"x")
    real, together = Shelf.kept, threading.Barrier(len(entries), timeout=0.2)

    def kept(shelf):
        known = real(shelf)
        with suppress(threading.BrokenBarrierError):
            together.wait()
        return known

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(len(entries)) as pool:
        patch.setattr(Shelf, "kept", kept)
        list(pool.map(lambda entry: Shelf(world.shelf.folder).keep(entry, COMMIT, {"f": "0"}), entries))
    assert set(world.shelf.kept()) == {entry.id for entry in entries}


async def test_one_that_was_killed_leaves_no_lock_behind(world, tmp_path):
    async with serving(Hub(FILES)) as hub:
        hub.slow_s = 30
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PULL, str(tmp_path), hub.url, "one.db", stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        async with asyncio.timeout(30):
            while not hub.asked:
                await asyncio.sleep(0.01)
        process.kill()
        await process.wait()
        hub.slow_s = 0
        assert (await world.download(hub).run()).read_bytes() == WEIGHTS


async def test_the_commit_that_was_pinned_is_fetched_again_whatever_the_hub_has_by_now(world):
    async with serving(Hub(FILES)) as hub:
        path = await world.download(hub).run()
        path.unlink()
        hub.revisions = 0
        await world.download(hub).run()
    assert path.read_bytes() == WEIGHTS
    assert hub.revisions == 0
    assert world.shelf.kept()["small"].commit == COMMIT


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"x", lambda data: bytes([data[0] ^ 1]) + data[1:]])
async def test_a_file_that_no_longer_matches_is_never_given_to_a_loader(world, change):
    async with serving(Hub(FILES)) as hub:
        path = await world.download(hub).run()
    path.write_bytes(change(WEIGHTS))
    with pytest.raises(ModelBroken):
        world.shelf.path(ENTRY)
    assert world.shelf.verify(ENTRY) == ["model.gguf"]


@pytest.mark.parametrize("text", ["{oops", "[]", "3", '{"small": 3}', '{"small": {"repository": "x", "commit": "y", "files": {"f": {}}}}'])
async def test_a_lock_file_that_cannot_be_read_loads_nothing(world, text):
    async with serving(Hub(FILES)) as hub:
        await world.download(hub).run()
    (world.shelf.folder / "models.lock.json").write_text(text)
    with pytest.raises(ModelBroken, match="pull the models again"):
        world.shelf.path(ENTRY)


async def test_a_copied_file_is_verified_anew(world):
    async with serving(Hub(FILES)) as hub:
        path = await world.download(hub).run()
    path.write_bytes(WEIGHTS)
    with pytest.raises(ModelBroken):
        world.shelf.path(ENTRY)
    assert not world.shelf.verify(ENTRY)
    assert world.shelf.path(ENTRY) == path


async def test_a_removed_model_is_gone(world):
    async with serving(Hub(FILES)) as hub:
        await world.download(hub).run()
    assert world.shelf.remove(ENTRY) > len(WEIGHTS)
    assert not world.shelf.kept()
    assert not world.shelf.place(ENTRY).exists()
