"""The llama.cpp runtime, tested in a process of its own as it runs in one: its library and speech detection's both bring a ggml."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(300)
@pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None, reason="the extra llm is not installed")
def test_the_runtime_does_what_its_own_tests_say():
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/models/llm_runtime.py"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-4000:]
    assert " passed" in ended.stdout
