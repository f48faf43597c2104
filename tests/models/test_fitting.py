"""Which models fit which machine."""

from dataclasses import replace

import pytest

from models.catalogue import catalogue, find
from models.fitting import LLMS, RECOGNISERS, REPLY_S, Machine, fit_of, proposal

TWO_CORES = Machine("two cores", 2, 16_000, 14_000, gmul=38.0, read_weights=63 * 1.54e9, written_bytes=21 * 1.117e9, measured=True)
"""What was measured with true shapes on two cores with AVX-512; see docs/benchmarks.md."""


def names(machine, **options):
    return [fit.entry.id for fit in proposal(machine, **options)]


def faster(times, **changes):
    each = TWO_CORES
    return replace(
        each, gmul=each.gmul * times, read_weights=each.read_weights * times, written_bytes=each.written_bytes * times, **changes
    )


def test_two_cores_get_what_answers_within_the_budget():
    assert names(TWO_CORES) == ["qwen2.5-1.5b", "whisper-base"]
    assert all(fit.in_time for fit in proposal(TWO_CORES))


@pytest.mark.parametrize(
    ("times", "wanted"),
    [
        (0.1, ["qwen2.5-0.5b", "whisper-tiny"]),
        (0.6, ["qwen2.5-0.5b", "whisper-tiny"]),
        (2.5, ["qwen2.5-3b", "whisper-small"]),
        (8.0, ["qwen2.5-7b", "whisper-small"]),
    ],
)
def test_a_faster_machine_gets_better_models(times, wanted):
    assert names(faster(times)) == wanted


def test_what_is_too_slow_says_so():
    slow = proposal(faster(0.1))
    assert not any(fit.in_time for fit in slow)
    assert slow[0].takes_s > REPLY_S


@pytest.mark.parametrize(
    ("free", "wanted"),
    [
        (100, []),
        (600, ["whisper-tiny"]),
        (2000, ["whisper-base"]),
        (2300, ["qwen2.5-0.5b", "whisper-base"]),
        (5000, ["qwen2.5-1.5b", "whisper-base"]),
    ],
)
def test_models_take_half_of_the_free_memory_at_most(free, wanted):
    assert names(replace(TWO_CORES, free_mb=free)) == wanted
    assert sum(fit.entry.memory for fit in proposal(replace(TWO_CORES, free_mb=free))) <= free / 2


def test_a_card_with_room_takes_both():
    card = faster(20, free_mb=4000, card="a card", card_mb=12_000, on_card=True, cuda=True)
    assert names(card) == ["qwen2.5-7b", "whisper-large-v3-turbo"]
    assert names(replace(card, card_mb=4000)) == ["qwen2.5-3b", "whisper-large-v3-turbo"]


def test_lite_is_the_smallest_there_is():
    assert names(faster(8.0), lite=True) == ["qwen2.5-0.5b", "whisper-tiny"]


def test_voices_come_along():
    assert names(TWO_CORES, voices=("piper-amy", "piper-huayan"))[2:] == ["piper-amy", "piper-huayan"]


def test_a_language_models_time_is_its_reading_and_its_writing():
    fit = fit_of(find("qwen2.5-1.5b"), TWO_CORES)
    assert fit.tokens_per_s == pytest.approx(21)
    assert fit.takes_s == pytest.approx(12 / 63 + 12 / 21)


def test_everything_proposed_is_in_the_catalogue_with_its_size():
    for name in (*LLMS, *RECOGNISERS):
        assert find(name).megabytes
    assert all(entry.billions for entry in catalogue().values() if entry.kind == "llm")
