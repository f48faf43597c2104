"""A language model through llama.cpp: it reads prompts, writes answers and fills in forms.

A plain synchronous class that a worker hosts: llama.cpp ends its process when something is wrong, and native code cannot be
interrupted from outside. It is not safe to use from two threads.
"""

import codecs
import ctypes
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import llama_cpp as ll
import numpy as np
import psutil

from models.chatml import Piece, message, prompt
from models.errors import ModelBroken, ModelMissing, Stopped
from models.form import fill, printed
from models.sampling import Sampler
from models.sequences import Line, Sequences, Tally

CONTEXT = 8192
"""Tokens that all kept prompts share; 12 KB each for a model of 0.5B, 28 KB for 1.5B."""

MOST_SEQUENCES = 12
"""Beginnings of prompts kept in memory: one for each family of tools that was needed lately, and one for talk."""

LEAST_ROOM = 64
"""Tokens an answer must have room for; a prompt that leaves less is refused."""

HEAD_BYTES = 1 << 20
"""Of a model file; with its size they tell it from any other, without reading gigabytes."""


def never() -> bool:
    """Tell that somebody still waits."""
    return False


class Llm:
    """One model, loaded."""

    def __init__(
        self,
        path: str,
        context: int = CONTEXT,
        threads: int = 0,
        gpu_layers: int = -1,
        states: str = "",
        cancelled: Callable[[], bool] = never,
    ) -> None:
        """Load a GGUF file. Raises ModelMissing or ModelBroken.

        Args:
            path: The file.
            context: Tokens that are kept at once.
            threads: To compute with; 0 for as many as there are cores.
            gpu_layers: That a graphics card computes, where llama.cpp was built for one; -1 for all of them.
            states: The folder where what was read is kept; empty keeps it in memory only.
            cancelled: Tells whether the call under way is still wanted; asked many times a second, also by llama.cpp while it computes.
        """
        file = Path(path)
        if not file.is_file():
            raise ModelMissing(f"There is no model file {path}. See `hark models list`.")
        self._cancelled = cancelled
        quiet()
        ll.llama_backend_init()
        settings = ll.llama_model_default_params()
        settings.n_gpu_layers = gpu_layers
        self._model = ll.llama_model_load_from_file(os.fsencode(file), settings)
        if not self._model:
            raise ModelBroken(f"{path} is no model that llama.cpp can load. Check it with `hark models verify`.")
        self._vocab = ll.llama_model_get_vocab(self._model)
        self._context = self._opened(context, threads or cores())
        self._sequences = Sequences(self._context, Path(states) if states else None, identity(file), cancelled)
        self._pieces: dict[int, bytes] = {}
        self._line: Line | None = None
        self._name = file.stem

    def _opened(self, context: int, threads: int) -> Any:
        settings = ll.llama_context_default_params()
        settings.n_ctx = min(context, max(int(ll.llama_model_n_ctx_train(self._model)), 512))
        settings.n_batch = settings.n_ubatch = 512
        settings.n_seq_max = MOST_SEQUENCES
        settings.kv_unified = True
        settings.n_threads = settings.n_threads_batch = threads
        settings.no_perf = True
        self._abort = ll.ggml_abort_callback(lambda _: self._cancelled())  # kept: llama.cpp only has its address
        settings.abort_callback = self._abort
        opened = ll.llama_init_from_model(self._model, settings)
        if not opened:
            raise ModelBroken(f"There is not enough memory for {context} tokens. Set llm.context lower, or choose a smaller model.")
        return opened

    def about(self) -> dict[str, Any]:
        """Return what the model is: its name, parameters, bytes, and how many tokens it keeps."""
        return {
            "name": self._name,
            "parameters": int(ll.llama_model_n_params(self._model)),
            "bytes": int(ll.llama_model_size(self._model)),
            "context": int(ll.llama_n_ctx(self._context)),
        }

    def count(self, text: str) -> int:
        """Return how many tokens a text has."""
        return len(self.tokens(text))

    def prefill(self, system: str, messages: list[list[str]]) -> Iterator[dict[str, Any]]:
        """Read messages ahead of time, the last of which goes on; yield what it cost."""
        began, tally = time.monotonic(), Tally()
        pieces = [piece for role, text in messages for piece in message(role, text)]
        words = self._all(pieces[:-1])  # what ends the last message is not said yet
        self._sequences.prepare(self._all(message("system", system)), words[:-1] or words, 1, tally)
        yield self._cost(tally, began)

    def write(self, system: str, messages: list[list[str]], limit: int, temperature: float = 0.7, seed: int = 0) -> Iterator[Any]:
        """Yield what reading cost, as a dict, the answer to messages as pieces of text, and at last what writing cost, as another.

        Args:
            system: The part of the prompt that stays the same.
            messages: `[role, text]` each.
            limit: Tokens, at most.
            temperature: 0 always takes the likeliest token.
            seed: Of chance; 0 for another every time.
        """
        began, tally = time.monotonic(), Tally()
        beginning, rest = self._all(message("system", system)), self._all(prompt(messages))
        line, logits = self._sequences.prepare(beginning, rest, min(limit, LEAST_ROOM), tally)
        limit = min(limit, int(ll.llama_n_ctx(self._context)) - tally.of)
        yield self._cost(tally, began)
        began = time.monotonic()
        sampler, decoder = Sampler(temperature, seed), codecs.getincrementaldecoder("utf-8")("ignore")
        ended = "limit"
        for _ in range(limit):
            token = sampler.next(logits)
            if ll.llama_vocab_is_eog(self._vocab, token):
                ended = "end"
                break
            if text := decoder.decode(self.piece(token)):
                yield text
            logits = self._sequences.read(line, [token])
        yield {"ms": 1000 * (time.monotonic() - began), "wrote": sampler.count, "ended": ended}

    def fill_in(self, system: str, messages: list[list[str]], form: dict[str, Any], begin: str = "") -> Iterator[Any]:
        """Yield a form filled in after messages as pieces of text, and at last what it cost, as a dict.

        Args:
            system: The part of the prompt that stays the same.
            messages: `[role, text]` each.
            form: See `models.form`.
            begin: What the assistant's answer begins with.
        """
        began, tally = time.monotonic(), Tally()
        pieces = [*prompt(messages), *([Piece(begin, is_mark=True)] if begin else [])]
        head = printed(form, self)
        self._line, logits = self._sequences.prepare(self._all(message("system", system)), self._all(pieces) + head, 256, tally)
        read_ms = 1000 * (time.monotonic() - began)
        before = len(self._line.tokens)
        yield from fill(form, self, logits, len(head))
        yield self._cost(tally, began) | {"read_ms": read_ms, "wrote": len(self._line.tokens) - before}

    def tokens(self, text: str, *, is_mark: bool = False) -> list[int]:
        """Return a text as tokens; only in our own marks special ones count as such."""
        raw = text.encode("utf-8", "replace")
        room = (ll.llama_token * (len(raw) + 8))()
        count = ll.llama_tokenize(self._vocab, raw, len(raw), room, len(room), False, is_mark)
        return list(room[:count])

    def piece(self, token: int) -> bytes:
        """Return what a token stands for; nothing for special ones."""
        if token not in self._pieces:
            room = ctypes.create_string_buffer(256)
            size = ll.llama_token_to_piece(self._vocab, token, room, len(room), 0, False)
            self._pieces[token] = room.raw[: max(size, 0)]
        return self._pieces[token]

    def read(self, tokens: Sequence[int]) -> np.ndarray:
        """Read tokens after the form so far."""
        if self._line is None:
            raise Stopped("No form is being filled in.")
        return self._sequences.read(self._line, tokens)

    def _all(self, pieces: Sequence[Piece]) -> list[int]:
        return [token for piece in pieces for token in self.tokens(piece.text, is_mark=piece.is_mark)]

    def _cost(self, tally: Tally, began: float) -> dict[str, Any]:
        return {"read": tally.read, "of": tally.of, "loaded": tally.loaded, "ms": 1000 * (time.monotonic() - began)}


def cores() -> int:
    """Return how many cores there are to compute with; two threads on one core only get in each other's way."""
    allowed: list[int] = getattr(psutil.Process(), "cpu_affinity", list)()  # macOS does not tell
    return min(psutil.cpu_count(logical=False) or 1, len(allowed) or 1024)


def identity(file: Path) -> str:
    """Return what tells a model file from any other."""
    with file.open("rb") as opened:
        head = opened.read(HEAD_BYTES)
    return f"{hashlib.sha256(head).hexdigest()[:16]}-{file.stat().st_size}"


SILENT = ll.llama_log_callback(lambda *_: None)
"""Drops what llama.cpp says: what matters comes back as an error of ours."""


def quiet() -> None:
    """Keep llama.cpp from talking on standard error."""
    ll.llama_log_set(SILENT, ctypes.c_void_p(0))
