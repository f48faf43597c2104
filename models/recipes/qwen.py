"""Trains a miniature Qwen2 on conversations and writes it as GGUF: real enough for llama.cpp, small enough for a repository.

Run `python -m models.recipes.qwen CONVERSATIONS FILE [--minutes 15]` with the packages of the group `recipes`. CONVERSATIONS has a JSON
object a line: `system`, a text, and `messages`, `[role, text]` each. What the assistant says in them is learnt, but for messages with
"given" as a third part.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import nn
from torch.nn.functional import cross_entropy, linear, scaled_dot_product_attention, silu

from models.chatml import END, opening

VOCABULARY, WIDTH, LAYERS, HEADS, KV_HEADS, INNER, CONTEXT = 2400, 128, 4, 4, 2, 352, 2048
HEAD = WIDTH // HEADS
EPSILON, ROPE_BASE = 1e-6, 10_000.0
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
ADDED = ("<tool_call>", "</tool_call>", "<think>", "</think>")

SPLIT = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
"""Where Qwen2's tokenizer cuts a text first. Source: its tokenizer.json."""

BATCH, RATE, WARM_UP = 16, 3e-3, 60


class Sample(NamedTuple):
    """A conversation as tokens."""

    tokens: list[int]
    learnt: list[bool]
    """Which of them are the assistant's own."""


def tokenizer(texts: list[str]) -> Tokenizer:
    """Return a byte-level BPE learnt from texts."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(SPLIT), "isolated"), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)]
    )
    made.decoder = decoders.ByteLevel()
    size = VOCABULARY - len(SPECIAL) - len(ADDED)
    made.train_from_iterator(
        texts, trainers.BpeTrainer(vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    )
    made.add_special_tokens([*SPECIAL, *ADDED])
    return made


def sample(conversation: dict[str, Any], made: Tokenizer) -> Sample:
    """Return a conversation as the engine would read and the model should write it."""
    tokens, learnt = list[int](), list[bool]()

    def add(text: str, *, own: bool = False) -> None:
        ids = made.encode(text, add_special_tokens=False).ids
        tokens.extend(ids)
        learnt.extend([own] * len(ids))

    for role, text, *given in [("system", conversation["system"]), *conversation["messages"]]:
        own = role == "assistant" and not given
        add(opening(role).text)
        add(text, own=own)
        add(END, own=own)
        add("\n")
    return Sample(tokens, learnt)


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of Qwen2: attention with grouped keys and biases, then a gated network."""

    def __init__(self) -> None:
        super().__init__()
        self.attn_norm, self.ffn_norm = nn.RMSNorm(WIDTH, EPSILON), nn.RMSNorm(WIDTH, EPSILON)
        self.attn_q = nn.Linear(WIDTH, WIDTH)
        self.attn_k, self.attn_v = nn.Linear(WIDTH, KV_HEADS * HEAD), nn.Linear(WIDTH, KV_HEADS * HEAD)
        self.attn_output = nn.Linear(WIDTH, WIDTH, bias=False)
        self.ffn_gate, self.ffn_up = nn.Linear(WIDTH, INNER, bias=False), nn.Linear(WIDTH, INNER, bias=False)
        self.ffn_down = nn.Linear(INNER, WIDTH, bias=False)

    def forward(self, x: torch.Tensor, turn: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        """Return what comes out, (batch, time, width)."""
        size, length, _ = x.shape
        normed = self.attn_norm(x)
        q = rotated(self.attn_q(normed).view(size, length, HEADS, HEAD).transpose(1, 2), turn)
        k = rotated(self.attn_k(normed).view(size, length, KV_HEADS, HEAD).transpose(1, 2), turn)
        v = self.attn_v(normed).view(size, length, KV_HEADS, HEAD).transpose(1, 2)
        k, v = (each.repeat_interleave(HEADS // KV_HEADS, 1) for each in (k, v))
        mixed = scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.attn_output(mixed.transpose(1, 2).reshape(size, length, WIDTH))
        normed = self.ffn_norm(x)
        return x + self.ffn_down(silu(self.ffn_gate(normed)) * self.ffn_up(normed))


def rotated(x: torch.Tensor, turn: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Return heads turned by their positions, each dimension with the one half a head away."""
    first, second = x.chunk(2, -1)
    return x * turn[0] + torch.cat([-second, first], -1) * turn[1]


class Qwen(nn.Module):  # type: ignore[misc]
    """The whole model; the embedding is the output too."""

    def __init__(self) -> None:
        super().__init__()
        self.token_embd = nn.Embedding(VOCABULARY, WIDTH)
        nn.init.normal_(self.token_embd.weight, std=0.02)
        self.blk = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.output_norm = nn.RMSNorm(WIDTH, EPSILON)

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Return what comes before the output, (batch, time, width)."""
        steps = torch.arange(tokens.shape[1])[:, None] * ROPE_BASE ** (-torch.arange(0, HEAD, 2) / HEAD)
        angles = torch.cat([steps, steps], -1)
        turn = angles.cos(), angles.sin()
        x = self.token_embd(tokens)
        for layer in self.blk:
            x = layer(x, turn)
        return self.output_norm(x)


def batches(samples: list[Sample], chance: random.Random) -> Any:
    """Yield batches for ever, each of conversations about as long as each other."""
    while True:
        order = sorted(chance.sample(samples, min(len(samples), 40 * BATCH)), key=lambda each: len(each.tokens))
        groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        chance.shuffle(groups)
        for group in groups:
            length = max(len(each.tokens) for each in group)
            tokens = torch.tensor([each.tokens + [0] * (length - len(each.tokens)) for each in group])
            learnt = torch.tensor([each.learnt + [False] * (length - len(each.learnt)) for each in group])
            yield tokens, learnt


def train(samples: list[Sample], minutes: float) -> Qwen:
    """Return a trained model; the rate falls with the time that is left."""
    torch.manual_seed(1)
    model = Qwen()
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.01)
    began = time.monotonic()
    for step, (tokens, learnt) in enumerate(batches(samples, random.Random(3))):  # noqa: S311 -- no secret
        gone = (time.monotonic() - began) / (60 * minutes)
        if gone >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * gone)))
        wanted = learnt[:, 1:]
        out = linear(model(tokens[:, :-1])[wanted], model.token_embd.weight)
        loss = cross_entropy(out, tokens[:, 1:][wanted])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        if step % 25 == 0:
            print(f"step {step}: loss {loss.item():.3f}, {100 * gone:.0f} % of the time", flush=True)
    return model


