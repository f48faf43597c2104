"""Sums as they are said, worked out exactly: "15 percent of 240", "the square root of 81", 二百四的百分之十五."""

import re
from fractions import Fraction
from typing import Annotated

from assistant.skill import CannotDo, Context, Reply, action, phrase
from skills.maths.numerals import numeral
from skills.maths.reader import NoSum, Tree
from skills.maths.sums import find_sums, read_sum
from skills.maths.working import Working

Sum = Annotated[str, phrase("sum", find_sums, en=["15 percent of 240", "12 times 8"], zh=["二百四的百分之十五", "三加五"])]

RULES = {
    "ask": "(what is|what does|what do|what equals|"
    "how many is|how much is|how much are|how much does|how much would|what would|what number is|what are)",
    "work": "(calculate|compute|work out|figure out|evaluate|solve|do|find|answer|tell me|give me|find me|show me|get me|i need)",
    "make": "(make|makes|come to|comes to|equal|equals|be|give|gives|make together|is|add up to|come out to|work out to|cost|leave)",
    "answer": "[the] (answer to|result of|value of|sum|total of)",
    "zh_is": "[总共](是多少|等于多少|等于几|得多少|得几|是几|等于|多少|是多少呢|有多少|怎么算|"
    "算出来是多少|结果是多少|为多少|多少钱|是多少钱|要付多少|几|要付多少钱)",
    "zh_work": "(算|算一下|算下|算算|算一算|计算|计算一下|计算下|口算|求|求一下|请计算|解一下|给我算|给我算一下|给我算算|"
    "帮我算|你给算算|能帮我算|心算|心算一下|解|帮我算一下|帮我算算|帮我算下|帮我计算|帮我计算一下|你算算|告诉我|说说)",
}

TABLE = re.compile(r"[一二三四五六七八九]{2}")
"""As multiplication tables are learnt by heart: 七八 is 七乘八."""

SHARE = re.compile(r"(.+) of (.+)", re.IGNORECASE)


@action(
    en=[
        "{expression}",
        "{expression} (equals [what]|is what|is how much|what is (it|that)|makes what|comes to what|makes)",
        "<ask> {expression} [<make>] [altogether|in total|exactly]",
        "<work> [<answer>] {expression}",
        "(calculate|work out|tell me|i (need|want|would like) to know|do you know) what {expression} (is|makes|equals|comes to)",
        "what is <answer> {expression}",
        "(what|how much) (do|would|will) (i|you|we) (get|have [left]) (if|when) (i|you|we) {expression}",
        "how much (remains|is left) (when|if) (i|you|we) {expression}",
        "(add|multiply|divide|subtract|times|sum|split|take|deduct) {expression} [together|up]",
        "(maths|math|quick|quick maths|sum|calculator) [question] {expression}",
        "(maths|math|quick|quick maths) [question] what is {expression}",
        "(solve|answer|work out) this {expression}",
    ],
    zh=[
        "{expression}",
        "{expression}<zh_is>",
        "<zh_work>[一下]{expression}[<zh_is>]",
        "(多少是|什么是){expression}",
        "(把|将){expression}",
    ],
    ask={"expression": Reply(en="What should I work out?", zh="要算什么？")},
    rules=RULES,
    reads=True,
)
async def evaluate(ctx: Context, expression: Sum) -> Reply:
    """Work out a sum: plus, minus, times, divided by, percentages, fractions, powers, roots, remainders, averages.

    Args:
        expression: The sum in words or digits, such as "15 percent of 240".
    """
    tree = understood(expression, ctx.heard)
    working = Working()
    en, zh = numeral(working.value(tree), is_exact=working.is_exact, as_fraction=is_of_fractions(tree))
    if tree[0] == "percent of":
        return Reply(en=f"It's {en} percent.", zh=f"{'约' * zh.startswith('约')}是百分之{zh.removeprefix('约')}。")
    return Reply(en=f"It's {en}.", zh=f"约等于{zh[1:]}。" if zh.startswith("约") else f"等于{zh}。")


def understood(expression: str, heard: str) -> Tree:
    """Return a sum as it was named, or else as it stands in the sentence: "1000 by 8" after "divide". Raises CannotDo when it is none."""
    named = expression.strip()
    if TABLE.fullmatch(named):
        named = "乘".join(named)
    if share := SHARE.fullmatch(named) if "percent" in heard.lower() and "percent" not in named.lower() else None:
        named = f"{share[1]} is what percent of {share[2]}"
    before = heard[: heard.find(named)].split() if named in heard else []
    ways = [*(" ".join(before[at:]) for at in range(len(before) - 1, -1, -1)), *reversed(before), ""]
    try:
        tree = read_sum(f"{way} {named}" for way in ways)
    except NoSum as error:
        raise CannotDo(
            en=f"I can't work out {named or 'that'}. Try something like 15 percent of 240.",
            zh=f"我算不了{named or '这个'}。可以说：二百四的百分之十五。",
        ) from error
    return tree if isinstance(tree, tuple) else ("+", tree, Fraction())


def is_of_fractions(tree: Tree) -> bool:
    """Tell whether a sum names fractions, whose result is best said as one too."""
    if isinstance(tree, Fraction):
        return bool(10**9 % tree.denominator)
    return isinstance(tree, tuple) and (tree[0] == "part" or any(map(is_of_fractions, tree[1:])))
