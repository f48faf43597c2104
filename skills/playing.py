"""What is to be played: the piece, album, artist, list or sort of music that words mean, out of what is there."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import SystemRandom
from typing import Literal

from assistant.skill import Playlist, Tune
from skills.alike import alike, squashed

Kind = Literal["song", "artist", "album", "playlist", "genre", "podcast", "radio", "audiobook"]

SURE = 80.0
"""How much a name must be like what was said, in percent."""

MOST = 500
"""Pieces put into a queue at once."""

BY = re.compile(r"^(?P<title>.+?)\s+(?:by|from)\s+(?P<artist>.+)$", re.IGNORECASE)
OF = re.compile(r"^(?P<artist>[^的]{1,12})的(?P<title>.+)$")
"""How people say whose a piece is."""

AROUND = re.compile(
    r"^(?:(?:the|some|my|a|an|song|songs|track|album|artist|band|playlist|music|by|called)\s+)+|^[《“\"]|[》”\"]$"
    r"|\s+(?:music|songs?|tracks?|album|playlist|tunes|please)$|(?:的(?:歌曲?|音乐|曲子|专辑)|音乐|歌曲|歌单|专辑|乐)$",
    re.IGNORECASE,
)
"""What is said around a name and is no part of it."""

SPOKEN_WORD = {
    "podcast": re.compile(r"podcast|播客", re.IGNORECASE),
    "audiobook": re.compile(r"audio\s?book|hörbuch|speech|spoken|有声|听书|小说|评书", re.IGNORECASE),
}
"""What genres and folders of spoken things are called."""

GENRES = {
    "jazz": ("爵士", "爵士乐"),
    "classical": ("古典", "古典音乐", "classical music"),
    "rock": ("摇滚", "摇滚乐", "rock and roll"),
    "pop": ("流行", "流行音乐", "流行歌曲"),
    "folk": ("民谣",),
    "blues": ("蓝调", "布鲁斯"),
    "hip hop": ("嘻哈", "说唱", "rap", "hip-hop"),
    "electronic": ("电子", "电子音乐", "techno", "edm"),
    "country": ("乡村", "乡村音乐"),
    "soundtrack": ("原声", "原声带", "电影原声", "film music"),
    "instrumental": ("纯音乐", "轻音乐"),
    "children's music": ("儿歌", "童谣", "nursery rhymes", "kids", "children"),
    "metal": ("金属", "重金属", "heavy metal"),
    "opera": ("歌剧",),
    "reggae": ("雷鬼",),
    "soul": ("灵魂乐",),
}
"""Genres as files have them, and as else they are called."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is going to be played."""

    en: str
    """What it is, for "Playing ..."."""
    zh: str
    tunes: tuple[Tune, ...] = ()
    playlist: Playlist | None = None
    """A list, instead of pieces."""


def choose(tunes: Sequence[Tune], lists: Sequence[Playlist], query: str, kind: Kind | None) -> Choice | None:
    """Return what words mean, first as the kind that was said, then as any; None when nothing is like them."""
    wanted = bare(query)
    if not squashed(wanted):
        return None
    ways: dict[str, Callable[[], Choice | None]] = {
        "playlist": lambda: list_of(lists, wanted),
        "artist": lambda: artist_of(tunes, wanted),
        "album": lambda: album_of(tunes, wanted),
        "song": lambda: song_of(tunes, wanted),
        "genre": lambda: genre_of(tunes, wanted),
        "podcast": lambda: album_of(spoken(tunes, "podcast"), wanted) or song_of(spoken(tunes, "podcast"), wanted),
        "audiobook": lambda: album_of(spoken(tunes, "audiobook"), wanted) or song_of(spoken(tunes, "audiobook"), wanted),
    }
    first = [kind] if kind in ways else []
    order = [*first, *(name for name in ("playlist", "artist", "album", "song", "genre") if name not in first)]
    return next((choice for name in order if (choice := ways[name]())), None)


def bare(query: str) -> str:
    """Return a name without what is said around it, as long as something is left."""
    before = None
    while before != query:
        before, query = query, query.strip(" .,!?。，！？")
        query = AROUND.sub("", query).strip() or query
    return query


def likest(names: Iterable[str], said: str) -> list[str]:
    """Return the names that are most like what was said, all that are as much; none when none is enough."""
    unique = [name for name in dict.fromkeys(names) if name]
    letters = squashed(said)
    if exact := [name for name in unique if squashed(name) == letters]:
        return exact
    scored = [(alike(said, [name]), name) for name in unique]
    best = max((score for score, _ in scored), default=0.0)
    return [name for score, name in scored if score == best and best >= SURE]


