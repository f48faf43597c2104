"""Phrases that Whisper writes into silence and noise, from phantoms.toml."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("phantoms.toml")

ANYTHING = "…"

NOTE = re.compile(r"\[[^\]]*\]|【[^】]*】|\([^)]*\)|（[^）]*）|\*[^*]*\*|[♪♫]+[^♪♫]*[♪♫]*")
"""What subtitles tell of sounds: [Music], （音乐）, *sighs*, ♪ la la ♪."""

SENTENCE_END = re.compile(r"[.!?。！？\n]+")


def without_notes(text: str) -> str:
    """Return a text without what it tells of sounds."""
    return NOTE.sub("", text).strip()


def folded(text: str) -> str:
    """Return the letters and digits of a text, in lower case."""
    return re.sub(r"[\W_]+", "", text).casefold()


def is_never_said(text: str) -> bool:
    """Tell whether a text is made of phrases that nobody says to an assistant."""
    return consists_of(text, phrases("never"))


def is_doubtful(text: str) -> bool:
    """Tell whether a text is made of phrases that Whisper likes to write into noise, and people do say."""
    return consists_of(text, re.compile(f"{phrases('doubtful').pattern}|{phrases('never').pattern}"))


def consists_of(text: str, known: re.Pattern[str]) -> bool:
    """Tell whether a text, or each sentence of it, is one of some phrases."""
    sentences = [letters for part in SENTENCE_END.split(text) if (letters := folded(part))]
    return known.fullmatch(folded(text)) is not None or (bool(sentences) and all(known.fullmatch(each) for each in sentences))


@cache
def phrases(kind: str) -> re.Pattern[str]:
    """Return the phrases of a kind, in all languages, as one expression for folded text."""
    found = tomllib.loads(FILE.read_text("utf-8"))[kind]
    return either(phrase for language in found.values() for phrase in language)


def either(some: Iterable[str]) -> re.Pattern[str]:
    """Return an expression for any of some phrases."""
    return re.compile("|".join(".*".join(re.escape(folded(part)) for part in phrase.split(ANYTHING)) for phrase in some))
