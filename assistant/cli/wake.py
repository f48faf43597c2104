"""`hark wake`: false wakes and misses of this room, seen and mended."""

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.app import App, open_app
from assistant.callings import Calling, calling, callings
from assistant.cli.agreeing import agreed
from assistant.faces.screen import show
from assistant.settings import BadSetting, SettingsFile
from assistant.trial import check_settings
from assistant.wake_fit import ENOUGH, Case, false_per_hour, fitted, mistakes
from assistant.wakes import Wake, forget_wakes, hours_listened, wakes_in

SETTING = "wake.threshold"
WORDS = "wake.words"

LOOKS = {
    "wrong": Text("woke for nothing, you said", "red"),
    "silence": Text("woke, and nobody said anything", "yellow"),
    "nothing": Text("woke, and nothing made sense", "yellow"),
    "act": Text("woke", "green"),
    "missed": Text("missed you, you said", "red"),
}


def run(args: argparse.Namespace) -> int:
    """Carry out one of the wake commands."""
    app = open_app()
    try:
        return VERBS[args.verb](app, args)
    finally:
        app.close()


def status(app: App, args: argparse.Namespace) -> int:
    """Print what happened so far."""
    wakes = wakes_in(app.store)
    if args.json:
        for each in wakes[: args.count]:
            print(json.dumps(record(each), ensure_ascii=False))
        return 0
    if not wakes:
        print("Nothing was taken for the wake word yet. Talk to it first: hark talk")
        return 0
    show(table_of(wakes[: args.count]))
    print(summary(wakes, hours_listened(app.store), app.config.wake.threshold))
    return 0


def fit(app: App, args: argparse.Namespace) -> int:
    """Find the threshold that suits this room, and set it when that is wanted."""
    before = app.config.wake.threshold
    cases = cases_of(wakes_in(app.store))
    now, best = mistakes(cases, before), fitted(cases, before)
    print(f"Of {len(cases)} suspicions whose truth is known, {SETTING} = {before:g} gets {wrong_words(now.false, now.missed)}.")
    if now.count < ENOUGH:
        print(f"That is too little to learn from: fewer than {ENOUGH} mistakes. Nothing was changed.")
        return 0
    if best.count >= now.count:
        print("No other threshold would have done better. A quieter place for the microphone would: see `hark doctor`.")
        return 0
    print(f"{best.threshold:g} would have got {wrong_words(best.false, best.missed)}.")
    if not args.yes and not agreed(f"Set {SETTING} to {best.threshold:g}?"):
        print("Nothing was changed.")
        return 0
    SettingsFile(app.places.config_file).put(SETTING, best.threshold)
    print(f"{SETTING} = {best.threshold:g}. It counts from the next start.")
    return 0


def forget(app: App, _: argparse.Namespace) -> int:
    """Delete all of it."""
    count = forget_wakes(app.store, app.places.wake_clips)
    print(f"{count} suspicions are forgotten, with all clips and the hours listened.")
    return 0


def words(app: App, _: argparse.Namespace) -> int:
    """Print what Hark is called by, and what each word selects."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("say", "language", "voice", "model"):
        table.add_column(column, overflow="fold")
    for each in callings(app.config.wake.words):
        table.add_row(each.phrase(), each.language or "as spoken", each.voice or "the usual one", each.model)
    show(table)
    return 0


def add(app: App, args: argparse.Namespace) -> int:
    """Have Hark listen to one more word; one that it knows already selects something else from now on."""
    path = Path(args.word).expanduser()
    new = calling(Calling(str(path.absolute()) if path.suffix else args.word, args.language or "", args.voice or "").written)
    if args.voice and not args.language:
        raise BadSetting("A voice speaks one language: add --language en or --language zh.")
    keep(app, [*(each for each in callings(app.config.wake.words) if each.name != new.name), new])
    print(f'"{new.phrase()}" is listened to from the next start.')
    return 0


def remove(app: App, args: argparse.Namespace) -> int:
    """Have Hark listen to a word no more."""
    known = callings(app.config.wake.words)
    left = [each for each in known if args.word not in {each.name, each.model, each.phrase()}]
    if len(left) == len(known):
        raise BadSetting(f"'{args.word}' is none of the wake words: {', '.join(each.name for each in known)}.")
    keep(app, left)
    print(f"{args.word} is listened to no more, from the next start.")
    return 0


def keep(app: App, chosen: Sequence[Calling]) -> None:
    """Write the wake words, once each was loaded and all was found to fit. Raises BadSetting or ConfigError."""
    written = tuple(each.written for each in chosen)
    SettingsFile(app.places.config_file).put(WORDS, written, lambda config: check_settings(app.places, config, [WORDS]))


VERBS: dict[str, Callable[[App, argparse.Namespace], int]] = {
    "status": status,
    "fit": fit,
    "forget": forget,
    "words": words,
    "add": add,
    "remove": remove,
}


def cases_of(wakes: Sequence[Wake]) -> list[Case]:
    """Return the suspicions of which it is known what they were."""
    known = [each for each in wakes if each.belief is not None and (each.is_right or each.is_wrong)]
    return [Case(each.belief or 0.0, each.is_right) for each in known]


def wrong_words(false: int, missed: int) -> str:
    """Return mistakes in words."""
    return f"{false} wrong by waking and {missed} by not waking"


def summary(wakes: Sequence[Wake], hours: float, threshold: float) -> str:
    """Return the figures in a line or two."""
    false, missed = sum(each.is_wrong for each in wakes), sum(each.label == "missed" for each in wakes)
    rate, bound = false_per_hour(false, hours)
    woke = sum(each.accepted for each in wakes)
    return (
        f"{hours:.1f} hours listened, woke {woke} times, {false} of them for nothing: {rate:.2f} an hour (95 % sure: below {bound:.2f}). "
        f'{missed} misses told.\n{SETTING} = {threshold:g}. After a mistake say "that wasn\'t for you" or "you missed me"; '
        "`hark wake fit` learns from it."
    )


def table_of(wakes: Sequence[Wake]) -> Table:
    """Return suspicions, the newest first."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("when", "word", "what came of it"):
        table.add_column(column)
    for column in ("belief", "first", "second"):
        table.add_column(column, justify="right")
    for each in wakes:
        verdict = LOOKS.get(each.label or (each.outcome or "act" if each.accepted else ""), Text("did not wake", "dim"))
        table.add_row(f"{each.at:%d %b %H:%M:%S}", each.name, verdict, *map(share, (each.belief, each.first, each.second)))
    return table


def share(value: float | None) -> str:
    """Return a probability, or that there is none."""
    return "-" if value is None else f"{value:.2f}"


def record(each: Wake) -> dict[str, Any]:
    """Return a suspicion as plain data."""
    return {
        "at": each.at.isoformat(),
        "name": each.name,
        "belief": each.belief,
        "first": each.first,
        "second": each.second,
        "accepted": each.accepted,
        "outcome": each.outcome,
        "label": each.label,
        "clip": each.clip,
    }
