"""How people name programs, in a sentence and among those that are installed."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Annotated

from assistant.skill import Program, phrase
from skills.alike import alike, squashed

KINDS = {
    "WebBrowser": ("browser", "web browser", "internet browser", "internet", "浏览器", "网页浏览器", "上网"),
    "Email": ("mail", "email", "e-mail", "mail client", "mail program", "邮件", "邮箱", "电子邮件", "邮件客户端"),
    "TerminalEmulator": ("terminal", "console", "command line", "shell", "终端", "命令行", "控制台"),
    "FileManager": (
        "file manager",
        "files",
        "file explorer",
        "explorer",
        "finder",
        "my files",
        "文件管理器",
        "文件",
        "资源管理器",
        "文件夹",
    ),
    "TextEditor": ("text editor", "editor", "notepad", "文本编辑器", "记事本", "编辑器"),
    "Calculator": ("calculator", "计算器"),
    "Calendar": ("calendar", "日历"),
    "Settings": ("settings", "system settings", "control panel", "preferences", "system preferences", "设置", "系统设置", "控制面板"),
    "Player": ("music player", "media player", "video player", "播放器", "音乐播放器", "视频播放器"),
    "WordProcessor": ("word processor", "文字处理"),
    "Spreadsheet": ("spreadsheet", "spreadsheets", "电子表格", "表格"),
    "RasterGraphics": ("image editor", "photo editor", "paint", "画图", "图片编辑器"),
    "Photography": ("photos", "photo viewer", "相册", "照片"),
    "Camera": ("camera", "webcam", "相机", "摄像头"),
    "PackageManager": ("app store", "software centre", "software center", "应用商店", "软件商店", "应用市场"),
    "Monitor": ("task manager", "system monitor", "activity monitor", "任务管理器", "系统监视器"),
    "IDE": ("ide", "开发环境"),
}
"""Sorts of programs, by the categories of freedesktop.org, and what they are called."""

ALIASES = (
    ("firefox", "火狐", "火狐浏览器", "mozilla firefox"),
    ("google chrome", "chrome", "谷歌浏览器", "谷歌", "chromium"),
    ("microsoft edge", "edge", "微软浏览器"),
    ("safari", "苹果浏览器"),
    ("wechat", "微信", "weixin", "电脑微信"),
    ("wecom", "企业微信", "wxwork"),
    ("dingtalk", "钉钉"),
    ("feishu", "飞书", "lark", "bytedance feishu"),
    ("tencent meeting", "腾讯会议", "wemeet", "voov meeting", "wemeetapp"),
    ("qq music", "QQ音乐", "qqmusic"),
    ("netease cloud music", "网易云音乐", "网易云"),
    ("kugou", "酷狗音乐", "酷狗"),
    ("baidu netdisk", "百度网盘", "百度云", "baidunetdisk"),
    ("thunder", "迅雷", "xunlei"),
    ("jianying", "剪映", "capcut"),
    ("iqiyi", "爱奇艺"),
    ("youku", "优酷"),
    ("tencent video", "腾讯视频"),
    ("bilibili", "哔哩哔哩", "B站"),
    ("tiktok", "抖音", "douyin"),
    ("taobao", "淘宝"),
    ("alipay", "支付宝"),
    ("weibo", "微博", "新浪微博"),
    ("zhihu", "知乎"),
    ("xiaohongshu", "小红书", "rednote"),
    ("youdao dictionary", "有道词典", "有道"),
    ("wps office", "WPS", "wps文字", "wps 2019"),
    ("word", "microsoft word", "libreoffice writer", "libre office writer"),
    ("excel", "microsoft excel", "libreoffice calc", "libre office calc"),
    ("powerpoint", "power point", "microsoft powerpoint", "libreoffice impress"),
    ("visual studio code", "vs code", "vscode", "code"),
    ("minecraft", "我的世界"),
    ("meitu", "美图秀秀"),
    ("telegram", "telegram desktop", "电报"),
    ("gimp", "gnu image manipulation program"),
    ("krita", "paint", "画图", "drawing", "kolourpaint"),
)
"""Names of the same program; an entry often has only one of them."""

FAMOUS = (
    *("Steam", "Spotify", "Discord", "Zoom", "Outlook", "Thunderbird", "Photoshop", "OBS", "Blender", "Skype", "WhatsApp", "Kodi", "Teams"),
    *(
        "Instagram",
        "Facebook",
        "LibreOffice",
        "Signal",
        "VLC",
        "Inkscape",
        "Audacity",
        "Dropbox",
        "Evernote",
        "Roblox",
        "Figma",
        "Kindle",
        "Lightroom",
        "Zotero",
        "Messenger",
    ),
    *(
        "Slack",
        "Docker",
        "PyCharm",
        "IntelliJ",
        "Obsidian",
        "Krita",
        "Notion",
        "Netflix",
        "Epic Games",
        "Instagram",
        "Facebook",
        "LibreOffice",
    ),
    *("QQ", "TIM", "豆瓣", "美团", "喜马拉雅", "地图", "高德地图", "百度地图", "印象笔记", "石墨文档", "腾讯文档", "网易邮箱", "GIMP"),
)
"""Programs that a sentence may name without saying that they are one."""

ORDINARY = {
    *("word", "code", "edge", "thunder", "files", "file", "my files", "internet", "finder", "lark", "drawing", "paint", "photos", "mail"),
    *("email", "e-mail", "calendar", "camera", "shell", "editor", "preferences", "settings", "谷歌", "有道", "文件", "日历", "邮件"),
    *("邮箱", "照片", "表格", "上网", "相机", "地图", "摄像头", "播放器", "编辑器", "文件夹", "设置", "音乐播放器"),
}
"""Names that also mean something else: only a program where the sentence says so."""

SAYS_SO = re.compile(
    r"\b(?:apps?|applications?|programs?|software|force (?:quit|close)|end task)\b|应用|软件|客户端|进程|强制(?:退出|关闭|结束)",
    re.IGNORECASE,
)
"""What makes any name in a sentence one of a program."""

STOPS = re.compile(r"\b(?:app|apps|application|program|software|and|then|please|now|for|is|it|that|task|process)\b", re.IGNORECASE)
STOPS_ZH = re.compile(r"应用|软件|程序|客户端|进程|窗口|[把将请帮给了吗吧关开退，。,？?]")

AROUND = re.compile(
    r"^(?:(?:the|my|a|an|this|that|new|another|up)\s+)+|^(?:那个|这个|一下|个|我的)"
    r"|\s*\b(?:app|application|program|software|window|process|client|for me|please)s?$|(?:应用|软件|程序|客户端|窗口|进程)$",
    re.IGNORECASE,
)
"""What is said around the name of a program."""

WORDS = 4
"""Of a name."""

SURE = 78.0
"""How much a misheard name must be like the real one, in percent of its letters."""

AS_GOOD = 4.0
"""Percent within which two names are as likely."""

NEAR = 55.0
"""Percent above which a name is worth mentioning."""


@cache
def known() -> tuple[str, ...]:
    """Return the names that a sentence need not explain, the longest first."""
    names = {*FAMOUS, *(name for names in (*ALIASES, *KINDS.values()) for name in names)}
    return tuple(sorted({name.casefold() for name in names} - ORDINARY, key=len, reverse=True))


def programs_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what may be a program's name that begins somewhere: one that is known, or any words where the sentence says so."""
    said = text[at:].casefold()
    for name in known():
        after = said[len(name) : len(name) + 1]
        if said.startswith(name) and not (name[-1].isascii() and name[-1].isalnum() and after.isascii() and after.isalnum()):
            yield at, at + len(name)
    if SAYS_SO.search(text):
        stop = (STOPS if said[:1].isascii() else STOPS_ZH).search(text, at)
        rest = text[at : stop.start() if stop else len(text)]
        if rest[:1].isascii():
            for word in list(re.finditer(r"\S+", rest))[:WORDS]:
                yield at, at + len(rest[: word.end()].rstrip(" ,.!?"))
        elif rest.strip():
            yield at, at + len(rest.strip())


