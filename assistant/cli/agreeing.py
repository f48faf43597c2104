"""A question at the terminal before something is done that cannot be taken back, or that takes long."""

import sys

YES = {"y", "yes", "是", "好", "好的", "要", "可以"}


def agreed(question: str) -> bool:
    """Ask, and tell whether the answer is yes; without a terminal it is no."""
    if not sys.stdin.isatty():
        return False
    try:
        return input(f"{question} [y/N] ").strip().casefold() in YES
    except EOFError:
        return False
