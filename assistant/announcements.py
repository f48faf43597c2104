"""What is said of a timer, an alarm or a reminder whose time has come."""

from datetime import datetime, timedelta

from assistant.services import Ring
from assistant.timers import Due


def announcement(due: Due, language: str) -> tuple[str, str]:
    """Return the words, and their language."""
    from assistant.spoken import spoken  # noqa: PLC0415 -- keeps dates and their formats out of the start

    chinese = language == "zh"
    what = due.what
    if isinstance(what, Ring):
        if due.missed:
            return missed_ring(what, moment_words(what.at, due, language), chinese=chinese), language
        return ring_words(what, spoken(what.at.timetz(), language), chinese=chinese), language
    length = spoken(what.duration, language)
    name = what.label or length
    if not due.missed:
        return (f"{name}的时间到了。" if chinese else f"Your {name} timer is done."), language
    when = moment_words(what.ends_at, due, language)
    if chinese:
        return f"我没在运行的时候，{name}的计时器在{when}到时间了。", language
    return f"While I was off, your {name} timer ended {when}.", language


def moment_words(moment: datetime, due: Due, language: str) -> str:
    """Return when something was due: the time of day, and the day unless it is today."""
    from assistant.spoken import spoken  # noqa: PLC0415 -- as above

    today = moment.date() == (moment + timedelta(seconds=due.late_s)).date()
    day, time = spoken(moment.date(), language), spoken(moment.timetz(), language)
    if language == "zh":
        return time if today else day + time
    return f"at {time}" if today else f"on {day}, at {time}"


def ring_words(ring: Ring, time: str, *, chinese: bool) -> str:
    """Return what is said of an alarm or a reminder."""
    if ring.kind == "reminder":
        return f"提醒你：{ring.text}。" if chinese else f"Reminder: {ring.text}."
    name = ring.text if chinese else f" {ring.text}" * bool(ring.text)
    return f"{time}了，{name}闹钟响了。" if chinese else f"It's {time}. This is your{name} alarm."


def missed_ring(ring: Ring, when: str, *, chinese: bool) -> str:
    """Return what is said of an alarm or a reminder that nobody rang."""
    if ring.kind == "reminder":
        if chinese:
            return f"我没在运行的时候错过了一个提醒，{when}：{ring.text}。"
        return f"While I was off, I missed a reminder {when}: {ring.text}."
    name = ring.text if chinese else f" {ring.text}" * bool(ring.text)
    return f"我没在运行，{when}的{name}闹钟没有响。" if chinese else f"I was off {when}, so your{name} alarm did not ring."
