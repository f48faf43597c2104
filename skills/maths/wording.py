"""The words of sums in both languages, and a text cut into them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from assistant.skill import numbers_in

LONGEST = 400
"""Characters that are looked at; a sum said in one breath has fewer."""

WORDS: dict[tuple[str, object], str] = {
    ("binary", "+"): "plus|+|＋|加上|加|再加上|再加",
    ("binary", "-"): "minus|take away|less|-|−|–|减去|减掉|减|再减",
    ("binary", "*"): "multiplied by|x|×|*|·|乘以|乘上|乘|of|lots of|tip on|tip of|tip for|discount on|commission on",
    ("times", "*"): "times",
    ("binary", "/"): "divided by|over|/|÷|除以|除|out of|split between|split by|split among|split into|shared between|shared by|"
    "shared among|divided between|divided among|divided into",
    ("binary", "mod"): "mod|modulo|modulus",
    ("binary", "into"): "goes into|go into|into",
    ("binary", "less than"): "less than|subtracted from|taken from|taken away from",
    ("binary", "more than"): "more than",
    ("binary", "off"): "off",
    ("binary", "on"): "on top of",
    ("binary", "share of"): "on",
    ("binary", "added to"): "added to",
    ("power", ""): "to the power of|to the power|raised to the power of|raised to the|to the|^|**",
    ("ordinal", ""): "th power|st power|nd power|rd power|th|st|nd|rd|power",
    ("after", "square"): "squared|的平方|平方|²",
    ("after", "cube"): "cubed|的立方|立方|³",
    ("after", "sqrt"): "的平方根|平方根|开平方|开根号|的算术平方根",
    ("after", "cbrt"): "的立方根|立方根|开立方",
    ("after", "!"): "factorial|!|！|的阶乘|阶乘",
    ("after", "%"): "percent|per cent|%|％|percents",
    ("after", "half"): "的一半|一半",
    ("after", "double"): "翻倍|翻一番|的双倍|doubled",
    ("after", "triple"): "tripled",
    ("after", "dozen"): "dozen",
    ("after", "rest"): "的余数|余数|余几|余多少|的余",
    ("before", "sqrt"): "square root of|square root|root of|root|sqrt|√|根号",
    ("before", "cbrt"): "cube root of|cube root",
    ("before", "square"): "square of|square|the square of",
    ("before", "cube"): "cube of|cube",
    ("before", "double"): "double|twice",
    ("before", "triple"): "triple|treble",
    ("before", "!"): "factorial of",
    ("before", "rest"): "remainder of|remainder when",
    ("before", "sin"): "sin of|sin|sine of|sine|正弦",
    ("before", "cos"): "cos of|cos|cosine of|cosine|余弦",
    ("before", "tan"): "tan of|tan|tangent of|tangent|正切",
    ("before", "log"): "log of|log|logarithm of",
    ("before", "ln"): "ln of|ln|natural log of|natural logarithm of",
    ("constant", "pi"): "pi|π|圆周率",
    ("constant", Fraction(1, 2)): "a half|one half|half|half a",
    ("constant", Fraction(1, 3)): "a third|one third",
    ("constant", Fraction(1, 4)): "a quarter|one quarter|a fourth|one fourth",
    ("constant", Fraction(1, 5)): "a fifth|one fifth",
    ("constant", Fraction(1, 6)): "a sixth|one sixth",
    ("constant", Fraction(1, 8)): "an eighth|one eighth",
    ("constant", Fraction(1, 10)): "a tenth|one tenth",
    ("constant", Fraction(1, 100)): "a hundredth|one hundredth",
    **{
        ("parts", each): words
        for each, words in {
            2: "halves", 3: "thirds|third", 4: "quarters|quarter|fourths|fourth", 5: "fifths|fifth", 6: "sixths|sixth",
            7: "sevenths|seventh", 8: "eighths|eighth", 9: "ninths|ninth", 10: "tenths|tenth", 100: "hundredths|hundredth",
        }.items()
    },
    ("nth", 1): "first", ("nth", 2): "second",
    ("under", 0): "分之", ("under", 100): "百分之", ("under", 1_000): "千分之", ("under", 10_000): "万分之",
    ("whole", ""): "又",
    ("sign", "-"): "negative|负",
    ("of", ""): "的",
    ("zh power", ""): "次方|次幂|次方幂",
    ("fold", ""): "倍",
    ("reduced", ""): "打|打了",
    ("tenths off", ""): "折",
    ("and", ""): "and|和|与|跟|、|,|，|;",
    ("by", ""): "by|between|among",
    ("from", ""): "away from|from",
    ("verb", "+"): "add up|add together|add|adding|sum up|sum",
    ("verb", "*"): "multiply|multiplying",
    ("verb", "/"): "divide|dividing|split|share",
    ("verb", "-"): "subtract|subtracting|take|taking|deduct",
    ("verb", "%"): "what percentage of|what percent of|what per cent of|what % of",
    ("is", ""): "is|are|是|占|占了",
    ("is percent of", ""): "is what percent of|is what percentage of|is what per cent of|is what % of|as a percentage of|as a percent of",
    ("what percent", ""): "的百分之多少|的百分之几|百分之多少|百分之几",
    ("all of", "+"): "sum of|total of",
    ("all of", "*"): "product of",
    ("all of", "-"): "difference between|difference of",
    ("all of", "/"): "quotient of",
    ("all of", "mean"): "average of|mean of",
    ("all of", "gcd"): "greatest common divisor of|greatest common factor of|highest common factor of|gcd of",
    ("all of", "lcm"): "least common multiple of|lowest common multiple of|lcm of",
    ("all", "+"): "的和|之和|的总和|相加|加起来|加在一起|altogether|together|in total",
    ("all", "*"): "的积|的乘积|之积|相乘",
    ("all", "-"): "的差|之差|相减|差多少",
    ("all", "/"): "的商|相除",
    ("all", "mean"): "的平均数|的平均值|的平均",
    ("all", "gcd"): "的最大公约数|的最大公因数",
    ("all", "lcm"): "的最小公倍数",
    ("from to", ""): "从",
    ("up to", ""): "加到|一直加到",
    ("round", ""): "round off|round",
    ("places", ""): "decimal places|decimal place|decimals|places|位小数",
    ("to", ""): "to",
    ("nearest", ""): "to the nearest",
    ("unit", 1): "whole number|integer", ("unit", 10): "ten", ("unit", 100): "hundred", ("unit", 1_000): "thousand",
    ("keep", ""): "保留",
    ("(", ""): "(|（|open bracket", (")", ""): ")|）|close bracket",
    ("skip", ""): "the|the numbers|$|£|€|¥|￥|dollars|dollar|pounds|euros|pence|cents|bucks|块钱|块|元",
}  # fmt: skip
"""Each kind of word with what it stands for, and the ways to say it."""

FILLERS = re.compile(
    r"^\s*an?(?= )|(?<![a-z])(?:what's|whats|what|is|makes?|be|does|numbers?|result|answer|please|together|pounds?|dollars?|euros?|"
    r"bucks|quid|pence|cents?|yuan|yen|tip|tax|vat|each|apiece|ways?|per person|if|i|you|do|get|people|of us|from me|degrees)(?![a-z])|"
    r"多少钱|等于多少|多少|等于几|等于\s*$|是几|三个数|度|块钱|块|元|钱|小费|税|请问|算一下|算算|结果|个|"
    r"[?？。.!:：“”\"]\s*$"
)
"""Words around and inside of a sum that do not change it."""


LEFT_OUT = (
    (re.compile(r"split (.+) ways"), r"divided by \1"),
    (re.compile(r"(.+?) with (.+? off)\s*$"), r"\2 \1"),
    (re.compile(r"(?<=[\w.])( [a-z]+)? (at|of) (?=.)"), " times "),
    (re.compile(r"( an?| per)? (hour|day|week|month|year|piece|person|head)\s*$"), ""),
)
"""How to say with the words of sums what is said with those of shopping: "six tickets at 12", "80 with 20 percent off"."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sum."""

    kind: str
    what: object
    """The value of a number; otherwise what the word stands for."""
    start: int
    """Index of its first character in the text."""
    end: int


