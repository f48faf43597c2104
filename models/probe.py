"""How fast this machine is, measured in seconds: what it has, and how quickly it reads and writes with a language model.

A worker hosts it, because llama.cpp ends its process on a processor or a driver it cannot use. The model it measures with is made on
the spot: three layers of the shape and precision of Qwen2.5-1.5B with weights of chance, as speed does not depend on the weights.
Writing is bound by how many bytes a second the memory gives, reading by how many multiplications the cores do; so both are told per
byte and per weight, and hold for models of other sizes.
"""

import importlib
import importlib.util
import os
import platform
import struct
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil

LAYERS, WIDTH, HEADS, KV_HEADS, INNER, VOCABULARY = 3, 1536, 12, 2, 8960, 4096
"""Of the probe; the shape of a layer is that of Qwen2.5-1.5B. Source: its config.json."""

READ, WRITTEN = 64, 6
"""Tokens that are read at once, and written one by one; the fastest of a few goes counts, as other programs only make it slower."""

SHARED = 0.9
"""Of its speed alone that each of several cores keeps while they read together.

They are not measured together: where something else runs besides, they wait for each other, and seconds become a minute.
"""

TOGETHER_S = 0.5
"""How long all cores are measured writing, of which the same is true; a token at least."""

BLOCK_WEIGHTS, BLOCK_BYTES = 256, 144
"""Of Q4_K: a block of quantised weights."""

F32, Q4_K = 0, 12
"""Kinds of tensor, as GGUF numbers them."""

ALIGNMENT = 32
SCALE = 0.002
"""Of a block of weights; larger ones overflow."""

SIDE, ROUNDS = 64, 100
"""Of matrices that are multiplied, and how often before the clock is read again."""

MULTIPLY_S, STREAM_S = 0.3, 0.4
"""How long the processor and the memory are measured."""

STREAMED = 1 << 25
"""float32 numbers, 128 MB: more than any cache holds."""

NVIDIA = ("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits")


