"""What the observations of many clips come to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from assistant.bench.spread import Count, Spread, count, spread
from assistant.bench.voice import NOT_MEANT, Act, Observation, Stages

HESITANT = "hesitant"
"""The kind of clips with a pause inside the command."""


SLOW_MS = 1000.0


@dataclass(frozen=True, slots=True)
class Problem:
    """A clip of which something else came than what was meant."""

    file: str
    what: str
    """missed, false wake, false act, misunderstood, cut off, failed."""
    heard: tuple[str, ...]
    got: tuple[Act, ...]
    wanted: Act | None
    told: tuple[str, ...] = ()
    """What failed, in its own words."""


@dataclass(frozen=True, slots=True)
class VoiceReport:
    """All figures of `hark bench voice`."""

    fast: bool
    clips: int
    first_audio_ms: Spread | None
    """From the last voiced sample to the first sample of the reply, over all replies to whole utterances."""
    first_audio_understood_ms: Spread | None
    """The same over those that were understood."""
    stages_ms: dict[str, Spread]
    woken: dict[str, Count]
    """By kind of clip."""
    woken_after_ms: Spread | None
    """From the wake phrase's end."""
    understood: dict[str, dict[str, Count]]
    """By kind and voice; woken and the first act just what was said."""
    cut_off: dict[str, Count]
    """By kind."""
    lost: dict[str, Count]
    """By kind; cut off, and what was done in the end was not what was meant."""
    slow: Count
    """Replies to whole utterances that came more than a second after the last word."""
    false_wakes: int
    false_acts: int
    unmeant_minutes: float
    """Heard of what was not meant for Hark."""
    problems: tuple[Problem, ...]


def report(seen: Sequence[Observation], *, fast: bool) -> VoiceReport:
    """Sum up."""
    meant = [one for one in seen if one.clip.kind not in NOT_MEANT]
    unmeant = [one for one in seen if one.clip.kind in NOT_MEANT]
    answered = [one for one in meant if one.stages]
    named = [one for one in seen if one.clip.wake]
    return VoiceReport(
        fast=fast,
        clips=len(seen),
        first_audio_ms=spread(totals(answered)),
        first_audio_understood_ms=spread(totals(one for one in answered if one.understood)),
        stages_ms=stages_ms(answered),
        woken={kind: count(bool(one.woken_s) for one in ones) for kind, ones in grouped(named, kind_of).items()},
        woken_after_ms=spread(
            1000 * (one.woken_s[0] - one.clip.wake_end_s) for one in named if one.woken_s and one.clip.wake_end_s is not None
        ),
        understood={
            kind: {voice: count(one.understood for one in by_voice) for voice, by_voice in grouped(ones, voice_of).items()}
            for kind, ones in grouped(meant, kind_of).items()
        },
        cut_off={kind: count(one.cut_off for one in ones) for kind, ones in grouped(meant, kind_of).items()},
        lost={kind: count(one.cut_off and not one.understood for one in ones) for kind, ones in grouped(meant, kind_of).items()},
        slow=count(one.stages.total > SLOW_MS for one in answered if one.stages),
        false_wakes=sum(len(one.woken_s) for one in unmeant),
        false_acts=sum(act.action is not None for one in unmeant for act in one.acts),
        unmeant_minutes=round(sum(one.seconds for one in unmeant) / 60, 2),
        problems=tuple(problem for one in seen for problem in problems(one)),
    )


def totals(seen: Iterable[Observation]) -> list[float]:
    """Return the milliseconds from last word to first sound of those that have them."""
    return [one.stages.total for one in seen if one.stages]


def stages_ms(seen: Sequence[Observation]) -> dict[str, Spread]:
    """Return the spread of every stage."""
    each = {stage.name: spread(getattr(one.stages, stage.name) for one in seen if one.stages) for stage in fields(Stages)}
    return {name: found for name, found in each.items() if found}


def grouped(seen: Sequence[Observation], key: Callable[[Observation], str]) -> dict[str, list[Observation]]:
    """Return observations by a key, in the order the keys first come."""
    found: dict[str, list[Observation]] = {}
    for one in seen:
        found.setdefault(key(one), []).append(one)
    return found


def kind_of(one: Observation) -> str:
    """Return the kind of clip."""
    return one.clip.kind


def voice_of(one: Observation) -> str:
    """Return who speaks."""
    return one.clip.voice


def problems(one: Observation) -> list[Problem]:
    """Return what went wrong with a clip."""
    clip = one.clip
    wanted = Act(clip.action, clip.slots) if clip.action else None
    found = {
        "failed": bool(one.failures),
        "missed": clip.wake and not one.woken_s,
        "false wake": bool(one.woken_s) and clip.kind in NOT_MEANT,
        "false act": clip.kind in NOT_MEANT and any(act.action for act in one.acts),
        "cut off": one.cut_off,
        "misunderstood": wanted is not None and not one.understood and (bool(one.woken_s) or not clip.wake),
    }
    return [
        Problem(clip.file, what, tuple(one.heard), tuple(one.acts), wanted, tuple(one.failures)) for what, is_so in found.items() if is_so
    ]
