"""Programs: found by whatever people call them, opened and closed; nothing that is not installed is ever started."""

import pytest

from assistant.skill import CannotDo, Program, Question
from assistant.testing import FakeContext, take_back
from skills import app
from skills.programs import find
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning

PROGRAMS = [
    Program("firefox.desktop", ("Firefox Web Browser", "firefox"), "Firefox 网络浏览器", ("Network", "WebBrowser"), preferred=True),
    Program("chromium.desktop", ("Chromium", "Web Browser"), "Chromium 网页浏览器", ("Network", "WebBrowser")),
    Program("org.gnome.Calculator.desktop", ("Calculator", "计算器"), "计算器", ("Utility", "Calculator")),
    Program("org.gnome.Terminal.desktop", ("Terminal", "终端"), "终端", ("System", "TerminalEmulator")),
    Program("xterm.desktop", ("XTerm",), "", ("System", "TerminalEmulator")),
    Program("wechat.desktop", ("WeChat", "微信"), "微信", ("Network",)),
    Program("code.desktop", ("Visual Studio Code", "Text Editor"), "", ("Development", "IDE")),
    Program("libreoffice-writer.desktop", ("LibreOffice Writer", "Word Processor"), "", ("Office", "WordProcessor")),
    Program("libreoffice-calc.desktop", ("LibreOffice Calc", "Spreadsheet"), "", ("Office", "Spreadsheet")),
    Program("shotcut.desktop", ("Shotcut",)),
    Program("qqmusic.desktop", ("qqmusic",), "", ("AudioVideo",)),
    Program("netease.desktop", ("NetEase Cloud Music", "网易云音乐"), "网易云音乐", ("AudioVideo",)),
]  # fmt: skip


@pytest.fixture
def ctx():
    ctx = FakeContext()
    ctx.desktop.installed = PROGRAMS
    return ctx


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("open Firefox", ("app.open", {"name": "Firefox"})),
        ("launch the calculator", ("app.open", {"name": "calculator"})),
        ("start the program shotcut", ("app.open", {"name": "shotcut"})),
        ("打开微信", ("app.open", {"name": "微信"})),
        ("把浏览器打开", ("app.open", {"name": "浏览器"})),
        ("打开那个画图软件", ("app.open", {"name": "画图"})),
        ("quit spotify", ("app.close", {"name": "spotify"})),
        ("close the joplin app", ("app.close", {"name": "joplin"})),
        ("force quit blender", ("app.close", {"name": "blender"})),
        ("关掉火狐", ("app.close", {"name": "火狐"})),
        ("强制退出飞书", ("app.close", {"name": "飞书"})),
    ],
)
def test_what_people_say(text, meant):
    assert meaning(text) == meant


@pytest.mark.parametrize(
    "text",
    ["open the garage door", "start a timer for ten minutes", "quit playing", "打开客厅的灯", "close the curtains", "启动扫地机器人"],
)
def test_what_is_no_program_is_left_to_others(text):
    assert (meaning(text) or ("",))[0].partition(".")[0] != "app"


@pytest.mark.parametrize(
    ("said", "ids"),
    [
        ("firefox", ["firefox"]),
        ("the Fire Fox", ["firefox"]),
        ("火狐", ["firefox"]),
        ("my browser", ["firefox"]),
        ("浏览器", ["firefox"]),
        ("calculator app", ["org.gnome.Calculator"]),
        ("calculater", ["org.gnome.Calculator"]),
        ("计算机器", ["org.gnome.Calculator"]),
        ("terminal", ["org.gnome.Terminal"]),
        ("console", ["org.gnome.Terminal", "xterm"]),
        ("微信", ["wechat"]),
        ("威信", ["wechat"]),
        ("weixin", ["wechat"]),
        ("vs code", ["code"]),
        ("word", ["libreoffice-writer"]),
        ("libreoffice", ["libreoffice-writer", "libreoffice-calc"]),
        ("short cut", ["shotcut"]),
        ("网易云", ["netease"]),
        ("QQ音乐", ["qqmusic"]),
        ("rm -rf /", []),
        ("joplin", []),
        ("", []),
        ("the app", []),
    ],
)
def test_it_is_found_by_any_of_its_names(said, ids):
    assert [program.id.removesuffix(".desktop") for program in find(PROGRAMS, said)] == ids


async def test_opening_is_told_and_taken_back(ctx):
    reply = await app.open_(ctx, name="calculator")
    assert (reply.en, reply.zh) == ("Opened Calculator.", "计算器打开了。")
    assert await ctx.desktop.running(PROGRAMS[2])
    await take_back(ctx, reply.undo)
    assert not await ctx.desktop.running(PROGRAMS[2])


async def test_taking_back_leaves_what_ran_before(ctx):
    reply = await app.open_(ctx, name="firefox")
    assert len(await ctx.desktop.running(PROGRAMS[0])) == 2
    await take_back(ctx, reply.undo)
    assert await ctx.desktop.running(PROGRAMS[0]) == ["1:0.0"]


async def test_closing_is_told_and_taken_back(ctx):
    reply = await app.close(ctx, name="火狐")
    assert reply.en == "Closed Firefox Web Browser."
    assert not await ctx.desktop.running(PROGRAMS[0])
    await take_back(ctx, reply.undo)
    assert await ctx.desktop.running(PROGRAMS[0])


async def test_several_are_only_closed_after_a_yes(ctx):
    ctx.desktop.processes["firefox.desktop"] = ["1:0.0", "2:0.0"]
    question = await app.close(ctx, name="firefox")
    assert isinstance(question, Question)
    assert question.slot is None
    assert "2 times" in question.en
    assert len(await ctx.desktop.running(PROGRAMS[0])) == 2
    ctx.confirmed = True
    await app.close(ctx, name="firefox")
    assert not await ctx.desktop.running(PROGRAMS[0])


async def test_force_is_only_used_after_a_yes(ctx):
    ctx.desktop.stubborn, ctx.heard = True, "force quit firefox"
    question = await app.close(ctx, name="firefox")
    assert "lost" in question.en
    assert await ctx.desktop.running(PROGRAMS[0])
    ctx.confirmed = True
    await app.close(ctx, name="firefox")
    assert not await ctx.desktop.running(PROGRAMS[0])


async def test_what_does_not_close_is_not_claimed_to_be_closed(ctx):
    ctx.desktop.stubborn = True
    with pytest.raises(CannotDo, match="still open"):
        await app.close(ctx, name="firefox")


async def test_which_of_several_is_asked(ctx):
    question = await app.open_(ctx, name="console")
    assert (question.slot, question.en) == ("name", "Which one: Terminal, or XTerm?")
    ctx.desktop.processes["xterm.desktop"] = ["7:0.0"]
    assert (await app.close(ctx, name="console")).en == "Closed XTerm.", "only one of them runs"


@pytest.mark.parametrize(
    ("action", "name", "says"),
    [
        (app.open_, "joplin", "no program called joplin"),
        (app.open_, "calcium", "There is: Calculator"),
        (app.close, "calculator", "isn't running"),
        (app.close, "rm -rf /", "no program called"),
    ],
)
async def test_what_cannot_be_done_is_said(ctx, action, name, says):
    with pytest.raises(CannotDo, match=says):
        await action(ctx, name=name)


@pytest.mark.parametrize("row", held_out("app"), ids=lambda row: row["text"])
async def test_what_people_really_say_is_answered(row):
    await run(row, FakeContext(language=row["language"]))
