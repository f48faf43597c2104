"""The grammar: all templates of all actions in one automaton, matched in well under a millisecond.

Of several readings of a sentence the most specific wins: most literal words, then most words in typed slots, then the
template given first. Of several ways through one template the one wins that leaves least to free text. The same sentence
therefore always means the same thing.

Most templates never look at a sentence: each is filed under words that it cannot do without.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from assistant.needs import Needs, needs_of
from assistant.slots import SlotType, Span
from assistant.template import Choice, Literal, Node, Slot
from assistant.template import Sequence as Parts
from assistant.words import MAX_WORDS, Word


@dataclass(frozen=True, slots=True)
class Rule:
    """One template of one action."""

    action: str
    read: Callable[[], Node]
    """Gives the template."""
    types: dict[str, SlotType]
    order: int
    needs: Needs


def rule_of(action: str, node: Node, types: dict[str, SlotType], order: int) -> Rule:
    """Return the rule of a template that was read already."""
    return Rule(action, lambda: node, types, order, needs_of(node, {}))


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
    ends_in: str = ""
    """The slot that has the last word; empty when it is the template's own."""

    @property
    def rank(self) -> tuple[int, int, int]:
        """Compare readings by this; the greatest wins."""
        return (self.literals, self.typed, -self.order)


@dataclass(slots=True)
class State:
    """A place in a template between two words."""

    words: dict[str, "State"] = field(default_factory=dict)
    slots: list[tuple[Slot, "State"]] = field(default_factory=list)
    empty: list["State"] = field(default_factory=list)
    final: bool = False
    least: int = 0
    """Words that must still come, at least."""
    starts: frozenset[str] | None = None
    """The words that can come next, "" for the end; None when a slot can, which may begin with any."""


class Program:
    """A template, compiled when a sentence first gets as far as it."""

    def __init__(self, rule: Rule, place: int) -> None:
        self.rule = rule
        self.place = place
        """Among all templates, in the order given."""

    @cached_property
    def start(self) -> State:
        """The automaton."""
        return attach(self.rule.read(), State(final=True, starts=frozenset({""})))


class Grammar:
    """All templates of one language."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._programs = [Program(rule, place) for place, rule in enumerate(rules)]
        self._by_need: dict[str, list[Program]] = {}
        self._needless: list[Program] = []
        for program in self._programs:
            for word in program.rule.needs[0] if program.rule.needs else ():
                self._by_need.setdefault(word, []).append(program)
            if not program.rule.needs:
                self._needless.append(program)

    def read(self, words: Sequence[Word], parse: "Parse") -> list[Reading]:
        """Return all readings of the whole sentence, best first."""
        if not words or len(words) > MAX_WORDS:
            return []
        readings = filter(None, (Match(program, words, parse).best() for program in self._possible(words)))
        return sorted(readings, key=lambda reading: reading.rank, reverse=True)

    def can_go_on(self, words: Sequence[Word], parse: "Parse") -> bool:
        """Tell whether more words could make a sentence of these that is another than these are."""
        if not words or len(words) > MAX_WORDS:
            return False
        return any(Match(program, words, parse).reaches_beyond() for program in self._begun[words[0].norm] + self._begun[""])

    def _possible(self, words: Sequence[Word]) -> list[Program]:
        """Return the templates that have the words they need, in the order given."""
        said = {word.norm for word in words}
        filed = {program.place: program for word in said for program in self._by_need.get(word, ())}
        having = [program for program in filed.values() if not any(said.isdisjoint(need) for need in program.rule.needs)]
        return sorted([*having, *self._needless], key=lambda program: program.place)

    @cached_property
    def _begun(self) -> "Beginnings":
        """The templates by the words they can begin with; under "" those that can begin with a slot."""
        found = Beginnings()
        for program in self._programs:
            for word in firsts(program.rule.read())[0]:
                found.setdefault(word, []).append(program)
        return found


class Beginnings(dict[str, list[Program]]):
    """Templates by their first word; none for other words."""

    def __missing__(self, word: str) -> list[Program]:
        return []


Parse = Callable[[SlotType, int], list[Span]]
"""Finds the values of a type that begin at a word; remembers what it found."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The best way to explain the words from one on."""

    literals: int = 0
    typed: int = 0
    slots: tuple[tuple[str, Any], ...] = ()
    ends_in: str = ""

    @property
    def rank(self) -> tuple[int, int]:
        """Compare by this; the greatest wins, the first found among equals: "tomorrow at 3" is all of the time, not "at 3"."""
        return (self.literals + self.typed, self.literals)


