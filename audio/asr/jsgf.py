"""Sentence grammars in JSGF (Java Speech Grammar Format 1.0), compiled to the smallest automaton that reads the same sentences.

Understood: rules, (groups), [options], | alternatives, <NULL>, "quoted words", {tags} and /weights/ (both ignored), comments.
Not understood: import, recursion, * and +; a spoken command repeats nothing without end.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from audio.errors import EngineError

TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|\s+|                        # comments and space
    (<[^<>]+>|"(?:\\.|[^"])*"|[;=|*+()\[\]]|         # rule names, quoted words, signs
    \{(?:\\.|[^}])*\}|/[0-9.e-]+/|                    # tags, weights
    [^\s;=|*+<>()\[\]{}/"]+)                         # words""",
    re.DOTALL | re.VERBOSE,
)
HEADER = re.compile(r"\ufeff?\s*#JSGF[^;]*;\s*grammar\s+[^;]+;")


@dataclass(slots=True)
class Sentences:
    """Finite sets of sentences, each a number; equal sets are the same number, so that every automaton is minimal as it is built."""

    _nodes: list[tuple[bool, dict[str, int]]] = field(default_factory=lambda: [(False, {}), (True, {})])
    """Of each set: whether the empty sentence is in it, and by first word what may follow."""
    _numbers: dict[tuple[bool, frozenset[tuple[str, int]]], int] = field(default_factory=dict)
    _unions: dict[tuple[int, int], int] = field(default_factory=dict)
    _joined: dict[tuple[int, int], int] = field(default_factory=dict)

    NOTHING = 0
    """No sentence at all."""
    EMPTY = 1
    """The empty sentence alone."""

    def _number(self, ends: bool, edges: dict[str, int]) -> int:
        edges = {word: rest for word, rest in edges.items() if rest != self.NOTHING}
        if not edges:
            return self.EMPTY if ends else self.NOTHING
        key = (ends, frozenset(edges.items()))
        if key not in self._numbers:
            self._numbers[key] = len(self._nodes)
            self._nodes.append((ends, edges))
        return self._numbers[key]

    def word(self, word: str) -> int:
        """Return the set of this one-word sentence."""
        return self._number(False, {word: self.EMPTY})

    def union(self, one: int, other: int) -> int:
        """Return the sentences of either."""
        if other in (one, self.NOTHING):
            return one
        if one == self.NOTHING:
            return other
        key = (min(one, other), max(one, other))
        if key not in self._unions:
            (ends, edges), (other_ends, other_edges) = self._nodes[one], self._nodes[other]
            merged = edges | {word: self.union(edges.get(word, self.NOTHING), rest) for word, rest in other_edges.items()}
            self._unions[key] = self._number(ends or other_ends, merged)
        return self._unions[key]

    def join(self, one: int, other: int) -> int:
        """Return each sentence of one followed by each of the other."""
        if self.NOTHING in (one, other):
            return self.NOTHING
        if one == self.EMPTY:
            return other
        key = (one, other)
        if key not in self._joined:
            ends, edges = self._nodes[one]
            longer = self._number(False, {word: self.join(rest, other) for word, rest in edges.items()})
            self._joined[key] = self.union(longer, other) if ends else longer
        return self._joined[key]

    def automaton(self, start: int) -> "Automaton":
        """Return the states that a set of sentences needs."""
        states, waiting = {start: 0}, [start]
        edges: list[tuple[int, str, int]] = []
        for node in waiting:
            for word, rest in self._nodes[node][1].items():
                if rest not in states:
                    states[rest] = len(states)
                    waiting.append(rest)
                edges.append((states[node], word, states[rest]))
        return Automaton(tuple(edges), frozenset(states[node] for node in waiting if self._nodes[node][0]))


