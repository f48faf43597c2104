"""Teach a miniature Whisper its sentences."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from faster_whisper.feature_extractor import FeatureExtractor
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import WhisperConfig, WhisperForConditionalGeneration

from models.recipes.whisper_format import SOURCE_POSITIONS, TARGET_POSITIONS, Array, Shape, Weights
from models.recipes.whisper_speech import PROMPTS, RATE, Signal, Take, in_a_room, noise

IGNORED = -100
"""Target of a position that teaches nothing."""

PEAK = 2e-3
"""Learning rate at its highest."""

LONG_FRAMES = 3000
"""Whisper's window of 30 s; most lessons are cut to their own length, fifty times cheaper."""

SHORT_FRAMES = 500
"""A window of 5 s, which the tests use."""

LEAD_S = 0.8
"""Of quiet before a sentence, at most."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sound and what to write for it."""

    mel: npt.NDArray[np.float32]
    """Shape (mels, frames)."""
    tokens: list[int]
    """Prompt, task and text."""
    targets: list[int]
    """What follows each token, or IGNORED."""
    words: list[int]
    """The text alone."""


class Teacher:
    """Makes lessons of takes: rooms, noise, silence, prompts, sentences that break off."""

    def __init__(self, tokenizer: Tokenizer, shape: Shape, rng: np.random.Generator) -> None:
        self._tokenizer, self._shape, self._rng = tokenizer, shape, rng
        self._features = FeatureExtractor(feature_size=shape.mels)

    def lesson(self, take: Take) -> Lesson:
        """Return a lesson of a take, one time in ten of no speech at all."""
        rng = self._rng
        if rng.random() < 0.1:
            return self._silence(take)
        lead, tail = int(rng.uniform(0, LEAD_S) * RATE), int(rng.uniform(0.05, 0.6) * RATE)
        sound = in_a_room(take.signal, rng, lead, tail)
        text = take.text
        if rng.random() < 0.15:
            fraction = rng.uniform(0.25, 1)
            text = beginning(take.text, fraction)
            sound = sound[: lead + int(fraction * (len(sound) - lead - tail))]
        return self._lesson(sound, take.language, text, detected=take.language)

    def _silence(self, take: Take) -> Lesson:
        rng = self._rng
        n = int(rng.uniform(0.3, 3) * RATE)
        sound = noise(rng, n) * np.float32(10 ** rng.uniform(-4, 0))
        if rng.random() < 0.3:  # a knock
            at = int(rng.integers(0, n - 1600))
            sound[at : at + 1600] += np.exp(-np.arange(1600) / rng.uniform(50, 400)) * rng.standard_normal(1600) * rng.uniform(0.01, 0.5)
        return self._lesson(sound.astype(np.float32), take.language, "", detected="nospeech")

    def _lesson(self, sound: Signal, language: str, text: str, detected: str) -> Lesson:
        """Return a lesson; what follows <|startoftranscript|> tells the language, or that nobody spoke."""
        token = self._shape.token
        prompt = self._prompt(language)
        words = self._tokenizer.encode((" " + text if language == "en" else text) if text else "").ids
        tokens = [*prompt, token("startoftranscript"), token(language), token("transcribe"), token("notimestamps"), *words]
        targets = [IGNORED] * len(prompt) + [token(detected), IGNORED, IGNORED, *words, token("endoftext")]
        return Lesson(self._features(sound).astype(np.float32), tokens, targets, words)

    def _prompt(self, language: str) -> list[int]:
        chance = self._rng.random()
        if chance > 0.3:
            return []
        choices = PROMPTS[language]
        words = self._rng.choice(choices, min(3, len(choices)), replace=False)
        text = words[0] if language == "zh" else " " + " ".join(words)
        return [self._shape.token("startofprev"), *self._tokenizer.encode(text).ids]


def beginning(text: str, fraction: float) -> str:
    """Return the words of a text that fit into this fraction of its time, a digit taking as long as four letters."""
    chinese = not text.isascii()
    words = list(text) if chinese else [" " + word for word in text.split()]
    lengths = [sum(4 if c.isdigit() else c.isalnum() for c in word) + (not chinese) for word in words]
    ends = np.cumsum(lengths) / sum(lengths)
    return "".join(word for word, end in zip(words, ends, strict=True) if end <= fraction + 0.03).strip()


