"""Players for the tests of skills: they play in memory, and a music folder that is always there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.players import OWN, Command, Player, Playlist, Queue, Track, Tune
from assistant.services import CannotDo

TUNES = (
    Tune("/music/so-what.flac", "So What", "Miles Davis", "Kind of Blue", "Jazz", "Jazz/Kind of Blue", 1001),
    Tune("/music/freddie.flac", "Freddie Freeloader", "Miles Davis", "Kind of Blue", "Jazz", "Jazz/Kind of Blue", 1002),
    Tune("/music/qingtian.mp3", "晴天", "周杰伦", "叶惠美", "流行", "华语"),
)

ORDER = {"playing": 0, "paused": 1, "stopped": 2}


@dataclass
class FakePlayers:
    """A `Players`; set what there is, and look at what it does."""

    others: dict[str, Player] = field(default_factory=dict)
    """Other programs' players by id."""
    music: Sequence[Tune] = TUNES
    lists: Sequence[Playlist] = ()
    now: Queue | None = None
    """What Hark's own player has before it."""
    has_mpv: bool = True
    started: list[str] = field(default_factory=list)
    """Names of the lists, and paths of the files, that other players were given."""
    folder: str = "/music"

    async def all(self) -> list[Player]:
        """Return what plays or could go on."""
        own = [self._own(self.now)] if self.now else []
        return sorted([*own, *self.others.values()], key=lambda player: ORDER[player.state])

    async def command(self, player: str, command: Command) -> None:
        """Change a state; the own player's place too."""
        if player != OWN:
            if command in {"pause", "resume"}:
                self.others[player] = replace(self.others[player], state="paused" if command == "pause" else "playing")
            return
        if self.now is None:
            raise CannotDo(en="There is nothing more that way.", zh="没有了。")
        step = {"next": 1, "previous": -1}.get(command, 0)
        paused = {"pause": True, "resume": False}.get(command, self.now.paused)
        self.now = replace(self.now, index=self.now.index + step, paused=paused)

    async def playlists(self) -> list[Playlist]:
        """Return `lists`."""
        return list(self.lists)

    async def start(self, playlist: Playlist) -> None:
        """Note a list in `started`."""
        self.started.append(playlist.name)

    async def tunes(self) -> list[Tune]:
        """Return `music`."""
        return list(self.music)

    async def queue(self) -> Queue | None:
        """Return `now`."""
        return self.now

    async def play(self, queue: Queue | None) -> None:
        """Set `now`. Raises CannotDo when there is no mpv."""
        if not self.has_mpv and queue:
            raise CannotDo(en="To play music I need mpv.", zh="放音乐需要 mpv。")
        self.now = queue

    async def open(self, player: str, path: str) -> None:
        """Note a file in `started`."""
        self.started.append(path)
        await self.command(player, "resume")

    def state(self) -> tuple[object, ...]:
        """Return what actions may change."""
        return self.now, dict(self.others)

    def _own(self, queue: Queue) -> Player:
        tune = next((tune for tune in self.music if tune.path == queue.paths[queue.index]), None)
        track = Track(tune.title, tune.artist, tune.album) if tune else Track(queue.paths[queue.index])
        able = {"pause", "resume", *(["next"] if queue.index + 1 < len(queue.paths) else []), *(["previous"] if queue.index else [])}
        return Player(OWN, "Hark", "paused" if queue.paused else "playing", track, frozenset(able))
