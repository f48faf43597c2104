"""Which models fit a machine: those that answer in time, and for which there is memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.catalogue import Entry, find

LLMS = ("qwen2.5-7b", "qwen2.5-3b", "qwen2.5-1.5b", "qwen2.5-0.5b")
"""The best first. Not among them: those that think before they answer, which takes longer than anybody waits for a voice."""

RECOGNISERS = {"whisper-large-v3-turbo": None, "whisper-small": 1.9, "whisper-base": 0.66, "whisper-tiny": 0.32}
"""The best first, with the seconds that 3 s of speech take where `ASR_GMUL` billion multiplications are done in one; None needs a card.

Measured: faster-whisper, true shape, int8, greedy, the language given, 2 cores.
"""

ASR_GMUL = 38.0

REPLY_S = 0.8
"""From the end of the words to the first clause of an answer: what a conversation bears. DESIGN's budget for 1.5B."""

HEARD_S = 0.8
"""From the end of the words to their text; most of it passes while one still speaks."""

KERNELS = 2.5e9
"""Weights times tokens that llama.cpp reads while float32 matrices take a billion multiplications; see `estimated`."""

CARD_S = 0.3
"""What a recogniser takes on a graphics card; assumed, not measured."""

READ, WRITTEN = 12, 12
"""Tokens that are read after the end of the words, and that a first clause has."""

SHARE = 0.5
"""Of the free memory that models may take."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What there is to compute with."""

    name: str
    cores: int
    memory_mb: int
    free_mb: int
    instructions: tuple[str, ...] = ()
    card: str = ""
    card_mb: int = 0
    cuda: bool = False
    """The recogniser can use the card."""
    gmul: float = 0.0
    """Billion multiplications a second, all cores."""
    gbps: float = 0.0
    """GB a second that one core reads."""
    read_weights: float = 0.0
    """Weights times tokens a second that llama.cpp reads with."""
    written_bytes: float = 0.0
    """Bytes of a model times tokens a second that it writes with."""
    measured: bool = False
    """With llama.cpp itself; otherwise those two are estimated from the ones before."""
    on_card: bool = False
    """llama.cpp computes on the card."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A model that is proposed."""

    entry: Entry
    takes_s: float
    """Until the first clause of an answer, or the text of what was said."""
    in_time: bool
    tokens_per_s: float = 0.0
    """That a language model writes."""


def estimated(gmul: float, gbps: float, cores: int) -> tuple[float, float]:
    """Return weights read and bytes written a second where llama.cpp is not there to be measured; on the low side.

    Its int8 kernels do about 2.5 times the multiplications of float32 matrices, and its threads together stream about 1.2 times what one
    core does: true shapes of 1.5B read 63 tokens a second where matrices did 38 billion.
    """
    return KERNELS * gmul, 1.2e9 * gbps * min(cores, 2)


def computed(machine: Machine) -> float:
    """Return the billion multiplications a second that llama.cpp's reading amounts to.

    On a busy machine it tells more than the float32 matrices, whose threads wait for each other.
    """
    return 0.0 if machine.on_card else machine.read_weights / KERNELS


def fit_of(entry: Entry, machine: Machine) -> Fit:
    """Return how well a model would do."""
    if entry.kind == "asr":
        base_s = RECOGNISERS.get(entry.id)
        takes_s = CARD_S if base_s is None else base_s * ASR_GMUL / max(machine.gmul, computed(machine), 0.1)
        return Fit(entry, takes_s, in_time=takes_s <= HEARD_S and (base_s is not None or machine.cuda))
    if entry.kind == "tts":
        return Fit(entry, 0.0, in_time=True)
    per_read_s = entry.billions * 1e9 / max(machine.read_weights, 1.0)
    per_written_s = entry.megabytes * 1e6 / max(machine.written_bytes, 1.0)
    takes_s = READ * per_read_s + WRITTEN * per_written_s
    return Fit(entry, takes_s, in_time=takes_s <= REPLY_S, tokens_per_s=1 / per_written_s)


def proposal(machine: Machine, *, lite: bool = False, voices: Sequence[str] = ()) -> list[Fit]:
    """Return the best models that are in time and have room, a language model and a recogniser, and the voices asked for.

    When not even the smallest is in time it is proposed all the same, and says so; what has no room is left out.
    """
    room = machine.free_mb * SHARE
    chosen: list[Fit] = []
    for names in (tuple(RECOGNISERS)[-1:] if lite else tuple(RECOGNISERS), LLMS[-1:] if lite else LLMS):
        fits = [fit_of(find(name), machine) for name in names]
        if best := next((fit for fit in fits if fit.in_time and has_room(fit.entry, machine, room)), None):
            chosen.append(best)
        elif fits[-1].entry.memory <= room:
            chosen.append(fits[-1])
        room -= sum(fit.entry.memory for fit in chosen[-1:] if not is_on_card(fit.entry, machine))
    return [*reversed(chosen), *(fit_of(find(name), machine) for name in voices)]


def has_room(entry: Entry, machine: Machine, room: float) -> bool:
    """Tell whether there is memory for a model, where it would run."""
    return entry.memory <= (machine.card_mb if is_on_card(entry, machine) and machine.card_mb else room)


def is_on_card(entry: Entry, machine: Machine) -> bool:
    """Tell whether a model would run on the graphics card."""
    return machine.on_card if entry.kind == "llm" else machine.cuda
