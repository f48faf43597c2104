"""Exchange rates: the reference rates that the European Central Bank publishes each working day at about 16:00, kept with their date."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from assistant.skill import CannotDo, Context, Record
from skills.currency.names import Currency

DAILY = "https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml"

DAY = re.compile(r"""\btime=['"](\d{4}-\d\d-\d\d)['"]""")
RATE = re.compile(r"""\bcurrency=['"]([A-Z]{3})['"]\s+rate=['"](\d+(?:\.\d+)?)['"]""")

OLD = timedelta(days=4)
"""Rates older than this are said to be: a weekend and a holiday come between two lists."""


PUBLISHED_HOUR = 17
"""From this hour on the list of the day may be out; local time, which for most who ask is near enough to the bank's."""


@dataclass(frozen=True, slots=True)
class Rates:
    """What a euro was worth on a day."""

    day: date
    per_euro: dict[str, Decimal]

    def rate(self, source: Currency, target: Currency) -> Decimal:
        """Return how much of the target one of the source is. Raises CannotDo for a currency that the bank does not publish."""
        for currency in (source, target):
            if currency.code not in self.per_euro:
                raise CannotDo(
                    en=f"The European Central Bank, where I get my rates, has none for the {currency.one}.",
                    zh=f"我的汇率来自欧洲央行，它没有{currency.zh}的汇率。",
                )
        return self.per_euro[target.code] / self.per_euro[source.code]


async def find_rates(ctx: Context) -> Rates:
    """Return the rates: those of today if they are kept, else new ones, else what is kept. Raises CannotDo when there is nothing."""
    shelf = ctx.records("currency.rates")
    kept = next(iter(await shelf.all()), None)
    today = ctx.now.date().isoformat()
    if kept and kept.data["asked"] == today and not may_be_newer(ctx, kept):
        return from_record(kept)
    try:
        rates = parse(await ctx.fetch(DAILY))
    except CannotDo:
        if kept is None:
            raise
        return from_record(kept)
    data = {
        "asked": today,
        "hour": ctx.now.hour,
        "day": rates.day.isoformat(),
        "per_euro": {code: str(rate) for code, rate in rates.per_euro.items()},
    }
    if kept is None:
        await shelf.add(**data)
    else:
        await shelf.put(kept.having(**data))
    return rates


def may_be_newer(ctx: Context, kept: Record) -> bool:
    """Tell whether the list of today may have come out since the rates were asked for; it does at about five in the afternoon."""
    return bool(kept.data["day"] < ctx.now.date().isoformat() and kept.data["hour"] < PUBLISHED_HOUR <= ctx.now.hour)


def from_record(kept: Record) -> Rates:
    """Return rates as they were kept."""
    return Rates(date.fromisoformat(kept.data["day"]), {code: Decimal(rate) for code, rate in kept.data["per_euro"].items()})


def parse(text: str) -> Rates:
    """Return the rates of the bank's list. Raises CannotDo when it is none."""
    day = DAY.search(text)
    try:
        per_euro = {code: Decimal(rate) for code, rate in RATE.findall(text)}
        if day and per_euro and all(per_euro.values()):
            return Rates(date.fromisoformat(day[1]), per_euro | {"EUR": Decimal(1)})
    except (InvalidOperation, ValueError):
        pass
    raise CannotDo(
        en="The European Central Bank sent a list that I can't read. Try again later.", zh="欧洲央行的汇率表读不懂，请稍后再试。"
    )
