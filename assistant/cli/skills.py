"""`hark skills`: what is there, a new one, and whether one keeps the contract."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from assistant.cli.understand import BadInput
from assistant.config import Places, load_config
from assistant.contract import find_skill, problems
from assistant.faces.abilities import abilities, family_record
from assistant.faces.screen import show as draw
from assistant.new_skill import write_skill
from assistant.plugins import load_families


def run(args: argparse.Namespace) -> int:
    """Carry out one of the skills commands."""
    verbs: dict[str, Callable[[argparse.Namespace, Places], int]] = {"show": show, "new": new, "check": check}
    return verbs[args.verb](args, Places())


def show(args: argparse.Namespace, places: Places) -> int:
    """Print every skill; a broken one is news, not a failure."""
    families = load_families(places.skills, load_config(places.config_file).skills.disabled)
    if args.json:
        for family in families:
            print(json.dumps(family_record(family), ensure_ascii=False))
        return 0
    draw(abilities(families))
    print(f"Your own skills live in {places.skills}; `hark skills new NAME` writes one.")
    return 0


def new(args: argparse.Namespace, places: Places) -> int:
    """Write a skill and its test."""
    folder = Path(args.into).expanduser() if args.into else places.skills
    skill, test = write_skill(args.name, folder, load_families(places.skills))
    words = args.name.replace("_", " ")
    print(f"{skill}\n{test}")
    if args.into:
        print(f"It counts once it lies in {places.skills}. Until then: hark skills check {skill}")
    else:
        print(f'Try it: hark ask "start {words} for 2 minutes", hark ask 开始{words}, hark ask undo')
    print(f"Its test: python -m pytest {test}")
    return 0


def check(args: argparse.Namespace, places: Places) -> int:
    """Print how a skill file breaks the contract; status 1 when it does."""
    path = Path(args.file).expanduser()
    if path.is_dir():
        path /= "__init__.py"
    if not path.is_file():
        raise BadInput(f"There is no file {path}. `hark skills new NAME` writes one.")
    families = load_families(places.skills)
    found = problems(path, families)
    for problem in found:
        print(json.dumps(asdict(problem), ensure_ascii=False) if args.json else problem)
    if not found and not args.json:
        actions = find_skill(path, families)[0].actions
        print(f"{path}: keeps the contract ({', '.join(actions)}).")
    return 1 if found else 0
