"""Which action a sentence means, without a language model: the grammar over all loaded skills (tier 2), then the classifier (tier 3).

Read-only and quick; nothing here acts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from assistant.classifier import Lessons
from assistant.clauses import in_one_clause
from assistant.conditions import conditional
from assistant.grammar import Grammar, Parse, Reading, Rule
from assistant.needs import Filed
from assistant.plugins import Family
from assistant.recurrence import with_first_times
from assistant.skill import Action
from assistant.slots import Env, SlotType, Span
from assistant.tidy import tidy
from assistant.vocabulary import Intent
from assistant.words import MAX_WORDS, Word, language_of, simplified, split_words

if TYPE_CHECKING:
    from assistant.classifier.learnt import Guess

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Ending:
    """How a sentence ends that templates cover."""

    lacks: bool
    """Something that the action needs was not said."""
    value: str
    """The type of the value that has the last word, such as "number"; "text" for all that take any words; empty when none has."""
    reads: bool
    """Nothing is changed by it."""


OPENERS = [
    *[("hey", "jarvis"), ("okay", "jarvis"), ("ok", "jarvis"), ("jarvis",), ("okay", "nabu"), ("ok", "nabu"), ("nabu",), ("alexa",)],
    *[("hey", "mycroft"), ("mycroft",), ("hey", "hark"), ("hark",), ("hey",), ("hi",), ("okay",), ("ok",), ("so",), ("well",), ("um",)],
    *[("uh",), ("er",), ("ah",), ("oh",), ("now",), ("and",), ("please",), ("could", "you"), ("can", "you"), ("would", "you")],
    *[("will", "you"), ("could", "you", "please"), ("can", "you", "please"), ("would", "you", "mind"), ("i", "want", "you", "to")],
    *[("i", "need", "you", "to"), ("i", "would", "like", "you", "to"), ("go", "ahead", "and"), ("just",), ("quickly",), ("kindly",)],
    *[("let", "us"), ("i", "want", "to"), ("i", "need", "to"), ("i", "would", "like", "to"), ("i", "wanna"), ("help", "me"), ("sorry",)],
    *map(tuple, ["嘿", "喂", "哎", "嗯", "呃", "那个", "那", "请", "请你", "请帮我", "帮我", "帮忙", "给我", "麻烦", "麻烦你", "麻烦帮我"]),
    *map(tuple, ["劳驾", "你能", "你能不能", "能不能", "可以", "你可以", "我想", "我要", "快", "你好", "现在请", "请问", "问一下"]),
    *map(tuple, ["麻烦您", "劳烦", "替我", "帮个忙", "帮我个忙", "赶紧", "赶快", "对了", "哦对了", "哦", "来", "顺便", "欸", "诶"]),
]
"""Ways to begin that ask for nothing: the wake word's leftovers, politeness, hesitation."""

CLOSERS = [
    *[("please",), ("thanks",), ("thank", "you"), ("thank", "you", "very", "much"), ("for", "me"), ("for", "me", "please"), ("now",)],
    *[
        ("too",),
        ("as", "well"),
        ("instead",),
        ("right", "now"),
        ("okay",),
        ("ok",),
        ("jarvis",),
        ("would", "you"),
        ("will", "you"),
        ("could", "you"),
        ("if", "you", "can"),
    ],
    *map(tuple, ["谢谢", "谢谢你", "吧", "吗", "呢", "啊", "呀", "啦", "哦", "好吗", "好不好", "可以吗", "行吗", "一下"]),
    *map(tuple, ["喽", "咯", "哈", "呗", "嘛", "行不", "行不行", "谢啦", "谢了", "多谢", "嘞", "麻烦了", "可以不", "成不"]),
]
"""The same at the end."""

MOST_PARTS = 5
"""Places at which a sentence is tried to be cut in two; people ask for a few things at once."""

MOST_LEANING = 30
"""Words of a sentence whose requests may lean on each other."""

LOANS = {
    **dict.fromkeys(("timer", "timers"), "计时器"),
    **dict.fromkeys(("alarm", "alarms"), "闹钟"),
    **dict.fromkeys(("reminder", "reminders"), "提醒"),
    **dict.fromkeys(("note", "notes"), "笔记"),
    "list": "清单",
    "shopping": "购物",
    "todo": "待办",
    "calendar": "日历",
    "schedule": "日程",
    "cancel": "取消",
    "undo": "撤销",
    "volume": "音量",
    "music": "音乐",
    "joke": "笑话",
    "play": "播放",
    "stop": "停止",
    "pause": "暂停",
    "remind": "提醒",
    "set": "设",
}
"""English words that Chinese speakers use for the things of an assistant: 设个timer, 取消那个alarm."""

LONGEST_TALK = 120
"""Characters of a sentence in which one clause is looked for that is a request."""

PAUSES = re.compile(r"\s*[,，;；、。.!！]\s*")
"""Between two words, the sign that one request may end and another begin."""

