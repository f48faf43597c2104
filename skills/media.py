"""Music: other programs' players are told what to do, and what is in the music folder is played by Hark itself."""

from typing import Any

from assistant.skill import OWN, CannotDo, Command, Context, Player, Queue, Reply, Track, action, inverse
from skills.player_words import NEXT, PAUSE, PLAY, PREVIOUS, RESUME, RULES, WHAT
from skills.playing import Choice, Kind, choose, shuffled, spoken

NOTHING_ON = CannotDo(en="Nothing is playing.", zh="现在没有在放。")

FILES = {"podcast": "podcasts", "audiobook": "audiobooks"}
FILES_ZH = {"podcast": "播客", "audiobook": "有声书"}


@action(en=PLAY["en"], zh=PLAY["zh"], rules=RULES)
async def play(ctx: Context, query: str = "", kind: Kind | None = None) -> Reply:
    """Play music, a podcast or an audiobook.

    Args:
        query: What, such as a title, an artist or a sort of music; absent means anything.
        kind: What the query is: song, artist, album, playlist, genre, podcast, radio or audiobook.
    """
    if kind == "radio":
        raise CannotDo(
            en="I can't play radio: I play what is on this computer. Start it in a player, then I can pause it.",
            zh="我放不了电台，只能放这台电脑里的内容。在播放器里打开后，我可以暂停。",
        )
    if not query and kind is None and (paused := first(await ctx.players.all(), "paused")):
        return await told_to(ctx, [paused], "resume")
    lists = await ctx.players.playlists() if query else []
    tunes = await ctx.players.tunes()
    choice = choose(tunes, lists, query, kind) if query else anything(list(tunes), kind)
    if choice is None:
        raise not_there(ctx, query, kind, empty=not tunes)
    return await started(ctx, choice)


def anything(tunes: list[Any], kind: Kind | None) -> Choice | None:
    """Return some of what there is; None when there is nothing of that kind."""
    found = spoken(tunes, kind) if kind in FILES else tunes
    if not found:
        return None
    return Choice(FILES.get(kind or "", "music"), FILES_ZH.get(kind or "", "音乐"), tuple(found) if kind in FILES else shuffled(found))


def not_there(ctx: Context, query: str, kind: Kind | None, *, empty: bool) -> CannotDo:
    """Return what is said when there is nothing like that, and where it would have to be."""
    folder = ctx.players.folder
    if empty:
        return CannotDo(
            en=f"There is no music in {folder}. Put some there, or name your folder under skill.media in the configuration.",
            zh=f"{folder} 里没有音乐。请放一些进去，或者在配置的 skill.media 里写上您的文件夹。",
        )
    en = f"nothing like {query}" if query else f"no {FILES.get(kind or '', 'music')}"
    zh = f"“{query}”" if query else FILES_ZH.get(kind or "", "音乐")
    return CannotDo(en=f"I found {en} in {folder}.", zh=f"在 {folder} 里没找到{zh}。")


async def started(ctx: Context, choice: Choice) -> Reply:
    """Play what was chosen; what played before is paused, and comes back with an undo."""
    before = await ctx.players.queue()
    playing = [player for player in await ctx.players.all() if player.state == "playing" and player.id != OWN]
    where_en, where_zh, begun = "", "", OWN
    if choice.playlist and choice.playlist.player != OWN:
        begun = choice.playlist.player
        await ctx.players.start(choice.playlist)
    else:
        paths = choice.playlist.paths if choice.playlist else tuple(tune.path for tune in choice.tunes)
        try:
            await ctx.players.play(Queue(paths))
        except CannotDo:
            opener = next((player for player in await ctx.players.all() if "open" in player.can), None)
            if opener is None:
                raise
            begun, where_en, where_zh = opener.id, f" in {opener.name}", f"用 {opener.name} "
            await ctx.players.open(opener.id, paths[0])
    others = [player.id for player in playing if player.id != begun]
    for player in others:
        await ctx.players.command(player, "pause")
    undo = bring_back(queue=plain(before), paused=others, begun=begun)
    return Reply(en=f"Playing {choice.en}{where_en}.", zh=f"{where_zh}播放{choice.zh}。", undo=undo)


@action(en=PAUSE["en"], zh=PAUSE["zh"], rules=RULES)
async def pause(ctx: Context) -> Reply:
    """Pause what plays."""
    playing = [player for player in await ctx.players.all() if player.state == "playing" and "pause" in player.can]
    if not playing:
        raise NOTHING_ON
    return await told_to(ctx, playing, "pause")


