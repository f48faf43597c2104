"""The words that a template cannot do without, by which the grammar files it.

To find them all templates must be read, a third of the time of `hark ask`; so they are worked out once and kept in a file.
"""

import hashlib
import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec

from assistant import template, words
from assistant.skill import Action
from assistant.template import EMPTY, Choice, Literal, Node, Slot
from assistant.template import Sequence as Parts

log = logging.getLogger(__name__)

Needs = tuple[tuple[str, ...], ...]
"""Sets of words, the smallest first; a sentence must have one of each."""

Found = frozenset[frozenset[str]]

NONE: Found = frozenset()


class Filed:
    """What each template needs, of all actions that were ever asked about."""

    def __init__(self, path: Path | None = None) -> None:
        """Take the file it is kept in; without one it is kept as long as the process."""
        self._path = path
        self._asked: dict[str, dict[str, tuple[Needs, ...]]] = {}
        self._is_new = False

    def of(self, action: Action) -> Mapping[str, tuple[Needs, ...]]:
        """Return what each template of an action needs, by language. Raises SkillError when a template is wrong."""
        key = fingerprint(action)
        if key not in self._asked:
            found = self._kept.get(key)
            if found is None:
                action.verify()
                known: dict[int, Found] = {}
                found = {language: tuple(needs_of(node, known) for node in nodes) for language, nodes in action.templates.items()}
                self._is_new = True
            self._asked[key] = found
        return self._asked[key]

    def keep(self) -> None:
        """Write what is new to the file, and leave out what nobody asked about; without room it is worked out again next time."""
        if not self._path or not self._is_new:
            return
        draft = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(msgspec.json.encode(self._asked))
            draft.replace(self._path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            log.warning("what the templates need cannot be kept: %s", error)
        self._is_new = False

    @cached_property
    def _kept(self) -> dict[str, dict[str, tuple[Needs, ...]]]:
        if not self._path or not self._path.exists():
            return {}
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, dict[str, tuple[Needs, ...]]])
        except (OSError, msgspec.DecodeError) as error:
            log.warning("%s cannot be read (%s), so it is worked out again", self._path.name, error)
            return {}


def fingerprint(action: Action) -> str:
    """Return what changes when the templates of an action, or the code that reads them, change."""
    written = (action.templates.texts, action.templates.rules, sorted(action.slots))
    return hashlib.sha256(repr(written).encode() + CODE).hexdigest()[:24]


CODE = b"".join(hashlib.sha256(Path(str(file)).read_bytes()).digest() for file in (__file__, template.__file__, words.__file__))


def needs_of(node: Node, known: dict[int, Found]) -> Needs:
    """Return what a template needs; `known` remembers it of the parts that templates share, by identity."""
    return tuple(tuple(sorted(words)) for words in sorted(found_in(node, known), key=by_size))


def by_size(words: frozenset[str]) -> tuple[int, list[str]]:
    """Return how sets of words are ordered: the same in every process, which sets of text are not by themselves."""
    return len(words), sorted(words)


def found_in(node: Node, known: dict[int, Found]) -> Found:
    """Return sets of words of which every sentence of the node has one each."""
    if isinstance(node, Slot) or (isinstance(node, Choice) and EMPTY in node.options):
        return NONE
    if id(node) not in known:
        known[id(node)] = found_anew(node, known)
    return known[id(node)]


def found_anew(node: Node, known: dict[int, Found]) -> Found:
    """Return what a node needs that nobody has asked for before."""
    match node:
        case Literal(words):
            return frozenset([frozenset([word]) for word in words])
        case Parts(parts):
            return NONE.union(*[found_in(part, known) for part in parts])
        case Choice(options):
            each = [min(found_in(option, known), key=by_size, default=None) for option in options]
            return NONE if None in each else frozenset([frozenset().union(*filter(None, each))])
    return NONE
