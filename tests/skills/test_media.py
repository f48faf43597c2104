"""Music: players are told what to do, and what is in the music folder is found by any of its names and played."""

import pytest

from assistant.fake_players import TUNES
from assistant.players import OWN, Player, Playlist, Queue, Track, Tune
from assistant.skill import CannotDo
from assistant.testing import FakeContext, take_back
from skills import media
from skills.playing import choose
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning

SPOTIFY = Player("org.mpris.MediaPlayer2.spotify", "Spotify", "playing", Track("Bad Guy", "Billie Eilish", "When We All Fall Asleep"))
VLC = Player("org.mpris.MediaPlayer2.vlc", "VLC", "stopped", can=frozenset({"pause", "open"}))

MUSIC = [
    *TUNES,
    Tune("/music/yesterday.mp3", "Yesterday", "The Beatles", "Help!", "Rock", "Rock/Beatles", 1013),
    Tune("/music/yesterday-boyz.mp3", "Yesterday", "Boyz II Men", "II", "R&B", "Pop"),
    Tune("/music/help.mp3", "Help!", "The Beatles; George Martin", "Help!", "Rock", "Rock/Beatles", 1001),
    Tune("/music/daoxiang.mp3", "稻香", "周杰伦", "魔杰座", "流行", "华语"),
    Tune("/music/daily-1.mp3", "Monday", "", "The Daily", "Podcast", "Podcasts/The Daily", 1),
    Tune("/music/daily-2.mp3", "Tuesday", "", "The Daily", "Podcast", "Podcasts/The Daily", 2),
    Tune("/music/hobbit.m4b", "The Hobbit", "J. R. R. Tolkien", "", "", ""),
]
LISTS = [
    Playlist("/music/Gym.m3u", "Gym", OWN, ("/music/help.mp3",)),
    Playlist("/spotify/1", "Discover Weekly", SPOTIFY.id),
]


@pytest.fixture
def ctx():
    ctx = FakeContext()
    ctx.players.music, ctx.players.lists = MUSIC, LISTS
    return ctx


def playing(*paths, **fields):
    return Queue(tuple(paths or ("/music/so-what.flac", "/music/freddie.flac", "/music/help.mp3")), **fields)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("play some music", ("media.play", {})),
        ("play some jazz", ("media.play", {"query": "jazz", "kind": "genre"})),
        ("play the song hallelujah", ("media.play", {"query": "hallelujah", "kind": "song"})),
        ("play something by the rolling stones", ("media.play", {"query": "the rolling stones", "kind": "artist"})),
        ("play the album rumours", ("media.play", {"query": "rumours", "kind": "album"})),
        ("put on my running playlist", ("media.play", {"query": "running", "kind": "playlist"})),
        ("play the latest episode of the daily", ("media.play", {"query": "the daily", "kind": "podcast"})),
        ("turn the radio on", ("media.play", {"kind": "radio"})),
        ("play the audiobook dune", ("media.play", {"query": "dune", "kind": "audiobook"})),
        ("放首歌", ("media.play", {})),
        ("来点爵士乐", ("media.play", {"query": "爵士乐", "kind": "genre"})),
        ("放我的跑步歌单", ("media.play", {"query": "跑步", "kind": "playlist"})),
        ("播放专辑叶惠美", ("media.play", {"query": "叶惠美", "kind": "album"})),
        ("pause the music", ("media.pause", {})),
        ("turn off the music", ("media.pause", {})),
        ("暂停一下", ("media.pause", {})),
        ("把音乐关了", ("media.pause", {})),
        ("resume", ("media.resume", {})),
        ("turn the music back on", ("media.resume", {})),
        ("继续播放", ("media.resume", {})),
        ("skip this song", ("media.next", {})),
        ("next", ("media.next", {})),
        ("下一首", ("media.next", {})),
        ("换首歌", ("media.next", {})),
        ("go back to the last song", ("media.previous", {})),
        ("上一首", ("media.previous", {})),
        ("what song is this", ("media.what", {})),
        ("这是什么歌", ("media.what", {})),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == meant


