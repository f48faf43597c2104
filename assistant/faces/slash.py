"""What can be typed besides sentences: /help and its kin."""

import difflib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.errors import HarkError
from assistant.examples import example, examples
from assistant.faces.abilities import abilities
from assistant.faces.chat import Chat
from assistant.faces.fitting import described, table
from assistant.faces.waterfall import STAGES, bars, waterfall
from assistant.outfit import Outfit
from assistant.plugins import Family
from assistant.vocabulary import Turn
from models.catalogue import HUBS

LEARN = 8
"""Example sentences that /help shows."""


class Leave(Exception):
    """Raised by /quit."""


@dataclass(frozen=True, slots=True)
class Slash:
    """One command."""

    en: str
    """What it does."""
    zh: str
    options: tuple[str, ...] = ()
    """What may follow it."""
    count: bool = False
    """A number may follow it."""


COMMANDS = {
    "/help": Slash("what you can type", "可以输入什么"),
    "/skills": Slash("what I can do", "我会做什么"),
    "/trace": Slash("how long the last turns took: /trace 3", "上几句用了多久：/trace 3", count=True),
    "/why": Slash("how I understood the last sentence", "上一句我是怎么理解的"),
    "/lang": Slash("the language you type in", "输入的语言", ("auto", "en", "zh")),
    "/voice": Slash("say replies aloud, or not", "是否朗读回答", ("on", "off")),
    "/setup": Slash(
        "better models for this machine",
        "适合这台机器的更好的模型",
        ("yes", "lite", "hf-mirror", "stop"),
    ),
    "/edit": Slash("change what would go to the cloud", "修改要发给云端的内容"),
    "/quit": Slash("leave; also Ctrl-D, or Ctrl-C pressed twice", "退出；Ctrl-D 或连按两次 Ctrl-C 也行"),
}


async def carry_out(chat: Chat, line: str, use_voice: Callable[[Chat, bool], Awaitable[None]]) -> RenderableType:
    """Carry out a command and return what to show. Raises Leave."""
    name, _, rest = line.strip().partition(" ")
    name, rest = name.casefold(), rest.strip().casefold()
    begun = [each for each in COMMANDS if each.startswith(name)]
    name = begun[0] if len(begun) == 1 else name
    command = COMMANDS.get(name)
    if command is None:
        near = difflib.get_close_matches(name, COMMANDS, n=1)
        return Text(f"There is no {name}. {f'Did you mean {near[0]}?' if near else '/help shows what there is.'}", "red")
    if (rest and rest not in command.options and not command.count) or (command.count and rest and not rest.isdecimal()):
        return Text(f"{name} takes {' or '.join(command.options) or ('a number' if command.count else 'nothing more')}.", "red")
    match name:
        case "/quit":
            raise Leave
        case "/edit":
            return Text("Change it and press Enter; an empty line sends nothing." if chat.edit() else "Nothing waits to be sent.", "dim")
        case "/help":
            return helping(chat.app.families)
        case "/skills":
            return abilities(chat.app.families)
        case "/trace":
            turns = chat.app.journal.turns(int(rest or 1))
            return Group(*(waterfall(at, turn) for at, turn in turns)) if turns else Text("No turns yet.", "dim")
        case "/why":
            turns = chat.app.journal.turns(1)
            return why(turns[0][1], chat.app.families) if turns else Text("You have not said anything yet.", "dim")
        case "/setup":
            return await set_up(chat.app.outfit, rest)
        case "/lang":
            chat.forced = {"auto": "", "": chat.forced}.get(rest, rest)
            return Text(f"language: {chat.forced or 'auto'}", "dim")
    if rest:
        await use_voice(chat, rest == "on")
    return Text(f"voice: {'on' if chat.aloud else 'off'}", "dim")


async def set_up(outfit: Outfit, what: str) -> RenderableType:
    """Propose models that suit this machine, fetch them while the conversation goes on, or stop that."""
    if what == "stop":
        await outfit.stop()
        return Text("Nothing is being fetched. What has come is kept. / 没有在下载，已下载的保留。", "dim")
    if outfit.busy:
        return Text(f"{outfit.status}  (/setup stop)", "dim")
    if what in {"yes", "hf-mirror"} and outfit.proposed:
        outfit.begin((what,) if what in HUBS else tuple(HUBS))
        return Text("I am fetching them; each is used as soon as it is here. / 正在下载，好了就用。", "dim")
    try:
        machine = await outfit.propose(lite=what == "lite")
    except HarkError as error:
        return Text(str(error), "red")
    if not outfit.proposed:
        return Group(described(machine), Text("What suits this machine is in use already. / 适合这台机器的模型已经在用了。", "dim"))
    total = f"{outfit.megabytes:,} MB"
    asks = f"\n{total}. /setup yes fetches them from {next(iter(HUBS))}, /setup hf-mirror from there (中国大陆). / 输入 /setup yes 下载。"
    needs = (
        f" {outfit.installs} is installed first, which may compile for minutes. / 会先安装 {outfit.installs}。" if outfit.installs else ""
    )
    return Group(described(machine), table(outfit.proposed), Text(asks + needs, "dim"))


def helping(families: list[Family]) -> RenderableType:
    """Return the commands, and some sentences to begin with."""
    table = Table.grid(padding=(0, 2))
    for name, command in COMMANDS.items():
        table.add_row(Text(f"{name} {'|'.join(command.options)}", "bold"), command.en, command.zh)
    first = [action for family in families for action in list(family.actions.values())[:2]][:LEARN]
    sentences = Table.grid(padding=(0, 2))
    for action in first:
        sentences.add_row("", example(action, "en"), example(action, "zh"))
    return Group(table, Text("\nAnything else is a sentence to me, such as / 其他都当作对我说的话，比如：", "dim"), sentences)


def why(turn: Turn, families: list[Family]) -> RenderableType:
    """Return how a sentence was understood, by whom, and how long that took."""
    lines = [f"You said “{turn.heard.text}”, which I took for {'Chinese' if turn.heard.language == 'zh' else 'English'}."]
    if turn.intent is None:
        near = nearest(turn.heard.text, turn.heard.language, families)
        lines.append("No sentence of any skill is like it." + (f" The nearest I know: “{near}”." if near else ""))
    else:
        slots = ", ".join(f"{name} {value}" for name, value in turn.intent.slots.items())
        lines.append(
            f"The {turn.intent.source} understood {turn.intent.action}{f' with {slots}' if slots else ''}"
            f" ({turn.intent.confidence:.0%} sure), and it ended {turn.outcome}."
        )
    took = " · ".join(f"{STAGES.get(bar.stage, (bar.stage, ''))[0]} {bar.length_ms:.1f} ms" for bar in bars(turn.marks))
    return Text("\n".join([*lines, took]), "dim")


def nearest(text: str, language: str, families: list[Family]) -> str:
    """Return the example that is most like a sentence; empty when none is."""
    known = [said for family in families for action in family.actions.values() for said in examples(action, language)]
    return next(iter(difflib.get_close_matches(text.casefold(), known, n=1, cutoff=0.5)), "")
