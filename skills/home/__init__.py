"""The house: lights, blinds, heating and whatever else Home Assistant knows, by the names people give them."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Literal

from assistant.skill import CannotDo, Context, Percent, Question, Reply, Thing, action, inverse
from skills.home.doing import Call, back, changed, colour, degrees_in, media, off, on, opens_the_house, run, set_to, shut
from skills.home.finding import Found, bare, find, is_many, kind_in
from skills.home.kinds import CONTROLS
from skills.home.loudness import MEDIA
from skills.home.naming import Area, Device, Value
from skills.home.telling import TOLD, answer, done, holds, names, not_answering, not_found, set_words
from skills.home.tidying import with_area, with_aspect
from skills.home.values import MODES, SPEEDS
from skills.home.wording import CHANGE, RULES, RUN, SET, STATE, TURN_OFF, TURN_ON

Property = Literal["brightness", "temperature", "position", "color", "volume", "speed", "mode"]

WHICH = Reply(en="Which device?", zh="哪个设备？")

CHANGED = {
    ("", "up"): ("Turned it up on {}.", "调高了：{}。"),
    ("", "down"): ("Turned it down on {}.", "调低了：{}。"),
    ("brightness", "up"): ("A bit brighter: {}.", "调亮了一点：{}。"),
    ("brightness", "down"): ("A bit dimmer: {}.", "调暗了一点：{}。"),
    ("temperature", "up"): ("A bit warmer: {}.", "调高了一点：{}。"),
    ("temperature", "down"): ("A bit cooler: {}.", "调低了一点：{}。"),
}
"""What is said of a change; of the others "up" and "down" are."""

COMMANDED = {
    "pause": ("Paused {}.", "暂停了{}。"),
    "resume": ("Playing {}.", "继续播放：{}。"),
    "stop": ("Stopped {}.", "停了{}。"),
    "next": ("Next one on {}.", "下一首：{}。"),
    "previous": ("Previous one on {}.", "上一首：{}。"),
    "mute": ("Muted {}.", "静音了{}。"),
    "unmute": ("Unmuted {}.", "恢复声音：{}。"),
}
"""What is said of a player."""

DEFAULTS = {
    "temperature": ("thermostat", "空调"),
    "volume": ("media player", "播放器"),
    "position": ("blinds", "窗帘"),
    "speed": ("fans", "风扇"),
}
"""What is meant where only a property was named; of the others it is the lights."""

OPENS, LOCKS = re.compile(r"\bopen\b|打开|开门|开开|开一?下|^开", re.IGNORECASE), re.compile(r"\block|锁", re.IGNORECASE)

SHUTTING = re.compile(r"\b(?:close|shut)\b(?! (?:off|down))|关上|关好|关紧", re.IGNORECASE)
"""What locks a door that is told to, and never unlocks it."""

QUANTIFIED = re.compile(r"\b(?:all|every|each|both)\b|这里的", re.IGNORECASE)
"""What makes several things of one word: "every light"."""

Doer = Callable[[Thing], Call | None]


def with_property(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with the property that a value is of: "26 degrees" is a temperature, "red" a colour."""
    slots = with_aspect(slots)
    if "property" in slots or "value" not in slots:
        return slots
    value, kind = slots["value"], kind_in(bare(str(slots.get("target", ""))), asking=False)[0]
    says = kind.says if kind else ""
    if isinstance(value, str):
        return slots | {"property": property_of(value.casefold(), says)}
    return slots | {"property": says or "brightness"}


def property_of(word: str, says: str) -> str:
    """Return the property that a word is a value of, for a kind of device that has another for numbers: "cool" is a mode of a heating."""
    if says == "speed" and word in SPEEDS:
        return "speed"
    if says == "temperature" and any(word in names for names in MODES.values()):
        return "mode"
    return "color" if colour(word) else "mode"


@action(en=TURN_ON["en"], zh=TURN_ON["zh"], ask={"target": WHICH}, rules=RULES, implied=with_area)
async def turn_on(ctx: Context, target: Device, area: Area = "") -> Reply | Question:
    """Switch something on, lock a lock, open a blind.

    Args:
        target: The device or the kind of devices.
        area: The room or floor.
    """
    opens = OPENS.search(ctx.heard) and not LOCKS.search(ctx.heard)

    def doer(thing: Thing) -> Call | None:
        return off(thing) if opens and thing.domain == "lock" else on(thing)  # 打开大门 locks no door

    return await act(ctx, target, area, doer, ("Turned on {}.", "打开了{}。"))


