"""Sums worked out: exactly with fractions as long as there is an exact answer, then to fifty digits."""

import math
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import reduce

from assistant.skill import CannotDo
from skills.maths.reader import Tree

DIGITS = 50  # of what has no exact value
LARGEST_BITS = 40_000
"""Of a number on the way: twelve thousand digits, which take a moment. Nobody listens to more than a few of them anyway."""

LARGEST_FACTORIAL = 3_000
PI = Fraction("3.14159265358979323846264338327950288419716939937511")


class Working:
    """Works out one sum."""

    def __init__(self) -> None:
        self.is_exact = True
        """False once something had no exact value."""

    def value(self, tree: Tree) -> Fraction:
        """Return the value of a sum. Raises CannotDo when it has none, or one that is far too large."""
        if tree == "pi":
            self.is_exact = False
            return PI
        if isinstance(tree, Fraction):
            return tree
        return bounded(self.worked_out(*tree))

    def worked_out(self, what: str, *trees: Tree) -> Fraction:
        """Return the value of what is done to some trees."""
        if what == "all":
            return self.together(trees[0], [self.value(tree) for tree in trees[1:]])
        if what in {"+", "-"} and is_percent(trees[1]) and not is_percent(trees[0]):
            share = self.value(trees[0]) * self.value(trees[1])
            return self.value(trees[0]) + (share if what == "+" else -share)
        if what == "added to":
            return self.worked_out("+", trees[1], trees[0])
        values = [self.value(tree) for tree in trees]
        if what in FUNCTIONS:
            self.is_exact = False
            return function(what, values[0])
        if what in {"sqrt", "cbrt", "power"}:
            base, exponent = values if what == "power" else (values[0], Fraction(1, 2 if what == "sqrt" else 3))
            return self.power(base, exponent)
        return EXACT[what](*values)

    def together(self, what: str, values: list[Fraction]) -> Fraction:
        """Return what several numbers make."""
        match what:
            case "+":
                return sum(values, Fraction())
            case "mean":
                return sum(values, Fraction()) / len(values)
            case "gcd" | "lcm":
                whole = [as_whole(value) for value in values]
                return Fraction(math.gcd(*whole) if what == "gcd" else math.lcm(*whole))
            case "-" if len(values) == 2 and values[0] < values[1]:
                return values[1] - values[0]
        return bounded(reduce(lambda left, right: bounded(EXACT[what](left, right)), values))

    def power(self, base: Fraction, exponent: Fraction) -> Fraction:
        """Return a power or a root. Raises CannotDo for those of negative numbers that are not real."""
        if base == 0 and exponent < 0:
            raise no_division()
        if exponent.denominator == 1:
            if abs(exponent) * max(base.numerator.bit_length(), base.denominator.bit_length()) > LARGEST_BITS and base not in {0, 1, -1}:
                raise too_large()
            return base ** int(exponent)
        if base < 0 and exponent.denominator % 2 == 0:
            raise CannotDo(en="A negative number has no real root like that.", zh="负数没有这样的实数根。")
        size = exact_root(abs(base), exponent.denominator)
        if size is None:
            self.is_exact = False
            size = root(abs(base), exponent.denominator)
        result = self.power(size, Fraction(exponent.numerator))
        return -result if base < 0 and exponent.numerator % 2 else result


def is_percent(tree: Tree) -> bool:
    """Tell whether a tree is a percentage: "plus 5 percent" adds five percent of what is before it."""
    return isinstance(tree, tuple) and tree[0] == "%"


def bounded(value: Fraction) -> Fraction:
    """Return a value. Raises CannotDo when it is too large to go on with."""
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > LARGEST_BITS:
        raise too_large()
    return value


def too_large() -> CannotDo:
    """Return what is said about a number with tens of thousands of digits."""
    return CannotDo(en="That number has more digits than I can work with.", zh="这个数的位数太多了，我算不了。")


def no_division() -> CannotDo:
    """Return what is said about a division by zero."""
    return CannotDo(en="Nothing can be divided by zero.", zh="零不能做除数。")


