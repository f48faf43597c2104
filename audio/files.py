"""Recordings: reading and writing sound files."""

import os
import stat
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import soundfile

from audio.errors import FileError
from audio.resampler import FULL_SCALE, Resampler, to_int16
from audio.vocabulary import RATE, AudioChunk

BLOCK = 65_536
"""Frames read at a time: 4 s at 16 kHz, so hours of sound never lie in memory as floats."""

UNKNOWN_FRAMES = 2**63 - 1
"""What libsndfile says of a stream whose header does not tell its length (SF_COUNT_MAX)."""

STREAMED_BYTES = 0x7FFF_0000
"""A WAV header promising this much or more was written to a pipe by a recorder that could not know the length."""


def read_recording(path: str | os.PathLike[str], rate: int = RATE) -> AudioChunk:
    """Read any recording libsndfile knows as mono int16 at `rate`; FileError if it is not whole and sound."""
    _check(Path(path))
    sound = bytearray()  # grows in place: peak memory is the result and one block
    try:
        with _Recording(os.fspath(path)) as recording:
            resampler = Resampler(recording.samplerate, rate)
            for block in _mono_blocks(recording, path):
                sound += resampler.push(block).tobytes()
    except (soundfile.LibsndfileError, TypeError) as error:  # TypeError: a suffix that names a headerless format
        raise FileError(f"{path} is not a recording that can be read. Give a WAV, FLAC, OGG or MP3 file.") from error
    sound += resampler.push(np.zeros(0, np.int16), last=True).tobytes()
    if not sound:
        raise FileError(f"{path} holds no sound. Record it again.")
    return AudioChunk(np.frombuffer(sound, np.int16), rate, 0.0)


def write_recording(path: str | os.PathLike[str], chunk: AudioChunk) -> None:
    """Write the chunk in the format the suffix names (.wav, .flac, .ogg); FileError if that cannot be done."""
    try:
        soundfile.write(os.fspath(path), chunk.samples, chunk.rate)
    except soundfile.LibsndfileError as error:
        raise FileError(f"{path} cannot be written: {error.error_string} Is the folder there, writable, and the disk not full?") from error
    except (TypeError, ValueError) as error:
        raise FileError(f"{path} cannot be written: its suffix names no known format. Use .wav, .flac or .ogg.") from error


class _Recording(soundfile.SoundFile):  # type: ignore[misc]  # -- soundfile brings no types
    """A recording read strictly forwards.

    soundfile seeks after each read, which fails at the end of a stream whose header does not tell its length.
    """

    def seekable(self) -> bool:
        """Deny it, so that nothing seeks."""
        return False


def _mono_blocks(recording: _Recording, path: str | os.PathLike[str]) -> Iterator[npt.NDArray[np.int16]]:
    """Yield the recording's blocks as mono int16; FileError where it ends before its header says."""
    promised, read = recording.frames, 0
    while read < promised:
        try:
            block = recording.read(BLOCK, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError as error:  # FLAC's way to say that the file ends early
            raise _cut_short(path) from error
        if not len(block):
            break
        read += len(block)
        mono = block.mean(axis=1)
        if not np.isfinite(mono).all():
            raise FileError(f"{path} is damaged: it holds values that are no numbers. Export it again, as 16-bit WAV.")
        yield to_int16(mono * FULL_SCALE)
    if read < promised != UNKNOWN_FRAMES:
        raise _cut_short(path)


def _check(path: Path) -> None:
    """Raise FileError for what libsndfile would not explain: missing, a folder, unreadable, empty, a WAV cut short."""
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return  # a pipe: looking at its header would eat it
            if not file.read(1):
                raise FileError(f"{path} is empty. Record it again.")
            file.seek(0)
            _check_wav_length(path, file)
    except FileNotFoundError as error:
        raise FileError(f"There is no recording {path}. Check the name and the folder.") from error
    except IsADirectoryError as error:
        raise FileError(f"{path} is a folder. Give one recording.") from error
    except OSError as error:
        raise FileError(f"{path} cannot be read: {error.strerror}. Check its permissions and its disk.") from error


def _check_wav_length(path: Path, file: BinaryIO) -> None:
    """Raise FileError if a WAV header promises more sound than the file holds; libsndfile silently shortens it."""
    container, form = struct.unpack("<4s4x4s", file.read(12).ljust(12))
    if (container, form) != (b"RIFF", b"WAVE"):
        return
    while len(header := file.read(8)) == 8:
        name, size = struct.unpack("<4sI", header)
        if name == b"data":
            there = os.fstat(file.fileno()).st_size - file.tell()
            if there < size < STREAMED_BYTES:
                raise _cut_short(path)
            return
        file.seek(size + size % 2, os.SEEK_CUR)


def _cut_short(path: str | os.PathLike[str]) -> FileError:
    return FileError(f"{path} is cut short: it ends before its header says. Copy or record it again.")