ProgramName = Annotated[str, phrase("program", programs_in, en=["Firefox", "Spotify"], zh=["微信", "火狐浏览器"], is_sure=False)]


def bare(name: str) -> str:
    """Return a name without what is said around it."""
    before = None
    while before != name:
        before, name = name, AROUND.sub("", name.strip(" .,!?。，！？\"'“”《》")).strip()
    return name


def find(programs: Sequence[Program], said: str) -> list[Program]:
    """Return the programs that a name means, as likely as each other; none when there is none like it."""
    name = bare(said)
    if not squashed(name):
        return []
    for others in ((name,), also_called(name)):
        wanted = {squashed(other) for other in others}
        if found := [program for program in programs if wanted & {squashed(one) for one in program.names}]:
            return chosen(found)
    if found := of_kind(programs, name):
        return found
    scored = sorted(((likeness(name, program), program) for program in programs), key=lambda pair: -pair[0])
    best = scored[0][0] if scored else 0.0
    return [program for score, program in scored if score >= SURE and score > best - AS_GOOD]


def also_called(name: str) -> list[str]:
    """Return the other names of a program."""
    said = squashed(name)
    return [other for names in ALIASES for other in names if said in {squashed(one) for one in names}]


def of_kind(programs: Sequence[Program], name: str) -> list[Program]:
    """Return the programs of the sort that a word means, the user's choice alone where there is one."""
    said = squashed(name)
    kinds = {kind for kind, names in KINDS.items() if said in {squashed(one) for one in names}}
    return chosen([program for program in programs if kinds & set(program.kinds)])


def chosen(found: list[Program]) -> list[Program]:
    """Return those the user has chosen among their like; all when none is."""
    return [program for program in found if program.preferred] or found


def likeness(said: str, program: Program) -> float:
    """Return how much a name is like those of a program, in percent."""
    return alike(said, program.names)


def near(programs: Sequence[Program], said: str) -> list[Program]:
    """Return up to three programs whose names are a bit like what was said."""
    scored = sorted(((likeness(bare(said), program), program) for program in programs), key=lambda pair: -pair[0])
    return [program for score, program in scored[:3] if score >= NEAR]
