"""Results as they are said: whole, as a short decimal number, or about so much."""

from decimal import Decimal, localcontext
from fractions import Fraction

LONGEST_WHOLE = 10**15  # said in full below this
PLACES = 4  # of a number that is rounded
FIGURES = 6  # of a very large or very small one
SMALLEST = Fraction(1, 10_000)  # what is nearer to zero is said by its first figures
LARGEST_PARTS = 20  # of a fraction that is said as one


def numeral(value: Fraction, *, is_exact: bool, as_fraction: bool) -> tuple[str, str]:
    """Return a value in English and Chinese: "36", "about 3.3333", "5/6, about 0.8333"."""
    if value < 0:
        en, zh = numeral(-value, is_exact=is_exact, as_fraction=as_fraction)
        return (f"about minus {en[6:]}", f"约负{zh[1:]}") if zh.startswith("约") else (f"minus {en}", f"负{zh}")
    if not is_exact and value.denominator > 1:
        value = settled(value)
    if value.denominator == 1 and abs(value) < LONGEST_WHOLE:
        return (f"{int(value):,}",) * 2
    if abs(value) >= LONGEST_WHOLE or 0 < abs(value) < SMALLEST:
        return scientific(value)
    rounded = round(value, PLACES)
    text = written(rounded)
    if rounded == value or (ends_soon(value) and (text := written(value))):
        return text, text
    if as_fraction and is_exact and value.denominator <= LARGEST_PARTS:
        part = f"{value.numerator}/{value.denominator}"
        return f"{part}, about {text}", f"{value.denominator}分之{value.numerator}，约{text}"
    return f"about {text}", f"约{text}"


def settled(value: Fraction) -> Fraction:
    """Return a value known to many digits as the short number that it differs from in the last of them only, if it does."""
    short = round(value, 12)
    return short if abs(value - short) < Fraction(1, 10**30) else value


def ends_soon(value: Fraction) -> bool:
    """Tell whether a number has an end within nine places."""
    return 10**9 % value.denominator == 0


def written(value: Fraction) -> str:
    """Return a number that ends as digits."""
    with localcontext() as context:
        context.prec = 40
        return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():,f}"


def scientific(value: Fraction) -> tuple[str, str]:
    """Return a very large or very small number by its first figures and its power of ten."""
    with localcontext() as context:
        context.prec = FIGURES
        number = Decimal(value.numerator) / Decimal(value.denominator)
    exponent = number.adjusted()
    front = format(number.scaleb(-exponent).normalize(), "f")
    return f"about {front} times ten to the power of {exponent}", f"约{front}乘以10的{exponent}次方".replace("10的-", "10的负")
