"""The extra `llm`: llama.cpp compiled on this machine loads and knows its processor."""

import importlib.util
import os
import subprocess
import sys

import pytest


@pytest.mark.skipif(importlib.util.find_spec("llama_cpp") is None and "CI" not in os.environ, reason="the extra llm is not installed")
def test_the_compiled_runtime_loads_and_knows_its_processor():
    code = "import llama_cpp; print(llama_cpp.llama_print_system_info().decode())"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "CPU" in told