class Match:
    """One template against one sentence."""

    def __init__(self, program: Program, words: Sequence[Word], parse: Parse) -> None:
        self._program = program
        self._words = words
        self._parse = parse
        self._known: dict[tuple[int, int], Rest | None] = {}
        self._open = False

    def best(self) -> Reading | None:
        """Return the best way the template explains the whole sentence; None when it does not."""
        rest = self._rest(self._program.start, 0)
        rule = self._program.rule
        return Reading(rule.action, dict(rest.slots), rest.literals, rest.typed, rule.order, rest.ends_in) if rest else None

    def reaches_beyond(self) -> bool:
        """Tell whether the words are a true beginning of the template."""
        self._rest(self._program.start, 0)
        return self._open

    def _rest(self, state: State, at: int) -> Rest | None:
        if at == len(self._words):
            self._open |= bool(state.words) or any(slot.value is None for slot, _ in state.slots)
        elif state.starts is not None and self._words[at].norm not in state.starts:
            return None
        key = (id(state), at)
        if key not in self._known:
            best = Rest() if state.final and at == len(self._words) else None
            for rest in self._ways(state, at):
                if best is None or rest.rank > best.rank:
                    best = rest
            self._known[key] = best
        return self._known[key]

    def _ways(self, state: State, at: int) -> Iterator[Rest]:
        """Yield each way on from a state."""
        for after in state.empty:
            if rest := self._rest(after, at):
                yield rest
        following = state.words.get(self._words[at].norm) if at < len(self._words) else None
        if following and (rest := self._rest(following, at + 1)):
            yield Rest(rest.literals + 1, rest.typed, rest.slots, rest.ends_in)
        for slot, after in state.slots:
            for value, end, typed in self._values(slot, at, after.least):
                if rest := self._rest(after, end):
                    ends_in = slot.name if at < end == len(self._words) else rest.ends_in
                    yield Rest(rest.literals, rest.typed + typed, ((slot.name, value), *rest.slots), ends_in)

    def _values(self, slot: Slot, at: int, least: int) -> Iterator[tuple[Any, int, int]]:
        """Yield the values of a slot with the word after each and how many of its words were typed."""
        kind = self._program.rule.types[slot.name]
        if slot.value is not None:
            yield kind.from_json(slot.value), at, 0
        elif at < len(self._words):
            for span in self._parse(kind, at):
                if span.end + least <= len(self._words):
                    yield span.value, span.end, (span.end - at) * kind.is_typed


def attach(node: Node, after: State) -> State:
    """Return a state from which the node leads to `after`."""
    match node:
        case Literal(words):
            for word in reversed(words):
                after = State(words={word: after}, least=after.least + 1, starts=frozenset({word}))
            return after
        case Slot() as slot:
            is_found = slot.value is None
            return State(slots=[(slot, after)], least=after.least + is_found, starts=None if is_found else after.starts)
        case Parts(parts):
            for part in reversed(parts):
                after = attach(part, after)
            return after
        case Choice(options):
            branches = [attach(option, after) for option in options]
            return merge(branches)
    raise TypeError(f"no such node: {node!r}")


def merge(branches: list[State]) -> State:
    """Return one state that leads wherever the branches do; those of one word each become a single look-up."""
    least = min(branch.least for branch in branches)
    words: dict[str, State] = {}
    empty = []
    for branch in branches:
        plain = not (branch.slots or branch.empty or branch.final)
        if plain and words.keys().isdisjoint(branch.words):
            words |= branch.words
        else:
            empty.append(branch)
    starts = [branch.starts for branch in branches]
    known = [each for each in starts if each is not None]
    return State(words=words, empty=empty, least=least, starts=frozenset().union(*known) if len(known) == len(starts) else None)


def firsts(node: Node) -> tuple[frozenset[str], bool]:
    """Return the words a node can begin with, "" for a slot to be found, and whether it can be nothing at all."""
    match node:
        case Literal(words):
            return frozenset(words[:1]), False
        case Slot(value=None):
            return frozenset({""}), False
        case Parts(parts):
            found: frozenset[str] = frozenset()
            for part in parts:
                more, skipped = firsts(part)
                found |= more
                if not skipped:
                    return found, False
            return found, True
        case Choice(options):
            each = [firsts(option) for option in options]
            return frozenset().union(*(words for words, _ in each)), any(skipped for _, skipped in each)
    return frozenset(), True
