"""The proof that nothing leaves: a conversation with Hark as it is out of the box, traced, and what it does not prove."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.app import App, tts_engine
from assistant.bench.clips import read_clips
from assistant.examples import examples
from assistant.tracing import Traced, traced
from assistant.worker import Worker
from audio.files import read_recording, write_recording
from audio.vocabulary import RATE, AudioChunk

SPOKEN = ("tell me a joke", "flip a coin")

PAUSE_S = 2.0
"""Of silence after each recording, in which Hark answers."""

OUTSIDE = frozenset({"app", "system", "media", "volume"})
"""Families that act on the rest of the machine: programs, the screen, players, loudness. A self-test leaves that alone."""

NOWHERE = "unix:path=/nonexistent"

NOT_PROMISED = (
    (
        "This is one self-test, with the settings of a new installation, on this machine. Your settings and your skills were not tried.",
        "这只是一次自检：全新安装的设置，在这台机器上。你自己的设置和你装的技能都没有试。",
    ),
    (
        "Skills of others are programs. They can open connections past Hark; read them before you install them.",
        "别人写的技能也是程序，可以绕过 Hark 直接联网；装之前请先看一看。",
    ),
    (
        "Programs that Hark starts for you (a player, a browser, the installer of `hark models`) do what they do.",
        "Hark 替你打开的程序（播放器、浏览器、安装程序）做什么，Hark 管不着。",
    ),
    (
        "What you allow leaves: whoever gets it sees what was asked and your network address, and may keep it. It cannot be called back.",
        "你同意发出的内容就真的发出去了：对方看得到内容和你的网络地址，也可能留着，收不回来。",
    ),
    (
        "Placeholders for names and numbers hide who you are from a glance, not from somebody who wants to find out.",
        "用占位符换掉名字和号码，挡得住随便一看，挡不住有心人。",
    ),
    (
        "What Hark keeps is not encrypted: who can read your files can read it, and who can write them can write a whole new record.",
        "Hark 保存的东西没有加密：能读你文件的人就能看到，能改你文件的人也能重写整份记录。",
    ),
    (
        "Deleting does not reach backups, snapshots, or blocks that a flash disk keeps.",
        "删除碰不到备份、快照和闪存里残留的数据块。",
    ),
)
"""In plain words, English and Chinese."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the self-test."""

    name: str
    turns: int
    """What was heard or typed, and answered."""
    traced: Traced


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which Hark is new, and the desktop, its sound and the user's files are out of reach."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY", "HARK_OFFLINE"}}
    apart = {"HARK_HOME": str(home), "HOME": str(home), "PULSE_SERVER": "unix:/nonexistent"}
    return kept | apart | {"DBUS_SESSION_BUS_ADDRESS": NOWHERE, "DBUS_SYSTEM_BUS_ADDRESS": NOWHERE}


def hark(words: Sequence[str], home: Path, stdin: str = "", *, isolated: bool) -> Traced:
    """Run a command of this very Hark, traced. Raises CannotTrace."""
    program = [sys.executable, "-m", "assistant"]
    return traced([*program, *words], environment(home) | {"PYTHONPATH": os.pathsep.join(sys.path)}, stdin, isolated=isolated)


def sentences(app: App, count: int) -> Iterator[str]:
    """Yield so many sentences in turn from both languages, those of each action, over and over when there are too few."""
    pool = [
        text
        for family in app.families
        if family.name not in OUTSIDE
        for action in family.actions.values()
        for language in ("en", "zh")
        for text in islice(examples(action, language), 2)
    ]
    yield from islice(cycle(pool), count)


def typed(app: App, count: int, home: Path, *, isolated: bool) -> Part:
    """Type sentences to Hark. Raises CannotTrace."""
    lines = "".join(f"{text}\n" for text in sentences(app, count))
    done = hark(["chat", "--json"], home, lines, isolated=isolated)
    return Part("typed", done.printed.count("\n"), done)


def heard(tape: Path, words: Sequence[str], name: str, home: Path, *, isolated: bool) -> Part:
    """Play a recording to Hark's voice loop. Raises CannotTrace."""
    done = hark(["listen", str(tape), "--fast", "--json", *words], home, isolated=isolated)
    events = [json.loads(line) for line in done.printed.splitlines() if line.startswith("{")]
    return Part(name, sum(event["event"] == "finished" and "said" in event for event in events), done)


async def spoken_tapes(app: App, folder: Path) -> dict[str, Path]:
    """Write recordings of Hark's own voice saying commands, and return them by what they say. Raises WorkerError."""
    worker = Worker(tts_engine(app))
    tapes = {}
    try:
        rate = int(await worker.call("rate"))
        silence = bytes(2 * int(PAUSE_S * rate))
        for number, text in enumerate(SPOKEN):
            said = [bytes(samples) async for samples in worker.stream("speak", text, "en")]
            tapes[text] = folder / f"spoken-{number}.wav"
            write_recording(tapes[text], AudioChunk(samples_of([silence, *said, silence]), rate, 0.0))
    finally:
        await worker.close()
    return tapes


def samples_of(pieces: Sequence[bytes]) -> npt.NDArray[np.int16]:
    """Return samples joined, int16 (n,)."""
    return np.frombuffer(b"".join(pieces), np.int16)


def clip_tape(folder: Path, target: Path) -> int:
    """Join all labelled clips into one recording and return how many they are. Raises BenchError when there are none."""
    clips = read_clips(folder)
    silence = bytes(2 * int(PAUSE_S * RATE))
    pieces = [part for clip in clips for part in (read_recording(clip.path).samples.tobytes(), silence)]
    write_recording(target, AudioChunk(samples_of(pieces), RATE, 0.0))
    return len(clips)
