"""Installing optional parts, with an installer that is none."""

import sys
from pathlib import Path

import pytest

from assistant import extras
from assistant.extras import LLAMA, CannotInstall, compiler, cure_for_compiler, install, installer


@pytest.fixture
def tools(tmp_path, monkeypatch):
    """Give a PATH that has only what is put there."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("CXX", raising=False)

    def put(name, script="exit 0"):
        program = folder / name
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return program

    return put


async def test_uv_is_used_where_it_is_and_told_which_python(tools):
    out = tools("uv", 'echo "asked: $@"; echo "Building llama"; echo "done"')
    lines = []
    await install(LLAMA, lines.append)
    assert lines == [f"asked: pip install --python {sys.executable} {LLAMA}", "Building llama", "done"]
    assert installer()[0] == str(out)


def test_pip_is_used_where_there_is_no_uv(tools, monkeypatch):
    monkeypatch.setattr(extras.importlib.util, "find_spec", lambda name: object())
    assert installer()[:4] == [sys.executable, "-m", "pip", "install"]
    monkeypatch.setattr(extras.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(CannotInstall, match="Neither uv nor pip"):
        installer()


async def test_a_compiler_that_is_missing_is_told_with_the_package_that_has_it(tools):
    tools("uv", 'echo "CMake Error: CMAKE_CXX_COMPILER not set" >&2; exit 1')
    tools("apt-get")
    with pytest.raises(CannotInstall, match=r"no C\+\+ compiler\. Get one with: sudo apt install build-essential Everything else works"):
        await install(LLAMA, lambda _: None)


async def test_with_a_compiler_the_installers_own_word_is_told(tools):
    tools("uv", 'echo "error: something odd happened."; echo "hint: look"; exit 2')
    tools("c++")
    with pytest.raises(CannotInstall, match="error: something odd happened"):
        await install(LLAMA, lambda _: None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        ("error: failed to resolve the host", "cannot be reached"),
        ("error: externally-managed-environment", "manages this Python"),
        ("", "said nothing"),
    ],
)
async def test_each_failure_is_one_reason(tools, said, words):
    tools("uv", f'echo "{said}"; exit 1')
    tools("g++")
    with pytest.raises(CannotInstall, match=words):
        await install(LLAMA, lambda _: None)


async def test_an_installer_that_never_ends_is_ended(tools, monkeypatch):
    monkeypatch.setattr(extras, "INSTALL_S", 0.2)
    tools("uv", "exec /bin/sleep 100")
    with pytest.raises(CannotInstall, match="was not installed within"):
        await install(LLAMA, lambda _: None)


def test_a_compiler_is_found_by_name_or_by_the_environment(tools, monkeypatch):
    assert not compiler()
    assert cure_for_compiler() == "Install your system's C++ compiler."
    tools("dnf")
    assert "gcc-c++" in cure_for_compiler()
    mine = tools("my-c++")
    monkeypatch.setenv("CXX", "my-c++ -O2")
    assert compiler() == str(mine)


def test_the_version_is_the_one_hark_is_tested_with():
    assert f'"{LLAMA}"' in (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
