"""Files: found by their names, folders and dates, and opened with the program the desktop has for them."""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.skill import CannotDo, Context, Question, Reply, action, days_in, moment_in
from skills.filing import (
    ALSO,
    CHINESE_TEMPLATES,
    DOCUMENTS,
    ENGLISH_TEMPLATES,
    KINDS,
    LATEST,
    MONTH,
    PERIOD,
    RULES,
    RUNS,
    FileName,
    Found,
    indexed,
    is_of_month,
    known,
    month_in,
    walked,
)
from skills.fulltext import SURE, best, search, terms
from skills.pointing import place_in

TOLD = 3
"""Files named; more cannot be kept in mind."""

AROUND = re.compile(
    r"\b(the|my|our|a|an|that|this|those|these|any|all|some|file|files|document|documents|folder|folders|called|named|titled|about|with"
    r"|from|for|of|on|in|saved|stored|computer|laptop|drive|disk|i|was|working|have|got|downloaded|made|took|just|open|show|me|please"
    r"|find|look|up|pull|bring|view|display|where|is|are|to|can|could|you)\b"
    r"|文件夹|文件|目录|电脑|硬盘|关于|有关|名叫|叫|那个|那份|这个|我的?|打开|一下|找|搜索?|查|帮|请|看看|里|上|的|份|个|把|给",
    re.IGNORECASE,
)
"""Words that are no part of a name."""


@action(
    en=ENGLISH_TEMPLATES["find"],
    zh=CHINESE_TEMPLATES["find"],
    rules=RULES,
    ask={"query": Reply(en="Which file are you looking for?", zh="要找什么文件？")},
)
async def find(ctx: Context, query: FileName) -> Reply:
    """Find files on this machine and tell in which folders they are.

    Args:
        query: What is looked for: words of the name or its folder, a kind of file, a month.
    """
    found = await looked_for(ctx, query)
    if not found:
        return Reply(en=f"I found no file for {said(query)}.", zh=f"没找到{said(query)}的文件。")
    some, more = found[:TOLD], len(found) - TOLD
    listed_en = "; ".join(told_en(each) for each in some) + (f"; and {more} more" if more > 0 else "")
    listed_zh = "；".join(told_zh(each) for each in some) + (f"；还有{more}个" if more > 0 else "")
    if len(found) == 1:
        return Reply(en=f"I found {listed_en}.", zh=f"找到了{listed_zh}。")
    return Reply(en=f"I found {len(found)}: {listed_en}.", zh=f"找到{len(found)}个：{listed_zh}。")


@action(
    en=ENGLISH_TEMPLATES["open"],
    zh=CHINESE_TEMPLATES["open"],
    rules=RULES,
    ask={"query": Reply(en="Which file should I open?", zh="要打开哪个文件？")},
)
async def open_(ctx: Context, query: FileName) -> Reply | Question:
    """Open a file or a folder with the desktop's program for it; never runs a program or a script.

    Args:
        query: Which one: words of the name or its folder, a kind of file, a month.
    """
    found = await answered(ctx, query) or await looked_for(ctx, query)
    if not found:
        raise CannotDo(en=f"I found no file for {said(query)}.", zh=f"没找到{said(query)}的文件。")
    safe = [each for each in found if not runs(each.path)]
    if not safe:
        name = found[0].path.name
        raise CannotDo(en=f"{name} is a program, and I open documents only.", zh=f"{name}是程序，我只打开文档。")
    if len(safe) > 1:
        some = safe[:TOLD]
        en, zh = ", or ".join(told_en(each) for each in some), "，还是".join(told_zh(each) for each in some)
        return Question(en=f"Which one: {en}?", zh=f"哪一个：{zh}？", slot="query")
    await ctx.desktop.open_path(safe[0].path)
    return Reply(en=f"Opening {safe[0].path.name}.", zh=f"正在打开{safe[0].path.name}。")


async def answered(ctx: Context, query: str) -> list[Found]:
    """Return which of the files that were asked about an answer means; none when nothing was asked."""
    heard = ctx.heard.casefold()
    if not heard or query.casefold() in heard:
        return []
    asked = [each for each in await looked_for(ctx, ctx.heard) if not runs(each.path)]
    place = place_in(query)
    if place is not None:
        last = min(len(asked), TOLD)
        return asked[:last][place : place + 1 or None]
    hits = search(words_of(query), [text_of(each) for each in asked])
    return [asked[hit.at] for hit in hits[:1]]


async def looked_for(ctx: Context, query: str) -> list[Found]:
    """Return the files that are meant, the likeliest first; several when the words do not decide."""
    roots = folders(ctx.settings)
    return await asyncio.to_thread(matching, query, roots, ctx.now)


def folders(settings: Any) -> list[Path]:
    """Return the folders in which files are looked for: the user's own, or `folders` of the settings."""
    if chosen := settings.get("folders"):
        return [Path(str(path)).expanduser() for path in ([chosen] if isinstance(chosen, str) else chosen)]
    import platformdirs  # noqa: PLC0415 -- reads the desktop's settings

    own = [platformdirs.user_documents_path(), platformdirs.user_downloads_path(), platformdirs.user_desktop_path()]
    own += [platformdirs.user_pictures_path(), platformdirs.user_music_path(), platformdirs.user_videos_path(), Path.home()]
    return [folder for folder in dict.fromkeys(own) if folder.is_dir()]


