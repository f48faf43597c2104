"""Sentence templates, as Home Assistant users know them.

    (set|start) [a|an] [{label}] timer for {duration}     choice, optional part, slot
    turn it up {direction=up}                             a slot whose value the wording itself gives
    timer[s]                                              inside a word too
    <please> set a timer                                  a named rule, given with the templates

Parsing yields a tree of frozen nodes that the grammar compiles, the generator walks and the recogniser's grammar is written from.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.errors import TemplateError
from assistant.words import split_words


@dataclass(frozen=True, slots=True)
class Literal:
    """Words that must be said."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A value to be found in the words, or given by the wording."""

    name: str
    value: Any = None
    """JSON form; None when it is to be found."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several parts."""

    options: tuple["Node", ...]


Node = Literal | Slot | Sequence | Choice
EMPTY = Sequence(())

PIECE = re.compile(r"\s+|[()\[\]|]|\{[^{}]*\}|<[^<>]*>|[^\s()\[\]|{}<>]+")
SLOT = re.compile(r"\{\s*([a-z_][a-z0-9_]*)\s*(?:=\s*(.+?)\s*)?\}")
ENDS = frozenset(")]|")
"""What a sequence ends before."""


class Rules:
    """Named templates; each is read once, when one first asks for it."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._trees: dict[str, Node] = {}
        self._open: list[str] = []

    def tree(self, name: str, text: str) -> Node:
        """Return the tree of a rule that a template names. Raises TemplateError when there is none or it names itself."""
        if name not in self._texts:
            raise TemplateError(f"No rule <{name}> for the template '{text}'. There are: {', '.join(self._texts) or 'none'}.")
        if name in self._open:
            raise TemplateError(f"The rule <{name}> names itself in the template '{text}'.")
        if name not in self._trees:
            self._open.append(name)
            try:
                self._trees[name] = parse_template(self._texts[name], self)
            finally:
                self._open.pop()
        return self._trees[name]


def parse_template(text: str, rules: Rules | Mapping[str, str] | None = None) -> Node:
    """Return the tree of a template; `rules` are named templates for `<name>`.

    Raises TemplateError saying what is wrong and where.
    """
    pieces = PIECE.findall(text)
    if "".join(pieces) != text:
        bad = next(char for char in text if char in "{}<>")
        raise TemplateError(f"'{bad}' is not closed in the template '{text}'.")
    reader = Reader(text, pieces, rules if isinstance(rules, Rules) else Rules(rules or {}))
    node = reader.choice(None)
    if not pieces or node == EMPTY:
        raise TemplateError("A template is empty. Write a sentence people say, such as 'what time is it'.")
    return node


class Templates(Mapping[str, tuple[Node, ...]]):
    """The templates of an action by language, in the order written; each is read when one first asks for it."""

    def __init__(self, texts: Mapping[str, tuple[str, ...]], rules: Mapping[str, str]) -> None:
        self.texts = texts
        self.rules = rules
        self._named = Rules(rules)
        self._nodes: dict[tuple[str, int], Node] = {}

    def node(self, language: str, place: int) -> Node:
        """Return one of them. Raises TemplateError."""
        key = (language, place)
        if key not in self._nodes:
            self._nodes[key] = parse_template(self.texts[language][place], self._named)
        return self._nodes[key]

    def __getitem__(self, language: str) -> tuple[Node, ...]:
        return tuple(self.node(language, place) for place in range(len(self.texts[language])))

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


class Reader:
    """Reads the pieces of one template from left to right."""

    def __init__(self, text: str, pieces: list[str], rules: Rules) -> None:
        self._text = text
        self._pieces = pieces
        self._rules = rules
        self._at = 0

    def choice(self, closing: str | None) -> Node:
        """Read alternatives up to the closing bracket, or the end when there is none."""
        options = [self.sequence()]
        while self._peek() == "|":
            self._at += 1
            options.append(self.sequence())
        if self._peek() != closing:
            found = f"'{self._peek()}'" if self._peek() else "the end"
            wanted = f"'{closing}'" if closing else "the end"
            raise TemplateError(f"Expected {wanted} but found {found} in the template '{self._text}'.")
        self._at += 1
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self) -> Node:
        """Read parts up to `|` or a closing bracket; parts that touch inside a Latin word are joined into its variants."""
        parts: list[Node] = []
        glued = False
        while (piece := self._peek()) is not None and piece not in ENDS:
            if piece.isspace():
                self._at += 1
                glued = False
                continue
            part = self.part()
            if glued and parts:
                parts[-1:] = join(parts[-1], part)
            else:
                parts.append(part)
            glued = True
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def part(self) -> Node:
        """Read one word, group, optional part, slot or rule."""
        piece = self._pieces[self._at]
        self._at += 1
        if piece == "(":
            return self.choice(")")
        if piece == "[":
            return Choice((self.choice("]"), EMPTY))
        if piece.startswith("{"):
            return self.slot(piece)
        if piece.startswith("<"):
            return self._rules.tree(piece[1:-1].strip(), self._text)
        return literal(piece)

    def slot(self, piece: str) -> Slot:
        """Read `{name}` or `{name=value}`."""
        match = SLOT.fullmatch(piece)
        if not match:
            raise TemplateError(f"'{piece}' is no slot in the template '{self._text}'. Write {{name}} or {{name=value}}.")
        if match[2] is None:
            return Slot(match[1])
        try:
            return Slot(match[1], json.loads(match[2]))
        except ValueError:
            return Slot(match[1], match[2])

    def _peek(self) -> str | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None


@lru_cache(maxsize=4096)
def literal(piece: str) -> Node:
    """Return the words of a piece without brackets; punctuation is nothing, as nobody pronounces it."""
    words = tuple(word.norm for word in split_words(piece))
    return Literal(words) if words else EMPTY


def join(left: Node, right: Node) -> list[Node]:
    """Return two touching parts as one choice of whole words when both are Latin words, else side by side."""
    starts = spellings(left)
    ends = spellings(right) if starts is not None else None
    if starts is None or ends is None:
        return [left, right]
    options = [literal(word) for word in dict.fromkeys(start + end for start in starts for end in ends)]
    return [Choice(tuple(options))] if len(options) > 1 else options


def spellings(node: Node) -> list[str] | None:
    """Return every way to write a part that is one Latin word at most; None when it is more than that or Chinese."""
    if isinstance(node, Literal):
        return [node.words[0]] if len(node.words) == 1 and node.words[0][0].isascii() else None
    if node == EMPTY:
        return [""]
    if not isinstance(node, Choice):
        return None
    every: list[str] = []
    for option in node.options:
        some = spellings(option)
        if some is None:
            return None
        every += some
    return every


def slots_in(node: Node, known: dict[int, set[str]] | None = None) -> set[str]:
    """Return the names of all slots in a template; `known` remembers those of the parts that templates share, by identity."""
    if isinstance(node, Literal):
        return set()
    if isinstance(node, Slot):
        return {node.name}
    known = {} if known is None else known
    if id(node) not in known:
        found: set[str] = set()
        for part in node.parts if isinstance(node, Sequence) else node.options:
            if not isinstance(part, Literal):
                found |= slots_in(part, known)
        known[id(node)] = found
    return known[id(node)]
