"""Makes a model file of the shape and precision of a real Qwen2.5 with weights of chance: how fast it runs does not depend on them.

Run `python -m models.recipes.true_shape 0.5B FILE`; `hark bench llm` does it by itself. Needs the package `gguf`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np


class Shape(NamedTuple):
    """Of a Qwen2.5-Instruct. Source: its config.json."""

    layers: int
    width: int
    heads: int
    kv_heads: int
    inner: int

    @property
    def head(self) -> int:
        """Width of a head."""
        return self.width // self.heads


SHAPES = {"0.5B": Shape(24, 896, 14, 2, 4864), "1.5B": Shape(28, 1536, 12, 2, 8960), "3B": Shape(36, 2048, 16, 2, 11008)}

VOCABULARY = 151_936
LEARNT = 12_000
"""Tokens learnt from text, so that a prompt has about as many as with the real vocabulary; the others are never used."""

CONTEXT = 32_768
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
ADDED = ("<tool_call>", "</tool_call>", "<think>", "</think>")
NORMAL, CONTROL, USER_DEFINED = 1, 3, 4
"""Kinds of token, as GGUF numbers them."""

SCALE = 0.002
"""Of a block of weights; larger ones overflow after some layers."""


def block(kind: str, count: int, chance: np.random.Generator) -> np.ndarray:
    """Return so many blocks of quantised weights of chance, uint8 (count, bytes of a block)."""
    sizes = {"Q4_K": (144, (0, 2)), "Q6_K": (210, (208,)), "Q5_0": (22, (0,)), "Q8_0": (34, (0,))}
    size, scales = sizes[kind]
    blocks = chance.integers(0, 256, (count, size), np.uint8)
    for at in scales:  # the scales are half floats, and any bits there could be no number
        blocks[:, at : at + 2] = np.frombuffer(np.float16(SCALE if size > 100 else SCALE * 8).tobytes(), np.uint8)
    return blocks


def tensor(kind: str, rows: int, columns: int, chance: np.random.Generator) -> np.ndarray:
    """Return a matrix of quantised weights as bytes, (rows, bytes of a row)."""
    per_block = 256 if kind.endswith("_K") else 32
    return block(kind, rows * columns // per_block, chance).reshape(rows, -1)


def kinds(shape: Shape, layer: int) -> dict[str, str]:
    """Return how Q4_K_M stores the matrices of a layer: some more exactly, and another way where 256 does not divide a row."""
    low, high = ("Q4_K", "Q6_K") if shape.width % 256 == 0 else ("Q5_0", "Q8_0")
    better = layer < shape.layers // 8 or layer >= 7 * shape.layers // 8 or (layer - shape.layers // 8) % 3 == 2
    down = "Q6_K" if better else "Q4_K"
    return {"low": low, "value": high if better else low, "down": down, "embedding": high}


def tensors(shape: Shape, seed: int = 1) -> Iterator[tuple[str, np.ndarray, str]]:
    """Yield every tensor: its name, its data, how it is stored."""
    chance = np.random.default_rng(seed)
    width, keys = shape.width, shape.kv_heads * shape.head
    yield "token_embd.weight", tensor(kinds(shape, 0)["embedding"], VOCABULARY, width, chance), kinds(shape, 0)["embedding"]
    yield "output_norm.weight", np.ones(width, np.float32), "F32"
    for layer in range(shape.layers):
        kind = kinds(shape, layer)
        matrices = [
            *[("attn_q", width, width, kind["low"]), ("attn_k", keys, width, kind["low"]), ("attn_v", keys, width, kind["value"])],
            *[("attn_output", width, width, kind["low"]), ("ffn_gate", shape.inner, width, kind["low"])],
            *[("ffn_up", shape.inner, width, kind["low"]), ("ffn_down", width, shape.inner, kind["down"])],
        ]
        for name, rows, columns, stored in matrices:
            yield f"blk.{layer}.{name}.weight", tensor(stored, rows, columns, chance), stored
        for name, size in (("attn_q", width), ("attn_k", keys), ("attn_v", keys)):
            yield f"blk.{layer}.{name}.bias", np.zeros(size, np.float32), "F32"
        for name in ("attn_norm", "ffn_norm"):
            yield f"blk.{layer}.{name}.weight", np.ones(width, np.float32), "F32"


def vocabulary(texts: list[str]) -> tuple[list[str], list[str], list[int]]:
    """Return the tokens, the merges and the kind of each token; the merges are learnt from texts."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers  # noqa: PLC0415 -- only needed to make a file

    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=LEARNT, initial_alphabet=alphabet, show_progress=False)
    learner.train_from_iterator(texts, trainer)
    learnt = sorted(learner.get_vocab().items(), key=lambda pair: pair[1])
    tokens = [token for token, _ in learnt]
    import json  # noqa: PLC0415 -- the merges are only to be had as JSON

    merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in json.loads(learner.to_str())["model"]["merges"]]
    tokens += [f"[unused{number}]" for number in range(VOCABULARY - len(tokens) - len(SPECIAL) - len(ADDED))]
    kind = [NORMAL] * len(tokens) + [CONTROL] * len(SPECIAL) + [USER_DEFINED] * len(ADDED)
    return [*tokens, *SPECIAL, *ADDED], merges, kind


def texts_here() -> list[str]:
    """Return what the merges are learnt from: the phrases people say to Hark and the source."""
    root = Path(__file__).parents[2]
    files = [*root.glob("skills/phrases/*.txt"), *root.glob("skills/**/*.py"), *root.glob("docs/*.md")]
    return [file.read_text("utf-8") for file in sorted(files)]


def make(size: str, path: Path) -> None:
    """Write the file; the half of it is never left behind under its name."""
    import gguf  # noqa: PLC0415 -- only needed to make a file

    shape = SHAPES[size]
    part = path.with_suffix(".part")
    writer = gguf.GGUFWriter(part, "qwen2")
    writer.add_name(f"true shape of Qwen2.5-{size}, weights of chance")
    for add, value in (
        *((writer.add_context_length, CONTEXT), (writer.add_embedding_length, shape.width), (writer.add_block_count, shape.layers)),
        *((writer.add_feed_forward_length, shape.inner), (writer.add_head_count, shape.heads), (writer.add_head_count_kv, shape.kv_heads)),
        *((writer.add_layer_norm_rms_eps, 1e-6), (writer.add_rope_freq_base, 1_000_000.0), (writer.add_file_type, 15)),
    ):
        give: Any = add
        give(value)
    tokens, merges, kind = vocabulary(texts_here())
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kind)
    writer.add_token_merges(merges)
    ids = {token: number for number, token in enumerate(tokens)}
    writer.add_eos_token_id(ids["<|im_end|>"])
    writer.add_pad_token_id(ids["<|endoftext|>"])
    writer.add_add_bos_token(False)
    for name, data, stored in tensors(shape):
        writer.add_tensor(name, data, raw_dtype=gguf.GGMLQuantizationType[stored])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    part.replace(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", choices=SHAPES)
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    make(given.size, given.file)
    print(f"{given.file}: {given.file.stat().st_size / 1e6:.0f} MB")
