"""How people speak of their files, and where those are looked for."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from shutil import which
from typing import Annotated
from urllib.parse import unquote

from assistant.skill import phrase

WALK_S = 1.5
"""Seconds for looking through folders."""

MOST_ENTRIES = 60_000
"""Files and folders looked at."""

INDEX_S = 2.0
"""Seconds for the answer of an index."""

MOST_INDEXED = 400
"""Files asked of an index for each word."""

SKIPPED = frozenset(
    ["node_modules", "__pycache__", "venv", "cache", "caches", "appdata", "library", "snap", "$recycle.bin", "site-packages", "target"]
)
"""Folders of programs, not of people."""

PROGRAM_ENDINGS = """
exe com bat cmd ps1 psm1 vbs vbe js jse wsf wsh msi msp scr pif lnk reg hta cpl jar sh bash zsh fish csh command tool app workflow
desktop appimage run bin out deb rpm apk dmg pkg flatpakref snap py pyw pl rb lua php tcl ahk scpt applescript action inf url webloc
"""
RUNS = frozenset(PROGRAM_ENDINGS.split())
"""Endings of what would be run by opening it, or leads to something that is."""

PICTURES = ["jpg", "jpeg", "png", "gif", "heic", "webp", "svg", "tif", "tiff", "bmp", "raw"]
SHEETS = ["xlsx", "xls", "ods", "csv", "numbers"]
SLIDES = ["pptx", "ppt", "odp", "key"]
TEXTS = ["doc", "docx", "odt", "rtf", "txt", "md", "pages", "pdf", "tex"]
VIDEOS = ["mp4", "mkv", "mov", "avi", "webm", "m4v"]
SOUNDS = ["mp3", "flac", "ogg", "opus", "wav", "m4a", "aac"]
PACKED = ["zip", "tar", "gz", "7z", "rar", "xz"]
KINDS = (
    (re.compile(r"\bpdfs?\b", re.IGNORECASE), ["pdf"]),
    (re.compile(r"\b(photos?|pictures?|images?|pics?)\b|照片|图片|相片", re.IGNORECASE), PICTURES),
    (re.compile(r"\b(spreadsheets?|excel|sheets?)\b|表格|excel", re.IGNORECASE), SHEETS),
    (re.compile(r"\b(presentations?|slides|powerpoint)\b|幻灯片|演示文稿|ppt", re.IGNORECASE), SLIDES),
    (re.compile(r"\b(word|text) (documents?|files?)\b|word文档|文档", re.IGNORECASE), TEXTS),
    (re.compile(r"\b(videos?|movies?|clips?)\b|视频|录像", re.IGNORECASE), VIDEOS),
    (re.compile(r"\b(recordings?|audio)\b|录音|音频", re.IGNORECASE), SOUNDS),
    (re.compile(r"\b(zip|archive)\b|压缩包", re.IGNORECASE), PACKED),
    (re.compile(r"\b(folder|directory)\b|文件夹|目录", re.IGNORECASE), ["/"]),
)
"""Words for a kind of file, and its endings; a folder has "/"."""

DOCUMENTS = frozenset([*PICTURES, *SHEETS, *SLIDES, *TEXTS, *VIDEOS, *SOUNDS, *PACKED, "html", "htm", "json", "xml", "epub", "ics"])
"""Endings of what is shown by opening it, whatever rights its folder gives every file."""

ALSO = {
    "发票": "invoice", "收据": "receipt", "合同": "contract", "简历": "cv|resume", "报告": "report", "预算": "budget", "护照": "passport",
    "截图": "screenshot", "登机牌": "boarding pass", "照片": "photo", "下载": "downloads", "桌面": "desktop", "图片": "pictures",
    "音乐": "music", "视频": "videos", "账单": "bill", "工资条": "payslip", "论文": "thesis", "文档": "documents", "作业": "homework",
    "菜谱": "recipe", "税": "tax", "保险": "insurance", "证书": "certificate", "求职信": "cover letter", "资料": "documents",
}  # fmt: skip
"""What the other language calls it; people name files in either."""

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
CHINESE_MONTHS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
MONTH = re.compile(
    rf"\b(?:from|in|of|for)?\s*(?:last )?({'|'.join(MONTHS)})\b|(十[一二]|[一二三四五六七八九十]|1[012]|[1-9])月份?的?", re.IGNORECASE
)
PERIOD = re.compile(
    r"\b(today|yesterday|(this|last) (week|weekend|month|year|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(on )?(monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b"
    r"|今天|昨天|前天|(上|这|本)个?(周|星期|礼拜)[一二三四五六日天末]?|(上|这|本)个?月|今年|去年",
    re.IGNORECASE,
)
"""Days and stretches of them; what is said of a time is no part of a name."""

LATEST = re.compile(r"\b(latest|newest|most recent|last|recent)\b|最新的?|最近的?|最后一?个?", re.IGNORECASE)

NOUNS = """
invoice invoices receipt receipts contract cv resume report reports thesis dissertation spreadsheet spreadsheets presentation slides pdf
scan scans payslip payslips screenshot screenshots document documents file files folder manuscript certificate transcript essay
homework draft warranty statement logbook worksheet lease
"""
NOUN = frozenset(NOUNS.split())
CHINESE_NOUN = re.compile(r"发票|合同|简历|报告|表格|文档|文件|扫描件|截图|工资条|论文|收据|求职信|登机牌|账单|幻灯片|压缩包|说明书|申请表")
ENDING = re.compile(r"\.(" + "|".join(sorted(DOCUMENTS)) + r")\b", re.IGNORECASE)
ABOUT_FILES = re.compile(
    r"\b(files?|folders?|documents?|directory|computer|laptop|hard drive|drive|disk|pc|downloads)\b|文件|文档|电脑|硬盘|目录", re.IGNORECASE
)
NO_FILE = frozenset(["manager", "explorer", "app", "note", "notes", "list"])
"""What ends the name of something else: the file manager is a program."""

LONGEST_QUERY_WORDS = 12
"""Chinese characters count as words."""


def queries_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may name a file: any words where the sentence speaks of files, else those with a kind of document among them."""
    is_certain = ABOUT_FILES.search(text) is not None
    words: list[str] = []
    for match in re.finditer(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff][^\s，。！？、；：\u3400-\u9fff]*", text[at:]):
        words.append(match[0].casefold().strip(".,!?"))
        if len(words) > LONGEST_QUERY_WORDS or words[-1] in NO_FILE:
            return
        said = text[at : at + match.end()]
        if is_certain or not NOUN.isdisjoint(words) or CHINESE_NOUN.search(said) or ENDING.search(said):
            yield at, at + match.end()


