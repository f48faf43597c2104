"""Measuring a machine, with llama.cpp where it is installed."""

import struct
import subprocess
import sys

import pytest

from assistant import fitting
from assistant.fitting import has_module, measured
from models import probe
from models.fitting import proposal


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(probe, "MULTIPLY_S", 0.01)
    monkeypatch.setattr(probe, "STREAM_S", 0.01)
    monkeypatch.setattr(probe, "STREAMED", 1 << 20)


def test_what_there_is_is_told(quick):
    found = probe.Probe().machine()
    assert found["cores"] >= 1
    assert 0 < found["free_mb"] <= found["memory_mb"]
    assert found["gmul"] > 0
    assert found["gbps"] > 0
    assert found["name"]


def test_a_card_is_found_by_its_drivers_own_program(tmp_path, monkeypatch):
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 'NVIDIA GeForce RTX 3060, 12288'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert probe.graphics() == ("NVIDIA GeForce RTX 3060", 12288)
    program.write_text("#!/bin/sh\necho 'driver mismatch' >&2; exit 9\n")
    assert probe.graphics()[1] == 0


def test_the_file_that_is_measured_with_is_as_large_as_it_says(tmp_path):
    file = tmp_path / "probe.gguf"
    probe.write(file)
    data = file.read_bytes()
    assert data[:8] == b"GGUF" + struct.pack("<I", 3)
    tensors = dict(probe.tensors())
    sizes = sum(probe.padded(probe.size_of(*shape)) for shape in tensors.values())
    assert sizes < len(data) < sizes + 8192


@pytest.mark.skipif(not has_module("llama_cpp"), reason="the extra llm is not installed")
def test_llama_cpp_reads_and_writes_with_it():
    """In a process of its own: speech detection, which other tests load, brings another ggml."""
    code = "from models.probe import Probe; print(Probe().model())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120).stdout
    speed = eval(told)  # noqa: S307 -- what we printed
    assert speed["weights"] > 1e8
    assert speed["bytes"] > 1e8


async def test_a_machine_is_measured_in_a_worker_and_something_is_proposed():
    machine = await measured()
    assert machine.read_weights > 0
    assert machine.written_bytes > 0
    assert proposal(machine) or machine.free_mb < 1000


async def test_a_model_that_cannot_be_measured_leaves_an_estimate(monkeypatch):
    async def nothing(worker, deadline_s):
        return {}

    monkeypatch.setattr(fitting, "model_speed", nothing)
    machine = await measured()
    assert not machine.measured
    assert machine.read_weights == 2.5e9 * machine.gmul