def artists(tune: Tune) -> list[str]:
    """Return the names of who made a piece."""
    return [name.strip() for name in tune.artist.split(";")]


def list_of(lists: Sequence[Playlist], said: str) -> Choice | None:
    """Return the playlist of a name."""
    names = likest((playlist.name for playlist in lists), said)
    found = next((playlist for playlist in lists if playlist.name in names), None)
    return Choice(f"the playlist {found.name}", f"歌单“{found.name}”", playlist=found) if found else None


def artist_of(tunes: Sequence[Tune], said: str) -> Choice | None:
    """Return all pieces of an artist, in any order."""
    names = set(likest((name for tune in tunes for name in artists(tune)), said))
    found = [tune for tune in tunes if names & set(artists(tune))]
    name = min(names, key=len, default="")
    return Choice(f"music by {name}", f"{name}的音乐", shuffled(found)) if found else None


def album_of(tunes: Sequence[Tune], said: str) -> Choice | None:
    """Return an album, or a folder that has the name, from its first piece on."""
    title, artist = parts_of(said)
    for album, of in ((said, ""), (title, artist)):
        names = likest((tune.album for tune in tunes), album) or likest((tune.folder.rpartition("/")[2] for tune in tunes), album)
        found = [tune for tune in tunes if (tune.album in names or tune.folder.rpartition("/")[2] in names) and is_by(tune, of)]
        if album and found:
            name, who = names[0], artists(found[0])[0]
            ordered = tuple(sorted(found, key=lambda tune: (tune.number, tune.path)))[:MOST]
            return Choice(f"{name} by {who}" if who else name, f"{who}的《{name}》" if who else f"《{name}》", ordered)
    return None


def song_of(tunes: Sequence[Tune], said: str) -> Choice | None:
    """Return one piece, of whom it was said to be."""
    title, artist = parts_of(said)
    for name, of in ((said, ""), (title, artist)):
        names = likest((tune.title for tune in tunes if is_by(tune, of)), name) if name else []
        if names:
            tune = next(tune for tune in tunes if tune.title in names and is_by(tune, of))
            return Choice(told_en(tune), told_zh(tune), (tune,))
    return None


def genre_of(tunes: Sequence[Tune], said: str) -> Choice | None:
    """Return all pieces of a genre, or in a folder that has its name, in any order."""
    letters = squashed(said)
    also = next(((name, *others) for name, others in GENRES.items() if letters in {squashed(one) for one in (name, *others)}), (said,))
    values = [value.strip() for tune in tunes for value in (*tune.genre.split(";"), *tune.folder.split("/"))]
    names = {name for one in also for name in likest(values, one)}
    found = [tune for tune in tunes if names & {value.strip() for value in (*tune.genre.split(";"), *tune.folder.split("/"))}]
    return Choice(said, said, shuffled(found)) if found else None


def parts_of(said: str) -> tuple[str, str]:
    """Return the title and the artist in "Yesterday by the Beatles", 周杰伦的晴天; both empty when no artist was said."""
    match = BY.match(said) or OF.match(said)
    return (bare(match["title"]), bare(match["artist"])) if match else ("", "")


def is_by(tune: Tune, artist: str) -> bool:
    """Tell whether a piece is of an artist; it is where none was said."""
    return not artist or bool(likest(artists(tune), artist))


def spoken(tunes: Sequence[Tune], kind: str) -> list[Tune]:
    """Return the podcasts, or the audiobooks."""
    words = SPOKEN_WORD[kind]

    def is_one(tune: Tune) -> bool:
        return bool(words.search(tune.genre) or words.search(tune.folder)) or (kind == "audiobook" and tune.path.endswith(".m4b"))

    return [tune for tune in tunes if is_one(tune)]


def shuffled(tunes: Sequence[Tune]) -> tuple[Tune, ...]:
    """Return pieces in any order, as many as a queue takes."""
    mixed = list(tunes)
    SystemRandom().shuffle(mixed)
    return tuple(mixed[:MOST])


def told_en(tune: Tune) -> str:
    """Return what a piece is called."""
    return f"{tune.title} by {artists(tune)[0]}" if tune.artist else tune.title


def told_zh(tune: Tune) -> str:
    """Return what a piece is called, in Chinese."""
    return f"{artists(tune)[0]}的《{tune.title}》" if tune.artist else f"《{tune.title}》"
