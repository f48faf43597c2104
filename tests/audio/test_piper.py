"""Piper itself runs here, with its own phonemes and onnxruntime; only the voice is a stand-in.

The stand-in has the inputs and the output of a Piper voice, and plays one short tone for each phoneme instead of speaking.
"""

import json
import sys

import numpy as np
import pytest

from audio.errors import EngineError, ModelMissing
from audio.tts.piper import Piper

pytest.importorskip("piper", reason="the extra `piper` is not installed")
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

HOP = 400
SILENT = 3  # ids: padding, beginning, end
FLOAT, INT64 = 1, 7  # ONNX's tensor types


def varint(number):
    encoded = bytearray()
    while number > 0x7F:
        encoded.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*encoded, number])


def field(number, value):
    """Encode one protobuf field: an integer, or text, bytes or a message."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def node(operator, inputs, output, **attributes):
    settings = b"".join(field(5, field(1, name) + field(3, value) + field(20, 2)) for name, value in attributes.items())
    return field(1, b"".join(field(1, name) for name in inputs) + field(2, output) + field(4, operator) + settings)


def constant(name, array):
    kind = FLOAT if array.dtype == np.float32 else INT64
    return field(5, b"".join(field(1, size) for size in array.shape) + field(2, kind) + field(8, name) + field(9, array.tobytes()))


def port(number, name, kind, dimensions):
    shape = b"".join(field(1, field(2, size) if isinstance(size, str) else field(1, size)) for size in dimensions)
    return field(number, field(1, name) + field(2, field(1, field(1, kind) + field(2, shape))))


def onnx_voice(rate):
    """Return an ONNX file: a tone for each phoneme id, repeated as often as the length scale says."""
    tones = np.sin(np.arange(HOP) * 2 * np.pi * (200 + 10 * np.arange(256)[:, None]) / rate).astype(np.float32)
    tones[:SILENT] = 0
    graph = b"".join(
        [
            node("Gather", ["tones", "input"], "spoken"),
            node("Gather", ["scales", "second"], "length"),
            node("Cast", ["length"], "times", to=INT64),
            node("Concat", ["once", "times"], "repeats", axis=0),
            node("Tile", ["spoken", "repeats"], "long"),
            node("Reshape", ["long", "shape"], "output"),
            field(2, "voice"),
            constant("tones", tones),
            constant("second", np.array([1])),
            constant("once", np.array([1, 1])),
            constant("shape", np.array([1, 1, 1, -1])),
            port(11, "input", INT64, [1, "phonemes"]),
            port(11, "input_lengths", INT64, [1]),
            port(11, "scales", FLOAT, [3]),
            port(12, "output", FLOAT, [1, 1, 1, "samples"]),
        ]
    )
    return field(1, 8) + field(8, field(1, "") + field(2, 13)) + field(7, graph)


def write_voice(folder, espeak_voice, rate=22_050, **extra):
    path = folder / f"{espeak_voice}.onnx"
    path.write_bytes(onnx_voice(rate))
    settings = {
        "audio": {"sample_rate": rate},
        "espeak": {"voice": espeak_voice},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        **extra,
    }
    path.with_name(path.name + ".json").write_text(json.dumps(settings))
    return path


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    return write_voice(tmp_path_factory.mktemp("voices"), "en-us")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory):
    return write_voice(tmp_path_factory.mktemp("voices"), "cmn", rate=16_000)


def seconds(piper, text, language="en"):
    return sum(map(len, piper.speak(text, language))) / piper.rate


def test_a_voice_speaks_in_pieces_of_at_most_a_tenth_of_a_second_without_silence_in_front(english):
    piper = Piper(english)
    pieces = list(piper.speak("Timer set for ten minutes.", "en"))
    assert piper.rate == 22_050
    assert {piece.dtype for piece in pieces} == {np.dtype(np.int16)}
    assert max(map(len, pieces)) <= 0.1 * piper.rate
    assert np.abs(pieces[0][:200].astype(int)).max() > 100
    assert not pieces[-1].any()


def test_more_words_are_longer(english):
    piper = Piper(english)
    assert seconds(piper, "one two three four five six seven eight") > 1.5 * seconds(piper, "one two three")


def test_length_stretches_speech(english):
    assert seconds(Piper(english, length=2.0), "Timer set.") > 1.8 * seconds(Piper(english), "Timer set.")


def test_the_first_sentence_is_heard_before_the_second_is_made(english, monkeypatch):
    piper = Piper(english)
    made = []
    monkeypatch.setattr(piper, "_made", lambda text, _: made.append(text) or np.full(1000, 9000, np.int16))
    speech = piper.speak("One 二", "en")
    next(speech)
    assert made == ["One "]
    speech.close()
    assert made == ["One "]


def test_voices_of_different_rates_speak_one_sentence(english, chinese):
    piper = Piper(english, chinese)
    assert piper.rate == 22_050
    together = seconds(piper, "打开WiFi", "zh")
    assert together == pytest.approx(seconds(piper, "打开", "zh") + seconds(piper, "WiFi", "en") - 0.06, abs=0.06)


def test_the_language_without_a_voice_is_read_by_espeak(english):
    piper = Piper(english)
    assert seconds(piper, "打开", "zh") > 0.3
    only_chinese = Piper(voice_zh=write_voice(english.parent, "cmn"))
    assert seconds(only_chinese, "Hello there", "zh") > 0.4


def test_figures_are_read_in_chinese(chinese):
    piper = Piper(voice_zh=chinese)
    assert seconds(piper, "50%", "zh") == seconds(piper, "百分之五十", "zh")


def test_double_brackets_are_text_and_no_phonemes(english):
    piper = Piper(english)
    assert seconds(piper, "[[through thought enough]]") == pytest.approx(seconds(piper, "[through thought enough]"), abs=0.1)


@pytest.mark.parametrize("text", ["", " ", "...", "😀", "\x00\x01"])
def test_a_text_without_words_makes_no_sound(english, text):
    assert list(Piper(english).speak(text, "en")) == []


def test_without_the_package_the_error_says_how_to_install_it(english, monkeypatch):
    monkeypatch.setitem(sys.modules, "piper", None)
    with pytest.raises(EngineError, match=r"hark-assistant\[piper\].*espeak"):
        Piper(english)


def test_a_missing_file_is_a_missing_model(tmp_path, english):
    with pytest.raises(ModelMissing, match=r"no .*nothing\.onnx.*hark setup"):
        Piper(tmp_path / "nothing.onnx")
    alone = tmp_path / "alone.onnx"
    alone.write_bytes(english.read_bytes())
    with pytest.raises(ModelMissing, match=r"alone\.onnx\.json"):
        Piper(alone)


@pytest.mark.parametrize("damage", ["voice", "cut", "json", "empty json", "list"])
def test_a_damaged_file_is_an_error_that_names_the_alternative(tmp_path, damage):
    path = write_voice(tmp_path, "en-us")
    description = path.with_name(path.name + ".json")
    match damage:
        case "voice":
            path.write_bytes(b"this is no voice")
        case "cut":
            path.write_bytes(path.read_bytes()[:1000])
        case "json":
            description.write_text("{")
        case "empty json":
            description.write_text("{}")
        case "list":
            description.write_text("[]")
    with pytest.raises(EngineError, match="choose the voice espeak"):
        Piper(path)


def test_a_model_of_another_shape_is_an_error_when_it_is_loaded(tmp_path):
    path = write_voice(tmp_path, "en-us")
    path.write_bytes(path.read_bytes().replace(b"scales", b"gauges"))
    with pytest.raises(EngineError, match="choose the voice espeak"):
        Piper(path)


def test_a_pinyin_voice_never_downloads_what_it_lacks(tmp_path):
    path = write_voice(tmp_path, "cmn", phoneme_type="pinyin")
    with pytest.raises(ModelMissing, match=r"g2pw\.onnx beside it"):
        Piper(voice_zh=path)


def test_no_voice_at_all_is_an_error():
    with pytest.raises(EngineError, match="needs the file of a voice"):
        Piper()


def test_an_impossible_length_is_an_error(english):
    with pytest.raises(EngineError, match=r"0\.3 to 3"):
        Piper(english, length=9)