@dataclass(frozen=True, slots=True)
class Automaton:
    """A deterministic automaton without cycles; it starts in state 0."""

    edges: tuple[tuple[int, str, int], ...]
    """From state, word, to state."""
    finals: frozenset[int]
    """States in which a sentence may end."""

    @property
    def words(self) -> frozenset[str]:
        """All words of all sentences."""
        return frozenset(word for _, word, _ in self.edges)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a grammar text allows to be said."""

    automaton: Automaton
    missing: tuple[str, ...]
    """Words that are not known; the alternatives they stand in are left out. Sorted."""


def read(text: str, known: Callable[[str], bool], before: Iterable[str] = ()) -> Grammar:
    """Compile a grammar text, every public rule of it.

    `known` tells whether a word can be recognised. Each word of `before` may come once, in this order, ahead of any sentence.
    Raises EngineError.
    """
    header = HEADER.match(text)
    if not header:
        raise EngineError('The grammar does not begin with "#JSGF V1.0; grammar NAME;".')
    bodies, public = rules(tokens(text[header.end() :]))
    if not public:
        raise EngineError(f"The grammar has no public rule, only: {', '.join(bodies) or 'nothing'}.")
    expansion = Expansion(bodies, known)
    sentences, said = expansion.sentences, Sentences.NOTHING
    for name in public:
        said = sentences.union(said, expansion.rule(name))
    for word in reversed(tuple(before)):
        said = sentences.union(sentences.join(sentences.word(word), said), said)
    if said in (Sentences.NOTHING, Sentences.EMPTY):
        raise EngineError(f"The grammar allows no sentence. Unknown words: {', '.join(sorted(expansion.missing)) or 'none'}.")
    return Grammar(sentences.automaton(said), tuple(sorted(expansion.missing)))


def tokens(text: str) -> list[str]:
    """Split rules into names, words and signs. Raises EngineError at what is none of them."""
    found, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            line = text.count("\n", 0, at) + 1
            raise EngineError(f"The grammar cannot be read from line {line} after its header on: {text[at : at + 40]!r}.")
        if match[1] and match[1][0] not in "{/":
            found.append(match[1])
        at = match.end()
    return found


def rules(found: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """Return each rule's body by its name, and the names of the public ones. Raises EngineError."""
    bodies: dict[str, list[str]] = {}
    public: list[str] = []
    rule: list[str] = []
    for sign in [*found, *([] if not found or found[-1] == ";" else [";"])]:
        if sign != ";":
            rule.append(sign)
            continue
        match rule:
            case ["public", name, "=", *body] if name.startswith("<") and body:
                public.append(name)
            case [name, "=", *body] if name.startswith("<") and body:
                pass
            case _:
                raise EngineError(f'Expected "<name> = ... ;" in the grammar, found "{" ".join(rule[:8])}".')
        if name in bodies:
            raise EngineError(f"The grammar defines {name} twice.")
        bodies[name], rule = body, []
    return bodies, public


class Expansion:
    """Turns the bodies of rules into sets of sentences."""

    def __init__(self, bodies: dict[str, list[str]], known: Callable[[str], bool]) -> None:
        """`known` tells whether a word can be recognised."""
        self.sentences = Sentences()
        self.missing: set[str] = set()
        self._bodies = bodies
        self._known = known
        self._ready = {"<NULL>": Sentences.EMPTY, "<VOID>": Sentences.NOTHING}
        self._open: list[str] = []

    def rule(self, name: str) -> int:
        """Return what a rule allows. Raises EngineError."""
        if name in self._ready:
            return self._ready[name]
        if name not in self._bodies:
            raise EngineError(f"The grammar uses {name} but does not define it. Defined: {', '.join(self._bodies)}.")
        if name in self._open:
            raise EngineError(f"The grammar's {name} contains itself; a command must end some time.")
        self._open.append(name)
        rest = self._bodies[name][::-1]  # popped from the end
        found = self._alternatives(rest, name)
        if rest:
            raise EngineError(f'The grammar has a "{rest[-1]}" too many in {name}.')
        self._open.pop()
        self._ready[name] = found
        return found

    def _alternatives(self, rest: list[str], name: str) -> int:
        found = self._sequence(rest, name)
        while rest and rest[-1] == "|":
            rest.pop()
            found = self.sentences.union(found, self._sequence(rest, name))
        return found

    def _sequence(self, rest: list[str], name: str) -> int:
        if not rest or rest[-1] in "|)]":
            raise EngineError(f"The grammar has an empty alternative in {name}; write <NULL> or [...] for what may be left out.")
        found = Sentences.EMPTY
        while rest and rest[-1] not in "|)]":
            found = self.sentences.join(found, self._item(rest, name))
        return found

    def _item(self, rest: list[str], name: str) -> int:
        sign = rest.pop()
        if sign in ("(", "["):
            found = self._alternatives(rest, name)
            if not rest or rest.pop() != {"(": ")", "[": "]"}[sign]:
                raise EngineError(f'The grammar has a "{sign}" that is not closed in {name}.')
            return found if sign == "(" else self.sentences.union(found, Sentences.EMPTY)
        if sign in "*+=":
            raise EngineError(f'The grammar has "{sign}" in {name}, which is not understood here.')
        if sign.startswith("<"):
            return self.rule(sign)
        return self._words(sign)

    def _words(self, token: str) -> int:
        found = Sentences.EMPTY
        for word in token.strip('"').lower().split():
            if not self._known(word):
                self.missing.add(word)
                return Sentences.NOTHING
            found = self.sentences.join(found, self.sentences.word(word))
        return found
