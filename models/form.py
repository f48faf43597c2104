"""A form that a language model fills in: what is printed on it is read in one go, it chooses among boxes, and writes into gaps.

What comes out is valid whatever the model is, and costs far less than a grammar that weighs every token of the vocabulary
at each step: printed text needs no choice, a box only looks at the tokens of its options, a gap only at the likeliest ones.

A form is plain data, `{state: field}`, from the state "start" to the state "end":

    {"options": [["turn_on", "next state"], ...]}    one of these texts
    {"gap": 32, "next": "next state"}                text without quotation marks or line ends, of at most so many tokens
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import numpy as np

from models.errors import BadForm

LIKELIEST = 64
"""Tokens looked at for a gap; when none of them may stand in it, the gap ends."""

MOST_FIELDS = 200
"""In one form; more is a circle."""


class Reader(Protocol):
    """A model that reads tokens and says how likely each next one is."""

    def tokens(self, text: str, *, is_mark: bool = False) -> list[int]:
        """Return a text as tokens."""

    def piece(self, token: int) -> bytes:
        """Return what a token stands for."""

    def read(self, tokens: Sequence[int]) -> np.ndarray:
        """Read tokens and return the next one's logits, float32 (vocabulary,)."""


def printed(form: dict[str, Any], reader: Reader) -> list[int]:
    """Return the tokens with which every way to fill in a form begins: they can be read along with the prompt."""
    options = [reader.tokens(text, is_mark=True) for text, _ in form.get("start", {}).get("options", ())]
    if len({tuple(each) for each in options}) < 2:
        return []
    same = 0
    while all(len(each) > same and each[same] == options[0][same] for each in options):
        same += 1
    return options[0][:same]


def fill(form: dict[str, Any], reader: Reader, logits: np.ndarray, read: int = 0) -> Iterator[str]:
    """Yield the text of a filled form piece by piece. Raises BadForm.

    Args:
        form: See above.
        reader: The model.
        logits: Those after the prompt and what of the form was read with it.
        read: How many tokens of the form that were: no more than are `printed`.
    """
    pen, state = Pen(reader, logits, read), "start"
    for _ in range(MOST_FIELDS):
        if state == "end":
            return
        field = form.get(state)
        if field is None:
            raise BadForm(f"The form has no state '{state}'.")
        text, state = pen.write(field["gap"], field["next"]) if "gap" in field else pen.choose(field["options"])
        yield text
    raise BadForm("The form goes round in a circle.")


class Pen:
    """Where in a form the model is: what stands there already is read by it only when it must say what comes next."""

    def __init__(self, reader: Reader, logits: np.ndarray, read: int) -> None:
        self._reader = reader
        self._logits = logits
        self._ahead = read
        """Tokens of the first field that were read with the prompt."""
        self._unread: list[int] = []

    def _next(self) -> np.ndarray:
        """Return the logits after everything so far."""
        if self._unread:
            self._logits = self._reader.read(self._unread)
            self._unread = []
        return self._logits

    def choose(self, options: Sequence[Sequence[str]]) -> tuple[str, str]:
        """Return the option the model likes best and the state after it. Raises BadForm."""
        if not options:
            raise BadForm("A field has no options.")
        left = [(self._reader.tokens(text, is_mark=True), text, state) for text, state in options]
        at, self._ahead = self._ahead, 0
        while len({text for _, text, _ in left}) > 1:
            heads = {tokens[at] for tokens, _, _ in left if at < len(tokens)}
            head = heads.pop() if len(heads) == 1 else likeliest_of(heads, self._next())
            left = [option for option in left if at < len(option[0]) and option[0][at] == head]
            self._unread.append(head)
            at += 1
        tokens, text, state = left[0]
        self._unread += tokens[at:]
        return text, state

    def write(self, limit: int, state: str) -> tuple[str, str]:
        """Return what the model writes into a gap and the state after it."""
        text = b""
        for _ in range(limit):
            token, piece = likeliest(self._reader, self._next())
            if token is None or b'"' in piece:
                head = piece.partition(b'"')[0].decode("utf-8", "ignore")
                text += head.encode()
                self._unread += self._reader.tokens(head) if head else []
                break
            text += piece
            self._unread.append(token)
        return text.decode("utf-8", "ignore"), state


def likeliest_of(tokens: set[int], logits: np.ndarray) -> int:
    """Return which of a few tokens is the likeliest."""
    return max(sorted(tokens), key=lambda token: float(logits[token]))


def likeliest(reader: Reader, logits: np.ndarray) -> tuple[int | None, bytes]:
    """Return the likeliest token that may stand in a gap or end it, with its text; None when none of the likeliest may."""
    size = min(LIKELIEST, len(logits))
    best = np.argpartition(logits, -size)[-size:]
    for token in best[np.argsort(logits[best])[::-1]]:
        piece = reader.piece(int(token))
        head = piece.partition(b'"')[0]
        if piece and not any(byte < 0x20 or byte == 0x5C for byte in head):
            return int(token), piece
    return None, b""
