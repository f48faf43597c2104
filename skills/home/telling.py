"""What is said of a house: what was done, what it is like, what is not there."""

import re
from collections.abc import Sequence
from typing import Any

from assistant.skill import CannotDo, Context, Thing

TOLD = 4
"""Things told by name."""

STATES = {
    "on": "开着", "off": "关着", "open": "开着", "closed": "关着", "opening": "正在打开", "closing": "正在关上",
    "locked": "锁着", "unlocked": "没锁", "playing": "在播放", "paused": "暂停着", "idle": "空闲", "home": "在家", "not_home": "不在家",
    "cleaning": "在打扫", "docked": "在充电座上", "returning": "在回充", "mowing": "在割草", "heat": "在制热", "cool": "在制冷",
    "unavailable": "没有响应", "unknown": "状态未知", "disarmed": "没布防", "armed_away": "已布防", "standby": "待机",
}  # fmt: skip
ENGLISH_STATES = {
    "not_home": "not at home",
    "home": "at home",
    "docked": "on its dock",
    "unavailable": "not answering",
    "heat": "heating",
    "cool": "cooling",
}

CLASSES = {
    "door": ("open", "closed"), "window": ("open", "closed"), "garage_door": ("open", "closed"), "opening": ("open", "closed"),
    "lock": ("unlocked", "locked"),
}  # fmt: skip
"""What "on" and "off" mean for a sensor of a class."""

ASKED = re.compile(
    r"\b(on|off|open|closed|shut|locked|unlocked|playing|running|home|armed)\b|(没关|没锁|开着|亮着|关着|锁着|锁上|在家)", re.IGNORECASE
)
ACTIVE = frozenset({"on", "open", "playing", "cleaning", "mowing", "heat", "cool", "paused"})

SAME = {
    **dict.fromkeys(("on", "开着", "亮着", "没关", "running", "playing"), ACTIVE),
    **dict.fromkeys(("off", "关着"), frozenset({"off", "closed", "idle", "docked", "standby"})),
    "open": frozenset({"open", "on", "opening"}),
    **dict.fromkeys(("closed", "shut"), frozenset({"closed", "off"})),
    **dict.fromkeys(("locked", "锁着", "锁上"), frozenset({"locked"})),
    **dict.fromkeys(("unlocked", "没锁"), frozenset({"unlocked", "open"})),
    **dict.fromkeys(("home", "在家"), frozenset({"home"})),
    "armed": frozenset({"armed_away", "armed_home", "armed_night"}),
}  # fmt: skip
"""States that answer to a word."""

YES_NO = re.compile(r"^(is|are|did|have|has|was|were)\b|[吗没]|是不是|有没有", re.IGNORECASE)


def names(ctx: Context, things: Sequence[Thing]) -> str:
    """Return things by their names, or how many they are."""
    if len(things) <= TOLD:
        return ctx.say([thing.called(ctx.language) for thing in things])
    return f"{len(things)}个设备" if ctx.language == "zh" else f"{len(things)} devices"


def state_of(thing: Thing) -> str:
    """Return a thing's state as a word of Home Assistant, a contact sensor's as what it means."""
    meaning = CLASSES.get(str(thing.attributes.get("device_class") or ""))
    if thing.domain == "binary_sensor" and meaning and thing.state in {"on", "off"}:
        return meaning[thing.state == "off"]
    return thing.state


def told(thing: Thing, language: str) -> str:
    """Return what a thing is doing: "Hall Lamp is on at 40 percent"."""
    unit = str(thing.attributes.get("unit_of_measurement") or "")
    state = state_of(thing)
    if thing.domain == "sensor" or unit:
        spoken = {"°C": (" degrees", "度"), "°F": (" degrees Fahrenheit", "华氏度"), "%": (" percent", "%")}.get(
            unit, (f" {unit}".rstrip(), unit)
        )
        value = f"{state}{spoken[language == 'zh']}"
    elif thing.domain == "climate" and thing.attributes.get("current_temperature") is not None:
        now, to = thing.attributes["current_temperature"], thing.attributes.get("temperature")
        value = f"{now}度" + (f"，设定{to}度" if to else "") if language == "zh" else f"{now} degrees" + (f", set to {to}" if to else "")
    else:
        value = STATES.get(state, state) if language == "zh" else ENGLISH_STATES.get(state, state.replace("_", " "))
        brightness = thing.attributes.get("brightness")
        if thing.domain == "light" and state == "on" and isinstance(brightness, int | float):
            value += f"，亮度{round(brightness / 2.55)}%" if language == "zh" else f" at {round(brightness / 2.55)} percent"
    return f"{thing.called(language)}{value}" if language == "zh" else f"{thing.called(language)} is {value}"


def asked_for(ctx: Context, things: Sequence[Thing]) -> tuple[str, list[Thing]]:
    """Return the state that was asked about, empty when none was, and the things that are in it."""
    asked = ASKED.search(ctx.heard or "")
    word = next(filter(None, asked.groups()), "").casefold() if asked else ""
    return word, [thing for thing in things if word and state_of(thing) in SAME.get(word, ())]


