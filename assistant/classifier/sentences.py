"""Phrases of a skill that brings none: a plugin's templates say enough of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from assistant.classifier.phrases import Phrase, parse_phrases, phrase
from assistant.generator import sentences
from assistant.plugins import Family

EACH = 12
"""Sentences of each template, at most."""


def phrases_of(family: Family, language: str) -> list[Phrase]:
    """Return the phrases a skill's author wrote beside it, `<name>.<language>.txt`, and sentences of its templates.

    Raises PhraseError for a phrase file with a mistake.
    """
    return [*written(family, language), *generated(family, language)]


def written(family: Family, language: str) -> list[Phrase]:
    """Return what is in the phrase file beside the skill's own; nothing when there is none."""
    path = Path(family.origin).with_name(f"{family.name}.{language}.txt")
    return parse_phrases(path.read_text("utf-8"), str(path)) if family.origin.endswith(".py") and path.is_file() else []


def generated(family: Family, language: str) -> Iterator[Phrase]:
    """Yield sentences of the templates, their values marked."""
    for name, action in family.actions.items():
        marked = {
            slot: replace(kind, samples={language: tuple(f"{{{slot}:{said}}}" for said in kind.samples[language])})
            for slot, kind in action.slots.items()
        }
        for node in action.templates[language]:
            for line in sentences(node, marked, language, EACH):
                yield phrase(name, line)