@action(en=RESUME["en"], zh=RESUME["zh"], rules=RULES)
async def resume(ctx: Context) -> Reply:
    """Go on with what was paused."""
    players = await ctx.players.all()
    if paused := first(players, "paused"):
        return await told_to(ctx, [paused], "resume")
    if playing := first(players, "playing"):
        return Reply(en=f"It is playing already{by(playing.track)}.", zh="已经在放了。")
    raise CannotDo(en="Nothing is paused. Say: play some music.", zh="没有暂停的内容。可以说：放点音乐。")


@action(en=NEXT["en"], zh=NEXT["zh"], rules=RULES)
async def next_(ctx: Context) -> Reply:
    """Skip to the next piece, episode or chapter."""
    return await moved(ctx, "next", "previous")


@action(en=PREVIOUS["en"], zh=PREVIOUS["zh"], rules=RULES)
async def previous(ctx: Context) -> Reply:
    """Go back to the previous piece, episode or chapter."""
    return await moved(ctx, "previous", "next")


@action(en=WHAT["en"], zh=WHAT["zh"], rules=RULES)
async def what(ctx: Context) -> Reply:
    """Tell what is playing."""
    players = await ctx.players.all()
    player = first(players, "playing") or first(players, "paused")
    if player is None:
        raise NOTHING_ON
    track = player.track
    if not track.title:
        return Reply(en=f"{player.name} doesn't say what it plays.", zh=f"{player.name} 没有说在放什么。")
    album_en, album_zh = (f", from {track.album}", f"，出自《{track.album}》") if track.album else ("", "")
    artist_en, artist_zh = (f" by {track.artist}", f"{track.artist}的") if track.artist else ("", "")
    paused_en, paused_zh = ("It is paused: ", "暂停了：") if player.state == "paused" else ("", "")
    return Reply(en=f"{paused_en}{track.title}{artist_en}{album_en}.", zh=f"{paused_zh}{artist_zh}《{track.title}》{album_zh}。")


def first(players: list[Player], state: str) -> Player | None:
    """Return the first player in a state."""
    return next((player for player in players if player.state == state), None)


async def told_to(ctx: Context, players: list[Player], command: Command) -> Reply:
    """Pause players, or have them go on."""
    for player in players:
        await ctx.players.command(player.id, command)
    back: Command = "resume" if command == "pause" else "pause"
    undo = tell(players=[player.id for player in players], command=back)
    if command == "pause":
        return Reply(en="Paused.", zh="暂停了。", undo=undo)
    return Reply(en=f"Playing on{by(players[0].track)}.", zh="继续播放。", undo=undo)


def by(track: Track) -> str:
    """Return what is played, to be said after a word."""
    return f": {track.title}" if track.title else ""


async def moved(ctx: Context, command: Command, back: Command) -> Reply:
    """Skip forwards or backwards. Raises CannotDo where there is nothing more."""
    players = await ctx.players.all()
    player = first(players, "playing") or first(players, "paused")
    if player is None:
        raise NOTHING_ON
    if command not in player.can:
        raise CannotDo(
            en="That was the last one." if command == "next" else "There is nothing before this.",
            zh="已经是最后一首了。" if command == "next" else "前面没有了。",
        )
    await ctx.players.command(player.id, command)
    en, zh = ("Next one.", "下一首。") if command == "next" else ("Back one.", "上一首。")
    return Reply(en=en, zh=zh, undo=tell(players=[player.id], command=back))


def plain(queue: Queue | None) -> list[Any]:
    """Return a queue as plain data; empty for none."""
    return [list(queue.paths), queue.index, queue.at_s, queue.paused] if queue else []


@inverse
async def tell(ctx: Context, players: list[str], command: Command) -> None:
    """Tell players the opposite of what they were told."""
    for player in players:
        await ctx.players.command(player, command)


@inverse
async def bring_back(ctx: Context, queue: list[Any], paused: list[str], begun: str) -> None:
    """End what was begun, and go on with what played before."""
    if begun == OWN:
        await ctx.players.play(Queue(tuple(queue[0]), queue[1], queue[2], queue[3]) if queue else None)
    else:
        await ctx.players.command(begun, "pause")
    for player in paused:
        await ctx.players.command(player, "resume")
