"""What is said of a timer, an alarm or a reminder whose time has come."""

from assistant.services import Ring
from assistant.timers import Due


def announcement(due: Due, language: str) -> tuple[str, str]:
    """Return the words, and their language."""
    from assistant.spoken import spoken  # noqa: PLC0415 -- keeps dates and their formats out of the start

    chinese = language == "zh"
    what = due.what
    if isinstance(what, Ring):
        when = spoken(what.at.timetz(), language)
        return ring_words(what, when, missed=due.missed, chinese=chinese), language
    length = spoken(what.duration, language)
    name = what.label or length
    if not due.missed:
        return (f"{name}的时间到了。" if chinese else f"Your {name} timer is done."), language
    when = spoken(what.ends_at.timetz(), language)
    if chinese:
        return f"我没在运行的时候，{name}的计时器在{when}响过了。", language
    return f"While I was off, your {name} timer ended at {when}.", language


def ring_words(ring: Ring, when: str, *, missed: bool, chinese: bool) -> str:
    """Return what is said of an alarm or a reminder."""
    if ring.kind == "reminder":
        if missed:
            return (
                f"我没在运行的时候错过了一个提醒，{when}：{ring.text}。"
                if chinese
                else f"While I was off, at {when}, I missed: {ring.text}."
            )
        return f"提醒你：{ring.text}。" if chinese else f"Reminder: {ring.text}."
    if missed:
        return f"我没在运行，{when}的闹钟没有响。" if chinese else f"I was off, so your {when} alarm did not ring."
    name = ring.text if chinese else f" {ring.text}" * bool(ring.text)
    return f"{when}了，{name}闹钟响了。" if chinese else f"It's {when}. This is your{name} alarm."
