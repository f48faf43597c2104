"""The log: one line per turn and whatever went wrong, never what people said."""

import logging

from assistant.config import Places

LARGEST_BYTES = 1_000_000
"""Beyond which the file is set aside at the next start; one older one is kept."""


def start_log(places: Places) -> None:
    """Write to the log file from now on; a folder that cannot be written costs the log and nothing else."""
    try:
        places.data.mkdir(parents=True, exist_ok=True)
        if places.log_file.exists() and places.log_file.stat().st_size > LARGEST_BYTES:
            places.log_file.replace(places.log_file.with_suffix(".log.1"))
        handler = logging.FileHandler(places.log_file, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("assistant")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    root.propagate = False
