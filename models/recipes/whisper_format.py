"""Write a Whisper checkpoint the way faster-whisper reads it: CTranslate2 weights, vocabulary, tokenizer, preprocessor.

Weights come by the names of `transformers`' WhisperForConditionalGeneration, the arrays by those names' shapes.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from ctranslate2.specs import WhisperSpec
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

Array = npt.NDArray[np.float32]
Weights = Callable[[str, tuple[int, ...]], Array]
"""Name and shape to array."""

SOURCE_POSITIONS = 1500
"""Encoder frames of a 30 s window, 20 ms each."""
TARGET_POSITIONS = 448
"""Tokens, prompt included."""
LANGUAGES = (
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur hr bg lt la mi ml cy sk te "
    "fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps "
    "tk nn mt sa lb my bo tl mg as tt haw ln ha ba jw su yue"
)
"""In the order of their tokens; the last came with large-v3."""

TIMESTAMPS = 1501
"""Tokens of 0.00 s to 30.00 s."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What tells one Whisper from another."""

    width: int
    """Of a hidden state."""
    heads: int
    """Of each attention."""
    encoder_layers: int
    decoder_layers: int
    mels: int = 80
    """Bands of the spectrogram."""
    languages: int = 99
    text_tokens: int = 50_257
    """Ids below <|endoftext|>; the last of them is the empty token, by which CTranslate2 knows a multilingual model."""

    @property
    def feed_forward(self) -> int:
        """Width inside the feed-forward layers."""
        return 4 * self.width

    @property
    def special_tokens(self) -> list[str]:
        """Every token from <|endoftext|> up, in the order of their ids."""
        languages = [f"<|{code}|>" for code in LANGUAGES.split()[: self.languages]]
        tasks = ["translate", "transcribe", "startoflm", "startofprev", "nospeech", "notimestamps"]
        timestamps = [f"<|{0.02 * i:.2f}|>" for i in range(TIMESTAMPS)]
        return ["<|endoftext|>", "<|startoftranscript|>", *languages, *(f"<|{task}|>" for task in tasks), *timestamps]

    @property
    def vocabulary(self) -> int:
        """Tokens in all, timestamps included."""
        return self.text_tokens + len(self.special_tokens)

    def token(self, name: str) -> int:
        """Return the id of <|name|>."""
        return self.text_tokens + self.special_tokens.index(f"<|{name}|>")


def byte_pairs(texts: Iterable[str]) -> Tokenizer:
    """Return a byte-level BPE that knows these texts' words by heart and can spell all others."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(vocab_size=2000, initial_alphabet=alphabet, show_progress=False))
    return tokenizer


def with_special_tokens(tokenizer: Tokenizer, shape: Shape) -> Tokenizer:
    """Return the tokenizer with Whisper's special tokens at this shape's ids; timestamps have ids only, as in Whisper's own file."""
    learnt = json.loads(tokenizer.to_str())["model"]
    special = {token: shape.text_tokens + i for i, token in enumerate(shape.special_tokens[:-TIMESTAMPS])}
    model = models.BPE(vocab=learnt["vocab"] | special, merges=[tuple(pair) for pair in learnt["merges"]])
    whole = Tokenizer(model)
    whole.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    whole.decoder = decoders.ByteLevel()
    whole.add_special_tokens([AddedToken(token, special=True, normalized=False) for token in special])
    return whole


def write(folder: Path, shape: Shape, weights: Weights, tokenizer: Tokenizer) -> None:
    """Write a model folder, weights as int8."""
    folder.mkdir(parents=True, exist_ok=True)
    spec = _spec(shape, weights)
    spec.register_vocabulary(_vocabulary(shape, tokenizer))
    first_language = shape.token("startoftranscript") + 1
    spec.config.lang_ids = list(range(first_language, first_language + shape.languages))
    spec.config.suppress_ids = list(range(shape.token("startoftranscript"), shape.token("notimestamps")))
    spec.config.suppress_ids_begin = [tokenizer.token_to_id("Ġ"), shape.token("endoftext")]  # as in Whisper, a text is never empty
    spec.config.alignment_heads = [(shape.decoder_layers - 1, head) for head in range(shape.heads)]
    spec.validate()
    spec.optimize("int8")
    spec.save(str(folder))
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    features = {"feature_size": shape.mels, "sampling_rate": 16_000, "hop_length": 160, "chunk_length": 30, "n_fft": 400}
    (folder / "preprocessor_config.json").write_text(json.dumps(features) + "\n", encoding="utf-8")