JOINTS = [("and", "then"), ("and", "also"), ("then",), ("and",), ("然", "后"), ("再",), ("接", "着"), ("并", "且"), ("还", "有")]
JOINTS += [
    ("顺", "便"),
    ("另", "外"),
    ("同", "时"),
    ("之", "后"),
    ("以", "及"),
    ("and", "after", "that"),
    ("after", "that"),
    ("plus",),
    ("also",),
]


class Understanding:
    """The grammar of all loaded skills in both languages, and what was learnt beyond it."""

    def __init__(self, families: Iterable[Family], lessons: Lessons | None = None, filed: Filed | None = None) -> None:
        """Take the skills; without lessons only what a template covers is understood."""
        self.actions: dict[str, Action] = {}
        self.lessons = lessons
        """What the classifier has learnt; replaced when it has learnt anew."""
        self.take(families, filed or Filed())
        self._known: dict[tuple[str, str | None], Intent | None] | None = None

    def take(self, families: Iterable[Family], filed: Filed) -> None:
        """Know these skills from now on, and no others."""
        self.actions = {name: action for family in families for name, action in family.actions.items()}
        self._grammars = {language: Grammar(self._rules(language, filed)) for language in LANGUAGES}

    def _rules(self, language: str, filed: Filed) -> list[Rule]:
        return [
            Rule(name, partial(action.templates.node, language, order), action.slots, order, needs)
            for name, action in self.actions.items()
            for order, needs in enumerate(filed.of(action)[language])
        ]

    def understand(self, text: str, language: str | None, now: datetime) -> Intent | None:
        """Return what a sentence asks for; None when nobody understands it.

        `language` is what it was heard in; None finds out. A sentence of several requests has the others under `then`.
        """
        found = self.read(text, language, now) or self._hanging(text, language, now)
        if found or len(text) > LONGEST_TALK:
            return found or self._guess(text, language, now)
        return in_one_clause(text, lambda part: self.read(part, language, now), lambda part: self._guess(part, language, now))

    def in_one_turn(self) -> "Understanding":
        """Return the same understanding for a single turn, in which it reads no sentence twice."""
        other = copy(self)
        other._known = {}  # noqa: SLF001 -- its own class
        return other

    def read(self, text: str, language: str | None, now: datetime) -> Intent | None:
        """Return what a sentence asks for, as far as templates cover it."""
        if self._known is None:
            return self._read(text, language, now)
        if (text, language) not in self._known:
            self._known[text, language] = self._read(text, language, now)
        return self._known[text, language]

    def _read(self, text: str, language: str | None, now: datetime) -> Intent | None:
        env = Env(text, now, language or language_of(text))
        return conditional(self._plain, self._plain, self.actions, env) or self._plain(env)

    def _hanging(self, text: str, language: str | None, now: datetime) -> Intent | None:
        """Return what a request asks for that hangs on something, and that only the classifier understands."""
        env = Env(text, now, language or language_of(text))
        guess = partial(self._guess, language=env.language)
        return conditional(self._plain, lambda each: self._plain(each) or guess(each.text, now=each.now), self.actions, env)

    def _plain(self, env: Env) -> Intent | None:
        readings = self._requests(split_words(env.text), env)
        if not readings:
            return None
        first, *others = (self._intent(reading, env.now) for reading in readings)
        return Intent(first.action, first.slots, first.source, first.confidence, tuple(others))

    def ending(self, text: str, language: str, now: datetime) -> Ending | None:
        """Tell how a sentence ends; None when templates do not cover it."""
        readings = self._requests(split_words(text), Env(text, now, language))
        if not readings:
            return None
        last, action = readings[-1], self.actions[readings[-1].action]
        said = action.implied(with_first_times(last.slots, now))
        return Ending(
            lacks=not action.required <= said.keys(),
            value=value_name(action.slots[last.ends_in]) if last.ends_in else "",
            reads=all(self.actions[each.action].reads for each in readings),
        )

    def _guess(self, text: str, language: str | None, now: datetime) -> Intent | None:
        """Return what the classifier makes of a sentence."""
        if self.lessons is None or not text or len(split_words(text)) > MAX_WORDS:
            return None
        from assistant.classifier.tier import intent_of  # noqa: PLC0415 -- numpy takes 0.1 s, which few sentences need

        env = Env(text, now, language or language_of(text))
        return intent_of(self.lessons.learnt(env.language), self.actions, text, env)

    def guesses(self, text: str, language: str | None, count: int) -> list["Guess"]:
        """Return the classifier's likeliest actions for a sentence, however unlikely they are."""
        if self.lessons is None or not split_words(text) or len(split_words(text)) > MAX_WORDS:
            return []
        return self.lessons.learnt(language or language_of(text)).guesses(simplified(text), count)

    def find_slot(self, text: str, kind: SlotType, language: str, now: datetime) -> Any:
        """Return the first value of a type anywhere in a text, as Python value; None when there is none."""
        env = Env(text, now, language)
        words = split_words(text)
        for at in range(len(words) if len(words) <= MAX_WORDS else 0):
            spans = list(kind.find(words, at, env))
            if spans:
                return max(spans, key=lambda span: span.end).value
        return None

    def could_go_on(self, text: str, language: str, now: datetime) -> bool:
        """Tell whether the words are the beginning of a longer sentence of the grammar."""
        said = split_words(text)
        if len(said) > MAX_WORDS:
            return False
        words = strip(said, OPENERS, ())
        return self._grammars[language].can_go_on(words, remembering(words, Env(text, now, language)))

    def _requests(self, words: Sequence[Word], env: Env, tries: int | None = None) -> list[Reading]:
        """Read the words as one request, or as several joined by "and", 然后; all must be understood, or none is.

        Free text explains anything, so one request wins only if it explains as many words by itself as the several do.
        """
        if len(words) > MAX_WORDS:
            return []
        whole = self._one(words, env)
        if whole and explained(whole) == len(words):
            return [whole]
        parts = self._parts(words, env, MOST_PARTS if tries is None else tries)
        if whole and sum(map(explained, parts)) <= explained(whole):
            return [whole]
        return parts

    def halves(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield a sentence cut in two at each place where a second request may begin."""
        words = split_words(text)
        for at, after in islice(joints(words, text), MOST_PARTS if len(words) <= MOST_LEANING else 0):
            if after < len(words):
                yield text[: words[at - 1].end], text[words[after].start :]

    def _parts(self, words: Sequence[Word], env: Env, tries: int) -> list[Reading]:
        """Split the words at the first joint that leaves a request on either side, looking at so many joints."""
        for at, after in islice(joints(words, env.text), tries):
            first = self._one(words[:at], env) if after < len(words) else None
            if first and self.actions[first.action].takes_rest:
                return []
            if first and at == after and first.action.startswith("assistant."):
                continue  # "hey Jarvis, what time is it" is one request
            others = self._requests(words[after:], env, tries - 1) if first else []
            if first and others:
                return [first, *others]
        return []

    def _one(self, words: Sequence[Word], env: Env) -> Reading | None:
        """Read the words as one request, with and without the politeness around them; in their language, then in the other.

        Politeness is no part of a free text, so of equally good readings the one without it wins.
        """
        ways = list(dict.fromkeys(map(tuple, (strip(words, OPENERS, CLOSERS), strip(words, OPENERS, ()), words))))
        if env.language == "zh" and any(word.norm in LOANS for word in words):
            ways = [tuple(in_chinese(way)) for way in ways] + ways
        for language in sorted(LANGUAGES, key=lambda other: other != env.language):
            readings = [reading for way in ways for reading in self._grammars[language].read(way, remembering(way, env))[:1]]
            if readings:
                return max(readings, key=explained)
        return None

    def _intent(self, reading: Reading, now: datetime) -> Intent:
        action = self.actions[reading.action]
        values = action.implied(with_first_times(reading.slots, now))
        return Intent(reading.action, {name: action.slots[name].to_json(tidy(name, value)) for name, value in values.items()})


def value_name(kind: SlotType) -> str:
    """Return the name of a type; what takes any words is text by whatever name."""
    return kind.name if kind.is_typed else "text"


def explained(reading: Reading) -> int:
    """Return how many words a reading explains by more than free text."""
    return reading.literals + reading.typed


def remembering(words: Sequence[Word], env: Env) -> Parse:
    """Return a finder of slot values in a sentence that looks for each only once, however many templates ask."""
    known: dict[tuple[int, int], list[Span]] = {}

    def parse(kind: SlotType, at: int) -> list[Span]:
        key = (id(kind), at)
        if key not in known:
            known[key] = list(kind.find(words, at, env))
        return known[key]

    return parse


def joints(words: Sequence[Word], text: str) -> Iterator[tuple[int, int]]:
    """Yield each place where one request may end, and the place where the next begins: after "and", 然后, or a comma."""
    for at in range(1, min(len(words), MAX_WORDS) - 1):
        for joint in JOINTS:
            if tuple(word.norm for word in words[at : at + len(joint)]) == joint:
                yield at, at + len(joint)
        if PAUSES.fullmatch(text[words[at - 1].end : words[at].start]):
            yield at, at


def in_chinese(words: Sequence[Word]) -> Iterator[Word]:
    """Yield words with the English ones that Chinese speakers mix in as Chinese, at the place of the English."""
    for word in words:
        for character in LOANS.get(word.norm, ()):
            yield Word(character, word.start, word.end)
        if word.norm not in LOANS:
            yield word


def strip(words: Sequence[Word], openers: Sequence[tuple[str, ...]], closers: Sequence[tuple[str, ...]]) -> Sequence[Word]:
    """Return the words without the politeness around them; at least one word stays."""
    changed = True
    while changed and len(words) > 1:
        changed = False
        norms = tuple(word.norm for word in words)
        opener = max((o for o in openers if norms[: len(o)] == o and len(o) < len(norms)), key=len, default=())
        closer = max((c for c in closers if norms[-len(c) :] == c and len(c) < len(norms)), key=len, default=())
        if opener:
            words, changed = words[len(opener) :], True
        elif closer:
            words, changed = words[: -len(closer)], True
    return words
