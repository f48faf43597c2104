"""Hark's own player and the music folder: an mpv stand-in that speaks its IPC, files with real tags."""

import os
import stat
import sys
from pathlib import Path

import mutagen
import numpy as np
import psutil
import pytest
import soundfile

from assistant.music import Music, socket_in
from assistant.music.library import Library
from assistant.players import OWN, Playlist, Queue, Track
from assistant.services import CannotDo

STAND_IN = Path(__file__).parents[1] / "mpv_stand_in.py"


@pytest.fixture
def place(tmp_path):
    """Give a home with an mpv."""
    (tmp_path / "bin").mkdir()
    mpv = tmp_path / "bin" / "mpv"
    mpv.write_text(f'#!/bin/sh\nexec {sys.executable} {STAND_IN} "$@"\n')
    mpv.chmod(mpv.stat().st_mode | stat.S_IXUSR)
    return tmp_path


@pytest.fixture
def music(place):
    made = Music(place, str(place / "music"), {"PATH": str(place / "bin")})
    yield made
    made.close()


def queue(*names, **fields):
    return Queue(tuple(f"/music/{name}" for name in names or ("a.mp3", "b.mp3", "c.mp3")), **fields)


def processes(place):
    return [process for process in psutil.process_iter(["cmdline"]) if any(str(place) in word for word in process.info["cmdline"] or ())]


async def test_a_queue_is_played_from_where_it_is_meant_to(music):
    assert await music.all() == []
    assert await music.queue() is None
    await music.play(queue(index=1, at_s=42.0))
    (player,) = await music.all()
    assert (player.id, player.state, player.track) == (OWN, "playing", Track("Stand-in", "Nobody"))
    assert player.can == {"pause", "resume", "next", "previous"}
    assert await music.queue() == queue(index=1, at_s=42.0)


async def test_it_is_paused_goes_on_and_skips(music):
    await music.play(queue())
    await music.command(OWN, "pause")
    assert (await music.all())[0].state == "paused"
    await music.command(OWN, "resume")
    await music.command(OWN, "next")
    await music.command(OWN, "next")
    (player,) = await music.all()
    assert (player.state, player.can) == ("playing", {"pause", "resume", "previous"})
    with pytest.raises(CannotDo, match="nothing more"):
        await music.command(OWN, "next")
    await music.command(OWN, "previous")
    assert await music.queue() == queue(index=1)


async def test_another_queue_takes_the_place_of_the_first_in_the_same_player(music, place):
    await music.play(queue())
    await music.play(queue("d.mp3", paused=True))
    assert await music.queue() == queue("d.mp3", paused=True)
    assert len(processes(place)) == 1
    await music.play(None)
    assert await music.queue() is None
    assert processes(place) == []


async def test_what_hark_started_ends_with_hark(music, place):
    await music.play(queue())
    assert len(processes(place)) == 1
    music.close()
    assert processes(place) == []
    assert await music.all() == []


async def test_after_a_single_turn_it_plays_on_and_the_next_turn_can_end_it(music, place):
    music.outlives = True
    await music.play(queue())
    music.close()
    later = Music(place, "", {"PATH": str(place / "bin")})
    assert (await later.all())[0].state == "playing"
    later.close()
    assert len(processes(place)) == 1, "another Hark has started it"
    await later.play(None)
    music._own.close()
    assert processes(place) == []


async def test_what_cannot_be_played_is_told(music, monkeypatch):
    monkeypatch.setattr("assistant.music.mpv.START_S", 1.0)
    with pytest.raises(CannotDo, match="couldn't play"):
        await music.play(queue("broken.mp3"))


async def test_without_mpv_the_package_is_named(place):
    (place / "bin" / "mpv").unlink()
    with pytest.raises(CannotDo, match="sudo apt install mpv"):
        await Music(place, "", {"PATH": str(place / "bin")}).play(queue())


async def test_a_socket_that_nobody_listens_at_any_more_is_replaced(music, place):
    await music.play(queue())
    for process in processes(place):
        process.kill()
        process.wait()
    assert await music.all() == []
    await music.play(queue("d.mp3"))
    assert await music.queue() == queue("d.mp3")