def _vocabulary(shape: Shape, tokenizer: Tokenizer) -> list[str]:
    """Return all tokens by id; ids that no text uses get a name of their own."""
    tokens = [*(f"~{i}" for i in range(shape.text_tokens - 1)), "", *shape.special_tokens]
    for token, i in tokenizer.get_vocab().items():
        tokens[i] = token
    return tokens


def _spec(shape: Shape, weights: Weights) -> WhisperSpec:
    spec = WhisperSpec(shape.encoder_layers, shape.heads, shape.decoder_layers, shape.heads)
    width = shape.width
    for name, conv, inputs in (("conv1", spec.encoder.conv1, shape.mels), ("conv2", spec.encoder.conv2, width)):
        conv.weight = weights(f"encoder.{name}.weight", (width, inputs, 3))
        conv.bias = weights(f"encoder.{name}.bias", (width,))
    spec.encoder.position_encodings.encodings = weights("encoder.embed_positions.weight", (SOURCE_POSITIONS, width))
    spec.decoder.position_encodings.encodings = weights("decoder.embed_positions.weight", (TARGET_POSITIONS, width))
    spec.decoder.embeddings.weight = weights("decoder.embed_tokens.weight", (shape.vocabulary, width))
    spec.decoder.projection.weight = spec.decoder.embeddings.weight
    for half, layers in (("encoder", spec.encoder), ("decoder", spec.decoder)):
        _norm(layers.layer_norm, weights, f"{half}.layer_norm", width)
        for i, layer in enumerate(layers.layer):
            name = f"{half}.layers.{i}"
            _attention(layer.self_attention, weights, f"{name}.self_attn", width)
            if half == "decoder":
                _attention(layer.attention, weights, f"{name}.encoder_attn", width)
            _linear(layer.ffn.linear_0, weights, f"{name}.fc1", (shape.feed_forward, width))
            _linear(layer.ffn.linear_1, weights, f"{name}.fc2", (width, shape.feed_forward))
            _norm(layer.ffn.layer_norm, weights, f"{name}.final_layer_norm", width)
    return spec


def _norm(spec: Any, weights: Weights, name: str, width: int) -> None:
    spec.gamma = weights(f"{name}.weight", (width,))
    spec.beta = weights(f"{name}.bias", (width,))


def _linear(spec: Any, weights: Weights, name: str, shape: tuple[int, int]) -> None:
    spec.weight = weights(f"{name}.weight", shape)
    spec.bias = weights(f"{name}.bias", shape[:1])


def _attention(spec: Any, weights: Weights, name: str, width: int) -> None:
    """Fill in an attention; CTranslate2 keeps the projections that share an input as one. Whisper's keys have no bias."""
    kernel = {part: weights(f"{name}.{part}_proj.weight", (width, width)) for part in "qkv"}
    bias = {part: weights(f"{name}.{part}_proj.bias", (width,)) for part in "qv"} | {"k": np.zeros(width, np.float32)}
    fused = ["qkv"] if name.endswith("self_attn") else ["q", "kv"]
    for linear, parts in zip(spec.linear, fused, strict=False):
        linear.weight = np.concatenate([kernel[part] for part in parts])
        linear.bias = np.concatenate([bias[part] for part in parts])
    _linear(spec.linear[-1], weights, f"{name}.out_proj", (width, width))
    _norm(spec.layer_norm, weights, f"{name}_layer_norm", width)
