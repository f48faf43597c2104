"""What is in the file of a wake word, looked at before a library is given it: TensorFlow Lite ends the process over a damaged one."""

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pyopen_wakeword import Model, OpenWakeWord

FORMAT = b"TFL3"
"""Bytes 4 to 8 of a TensorFlow Lite file."""

MICRO, OPEN = (1, 40), (1, 96)
"""First and last dimension of what a network listens to: 40 loudnesses by pitch every 10 ms, or embeddings of 96 numbers every 80 ms."""

Kind = Literal["micro", "open"]


def network_beside(config: Path) -> Path:
    """Return the network that the .json of a microWakeWord names. Raises ValueError with what is wrong, or OSError."""
    try:
        data = json.loads(config.read_bytes())
    except ValueError as error:
        raise ValueError(f"it is no JSON ({error})") from error
    match data:
        case {"model": str(name), "micro": dict()}:
            network = config.parent / name
        case _:
            raise ValueError('it is no description of a microWakeWord, which names its "model" and how that listens, "micro"')
    if not network.is_file():
        raise ValueError(f"its network {name} is not beside it")
    if kind_of(network) != "micro":
        raise ValueError(f"its network {name} is openWakeWord's: give the path of that .tflite file")
    return network


def kind_of(network: Path) -> Kind:
    """Return whose network a .tflite file has. Raises ValueError with what is wrong, or OSError."""
    with network.open("rb") as opened:
        if opened.read(8)[4:] != FORMAT:
            raise ValueError("it is not in TensorFlow Lite's format")
    match shape(network):
        case [first, *_, last] if (first, last) == MICRO:
            return "micro"
        case [first, _, last] if (first, last) == OPEN:
            return "open"
    raise ValueError("its network listens to something else than a wake word's does")


def shape(network: Path) -> list[int]:
    """Return the dimensions of a network's input. Raises ValueError when it is damaged."""
    library = tensorflow_lite()
    model = library.TfLiteModelCreateFromFile(str(network.resolve()).encode())
    if not model:
        raise ValueError("it is damaged")
    interpreter = library.TfLiteInterpreterCreate(model, None)
    try:
        if not interpreter or library.TfLiteInterpreterAllocateTensors(interpreter):
            raise ValueError("its network cannot listen by itself")
        tensor = library.TfLiteInterpreterGetInputTensor(interpreter, 0)
        return [int(library.TfLiteTensorDim(tensor, each)) for each in range(library.TfLiteTensorNumDims(tensor))]
    finally:
        if interpreter:
            library.TfLiteInterpreterDelete(interpreter)
        library.TfLiteModelDelete(model)


@cache
def tensorflow_lite() -> Any:
    """Return the library, with its functions declared, as the packages themselves use it."""
    return OpenWakeWord.from_builtin(Model.ALEXA).lib