FileName = Annotated[
    str, phrase("name of a file", queries_in, en=["invoice from March", "contract"], zh=["三月的发票", "房租合同"], is_sure=False)
]

RULES = {
    "find": "(find|find me|locate|look for|search for|hunt down|hunt for|dig up|dig out|track down|look up)",
    "the": "[the|my|our|a|an|that|this|any]",
    "file": "(file|files|document|documents|folder|folders|pdf|spreadsheet)",
    "named": "(called|named|about|with|for|titled|containing)",
    "here": "(on|in) (my|the|this) (computer|laptop|pc|drive|hard drive|disk|machine|files|documents|downloads|desktop)",
    "open": "(open|open up|pull up|bring up|load|view|display|show me|let me see)",
    "zh_find": "(找|找找|找一下|找下|搜|搜一下|搜索|搜索一下|搜搜|查找|找出|找到|寻找|定位|翻一下)",
    "zh_file": "(文件|文档|文件夹|目录|PDF|表格)",
    "zh_open": "(打开|打开一下|开一下|调出|显示|浏览)",
}

ENGLISH_TEMPLATES = {
    "find": [
        "<find> <the> {query}",
        "<find> <the> {query} <file>",
        "<find> <the> <file> <named> {query}",
        "<find> <the> {query} <here>",
        "search (my|the) (files|documents|computer|laptop|drive|downloads) for <the> {query}",
        "where (is|are) (my|the|that) {query} <file> [saved|stored]",
        "where (is|are) (my|the|that) {query} (saved|stored)",
        "where (did i|have i) (save|saved|store|stored) (my|the|that|a) {query}",
        "(do i have|have i got|is there) (a|any) <file> <named> {query}",
        "(which|what) folder (has|is) <the> {query} [in]",
        "show me [the|all] files <named> {query}",
    ],
    "open": [
        "<open> <the> {query}",
        "<open> <the> {query} (file|document|folder)",
        "<open> <the> (file|document|folder) [called|named|about|with] <the> {query}",
        "(i want|i need|i would like) to (see|look at|read|edit) (my|the|that) {query} (file|document)",
        "the {query} (file|document|folder) open it [up]",
    ],
}

