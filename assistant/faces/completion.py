"""What the line being typed may become: commands after a slash, else sentences that are understood."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from prompt_toolkit.auto_suggest import AutoSuggest, AutoSuggestFromHistory, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from assistant.examples import example, examples
from assistant.faces.slash import COMMANDS
from assistant.plugins import Family

OFFERED = 12
"""Sentences in a menu that begin as what was typed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A sentence that is understood."""

    text: str
    action: str


class Sentences:
    """The example sentences of all skills, collected when somebody first asks."""

    def __init__(self, families: Sequence[Family]) -> None:
        self._families = families

    @cached_property
    def all(self) -> list[Known]:
        """Every one, both languages."""
        actions = [(name, action) for family in self._families for name, action in family.actions.items()]
        return [Known(text, name) for name, action in actions for language in ("en", "zh") for text in examples(action, language)]

    @cached_property
    def first(self) -> list[Known]:
        """One of each family in each language: what to offer to somebody who has typed nothing."""
        firsts = [next(iter(family.actions.items())) for family in self._families if family.actions]
        return [Known(example(action, language), name) for language in ("en", "zh") for name, action in firsts]

    def beginning(self, text: str) -> list[Known]:
        """Return those that begin so, the shortest first."""
        if not text.strip():
            return self.first
        found = [known for known in self.all if known.text.casefold().startswith(text.casefold().lstrip())]
        return sorted(found, key=lambda known: len(known.text))


class ChatCompleter(Completer):
    """The menu under the line."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002 -- the protocol's
        """Yield what the text before the cursor may become."""
        text = document.text_before_cursor
        if text.startswith("/"):
            yield from self._commands(text)
            return
        known_ones = self._sentences.beginning(text)
        for known in known_ones[:OFFERED] if text.strip() else known_ones:
            yield Completion(known.text, -len(text), display_meta=known.action)

    def _commands(self, text: str) -> Iterable[Completion]:
        name, space, rest = text.partition(" ")
        if not space:
            for command, told in COMMANDS.items():
                if command.startswith(name.casefold()):
                    yield Completion(command, -len(text), display_meta=f"{told.en} · {told.zh}")
        elif name in COMMANDS:
            yield from (Completion(option, -len(rest)) for option in COMMANDS[name].options if option.startswith(rest))


class ChatSuggester(AutoSuggest):
    """The grey rest of the line: what was typed before, else a sentence that is understood."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._typed = AutoSuggestFromHistory()

    def get_suggestion(self, buffer: Buffer, document: Document) -> Suggestion | None:
        """Return the rest."""
        typed = self._typed.get_suggestion(buffer, document)
        text = document.text
        if typed or not text.strip() or text.startswith("/"):
            return typed
        known = next(iter(self._sentences.beginning(text)), None)
        return Suggestion(known.text[len(text.lstrip()) :]) if known else None
