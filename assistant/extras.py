"""Optional parts of Hark, installed into the environment it runs in by the installer that is there."""

import asyncio
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Callable

from assistant.errors import HarkError

LLAMA = "llama-cpp-python==0.3.36"
"""What runs language models; the version Hark is tested with, as in pyproject.toml."""

INSTALL_S = 3600.0
"""llama.cpp compiles for five minutes on two cores, and for an hour on the smallest machines."""

COMPILERS = ("c++", "g++", "clang++", "cl")

TOOLS = {
    "apt-get": "sudo apt install build-essential",
    "dnf": "sudo dnf install gcc-c++ make",
    "pacman": "sudo pacman -S base-devel",
    "zypper": "sudo zypper install gcc-c++ make",
    "apk": "sudo apk add build-base",
    "brew": "xcode-select --install",
}
"""How each system's package manager is asked for a compiler."""

COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class CannotInstall(HarkError):
    """An optional part could not be installed; what was there is as it was."""


def installer() -> list[str]:
    """Return the command that installs packages into this environment. Raises CannotInstall when there is none."""
    if uv := shutil.which("uv"):
        return [uv, "pip", "install", "--python", sys.executable]
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]
    raise CannotInstall("Neither uv nor pip is here to install it. Get one: `pip install uv`, or your system's package python3-pip.")


def compiler() -> str:
    """Return the C++ compiler; empty when there is none."""
    named = os.environ.get("CXX", "").split()
    return next(filter(None, map(shutil.which, [*named[:1], *COMPILERS])), "")


def cure_for_compiler() -> str:
    """Return how to get a compiler on this system."""
    found = next((cure for manager, cure in TOOLS.items() if shutil.which(manager)), "")
    return f"Get one with: {found}" if found else "Install your system's C++ compiler."


async def install(package: str, tell: Callable[[str], None]) -> None:
    """Install a package; `tell` hears each line of the installer. Raises CannotInstall with the reason and the cure."""
    command = [*installer(), package]
    last: list[str] = []
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1"},
        )
    except OSError as error:
        raise CannotInstall(f"{command[0]} cannot be run: {error.strerror}. Nothing was changed.") from error
    try:
        async with asyncio.timeout(INSTALL_S):
            while process.stdout and (raw := await process.stdout.readline()):
                if line := COLOURS.sub("", raw.decode("utf-8", "replace")).strip():
                    last = [*last[-30:], line]
                    tell(line)
            status = await process.wait()
    except TimeoutError as error:
        raise CannotInstall(f"{package} was not installed within {INSTALL_S / 60:.0f} minutes. Everything else works as before.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if status:
        raise CannotInstall(f"{package} could not be installed: {reason(last)} Everything else works as before.")


def reason(lines: list[str]) -> str:
    """Return why an installer failed, from its last lines, and what would help."""
    text = "\n".join(lines).casefold()
    if not compiler() and any(word in text for word in ("compiler", "cmake", "build", "wheel")):
        return f"it has to be compiled, and there is no C++ compiler. {cure_for_compiler()}"
    if any(word in text for word in ("no space left", "errno 28")):
        return "the disk is full."
    if any(word in text for word in ("resolve", "connection", "network", "timed out", "unreachable")):
        return "the package index cannot be reached."
    if "externally-managed" in text or "externally managed" in text:
        return "your system manages this Python. Install Hark into an environment of its own, such as with uv."
    told = next((line for line in reversed(lines) if "error" in line.casefold()), lines[-1] if lines else "the installer said nothing")
    return f"{told[:200].rstrip('.')}."
