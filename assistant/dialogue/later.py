"""What is to be done later and not now: Hark acts when it is spoken to, so it offers to remind of it."""

from collections.abc import Sequence
from datetime import date, datetime

from assistant.executor import phrase
from assistant.slots import Env
from assistant.slots.repeats import NAMES
from assistant.slots.whens import when_in
from assistant.spoken import CHINESE_WEEKDAYS, WEEKDAYS, spoken
from assistant.understanding import Understanding
from assistant.vocabulary import Intent

REMIND = "reminder.set"

AT_ONCE = frozenset({"app", "home", "media", "system", "volume"})
"""Families whose actions know no time: whatever they are asked for happens now."""


def postponed(understanding: Understanding, env: Env) -> Intent | None:
    """Return the reminder to offer for "turn off the lights at ten", 十分钟后关灯; None for what is wanted now, or has a time itself."""
    when = when_in(env) if REMIND in understanding.actions else None
    wanted = understanding.understand(when.rest, env.language, env.now) if when and when.rest else None
    if when is None or wanted is None or wanted.action.partition(".")[0] not in AT_ONCE or understanding.actions[wanted.action].reads:
        return None
    kinds = understanding.actions[REMIND].slots
    return Intent(REMIND, {"text": when.rest} | {name: kinds[name].to_json(value) for name, value in when.slots.items()}, "dialog")


def offer(reminder: Intent, now: datetime, language: str) -> str:
    """Return the question whether to remind of it instead."""
    at, text = datetime.fromisoformat(reminder.slots["moment"]), reminder.slots["text"]
    clock, days = spoken(at.time(), language), reminder.slots.get("repeat") or []
    en, zh = on_days(days) if days else on_day(at.date(), now.date(), language)
    return phrase(
        language,
        f"I can't do that later by myself. Shall I remind you {en} at {clock}: {text}?",
        f"到时候我不会自己去做。要我{zh}{clock}提醒你{text}吗？",
    )


def on_day(day: date, today: date, language: str) -> tuple[str, str]:
    """Return what a day is called, in both languages."""
    near = {0: ("today", "今天"), 1: ("tomorrow", "明天")}
    return near.get((day - today).days, (f"on {spoken(day, language)}", spoken(day, language)))


def on_days(days: Sequence[str]) -> tuple[str, str]:
    """Return what the days are called on which something comes again, in both languages."""
    named = {"daily": ("every day", "每天"), "workday": ("every weekday", "每个工作日")}
    if days[0] in named:
        return named[days[0]]
    chosen = [NAMES.index(day) for day in days]
    return f"every {spoken([WEEKDAYS[each] for each in chosen], 'en')}", f"每周{'、'.join(CHINESE_WEEKDAYS[each] for each in chosen)}"
