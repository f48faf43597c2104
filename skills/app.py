"""Programs: opened and closed by the names people give them. Only what is installed is ever started."""

import re

from assistant.skill import CannotDo, Context, Program, Question, Reply, action, inverse
from skills.programs import ProgramName, bare, find, near

TOLD = 4
"""Programs named in a question."""

BY_FORCE = re.compile(
    r"\b(?:force|kill|terminate)|frozen|crashed|stuck|hung|not responding|强制|杀掉|杀死|卡死|没反应|没响应|卡住", re.IGNORECASE
)
"""Words that ask for more than a polite end."""

WHICH = Reply(en="Which program?", zh="哪个程序？")

RULES = {
    "the": "[the|my|a|an|a new|another]",
    "app": "[app|application|program|window|software|client]",
    "open": "(open|open up|launch|start|start up|run|fire up|boot up|bring up|pull up|load|load up|execute|get me|switch to)",
    "close": "(close|close down|close out of|quit|quit out of|exit|exit out of|shut|shut down|force quit|force close|kill|terminate|end)",
    "zh_open": "(打开|打开一下|打开下|开下|帮忙打开|启动|启动一下|运行|运行一下|开一下|开个|点开|切换到|切到|进入|调出|拉起)",
    "zh_close": "(关闭|关掉|关了|关一下|退出|退掉|结束|停掉|杀掉|强制退出|强制关闭|强制结束)",
    "zh_app": "[应用|软件|程序|客户端|窗口|进程|应用程序]",
}


@action(
    en=[
        "open {name}",
        "<open> <the> {name} <app> [for me]",
        "<open> the (app|application|program) {name}",
        "(get|bring) <the> {name} <app> (up|open|running|started)",
        "i (want|need|would like) (to open|to use|to run|to start) <the> {name} <app>",
        "i (want|would like) <the> {name} <app> open",
        "(can|could|would) you (open|start|launch|run) <the> {name} <app>",
    ],
    zh=[
        "<zh_open>[那个|这个]{name}<zh_app>",
        "(把|将){name}<zh_app>(打开|启动|点开|调出来|运行起来|打开一下|启动起来)[一下]",
        "(我要用|我想用|我要打开|我想打开|我要开){name}<zh_app>",
        "{name}<zh_app>[给我|帮我](打开|启动|打开一下|启动一下|开一下)",
    ],
    ask={"name": WHICH},
    rules=RULES,
)
async def open_(ctx: Context, name: ProgramName) -> Reply | Question:
    """Open a program on this computer.

    Args:
        name: What it is called.
    """
    programs = await ctx.desktop.programs()
    found = find(programs, name)
    if not found:
        raise unknown(ctx, programs, name)
    if len(found) > 1:
        return which(ctx, found)
    before = await ctx.desktop.running(found[0])
    await ctx.desktop.open(found[0])
    undo = close_again(program=found[0].id, before=before)
    return Reply(en=f"Opened {found[0].name('en')}.", zh=f"{found[0].name('zh')}打开了。", undo=undo)


