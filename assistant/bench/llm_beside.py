"""llama-cpp-python as it comes, hosted in a worker like Hark's own runtime: what `hark bench llm` is compared with."""

import ctypes
import time
from collections.abc import Iterator
from typing import Any

import llama_cpp
from llama_cpp.llama_grammar import LlamaGrammar


class AsItComes:
    """A `Llama` with its defaults, but for a context that the prompt fits into."""

    def __init__(self, path: str, context: int) -> None:
        """Load a GGUF file."""
        llama_cpp.llama_log_set(SILENT, ctypes.c_void_p(0))
        self._llama = llama_cpp.Llama(path, n_ctx=context, verbose=False)

    def call(self, text: str, grammar: str) -> float:
        """Return how many seconds a tool call took, sampled through a grammar."""
        began = time.monotonic()
        rules = LlamaGrammar.from_string(grammar, verbose=False)
        self._llama.create_completion(text, grammar=rules, max_tokens=200, temperature=0.0)
        return time.monotonic() - began

    def write(self, text: str, limit: int) -> Iterator[str]:
        """Yield an answer, token by token."""
        for piece in self._llama.create_completion(text, max_tokens=limit, temperature=0.0, stream=True):
            answer: Any = piece
            yield answer["choices"][0]["text"]


SILENT = llama_cpp.llama_log_callback(lambda *_: None)
"""Drops what llama.cpp says."""
