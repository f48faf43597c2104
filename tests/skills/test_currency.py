"""Money: the bank's rates, the day they are of, and how they serve without a network."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant import wire
from assistant.skill import CannotDo
from assistant.testing import FakeContext
from skills import currency
from skills.currency.rates import DAILY
from tests.skills.held_out import held_out, run
from tests.skills.understood import meaning
from tests.skills.web import WebContext, standing_in

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
PATH = "stats/eurofxref/eurofxref-daily.xml"


def listed(day="2026-11-23", **rates):
    """Return the bank's list as it publishes it."""
    rates = {
        "USD": "1.0850",
        "JPY": "163.02",
        "GBP": "0.8540",
        "CNY": "7.7320",
        "HKD": "8.4500",
        "DKK": "7.4600",
        "KRW": "1490.20",
        "NOK": "11.72",
    } | rates
    cubes = "".join(f"\n\t\t\t<Cube currency='{code}' rate='{rate}'/>" for code, rate in rates.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" '
        'xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">\n\t<gesmes:subject>Reference rates</gesmes:subject>\n\t<Cube>'
        f"\n\t\t<Cube time='{day}'>{cubes}\n\t\t</Cube>\n\t</Cube>\n</gesmes:Envelope>"
    )


def context(language="en", **more):
    return FakeContext(language, now=NOW, web={DAILY: listed()}, **more)


async def said(ctx, source, target, value=None):
    return (await currency.convert(ctx, from_=source, to=target, value=value)).text(ctx.language)


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("50 euros in pounds", {"value": 50, "from": "euros", "to": "pounds"}),
        ("what's 85 euros in dollars", {"value": 85, "from": "euros", "to": "dollars"}),
        ("$80 in euros", {"value": 80, "from": "$", "to": "euros"}),
        ("how many yen to the pound", {"from": "pound", "to": "yen", "value": 1}),
        ("exchange rate between the yen and the dollar", {"from": "yen", "to": "dollar"}),
        ("convert 250 dollars into hong kong dollars", {"value": 250, "from": "dollars", "to": "hong kong dollars"}),
        ("what's the exchange rate of the yen", {"from": "yen"}),
        ("五十欧元等于多少人民币", {"value": 50, "from": "欧元", "to": "人民币"}),
        ("把100美元换成人民币", {"value": 100, "from": "美元", "to": "人民币"}),
        ("美元兑人民币汇率", {"from": "美元", "to": "人民币"}),
        ("日元汇率多少", {"from": "日元", "to": "人民币"}),
    ],
)
def test_what_people_say(text, slots):
    assert meaning(text) == ("currency.convert", slots)


@pytest.mark.parametrize("text", ["140 pounds to kilograms", "how many ounces in a pound", "二十磅是多少公斤"])
def test_weights_are_no_money(text):
    assert meaning(text)[0] == "units.convert"


@pytest.mark.parametrize("row", held_out("currency"), ids=lambda row: row["text"])
async def test_what_nobody_trained_on_is_converted(row):
    assert not isinstance(await run(row, context(row["language"])), CannotDo)


async def test_an_amount_is_told_with_the_day_of_its_rate():
    assert await said(context(), "euros", "pounds", 50) == "50 euros are about 42.70 pounds, by the rates of Monday, November 23."
    assert await said(context("zh"), "欧元", "人民币", 50) == "50欧元约等于386.60人民币，按11月23日星期一的汇率。"


@pytest.mark.parametrize(
    ("source", "target", "value", "words"),
    [
        ("dollars", "euros", 108.5, "108.50 US dollars are about 100 euros"),
        ("gbp", "usd", 1, "1 pound is about 1.27 US dollars"),
        ("the yen", "£", None, "1 yen is about 0.00524 pounds"),
        ("quid", "HKD", 10, "10 pounds are about 98.95 Hong Kong dollars"),
        ("u. s. d.", "kroner of", 1, None),
        ("euros", "euros", 5, "5 euros are about 5 euros"),
        ("dollars", "won", 1_000_000, "1,000,000 US dollars are about 1,373,456,221.20 won"),
    ],
)
async def test_currencies_have_many_names(source, target, value, words):
    if words is None:
        with pytest.raises(CannotDo, match="kroner"):
            await said(context(), source, target, value)
    else:
        assert (await said(context(), source, target, value)).startswith(words)


