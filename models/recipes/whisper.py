"""Make Whisper models that nobody has to download.

    python -m models.recipes.whisper tests/data/whisper-mini     # the miniature, trained for real
    python -m models.recipes.whisper --true-shape base OUT       # random weights in the shape of a real size
    python -m models.recipes.whisper --speed OUT                 # how fast a model is on this machine

The miniature needs flite (Debian's package) and the dependency group `recipes`; the others only what Hark itself needs.
"""

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import soundfile
from faster_whisper import WhisperModel

from models.recipes.whisper_format import TARGET_POSITIONS, Array, Shape, byte_pairs, with_special_tokens, write
from models.recipes.whisper_speech import (
    CHINESE,
    ENGLISH,
    FLITE_VOICES,
    NEW_VOICES,
    PROMPTS,
    RATE,
    Signal,
    Take,
    in_a_room,
    takes,
)

SIZES = {
    "tiny": Shape(width=384, heads=6, encoder_layers=4, decoder_layers=4),
    "base": Shape(width=512, heads=8, encoder_layers=6, decoder_layers=6),
    "small": Shape(width=768, heads=12, encoder_layers=12, decoder_layers=12),
    "medium": Shape(width=1024, heads=16, encoder_layers=24, decoder_layers=24),
    "large-v3-turbo": Shape(width=1280, heads=20, encoder_layers=32, decoder_layers=4, mels=128, languages=100),
    "large-v3": Shape(width=1280, heads=20, encoder_layers=32, decoder_layers=32, mels=128, languages=100),
}
"""The shapes OpenAI published."""

TOKENS = 12
"""Of a text of a true-shape model: "Set a timer for ten minutes." has eight."""

PROMPT_TOKENS = 4
"""Before a text: its start, the language, the task, no timestamps."""

STEERING = np.float32(10)
"""Length of what is added to an embedding, in standard deviations of the layers' normal output: it outweighs all layers."""

SEED = 20_261_123
STEPS = 1400
"""Of training; sixteen sounds each."""
CLIP_TEXTS = (
    *("What time is it?", "Set a timer for 10 minutes.", "How long is left on the timer?", "Tell me a joke."),
    *("Cancel the timer.", "Set the volume to 30%.", "Flip a coin.", "Stop."),
    *("现在几点？", "倒计时十分钟。", "取消计时器。", "讲个笑话。", "你会做什么？"),
)
"""Of the held-out takes that are kept for tests."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a model takes, best of three."""

    load_s: float
    encode_s: float
    """One window of 30 s."""
    short_encode_s: float
    """One window of 5 s."""
    decode_s: float
    """Twenty tokens, greedy."""


def miniature_shape(text_tokens: int) -> Shape:
    """Return the shape of the miniature."""
    return Shape(width=96, heads=4, encoder_layers=3, decoder_layers=2, text_tokens=text_tokens)


def corpus() -> list[str]:
    """Return what the miniature's alphabet is made of: English words, single Chinese characters."""
    english = [f" {text}" for text in [*(written for _, written in ENGLISH), *PROMPTS["en"]]]
    chinese = [character for text in [*(written for _, written in CHINESE), *PROMPTS["zh"]] for character in text]
    return english + chinese


def make_miniature(folder: Path, steps: int = STEPS) -> None:
    """Train the miniature and write it, its clips and its figures."""
    import torch  # noqa: PLC0415 -- needed for this alone

    from models.recipes import whisper_training as training  # noqa: PLC0415 -- as above

    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the matrices are too small for two
    rng = np.random.default_rng(SEED)
    alphabet = byte_pairs(corpus())
    shape = miniature_shape(alphabet.get_vocab_size() + 1)
    tokenizer = with_special_tokens(alphabet, shape)
    every = list(takes(rng))
    known, held_out = ([take for take in every if take.held_out is side] for side in (False, True))
    print(f"{len(known)} takes to learn from, {len(held_out)} held out")
    keep_clips(folder / "clips", held_out)
    teacher = training.Teacher(tokenizer, shape, rng)
    shelf = training.Shelf(lambda: teacher.lesson(known[rng.integers(len(known))]), 1500, rng)
    pupil = training.Pupil(shape)
    training.train(pupil, shelf, rng, steps=steps, say=lambda line: print(line, flush=True))
    write(folder, shape, training.weights(pupil), tokenizer)
    figures = accuracy(folder, held_out, rng)
    print(json.dumps(figures, indent=2))
    (folder / "made.json").write_text(
        json.dumps(provenance(folder, shape) | {"right": figures}, indent=2, ensure_ascii=False) + "\n", "utf-8"
    )


def provenance(folder: Path, shape: Shape) -> dict[str, object]:
    """Return what the model was made of, and its files' hashes."""
    files = ("model.bin", "config.json", "tokenizer.json", "vocabulary.json", "preprocessor_config.json")
    return {
        "shape": asdict(shape),
        "seed": SEED,
        "sentences": dict((*ENGLISH, *CHINESE)),
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }


