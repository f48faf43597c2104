"""Which of several timers is meant, what each is called, and how long one may run."""

import difflib
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any

from assistant.skill import CannotDo, Context, Question, Timer, duration_in, phrase

LONGEST = timedelta(days=366)
"""A year; what is longer belongs into a calendar."""

TELLS_END_FROM = timedelta(hours=1)
"""With this much left or more, the time of day at which it ends is told too."""

LENGTHS: dict[str, Any] = {
    **dict.fromkeys(("longer", "longest", "long", "长的", "最长", "久的"), max),
    **dict.fromkeys(("shorter", "shortest", "short", "短的", "最短"), min),
}
"""Which one, by how long they were set for."""

ALIKE = 0.75
"""How much a misheard name must be like the real one, as `difflib` counts: "past a" for "pasta"."""

ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "第一": 0, "第二": 1, "第三": 2, "第四": 3, "最后": -1}
"""Which one, counted as they will ring."""

AROUND = re.compile(
    r"^(the|my|that)\s+|\s+(timer|one|countdown)$|^(那个|这个|我的)|(那个|的)?(计时器|定时器|倒计时)?(那个|的)?$", re.IGNORECASE
)
"""What is said around a name."""

LONGEST_NAME_WORDS = 5
NO_NAME = frozenset(
    [
        *("the", "a", "an", "my", "our", "on", "off", "of", "for", "to", "in", "at", "it", "that", "and", "pause", "cancel"),
        *("stop", "end", "hold", "reset", "moment", "second", "timer", "timers"),
    ]
)
"""What is no part of a timer's name in English."""


LENGTH = re.compile(r"[\w-]+ (?:hours?|minutes?|mins?|seconds?|secs?)", re.IGNORECASE)
ONE_SET_FOR = re.compile(
    r"\b(?:add|put|give|pause|hold|resume|continue|unpause|restart|increase|extend|lengthen|prolong|shorten|reduce|cancel|stop|delete|left)\b"
    r".*\btimer for $",
    re.IGNORECASE,
)
"""Words in which "the timer for ten minutes" is one that runs."""

NO_NAME_OF_LENGTH = re.compile(
    r"(?:\d|(?:half|quarter|few|couple|several|some|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|eleven|twelve"
    r"|me|us|this|now|later|today|tonight|tomorrow|how|when|until|about|around|exactly|hours?|minutes?|seconds?)(?!\w))",
    re.IGNORECASE,
)
"""What "for" has behind it that is no name: a length that is not understood, or the beginning of one."""


