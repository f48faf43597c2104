"""What redaction finds of planted secrets, and what it takes from sentences that have none."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban, luhn
from stdnum.cn import ric

from assistant.bench.natural import own_files
from assistant.bench.planted import KNOWN, Planted, planted, with_names
from assistant.bench.spread import Count
from assistant.bench.spread import count as counted
from assistant.redaction.names import Known
from assistant.redaction.pseudonyms import redact, restored, spans_in
from assistant.redaction.span import Span


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one language."""

    language: str
    structured: Count
    """Secrets with a form of which no letter is left."""
    names: Count
    """The same of the names Hark knows."""
    untouched: Count
    """Sentences around a secret of which nothing else was taken."""
    ordinary: Count
    """Ordinary sentences from which something was taken."""
    back: Count
    """Texts that were the same again once their placeholders were put back."""
    by_kind: Mapping[str, Count]
    libraries: Mapping[str, Mapping[str, Count]]
    """What kept libraries find by themselves, by kind."""
    misses: tuple[str, ...]


def measure(language: str, count: int, ordinary: Sequence[str], tell: Callable[[], None] = lambda: None) -> Found:
    """Redact planted secrets, known names and ordinary sentences."""
    known = Known.of(**{kind.lower(): names for kind, (names, _) in KNOWN[language].items()})
    forms, names = list(planted(language, count)), list(with_names(language))
    verdicts = []
    for one in [*forms, *names]:
        verdicts.append((one, judged(one, known)))
        tell()
    taken = [text for text in ordinary if spans_in(text, known)]
    tell()
    kinds = dict.fromkeys(one.kind for one in [*forms, *names])
    return Found(
        language,
        counted(hidden for one, (hidden, _) in verdicts[: len(forms)]),
        counted(hidden for one, (hidden, _) in verdicts[len(forms) :]),
        counted(exact for _, (_, exact) in verdicts),
        Count(len(taken), len(ordinary)),
        counted(comes_back(one.text, known) for one in [*forms, *names]),
        {kind: counted(hidden for one, (hidden, _) in verdicts if one.kind == kind) for kind in kinds},
        {name: of_library(forms, find) for name, find in LIBRARIES.items()},
        tuple([one.text for one, (hidden, exact) in verdicts if not hidden] + taken),
    )


def judged(one: Planted, known: Known) -> tuple[bool, bool]:
    """Tell whether a secret is hidden to its last letter, and whether nothing else is."""
    start = one.text.index(one.secret)
    end = start + len(one.secret)
    spans = spans_in(one.text, known)
    return covers(spans, start, end), all(span.start >= start and span.end <= end for span in spans)


def covers(spans: Sequence[Span], start: int, end: int) -> bool:
    """Tell whether every letter of a stretch is to be replaced, the spaces and marks between aside."""
    hidden = {at for span in spans for at in range(span.start, span.end)}
    return hidden.issuperset(range(start, end))


def comes_back(text: str, known: Known) -> bool:
    """Tell whether a text is the same again once its placeholders are put back."""
    hidden, replacements = redact(text, known)
    return restored(hidden, replacements).casefold() == text.casefold()


def by_phonenumbers(text: str) -> list[Span]:
    """Return what phonenumbers finds for the three regions."""
    regions = ("CN", "US", "GB")
    return [Span(each.start, each.end, "PHONE") for region in regions for each in PhoneNumberMatcher(text, region, leniency=Leniency.VALID)]


def by_stdnum(text: str) -> list[Span]:
    """Return which runs of digits and capitals python-stdnum calls valid."""
    runs = re.finditer(r"[A-Z0-9](?:[ -]?[A-Z0-9]){9,33}", text)
    judges = (("IBAN", iban.is_valid), ("ID", ric.is_valid), ("CARD", luhn.is_valid))
    return [Span(*run.span(), kind) for run in runs for kind, is_valid in judges if is_valid(re.sub("[ -]", "", run[0]))]


LIBRARIES: Mapping[str, Callable[[str], list[Span]]] = {"phonenumbers": by_phonenumbers, "python-stdnum": by_stdnum}


def of_library(forms: Sequence[Planted], find: Callable[[str], list[Span]]) -> dict[str, Count]:
    """Return what a library finds of each kind that it finds at all."""
    scores: dict[str, list[bool]] = {}
    for one in forms:
        start = one.text.index(one.secret)
        scores.setdefault(one.kind, []).append(covers(find(one.text), start, start + len(one.secret)))
    return {kind: counted(found) for kind, found in scores.items() if any(found)}


def ordinary_sentences(language: str) -> list[str]:
    """Return what people say to Hark in one language. Raises BenchError where there is nothing of the kind."""
    rows = [json.loads(line) for file in own_files() for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [row["text"] for row in rows if row.get("language") == language]