@cache
def vocabulary() -> tuple[re.Pattern[str], dict[str, tuple[str, object]]]:
    """Return the pattern that finds a word of `WORDS`, the longest there is, and what each is."""
    meanings = {way: meaning for meaning, ways in reversed(WORDS.items()) for way in ways.split("|")}
    ways = sorted(meanings, key=len, reverse=True)
    patterns = (re.escape(way).replace(r"\ ", r"\s+") + ("(?![a-z])" if way[-1].isascii() and way[-1].isalpha() else "") for way in ways)
    return re.compile("|".join(patterns)), meanings


def tokens_at(text: str, at: int) -> list[Token]:
    """Return the words of a sum that begin at an index of a text, as far as they go."""
    return list(cut(text[: at + LONGEST], at))


def cut(text: str, at: int) -> Iterator[Token]:
    """Yield the words of a sum from an index on, until one that belongs to none."""
    pattern, meanings = vocabulary()
    lowered = text.lower() if len(text.lower()) == len(text) else text
    numbers = {start: (value, end) for value, start, end in numbers_in(text)}
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = pattern.match(lowered, at)
        number = numbers.get(at)
        if number and not (match and (match.end() > number[1] or match[0] == "dozen")):
            yield Token("number", Fraction(number[0]), at, number[1])
            at = number[1]
        elif match and not (text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalpha() and at):
            kind, what = meanings[" ".join(match[0].split())]
            yield Token(kind, what, at, match.end())
            at = match.end()
        else:
            return