def holds(ctx: Context, things: Sequence[Thing]) -> bool | None:
    """Tell whether things are in the state that was asked about; None when no state was, or only some are."""
    word, fitting = asked_for(ctx, things)
    if not word or not things or any(thing.state in {"unavailable", "unknown"} for thing in things):
        return None
    return True if len(fitting) == len(things) else None if fitting else False


def answer(ctx: Context, things: Sequence[Thing]) -> tuple[str, str]:
    """Return what things are doing as an answer to the question that was asked, in both languages."""
    word, fitting = asked_for(ctx, things)
    if len(things) == 1 or not word:
        yes = bool(fitting)
        is_question = bool(word and YES_NO.search(ctx.heard or "")) and things[0].state != "unavailable"
        en = "; ".join(told(thing, "en") for thing in things[:TOLD])
        zh = "；".join(told(thing, "zh") for thing in things[:TOLD])
        return (f"{'Yes' if yes else 'No'}, {en}." if is_question else f"{en}."), (
            f"{'是的' if yes else '没有'}，{zh}。" if is_question else f"{zh}。"
        )
    if not fitting:
        return f"None of the {len(things)} is {word}.", f"{len(things)}个里没有{word if not word.isascii() else STATES.get(word, word)}的。"
    every = "All of them are" if len(fitting) == len(things) else f"{len(fitting)} of {len(things)} {'is' if len(fitting) == 1 else 'are'}"
    zh_word = word if not word.isascii() else STATES.get(word, word)
    return f"{every} {word}: {names(ctx, fitting)}.", f"{len(fitting)}个{zh_word}：{names(ctx, fitting)}。"


def not_found(things: Sequence[Thing], target: str, area: str) -> CannotDo:
    """Return the error that the house has no such thing, with some that it has."""
    what_en = f"{target} in the {area}" if target and area else target or area or "such thing"
    what_zh = f"{area}{'的' if target and area else ''}{target}" or "这个设备"
    rooms = sorted({thing.area for thing in things if thing.area})
    there = sorted({thing.name for thing in things if not area or area.casefold() in " ".join(thing.areas).casefold()})[:TOLD]
    hint_en = f" There is {', '.join(there)}." if there else f" There are the rooms {', '.join(rooms[:TOLD])}." if rooms else ""
    hint_zh = f"有{'、'.join(there)}。" if there else f"有这些房间：{'、'.join(rooms[:TOLD])}。" if rooms else ""
    return CannotDo(en=f"I found no {what_en} in the house.{hint_en}", zh=f"家里没找到{what_zh}。{hint_zh}")


def not_answering(ctx: Context, gone: Sequence[Thing]) -> tuple[str, str]:
    """Return a mention of things that cannot be reached; empty for none."""
    if not gone:
        return "", ""
    return f" {names(ctx, gone)} {'does' if len(gone) == 1 else 'do'} not answer.", f"{names(ctx, gone)}没有响应。"


BY_SERVICE = {
    "lock.lock": ("Locked {}.", "{}锁上了。"),
    "lock.unlock": ("Unlocked {}.", "{}打开了。"),
    "cover.open_cover": ("Opened {}.", "{}打开了。"),
    "cover.close_cover": ("Closed {}.", "{}关上了。"),
    "valve.open_valve": ("Opened {}.", "{}打开了。"),
    "valve.close_valve": ("Closed {}.", "{}关上了。"),
    "vacuum.start": ("Started {}.", "{}开始打扫了。"),
    "vacuum.return_to_base": ("Sent {} home.", "{}回去充电了。"),
    "lawn_mower.start_mowing": ("Started {}.", "{}开始割草了。"),
    "lawn_mower.dock": ("Sent {} home.", "{}回去了。"),
    "alarm_control_panel.alarm_arm_away": ("Armed {}.", "{}布防了。"),
    "alarm_control_panel.alarm_disarm": ("Disarmed {}.", "{}撤防了。"),
    "scene.turn_on": ("Started {}.", "启动了{}。"),
    "button.press": ("Pressed {}.", "按了{}。"),
    "input_button.press": ("Pressed {}.", "按了{}。"),
}
"""What is said of things that are not merely on or off."""

UNITS = {"brightness": (" percent", "%"), "position": (" percent", "%"), "speed": (" percent", "%"), "volume": (" percent", "%")}
DEGREES = (" degrees", "度")


def done(told: tuple[str, str], services: set[str], listed: str) -> tuple[str, str]:
    """Return what is said when things were told to do something, by what that was; `told` is said where the services do not tell."""
    said = BY_SERVICE.get(next(iter(services))) if len(services) == 1 else None
    en, zh = said or told
    return en.format(listed), zh.format(listed)


def set_words(prop: str, value: Any) -> tuple[str, str]:
    """Return what is said when a property was given a value."""
    if isinstance(value, str):
        return f"Set {{}} to {value}.", f"{{}}调成{value}了。"
    en, zh = (
        DEGREES if prop == "temperature" and value < KELVIN else (" kelvin", "K") if prop == "temperature" else UNITS.get(prop, ("", ""))
    )
    return f"Set {{}} to {value:g}{en}.", f"{{}}调到{value:g}{zh}了。"


KELVIN = 1000
"""From here on a temperature is that of light."""