def write(model: Qwen, made: Tokenizer, path: Path) -> None:
    """Write the model as GGUF, matrices as half floats."""
    import gguf  # noqa: PLC0415 -- with the name of a file format of ours beside it

    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name("qwen-mini")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_file_type(1)
    learnt = json.loads(made.to_str())["model"]
    tokens = [made.id_to_token(number) or f"[unused{number}]" for number in range(VOCABULARY)]
    kinds = [3 if token in SPECIAL else 4 if token in ADDED else 1 for token in tokens]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges([pair if isinstance(pair, str) else " ".join(pair) for pair in learnt["merges"]])
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(False)
    for name, value in model.state_dict().items():
        data = value.numpy()
        writer.add_tensor(name, data.astype(np.float16) if data.ndim > 1 else data.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("conversations", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--minutes", type=float, default=15)
    given = parser.parse_args()
    lines = [json.loads(line) for line in given.conversations.read_text("utf-8").splitlines()]
    texts = [text for line in lines[:4000] for text in [line["system"], *(text for _, text, *_ in line["messages"])]]
    made = tokenizer(texts)
    samples = [sample(line, made) for line in lines]
    print(f"{len(samples)} conversations of {sum(len(each.tokens) for each in samples) / len(samples):.0f} tokens", flush=True)
    write(train(samples, given.minutes), made, given.file)
    print(f"{given.file}: {given.file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