CHINESE_TEMPLATES = {
    "find": [
        "<zh_find>[我的|我|那个|那份|一个|个]{query}",
        "<zh_find>[一下][我的|我][叫|关于|名叫]{query}的<zh_file>",
        "(在|从)(电脑|硬盘|下载|桌面|文档)[里|上|中]<zh_find>[一下]{query}",
        "(电脑|硬盘)[里|上][面]有(没有|)[叫|关于]{query}(的文件|文件|)",
        "(哪个|哪些)文件[里](写着|有|提到){query}",
        "[我的|我|那个|那份]{query}(存|保存)(在哪|哪)[了|儿了|里了|儿|里|个文件夹了]",
        "[我的|我|那个|那份]{query}在(哪个文件夹|哪个目录|电脑哪里)",
    ],
    "open": [
        "<zh_open>[我的|我|那个|那份|这个]{query}",
        "<zh_open>[我的|我|那个|那份|这个]{query}(文件夹|文件|文档|目录)",
        "(把|将)[我的|我|那个|那份|这个]{query}[文件|文档|这个文件]<zh_open>",
        "{query}(文件|文档|文件夹)<zh_open>",
    ],
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file or a folder."""

    path: Path
    changed_s: float
    """When it was written last, as a timestamp."""
    is_folder: bool


def indexes(word: str, home: Path) -> Iterator[list[str]]:
    """Yield the commands that ask the indexes a machine may have for names with a word."""
    most = str(MOST_INDEXED)
    if sys.platform == "darwin":
        yield ["mdfind", "-onlyin", str(home), "-name", word]
    elif sys.platform == "win32":
        yield ["es.exe", "-n", most, word]
    else:
        yield ["plocate", "-i", "-b", "-l", most, "--", word]
        yield ["locate", "-i", "-b", "-l", most, "--", word]
        yield ["localsearch", "search", "--files", "--disable-color", "--limit", most, word]
        yield ["tracker3", "search", "--files", "--disable-color", "--limit", most, word]


def indexed(words: Sequence[str], roots: Sequence[Path]) -> set[Path]:
    """Return the files below some folders of which an index says that their names have a word; none where there is no index."""
    found: set[Path] = set()
    until = time.monotonic() + INDEX_S
    for word in words:
        command = next((command for command in indexes(word, roots[0]) if which(command[0])), None)
        left = until - time.monotonic()
        if command is None or left <= 0:
            break
        try:
            answer = subprocess.run(command, capture_output=True, timeout=left, check=False, encoding="utf-8", errors="replace")
        except (subprocess.TimeoutExpired, OSError):
            break  # what the index would have known, the walk may still find
        found |= {Path(line) for line in map(plain, answer.stdout.splitlines()) if line}
    return {path for path in found if any(is_shown(path, root) for root in roots)}


def plain(line: str) -> str:
    """Return the path in a line of an index, which may write it as an address."""
    line = line.strip()
    return unquote(line.removeprefix("file://")) if line.startswith("file://") else line


def is_shown(path: Path, root: Path) -> bool:
    """Tell whether a path is below a folder and none of the folders between is hidden or a program's."""
    return path.is_relative_to(root) and not any(is_skipped(name) for name in path.relative_to(root).parts)


def is_skipped(name: str) -> bool:
    """Tell whether a file or folder of this name is nobody's document."""
    return name.startswith((".", "~$")) or name.casefold() in SKIPPED


def walked(roots: Sequence[Path]) -> Iterator[Path]:
    """Yield the files and folders below some folders, the nearest first, until time or number is up."""
    until, left, level = time.monotonic() + WALK_S, MOST_ENTRIES, list(dict.fromkeys(roots))
    seen = set(level)
    while level:
        deeper = []
        for folder in level:
            for entry in children(folder):
                left -= 1
                if left < 0 or time.monotonic() > until:
                    return
                path = Path(entry.path)
                yield path
                if entry.is_dir(follow_symlinks=False) and path not in seen:
                    deeper.append(path)
                    seen.add(path)
        level = deeper


def children(folder: Path) -> list[os.DirEntry[str]]:
    """Return what is in a folder and not hidden; nothing of one that may not be read."""
    try:
        with os.scandir(folder) as entries:
            return sorted((entry for entry in entries if not is_skipped(entry.name)), key=lambda entry: entry.name)
    except OSError:
        return []


def known(paths: Iterable[Path]) -> list[Found]:
    """Return those of the paths that are there."""
    found = []
    for path in dict.fromkeys(paths):
        try:
            state = path.stat()
        except OSError:
            continue
        found.append(Found(path, state.st_mtime, path.is_dir()))
    return found


def month_in(text: str) -> int | None:
    """Return the number of the month that a text names."""
    match = MONTH.search(text)
    if not match:
        return None
    if match[1]:
        return MONTHS.index(match[1].casefold()) + 1
    return CHINESE_MONTHS.index(match[2]) + 1 if match[2] in CHINESE_MONTHS else int(match[2])


def is_of_month(found: Found, month: int) -> bool:
    """Tell whether a file's name says a month, or else whether it was written then."""
    name = found.path.stem.casefold()
    words = re.findall(r"[a-z]+", name)
    if any(word in {full, full[:3]} for word in words for full in MONTHS) or re.search(r"(?<!\d)(19|20)\d\d[-_. ]?[01]\d(?!\d\d\d)", name):
        return (
            MONTHS[month - 1] in words
            or MONTHS[month - 1][:3] in words
            or re.search(rf"(?<!\d)(19|20)\d\d[-_. ]?{month:02d}(?!\d{{3}})", name) is not None
        )
    if said := re.search(r"(十[一二]|[一二三四五六七八九十]|\d+)月", name):
        return month_in(said[0]) == month
    return datetime.fromtimestamp(found.changed_s).astimezone().month == month