def test_a_socket_fits_into_what_the_system_allows(tmp_path):
    assert socket_in(Path("/home/ana")) == Path("/home/ana/mpv.socket")
    long = socket_in(tmp_path / ("x" * 120))
    assert len(os.fsencode(long)) < 104
    assert long != socket_in(tmp_path / ("y" * 120))


def tune(path, **tags):
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.zeros(800, dtype=np.int16), 8000)
    file = mutagen.File(path, easy=True)
    if tags:
        file.update({name: [value] for name, value in tags.items()})
        file.save()


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "music"
    tune(
        folder / "Jazz/01 So What.flac",
        title="So What",
        artist="Miles Davis",
        albumartist="Miles Davis Sextet",
        album="Kind of Blue",
        genre="Jazz",
        tracknumber="1/5",
        discnumber="2",
    )
    tune(folder / "Queen - Bohemian Rhapsody.ogg")
    tune(folder / "03. Untagged.wav")
    (folder / "broken.mp3").write_bytes(b"no music at all")
    (folder / "cover.jpg").write_bytes(b"a picture")
    tune(folder / ".hidden/secret.flac")
    return folder


def test_what_is_written_in_files_is_read_and_else_their_names(folder, tmp_path):
    tunes = {Path(each.path).name: each for each in Library(folder, tmp_path / "index.json").tunes()}
    one = tunes["01 So What.flac"]
    assert (one.title, one.artist, one.album, one.genre) == ("So What", "Miles Davis; Miles Davis Sextet", "Kind of Blue", "Jazz")
    assert (one.folder, one.number) == ("Jazz", 2001)
    two = tunes["Queen - Bohemian Rhapsody.ogg"]
    assert (two.title, two.artist, two.folder) == ("Bohemian Rhapsody", "Queen", "")
    assert tunes["03. Untagged.wav"].title == "Untagged"
    assert tunes["broken.mp3"].title == "broken"
    assert len(tunes) == 4


def test_only_what_is_new_is_read_again(folder, tmp_path, monkeypatch):
    library = Library(folder, tmp_path / "index.json")
    before = library.tunes()
    monkeypatch.setattr("assistant.music.library.written_in", lambda path: {"title": "read again"})
    assert library.tunes() == before
    tune(folder / "new.flac")
    assert [each.title for each in library.tunes() if each not in before] == ["read again"]
    (folder / "new.flac").unlink()
    assert library.tunes() == before


def test_what_there_was_no_time_for_is_known_by_its_name_and_read_later(folder, tmp_path, monkeypatch):
    library = Library(folder, tmp_path / "index.json")
    with monkeypatch.context() as hurried:
        hurried.setattr("assistant.music.library.READ_S", -1.0)
        assert {each.artist for each in library.tunes()} == {"", "Queen"}
    assert "Kind of Blue" in {each.album for each in library.tunes()}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"/a": 3}'])
def test_an_index_that_was_cut_off_is_made_anew(folder, tmp_path, text):
    (tmp_path / "index.json").write_text(text)
    assert len(Library(folder, tmp_path / "index.json").tunes()) == 4


def test_no_folder_is_no_music(tmp_path):
    library = Library(tmp_path / "nothing", tmp_path / "index.json")
    assert library.tunes() == []
    assert library.playlists() == []


async def test_playlists_name_what_is_there_and_no_address(folder, music):
    (folder / "Gym.m3u8").write_text(
        "\ufeff#EXTM3U\nJazz/01 So What.flac\nhttp://example.org/radio\n../../etc/passwd\ngone.mp3\nQueen - Bohemian Rhapsody.ogg\n"
    )
    (folder / "Old.pls").write_text("[playlist]\nFile1=Jazz\\01 So What.flac\nTitle1=x\n")
    (folder / "Empty.m3u").write_text("#EXTM3U\n")
    first, second = str(folder / "Jazz/01 So What.flac"), str(folder / "Queen - Bohemian Rhapsody.ogg")
    found = await music.playlists()
    assert found == [
        Playlist(str(folder / "Gym.m3u8"), "Gym", OWN, (first, second)),
        Playlist(str(folder / "Old.pls"), "Old", OWN, (first,)),
    ]
    await music.start(found[0])
    assert (await music.queue()).paths == (first, second)
    assert len(await music.tunes()) == 4