async def test_the_rates_are_asked_for_once_a_day():
    ctx = context()
    await said(ctx, "euros", "dollars", 1)
    await said(ctx, "euros", "yen", 1)
    assert len(ctx.fetched) == 1
    ctx.now += timedelta(days=1)
    await said(ctx, "euros", "yen", 1)
    assert len(ctx.fetched) == 2


async def test_the_list_that_comes_out_in_the_afternoon_is_asked_for_then():
    ctx = context()
    ctx.now, ctx.web = NOW.replace(hour=9), {DAILY: listed("2026-11-20")}
    assert "November 20" in await said(ctx, "euros", "dollars", 1)
    await said(ctx, "euros", "dollars", 1)
    assert len(ctx.fetched) == 1
    ctx.now, ctx.web = NOW, {DAILY: listed()}
    assert "November 23" in await said(ctx, "euros", "dollars", 1)


async def test_without_a_network_the_rates_that_were_kept_are_told_with_their_day():
    ctx = context()
    await said(ctx, "euros", "dollars", 1)
    ctx.web, ctx.now = {}, NOW + timedelta(days=2)
    assert (await said(ctx, "euros", "dollars", 2)).endswith("about 2.17 US dollars, by the rates of Monday, November 23.")
    ctx.now += timedelta(days=20)
    assert (await said(ctx, "euros", "dollars", 2)).endswith("November 23, the last I could get.")
    assert len(await ctx.records("currency.rates").all()) == 1


async def test_without_a_network_and_without_rates_it_is_said_so():
    with pytest.raises(CannotDo, match="internet"):
        await said(FakeContext(), "euros", "dollars", 1)


@pytest.mark.parametrize(("source", "target"), [("roubles", "euros"), ("dollars", "bitcoin"), ("台币", "人民币")])
async def test_a_currency_without_a_rate_is_named(source, target):
    with pytest.raises(CannotDo, match="European Central Bank") as caught:
        await said(context(), source, target, 5)
    assert "欧洲央行" in caught.value.zh


@pytest.mark.parametrize("name", ["", "gold", "the moon", "??", "x" * 300])
async def test_what_is_no_currency_is_named(name):
    with pytest.raises(CannotDo, match="don't know the currency"):
        await said(context(), name, "euros", 5)


@pytest.mark.parametrize("value", [-5, float("inf"), float("nan"), 1e300])
async def test_absurd_amounts_are_refused(value):
    with pytest.raises(CannotDo):
        await said(context(), "euros", "dollars", value)


async def test_it_works_over_a_real_connection():
    with standing_in(**{PATH: listed()}) as web:
        assert (await said(WebContext(web, now=NOW), "euros", "dollars", 100)).startswith("100 euros are about 108.50 US dollars")


@pytest.mark.parametrize(
    "answer", ["", "<html>Sorry</html>", b"\xff\x00", listed(USD="0"), listed("2026-13-45"), "<Cube time='2026-11-23'>", 503]
)
async def test_what_is_no_list_of_rates_is_said_so_and_not_kept(answer):
    with standing_in(**{PATH: answer}) as web:
        ctx = WebContext(web, now=NOW)
        with pytest.raises(CannotDo):
            await said(ctx, "euros", "dollars", 1)
        assert await ctx.records("currency.rates").all() == []


async def test_a_bank_that_is_silent_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(wire, "DEADLINE_S", 0.2)
    with standing_in(**{PATH: "silence"}) as web:
        with pytest.raises(CannotDo, match="did not answer"):
            await said(WebContext(web, now=NOW), "euros", "dollars", 1)