@pytest.mark.parametrize(
    ("query", "kind", "paths"),
    [
        ("yesterday by the beatles", "song", ["yesterday.mp3"]),
        ("yesterday by boys ii men", "song", ["yesterday-boyz.mp3"]),
        ("Freddie Freeloader", "song", ["freddie.flac"]),
        ("freddy free loader", "song", ["freddie.flac"]),
        ("晴天", "song", ["qingtian.mp3"]),
        ("周杰伦的稻香", "song", ["daoxiang.mp3"]),
        ("周杰轮", "artist", ["daoxiang.mp3", "qingtian.mp3"]),
        ("the beatles", "artist", ["help.mp3", "yesterday.mp3"]),
        ("george martin", "artist", ["help.mp3"]),
        ("kind of blue", "album", ["so-what.flac", "freddie.flac"]),
        ("help by the beatles", "album", ["help.mp3", "yesterday.mp3"]),
        ("jazz", "genre", ["freddie.flac", "so-what.flac"]),
        ("爵士乐", "genre", ["freddie.flac", "so-what.flac"]),
        ("the daily", "podcast", ["daily-1.mp3", "daily-2.mp3"]),
        ("the hobbit", "audiobook", ["hobbit.m4b"]),
        ("kind of blue", "song", ["so-what.flac", "freddie.flac"]),
        ("miles davis", None, ["freddie.flac", "so-what.flac"]),
        ("华语", None, ["daoxiang.mp3", "qingtian.mp3"]),
    ],
)
def test_it_is_found_by_any_of_its_names(query, kind, paths):
    choice = choose(MUSIC, LISTS, query, kind)
    found = [tune.path.removeprefix("/music/") for tune in choice.tunes]
    assert found == paths if kind in {"song", "album", "podcast", "audiobook"} else sorted(found) == paths


@pytest.mark.parametrize(("query", "kind"), [("taylor swift", "artist"), ("", None), ("the", "song"), ("《》", "album"), ("白噪音", None)])
def test_what_is_not_there_is_not_made_up(query, kind):
    assert choose(MUSIC, LISTS, query, kind) is None


async def test_an_album_is_played_and_taken_back(ctx):
    reply = await media.play(ctx, query="kind of blue", kind="album")
    assert (reply.en, reply.zh) == ("Playing Kind of Blue by Miles Davis.", "播放Miles Davis的《Kind of Blue》。")
    assert ctx.players.now == playing("/music/so-what.flac", "/music/freddie.flac")
    await take_back(ctx, reply.undo)
    assert ctx.players.now is None


async def test_what_played_before_comes_back_where_it_was(ctx):
    ctx.players.now = before = playing(index=1, at_s=73.5)
    ctx.players.others[SPOTIFY.id] = SPOTIFY
    reply = await media.play(ctx, query="晴天", kind="song")
    assert ctx.players.now.paths == ("/music/qingtian.mp3",)
    assert ctx.players.others[SPOTIFY.id].state == "paused", "two at once is noise"
    await take_back(ctx, reply.undo)
    assert ctx.players.now == before
    assert ctx.players.others[SPOTIFY.id].state == "playing"


async def test_music_without_a_name_goes_on_with_what_was_paused(ctx):
    ctx.players.now = playing(paused=True)
    reply = await media.play(ctx)
    assert reply.en == "Playing on: So What."
    assert not ctx.players.now.paused
    ctx.players.now = None
    await media.play(ctx)
    assert len(ctx.players.now.paths) == len(MUSIC)


async def test_a_players_own_playlist_is_played_by_it(ctx):
    ctx.players.others[SPOTIFY.id] = SPOTIFY
    reply = await media.play(ctx, query="my discover weekly", kind="playlist")
    assert ctx.players.started == ["Discover Weekly"]
    assert reply.en == "Playing the playlist Discover Weekly."
    assert ctx.players.others[SPOTIFY.id].state == "playing", "the one that plays it now is not paused"
    await media.play(ctx, query="gym", kind="playlist")
    assert ctx.players.now == playing("/music/help.mp3")


