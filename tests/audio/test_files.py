"""Recordings are read as the recognisers want them, or refused in one line that says why."""

import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.errors import FileError
from audio.files import read_recording, write_recording
from audio.vocabulary import AudioChunk


def tone(rate, seconds=1.0, hz=440.0, level=0.5):
    return level * np.sin(2 * np.pi * hz * np.arange(int(rate * seconds)) / rate)


def alike(samples, expected):
    """Correlation of the middle, 1 for equal shapes."""
    middle = slice(1600, 14400)
    return np.corrcoef(samples[middle], expected[middle])[0, 1]


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000, 96000])
def test_any_rate_becomes_16_khz_without_a_sample_too_many(tmp_path, rate):
    soundfile.write(tmp_path / "a.wav", tone(rate), rate)
    chunk = read_recording(tmp_path / "a.wav")
    assert (chunk.rate, chunk.start_s, chunk.samples.dtype) == (16000, 0.0, np.int16)
    assert abs(len(chunk.samples) - 16000) <= 1
    assert alike(chunk.samples, tone(16000)) > 0.9999
    assert np.abs(chunk.samples[1600:14400]).max() == pytest.approx(16384, rel=0.01)


@pytest.mark.parametrize(
    ("name", "subtype"),
    [
        *(("a.wav", subtype) for subtype in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE")),
        ("a.flac", "PCM_16"),
        ("a.flac", "PCM_24"),
        ("a.ogg", "VORBIS"),
        ("a.mp3", "MPEG_LAYER_III"),
    ],
)
def test_every_usual_format_sounds_the_same(tmp_path, name, subtype):
    soundfile.write(tmp_path / name, tone(44100), 44100, subtype)
    samples = read_recording(tmp_path / name).samples
    assert alike(samples, tone(16000)) > 0.999


def test_16_bit_mono_at_16_khz_comes_back_bit_for_bit(tmp_path):
    sound = np.random.default_rng(1).integers(-32768, 32768, 100_000).astype(np.int16)
    write_recording(tmp_path / "a.wav", AudioChunk(sound, 16000, 0.0))
    assert (read_recording(tmp_path / "a.wav").samples == sound).all()


def test_channels_are_averaged(tmp_path):
    channels = np.stack([tone(16000, level=0.8), tone(16000, level=0.2), np.zeros(16000)], axis=1)
    soundfile.write(tmp_path / "a.wav", channels, 16000)
    assert np.abs(read_recording(tmp_path / "a.wav").samples).max() == pytest.approx(32768 / 3, rel=0.01)


def test_floats_beyond_full_scale_clip(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.array([0.0, 1.0, 3.0, -3.0]), 16000, "FLOAT")
    assert read_recording(tmp_path / "a.wav").samples.tolist() == [0, 32767, 32767, -32768]


@pytest.mark.parametrize("poison", [np.nan, np.inf])
def test_values_that_are_no_numbers_are_refused(tmp_path, poison):
    soundfile.write(tmp_path / "a.wav", np.array([0.0, poison, 0.0]), 16000, "FLOAT")
    with pytest.raises(FileError, match=r"a\.wav is damaged"):
        read_recording(tmp_path / "a.wav")


@pytest.mark.parametrize(("name", "kept"), [*((name, kept) for name in ("a.wav", "a.flac") for kept in (0.1, 0.5, 0.98)), ("a.mp3", 0.5)])
def test_a_recording_cut_short_is_refused(tmp_path, name, kept):
    soundfile.write(tmp_path / name, np.random.default_rng(1).normal(0, 0.1, 32000), 16000)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(FileError, match="is cut short"):
        read_recording(tmp_path / name)


def test_a_wav_written_to_a_pipe_may_promise_any_length(tmp_path):
    soundfile.write(tmp_path / "a.wav", tone(16000), 16000)
    piped = bytearray((tmp_path / "a.wav").read_bytes())
    for promise in (0x7FFF_0000, 0x7FFF_FFFF, 0xFFFF_FFFF):
        piped[40:44] = struct.pack("<I", promise)
        (tmp_path / "a.wav").write_bytes(piped)
        assert len(read_recording(tmp_path / "a.wav").samples) == 16000


def test_a_flac_that_does_not_tell_its_length_is_read_to_its_end(tmp_path):
    soundfile.write(tmp_path / "a.flac", tone(16000, seconds=10), 16000)
    piped = bytearray((tmp_path / "a.flac").read_bytes())
    piped[21] &= 0xF0  # STREAMINFO's 36 bits of total samples
    piped[22:26] = bytes(4)
    (tmp_path / "a.flac").write_bytes(piped)
    assert len(read_recording(tmp_path / "a.flac").samples) == 160_000


def test_chunks_before_the_sound_do_not_confuse(tmp_path):
    soundfile.write(tmp_path / "a.wav", tone(16000), 16000)
    plain = (tmp_path / "a.wav").read_bytes()
    note = b"LIST" + struct.pack("<I", 5) + b"hello\0"  # odd sizes are padded
    (tmp_path / "a.wav").write_bytes(plain[:12] + note + plain[12:])
    assert len(read_recording(tmp_path / "a.wav").samples) == 16000
    (tmp_path / "a.wav").write_bytes((tmp_path / "a.wav").read_bytes()[:-2])
    with pytest.raises(FileError, match="is cut short"):
        read_recording(tmp_path / "a.wav")


def no_audio(path):
    path.write_text("Dear diary, today nobody spoke to me.")


def empty(path):
    path.touch()


def header_only(path):
    soundfile.write(path, np.zeros(0), 16000)


def broken_header(path):
    soundfile.write(path, np.zeros(100), 16000)
    path.write_bytes(path.read_bytes()[:30])


def folder(path):
    path.mkdir()


def absent(_path):
    pass


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (no_audio, "is not a recording"),
        (empty, "is empty"),
        (header_only, "holds no sound"),
        (broken_header, "is not a recording"),
        (folder, "is a folder"),
        (absent, "There is no recording"),
    ],
)
def test_what_is_no_recording_gets_one_clear_line(tmp_path, make, says):
    make(tmp_path / "a.wav")
    with pytest.raises(FileError, match=says) as raised:
        read_recording(tmp_path / "a.wav")
    assert "a.wav" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_headerless_format_is_refused(tmp_path):
    (tmp_path / "a.raw").write_bytes(bytes(100))
    with pytest.raises(FileError, match="is not a recording"):
        read_recording(tmp_path / "a.raw")


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that opens and cannot be read")
def test_a_disk_that_fails_is_told():
    with pytest.raises(FileError, match="cannot be read: Input/output error"):
        read_recording("/proc/self/mem")


def test_two_hours_do_not_lie_in_memory_as_floats(tmp_path):
    minutes = 4  # memory is in proportion; two hours would take the test too long
    soundfile.write(tmp_path / "a.flac", np.zeros(minutes * 60 * 16000, np.int16), 16000)
    tracemalloc.start()
    chunk = read_recording(tmp_path / "a.flac")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1.5 * chunk.samples.nbytes


@pytest.mark.parametrize("name", ["a.wav", "a.flac"])
def test_what_is_written_is_read_again(tmp_path, name):
    sound = (tone(22050) * 32767).astype(np.int16)
    write_recording(tmp_path / name, AudioChunk(sound, 22050, 3.0))
    again = read_recording(tmp_path / name, rate=22050)
    assert (again.samples == sound).all()


@pytest.mark.parametrize(("name", "says"), [("a.docx", "suffix names no known format"), ("nowhere/a.wav", "cannot be written")])
def test_what_cannot_be_written_is_told(tmp_path, name, says):
    with pytest.raises(FileError, match=says):
        write_recording(tmp_path / name, AudioChunk(np.zeros(10, np.int16), 16000, 0.0))
