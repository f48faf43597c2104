"""The model files of `hark bench llm`: the shape of a real model, weights of chance, made once and kept in the system's cache."""

import importlib.util
from pathlib import Path

from platformdirs import user_cache_path

from assistant.bench.errors import BenchError
from models.recipes.true_shape import make

NEEDED = {"llama_cpp": "llama-cpp-python", "gguf": "gguf", "tokenizers": "tokenizers"}
"""What is imported, and how it is installed."""


def true_shape(size: str, folder: Path | None = None) -> Path:
    """Return the file of a size (0.5B or 1.5B), made unless it is there. Raises BenchError."""
    missing = [package for module, package in NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        raise BenchError(f"`hark bench llm` needs what is not installed: uv pip install {' '.join(missing)}")
    folder = folder or user_cache_path("hark", appauthor=False) / "bench"
    file = folder / f"true-shape-{size}.gguf"
    if not file.is_file():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            make(size, file)
        except OSError as error:
            raise BenchError(f"{file} cannot be made: {error.strerror}. Choose another folder with --folder.") from error
    return file