@action(en=TURN_OFF["en"], zh=TURN_OFF["zh"], ask={"target": WHICH}, rules=RULES, implied=with_area)
async def turn_off(ctx: Context, target: Device, area: Area = "") -> Reply | Question:
    """Switch something off, unlock a lock, send a vacuum home.

    Args:
        target: The device or the kind of devices.
        area: The room or floor.
    """
    if SHUTTING.search(ctx.heard):
        return await act(ctx, target, area, shut, ("Closed {}.", "关上了{}。"))
    return await act(ctx, target, area, off, ("Turned off {}.", "关掉了{}。"))


@action(en=SET["en"], zh=SET["zh"], rules=RULES, implied=with_property)
async def set_(
    ctx: Context,
    target: Device = "",
    area: Area = "",
    property: Property | None = None,  # noqa: A002 -- the slot's name
    value: Value = None,
) -> Reply | Question:
    """Give a property of a device a value: a brightness, a temperature, a position, a colour.

    Args:
        target: The device or the kind of devices.
        area: The room or floor.
        property: What is set.
        value: A number, percent or degrees, or a word such as a colour or a mode.
    """
    if value is None:
        return Question(en="To what?", zh="设成多少？", slot="value")
    wanted = target or default_target(property, ctx.language)

    def doer(thing: Thing) -> Call | None:
        return set_to(thing, property or fitting(thing, value), value)

    return await act(ctx, wanted, area, doer, set_words(property or "", value))


@action(en=CHANGE["en"], zh=CHANGE["zh"], rules=RULES, implied=with_aspect)
async def change(
    ctx: Context,
    target: Device = "",
    area: Area = "",
    property: Property = "brightness",  # noqa: A002 -- the slot's name
    direction: Literal["up", "down"] = "up",
    step: Percent | None = None,
) -> Reply | Question:
    """Make something a bit brighter, warmer, louder, faster, or less so.

    Args:
        target: The device or the kind of devices.
        area: The room or floor.
        property: What is changed.
        direction: More or less of it.
        step: By how much, in percent.
    """
    wanted = target or default_target(property, ctx.language)
    told = CHANGED.get(
        (property, direction), ("Turned it up on {}.", "调高了：{}。") if direction == "up" else ("Turned it down on {}.", "调低了：{}。")
    )
    by = step or (degrees_in(ctx.heard) if property == "temperature" else None)
    if by and property == "temperature":
        way = ("warmer", "高") if direction == "up" else ("cooler", "低")
        told = (f"{by:g} degree{'s' * (by != 1)} {way[0]}: {{}}.", f"调{way[1]}了{by:g}度：{{}}。")
    return await act(ctx, wanted, area, lambda thing: changed(thing, property, direction, by), told)


@action(en=STATE["en"], zh=STATE["zh"], ask={"target": WHICH}, rules=RULES, implied=with_area, decides=True)
async def state(ctx: Context, target: Device = "", area: Area = "") -> Reply:
    """Tell what something in the house is doing: whether it is on, open, locked, how warm it is.

    Args:
        target: The device, the kind of devices, or what is measured.
        area: The room or floor.
    """
    things = await ctx.house.things()
    found = find(things, target, area, asking=True)
    if not found.things:
        raise not_found(things, target, area)
    en, zh = answer(ctx, found.things)
    return Reply(en=en, zh=zh, holds=holds(ctx, found.things))


@action(en=RUN["en"], zh=RUN["zh"], ask={"target": WHICH}, rules=RULES, implied=with_area)
async def run_(ctx: Context, target: Device, area: Area = "") -> Reply | Question:
    """Start a scene, a script, a vacuum, a coffee machine.

    Args:
        target: What is started.
        area: The room or floor.
    """
    return await act(ctx, target, area, run, ("Started {}.", "启动了{}。"))


