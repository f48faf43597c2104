"""A device is chosen by its name, the same one every time, and a wrong name is told with the right ones."""

import pytest

from audio.devices import Device, choose
from audio.errors import NoDevice


def device(index, name, *, inputs=2, outputs=2, default=False):
    return Device(index, name, inputs, outputs, default and inputs > 0, default and outputs > 0, "ALSA", 48000)


BUILT_IN = device(0, "HDA Intel PCH: ALC257 Analog (hw:0,0)")
YETI = device(1, "Yeti Stereo Microphone: USB Audio (hw:1,0)", outputs=0)
WEBCAM = device(2, "HD Webcam: USB Audio (hw:2,0)", outputs=0)
PULSE = device(3, "pulse")
DEFAULT = device(4, "default", default=True)
ALL = [BUILT_IN, YETI, WEBCAM, PULSE, DEFAULT]


def test_without_a_name_it_is_the_systems_default():
    assert choose(ALL, None, "input") == DEFAULT
    assert choose(ALL, None, "output") == DEFAULT


def test_without_a_default_it_is_the_first_that_serves():
    assert choose([device(0, "HDMI", inputs=0), YETI, WEBCAM], None, "input") == YETI


def test_an_exact_name_goes_before_a_part_of_another():
    assert choose([device(0, "pulse monitor"), PULSE], "pulse", "input") == PULSE


@pytest.mark.parametrize("part", ["yeti", "Yeti Stereo", "hw:1,0"])
def test_a_part_of_the_name_is_enough_in_any_case(part):
    assert choose(ALL, part, "input") == YETI


def test_a_part_of_several_names_is_told_with_them():
    with pytest.raises(NoDevice, match="More than one microphone") as raised:
        choose(ALL, "usb", "input")
    assert YETI.name in str(raised.value)
    assert WEBCAM.name in str(raised.value)


def test_the_same_name_under_two_apis_is_the_first():
    twins = [device(5, "Yeti"), device(9, "Yeti")]
    assert choose(twins, "Yeti", "input") == twins[0]
    assert choose(twins, "yet", "input") == twins[0]


def test_a_wrong_name_is_told_with_the_alternatives():
    with pytest.raises(NoDevice, match=r"No speaker 'Yeti'\. Found: HDA Intel PCH.*, pulse, default\. Try `hark doctor`"):
        choose(ALL, "Yeti", "output")


@pytest.mark.parametrize(("kind", "word"), [("input", "microphone"), ("output", "speaker")])
def test_no_device_at_all_is_told_with_what_to_do(kind, word):
    for name in (None, "Yeti"):
        with pytest.raises(NoDevice, match=f"No {word} found. On Linux see first that a sound server runs"):
            choose([], name, kind)
