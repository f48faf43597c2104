"""Spoken clips with their labels."""

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.bench.errors import BenchError

COMMITTED = Path(__file__).parents[2] / "tests" / "clips"
"""Where the clips are in Hark's source; an installed wheel has none."""

LABELS = "clips.jsonl"


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording and what should come of it."""

    path: Path
    file: str
    """Relative to the folder of the clips."""
    kind: str
    """ "wake+command", "wake, pause, command", "command", "rushed", "hesitant", "non-wake" or "noise"."""
    voice: str = ""
    """Who speaks; empty for noise."""
    text: str = ""
    """What is said, without the wake phrase."""
    wake: bool = False
    """Whether the wake phrase comes first."""
    wake_end_s: float | None = None
    """Where the wake phrase ends."""
    speech_start_s: float | None = None
    """Where `text` begins."""
    speech_end_s: float | None = None
    """The last voiced sample."""
    action: str | None = None
    """What is asked for; None where nothing may be done."""
    slots: dict[str, Any] = field(default_factory=dict)
    """Of the action, in their JSON form."""
    pause: tuple[float, float] | None = None
    """Put in as it is played: after how many seconds, and for how long."""


def read_clips(folder: Path, only: str = "") -> list[Clip]:
    """Return the labelled clips whose kind is `only` or whose file name contains it. Raises BenchError when there are none."""
    labels = folder / LABELS
    if not labels.is_file():
        raise BenchError(f"No {LABELS} in {folder}. The clips are in Hark's source under tests/clips; name their folder with --clips.")
    clips = [clip_from(folder, line, number) for number, line in enumerate(labels.read_text("utf-8").splitlines(), 1) if line.strip()]
    chosen = [clip for clip in clips if only == clip.kind or only in clip.file]
    if not chosen:
        kinds = ", ".join(f'"{kind}"' for kind in dict.fromkeys(clip.kind for clip in clips))
        raise BenchError(f"No clip is of the kind or has the name '{only}'. Kinds: {kinds}.")
    return chosen


def clip_from(folder: Path, line: str, number: int) -> Clip:
    """Return a clip from a line of labels. Raises BenchError."""
    known = {one.name for one in fields(Clip)} - {"path"}
    try:
        data = json.loads(line)
        return Clip(folder / data["file"], **{name: value for name, value in data.items() if name in known})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BenchError(f"{folder / LABELS}:{number}: this is no label of a clip: {error!r}.") from error