async def test_without_mpv_a_player_that_opens_files_plays(ctx):
    ctx.players.has_mpv = False
    with pytest.raises(CannotDo, match="mpv"):
        await media.play(ctx, query="晴天")
    ctx.players.others[VLC.id] = VLC
    reply = await media.play(ctx, query="晴天")
    assert ctx.players.started == ["/music/qingtian.mp3"]
    assert reply.en.endswith("in VLC.")
    await take_back(ctx, reply.undo)
    assert ctx.players.others[VLC.id].state == "paused"


async def test_everything_that_plays_is_paused_and_goes_on(ctx):
    ctx.players.now = playing()
    ctx.players.others[SPOTIFY.id] = SPOTIFY
    reply = await media.pause(ctx)
    assert ctx.players.now.paused
    assert ctx.players.others[SPOTIFY.id].state == "paused"
    await take_back(ctx, reply.undo)
    assert not ctx.players.now.paused
    assert ctx.players.others[SPOTIFY.id].state == "playing"


async def test_resuming_is_taken_back_and_is_told_when_it_plays_already(ctx):
    ctx.players.now = playing(paused=True)
    reply = await media.resume(ctx)
    assert not ctx.players.now.paused
    again = await media.resume(ctx)
    assert (again.en, again.undo) == ("It is playing already: So What.", None)
    await take_back(ctx, reply.undo)
    assert ctx.players.now.paused


async def test_skipping_goes_there_and_back(ctx):
    ctx.players.now = playing(index=1)
    reply = await media.next_(ctx)
    assert ctx.players.now.index == 2
    with pytest.raises(CannotDo, match="last one"):
        await media.next_(ctx)
    await take_back(ctx, reply.undo)
    reply = await media.previous(ctx)
    assert ctx.players.now.index == 0
    with pytest.raises(CannotDo, match="nothing before"):
        await media.previous(ctx)
    await take_back(ctx, reply.undo)
    assert ctx.players.now.index == 1


@pytest.mark.parametrize(
    ("track", "state", "en", "zh"),
    [
        (Track("Bad Guy", "Billie", "Sleep"), "playing", "Bad Guy by Billie, from Sleep.", "Billie的《Bad Guy》，出自《Sleep》。"),
        (Track("News at ten"), "paused", "It is paused: News at ten.", "暂停了：《News at ten》。"),
        (Track(), "playing", "Spotify doesn't say what it plays.", "Spotify 没有说在放什么。"),
    ],
)  # fmt: skip
async def test_what_is_playing_is_told_as_far_as_it_is_known(ctx, track, state, en, zh):
    ctx.players.others[SPOTIFY.id] = Player(SPOTIFY.id, "Spotify", state, track)
    reply = await media.what(ctx)
    assert (reply.en, reply.zh) == (en, zh)


@pytest.mark.parametrize("action", [media.pause, media.next_, media.previous, media.what])
async def test_nothing_playing_is_said(action):
    with pytest.raises(CannotDo, match="Nothing is playing"):
        await action(FakeContext())


@pytest.mark.parametrize(
    ("slots", "says"),
    [
        ({"query": "taylor swift", "kind": "artist"}, "nothing like taylor swift"),
        ({"kind": "radio"}, "can't play radio"),
        ({"query": "radio 4", "kind": "radio"}, "can't play radio"),
    ],
)
async def test_what_cannot_be_played_is_said(ctx, slots, says):
    with pytest.raises(CannotDo, match=says):
        await media.play(ctx, **slots)
    assert ctx.players.now is None


async def test_an_empty_folder_is_named(ctx):
    ctx.players.music = []
    with pytest.raises(CannotDo, match=r"no music in /music\. .*skill\.media"):
        await media.play(ctx)
    ctx.players.music = TUNES
    with pytest.raises(CannotDo, match="no podcasts"):
        await media.play(ctx, kind="podcast")


@pytest.mark.parametrize("row", held_out("media"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    await run(row, FakeContext(language=row["language"]))
