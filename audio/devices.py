"""Sound devices: what there is to choose from, and the choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from audio.errors import NoDevice

Kind = Literal["input", "output"]

WORDS: dict[Kind, str] = {"input": "microphone", "output": "speaker"}


@dataclass(frozen=True, slots=True)
class Device:
    """A microphone, a speaker, or both, as PortAudio names it."""

    index: int
    """PortAudio's; other devices coming or going may change it."""
    name: str
    inputs: int
    """Channels it can record."""
    outputs: int
    """Channels it can play."""
    default_input: bool
    """What is recorded from when no microphone is named."""
    default_output: bool
    """What is played to when no speaker is named."""
    host_api: str
    """Such as "ALSA" or "Core Audio"."""
    rate: int
    """Hz, what it prefers."""

    def serves(self, kind: Kind) -> bool:
        """Tell whether it can record, or play."""
        return (self.inputs if kind == "input" else self.outputs) > 0


def choose(devices: Sequence[Device], name: str | None, kind: Kind) -> Device:
    """Pick by exact name, else by the only one that contains it in any case, else the default when none is named.

    The same name twice (Windows lists a device under each of its APIs) means the first.
    """
    able = [device for device in devices if device.serves(kind)]
    word = WORDS[kind]
    if not able:
        raise NoDevice(
            f"No {word} found. On Linux see first that a sound server runs, and that libasound2-plugins (for PulseAudio) or "
            "pipewire-alsa (for PipeWire) is installed; then plug one in. `hark doctor` tells more."
        )
    if name is None:
        return next((d for d in able if (d.default_input if kind == "input" else d.default_output)), able[0])
    exact = [device for device in able if device.name == name]
    close = [device for device in able if name.casefold() in device.name.casefold()]
    if exact or len({device.name for device in close}) == 1:
        return (exact or close)[0]
    if close:
        raise NoDevice(f"More than one {word} is called '{name}': {names(close, kind)}. Give more of the name.")
    raise NoDevice(f"No {word} '{name}'. Found: {names(able, kind)}. Try `hark doctor`.")


def names(devices: Sequence[Device], kind: Kind) -> str:
    """Say what the devices are called, for a message."""
    return ", ".join(dict.fromkeys(device.name for device in devices if device.serves(kind))) or "none"
