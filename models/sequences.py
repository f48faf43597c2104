"""What a model has read, kept: a sequence for each beginning that prompts share, in memory and as files.

Reading is what takes time on a processor without a graphics card: 63-150 tokens a second. A prompt is therefore read only from
where it differs from the last one with the same beginning, and a beginning that was ever read on this machine is loaded, not read.
"""

import ctypes
import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import llama_cpp as ll
import numpy as np

from models.errors import ModelBroken, PromptTooLong, Stopped

CHUNK = 128
"""Tokens read at once; what was read is kept when the reading is stopped."""

SHARED = 24
"""Tokens at the beginning that are worth copying from another sequence."""

WORTH_A_FILE = 48
"""Tokens of a beginning from which on it is kept as a file."""

MOST_FILES = 48

NO_ROOM, ABORTED = 1, 2
"""What llama.cpp's decoding returns, beside 0 for success."""

FORMAT = 1
"""Of the files' names; another one makes all of them be read anew."""


@dataclass(slots=True)
class Line:
    """One beginning and what was read after it."""

    number: int
    tokens: list[int] = field(default_factory=list)
    used: int = 0
    """When it was needed last, counted in needs."""


@dataclass(slots=True)
class Tally:
    """What a prompt cost."""

    read: int = 0
    """Tokens that were read."""
    of: int = 0
    """Tokens it has."""
    loaded: int = 0
    """Tokens that came from a file."""