def matching(query: str, roots: Sequence[Path], now: datetime) -> list[Found]:
    """Return the files below some folders that a query means."""
    words, endings, month = words_of(query), endings_of(query), month_in(query)
    days = None if month else period_of(query, now)
    if not (words or endings or month or days):
        return []
    ways = [words, *translations(words)] if words else []
    asked = list(dict.fromkeys(term for way in ways for term in terms(way, drop=True)))
    found = known([*indexed(asked, roots), *walked(roots)])
    if month:
        found = [each for each in found if is_of_month(each, month)]
    if days:
        found = [each for each in found if days[0] <= datetime.fromtimestamp(each.changed_s, now.tzinfo).date() <= days[1]]
    of_kind = [each for each in found if is_of_kind(each, endings)] if endings else found
    found = (by_words(ways, of_kind) or by_words(ways, found)) if ways else of_kind
    if LATEST.search(query) or not words:
        found = sorted(found, key=lambda each: each.changed_s, reverse=True)
    return found[:1] if LATEST.search(query) else found


def is_of_kind(found: Found, endings: set[str]) -> bool:
    """Tell whether a file has one of some endings; a folder has "/"."""
    return "/" in endings if found.is_folder else found.path.suffix[1:].casefold() in endings


def period_of(query: str, now: datetime) -> tuple[Any, Any] | None:
    """Return the days of which a query speaks when they are not to come: "yesterday", "last week"."""
    days = days_in(query, now.date())
    if not PERIOD.search(query):
        return None
    if days is None and (moment := moment_in(query, now)):
        day = moment.date() if isinstance(moment, datetime) else moment
        days = (day, day)
    return days if days and days[0] <= now.date() else None


def words_of(query: str) -> str:
    """Return the words of a query that a name may have."""
    left = LATEST.sub(" ", PERIOD.sub(" ", MONTH.sub(" ", query)))
    left = AROUND.sub(" ", left)
    named = left
    for pattern, _ in KINDS:
        named = pattern.sub(" ", named)
    left = " ".join(named.split())
    return "" if not re.search(r"\w", left) else left


def endings_of(query: str) -> set[str]:
    """Return the endings of the kind of file that is wanted; none when any is."""
    return {ending for pattern, endings in KINDS if pattern.search(query) for ending in endings}


def translations(words: str) -> list[str]:
    """Return the words as the other language has them, in all the ways that are known."""
    ways = [words.casefold()]
    for chinese, english in ALSO.items():
        others = english.split("|")
        if chinese in words:
            ways = [way.replace(chinese, f" {other} ") for way in ways for other in others]
        for other in others if chinese not in words else ():
            ways = [re.sub(rf"\b{other}s?\b", chinese, way) for way in ways]
    return [way for way in dict.fromkeys(" ".join(way.split()) for way in ways) if way != words.casefold()]


def by_words(ways: Sequence[str], found: Sequence[Found]) -> list[Found]:
    """Return the files whose names and folders have what is asked for, in any of several ways to say it."""
    texts = [text_of(each) for each in found]
    ranks: dict[int, float] = {}
    covered: dict[int, float] = {}
    for way in ways:
        hits = search(way, texts)
        for hit in best(hits):
            ranks[hit.at] = max(ranks.get(hit.at, 0.0), hit.rank / hits[0].rank)
            covered[hit.at] = max(covered.get(hit.at, 0.0), hit.covered)
    most = max(covered.values(), default=0.0)
    sure = [at for at, part in covered.items() if part >= min(SURE, most)]
    names = {at: split(found[at].path.stem).casefold() for at in sure}
    own = [at for at in sure if any(search(way, [names[at]]) for way in ways)] or sure
    chosen = [at for at in own if names[at] in ways] or own
    return [found[at] for at in sorted(chosen, key=lambda at: (-ranks[at], found[at].is_folder, -found[at].changed_s))]


def text_of(found: Found) -> str:
    """Return what a file is known by: its name, and the folder it is in."""
    return f"{split(found.path.stem)} {found.path.suffix[1:]} {split(found.path.parent.name)}"


def split(name: str) -> str:
    """Return a name as words: "taxReturn2025_final" is "tax Return 2025 final"."""
    return " ".join(re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Za-z])|[_\-.]+", " ", name).split())


def runs(path: Path) -> bool:
    """Tell whether opening a file would run something."""
    real = path.resolve()
    endings = {real.suffix[1:].casefold(), path.suffix[1:].casefold()}
    if endings & RUNS:
        return True
    return real.is_file() and real.stat().st_mode & 0o111 != 0 and real.suffix[1:].casefold() not in DOCUMENTS


def said(query: str) -> str:
    """Return a query as it is said back."""
    return " ".join(query.split()).strip(" ,.!?，。！？")


def where(found: Found) -> str:
    """Return the folder of a file, from the user's own on; empty for that itself."""
    folder, home = found.path.parent, Path.home()
    return "/".join(folder.relative_to(home).parts) if folder.is_relative_to(home) else str(folder)


def told_en(found: Found) -> str:
    """Return a file with its folder."""
    return f"{found.path.name} in {where(found) or 'your home folder'}"


def told_zh(found: Found) -> str:
    """Return a file with its folder, in Chinese."""
    return f"{where(found) or '主文件夹'}里的{found.path.name}"
