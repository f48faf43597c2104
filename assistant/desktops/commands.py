"""Programs that a desktop brings along, run for what they do: no shell, nothing that was said among their words."""

import asyncio
import contextlib
import os
import shutil
from collections.abc import Mapping, Sequence

PATIENCE_S = 5.0
"""Seconds for a picture or a lock; a slow machine takes two."""


async def succeeds(words: Sequence[str], environment: Mapping[str, str] = os.environ, patience_s: float = PATIENCE_S) -> bool:
    """Run a command and tell whether it is there and succeeded in time."""
    return (await output_of(words, environment, patience_s)) is not None


async def output_of(words: Sequence[str], environment: Mapping[str, str] = os.environ, patience_s: float = PATIENCE_S) -> str | None:
    """Run a command and return what it prints; None when it is not there, fails, or takes too long."""
    path = shutil.which(words[0], path=environment.get("PATH"))
    if path is None:
        return None
    quiet, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(path, *words[1:], stdin=quiet, stdout=pipe, stderr=quiet, env=dict(environment))
    try:
        async with asyncio.timeout(patience_s):
            printed, _ = await process.communicate()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return printed.decode(errors="replace").strip() if process.returncode == 0 else None