@action(
    en=[
        "close {name}",
        "<close> [out of] <the> {name} <app>",
        "<close> the (app|application|program) {name}",
        "(shut|turn) <the> {name} <app> (down|off)",
        "end task {name}",
        "(get rid of|get out of) <the> {name} <app>",
        "i (want|would like) (to close|to quit|to exit) <the> {name} <app>",
        "i am (done|finished) with <the> {name} <app>",
    ],
    zh=[
        "<zh_close>[那个|这个]{name}<zh_app>",
        "(把|将){name}<zh_app>(关了|关掉|关闭|退出|退了|关上|结束|结束掉|停掉|杀掉)",
        "{name}<zh_app>[给我|帮我|可以](关掉|关了|关闭|退出|关上|退了)[了]",
        "{name}<zh_app>(卡死了|没反应了|卡住了|不用了)(关掉|关了|强制关闭|退出|关掉它|强制退出)",
    ],
    ask={"name": WHICH},
    rules=RULES,
)
async def close(ctx: Context, name: ProgramName) -> Reply | Question:
    """Close a program that runs on this computer.

    Args:
        name: What it is called.
    """
    programs = await ctx.desktop.programs()
    found = find(programs, name)
    if not found:
        raise unknown(ctx, programs, name)
    running = [(program, processes) for program in found if (processes := await ctx.desktop.running(program))]
    if not running:
        en, zh = found[0].name("en"), found[0].name("zh")
        raise CannotDo(en=f"{en} isn't running.", zh=f"{zh}没有在运行。")
    if len(running) > 1:
        return which(ctx, [program for program, _ in running])
    program, processes = running[0]
    force = bool(BY_FORCE.search(ctx.heard))
    if (force or len(processes) > 1) and not ctx.confirmed:
        return may_i(program, len(processes), force=force)
    left = await ctx.desktop.close(processes, force=force)
    if left:
        raise not_closed(program, force=force)
    return Reply(en=f"Closed {program.name('en')}.", zh=f"{program.name('zh')}关闭了。", undo=open_again(program=program.id))


def may_i(program: Program, count: int, *, force: bool) -> Question:
    """Return the question before several processes end, or before unsaved work is lost."""
    en, zh = program.name("en"), program.name("zh")
    if force:
        return Question(en=f"Force {en} to quit? What isn't saved is lost.", zh=f"要强制退出{zh}吗？没保存的内容会丢失。")
    return Question(en=f"{en} runs {count} times. Close all of them?", zh=f"{zh}开了{count}个，都关掉吗？")


def not_closed(program: Program, *, force: bool) -> CannotDo:
    """Return what is said when a program goes on running."""
    en, zh = program.name("en"), program.name("zh")
    if force:
        return CannotDo(en=f"{en} is still running; the system doesn't let me end it.", zh=f"{zh}还在运行，系统不让我结束它。")
    return CannotDo(
        en=f"I asked {en} to close, but it is still open. It may be asking about unsaved work. To end it anyway, say: force quit {en}.",
        zh=f"已经让{zh}关闭，但它还开着，可能在问要不要保存。一定要关的话，说：强制退出{zh}。",
    )


def which(ctx: Context, found: list[Program]) -> Question:
    """Return the question which of several programs is meant."""
    names = [program.name(ctx.language) for program in found[:TOLD]]
    return Question(en=f"Which one: {', or '.join(names)}?", zh=f"哪一个：{'，还是'.join(names)}？", slot="name")


def unknown(ctx: Context, programs: list[Program], said: str) -> CannotDo:
    """Return what is said when nothing installed has a name like that."""
    name, like = bare(said) or said, [program.name(ctx.language) for program in near(programs, said)]
    en, zh = (f" There is: {', '.join(like)}.", f"有：{'、'.join(like)}。") if like else ("", "")
    return CannotDo(en=f"I found no program called {name} on this computer.{en}", zh=f"这台电脑上没有叫{name}的程序。{zh}")


async def installed(ctx: Context, program: str) -> Program:
    """Return a program by its id. Raises CannotDo when it is gone."""
    for each in await ctx.desktop.programs():
        if each.id == program:
            return each
    raise CannotDo(en="That program is not installed any more.", zh="那个程序已经不在了。")


@inverse
async def close_again(ctx: Context, program: str, before: list[str]) -> None:
    """Close what opening a program has started. Raises CannotDo when it does not close."""
    found = await installed(ctx, program)
    started = [key for key in await ctx.desktop.running(found) if key not in before]
    if await ctx.desktop.close(started):
        raise not_closed(found, force=False)


@inverse
async def open_again(ctx: Context, program: str) -> None:
    """Open a program that was closed."""
    await ctx.desktop.open(await installed(ctx, program))
