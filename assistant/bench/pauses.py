"""Commands in whose middle somebody stops to think: committed clips with a pause put in after one of their words."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from assistant.bench.clips import Clip
from assistant.bench.errors import BenchError
from assistant.completeness import completeness
from assistant.understanding import Understanding
from assistant.vocabulary import Transcript

WORDS = "words.jsonl"
"""Where each word of a clip ends; made by tests/clips/align.py."""

SHORTEST_S, LONGEST_S = 0.4, 1.5

INSIDE = "pause inside"
"""The kind of clips whose pause comes where nothing can end."""

AFTER_WHOLE = "pause after a whole"
"""The kind of clips whose pause comes after what is a command by itself: "set a timer for one hour" (and fifteen minutes)."""


def paused(clips: Sequence[Clip], understanding: Understanding, now: datetime) -> list[Clip]:
    """Return one clip for each, with a pause of 0.4 to 1.5 s after a word that is not its last; place and length follow from its name.

    Raises BenchError when the clips' words are not aligned.
    """
    made = [one for clip in clips if clip.action and (one := with_pause(clip, ends_of(clip), understanding, now))]
    if not made:
        raise BenchError(f"No clip here has its words in {WORDS}. Make it with tests/clips/align.py.")
    return made


def ends_of(clip: Clip) -> list[float]:
    """Return where the words of a clip end, in seconds; empty when that is not known."""
    file = clip.path.parents[clip.file.count("/")] / WORDS
    lines = map(json.loads, file.read_text("utf-8").splitlines()) if file.is_file() else []
    return next((line["word_ends_s"] for line in lines if line["file"] == clip.file), [])


def with_pause(clip: Clip, ends: Sequence[float], understanding: Understanding, now: datetime) -> Clip | None:
    """Return a clip with a pause; None for one of a single word."""
    if len(ends) < 2 or clip.speech_end_s is None:
        return None
    chance = random.Random(clip.file)  # noqa: S311 -- the same places every time
    word = chance.randrange(len(ends) - 1)
    seconds = round(chance.uniform(SHORTEST_S, LONGEST_S), 2)
    so_far = Transcript(" ".join(clip.text.split()[: word + 1]), "en")
    kind = AFTER_WHOLE if completeness(understanding, so_far, now).is_whole else INSIDE
    return replace(clip, kind=kind, pause=(ends[word], seconds), speech_end_s=round(clip.speech_end_s + seconds, 2))
