"""The time left of timers, as it is drawn."""

from datetime import timedelta

from assistant.app import App
from assistant.errors import StoreError

SHOWN = 3
"""Timers drawn at once; the first to ring."""


async def countdowns(app: App) -> list[str]:
    """Return what to draw of the timers that run; nothing while the memory file cannot be read, as the ringing tells of that."""
    try:
        timers = (await app.timers.all())[:SHOWN]
    except StoreError:
        return []
    now = app.clock.now()
    parts = (("⏰", timer.label, clock_face(timer.left(now)), "" if timer.paused_left is None else "⏸") for timer in timers)
    return [" ".join(filter(None, each)) for each in parts]


def clock_face(left: timedelta) -> str:
    """Return a stretch of time as 4:05 or 1:04:05."""
    minutes, seconds = divmod(round(left.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
