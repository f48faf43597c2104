"""What plays music on this machine, as actions see it: other programs' players, and Hark's own."""

from dataclasses import dataclass, field
from typing import Literal, Protocol

Command = Literal["pause", "resume", "next", "previous"]

OWN = "hark"
"""The id of Hark's own player."""


@dataclass(frozen=True, slots=True)
class Track:
    """What is played, as far as it is known; empty where it is not."""

    title: str = ""
    artist: str = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Player:
    """Something that plays."""

    id: str
    name: str
    """As people call it: "Spotify", "Firefox"."""
    state: Literal["playing", "paused", "stopped"]
    track: Track = Track()
    can: frozenset[str] = frozenset({"pause", "resume", "next", "previous"})
    """The commands it takes now, and "open" when it plays files that it is given."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A list that a player, or the music folder, has under a name."""

    id: str
    name: str
    player: str
    """The id of the player that has it; Hark's own for a file of the music folder."""
    paths: tuple[str, ...] = ()
    """What is on it, where it is a file of the music folder."""


@dataclass(frozen=True, slots=True)
class Tune:
    """A file of the music folder, with what is written in it."""

    path: str
    """Absolute."""
    title: str
    """The file's name when none is written in it."""
    artist: str = ""
    """Of the piece, and of the album where that is another, and the composer."""
    album: str = ""
    genre: str = ""
    folder: str = ""
    """Within the music folder: people sort by it."""
    number: int = 0
    """Of the disc, times a thousand, and of the piece on it."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What Hark's own player has before it."""

    paths: tuple[str, ...] = field(default=())
    index: int = 0
    """Which one is played."""
    at_s: float = 0.0
    paused: bool = False


class Players(Protocol):
    """What plays. Everything raises CannotDo with what would help where it cannot be done."""

    @property
    def folder(self) -> str:
        """The music folder."""

    async def all(self) -> list[Player]:
        """Return what plays or could go on: those that play first, Hark's own first among its like."""

    async def command(self, player: str, command: Command) -> None:
        """Tell a player."""

    async def playlists(self) -> list[Playlist]:
        """Return the lists of the players that are there and of the music folder."""

    async def start(self, playlist: Playlist) -> None:
        """Play a list of another program's player."""

    async def tunes(self) -> list[Tune]:
        """Return what is in the music folder; nothing when there is none."""

    async def queue(self) -> Queue | None:
        """Return what Hark's own player has before it; None when it plays nothing."""

    async def play(self, queue: Queue | None) -> None:
        """Have Hark's own player play this instead of what it has; None ends it. Raises CannotDo when there is no mpv."""

    async def open(self, player: str, path: str) -> None:
        """Have another program's player play a file."""
