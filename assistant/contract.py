"""What every skill keeps to, as checks that say which line breaks it and what cures that.

Both languages, described slots and questions for required ones are checked when a file is loaded; here comes what needs the
other skills to compare with, and the source to look into.
"""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.examples import examples
from assistant.generator import sentences
from assistant.plugins import Family, load_file
from assistant.skill import Action
from assistant.understanding import LANGUAGES, Understanding
from assistant.vocabulary import Intent

TRIED = 25
"""Sentences of each template of the skill, spread over all its ways to be said."""

TRIED_OF_OTHERS = 3
"""Sentences of each template of the other skills, to see that they still mean what they did."""

SOME_DAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""A Monday morning; no template depends on it, days in it do."""

CHANGES = {"schedule", "set_volume", "set_muted", "start", "put", "remove"}
"""Methods of the context and of its timers that change something."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach of the contract."""

    file: str
    line: int
    """0 when it is the whole file's."""
    action: str
    """Empty when it is the whole file's."""
    text: str
    """What is wrong, and what cures it."""

    def __str__(self) -> str:
        """Return it as compilers do, so that editors jump to it."""
        if not self.line:
            return self.text
        return f"{self.file}:{self.line}: {self.action}: {self.text}"


def find_skill(path: Path, families: Sequence[Family]) -> tuple[Family, list[Family]]:
    """Return the skill in a file, loaded if it is not installed, and all the others."""
    path = path.resolve()
    for family in families:
        module = sys.modules.get(family.module)
        if module and module.__file__ and Path(module.__file__).resolve() == path:
            return family, [other for other in families if other is not family]
    return load_file(path), [other for other in families if Path(other.origin) != path]


def problems(path: Path, families: Sequence[Family]) -> list[Problem]:
    """Return everything by which a skill file breaks the contract beside the skills that are installed."""
    family, others = find_skill(path, families)
    if family.status == "broken":
        return [Problem(str(path), 0, "", family.problem)]
    taken = next((other for other in others if other.name == family.name), None)
    if taken:
        return [Problem(str(path), 0, "", f"{path}: the name '{family.name}' is taken by {taken.origin}. Rename the file.")]
    source = Source(path)
    before, together = Understanding(others), Understanding([*others, family])
    unclear = list(strangers(family, before, together, source)) or list(stolen(family, before, together, source))
    return [*unclear, *without_undo(family, source)]


class Source:
    """A skill file as text, to find lines in."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}

    def problem(self, action: str, template: str, text: str) -> Problem:
        """Return a problem of an action, at the line of one of its templates if that is found."""
        function = self.functions.get(action.partition(".")[2]) or self.functions.get(f"{action.partition('.')[2]}_")
        first = min((function.lineno, *(one.lineno for one in function.decorator_list))) if function else 1
        last = function.end_lineno or first if function else sys.maxsize
        lines = [node.lineno for node in ast.walk(self.tree) if isinstance(node, ast.Constant) and node.value == template]
        return Problem(self.path, next((line for line in lines if first <= line <= last), first), action, text)

    def called(self, name: str, seen: frozenset[str] = frozenset()) -> Iterator[ast.Call]:
        """Yield the calls a function makes, those of the file's own functions that it calls included."""
        function = self.functions.get(name)
        if function is None or name in seen:
            return
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                yield node
                if isinstance(node.func, ast.Name):
                    yield from self.called(node.func.id, seen | {name})


def strangers(family: Family, before: Understanding, together: Understanding, source: Source) -> Iterator[Problem]:
    """Yield the templates of a skill whose sentences are not understood as it, or meant something before; one example each."""
    for name, action in family.actions.items():
        for language in LANGUAGES:
            for template, node in zip(action.sentences[language], action.templates[language], strict=True):
                for text in sentences(node, action.slots, language, TRIED):
                    wrong = what_is_wrong(text, name, together.read(text, language, SOME_DAY)) or shared(text, language, before)
                    if wrong:
                        yield source.problem(name, template, f"in the template '{template}': {wrong}")
                        break


def shared(text: str, language: str, before: Understanding) -> str:
    """Return that a sentence meant another action before; empty when none, or one that takes any words at all."""
    action = meant(text, language, before)
    return f"'{text}' means {action} already. Say it with words of its own, or leave it to that action." if action else ""


def meant(text: str, language: str, before: Understanding) -> str:
    """Return the action that a sentence means without the skill; empty when none, or one that takes any words at all."""
    intent = before.read(text, language, SOME_DAY)
    typed = intent and all(before.actions[intent.action].slots[slot].is_typed for slot in intent.slots)
    return intent.action if intent and typed else ""


def what_is_wrong(text: str, name: str, intent: Intent | None) -> str:
    """Return what became of a sentence instead of its action, and the cure; empty when it is understood."""
    if intent is None:
        return f"'{text}' is not understood at all. Is a free-text slot directly beside another slot?"
    if intent.action != name:
        return f"'{text}' is understood as {intent.action}. Say it with words of its own, or leave it to that action."
    if intent.then:
        return f"'{text}' is taken for two requests. Avoid 'and', 'then', 然后 between parts that are sentences themselves."
    return ""


def stolen(family: Family, before: Understanding, together: Understanding, source: Source) -> Iterator[Problem]:
    """Yield the sentences of other skills that this one would take away; one example for each of their actions."""
    alone = Understanding([family])  # quick to ask, and what it does not understand it cannot take
    for name, action in before.actions.items():
        taken = next(
            (
                (text, intent.action)
                for language in LANGUAGES
                for text in tried_of_others(action, language)
                if alone.read(text, language, SOME_DAY)
                for intent in [together.read(text, language, SOME_DAY)]
                if intent and intent.action in family.actions and meant(text, language, before)
            ),
            None,
        )
        if taken:
            text, thief = taken
            yield source.problem(thief, "", f"it takes '{text}' away from {name}. Make its templates more specific.")


def tried_of_others(action: Action, language: str) -> Iterator[str]:
    """Yield what people will say most, then some of everything they might."""
    yield from examples(action, language)
    for node in action.templates[language]:
        yield from sentences(node, action.slots, language, TRIED_OF_OTHERS)


def without_undo(family: Family, source: Source) -> Iterator[Problem]:
    """Yield the actions that change something through the context and return no way back, as far as the source shows."""
    for name, action in family.actions.items():
        calls = list(source.called(action.function.__name__))
        changing = next((call for call in calls if isinstance(call.func, ast.Attribute) and is_change(call.func)), None)
        if changing and not any(word.arg == "undo" for call in calls for word in call.keywords):
            text = f"it calls {ast.unparse(changing.func)}() and returns no undo. Write an @inverse, and Reply(..., undo=that(...))."
            yield Problem(source.path, changing.lineno, name, text)


def is_change(called: ast.Attribute) -> bool:
    """Tell whether a call is one of the context's that change something: `ctx.schedule`, `ctx.timers.remove`."""
    if called.attr not in CHANGES:
        return False
    owner = ast.unparse(called.value)
    return owner in {"ctx", "context", "ctx.timers", "context.timers"}
