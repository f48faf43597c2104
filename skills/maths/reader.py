"""Sums read into trees: ("+", 3, ("%", 5)), whose leaves are fractions."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from skills.maths.wording import Token

Tree = Any
"""A Fraction, "pi", or a tuple of what is done and to which trees."""

POWERS = {"square": 2, "cube": 3}
FOLD = {"double": Fraction(2), "triple": Fraction(3), "dozen": Fraction(12), "half": Fraction(1, 2)}
LEVELS = (("+", "-"), ("*", "/", "mod", "into", "off", "on", "share of", "added to", "less than", "more than"))
"""What is between two numbers, the loosest first."""


class NoSum(Exception):
    """Raised when words make no sum."""


class Reader:
    """Reads tokens from left to right."""

    def __init__(self, tokens: Sequence[Token], *, is_lenient: bool = False) -> None:
        self._tokens = [token for token in tokens if token.kind != "skip"]
        if self._tokens and self._tokens[0].kind == "times":
            self._tokens[0] = replace(self._tokens[0], kind="verb")
        self._is_lenient = is_lenient
        self._at = 0
        self.is_sum = False
        """Whether anything has been done to a number."""

    def whole(self) -> Tree:
        """Read everything. Raises NoSum."""
        tree = self.request()
        if self.peek()[0] == "keep":
            self._at += 1
            tree = self.to_places(tree)
        if self._at != len(self._tokens):
            raise NoSum
        return tree

    def request(self) -> Tree:
        """Read a sum, or what is to be done with numbers."""
        start = self._at
        for way in (self.verb, self.all_of, self.rounding, self.range, self.items):
            self._at = start
            try:
                return way()
            except NoSum:
                continue
        raise NoSum

    def verb(self) -> Tree:
        """Read "add 3 and 4", "divide 1000 by 8", "take 15 away from 62", "what percent of 80 is 20"."""
        what = self.take("verb").what
        if what == "%":
            whole = self.sum()
            self.take("is")
            return self.done("percent of", self.sum(), whole)
        numbers, joint = [self.sum()], ""
        while joint := self.joint():
            numbers.append(self.sum())
            if joint == "from":
                numbers.reverse()
        if self.peek() == ("all", "+"):
            self._at += 1
        if len(numbers) == 1 and what == "/" and isinstance(numbers[0], tuple) and numbers[0][0] == "into":
            return self.done("/", *numbers[0][1:])
        if len(numbers) < 2:
            raise NoSum
        return self.done("all", what, *numbers)

    def joint(self) -> str:
        """Read what stands between two numbers that a word before them joins; empty when there is nothing."""
        kind, _ = self.peek()
        if kind in {"and", "by", "from"}:
            self._at += 1
            self.skip("and")
            return kind
        return "next" if kind == "number" else ""

    def all_of(self) -> Tree:
        """Read "the sum of 3 and 4"."""
        what = self.take("all of").what
        return self.done("all", what, *self.several())

    def rounding(self) -> Tree:
        """Read "round 3.14159 to two decimals", "round 47 to the nearest ten"."""
        self.take("round")
        number = self.sum()
        if self.peek()[0] == "to":
            self._at += 1
            return self.to_places(number)
        if self.peek()[0] == "nearest":
            self._at += 1
            kind, what = self.peek()
            if kind in {"unit", "number"} and what:
                self._at += 1
                return self.done("round", number, Fraction(str(what)))
            raise NoSum
        return self.done("round", number, Fraction(1))

    def to_places(self, tree: Tree) -> Tree:
        """Read "two decimals" and return a sum rounded to so many."""
        places = int(min(Fraction(str(self.take("number").what)), Fraction(30)))
        self.take("places")
        return self.done("round", tree, Fraction(10) ** -places)

    def range(self) -> Tree:
        """Read 从1加到100."""
        self.skip("from to")
        low = self.number()
        self.take("up to")
        return self.done("range", low, self.number())

    def several(self) -> list[Tree]:
        """Read numbers with "and" or a comma between them."""
        numbers = [self.sum()]
        while self.peek()[0] in {"and", "number"}:
            while self.peek()[0] == "and":
                self._at += 1
            numbers.append(self.sum())
        return numbers

    def items(self) -> Tree:
        """Read a sum, numbers joined by what follows them as in 6和14的积, or how much one is of another."""
        numbers = self.several()
        kind, what = self.peek()
        if (kind, what) == ("after", "rest"):
            self._at += 1
            return self.rest(numbers[0])
        if kind == "all":
            self._at += 1
            return self.done("all", what, *numbers) if len(numbers) > 1 else numbers[0]
        if kind == "is percent of" and len(numbers) == 1:
            self._at += 1
            return self.done("percent of", numbers[0], self.sum())
        if kind == "is" and len(numbers) == 1:
            self._at += 1
            whole = self.sum()
            self.take("what percent")
            return self.done("percent of", numbers[0], whole)
        if len(numbers) == 1:
            return numbers[0]
        if not self._is_lenient or not any(token.kind == "and" for token in self._tokens):
            raise NoSum
        return self.done("all", "+", *numbers)

    def sum(self) -> Tree:
        """Read numbers with plus and minus between them."""
        return self.binary(0)

    def binary(self, level: int) -> Tree:
        """Read numbers with what is as loose as a level, or tighter, between them."""
        below: Callable[[], Tree] = (lambda: self.binary(level + 1)) if level + 1 < len(LEVELS) else self.signed
        left = below()
        while self.peek()[0] == "binary" and self.peek()[1] in LEVELS[level]:
            what = self.take("binary").what
            left = self.done(str(what), left, below())
        return left

    def signed(self) -> Tree:
        """Read a number with signs before it."""
        if self.peek() in {("binary", "-"), ("sign", "-")}:
            self._at += 1
            return ("negative", self.signed())
        base = self.called()
        if self.peek()[0] != "power":
            return base
        self._at += 1
        kind, what = self.peek()
        if kind in {"parts", "nth"}:
            self._at += 1
            power: Tree = Fraction(str(what))
        else:
            power = self.signed()
        self.skip("ordinal")
        self.skip("ordinal")
        return self.done("power", base, power)

    def called(self) -> Tree:
        """Read "the square root of 81", "double 5", or what may follow a number."""
        kind, what = self.peek()
        if kind != "before":
            return self.followed()
        self._at += 1
        if what == "rest":
            return self.rest(self.sum())
        return self.applied(what, self.signed() if self.peek()[1] == "-" else self.called())

    def followed(self) -> Tree:
        """Read a number and what follows it: "squared", "percent", 的平方, 的百分之五, 打八折."""
        tree = self.number()
        while True:
            start, (kind, what) = self._at, self.peek()
            self._at += 1
            if kind == "after" and what == "rest":
                self._at = start
                return tree
            if kind == "after":
                tree = self.applied(what, tree)
            elif kind == "parts" and tree != "pi":
                tree = ("part", tree, Fraction(str(what)))
            elif kind == "reduced":
                tree = self.done("reduced", tree, self.number())
                self.take("tenths off")
            elif kind == "of" and (part := self.part()) is not None:
                tree = self.done("power" if part[0] == "zh power" else "*", tree, part[1])
            else:
                self._at = start
                return tree

    def part(self) -> tuple[str, Tree] | None:
        """Read what may follow 的: 百分之五, 三分之一, 三次方, 两倍; None when it is something else."""
        start = self._at
        try:
            kind, _ = self.peek()
            number = self.number()
        except NoSum:
            self._at = start
            return None
        after = self.peek()[0]
        if after in {"zh power", "fold"}:
            self._at += 1
            return after, number
        if self.peek() == ("after", "%"):
            self._at += 1
            return "%", ("%", number)
        if kind == "under" or not isinstance(number, Fraction) or number.denominator > 1:
            return "part", number
        self._at = start
        return None

    def number(self) -> Tree:
        """Read one number, a fraction as 三分之二 or 百分之五, or what is in brackets."""
        kind, what = self.peek()
        self._at += 1
        if kind == "(":
            inner = self.request()
            self.take(")")
            return inner
        if kind == "constant":
            return what
        if kind == "under" and what:
            number = self.number()
            return ("%", number) if what == 100 else ("part", number, Fraction(str(what)))
        if kind != "number":
            raise NoSum
        number = Fraction(str(what))
        if self.peek() == ("under", 0):
            self._at += 1
            return ("part", Fraction(str(self.take("number").what)), number)
        if self.peek()[0] == "whole":
            self._at += 1
            return ("+", number, self.number())
        return number

    def applied(self, what: object, tree: Tree) -> Tree:
        """Return what a word before or after a number makes of it."""
        if what in POWERS:
            return self.done("power", tree, Fraction(POWERS[str(what)]))
        if what in FOLD:
            return self.done("*", tree, FOLD[str(what)])
        return ("%", tree) if what == "%" else self.done(str(what), tree)

    def rest(self, tree: Tree) -> Tree:
        """Return the remainder of a division. Raises NoSum when it is none."""
        if isinstance(tree, tuple) and tree[0] == "/":
            return self.done("mod", *tree[1:])
        raise NoSum

    def done(self, what: object, *trees: Tree) -> Tree:
        """Return a tree, and remember that something was done."""
        self.is_sum = True
        return (what, *trees)

    def peek(self) -> tuple[str, object]:
        """Return the kind of the next word and what it stands for; empty at the end."""
        if self._at == len(self._tokens):
            return "", ""
        token = self._tokens[self._at]
        return token.kind.replace("times", "binary"), token.what

    def take(self, kind: str) -> Token:
        """Return the next word. Raises NoSum when it is of another kind."""
        if self.peek()[0] != kind:
            raise NoSum
        self._at += 1
        return self._tokens[self._at - 1]

    def skip(self, kind: str) -> None:
        """Pass the next word when it is of a kind."""
        self._at += self.peek()[0] == kind