@action(en=MEDIA["en"], zh=MEDIA["zh"], ask={"target": WHICH, "command": WHICH}, rules=RULES)
async def media_(
    ctx: Context, target: Device, command: Literal["pause", "resume", "stop", "next", "previous", "mute", "unmute"], area: Area = ""
) -> Reply | Question:
    """Pause, resume, skip or mute a player of the house.

    Args:
        target: The speaker, television or other player.
        command: What it shall do.
        area: The room or floor.
    """
    return await act(ctx, target, area, lambda thing: media(thing, command), COMMANDED[command])


async def act(ctx: Context, target: str, area: str, doer: Doer, told: tuple[str, str]) -> Reply | Question:
    """Find what is meant, ask where that is not plain or opens the house, do it, and say what was done."""
    things = await ctx.house.things()
    found = find(things, target, area)
    able = [(thing, call) for thing in found.things if (call := doer(thing))]
    if not found.things:
        raise not_found(things, target, area)
    if not able:
        listed = names(ctx, found.things)
        raise CannotDo(en=f"{listed} can't do that.", zh=f"{listed}做不到这个。")
    if asks_which(able, found, target, area) and not meant_all(ctx):
        which = [thing.called(ctx.language) for thing, _ in able[:TOLD]]
        return Question(en=f"Which one: {', or '.join(which)}?", zh=f"哪一个：{'，还是'.join(which)}？", slot="target")
    gone = [thing for thing, _ in able if thing.state == "unavailable"]
    ready = [(thing, call) for thing, call in able if thing not in gone]
    away_en, away_zh = not_answering(ctx, gone)
    if not ready:
        raise CannotDo(en=away_en.strip(), zh=away_zh)
    if not ctx.confirmed and any(opens_the_house(thing, call) for thing, call in ready):
        listed = names(ctx, [thing for thing, _ in ready])
        return Question(en=f"Shall I really open {listed}?", zh=f"真的要打开{listed}吗？")
    undo = [(thing.id, call) for thing, _ in ready for call in back(thing)]
    await carry_out(ctx, [(thing.id, call) for thing, call in ready])
    en, zh = done(told, {call.service for _, call in ready}, names(ctx, [thing for thing, _ in ready]))
    steps = [[one, call.service, dict(call.data)] for one, call in undo]
    return Reply(en=f"{en}{away_en}", zh=f"{zh}{away_zh}", undo=restore(calls=steps) if steps else None)


def asks_which(able: Sequence[tuple[Thing, Call]], found: Found, target: str, area: str) -> bool:
    """Tell whether one thing was asked for where there are several: lights go together, other things do not."""
    if len(able) == 1 or is_many(target) or is_many(area):
        return False
    lights = all(thing.domain == "light" for thing, _ in able)
    return not ((lights and (area or len({thing.area for thing, _ in able}) == 1)) or (area and not found.is_name))


def meant_all(ctx: Context) -> bool:
    """Tell whether all were asked for in words that are no part of the name: 把灯全关了, "turn off every light"."""
    return (ctx.language == "zh" and is_many(ctx.heard)) or bool(QUANTIFIED.search(ctx.heard))


async def carry_out(ctx: Context, calls: Sequence[tuple[str, Call]]) -> None:
    """Call services, one for all things that are told the same."""
    together: dict[tuple[str, str], tuple[Call, list[str]]] = {}
    for one, call in calls:
        together.setdefault((call.service, repr(sorted(call.data.items()))), (call, []))[1].append(one)
    for call, ids in together.values():
        await ctx.house.call(call.service, ids, **call.data)


@inverse
async def restore(ctx: Context, calls: list[list[Any]]) -> None:
    """Bring things back to what they were."""
    await carry_out(ctx, [(one, Call(service, data)) for one, service, data in calls])


def fitting(thing: Thing, value: Any) -> str:
    """Return the property that a bare value is most likely of."""
    if isinstance(value, str):
        return "color" if thing.domain == "light" else "mode"
    if thing.domain == "light":
        return "temperature" if value >= 1000 else "brightness"
    kind = next((kind for kind in CONTROLS if thing.domain in kind.domains and kind.says), None)
    return kind.says if kind else "position"


def default_target(prop: str | None, language: str) -> str:
    """Return what is meant where only a property was named."""
    en, zh = DEFAULTS.get(prop or "", ("lights", "所有灯"))
    return zh if language == "zh" else en