def names_in(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield what a timer may be called: a few words, in English none of them a small one."""
    if text[:at].casefold().endswith("for ") and NO_NAME_OF_LENGTH.match(text, at):
        length = LENGTH.match(text, at)
        if length and ONE_SET_FOR.search(text[:at]):  # "pause the timer for five minutes" is about the one that was set for them
            yield length.span()
        return
    for count, word in enumerate(re.finditer(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+", text[at:]), 1):
        is_chinese = word[0] >= "\u3400"
        if word[0].casefold().strip(",.!?") in NO_NAME or (count > LONGEST_NAME_WORDS and not is_chinese):
            return
        yield at, at + word.end()


Label = Annotated[str, phrase("name of a timer", names_in, en=["tea", "blue one"], zh=["茶", "煮鸡蛋"], is_sure=False)]


def by_length(slots: dict[str, Any]) -> dict[str, Any]:
    """Return the slots with a length for a name that is one: "the ten minute timer"."""
    length = duration_in(str(slots.get("label", "")))
    if length is None or "duration" in slots:
        return slots
    return {name: value for name, value in slots.items() if name != "label"} | {"duration": length}


def pick(ctx: Context, timers: Sequence[Timer], label: str, duration: timedelta | None = None) -> Timer | Question:
    """Return the timer that is meant, or the question which one is. Raises CannotDo when there is none."""
    chosen = named(ctx, timers, label)
    if duration is not None:
        chosen = [timer for timer in chosen if timer.duration == duration]
    if not chosen and duration is not None:
        raise none_such(ctx, timers, f"for {ctx.say(duration)}", f"{ctx.say(duration)}的")
    if len({(timer.label.casefold(), timer.duration) for timer in chosen}) == 1:
        return chosen[0]
    return Question(
        en=f"Which one, {listed([name_en(ctx, timer) for timer in chosen], ' or ')}?",
        zh=f"哪一个，{'还是'.join(name_zh(ctx, timer) for timer in chosen)}？",
        slot="label",
    )


def named(ctx: Context, timers: Sequence[Timer], label: str) -> list[Timer]:
    """Return the timers a name may stand for, all when there is no name. Raises CannotDo when none is called so, or none runs."""
    if not timers:
        raise CannotDo(en="No timer is running.", zh="没有正在运行的计时器。")
    name = AROUND.sub("", label.strip().casefold())
    if not name:
        return list(timers)
    duration = duration_in(name)
    ways = [
        [timer for timer in timers if timer.label.casefold() == name],
        counted(timers, name, duration),
        [timer for timer in timers if timer.label and (name in timer.label.casefold() or timer.label.casefold() in name)],
        [timer for timer in timers if timer.duration == duration],
        [timer for timer in timers if difflib.SequenceMatcher(None, timer.label.casefold(), name).ratio() >= ALIKE],
    ]
    for found in ways:
        if found:
            return found
    raise none_such(ctx, timers, f"called {label}", f"叫{label}的")


def counted(timers: Sequence[Timer], name: str, duration: timedelta | None) -> list[Timer]:
    """Return the second one, of those that are called so or run so long if any are: "the second tea timer"."""
    if long := next(
        (timers_by for word, timers_by in LENGTHS.items() if word in name.split() or (word >= "\u3400" and word in name)), None
    ):
        return [long(timers, key=lambda timer: timer.duration)]
    group = [timer for timer in timers if timer.duration == duration or (timer.label and timer.label.casefold() in name)] or timers
    return [group[place] for word, place in ORDINALS.items() if word in name and -1 <= place < len(group)]


def none_such(ctx: Context, timers: Sequence[Timer], en: str, zh: str) -> CannotDo:
    """Return the error that no timer is as it was said, naming those there are."""
    return CannotDo(
        en=f"There is no timer {en}. There is {listed([name_en(ctx, timer) for timer in timers], ' and ')}.",
        zh=f"没有{zh}计时器，现在有{'、'.join(name_zh(ctx, timer) for timer in timers)}。",
    )


def place(timer: Timer, among: Sequence[Timer], words: Sequence[str]) -> str:
    """Return which of several alike a timer is; empty when there is no other, or there are too many."""
    alike = [one.id for one in among if (one.label.casefold(), one.duration) == (timer.label.casefold(), timer.duration)]
    at = alike.index(timer.id) if timer.id in alike else 0
    return words[at] if len(alike) > 1 and at < len(words) else ""


def name_en(ctx: Context, timer: Timer, among: Sequence[Timer] = ()) -> str:
    """Return what a timer is called in English, among others that may be called the same."""
    which = place(timer, among, ("first ", "second ", "third ", "fourth "))
    return f"the {which}{timer.label} timer" if timer.label else f"the {which}timer for {ctx.say(timer.duration)}"


def name_zh(ctx: Context, timer: Timer, among: Sequence[Timer] = ()) -> str:
    """Return what a timer is called in Chinese, as `name_en` does."""
    which = place(timer, among, ("第一个", "第二个", "第三个", "第四个"))
    return f"{which}{timer.label}计时器" if timer.label else f"{which}{ctx.say(timer.duration)}的计时器"


def left_en(ctx: Context, timer: Timer, among: Sequence[Timer]) -> str:
    """Return a sentence about how long a timer has to go."""
    left = timer.left(ctx.now)
    if timer.paused_left is not None:
        return f"{capital(name_en(ctx, timer, among))} is paused with {ctx.say(left)} left."
    until = f", until {end(ctx, timer)}" if left >= TELLS_END_FROM else ""
    return f"{capital(name_en(ctx, timer, among))} has {ctx.say(left)} left{until}."


def left_zh(ctx: Context, timer: Timer, among: Sequence[Timer]) -> str:
    """Return a sentence about how long a timer has to go, in Chinese."""
    left = timer.left(ctx.now)
    if timer.paused_left is not None:
        return f"{name_zh(ctx, timer, among)}暂停着，还剩{ctx.say(left)}。"
    until = f"，{end(ctx, timer)}响" if left >= TELLS_END_FROM else ""
    return f"{name_zh(ctx, timer, among)}还剩{ctx.say(left)}{until}。"


def end(ctx: Context, timer: Timer) -> str:
    """Return when a timer ends: the time of day, with the day unless it is today."""
    return ctx.say(timer.ends_at.timetz() if timer.ends_at.date() == ctx.now.date() else timer.ends_at)


def listed(names: Sequence[str], last: str) -> str:
    """Join names, the last one by its own word."""
    return last.join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def capital(text: str) -> str:
    """Return a text with its first letter large."""
    return text[:1].upper() + text[1:]


def to_record(timer: Timer) -> dict[str, Any]:
    """Return a timer as plain data."""
    return {
        "id": timer.id,
        "label": timer.label,
        "duration_s": timer.duration.total_seconds(),
        "ends_at": timer.ends_at.isoformat(),
        "left_s": None if timer.paused_left is None else timer.paused_left.total_seconds(),
    }


def from_record(record: dict[str, Any]) -> Timer:
    """Return the timer of its plain data."""
    left = None if record["left_s"] is None else timedelta(seconds=record["left_s"])
    return Timer(record["id"], record["label"], timedelta(seconds=record["duration_s"]), datetime.fromisoformat(record["ends_at"]), left)


def check(duration: timedelta) -> None:
    """Raise CannotDo for a time no timer can run."""
    if duration <= timedelta():
        raise CannotDo(en="A timer needs at least a second.", zh="计时至少要一秒。")
    if duration > LONGEST:
        raise CannotDo(en="A timer runs for a year at most.", zh="计时最长一年。")
