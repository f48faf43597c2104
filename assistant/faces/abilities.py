"""Skills as they are shown: what is there, in which state, and what to say to it."""

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from assistant.examples import example
from assistant.plugins import Family
from assistant.understanding import LANGUAGES

NAMES = {"en": "English", "zh": "中文"}

LOOKS = {"ready": "green", "disabled": "yellow", "broken": "bold red"}


def languages_of(family: Family) -> list[str]:
    """Return the languages in which every action of a family can be asked for."""
    actions = family.actions.values()
    return [language for language in LANGUAGES if actions and all(action.sentences[language] for action in actions)]


def abilities(families: Sequence[Family]) -> RenderableType:
    """Return all skills with their actions, each with a sentence in both languages."""
    widths = [max((len(name) for family in families for name in family.actions), default=0)]
    widths.append(max((len(example(action, "en")) for family in families for action in family.actions.values()), default=0))
    parts: list[RenderableType] = []
    for family in families:
        tail = " · ".join([family.origin, *(NAMES[language] for language in languages_of(family))])
        parts.append(Text.assemble((family.name, "bold"), "  ", (family.status, LOOKS[family.status]), "  ", (tail, "dim")))
        if family.problem:
            parts.append(Text(f"  {family.problem}", "red", no_wrap=True, overflow="ignore"))
        table = Table.grid(padding=(0, 2))
        table.add_column(width=widths[0] + 2, no_wrap=True)
        table.add_column(max_width=widths[1])
        table.add_column()
        for name, action in family.actions.items():
            table.add_row(f"  {name}", example(action, "en"), example(action, "zh"))
        parts += [table, Text()]
    return Group(*parts)


def family_record(family: Family) -> dict[str, Any]:
    """Return a skill as plain data."""
    return {
        "family": family.name,
        "status": family.status,
        "origin": family.origin,
        "problem": family.problem,
        "languages": languages_of(family),
        "actions": [
            {
                "id": name,
                "summary": action.summary,
                "slots": {slot: kind.name for slot, kind in action.slots.items()},
                "required": sorted(action.required),
                **{language: example(action, language) for language in LANGUAGES},
            }
            for name, action in family.actions.items()
        ],
    }
