"""Make the test clips anew: `python tests/clips/make.py` (needs Debian's `flite` and the package `soundfile`).

The same script always makes the same clips, so what changes in git is what was meant to change.
"""

import json
import subprocess
import tempfile
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import soundfile

Sound = npt.NDArray[np.float64]
"""Shape (n,), full scale is 32768."""

FOLDER = Path(__file__).parent
RATE = 16_000  # Hz
STEP = 16  # sample values are multiples of this (12 bits): its noise, -77 dBFS, lies under the room's, and FLAC halves
ROOM = 10.0  # RMS of the room's noise, -70 dBFS: a quiet room and a fair microphone; a real one is never digital zero
LEAD_S = 0.7  # before the first word
TAIL_S = 1.5  # after the last: longer than any wait for the end of an utterance
WAKE_PAUSE_S = 0.6  # between wake phrase and command, in the clips that have a pause
HESITATION_S = 0.5  # in the middle of a command: people's pauses inside a clause are mostly shorter
VOICED_DB = -35.0  # a 10 ms frame this far under the clip's loudest is no longer voice

KINDS = {"wake": "wake+command", "pause": "wake, pause, command", "bare": "command", "rushed": "rushed", "hesitant": "hesitant"}


@dataclass(frozen=True, slots=True)
class Label:
    """One line of clips.jsonl."""

    file: str
    """Relative to this folder."""
    kind: str
    """ "wake+command", "wake, pause, command", "command", "rushed", "hesitant", "non-wake" or "noise"."""
    voice: str
    """Of flite; "" for noise."""
    text: str
    """What is said, without the wake phrase."""
    wake: bool
    """Whether the wake phrase comes first."""
    wake_end_s: float | None
    """Where the wake phrase ends."""
    speech_start_s: float | None
    """Where `text` begins."""
    speech_end_s: float | None
    """The last voiced sample."""
    action: str | None = None
    """What the command asks for; None where nothing may be done."""
    slots: dict[str, Any] = field(default_factory=dict)
    """Of the action, in the forms that `hark understand --json` prints."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as flite says it."""

    sound: Sound
    phones: tuple[tuple[str, float], ...]
    """Each phone with the time of its end, in seconds."""


