"""Bad input by the million: whatever is typed or misheard is understood or left alone, at once, and nothing raises.

The inputs are made from a seed: noise of every script, sentences of the grammar with something wrong in them, numbers out of range,
endless lists. Each is read by every slot parser, by the grammar and the classifier, and as what follows an earlier request.
"""

import gc
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from assistant.bench.sentences import sentences
from assistant.dialogue.asking import verdict_on
from assistant.dialogue.context import in_context
from assistant.dialogue.memory import Confirmation, Exchange
from assistant.slots import Env, SlotType
from assistant.understanding import Understanding
from assistant.vocabulary import Intent
from assistant.words import MAX_WORDS, language_of, split_words

SLOW_MS = 100.0
"""Nobody may wait longer for a sentence to be understood."""

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    " \t\n\r\x0b\x00\x1b\x7f\u200b\u200d\u202e\ufeff",
    "{}[]()<>|*\\/'\"`~#$%^&_=+;:,.!?-",
    "的一是不了在人有我他这中大来上个国和也子时道说就要下得可你年生",
    "零一二三四五六七八九十百千万亿两半点分秒时钟",
    "，。！？、；：“”‘’（）《》",
    "😀🎉👩‍👩‍👧🇬🇧✨",
    "абвгдежзийклмн",
    "אבגדהוזחטי",
    "ابتثجحخدذر",
    "あいうえおカキクケコ",
    "한국어말하기",
    "éèüßøñçå",
    "\u0301\u0300\u20dd\ud7ff\ue000\U0010ffff",
)

