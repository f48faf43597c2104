"""The budget of the cloud: requests, tokens and money per day and month, counted from the ledger; at its end nothing more is sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from assistant.clock import Clock
from assistant.config import BudgetConfig
from assistant.errors import OverBudget
from assistant.ledger import Ledger
from assistant.recurrence import wall
from assistant.spending import BYTES_A_TOKEN, number
from assistant.store import Store
from assistant.wire import Counted

PURPOSE = "cloud"
"""What is counted."""

WARNS_AT = 0.8
"""Of a limit."""

TOLD = "budget"
"""Under this name the store keeps which limits the user has been told are nearly reached."""

PER_DOLLAR = {"USD": 1.0, "CNY": 7.1, "EUR": 0.86}
"""Units for a US dollar, rounded, as of November 2026: a budget in one currency counts prices in another some percent off."""

UNITS = {"requests": ("requests", "次请求"), "tokens": ("tokens", "个词元"), "money": ("", "")}
PERIODS = {"day": ("today", "今天", "tomorrow", "明天"), "month": ("this month", "这个月", "next month", "下个月")}


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs."""

    per_million_in: float
    """For a million tokens of the question."""
    per_million_out: float
    """For a million tokens of the answer."""
    currency: str
    """USD, CNY or EUR."""
    dated: str
    """The day on which the provider said so, as 2026-11-27."""


@dataclass(frozen=True, slots=True)
class Use:
    """How much of one limit is used."""

    what: str
    """requests, tokens or money."""
    period: str
    """day or month."""
    used: float
    limit: float
    currency: str

    @property
    def key(self) -> str:
        """The setting's name."""
        return f"{self.what}_{self.period}"

    @property
    def share(self) -> float:
        """Used, as a part of the limit."""
        return self.used / self.limit

    def amount(self, language: str) -> str:
        """Return used and limit in words."""
        unit = self.currency if self.what == "money" else UNITS[self.what][language == "zh"]
        used, limit = (f"{each:.2f}" if self.what == "money" else f"{each:,.0f}" for each in (self.used, self.limit))
        return f"{used} / {limit} {unit}"


@dataclass(frozen=True, slots=True)
class Warned:
    """What is told when a limit is nearly reached."""

    en: str
    zh: str


class Budget:
    """The limits, and what is left of them."""

    def __init__(self, limits: BudgetConfig, ledger: Ledger, store: Store, clock: Clock, prices: Mapping[str, Price]) -> None:
        """Take the limits, where calls are recorded, and the prices by the provider's name of a model."""
        self._limits = limits
        self._ledger = ledger
        self._store = store
        self._clock = clock
        self.prices = prices

    def check(self) -> None:
        """Raise OverBudget when a limit is reached."""
        if over := next((use for use in self.uses() if use.share >= 1), None):
            en, zh, begins, begins_zh = PERIODS[over.period]
            raise OverBudget(
                f"The budget for the cloud is used up {en} ({over.amount('en')}). It begins anew {begins}; "
                f"or raise it with `hark config set budget.{over.key}`.",
                f"{zh}的云端预算用完了（{over.amount('zh')}）。{begins_zh}重新开始，也可以用 hark config set budget.{over.key} 提高。",
            )

    def warning(self) -> Warned | None:
        """Return what to tell the user when a limit is nearly reached, once for each limit and period; None when there is nothing."""
        today = self._clock.now().date().isoformat()
        near = [use for use in self.uses() if use.share >= WARNS_AT]
        names = {use: f"{today if use.period == 'day' else today[:7]} {use.key}" for use in near}
        told = self._store.recall(TOLD) or []
        news = [use for use in near if names[use] not in told]
        if not news:
            return None
        self._store.remember(TOLD, list(names.values()))
        worst = max(news, key=lambda use: use.share)
        en, zh, *_ = PERIODS[worst.period]
        return Warned(
            f"By the way, {min(worst.share, 1):.0%} of the cloud's budget for {en} is used: {worst.amount('en')}.",
            f"顺便说一下，{zh}的云端预算已经用了{min(worst.share, 1):.0%}：{worst.amount('zh')}。",
        )

    def uses(self) -> Iterator[Use]:
        """Yield every limit that is set, with what is used of it."""
        now = self._clock.now()
        today = now.date().isoformat()
        days = self._ledger.spending(PURPOSE, wall(datetime.combine(now.date().replace(day=1), time()), now).timestamp())
        for period in PERIODS:
            chosen = [sums for day, sums in days.items() if (day == today if period == "day" else day[:7] == today[:7])]
            used = {
                "requests": sum(sums["requests"] for sums in chosen),
                "tokens": sum(sums["tokens"] for sums in chosen),
                "money": sum(self._converted(sums["money"]) for sums in chosen),
            }
            for what, amount in used.items():
                if limit := getattr(self._limits, f"{what}_{period}"):
                    yield Use(what, period, amount, limit, self._limits.currency)

    def spent(self, model: str, sent: str, counted: Counted) -> dict[str, Any] | None:
        """Return what a call used and cost, for the ledger; None for one that the other side refused."""
        if not counted.answered:
            return None
        told = counted.spent or {}
        spent: dict[str, Any] = {
            "model": model,
            "tokens_in": told.get("tokens_in", len(sent.encode()) // BYTES_A_TOKEN),
            "tokens_out": told.get("tokens_out", counted.events or counted.received_bytes // BYTES_A_TOKEN),
        }
        if not told:
            spent["estimated"] = True
        if price := self.prices.get(model):
            cost = (spent["tokens_in"] * price.per_million_in + spent["tokens_out"] * price.per_million_out) / 1e6
            spent |= {"cost": cost, "currency": price.currency, "price_of": price.dated}
        return spent

    def _converted(self, money: Mapping[str, Any]) -> float:
        """Return amounts in several currencies in the budget's."""
        rate = PER_DOLLAR[self._limits.currency]
        return sum(float(number(amount)) * rate / PER_DOLLAR.get(currency, rate) for currency, amount in money.items())