def divided(left: Fraction, right: Fraction) -> Fraction:
    """Return a quotient. Raises CannotDo when it is by zero."""
    if not right:
        raise no_division()
    return left / right


def rest(left: Fraction, right: Fraction) -> Fraction:
    """Return a remainder. Raises CannotDo when it is by zero."""
    if not right:
        raise no_division()
    return left % right


def factorial(value: Fraction) -> Fraction:
    """Return a factorial. Raises CannotDo when there is none."""
    if value.denominator > 1 or value < 0:
        raise CannotDo(en="Only whole numbers from zero up have a factorial.", zh="只有非负整数才有阶乘。")
    if value > LARGEST_FACTORIAL:
        raise too_large()
    return Fraction(math.factorial(int(value)))


def as_whole(value: Fraction) -> int:
    """Return a whole number. Raises CannotDo when it is none."""
    if value.denominator > 1:
        raise CannotDo(en="That takes whole numbers.", zh="这个只能用整数来算。")
    return int(value)


def series(low: Fraction, high: Fraction) -> Fraction:
    """Return the sum of the whole numbers from one to another."""
    first, last = sorted((as_whole(low), as_whole(high)))
    return Fraction((first + last) * (last - first + 1), 2)


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """Return the nearest multiple of a step, halves away from zero as at school."""
    if not step:
        raise no_division()
    steps = math.floor(abs(value) / step + Fraction(1, 2)) * step
    return steps if value >= 0 else -steps


def exact_root(value: Fraction, degree: int) -> Fraction | None:
    """Return a root that is a fraction; None when there is none."""
    above, below = (whole_root(part, degree) for part in (value.numerator, value.denominator))
    return None if above is None or below is None else Fraction(above, below)


def whole_root(value: int, degree: int) -> int | None:
    """Return a root that is a whole number; None when there is none."""
    if degree == 2:
        near = math.isqrt(value)
    else:
        if degree > LARGEST_BITS or value.bit_length() > LARGEST_BITS:
            return None
        near = round(root(Fraction(value), degree))
    return near if near**degree == value else None


def root(value: Fraction, degree: int) -> Fraction:
    """Return a root to `DIGITS` digits."""
    if not value:
        return value
    with localcontext() as context:
        context.prec = DIGITS + len(str(degree)) + 5
        return Fraction((decimal(value).ln() / degree).exp())


def decimal(value: Fraction) -> Decimal:
    """Return a fraction as a decimal number of the precision in force."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def function(what: str, value: Fraction) -> Fraction:
    """Return a logarithm, or a sine of degrees. Raises CannotDo where there is none."""
    if what in {"log", "ln"}:
        if value <= 0:
            raise CannotDo(en="Only numbers above zero have a logarithm.", zh="只有正数才有对数。")
        with localcontext() as context:
            context.prec = DIGITS
            number = decimal(value)
            return Fraction(number.log10() if what == "log" else number.ln())
    angle = value % 360
    if what == "tan" and angle % 180 == 90:
        raise CannotDo(en="There is no tangent of 90 degrees.", zh="90度没有正切。")
    result = {"sin": math.sin, "cos": math.cos, "tan": math.tan}[what](math.radians(float(angle)))
    return Fraction(round(result, 12)).limit_denominator(10**12)


FUNCTIONS = frozenset({"sin", "cos", "tan", "log", "ln"})

EXACT: dict[str, Callable[..., Fraction]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": divided,
    "part": divided,
    "mod": rest,
    "into": lambda left, right: divided(right, left),
    "less than": lambda left, right: right - left,
    "more than": lambda left, right: right + left,
    "off": lambda share, whole: whole * (1 - share),
    "share of": lambda share, whole: share * whole,
    "on": lambda share, whole: whole * (1 + share),
    "%": lambda value: value / 100,
    "negative": lambda value: -value,
    "!": factorial,
    "round": rounded,
    "range": series,
    "percent of": lambda part, whole: divided(part, whole) * 100,
    "reduced": lambda whole, tenths: whole * tenths / (10 if tenths < 10 else 100),
}
"""What has an exact answer, but for roots."""