ODD = (
    "-5", "0", "1/0", "25:70", "99999999999999999999", "a billion", "1e309", "minus", "负", "亿亿亿", "31 february", "2月30号", "32号",
    "{label}", "[a|b]",
    "(x|y)", "{", "]", "%", "%s", "\\", "half half", "two hundred hundred", "十十十", "点点", "第", "-", "and and", "然后然后",
    "no", "不对", "yes", "undo", "it", "them", "那个", "呢", "what about", "make it", "改成", "every", "每",
    "next next week", "下下下周",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FuzzReport:
    """What became of the inputs."""

    inputs: int
    seed: int
    problems: tuple[tuple[str, str], ...]
    """Inputs that raised, with what."""
    slow: tuple[tuple[str, float], ...]
    """Inputs that took more than `SLOW_MS` of the processor, with how much."""
    slowest_ms: float
    understood: int
    """Inputs that mean some action."""
    per_s: float


def measure(understanding: Understanding, inputs: int, seed: int, step: Callable[[], None] = lambda: None) -> FuzzReport:
    """Try so many inputs, of which a thousandth is very long."""
    now = datetime.fromisoformat("2026-11-23T15:00:00+01:00")
    trial = Trial(understanding, now)
    for one in sentences(understanding.actions, each=2):  # reads the templates, which otherwise the first to need one would pay for
        understanding.understand(one.text, one.language, now)
        understanding.could_go_on(one.text, one.language, now)
    gc.freeze()  # as a conversation does
    problems: list[tuple[str, str]] = []
    slow: list[tuple[str, float]] = []
    slowest_ms, known, began = 0.0, 0, time.perf_counter()
    for number, text in zip(range(inputs), texts(understanding, seed), strict=False):
        started = time.process_time()
        try:
            known += trial.run(text, number)
        except Exception as error:  # noqa: BLE001 -- what it may be is the question
            problems.append((text, f"{type(error).__name__}: {error}"))
        taken_ms = 1000 * (time.process_time() - started)
        slowest_ms = max(slowest_ms, taken_ms)
        if taken_ms > SLOW_MS:
            slow.append((text, taken_ms))
        step()
    return FuzzReport(inputs, seed, tuple(problems), tuple(slow), slowest_ms, known, inputs / (time.perf_counter() - began))


class Trial:
    """Everything that reads a text."""

    def __init__(self, understanding: Understanding, now: datetime) -> None:
        self._understanding = understanding
        self._now = now
        kinds: dict[int, SlotType] = {id(kind): kind for action in understanding.actions.values() for kind in action.slots.values()}
        self._kinds = list(kinds.values())
        self._asks = [(name, slot) for name, action in understanding.actions.items() for slot in action.ask]
        self._before = [
            Exchange("set a timer for ten minutes", Intent("timer.start", {"duration": "PT10M", "label": "tea"}), now.timestamp(), 1),
            Exchange("add milk", Intent("list.add", {"items": ["milk"], "list": "shopping"}), now.timestamp(), 2),
            Exchange("lunch on Friday", Intent("calendar.create", {"title": "lunch", "moment": "2026-11-27T12:00"}), now.timestamp(), 3),
            Exchange(
                "明天北京会下雨吗", Intent("weather.report", {"place": "北京", "date": "2026-11-24", "aspect": "rain"}), now.timestamp()
            ),
            Exchange("turn on the lamp", Intent("home.turn_on", {"target": "lamp", "area": "kitchen"}), now.timestamp(), 4),
            Exchange("15 percent of 240", Intent("maths.evaluate", {"expression": "15 percent of 240"}), now.timestamp(), 5),
        ]

    def run(self, text: str, number: int) -> bool:
        """Read a text in one of the ways there are, by its number; tell whether it meant anything."""
        env = Env(text, self._now, language_of(text))
        match number % 4:
            case 0:
                return self._understanding.understand(text, None, self._now) is not None
            case 1:
                self._understanding.could_go_on(text, env.language, self._now)
                return sum(self._values(kind, env) for kind in self._kinds[number // 4 % 3 :: 3]) > 0
            case 2:
                order = number // 4 % len(self._before)
                return in_context(self._understanding.in_one_turn(), self._before[order:] + self._before[:order], env) is not None
        action, slot = self._asks[number // 4 % len(self._asks)]
        pending = Confirmation(Intent(action, {}), "Which?", self._now.timestamp() + 60, slot if number % 8 > 3 else None, "?")
        verdict_on(self._understanding.in_one_turn(), pending, env)
        return False

    def _values(self, kind: SlotType, env: Env) -> bool:
        """Find the values of a type everywhere in a text, and write each as it is kept and read it again."""
        words, found = split_words(env.text), False
        if len(words) > MAX_WORDS:  # which nobody looks for values in
            return False
        for at in range(min(len(words), 12)):
            for span in kind.find(words, at, env):
                kind.from_json(kind.to_json(span.value))
                found = True
        return found


def texts(understanding: Understanding, seed: int) -> Iterator[str]:
    """Yield inputs without end, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311 -- nothing secret
    good = [one.text for one in sentences(understanding.actions, each=8)]
    makers: Sequence[Callable[[random.Random, list[str]], str]] = (noise, damaged, damaged, damaged, odd, joined, joined)
    for number in count(1):
        yield endless(chance, good) if number % 1000 == 0 else chance.choice(makers)(chance, good)


def noise(chance: random.Random, _: list[str]) -> str:
    """Return characters of one or several scripts."""
    alphabets = chance.sample(ALPHABETS, chance.randint(1, 3))
    return "".join(chance.choice(chance.choice(alphabets)) for _ in range(chance.randint(0, 60)))


def damaged(chance: random.Random, good: list[str]) -> str:
    """Return a sentence with words or characters lost, doubled, moved or put in."""
    text = chance.choice(good)
    parts = text.split() if " " in text and chance.random() < 0.7 else list(text)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(parts) + 1)
        match chance.randrange(4):
            case 0:
                del parts[at : at + chance.randint(1, 2)]
            case 1:
                parts[at:at] = parts[max(0, at - 2) : at] * chance.randint(1, 3)
            case 2:
                parts.insert(at, chance.choice(ODD))
            case _:
                parts.insert(at, chance.choice(chance.choice(ALPHABETS)))
    return (" " if " " in text else "").join(parts)


def odd(chance: random.Random, good: list[str]) -> str:
    """Return a sentence with what is wrong in it put for a word, or nothing else."""
    words = chance.choice(good).split()
    for at in range(len(words)):
        if chance.random() < 0.3:
            words[at] = chance.choice(ODD)
    return " ".join(words) if chance.random() < 0.8 else chance.choice(("", " ")).join(chance.sample(ODD, chance.randint(1, 4)))


def joined(chance: random.Random, good: list[str]) -> str:
    """Return sentences one after the other."""
    between = chance.choice((" and ", " then ", ", ", "，然后", "。", " no, ", "不对，", ""))
    return between.join(chance.choice(good) for _ in range(chance.randint(2, 4)))


def endless(chance: random.Random, good: list[str]) -> str:
    """Return 10,000 characters, or a list of 500 things."""
    piece = chance.choice((*ODD, *chance.sample(good, 5), "a", "milk and ", "牛奶、", "和", "一", "9", " ", "{x}", "((("))
    repeated = (piece * (10_000 // len(piece) + 1))[:10_000]
    return repeated if chance.random() < 0.6 else f"add {' and '.join(f'thing {number}' for number in range(500))} to my list"
