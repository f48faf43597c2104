"""All figures of understanding that data files give, in one go: what is measured, with which command, and whether its target is met."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.bench import few, home, homes, understand
from assistant.bench.errors import BenchError
from assistant.bench.understand import MAP, RouteReport
from assistant.understanding import Understanding

Tell = Callable[[], None]

ROUTES = {
    "hwu64_train.jsonl": (85.0, 3.0, 3.0),
    "clinc150_val.jsonl": (85.0, 3.0, 3.0),
    "clinc150_oos_val.jsonl": (None, None, 3.0),
    "xsid_en_valid.jsonl": (88.0, None, None),
    "xsid_zh_valid.jsonl": (88.0, None, None),
}
"""Percent that are to be right at least, and to do something wrong or unasked at most; None where there is no target."""

HOMES = {"ha_tests_en.jsonl": 95.0, "ha_tests_zh-CN.jsonl": 92.0}
ENDS = {"ha_assist_mini.jsonl": 94.0}
FEW = {"hwu64_train.jsonl": (None, (72.0, 80.0)), "clinc150_train.jsonl": ("clinc150_val.jsonl", (82.0, 87.0))}
"""The file to test with, and percent right from 5 and from 10 sentences."""

SHOTS = (5, 10)
REPEATS = 5
SPEED = (1.0, 5.0)
"""Milliseconds, p50 and p99."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure."""

    what: str
    command: str
    measured: str
    target: str
    met: bool | None
    """None when it could not be measured."""


def files(folder: Path) -> list[str]:
    """Return the names of all files that are measured. Raises BenchError for a folder that has none of them."""
    names = [*ROUTES, *HOMES, *ENDS, *FEW]
    if not any(has(folder, name) for name in names):
        raise BenchError(f"{folder} has none of the data files: {', '.join(dict.fromkeys(names))}.")
    return names


def steps(folder: Path) -> int:
    """Return how often `card` tells that it is on. Raises BenchError for what is no folder of data files."""
    files(folder)
    found = sum(has(folder, name) for name in ROUTES) + 1
    found += sum(len(shots) * REPEATS for name, (_, shots) in FEW.items() if has(folder, name))
    return found + sum(len(read(folder / name)) for name in (*HOMES, *ENDS) if has(folder, name))


def read(file: Path) -> list[dict[str, object]]:
    """Return the rows of a file. Raises BenchError."""
    try:
        return home.read_rows(file)
    except (OSError, ValueError) as error:
        raise BenchError(f"{file} is no file of one JSON object a line: {error}") from error


async def card(understanding: Understanding, folder: Path, now: datetime, tell: Tell = lambda: None) -> list[Line]:
    """Measure everything a folder has files for; what is missing is a line too. Raises BenchError."""
    files(folder)
    lines = [line for name, targets in ROUTES.items() for line in routes(understanding, folder, name, targets, now, tell)]
    for name, least in (HOMES | ENDS).items():
        lines.append(await in_a_house(folder, name, least, tell))
    lines += [line for name in FEW for line in shots(folder, name, tell)]
    speed = understand.measure_speed(understanding, now).command_ms
    tell()
    if speed:
        met = speed.p50 <= SPEED[0] and speed.p99 <= SPEED[1]
        measured, wanted = f"{speed.p50:.1f} / {speed.p99:.1f} ms", f"<= {SPEED[0]:g} / {SPEED[1]:g} ms"
        lines.append(Line("a command, p50 / p99", "hark bench understand", measured, wanted, met))
    return lines


def missing(what: str, command: str, name: str, target: str) -> Line:
    """Return the line of what cannot be measured."""
    return Line(what, command, f"skipped: no {name}", target, None)


def routes(
    understanding: Understanding, folder: Path, name: str, targets: Sequence[float | None], now: datetime, tell: Tell
) -> Iterator[Line]:
    """Yield how natural sentences reach their actions."""
    asked = [
        (label, target, at)
        for at, (label, target) in enumerate(zip(("right", "wrong action", "false action"), targets, strict=True))
        if target
    ]
    what, command = " / ".join(label for label, _, _ in asked), f"hark bench understand {name} --map {MAP}"
    wanted = " / ".join(f"{'<=' if at else '>='} {target:g}" for _, target, at in asked) + " %"
    if not has(folder, name):
        yield missing(what, command, name, wanted)
        return
    found = understand.measure_routes(understanding, folder / name, understand.read_rows(folder / name), now)
    tell()
    shares = percents(found)
    met = all(shares[at] <= target if at else shares[at] >= target for _, target, at in asked)
    yield Line(what, command, " / ".join(f"{shares[at]:.1f}" for _, _, at in asked) + " %", wanted, met)


def percents(found: RouteReport) -> tuple[float, float, float]:
    """Return the shares that have targets."""
    return found.right.percent, found.wrong_action.percent, found.false_action.percent


async def in_a_house(folder: Path, name: str, least: float, tell: Tell) -> Line:
    """Return how commands are carried out in a house."""
    what = "intent, things and values, its home connected" if name in HOMES else "the house ended up as asked"
    command, wanted = f"hark bench home {name}", f">= {least:g} %"
    if not has(folder, name):
        return missing(what, command, name, wanted)
    rows = read(folder / name)
    if name in HOMES:
        right = (await homes.measure(name, rows, patterns_of(folder / name), tell)).right.percent
    else:
        right = (await home.measure(name, rows, tell)).right.percent
    return Line(what, command, f"{right:.1f} %", wanted, right >= least)


def has(folder: Path, name: str) -> bool:
    """Tell whether a folder has a file."""
    return (folder / name).is_file()


def patterns_of(file: Path, map_file: Path | None = None) -> dict[str, list[str]]:
    """Return the actions that are right for the intents of a file's set, from the map beside it. Raises BenchError."""
    map_file = map_file or file.with_name(MAP)
    try:
        sets = json.loads(map_file.read_text("utf-8"))
        return next(sets[name] for name in sets if file.name.startswith(name) and isinstance(sets[name], dict))
    except OSError as error:
        raise BenchError(f"Cannot read {map_file}: {error.strerror}. Name the map of intents to actions with --map.") from error
    except StopIteration:
        raise BenchError(f"{map_file} has no set that {file.name} belongs to.") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise BenchError(f"{map_file} is not like {{set: {{intent: [action]}}}}: {error}") from error


def shots(folder: Path, name: str, tell: Tell) -> Iterator[Line]:
    """Yield how intents are told apart from a few sentences each."""
    test, targets = FEW[name]
    what, wanted = "any intents, from 5 / 10 sentences each", f">= {targets[0]:g} / {targets[1]:g} %"
    command = f"hark bench few {name}{f' --test {test}' if test else ''}"
    needed = [each for each in (name, test) if each and not has(folder, each)]
    if needed:
        yield missing(what, command, needed[0], wanted)
        return
    found = few.measure(folder / name, folder / test if test else None, SHOTS, REPEATS, 1, tell)
    means = [one.mean for one in found.shots]
    met = all(mean >= target for mean, target in zip(means, targets, strict=True))
    yield Line(what, command, " / ".join(f"{mean:.1f}" for mean in means) + " %", wanted, met)
