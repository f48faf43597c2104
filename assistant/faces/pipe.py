"""Lines that another program types."""

import asyncio
import os
from collections.abc import AsyncIterator

CHUNK = 65_536
"""Bytes; what a pipe holds."""


async def lines_of(descriptor: int) -> AsyncIterator[str]:
    """Yield the lines of a file, a pipe or a terminal as they come, without their ends; empty ones too."""
    rest = b""
    while chunk := await read_some(descriptor):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode("utf-8", errors="replace").removesuffix("\r")
    if rest:
        yield rest.decode("utf-8", errors="replace")


async def read_some(descriptor: int) -> bytes:
    """Return what has come, as soon as anything has; nothing at the end. Stops waiting at once when cancelled."""
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    try:
        loop.add_reader(descriptor, ready.set)
    except (PermissionError, NotImplementedError):  # a plain file never makes one wait; Windows cannot watch a pipe
        return os.read(descriptor, CHUNK)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)
    return os.read(descriptor, CHUNK)
