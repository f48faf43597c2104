"""ChatML, the way Qwen models are talked to: who speaks is marked with tokens that no text can contain.

Templates inside model files are programs, and are never run; this is the only one there is.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

START, END = "<|im_start|>", "<|im_end|>"

CALL, CALLED = "<tool_call>\n", "\n</tool_call>"
"""Around a call of a tool, in what the assistant says."""


class Piece(NamedTuple):
    """A stretch of a prompt."""

    text: str
    is_mark: bool
    """True for marks of the format, whose tokens are special; everything else is plain text, whatever it looks like."""


def opening(role: str) -> Piece:
    """Return what begins a message: of the system, the user or the assistant."""
    return Piece(f"{START}{role}\n", is_mark=True)


def message(role: str, text: str) -> list[Piece]:
    """Return one whole message."""
    return [opening(role), Piece(text, is_mark=False), Piece(f"{END}\n", is_mark=True)]


def prompt(messages: Iterable[Sequence[str]]) -> list[Piece]:
    """Return messages `(role, text)` and the beginning of the assistant's answer to them."""
    return [*(piece for role, text in messages for piece in message(role, text)), opening("assistant")]
