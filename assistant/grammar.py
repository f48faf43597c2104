"""The grammar: all templates of all actions in one automaton, matched in well under a millisecond.

Of several readings of a sentence the most specific wins: most literal words, then most words in typed slots, then the
template given first. The same sentence therefore always means the same thing.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.slots import SlotType, Span
from assistant.template import Choice, Literal, Node, Slot
from assistant.template import Sequence as Parts
from assistant.words import MAX_WORDS, Word


@dataclass(frozen=True, slots=True)
class Rule:
    """One template of one action."""

    action: str
    node: Node
    types: dict[str, SlotType]
    order: int


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a sentence."""

    action: str
    slots: dict[str, Any]
    """Python values."""
    literals: int
    """How many words the template itself has."""
    typed: int
    """How many words typed slots took."""
    order: int

    @property
    def rank(self) -> tuple[int, int, int]:
        """Compare readings by this; the greatest wins."""
        return (self.literals, self.typed, -self.order)


@dataclass(slots=True)
class State:
    """A place in a template between two words."""

    words: dict[str, list["State"]] = field(default_factory=dict)
    slots: list[tuple[Slot, "State"]] = field(default_factory=list)
    empty: list["State"] = field(default_factory=list)
    final: bool = False
    least: int = 0
    """Words that must still come, at least."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled template."""

    rule: Rule
    start: State


class Grammar:
    """All templates of one language."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._programs = [Program(rule, compile_node(rule.node)) for rule in rules]
        self._by_first: dict[str, list[Program]] = {}
        self._any_first: list[Program] = []
        for program in self._programs:
            first, opens_with_slot = firsts(program.start)
            if opens_with_slot:
                self._any_first.append(program)
            else:
                for word in first:
                    self._by_first.setdefault(word, []).append(program)

    def read(self, words: Sequence[Word], parse: "Parse") -> list[Reading]:
        """Return all readings of the whole sentence, best first."""
        if not words or len(words) > MAX_WORDS:
            return []
        readings: list[Reading] = []
        for program in [*self._by_first.get(words[0].norm, ()), *self._any_first]:
            best = max(Match(program, words, parse).readings(), key=lambda reading: reading.rank, default=None)
            if best:
                readings.append(best)
        return sorted(readings, key=lambda reading: reading.rank, reverse=True)

    def can_go_on(self, words: Sequence[Word], parse: "Parse") -> bool:
        """Tell whether more words could make a sentence of these that is another than these are."""
        if not words or len(words) > MAX_WORDS:
            return False
        return any(Match(program, words, parse).reaches_beyond() for program in [*self._by_first.get(words[0].norm, ()), *self._any_first])


Parse = Callable[[SlotType, int], list[Span]]
"""Finds the values of a type that begin at a word; remembers what it found."""


class Match:
    """One template against one sentence."""

    def __init__(self, program: Program, words: Sequence[Word], parse: Parse) -> None:
        self._program = program
        self._words = words
        self._parse = parse
        self._dead: set[tuple[int, int]] = set()
        self._open = False

    def readings(self) -> Iterator[Reading]:
        """Yield every way the template explains the whole sentence."""
        rule = self._program.rule
        for slots, literals, typed in self._walk(self._program.start, 0):
            yield Reading(rule.action, slots, literals, typed, rule.order)

    def reaches_beyond(self) -> bool:
        """Tell whether the words are a true beginning of the template."""
        for _ in self._walk(self._program.start, 0):
            pass
        return self._open

    def _walk(self, state: State, at: int) -> Iterator[tuple[dict[str, Any], int, int]]:
        key = (id(state), at)
        if key in self._dead:
            return
        found = False
        if at == len(self._words):
            self._open |= bool(state.words or state.slots)
            if state.final:
                found = True
                yield {}, 0, 0
        for after in state.empty:
            for result in self._walk(after, at):
                found = True
                yield result
        if at < len(self._words):
            for after in state.words.get(self._words[at].norm, ()):
                for slots, literals, typed in self._walk(after, at + 1):
                    found = True
                    yield slots, literals + 1, typed
        for slot, after in state.slots:
            for value, end, is_typed in self._values(slot, at, after.least):
                for slots, literals, typed in self._walk(after, end):
                    found = True
                    yield {slot.name: value} | slots, literals, typed + is_typed * (end - at)
        if not found:
            self._dead.add(key)

    def _values(self, slot: Slot, at: int, least: int) -> Iterator[tuple[Any, int, bool]]:
        kind = self._program.rule.types[slot.name]
        if slot.value is not None:
            yield kind.from_json(slot.value), at, True
        elif at < len(self._words):
            for span in self._parse(kind, at):
                if span.end + least <= len(self._words):
                    yield span.value, span.end, kind.is_typed


def compile_node(node: Node) -> State:
    """Return the automaton of a template."""
    end = State(final=True)
    return attach(node, end)


def attach(node: Node, after: State) -> State:
    """Return a state from which the node leads to `after`."""
    match node:
        case Literal(words):
            for word in reversed(words):
                after = State(words={word: [after]}, least=after.least + 1)
            return after
        case Slot() as slot:
            return State(slots=[(slot, after)], least=after.least + (slot.value is None))
        case Parts(parts):
            for part in reversed(parts):
                after = attach(part, after)
            return after
        case Choice(options):
            branches = [attach(option, after) for option in options]
            return State(empty=branches, least=min(branch.least for branch in branches))
    raise TypeError(f"no such node: {node!r}")


def firsts(state: State) -> tuple[set[str], bool]:
    """Return the words a template can begin with, and whether it can begin with a slot instead."""
    words, slot = set(state.words), False
    for given, after in state.slots:
        if given.value is None:
            slot = True
        else:
            more, more_slot = firsts(after)
            words |= more
            slot |= more_slot
    for after in state.empty:
        more, more_slot = firsts(after)
        words |= more
        slot |= more_slot
    return words, slot
