"""Where what was learnt is kept: the built-in actions' is shipped, a plugin's is learnt when it is new and cached."""

import hashlib
import importlib.resources
import logging
from collections.abc import Iterable, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from zipfile import BadZipFile

from assistant.classifier.learnt import Learnt, load
from assistant.classifier.phrases import Phrase, parse_phrases
from assistant.classifier.sentences import phrases_of
from assistant.classifier.teaching import teach_more
from assistant.plugins import Family
from assistant.words import is_chinese

log = logging.getLogger(__name__)

SHIPPED = Path(__file__).with_name("learnt")
"""Folder of what is shipped, one file a language; `python -m assistant.classifier` makes it."""

BUILT_IN = "skills"
"""Package of the built-in actions; their phrases are in its folder `phrases`."""

OURS = Path(__file__).with_name("talk")
"""Phrases for what is nobody's action: talk, and what Hark does not do."""


def shipped(language: str) -> Learnt:
    """Return what is shipped."""
    return load(SHIPPED / f"{language}.npz")[0]


def built_in_phrases(language: str) -> list[Phrase]:
    """Return all phrases that what is shipped was learnt from."""
    places: list[Traversable] = [importlib.resources.files(BUILT_IN) / "phrases", OURS]
    files = [
        file for place in places for file in sorted(place.iterdir(), key=lambda file: file.name) if file.name.endswith(f".{language}.txt")
    ]
    return [phrase for file in files for phrase in parse_phrases(file.read_text("utf-8"), file.name)]


def fingerprint(phrases: Iterable[Phrase]) -> str:
    """Return what changes when phrases, or the words that are taken for alike, change; Chinese words do not matter to English phrases."""
    phrases = list(phrases)
    chinese = sum(any(map(is_chinese, phrase.text)) for phrase in phrases) * 2 > len(phrases)
    words = (Path(__file__).with_name("concepts.txt")).read_text("utf-8").split()
    digest = hashlib.sha256(" ".join(word for word in words if chinese or word.isascii()).encode())
    for phrase in phrases:
        digest.update(repr(phrase).encode())
    return digest.hexdigest()[:16]


def learnt_of(families: Sequence[Family], language: str, cache: Path | None) -> Learnt:
    """Return what was learnt of a language, with the plugins among the families; a cache keeps these."""
    plugins = [family for family in families if family.actions and not family.module.startswith(f"{BUILT_IN}.")]
    new = [phrase for family in plugins for phrase in phrases_of(family, language)]
    if not new:
        return shipped(language)
    path = cache / f"learnt.{language}.npz" if cache else None
    wanted = fingerprint(new) + load(SHIPPED / f"{language}.npz")[1]
    known = kept(path, wanted) if path else None
    if known is None:
        known = teach_more(shipped(language), built_in_phrases(language), new)
        if path:
            keep(known, path, wanted)
    return known


def kept(path: Path, wanted: str) -> Learnt | None:
    """Return what the cache has, if it was learnt from the same phrases."""
    if not path.exists():
        return None
    try:
        known, found = load(path)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        log.warning("%s cannot be read (%s), so it is learnt again", path.name, error)
        return None
    return known if found == wanted else None


def keep(known: Learnt, path: Path, wanted: str) -> None:
    """Write to the cache; without room it is learnt again next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        known.save(path, wanted)
    except OSError as error:
        log.warning("what was learnt of plugins cannot be kept: %s", error)