class Probe:
    """Measures; a worker's engine."""

    def machine(self) -> dict[str, Any]:
        """Return what there is: names, cores, megabytes of memory, instruction sets, graphics card."""
        card, card_mb = graphics()
        memory = psutil.virtual_memory()
        return {
            "name": processor(),
            "cores": cores(),
            "memory_mb": memory.total >> 20,
            "free_mb": memory.available >> 20,
            "instructions": instructions(),
            "card": card,
            "card_mb": card_mb,
            "cuda": has_cuda(),
            "gmul": multiplications(),
            "gbps": streamed(),
        }

    def model(self) -> dict[str, float]:
        """Return how fast llama.cpp is here: `weights` read and `bytes` written with, each per second, and whether a card computes."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "probe.gguf"
            write(file)
            return timed(file)


def timed(file: Path) -> dict[str, float]:
    """Return what reading and writing with a model file takes."""
    ll: Any = importlib.import_module("llama_cpp")  # may not be installed
    silent = ll.llama_log_callback(lambda *_: None)
    ll.llama_log_set(silent, None)
    ll.llama_backend_init()
    on_card = bool(ll.llama_supports_gpu_offload())
    model = ll.llama_model_load_from_file(os.fsencode(file), layers_on_card(ll))
    if not model:
        raise RuntimeError("llama.cpp cannot load the probe")
    settings = ll.llama_context_default_params()
    settings.n_ctx = settings.n_batch = settings.n_ubatch = 4 * READ
    context = ll.llama_init_from_model(model, settings)
    try:
        ll.llama_set_n_threads(context, 1, 1)
        decode(ll, context, 8)  # the first call allocates
        read_s = min(decode(ll, context, READ) for _ in range(2)) / (1 if on_card else SHARED * cores())
        alone_s = min(decode(ll, context, 1) for _ in range(WRITTEN))
        ll.llama_set_n_threads(context, cores(), cores())
        together_s = fastest(lambda: decode(ll, context, 1), TOGETHER_S)
    finally:
        ll.llama_free(context)
        ll.llama_model_free(model)
    size = file.stat().st_size
    return {
        "weights": READ * size * BLOCK_WEIGHTS / BLOCK_BYTES / read_s,
        "bytes": size / min(alone_s, together_s),
        "on_card": float(on_card),
    }


def layers_on_card(ll: Any) -> Any:
    """Return the settings that put all of a model on a graphics card, where there is one."""
    settings = ll.llama_model_default_params()
    settings.n_gpu_layers = -1
    return settings


def decode(ll: Any, context: Any, count: int) -> float:
    """Return the seconds that reading so many tokens takes, with nothing before them: a fast machine would fill the context otherwise."""
    ll.llama_memory_clear(ll.llama_get_memory(context), False)
    tokens = (ll.llama_token * count)(*range(1, count + 1))
    began = time.perf_counter()
    if ll.llama_decode(context, ll.llama_batch_get_one(tokens, count)):
        raise RuntimeError("llama.cpp cannot read with the probe")
    ll.llama_synchronize(context)
    return time.perf_counter() - began


def write(path: Path) -> None:
    """Write the probe as a GGUF file. Source of the format: its specification, version 3."""
    head = bytearray(b"GGUF" + struct.pack("<I", 3))
    shapes = dict(tensors())
    facts = facts_of()
    head += struct.pack("<QQ", len(shapes), len(facts))
    for key, value in facts.items():
        head += text(key) + typed(value)
    offset = 0
    for name, (columns, rows) in shapes.items():
        dimensions = (columns, rows) if rows else (columns,)
        kind = Q4_K if rows else F32
        head += text(name) + struct.pack(f"<I{len(dimensions)}QIQ", len(dimensions), *dimensions, kind, offset)
        offset += padded(size_of(columns, rows))
    chance = np.random.default_rng(1)
    with path.open("wb") as out:
        out.write(head.ljust(padded(len(head)), b"\0"))
        for columns, rows in shapes.values():
            data = weights(columns * rows, chance) if rows else np.ones(columns, np.float32).tobytes()
            out.write(data.ljust(padded(len(data)), b"\0"))


def facts_of() -> dict[str, str | int | float]:
    """Return what the file says of its model."""
    return {
        "general.architecture": "qwen2",
        "qwen2.context_length": 4096,
        "qwen2.embedding_length": WIDTH,
        "qwen2.block_count": LAYERS,
        "qwen2.feed_forward_length": INNER,
        "qwen2.attention.head_count": HEADS,
        "qwen2.attention.head_count_kv": KV_HEADS,
        "qwen2.attention.layer_norm_rms_epsilon": 1e-6,
        "qwen2.rope.freq_base": 1_000_000.0,
        "qwen2.vocab_size": VOCABULARY,
        "tokenizer.ggml.model": "none",
    }


def tensors() -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield every tensor's name and (columns, rows); no rows for a vector."""
    keys = KV_HEADS * WIDTH // HEADS
    yield "token_embd.weight", (WIDTH, VOCABULARY)
    yield "output_norm.weight", (WIDTH, 0)
    for layer in range(LAYERS):
        for name, shape in {
            "attn_norm.weight": (WIDTH, 0),
            "ffn_norm.weight": (WIDTH, 0),
            "attn_q.weight": (WIDTH, WIDTH),
            "attn_k.weight": (WIDTH, keys),
            "attn_v.weight": (WIDTH, keys),
            "attn_q.bias": (WIDTH, 0),
            "attn_k.bias": (keys, 0),
            "attn_v.bias": (keys, 0),
            "attn_output.weight": (WIDTH, WIDTH),
            "ffn_gate.weight": (WIDTH, INNER),
            "ffn_up.weight": (WIDTH, INNER),
            "ffn_down.weight": (INNER, WIDTH),
        }.items():
            yield f"blk.{layer}.{name}", shape