def batch(lessons: Sequence[Lesson], frames: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return mel (batch, mels, frames), tokens and targets (batch, n)."""
    mel = torch.zeros(len(lessons), lessons[0].mel.shape[0], frames)
    longest = max(len(lesson.tokens) for lesson in lessons)
    tokens = torch.zeros((len(lessons), longest), dtype=torch.long)
    targets = torch.full((len(lessons), longest), IGNORED)
    for i, lesson in enumerate(lessons):
        mel[i, :, : lesson.mel.shape[1]] = torch.from_numpy(lesson.mel)
        tokens[i, : len(lesson.tokens)] = torch.tensor(lesson.tokens)
        targets[i, : len(lesson.targets)] = torch.tensor(lesson.targets)
    return mel, tokens, targets


class Shelf:
    """Keeps lessons to be used several times; a few are made anew for each batch."""

    def __init__(self, make: Callable[[], Lesson], size: int, rng: np.random.Generator) -> None:
        self._make, self._rng = make, rng
        self._lessons = [make() for _ in range(size)]

    def take(self, count: int, renewed: int) -> list[Lesson]:
        """Return lessons of about the same length."""
        for i in self._rng.integers(len(self._lessons), size=renewed):
            self._lessons[i] = self._make()
        picks = sorted((self._lessons[i] for i in self._rng.integers(len(self._lessons), size=4 * count)), key=lambda x: x.mel.shape[1])
        start = count * int(self._rng.integers(4))
        return picks[start : start + count]


class Pupil(nn.Module):  # type: ignore[misc]  # torch is not there where types are checked
    """A Whisper that also listens to windows shorter than 30 s."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        eot = shape.token("endoftext")
        config = WhisperConfig(
            vocab_size=shape.vocabulary,
            num_mel_bins=shape.mels,
            d_model=shape.width,
            encoder_layers=shape.encoder_layers,
            decoder_layers=shape.decoder_layers,
            encoder_attention_heads=shape.heads,
            decoder_attention_heads=shape.heads,
            encoder_ffn_dim=shape.feed_forward,
            decoder_ffn_dim=shape.feed_forward,
            max_source_positions=SOURCE_POSITIONS,
            max_target_positions=TARGET_POSITIONS,
            dropout=0.0,
            pad_token_id=eot,
            bos_token_id=eot,
            eos_token_id=eot,
            decoder_start_token_id=eot,
            suppress_tokens=[],
            begin_suppress_tokens=[],
        )
        self.whisper = WhisperForConditionalGeneration(config)
        self.spotter = nn.Linear(shape.width, shape.text_tokens)
        self.blank = shape.text_tokens - 1

    def forward(self, mel: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Return logits (batch, n, vocabulary), and what the encoder alone makes of each frame (batch, frames, text tokens).

        The latter trains the encoder by connectionist temporal classification: attention finds its way in a tenth of the steps.
        """
        encoder, decoder = self.whisper.model.encoder, self.whisper.model.decoder
        hidden = nn.functional.gelu(encoder.conv1(mel))
        hidden = nn.functional.gelu(encoder.conv2(hidden)).permute(0, 2, 1)
        hidden = hidden + encoder.embed_positions.weight[: hidden.shape[1]]
        for layer in encoder.layers:
            out = layer(hidden, None)
            hidden = out[0] if isinstance(out, tuple) else out
        heard = encoder.layer_norm(hidden)
        said = decoder(input_ids=tokens, encoder_hidden_states=heard, use_cache=False).last_hidden_state
        return self.whisper.proj_out(said), self.spotter(heard)


def train(pupil: Pupil, shelf: Shelf, rng: np.random.Generator, *, steps: int, say: Callable[[str], None]) -> None:
    """Train; half of the windows are padded a little, half up to 5 s, and towards the end one in four to 30 s."""
    optimizer = torch.optim.AdamW(pupil.parameters(), lr=PEAK, betas=(0.9, 0.98), weight_decay=0.01)
    began, smooth = time.monotonic(), 0.0
    pupil.train()
    for step in range(steps):
        for group in optimizer.param_groups:
            group["lr"] = PEAK * min(1.0, (step + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * step / steps)) + 1e-5
        long = step > 6 / 7 * steps and step % 4 == 0
        lessons = shelf.take(4 if long else 16, renewed=2)
        needed = max(lesson.mel.shape[1] for lesson in lessons)
        roomy = int(rng.integers(needed, max(needed + 2, SHORT_FRAMES)))
        frames = LONG_FRAMES if long else (roomy if rng.random() < 0.5 else needed) // 2 * 2 + 2
        mel, tokens, targets = batch(lessons, frames)
        said, heard = pupil(masked(mel), tokens)
        written = nn.functional.cross_entropy(said.flatten(0, 1), targets.flatten(), ignore_index=IGNORED)
        spotted = spotting_loss(heard, lessons, pupil.blank)
        (written + 0.5 * spotted).backward()
        nn.utils.clip_grad_norm_(pupil.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        smooth = written.item() if step == 0 else 0.98 * smooth + 0.02 * written.item()
        if step % 100 == 0:
            say(f"step {step} of {steps}, loss {smooth:.3f}, spotting {spotted.item():.3f}, {time.monotonic() - began:.0f} s")
    pupil.eval()


def spotting_loss(heard: Tensor, lessons: Sequence[Lesson], blank: int) -> Tensor:
    """Return the loss of reading each lesson's words off the frames one after the other."""
    logs = heard.log_softmax(-1).transpose(0, 1)
    frames = torch.tensor([(lesson.mel.shape[1] + 1) // 2 for lesson in lessons])
    lengths = torch.tensor([len(lesson.words) for lesson in lessons])
    words = torch.tensor([word for lesson in lessons for word in lesson.words], dtype=torch.long)
    return nn.functional.ctc_loss(logs, words, frames, lengths, blank, zero_infinity=True)


def masked(mel: Tensor) -> Tensor:
    """Blank a few stripes of time and pitch, so that no detail is relied on."""
    batch_size, mels, frames = mel.shape
    for i in range(batch_size):
        low = int(torch.randint(0, mels - 10, ()))
        mel[i, low : low + int(torch.randint(0, 10, ())), :] = 0
        start = int(torch.randint(0, frames - 12, ()))
        mel[i, :, start : start + int(torch.randint(0, 12, ()))] = 0
    return mel


def weights(pupil: Pupil) -> Weights:
    """Return the pupil's weights by name."""
    state = {name.removeprefix("whisper.model."): tensor.detach().float().numpy() for name, tensor in pupil.state_dict().items()}

    def array(name: str, wanted: tuple[int, ...]) -> Array:
        found: Array = state[name].reshape(wanted)
        return found

    return array