def keep_clips(folder: Path, held_out: Sequence[Take]) -> None:
    """Write one held-out take of each of some sentences, the voices in turn, between two half seconds of quiet."""
    folder.mkdir(parents=True, exist_ok=True)
    kept: dict[str, dict[str, str]] = {}
    for text in CLIP_TEXTS:
        found = [take for take in held_out if take.text == text and take.voice not in NEW_VOICES]
        take = found[len(kept) % len(found)]
        name = f"{take.language}-{len(kept):02}.flac"
        soundfile.write(folder / name, framed(take.signal), RATE, subtype="PCM_16")
        kept[name] = {"text": take.text, "language": take.language, "voice": take.voice}
    (folder / "clips.json").write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n", "utf-8")


def framed(signal: Signal) -> Signal:
    """Return a signal between two half seconds of quiet."""
    quiet = np.zeros(RATE // 2, np.float32)
    return np.concatenate([quiet, signal, quiet])


def accuracy(folder: Path, held_out: Iterable[Take], rng: np.random.Generator) -> dict[str, str]:
    """Return how many held-out takes are written exactly right and in the right language, clean and in a room, by kind of voice."""
    model = WhisperModel(str(folder), device="cpu", cpu_threads=1, compute_type="int8", local_files_only=True)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for take in held_out:
        voice = "new voice" if take.voice in NEW_VOICES else "flite" if take.voice in FLITE_VOICES else "espeak-ng"
        for place, sound in (("clean", framed(take.signal)), ("room", in_a_room(take.signal, rng, RATE // 3, RATE // 3))):
            segments, info = model.transcribe(sound, beam_size=1, temperature=0.0, without_timestamps=True)
            text = "".join(segment.text for segment in segments).strip()
            kind = f"{take.language}, {voice}, {place}"
            right[kind] += text == take.text and info.language == take.language
            total[kind] += 1
    return {kind: f"{right[kind]} of {total[kind]}" for kind in sorted(total)}


def make_true_shape(size: str, folder: Path, tokens: int = TOKENS) -> None:
    """Write a model of a real size with random weights: it writes nonsense exactly as fast as the real one works.

    It takes everything for English, and stops after so many tokens, as the real one does when nothing more was said: the embeddings of
    the first position and of those where the text has to end point at the tokens that come next.
    """
    rng, shape = np.random.default_rng(0), SIZES[size]
    steered = {shape.token("en"): [0], shape.token("endoftext"): list(range(PROMPT_TOKENS - 1 + tokens, TARGET_POSITIONS))}
    towards = {token: rng.standard_normal(shape.width, dtype=np.float32) for token in steered}

    def weights(name: str, size: tuple[int, ...]) -> Array:
        if name.endswith("layer_norm.weight"):
            return np.ones(size, np.float32)
        made = rng.standard_normal(size, dtype=np.float32) * np.float32(0.02)
        for token, positions in steered.items():
            if name == "decoder.embed_positions.weight":
                made[positions] += STEERING * towards[token]
            if name == "decoder.embed_tokens.weight":
                made[token] = np.float32(0.05) * towards[token]
        return made

    write(folder, shape, weights, with_special_tokens(byte_pairs([]), shape))


def speed(folder: Path, threads: int = 0) -> Speed:
    """Measure a model on this machine."""
    began = time.perf_counter()
    model = WhisperModel(str(folder), device="auto", compute_type="auto", cpu_threads=threads, local_files_only=True)
    load_s = time.perf_counter() - began
    prompt = [model.hf_tokenizer.token_to_id(f"<|{name}|>") for name in ("startoftranscript", "en", "transcribe", "notimestamps")]
    window, short = (np.random.default_rng(0).standard_normal((model.model.n_mels, 100 * s), dtype=np.float32) for s in (30, 5))
    encoded = model.encode(window)
    return Speed(
        load_s,
        best_of_three(lambda: model.encode(window)),
        best_of_three(lambda: model.encode(short)),
        best_of_three(lambda: model.model.generate(encoded, [prompt], beam_size=1, max_length=40)),  # of which the text gets half
    )


def best_of_three(work: Callable[[], object]) -> float:
    """Return the shortest of three times the work takes, in seconds."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> None:
    """Make or measure a model, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="OUT", help="the model's folder")
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--true-shape", choices=SIZES, metavar="SIZE", help=f"random weights: {', '.join(SIZES)}")
    kind.add_argument("--speed", action="store_true", help="measure the model instead of making it")
    kind.add_argument("--steps", type=int, default=STEPS, help="of training (default %(default)s)")
    arguments = parser.parse_args()
    if arguments.speed:
        print(json.dumps(asdict(speed(arguments.folder)), indent=2))
    elif arguments.true_shape:
        make_true_shape(arguments.true_shape, arguments.folder)
    else:
        make_miniature(arguments.folder, arguments.steps)


if __name__ == "__main__":
    main()