def say(text: str, voice: str, stretch: float) -> Spoken:
    """Synthesise a sentence, `stretch` times as long as the voice's own pace."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch}", "-psdur", "-t", text, "-o", file.name]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        sound, rate = soundfile.read(file.name, dtype="int16")
    if rate != RATE:
        raise SystemExit(f"flite's voice {voice} speaks at {rate} Hz; the clips are {RATE} Hz.")
    phones = tuple((name, float(end)) for name, end in (word.split(":") for word in told.split()))
    return Spoken(sound.astype(np.float64), phones)


def silence(seconds: float) -> Sound:
    """Digital silence; the room is added to the whole clip later."""
    return np.zeros(round(seconds * RATE))


def voiced(sound: Sound) -> tuple[float, float]:
    """Tell where voice begins and ends, in seconds."""
    frames = sound[: len(sound) // 160 * 160].reshape(-1, 160)
    level = np.sqrt((frames**2).mean(axis=1))
    loud = np.flatnonzero(level > level.max() * 10 ** (VOICED_DB / 20))
    return float(loud[0] * 0.01), float((loud[-1] + 1) * 0.01)


def trimmed(sound: Sound) -> Sound:
    """Cut the silence that flite puts around a sentence."""
    start_s, end_s = voiced(sound)
    return sound[round(start_s * RATE) : round(end_s * RATE)]


def room(sound: Sound, rng: np.random.Generator) -> Sound:
    """Put the sound into a quiet room: noise that falls towards high frequencies."""
    spectrum = np.fft.rfft(rng.normal(0, 1, len(sound)))
    spectrum /= np.sqrt(1 + (np.fft.rfftfreq(len(sound), 1 / RATE) / 500) ** 2)
    noise = np.fft.irfft(spectrum, len(sound))
    return sound + noise * ROOM / noise.std()


def save(sound: Sound, file: str) -> None:
    """Write FLAC, 16 bit with the low bits zero."""
    path = FOLDER / file
    path.parent.mkdir(exist_ok=True)
    samples = np.clip(np.round(sound / STEP) * STEP, -32768, 32767 // STEP * STEP).astype(np.int16)
    soundfile.write(path, samples, RATE, format="FLAC", subtype="PCM_16", compression_level=1.0)


def seeded(name: str) -> np.random.Generator:
    """Chance that is the same for the same clip, whatever clips are added around it."""
    return np.random.default_rng(zlib.crc32(name.encode()))


def slug(text: str) -> str:
    """Turn a sentence into a file name."""
    plain = "".join(letter for letter in text.lower().replace(" ", "-") if letter.isalnum() or letter == "-")
    return "-".join(plain.split("-")[:9])


def command_sound(entry: dict[str, Any], form: str, voice: str, wake: str, stretch: float) -> tuple[Sound, float | None, float]:
    """Say a command in one of its forms: the sound, where the wake phrase ends, where the command begins."""
    if form == "bare":
        return trimmed(say(entry["text"], voice, stretch).sound), None, 0.0
    if form == "pause":
        called = trimmed(say(wake.rstrip(","), voice, stretch).sound)
        asked = trimmed(say(entry["text"], voice, stretch).sound)
        end_s = len(called) / RATE
        return np.concatenate([called, silence(WAKE_PAUSE_S), asked]), end_s, end_s + WAKE_PAUSE_S
    text = entry["text"] if form != "hesitant" else entry["hesitation"].split(" ... ")[0]
    spoken = say(f"{wake if form != 'rushed' else wake.rstrip(',')} {text}", voice, stretch)
    ends = [(name, end_s) for name, end_s in spoken.phones]
    last = next(index for index, (name, _) in enumerate(ends) if name == "s")  # jarvi-s
    start_s = ends[last + 1][1] if ends[last + 1][0] == "pau" else ends[last][1]
    skipped_s = voiced(spoken.sound)[0]
    sound = trimmed(spoken.sound)
    if form == "hesitant":
        rest = trimmed(say(entry["hesitation"].split(" ... ")[1], voice, stretch).sound)
        sound = np.concatenate([sound, silence(HESITATION_S), rest])
    return sound, ends[last][1] - skipped_s, start_s - skipped_s


def commands(script: dict[str, Any]) -> Iterator[Label]:
    """Record every command in every form its entry names."""
    turn = count()
    for entry in script["command"]:
        for nth, form in enumerate(entry["in"]):
            voice = script["voices"][next(turn) % len(script["voices"])]
            file = f"{form}/{slug(entry['text'])}-{voice}.flac"
            if (FOLDER / file).exists():
                raise SystemExit(f"{file} is made twice (form {nth} of {entry['text']!r}); shift its voices.")
            rng = seeded(file)
            sound, wake_end_s, start_s = command_sound(entry, form, voice, script["wake"], rng.uniform(0.93, 1.08))
            yield record(Label(file, KINDS[form], voice, entry["text"], form != "bare", wake_end_s, start_s, None,
                               entry["action"], entry.get("slots", {})), sound, rng)  # fmt: skip


def talk(script: dict[str, Any]) -> Iterator[Label]:
    """Record the sentences at which nothing may happen."""
    sentences = script["talk"]["near_misses"] + script["talk"]["ordinary"]
    for turn, text in enumerate(sentences):
        voice = script["voices"][turn % len(script["voices"])]
        file = f"talk/{slug(text)}-{voice}.flac"
        rng = seeded(file)
        sound = trimmed(say(text, voice, rng.uniform(0.93, 1.08)).sound)
        yield record(Label(file, "non-wake", voice, text, wake=False, wake_end_s=None, speech_start_s=0.0, speech_end_s=None), sound, rng)


def record(label: Label, sound: Sound, rng: np.random.Generator) -> Label:
    """Put lead, tail, level and room around a sentence, save it, and complete its label."""
    peak = rng.uniform(6000, 14000)  # -15 to -7 dBFS: near and less near
    whole = np.concatenate([silence(LEAD_S), sound * peak / np.abs(sound).max(), silence(TAIL_S)])
    save(room(whole, rng), label.file)
    return replace(
        label,
        wake_end_s=None if label.wake_end_s is None else round(label.wake_end_s + LEAD_S, 2),
        speech_start_s=round((label.speech_start_s or 0.0) + LEAD_S, 2),
        speech_end_s=round(LEAD_S + len(sound) / RATE, 2),
    )


def fan(n: int, rng: np.random.Generator, _: list[str]) -> Sound:
    """Make a fan: noise that falls with frequency, and the hum of its motor."""
    hertz = np.fft.rfftfreq(n, 1 / RATE)
    noise = np.fft.irfft(np.fft.rfft(rng.normal(0, 1, n)) / (1 + hertz / 120), n)
    t = np.arange(n) / RATE
    hum = sum(np.sin(2 * np.pi * 100 * k * t) / k for k in (1, 2, 3, 5))
    return noise / noise.std() + 0.4 * hum


def babble(n: int, _: np.random.Generator, sentences: list[str]) -> Sound:
    """Mix nine people who talk at once."""
    mix = np.zeros(n)
    for turn, text in enumerate(sentences[15:24]):
        said = say(text, ("slt", "rms", "awb")[turn % 3], 0.9 + 0.05 * (turn % 5)).sound
        mix += np.resize(said / said.std(), n + 4000 * turn)[4000 * turn :]
    return mix


def music(n: int, rng: np.random.Generator, _: list[str]) -> Sound:
    """Play chords and a tune of plucked strings over a drum."""
    mix, beat = np.zeros(n), RATE // 3
    t = np.arange(beat * 3) / RATE
    for at in range(0, n, beat):
        chord = rng.choice(((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14)))
        for tone in (*chord, chord[rng.integers(3)] + 12):
            hertz = 220 * 2 ** (tone / 12)
            note = sum(np.sin(2 * np.pi * hertz * k * t) / k**1.5 for k in range(1, 7)) * np.exp(-4 * t)
            mix[at : at + len(t)] += note[: n - at]
        drum = rng.normal(0, 2, len(t)) * np.exp(-40 * t)
        mix[at : at + len(t)] += drum[: n - at]
    return mix


def clatter(n: int, rng: np.random.Generator, _: list[str]) -> Sound:
    """Drop dishes: knocks at random moments that ring and die away."""
    mix = np.zeros(n)
    t = np.arange(RATE // 4) / RATE
    for at in rng.integers(0, n - len(t), 30):
        ring = sum(np.sin(2 * np.pi * hertz * t) for hertz in rng.uniform(900, 6000, 5))
        mix[at : at + len(t)] += rng.uniform(0.2, 1) * ring * np.exp(-rng.uniform(20, 60) * t)
    return mix


def noises(script: dict[str, Any]) -> Iterator[Label]:
    """Make the sounds that are no speech to anybody."""
    makers = {"fan": fan, "babble": babble, "music": music, "clatter": clatter}
    for kind in script["noise"]["kinds"]:
        rng = seeded(kind)
        sound = makers[kind](script["noise"]["seconds"] * RATE, rng, script["talk"]["ordinary"])
        label = Label(f"noise/{kind}.flac", "noise", "", "", wake=False, wake_end_s=None, speech_start_s=None, speech_end_s=None)
        save(room(sound * 6000 / np.abs(sound).max(), rng), label.file)
        yield label


def main() -> None:
    """Make every clip and write the labels."""
    script = tomllib.loads((FOLDER / "script.toml").read_text())
    for old in FOLDER.glob("*/*.flac"):
        old.unlink()
    labels = [*commands(script), *talk(script), *noises(script)]
    (FOLDER / "clips.jsonl").write_text("".join(json.dumps(asdict(label)) + "\n" for label in labels))


if __name__ == "__main__":
    main()