class Sequences:
    """The memory of one model's context."""

    def __init__(self, context: ll.llama_context_p, files: Path | None, identity: str, stop: Callable[[], bool]) -> None:
        """Take llama.cpp's context, where files are kept, what names the model in them, and what tells that nobody waits any more."""
        self._context = context
        self._memory = ll.llama_get_memory(context)
        self._cells = int(ll.llama_n_ctx(context))
        self._vocabulary = int(ll.llama_vocab_n_tokens(ll.llama_model_get_vocab(ll.llama_get_model(context))))
        self._free = list(range(int(ll.llama_n_seq_max(context))))
        self._lines: dict[tuple[int, ...], Line] = {}
        self._files, self._identity = files, identity
        self._stop = stop
        self._batch = ll.llama_batch_init(CHUNK, 0, 1)
        self._needs = 0

    def close(self) -> None:
        """Give the batch back."""
        ll.llama_batch_free(self._batch)

    def prepare(self, beginning: list[int], rest: list[int], room: int, tally: Tally) -> tuple[Line, np.ndarray]:
        """Have a prompt read, and return its sequence and the logits after it. Raises PromptTooLong or Stopped.

        `room` is how many tokens must still fit behind it.
        """
        whole = beginning + rest
        tally.of = len(whole)
        if len(whole) + room > self._cells:
            raise PromptTooLong(f"A prompt of {len(whole)} tokens and {room} for the answer do not fit into {self._cells}. Shorten it.")
        line = self._line(beginning, len(whole) + room, tally)
        same = min(common(line.tokens, whole), len(whole) - 1)  # the last token is always read: its logits are wanted
        self.cut(line, same)
        logits = self.read(line, whole[same:])
        tally.read += len(whole) - same
        return line, logits

    def _line(self, beginning: list[int], cells: int, tally: Tally) -> Line:
        """Return the sequence of a beginning, which is in memory then."""
        self._needs += 1
        key = tuple(beginning)
        line = self._lines.get(key)
        self._make_room(cells, keep=key)
        if line is None:
            line = Line(self._free.pop())
            self._lines[key] = line
            try:
                self._begin(line, beginning, tally)
            except Stopped:
                line.used = self._needs
                raise
        line.used = self._needs
        return line

    def _begin(self, line: Line, beginning: list[int], tally: Tally) -> None:
        """Fill a new sequence: from its file, from a sequence that begins alike, by reading."""
        if self._load(line, beginning):
            tally.loaded = len(beginning)
            return
        others = [other for other in self._lines.values() if other is not line]
        alike = max(others, key=lambda other: common(other.tokens, beginning), default=None)
        same = common(alike.tokens, beginning) if alike else 0
        if alike and same >= SHARED:
            ll.llama_memory_seq_cp(self._memory, alike.number, line.number, 0, same)
            line.tokens = beginning[:same]
        if missing := beginning[len(line.tokens) :]:
            tally.read += len(missing)
            self.read(line, missing)
        self._save(line, beginning)

    def _make_room(self, cells: int, keep: tuple[int, ...]) -> None:
        """Forget the sequences that were not needed for longest until a prompt fits."""
        while self._lines:
            taken = sum(len(line.tokens) for key, line in self._lines.items() if key != keep)
            if taken + cells <= self._cells and (self._free or keep in self._lines):
                return
            others = [key for key in self._lines if key != keep]
            if not others:
                return
            self._forget(min(others, key=lambda key: self._lines[key].used))

    def _forget_oldest(self, line: Line) -> bool:
        """Forget the sequence that was not needed for longest, but not this one; tell whether there was any."""
        others = [key for key, other in self._lines.items() if other is not line]
        if others:
            self._forget(min(others, key=lambda key: self._lines[key].used))
        return bool(others)

    def _forget(self, key: tuple[int, ...]) -> None:
        line = self._lines.pop(key)
        ll.llama_memory_seq_rm(self._memory, line.number, -1, -1)
        self._free.append(line.number)

    def cut(self, line: Line, length: int) -> None:
        """Forget what a sequence has after so many tokens."""
        if length < len(line.tokens):
            ll.llama_memory_seq_rm(self._memory, line.number, length, -1)
            del line.tokens[length:]

    def read(self, line: Line, tokens: Sequence[int]) -> np.ndarray:
        """Read tokens at the end of a sequence and return the logits after the last, float32 (vocabulary,). Raises Stopped."""
        for start in range(0, len(tokens), CHUNK):
            self._read_chunk(line, tokens[start : start + CHUNK], is_last=start + CHUNK >= len(tokens))
        pointer = ll.llama_get_logits_ith(self._context, -1)
        return np.ctypeslib.as_array(pointer, shape=(self._vocabulary,))

    def _read_chunk(self, line: Line, tokens: Sequence[int], *, is_last: bool) -> None:
        if self._stop():
            raise Stopped("Nobody waits for this any more.")
        if len(line.tokens) + len(tokens) > self._cells:
            raise PromptTooLong(f"There is no room for more than {self._cells} tokens.")
        batch = self._batch
        batch.n_tokens = len(tokens)
        for at, token in enumerate(tokens):
            batch.token[at] = token
            batch.pos[at] = len(line.tokens) + at
            batch.n_seq_id[at] = 1
            batch.seq_id[at][0] = line.number
            batch.logits[at] = is_last and at == len(tokens) - 1
        code = ll.llama_decode(self._context, batch)
        while code == NO_ROOM and self._forget_oldest(line):
            code = ll.llama_decode(self._context, batch)
        if code:
            ll.llama_memory_seq_rm(self._memory, line.number, len(line.tokens), -1)
            if code == ABORTED:
                raise Stopped("Nobody waits for this any more.")
            raise ModelBroken(f"llama.cpp could not read {len(tokens)} tokens (code {code}). Try a smaller llm.context.")
        line.tokens.extend(tokens)

    def _file(self, beginning: list[int]) -> Path | None:
        if self._files is None or len(beginning) < WORTH_A_FILE:
            return None
        what = f"{FORMAT} {ll.__version__} {self._identity} ".encode() + np.asarray(beginning, np.int32).tobytes()
        return self._files / f"{hashlib.sha256(what).hexdigest()[:32]}.state"

    def _load(self, line: Line, beginning: list[int]) -> bool:
        """Fill an empty sequence from its file; tell whether there was one that fits."""
        file = self._file(beginning)
        if file is None or not file.is_file():
            return False
        tokens = (ll.llama_token * (len(beginning) + 1))()
        count = ctypes.c_size_t()
        loaded = ll.llama_state_seq_load_file(self._context, os.fsencode(file), line.number, tokens, len(tokens), ctypes.byref(count))
        if not loaded or list(tokens[: count.value]) != beginning:
            ll.llama_memory_seq_rm(self._memory, line.number, -1, -1)
            with suppress(OSError):
                file.unlink()
            return False
        line.tokens = list(beginning)
        with suppress(OSError):
            os.utime(file)
        return True

    def _save(self, line: Line, beginning: list[int]) -> None:
        """Keep a beginning as a file; a full disk costs reading it again, no more."""
        file = self._file(beginning)
        if file is None or line.tokens != beginning:
            return
        part = file.with_suffix(f".{os.getpid()}.part")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            tokens = (ll.llama_token * len(beginning))(*beginning)
            if ll.llama_state_seq_save_file(self._context, os.fsencode(part), line.number, tokens, len(beginning)):
                part.replace(file)
            part.unlink(missing_ok=True)
            for old in sorted(file.parent.glob("*.state"), key=lambda each: each.stat().st_mtime)[:-MOST_FILES]:
                old.unlink(missing_ok=True)


def common(first: Sequence[int], second: Sequence[int]) -> int:
    """Return how many tokens two sequences have in common at their beginning."""
    return next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
