"""What the cloud cost, day by day: sums that say nothing of what was asked, and so may stay when the rest is deleted."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

BYTES_A_TOKEN = 3
"""Of a text, where nobody counted its tokens: an English one has four, a Chinese character is three and about one token."""

Days = dict[str, dict[str, Any]]
"""By day ("2026-11-27"): `requests`, `tokens`, and `money` by currency."""


class Call(Protocol):
    """What the ledger knows of a call."""

    @property
    def at(self) -> Any:
        """When."""

    @property
    def sent_bytes(self) -> int:
        """Of its body."""

    @property
    def ended(self) -> Any:
        """When; None while it goes on."""

    @property
    def spent(self) -> Mapping[str, Any] | None:
        """Its tokens and what they cost; None for one that was refused."""


def day_sums(calls: Iterable[Call]) -> Days:
    """Return what calls cost on each day; one that has no end counts with what was sent."""
    days: Days = {}
    for call in calls:
        unknown = {} if call.ended else {"tokens_in": call.sent_bytes // BYTES_A_TOKEN}
        spent = call.spent or unknown
        tokens = number(spent.get("tokens_in")) + number(spent.get("tokens_out"))
        money = {str(spent["currency"]): number(spent.get("cost"))} if "currency" in spent else {}
        days = added(days, {f"{call.at:%Y-%m-%d}": {"requests": 1, "tokens": tokens, "money": money}})
    return days


def added(one: Mapping[str, Any], other: Mapping[str, Any]) -> Days:
    """Return the sums of both; what is no such sum counts nothing."""
    days: Days = {}
    for part in (one, other):
        for day, sums in part.items():
            if not isinstance(sums, Mapping):
                continue
            into = days.setdefault(day, {"requests": 0, "tokens": 0, "money": {}})
            into["requests"] += number(sums.get("requests"))
            into["tokens"] += number(sums.get("tokens"))
            money = sums.get("money")
            for currency, amount in money.items() if isinstance(money, Mapping) else ():
                into["money"][currency] = into["money"].get(currency, 0) + number(amount)
    return days


def number(value: Any) -> Any:
    """Return a number; 0 for what is none."""
    return value if isinstance(value, int | float) else 0
