"""Money in other currencies, by the day's rates of the European Central Bank: "50 euros in pounds", 五十欧元等于多少人民币."""

import re
from decimal import Decimal
from typing import Annotated

from assistant.skill import CannotDo, Context, Reply, action, one_of
from skills.currency.names import Currency, named
from skills.currency.rates import OLD, find_rates

Money = Annotated[str, one_of("currency", en=("euros", "dollars", *named()), zh=("美元", "人民币"))]

LARGEST = 1e15

AROUND = re.compile(r"^(the|a|an|of|from|to|in|into)\s+|\s+(rate|currency|money)$|[.,!?。，？！的]+$", re.IGNORECASE)
"""What is said around a currency."""

RULES = {
    "in": "(in|to|into|as|worth in)",
    "work": "(convert|change|switch|turn|exchange|swap|give me|tell me|show me|calculate|work out|put|what is|what are|what "
    "would|what does|"
    "what about|how about|i need|i want|i want to know|look up|check)",
    "much": "(how much is|how much are|how much would|how much does|how much will|what is|what are)",
    "be": "[(be|come to|make|makes|work out to|equal|is|worth|get me|cost|be worth|buy|get)]",
    "rate": "(rate|exchange rate|conversion rate|conversion|exchange|rates|currency rate|going rate|rate of exchange)",
    "now": "[(today|now|right now|at the moment|currently|these days)]",
    "zh_is": "(是|等于|合|有|是等于|折合|换算成|换|兑|兑换|能换|可以换|能兑换|相当于|值|能兑|约等于|换成|折|折算)",
    "zh_many": "(多少|几|多少钱的|多少块|几块)",
    "zh_into": "(换算成|换算为|换成|转换成|转换为|转成|兑换成|兑成|兑换为|折合成|折成|换算到|换到|兑换|折合|兑|换|到|合)",
    "zh_work": "[算一下|算算|换算|换算一下|查一下|查查|查|帮我查|帮我算|帮我算下|帮我算算|告诉我|想知道|看看|请问|今天|现在|目前|当前]",
    "zh_vs": "(兑|对|和|与|兑换|跟|比|换|到)",
    "zh_rate": "(汇率|的汇率|兑换率|的兑换率|的牌价|的比价|汇价|的汇价)",
    "zh_how": "[今天|现在|目前][是][多少|怎么样|如何|几|多高]",
}


@action(
    en=[
        "{value} {from} <in> {to} [<now>]",
        "[<work>|<much>] {from} {value} <be> <in> {to} <now>",
        "(convert|change|exchange|turn) {from} (into|to) {to}",
        "<work> {value} {from} <be> <in> {to} <now>",
        "<much> {value} {from} <be> <in> {to} <now>",
        "(<work>|<much>) (a|an|one) {from} <be> <in> {to} <now> {value=1}",
        "(<work>|<much>) the {from} (in|worth in|at in|to|against|at against) {to} <now>",
        (
            "how (much|many) {to} (do i get for|can i get for|would i get for|will i get for|is|are|for|in|to|does|would|do) "
            "{value} {from} <be> <now>"
        ),
        "how (much|many) {to} (is|are in|are there in|in|to|for|per|is in|to the) (a|an|one|the) {from} <now> {value=1}",
        "how (much|many) {to} (to the|per) {from} <now>",
        (
            "[(what is|tell me|give me|check|show me|look up)] [the] [current|latest] <rate> [(from|between|of|for)] [the] {from} "
            "(to|and|into|against|in|with) [the] {to} <now>"
        ),
        (
            "[(what is|tell me|give me|check|show me|look up)] [the] [current|latest] {from} (to|against|and|versus) [the] {to} "
            "[<rate>] <now>"
        ),
        "[(what is|tell me|give me|check|show me|look up)] [the] {from} {to} <rate> <now>",
        "{from} to {to} [<rate>] <now>",
        "how is the {from} (doing|trading|looking) (against|versus|compared to|to) [the] {to} <now>",
        "in {to} (what is|how much is|please) {value} {from}",
        "[(what is|tell me|give me|check|show me|look up)] [the] [current|latest] <rate> (of|for) [the] {from} <now>",
        "(how is the {from} (doing|trading|looking)|what is the [current] value of the {from}) <now>",
    ],
    zh=[
        "<zh_work>{value}{from}[<zh_is>]<zh_many>{to}",
        "<zh_work>{value}{from}<zh_into>{to}[是|是多少|多少|多少钱|等于多少|有多少]",
        "<zh_work>(把|将){value}{from}(<zh_into>){to}[是多少|多少]",
        "<zh_work>{value}{from}(<zh_is>){to}(多少|多少钱|几块)",
        "<zh_many>{to}[<zh_is>]{value}{from}",
        "<zh_work>{from}<zh_vs>{to}[<zh_rate>]<zh_how>",
        "<zh_work>{from}{to}<zh_rate><zh_how>",
        "<zh_work>{from}<zh_rate><zh_how>{to=人民币}",
        "<zh_work>[今天|现在|目前]{from}[现在|今天](什么价|多少钱|值多少钱){to=人民币}",
    ],
    ask={
        "from": Reply(en="From which currency?", zh="从什么货币？"),
        "to": Reply(en="Into which currency?", zh="换成什么货币？"),
    },
    rules=RULES,
)
async def convert(ctx: Context, from_: Money, to: Money, value: float | None = None) -> Reply:
    """Convert money into another currency, or tell the exchange rate.

    Args:
        from_: The currency that the money is in, as a name or a code.
        to: The currency that it should be in.
        value: How much of it; absent asks for the rate.
    """
    source, target = find_currency(from_), find_currency(to)
    amount = 1 if value is None else value
    if not 0 <= amount < LARGEST:
        raise CannotDo(en="I convert amounts from zero to a thousand million million.", zh="这个金额我换算不了。")
    rates = await find_rates(ctx)
    rate = rates.rate(source, target)
    before, after = written(Decimal(str(amount))), written(Decimal(str(amount)) * rate)
    is_old = ctx.now.date() - rates.day > OLD
    said = ctx.say(rates.day)
    dated_en = f"by the rates of {said}" + (", the last I could get" if is_old else "")
    dated_zh = f"{said}的汇率" + ("，最近没能更新" if is_old else "")
    source_en = source.called(before)
    return Reply(
        en=f"{before} {source_en} {'is' if before == '1' else 'are'} about {after} {target.called(after)}, {dated_en}.",
        zh=f"{before}{source.zh}约等于{after}{target.zh}，按{dated_zh}。",
    )


def find_currency(said: str) -> Currency:
    """Return the currency of a name or a code. Raises CannotDo when nobody knows it."""
    words = " ".join(said.lower().replace(".", " ").split())
    bare = AROUND.sub("", AROUND.sub("", words))
    for way in (words, bare, bare.removesuffix("s"), bare.replace(" ", "")):
        if way in named():
            return named()[way]
    raise CannotDo(
        en=f"I don't know the currency {said.strip() or 'you mean'}. Try its name or its code, such as euros or EUR.",
        zh=f"我不知道“{said.strip()}”是什么货币。可以说名称或代码，比如欧元。",
    )


def written(amount: Decimal) -> str:
    """Return an amount of money as it is said: to the hundredth, or by its first three figures when it is small."""
    if 0 < amount < 1:
        places = max(2, 2 - amount.adjusted())
        return f"{amount:.{places}f}".rstrip("0").rstrip(".")
    return f"{amount:,.2f}".removesuffix(".00")