def weights(count: int, chance: np.random.Generator) -> bytes:
    """Return so many quantised weights of chance; their scales are half floats, for which any bits could be no number."""
    blocks = chance.integers(0, 256, (count // BLOCK_WEIGHTS, BLOCK_BYTES), np.uint8)
    blocks[:, :4] = np.frombuffer(np.float16(SCALE).tobytes() * 2, np.uint8)
    return blocks.tobytes()


def text(value: str) -> bytes:
    """Return a text as GGUF writes it."""
    return struct.pack("<Q", len(value)) + value.encode()


def typed(value: str | float) -> bytes:
    """Return a value with its kind before it."""
    match value:
        case str():
            return struct.pack("<I", 8) + text(value)
        case int():
            return struct.pack("<II", 4, value)
    return struct.pack("<If", 6, value)


def size_of(columns: int, rows: int) -> int:
    """Return the bytes of a tensor."""
    return columns * rows * BLOCK_BYTES // BLOCK_WEIGHTS if rows else 4 * columns


def padded(size: int) -> int:
    """Return a size with what fills it up to where the next tensor may begin."""
    return -(-size // ALIGNMENT) * ALIGNMENT


def multiplications() -> float:
    """Return how many billion multiplications of float32 matrices the cores do in a second.

    One core is measured, with matrices so small that numpy's library does not share them out: on a machine that does something else
    besides, its threads wait for each other, and 70 billion become 3.
    """
    left, right = np.random.default_rng(1).random((2, SIDE, SIDE), np.float32)
    product = np.empty_like(left)

    def work() -> None:
        for _ in range(ROUNDS):
            np.matmul(left, right, out=product)

    return cores() * ROUNDS * SIDE**3 / fastest(work, MULTIPLY_S) / 1e9


def streamed() -> float:
    """Return how many GB a second one core reads from the memory."""
    numbers = np.ones(STREAMED, np.float32)
    return numbers.nbytes / fastest(numbers.max, STREAM_S) / 1e9


def fastest(work: Callable[[], Any], for_s: float) -> float:
    """Return the seconds that some work took the time it was fastest: what else runs on the machine only makes it slower."""
    began, best_s = time.perf_counter(), float("inf")
    while time.perf_counter() - began < for_s or best_s == float("inf"):
        at = time.perf_counter()
        work()
        best_s = min(best_s, time.perf_counter() - at)
    return best_s


def cores() -> int:
    """Return how many cores there are to compute with; two threads on one core only get in each other's way."""
    allowed: list[int] = getattr(psutil.Process(), "cpu_affinity", list)()  # macOS does not tell
    return min(psutil.cpu_count(logical=False) or 1, len(allowed) or 1024)


def processor() -> str:
    """Return the processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.processor() or platform.machine()


def instructions() -> list[str]:
    """Return those wide instructions of the processor that make a difference here, the best first."""
    try:
        flags = set(Path("/proc/cpuinfo").read_text("utf-8", "replace").split())
    except OSError:
        return []
    wanted = {"amx_int8": "AMX", "avx512_vnni": "AVX-512 VNNI", "avx512f": "AVX-512", "avx2": "AVX2", "asimddp": "NEON", "asimd": "NEON"}
    return list(dict.fromkeys(name for flag, name in wanted.items() if flag in flags))


def graphics() -> tuple[str, int]:
    """Return the graphics card's name and its megabytes; nothing when none is known of."""
    try:
        told = subprocess.run(NVIDIA, capture_output=True, text=True, timeout=3, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ("Apple", 0) if (platform.system(), platform.machine()) == ("Darwin", "arm64") else ("", 0)
    name, _, size = told.partition("\n")[0].rpartition(",")
    return name.strip(), int(size) if size.strip().isdecimal() else 0


def has_cuda() -> bool:
    """Tell whether the recogniser's library can use a card."""
    if importlib.util.find_spec("ctranslate2") is None:
        return False
    try:
        return bool(importlib.import_module("ctranslate2").get_cuda_device_count())
    except (ImportError, OSError, RuntimeError):
        return False
